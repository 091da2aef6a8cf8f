"""The rows of a drawn timeline: which facts have one, and the days and phases between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import EntryKind, NoticeKind, Update
from mkdocs_incidents.status import day_of

from .entry_words import shortened, told
from .vocabulary_words import ENTRY, PHASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from mkdocs_incidents.model import Notice, TimelineEntry
    from mkdocs_incidents.status import Phase

    from .edition import Edition

MOST_FACTS = 16
"""Beyond this turning points and public words have a row; the list beside has everything."""
_FEW = 8
"""With fewer of those, ordinary entries evenly spread over the story have one, too."""
_FITS = 23
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
    edition: Edition, notice: Notice, facts: Sequence[TimelineEntry | Update], phases: Sequence[Phase]
) -> tuple[Row, ...]:
    """Facts in order of time, a day before the first of it where there are several, a phase after what begins it."""
    points = sorted((_fact(edition, notice, fact) for fact in facts), key=lambda row: row.at)
    if notice.kind is NoticeKind.INCIDENT:
        points = [*_ends(edition, notice, points, notice.begins_at, EntryKind.IMPACT_BEGINS), *points]
        points += _ends(edition, notice, points, notice.ended_at, EntryKind.RESOLVED)
        points.sort(key=lambda row: row.at)
    days = {day_of(point.at, notice.timezone) for point in points}
    found: list[Row] = []
    to_come = list(enumerate(phases))
    shown: date | None = None
    for point in points:
        while to_come and to_come[0][1].interval.start < point.at:
            found += _phase(edition, *to_come.pop(0))
        day = day_of(point.at, notice.timezone)
        if len(days) > 1 and day != shown:
            label = edition.wording.weekday_day(day)
            found.append(Row(mark="day", at=point.at, shift=-1, clock="", label=label))
            shown = day
        found.append(point)
    for number, phase in to_come:
        found += _phase(edition, number, phase)
    return tuple(found)


def _ends(
    edition: Edition, notice: Notice, points: Sequence[Row], at: datetime | None, kind: EntryKind
) -> Iterator[Row]:
    """An end of the incident of which no fact tells: the file's own."""
    if at and all(point.at != at for point in points):
        clock = edition.wording.bare_clock(at, notice.timezone)
        yield Row(mark="key", at=at, shift=0, clock=clock, label=edition.wording.text(ENTRY[kind]))


def _fact(edition: Edition, notice: Notice, fact: TimelineEntry | Update) -> Row:
    clock = edition.wording.bare_clock(fact.at, notice.timezone)
    fits = _FITS - len(clock)
    if isinstance(fact, Update):
        label = edition.wording.text("“%(words)s”", words=edition.wording.stage(fact.status))
        return Row(mark="say", at=fact.at, shift=0, clock=clock, label=label)
    word = told(edition.wording, fact)
    label = shortened(word.kind or plain_words(word.text), fits).rstrip(".")
    return Row(mark="key" if fact.kind else "dot", at=fact.at, shift=0, clock=clock, label=label)


def _phase(edition: Edition, number: int, phase: Phase) -> Iterator[Row]:
    words = phase_words(edition, phase)
    length = " ".join(edition.wording.measured(phase.duration))
    lines = [words] if len(words) <= _LINE_FITS else words.replace(length, f"\n{length}\n").split("\n")
    for below, line in enumerate((line.strip() for line in lines if line.strip()), 1):
        yield Row(mark="phase", at=phase.interval.start, shift=below, clock="", label=line, phase=number)


def phase_words(edition: Edition, phase: Phase) -> str:
    """`24 min to find the cause`."""
    return edition.wording.text(PHASE[phase.until], duration=" ".join(edition.wording.measured(phase.duration)))
