"""The text that an editor opens on, and the message in what it saved."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.messages.editor import editor_text, message_of
from mkdocs_incidents.authoring.messages.facts import NewUpdate, facts_of
from mkdocs_incidents.model import Upstream
from tests.authoring.messages.examples import CATALOG, LAGOS, lagos, next_in, outage, pause
from tests.makers import announcement, update

SCISSORS = "------------------------ >8 ------------------------"
FACTS = next_in(outage(), "investigating", "2026-10-14 11:29")


def below(text: str) -> str:
    """What stands below the dividing line."""
    return text.split(SCISSORS, 1)[1]


def rows(text: str) -> dict[str, str]:
    """The facts below the dividing line, by their labels."""
    lines = (line for line in below(text).splitlines() if line[:1].isupper() and "  " in line)
    return {line[:14].strip(): line[14:] for line in lines}


def test_the_editor_opens_on_the_proposed_words_with_the_facts_below_a_line() -> None:
    before = update("2026-10-14 11:29", "investigating", LAGOS, message="Nearly all\ncards fail.")
    notice = outage(before, title="Card payments fail", upstream=Upstream(name="Tidewire"))
    facts = next_in(notice, "identified", "2026-10-14 12:00", next_update_at=lagos("2026-10-14 12:30"))
    text = editor_text(facts, "Cards [fail: how].")
    assert text.startswith(f"Cards [fail: how].\n\n{SCISSORS}\nWrite the message above this line;")
    assert "Replace what stands in [brackets]" in text
    assert rows(text) == {
        "Title": "Card payments fail",
        "Status": "identified",
        "Time": "Wednesday 14 October 2026, 12:00 WAT",
        "Started": "Wednesday 14 October 2026, 11:20 WAT (40 minutes before)",
        "Components": "Card payments: major outage",
        "Supplier": "Tidewire",
        "Next update": "Wednesday 14 October 2026, 12:30 WAT",
        "Page": "https://status.harmattan.example/incidents/2026-10-14-it-broke/",
    }
    assert "\n              Webhooks: degraded performance\n" in text
    previous = "The last update, Wednesday 14 October 2026, 11:29 WAT (investigating):\n  Nearly all cards fail.\n"
    assert previous in text
    assert "  4. When will you say more?" in text


def test_without_a_template_the_editor_opens_on_an_empty_line() -> None:
    text = editor_text(FACTS)
    assert text.startswith(f"\n\n{SCISSORS}\n")
    assert "[brackets]" not in text


def test_a_next_update_that_is_not_stated_is_asked_for_with_what_to_type() -> None:
    assert rows(editor_text(FACTS))["Next update"].startswith("not stated: add --next 30m")
    assert "Next update" not in rows(editor_text(next_in(outage(), "resolved", "2026-10-14 12:58")))


def test_the_last_update_has_the_questions_of_the_end_and_the_end_where_that_is_another_time() -> None:
    ended = lagos("2026-10-14 12:40")
    text = editor_text(next_in(outage(), "resolved", "2026-10-14 12:58", resolved_at=ended))
    assert rows(text)["Ended"] == "Wednesday 14 October 2026, 12:40 WAT"
    assert "Will you explain what went wrong" in text
    assert "Ended" not in rows(editor_text(next_in(outage(), "resolved", "2026-10-14 12:58")))
    assert "Ended" not in rows(editor_text(FACTS))


def test_planned_work_has_its_plan_and_questions_of_its_own() -> None:
    until = lagos("2026-12-06 05:00")
    text = editor_text(next_in(pause(), "in_progress", "2026-12-06 02:00", until=until))
    assert rows(text)["Planned"] == "Sunday 6 December 2026, 02:00 WAT, to Sunday 6 December 2026, 05:00 WAT"
    assert rows(text)["Status"] == "in progress"
    assert "What goes on as usual" in text
    assert rows(editor_text(next_in(pause(), "completed", "2026-12-05 02:00")))["Status"] == "called off"


def test_an_announcement_has_neither_status_nor_components() -> None:
    new = NewUpdate(at=lagos("2026-11-03 12:30"))
    text = editor_text(facts_of(announcement("2026-11-03 12:30", zone=LAGOS), CATALOG, new))
    assert {"Status", "Components", "Next update"}.isdisjoint(rows(text))
    assert "What changes, and for whom?" in text


def test_the_message_is_what_stands_above_the_line_with_joined_lines() -> None:
    original = editor_text(FACTS)
    edited = f"# What happened\n\nCards fail\nfor everyone.\n\n- one\n- two\n{original}"
    assert message_of(edited, original) == "# What happened\n\nCards fail for everyone.\n\n- one\n- two"


@pytest.mark.parametrize("proposed", ["", "Cards [fail: how]. " * 9])
def test_what_was_left_as_it_was_or_emptied_is_no_message(proposed: str) -> None:
    original = editor_text(FACTS, proposed)
    assert message_of(original, original) is None
    assert message_of(original.replace("\n", "\r\n"), original) is None
    assert message_of(f"\ufeff{original}", original) is None
    assert message_of("", original) is None
    assert message_of(f" \n\t\n{SCISSORS}\nanything", original) is None


def test_the_facts_are_never_published_even_where_the_line_was_deleted() -> None:
    original = editor_text(FACTS)
    assert message_of(f"Cards fail.\n{below(original)}", original) == "Cards fail."
    assert message_of(f"Cards fail.\n{original.replace(SCISSORS, '')}", original) == "Cards fail."
    assert message_of("Cards fail.", original) == "Cards fail."


def test_a_line_like_the_dividing_one_in_the_last_update_does_no_harm() -> None:
    before = update("2026-10-14 11:29", "investigating", LAGOS, message=f"x\n\n{SCISSORS}\n\ny")
    original = editor_text(next_in(outage(before), "identified", "2026-10-14 12:00"))
    assert message_of(f"Cards fail.\n{original}", original) == "Cards fail."


def test_each_sentence_begins_on_a_line_of_its_own() -> None:
    text = editor_text(FACTS, "Cards [fail: how]. [Transfers work.] Next update by 11:50.")
    assert text.startswith("Cards [fail: how].\n[Transfers work.]\nNext update by 11:50.\n\n")


WORDS: Any = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@given(st.lists(WORDS, min_size=1).map("\n\n".join))
def test_no_proposed_text_is_a_message_before_it_was_changed(proposed: str) -> None:
    original = editor_text(FACTS, proposed)
    assert message_of(original, original) is None
