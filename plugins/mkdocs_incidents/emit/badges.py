"""Badges with the state or the uptime of the page or of a component: as SVG, and as JSON for shields.io."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.outputs import PER_COMPONENT
from mkdocs_incidents.present.pages.observed import observed_days, uptime_label

from .artifact import JSON, PlannedFile, json_bytes
from .clean_html import printable
from .context import component_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.model import Component
    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

_SVG = "image/svg+xml"
_GREY = "#595959"
# White text has a contrast of at least 4.5 to 1 on each (WCAG 2.2, 1.4.3).
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
_MAX_TEXT = 60
"""Characters of a label or a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A label, and a message on a coloured background."""

    label: str
    message: str
    color: str


def planned_badges(_: SiteContext) -> Iterator[PlannedFile]:
    """The state of the page."""
    return _planned("badge", _page_badge)


def planned_component_badges(site: SiteContext, component: Component) -> Iterator[PlannedFile]:
    """The state and the uptime of a component that the status page shows."""
    if PER_COMPONENT in site.outputs.on and component.id in site.component_statuses:
        yield from _planned(component_path(component.id, "badge"), partial(_state_badge, component=component))
        yield from _planned(component_path(component.id, "uptime-badge"), partial(_uptime_badge, component=component))


def _planned(stem: str, make_badge: Callable[[SiteContext], Badge]) -> Iterator[PlannedFile]:
    yield PlannedFile(f"{stem}.svg", _SVG, partial(_write_svg, make_badge=make_badge))
    yield PlannedFile(f"{stem}.json", JSON, partial(_write_shields, make_badge=make_badge))


def _page_badge(site: SiteContext) -> Badge:
    state = site.page_status.state
    return Badge(label=site.site_name, message=site.formatter.page_state(state), color=_COLORS[state.status])


def _state_badge(site: SiteContext, *, component: Component) -> Badge:
    state = site.component_statuses[component.id]
    return Badge(label=site.component_name(component.id), message=site.formatter.status(state), color=_COLORS[state])


def _uptime_badge(site: SiteContext, *, component: Component) -> Badge:
    count = observed_days(site, component.id)
    name = site.component_name(component.id)
    label = site.formatter.plural("%(name)s, %(count)s day", "%(name)s, %(count)s days", count, name=name)
    return Badge(label=label, message=uptime_label(site, site.recent_uptime[component.id]), color=_GREY)


def _write_shields(context: EmitContext, *, make_badge: Callable[[SiteContext], Badge]) -> bytes:
    """The format of https://shields.io/badges/endpoint-badge."""
    badge = make_badge(context.site)
    return json_bytes({"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": badge.color})


def _write_svg(context: EmitContext, *, make_badge: Callable[[SiteContext], Badge]) -> bytes:
    badge = make_badge(context.site)
    label, message = _short(badge.label), _short(badge.message)
    left, right = _width(label) + 2 * _PADDING, _width(message) + 2 * _PADDING
    full_text = printable(f"{badge.label}: {badge.message}")
    size = {"width": str(left + right), "height": str(_HEIGHT)}
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "aria-label": full_text})
    ET.SubElement(svg, "title").text = full_text
    ET.SubElement(ET.SubElement(svg, "clipPath", {"id": "r"}), "rect", {**size, "rx": "3"})
    backgrounds = ET.SubElement(svg, "g", {"clip-path": "url(#r)"})
    ET.SubElement(backgrounds, "rect", {"width": str(left), "height": str(_HEIGHT), "fill": "#333"})
    right_background = {"x": str(left), "width": str(right), "height": str(_HEIGHT), "fill": badge.color}
    ET.SubElement(backgrounds, "rect", right_background)
    font = {"fill": "#fff", "font-family": "Verdana,Geneva,DejaVu Sans,sans-serif", "font-size": "11"}
    texts = ET.SubElement(svg, "g", {**font, "text-anchor": "middle", "aria-hidden": "true"})
    for text, middle, width in ((label, left / 2, left), (message, left + right / 2, right)):
        placed = {"x": f"{middle:g}", "y": "14", "textLength": str(width - 2 * _PADDING)}
        ET.SubElement(texts, "text", placed).text = text
    written: bytes = ET.tostring(svg, encoding="utf-8")
    return written + b"\n"


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"


def _width(text: str) -> int:
    """Approximate width in pixels in Verdana at 11 pixels; `textLength` fits other fonts to it."""
    return round(sum(4.2 if char in _NARROW else 10.5 if char in _WIDE or ord(char) > 0x2E80 else 6.9 for char in text))  # noqa: PLR2004  CJK
