"""The class of a mark by the state it stands for. Its size depends on the drawing and is defined there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_DATA = "no_data"
"""The state of a component or a day of which nothing is known."""
MARK_CLASSES: Mapping[str, str] = {
    NO_DATA: "nd",
    ComponentStatus.OPERATIONAL: "op",
    ComponentStatus.UNDER_MAINTENANCE: "mt",
    ComponentStatus.DEGRADED_PERFORMANCE: "dg",
    ComponentStatus.PARTIAL_OUTAGE: "pt",
    ComponentStatus.MAJOR_OUTAGE: "mj",
}
"""By component status or `NO_DATA`. The stylesheet has a rule `.mi-<class>` for each."""
