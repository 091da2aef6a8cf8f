"""Promises are read with their owner, days and link; what is no fact stays in their text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.content.folders import START, codes

if TYPE_CHECKING:
    from mkdocs_incidents.model import ActionItem
    from tests.authoring.reading import ProseFolder
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


def test_a_reason_keeps_its_commas_and_the_promise_its_words(folder: Folder) -> None:
    reason = "the bank now checks each file, which is safer, and costs less"
    plain, dated, worded, bare = items(
        folder,
        f"- [-] Two people read it (@Payments team, due 2026-03-04, dropped: {reason})\n"
        f"- [-] Two people read it all (@Payments team, dropped 2026-03-02: {reason})\n"
        "- [-] Two read it (dropped on 2 March 2026, because it (the file) is gone).\n"
        "- [-] Three read it (dropped)\n",
    )
    assert (plain.text, plain.owner, plain.due) == ("Two people read it", "Payments team", date(2026, 3, 4))
    assert (plain.dropped, plain.dropped_at, plain.dropped_because) == (True, None, reason)
    assert (dated.text, dated.dropped_at, dated.dropped_because) == ("Two people read it all", date(2026, 3, 2), reason)
    assert (worded.text, worded.dropped_at) == ("Two read it.", date(2026, 3, 2))
    assert worded.dropped_because == "it (the file) is gone"
    assert (bare.dropped, bare.dropped_because) == (True, "")


@pytest.mark.parametrize(
    "bracket",
    [
        "@Payments team, @Platform team, due 2023-07-01",
        "@Payments team and @Platform team; due 1 July 2023",
        "@Payments team/@Platform team, due July 1, 2023",
        "@Payments team & @Platform team, deadline: 1 July 2023",
        "owner: Payments team, owner: Platform team, due Saturday 1 July 2023",
    ],
)
def test_several_teams_can_answer_for_a_promise_and_a_day_can_be_in_words(folder: Folder, bracket: str) -> None:
    (item,) = items(folder, f"- [ ] The failover is rehearsed ({bracket})\n")
    assert item.owners == ("Payments team", "Platform team")
    assert (item.text, item.due) == ("The failover is rehearsed", date(2023, 7, 1))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- [ ] Test every night @Ops - due 2023-07-01", "Test every night"),
        ("- [ ] Test every night (due 2023-07-01) @Ops", "Test every night"),
        ("- [ ] Test every night, due 2023-07-01 (@Ops).", "Test every night."),
        ("- [ ] Test every night — @Ops, due 2023-07-01", "Test every night"),
        ("- [ ] Test every night owner: Ops deadline: 2023-07-01", "Test every night"),
        ("- [ ] Test every night (all of it) (due 2023-07-01, @Ops)", "Test every night (all of it)"),
    ],
)
def test_facts_without_brackets_are_read_where_nothing_else_can_be_meant(folder: Folder, line: str, text: str) -> None:
    (item,) = items(folder, line + "\n")
    assert (item.text, item.owner, item.due) == (text, "Ops", date(2023, 7, 1))


@pytest.mark.parametrize(
    "line",
    [
        "- Ask @ops",
        "- Keep the old address until 2023-07-01",
        "- Count dropped packets (dropped packets are those that nobody sees)",
        "- Call the bank, done or not done",
        "- See [the plan](https://x.example/due, 2023)",
        "- [P1] Watch it",
        "- [docs](https://x.example) Watch it",
    ],
)
def test_what_may_be_meant_otherwise_is_left_in_the_words(folder: Folder, line: str) -> None:
    (item,) = items(folder, line + "\n")
    assert item.text == line.removeprefix("- ")
    assert (item.owner, item.due, item.done, item.dropped) == (None, None, False, False)


@pytest.mark.parametrize(
    ("box", "done", "dropped"),
    [
        ("- [ ] ", False, False),
        ("- [] ", False, False),
        ("* [X] ", True, False),
        ("1. [✓] ", True, False),
        ("- [–] ", False, True),
        ("[x] ", True, False),
        ("[ ] ", False, False),
        ("☐ ", False, False),
        ("☑ ", True, False),
        ("- ✅ ", True, False),
    ],
)
def test_every_box_that_people_draw_is_known(folder: Folder, box: str, *, done: bool, dropped: bool) -> None:
    first, second = items(folder, f"{box}Watch the disks\n{box}Watch the nets (@ann)\n")
    assert (first.text, second.text, second.owner) == ("Watch the disks", "Watch the nets", "ann")
    assert (first.done, first.dropped) == (second.done, second.dropped) == (done, dropped)


def test_a_label_above_boxes_is_no_promise(folder: Folder) -> None:
    one, two = items(folder, "- **Soon:**\n  - [ ] Watch the disks (@ann)\n  - [x] Watch the nets\n")
    assert (one.text, one.owner, one.line) == ("Watch the disks", "ann", 13)
    assert (two.text, two.done, two.line) == ("Watch the nets", True, 14)


def test_nothing_promised_is_no_promise(folder: Folder) -> None:
    assert items(folder, "- None.\n- N/A\n") == ()


def test_a_table_is_read_by_the_names_of_its_columns(folder: Folder) -> None:
    table = """\
| # | **Action item** | Owner | Due date | Status | Ticket |
|---|---|---|---|---|---|
| 1 | Add *two* alarms | @Ops, Web team | 2023-07-01 | Open | [J-1](https://x.example/1) |
| 2 | Remove one | Ops | 1 July 2023 | Done 2023-06-20 | J-2 |
| 3 | Sing | - | TBD | dropped 2023-06-21: loud, and long | |
| 4 | [x] Dance (@ann) | | | | |
| 5 | | Ops | | | |
"""
    add, remove, sing, dance = items(folder, table)
    assert (add.text, add.owners, add.due) == ("Add *two* alarms", ("Ops", "Web team"), date(2023, 7, 1))
    assert (add.link, add.done, add.line) == ("https://x.example/1", False, 14)
    assert (remove.owner, remove.due, remove.done_at) == ("Ops", date(2023, 7, 1), date(2023, 6, 20))
    assert (sing.owner, sing.due, sing.dropped_at) == (None, None, date(2023, 6, 21))
    assert sing.dropped_because == "loud, and long"
    assert (dance.text, dance.owner, dance.done) == ("Dance", "ann", True)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("| What | Who | When |", ("Watch", "Ops", date(2023, 7, 1))),
        ("| Improvement | Assignee | Deadline |", ("Watch", "Ops", date(2023, 7, 1))),
        ("| Topic | Responsible | Due |", ("Watch", "Ops", date(2023, 7, 1))),
    ],
)
def test_columns_may_have_other_names(folder: Folder, header: str, expected: tuple[str, str, date]) -> None:
    (item,) = items(folder, f"{header}\n|---|---|---|\n| Watch | Ops | 2023-07-01 |\n")
    assert (item.text, item.owner, item.due) == expected


def test_a_table_of_something_else_promises_nothing(folder: Folder) -> None:
    assert items(folder, "| Metric | Before | After |\n|---|---|---|\n| p99 | 1 s | 2 s |\n") == ()


def test_a_long_tail_of_facts_is_read_in_no_time(folder: Folder) -> None:
    for tail in (", @a" * 50_000, " (@a)" * 50_000, f" ({'dropped b, ' * 50_000})", "~" * 100_000):
        items(folder, f"- x{tail}\n")


def test_a_wrong_day_of_a_promise_is_told(folder: Folder) -> None:
    (item,) = items(folder, "- a (@ann, due 2023-02-30)\n")
    assert (item.text, item.owner, item.due) == ("a (due 2023-02-30)", "ann", None)
    assert codes(folder) == ["action-item-date"]


@pytest.mark.parametrize(
    ("text", "besides"),
    [
        ("As agreed:\n\n[ ] One\n[x] Two\n☐ Three\n", "As agreed:"),
        ("As agreed:\n\n| Action | Owner |\n|---|---|\n| One | Ops |\n\nMore later.\n", "As agreed:\n\n\nMore later."),
        ("- [ ] One\n\n    with a second paragraph\n\nEnd.\n", "End."),
        ("We will improve.\n", None),
    ],
)
def test_what_is_said_beside_the_promises_is_kept(folder: ProseFolder, text: str, besides: str | None) -> None:
    start = START.format(zone="UTC", started="2023-06-11 14:30")
    assert folder.besides_promises(f"{start}\n## Action items\n\n{text}") == besides
