"""Uptime as data: `/uptime.json`, the recent days of every component, and `/uptime.csv`, every month."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired

from pydantic import Field

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.context import BAR_DAYS
from mkdocs_incidents.status import Month, month_uptime, slo_breached

from ..artifact import iso
from .definitions import Date, Instant, JsonDocument, JsonObject, Percent, Ratio, Seconds, schema_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import ComponentDay

    from ..context import EmitContext


_CSV_HEADER = (
    "month",
    "component",
    "name",
    "uptime_percent",
    "downtime_seconds",
    "observed_seconds",
    "slo_percent",
    "missed",
)


class DayObject(JsonObject):
    """One day of a component; `seconds` and `incidents` are there if anything went wrong on it."""

    date: Date
    state: Annotated[ComponentStatus | Literal["no_data"], Field(description="The worst of the day")]
    seconds: NotRequired[Annotated[dict[str, Seconds], Field(description="Time in each state")]]
    incidents: NotRequired[Annotated[list[str], Field(description="Ids of the notices that brought it about")]]


class ComponentUptimeObject(JsonObject):
    """Uptime of one component."""

    id: str
    name: str
    group: Annotated[str | None, Field(description="Name of its group; null without one")]
    state: Annotated[ComponentStatus, Field(description="Now")]
    uptime_percent: Annotated[Percent | None, Field(description="Over the observed time; null below a day")]
    observed_seconds: Annotated[Seconds, Field(description="How much of all days there are data for")]
    downtime_seconds: Annotated[Seconds, Field(description="By the weights of the states")]
    days: Annotated[list[DayObject], Field(description="Oldest first; the last is today")]


class UptimeDocument(JsonDocument):
    """Uptime of the components of a status site."""

    as_of: Instant
    timezone: Annotated[str, Field(description="Name in the IANA time zone database of the zone in which days begin")]
    days: Annotated[int, Field(description="How many days there are of each component")]
    weights: Annotated[dict[str, Ratio], Field(description="How much of a second in each state counts as downtime")]
    components: Annotated[
        list[ComponentUptimeObject],
        Field(description="Those that the status page shows, in its order"),
    ]


def uptime_document(context: EmitContext) -> UptimeDocument:
    """The days and the uptime of every component that the status page shows, until now."""
    site = context.site
    return {
        "$schema": schema_address(site, "uptime"),
        "as_of": iso(site.now),
        "timezone": site.zone.key,
        "days": BAR_DAYS,
        "weights": {state: float(weight) for state, weight in site.weights.items()},
        "components": [_component(site, component_id) for component_id in site.component_statuses],
    }


def _component(site: SiteContext, component_id: str) -> ComponentUptimeObject:
    uptime = site.recent_uptime[component_id]
    return {
        "id": component_id,
        "name": site.snapshot.catalog.components[component_id].name,
        "group": site.snapshot.catalog.group_names[component_id],
        "state": site.component_statuses[component_id],
        "uptime_percent": None if uptime.percent is None else float(uptime.percent),
        "observed_seconds": uptime.observed.total_seconds(),
        "downtime_seconds": float(uptime.counted),
        "days": [_day(day) for day in site.recent_days[component_id]],
    }


def _day(day: ComponentDay) -> DayObject:
    document: DayObject = {"date": day.date.isoformat(), "state": day.status or "no_data"}
    if day.time_in:
        document["seconds"] = {state: time.total_seconds() for state, time in day.time_in.items()}
        document["incidents"] = list(day.notices)
    return document


def uptime_csv(context: EmitContext) -> bytes:
    """One row for each month and component, oldest month first; without the months with less than a day of data."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_CSV_HEADER, *_csv_rows(context.site)])
    return text.getvalue().encode()


def _csv_rows(site: SiteContext) -> Iterator[tuple[object, ...]]:
    for month in site.first_month.until(Month.of(site.today)):
        for component_id in site.component_statuses:
            component = site.snapshot.catalog.components[component_id]
            measured = month_uptime(site.snapshot, component_id, month, site.weights)
            percent = measured.percent
            if percent is None:
                continue
            missed = slo_breached(site.snapshot, component_id, month, site.weights)
            yield (
                month,
                component_id,
                _without_formula(site.component_name(component_id)),
                percent,
                round(float(measured.counted)),
                round(measured.observed.total_seconds()),
                "" if component.slo is None else component.slo,
                "" if missed is None else str(missed).lower(),
            )


def _without_formula(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would evaluate as a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
