"""Readers of closed sets of values and of components; their errors suggest the nearest valid one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus
from .spelling import COMPONENT_STATUS_SLIPS, IMPACT_SLIPS, UPDATE_STATUS_SLIPS, nearest, one_of, quoted
from .wrong import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What has to be known of a file to understand a value in it."""

    zone: ZoneInfo
    """In which times without an offset are read."""
    example: date
    """The day that hints use where the author wrote none."""
    components: Mapping[str, str] | None = None
    """Every name a component may be called → its id; None where the catalogue is not known."""
    maintenance: bool | None = None
    """Whether the file is about planned work; None where its keys do not show it."""


def read_component(text: str, context: Reading) -> str:
    """The id of the component called `text`."""
    if context.components is None or text in context.components:
        return text if context.components is None else context.components[text]
    near = nearest(text, context.components)
    hint = (
        f"write {near}"
        if near
        else f"{one_of(dict.fromkeys(context.components.values()))}, or add it to components.yml"
    )
    raise WrongValueError("unknown-component", f"there is no component {quoted(text)}", hint)


def read_component_status(text: str, _: Reading) -> ComponentStatus:
    """The state of a component `text` means."""
    return _value(text, ComponentStatus, COMPONENT_STATUS_SLIPS, "unknown-component-status", "a state of a component")


def read_impact(text: str, _: Reading) -> Impact:
    """The severity `text` means."""
    return _value(text, Impact, IMPACT_SLIPS, "unknown-impact", "an impact")


UPDATE_STATUSES: dict[str, IncidentStatus | MaintenanceStatus] = {
    status.value: status for family in (IncidentStatus, MaintenanceStatus) for status in family
}
_V = TypeVar("_V", ComponentStatus, Impact)


def _value(text: str, valid: type[_V], slips: Mapping[str, str], code: str, kind: str) -> _V:
    try:
        return valid(text)
    except ValueError:
        near = nearest(text, valid, slips)
        raise WrongValueError(
            code, f"{quoted(text)} is not {kind}", f"write {near}" if near else one_of(valid)
        ) from None


def read_update_status(text: str, context: Reading) -> IncidentStatus | MaintenanceStatus:
    """The status of an update `text` means, of the family that fits the kind of file."""
    status = UPDATE_STATUSES.get(text)
    valid = list(UPDATE_STATUSES)
    if context.maintenance is not None:
        family = MaintenanceStatus if context.maintenance else IncidentStatus
        if status is not None and not isinstance(status, family):
            raise _other_family(text, maintenance=context.maintenance)
        valid = list(family)
    if status is not None:
        return status
    near = nearest(text, valid, UPDATE_STATUS_SLIPS)
    hint = f"write {near}" if near else one_of(valid)
    raise WrongValueError("unknown-status", f"{quoted(text)} is not a status of an update", hint)


_COUNTERPART = {
    "scheduled": "investigating",
    "in_progress": "identified",
    "verifying": "monitoring",
    "completed": "resolved",
    "investigating": "in_progress",
    "identified": "in_progress",
    "monitoring": "verifying",
    "resolved": "completed",
    "postmortem": "completed",
}


def _other_family(text: str, *, maintenance: bool) -> WrongValueError:
    message = (
        f"'{text}' is a status of incidents, but this file is a maintenance (it has scheduled:)"
        if maintenance
        else f"'{text}' is a status of maintenances, but this file is an incident (it has started:)"
    )
    return WrongValueError("status-of-other-kind", message, f"write {_COUNTERPART[text]}")
