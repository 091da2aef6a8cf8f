"""A timeline drawn to scale: impact and phases on an axis, and a row for each fact with a leader line to its instant.

Rows of close instants are moved apart, so that nothing overlaps. All lengths are in em: the drawing grows with the font
size of the reader. The description is its text alternative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import ComponentStatus, NoticeKind, TurningPoint, Update

from ..excerpts import labelled_entry, shortened
from ..language.formatter import date_on_clock
from ..language.labels import ENTRY, PHASE
from ..views import LegendKey
from .axis import Axis, spread
from .marks import MARK_CLASSES, NO_DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from mkdocs_incidents.model import Interval, Notice, TimelineEntry
    from mkdocs_incidents.status import ImpactSpan, Phase

    from ..context import SiteContext

MOST_ROWS = 16
"""With more facts than this only turning points and updates have a row; the list below the drawing has all facts."""
_FEW_SELECTED = 8
"""With fewer turning points and updates than this, evenly spread ordinary entries have a row, too."""
_LABEL_FITS = 23
"""Characters beside the axis at 320 px, clock time included."""
_LINE_FITS = 26
"""Characters of a row without clock time, which begins further left."""
_ROW = 1.6
"""Height of a row, in em."""
_ROWS_AT_LEAST = 7
_TOP = 0.8
_LETTER = 0.58
"""Mean width of a character in em, in most typefaces."""
_MARKS_APART = 1.3
_LEAST_HEIGHT = 0.15
"""In em; a shorter mark would be invisible."""
_LEADER_START = 1.6
"""Distance in em from the axis at which leader lines begin where impact is drawn on it."""
_FACTS = ("dot", "key", "say")
_WIDTHS = {
    NO_DATA: 0.2,
    ComponentStatus.UNDER_MAINTENANCE: 0.4,
    ComponentStatus.DEGRADED_PERFORMANCE: 0.5,
    ComponentStatus.PARTIAL_OUTAGE: 0.75,
    ComponentStatus.MAJOR_OUTAGE: 1.0,
}
"""Width in em by state: the worse, the wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedRow:
    """A row before its place is computed."""

    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for an update; `day` and `phase` are headings."""
    at: datetime
    shift: int
    """Distance below the place of `at`, in rows; negative for above."""
    clock: str
    label: str
    phase: int = -1
    """Index of the phase, for the mark `phase`."""


def selected_facts(facts: Sequence[TimelineEntry | Update]) -> Sequence[TimelineEntry | Update]:
    """The facts that have a row, in the given order."""
    if len(facts) <= MOST_ROWS:
        return facts
    turning_points = [n for n, fact in enumerate(facts) if not isinstance(fact, Update) and fact.kind]
    updates = [n for n, fact in enumerate(facts) if isinstance(fact, Update)]
    selected = set([*turning_points, *updates[-1:], *updates][:MOST_ROWS])
    if len(selected) < _FEW_SELECTED:
        others = [n for n in range(len(facts)) if n not in selected]
        room = MOST_ROWS - len(selected)
        selected |= {others[round(n * (len(others) - 1) / (room - 1))] for n in range(room)}
    return [facts[n] for n in sorted(selected)]


def rows(
    site: SiteContext, notice: Notice, facts: Sequence[TimelineEntry | Update], phases: Sequence[Phase]
) -> tuple[UnplacedRow, ...]:
    """Rows in order of time: facts, days (if several) before their first fact, phases after their first fact."""
    fact_rows = sorted((_fact_row(site, notice, fact) for fact in facts), key=lambda row: row.at)
    if notice.kind is NoticeKind.INCIDENT:
        fact_rows = [*_boundary_rows(site, notice, fact_rows, notice.begins_at, TurningPoint.IMPACT_BEGINS), *fact_rows]
        fact_rows += _boundary_rows(site, notice, fact_rows, notice.ended_at, TurningPoint.RESOLVED)
        fact_rows.sort(key=lambda row: row.at)
    days = {date_on_clock(row.at, notice.timezone) for row in fact_rows}
    found: list[UnplacedRow] = []
    pending = list(enumerate(phases))
    shown: date | None = None
    for row in fact_rows:
        while pending and pending[0][1].interval.start < row.at:
            found += _phase_rows(site, *pending.pop(0))
        day = date_on_clock(row.at, notice.timezone)
        if len(days) > 1 and day != shown:
            label = site.formatter.weekday_day(day)
            found.append(UnplacedRow(mark="day", at=row.at, shift=-1, clock="", label=label))
            shown = day
        found.append(row)
    for number, phase in pending:
        found += _phase_rows(site, number, phase)
    return tuple(found)


def _boundary_rows(
    site: SiteContext, notice: Notice, fact_rows: Sequence[UnplacedRow], at: datetime | None, kind: TurningPoint
) -> Iterator[UnplacedRow]:
    """A row for the begin or the end of the incident, where no fact has that instant."""
    if at and all(row.at != at for row in fact_rows):
        clock = site.formatter.clock_beside(at, notice.timezone, notice.begins_at)
        yield UnplacedRow(mark="key", at=at, shift=0, clock=clock, label=site.formatter.text(ENTRY[kind]))


def _fact_row(site: SiteContext, notice: Notice, fact: TimelineEntry | Update) -> UnplacedRow:
    clock = site.formatter.clock_beside(fact.at, notice.timezone, notice.begins_at)
    fits = _LABEL_FITS - len(clock)
    if isinstance(fact, Update):
        label = site.formatter.text("“%(words)s”", words=site.formatter.stage(notice.stage_of(fact)))
        return UnplacedRow(mark="say", at=fact.at, shift=0, clock=clock, label=label)
    labelled = labelled_entry(site.formatter, fact)
    label = shortened(labelled.kind or plain_words(labelled.text), fits).rstrip(".")
    return UnplacedRow(mark="key" if fact.kind else "dot", at=fact.at, shift=0, clock=clock, label=label)


def _phase_rows(site: SiteContext, number: int, phase: Phase) -> Iterator[UnplacedRow]:
    label = phase_label(site, phase)
    length = site.formatter.duration(phase.duration)
    lines = [label] if len(label) <= _LINE_FITS else label.replace(length, f"\n{length}\n").split("\n")
    for below, line in enumerate((line.strip() for line in lines if line.strip()), 1):
        yield UnplacedRow(mark="phase", at=phase.interval.start, shift=below, clock="", label=line, phase=number)


def phase_label(site: SiteContext, phase: Phase) -> str:
    """`24 min to find the cause`."""
    return site.formatter.text(PHASE[phase.until], duration=site.formatter.duration(phase.duration))


def drawing_title(site: SiteContext, notice: Notice, axis: Interval) -> str:
    """`Timeline drawn to scale, Sunday 11 June 2023, 14:00 to 15:15 WAT`."""
    span = site.formatter.span(axis.start, axis.end, notice.timezone)
    return site.formatter.text("Timeline drawn to scale, %(span)s", span=span)


def description(site: SiteContext, notice: Notice, axis: Interval, updates: Sequence[Update]) -> str:
    """Text alternative: states with their times, durations of the phases, and updates; the list has the other facts.

    Its times are those of `drawing_title`, which is read before it and has the days and zones of both ends of `axis`.
    """
    return " ".join(_description_sentences(site, notice, axis, updates))


def _description_sentences(
    site: SiteContext, notice: Notice, axis: Interval, updates: Sequence[Update]
) -> Iterator[str]:
    text, listing = site.formatter.text, site.formatter.listing
    impact_spans, phases = site.facts(notice).impact_spans, site.facts(notice).phases
    clock = site.formatter.clocks(notice.timezone, [axis.start, axis.end])
    if impact_spans:
        states = listing(_span_label(site, span, clock) for span in impact_spans)
        yield text("%(words)s.", words=states[:1].upper() + states[1:])
    if phases:
        yield text("%(words)s.", words=listing(phase_label(site, phase) for phase in phases))
    if updates:
        published = listing(
            text(
                "%(when)s “%(stage)s”",
                when=clock(update.at),
                stage=site.formatter.stage(notice.stage_of(update)),
            )
            for update in updates
        )
        if notice.updated_in_public:
            yield text("Said in public: %(words)s.", words=published)
        else:
            yield text("Updates: %(words)s.", words=published)


def _span_label(site: SiteContext, span: ImpactSpan, clock: Callable[[datetime], str]) -> str:
    start, end = clock(span.interval.start), clock(span.interval.end)
    return site.formatter.state_span(status_label(site, span.status), start, end)


def status_label(site: SiteContext, status: ComponentStatus) -> str:
    """The label of a state within a sentence; `still open` for an open incident without known affected components."""
    if status is ComponentStatus.OPERATIONAL:
        return site.formatter.text("still open")
    return site.formatter.status(status).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One row of the drawing, lengths in em."""

    y: str
    x_true: str
    y_true: str
    """The start of the leader line: at its instant, on the axis or beside the impact that is drawn there."""
    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for an update; `day` and `phase` are headings."""
    clock: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpan:
    """A part of the axis on which impact is drawn, lengths in em."""

    shape: str
    """A class of `drawings.marks`."""
    y: str
    height: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPhase:
    """A part of a phase, lengths in em; alternately thick and thin, to distinguish neighbours."""

    shape: str
    """`p0` or `p1`."""
    y: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The axis with the impact on it, and the rows beside it; lengths in em."""

    height: str
    left: str
    """Width of the clock times to the left of the axis."""
    top: str
    bottom: str
    """The ends of the axis."""
    title: str
    description: str
    """Text alternative."""
    ticks: tuple[tuple[str, str], ...]
    """Place and clock time; the day instead of midnight where there are several."""
    breaks: tuple[tuple[str, str], ...]
    """Start and end of compressed time."""
    spans: tuple[DrawnSpan, ...]
    phases: tuple[DrawnPhase, ...]
    rails: tuple[DrawnPhase, ...]
    """The phases beside the rows."""
    rows: tuple[DrawnRow, ...]
    more: str
    """`and 44 more in the list`; empty where every fact has a row."""
    legend: tuple[LegendKey, ...]


def drawing(site: SiteContext, notice: Notice, facts: Sequence[TimelineEntry | Update]) -> Drawing:
    """The drawing of facts that are in order of time."""
    impact_spans, phases = site.facts(notice).impact_spans, site.facts(notice).phases
    shown = selected_facts(facts)
    unplaced = rows(site, notice, shown, phases)
    bottom = _TOP + _ROW * max(len(unplaced) - 1, _ROWS_AT_LEAST)
    affected = [span.interval for span in impact_spans]
    instants = [
        *(fact.at for fact in facts),
        *(edge for interval in affected for edge in (interval.start, interval.end)),
    ]
    axis = Axis(instants, affected, _TOP, bottom)
    wanted = [axis.place(row.at) + row.shift * _ROW for row in unplaced]
    places = spread(wanted, _ROW, top=_TOP, bottom=bottom)
    ticks = tuple(_ticks(site, notice, axis))
    more = len(facts) - len(shown)
    plural = site.formatter.plural
    return Drawing(
        height=_em(bottom + 0.9),
        left=_em(max(3.0, 0.5 + _LETTER * max((len(text) for _, text in ticks), default=0))),
        top=_em(_TOP),
        bottom=_em(bottom),
        title=drawing_title(site, notice, axis.interval),
        description=description(site, notice, axis.interval, [f for f in facts if isinstance(f, Update)]),
        ticks=ticks,
        breaks=tuple((_em(start), _em(end)) for start, end in axis.breaks()),
        spans=tuple(_drawn_span(span, axis) for span in impact_spans),
        phases=tuple(_phases_on_axis(phases, impact_spans, axis)),
        rails=tuple(_rails(phases, unplaced, places)),
        rows=tuple(_drawn_row(row, impact_spans, axis, place) for row, place in zip(unplaced, places, strict=True)),
        more=plural("and %(count)s more in the list", "and %(count)s more in the list", more) if more else "",
        legend=tuple(_legend(site, unplaced, impact_spans, phases, axis, in_public=notice.updated_in_public)),
    )


def _drawn_span(span: ImpactSpan, axis: Axis) -> DrawnSpan:
    state = _drawn_state(span.status)
    start, end = axis.place(span.interval.start), axis.place(span.interval.end)
    return DrawnSpan(
        shape=MARK_CLASSES[state], y=_em(start), height=_em(max(end - start, _LEAST_HEIGHT)), width=_em(_WIDTHS[state])
    )


def _drawn_state(status: ComponentStatus) -> str:
    """The state that is drawn: no data where an incident was open and no component is known to be affected."""
    return NO_DATA if status is ComponentStatus.OPERATIONAL else status


def _drawn_phase(number: int, start: float, end: float) -> DrawnPhase:
    return DrawnPhase(shape=f"p{number % 2}", y=_em(start), end=_em(max(end, start + _LEAST_HEIGHT)))


def _phases_on_axis(phases: Sequence[Phase], impact_spans: Sequence[ImpactSpan], axis: Axis) -> Iterator[DrawnPhase]:
    """The parts of each phase during which users were affected."""
    for number, phase in enumerate(phases):
        for span in impact_spans:
            shared = phase.interval.overlap(span.interval)
            if shared:
                yield _drawn_phase(number, axis.place(shared.start), axis.place(shared.end))


def _rails(phases: Sequence[Phase], unplaced: Sequence[UnplacedRow], places: Sequence[float]) -> Iterator[DrawnPhase]:
    """Each phase from the row that begins it to the row that ends it."""
    for number, phase in enumerate(phases):
        heading = next(n for n, row in enumerate(unplaced) if row.phase == number)
        begin = heading - 1 if heading and unplaced[heading - 1].at == phase.interval.start else heading
        ends = (
            n for n, row in enumerate(unplaced) if n > heading and row.mark in _FACTS and row.at >= phase.interval.end
        )
        yield _drawn_phase(number, places[begin], places[next(ends, len(unplaced) - 1)])


def _drawn_row(row: UnplacedRow, impact_spans: Sequence[ImpactSpan], axis: Axis, place: float) -> DrawnRow:
    beside = any(span.interval.start <= row.at <= span.interval.end for span in impact_spans)
    return DrawnRow(
        y=_em(place),
        x_true=_em(_LEADER_START if beside else 0),
        y_true=_em(axis.place(row.at)),
        mark=row.mark,
        clock=row.clock,
        label=row.label,
    )


def _ticks(site: SiteContext, notice: Notice, axis: Axis) -> Iterator[tuple[str, str]]:
    """Place and label of round clock times; the day instead of midnight where there are several."""
    zone = notice.timezone
    several = date_on_clock(axis.interval.start, zone) != date_on_clock(axis.interval.end, zone)
    for at in axis.marks(zone, _MARKS_APART):
        local = at.astimezone(zone)
        midnight = several and not local.hour and not local.minute
        text = site.formatter.short_day(local.date()) if midnight else site.formatter.clock_beside(at, zone, at)
        yield _em(axis.place(at)), text


def _legend(  # noqa: PLR0913  what may be drawn
    site: SiteContext,
    unplaced: Sequence[UnplacedRow],
    impact_spans: Sequence[ImpactSpan],
    phases: Sequence[Phase],
    axis: Axis,
    *,
    in_public: bool,
) -> Iterator[LegendKey]:
    """Keys of the marks that are drawn."""
    text = site.formatter.text
    for status in sorted({span.status for span in impact_spans}, key=lambda status: -status.rank):
        state = _drawn_state(status)
        yield LegendKey(mark=MARK_CLASSES[state], word=status_label(site, status), width=round(_WIDTHS[state] * 10))
    if phases:
        yield LegendKey(mark="phase", word=text("phases"))
    drawn = {row.mark for row in unplaced}
    update = text("said in public") if in_public else text("update")
    for mark, word in (("dot", text("entry")), ("key", text("turning point")), ("say", update)):
        if mark in drawn:
            yield LegendKey(mark=mark, word=word)
    if axis.breaks():
        yield LegendKey(mark="break", word=text("not to scale"))


def _em(length: float) -> str:
    return f"{length:.2f}em"
