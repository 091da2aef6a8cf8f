"""Sections taken apart: what each promise and entry says in HTML, and that nothing of a section is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html
from markdown import Markdown

from mkdocs_incidents.plugin.marked_html import read_section
from tests.content.postmortem.bodies import MATERIAL, read

if TYPE_CHECKING:
    from mkdocs_incidents.plugin.marked_html import MarkedSection


def taken_apart(text: str, heading: str = "## Action items") -> MarkedSection:
    (section,) = read(f"{heading}\n\n{text}\n").sections
    return read_section(Markdown(extensions=[*MATERIAL, "pymdownx.tilde"]).convert(section.marked))


def words(fragment: str) -> str:
    return " ".join(html.fragment_fromstring(fragment, create_parent="div").text_content().split())


@pytest.mark.parametrize(
    ("item", "told"),
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
def test_the_html_of_a_promise_says_what_its_text_says(item: str, told: str) -> None:
    shown = taken_apart(item).items[0]
    assert words(shown) == words(told)
    assert ("<del>" in shown, "<em>" in shown) == ("<del>" in told, "<em>" in told)


def test_facts_among_which_something_is_left_are_still_told_in_the_whole_section() -> None:
    assert words(taken_apart("- Watch (@Ops, soonish)").whole) == "Watch (soonish) (@Ops)"
