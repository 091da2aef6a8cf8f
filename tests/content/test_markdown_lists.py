"""A list right below its sentence is a list, as on GitHub, and nothing else becomes one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_incidents.content.markdown_lists import nest_lists, separate_lists

LINES = st.lists(
    st.sampled_from(
        [
            *("These fail:", "- payments", "* refunds", "1. Sign out.", "2. Sign in.", "    - inner", "    more", ""),
            *("# What works", "```", "| a | b |", "--- | ---", "* * *", "---", "2026. A year.", "!!! note", "> quoted"),
        ]
    ),
    max_size=8,
).map("\n".join)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("These fail:\n- payments\n- refunds", "These fail:\n\n- payments\n- refunds"),
        ("These fail:\n  * payments", "These fail:\n\n  * payments"),
        ("Do this:\n1. Sign out.\n2. Sign in.", "Do this:\n\n1. Sign out.\n2. Sign in."),
        ("- one\n\n    Inside:\n    - two", "- one\n\n    Inside:\n\n    - two"),
    ],
)
def test_a_list_may_begin_right_below_its_sentence(typed: str, read: str) -> None:
    assert separate_lists(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "It began in\n2026. We know why.",
        "- one\n- two\n    - inner\n",
        "- one\ngoes on here",
        "Card | Refund\n--- | ---\n- none | - one",
        "```\nThese fail:\n- payments\n```",
        "These fail:\n* * *\n",
        "    code:\n    - not a list",
        "> These fail:\n> - payments",
        "<div>\nThese fail:\n- payments\n</div>",
        "From 5\n-3 degrees",
    ],
)
def test_other_text_stays_as_it_is(typed: str) -> None:
    assert separate_lists(typed) == typed


def test_a_line_that_is_not_indented_ends_the_list_of_a_message() -> None:
    typed = "- payments\n  by card\n- refunds\nTransfers work."
    assert separate_lists(typed, lines_are_kept=True) == "- payments\n  by card\n- refunds\n\nTransfers work."


@given(LINES, st.booleans())
def test_only_empty_lines_are_added(typed: str, lines_are_kept: bool) -> None:
    read = separate_lists(typed, lines_are_kept=lines_are_kept)
    assert [line for line in read.split("\n") if line] == [line for line in typed.split("\n") if line]
    assert separate_lists(read, lines_are_kept=lines_are_kept) == read


def test_python_markdown_reads_a_list_then() -> None:
    assert "<li>payments</li>" in markdown(separate_lists("These fail:\n- payments"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("- EU\n  - Berlin\n  - Paris\n- US", "- EU\n    - Berlin\n    - Paris\n- US"),
        ("- EU\n  - DE\n    - Berlin\n- US", "- EU\n    - DE\n        - Berlin\n- US"),
        ("1. EU\n   - Berlin\n2. US", "1. EU\n    - Berlin\n2. US"),
        ("- EU\n    - Berlin\n- US", "- EU\n    - Berlin\n- US"),
        (" - EU\n - US", " - EU\n - US"),
        ("1. EU\n  - Berlin\n2. US", "1. EU\n    - Berlin\n2. US"),
        ("- EU\n - US", "- EU\n - US"),
        ("1. EU\n\n   Berlin\n   - Mitte\n2. US", "1. EU\n\n    Berlin\n    - Mitte\n\n2. US"),
        ("1. EU\n\n   ```\n   a\n     b\n   ```\n2. US", "1. EU\n\n    ```\n    a\n      b\n    ```\n\n2. US"),
        ("```\n- EU\n  - Berlin\n```", "```\n- EU\n  - Berlin\n```"),
        ("- EU\n\nThen:\n\n  - US", "- EU\n\nThen:\n\n  - US"),
    ],
)
def test_an_item_below_the_text_of_another_is_in_a_list_of_its_own(typed: str, read: str) -> None:
    assert nest_lists(typed) == read


def test_python_markdown_nests_them_then() -> None:
    html = markdown(nest_lists("- EU\n  - DE\n    - Berlin\n- US"))
    assert html.replace("\n", "") == ("<ul><li>EU<ul><li>DE<ul><li>Berlin</li></ul></li></ul></li><li>US</li></ul>")


def words_of_lines(markdown: str) -> list[str]:
    return [line.strip() for line in markdown.split("\n") if line.strip()]


@given(LINES)
@example("- payments\n\n    - inner\n- payments")
def test_nesting_adds_only_spaces_and_empty_lines_and_is_done_once(typed: str) -> None:
    read = nest_lists(typed)
    assert words_of_lines(read) == words_of_lines(typed)
    assert markdown(nest_lists(read)) == markdown(read)
