"""Which characters a font has, and how wide each is, from its tables (OpenType 1.9: `cmap` format 4, `hmtx`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from struct import unpack_from

FONTS = Path(__file__).with_name("fonts")
_UNICODE_BMP = (3, 1)
_HEADER, _TABLE, _ENCODING = 12, 16, 8
"""Sizes in bytes of the header of a file, of an entry in its list of tables, and of one in the list of encodings."""


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
        content = self.path.read_bytes()
        (count,) = unpack_from(">H", content, 4)
        entries = (unpack_from(">4sLLL", content, _HEADER + _TABLE * number) for number in range(count))
        tables = {tag: offset for tag, _, offset, _ in entries}
        (units,) = unpack_from(">H", content, tables[b"head"] + 18)
        (measured,) = unpack_from(">H", content, tables[b"hhea"] + 34)
        advances = unpack_from(f">{'Hxx' * measured}", content, tables[b"hmtx"])
        glyphs = _glyphs(content, tables[b"cmap"])
        return {code: advances[min(glyph, measured - 1)] / units for code, glyph in glyphs.items()}


def _glyphs(content: bytes, cmap: int) -> dict[int, int]:
    """The number of the glyph of each character."""
    (count,) = unpack_from(">H", content, cmap + 2)
    encodings = (unpack_from(">HHL", content, cmap + 4 + _ENCODING * number) for number in range(count))
    start = cmap + next(offset for platform, encoding, offset in encodings if (platform, encoding) == _UNICODE_BMP)
    (doubled,) = unpack_from(">H", content, start + 6)
    array = f">{doubled // 2}H"
    last = unpack_from(array, content, start + 14)
    first, delta, away = (unpack_from(array, content, start + 16 + part * doubled) for part in (1, 2, 3))
    found = {}
    for segment, begin in enumerate(first):
        place = start + 16 + 3 * doubled + 2 * segment + away[segment]
        for code in range(begin, min(last[segment], 0xFFFE) + 1):
            glyph = unpack_from(">H", content, place + 2 * (code - begin))[0] if away[segment] else code
            if not away[segment] or glyph:
                found[code] = (glyph + delta[segment]) & 0xFFFF
    return found


TITLE = Font("NotoSerif-Bold.ttf", "Noto Serif", 700)
LABEL = Font("NotoSans-Bold.ttf", "Noto Sans", 700)
FACT = Font("NotoSans-Regular.ttf", "Noto Sans", 400)
