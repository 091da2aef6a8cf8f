"""What is no entry of a timeline stays, is shown, and is told where it should be one."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tests.content.folders import START, codes, entries

if TYPE_CHECKING:
    from tests.authoring.reading import ProseFolder


def test_a_list_without_times_beside_the_entries_is_prose(folder: ProseFolder) -> None:
    timeline = "- 14:30 — it broke\n\nWe also looked at:\n\n1. Requests\n2. Disks\n"
    assert entries(folder, timeline) == [("06-11 13:30", "it broke")]
    assert codes(folder) == []


def test_a_timeline_without_a_single_time_is_told(folder: ProseFolder) -> None:
    assert entries(folder, "It broke around noon and was mended soon.\n") == []
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("timeline-empty", 10)
    assert "It broke around noon" in problem.message


def test_timed_lines_below_no_heading_are_told(folder: ProseFolder) -> None:
    assert entries(folder, "- 14:30 it broke\n- 14:31 pager\n- 15:00 restart\n", heading="What we did") == []
    (problem,) = folder.load().problems
    assert (problem.code, problem.line) == ("timeline-unannounced", 12)


def besides(folder: ProseFolder, timeline: str) -> list[str | None]:
    """What each section of a timeline says besides its entries."""
    return folder.besides(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n{timeline}")


def test_nothing_its_author_wrote_is_lost_beside_the_entries(folder: ProseFolder) -> None:
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


def test_a_line_that_only_orders_the_entries_below_it_counts_as_read(folder: ProseFolder) -> None:
    assert besides(folder, "- Morning:\n    - 14:30 — a\n    - 14:40 — b\n") == [""]


def test_entries_below_a_bullet_that_is_a_day_are_read(folder: ProseFolder) -> None:
    read = entries(folder, "- 11 June 2023\n    - 14:30 — a\n    - 14:40 — b\n- 12 June 2023\n    - 08:00 — c\n")
    assert [text for *_, text in read] == ["a", "b", "c"]


def test_a_table_without_times_in_a_timeline_is_shown_and_not_complained_of(folder: ProseFolder) -> None:
    table = "| Region | Share |\n|---|---|\n| West | 40% |\n| East | 2% |\n"
    assert besides(folder, f"- 14:30 — a\n\n{table}") == [table.rstrip()]
    assert not codes(folder)


def test_a_line_of_many_marks_is_read_in_no_time(folder: ProseFolder) -> None:
    began = perf_counter()
    folder.notice(f"{START.format(zone='UTC', started='2023-06-11 14:30')}\n## Timeline\n\n- {'*' * 50_000} x\n")
    assert perf_counter() - began < 2
