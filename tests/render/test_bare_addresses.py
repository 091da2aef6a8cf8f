"""Addresses in texts are links; addresses in code, in links and in attributes stay as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.render.bare_addresses import link_bare_addresses

LINK = '<a href="{0}">{1}</a>'
_LINK_TAG = re.compile(r"</?a\b[^>]*>")
WORDS = ("https://b.example/c", " ", "x@y.example", "www.d.example", "&amp;", "&lt;", ".", ")", "(", "words")
WELL_FORMED = st.sampled_from((*WORDS, "<a href='https://a.example'>https://a.example</a>", "<b>www.f.example</b>"))
ELEMENTS = ("<p>", "</p>", "<code>", "</code>", "<img alt='https://e.example'>", "<!-- www.g.example -->", "<a b>")
PARTS = st.sampled_from((*WORDS, *ELEMENTS))


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("Call: {} or wait.", "https://help.example/phone", "https://help.example/phone"),
        ("({}).", "https://help.example/a_(b)", "https://help.example/a_(b)"),
        ("See {}, then wait!", "https://help.example/?a=1&amp;b=2", "https://help.example/?a=1&amp;b=2"),
        ("&lt;{}&gt;", "https://help.example", "https://help.example"),
        ("<em>{}</em>", "https://www.help.example", "www.help.example"),
        ("“{}”", "https://help.example/x", "https://help.example/x"),
        ('"{}"', "https://help.example/x", "https://help.example/x"),
        ("《{}》、ご覧", "https://help.example/x", "https://help.example/x"),
        ("{}: see there", "https://help.example/x", "https://help.example/x"),
        ("Mail:{}", "mailto:help@bank.example", "help@bank.example"),
        ("Write to {}.", "mailto:help@bank.example", "help@bank.example"),
        ("Auf {}", "https://störung.example/für", "https://störung.example/für"),
    ],
)
def test_an_address_in_a_text_is_a_link_without_the_punctuation_behind_it(text: str, address: str, shown: str) -> None:
    html = f"<p>{text.format(shown)}</p>"
    assert link_bare_addresses(html) == f"<p>{text.format(LINK.format(address, shown))}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://help.example">https://help.example</a>',
        "<code>https://help.example/v1</code>",
        "<pre><span>curl</span> https://help.example/v1</pre>",
        '<img src="https://help.example/a.png" alt="https://help.example">',
        "See errors.md, help.example, @support and a@b.",
        "<!-- https://help.example -->",
        "ftp://help.example/",
    ],
)
def test_other_html_stays_as_it_is(html: str) -> None:
    assert link_bare_addresses(html) == html


@given(st.lists(PARTS, max_size=12).map("".join))
def test_the_text_stays_the_same(html: str) -> None:
    assert _LINK_TAG.sub("", link_bare_addresses(html)) == _LINK_TAG.sub("", html)


@given(st.lists(WELL_FORMED, max_size=12).map("".join))
def test_no_link_is_in_another(html: str) -> None:
    tags = re.findall(r"<(/?)a\b", link_bare_addresses(html))
    assert tags == ["", "/"] * (len(tags) // 2)


def test_two_addresses_between_marks_without_blanks_are_two_links() -> None:
    html = link_bare_addresses("<p>https://a.example/x、または（https://b.example/y）をご覧</p>")
    assert re.findall(r'href="([^"]+)"', html) == ["https://a.example/x", "https://b.example/y"]
