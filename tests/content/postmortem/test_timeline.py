"""Timelines: what is an entry, on which day it was, what belongs to it; all else is prose."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.postmortem.bodies import BODY_LINE, STARTED, local, read, timeline
from tests.makers import at


@pytest.mark.parametrize(
    "line",
    [
        "- 14:30 — it broke",
        "* 14:30 – it broke",
        "+ 14:30 - it broke",
        "• 14:30: it broke",
        "1. 14:30, it broke",
        "1) 14:30 it broke",
        "- 14:30\tit broke",
        "- 14:30:00 it broke",
        "- 14:30:00.00 — it broke",
        "- 2:30 PM: it broke",
        "- 02:30 PM it broke",
        "- 14h30 : it broke",
        "- 14:30، it broke",
        "- 14:30 Uhr: it broke",
        "- At 14:30 — it broke",
        "- um 14:30 Uhr — it broke",
        "- a las 14:30 — it broke",
        "- às 14h30 — it broke",
        "- الساعة 2:30 مساءً — it broke",
        "- **At 14:30** — it broke",
        "- At **14:30** — it broke",
        "- 2:30 Uhr nachmittags: it broke",
        "| Time | What |\n|---|---|\n| At 14:30 | it broke |",
        "### At 14:30 — it broke",
        "- 14時30分 it broke",
        "- \uff11\uff14\uff1a\uff13\uff10 it broke",
        "- **14:30** it broke",
        "- **14:30**: it broke",
        "- **14:30:** it broke",
        "- **14:30** — it broke",
        "- *14:30* — it broke",
        "- __14:30__ it broke",
        "- ***14:30*** it broke",
        "- **14:30 WAT** — it broke",
        "- **14:30** WAT — it broke",
        "- **14:30 (WAT):** it broke",
        "- T+0 it broke",
        "- 2026-04-06 14:30 — it broke",
        "- 2026-04-06T14:30 it broke",
        "- 2026-04-06T13:30:00Z it broke",
        "- 2026-04-06T14:30+01:00 it broke",
        "- 2026-04-06T14:30+01:00: it broke",
        "- 2026-04-06T08:30:00-05:00 it broke",
        "- **2026-04-06** 14:30 — it broke",
        "- 2026-04-06 **14:30** — it broke",
        "- **2026-04-06 14:30** — it broke",
        "- 6 April 2026, 14:30 — it broke",
        "- 6 April 2026 at 2:30 PM: it broke",
        "- April 6th, 2026, 14:30: it broke",
        "- Monday, 6 April 2026 14:30 it broke",
        "- 6. April 2026 um 14:30 it broke",
        "| Time | What |\n|---|---|\n| 14:30 | it broke |",
        "|Time|What|\n|---|---|\n|14:30|it broke|",
        "Time | What\n---|---\n14:30 | it broke",
        "| Date | Time | What |\n|---|---|---|\n| 2026-04-06 | 14:30 | it broke |",
        "| Time | What |\n|---|---|\n| **14:30** | it broke |",
        "| Time | What |\n|---|---|\n| 2026-04-06 14:30 | it broke |",
        "### 14:30 — it broke",
        "### 6 April 2026, 14:30: it broke",
        "### 6 April 2026\n\n- 14:30 it broke",
        "**6 April 2026**\n\n- 14:30 it broke",
        "2026-04-06:\n- 14:30 it broke",
        "- 6 April 2026:\n  - 14:30 it broke",
    ],
)
def test_an_entry_begins_with_a_time(line: str) -> None:
    reading = timeline(line)
    assert [(entry.at, entry.text) for entry in reading.entries] == [(STARTED, "it broke")]
    assert not reading.unread
    assert not reading.problems


@pytest.mark.parametrize(
    "line",
    [
        "- it broke at 14:30",
        "- `14:30` it broke",
        "- [14:30](x) it broke",
        "- ~~14:30~~ it broke",
        "- 14:00 PM it broke",
        "- 25:00 it broke",
        "- 04/06/2026 14:30 it broke",
        "- 06.04.2026 14:30 it broke",
        "- 6 April 14:30 it broke",
        "- 14.30 it broke",
        "- 14:30it broke",
        "- *14:30 it broke",
        "- 14:30* it broke",
        "- 14:30",
        "14:30 — it broke",
        "> - 14:30 it broke",
        "    - 14:30 it broke",
        "```\n- 14:30 it broke\n```",
        "- about 14:30 it broke",
        "- at14:30 it broke",
        "- At half past 14:30 it broke",
        "- 14:30頃 it broke",
        "- 14h : it broke",
        "- (14:30) it broke",
        "- [x] 14:30 it broke",
        "- 1430 it broke",
        "- half past two it broke",
        "| What | When |\n|---|---|\n| it broke | 14:30 |",
        "| What | Time |\n|---|---|\n| disk | 14:30 |",
        "- 31 April 2026 14:30 it broke",
        "### About 14:30",
        "- 14:30-5 it broke",
        "- 2026-04-06 it broke",
        "- 30:15 it broke",
        "- T+5 it broke",
    ],
)
def test_anything_else_is_prose_as_written(line: str) -> None:
    reading = timeline(line)
    assert not reading.entries
    shown = "".join(f"{section.heading}\n{section.markdown}" for section in reading.sections)
    assert line.removeprefix("### ") in shown
    assert "incidents:" not in reading.marked


@pytest.mark.parametrize(
    "line",
    [
        "- 14:00 PM bad",
        "- `14:31` bad",
        "- ~~14:31~~ bad",
        "- [14:31](x) bad",
        "- (14:31) bad",
        "- [x] 14:31 bad",
        "- 04/06/2026 14:31 bad",
        "- 25:10 bad",
        "- 14:31",
        "- T+10m",
        "- 2:31 PM {kind: cause}",
        "- **14:31 {kind: cause}**",
        "14:31 bad",
        "| Time | What |\n|---|---|\n| 14:31 PM | bad |",
    ],
)
def test_a_line_that_looks_like_an_entry_and_does_not_fit_is_remarked(line: str) -> None:
    reading = timeline(f"- 14:30 — it broke\n\n{line}\n")
    assert [entry.text for entry in reading.entries] == ["it broke"]
    assert [remark.line for remark in reading.unread] == [BODY_LINE + 4 + 2 * line.startswith("|")]


def test_a_comment_is_no_entry() -> None:
    assert not timeline("<!--\n- 14:30 it broke\n-->").entries


def test_a_section_draws_one_remark_at_most() -> None:
    assert len(timeline("- 14:00 PM bad\n- 15:00 PM bad\n\n### 6 April 2026\n\n- 16:00 PM bad").unread) == 1


def test_seconds_and_fractions_are_kept() -> None:
    assert timeline("- 14:30:15.250 x").entries[0].at == STARTED + timedelta(seconds=15, milliseconds=250)


@pytest.mark.parametrize("dash", ["–", "-", " – ", " - ", "—"])
def test_a_range_keeps_its_end(dash: str) -> None:
    entry = timeline(f"- 14:30{dash}14:45 — it broke").entries[0]
    assert (entry.at, entry.until, entry.text) == (STARTED, STARTED + timedelta(minutes=15), "it broke")


@pytest.mark.parametrize(
    ("range_", "minutes"),
    [
        ("14:30–14:45 WAT", 15),
        ("**14:30–14:45**", 15),
        ("**14:30**–**14:45**", 15),
        ("13:30 UTC–13:45 UTC", 15),
        ("14:30–00:10", 580),
        ("14:30–24:00", 570),
        ("2:30 PM–2:45 PM", 15),
        ("14:30-05:00", 870),
        ("14:30–08:30", 1080),
    ],
)
def test_ranges_of_every_form(range_: str, minutes: int) -> None:
    entry = timeline(f"- {range_} — x").entries[0]
    assert entry.until == STARTED + timedelta(minutes=minutes)
    assert entry.text == "x"


def test_a_range_may_be_a_whole_day() -> None:
    entry = timeline("- 2026-04-07 00:00–24:00 — x").entries[0]
    assert entry.until == entry.at + timedelta(days=1)


@pytest.mark.parametrize("range_", ["14:30–14:10", "14:30–08:31", "2:30 PM–2:10 PM"])
def test_a_range_that_ends_before_it_begins_has_no_end_and_is_remarked(range_: str) -> None:
    reading = timeline(f"- {range_} — x\n- 3:00 PM — y" if "PM" in range_ else f"- {range_} — x\n- 15:00 — y")
    assert [(entry.text, entry.until) for entry in reading.entries] == [("x", None), ("y", None)]
    assert [(remark.line, remark.message) for remark in reading.unread] == [
        (BODY_LINE + 2, "the range ends before it begins")
    ]


@pytest.mark.parametrize(
    "text", ["14:30 — 15:10 was the next alarm", "14:30 – 15 users called", "14:30 - 5 users called"]
)
def test_a_separator_is_no_range(text: str) -> None:
    assert timeline(f"- {text}").entries[0].until is None


def test_times_without_am_or_pm_do_not_fit_beside_times_that_have_them() -> None:
    reading = timeline("- 2:30 PM — a\n- 2:45 — b\n- 14:50 — c\n- 00:10 — d\n- 3:00 PM–3:10 — e\n")
    assert [entry.text for entry in reading.entries] == ["a", "c", "d"]
    assert [remark.line for remark in reading.unread] == [7]


def test_times_without_am_or_pm_fit_among_themselves() -> None:
    assert local(timeline("- 2:30 — a\n- 14:45 — b", started=at("2026-04-06 02:00"))) == ["06 02:30", "06 14:45"]


def test_elapsed_times_count_from_the_start() -> None:
    assert local(timeline("- T-5m a\n- T+10m b\n- T+1h 5m c")) == ["06 14:25", "06 14:40", "06 15:35"]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("09:00 14:30", "06 09:00,06 14:30"),
        ("08:31 14:30", "06 08:31,06 14:30"),
        ("08:29 14:30", "07 08:29,07 14:30"),
        ("14:30 23:50 00:10", "06 14:30,06 23:50,07 00:10"),
        ("14:30 08:00", "06 14:30,07 08:00"),
        ("16:00 15:00 14:30", "06 16:00,06 15:00,06 14:30"),
        ("00:10 23:50 20:00", "07 00:10,06 23:50,06 20:00"),
        ("14:30 24:00 00:10", "06 14:30,07 00:00,07 00:10"),
        ("23:00 04:00 09:00 14:00 19:00", "06 23:00,07 04:00,07 09:00,07 14:00,07 19:00"),
    ],
)
def test_a_time_without_a_day_lies_near_the_entry_above(times: str, expected: str) -> None:
    reading = timeline("\n".join(f"- {written} x" for written in times.split()))
    assert local(reading) == expected.split(",")


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=at("2026-01-01 00:00").replace(tzinfo=None), max_value=at("2026-12-31 00:00").replace(tzinfo=None)
    ),
    st.lists(st.times(), min_size=1, max_size=8),
)
def test_each_instant_lies_in_the_window_of_the_one_above(started: datetime, clocks: list[time]) -> None:
    reference = at(f"{started:%Y-%m-%d %H:%M}")
    reading = timeline("\n".join(f"- {clock:%H:%M} x" for clock in clocks), started=reference)
    assert len(reading.entries) == len(clocks)
    for entry, clock in zip(reading.entries, clocks, strict=True):
        assert reference - timedelta(hours=6) <= entry.at < reference + timedelta(hours=18)
        assert f"{entry.at + timedelta(hours=1):%H:%M}" == f"{clock:%H:%M}"
        reference = entry.at


@settings(deadline=None)
@given(
    st.lists(st.times(), min_size=1, max_size=8),
    st.sampled_from(["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"]),
)
def test_the_window_holds_in_the_nights_in_which_clocks_change(clocks: list[time], day: str) -> None:
    reference = at(f"{day} 12:00")
    reading = timeline(
        "\n".join(f"- {clock:%H:%M} {number}" for number, clock in enumerate(clocks)),
        started=reference,
        zone="Europe/Paris",
    )
    for entry in reading.entries:
        assert reference - timedelta(hours=6) <= entry.at < reference + timedelta(hours=18)
        reference = entry.at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### 7 April 2026\n\n- 09:00 a\n- 10:00 b", "07 09:00,07 10:00"),
        ("- 14:30 a\n\n**8 April 2026**\n\n- 09:00 b", "06 14:30,08 09:00"),
        ("### 6 April 2026\n\n- 22:00 a\n- 09:00 b\n- 10:00 c", "06 22:00,07 09:00,07 10:00"),
        ("### 6 April 2026\n\n- 22:00 a\n- 21:00 b", "06 22:00,06 21:00"),
        ("### 6 April 2026\n\n- 22:00 a\n- 14:00 b\n- 07:00 c", "06 22:00,06 14:00,06 07:00"),
        ("### 7 April 2026\n\n- 09:00 a\n\n### 6 April 2026\n\n- 23:00 b", "07 09:00,06 23:00"),
        ("- 2026-04-07 09:00 a\n- 10:00 b", "07 09:00,07 10:00"),
        ("### 6 April 2026\n\n- 22:00 a\n- 07:00 b", "06 22:00,07 07:00"),
        ("- 2026-04-07 23:00 a\n- 01:00 b\n- 02:00 c", "07 23:00,08 01:00,08 02:00"),
        ("- 2026-04-08 09:00 a\n- 2026-04-07 09:00 b", "08 09:00,07 09:00"),
        ("- 6 April 2026\n    - 23:00 a\n- 7 April 2026\n    - 22:00 b", "06 23:00,07 22:00"),
        (
            "|Date|Time|What|\n|---|---|---|\n| 2026-04-07 | 09:00 | a |\n| | 23:00 | b |\n| 2026-04-09 | 01:00 | c |",
            "07 09:00,07 23:00,09 01:00",
        ),
        ("- 2026-04-07 24:00 a", "08 00:00"),
        ("### 6 April 2026\n\n### 14:30 — a\n\n### 7 April 2026\n\n### 09:00 — b", "06 14:30,07 09:00"),
        ("### 8 April 2026\n\nQuiet.\n\n### Night\n\n- 09:00 a", "08 09:00"),
        ("### 7 April 2026\n\n- 09:00 a\n\n### 8 April 2026 — Calm\n\n- 09:30 b", "07 09:00,08 09:30"),
        ("### 7 April 2026\n\n- 09:00 a\n\n### 8 April 2026 (WAT)\n\n- 09:30 b", "07 09:00,08 09:30"),
        ("### 7 April 2026\n\n- 09:00 a\n- 8 April 2026\n- 09:30 b", "07 09:00,08 09:30"),
        ("### 7 April 2026\n\n- 09:00 a\n\n6 April was calm.\n\n- 09:30 b", "07 09:00,07 09:30"),
        ("### 7 April 2026\n\n- 09:00 a\n\n### 3 out of 5 nodes\n\n- 09:30 b", "07 09:00,07 09:30"),
        ("|Date|Time|What|\n|---|---|---|\n| 2026-04-07 | 09:00 | a |\n| – | 10:00 | b |", "07 09:00,07 10:00"),
    ],
)
def test_a_day_holds_until_the_next_day(text: str, expected: str) -> None:
    reading = timeline(text)
    assert local(reading) == expected.split(",")
    assert not reading.unread


@pytest.mark.parametrize(
    "day",
    [
        "### 8 April",
        "### April 8th",
        "### Wednesday, 8 April",
        "### 8 April — Calm",
        "### 08.04.",
        "### 4月8日",
        "### 2026/04/08",
        "### 31 April 2026",
        "**8 April**",
        "08/04/2026",
        "- 8 April",
        "- 8 April\n    - 08:00 n",
        "- 8 April 09:00 — n",
        "- 8 April: n",
        "- 09:00 on 8 April: n",
        "- 08.04.2026 09:00 n",
        "|Date|Time|What|\n|---|---|---|\n| 2026-04-07 | 09:10 | a |\n| 8 April | 09:00 | n |",
        "|Date|Time|What|\n|---|---|---|\n| 2026-04-07 | 09:10 | a |\n| 08/04/2026 | 09:00 | n |\n| | 09:01 | n |",
    ],
)
def test_below_a_day_that_is_not_certain_no_entry_takes_the_day_above(day: str) -> None:
    reading = timeline(f"### 7 April 2026\n\n- 09:00 a\n\n{day}\n\n- 09:30 b\n- 2026-04-09 10:00 c\n- 11:00 d")
    assert local(reading) == ["07 09:00", *(["07 09:10"] if "|" in day else []), "09 10:00", "09 11:00"]
    assert len(reading.unread) == 1
    assert "- 09:30 b" in reading.marked


def test_a_day_that_is_not_certain_is_named_with_what_to_write() -> None:
    (remark,) = timeline("### 8 April\n\n- 09:30 b").unread
    assert remark.message == "it is not certain which day '8 April' is"
    assert "2026-04-08" in remark.hint


def test_time_since_the_start_needs_no_day() -> None:
    assert local(timeline("### 8 April\n\n- T+10m x")) == ["06 14:40"]


@pytest.mark.parametrize(
    "behind",
    [
        " on 7 April 2026: x",
        " on 7 April 2026 x",
        ", 7 April 2026 — x",
        " 7 April 2026 — x",
        " (7 April 2026) x",
        " WAT on 2026-04-07, x",
        " am 7. April 2026: x",
    ],
)
def test_a_day_may_stand_behind_its_time(behind: str) -> None:
    reading = timeline(f"- 14:30{behind}\n- 15:00 y")
    assert local(reading) == ["07 14:30", "07 15:00"]
    assert [entry.text for entry in reading.entries] == ["x", "y"]


@pytest.mark.parametrize(
    "behind",
    [
        "7 nodes failed",
        "2026-04-07 was the report",
        "3/4 of the nodes",
        "on 3/4 of the nodes",
        "(3/4) down",
        "May be slow",
    ],
)
def test_numbers_behind_a_time_are_no_day(behind: str) -> None:
    reading = timeline(f"- 14:30 {behind}")
    assert local(reading) == ["06 14:30"]
    assert reading.entries[0].text == behind


def test_a_day_does_not_reach_the_next_section() -> None:
    assert local(timeline("### 8 April 2026\n\n- 09:00 a\n\n## Timeline\n\n- 14:30 b")) == ["08 09:00", "06 14:30"]


@pytest.mark.parametrize(
    "text", ["- 14:30 a\n- 15:00 b\n- 14:50 c\n- 15:10 d\n- 15:05 e", "- 14:30 a\n- 14:20 b\n- 14:40 c"]
)
def test_going_back_draws_one_warning(text: str) -> None:
    reading = timeline(text)
    assert reading.codes == ["timeline-out-of-order"]
    assert [entry.text for entry in reading.entries] == sorted(entry.text for entry in reading.entries)


@pytest.mark.parametrize(
    "text", ["- 14:30 a\n- 14:30 b\n- 15:00 c", "- 15:00 a\n- 14:50 b\n- 14:50 c", "- 23:50 a\n- 00:10 b", "- 14:30 a"]
)
def test_lists_in_order_and_with_the_newest_first_draw_no_warning(text: str) -> None:
    assert not timeline(text).codes


@pytest.mark.parametrize("margin", ["  ", "    ", "\t"])
def test_what_is_nested_belongs_to_its_item(margin: str) -> None:
    entries = timeline(f"- 14:30 — it broke\n{margin}- 14:35 a detail\n\n{margin}More.\n").entries
    assert [entry.text for entry in entries] == ["it broke\n- 14:35 a detail\n\nMore."]


def test_an_outer_item_without_a_time_belongs_to_the_entry_above() -> None:
    reading = timeline("- before\n- 14:30 — it broke\n- a detail\n- 14:31 — mended\n")
    assert [entry.text for entry in reading.entries] == ["it broke\n\n- a detail", "mended"]
    assert reading.marked.count("incidents:entry 0") == 2
    assert [remark.line for remark in reading.unread] == [6]


@pytest.mark.parametrize(
    "item",
    [
        "16h : x",
        "vers 16h10 x",
        "gegen 15.50 Uhr x",
        "ca. 14:30 x",
        "between 14:30 and 15:00",
        "just before 2 PM x",
        "T+1:30 x",
        "T+10: x",
        "T+1d x",
        "+10m x",
        "1430 x",
        "翌日 0:10 x",
        "on 8 April x",
        "2026-04-08: x",
    ],
)
def test_an_item_that_states_a_time_in_another_form_is_no_part_of_the_entry_above(item: str) -> None:
    reading = timeline(f"- 14:30 a\n- {item}\n- a detail of it\n- T+2h b")
    assert [entry.text for entry in reading.entries] == ["a", "b"]
    assert [remark.line for remark in reading.unread] == [BODY_LINE + 3]


@pytest.mark.parametrize(
    "item",
    [
        "3 out of 5 nodes",
        "2026 users",
        "1,200 users",
        "99.95 % up",
        "Version 1.2 was out",
        "3/4 of the users",
        "took 3 h",
        "port 8080:80",
        "10.0.0.1:80 down",
        "May be slow",
        "it ended long before 15:00",
    ],
)
def test_an_item_with_other_numbers_belongs_to_the_entry_above(item: str) -> None:
    reading = timeline(f"- 14:30 a\n- {item}\n")
    assert [entry.text for entry in reading.entries] == [f"a\n\n- {item}"]
    assert not reading.unread


def test_a_row_without_a_time_belongs_to_the_row_above() -> None:
    reading = timeline("| Time | What |\n|---|---|\n| 14:30 | it broke |\n| | a detail |\n| 14:31 | mended |\n")
    assert [entry.text for entry in reading.entries] == ["it broke; a detail", "mended"]


def test_cells_are_joined_under_their_headers() -> None:
    reading = timeline("| Time | Who | What |\n|---|---|---|\n| 14:30 | Ops | a \\| b |\n| 14:31 | | c |\n")
    assert [entry.text for entry in reading.entries] == ["Who: Ops; What: a | b", "What: c"]


def test_text_around_the_list_stays_where_it_is() -> None:
    marked = timeline("Before.\n- 14:30 — it broke\n\nBehind.").marked
    assert marked.index("Before.") < marked.index("it broke") < marked.index("Behind.")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- **14:30 — It broke**", "**It broke**"),
        ("- *14:30: It* broke", "*It* broke"),
        ("- **14:30** — **It** broke", "**It** broke"),
    ],
)
def test_emphasis_that_ends_in_the_text_goes_on(line: str, text: str) -> None:
    assert timeline(line).entries[0].text == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("### 14:30 — It broke\n\nThe disk was full.\n\n- a\n", "It broke\n\nThe disk was full.\n\n- a"),
        ("### 14:30\n\nThe disk was full.\n", "The disk was full."),
    ],
)
def test_a_heading_with_a_time_is_an_entry_with_its_text(text: str, kinds: str) -> None:
    reading = timeline(text)
    assert [entry.text for entry in reading.entries] == [kinds]
    assert [section.entry for section in reading.sections] == [None, 0]


def test_a_heading_that_is_a_day_is_read_as_one() -> None:
    reading = timeline("### 6 April 2026\n\n- 14:30 x")
    assert [section.orders_entries for section in reading.sections] == [False, True]


def test_entries_know_their_lines() -> None:
    reading = read("Text.\n\n## Timeline\n\n- 14:30 a\n  b\n\n- 14:31 c\n\n### 14:32 d\n")
    assert [entry.line for entry in reading.entries] == [8, 11, 13]


def test_internal_notes_do_not_move_the_lines() -> None:
    reading = read("## Timeline\n\n<!-- internal -->\nsecret\n<!-- /internal -->\n- 14:30 a\n")
    assert [(entry.line, entry.text) for entry in reading.entries] == [(9, "a")]


def test_times_elsewhere_are_no_entries() -> None:
    assert not read("- 14:30 it broke\n\n## Impact\n\n- 14:30 it broke\n").entries


def test_the_lists_of_other_sections_are_left_as_they_are() -> None:
    text = "- a\n  - b\n"
    assert read(f"## Impact\n\n{text}").sections[0].marked.strip() == text.strip()


@settings(deadline=None)
@given(st.lists(st.times(), max_size=10))
def test_the_order_of_the_author_never_changes(clocks: list[time]) -> None:
    reading = timeline("\n".join(f"- {clock:%H:%M} — e{number}" for number, clock in enumerate(clocks)))
    assert [entry.text for entry in reading.entries] == [f"e{number}" for number in range(len(clocks))]
