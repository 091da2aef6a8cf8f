"""The drawing of a preview image: what it says, how it fits, and what its fonts cannot write."""

from __future__ import annotations

import re
from pathlib import Path
from struct import unpack
from xml.etree import ElementTree as ET

import pytest

import mkdocs_incidents
from mkdocs_incidents.emit.previews.drawing import INK, MARK, QUIET, TEXT, WASH, preview_svg
from mkdocs_incidents.emit.previews.font import FACT, FONTS, LABEL, TITLE, Font
from mkdocs_incidents.emit.previews.png import drawn_png
from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.previews import Preview

STYLE = Path(mkdocs_incidents.__file__).parent / "templates/assets/incidents/incidents.css"
SVG = "{http://www.w3.org/2000/svg}"
WIDE = 1200 - 2 * 80
OUTAGE = Preview(title="Card payments failed", state="major_outage", label="Major outage", time="Monday 6 April 2026")


def texts(preview: Preview, site: str = "Example") -> list[ET.Element]:
    return list(ET.fromstring(preview_svg(preview, site)).iter(f"{SVG}text"))  # noqa: S314  our own


def words(preview: Preview, site: str = "Example") -> list[str]:
    return [element.text or "" for element in texts(preview, site)]


def titled(title: str) -> tuple[list[str], int]:
    """The lines of a title, and their size."""
    found = [element for element in texts(Preview(title=title)) if element.attrib["font-family"] == TITLE.family]
    return [element.text or "" for element in found], int(found[0].attrib["font-size"]) if found else 0


def test_it_has_state_title_time_and_the_name_of_the_site() -> None:
    assert words(OUTAGE) == ["Major outage", "Card payments failed", "Monday 6 April 2026", "Example"]
    assert INK["major_outage"] in preview_svg(OUTAGE, "Example")


def test_an_image_of_the_site_has_its_name_once_and_no_state() -> None:
    assert words(Preview(title="Example")) == ["Example"]
    assert "<path" not in preview_svg(Preview(title="Example"), "Example")


@pytest.mark.parametrize("state", [*ComponentStatus, "no_data"])
def test_its_colours_are_those_of_pages(state: str) -> None:
    style = STYLE.read_text("utf-8").partition("@media")[0]
    for colors, name in ((INK, "ink"), (MARK, "mark"), (WASH, "wash")):
        assert f"--{name}-{state}:{colors[state]};" in style
    assert f"--text:{TEXT};--quiet:{QUIET};" in style


@pytest.mark.parametrize("title", ["Down", "Nobody could sign in " * 3, "Pay " * 60, "Donaudampfschiff" * 12, "ǅ" * 3])
def test_a_title_is_as_large_as_it_fits_and_never_wider_than_the_image(title: str) -> None:
    lines, size = titled(title)
    assert all(TITLE.width(line, size) <= WIDE for line in lines)
    assert len(lines) <= {88: 2, 72: 3, 60: 4, 48: 5, 0: 0}[size]


def test_a_short_title_is_larger_than_a_long_one_and_only_what_has_no_room_is_cut() -> None:
    assert titled("Down") == (["Down"], 88)
    lines, size = titled("Nobody could sign in to the new website for some hours of the morning")
    assert size < 88
    assert " ".join(lines) == "Nobody could sign in to the new website for some hours of the morning"
    lines, size = titled("Pay " * 60)
    assert size == 48
    assert lines[-1].endswith("Pay…")
    assert not any("…" in line for line in lines[:-1])


def test_an_emoji_is_left_out_of_the_title() -> None:
    shown = words(Preview(title="🔥 Down ⚠️", state="major_outage", label="Major outage", time="6 April"))
    assert "Down" in shown


@pytest.mark.parametrize("title", ["カード決済ができません", "تعطل الدفع بالبطاقة", "결제 오류", "A ≥ B", "שלום"])
def test_a_title_that_the_fonts_cannot_write_is_left_out(title: str) -> None:
    assert words(Preview(title=title, state="major_outage", label="Major outage", time="6 April")) == [
        "Major outage",
        "6 April",
        "Example",
    ]


@pytest.mark.parametrize(
    "title", ["Überweisungen verspätet", "Платежи не проходят", "δεν λειτουργεί", "Lỗi thanh toán"]
)
def test_other_alphabets_are_written(title: str) -> None:
    assert " ".join(titled(title)[0]) == title


def test_a_letter_with_its_accent_apart_is_written_as_one() -> None:
    assert titled("U\u0308ber")[0] == ["Über"]


def test_markup_in_a_title_is_text() -> None:
    assert titled("<b>&\"'")[0] == ["<b>&\"'"]


@pytest.mark.parametrize("font", [TITLE, LABEL, FACT])
def test_widths_are_those_of_the_font(font: Font) -> None:
    assert font.width("iii", 10) < font.width("mmm", 10)
    assert font.width("ab", 20) == pytest.approx(2 * (font.width("a", 10) + font.width("b", 10)))
    assert 0 < font.width("a", 1) < 1
    assert font.writes("Ünïcode ñ Ω Я ₦ … –")
    assert not font.writes("字")


def test_the_license_of_the_fonts_is_with_them() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")
    assert {font.file for font in (TITLE, LABEL, FACT)} == {path.name for path in FONTS.glob("*.ttf")}


def test_an_image_is_a_png_of_the_size_that_networks_show_uncut() -> None:
    drawn = drawn_png(preview_svg(OUTAGE, "Example"))
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert unpack(">II", drawn[16:24]) == (1200, 630)
    assert drawn == drawn_png(preview_svg(OUTAGE, "Example"))
    assert drawn != drawn_png(re.sub("<text.*?</text>", "", preview_svg(OUTAGE, "Example"))), "fonts draw something"
