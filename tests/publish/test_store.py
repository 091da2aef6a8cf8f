"""The live folder is whole at every moment, and what was interrupted is finished or taken back by the next command."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.publish import manifest as manifest_module
from mkdocs_incidents.publish import store as store_module
from mkdocs_incidents.publish.errors import NotPublishedError
from mkdocs_incidents.publish.exchange import NotSupportedError, exchange
from mkdocs_incidents.publish.lock import lock
from mkdocs_incidents.publish.manifest import file_states
from mkdocs_incidents.publish.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

NOW = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
WAITING = """\
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from mkdocs_incidents.publish.lock import lock
from mkdocs_incidents.publish.store import Store

now = datetime(2026, 11, 28, 7, 0, 5, tzinfo=UTC)
with lock(Store(Path(sys.argv[1])), now, wait=True, waiting=partial(print, flush=True)):
    pass
"""
FILE_OPERATIONS = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
}
"""Audit events of Python before which a process is killed."""


def asset(number: int) -> str:
    return f"assets/style.{number:08x}.css"


def build(store: Store, number: int) -> None:
    """A site each of whose files shows the number of its version."""
    for path in ("index.html", "sitemap.xml", "deep/er/page.html", asset(number)):
        file = store.building / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"version {number}", encoding="utf-8")
    (store.building / "same.txt").write_text("same", encoding="utf-8")


def publish(live: Path, number: int, keep: int = 3, left_out: AbstractSet[str] = frozenset()) -> Store:
    """Publish a version; the build does not write the files that are `left_out`."""
    store = Store(live)
    with lock(store, NOW, wait=False, waiting=print):
        store.prepare()
        at = NOW + timedelta(minutes=number)
        before = store.live_files(at=at)
        build(store, number)
        for path in left_out:
            (store.building / path).unlink()
        new = store.publish(store.built(before, left_out), at=at, describe=lambda _before, _files: f"change {number}")
        store.remove_old(keep, new)
    return store


def roll_back(live: Path, number: int) -> None:
    store = Store(live)
    with lock(store, NOW, wait=False, waiting=print):
        store.prepare()
        store.roll_back(next(each for each in store.kept if each.number == number), at=NOW)


def text(live: Path, path: str = "index.html") -> str:
    return (live / path).read_text(encoding="utf-8")


def version(live: Path) -> int:
    """The number that all files of the live folder agree on."""
    shown = text(live)
    assert shown == text(live, "deep/er/page.html") == text(live, "sitemap.xml")
    number = int(shown.removeprefix("version "))
    assert text(live, asset(number)) == shown
    assert text(live, "same.txt") == "same"
    return number


def prepared(live: Path) -> Store:
    store = Store(live)
    store.prepare()
    return store


def numbers(store: Store) -> list[int]:
    return [manifest.number for manifest in store.kept]


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_first: Path, _second: Path) -> None:
        raise NotSupportedError

    monkeypatch.setattr(store_module, "exchange", refuse)


def test_two_folders_exchange_their_names(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "is").write_text(name)
    exchange(tmp_path / "one", tmp_path / "two")
    assert (text(tmp_path, "one/is"), text(tmp_path, "two/is")) == ("two", "one")
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "three")


def test_each_publication_replaces_the_live_folder_and_keeps_those_before(live: Path) -> None:
    for number in range(1, 7):
        publish(live, number, keep=3)
        assert version(live) == number
    store = prepared(live)
    assert numbers(store) == [3, 4, 5]
    assert [manifest.changes for manifest in store.kept] == ["change 3", "change 4", "change 5"]
    assert store.live_version
    assert store.live_version.number == 6
    assert sorted(entry.name for entry in store.folder.iterdir() if entry.is_dir()) == ["3", "4", "5"]


def test_the_version_before_the_live_one_is_kept_even_if_it_is_the_oldest(live: Path) -> None:
    for number in range(1, 5):
        publish(live, number)
    roll_back(live, 1)
    publish(live, 5, keep=2)
    store = prepared(live)
    assert numbers(store) == [1, 4]
    assert store.live_version
    assert store.live_version.before == 1


def test_a_kept_version_is_live_again_and_the_other_is_kept(live: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number)
    roll_back(live, 1)
    assert version(live) == 1
    assert numbers(prepared(live)) == [2, 3]
    roll_back(live, 3)
    assert version(live) == 3
    assert numbers(prepared(live)) == [1, 2]


@pytest.mark.usefixtures("without_exchange")
def test_where_names_cannot_be_exchanged_the_live_folder_becomes_a_link(live: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number)
        assert version(live) == number
    assert live.is_symlink()
    assert numbers(prepared(live)) == [1, 2]
    roll_back(live, 1)
    assert version(live) == 1
    assert numbers(prepared(live)) == [2, 3]


def test_a_folder_that_mkdocs_built_is_kept_as_a_version(live: Path) -> None:
    live.mkdir()
    (live / "sitemap.xml").write_text("old")
    publish(live, 2)
    assert version(live) == 2
    roll_back(live, 1)
    assert text(live, "sitemap.xml") == "old"


def test_old_hashed_assets_stay_for_one_version(live: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number)
    assert (live / asset(2)).exists()
    assert not (live / asset(1)).exists()


def test_hidden_files_of_the_live_folder_stay(live: Path) -> None:
    publish(live, 1)
    (live / ".well-known/acme-challenge").mkdir(parents=True)
    (live / ".well-known/acme-challenge/token").write_text("secret of a certificate")
    (live / ".nojekyll").touch()
    publish(live, 2)
    publish(live, 3)
    assert text(live, ".well-known/acme-challenge/token") == "secret of a certificate"
    assert (live / ".nojekyll").exists()


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_gets_a_later_second(live: Path) -> None:
    publish(live, 1)
    os.utime(live / "same.txt", (1000, 1000))
    ahead = datetime.now(UTC).timestamp() + 50
    os.utime(live / "index.html", (ahead, ahead))
    publish(live, 2)
    assert (live / "same.txt").stat().st_mtime == 1000
    assert int((live / "index.html").stat().st_mtime) == int(ahead) + 1


def test_a_kept_version_that_somebody_changed_is_not_published(live: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number)
    store = prepared(live)
    (store.folder / "1/index.html").write_text("edited by hand")
    (store.folder / "1/new.html").write_text("new")
    with pytest.raises(
        NotPublishedError, match=r"version 1 was changed since it was published .*1/index\.html and 1 more"
    ):
        roll_back(live, 1)
    assert version(live) == 3
    (store.folder / "2/index.html").touch()  # the time of a file is no change
    roll_back(live, 2)
    assert version(live) == 2


@pytest.mark.parametrize("damaged", ["", "{}", '{"number": "a"}', "[]"])
def test_a_version_whose_manifest_is_damaged_is_kept(live: Path, damaged: str) -> None:
    for number in (1, 2, 3):
        publish(live, number)
    (prepared(live).folder / "2.json").write_text(damaged)
    publish(live, 4)
    assert numbers(prepared(live)) == [1, 2, 3]
    roll_back(live, 2)
    assert version(live) == 2
    assert numbers(prepared(live)) == [1, 3, 4]


def test_copied_to_another_disk_every_version_is_kept(live: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number)
    copy = tmp_path / "copy"
    shutil.copytree(live, copy / "site")
    shutil.copytree(live.with_name(".site.incidents"), copy / ".site.incidents")
    assert numbers(prepared(copy / "site")) == [1, 2]
    roll_back(copy / "site", 1)
    assert version(copy / "site") == 1


def test_what_was_changed_in_the_live_folder_is_kept_as_it_is(live: Path) -> None:
    publish(live, 1)
    (live / "index.html").write_text("edited by hand")
    publish(live, 2)
    roll_back(live, 1)
    assert text(live) == "edited by hand"


def test_a_folder_that_no_build_made_is_left_alone(live: Path) -> None:
    live.mkdir()
    (live / "thesis.odt").write_text("years of work")
    with pytest.raises(NotPublishedError, match=r"site holds thesis\.odt, which no build made; name another folder"):
        publish(live, 1)
    assert text(live, "thesis.odt") == "years of work"


def test_a_link_to_another_folder_is_left_alone(live: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    live.symlink_to(tmp_path / "other")
    with pytest.raises(NotPublishedError, match=r"site is a link to .*other; name that folder: --to .*other$"):
        publish(live, 1)


def test_a_file_in_the_place_of_the_live_folder_is_left_alone(live: Path) -> None:
    live.write_text("a file")
    with pytest.raises(NotPublishedError, match="site is a file; name a folder with --to"):
        publish(live, 1)


def test_a_folder_of_hidden_files_is_left_alone(live: Path) -> None:
    live.mkdir()
    (live / ".well-known").mkdir()
    (live / ".bash_history").write_text("years of work")
    with pytest.raises(NotPublishedError, match=r"site holds \.bash_history, which no build made"):
        publish(live, 1)
    (live / ".bash_history").unlink()
    publish(live, 1)
    assert (live / ".well-known").is_dir()


def test_a_link_in_the_live_folder_to_a_folder_above_does_not_matter(live: Path) -> None:
    publish(live, 1)
    (live / "loop").symlink_to(".")
    (live / "dangling").symlink_to("nowhere")
    publish(live, 2)
    assert version(live) == 2
    roll_back(live, 1)
    assert version(live) == 1


def test_a_folder_that_is_refused_leaves_nothing_beside_it(live: Path) -> None:
    live.mkdir()
    (live / "thesis.odt").write_text("years of work")
    with pytest.raises(NotPublishedError):
        publish(live, 1)
    assert [entry.name for entry in live.parent.iterdir()] == ["site"]


def test_a_folder_among_the_former_versions_of_a_site_is_refused(live: Path) -> None:
    publish(live, 1)
    publish(live, 2)
    with pytest.raises(NotPublishedError, match=r"holds former versions; name that folder: --to \S+/site$"):
        publish(live.with_name(".site.incidents") / "1", 3)
    link = live.with_name("link")
    link.symlink_to(live.with_name(".site.incidents") / "1")
    with pytest.raises(NotPublishedError, match=r"link is a link to .*; name that folder: --to \S+/site$"):
        publish(link, 3)


@pytest.mark.parametrize(
    ("live", "sentence"),
    [
        ("docs/site", "docs/site is in .*docs, of which the site is made; name another"),
        ("docs", "docs is in .*docs, of which"),
        ("", r"holds .*docs, of which the site is made; name a folder in it: --to '.*a site/site'$"),
    ],
)
def test_what_the_site_is_made_of_is_not_replaced(tmp_path: Path, live: str, sentence: str) -> None:
    sources = tmp_path / "a site/docs"
    sources.mkdir(parents=True)
    (tmp_path / "a site/404.html").write_text("")
    with pytest.raises(NotPublishedError, match=sentence):
        Store(tmp_path / "a site" / live, sources=[sources]).check()


def test_a_mount_point_is_refused(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == live)
    with pytest.raises(NotPublishedError, match=r"is a mount point.*name a folder in it: --to .*site/site$"):
        publish(live, 1)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "is on a disk that is full; free some space"),
        (errno.EACCES, "may not be written by you; ask who owns it"),
        (errno.EBUSY, "is a mount point or is being used as one"),
        (errno.EIO, "cannot be replaced: Input/output error"),
    ],
)
def test_what_the_system_refuses_is_one_sentence_and_the_live_folder_is_whole(
    live: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    def fail(_first: Path, _second: Path) -> None:
        raise OSError(code, os.strerror(code))

    publish(live, 1)
    monkeypatch.setattr(store_module, "exchange", fail)
    with pytest.raises(NotPublishedError, match=sentence):
        publish(live, 2)
    assert version(live) == 1
    monkeypatch.undo()
    publish(live, 3)
    assert version(live) == 3
    assert [manifest.changes for manifest in prepared(live).kept] == ["change 1"]


def test_a_second_process_is_refused(live: Path) -> None:
    store = Store(live)
    for seconds, holder in ((90, "which began 90 s ago"), (300, "which began 5 min ago"), (-90, "; type")):
        with (
            lock(store, NOW, wait=False, waiting=print),
            pytest.raises(NotPublishedError, match=rf"site is being published by process {os.getpid()}.*{holder}"),
            lock(store, NOW + timedelta(seconds=seconds), wait=False, waiting=print),
        ):
            pass


def test_a_second_process_waits(live: Path) -> None:
    store = Store(live)
    with subprocess.Popen([sys.executable, "-c", WAITING, str(live)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        with lock(store, NOW, wait=True, waiting=print):
            assert f"published by process {os.getpid()}, which began 5 s ago; waiting" in other.stdout.readline()
            assert other.poll() is None
        assert other.wait(timeout=10) == 0


def killed_before_operation(number: int, action: Callable[[], object]) -> bool:
    """Run `action` in a process of its own that is killed before its file operation `number`; whether it was."""
    child = os.fork()
    if child == 0:
        left = count(number, -1)
        sys.addaudithook(lambda event, _: os._exit(9) if event in FILE_OPERATIONS and next(left) == 0 else None)
        action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.fixture(params=["exchange", "links"])
def published(live: Path, request: pytest.FixtureRequest) -> Path:
    """A live folder with two versions before it, on a system that exchanges names and on one that does not."""
    if request.param == "links":
        request.getfixturevalue("without_exchange")
    for number in (1, 2, 3):
        publish(live, number)
    return live


def folders(store: Store) -> set[str]:
    return {entry.name for entry in store.folder.iterdir() if entry.is_dir()}


@pytest.mark.parametrize("left_out", [set(), {"same.txt"}])
def test_killed_while_publishing_the_live_folder_is_whole_and_the_next_build_mends_the_rest(
    published: Path, left_out: set[str]
) -> None:
    for operation in count():
        latest = version(published)
        former = prepared(published).live_version
        if not killed_before_operation(operation, partial(publish, published, latest + 1, left_out=left_out)):
            break
        assert version(published) in {latest, latest + 1}
        mended = prepared(published)
        assert former in (mended.live_version, *mended.kept)
        store = publish(published, latest + 2, left_out=left_out)
        assert version(published) == latest + 2
        linked = {str(store.live_version.number)} if store.live_version and published.is_symlink() else set()
        assert folders(store) - {"spare"} == {str(number) for number in numbers(store)} | linked
    assert operation > 30


def test_killed_while_rolling_back_the_live_folder_is_whole_and_no_version_is_lost(published: Path) -> None:
    wanted, other = numbers(prepared(published))
    for operation in count():
        if not killed_before_operation(operation, partial(roll_back, published, wanted)):
            break
        assert version(published) in {wanted, 3}
        store = prepared(published)
        assert store.live_version
        live_now = store.live_version.number
        assert live_now == version(published)
        assert sorted([*numbers(store), live_now]) == [wanted, other, 3]
        if live_now == wanted:
            roll_back(published, 3)
    assert operation > 3
    assert version(published) == wanted


@pytest.mark.usefixtures("without_exchange")
def test_killed_while_the_live_folder_becomes_a_link_the_next_command_finishes_it(live: Path) -> None:
    missing = 0
    for operation in count():
        shutil.rmtree(live.parent)
        live.parent.mkdir()
        publish(live, 1)
        if not killed_before_operation(operation, partial(publish, live, 2)):
            break
        missing += not live.exists()
        prepared(live)
        assert version(live) in {1, 2}
    # Whether a changed file gets another time depends on the clock, so that a build may have one operation more.
    assert missing <= 2


@contextmanager
def unreadable() -> Iterator[None]:
    """No file is read in this context."""

    def refuse(_path: str, _status: os.stat_result) -> None:
        raise AssertionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_module, "_read", refuse)
        yield


def test_a_file_of_the_recorded_size_and_time_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "live/a.html").write_text("one")
    known = file_states(tmp_path / "live")
    shutil.copy2(tmp_path / "live/a.html", tmp_path / "new/a.html")
    with unreadable():
        assert file_states(tmp_path / "new", known, same=tmp_path / "live") == known


def test_a_time_of_a_whole_second_proves_nothing_but_of_the_same_inode(tmp_path: Path) -> None:
    for folder, content in (("live", "one"), ("new", "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.html").write_text(content)
        os.utime(tmp_path / folder / "a.html", (1000, 1000))
    known = file_states(tmp_path / "live")
    assert file_states(tmp_path / "new", known, same=tmp_path / "live") == file_states(tmp_path / "new") != known
    (tmp_path / "new/a.html").unlink()
    os.link(tmp_path / "live/a.html", tmp_path / "new/a.html")
    with unreadable():
        assert file_states(tmp_path / "new", known, same=tmp_path / "live") == known


def test_files_that_a_build_left_out_are_those_of_the_live_version(live: Path) -> None:
    publish(live, 1)
    same = (live / "same.txt").stat()
    for number in range(2, 9):
        store = publish(live, number, keep=2, left_out={"same.txt"})
        assert version(live) == number
        assert os.path.samestat((live / "same.txt").stat(), same)
        assert store.live_version
        assert dict(store.live_version.files) == file_states(live)
        assert numbers(prepared(live)) == [each for each in (number - 2, number - 1) if each > 0]
    assert "spare" in folders(store)
    roll_back(live, 6)
    assert version(live) == 6


def test_a_shared_file_that_was_edited_in_place_does_not_keep_a_version_from_being_live_again(live: Path) -> None:
    publish(live, 1)
    publish(live, 2, left_out={"same.txt"})
    (live / "same.txt").write_text("edited by hand")
    roll_back(live, 1)
    assert (text(live), text(live, "same.txt")) == ("version 1", "edited by hand")
    (live / "same.txt").unlink()
    publish(live, 3)
    assert version(live) == 3


def test_the_folder_that_is_used_again_keeps_nothing_of_the_version_that_it_was(live: Path) -> None:
    for number in (1, 2, 3):
        publish(live, number, keep=0, left_out={"same.txt"} if number > 1 else set())
    spare = prepared(live).folder / "spare"
    (spare / "old/page").mkdir(parents=True)
    (spare / "old/page/index.html").write_text("old")
    (spare / "same.txt").unlink()
    (spare / "same.txt").write_text("edited")
    (spare / "sitemap.xml").unlink()
    (spare / "sitemap.xml").mkdir()
    publish(live, 4, keep=0, left_out={"same.txt"})
    assert version(live) == 4
    assert not (live / "old").exists()


def test_a_version_of_links_to_the_live_one_is_published_and_both_are_whole(live: Path) -> None:
    publish(live, 1)
    store = Store(live)
    store.prepare()
    shutil.copytree(live, store.building, copy_function=os.link)
    for path in ("index.html", "sitemap.xml", "deep/er/page.html"):
        (store.building / path).unlink()
        (store.building / path).write_text("version 2")
    (store.building / asset(2)).write_text("version 2")
    before = (live / "same.txt").stat()
    store.publish(store.built(store.live_files(at=NOW)), at=NOW, describe=lambda _before, _files: "")
    assert version(live) == 2
    assert (live / "same.txt").stat().st_ino == before.st_ino
    assert (live / "same.txt").stat().st_mtime_ns == before.st_mtime_ns
    roll_back(live, 1)
    assert version(live) == 1
