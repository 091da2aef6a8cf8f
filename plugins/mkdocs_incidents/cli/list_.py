"""`incidents list` and `incidents show`: what there is, where it stands, and what to type next."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

import click

from mkdocs_incidents.authoring.editing.finding import find, find_open
from mkdocs_incidents.authoring.editing.overview import Overview, PostmortemState, Unreadable, Visibility, overview
from mkdocs_incidents.authoring.editing.overview import overviews as read_overviews
from mkdocs_incidents.model import ComponentStatus, Maintenance, NoticeKind

from .completing import notices
from .output import counted, echo
from .write_options import folder_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.authoring.editing.workspace import Workspace
    from mkdocs_incidents.model import Update

    from .site import Site

_SHOWN = 20
"""Notices that are listed where no number is given: to read all of 1,000 takes seconds."""
_GAP, _INDENT = "  ", "    "
_NARROWEST = 24
"""Columns that the title and the components have at least, each."""
_COLOURS = {
    ComponentStatus.OPERATIONAL: "green",
    ComponentStatus.UNDER_MAINTENANCE: "blue",
    ComponentStatus.DEGRADED_PERFORMANCE: "yellow",
    ComponentStatus.PARTIAL_OUTAGE: "yellow",
    ComponentStatus.MAJOR_OUTAGE: "red",
}
_POSTMORTEMS = {
    PostmortemState.NONE: "none yet",
    PostmortemState.UNPUBLISHED: "written, not published: postmortem.published is missing",
    PostmortemState.COMING: "to be published on {at}",
    PostmortemState.PUBLISHED: "published on {at}",
}


@click.command(
    "list", short_help="List incidents, planned work and announcements.", epilog="Example: incidents list --open"
)
@click.option("--open", "only_open", is_flag=True, help="Only what is open: unresolved, planned, running or pinned.")
@click.option("-n", "--limit", type=click.IntRange(1), default=_SHOWN, show_default=True, help="How many at most.")
@click.option("--all", "everything", is_flag=True, help="All of them.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects, for programs.")
@folder_option
@click.pass_context
def list_(  # noqa: PLR0913  click passes every option by its name
    context: click.Context,
    workspace: Workspace,
    site: Site,
    limit: int,
    *,
    only_open: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """List incidents, planned work and announcements, the newest first.

    Each line has the id, the status, the time, the components with their states and the title: the states of now while
    it is open, else the worst ones. Drafts and what is not public yet are listed, too, and marked. On a terminal, lines
    are cut to its width. Exits with 1 when a file has errors.
    """
    del site
    found, older = read_overviews(workspace, only_open=only_open, limit=None if everything else limit)
    broken = [each for each in found if isinstance(each, Unreadable)]
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in found], indent=2))
    else:
        for line in _table([_row(each) for each in found], _width()):
            echo(line)
        for line in _conclusion(found, older, only_open=only_open):
            echo(line)
    if broken:
        click.echo(f"{counted(len(broken), 'file')} with errors; to see them, type: incidents check", err=True)
    context.exit(1 if broken else 0)


@click.command(
    short_help="Show all of one of them, and what to type next.", epilog="Example: incidents show card-payments"
)
@click.argument("incident", required=False, shell_complete=notices)
@click.option("--json", "as_json", is_flag=True, help="An object with the same facts, for programs.")
@folder_option
def show(workspace: Workspace, site: Site, incident: str | None, *, as_json: bool) -> None:
    """Show all that is known of INCIDENT, and what to type next.

    INCIDENT is the id of an incident, of planned work or of an announcement, or a part of its id or title that no other
    one has; it may be left out while exactly one is open.
    """
    del site
    command = "incidents show"
    indexed = find(workspace, incident) if incident else find_open(workspace, tuple(NoticeKind), command=command)
    known = overview(workspace, indexed)
    if as_json:
        click.echo(json.dumps(known.as_full_dict(), indent=2))
        return
    for line in _card(known):
        echo(line)


class _Cell(NamedTuple):
    """A text of a table with its colour."""

    text: str
    colour: str | None = None


def _row(each: Overview | Unreadable) -> tuple[_Cell, ...]:
    if isinstance(each, Unreadable):
        return _Cell(each.id), _Cell("errors", "red"), _Cell(""), _Cell(_one_line(each.title)), _Cell("")
    return (
        _Cell(each.notice.id),
        _Cell(_state(each), _colour(each)),
        _Cell(_when(each)),
        _Cell(_one_line(each.notice.title)),
        _Cell(_listed_states(each.statuses if each.open and _begun(each) else each.worst)),
    )


def _table(rows: Sequence[tuple[_Cell, ...]], width: int | None) -> Iterator[str]:
    """The rows with their columns below each other, cut to `width`: on two lines each where it is too narrow for one.

    Ids are never cut: they are what is typed next.
    """
    widths = [max((_columns(cell.text) for cell in column), default=0) for column in zip(*rows, strict=True)]
    if width is None or not rows or sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        yield from (_line(row, widths) for row in rows)
        return
    left = width - sum(widths[:3]) - len(_GAP) * 4
    if left >= 2 * _NARROWEST:
        states = max(_NARROWEST, min(widths[4], left // 2))
        title = min(widths[3], left - states)
        yield from (_line(row, [*widths[:3], title, left - title]) for row in rows)
        return
    rest = width - len(_INDENT) - len(_GAP)
    for row in rows:
        title = min(_columns(row[3].text), max(_NARROWEST, rest - _columns(row[4].text)))
        yield _line((row[0], row[1], row[2]), [widths[0], widths[1], max(0, width - sum(widths[:2]) - 2 * len(_GAP))])
        yield _INDENT + _line((row[3], row[4]), [title, max(0, rest - title)])


def _line(cells: Sequence[_Cell], widths: Sequence[int]) -> str:
    fitted = (_fitted(cell, most) for cell, most in zip(cells, widths, strict=True) if most)
    return _GAP.join(fitted).rstrip()


def _fitted(cell: _Cell, most: int) -> str:
    """The text of a cell, cut or filled with blanks to `most` columns, in its colour."""
    text = cell.text
    if _columns(text) > most:
        while text and _columns(text) > most - 1:
            text = text[:-1]
        text = f"{text}…"
    styled = click.style(text, fg=cell.colour) if cell.colour else text
    return styled + " " * (most - _columns(text))


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide letters (UAX #11), none for marks above others."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) != 0 for letter in text)


def _width() -> int | None:
    """The width of the terminal; None where there is none, and nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _conclusion(found: Sequence[Overview | Unreadable], older: int, *, only_open: bool) -> Iterator[str]:
    """How much was left out, and what to type next."""
    if older:
        yield f"{counted(older, 'older one')}; to list them, too, type: incidents list --all"
    still_open = [each for each in found if isinstance(each, Overview) and each.open]
    going_on = [each for each in still_open if _begun(each) and each.notice.kind is not NoticeKind.ANNOUNCEMENT]
    overdue = [each for each in going_on if each.overdue]
    if overdue:
        yield f"Overdue: the next update of {overdue[0].id}. Next: {overdue[0].next_commands[0]}"
    elif len(going_on) == 1:
        yield f"1 is going on. Next: {going_on[0].next_commands[0]}"
    elif going_on:
        yield f"{len(going_on)} are going on. Next: incidents show {going_on[0].id}"
    elif found:
        yield f"{'Nothing' if only_open else 'None of these'} is going on. Next: incidents show {found[0].id}"
    else:
        yield 'Nothing is open. Next: incidents new "TITLE" -c COMPONENT=STATE -m "…"'


def _card(known: Overview) -> Iterator[str]:
    """All facts of a notice, line by line."""
    notice, zone = known.notice, known.notice.timezone
    facts = {
        "id": notice.id,
        "page": known.url or "site_url is missing in mkdocs.yml",
        "file": known.path,
        "status": click.style(_state(known), fg=_colour(known), bold=True),
        "time": f"{_when(known)}{_lasting(known)}",
        "components": ", ".join(_component_lines(known)) or "none",
    }
    if known.next_update_at:
        late = f": {click.style('overdue', fg='red', bold=True)} by {_span(known.now - known.next_update_at)}"
        facts["next update"] = f"promised by {_at(known.next_update_at, zone)}{late if known.overdue else ''}"
    if notice.kind is not NoticeKind.ANNOUNCEMENT:
        at = known.file.notice.postmortem_published_at
        facts["postmortem"] = _POSTMORTEMS[known.postmortem].format(at=_at(at, zone) if at else "")
    if notice.retraction:
        facts["retracted"] = _one_line(notice.retraction.reason)
    yield click.style(_one_line(notice.title), bold=True)
    longest = max(map(len, facts))
    for name, fact in facts.items():
        yield f"  {name:<{longest}}  {fact}"
    yield ""
    for update in known.updates:
        yield from _update_lines(update, known)
    steps = known.next_commands
    yield "Next: " + "\n      ".join(steps) if steps else "Nothing is missing. Next: incidents list --open"


def _update_lines(update: Update, known: Overview) -> Iterator[str]:
    zone = known.notice.timezone
    marks = [f"next by {_at(update.next_update_at, zone)}"] if update.next_update_at else []
    marks += [f"new end {_at(update.until, zone)}"] if update.until and _moves_end(update, known) else []
    marks += [f"corrected {_at(update.corrected_at, zone)}"] if update.corrected_at else []
    marks += [f"retracted: {_one_line(update.retraction.reason)}"] if update.retraction else []
    marks += ["not published yet"] if update.at > known.now else []
    marks += [_listed_states(update.components)] if update.components else []
    clock = _clock(other.at for other in known.updates)
    head = f"{_at(update.at, zone, clock)}  {update.status}  {update.id}"
    yield click.style(head, bold=True) + "".join(f"  ({mark})" for mark in marks)
    for line in update.message.splitlines():
        yield f"    {_one_line(line)}".rstrip()
    yield ""


def _moves_end(update: Update, known: Overview) -> bool:
    """Whether the planned end that an update states is another one than before it."""
    ends = [earlier.until for earlier in known.updates if earlier.until and earlier.at < update.at]
    if isinstance(known.notice, Maintenance):
        ends.insert(0, known.notice.scheduled_until)
    return ends[-1:] != [update.until]


def _component_lines(known: Overview) -> Iterator[str]:
    """Each component with its worst state, and that of now where it is another one."""
    now = known.statuses
    for component in dict.fromkeys([*known.worst, *now]):
        worst = known.worst.get(component, now.get(component))
        current = now.get(component, ComponentStatus.OPERATIONAL)
        if not known.open or not _begun(known):
            yield f"{component}={worst}"
        elif current is worst:
            yield f"{component}={worst} now"
        else:
            yield f"{component}={current} now, {worst} at worst"


def _begun(known: Overview) -> bool:
    return known.notice.begins_at <= known.now


def _state(known: Overview) -> str:
    """The status in a word or two, marked where it is not public."""
    stage = known.stage.value if known.stage else ("pinned" if known.open else "notice")
    return stage if known.visibility is Visibility.PUBLIC else f"{stage} ({known.visibility.value})"


def _colour(known: Overview) -> str | None:
    if known.visibility is not Visibility.PUBLIC:
        return "magenta"
    if known.notice.withdrawal:
        return None
    if not known.open:
        return "green" if known.notice.kind is not NoticeKind.ANNOUNCEMENT else None
    return _COLOURS[known.notice.current_severity(known.now)]


def _when(known: Overview) -> str:
    """Since when, or from when to when, with the day and the zone; for planned work as it is planned now."""
    notice, zone = known.notice, known.notice.timezone
    begin, end = notice.begins_at.astimezone(zone), notice.ended_at
    if end is None and notice.schedule and not known.open:
        end = notice.schedule.end
    if known.visibility is Visibility.EMBARGOED and known.file.notice.publish_at:
        return f"{begin:%Y-%m-%d %H:%M}, public {_at(known.file.notice.publish_at, zone)}"
    if end is None or end <= notice.begins_at:
        return f"{'since ' if end is None else ''}{begin:%Y-%m-%d %H:%M %Z}"
    local, clock = end.astimezone(zone), _clock([begin, end])
    day = "" if local.date() == begin.date() else f"{local:%Y-%m-%d} "
    zone_of_begin = "" if local.tzname() == begin.tzname() else f"{begin: %Z}"  # clocks change in between
    return f"{begin:%Y-%m-%d {clock}}{zone_of_begin} – {day}{local:{clock} %Z}"


def _lasting(known: Overview) -> str:
    if known.duration is None or known.notice.kind is NoticeKind.ANNOUNCEMENT:
        return ""
    return f", {_span(known.duration)}{' so far' if known.open else ''}"


def _span(duration: timedelta) -> str:
    """`1 d 2 h 5 min`, down to the minute."""
    if timedelta() < duration < timedelta(minutes=1):
        return "under 1 min"
    minutes = int(duration.total_seconds()) // 60
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def _at(instant: datetime, zone: ZoneInfo, clock: str = "%H:%M") -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d {clock} %Z}"


def _clock(instants: Iterable[datetime]) -> str:
    """The format of a time of day: with seconds where two of the instants would look alike without them."""
    different = {instant.astimezone(UTC) for instant in instants}
    minutes = {instant.replace(second=0, microsecond=0) for instant in different}
    return "%H:%M" if len(minutes) == len(different) else "%H:%M:%S"


def _listed_states(states: Mapping[str, ComponentStatus]) -> str:
    """`card-payments=major_outage sms=operational`, as commands take it."""
    return " ".join(f"{component}={state}" for component, state in states.items())


def _one_line(text: str) -> str:
    """A text without characters that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
