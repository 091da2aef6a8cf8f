"""What was measured of an incident, each figure with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Measure, figures

from .vocabulary_words import MEASURE, PHASE

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident
    from mkdocs_incidents.status import Figure

    from .edition import Edition


_LABEL_FITS = 14
"""Percent of the width from which a part can hold its own length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """One figure."""

    name: str
    value: str
    source: str
    """The two instants it lies between, and what gives the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part of the whole time; `x` and `width` in percent."""

    x: str
    width: str
    length: str
    label: str
    shown: bool
    """Whether there is room for its length beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView:
    """All figures, and where the time went."""

    figures: tuple[MeasureView, ...]
    phases: tuple[Phase, ...]
    state: str
    """The worst the incident meant: the colour of the phases."""
    total: str


def measured_view(edition: Edition, incident: Incident) -> MeasuredView | None:
    """Nothing is told of an incident of which only its length is known: the page says that already."""
    found = figures(incident)
    if all(figure.measure is Measure.RESOLVE for figure in found):
        return None
    whole = next((figure for figure in found if figure.measure is Measure.RESOLVE), None)
    return MeasuredView(
        figures=tuple(_figure(edition, incident, figure) for figure in found),
        phases=_phases(edition, found) if whole else (),
        state=edition.state(incident),
        total=edition.wording.duration(whole.duration) if whole else "",
    )


def _figure(edition: Edition, incident: Incident, figure: Figure) -> MeasureView:
    text, clock = edition.wording.text, edition.wording.bare_clock
    if figure.entry:
        told = text("timeline")
    elif figure.update:
        told = text("update “%(stage)s”", stage=edition.wording.stage(figure.update.status))
    else:
        told = text("resolved")
    return MeasureView(
        name=text(MEASURE[figure.measure]),
        value=edition.wording.duration(figure.duration),
        source=text(
            "%(start)s began, %(end)s %(what)s",
            start=clock(figure.start, incident.timezone),
            end=clock(figure.end, incident.timezone),
            what=told,
        ),
    )


def _phases(edition: Edition, found: tuple[Figure, ...]) -> tuple[Phase, ...]:
    """From turning point to turning point, as far as they stand in order; the first public word is no phase."""
    turns = [figure for figure in found if figure.measure is not Measure.FIRST_WORD]
    if any(later.end < earlier.end for earlier, later in pairwise(turns)):
        return ()
    total = turns[-1].duration
    phases, reached = [], turns[0].start
    for turn in turns:
        if turn.end > reached and total:
            x, width = (reached - turn.start) / total * 100, (turn.end - reached) / total * 100
            length = edition.wording.duration(turn.end - reached)
            label = edition.wording.text(PHASE[turn.measure], duration=length)
            phases.append(
                Phase(x=f"{x:.2f}%", width=f"{width:.2f}%", length=length, label=label, shown=width > _LABEL_FITS)
            )
            reached = turn.end
    return tuple(phases) if len(phases) > 1 else ()
