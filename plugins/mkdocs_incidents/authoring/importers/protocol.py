"""What an importer is, and what it returns: notices and components of another tool, ready to be written as files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from mkdocs_incidents.model import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus

    from ..prose.zones import WrittenZone
    from ..tidy.proposals import Proposal


class Importer(Protocol):
    """Reads what another tool, or a person, left. `importers.registry` lists every importer."""

    @property
    def name(self) -> str:
        """The value of `incidents import --from` that chooses it."""

    @property
    def description(self) -> str:
        """What it reads, in half a sentence for the help of the command."""

    def recognizes(self, path: Path) -> bool:
        """Whether `path` looks like its input; `--from auto` takes the first importer that says so."""

    def read(self, path: Path) -> ImportResult:
        """Everything that can be imported from the file or folder at `path`.

        Raises:
            UnreadableError: it cannot be read at all.
        """


class FactSureness(StrEnum):
    """How sure an imported fact is."""

    STATED = "stated"
    """The source has it in so many words."""
    LIKELY = "likely"
    """It follows from what the source has; a person should confirm it."""
    UNSURE = "unsure"
    """One of several readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """One fact, and where it comes from."""

    fact: str
    value: str
    line: int
    """0 where it does not come from a line: from the name of the file."""
    sureness: FactSureness
    reason: str

    def __str__(self) -> str:
        """One line of the report: `line 5: started 2023-06-11 14:30 (stated: …)`."""
        where = f"line {self.line}" if self.line else "file"
        return f"{where}: {self.fact}: {self.value} ({self.sureness}: {self.reason})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that the source does not hold, and what its author can do."""

    fact: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotImported:
    """Something in the source that an incident file cannot hold."""

    place: str
    """Where it is in the source: `line 12`, `incidents[3].components[0]`."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedUpdate:
    """One public message of a notice."""

    at: datetime
    """Aware."""
    status: IncidentStatus | MaintenanceStatus
    message: str
    """Markdown."""
    components: Mapping[str, ComponentStatus] = field(default_factory=dict)
    id: str = ""
    """Its permanent anchor, where one was published already."""

    def as_dict(self) -> dict[str, Any]:
        """For `incidents import --json`."""
        return {
            "at": self.at.isoformat(),
            "status": str(self.status),
            "message": self.message,
            "components": {name: str(status) for name, status in self.components.items()},
            "id": self.id or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedNotice(ABC):
    """What incidents, maintenances and announcements have in common. Facts that the source does not hold are None."""

    kind: ClassVar[NoticeKind]
    source: str
    """The path of the input as the user typed it."""
    id: str
    """Permanent; the name of the file that is written."""
    title: str | None
    zone: WrittenZone | None = None
    """The zone of local times, and in which instants are written."""
    components: Mapping[str, ComponentStatus] = field(default_factory=dict)
    """The worst status of each component, by id."""
    updates: tuple[ImportedUpdate, ...] = ()
    body: str = ""
    """Markdown, with the changes that are sure."""
    front_matter: str = ""
    """The front matter of the source, kept as a comment."""
    inferences: tuple[Inference, ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[Proposal, ...] = ()
    """What was changed in the author's text."""
    more_proposals: int = 0
    """How many changes `incidents tidy` proposes beyond them."""

    def as_dict(self) -> dict[str, Any]:
        """For `incidents import --json`: what would be written."""
        return {
            "source": self.source,
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "timezone": self.zone.written if self.zone else None,
            **self._times(),
            "components": {name: str(status) for name, status in self.components.items()},
            "updates": [update.as_dict() for update in self.updates],
            "body": self.body,
            "missing": [{"fact": missing.fact, "hint": missing.hint} for missing in self.missing],
            "warnings": list(self.warnings),
        }

    @abstractmethod
    def _times(self) -> dict[str, Any]:
        """The instants that only this kind of notice has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedIncident(ImportedNotice):
    """An incident. Instants are aware, or local to `zone` where the source gives no offset."""

    kind: ClassVar[NoticeKind] = NoticeKind.INCIDENT
    started: datetime | None = None
    started_clock: str = ""
    """The time of day of the beginning, where its day is not known: `14:30`."""
    resolved: datetime | None = None
    resolved_clock: str = ""
    impact: Impact | None = None
    affected_percent: float | None = None
    affected_quote: str = ""
    """The share as the source has it."""

    @property
    def closed(self) -> bool:
        """Whether the source has an end of it."""
        return self.resolved is not None or any(update.status.closes for update in self.updates)

    def _times(self) -> dict[str, Any]:
        return {
            "started": _iso(self.started),
            "resolved": _iso(self.resolved),
            "impact": self.impact and str(self.impact),
            "affected_percent": self.affected_percent,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMaintenance(ImportedNotice):
    """Planned work. Instants are aware."""

    kind: ClassVar[NoticeKind] = NoticeKind.MAINTENANCE
    scheduled_from: datetime
    scheduled_until: datetime

    def _times(self) -> dict[str, Any]:
        return {"scheduled_from": _iso(self.scheduled_from), "scheduled_until": _iso(self.scheduled_until)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAnnouncement(ImportedNotice):
    """A notice without trouble. Its instant is aware."""

    kind: ClassVar[NoticeKind] = NoticeKind.ANNOUNCEMENT
    published: datetime

    def _times(self) -> dict[str, Any]:
        return {"published": _iso(self.published)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedComponent:
    """A component, in the order in which the source shows it."""

    id: str
    name: str
    description: str = ""
    group: str = ""
    """The name of its group; empty for a component in none."""

    def as_dict(self) -> dict[str, Any]:
        """For `incidents import --json`."""
        return {"id": self.id, "name": self.name, "description": self.description, "group": self.group or None}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCatalog:
    """The components of the source, for `components.yml`."""

    timezone: ZoneInfo
    components: tuple[ImportedComponent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What one input holds."""

    source: str
    """The path of the input as the user typed it."""
    notices: tuple[ImportedNotice, ...] = ()
    catalog: ImportedCatalog | None = None
    not_imported: tuple[NotImported, ...] = ()
    reason: str = ""
    """Why nothing was found; empty where something was."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.notices and self.catalog is None

    def records(self) -> list[dict[str, Any]]:
        """The JSON objects that `incidents import --json` prints: the catalogue, each notice, and what was left out."""
        found: list[dict[str, Any]] = []
        if self.catalog:
            components = [component.as_dict() for component in self.catalog.components]
            timezone = self.catalog.timezone.key
            found.append({"source": self.source, "kind": "components", "timezone": timezone, "components": components})
        found += [notice.as_dict() for notice in self.notices]
        if self.not_imported:
            left_out = [{"place": item.place, "reason": item.reason} for item in self.not_imported]
            found.append({"source": self.source, "kind": "not_imported", "items": left_out})
        return found or [{"source": self.source, "kind": "none", "warnings": [self.reason]}]


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
