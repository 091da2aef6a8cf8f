"""What a writer needs to know of a notice before the next command: where it stands, what was promised, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.model import TOLERANCE, ComponentStatus, NoticeKind

from .errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.model import Notice, Stage, Update

    from .workspace import IndexedFile, Workspace


class Visibility(StrEnum):
    """Whether a notice is public."""

    PUBLIC = "public"
    DRAFT = "draft"
    """In no output."""
    EMBARGOED = "embargoed"
    """Not public before the instant that `publish` states."""
    COMING = "coming"
    """Not public before it begins."""


class PostmortemState(StrEnum):
    """How far a postmortem is."""

    NONE = "none"
    UNPUBLISHED = "unpublished"
    """There is a text, which is shown with the incident but not announced."""
    COMING = "coming"
    """It has an instant of publication, which has not come."""
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A notice as of `now`, whether it is public or not."""

    notice: Notice
    """With only what has happened by `now`."""
    file: NoticeFile
    """With what lies ahead, too."""
    path: str
    now: datetime
    visibility: Visibility
    url: str | None = None
    """The address of its page; None where that of the site is not known."""

    @property
    def id(self) -> str:
        """The id of the notice."""
        return self.notice.id

    @property
    def open(self) -> bool:
        """Whether an incident is unresolved, planned work not completed, or an announcement at the top of the page."""
        return self.notice.retraction is None and not self.notice.is_over(self.now)

    @property
    def stage(self) -> Stage | None:
        """The status of the response or of the work, or how it was withdrawn; None for an announcement."""
        return self.notice.stage(self.now)

    @property
    def statuses(self) -> Mapping[str, ComponentStatus]:
        """The state of each component because of it now, by id; operational ones are left out."""
        return self.notice.statuses_at(self.now)

    @property
    def worst(self) -> Mapping[str, ComponentStatus]:
        """The worst state of each component that the file or an update states."""
        notice = self.notice
        stated = [notice.components, *(update.components for update in notice.standing_updates)]
        return {
            component: ComponentStatus.worst(states[component] for states in stated if component in states)
            for component in notice.touched_components
        }

    @property
    def duration(self) -> timedelta | None:
        """From its begin until its end, or until now; None before it begins."""
        span = self.notice.interval(self.now)
        return span.duration if span else None

    @property
    def next_update_at(self) -> datetime | None:
        """When the next update is promised; None where nothing is, or it is over."""
        last = self.notice.standing_updates[-1:]
        return last[0].next_update_at if last and self.open else None

    @property
    def overdue(self) -> bool:
        """Whether the promised update has not come in time."""
        return self.next_update_at is not None and self.next_update_at <= self.now

    @property
    def postmortem(self) -> PostmortemState:
        """How far its postmortem is."""
        written = self.file.notice.postmortem
        if written is None:
            return PostmortemState.NONE
        at = self.file.notice.postmortem_published_at
        if at is None:
            return PostmortemState.UNPUBLISHED
        return PostmortemState.PUBLISHED if at <= self.now else PostmortemState.COMING

    @property
    def updates(self) -> tuple[Update, ...]:
        """All updates in the file, oldest first."""
        return self.file.notice.updates

    @property
    def next_commands(self) -> tuple[str, ...]:
        """What to type next, the likeliest first; empty where nothing is missing."""
        return tuple(_next_commands(self))

    def as_dict(self) -> dict[str, Any]:
        """The facts for programs; instants are in UTC."""
        notice, file = self.notice, self.file.notice
        return {
            "path": self.path,
            "id": notice.id,
            "url": self.url,
            "title": notice.title,
            "kind": notice.kind.value,
            "stage": self.stage.value if self.stage else None,
            "open": self.open,
            "visibility": self.visibility.value,
            "publish_at": _iso(file.publish_at),
            "begins_at": _iso(notice.begins_at),
            "ended_at": _iso(notice.ended_at),
            "components": {component: state.value for component, state in self.statuses.items()},
            "worst": {component: state.value for component, state in self.worst.items()},
            "next_update_at": _iso(self.next_update_at),
            "overdue": self.overdue,
            "postmortem": self.postmortem.value,
        }

    def as_full_dict(self) -> dict[str, Any]:
        """As `as_dict`, with duration, updates and what to type next."""
        at = self.file.notice.postmortem_published_at
        return {
            **self.as_dict(),
            "timezone": self.notice.timezone.key,
            "duration_seconds": int(self.duration.total_seconds()) if self.duration is not None else None,
            "postmortem_published_at": _iso(at),
            "updates": [_update_dict(update) for update in self.updates],
            "next": list(self.next_commands),
        }


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A file that has errors."""

    path: str
    id: str
    title: str

    def as_dict(self) -> dict[str, Any]:
        """What is known of it, for programs."""
        return {"path": self.path, "id": self.id, "title": self.title, "error": "the file has errors"}


def overview(workspace: Workspace, indexed: IndexedFile) -> Overview:
    """The notice in a file.

    Raises:
        RefusedError: the file has errors.
    """
    file, _ = workspace.read(indexed.relative)
    notice, now = file.notice, workspace.now
    # As in a build: what is dated a little ahead has happened.
    known_at = max([now, *(at for at in notice.stated_at if at <= now + TOLERANCE)])
    known = notice.as_of(known_at)
    urls = workspace.urls
    return Overview(
        notice=known,
        file=file,
        path=f"{workspace.shown}/{indexed.relative}",
        now=known_at,
        visibility=_visibility(file, known_at, now),
        url=urls.absolute(urls.notice(known)) if urls else None,
    )


def overviews(
    workspace: Workspace, *, only_open: bool = False, limit: int | None = None
) -> tuple[tuple[Overview | Unreadable, ...], int]:
    """The notices, newest first, and how many older ones `limit` has left out. With `only_open` those that are open."""
    indexed = sorted(workspace.files, key=lambda file: (file.begin or "9999", file.relative), reverse=True)
    if only_open:
        indexed = [file for file in indexed if not file.surely_over]
        limit = None
    chosen = indexed[:limit]
    found = [_overview_or_not(workspace, file) for file in chosen]
    if only_open:
        found = [each for each in found if isinstance(each, Unreadable) or each.open]
    return tuple(sorted(found, key=_newest_first, reverse=True)), len(indexed) - len(chosen)


def _overview_or_not(workspace: Workspace, indexed: IndexedFile) -> Overview | Unreadable:
    try:
        return overview(workspace, indexed)
    except RefusedError:
        return Unreadable(path=f"{workspace.shown}/{indexed.relative}", id=indexed.id, title=indexed.title)


def _newest_first(each: Overview | Unreadable) -> tuple[bool, str, str]:
    """A sort key; files with errors come first."""
    if isinstance(each, Unreadable):
        return True, "", each.id
    return False, each.notice.begins_at.isoformat(), each.notice.id


def _visibility(file: NoticeFile, known_at: datetime, now: datetime) -> Visibility:
    notice = file.notice
    if file.draft:
        return Visibility.DRAFT
    if notice.publish_at and notice.publish_at > now:
        return Visibility.EMBARGOED
    return Visibility.PUBLIC if notice.known_by(known_at) else Visibility.COMING


def _next_commands(overview: Overview) -> Iterator[str]:
    notice, message = overview.notice, '-m "…"'
    if overview.visibility is Visibility.DRAFT:
        yield f"incidents check {overview.path}"
    elif not overview.open:
        explains = notice.kind is NoticeKind.INCIDENT and notice.retraction is None
        if explains and overview.postmortem in {PostmortemState.NONE, PostmortemState.UNPUBLISHED}:
            yield f"incidents postmortem {notice.id}"
    elif notice.kind is NoticeKind.MAINTENANCE:
        if notice.begins_at <= overview.now:
            yield f"incidents update {notice.id} -s completed {message}"
            yield f"incidents schedule {notice.id} --extend TIME {message}"
        else:
            yield f"incidents schedule {notice.id} --cancel {message}"
    else:
        yield f"incidents update {notice.id} {message}"
        if notice.kind is NoticeKind.INCIDENT:
            yield f"incidents resolve {notice.id} {message}"


def _update_dict(update: Update) -> dict[str, Any]:
    return {
        "id": update.id,
        "at": _iso(update.at),
        "status": update.status.value,
        "message": update.message,
        "components": {component: state.value for component, state in update.components.items()},
        "next_update_at": _iso(update.next_update_at),
        "until": _iso(update.until),
        "corrected_at": _iso(update.corrected_at),
        "retracted": update.retraction.reason if update.retraction else None,
    }


def _iso(at: datetime | None) -> str | None:
    """As ISO 8601 and RFC 3339 write it, in UTC: `2026-11-28T15:00:00Z`."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None
