"""The body falls into its sections, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.prose.sections import plain_words, split_body

PIECES = [
    "# A",
    "## Timeline",
    "Text",
    "===",
    "---",
    "```",
    "~~~~",
    "```py",
    "<!--",
    "-->",
    "**Root cause**",
    "- a",
    "",
    " ",
    "    code",
    "#",
    "##Impact",
    "`<!--`",
    "\t# x",
    "   ### Summary ##",
    "\f",
    "\u2028",
    "é🔥",
]


def headings(body: str) -> list[tuple[str, int, str]]:
    return [(part.heading, part.level, part.kind.value) for part in split_body(body)]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join))
def test_all_parts_together_are_the_body(body: str) -> None:
    assert "".join(part.source + part.markdown for part in split_body(body)) == body


@given(st.text())
def test_all_parts_together_are_any_text(body: str) -> None:
    assert "".join(part.source + part.markdown for part in split_body(body)) == body


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join))
def test_every_part_knows_its_line(body: str) -> None:
    lines = body.split("\n")
    for part in split_body(body):
        whole = part.source + part.markdown
        assert not whole or whole.split("\n", maxsplit=1)[0] == lines[part.first_line]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Summary", "summary"),
        ("ISSUE SUMMARY:", "summary"),
        ("TL;DR", "summary"),
        ("1. Overview", "summary"),
        ("Timeline", "timeline"),
        ("3. Timeline", "timeline"),
        ("Timeline (all times WAT)", "timeline"),
        ("Timeline (all West African Time)", "timeline"),
        ("Timeline - all times UTC", "timeline"),
        ("⏱ Timeline", "timeline"),
        ("Incident timeline:", "timeline"),
        ("Timeline [UTC]", "timeline"),
        ("Root cause", "root_cause"),
        ("Root Cause & Resolution", "root_cause"),
        ("Root-cause analysis", "root_cause"),
        ("Contributing factors", "root_cause"),
        ("Why it happened?", "root_cause"),
        ("Route cause", "root_cause"),
        ("Time line", "timeline"),
        ("Issue Summery:", "summary"),
        ("Lesons learned", "lessons"),
        ("Corective and preventtive measures", "action_items"),
        ("Aplogy", "apology"),
        ("Effectiveness", "other"),
        ("Protection", "other"),
        ("Detection", "detection"),
        ("How did we find out?", "detection"),
        ("Resolution and recovery", "resolution"),
        ("Mitigation", "resolution"),
        ("Lessons learnt", "lessons"),
        ("What went well", "lessons"),
        ("Where we got lucky", "lessons"),
        ("Corrective and preventative measures", "action_items"),
        ("Action items", "action_items"),
        ("Follow-up", "action_items"),
        ("Next steps", "action_items"),
        ("Impact", "impact"),
        ("Customer impact", "impact"),
        ("Apology", "apology"),
        ("We're sorry", "apology"),
        ("We’re sorry", "apology"),
        ("Timeline of that night", "timeline"),
        ("3. What we are doing to prevent it", "action_items"),
        ("How it was resolved in the end", "resolution"),
        ("The day the two data centres of our bank stopped to be of one mind on time lines", "other"),
        ("What", "other"),
        ("", "other"),
        ("Causeway", "other"),
    ],
)
def test_headings_are_known_by_their_common_names(heading: str, kind: str) -> None:
    (part,) = split_body(f"## {heading}\n\ntext\n")
    assert part.kind.value == kind


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("intro\n\n## A\n", [("", 0, "other"), ("A", 2, "other")]),
        ("### Impact ###\nx", [("Impact", 3, "impact")]),
        ("Timeline\n========\nx\n\nOther\n---\ny", [("Timeline", 1, "timeline"), ("Other", 2, "other")]),
        ("a\nb\n---\n", [("", 0, "other")]),
        ("text\n\n---\n\nmore\n", [("", 0, "other")]),
        ("- item\n---\n", [("", 0, "other")]),
        ("**Root cause**\nx", [("Root cause", 2, "root_cause")]),
        ("**Root cause:**  \nx", [("Root cause:", 2, "root_cause")]),
        ("**Not a heading**\nx", [("", 0, "other")]),
        ("text\n**Impact**\n", [("", 0, "other")]),
        ("```\n# no\n```\n# A\n", [("", 0, "other"), ("A", 1, "other")]),
        ("~~~~\n# no\n~~~\n# no\n~~~~\n# A\n", [("", 0, "other"), ("A", 1, "other")]),
        ("- a\n  ```\n  # no\n  ```\n", [("", 0, "other")]),
        ("```\n# A\n", [("", 0, "other"), ("A", 1, "other")]),
        ("    # no\n", [("", 0, "other")]),
        ("<!--\n# no\n-->\n# A\n", [("", 0, "other"), ("A", 1, "other")]),
        ("`<!--` is how\n# A\n-->\n", [("", 0, "other"), ("A", 1, "other")]),
        ("#hashtag\n", [("", 0, "other")]),
        ("##Timeline\n", [("Timeline", 2, "timeline")]),
        ("#######\n", [("", 0, "other")]),
    ],
)
def test_headings_are_found_where_a_reader_sees_them(body: str, expected: list[tuple[str, int, str]]) -> None:
    assert headings(body) == expected


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold** and *more*", "Bold and more"),
        ("A [link](https://x.example) here", "A link here"),
        ("`code` {#anchor .class}", "code"),
        ("R&D <b>x</b> 2 < 3", "R&D x 2 < 3"),
        (r"1\. Not a \*list\*", "1. Not a *list*"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_a_heading_is_told_as_plain_text(markdown: str, plain: str) -> None:
    assert plain_words(markdown) == plain


def test_long_runs_of_unclosed_fences_take_no_time() -> None:
    body = "".join(f"```a{n}\n<!--\n" for n in range(20_000))
    assert "".join(part.source + part.markdown for part in split_body(body)) == body
