"""In what a published site differs from what a build of the files would publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.suggestions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .published import Banner, FeedEntry, ListedNotice, Statement

_NOT_LISTED = "no open incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing of which the files and the published site state something else."""

    about: str
    """`banner`, `incident 'Card payments fail'`."""
    files: str
    """What the files say, in words."""
    published: str
    """What is published, in words."""

    def __str__(self) -> str:
        return f"{self.about}: the files say {self.files}; published is {self.published}"


def differences(files: Statement, published: Statement, zone: ZoneInfo) -> Iterator[Difference]:
    """What differs, the most important first; times are shown on the clocks of `zone`."""
    ours, theirs = files.summary, published.summary
    if ours.banner != theirs.banner:
        yield Difference(about="banner", files=_banner(ours.banner), published=_banner(theirs.banner))
    yield from _notices("incident", ours.incidents, theirs.incidents, zone)
    yield from _notices("maintenance", ours.maintenances, theirs.maintenances, zone)
    if _key(files.newest) != _key(published.newest):
        texts = (_entry(files.newest, zone), _entry(published.newest, zone))
        yield Difference(about="newest feed entry", files=texts[0], published=texts[1])


def is_ahead(published: Statement, files: Statement) -> bool:
    """Whether the site has a newer publication than the files: then the files here are not the latest."""
    ours, theirs = files.newest, published.newest
    return theirs is not None and (ours is None or theirs.published_at > ours.published_at)


def _notices(
    kind: str, ours: Mapping[str, ListedNotice], theirs: Mapping[str, ListedNotice], zone: ZoneInfo
) -> Iterator[Difference]:
    missing = _NOT_LISTED if kind == "incident" else "no planned or running maintenance"
    for id_ in [*ours, *(id_ for id_ in theirs if id_ not in ours)]:
        here, there = ours.get(id_), theirs.get(id_)
        known = here or there
        if known is None or _facts(here) == _facts(there):
            continue
        texts = [_state(notice, zone) if notice else missing for notice in (here, there)]
        if texts[0] == texts[1] and here and there:
            # What the words leave out: the title, or which of two updates of one minute was the last.
            texts = [
                f"{text} (update {notice.update}, {quoted(notice.title)})"
                for text, notice in zip(texts, (here, there), strict=True)
            ]
        yield Difference(about=f"{kind} {quoted(known.title)}", files=texts[0], published=texts[1])


def _facts(notice: ListedNotice | None) -> tuple[object, ...] | None:
    """What is compared of a notice. Not the time of its last update, which may be that of the build."""
    if notice is None:
        return None
    return notice.title, notice.status, notice.impact, notice.update, notice.scheduled


def _state(notice: ListedNotice, zone: ZoneInfo) -> str:
    """`identified, major impact, updated 2026-04-06 14:50 WAT`."""
    parts = [notice.status.replace("_", " ")]
    if notice.scheduled:
        begin, end = (_at(at, zone) for at in notice.scheduled)
        parts.append(f"from {begin} to {end}")
    else:
        parts.append(f"impact {notice.impact}")
    parts.append(f"updated {_at(notice.updated_at, zone)}")
    return ", ".join(parts)


def _banner(banner: Banner) -> str:
    return f"{quoted(banner.description)} ({banner.indicator})"


def _key(entry: FeedEntry | None) -> tuple[str, str] | None:
    return (entry.id, entry.title) if entry else None


def _entry(entry: FeedEntry | None, zone: ZoneInfo) -> str:
    return f"{quoted(entry.title)} of {_at(entry.published_at, zone)}" if entry else "none"


def _at(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %Z}"
