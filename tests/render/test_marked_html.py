"""Sections split at their marks: the HTML of each promise and entry, and that no text is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html
from markdown import Markdown

from mkdocs_incidents.render.marked_html import read_section
from tests.content.postmortem.bodies import MATERIAL, read

if TYPE_CHECKING:
    from mkdocs_incidents.render.marked_html import MarkedSection


def split(text: str, heading: str = "## Action items") -> MarkedSection:
    (section,) = read(f"{heading}\n\n{text}\n").sections
    return read_section(Markdown(extensions=[*MATERIAL, "pymdownx.tilde"]).convert(section.marked))


def visible_text(fragment: str) -> str:
    return " ".join(html.fragment_fromstring(fragment, create_parent="div").text_content().split())


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- [ ] Watch (@Ops, due end of Q3)", "Watch (due end of Q3)"),
        ("- [ ] Watch (end of Q3, @Ops) (due 2026-12-04)", "Watch (end of Q3)"),
        ("- Watch *all*\n  disks (@Ops,\n  soon, due 2026-12-04)\n  - daily", "Watch <em>all</em> disks (soon) daily"),
        ("- Watch (@Ops: soon) (due 2026-12-04)", "Watch (@Ops: soon)"),
        ("- ~~Watch (soon, @Ops)~~ (dropped: too dear)", "<del>Watch (soon)</del>"),
        ("- ~~Watch (@Ops)~~", "<del>Watch</del>"),
        ("- ~~Watch~~ (done 2026-12-04)", "<del>Watch</del>"),
        ("- Watch (all of them)", "Watch (all of them)"),
        ("- Watch (@Ops)\n\n  Why: they fill (@Ops knows)", "Watch Why: they fill (@Ops knows)"),
        ("| Action | Owner |\n|---|---|\n| Watch (soon, due 2026-12-04) | Ops |", "Watch (soon)"),
    ],
)  # fmt: skip
def test_the_html_of_a_promise_has_its_text(item: str, expected: str) -> None:
    shown = split(item).items[0]
    assert visible_text(shown) == visible_text(expected)
    assert ("<del>" in shown, "<em>" in shown) == ("<del>" in expected, "<em>" in expected)


def test_the_whole_section_has_facts_with_unread_text_among_them() -> None:
    assert visible_text(split("- Watch (@Ops, soonish)").html) == "Watch (soonish) (@Ops)"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("- Soon:\n  - watch\n  - mend\n- Later:\n  - test", "Soon:", "Later:"),
        ("We promise:\n\n1. Soon:\n    1. watch\n\nThank you.", "We promise: Soon:", "Thank you."),
        ("- Soon:\n  - Disks:\n    - watch\n\n  We look weekly.", "Soon: Disks:", "We look weekly."),
        ("- watch\n- Later:\n  - test", "", "Later:"),
        ("- watch\n\nBetween.\n\n- mend\n\nBehind.", "", "Between. Behind."),
        ("Before.\n\n- watch\n- mend", "Before.", ""),
    ],
)
def test_labels_are_before_the_promises_that_they_name(text: str, before: str, after: str) -> None:
    section = split(text)
    assert (visible_text(section.before), visible_text(section.after)) == (before, after)
    left = html.fragment_fromstring(section.before + section.after, create_parent="div")
    assert [node for node in left.iter("ul", "ol", "li") if not node.text_content().strip()] == []


def test_items_before_the_first_entry_stay_before_it() -> None:
    section = split("- All is quiet.\n- 15:00 — It breaks\n- 16:00 — It works", "## Timeline")
    assert (visible_text(section.before), section.after) == ("All is quiet.", "")
    assert [entry.html for entry in section.entries.values()] == ["It breaks", "It works"]


def test_the_day_of_nested_entries_is_no_text_before_them() -> None:
    section = split("- 2026-04-06\n  - 15:00 — It breaks\n  - 16:00 — It works", "## Timeline")
    assert (section.before, section.after) == ("", "")


def test_texts_between_the_lists_of_a_timeline_are_after_it_in_their_order() -> None:
    section = split(
        "Before.\n\n- 15:00 — It breaks\n\nFirst.\n\n- 16:00 — It works\n\nSecond.\n\n```\n- code\n```\n\n"
        "- 17:00 — It stays\n\nThird.",
        "## Timeline",
    )
    assert visible_text(section.before) == "Before."
    assert visible_text(section.after) == "First. Second. - code Third."
    assert [entry.html for entry in section.entries.values()] == ["It breaks", "It works", "It stays"]


@pytest.mark.parametrize(
    ("entry", "html_without_label"),
    [
        ("**検知：** アラート", "アラート"),
        ("**検知：**アラート", "アラート"),
        ("**検知：アラート**", "<strong>アラート</strong>"),
        ("検知：*アラート*が", "<em>アラート</em>が"),
        ("**検知**：**アラート**", "<strong>アラート</strong>"),
        ("**Detected:** *an* alarm", "<em>an</em> alarm"),
    ],
)
def test_no_empty_emphasis_is_left_after_a_removed_label(entry: str, html_without_label: str) -> None:
    (found,) = split(f"- 15:00 — {entry}", "## Timeline").entries.values()
    assert found.html_without_label == html_without_label


def test_the_cells_of_a_promise_that_are_not_read_are_shown_below_their_headers() -> None:
    first, second = split(
        "| Priority | Action | Owner | Due | Status | Ticket | Notes |\n|---|---|---|---|---|---|---|\n"
        "| **P1** | Watch (due end of Q3, @Ops) | Web | 04/12/2026 | perhaps | J-7 | see [map](m.md) \\| *x* |\n"
        "| | Mend | Web | 2026-12-04 | Done | [J-8](https://x.example/8) | n/a |\n"
    ).items.values()
    assert first == (
        "Watch (due end of Q3)<br><b>Priority:</b> <strong>P1</strong><br><b>Due:</b> 04/12/2026"
        '<br><b>Status:</b> perhaps<br><b>Ticket:</b> J-7<br><b>Notes:</b> see <a href="m.md">map</a> | <em>x</em>'
    )
    assert second == "Mend"


def test_text_around_an_address_in_a_cell_is_shown() -> None:
    (found,) = split("Action | Link\n---|---\nWatch | after https://x.example/1\n").items.values()
    assert found == "Watch<br><b>Link:</b> after https://x.example/1"
