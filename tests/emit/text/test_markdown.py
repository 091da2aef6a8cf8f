"""Markdown without HTML: angle brackets are text, code and links stay as they are."""

from __future__ import annotations

import pytest

from mkdocs_incidents.emit.text.markdown import escaped, without_html


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Set <timeout> to 30", r"Set \<timeout> to 30"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("a <!-- b --> c <?php", r"a \<!-- b --> c \<?php"),
        ("`<a>` and <b> and ``<c> ` <d>``", r"`<a>` and \<b> and ``<c> ` <d>``"),
        ("a ` b <c>\n\nd ` e <f>", "a ` b \\<c>\n\nd ` e \\<f>"),
    ],
)
def test_an_angle_bracket_begins_no_element(typed: str, expected: str) -> None:
    assert without_html(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "a < b, <3, x<1",
        "See <https://example.org/?a=b> or <mail@example.org>",
        "```\n<timeout>30</timeout>\n```",
        "~~~ xml\n<timeout>\n~~~",
        "`<timeout>`",
        "*all* of [it](https://example.org/)",
    ],
)
def test_code_and_addresses_are_left_alone(typed: str) -> None:
    assert without_html(typed) == typed


def test_plain_text_stays_plain_text() -> None:
    assert escaped("*a* [b] <c> R&D &amp; &#60;") == r"\*a\* \[b\] \<c\> R&D \&amp; \&#60;"


def test_many_backticks_take_no_time() -> None:
    assert without_html("`" * 100_000 + "<b>").endswith(r"\<b>")
