"""Entries of a timeline: every form that people write becomes one that a build reads, with all its words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mkdocs_incidents.authoring.tidy.proposals import Context
from tests.authoring.tidy.proposing import ProposalSureness, about, entry, proposed, timeline, times

SURE, LIKELY = ProposalSureness.SURE, ProposalSureness.LIKELY

FORMS = [
    ("14:35 — The team is paged", "- 14:35 — The team is paged", SURE),
    ("• 14:35 The team is paged", "• 14:35 The team is paged", None),
    ("➤ 14:35 The team is paged", "- 14:35 The team is paged", SURE),
    ("= 14:35 The team is paged", "- 14:35 The team is paged", SURE),
    ("- 14.35 – The team is paged", "- 14:35 – The team is paged", SURE),
    ("- **14.35** The team is paged", "- **14:35** The team is paged", SURE),
    ("- **14:35: The team is\n  paged**", "- 14:35 — **The team is", SURE),
    ("- First alarm (14:35): by pager", "- 14:35 — First alarm: by pager", SURE),
    ("- Time of detection: 14:35 (UTC)", "- 14:35 (UTC) — Time of detection", SURE),
    ("- First alarm 2026-04-06 14:35", "- 2026-04-06 14:35 — First alarm", SURE),
    ("- The first customer called at 14:35", "- 14:35 — The first customer called at 14:35", SURE),
    ("- By 14:35 everybody was locked out", "- 14:35 — By 14:35 everybody was locked out", SURE),
    ("- Support saw at 14:35 that sign-in fails", "- 14:35 — Support saw at 14:35 that sign-in fails", SURE),
    (
        "- Between 14:35, 14:40 and 14:50 it came and went",
        "- 14:35 — Between 14:35, 14:40 and 14:50 it came and went",
        LIKELY,
    ),
    ("- 14:35 to 14:50: sign-in is slow", "- 14:35–14:50: sign-in is slow", SURE),
    ("- from 14:35 until 14:50 sign-in is slow", "- 14:35–14:50 — sign-in is slow", SURE),
    ("- 06/04/2026 14:35 – paged", "- 2026-04-06 14:35 – paged", SURE),
    ("- 2026/4/6 14:35: paged", "- 2026-04-06 14:35: paged", SURE),
    ("- 2026-04-06 - 14:35 WAT: paged", "- 2026-04-06 14:35 WAT: paged", SURE),
    ("- April 6, 14:35 — paged", "- April 6, 2026, 14:35 — paged", SURE),
    ("- 6 April 14:35 — paged", "- 6 April 2026 14:35 — paged", SURE),
    ("- 6th April, 14:35 — paged", "- 6th April 2026, 14:35 — paged", SURE),
    ("- Noon: the cache is full", "- 12:00 — Noon: the cache is full", SURE),
    ("- At midnight the job starts", "- 00:00 — At midnight the job starts", SURE),
    ("- +5 min: on-call answers", "- T+5 min: on-call answers", LIKELY),
    ("- +1:05 all well", "- T+1h 5m all well", LIKELY),
    ("- Ten minutes later the team is paged", "- 14:40 — Ten minutes later the team is paged", LIKELY),
    ("- half an hour later: the team is paged", "- 15:00 — half an hour later: the team is paged", LIKELY),
    ("1.14:35 The team is paged", "1. 14:35 The team is paged", SURE),
]


@pytest.mark.parametrize(("written", "becomes", "sureness"), FORMS, ids=[form[0][:40] for form in FORMS])
def test_an_entry_gets_the_form_nearest_to_its_own_that_is_read(
    written: str, becomes: str, sureness: ProposalSureness | None
) -> None:
    assert entry(written.split("\n", 1)[0] if "\n" not in written else written) == (becomes, sureness)


@pytest.mark.parametrize(
    "line",
    [
        "- 14:35 — The team is paged",
        "- 14:35 UTC, the team is paged",
        "* **14:35 WAT** The team is paged",
        "- 2026-04-06 14:35: paged",
        "- T+5m — paged",
        "- 14:35–14:50: slow",
        "- We talked to the bank",
        "A sentence between entries.",
        "- Version 14.3 is released",
        "- 2.5 million requests failed",
    ],
)
def test_what_is_read_or_is_no_entry_stays_as_it_is(line: str) -> None:
    assert entry(line) == (line, None)


def test_hours_without_am_or_pm_get_what_the_entries_around_them_leave_open_only() -> None:
    text = proposed(timeline("- 2:30 PM: it fails", "- 2:41: paged", "- 3:10 PM: it works"))
    assert "- 2:41 PM: paged" in text.lines
    assert [proposal.sureness for proposal in about(text, "entry")] == [SURE]
    doubtful = proposed(timeline("- 9:00 AM: it fails", "- 10:00: paged", "- 11:30: the cause is found"))
    assert {proposal.sureness for proposal in about(doubtful, "entry")} <= {SURE, LIKELY}
    assert times(doubtful.text) == ["09:00", "10:00", "11:30"]


def test_the_second_time_of_a_range_lends_its_letters_to_the_first() -> None:
    text = proposed(timeline("- 2:30 PM: it fails", "- 2:40-2:55 PM: we restart", "- 3:10 PM: it works"))
    assert "- 2:40 PM–2:55 PM: we restart" in text.lines
    assert times(text.text) == ["14:30", "14:40", "15:10"]


def test_a_day_on_a_line_of_its_own_gets_its_year() -> None:
    text = proposed(timeline("6 April", "", "- 23:50 it fails", "", "**April 7**", "", "- 00:10 it works"))
    assert "6 April 2026" in text.lines
    assert "**April 7, 2026**" in text.lines
    assert times(text.text) == ["23:50", "00:10"]


def test_a_day_that_may_be_two_is_decided_by_the_beginning_or_stays() -> None:
    assert entry("- 04/06/2026 14:35 paged") == ("- 2026-04-06 14:35 paged", SURE)
    unknown = proposed(timeline("- 04/06/2026 14:35 paged"), context=Context(zone=ZoneInfo("UTC")))
    assert not about(unknown, "entry")


def test_a_time_that_stands_alone_is_joined_with_the_text_below() -> None:
    text = proposed(timeline("14:30", "Sign-in fails", "", "14:41", "", "Mail is late"))
    assert "- 14:30 — Sign-in fails" in text.lines
    assert "- 14:41 — Mail is late" in text.lines
    assert times(text.text) == ["14:30", "14:41"]


def test_several_entries_on_one_line_become_one_item_each() -> None:
    text = proposed(timeline("- 14:30 Sign-in fails. - 14:41 Mail is late.", "- 15:00 It works"))
    assert text.lines[2:5] == ["- 14:30 Sign-in fails.", "- 14:41 Mail is late.", "- 15:00 It works"]


def test_a_list_of_times_without_a_heading_gets_one() -> None:
    body = "It broke.\n\n- 14:30 Sign-in fails\n- 14:35 Paged\n- 14:41 The cause is found\n- 15:10 It works\n"
    text = proposed(body, everything=False)
    assert text.lines[2:5] == ["## Timeline", "", "- 14:30 Sign-in fails"]
    assert len(times(text.text)) == 4


def test_items_that_group_entries_become_headings() -> None:
    text = proposed(
        timeline("- Morning:", "  - 14:30 Sign-in fails", "  - 14:35 Paged", "- Evening", "  - 18:00 It works")
    )
    assert "### Morning" in text.lines
    assert "### Evening" in text.lines
    assert times(text.text) == ["14:30", "14:35", "18:00"]


def test_a_list_that_is_indented_as_code_moves_to_the_margin() -> None:
    text = proposed("## Timeline\n    - 14:30 Sign-in fails\n    - 14:35 Paged\n")
    assert text.lines[1:3] == ["- 14:30 Sign-in fails", "- 14:35 Paged"]


def test_code_whose_end_was_forgotten_ends_before_the_next_entry() -> None:
    body = timeline("- 14:30 Sign-in fails", "", "```", "no space left", "", "- 14:35 Paged", "", "```", "df -h", "```")
    text = proposed(body)
    assert times(text.text) == ["14:30", "14:35"]
    assert [proposal.subject for proposal in text.proposals if proposal.subject == "code"]


def test_a_zone_that_is_not_certain_is_named_once_more() -> None:
    context = Context(zone=ZoneInfo("America/Denver"), begins_at=datetime(2026, 4, 6, 22, 30, tzinfo=UTC))
    body = "## Timeline\n\nTimes are Denver time.\n\n- 16:37 first report\n- 17:02 all good\n"
    text = proposed(body, everything=False, context=context)
    assert "Times: America/Denver" in text.lines
    assert times(text.text, context) == ["16:37", "17:02"]


TABLES = [
    (
        ["| Who | What | When |", "|---|---|:-:|", "| Ops | Sign-in fails | 14:30 |", "| Ops | Paged | 14.35 |"],
        ["| When | Who | What |", "| :-: | --- | --- |", "| 14:30 | Ops | Sign-in fails |", "| 14:35 | Ops | Paged |"],
    ),
    (
        ["| What | Time | Date |", "|---|---|---|", "| It fails | 14:30 | 6 April |", "| Paged | 14:35 | 6 April |"],
        [
            "| Date | Time | What |", "| --- | --- | --- |", "| 6 April 2026 | 14:30 | It fails |",
            "| 6 April 2026 | 14:35 | Paged |",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "becomes"), TABLES)
def test_a_table_gets_its_days_and_times_in_front(table: list[str], becomes: list[str]) -> None:
    text = proposed(timeline(*table), everything=False)
    assert text.lines[2:6] == becomes
    assert times(text.text) == ["14:30", "14:35"]


def test_a_section_below_the_timeline_that_has_times_of_its_own_stands_beside_it() -> None:
    body = "# Timeline\n\n- 14:30 It fails\n- 14:35 Paged\n- 14:50 It works\n\n## Resolution\n\n- 14:41 We looked\n"
    text = proposed(body)
    assert "# Resolution" in text.lines
    assert times(text.text) == ["14:30", "14:35", "14:50"]


def test_a_list_in_html_becomes_one_in_markdown_as_a_whole() -> None:
    items = ("<ul>", "<li><strong>14:30</strong> It fails</li>", '<li>14:35 <img src="x.png"> Paged</li>', "</ul>")
    text = proposed(timeline(*items), everything=False)
    assert text.lines[2:4] == ["- **14:30** It fails", '- 14:35 <img src="x.png"> Paged']
    assert times(text.text) == ["14:30", "14:35"]


@pytest.mark.parametrize(
    "lines",
    [
        ["<table>", "<tr><td>14:30</td><td>It fails</td></tr>", "<tr><td>14:35</td><td>Paged</td></tr>", "</table>"],
        ["<div>", "<p>14:30 It fails</p>", "<p>14:35 Paged</p>", "</div>"],
    ],
)
def test_other_html_stays_whole(lines: list[str]) -> None:
    body = timeline(*lines)
    assert proposed(body).text == body


@pytest.mark.parametrize(
    "line",
    [
        "- Tue 09:00 Review",
        "- Tuesday, 09:00: review",
        "- Tomorrow at 09:00, review",
        "- At noon the next day the report is out",
        "- A week later, 10:00, the report is out",
        "- about 2:05 in the afternoon, the deploy",
        "- 1.20 upgraded to version 1.21",
        "- ~14:45 alarm",
        "- 14:50? maybe the rollback",
        "- 14:40-ish: done",
        "- not before 16:00: the vendor answers",
        "- Planned: 16:30",
        "- Expected recovery: 15:30",
        "- Time to detect: 0:07",
        "- Ratio 14:05 in our favour",
        "- Ticket #14:12 is opened",
        "- MAC 00:14:05:aa answers",
        "- Deploy to node-14:35",
        "- ~~14:45~~ 14:50 Confirmed",
        "- 14:40 (Kova time) Alarm",
        "- 20 min after the deploy: alarm",
        "- 10 minutes on hold with the vendor",
        "- 3 days later the report is out",
    ],
)
def test_what_may_be_no_time_or_another_day_is_never_sure(line: str) -> None:
    body = timeline("- 14:30 — Sign-in fails", line)
    assert proposed(body, everything=False).text == body


def test_hours_of_twelve_are_those_between_the_beginning_and_the_end() -> None:
    text = proposed(timeline("- 2:31 it fails", "- Alarm (2:40)", "- 3:50 it works"), everything=False)
    assert times(text.text) == ["14:31", "14:40", "15:50"]


def test_nested_times_are_details_of_the_entry_above() -> None:
    body = timeline("- 14:30 first errors", "    - 14.35 the team meets", "- 14:50 still errors")
    assert proposed(body).text == body


def test_a_link_or_a_quote_around_a_time_stays_whole() -> None:
    link = "- [14:35](https://example.org) Alarm"
    assert entry(link) == ("- 14:35 — [14:35](https://example.org) Alarm", SURE)
    assert entry('- "14:35" it says') == ('- 14:35 — "14:35" it says', SURE)


@pytest.mark.parametrize(
    "table",
    [
        ["| Event | Zone | Time |", "|---|---|---|", "| Deploy | UTC | 13:30 |", "| Alarm | CET | 14:35 |"],
        ["| Event | Date | Time |", "|---|---|---|", "| Deploy | 6/4 | 14:30 |", "| Review | 7/4 | 09:00 |"],
    ],
)
def test_a_table_with_zones_or_days_that_are_not_understood_stays(table: list[str]) -> None:
    body = timeline(*table)
    assert proposed(body).text == body


@pytest.mark.parametrize(
    "comment", ["<!--\nSECRET one\n\nSECRET two\n-->", "<!-- internal -->\nSECRET\n<!-- /internal -->"]
)
def test_comments_and_internal_notes_are_neither_read_nor_changed(comment: str) -> None:
    actions = "| What do | Owner team | Deadline day |\n|---|---|---|\n| x y | Ops | 2026-05-01 |\n"
    entries = timeline("- 14:30 — It fails") + "- 14.35 paged\n"
    text = proposed(f"{comment}\n\n{entries}\n## Action items\n\n{actions}")
    assert comment in text.text
    assert "- 14:35 paged" in text.text
    assert "| Action (What do) | Owner (Owner team) | Due (Deadline day) |\n|---|---|---|" in text.text


@pytest.mark.parametrize(
    "line", ["- 14.35 paged <!-- by Ops -->", "14.35 paged <!-- internal -->by Ops<!-- /internal -->"]
)
def test_a_line_that_holds_a_comment_is_left_to_its_author(line: str) -> None:
    assert line in proposed(timeline("- 14:30 — It fails", line)).lines
