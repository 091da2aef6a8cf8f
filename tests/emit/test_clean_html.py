"""Rendered HTML for other programs."""

from __future__ import annotations

import nh3
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_incidents.emit.clean_html import Cleaner, printable


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("\ufeffpaid\xa0twice\r\n")
@example(" \n plain text, 3 > 2 & 'quoted' \x85 ")
def test_plain_text_is_what_the_sanitizer_makes_of_it(text: str) -> None:
    assert Cleaner().clean(text, "https://status.example.com/") == printable(nh3.clean(text)).strip()
