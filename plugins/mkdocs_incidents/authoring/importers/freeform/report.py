"""What was read in one free-form document: its facts, and for each of them where it was read and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..protocol import ImportedIncident, ImportResult

if TYPE_CHECKING:
    import datetime as dt

    from mkdocs_incidents.model import SectionKind, TurningPoint

    from ...prose.time_mentions import WrittenClock
    from ...prose.zones import WrittenZone
    from ...tidy.proposals import Proposal
    from ..protocol import Inference, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntry:
    """An entry of the timeline that a build reads in the written file; its day where the text writes one."""

    line: int
    """Of the source."""
    text: str
    clock: dt.time
    day: dt.date | None = None
    kind: TurningPoint | None = None
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
class FreeformReport:
    """What was read in one document. Facts that are not in it are None."""

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
    started_clock: WrittenClock | None = None
    """The time of day of the beginning, also where the day is not known."""
    resolved_clock: WrittenClock | None = None
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

    @property
    def notice(self) -> ImportedIncident:
        """The incident as it is written to a file."""
        return ImportedIncident(
            source=self.source,
            id=self.id or "incident",
            title=self.title,
            zone=self.zone,
            body=self.body,
            front_matter=self.front_source,
            inferences=self.inferences,
            missing=self.missing,
            warnings=self.warnings,
            changes=self.changes,
            more_proposals=self.more_proposals,
            started=self.started,
            started_clock=str(self.started_clock or ""),
            resolved=self.resolved,
            resolved_clock=str(self.resolved_clock or ""),
            affected_percent=self.impact_percent,
            affected_quote=self.impact_quote,
        )

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
            "timeline": [
                {"at": entry.at, "text": entry.text, "kind": entry.kind and str(entry.kind)} for entry in self.timeline
            ],
            "untimed": [{"day": line.day and line.day.isoformat(), "text": line.text} for line in self.untimed],
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
            "missing": [{"fact": missing.fact, "hint": missing.hint} for missing in self.missing],
        }

    def _instant(self, local: dt.datetime | None, clock: WrittenClock | None) -> str | None:
        """With an offset where the zone is known; without a day only the time of day."""
        if local is not None:
            tz = self.zone.clocks() if self.zone else None
            return local.replace(tzinfo=tz).isoformat(timespec="minutes")
        return str(clock) if clock else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeformResult(ImportResult):
    """The result of one document, with everything that was read in it."""

    report: FreeformReport

    def records(self) -> list[dict[str, Any]]:
        """One JSON object, whether or not the document has an incident."""
        return [self.report.as_dict()]


def _short(percent: float | None) -> float | int | None:
    return int(percent) if percent is not None and percent == int(percent) else percent
