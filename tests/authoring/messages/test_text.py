"""Blanks in messages, and the lines of their paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.messages.text import blanks_in, unfilled, unwrapped, wrapped


@pytest.mark.parametrize(
    ("message", "blanks"),
    [
        ("Cards [what users see] for [who].", ["[what users see]", "[who]"]),
        ("[everyone] is affected", ["[everyone]"]),
        ("[What users\nsee: x]", ["[What users see: x]"]),
        ("[who], and [who]", ["[who]"]),
        ("([who])", ["[who]"]),
        ("- [who]", ["[who]"]),
        ("**[who]**", ["[who]"]),
        ("[who] (about 200)", ["[who]"]),
    ],
)
def test_text_in_brackets_is_a_blank(message: str, blanks: list[str]) -> None:
    assert unfilled(message) == blanks


@pytest.mark.parametrize(
    "message",
    [
        "See [our page](https://example.com).",
        "![a picture](x.png)",
        "See [our page][1].\n\n[1]: https://example.com",
        "See [our page].\n\n[Our  page]: https://example.com",
        "- [x] done\n- [X] done\n- [ ] open",
        "A note.[^note]\n\n[^note]: words",
        r"It says \[beta].",
        "Call `items[name]` or `[name]`.",
        "list[name]",
        "100 [2] and []",
        "Card payments fail.",
    ],
)
def test_what_markdown_reads_in_another_way_is_no_blank(message: str) -> None:
    assert unfilled(message) == []


@pytest.mark.parametrize(
    "text",
    [
        "- one\n- two\n\n1. one\n2. two",
        "| a | b |\n|---|---|\n| c | d |",
        "```\na\nb\n```",
        "> quoted\n> text",
        "    code\n    more",
        "one  \ntwo",
        "one\\\ntwo",
        "### A heading\n\nWords.",
    ],
)
def test_lists_tables_code_and_hard_breaks_keep_their_lines(text: str) -> None:
    assert unwrapped(text) == text
    assert unwrapped(wrapped(text)) == text


def test_the_lines_of_a_paragraph_become_one() -> None:
    assert unwrapped("\n\none\ntwo\n  three\n\nfour \nfive\n") == "one two three\n\nfour five"


def test_a_long_paragraph_is_wrapped_for_the_editor() -> None:
    text = wrapped("word " * 50)
    assert max(map(len, text.splitlines())) <= 78
    assert unwrapped(text) == ("word " * 50).strip()


@pytest.mark.parametrize("start", ["- ", "1. ", "# ", "> ", "| ", "``` "])
def test_no_line_for_the_editor_begins_a_list_or_the_like(start: str) -> None:
    text = f"{'word ' * 15}{start * 9}word"
    assert unwrapped(wrapped(text)) == text


def test_no_line_for_the_editor_ends_in_a_hard_break() -> None:
    text = f"{'word ' * 15}wo\\ word word"
    assert unwrapped(wrapped(text)) == text


@given(st.lists(st.text("abc -*#>1.[]`|\\", max_size=60).map(str.strip), max_size=30))
def test_wrapping_is_undone_by_joining(words: list[str]) -> None:
    text = unwrapped(" ".join(" ".join(words).split()))
    assert unwrapped(wrapped(text)) == text


def test_each_blank_is_found_where_it_stands() -> None:
    text = "`[code]` [one]\n- [x] [two] and [one]"
    assert [(text[index:].startswith(blank), blank) for index, blank in blanks_in(text)] == [
        (True, "[one]"),
        (True, "[two]"),
        (True, "[one]"),
    ]
