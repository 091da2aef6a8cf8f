"""Rendered HTML for other programs."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_incidents.emit.clean_html import Cleaner, plain_text, printable


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("\ufeffpaid\xa0twice\r\n")
@example(" \n plain text, 3 > 2 & 'quoted' \x85 ")
def test_plain_text_is_what_the_sanitizer_makes_of_it(text: str) -> None:
    assert Cleaner().clean(text, "https://status.example.com/") == printable(nh3.clean(text)).strip()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>Sign out.</li><li>Sign in.</li></ol>", "1. Sign out.\n2. Sign in."),
        ('<ol start="4"><li>Sign out.</li><li>Sign in.</li></ol>', "4. Sign out.\n5. Sign in."),
        ('<ol start="x"><li>Sign out.</li></ol>', "1. Sign out."),
        ("<ul><li>Payments</li><li>Refunds</li></ul>", "- Payments\n- Refunds"),
        ("<ol><li><p>Wait:</p><ul><li>a</li></ul></li><li>Go.</li></ol>", "1. Wait:\n\n- a\n\n2. Go."),
        ("<li>Alone</li>", "- Alone"),
        ("<p>Run</p><pre><code>rm x\nsudo reboot\n</code></pre><p>a\nb</p>", "Run\n\nrm x\nsudo reboot\n\na b"),
    ],
)
def test_plain_text_numbers_the_items_of_ordered_lists(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize("alternate", [True, False])
def test_the_label_of_a_tab_stands_above_its_content(alternate: bool) -> None:
    typed = '=== "EU"\n\n    Late.\n\n    === "DE"\n\n        Later.\n\n=== "US"\n\n    On time.\n'
    options = {"pymdownx.tabbed": {"alternate_style": alternate}}
    html = markdown(typed, extensions=["pymdownx.tabbed"], extension_configs=options)
    text = plain_text(Cleaner().clean(html, "https://status.example.com/"))
    assert text.split() == ["EU", "Late.", "DE", "Later.", "US", "On", "time."]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("\n\t two  words\n\nthree ")
def test_a_paragraph_is_what_the_sanitizer_and_the_reader_of_html_make_of_it(text: str) -> None:
    html = f"<p>{text}</p>"
    assert Cleaner().clean(html, "https://status.example.com/") == printable(nh3.clean(html)).strip()
    assert plain_text(html) == plain_text(f"<!-- read as HTML -->{html}")


def test_links_from_lines_of_code_to_themselves_are_on_pages_only() -> None:
    html = '<pre><code><a id="__codelineno-0-1" name="__codelineno-0-1" href="#__codelineno-0-1"></a>rm x</code></pre>'
    assert Cleaner().clean(html, "https://status.example.com/") == "<pre><code>rm x</code></pre>"
