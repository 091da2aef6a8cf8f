"""The drawing of a preview image as SVG: state, title and time, as large as they fit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import mkdocs_incidents
from mkdocs_incidents.present.previews import HEIGHT, WIDTH

from ..clean_html import printable
from .font import FACT, LABEL, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.previews import Preview

    from .font import Font

INK = {
    "operational": "#1c6b4a", "degraded_performance": "#7a5200", "partial_outage": "#a03f00",
    "major_outage": "#a8121f", "under_maintenance": "#2a4f9e", "no_data": "#5c6370",
}  # fmt: skip
MARK = {
    "operational": "#58977c", "degraded_performance": "#b87d08", "partial_outage": "#cf5a12",
    "major_outage": "#b9152a", "under_maintenance": "#4468bd", "no_data": "#868c98",
}  # fmt: skip
WASH = {
    "operational": "#eef6f1", "degraded_performance": "#fbf3e0", "partial_outage": "#fdefe4",
    "major_outage": "#fcebeb", "under_maintenance": "#edf1fb", "no_data": "#f4f5f7",
}  # fmt: skip
"""The colours of the banner in incidents.css, on a light background."""
TEXT, QUIET = "#1b1e25", "#565c68"
_ICONS = Path(mkdocs_incidents.__file__).parent / "templates/assets/incidents"
_MARGIN, _BAND = 80, 20
_SPACE = WIDTH - 2 * _MARGIN
_SIZES = ((88, 2), (72, 3), (60, 4), (48, 5))
"""Sizes of a title, each with the number of lines for which there is room."""
_LEADING = 1.16
_LABEL_SIZE, _FACT_SIZE = 40, 34
_LABEL_BASE, _SITE_BASE = 132, 570
_BIG_ICON = 200
"""The size of the icon where it stands alone, because the fonts cannot write the title."""


def preview_svg(preview: Preview, site_name: str) -> str:
    """An SVG document of 1200 × 630 pixels. What the fonts cannot write is left out, never drawn as boxes."""
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"})
    ET.SubElement(svg, "rect", {"width": f"{WIDTH}", "height": f"{HEIGHT}", "fill": WASH[preview.state]})
    ET.SubElement(svg, "rect", {"width": f"{WIDTH}", "height": f"{_BAND}", "fill": MARK[preview.state]})
    size, lines = _title_lines(_writable(preview.title, TITLE))
    base = _LABEL_BASE + 0.35 * size
    if preview.label:
        _add_state(svg, preview, big=not lines)
    for line in lines:
        base += size * _LEADING
        _add_text(svg, line, TITLE, size, TEXT, y=base)
    _add_text(svg, preview.time, FACT, _FACT_SIZE, QUIET, y=base + 78 if lines else _SITE_BASE - 70)
    if site_name != preview.title:
        _add_text(svg, site_name, LABEL, _FACT_SIZE, TEXT, y=_SITE_BASE)
    return ET.tostring(svg, encoding="unicode")


def _add_state(svg: ET.Element, preview: Preview, *, big: bool) -> None:
    side = _BIG_ICON if big else 44
    place = {"x": f"{_MARGIN}", "y": f"{_LABEL_BASE - 36}", "width": f"{side}", "height": f"{side}"}
    icon = ET.SubElement(svg, "svg", {**place, "viewBox": "0 0 16 16", "fill": INK[preview.state]})
    ET.SubElement(icon, "path", {"fill-rule": "evenodd", "d": _icon(preview.state)})
    x = _MARGIN + side + 20
    _add_text(svg, preview.label, LABEL, _LABEL_SIZE, INK[preview.state], x=x, y=_LABEL_BASE + (80 if big else 0))


def _add_text(  # noqa: PLR0913  what a text has
    svg: ET.Element, text: str, font: Font, size: int, color: str, *, y: float, x: int = _MARGIN
) -> None:
    """Add one line, cut where it is too long; nothing where the font lacks a character."""
    if text := _writable(text, font):
        look = {"font-family": font.family, "font-weight": f"{font.weight}", "font-size": f"{size}", "fill": color}
        line = _cut(text, font, size, WIDTH - _MARGIN - x)
        ET.SubElement(svg, "text", {"x": f"{x}", "y": f"{y:g}", **look}).text = line


def _writable(text: str, font: Font) -> str:
    """The text with each run of spaces as one, and without emoji; empty where the font lacks another character."""
    shown = "".join(letter for letter in printable(text) if font.writes(letter) or not _is_of_emoji(letter))
    shown = unicodedata.normalize("NFC", " ".join(shown.split()))
    return shown if font.writes(shown) else ""


def _is_of_emoji(letter: str) -> bool:
    """Whether it is a pictograph, or chooses or joins such (UTS 51, 1.4)."""
    return unicodedata.category(letter) in {"So", "Sk"} or letter in "\u200d\ufe0e\ufe0f"


def _title_lines(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title fits, with its lines; at the smallest size it is cut."""
    for size, most in _SIZES:
        lines = list(_lines(title, size))
        if len(lines) <= most and all(TITLE.width(line, size) <= _SPACE for line in lines):
            return size, lines
    size, most = _SIZES[-1]
    lines = list(_lines(title, size))
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return size, [_cut(line, TITLE, size, _SPACE) for line in kept if line]


def _lines(text: str, size: int) -> Iterator[str]:
    """The text in lines that are as long as they can be; a word that is too long has a line of its own."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if line and TITLE.width(longer, size) > _SPACE:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _cut(text: str, font: Font, size: int, space: float) -> str:
    if font.width(text, size) <= space:
        return text
    while text and font.width(f"{text}…", size) > space:
        text = text[:-1].rstrip()
    return f"{text}…"


@lru_cache
def _icon(state: str) -> str:
    """The path of the icon of a state, in a square of 16 units."""
    (path,) = ET.parse(_ICONS / f"{state}.svg").getroot()  # noqa: S314  our own file
    return path.attrib["d"]
