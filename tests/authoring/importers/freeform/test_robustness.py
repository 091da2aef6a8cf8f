"""No text makes the importer raise, or take more than its share of time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.authoring.importers.freeform.reader import read_freeform
from mkdocs_incidents.authoring.importers.incident_file import incident_file

PIECES = st.sampled_from(
    [
        *("# ", "## Timeline", "**Root cause**", "- ", "* ", "1. ", "10.12:30 PM", "10:00", "25:61", "2 PM", "UTC"),
        *("CST", "|", "|---|---|", "```", "<li>", "<br>", "<!--", "-->", "---", "+++", "title: x", "31 February 2021"),
        *("04-12-2022", "2O23", "100%", "sorry", "from 1:00 to 2:00", "\n", "\n", "\n\n", " ", "\t", "\r\n", "outage"),
        *("Duration: 5 minutes", "> ", "[x](y)", "é", "\u200b", "\x00", "\u2028", "Action items:", "Add a check"),
        *("0001-01-01", "9999-12-31 23:59", "+14:00", "GMT-99"),
    ]
)


def fully_read(text: str) -> None:
    found = read_freeform(text, "some/file.md")
    found.as_dict()
    incident_file(found.notice)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    fully_read(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_no_mixture_of_what_reports_are_made_of_raises(pieces: list[str]) -> None:
    fully_read("".join(pieces))


MILLION = 1_000_000


PHRASES = (
    "10:00 and ",
    "from 1 to 2 ",
    "5 May 2021 ",
    "West African Time ",
    "100% of users ",
    "we are sorry ",
    "1 min ",
)


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece", [*" \ta1*_[<`#|\\", "- ", "10:", "10:00 ", "<!--", "[](", "a ", ". ", "&amp;", *PHRASES]
)
def test_a_line_of_a_million_characters_is_read_in_no_time(piece: str) -> None:
    before = time.process_time()
    fully_read(piece * (MILLION // len(piece)))
    assert time.process_time() - before < 5


@pytest.mark.timed
@pytest.mark.parametrize(
    "line",
    ["\n", "10:00 x\n", "|10:00|x|\n", "## Timeline\n", "Timeline:\n", "```\n", "- 10:00 the site was down\n", "---\n"],
)
def test_many_lines_take_time_in_proportion(line: str) -> None:
    before = time.process_time()
    fully_read(line * (MILLION // 16 // len(line)))
    assert time.process_time() - before < 5  # 1.5 to 2 alone; what grows with the square takes a minute
