"""A drawn timeline in words, for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import day_of

from .drawn_rows import phase_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.model import Interval, Notice, Update
    from mkdocs_incidents.status import ImpactSpan, Phase

    from .edition import Edition


def drawn_title(edition: Edition, notice: Notice, axis: Interval) -> str:
    """`Timeline drawn to scale, Sunday 11 June 2023, 14:00 to 15:15 WAT`."""
    span = edition.wording.span(axis.start, axis.end, notice.timezone)
    return edition.wording.text("Timeline drawn to scale, %(span)s", span=span)


def description(
    edition: Edition, notice: Notice, felt: Sequence[ImpactSpan], phases: Sequence[Phase], said: Sequence[Update]
) -> str:
    """What users felt from when to when, where the time went, and what was said in public; the list has the rest."""
    return " ".join(_sentences(edition, notice, felt, phases, said))


def _sentences(
    edition: Edition, notice: Notice, felt: Sequence[ImpactSpan], phases: Sequence[Phase], said: Sequence[Update]
) -> Iterator[str]:
    text, listing = edition.wording.text, edition.wording.listing
    instants = [edge for one in felt for edge in (one.interval.start, one.interval.end)]
    instants += [update.at for update in said]
    dated = len({day_of(at, notice.timezone) for at in instants}) > 1
    if felt:
        stretches = listing(_stretch(edition, notice, one, dated=dated) for one in felt)
        yield text("%(words)s.", words=stretches[:1].upper() + stretches[1:])
    if phases:
        yield text("%(words)s.", words=listing(phase_words(edition, phase) for phase in phases))
    if said:
        words = listing(
            text(
                "%(when)s “%(stage)s”",
                when=_when(edition, notice, update.at, dated=dated),
                stage=_stage(edition, update),
            )
            for update in said
        )
        yield text("Said in public: %(words)s.", words=words)


def _stretch(edition: Edition, notice: Notice, felt: ImpactSpan, *, dated: bool) -> str:
    return edition.wording.text(
        "%(state)s from %(start)s to %(end)s",
        state=state_word(edition, felt.status),
        start=_when(edition, notice, felt.interval.start, dated=dated),
        end=_when(edition, notice, felt.interval.end, dated=dated),
    )


def state_word(edition: Edition, status: ComponentStatus) -> str:
    """The state in a sentence; of what was open without any component known to be affected, that it was open."""
    if status is ComponentStatus.OPERATIONAL:
        return edition.wording.text("still open")
    return edition.wording.status(status).lower()


def _stage(edition: Edition, update: Update) -> str:
    return edition.wording.stage(update.status)


def _when(edition: Edition, notice: Notice, at: datetime, *, dated: bool) -> str:
    clock = edition.wording.bare_clock(at, notice.timezone)
    if not dated:
        return clock
    day = edition.wording.day_month(day_of(at, notice.timezone))
    return edition.wording.text("%(day)s, %(clock)s", day=day, clock=clock)
