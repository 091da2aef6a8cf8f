"""`incidents new`: the first public update of an incident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.finding import name_needed
from mkdocs_incidents.authoring.editing.ids import notice_id
from mkdocs_incidents.authoring.editing.incident import UpdateFacts, new_incident
from mkdocs_incidents.authoring.editing.names import read_components, read_status, require_in_service
from mkdocs_incidents.authoring.editing.times import Tense, echoed, read_next, read_time, require_past
from mkdocs_incidents.authoring.messages.facts import NewUpdate, facts_of
from mkdocs_incidents.model import Incident, IncidentStatus

from .completing import first_component_states, first_statuses
from .message import Words, advise, message_options, publishable_title
from .write_options import write_options

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.authoring.messages.facts import MessageFacts
    from mkdocs_incidents.model import ComponentStatus, Notice

    from .write_options import Writing


_EXAMPLE = (
    "\b\n"
    'Example: incidents new "Card payments fail" -c card-payments=major --next 30m \\\n'
    '  -m "Card payments fail for everyone. Bank transfers work."'
)


@click.command(
    short_help="Publish a new incident: what is affected, and the first message.",
    epilog=_EXAMPLE,
)
@click.argument("title")
@click.option(
    "-c",
    "--component",
    "components",
    metavar="COMPONENT=STATE",
    shell_complete=first_component_states,
    multiple=True,
    help="What is affected, and how: major, partial, degraded. Several: -c card=major -c sms=degraded.",
)
@message_options
@click.option("-n", "--next", "next_update", metavar="TIME|SPAN", help="When you will say more: 15:00, or in 30m.")
@click.option(
    "-s",
    "--status",
    metavar="STATUS",
    shell_complete=first_statuses,
    help="investigating, identified, monitoring.  [default: investigating]",
)
@click.option("--started", metavar="TIME", help="When users were first affected: 14:30, -5m.  [default: --at]")
@click.option("--at", metavar="TIME", help="When this is published.  [default: now]")
@click.option("--resolved", metavar="TIME", help="When it ended, for an incident of the past; with --started.")
@click.option("--id", "stated_id", metavar="ID", help="Its id, which is in its address.  [default: day and title]")
@write_options
def new(  # noqa: PLR0913  click passes every option by its name
    title: str,
    *,
    components: tuple[str, ...],
    words: Words,
    status: str | None,
    started: str | None,
    at: str | None,
    next_update: str | None,
    resolved: str | None,
    stated_id: str | None,
    writing: Writing,
) -> None:
    """Publish an incident: TITLE says what users notice, -c what is affected, -m what you know.

    Components are found by id, name or a part of one. Times are as you say them: 14:30, -5m, "10 minutes ago",
    "yesterday 23:10", 2026-04-06 14:30, on the clock of your site; they are shown again with day and zone. With
    --started and --resolved an incident of the past is added to the history; subscribers are not told of it.
    """
    title = publishable_title(title)
    times = _read_times(started, at, resolved, writing)
    states = read_components(components, writing.workspace.catalog, day=times[1].date())
    if not states:
        ids = ", ".join(list(writing.workspace.catalog.components)[:6])
        raise click.UsageError(f"what is affected? Add it: -c COMPONENT=major; the components are {ids}")
    require_in_service(states, times[0], writing.workspace)
    update = _update(status, next_update, times, writing)
    facts = _facts(title, states, update, times[0], writing)
    message = words.read(facts, writing) if words.given or words.template or not times[2] else ""
    change = new_incident(
        writing.workspace,
        title=title,
        started=times[0],
        components=states,
        update=replace(update, message=message) if message else None,
        resolved=times[2],
        stated_id=stated_id,
    )
    if message:
        advise(message, facts, writing)
    writing.conclude(
        [change],
        did=f"{change.notice.title}: {'added to the history' if times[2] else update.status or 'investigating'}",
        steps=_steps(change.notice, writing, closed=bool(times[2])),
        notes=_notes(times, update, writing),
    )


def _read_times(
    started: str | None, at: str | None, resolved: str | None, writing: Writing
) -> tuple[datetime, datetime, datetime | None]:
    """The begin, the time of the update and the end, in UTC."""
    now, zone = writing.workspace.now, writing.workspace.zone

    def read(text: str) -> datetime:
        found = read_time(text, now=now, zone=zone, tense=Tense.PAST)
        require_past(found, now, zone)
        return found

    ended = read(resolved) if resolved else None
    published = read(at) if at else (ended or now.replace(second=0))
    begun = read(started) if started else published
    if ended and not started:
        raise click.UsageError("an incident of the past needs its begin, too; add --started TIME")
    if ended and ended < begun:
        raise click.UsageError(
            f"it would end, {echoed(ended, now, zone)}, before it begins, {echoed(begun, now, zone)}; correct one of "
            "the two"
        )
    if published < begun:
        raise click.UsageError(
            f"it would be published, {echoed(published, now, zone)}, before it begins, {echoed(begun, now, zone)}; "
            "correct --at or --started"
        )
    return begun, published, ended


def _update(
    status: str | None, next_update: str | None, times: tuple[datetime, datetime, datetime | None], writing: Writing
) -> UpdateFacts:
    stated = read_status(status, maintenance=False) if status else None
    if times[2] is None and stated and stated.closes:
        raise click.UsageError(
            "a new incident is not over; leave out -s, or for one of the past add --started and --resolved"
        )
    if times[2] and next_update:
        raise click.UsageError("after the end no more is announced; leave out --next, or --resolved if it goes on")
    default = IncidentStatus.RESOLVED if times[2] else IncidentStatus.INVESTIGATING
    zone, now = writing.workspace.zone, writing.workspace.now
    return UpdateFacts(
        at=times[1],
        message="",
        status=stated or default,
        next_update_at=read_next(next_update, at=times[1], now=now, zone=zone) if next_update else None,
    )


def _facts(
    title: str, states: dict[str, ComponentStatus], update: UpdateFacts, begun: datetime, writing: Writing
) -> MessageFacts:
    workspace = writing.workspace
    incident = Incident(
        id=notice_id(title, begun.astimezone(workspace.zone).date()),
        title=title,
        source="",
        timezone=workspace.zone,
        components=states,
        started_at=begun,
    )
    planned = NewUpdate(at=update.at, status=update.status, next_update_at=update.next_update_at)
    address = workspace.address(incident)
    return facts_of(incident, workspace.catalog, planned, address=address)


def _notes(times: tuple[datetime, datetime, datetime | None], update: UpdateFacts, writing: Writing) -> list[str]:
    now, zone = writing.workspace.now.replace(second=0), writing.workspace.zone
    begun, published, ended = times
    notes = [f"Started: {echoed(begun, now, zone)}"]
    notes += [f"Resolved: {echoed(ended, now, zone)}"] if ended else []
    notes += [f"Update: {echoed(published, now, zone)}"] if published not in {begun, ended} else []
    notes += [f"Next update: {echoed(update.next_update_at, now, zone)}"] if update.next_update_at else []
    return notes


def _steps(notice: Notice, writing: Writing, *, closed: bool) -> list[str]:
    if closed:
        return [f"to explain it, type: incidents postmortem {notice.id}"]
    named = f" {name}" if (name := name_needed(writing.workspace, notice)) else ""
    return [
        f'when you know more, type: incidents update{named} -m "…"',
        f'when it is over, type: incidents resolve{named} -m "…"',
    ]
