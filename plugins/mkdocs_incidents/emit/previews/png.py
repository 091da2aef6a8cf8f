"""A drawing as PNG, drawn by resvg with the fonts of this package."""

from __future__ import annotations

from mkdocs_incidents.present.previews import HEIGHT, WIDTH

from .font import FACT, LABEL, TITLE


def drawn_png(svg: str) -> bytes:
    """The image as PNG. With the fonts of the machine it would be another one elsewhere, so they are not used."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415  only a build that draws loads it

    fonts = [str(font.path) for font in (TITLE, LABEL, FACT)]
    return svg_to_bytes(svg_string=svg, width=WIDTH, height=HEIGHT, skip_system_fonts=True, font_files=fonts)
