"""`incidents schedule`: planned work, from its announcement on; its end moved, or called off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.finding import find, find_planned
from mkdocs_incidents.authoring.editing.ids import notice_id
from mkdocs_incidents.authoring.editing.incident import UpdateFacts, instant_of_update
from mkdocs_incidents.authoring.editing.maintenance import (
    call_off,
    extend,
    new_maintenance,
    overlapping,
    planned_work,
    require_not_begun,
    status_of_extension,
)
from mkdocs_incidents.authoring.editing.names import read_components, require_in_service
from mkdocs_incidents.authoring.editing.times import Tense, distance, echoed, read_length, read_next, read_time
from mkdocs_incidents.authoring.messages.facts import NewUpdate, facts_of
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.model import ComponentStatus, Interval, Maintenance, MaintenanceStatus

from .completing import planned_component_states, planned_notices
from .message import Words, advise, message_options, publishable_title
from .write_options import chosen, write_options

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.authoring.editing.workspace import IndexedFile
    from mkdocs_incidents.authoring.messages.facts import MessageFacts

    from .write_options import Writing

_EXAMPLE = 'such as --from "sunday 02:00" --until 2h'
_CLOCK_ALONE = re.compile(r"\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\.?)?", re.IGNORECASE | re.ASCII)
_LONGEST_WITHOUT_DAY = timedelta(hours=18)
"""Of work whose end has no day: where it would take longer, an earlier time was meant."""
_OF_A_PLAN = {
    "components": "-c",
    "begin": "--from",
    "end": "--until",
    "every": "--every",
    "count": "--count",
    "stated_id": "--id",
}


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What is typed of new planned work."""

    components: tuple[str, ...]
    begin: str | None
    end: str | None
    every: str | None
    count: int | None
    stated_id: str | None


@click.command(
    short_help="Announce planned work; extend it, or call it off.",
    epilog="\b\n"
    'Example: incidents schedule "Payouts pause" -c payouts --from "sunday 02:00" --until 2h \\\n'
    '  -m "No payouts are sent on Sunday from 02:00 to 04:00. Those of that time go out afterwards."',
)
@click.argument("title", metavar="TITLE|INCIDENT", required=False, shell_complete=planned_notices)
@click.option(
    "-c",
    "--component",
    "components",
    metavar="COMPONENT[=STATE]",
    shell_complete=planned_component_states,
    multiple=True,
    help="What is affected. As often as needed.  [default state: maintenance]",
)
@click.option("--from", "begin", metavar="TIME", help='When it begins: "sunday 02:00", 2026-12-06 02:00.')
@click.option("--until", "--for", "end", metavar="TIME|SPAN", help="When it ends, or how long it takes: 04:00, 2h.")
@click.option("--every", metavar="WHEN", help='For recurring work: "week on sunday 02:00", "month on the 1st 02:00".')
@click.option("--count", metavar="N", type=int, help="How often it recurs; each time is a file of its own.")
@click.option("--extend", "extension", metavar="TIME|SPAN", help="Move the end of INCIDENT: 05:00, or 30m later.")
@click.option("--cancel", is_flag=True, help="Call INCIDENT off before it begins.")
@message_options
@click.option("--id", "stated_id", metavar="ID", help="An id of its own.  [default: day and title]")
@write_options
def schedule(  # noqa: PLR0913  click passes every option by its name
    title: str | None,
    *,
    extension: str | None,
    cancel: bool,
    words: Words,
    writing: Writing,
    components: tuple[str, ...],
    begin: str | None,
    end: str | None,
    every: str | None,
    count: int | None,
    stated_id: str | None,
) -> None:
    """Announce planned work: its title, what is affected, from when to when, and what users will notice.

    With --every and --count it recurs, and each time gets a file of its own; all are written or none. With --extend or
    --cancel, INCIDENT is planned work that is announced: the only one, or the one that a part of its id or title means.
    """
    plan = _Plan(components=components, begin=begin, end=end, every=every, count=count, stated_id=stated_id)
    if extension is not None or cancel:
        _require_no_plan(plan, extension, cancel=cancel)
        indexed = _announced(title, writing)
        if extension is not None:
            _extend(indexed, extension, words, writing)
        else:
            _call_off(indexed, words, writing)
        return
    _announce(title, plan, words, writing)


def _require_no_plan(plan: _Plan, extension: str | None, *, cancel: bool) -> None:
    if extension is not None and cancel:
        raise click.UsageError("--extend and --cancel exclude each other; leave one of them out")
    typed = [option for name, option in _OF_A_PLAN.items() if getattr(plan, name)]
    if typed:
        action = "--cancel" if cancel else "--extend"
        raise click.UsageError(f"{action} is about work that is announced already; leave out {', '.join(typed)}")


def _announced(fragment: str | None, writing: Writing) -> IndexedFile:
    workspace = writing.workspace
    return chosen(
        writing.as_json,
        lambda: find(workspace, fragment) if fragment else find_planned(workspace),
        lambda notice_id: find(workspace, notice_id),
    )


def _announce(title: str | None, plan: _Plan, words: Words, writing: Writing) -> None:
    """Write new planned work, once or as often as it recurs."""
    if not title or not title.strip():
        raise click.UsageError('what do users notice? Write it as the title: incidents schedule "Payouts pause" …')
    title = publishable_title(title)
    workspace = writing.workspace
    times, notes = _times(plan, writing)
    day = times[0].start.astimezone(workspace.zone).date()
    default = ComponentStatus.UNDER_MAINTENANCE
    states = read_components(plan.components, workspace.catalog, day=day, default=default)
    if not states:
        ids = ", ".join(list(workspace.catalog.components)[:6])
        raise click.UsageError(f"what is affected? Add it: -c COMPONENT; the components are {ids}")
    require_in_service(states, times[0].start, workspace)
    update = UpdateFacts(at=workspace.now.replace(second=0), message="", status=MaintenanceStatus.SCHEDULED)
    if plan.every and not words.given:
        raise click.UsageError("each time is announced with the same words; write them with -m TEXT, or -F FILE")
    facts = _facts_of_plan(title, times[0], states, update, writing)
    message = words.read(facts, writing)
    advise(message, facts, writing)
    changes = []
    try:
        for planned in times:
            changes.append(  # noqa: PERF401  an error names the first that cannot be written
                new_maintenance(
                    workspace,
                    title=title,
                    planned=planned,
                    components=states,
                    update=replace(update, message=message),
                    stated_id=plan.stated_id,
                )
            )
    except WrongValueError as error:
        if error.code != "duplicate-id" or not plan.every:
            raise
        raise click.UsageError(f"{error.message}; write another title, or a later --from") from None
    for planned in times:
        notes += [*_notes_of_plan(planned, writing), *_notes_of_others(planned, states, writing)]
    steps = _steps(changes[0].notice.id) if len(changes) == 1 else ["to see all, type: incidents list --open"]
    writing.conclude(changes, did=f"{title}: scheduled", steps=steps, notes=notes)


def _times(plan: _Plan, writing: Writing) -> tuple[list[Interval], list[str]]:
    """When the work is planned, and sentences about times that clocks skip or show twice."""
    now, zone = writing.workspace.now, writing.workspace.zone
    if plan.end is None:
        raise click.UsageError(f"when does it end? Add --until TIME or a length, {_EXAMPLE}")
    begin = read_time(plan.begin, now=now, zone=zone, tense=Tense.FUTURE) if plan.begin else None
    if begin is not None and begin < now.replace(second=0):
        raise click.UsageError(
            f"planned work is announced before it begins, and {echoed(begin, now, zone)} has passed; write a time to "
            f"come, {_EXAMPLE}"
        )
    if plan.every is not None:
        return _recurring(plan, begin, writing)
    if plan.count is not None:
        raise click.UsageError('--count needs --every, such as --every "week on sunday 02:00"')
    if begin is None:
        raise click.UsageError(f"when does it begin? Add --from TIME, {_EXAMPLE}")
    return [Interval(begin, _end(plan.end, begin, writing))], []


def _recurring(plan: _Plan, begin: datetime | None, writing: Writing) -> tuple[list[Interval], list[str]]:
    # Imported late: it needs dateutil, and little work recurs.
    from mkdocs_incidents.authoring.editing.recurrence import ClockEnd, occurrences  # noqa: PLC0415

    if plan.count is None:
        raise click.UsageError("how often? Add --count N, such as --count 8")
    if plan.stated_id:
        raise click.UsageError("each time has an id of its own; leave out --id")
    workspace = writing.workspace
    after = begin - timedelta.resolution if begin else workspace.now
    every, zone, text = plan.every or "", workspace.zone, plan.end or ""
    first = occurrences(every, count=1, after=after, end=timedelta(minutes=1), zone=zone)[0].interval.start
    until = _end(text, first, writing)
    end: timedelta | ClockEnd = until - first
    if read_length(text) is None:  # a time of day stays the same when clocks change, as that of the begin does
        local = until.astimezone(zone)
        end = ClockEnd(local.time(), (local.date() - first.astimezone(zone).date()).days)
    found = occurrences(every, count=plan.count, after=after, end=end, zone=zone)
    return [each.interval for each in found], [note for each in found for note in (each.note, each.note_of_end) if note]


def _end(text: str, begin: datetime, writing: Writing, zone: ZoneInfo | None = None) -> datetime:
    """The instant later than `begin` at which work ends.

    Raises:
        WrongValueError: there is none.
        click.UsageError: it is a time of day that was most likely meant to be earlier than `begin`.
    """
    now, zone = writing.workspace.now, zone or writing.workspace.zone
    end = read_next(text, at=begin, now=now, zone=zone)
    if end - begin > _LONGEST_WITHOUT_DAY and _CLOCK_ALONE.fullmatch(text.strip()):
        local, clock = end.astimezone(zone), f"{begin.astimezone(zone):%H:%M}"
        raise click.UsageError(
            f"{text.strip()} is {distance(end, begin).removeprefix('in ')} after {clock}; write {local:%Y-%m-%d %H:%M} "
            "if that is meant, or a time that comes sooner"
        )
    return end


def _extend(indexed: IndexedFile, text: str, words: Words, writing: Writing) -> None:
    workspace = writing.workspace
    now, work = workspace.now, planned_work(workspace, indexed)
    until = _end(text, work.expected_until, writing, work.timezone)
    if until <= now:
        raise click.UsageError(
            f"the new end, {echoed(until, now, work.timezone)}, has passed; write a later one, or type: incidents "
            f'resolve {work.id} -m "…"'
        )
    at = instant_of_update(work, now)
    facts = UpdateFacts(at=at, message="", status=status_of_extension(work, now), until=until)
    extend(workspace, indexed, replace(facts, message="…"))  # what is refused is refused before words are asked for
    known = _facts_of_update(work, facts, writing)
    message = words.read(known, writing)
    advise(message, known, writing)
    change = extend(workspace, indexed, replace(facts, message=message))
    later = distance(until, work.expected_until).removeprefix("in ")
    added = Interval(work.expected_until, until)
    writing.conclude(
        [change],
        did=f"{work.title}: extended",
        steps=_steps(work.id) if work.begins_at > now else _steps_while_it_runs(work.id),
        notes=[
            f"Ends: {echoed(until, now, work.timezone)}, {later} later",
            *_notes_of_others(added, work.components, writing, but=work.id),
        ],
    )


def _call_off(indexed: IndexedFile, words: Words, writing: Writing) -> None:
    workspace = writing.workspace
    now, work = workspace.now, planned_work(workspace, indexed)
    require_not_begun(work, now)
    facts = UpdateFacts(at=instant_of_update(work, now), message="", status=MaintenanceStatus.COMPLETED)
    known = _facts_of_update(work, facts, writing)
    message = words.read(known, writing)
    advise(message, known, writing)
    change = call_off(workspace, indexed, replace(facts, message=message))
    writing.conclude(
        [change],
        did=f"{work.title}: called off",
        steps=['for another date, type: incidents schedule "TITLE" -c COMPONENT --from TIME --until TIME'],
        notes=[f"Called off: it was to begin {echoed(work.scheduled_from, now, work.timezone)}"],
    )


def _facts_of_plan(
    title: str, planned: Interval, states: dict[str, ComponentStatus], update: UpdateFacts, writing: Writing
) -> MessageFacts:
    zone = writing.workspace.zone
    work = Maintenance(
        id=notice_id(title, planned.start.astimezone(zone).date(), word="planned-maintenance"),
        title=title,
        source="",
        timezone=zone,
        components=states,
        scheduled_from=planned.start,
        scheduled_until=planned.end,
    )
    return _facts_of_update(work, update, writing)


def _facts_of_update(work: Maintenance, facts: UpdateFacts, writing: Writing) -> MessageFacts:
    workspace = writing.workspace
    update = NewUpdate(at=facts.at, status=facts.status, until=facts.until)
    return facts_of(work, workspace.catalog, update, address=workspace.address(work))


def _notes_of_plan(planned: Interval, writing: Writing) -> list[str]:
    now, zone = writing.workspace.now, writing.workspace.zone
    length = distance(planned.end, planned.start).removeprefix("in ")
    return [f"Begins: {echoed(planned.start, now, zone)}", f"Ends: {echoed(planned.end, now, zone)}, after {length}"]


def _notes_of_others(
    planned: Interval, components: Collection[str], writing: Writing, *, but: str = ""
) -> Sequence[str]:
    """A sentence for each other planned work on the same components at the same time."""
    now = writing.workspace.now
    found = overlapping(writing.workspace, planned, components)
    return [
        f"Note: {component} has other planned work then: {other.id}, {echoed(other.begins_at, now, other.timezone)}"
        for other, component in found
        if other.id != but
    ]


def _steps(work_id: str) -> list[str]:
    return [
        f'when it begins, type: incidents update {work_id} -s in_progress -m "…"',
        f'if it does not take place, type: incidents schedule {work_id} --cancel -m "…"',
    ]


def _steps_while_it_runs(work_id: str) -> list[str]:
    return [f'when it is over, type: incidents resolve {work_id} -m "…"']
