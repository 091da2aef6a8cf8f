"""`incidents postmortem`: its sections as a draft that nobody sees, and its publication."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.finding import find
from mkdocs_incidents.authoring.editing.postmortem import draft, find_recent, publish
from mkdocs_incidents.authoring.editing.times import distance, echoed, read_publication

from .completing import notices
from .site import relative
from .write_options import chosen, write_options

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.authoring.editing.times import Publication
    from mkdocs_incidents.authoring.editing.workspace import IndexedFile

    from .write_options import Writing

_COMMAND = "incidents postmortem"


@click.command(
    short_help="Add the sections of a postmortem, and publish it.",
    epilog='Example: incidents postmortem card-payments --publish tomorrow --by "Payments team"',
)
@click.argument("incident", required=False, shell_complete=notices)
@click.option("--publish", "day", metavar="DAY", help="Publish it: today, tomorrow, 2026-12-01, 2026-12-01 18:00.")
@click.option("--by", metavar="TEAM", help="Who signs it: a team or a role.")
@write_options
def postmortem(incident: str | None, *, day: str | None, by: str | None, writing: Writing) -> None:
    """Add the sections of a postmortem to INCIDENT, or publish it with --publish.

    What is added is a draft in an internal note, which no page shows: sections with blanks, and a timeline from the
    updates. With --publish it becomes public, if no blank is left. Without INCIDENT the one is meant that ended in the
    last days and has no postmortem.
    """
    if by is not None and not (by.strip() and by.isprintable()):
        raise click.UsageError(
            '--by is empty or has several lines; write a team or a role, such as --by "Payments team"'
        )
    indexed, note = _chosen(incident, writing)
    by = by.strip() if by else None
    if day is None:
        _draft(indexed, by, note, writing)
    else:
        _publish(indexed, day, by, note, writing)


def _chosen(incident: str | None, writing: Writing) -> tuple[IndexedFile, list[str]]:
    """The notice, and a sentence about it where it was not named."""
    workspace = writing.workspace
    indexed = chosen(
        writing.as_json,
        lambda: find(workspace, incident) if incident else find_recent(workspace),
        lambda notice_id: find(workspace, notice_id),
    )
    ended = None if incident else workspace.read(indexed.relative)[0].notice.ended_at
    if ended is None:
        return indexed, []
    return indexed, [f"{indexed.id}: “{indexed.title}”, over since {echoed(ended, workspace.now, workspace.zone)}"]


def _draft(indexed: IndexedFile, by: str | None, notes: list[str], writing: Writing) -> None:
    change = draft(writing.workspace, indexed, by=by)
    path = shlex.quote(relative(change.path).as_posix())
    writing.conclude(
        [change],
        did=f"{change.notice.title}: draft of the postmortem",
        steps=[
            f"to write it, type: $EDITOR {path}",
            f"when no [blank] is left, type: {_COMMAND} {indexed.id} --publish today",
        ],
        public=False,
        notes=[*notes, "The draft is an internal note: no page shows it until you publish it."],
    )


def _publish(indexed: IndexedFile, day: str, by: str | None, notes: list[str], writing: Writing) -> None:
    workspace = writing.workspace
    zone = workspace.read(indexed.relative)[0].notice.timezone
    publication = read_publication(day, now=workspace.now, zone=zone)
    change = publish(workspace, indexed, publication, by=by)
    path = shlex.quote(relative(change.path).as_posix())
    writing.conclude(
        [change],
        did=f"{change.notice.title}: postmortem",
        before_publishing=[
            f"to see what is not read as you mean it, type: incidents tidy {path}",
            "for better words, type: incidents check --editorial",
        ],
        steps=[],
        notes=[*notes, *_notes(publication, writing, zone)],
    )


def _notes(publication: Publication, writing: Writing, zone: ZoneInfo) -> list[str]:
    now = writing.workspace.now
    day = publication.day
    shown = f"{day:%A} {day.day} {day:%B %Y}" if day else echoed(publication.at, now, zone)
    if publication.at <= now:
        return [f"Published: {shown}"]
    return [f"Published: {shown}. Until then no page shows it; build the site again {distance(publication.at, now)}."]
