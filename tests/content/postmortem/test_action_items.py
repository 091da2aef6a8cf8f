"""Promises: every outer item under such a heading, with the facts that its author states, and no others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.content.postmortem.bodies import promises, read

DUE = date(2026, 12, 4)


@pytest.mark.parametrize("before", ["- ", "* ", "+ ", "1. ", "• ", "- [ ] ", "[ ] ", "☐ ", "- ☐ ", "  - "])
def test_every_outer_item_is_a_promise(before: str) -> None:
    found = promises(f"{before}Watch the disks\n")
    assert [(promise.text, promise.done, promise.dropped) for promise in found] == [("Watch the disks", False, False)]


@pytest.mark.parametrize(
    ("box", "done", "dropped"),
    [
        ("[x]", True, False),
        ("[X]", True, False),
        ("☑", True, False),
        ("✅", True, False),
        ("✔️", True, False),
        ("[-]", False, True),
        ("[ ]", False, False),
        ("☐", False, False),
    ],
)
@pytest.mark.parametrize("bullet", ["- ", "1. ", ""])
def test_a_checkbox_states_the_outcome(bullet: str, box: str, *, done: bool, dropped: bool) -> None:
    found = promises(f"{bullet}{box} Watch the disks\n{bullet}{box} Watch the nets\n")
    assert [(promise.text, promise.done, promise.dropped) for promise in found] == [
        ("Watch the disks", done, dropped),
        ("Watch the nets", done, dropped),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        "(@Ops, due 2026-12-04, https://x.example/1)",
        "(due 2026-12-04; @Ops; https://x.example/1)",
        "(@Ops) (due 2026-12-04) (https://x.example/1)",
        "(due 4 December 2026, @Ops, <https://x.example/1>)",
        "(due: December 4, 2026, @Ops, [ticket](https://x.example/1))",
        "(@Ops, by 2026-12-04, https://x.example/1).",
        "— @Ops, due 2026-12-04, https://x.example/1",
        ", due 2026-12-04 — @Ops — https://x.example/1",
        "(@Ops, bis zum 4. Dezember 2026, https://x.example/1)",
        "(@Ops,\n  due 2026-12-04,\n  https://x.example/1)",
        "(@Ops due 2026-12-04, https://x.example/1)",
        "(@Ops: due 2026-12-04; https://x.example/1)",
        "(@Ops - due 2026-12-04, https://x.example/1)",
        "(@Ops | due 2026-12-04) https://x.example/1",
        "(due 2026-12-04, @Ops https://x.example/1)",
        "— @Ops due 2026-12-04, https://x.example/1",
        "(@Ops، due 2026-12-04، https://x.example/1)",
        "（@Ops、期限 2026-12-04、https://x.example/1）",
        "（@Ops，due 2026-12-04，https://x.example/1）。",
    ],
)
def test_facts_stand_at_the_end(facts: str) -> None:
    (promise,) = promises(f"- Watch the disks {facts}\n")
    assert promise.text.rstrip(".。") == "Watch the disks"
    assert (promise.owners, promise.due, promise.link) == (("Ops",), DUE, "https://x.example/1")


@pytest.mark.parametrize(
    "text",
    [
        "Watch the disks (all of them)",
        "Watch the disks — @Ops and all the others look",
        "Answer @Ops within a day of the alarm",
        "Test what is due 2026-12-04 and later",
        "Read https://x.example/1",
        "See [the plan](https://x.example/1)",
        "Done by hand today, automate it",
        "Count dropped packets",
        "Alert on done jobs",
        "Pay what is due",
        "Close the (due 2026-12-04) gap",
        "Count packets (dropped packets are lost)",
        "Keep the [x] box",
        "Watch ~~all~~ most disks",
        "Mail ops@x.example",
        "Move it by 04/12/2026",
        "~~Watch~~ the ~~disks~~",
        "Ask @Ops, @Web",
        "Ask @Ops, @Web, @Sec",
        "Watch（all of them）",
        "Watch — @Ops — 2026-12-04",
        "Watch (@Ops: within the week)",
        "Watch (@Ops 04/12/2026)",
        "Watch (@Ops by 4 December)",
    ],
)
def test_other_text_is_no_fact(text: str) -> None:
    (promise,) = promises(f"- {text}\n")
    assert promise.text == text
    assert (promise.owners, promise.due, promise.link) == ((), None, None)
    assert not promise.done
    assert not promise.dropped


@pytest.mark.parametrize(
    "owners", [
        "(@Ops, @Web team)", "(@Ops @Web team)", "(@Ops & @Web team)", "(@Ops / @Web team)", "— @Ops, @Web team",
        ", @Ops, @Web team", "(@Ops and @Web team)", "(@Ops und @Web team, due 2026-12-04)", "(@Ops y @Web team)",
        "(@Ops - @Web team)", "（@Ops、@Web team）",
    ],
)  # fmt: skip
def test_several_owners(owners: str) -> None:
    assert promises(f"- Watch {owners}\n")[0].owners == ("Ops", "Web team")


def test_three_owners_with_dashes_between_them() -> None:
    (promise,) = promises("- Watch (@Ops - @Web team - @Sec due 2026-12-04)\n")
    assert (promise.text, promise.owners, promise.due) == ("Watch", ("Ops", "Web team", "Sec"), DUE)


@pytest.mark.parametrize("owner", ["Ops - Berlin", "Team 24/7", "Trust and Safety", "Stand by", "R&D", "org:team"])
def test_a_name_keeps_its_text(owner: str) -> None:
    (promise,) = promises(f"- Watch (@{owner}, due 2026-12-04)\n")
    assert (promise.text, promise.owners, promise.due) == ("Watch", (owner,), DUE)


@pytest.mark.parametrize(
    "facts",
    ["(@Ops: soon)", "(@Ops 04/12/2026)", "(@Ops due 4 December)", "— @Ops — 2026-12-04", "(@Ops 2026-12-04)"],
)
def test_an_owner_behind_whom_something_is_not_understood_is_remarked(facts: str) -> None:
    reading = read(f"## Action items\n\n- Watch {facts}\n")
    assert reading.promises[0].owners in {(), ("Ops",)}
    assert len(reading.unread) == 1
    assert reading.promises[0].text != "Watch"


@pytest.mark.parametrize(
    "facts", ["(@Ops), due 2026-12-04, done", "— @Ops, due 2026-12-04, done", "(@Ops: done), due 2026-12-04"]
)
def test_several_facts_stand_behind_the_brackets(facts: str) -> None:
    (promise,) = promises(f"- Watch {facts}\n")
    assert (promise.text, promise.owners, promise.due, promise.done) == ("Watch", ("Ops",), DUE, True)


def test_kept_and_dropped_promises_know_their_day_and_reason() -> None:
    done, worded, dropped, reason, struck, struck_done = promises(
        "- Watch (done 2026-12-04)\n"
        "- Watch (done)\n"
        "- Watch (@Ops, dropped 2026-12-04: too dear, and late)\n"
        "- Watch (dropped: too dear)\n"
        "- ~~Watch~~\n"
        "- ~~Watch~~ (done 2026-12-04)\n"
    )
    assert (done.done, done.done_at, done.text) == (True, DUE, "Watch")
    assert (worded.done, worded.done_at) == (True, None)
    assert (dropped.dropped, dropped.dropped_at, dropped.dropped_because) == (True, DUE, "too dear, and late")
    assert (reason.dropped, reason.dropped_at, reason.dropped_because) == (True, None, "too dear")
    assert (struck.text, struck.dropped, struck.done) == ("Watch", True, False)
    assert (struck_done.text, struck_done.dropped, struck_done.done) == ("Watch", False, True)


def test_facts_inside_of_what_is_struck_out_are_read() -> None:
    dropped, done, both = promises(
        "- ~~Watch (@Ops, due 2026-12-04)~~\n"
        "- ~~Watch (@Ops, done 2026-12-04)~~\n"
        "- ~~Watch (@Ops)~~ (due 2026-12-04, @Web)\n"
    )
    assert (dropped.text, dropped.owners, dropped.due, dropped.dropped) == ("Watch", ("Ops",), DUE, True)
    assert (done.text, done.done_at, done.dropped) == ("Watch", DUE, False)
    assert (both.text, both.owners, both.due) == ("Watch", ("Ops", "Web"), DUE)


def test_a_label_above_a_sub_list_is_no_promise() -> None:
    found = promises("- **Soon:**\n  - watch\n  - mend (@Ops)\n- Later:\n- [ ] Boxed:\n  - detail\n")
    assert [promise.text for promise in found] == ["watch", "mend", "Later:", "Boxed:\n- detail"]


def test_what_is_nested_or_wrapped_belongs_to_its_promise() -> None:
    (promise,) = promises("- Watch\n  the disks (@Ops)\n\n  Why: they fill.\n  - daily\n")
    assert promise.text == "Watch\nthe disks\n\nWhy: they fill.\n- daily"
    assert promise.owners == ("Ops",)


def test_text_around_the_list_is_no_promise() -> None:
    assert [promise.text for promise in promises("We promise:\n- watch\n\nThank you.\n\n```\n- code\n```\n")] == [
        "watch"
    ]


def test_a_table_of_promises() -> None:
    first, second, third = promises(
        "| Action | Owner | Due | Status | Ticket |\n|---|---|---|---|---|\n"
        "| Watch \\| see | @Ops, Web team | 2026-12-04 | Open | [J-1](https://x.example/1) |\n"
        "| Mend | n/a | 4 December 2026 | done 2026-12-04 | |\n"
        "| [-] Test | — | soon | | |\n"
    )
    assert (first.text, first.owners, first.due, first.link) == (
        "Watch | see",
        ("Ops", "Web team"),
        DUE,
        "https://x.example/1",
    )
    assert (second.owners, second.due, second.done, second.done_at) == ((), DUE, True, DUE)
    assert (third.text, third.due, third.dropped) == ("Test", None, True)


@pytest.mark.parametrize("due", ["04/12/2026", "end of Q3", "4 December", "2026-12-04 at noon"])
def test_a_cell_that_is_no_day_draws_a_remark_and_changes_no_text(due: str) -> None:
    reading = read(f"## Action items\n\n| Action | Due |\n|---|---|\n| Watch | {due} |\n| Mend | 4 December 2026 |\n")
    assert [(promise.text, promise.due) for promise in reading.promises] == [("Watch", None), ("Mend", DUE)]
    assert [remark.message for remark in reading.unread] == [
        f"'{due}' is not understood as a day, so it stays in the text"
    ]


@pytest.mark.parametrize(
    ("status", "done", "dropped"),
    [
        ("Done", True, False),
        ("In progress", False, False),
        ("Won't fix", False, True),
        ("[x]", True, False),
        ("✅", True, False),
        ("✅ Done", True, False),
        ("", False, False),
        ("—", False, False),
        ("?", False, False),
        ("N/A", False, False),
        ("TBA", False, False),
        ("à définir", False, False),
        ("なし", False, False),
    ],
)
def test_the_status_of_a_row(status: str, *, done: bool, dropped: bool) -> None:
    reading = read(f"## Action items\n\n| Action | Status |\n|---|---|\n| Watch | {status} |\n")
    assert [(promise.done, promise.dropped) for promise in reading.promises] == [(done, dropped)]
    assert not reading.unread


@pytest.mark.parametrize("cell", ["", "—", "-", "?", "…", "n/a", "TBD", "n.v.t.", "غير محدد", "該当なし"])
def test_a_cell_without_a_name_names_no_owner(cell: str) -> None:
    assert promises(f"| Action | Owner |\n|---|---|\n| Watch | {cell} |\n")[0].owners == ()


@pytest.mark.parametrize(
    "text",
    [
        "- Watch (@Ops, soonish)\n",
        "| Foo | Owner |\n|---|---|\n| Watch | Ops |\n",
        "| Action | Status |\n|---|---|\n| Watch | perhaps |\n",
    ],
)
def test_what_is_not_understood_is_remarked_once(text: str) -> None:
    assert len(read(f"## Action items\n\n{text}").unread) == 1
    assert not read("## Action items\n\n- Watch (all of them)\n- [ ] Mend (@Ops, due 2026-12-04)\n").unread


def test_a_word_among_the_facts_stays_in_the_text() -> None:
    assert promises("- Watch (@Ops, soonish)\n")[0].text == "Watch (soonish)"


def test_promises_know_their_lines() -> None:
    assert [promise.line for promise in promises("- a\n  b\n- c\n\n[ ] d\n")] == [6, 8, 10]
