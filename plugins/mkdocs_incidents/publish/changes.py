"""What differs between the site that is live and the one that was just built, in words for a person."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.present.outputs import FORMATS, HISTORY, TOPICS

from .compress import KINDS
from .published import INCIDENTS, STATUS, SUMMARY, UnreadableError, read_banner, read_incidents, read_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from .manifest import FileState
    from .published import Banner, ListedNotice

_MOST_NAMED = 3
_INDEX = "index.html"
_ASSETS = "assets/"
_NUMBER = re.compile(rb"\d+")
_STATES_BUILD_TIME = b" data-built="
"""An attribute that pages about the present have, and no others: they change with each build."""
_CLOSED = {"resolved", "postmortem"}
_SUFFIXES = tuple(f".{form.suffix}" for form in FORMATS)
_OF_COMPONENTS = re.compile(r"\Acomponents/[^/]+/feed\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChanges:
    """The files of one kind that differ; pages by their addresses below the site, feeds without their suffixes."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def to_dict(self) -> dict[str, list[str]]:
        """For JSON."""
        return {"new": list(self.added), "changed": list(self.changed), "removed": list(self.removed)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two built sites. What could not be read of either is left out."""

    first: bool = False
    """Whether there was none before."""
    banner: tuple[Banner, Banner] | None = None
    """Before and after, whether or not they differ; None where either is not known."""
    opened: tuple[ListedNotice, ...] = ()
    resolved: tuple[ListedNotice, ...] = ()
    pages: FileChanges = field(default_factory=FileChanges)
    feeds: FileChanges = field(default_factory=FileChanges)
    others: FileChanges = field(default_factory=FileChanges)
    """Files for programs, pictures, scripts."""
    only_numbers: int = 0
    """Number of the files that are about the present and the same but for times and other numbers."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Addresses that somebody may follow, and that are gone; one sentence each."""
        kinds = (("page", self.pages.removed), ("feed", self.feeds.removed), ("file", self.others.removed))
        return tuple(
            f"{_counted(len(removed), kind)} removed: {_named(f'/{path}' for path in removed)}; "
            "whoever has a link to it finds nothing there"
            for kind, removed in kinds
            if removed
        )

    def __str__(self) -> str:
        if self.first:
            return f"first publication: {self._first()}"
        return "; ".join(self._parts()) or self._nothing()

    def _first(self) -> str:
        pages, feeds = _counted(len(self.pages.added), "page"), _counted(len(self.feeds.added), "feed")
        return f"{pages}, {feeds}" if self.feeds.added else pages

    def _nothing(self) -> str:
        if self.others:
            count = len(self.others.added + self.others.changed + self.others.removed)
            return f"{_counted(count, 'other file')} changed"
        return "nothing changed but times and figures" if self.only_numbers else "nothing changed"

    def _parts(self) -> Iterable[str]:
        if self.banner and self.banner[0] != self.banner[1]:
            yield f"banner: {self.banner[0].name} → {self.banner[1].name}"
        if self.opened:
            yield f"opened: {_named(quoted(notice.title) for notice in self.opened)}"
        if self.resolved:
            yield f"resolved: {_named(quoted(notice.title) for notice in self.resolved)}"
        pages, feeds = self.pages, self.feeds
        if pages.added:
            yield _counted(len(pages.added), "new page")
        if pages.changed:
            yield f"{_counted(len(pages.changed), 'page')} changed"
        if pages.removed:
            yield f"{_counted(len(pages.removed), 'page')} removed"
        if count := len(feeds.added + feeds.changed):
            yield _counted(count, "feed")
        if feeds.removed:
            yield f"{_counted(len(feeds.removed), 'feed')} removed"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        banner = [{"indicator": one.indicator, "description": one.description} for one in self.banner or ()]
        return {
            "first": self.first,
            "banner": {"before": banner[0], "after": banner[1]} if banner else None,
            "opened": [{"title": notice.title, "address": notice.address} for notice in self.opened],
            "resolved": [{"title": notice.title, "address": notice.address} for notice in self.resolved],
            "pages": self.pages.to_dict(),
            "feeds": self.feeds.to_dict(),
            "other_files": self.others.to_dict(),
            "only_times_and_figures": self.only_numbers,
            "text": str(self),
            "warnings": list(self.warnings),
        }


def changes(
    before: Path | None, after: Path, files_before: Mapping[str, FileState], files_after: Mapping[str, FileState]
) -> Changes:
    """What differs between the live site in `before`, None where there is none, and the one in `after`.

    Which files differ is known by their states. Files whose names begin with a dot are none of the site.
    """
    old, new = _shown_differences(files_before, files_after)
    added = [path for path in new if path not in old]
    if before is None or all(path.startswith(".") for path in files_before):
        return Changes(first=True, pages=_pages(added=added), feeds=_feeds(added=added), others=_others(added=added))
    # Old assets are there as long as the pages of one version before need them; nobody has a link to one.
    removed = [path for path in old if path not in new and not path.startswith(_ASSETS)]
    changed = [path for path in new if path in old and new[path] != old[path]]
    only_numbers = {path for path in changed if _only_numbers_differ(before, after, path)}
    changed = [path for path in changed if path not in only_numbers]
    opened, resolved = _incidents(before, after)
    return Changes(
        banner=_banners(before, after),
        opened=opened,
        resolved=resolved,
        pages=_pages(added, changed, removed),
        feeds=_feeds(added, changed, removed),
        others=_others(added, changed, removed),
        only_numbers=len(only_numbers),
    )


def _shown_differences(
    before: Mapping[str, FileState], after: Mapping[str, FileState]
) -> tuple[dict[str, str], dict[str, str]]:
    """The checksums, before and after, of the files that differ, in the order of each; without what is not shown.

    A file may become a compressed copy, and so be shown no longer, because another file is new.
    """
    different = {path for path in before.keys() | after.keys() if _sha256(before, path) != _sha256(after, path)}
    different |= {f"{path}.{kind}" for path in different for kind in KINDS}
    return _checksums(before, different), _checksums(after, different)


def _sha256(files: Mapping[str, FileState], path: str) -> str:
    state = files.get(path)
    return state.sha256 if state else ""


def _checksums(files: Mapping[str, FileState], paths: AbstractSet[str]) -> dict[str, str]:
    shown = ((path, files[path]) for path in files if path in paths)
    return {path: state.sha256 for path, state in shown if not path.startswith(".") and not _is_copy(path, files)}


def _is_copy(path: str, files: Mapping[str, FileState]) -> bool:
    """Whether it is the compressed copy of another file."""
    original, _, suffix = path.rpartition(".")
    return suffix in KINDS and original in files


def _is_page(path: str) -> bool:
    return path.endswith(".html") and not path.startswith(_ASSETS)


def _feed(path: str) -> str:
    """The path of a feed without its suffix, the same for each format; empty for another file."""
    if path in {f"{HISTORY}.rss", f"{HISTORY}.atom"}:
        return HISTORY
    stem, dot, suffix = path.rpartition(".")
    return stem if f"{dot}{suffix}" in _SUFFIXES and (stem in TOPICS or _OF_COMPONENTS.match(stem)) else ""


def _pages(added: Iterable[str] = (), changed: Iterable[str] = (), removed: Iterable[str] = ()) -> FileChanges:
    kept = [tuple(path.removesuffix(_INDEX) for path in paths if _is_page(path)) for paths in (added, changed, removed)]
    return FileChanges(added=kept[0], changed=kept[1], removed=kept[2])


def _feeds(added: Iterable[str] = (), changed: Iterable[str] = (), removed: Iterable[str] = ()) -> FileChanges:
    """Feeds in all formats; a format that is gone has an address that is gone, so that is named with its suffix."""
    kept = [tuple(dict.fromkeys(filter(None, map(_feed, paths)))) for paths in (added, changed)]
    return FileChanges(added=kept[0], changed=kept[1], removed=tuple(path for path in removed if _feed(path)))


def _others(added: Iterable[str] = (), changed: Iterable[str] = (), removed: Iterable[str] = ()) -> FileChanges:
    kept = [tuple(p for p in paths if not _is_page(p) and not _feed(p)) for paths in (added, changed, removed)]
    return FileChanges(added=kept[0], changed=kept[1], removed=kept[2])


def _only_numbers_differ(before: Path, after: Path, path: str) -> bool:
    """Whether a file differs in times and figures only, and may: feeds and pages about the past have no such.

    A number that somebody corrected is in a feed or a page about the past, too, so that it is not overlooked.
    """
    if _feed(path):
        return False
    try:
        old, new = (before / path).read_bytes(), (after / path).read_bytes()
    except OSError:
        return False
    if _is_page(path) and not (_STATES_BUILD_TIME in old and _STATES_BUILD_TIME in new):
        return False
    return _NUMBER.sub(b"0", old) == _NUMBER.sub(b"0", new)


def _banners(before: Path, after: Path) -> tuple[Banner, Banner] | None:
    """The two banners; None where either cannot be read."""
    with suppress(OSError, UnreadableError):
        return read_banner((before / STATUS).read_bytes()), read_banner((after / STATUS).read_bytes())
    return None


def _incidents(before: Path, after: Path) -> tuple[tuple[ListedNotice, ...], tuple[ListedNotice, ...]]:
    """The incidents that are open only now, and those that were and are resolved now; none where that is not known."""
    with suppress(OSError, UnreadableError):
        old = read_summary((before / SUMMARY).read_bytes()).incidents
        new = read_summary((after / SUMMARY).read_bytes()).incidents
        opened = tuple(notice for id_, notice in new.items() if id_ not in old)
        gone = [id_ for id_ in old if id_ not in new]
        listed = read_incidents((after / INCIDENTS).read_bytes()) if gone else {}  # it has all incidents: megabytes
        over = (listed[id_] for id_ in gone if id_ in listed)
        return opened, tuple(notice for notice in over if notice.status in _CLOSED)
    return (), ()


def _named(texts: Iterable[str]) -> str:
    """The first texts, and how many more there are."""
    rest = iter(texts)
    named = list(islice(rest, _MOST_NAMED))
    more = sum(1 for _ in rest)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
