"""Badges: the state, or the uptime, of everything or of one component, as SVG and as shields.io reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.context import BAR_DAYS
from mkdocs_incidents.present.outputs import PER_COMPONENT

from .artifact import JSON, Planned, json_bytes
from .clean_html import printable
from .context import component_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.model import Component
    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

_SVG = "image/svg+xml"
_GREY = "#595959"
# White on each of them has a contrast of at least 4.5 to 1.
_COLORS = {
    ComponentStatus.OPERATIONAL: "#1b7a46",
    ComponentStatus.UNDER_MAINTENANCE: "#2767a8",
    ComponentStatus.DEGRADED_PERFORMANCE: "#8a6100",
    ComponentStatus.PARTIAL_OUTAGE: "#b04a00",
    ComponentStatus.MAJOR_OUTAGE: "#b3261e",
}
_HEIGHT = 20
_PADDING = 7
_NARROW, _WIDE = set("fijlrtI.,:;'|!()[] "), set("mwMW%@")
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Two words on a coloured plate."""

    label: str
    message: str
    color: str


def planned_badges(site: SiteContext) -> Iterator[Planned]:
    """State and uptime of each component, and the state of the whole."""
    yield from _planned("badge", _page_badge)
    if PER_COMPONENT not in site.outputs.on:
        return
    for component_id in site.component_statuses:
        component = site.snapshot.catalog.components[component_id]
        yield from _planned(component_path(component.id, "badge"), partial(_state_badge, component=component))
        yield from _planned(component_path(component.id, "uptime-badge"), partial(_uptime_badge, component=component))


def _planned(stem: str, badge: Callable[[SiteContext], Badge]) -> Iterator[Planned]:
    yield Planned(f"{stem}.svg", _SVG, partial(_write_svg, badge=badge))
    yield Planned(f"{stem}.json", JSON, partial(_write_shields, badge=badge))


def _page_badge(site: SiteContext) -> Badge:
    state = site.page_status.status
    return Badge(label=site.site_name, message=site.formatter.status(state), color=_COLORS[state])


def _state_badge(site: SiteContext, *, component: Component) -> Badge:
    state = site.component_statuses[component.id]
    return Badge(label=component.name, message=site.formatter.status(state), color=_COLORS[state])


def _uptime_badge(site: SiteContext, *, component: Component) -> Badge:
    percent = site.recent_uptime[component.id].percent
    label = site.formatter.text("%(name)s, %(count)s days", name=component.name, count=site.formatter.number(BAR_DAYS))
    if percent is None:
        return Badge(label=label, message=site.formatter.text("no data"), color=_GREY)
    return Badge(label=label, message=site.formatter.percent(percent), color=_GREY)


def _write_shields(context: EmitContext, *, badge: Callable[[SiteContext], Badge]) -> bytes:
    """What https://shields.io/badges/endpoint-badge asks for."""
    drawn = badge(context.site)
    return json_bytes({"schemaVersion": 1, "label": drawn.label, "message": drawn.message, "color": drawn.color})


def _write_svg(context: EmitContext, *, badge: Callable[[SiteContext], Badge]) -> bytes:
    drawn = badge(context.site)
    label, message = _short(drawn.label), _short(drawn.message)
    left, right = _width(label) + 2 * _PADDING, _width(message) + 2 * _PADDING
    told = printable(f"{drawn.label}: {drawn.message}")
    size = {"width": str(left + right), "height": str(_HEIGHT)}
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "aria-label": told})
    ET.SubElement(svg, "title").text = told
    ET.SubElement(ET.SubElement(svg, "clipPath", {"id": "r"}), "rect", {**size, "rx": "3"})
    plates = ET.SubElement(svg, "g", {"clip-path": "url(#r)"})
    ET.SubElement(plates, "rect", {"width": str(left), "height": str(_HEIGHT), "fill": "#333"})
    right_plate = {"x": str(left), "width": str(right), "height": str(_HEIGHT), "fill": drawn.color}
    ET.SubElement(plates, "rect", right_plate)
    font = {"fill": "#fff", "font-family": "Verdana,Geneva,DejaVu Sans,sans-serif", "font-size": "11"}
    texts = ET.SubElement(svg, "g", {**font, "text-anchor": "middle", "aria-hidden": "true"})
    for text, middle, width in ((label, left / 2, left), (message, left + right / 2, right)):
        placed = {"x": f"{middle:g}", "y": "14", "textLength": str(width - 2 * _PADDING)}
        ET.SubElement(texts, "text", placed).text = text
    written: bytes = ET.tostring(svg, encoding="utf-8")
    return written + b"\n"


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _width(text: str) -> int:
    """About as wide as Verdana sets it at 11 pixels; `textLength` makes every font fit."""
    return round(sum(4.2 if char in _NARROW else 10.5 if char in _WIDE or ord(char) > 0x2E80 else 6.9 for char in text))  # noqa: PLR2004  CJK
