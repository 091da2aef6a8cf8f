"""The cache of incident files that were read: it changes nothing of the result, and has nothing that is not public."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content import incident_file, loader, read_cache
from mkdocs_incidents.content.loader import Loaded, load
from tests.content.folders import CATALOG, INCIDENT, NOW, Folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
PUBLIC = """\
---
title: Card payments failed
started: 2026-03-02 14:30
resolved: 2026-03-02 15:15
components: {card-payments: major_outage}
updates:
  - {at: 2026-03-02 14:40, status: investigating, message: We are looking into failed payments.}
  - {at: 2026-03-02 15:15, status: resolved, message: Payments work again.}
postmortem: {published: 2026-03-04, by: Payments team}
---

## Summary

A pool of connections was exhausted.

## Timeline

- 14:31 Errors rise.
- 15:10 The pool is larger.

## Apology

We are sorry.

## Action items

- [ ] Alert on the pool (@Payments team, due 2026-06-01)
- [x] Enlarge the pool (@Payments team, due 2026-03-20, done 2026-03-18)
"""


@dataclass(kw_only=True)
class CachedFolder(Folder):
    """A folder that is loaded with a cache; `read` lists the files that were read anew by the last load."""

    at: Path
    cache: Path
    read: list[str]

    def warm(self, now: datetime = NOW, language: str = "en") -> Loaded:
        self.read.clear()
        return load(self.at, now=now, shown_as="incidents", language=language, cache=self.cache)

    def fresh(self, now: datetime = NOW, language: str = "en") -> Loaded:
        read = self.read.copy()
        loaded = load(self.at, now=now, shown_as="incidents", language=language)
        self.read[:] = read
        return loaded

    @property
    def stored(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.cache.rglob("*") if path.is_file())


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CachedFolder:
    monkeypatch.setattr(read_cache, "_AHEAD", 1e12)  # `NOW` may be later than the test
    read: list[str] = []
    original = incident_file.read_incident_file

    def counted(source: object, relative: str, *args: object, **options: object) -> object:
        read.append(relative)
        return original(source, relative, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(loader, "read_incident_file", counted)
    folder = CachedFolder(at=tmp_path / "incidents", cache=tmp_path / ".cache", read=read)
    folder.write("components.yml", CATALOG)
    return folder


def assert_alike(one: Loaded, other: Loaded) -> None:
    assert one == other
    assert one.history == other.history
    assert (one.notices_read, one.drafts, one.files_read, one.partly_read) == (
        other.notices_read,
        other.drafts,
        other.files_read,
        other.partly_read,
    )


def test_a_file_that_did_not_change_is_not_read_again(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC)
    cached.write("b.md", INCIDENT)
    first = cached.warm()
    assert cached.read == ["a.md", "b.md"]
    second = cached.warm()
    assert cached.read == []
    assert_alike(first, second)
    assert_alike(second, cached.fresh())


def test_a_file_that_changed_is_read_again_although_size_and_time_are_the_same(cached: CachedFolder) -> None:
    path = cached.write("a.md", PUBLIC)
    cached.write("b.md", INCIDENT)
    before = path.stat()
    cached.warm()
    cached.write("a.md", PUBLIC.replace("looking into failed", "working on the lost"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert_alike(cached.warm(), cached.fresh())
    assert cached.read == ["a.md"]


def test_a_file_of_an_old_time_is_not_even_hashed(cached: CachedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    cached.write("a.md", PUBLIC)
    monkeypatch.setattr(read_cache, "_COARSEST_CLOCK", -(10**18))
    before = cached.warm()
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert_alike(cached.warm(), before)


def test_a_copy_of_the_files_needs_no_reading(cached: CachedFolder) -> None:
    text = PUBLIC.encode()
    path = cached.write("a.md", text)
    cached.warm()
    path.unlink()
    cached.write("a.md", text)
    assert_alike(cached.warm(), cached.fresh())


@pytest.mark.parametrize(
    "text",
    [
        PUBLIC.replace("title:", "draft: true\ntitle:"),
        PUBLIC.replace("A pool", "A <!-- internal -->secret<!-- /internal --> pool"),
        PUBLIC.replace("title:", "publish: 2026-05-01\ntitle:"),
        PUBLIC.replace("published: 2026-03-04", "published: 2026-05-04"),
        PUBLIC.replace("15:15, status", "15:15, corrected: 2026-05-01 10:00, status"),
        PUBLIC.replace("resolved: 2026-03-02 15:15\n", "").replace("status: resolved", "status: monitoring"),
        PUBLIC.replace("2026-03-02", "2026-04-09").replace("2026-03-04", "2026-04-09"),
        PUBLIC.replace("failed\n", "failed #secret\n"),
        PUBLIC.replace("2026-06-01", "2026-04-12"),
        "---\ntitle: A file with an error\n---\n",
    ],
    ids=["draft", "note", "embargo", "postmortem later", "correction later", "open", "new", "comment", "due", "error"],
)
def test_what_is_not_public_or_may_soon_change_is_read_each_time(cached: CachedFolder, text: str) -> None:
    cached.write("a.md", text)
    cached.write("b.md", PUBLIC)
    cached.warm()
    assert_alike(cached.warm(), cached.fresh())
    assert cached.read == ["a.md"]


def test_the_cache_has_no_text_that_is_not_public(cached: CachedFolder) -> None:
    words = iter(f"unspeakable{number}" for number in range(20))
    changes: list[Callable[[str], str]] = [
        lambda word: PUBLIC.replace("title: Card", f"draft: true\ntitle: {word}"),
        lambda word: PUBLIC.replace("A pool", f"A <!-- internal -->{word}<!-- /internal --> pool"),
        lambda word: PUBLIC.replace("looking", f"<!-- internal -->{word}<!-- /internal --> looking"),
        lambda word: PUBLIC.replace("title: Card", f"publish: 2026-05-01\ntitle: {word}"),
        lambda word: PUBLIC.replace("2026-03-04", "2026-05-04").replace("A pool", word),
        lambda word: PUBLIC.replace(
            "postmortem:", f"  - {{at: 2026-05-02 10:00, status: resolved, message: {word}}}\npostmortem:"
        ),
        lambda word: PUBLIC.replace("title:", f"retracted: {{reason: {word}, at: 2026-05-02 10:00}}\ntitle:"),
        lambda word: PUBLIC.replace("title:", f"# {word}\ntitle:"),
        lambda word: PUBLIC.replace("failed\n", f"failed #{word}\n"),
        lambda word: PUBLIC.replace("A pool", f"<!-- {word} -->\n\nA pool"),
    ]
    for number, change in enumerate(changes):
        cached.write(f"hidden-{number}.md", change(next(words)))
    cached.write("public.md", PUBLIC.replace("A pool", "A shallow pool"))
    cached.warm()
    assert b"A shallow pool" in cached.stored
    assert b"unspeakable" not in cached.stored


def test_nothing_is_kept_as_of_a_time_that_is_still_to_come(
    cached: CachedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_cache, "_AHEAD", 300)
    cached.write("a.md", PUBLIC.replace("title:", "publish: 2150-05-01\ntitle:"))
    cached.warm(NOW.replace(year=2160))
    assert not cached.stored


def test_what_became_a_draft_is_taken_out_of_the_cache(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC)
    cached.write("b.md", INCIDENT)
    cached.warm()
    cached.write("a.md", PUBLIC.replace("title:", "draft: true\ntitle:"))
    cached.warm()
    assert b"exhausted" not in cached.stored


def test_deleted_files_leave_the_cache(cached: CachedFolder) -> None:
    path = cached.write("a.md", PUBLIC)
    cached.write("b.md", INCIDENT)
    cached.warm()
    path.unlink()
    assert_alike(cached.warm(), cached.fresh())
    assert b"a.md" not in cached.stored


def test_another_version_of_the_code_reads_anew(cached: CachedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    cached.write("a.md", PUBLIC)
    cached.warm()
    monkeypatch.setattr(read_cache, "_fingerprint", lambda: b"another")
    cached.warm()
    assert cached.read == ["a.md"]


def test_another_catalogue_reads_anew(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC)
    cached.warm()
    cached.write("components.yml", CATALOG.replace("Card payments}", "Card payments, retired: 2026-01-01}"))
    assert_alike(cached.warm(), cached.fresh())
    assert "component-retired" in {problem.code for problem in cached.warm().problems}


def test_a_damaged_cache_is_as_good_as_none(cached: CachedFolder) -> None:
    random = Random(5)  # noqa: S311
    for name in "abc":
        cached.write(f"{name}.md", PUBLIC.replace("A pool", f"Pool {name}"))
    cached.warm()
    path = cached.cache / "read-files"
    good, fresh = path.read_bytes(), cached.fresh()
    damaged = [good[: random.randrange(len(good))] for _ in range(5)] + [b"", b"\0" * 100]
    for _ in range(25):
        index = random.randrange(len(good))
        damaged.append(good[:index] + bytes([good[index] ^ random.randrange(1, 256)]) + good[index + 1 :])
    for content in damaged:
        path.write_bytes(content)
        assert_alike(cached.warm(), fresh)
    for content in damaged:
        path.write_bytes(content)
        cached.write("d.md", INCIDENT + f"\n{random.random()}\n")
        assert_alike(cached.warm(), cached.fresh())


def test_sections_are_read_while_another_process_writes_the_cache_anew(cached: CachedFolder) -> None:
    cached.write("b.md", PUBLIC)
    cached.warm()
    loaded = cached.warm()
    cached.write("a.md", PUBLIC)
    cached.warm()
    assert loaded.history
    assert [section.heading for section in loaded.history.notices[0].postmortem.sections][:1] == ["Summary"]  # type: ignore[union-attr]


def test_a_cache_that_cannot_be_written_is_left_out(cached: CachedFolder) -> None:
    cached.cache.write_text("a file in its place")
    cached.write("a.md", PUBLIC)
    assert_alike(cached.warm(), cached.fresh())
    assert cached.cache.read_text() == "a file in its place"


def test_nothing_but_the_cache_is_left_in_its_folder(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC)
    for _ in range(3):
        cached.warm()
    assert [path.name for path in cached.cache.iterdir()] == ["read-files"]


def test_what_a_process_that_was_killed_has_left_is_removed_a_day_later(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC)
    cached.warm()
    old, new = cached.cache / "read-files.old", cached.cache / "read-files.new"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    cached.write("b.md", PUBLIC)
    cached.warm()
    assert (old.exists(), new.exists()) == (False, True)


def test_without_what_it_is_read_with_there_is_no_cache(cached: CachedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")  # as on Windows
    monkeypatch.setattr(read_cache, "AVAILABLE", False)
    cached.write("a.md", PUBLIC)
    assert_alike(cached.warm(), cached.fresh())
    assert not cached.cache.exists()


def test_places_of_problems_between_files_are_exact(cached: CachedFolder) -> None:
    cached.write("a.md", PUBLIC.replace("title:", "id: alike\ntitle:"))
    cached.write("b.md", PUBLIC.replace("title:", "# a line more\nid: unlike\naliases: [former]\ntitle:"))
    cached.write("c.md", PUBLIC.replace("A pool", "As in [February](former.md), a pool"))
    cached.warm()
    cached.write("d.md", PUBLIC.replace("title:", "id: alike\naliases: [unlike]\ntitle:"))
    loaded = cached.warm()
    assert_alike(loaded, cached.fresh())
    assert {problem.code for problem in loaded.errors} == {"duplicate-id", "former-id-taken"}
    assert "link-to-former-name" in {problem.code for problem in loaded.warnings}


def test_digests_are_those_of_the_files(cached: CachedFolder) -> None:
    from hashlib import sha256  # noqa: PLC0415

    cached.write("a.md", PUBLIC)
    cached.write("b.md", "no incident")
    for loaded in (cached.warm(), cached.warm(), cached.fresh()):
        assert loaded.digests == {
            "a.md": sha256(PUBLIC.encode()).digest(),
            "b.md": sha256(b"no incident").digest(),
        }
        assert loaded.catalog_digest == sha256(CATALOG.encode()).digest()


@pytest.mark.parametrize("seed", range(int(os.environ.get("READ_CACHE_SEEDS", "6"))))
def test_after_any_changes_the_cache_gives_what_reading_gives(cached: CachedFolder, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    now, language = NOW, "en"
    for _ in range(12):
        for _ in range(random.randrange(1, 6)):
            random.choice(_CHANGES)(cached, random)
        now += timedelta(days=random.choice([0, 0, 1, -1, 4, 40, -40, 400]), minutes=random.randrange(60))
        language = random.choice(["en", "en", "de"])
        assert_alike(cached.warm(now, language), cached.fresh(now, language))
        assert_alike(cached.warm(now, language), cached.fresh(now, language))


def _name(random: Random) -> str:
    return f"{random.choice('abcdefgh')}.md"


def _add(folder: CachedFolder, random: Random) -> None:
    folder.write(_name(random), _variant(random))


def _add_case(folder: CachedFolder, random: Random) -> None:
    folder.write(_name(random), random.choice(CASES).read_bytes())


def _delete(folder: CachedFolder, random: Random) -> None:
    (folder.at / _name(random)).unlink(missing_ok=True)


def _rename(folder: CachedFolder, random: Random) -> None:
    path = folder.at / _name(random)
    if path.exists():
        path.rename(folder.at / _name(random))


def _edit(folder: CachedFolder, random: Random) -> None:
    path = folder.at / _name(random)
    if path.exists():
        before = path.read_text("utf-8", errors="surrogateescape")
        digit, other = random.choice("0123456789"), random.choice("0123456789")
        path.write_text(before.replace(digit, other, random.randrange(3)), "utf-8", errors="surrogateescape")


def _change_catalog(folder: CachedFolder, random: Random) -> None:
    more = random.choice(["", "", ", since: 2026-03-01", ", retired: 2026-04-01", ", oops: 1"])
    folder.write("components.yml", CATALOG.replace("Card payments}", f"Card payments{more}}}"))


def _variant(random: Random) -> str:
    """An incident with some of what rules look at, around `NOW`."""
    text = PUBLIC
    for day in ("2026-03-02", "2026-03-04", "2026-06-01", "2026-03-18", "2026-03-20"):
        if random.random() < 0.4:
            text = text.replace(day, str((NOW + timedelta(days=random.choice([-400, -60, -5, -1, 0, 1, 9]))).date()))
    keys = [
        "draft: true",
        "aliases: [former]",
        "merged: [b]",
        "id: c",
        "publish: 2026-04-11 09:00",
        "backfilled: true",
        "retracted: {reason: A false alarm, at: 2026-04-02 10:00}",
        "accepted: [late-first-word]",
        "pinned: true",
    ]
    chosen = [key for key in keys if random.random() < 0.12]
    text = text.replace("title:", "\n".join([*chosen, "title:"]))
    for before, after in (
        ("A pool", "A <!-- internal -->hidden<!-- /internal --> pool"),
        ("A pool", "See [there](former.md). A pool"),
        ("status: resolved", "status: monitoring"),
        ("resolved: 2026", "# resolved: 2026"),
        ("again.", "again. Next update by 16:00."),
        ("(@Payments team, due", "(due"),
        ("## Action items", "## Folgemaßnahmen"),
        ("Errors rise.", "Errors rise {kind: detected}"),
        ("started:", "scheduled: {from: 2026-04-12 01:00, until: 2026-04-12 03:00}\n# "),
        ("components: {card-payments: major_outage}", "impact: none"),
    ):
        if random.random() < 0.12:
            text = text.replace(before, after)
    return text


_CHANGES: list[Callable[[CachedFolder, Random], None]] = [
    *[_add] * 5,
    _add_case,
    _delete,
    _rename,
    _edit,
    _change_catalog,
]

_COMPARE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from mkdocs_incidents import forked
from mkdocs_incidents.content import loader

loader.available_processes = lambda files, per_process: 3
calls = []
original = forked._results
forked._results = lambda *given: calls.append(1) or original(*given)
now, folder = datetime(2026, 4, 10, 12, tzinfo=UTC), Path(sys.argv[1])
alone = loader.load(folder, now=now)
for cache in (None, folder.parent / "cache"):
    together = loader.load(folder, now=now, parallel=True, cache=cache)
    assert together == alone and together.history == alone.history
assert len(calls) == 2

def broken(work, items, numbers, sender):
    import os
    try:
        sender.send_bytes(b"\\xc1")
    finally:
        os._exit(3)

forked._send = broken
assert loader.load(folder, now=now, parallel=True) == alone
print("alike")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_several_processes_read_what_one_reads(cached: CachedFolder) -> None:
    random = Random(1)  # noqa: S311
    for number in range(40):
        cached.write(f"{number}.md", _variant(random))
    for number, case in enumerate(random.sample(CASES, 20)):
        cached.write(f"case-{number}.md", case.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _COMPARE, os.fspath(cached.at)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("alike\n", "")
