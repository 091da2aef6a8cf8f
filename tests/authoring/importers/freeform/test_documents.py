"""Whole documents, all invented: what is read of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mkdocs_incidents.authoring.importers.freeform.reader import read_freeform

DOCUMENTS = Path(__file__).parent / "documents"


def read(name: str) -> dict[str, Any]:
    path = DOCUMENTS / name
    return read_freeform(path.read_text(encoding="utf-8"), name).as_dict()


# name: started, resolved, zone, times of the timeline, percent, number of action items
EXPECTED: dict[str, tuple[str | None, str | None, str | None, list[str], float | None, int]] = {
    "table.md": (
        "2024-02-03T08:15+00:00", "2024-02-03T10:05+00:00", "UTC", ["08:15", "08:20", "10:05"], 12, 2,
    ),
    "bare_labels.txt": (
        "2023-03-03T23:40+03:00", "2023-03-04T01:20+03:00", "EAT", ["23:40", "23:52", "00:30", "01:20"], 40, 3,
    ),
    "times_anywhere.md": (
        "2021-07-14T09:05+02:00", "2021-07-14T10:25+02:00", "CET", ["09:05", "09:12", "09:20", "10:25"], None, 2,
    ),
    "time_last.md": (
        "2021-05-10T12:15", "2021-05-10T14:00", None,
        ["2021-05-10T12:15", "2021-05-10T12:20", "2021-05-10T13:05", "2021-05-10T14:00"], None, 2,
    ),
    "headings_are_times.md": (
        "2023-11-02T16:32-07:00", "2023-11-02T17:05-07:00", "US/Pacific",
        ["2023-11-02T16:32", "2023-11-02T16:40", "2023-11-02T17:05"], None, 2,
    ),
    "no_times.md": (None, None, None, [], 5, 2),
    "day_or_month_first.md": ("07:23", "09:00", "GMT+1", [], None, 2),
    "american.md": (
        "2018-09-11T13:07-04:00", "2018-09-11T14:02-04:00", "Eastern", ["13:05", "13:07", "13:40", "14:02"], None, 1,
    ),
    "time_in_label.md": (
        "2023-11-10T20:00+01:00", "2023-11-10T21:15+01:00", "West Africa Time",
        ["2023-11-10T20:00", "2023-11-10T20:20", "2023-11-10T21:15"], 100, 2,
    ),
    "underlined.md": (
        "2022-10-12T22:50+00:00", "2022-10-13T00:40+00:00", "UTC", ["22:50", "23:10", "00:40"], 50, 2,
    ),
    "time_on_its_own_line.md": (
        "2022-09-06T15:10+02:00", "2022-09-06T15:55+02:00", "CEST", ["15:10", "15:20", "15:55"], None, 2,
    ),
    "city.md": ("2023-05-06T16:37-06:00", "2023-05-06T17:02-06:00", "Denver", ["16:37", "16:50", "17:02"], None, 0),
    "no_year.md": ("14:00", "16:30", "EST", ["14:00", "14:10", "15:00", "16:10", "16:30"], 75, 4),
    "odd_bullets.md": (
        "2020-09-09T13:10+02:00", "2020-09-09T14:05+02:00", "CEST", ["13:10", "13:30", "13:45", "14:05"], None, 2,
    ),
    "default_day.md": (
        "2021-02-11T00:12+00:00", "2021-02-11T02:00+00:00", "UTC",
        ["00:12", "00:15", "2021-02-10T23:58", "01:40", "02:00"], None, 0,
    ),
    "day_column.md": (
        "2021-06-12T06:00+00:00", "2021-06-12T07:45+00:00", "UTC",
        ["2021-06-12T06:00", "2021-06-12T06:20", "2021-06-12T07:45"], None, 1,
    ),
    "bold_times.md": (
        "2023-08-04T09:00+00:00", "2023-08-04T11:00+00:00", "GMT", ["09:00", "09:15", "09:45", "10:30", "11:00"], 65, 5,
    ),
    "days_group.md": (
        "2021-07-01T09:00", "2021-07-02T08:30", None,
        ["2021-07-01T09:00", "2021-07-01T09:30", "2021-07-02T08:00", "2021-07-02T08:30"], None, 2,
    ),
    "contradictions.txt": (
        "2022-05-03T19:10+01:00", "2022-05-03T20:05+01:00", "WAT",
        ["18:40", "19:10", "19:12", "19:45", "20:05"], 100, 2,
    ),
    "decoys.md": (
        "2023-02-01T22:50+00:00", "2023-02-02T00:20+00:00", "UTC", ["22:50", "23:05", "23:40", "00:20"], None, 2,
    ),
    "glued.md": (
        "2031-04-13T12:00+03:00", "2031-04-13T12:16+03:00", "EAT", ["12:00", "12:06", "12:14", "12:16"], 100, 2,
    ),
    "one_line_labels.txt": (
        "2031-10-22T09:00+03:00", "2031-10-22T10:00+03:00", "EAT", ["09:05", "09:30", "09:50"], 100, 3,
    ),
    "spells.md": (
        "2031-11-18T11:07+00:00", "2031-11-18T17:11+00:00", "UTC",
        ["2031-11-18T10:42", "2031-11-18T11:07", "2031-11-18T13:40", "2031-11-18T15:30", "2031-11-18T17:11"], None, 2,
    ),
    "hours_without_letters.md": (
        "2031-03-20T11:16-07:00", "2031-03-20T15:31-07:00", "PST", ["11:16", "11:54", "12:16", "13:52", "15:31"],
        None, 2,
    ),
    "emoji_bullets.md": (
        "2031-01-31T16:15+01:00", "2031-01-31T18:05+01:00", "GMT+1", ["16:15", "17:45", "18:05"], 60, 1,
    ),
    "fenced.md": ("2031-12-13T08:00+00:00", "2031-12-13T09:30+00:00", "UTC", [], None, 2),
    "told_in_one_paragraph.txt": ("2031-11-30T14:45+00:00", "2031-11-30T18:15+00:00", "GMT", [], 100, 0),
    "days_and_questions.md": (
        "2031-01-10T19:32-08:00", "2031-01-10T19:42-08:00", "PST",
        ["2031-01-10T19:32", "2031-01-10T19:42"], None, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_is_read_as_a_careful_reader_would(name: str) -> None:
    found = read(name)
    started, resolved, zone, times, percent, actions = EXPECTED[name]
    assert found["kind"] == "incident"
    assert (found["started"], found["resolved"], found["timezone"]) == (started, resolved, zone)
    assert [entry["at"] for entry in found["timeline"]] == times
    assert found["impact_percent"] == percent
    assert len(found["action_items"]) == actions


def test_every_document_is_tried() -> None:
    assert {path.name for path in DOCUMENTS.iterdir()} == {*EXPECTED, "not_an_incident.md"}


def test_a_template_is_no_incident() -> None:
    found = read("not_an_incident.md")
    assert found["kind"] == "none"
    assert "template" in found["warnings"][-1]
    assert found["started"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n---\n",
        "# Weekly meeting\n\n- 10:00 Standup\n- 10:15 Planning\n- 11:00 Review of open issues\n",
        "# Runbook\n\n## Summary\nIf the broker is down, restart it. An outage affects users.\n\n## Steps\n1. Wait\n",
        "# Postmortems\n\nSee [our blog](https://example.com/postmortem).\n",
        "Project will start Feb 7, 2023 6:00 AM, must end by Feb 8, 2023 6:00 AM. Invent an outage.\n",
    ],
)
def test_a_text_about_no_incident_is_none(text: str) -> None:
    assert not read_freeform(text, "x.md").incident


def test_a_day_that_can_be_read_two_ways_is_left_out_and_reported() -> None:
    found = read("day_or_month_first.md")
    assert found["date"] is None
    assert any("day first or month first" in warning for warning in found["warnings"])


def test_contradictions_are_reported_with_their_lines_and_nothing_is_changed() -> None:
    found = read("contradictions.txt")
    assert found["title"] == "REPORT READ OUT ON THE 4TH OF MAY, 2O22"
    assert found["date"] == "2022-05-03"
    assert found["apology"] is True
    warnings = "\n".join(found["warnings"])
    assert "line 1: “2O22” is written with a letter" in warnings
    assert "2022-05-04 (the title) is another day than 2022-05-03 (line 2)" in warnings
    assert "line 18 tells “Seat plan import started” at 19:10, the timeline (line 11) at 18:40" in warnings


def test_a_stated_length_that_does_not_fit_is_reported() -> None:
    text = "# Outage\n\nDuration: 3 hours\n\nOn 2 May 2021 the shop was down from 10:00 to 11:00 UTC.\n"
    found = read_freeform(text, "x.md").as_dict()
    assert found["duration_minutes"] == 180
    assert any("(180 min), from beginning to end it is 60 min" in warning for warning in found["warnings"])


def test_every_fact_says_where_it_was_read_and_how_sure_that_is() -> None:
    found = read("contradictions.txt")
    facts = {fact["fact"]: fact for fact in found["inferred"]}
    assert (facts["started"]["line"], facts["started"]["sure"]) == (7, "stated")
    assert facts["timezone"]["sure"] == "likely"
    assert [fact["fact"] for fact in found["missing"]] == ["components"]


def test_what_is_missing_is_named() -> None:
    missing = [fact["fact"] for fact in read("no_times.md")["missing"]]
    assert missing == ["started", "resolved", "timezone", "components"]


def test_a_span_of_lengths_and_the_fill_of_a_disk_are_no_figures() -> None:
    text = (
        "# Postmortem: uploads failed\n\nDate: 2031-05-06\n\n## Summary\n\n"
        "Uploads failed for some users. The outage lasted 2-3 hours. Meanwhile the volume stood at 72–78% used, "
        "and writes failed.\n\n## Timeline (UTC)\n\n- 10:00 Uploads fail\n- 10:05 Paged\n"
    )
    found = read_freeform(text, "x.md").as_dict()
    assert found["kind"] == "incident"
    assert found["impact_percent"] is None
    assert found["duration_minutes"] != 180
