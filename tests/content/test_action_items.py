"""Promises are read with their owner, days and link; what is no fact stays in their text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.content.folders import START, codes

if TYPE_CHECKING:
    from mkdocs_incidents.model import ActionItem
    from tests.content.folders import Folder


def items(folder: Folder, text: str) -> tuple[ActionItem, ...]:
    notice = folder.notice(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Action items\n\n{text}")
    assert notice.postmortem
    return notice.postmortem.action_items


def test_a_promise_has_owner_day_and_link_in_any_order(folder: Folder) -> None:
    for bracket in (
        "@Platform team, due 2023-07-01, https://x.example/1",
        "https://x.example/1; due: 2023-07-01; @Platform team",
        "by 2023-07-01, owner: Platform team, [ticket](https://x.example/1)",
        "<https://x.example/1>, @Platform team, due on 2023-07-01",
    ):
        (item,) = items(folder, f"- [ ] Test *every* update ({bracket})\n")
        assert item.text == "Test *every* update"
        assert (item.owner, item.due, item.link) == ("Platform team", date(2023, 7, 1), "https://x.example/1")
        assert not item.done
        assert item.line == 12


def test_a_kept_promise_says_so(folder: Folder) -> None:
    ticked, dated, worded, capital = items(
        folder, "- [x] a\n- [x] b (@ann, done 2023-06-20)\n- [ ] c (done 2023-06-21)\n- [X] d\n"
    )
    assert (ticked.done, ticked.done_at) == (True, None)
    assert (dated.done, dated.done_at, dated.owner) == (True, date(2023, 6, 20), "ann")
    assert (worded.done, worded.done_at) == (True, date(2023, 6, 21))
    assert capital.done


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- Watch the disks", "Watch the disks"),
        ("1. Watch the disks.", "Watch the disks."),
        ("- Watch the disks (all of them) (@ann)", "Watch the disks (all of them)"),
        ("- Watch the disks (all of them, @ann)", "Watch the disks (all of them)"),
        ("- Watch the disks (@ann).", "Watch the disks."),
        ("- See [the plan](https://x.example)", "See [the plan](https://x.example)"),
        ("- Watch f(x) (@ann)", "Watch f(x)"),
        (
            "- Watch the\n  disks (@ann,\n  due 2023-07-01)\n  - one (@bob)\n  - two",
            "Watch the\ndisks\n- one (@bob)\n- two",
        ),
        ("- :) (", ":) ("),
        ("- a (due next week)", "a (due next week)"),
    ],
)
def test_what_is_no_fact_stays_in_the_text_of_a_promise(folder: Folder, line: str, text: str) -> None:
    (item,) = items(folder, line + "\n")
    assert item.text == text


def test_a_wrong_day_of_a_promise_is_told(folder: Folder) -> None:
    (item,) = items(folder, "- a (@ann, due 2023-02-30)\n")
    assert (item.text, item.owner, item.due) == ("a (due 2023-02-30)", "ann", None)
    assert codes(folder) == ["action-item-date"]
