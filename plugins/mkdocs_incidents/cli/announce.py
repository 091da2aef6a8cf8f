"""`incidents announce`: something that users should know and that affects no part of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.announcement import new_announcement
from mkdocs_incidents.authoring.editing.ids import notice_id
from mkdocs_incidents.authoring.editing.incident import UpdateFacts
from mkdocs_incidents.authoring.editing.times import echoed, read_next
from mkdocs_incidents.authoring.messages.facts import NewUpdate, facts_of
from mkdocs_incidents.model import Announcement

from .message import Words, advise, message_options, publishable_title
from .write_options import write_options

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.authoring.messages.facts import MessageFacts

    from .write_options import Writing


@click.command(
    short_help="Announce something that affects no part of the service.",
    epilog="\b\n"
    'Example: incidents announce "E-mails that look like ours ask for your password" --until 14d \\\n'
    '  -m "We never ask for your password by e-mail."',
)
@click.argument("title")
@message_options
@click.option("--until", metavar="TIME|SPAN", help="Keep it at the top of the page until then: 2026-12-24 12:00, 14d.")
@click.option("--pinned", is_flag=True, help="Keep it at the top of the page until you take it down.")
@click.option("--id", "stated_id", metavar="ID", help="An id of its own.  [default: day and title]")
@write_options
def announce(  # noqa: PLR0913  click passes every option by its name
    title: str, *, words: Words, until: str | None, pinned: bool, stated_id: str | None, writing: Writing
) -> None:
    """Announce something that affects no part of the service: its title and its words.

    It is listed on its day and goes to subscribers. With --until or --pinned it stays at the top of the page, too.
    """
    if not title.strip():
        raise click.UsageError(
            'what is it about? Write it as the title: incidents announce "We move to a new address" -m "…"'
        )
    title = publishable_title(title)
    workspace = writing.workspace
    now, zone = workspace.now, workspace.zone
    at = now.replace(second=0)
    end = read_next(until, at=at, now=now, zone=zone) if until is not None else None
    facts = _facts(title, at, writing)
    message = words.read(facts, writing)
    advise(message, facts, writing)
    change = new_announcement(
        workspace,
        title=title,
        update=UpdateFacts(at=at, message=message),
        pinned=pinned,
        until=end,
        stated_id=stated_id,
    )
    notice = change.notice
    steps = [f'to add to it, type: incidents update {notice.id} -m "…"']
    steps += [f'to take it down, type: incidents resolve {notice.id} -m "…"'] if notice.pinned else []
    shown = f"until {echoed(end, now, zone)}" if end else "until you take it down"
    notes = [f"Announced: {echoed(at, now, zone)}"]
    notes += [f"At the top of the page: {shown}"] if notice.pinned else []
    writing.conclude([change], did=f"{notice.title}: announced", steps=steps, notes=notes)


def _facts(title: str, at: datetime, writing: Writing) -> MessageFacts:
    workspace = writing.workspace
    announcement = Announcement(
        id=notice_id(title, at.astimezone(workspace.zone).date(), word="announcement"),
        title=title,
        source="",
        timezone=workspace.zone,
        started_at=at,
    )
    return facts_of(announcement, workspace.catalog, NewUpdate(at=at), address=workspace.address(announcement))
