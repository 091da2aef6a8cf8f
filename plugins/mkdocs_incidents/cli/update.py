"""`incidents update`, `resolve` and `retract`: the next words about something that is on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.finding import find, find_open, name_needed
from mkdocs_incidents.authoring.editing.incident import (
    UpdateFacts,
    add_update,
    closing_status,
    correct_update,
    instant_of_update,
    last_status,
    require_begun,
)
from mkdocs_incidents.authoring.editing.incident import (
    retract as retract_notice,
)
from mkdocs_incidents.authoring.editing.names import read_components, read_status, require_in_service
from mkdocs_incidents.authoring.editing.times import Tense, distance, echoed, read_next, read_time, require_past
from mkdocs_incidents.authoring.messages.facts import NewUpdate, facts_of
from mkdocs_incidents.model import NoticeKind

from .completing import component_states, open_notices, statuses
from .message import Words, advise, message_options, publishable
from .write_options import chosen, write_options

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.authoring.editing.workspace import IndexedFile
    from mkdocs_incidents.authoring.messages.facts import MessageFacts
    from mkdocs_incidents.model import Notice

    from .write_options import Writing

_STATUSES = (
    "investigating, identified, monitoring; of planned work in_progress, verifying, completed.  [default: as it was]"
)
_OPEN = (NoticeKind.INCIDENT, NoticeKind.MAINTENANCE)


@click.command(
    short_help="Publish the next update: status, states, message.",
    epilog='Example: incidents update -s identified --next 30m -m "A faulty update is the cause."',
)
@click.argument("incident", required=False, shell_complete=open_notices)
@click.option("-s", "--status", metavar="STATUS", shell_complete=statuses, help=_STATUSES)
@message_options
@click.option(
    "-c",
    "--component",
    "components",
    metavar="COMPONENT=STATE",
    shell_complete=component_states,
    multiple=True,
    help="A state that gets better or worse: major, partial, degraded, ok. As often as needed.",
)
@click.option("--at", metavar="TIME", help="When this is published: 14:30, -5m.  [default: now]")
@click.option("-n", "--next", "next_update", metavar="TIME|SPAN", help="When you will say more: 15:00, or in 30m.")
@click.option(
    "--correct", is_flag=True, help="Replace the message of the last update; the page says that it was corrected."
)
@write_options
def update(  # noqa: PLR0913  click passes every option by its name
    incident: str | None,
    *,
    status: str | None,
    words: Words,
    components: tuple[str, ...],
    at: str | None,
    next_update: str | None,
    correct: bool,
    writing: Writing,
) -> None:
    """Publish an update of INCIDENT: a part of its id or title; without it, the one that is open.

    Without -s the status stays as it was; so do all states that -c does not name.
    """
    indexed = _notice(incident, "incidents update", writing)
    if correct:
        if status or components or at:
            raise click.UsageError(
                "--correct replaces the message only; for another status, state or time write a new update"
            )
        _correct(indexed, words, next_update, writing)
        return
    _add(indexed, words, writing, status=status, components=components, at=at, next_update=next_update)


@click.command(
    short_help="Publish that it is over.",
    epilog='Example: incidents resolve -m "Card payments work again for everyone since 15:10."',
)
@click.argument("incident", required=False, shell_complete=open_notices)
@message_options
@click.option("--at", metavar="TIME", help="When users were no longer affected: 15:10, -5m.  [default: now]")
@write_options
def resolve(incident: str | None, words: Words, at: str | None, *, writing: Writing) -> None:
    """Publish that INCIDENT is over: a part of its id or title; without it, the one that is open."""
    indexed = _notice(incident, "incidents resolve", writing)
    _add(indexed, words, writing, at=at, closes=True)


@click.command(
    short_help="Take it back: a false alarm.",
    epilog='Example: incidents retract -m "Payments worked all along; our measurement was wrong."',
)
@click.argument("incident", required=False, shell_complete=open_notices)
@click.option("-m", "--message", "reason", metavar="TEXT", required=True, help="Why, for your readers.")
@write_options
def retract(incident: str | None, reason: str, *, writing: Writing) -> None:
    """Take INCIDENT back, which was published by mistake: a part of its id or title; without it, the one that is open.

    It stays on its page, marked as retracted, and counts in no figure. Subscribers are told once.
    """
    indexed = _notice(incident, "incidents retract", writing)
    change = retract_notice(writing.workspace, indexed, publishable(reason))
    writing.conclude(
        [change],
        did=f"{change.notice.title}: retracted",
        steps=["to see what is open, type: incidents list --open"],
    )


def _notice(fragment: str | None, command: str, writing: Writing) -> IndexedFile:
    workspace = writing.workspace
    return chosen(
        writing.as_json,
        lambda: find(workspace, fragment) if fragment else find_open(workspace, _OPEN, command=command),
        lambda notice_id: find(workspace, notice_id),
    )


def _add(  # noqa: PLR0913  what an update consists of
    indexed: IndexedFile,
    words: Words,
    writing: Writing,
    *,
    status: str | None = None,
    components: tuple[str, ...] = (),
    at: str | None = None,
    next_update: str | None = None,
    closes: bool = False,
) -> None:
    workspace = writing.workspace
    before = workspace.text(indexed.relative)
    notice = workspace.read(indexed.relative, before)[0].notice
    now, zone = workspace.now, notice.timezone
    published = instant_of_update(notice, now)
    if at:
        published = read_time(at, now=now, zone=zone, tense=Tense.PAST)
        require_past(published, now, zone)
    stated = read_status(status, maintenance=notice.kind is NoticeKind.MAINTENANCE) if status else None
    if closes or (stated and stated.closes):
        require_begun(notice, published)
        if next_update:
            going_on = "in_progress" if notice.schedule else "monitoring"
            raise click.UsageError(f"after the end no more is announced; leave out --next, or write -s {going_on}")
    states = read_components(components, workspace.catalog, day=published.astimezone(zone).date())
    added = [component for component in states if component not in notice.touched_components]
    require_in_service(added, notice.begins_at, workspace)
    facts = UpdateFacts(
        at=published,
        message="",
        status=closing_status(notice) if closes else stated,
        components=states,
        next_update_at=read_next(next_update, at=published, now=now, zone=zone) if next_update else None,
        closes=closes,
    )
    if not words.given:  # what is refused is refused before words are asked for
        add_update(workspace, indexed, replace(facts, message="…"))
    known = _known(notice, facts, writing)
    message = words.read(known, writing)
    if not words.given:  # typing takes its time
        writing = writing.at_present()
        workspace = writing.workspace
        if workspace.text(indexed.relative).raw != before.raw:
            raise RefusedError(
                f"{before.path} was changed meanwhile; nothing is written. To see it, type: incidents show {indexed.id}"
            )
        if not at:
            facts = replace(facts, at=instant_of_update(notice, workspace.now))
    change = add_update(workspace, indexed, replace(facts, message=message))
    advise(message, known, writing)
    shown = change.notice.updates[-1].status
    writing.conclude(
        [change],
        did=f"{change.notice.title}: {shown}",
        steps=_steps(change.notice, writing),
        notes=[*_notes(facts, workspace.now, zone), *_notes_of_begin(notice, change.notice, workspace.now)],
    )


def _correct(indexed: IndexedFile, words: Words, next_update: str | None, writing: Writing) -> None:
    workspace = writing.workspace
    notice = workspace.read(indexed.relative)[0].notice
    if not notice.standing_updates:
        raise click.UsageError(
            f"{indexed.id} has no update yet; to write the first, type: incidents update {indexed.id}"
        )
    last = notice.standing_updates[-1]
    due = read_next(next_update, at=last.at, now=workspace.now, zone=notice.timezone) if next_update else None
    facts = UpdateFacts(at=last.at, message="", status=last.status, next_update_at=due or last.next_update_at)
    known = _known(notice, facts, writing)
    message = words.read(known, writing)
    change = correct_update(workspace, indexed, message, next_update_at=due)
    advise(message, known, writing)
    writing.conclude(
        [change], did=f"{change.notice.title}: the last update is corrected", steps=_steps(change.notice, writing)
    )


def _known(notice: Notice, facts: UpdateFacts, writing: Writing) -> MessageFacts:
    workspace = writing.workspace
    planned = NewUpdate(
        at=facts.at,
        status=facts.status or last_status(notice, workspace.now),
        components=facts.components,
        next_update_at=facts.next_update_at,
    )
    address = workspace.address(notice)
    return facts_of(notice, workspace.catalog, planned, address=address)


def _notes(facts: UpdateFacts, now: datetime, zone: ZoneInfo) -> list[str]:
    now = now.replace(second=0)  # as all times of updates: what is published now is not "1 minute ago"
    notes = [f"Update: {echoed(facts.at.replace(second=0), now, zone)}"]
    return notes + ([f"Next update: {echoed(facts.next_update_at, now, zone)}"] if facts.next_update_at else [])


def _notes_of_begin(before: Notice, after: Notice, now: datetime) -> list[str]:
    """A sentence where an update is the begin of planned work, at another time than planned: pages state both."""
    if not after.schedule or after.begins_at in {before.begins_at, after.schedule.start}:
        return []
    begun, planned, zone = after.begins_at, after.schedule.start, after.timezone
    earlier, later = sorted((begun, planned))
    apart = f"{distance(later, earlier).removeprefix('in ')} {'later' if begun > planned else 'earlier'} than planned"
    return [f"Begins: {echoed(begun, now, zone)}, {apart}"]


def _steps(notice: Notice, writing: Writing) -> list[str]:
    now = writing.workspace.now
    if notice.kind is NoticeKind.ANNOUNCEMENT:
        return [] if notice.is_over(now) else [f'to take it down, type: incidents resolve {notice.id} -m "…"']
    if notice.is_over(now):
        return [] if notice.schedule else [f"to explain it, type: incidents postmortem {notice.id}"]
    if notice.schedule and notice.begins_at > now:
        return [f'when it begins, type: incidents update {notice.id} -s in_progress -m "…"']
    named = f" {name}" if (name := name_needed(writing.workspace, notice)) else ""
    steps = [f'when you know more, type: incidents update{named} -m "…"']
    if notice.schedule:
        steps = [f'if it takes longer, type: incidents schedule {notice.id} --extend 30m -m "…"']
    return [*steps, f'when it is over, type: incidents resolve{named} -m "…"']
