"""What an importer hands over: the facts, and for each of them where it was read and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from ...model import EntryKind, SectionKind
    from ..prose.clocks import Clock
    from ..prose.zones import WrittenZone
    from ..tidy.edited_text import Proposal


class Sureness(StrEnum):
    """How sure a fact is."""

    STATED = "stated"
    """It stands there, in so many words."""
    LIKELY = "likely"
    """It follows from what stands there; a reader should confirm it."""
    UNSURE = "unsure"
    """One of several readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """One fact, and where it comes from."""

    fact: str
    value: str
    line: int
    """0 where it does not come from a line: from the name of the file."""
    sureness: Sureness
    reason: str

    def __str__(self) -> str:
        """One line of the report: `line 5: started 2023-06-11 14:30 (stated: …)`."""
        where = f"line {self.line}" if self.line else "file"
        return f"{where}: {self.fact}: {self.value} ({self.sureness}: {self.reason})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact the text does not hold, and what the writer can do."""

    fact: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntry:
    """An entry of the timeline that a build reads in the written file; its day where the text writes one."""

    line: int
    """Of the source."""
    text: str
    clock: dt.time
    day: dt.date | None = None
    kind: EntryKind | None = None
    """The turning point that the written file states it to be."""

    @property
    def at(self) -> str:
        """`14:30`, or `2023-06-11T14:30`."""
        clock = f"{self.clock:%H:%M}"
        return f"{self.day}T{clock}" if self.day else clock


@dataclass(frozen=True, slots=True, kw_only=True)
class UntimedLine:
    """A line of the timeline without a time: a build shows it as it is written."""

    line: int
    text: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAction:
    """A promise, as written."""

    line: int
    text: str
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read from one input. Facts that are not in it are None."""

    source: str
    incident: bool
    reason: str = ""
    """Why it is no incident."""
    id: str | None = None
    title: str | None = None
    date: dt.date | None = None
    started: dt.datetime | None = None
    """Local, without an offset."""
    resolved: dt.datetime | None = None
    started_clock: Clock | None = None
    """The time of day of the beginning, also where the day is not known."""
    resolved_clock: Clock | None = None
    zone: WrittenZone | None = None
    duration_minutes: int | None = None
    timeline: tuple[ImportedEntry, ...] = ()
    """What a build reads in the written file, as are action items and apology."""
    untimed: tuple[UntimedLine, ...] = ()
    impact_percent: float | None = None
    impact_quote: str = ""
    """The share as it was written."""
    sections: tuple[SectionKind, ...] = ()
    apology: bool = False
    action_items: tuple[ImportedAction, ...] = ()
    inferences: tuple[Inference, ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = ()
    body: str = ""
    """The author's words, with the changes that are sure."""
    changes: tuple[Proposal, ...] = ()
    """What was changed around these words."""
    more_proposals: int = 0
    """How many changes `incidents tidy` proposes beyond them."""
    front_source: str = ""
    """The author's front matter, as written."""

    def as_dict(self) -> dict[str, Any]:
        """The shape that `incidents import --dry-run --json` prints."""
        return {
            "source": self.source,
            "kind": "incident" if self.incident else "none",
            "id": self.id,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "started": self._instant(self.started, self.started_clock),
            "resolved": self._instant(self.resolved, self.resolved_clock),
            "timezone": self.zone.written if self.zone else None,
            "duration_minutes": self.duration_minutes,
            "timeline": [{"at": one.at, "text": one.text, "kind": one.kind and str(one.kind)} for one in self.timeline],
            "untimed": [{"day": one.day and one.day.isoformat(), "text": one.text} for one in self.untimed],
            "impact_percent": _short(self.impact_percent),
            "sections": [str(kind) for kind in self.sections],
            "apology": self.apology,
            "action_items": [action.text for action in self.action_items],
            "warnings": [*self.warnings, *([self.reason] if self.reason else [])],
            "inferred": [
                {"fact": i.fact, "value": i.value, "line": i.line or None, "sure": str(i.sureness), "from": i.reason}
                for i in self.inferences
            ],
            "changes": [change.as_dict() for change in self.changes],
            "missing": [{"fact": one.fact, "hint": one.hint} for one in self.missing],
        }

    def _instant(self, local: dt.datetime | None, clock: Clock | None) -> str | None:
        """With an offset where the zone is known; without a day only the time of day."""
        if local is not None:
            tz = self.zone.clocks() if self.zone else None
            return local.replace(tzinfo=tz).isoformat(timespec="minutes")
        return str(clock) if clock else None


def _short(percent: float | None) -> float | int | None:
    return int(percent) if percent is not None and percent == int(percent) else percent
