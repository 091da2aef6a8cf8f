"""Rendered HTML for other programs."""

from __future__ import annotations

import nh3
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_incidents.emit.clean_html import Cleaner, plain_text, printable


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("\ufeffpaid\xa0twice\r\n")
@example(" \n plain text, 3 > 2 & 'quoted' \x85 ")
def test_plain_text_is_what_the_sanitizer_makes_of_it(text: str) -> None:
    assert Cleaner().clean(text, "https://status.example.com/") == printable(nh3.clean(text)).strip()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("\n\t two  words\n\nthree ")
def test_a_paragraph_is_what_the_sanitizer_and_the_reader_of_html_make_of_it(text: str) -> None:
    html = f"<p>{text}</p>"
    assert Cleaner().clean(html, "https://status.example.com/") == printable(nh3.clean(html)).strip()
    assert plain_text(html) == plain_text(f"<!-- read as HTML -->{html}")
