"""Builds that are killed, fail, or meet what they cannot write: the next one is right, and nothing of them stays."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.plugin import plugin
from mkdocs_incidents.plugin.incremental import build as incremental
from mkdocs_incidents.plugin.incremental.cache import PageCache
from mkdocs_incidents.plugin.incremental.output_folder import OutputFolder
from mkdocs_incidents.plugin.incremental.page_builder import PageBuilder
from tests.sites.building import Refused, Site, front, tree, update_at

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = ".cache/plugin/incidents/build"
PATIENCE = 30
"""In seconds."""
LATER = "2026-06-15 12:30"


@pytest.fixture
def published(site: Site) -> Site:
    """A site that was built before, of which two files have changed since."""
    unneeded = ("statuspage_api", "statuspage_feeds", "badges", "embed", "metrics", "json_feed", "atom")
    site.option("outputs", dict.fromkeys(unneeded, False))
    for day in range(1, 5):
        name = f"2026-05-0{day}-n"
        site.write(
            f"incidents/{name}.md",
            front(f"## Root cause\n\nNumber {day}.", title=name, started=f"2026-05-0{day} 09:00"),
        )
    site.build()
    site.write("incidents/2026-05-03-n.md", front("## Root cause\n\nAnother.", title="Edited"))
    site.write("incidents/2026-06-01-new.md", front(title="New", started="2026-05-04 09:00"))
    return site


def assert_next_build_is_right(site: Site) -> None:
    kept = site.build(LATER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plugin, "why_not", lambda *_, **__: "of a test")
        full = site.build(LATER, into="full")
    assert kept.files == full.files
    assert not [entry for entry in os.listdir(kept.folder) if entry.startswith(".")]  # noqa: PTH208  names


def before(owner: Any, name: str, act: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Let something happen just before a method is called."""
    method = getattr(owner, name)

    def acting(*arguments: Any, **named: Any) -> Any:
        act()
        return method(*arguments, **named)

    patch.setattr(owner, name, acting)


def after(owner: Any, name: str, act: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Let something happen just after a method has returned."""
    method = getattr(owner, name)

    def acting(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        act()
        return result

    patch.setattr(owner, name, acting)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], object]) -> int | None:
    """The exit code of a process that does it."""
    process = get_context("fork").Process(target=work)
    process.start()
    process.join(PATIENCE)
    return process.exitcode


@pytest.mark.parametrize(
    ("when", "owner", "method"),
    [
        (after, OutputFolder, "set_aside"),
        (after, OutputFolder, "take_back"),
        (after, PageBuilder, "build"),
        (before, OutputFolder, "finish"),
        (before, shutil, "rmtree"),
        (before, os, "replace"),
    ],
)
def test_a_build_that_was_killed_does_no_harm_to_the_next(
    published: Site, when: Callable[..., None], owner: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        when(owner, method, kill, patch)
        assert in_child(published.build) == -signal.SIGKILL
    assert_next_build_is_right(published)


@pytest.mark.parametrize(
    ("when", "owner", "method", "error"),
    [
        (after, OutputFolder, "set_aside", ValueError()),
        (after, OutputFolder, "take_back", KeyboardInterrupt()),
        (after, PageBuilder, "build", OSError(28, "No space left on device")),
        (before, incremental.IncrementalBuild, "before_search_is_written", KeyboardInterrupt()),
    ],
)
def test_after_an_error_the_folder_is_as_it_was(  # noqa: PLR0913, PLR0917
    published: Site, when: Any, owner: Any, method: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    was, times = tree(published.folder / "site"), modified(published.folder / "site")
    with monkeypatch.context() as patch:
        when(owner, method, fail, patch)
        with pytest.raises(type(error)):
            published.build(LATER)
    assert tree(published.folder / "site") == was
    assert modified(published.folder / "site") == times
    assert_next_build_is_right(published)


def modified(folder: Path) -> dict[str, tuple[int, int]]:
    """Time and inode of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are built in two processes, however few they are."""
    monkeypatch.setattr(incremental, "available_processes", lambda *_, **__: 2)


@pytest.mark.usefixtures("workers")
def test_pages_that_workers_build_are_the_same(published: Site) -> None:
    assert_next_build_is_right(published)


@pytest.mark.usefixtures("workers")
def test_what_a_killed_worker_has_left_is_built_by_the_build_itself(
    published: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        parent = os.getpid()
        before(PageBuilder, "build", lambda: None if os.getpid() == parent else kill(), patch)
        published.build(LATER)
    assert_next_build_is_right(published)


@pytest.mark.usefixtures("workers")
def test_no_worker_survives_its_parent(published: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()

    here = os.getpid()

    def note_and_wait() -> None:
        if os.getppid() == here:
            return  # the build itself
        (pids / str(os.getpid())).touch()
        time.sleep(PATIENCE)

    with monkeypatch.context() as patch:
        before(PageBuilder, "build", note_and_wait, patch)
        process = get_context("fork").Process(target=published.build)
        process.start()
        wait_for(lambda: len(list(pids.iterdir())) == 2)
        process.kill()
        process.join()
    wait_for(lambda: not any(is_running(path.name) for path in pids.iterdir()))
    assert_next_build_is_right(published)


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 2
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_strict_build_fails_for_a_warning_of_a_page_that_is_kept(published: Site) -> None:
    published.write("incidents/2026-05-04-n.md", front("## Root cause\n\n[It](gone.md).", title="Dead link"))
    published.build()
    with pytest.raises(Refused, match=r"gone\.md"):
        published.build(strict=True)
    assert_next_build_is_right(published)


def test_a_folder_on_another_file_system_gets_copies(published: Site) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        (published.folder / "site2").symlink_to(other)
        for now in ("2026-06-15 12:00", LATER):
            built = published.build(now, into="site2")
        expected = published.build(LATER)
        assert built.files == expected.files


def test_a_folder_that_is_a_link_stays_one(published: Site) -> None:
    (published.folder / "elsewhere").mkdir()
    shutil.rmtree(published.folder / "site")
    (published.folder / "site").symlink_to("elsewhere")
    published.build()
    assert_next_build_is_right(published)
    assert (published.folder / "site").is_symlink()


@pytest.mark.parametrize("fails", [False, True])
def test_hidden_files_and_links_to_folders_stay(published: Site, fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    output = published.folder / "site"
    (output / ".git").mkdir()
    (output / ".nojekyll").touch()
    (published.folder / "other").mkdir()
    (output / "other").symlink_to("../other")
    if fails:
        monkeypatch.setattr(PageBuilder, "build", None)
        with pytest.raises(TypeError):
            published.build(LATER)
    else:
        published.build(LATER)
    assert (output / ".git").is_dir()
    assert (output / ".nojekyll").is_file()
    assert (output / "other").is_symlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("path", [CACHE, f"{CACHE}/files", "."])
def test_folders_that_cannot_be_written_are_done_without(published: Site, path: str) -> None:
    folder = published.folder / path
    mode = folder.stat().st_mode
    (published.folder / "full").mkdir(exist_ok=True)
    published.configured()
    folder.chmod(0o555)
    try:
        built = published.build(LATER)
    finally:
        folder.chmod(mode)
    assert "Edited" in built.text("incidents/2026-05-03-n/index.html")
    assert_next_build_is_right(published)


@pytest.mark.parametrize("call", ["link", "utime", "makedirs", "open"])
def test_a_cache_that_cannot_be_written_is_done_without(
    published: Site, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = getattr(os, call)

    def refusing(path: Any, *arguments: Any, **named: Any) -> Any:
        if any(".cache" in str(argument) for argument in (path, *arguments)):
            raise OSError(30, "Read-only file system")
        return original(path, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refusing)
        published.build(LATER)
    assert_next_build_is_right(published)


@pytest.mark.parametrize(
    ("when", "owner", "method", "into"),
    [
        (after, OutputFolder, "set_aside", "site"),
        (after, OutputFolder, "take_back", "other"),
        (after, OutputFolder, "take_back", "site"),
        (before, PageCache, "save", "site"),
    ],
)
def test_two_builds_at_once_do_no_harm_to_the_next(  # noqa: PLR0913, PLR0917
    published: Site, into: str, when: Any, owner: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, exits = os.getpid(), []

    def build_again() -> None:
        if os.getpid() == parent:
            exits.append(in_child(lambda: published.build(into=into)))

    with monkeypatch.context() as patch:
        when(owner, method, build_again, patch)
        first = published.build()
    assert exits == [0]
    assert tree(published.folder / into) == first.files
    assert_next_build_is_right(published)


def test_a_build_without_a_cache_removes_what_one_that_was_killed_left(
    published: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        after(OutputFolder, "set_aside", kill, patch)
        assert in_child(published.build) == -signal.SIGKILL
    with monkeypatch.context() as patch:
        patch.setattr(plugin, "why_not", lambda *_, **__: "of a test")
        built = published.build()
    assert not [path for path in built.files if path.startswith(".")]


SECRETS = ("of a draft", "of a note", "under embargo", "of a postmortem to come", "of an update to come")


def test_the_cache_has_nothing_that_is_not_public(site: Site) -> None:
    site.write("incidents/2026-05-01-a.md", front("## Root cause\n\nof a draft", draft=True))
    site.write("incidents/2026-05-02-b.md", front(
        "## Root cause\n\nText.\n\n<!-- internal -->\nof a note\n<!-- /internal -->",
        updates=[update_at("2026-05-02 10:00", "resolved", "Well. <!-- internal -->of a note<!-- /internal -->")],
        started="2026-05-02 09:00",
    ))  # fmt: skip
    site.write("incidents/2026-05-03-c.md", front("## Root cause\n\nunder embargo", publish="2026-06-20 09:00"))
    site.write("incidents/2026-05-04-d.md", front(
        "## Root cause\n\nof a postmortem to come", postmortem={"published": "2026-06-20 10:00"},
    ))  # fmt: skip
    site.write("incidents/2026-05-05-e.md", front(updates=[
        update_at("2026-05-05 10:00", "resolved"), update_at("2026-06-20 10:00", "monitoring", "of an update to come"),
    ], started="2026-05-05 09:00"))  # fmt: skip
    site.build()
    assert not found_in_cache(site, SECRETS)


@pytest.mark.parametrize(
    ("facts", "now"),
    [
        (None, LATER),
        ({"draft": True}, LATER),
        ({"publish": "2026-06-20 09:00"}, LATER),
        ({}, LATER),
        ({"publish": "2026-06-01 09:00"}, "2026-05-20 12:00"),
    ],
    ids=["deleted", "draft", "under embargo", "edited", "clock back"],
)
def test_the_cache_forgets_what_is_no_longer_public(site: Site, facts: dict[str, Any] | None, now: str) -> None:
    text = "Words that were public once"
    path = "incidents/2026-05-02-b.md"
    site.write(path, front(f"## Root cause\n\n{text}"))
    site.write("incidents/2026-05-03-c.md", front(title="Next", started="2026-05-03 09:00"))
    site.build()
    assert found_in_cache(site, [text])
    if facts is None:
        (site.folder / path).unlink()
    else:
        site.write(path, front("## Root cause\n\nOthers", **facts))
    site.build(now)
    assert not found_in_cache(site, [text])


def found_in_cache(site: Site, texts: Any) -> list[tuple[str, str]]:
    content = tree(site.folder / ".cache")
    return [(path, text) for path, known in content.items() for text in texts if text.encode() in known]
