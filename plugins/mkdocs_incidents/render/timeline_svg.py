"""The drawing of a timeline as SVG. It is no template: it has hundreds of values, and templates take ten times as long.

Its lengths are those of `present.drawings.timeline`, which need no escaping; its texts are escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.drawings.timeline import Drawing, DrawnRow

_MARKS = {
    "dot": '<circle class="mi-ring" cx="5" cy="5" r="4"/>',
    "key": '<circle class="mi-disc" cx="5" cy="5" r="5"/>',
    "say": '<rect class="mi-said" width="10" height="10"/>',
    "phase": '<path class="p0" d="M5 0V5"/><path class="p1" d="M5 5V10"/>',
    "break": '<line class="skip" x1="5" x2="5" y2="10"/>',
}
_HEADINGS = {"day": "t", "phase": "q"}
"""The class of a row without an instant of its own, by its mark."""


def timeline_drawing(drawing: Drawing) -> Markup:
    """The drawing, with its text alternative."""
    return Markup("\n".join(_lines(drawing)))  # noqa: S704  all texts are escaped


def timeline_mark(mark: str, size: int) -> Markup:
    """The mark of a fact, in the list or in the legend, so many pixels high."""
    shape = _MARKS.get(mark, "")
    svg = f'<svg width="{size}" height="{size}" viewBox="0 0 10 10" aria-hidden="true">{shape}</svg>'
    return Markup(svg)  # noqa: S704  constants


def _lines(drawing: Drawing) -> Iterator[str]:
    yield (
        f'<svg class="draw" width="100%" height="{drawing.height}" role="img" aria-labelledby="drawn drawn-in-words">'
    )
    title, description = escape(drawing.title), escape(drawing.description)
    yield f'<title id="drawn">{title}</title><desc id="drawn-in-words">{description}</desc>'
    yield f'<svg x="{drawing.left}" overflow="visible">'
    for y, clock in drawing.ticks:
        yield f'<text class="q" x="-.5em" y="{y}" dy=".35em" text-anchor="end">{escape(clock)}</text>'
        yield f'<line class="ax" x1="-.3em" x2="0" y1="{y}" y2="{y}"/>'
    breaks = "".join(f'<line class="skip" y1="{start}" y2="{end}"/>' for start, end in drawing.breaks)
    yield f'<line class="ax" y1="{drawing.top}" y2="{drawing.bottom}"/>{breaks}'
    for span in drawing.spans:
        yield f'<rect class="mi-{span.shape}" width="{span.width}" y="{span.y}" height="{span.height}"/>'
    for x, phases in (("1.35em", drawing.phases), ("3.25em", drawing.rails)):
        for phase in phases:
            yield f'<line class="{phase.shape}" x1="{x}" x2="{x}" y1="{phase.y}" y2="{phase.end}"/>'
    yield "".join(map(_row, drawing.rows)) + "</svg></svg>"


def _row(row: DrawnRow) -> str:
    """A fact with the leader line to its instant, or the heading of a day or phase."""
    y, label = row.y, escape(row.label)
    if heading := _HEADINGS.get(row.mark):
        return f'<text class="{heading}" x="4em" y="{y}" dy=".35em">{label}</text>'
    if row.mark == "say":
        shape = f'<rect class="say" x="2.9em" y="{y}" width=".7em" height=".7em" transform="translate(0,-5)"/>'
    else:
        shape = f'<circle class="{row.mark}" cx="3.25em" cy="{y}" r=".35em"/>'
    return (
        f'<line class="ln" x1="{row.x_true}" y1="{row.y_true}" x2="2.8em" y2="{y}"/>{shape}'
        f'<text x="4em" y="{y}" dy=".35em"><tspan class="t">{escape(row.clock)}</tspan> {label}</text>'
    )
