"""Timelines are read as a careful reader would; what is unclear stays prose, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import START, codes, entries
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder


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


def test_words_that_go_on_in_the_same_paragraph_belong_to_the_entry(folder: Folder) -> None:
    assert entries(folder, "14:30 it broke\nfor everyone\n14:40 it worked\n") == [
        ("06-11 13:30", "it broke\nfor everyone"),
        ("06-11 13:40", "it worked"),
    ]


def test_a_timeline_goes_on_below_headings_that_only_order_it(folder: Folder) -> None:
    timeline = "### Detection\n\n- 14:31 — pager\n\n### Recovery\n\n- 15:00 — restart\n\n## Root cause\n\n- 1 disk\n"
    assert entries(folder, timeline) == [("06-11 13:31", "pager"), ("06-11 14:00", "restart")]
    assert codes(folder) == []


def test_a_column_in_a_zone_that_cannot_be_read_gives_no_entries(folder: Folder) -> None:
    assert entries(folder, "| Time (PST) | What |\n|---|---|\n| 05:30 | it broke |\n") == []
    assert codes(folder) == ["timeline-entry"]


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


def test_the_seeds_contradiction_is_found_once(folder: Folder) -> None:
    entries(
        folder,
        "- 2:00 PM: Software update push\n- 2:15 PM: Unusual spike in traffic\n- 3:04 PM: Successful update rollback\n"
        "\n## Root cause\n\nAT 2:30 PM WAT, a software update was pushed after multiple testing. It\nhad a bug."
        "\n\nAT 3:04 PM, the successful update rollback began. From 2:30PM to 3:15PM a software update push failed.\n",
    )
    (problem,) = [one for one in folder.load().problems if one.code == "prose-contradicts-timeline"]
    assert problem.line == 18
    assert "14:30" in problem.message
    assert "14:00" in problem.message


@pytest.mark.parametrize(
    "prose",
    [
        "A software update was pushed at 2:00 PM.",
        "A software update was pushed at 13:00 UTC.",
        "A software update was pushed.",
        "The push of a software update began between 1:00 PM and 2:30 PM.",
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


def test_a_bold_time_needs_no_dash(folder: Folder) -> None:
    assert entries(folder, "**14:30** it broke\n\n**14:40 WAT** it worked\n") == [
        ("06-11 13:30", "it broke"),
        ("06-11 13:40", "it worked"),
    ]


def test_an_offset_behind_an_instant_is_no_span_of_times(folder: Folder) -> None:
    assert entries(folder, "- 14:30-15:00 it was down\n") == [("06-11 13:30", "– 15:00 it was down")]
