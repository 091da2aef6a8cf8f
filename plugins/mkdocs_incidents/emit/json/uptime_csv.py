"""`/uptime.csv`: every component in every month, for spreadsheets."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from mkdocs_incidents.status import Month, month_uptime, slo_breached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.emit.wire import Wire
    from mkdocs_incidents.present.edition import Edition

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


def uptime_csv(wire: Wire) -> bytes:
    """Oldest month first; months without data of a component are left out."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_HEAD, *_rows(wire.edition)])
    return text.getvalue().encode()


def _rows(edition: Edition) -> Iterator[tuple[object, ...]]:
    for month in edition.first_month.until(Month.of(edition.today)):
        for component_id in edition.component_statuses:
            component = edition.snapshot.catalog.components[component_id]
            fared = month_uptime(edition.snapshot, component_id, month, edition.weights)
            if fared.percent is None:
                continue
            missed = slo_breached(edition.snapshot, component_id, month, edition.weights)
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
