"""The eight endpoints of the Statuspage API v2, so that its clients work unchanged.

Announcements have no counterpart there: as open incidents they would raise alarms, so they are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from mkdocs_incidents.model import Incident
from mkdocs_incidents.status import coming_maintenances, open_incidents, running_maintenances

from ..artifact import JSON, PlannedFile, json_bytes
from .ids import ApiIds
from .objects import StatuspageSerializer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

_NEWEST = 50
_MAINTENANCES = "scheduled_maintenances"

DocumentBuilder: TypeAlias = Callable[[StatuspageSerializer], dict[str, Any]]
"""Makes some keys of a document."""


def planned_api(site: SiteContext) -> Iterator[PlannedFile]:
    """Every endpoint, each a file."""
    ids = ApiIds(site.snapshot.history)
    for name, parts in ENDPOINTS.items():
        yield PlannedFile(f"api/v2/{name}.json", JSON, partial(_write, parts=parts, ids=ids))


def _write(context: EmitContext, *, parts: tuple[DocumentBuilder, ...], ids: ApiIds) -> bytes:
    statuspage = StatuspageSerializer(context, ids)
    document = {"page": statuspage.page}
    for part in parts:
        document |= part(statuspage)
    return json_bytes(document)


def _status(statuspage: StatuspageSerializer) -> dict[str, Any]:
    status = statuspage.context.site.page_status
    return {"status": {"indicator": status.indicator, "description": status.description}}


def _components(statuspage: StatuspageSerializer) -> dict[str, Any]:
    return {"components": statuspage.rows}


def _unresolved(statuspage: StatuspageSerializer) -> dict[str, Any]:
    site = statuspage.context.site
    newest_first = sorted(
        open_incidents(site.snapshot.history, site.now), key=lambda i: (i.begins_at, i.id), reverse=True
    )
    return {"incidents": [statuspage.incident(incident) for incident in newest_first]}


def _incidents(statuspage: StatuspageSerializer) -> dict[str, Any]:
    incidents = (notice for notice in statuspage.context.notices if isinstance(notice, Incident))
    return {"incidents": [statuspage.incident(incident) for incident in islice(incidents, _NEWEST)]}


def _upcoming(statuspage: StatuspageSerializer) -> dict[str, Any]:
    coming = coming_maintenances(statuspage.context.site.snapshot.history, statuspage.context.site.now)
    return {_MAINTENANCES: [statuspage.maintenance(maintenance) for maintenance in reversed(coming)]}


def _active(statuspage: StatuspageSerializer) -> dict[str, Any]:
    running = running_maintenances(statuspage.context.site.snapshot.history, statuspage.context.site.now)
    return {_MAINTENANCES: [statuspage.maintenance(maintenance) for maintenance in reversed(running)]}


def _not_over(statuspage: StatuspageSerializer) -> dict[str, Any]:
    return {_MAINTENANCES: _upcoming(statuspage)[_MAINTENANCES] + _active(statuspage)[_MAINTENANCES]}


def _maintenances(statuspage: StatuspageSerializer) -> dict[str, Any]:
    newest = statuspage.context.site.snapshot.history.maintenances[: -_NEWEST - 1 : -1]
    return {_MAINTENANCES: [statuspage.maintenance(maintenance) for maintenance in newest]}


ENDPOINTS: dict[str, tuple[DocumentBuilder, ...]] = {
    "summary": (_status, _components, _unresolved, _not_over),
    "status": (_status,),
    "components": (_components,),
    "incidents": (_incidents,),
    "incidents/unresolved": (_unresolved,),
    "scheduled-maintenances": (_maintenances,),
    "scheduled-maintenances/upcoming": (_upcoming,),
    "scheduled-maintenances/active": (_active,),
}
"""The parts of each endpoint besides `page`; lists are newest first."""
