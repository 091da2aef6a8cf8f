"""Timelines are read as a careful reader would; what is unclear stays prose, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import START, codes
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder


def entries(
    folder: Folder,
    timeline: str,
    *,
    heading: str = "Timeline",
    started: str = "2023-06-11 14:30",
    zone: str = "Africa/Lagos",
) -> list[tuple[str, str]]:
    """Each entry as its UTC time and its text."""
    notice = folder.notice(f"{START.format(zone=zone, started=started)}\n## {heading}\n\n{timeline}")
    assert notice.postmortem
    return [(f"{entry.at:%m-%d %H:%M:%S}".removesuffix(":00"), entry.text) for entry in notice.postmortem.timeline]


@pytest.mark.parametrize(
    "line",
    [
        "- 14:30 — it broke",
        "* 14:30 – it broke",
        "+ 14:30 - it broke",
        "- 14:30: it broke",
        "- 14:30 it broke",
        "- **14:30** it broke",
        "- **14:30**: it broke",
        "- **14:30:** it broke",
        "- **14:30** — it broke",
        "- 2:30 PM: it broke",
        "- 2:30PM - it broke",
        "- 2.30 pm it broke",
        "- 14.30 it broke",
        "- `14:30` it broke",
        "- 14:30 WAT — it broke",
        "- **14:30 WAT**: it broke",
        "- 14:30 (WAT) it broke",
        "- 13:30 UTC: it broke",
        "- At 2:30 PM, it broke",
        "- 2023-06-11 14:30 — it broke",
        "- 2023-06-11T14:30 it broke",
        "- 2023-06-11T15:30:00+02:00 it broke",
        "- 2023-06-11T09:30-04:00: it broke",
        "- 11 June 2023, 14:30 — it broke",
        "- June 11, 14:30: it broke",
        "- June 11th at 2:30 p.m. — it broke",
        "1. 14:30 — it broke",
        "1) 14:30 — it broke",
        "14:30 — it broke",
        "**14:30** — it broke",
        "14:30: it broke",
        "- [14:30] it broke",
        "- 14:30pm it broke",
        "• 14:30 it broke",
        "- 14:30 → it broke",
        "| Time | What |\n|---|---|\n| 14:30 | it broke |",
        "- ~14:30 — it broke",
        "- (14:30) it broke",
        "- 14h30 — it broke",
        "- [x] 14:30 — it broke",
        "- Sun 11 June 14:30 — it broke",
        "- Sunday, 11 June 2023, 14:30: it broke",
        "- 11-Jun-2023 14:30 — it broke",
        "- 11/06/2023 14:30 — it broke",
        "- 06/11/2023 14:30 — it broke",
        "- 2023/06/11 14:30 — it broke",
        "- Jun. 11 14:30 — it broke",
        "- 2023-06-11 - 14:30 - it broke",
        "- 15:30 CAT — it broke",
        "- 14:30 Africa/Lagos — it broke",
        "- 14:30 local time — it broke",
        "- 2023-06-11 15:30 +0200 it broke",
        "- + 0 min: it broke",
        "- T+0 it broke",
        "- it broke 2023-06-11 14:30",
        "- it broke (14:30)",
        "- it broke: 14:30",
        "14:30 it broke",
        "At 2:30 PM, it broke",
        "**14:30:** it broke",
        "**2:30 PM** - it broke",
        "- 2023-06-11\n    - 14:30 it broke",
        "- On the evening of that day\n    - 14:30 it broke",
        "**11 June 2023**\n\n14:30 it broke",
        "2023-06-11 (all times WAT)\n\n- 14:30 it broke",
        "All times are in UTC.\n\n- 13:30 — it broke",
        "- **Timezone:** UTC\n- 13:30 — it broke",
        "| Event | Happened |\n|---|---|\n| it broke | 14:30 |",
        "Time (WAT) | What\n--- | ---\n14:30 | it broke",
        "| What | When (UTC) |\n|---|---|\n| it broke | 13:30 |",
        "| Date | Time | What |\n|---|---|---|\n| 2023-06-11 | 2:30 PM | it broke |",
    ],
)
def test_an_entry_is_understood_however_it_is_written(folder: Folder, line: str) -> None:
    assert entries(folder, line + "\n") == [("06-11 13:30", "it broke")]
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- **14:30 — it broke** for all", "**it broke** for all"),
        ("- 14:30 — **it broke**", "**it broke**"),
        ("- **14:30** **it** broke", "**it** broke"),
        ("- 14:30 — [it broke](https://example.com)", "[it broke](https://example.com)"),
        ("- **14:30 it broke**", "**it broke**"),
        ("- 🔥 14:30 — it broke", "🔥 it broke"),
        ("- 14:30 — `it` broke", "`it` broke"),
    ],
)
def test_the_marks_and_links_of_an_entry_stay(folder: Folder, line: str, text: str) -> None:
    assert entries(folder, line + "\n") == [("06-11 13:30", text)]


def test_entries_may_say_how_long_after_the_beginning_they_were(folder: Folder) -> None:
    timeline = "- T-30 min — update pushed\n- T+0:05 — a\n- +1h 10m — b\n- T+90 — c\n"
    assert entries(folder, timeline) == [
        ("06-11 13:00", "update pushed"),
        ("06-11 13:35", "a"),
        ("06-11 14:40", "b"),
        ("06-11 15:00", "c"),
    ]
    assert codes(folder) == []


def test_a_time_without_am_or_pm_among_those_with_is_read_in_order_and_told(folder: Folder) -> None:
    timeline = "- 2:00 PM: a\n- 2:30: b\n- 2:31: c\n- 3:15 PM: d\n"
    assert [when for when, _ in entries(folder, timeline + "- 3:20 PM: e\n")] == [
        "06-11 13:00",
        "06-11 13:30",
        "06-11 13:31",
        "06-11 14:15",
        "06-11 14:20",
    ]
    (problem,) = folder.load().problems
    assert problem.code == "time-without-half"
    assert "2:30 PM" in problem.message


def test_times_of_a_clock_of_12_hours_are_read_where_the_incident_was(folder: Folder) -> None:
    assert [when for when, _ in entries(folder, "- 2:00 a\n- 2:30 b\n- 3:15 c\n")] == [
        "06-11 13:00",
        "06-11 13:30",
        "06-11 14:15",
    ]
    assert codes(folder) == ["time-without-half"]
    late = entries(folder, "- 11:16 a\n- 12:16 b\n- 1:52 c\n", started="2023-06-11 11:16")
    assert [when for when, _ in late] == ["06-11 10:16", "06-11 11:16", "06-11 12:52"]


def test_times_of_the_evening_before_are_of_the_evening_before(folder: Folder) -> None:
    timeline = "- 20:00 — deployed\n- 08:00 — it broke\n- 09:00 — it worked\n"
    assert [when for when, _ in entries(folder, timeline, started="2023-06-11 08:00")] == [
        "06-10 19:00",
        "06-11 07:00",
        "06-11 08:00",
    ]


def test_a_list_with_the_newest_entry_first_is_turned_round(folder: Folder) -> None:
    timeline = "- 23:10 — c\n- 14:40 — b\n- 14:30 — a\n"
    assert entries(folder, timeline) == [("06-11 13:30", "a"), ("06-11 13:40", "b"), ("06-11 22:10", "c")]
    assert codes(folder) == []


def test_a_time_that_lands_long_after_the_end_is_told(folder: Folder) -> None:
    folder.notice(
        "---\ntitle: X\ntimezone: Africa/Lagos\nimpact: minor\nstarted: 2023-06-11 14:30\n"
        "resolved: 2023-06-11 15:15\n---\n\n## Timeline\n\n- 14:30 — it broke\n- 04:31 — alarm\n"
    )
    (problem,) = [one for one in folder.load().problems if one.code == "timeline-day"]
    assert "13 hours after the end" in problem.message


def test_words_that_go_on_in_the_same_paragraph_belong_to_the_entry(folder: Folder) -> None:
    assert entries(folder, "14:30 it broke\nfor everyone\n14:40 it worked\n") == [
        ("06-11 13:30", "it broke\nfor everyone"),
        ("06-11 13:40", "it worked"),
    ]


def test_a_timeline_goes_on_below_headings_that_only_order_it(folder: Folder) -> None:
    timeline = "### Detection\n\n- 14:31 — pager\n\n### Recovery\n\n- 15:00 — restart\n\n## Root cause\n\n- 1 disk\n"
    assert entries(folder, timeline) == [("06-11 13:31", "pager"), ("06-11 14:00", "restart")]
    assert codes(folder) == []


def test_a_list_without_times_beside_the_entries_is_prose(folder: Folder) -> None:
    timeline = "- 14:30 — it broke\n\nWe also looked at:\n\n1. Requests\n2. Disks\n"
    assert entries(folder, timeline) == [("06-11 13:30", "it broke")]
    assert codes(folder) == []


def test_a_timeline_without_a_single_time_is_told(folder: Folder) -> None:
    assert entries(folder, "It broke around noon and was mended soon.\n") == []
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("timeline-empty", 10)
    assert "It broke around noon" in problem.message


def test_timed_lines_below_no_heading_are_told(folder: Folder) -> None:
    assert entries(folder, "- 14:30 it broke\n- 14:31 pager\n- 15:00 restart\n", heading="What we did") == []
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("timeline-unannounced", 12)


def test_a_column_in_a_zone_that_cannot_be_read_gives_no_entries(folder: Folder) -> None:
    assert entries(folder, "| Time (PST) | What |\n|---|---|\n| 05:30 | it broke |\n") == []
    assert codes(folder) == ["timeline-entry"]


def besides(folder: Folder, timeline: str) -> list[str | None]:
    """What each section of a timeline says besides its entries."""
    notice = folder.notice(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n{timeline}")
    assert notice.postmortem
    return [section.besides for section in notice.postmortem.sections]


def test_nothing_its_author_wrote_is_lost_beside_the_entries(folder: Folder) -> None:
    assert besides(folder, "Intro.\n\n- 14:30 — a\n- somebody called\n- 14:40 — b\n\n    code\n\nEnd.\n") == [
        "Intro.\n\n- somebody called\n\nEnd."
    ]
    assert besides(folder, "- one\n- two\n\n### 14:30 — x\n\n### 14:31 — y\n\nMore.\n") == [
        None,
        "",
        "More.",
    ]
    assert besides(folder, "| Time | What |\n|---|---|\n| 14:30 | a |\n| later | b |\n") == [
        "| Time | What |\n|---|---|\n| 14:30 | a |\n| later | b |"
    ]
    assert besides(folder, "| Time | What |\n|---|---|\n| 14:30 | a |\n") == [""]


def test_our_mark_of_a_kind_is_in_no_text_for_readers(folder: Folder) -> None:
    notice = folder.notice(
        f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n- 14:31 — A call. {{kind: detected}}\n"
    )
    assert notice.postmortem
    assert "{kind" not in notice.postmortem.sections[0].markdown


def test_seconds_are_kept(folder: Folder) -> None:
    assert entries(folder, "- 14:30:15 — it broke\n") == [("06-11 13:30:15", "it broke")]


@pytest.mark.parametrize("heading", ["Timeline (UTC)", "Timeline (all times UTC)", "Timeline, all times in GMT"])
def test_a_heading_may_name_the_zone(folder: Folder, heading: str) -> None:
    assert entries(folder, "- 13:30 — it broke\n- 14:45 WAT — it worked\n", heading=heading) == [
        ("06-11 13:30", "it broke"),
        ("06-11 13:45", "it worked"),
    ]


@pytest.mark.parametrize(
    "heading", ["Timeline (WAT)", "Timeline (all West African Time)", "Timeline (in 24-hour clock)"]
)
def test_a_heading_may_name_the_zone_of_the_file(folder: Folder, heading: str) -> None:
    assert entries(folder, "- 14:30 — it broke\n", heading=heading) == [("06-11 13:30", "it broke")]
    assert codes(folder) == []


def test_a_zone_we_cannot_read_gives_no_entries_but_a_warning(folder: Folder) -> None:
    assert entries(folder, "- 14:30 — it broke\n", heading="Timeline (PST)") == []
    assert codes(folder) == ["timeline-zone"]
    assert entries(folder, "- 14:30 — it broke\n", heading="Timeline (all times in Pacific)") == []
    assert codes(folder) == ["timeline-zone"]
    assert entries(folder, "- 14:30 PST — it broke\n- 14:31 — x\n") == [("06-11 13:31", "x")]
    assert codes(folder) == ["timeline-entry"]


def test_times_that_go_far_back_are_of_the_next_day(folder: Folder) -> None:
    timeline = "- 23:30 — a\n- 23:50 — b\n- 00:10 — c\n- 23:00 — d\n- 01:00 — e\n"
    assert entries(folder, timeline, started="2023-06-11 23:30") == [
        ("06-11 22:30", "a"),
        ("06-11 22:50", "b"),
        ("06-11 23:10", "c"),
        ("06-12 22:00", "d"),
        ("06-13 00:00", "e"),
    ]


def test_times_that_go_back_a_little_are_disorder(folder: Folder) -> None:
    assert entries(folder, "- 14:30 — a\n- 14:20 — b\n") == [("06-11 13:30", "a"), ("06-11 13:20", "b")]
    assert codes(folder) == ["timeline-out-of-order"]


@pytest.mark.parametrize(
    ("started", "first", "expected"),
    [
        ("2023-06-11 00:10", "23:50", "06-10 22:50"),
        ("2023-06-11 23:50", "00:05", "06-11 23:05"),
        ("2023-06-11 14:30", "09:00", "06-11 08:00"),
        ("2023-06-11 14:30", "02:00", "06-11 01:00"),
        ("2023-06-11 00:10", "18:00", "06-11 17:00"),
    ],
)
def test_the_first_entry_lies_near_the_start(folder: Folder, started: str, first: str, expected: str) -> None:
    assert entries(folder, f"- {first} — a\n", started=started) == [(expected, "a")]


def test_a_date_holds_until_the_next_one(folder: Folder) -> None:
    timeline = "- 2023-06-09 10:00 — a\n- 11:00 — b\n- 2023-06-12 09:00 — c\n- 09:30 — d\n"
    assert [when for when, _ in entries(folder, timeline)] == [
        "06-09 09:00",
        "06-09 10:00",
        "06-12 08:00",
        "06-12 08:30",
    ]


def test_wrapped_lines_and_lists_inside_belong_to_their_entry(folder: Folder) -> None:
    inside = "  for everyone\n  - 14:31 not an entry\n\n  ```\n  - 14:32 nor this\n  ```\n"
    timeline = f"- 14:30 — it broke\n{inside}- 14:40 — b\nlazy\n"
    assert entries(folder, timeline) == [
        ("06-11 13:30", "it broke\nfor everyone\n- 14:31 not an entry\n\n```\n- 14:32 nor this\n```"),
        ("06-11 13:40", "b\nlazy"),
    ]
    assert codes(folder) == []


def test_sections_below_the_timeline_belong_to_it(folder: Folder) -> None:
    timeline = "### The first day\n\n- 14:30 — a\n\n### The second day\n\n- 01:00 — b\n\n## Else\n\n- 15:00 — c\n"
    assert entries(folder, timeline) == [("06-11 13:30", "a"), ("06-12 00:00", "b")]


@pytest.mark.parametrize(
    "line",
    [
        "- Somebody noticed",
        "- 25:00 — x",
        "- 13:00 AM — x",
        "- 14:30",
        "- 5 servers failed",
        "- 10 % failed",
        "- 2023-02-30 10:00 — x",
        "- 14:99 — x",
    ],
)
def test_an_entry_without_a_plain_time_stays_prose_and_is_told(folder: Folder, line: str) -> None:
    assert entries(folder, f"- 14:30 — a\n{line}\n") == [("06-11 13:30", "a")]
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("timeline-entry", 13)
    assert line[2:] in problem.message


def test_prose_and_code_in_a_timeline_are_no_entries(folder: Folder) -> None:
    prose = "We saw that it had broken at\n14:30 when the lights went out, or\n14:31.\n"
    timeline = f"{prose}\n```\n- 14:31 — no\n```\n\n- 14:40 — a\n"
    assert entries(folder, timeline) == [("06-11 13:40", "a")]
    assert codes(folder) == []


def test_a_time_that_clocks_show_twice_is_told_and_kept(folder: Folder) -> None:
    found = entries(folder, "- 02:30 — a\n", zone="Europe/Paris", started="2025-10-26 01:00")
    assert found == [("10-26 00:30", "a")]
    assert codes(folder) == ["timeline-clock-change"]


def test_the_seeds_contradiction_is_found_once(folder: Folder) -> None:
    entries(
        folder,
        "- 2:00 PM: Software update push\n- 2:15 PM: Unusual spike in traffic\n- 3:04 PM: Successful update rollback\n"
        "\n## Root cause\n\nAT 2:30 PM WAT, a software update was pushed after multiple testing. It\nhad a bug."
        "\n\nAT 3:04 PM, the successful update rollback began. From 2:30PM to 3:15PM a software update push failed.\n",
        started="2023-06-11 14:00",
    )
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("prose-contradicts-timeline", 18)
    assert "14:30" in problem.message
    assert "14:00" in problem.message


@pytest.mark.parametrize(
    "prose",
    [
        "A software update was pushed at 2:00 PM.",
        "A software update was pushed at 13:00 UTC.",
        "A software update was pushed.",
        "The push of a software update began between 1:00 PM and 2:30 PM.",
        "The update was pushed at 2:30 PM.",  # which update?
        "A software update was pushed at 2:30 PM PST.",
    ],
)
def test_prose_that_agrees_or_is_vague_is_no_contradiction(folder: Folder, prose: str) -> None:
    entries(folder, f"- 2:00 PM: Software update push\n\n## Root cause\n\n{prose}\n", started="2023-06-11 14:00")
    assert codes(folder) == []


def test_an_event_that_the_timeline_tells_twice_is_no_contradiction(folder: Folder) -> None:
    twice = "- 2:00 PM: Software update push\n- 2:10 PM: Second software update push\n"
    prose = "A second software update was pushed at 2:30 PM.\n"
    entries(folder, f"{twice}\n## Root cause\n\n{prose}", started="2023-06-11 14:00")
    assert codes(folder) == []


def test_a_timeline_entry_is_of_the_instant_it_says(folder: Folder) -> None:
    notice = folder.notice(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n- 14:30 — a\n")
    assert notice.postmortem
    assert notice.postmortem.timeline[0].at == at("2023-06-11 14:30")


def test_headings_below_the_timeline_may_be_its_entries(folder: Folder) -> None:
    timeline = (
        "### 14:30 — it broke\n\nFor all.\n\n#### 14:40 WAT\n\nSomebody noticed.\n\n### Aside\n\n- 14:50 — it worked\n"
    )
    assert entries(folder, timeline) == [
        ("06-11 13:30", "it broke"),
        ("06-11 13:40", "Somebody noticed."),
        ("06-11 13:50", "it worked"),
    ]
    assert codes(folder) == []
    notice = folder.notice(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n### 14:31 — b\n")
    assert notice.postmortem
    assert [entry.line for entry in notice.postmortem.timeline] == [12]


def test_a_heading_that_is_a_day_holds_for_the_entries_below(folder: Folder) -> None:
    timeline = "### Sunday, 11 June 2023\n\n- 14:30 — a\n\n### 2023-06-13\n\n- 15:00 — b\n- 16:00 — c\n"
    assert [when for when, _ in entries(folder, timeline)] == ["06-11 13:30", "06-13 14:00", "06-13 15:00"]


def test_a_bold_time_needs_no_dash(folder: Folder) -> None:
    assert entries(folder, "**14:30** it broke\n\n**14:40 WAT** it worked\n") == [
        ("06-11 13:30", "it broke"),
        ("06-11 13:40", "it worked"),
    ]


def test_an_offset_behind_an_instant_is_no_span_of_times(folder: Folder) -> None:
    assert entries(folder, "- 14:30-15:00 it was down\n") == [("06-11 13:30", "– 15:00 it was down")]
