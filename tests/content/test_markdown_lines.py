"""Which lines are prose, and where code spans stand; in linear time, whatever is typed."""

from __future__ import annotations

import time

import pytest

from mkdocs_incidents.content.markdown_lines import code_spans, read_lines


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


@pytest.mark.parametrize("piece", ["`", "` ", "`` ` ", "` `` ", "```` ` ", "\\`"])
def test_backticks_beside_a_comment_are_read_in_linear_time(piece: str) -> None:
    rising = "".join("`" * length + " " for length in range(600))
    for line in (piece * (100_000 // len(piece)), rising):
        began = time.process_time()
        read_lines(f"<!-- {line}\n-->\n{line} <!--\n")
        assert time.process_time() - began < 1
