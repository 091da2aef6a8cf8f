"""Only sentences about the incident itself are compared with its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.prose.stated_facts import account_of
from tests.content.postmortem.bodies import BODY_LINE, body_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def account(text: str) -> Iterator[tuple[int, str]]:
    return ((line - BODY_LINE, sentence) for line, sentence in account_of(body_of(text)))


def test_each_sentence_knows_its_line() -> None:
    text = "It broke. It\nwas mended.\n\n## Impact\n\n```\nIt is code.\n```\n"
    text += "\n- All waited.\n- Some\n  left. We\nsaw it.\n"
    assert [*account(text)] == [
        (0, "It broke."),
        (0, "It\nwas mended."),
        (9, "- All waited."),
        (10, "- Some\n  left."),
        (11, "We\nsaw it."),
    ]


def test_the_timeline_the_action_items_and_the_lessons_are_no_part_of_it() -> None:
    text = "".join(
        f"## {name}\n\nIt broke.\n\n### More\n\nIt did.\n\n" for name in ("Timeline", "Action items", "Lessons")
    )
    assert [*account(text)] == []
    assert [*account(f"{text}## Root cause\n\nA disk.\n")] == [(26, "A disk.")]


def test_it_is_read_in_english_only() -> None:
    assert [*account("## Ursache\n\nEin Fehler.\n")] == []
    assert [*account("## Something else\n\nA fault.\n")] == [(2, "A fault.")]
