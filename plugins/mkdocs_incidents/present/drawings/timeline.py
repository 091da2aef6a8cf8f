"""A timeline drawn to scale: impact and phases on an axis, a row beside it for each fact, and a line between.

Rows fan out where minutes are close, and nothing overlaps. All lengths are in em, so that text never shrinks and the
drawing grows with the font size of the reader. The same is described in words for those who do not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import ComponentStatus, EntryKind, NoticeKind, Update
from mkdocs_incidents.status import day_of

from ..excerpts import labelled_entry, shortened
from ..language.labels import ENTRY, PHASE
from ..views import Key
from .axis import Axis, spread
from .marks import MARK_CLASSES, NO_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from mkdocs_incidents.model import Interval, Notice, TimelineEntry
    from mkdocs_incidents.status import ImpactSpan, Phase

    from ..context import SiteContext

MOST_FACTS = 16
"""Beyond this turning points and public words have a row; the list beside has everything."""
_FEW = 8
"""With fewer of those, ordinary entries evenly spread over the story have one, too."""
_LABEL_FITS = 23
"""Letters beside the axis at 320 px, those of the clock included."""
_LINE_FITS = 26
"""Letters of a row that begins further left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row before it has its place."""

    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for a public word; `day` and `phase` head what follows."""
    at: datetime
    shift: int
    """How many rows below the place of `at` it belongs."""
    clock: str
    label: str
    phase: int = -1
    """Number of the phase that a row of that mark tells of."""


def facts_drawn(facts: Sequence[TimelineEntry | Update]) -> Sequence[TimelineEntry | Update]:
    """The facts that have a row, in their order."""
    if len(facts) <= MOST_FACTS:
        return facts
    turning = [n for n, fact in enumerate(facts) if not isinstance(fact, Update) and fact.kind]
    said = [n for n, fact in enumerate(facts) if isinstance(fact, Update)]
    kept = set([*turning, *said[-1:], *said][:MOST_FACTS])
    if len(kept) < _FEW:
        others = [n for n in range(len(facts)) if n not in kept]
        room = MOST_FACTS - len(kept)
        kept |= {others[round(n * (len(others) - 1) / (room - 1))] for n in range(room)}
    return [facts[n] for n in sorted(kept)]


def rows(
    site: SiteContext, notice: Notice, facts: Sequence[TimelineEntry | Update], phases: Sequence[Phase]
) -> tuple[Row, ...]:
    """Facts in order of time, a day before the first of it where there are several, a phase after what begins it."""
    points = sorted((_fact_row(site, notice, fact) for fact in facts), key=lambda row: row.at)
    if notice.kind is NoticeKind.INCIDENT:
        points = [*_end_rows(site, notice, points, notice.begins_at, EntryKind.IMPACT_BEGINS), *points]
        points += _end_rows(site, notice, points, notice.ended_at, EntryKind.RESOLVED)
        points.sort(key=lambda row: row.at)
    days = {day_of(point.at, notice.timezone) for point in points}
    found: list[Row] = []
    to_come = list(enumerate(phases))
    shown: date | None = None
    for point in points:
        while to_come and to_come[0][1].interval.start < point.at:
            found += _phase_rows(site, *to_come.pop(0))
        day = day_of(point.at, notice.timezone)
        if len(days) > 1 and day != shown:
            label = site.formatter.weekday_day(day)
            found.append(Row(mark="day", at=point.at, shift=-1, clock="", label=label))
            shown = day
        found.append(point)
    for number, phase in to_come:
        found += _phase_rows(site, number, phase)
    return tuple(found)


def _end_rows(
    site: SiteContext, notice: Notice, points: Sequence[Row], at: datetime | None, kind: EntryKind
) -> Iterator[Row]:
    """An end of the incident of which no fact tells: the file's own."""
    if at and all(point.at != at for point in points):
        clock = site.formatter.bare_clock(at, notice.timezone)
        yield Row(mark="key", at=at, shift=0, clock=clock, label=site.formatter.text(ENTRY[kind]))


def _fact_row(site: SiteContext, notice: Notice, fact: TimelineEntry | Update) -> Row:
    clock = site.formatter.bare_clock(fact.at, notice.timezone)
    fits = _LABEL_FITS - len(clock)
    if isinstance(fact, Update):
        label = site.formatter.text("“%(words)s”", words=site.formatter.stage(fact.status))
        return Row(mark="say", at=fact.at, shift=0, clock=clock, label=label)
    word = labelled_entry(site.formatter, fact)
    label = shortened(word.kind or plain_words(word.text), fits).rstrip(".")
    return Row(mark="key" if fact.kind else "dot", at=fact.at, shift=0, clock=clock, label=label)


def _phase_rows(site: SiteContext, number: int, phase: Phase) -> Iterator[Row]:
    words = phase_words(site, phase)
    length = " ".join(site.formatter.measured(phase.duration))
    lines = [words] if len(words) <= _LINE_FITS else words.replace(length, f"\n{length}\n").split("\n")
    for below, line in enumerate((line.strip() for line in lines if line.strip()), 1):
        yield Row(mark="phase", at=phase.interval.start, shift=below, clock="", label=line, phase=number)


def phase_words(site: SiteContext, phase: Phase) -> str:
    """`24 min to find the cause`."""
    return site.formatter.text(PHASE[phase.until], duration=" ".join(site.formatter.measured(phase.duration)))


def drawing_title(site: SiteContext, notice: Notice, axis: Interval) -> str:
    """`Timeline drawn to scale, Sunday 11 June 2023, 14:00 to 15:15 WAT`."""
    span = site.formatter.span(axis.start, axis.end, notice.timezone)
    return site.formatter.text("Timeline drawn to scale, %(span)s", span=span)


def description(
    site: SiteContext, notice: Notice, felt: Sequence[ImpactSpan], phases: Sequence[Phase], said: Sequence[Update]
) -> str:
    """What users felt from when to when, where the time went, and what was said in public; the list has the rest."""
    return " ".join(_description_sentences(site, notice, felt, phases, said))


def _description_sentences(
    site: SiteContext, notice: Notice, felt: Sequence[ImpactSpan], phases: Sequence[Phase], said: Sequence[Update]
) -> Iterator[str]:
    text, listing = site.formatter.text, site.formatter.listing
    instants = [edge for one in felt for edge in (one.interval.start, one.interval.end)]
    instants += [update.at for update in said]
    dated = len({day_of(at, notice.timezone) for at in instants}) > 1
    if felt:
        stretches = listing(_span_words(site, notice, one, dated=dated) for one in felt)
        yield text("%(words)s.", words=stretches[:1].upper() + stretches[1:])
    if phases:
        yield text("%(words)s.", words=listing(phase_words(site, phase) for phase in phases))
    if said:
        words = listing(
            text(
                "%(when)s “%(stage)s”",
                when=_clock_label(site, notice, update.at, dated=dated),
                stage=_stage_label(site, update),
            )
            for update in said
        )
        yield text("Said in public: %(words)s.", words=words)


def _span_words(site: SiteContext, notice: Notice, felt: ImpactSpan, *, dated: bool) -> str:
    return site.formatter.text(
        "%(state)s from %(start)s to %(end)s",
        state=state_word(site, felt.status),
        start=_clock_label(site, notice, felt.interval.start, dated=dated),
        end=_clock_label(site, notice, felt.interval.end, dated=dated),
    )


def state_word(site: SiteContext, status: ComponentStatus) -> str:
    """The state in a sentence; of what was open without any component known to be affected, that it was open."""
    if status is ComponentStatus.OPERATIONAL:
        return site.formatter.text("still open")
    return site.formatter.status(status).lower()


def _stage_label(site: SiteContext, update: Update) -> str:
    return site.formatter.stage(update.status)


def _clock_label(site: SiteContext, notice: Notice, at: datetime, *, dated: bool) -> str:
    clock = site.formatter.bare_clock(at, notice.timezone)
    if not dated:
        return clock
    day = site.formatter.day_month(day_of(at, notice.timezone))
    return site.formatter.text("%(day)s, %(clock)s", day=day, clock=clock)


_ROW = 1.6
"""Height of a row, in em."""
_ROWS_AT_LEAST = 7
_TOP = 0.8
_LETTER = 0.58
"""Width of a letter in em, as most faces have it."""
_MARKS_APART = 1.3
_SEEN = 0.15
"""Height in em below which nothing would be seen."""
_BESIDE = 1.6
"""Where the lines to the rows begin beside what users felt, in em."""
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
class DrawnRow:
    """One row of the drawing, lengths in em."""

    y: str
    x_true: str
    y_true: str
    """Where its instant lies on the axis, or beside what is drawn on it."""
    mark: str
    """`dot` for an entry, `key` for a turning point, `say` for a public word; `day` and `phase` stand between."""
    clock: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpan:
    """A stretch of the axis with what users felt."""

    shape: str
    """`mj`, `pt`, `dg`, `mt` or `nd`."""
    y: str
    height: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPhase:
    """A stretch of a phase: thick and thin by turns, so that neighbours are told apart."""

    shape: str
    """`p0` or `p1`."""
    y: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The axis with the impact on it, and the rows beside."""

    height: str
    left: str
    """Width of the clock times to the left of the axis."""
    top: str
    bottom: str
    """The ends of the axis."""
    title: str
    description: str
    """All of it in words."""
    ticks: tuple[tuple[str, str], ...]
    """Place and clock time, or the day where it is midnight."""
    breaks: tuple[tuple[str, str], ...]
    """From where to where time is left out."""
    spans: tuple[DrawnSpan, ...]
    phases: tuple[DrawnPhase, ...]
    rails: tuple[DrawnPhase, ...]
    """The phases beside the rows."""
    rows: tuple[DrawnRow, ...]
    more: str
    """`and 44 more in the list`; empty where all is drawn."""
    legend: tuple[Key, ...]


def drawing(site: SiteContext, notice: Notice, told: Sequence[TimelineEntry | Update]) -> Drawing:
    """Draw facts that are in order of time."""
    felt, parts = site.facts(notice).impact_spans, site.facts(notice).phases
    shown = facts_drawn(told)
    items = rows(site, notice, shown, parts)
    bottom = _TOP + _ROW * max(len(items) - 1, _ROWS_AT_LEAST)
    spans = [one.interval for one in felt]
    instants = [*(fact.at for fact in told), *(edge for span in spans for edge in (span.start, span.end))]
    axis = Axis(instants, spans, _TOP, bottom)
    places = spread([axis.place(i.at) + i.shift * _ROW for i in items], _ROW, top=_TOP, bottom=bottom)
    ticks = tuple(_ticks(site, notice, axis))
    more = len(told) - len(shown)
    plural = site.formatter.plural
    return Drawing(
        height=_em(bottom + 0.9),
        left=_em(max(3.0, 0.5 + _LETTER * max((len(text) for _, text in ticks), default=0))),
        top=_em(_TOP),
        bottom=_em(bottom),
        title=drawing_title(site, notice, axis.interval),
        description=description(site, notice, felt, parts, [f for f in told if isinstance(f, Update)]),
        ticks=ticks,
        breaks=tuple((_em(start), _em(end)) for start, end in axis.breaks()),
        spans=tuple(_drawn_span(one, axis) for one in felt),
        phases=tuple(_on_the_axis(parts, felt, axis)),
        rails=tuple(_rails(parts, items, places)),
        rows=tuple(_drawn_row(item, felt, axis, place) for item, place in zip(items, places, strict=True)),
        more=plural("and %(count)s more in the list", "and %(count)s more in the list", more) if more else "",
        legend=tuple(_legend(site, items, felt, parts, axis)),
    )


def _drawn_span(felt: ImpactSpan, axis: Axis) -> DrawnSpan:
    state = _drawn_state(felt.status)
    start, end = axis.place(felt.interval.start), axis.place(felt.interval.end)
    return DrawnSpan(
        shape=MARK_CLASSES[state], y=_em(start), height=_em(max(end - start, _SEEN)), width=_em(_WIDTHS[state])
    )


def _drawn_state(status: ComponentStatus) -> str:
    """The state that is drawn: no data where an incident was open and no component is known to be affected."""
    return NO_DATA if status is ComponentStatus.OPERATIONAL else status


def _drawn_phase(number: int, start: float, end: float) -> DrawnPhase:
    return DrawnPhase(shape=f"p{number % 2}", y=_em(start), end=_em(max(end, start + _SEEN)))


def _on_the_axis(parts: Sequence[Phase], felt: Sequence[ImpactSpan], axis: Axis) -> Iterator[DrawnPhase]:
    """Each phase as far as users felt it."""
    for number, part in enumerate(parts):
        for one in felt:
            shared = part.interval.overlap(one.interval)
            if shared:
                yield _drawn_phase(number, axis.place(shared.start), axis.place(shared.end))


def _rails(parts: Sequence[Phase], items: Sequence[Row], places: Sequence[float]) -> Iterator[DrawnPhase]:
    """Each phase from the row that begins it to the row that ends it."""
    for number, part in enumerate(parts):
        words = next(n for n, item in enumerate(items) if item.phase == number)
        begin = words - 1 if words and items[words - 1].at == part.interval.start else words
        ends = (n for n, item in enumerate(items) if n > words and item.mark in _FACTS and item.at >= part.interval.end)
        yield _drawn_phase(number, places[begin], places[next(ends, len(items) - 1)])


def _drawn_row(item: Row, felt: Sequence[ImpactSpan], axis: Axis, place: float) -> DrawnRow:
    beside = any(one.interval.start <= item.at <= one.interval.end for one in felt)
    return DrawnRow(
        y=_em(place),
        x_true=_em(_BESIDE if beside else 0),
        y_true=_em(axis.place(item.at)),
        mark=item.mark,
        clock=item.clock,
        label=item.label,
    )


def _ticks(site: SiteContext, notice: Notice, axis: Axis) -> Iterator[tuple[str, str]]:
    """The clock at round times; over several days the day instead of midnight."""
    zone = notice.timezone
    several = day_of(axis.interval.start, zone) != day_of(axis.interval.end, zone)
    for at in axis.marks(zone, _MARKS_APART):
        local = at.astimezone(zone)
        midnight = several and not local.hour and not local.minute
        told = site.formatter.short_day(local.date()) if midnight else site.formatter.bare_clock(at, zone)
        yield _em(axis.place(at)), told


def _legend(
    site: SiteContext, items: Sequence[Row], felt: Sequence[ImpactSpan], parts: Sequence[Phase], axis: Axis
) -> Iterator[Key]:
    """What is drawn, and nothing else."""
    text = site.formatter.text
    for status in sorted({one.status for one in felt}, key=lambda status: -status.rank):
        state = _drawn_state(status)
        yield Key(mark=MARK_CLASSES[state], word=state_word(site, status), width=round(_WIDTHS[state] * 10))
    if parts:
        yield Key(mark="phase", word=text("phases"))
    drawn = {item.mark for item in items}
    for mark, word in (("dot", text("entry")), ("key", text("turning point")), ("say", text("said in public"))):
        if mark in drawn:
            yield Key(mark=mark, word=word)
    if axis.breaks():
        yield Key(mark="break", word=text("not to scale"))


def _em(length: float) -> str:
    return f"{length:.2f}em"
