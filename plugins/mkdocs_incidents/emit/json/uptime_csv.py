"""`/uptime.csv`: every component in every month, for spreadsheets."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Month, month_uptime, slo_breached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

_HEAD = (
    "month",
    "component",
    "name",
    "uptime_percent",
    "downtime_seconds",
    "observed_seconds",
    "slo_percent",
    "missed",
)


def uptime_csv(context: EmitContext) -> bytes:
    """Oldest month first; months without data of a component are left out."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_HEAD, *_rows(context.site)])
    return text.getvalue().encode()


def _rows(site: SiteContext) -> Iterator[tuple[object, ...]]:
    for month in site.first_month.until(Month.of(site.today)):
        for component_id in site.component_statuses:
            component = site.snapshot.catalog.components[component_id]
            fared = month_uptime(site.snapshot, component_id, month, site.weights)
            if fared.percent is None:
                continue
            missed = slo_breached(site.snapshot, component_id, month, site.weights)
            yield (
                month,
                component_id,
                _cell(component.name),
                fared.percent,
                round(float(fared.counted)),
                round(fared.observed.total_seconds()),
                "" if component.slo is None else component.slo,
                "" if missed is None else str(missed).lower(),
            )


def _cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
