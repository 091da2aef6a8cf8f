"""Which lines are prose, and where code spans stand; in linear time, whatever is typed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.markdown_lines import code_spans, read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a `b` c", ["`b`"]),
        ("a ``b ` c`` d", ["``b ` c``"]),
        ("`a` b ``c``", ["`a`", "``c``"]),
        ("`a ``b` c``", ["`a ``b`"]),
        ("a ` b", []),
        ("a `` b ` c", []),
        ("a \\` b `c`", ["`c`"]),
        ("``` a ` b ```", ["``` a ` b ```"]),
        ("", []),
    ],
)
def test_a_code_span_ends_at_as_many_backticks_as_it_begins_with(line: str, code: list[str]) -> None:
    assert [line[begin:end] for begin, end in code_spans(line)] == code


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("x <!--", False),
        ("x <!-- a --> <!--", False),
        ("`a` <!-- `b`", False),
        ("x <!-- ` b", False),
        ("x `<!--`", True),
        ("x ``a ` <!--``", True),
        ("x <!-- a -->", True),
        ("--> x", True),
    ],
)
def test_a_comment_opens_outside_code(line: str, *, prose: bool) -> None:
    assert read_lines(f"{line}\nb\n-->\nc\n").prose == (prose, prose, prose, True)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ('<div class="box">\n- a\n\n- b\n</div>\nc', range(5)),
        ("   <DIV>\n- a\n</Div>\nc", range(3)),
        ("text\n<div>\n- a\n</div>\nc", range(1, 4)),
        ("<div>\n<div>\n\n</div>\n\n- a\n</div>\nc", range(7)),
        ("<div>a</div>\n- b", range(1)),
        ("<details>\n<summary>a</summary>\n\n- b\n\n</details>", range(6)),
        ("<div>\n- a\n\n- b", range(2)),
        ("<div>\n\n<div>a\n\n</div>\nb", (0, 2, 3, 4)),
        ('<div markdown="0">\n- a\n</div>', range(3)),
        ('<div data-markdown="1">\n- a\n</div>', range(3)),
        ('<div class="a" markdown="1">\n- a\n\n<div>\n- b\n</div>\n- c\n</div>', range(3, 6)),
    ],
)
def test_raw_html_goes_from_a_block_level_tag_to_the_tag_that_closes_it(text: str, raw: Sequence[int]) -> None:
    assert [number for number, prose in enumerate(read_lines(text).prose) if not prose] == list(raw)


@pytest.mark.parametrize(
    "text",
    [
        "<div markdown>\n- a\n</div>",
        '<div markdown="1">\n- a\n</div>',
        "<details class='a' markdown='block'>\n- a\n</details>",
        "<span>\n- a\n</span>",
        "<https://example.com>\n- a",
        "<hr>\n- a",
        "<div/>\n- a",
        "<divide>\n- a",
        "- <div>\n- a\n</div>",
        "`<div>`\n- a\n</div>",
        "    <div>\n- a\n    </div>",
        "</div>\n- a",
        "< 5 minutes\n- a",
    ],
)
def test_other_tags_leave_the_lines_below_them_prose(text: str) -> None:
    assert all(read_lines(text).prose)


def test_a_tag_in_code_is_no_raw_html() -> None:
    assert read_lines("```\n<div>\n```\n- a\n</div>\n").prose == (False, False, False, True, True)


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece", ["<div>\n", "<div>\n\n", "<div ", "<div><p>", "</div>\n", "<p>a</p>\n", "<div markdown"]
)
def test_tags_are_read_in_linear_time(piece: str) -> None:
    began = time.process_time()
    read_lines(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 1


@pytest.mark.timed
@pytest.mark.parametrize("piece", ["`", "` ", "`` ` ", "` `` ", "```` ` ", "\\`"])
def test_backticks_beside_a_comment_are_read_in_linear_time(piece: str) -> None:
    rising = "".join("`" * length + " " for length in range(600))
    for line in (piece * (100_000 // len(piece)), rising):
        began = time.process_time()
        read_lines(f"<!-- {line}\n-->\n{line} <!--\n")
        assert time.process_time() - began < 1
