"""Which characters a font has, and how wide each is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")


@dataclass(frozen=True)
class Font:
    """A TrueType font of the folder `fonts`, which are subsets with characters of the Basic Multilingual Plane only."""

    file: str
    family: str
    weight: int

    @property
    def path(self) -> Path:
        return FONTS / self.file

    def writes(self, text: str) -> bool:
        """Whether it has every character of a text: others would be drawn as boxes."""
        return all(ord(character) in self._advances for character in text)

    def width(self, text: str, size: float) -> float:
        """The width of a text that it can write, without kerning, which makes most texts a little narrower."""
        return sum(self._advances[ord(character)] for character in text) * size

    @cached_property
    def _advances(self) -> dict[int, float]:
        """The advance width of each character by its code point, in parts of the size of the font."""
        from fontTools.ttLib import TTFont  # noqa: PLC0415  only a build that draws loads it

        with TTFont(self.path, lazy=True) as font:
            units, metrics = font["head"].unitsPerEm, font["hmtx"]
            return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


TITLE = Font("NotoSerif-Bold.ttf", "Noto Serif", 700)
LABEL = Font("NotoSans-Bold.ttf", "Noto Sans", 700)
FACT = Font("NotoSans-Regular.ttf", "Noto Sans", 400)
