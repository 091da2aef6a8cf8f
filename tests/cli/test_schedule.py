"""`incidents schedule` announces planned work, moves its end, and calls it off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.editing.change import Change
from mkdocs_incidents.authoring.editing.errors import RefusedError
from tests.cli.writing import Desk

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "No payouts are sent then. They go out afterwards."
PAUSE = "2026-11-29-payouts-pause"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch, "2026-11-28 10:00")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    desk.done("schedule", "Payouts pause", "-c", "payouts", "--from", "sunday 02:00", "--until", "2h", "-m", WORDS)
    return desk


def test_planned_work_is_announced_with_its_times_and_its_first_update(planned: Desk) -> None:
    assert planned.files() == {
        PAUSE: f"""\
---
title: Payouts pause
scheduled:
  from: 2026-11-29 02:00
  until: 2026-11-29 04:00
components:
  payouts: under_maintenance
updates:
  - at: 2026-11-28 10:00
    status: scheduled
    message: {WORDS}
    id: update-20261128-0900
---
"""
    }


def test_the_times_are_shown_with_their_day_and_what_comes_next(desk: Desk) -> None:
    output = desk.done(
        "schedule", "Payouts pause", "-c", "payo=slow", "--from", "14:00", "--until", "15:30", "-m", WORDS
    )
    assert "Begins: Saturday 28 November 2026, 14:00 WAT (in 4 hours)\n" in output
    assert "Ends: Saturday 28 November 2026, 15:30 WAT (in 5 hours 30 minutes), after 1 hour 30 minutes\n" in output
    assert "+  payouts: degraded_performance\n" in output
    assert "Page: https://status.example.com/incidents/2026-11-28-payouts-pause/\n" in output
    assert "incidents schedule 2026-11-28-payouts-pause --cancel" in output


def test_recurring_work_has_a_file_for_each_time(desk: Desk) -> None:
    every = ("--every", "week on sunday 02:00", "--count", "3", "--for", "2h")
    output = desk.done("schedule", "Payouts pause", "-c", "payouts", *every, "-m", WORDS, "--json")
    days = ["2026-11-29", "2026-12-06", "2026-12-13"]
    assert [change["id"] for change in json.loads(output)] == [f"{day}-payouts-pause" for day in days]
    for day, text in zip(days, desk.files().values(), strict=True):
        assert f"from: {day} 02:00\n  until: {day} 04:00\n" in text


def test_recurring_work_can_begin_later_and_end_at_a_time_of_day(desk: Desk) -> None:
    every = ("--every", "day at 23:00", "--count", "2", "--from", "2026-12-01 23:00", "--until", "01:00")
    desk.done("schedule", "Payouts pause", "-c", "payouts", *every, "-m", WORDS)
    assert list(desk.files()) == ["2026-12-01-payouts-pause", "2026-12-02-payouts-pause"]
    assert "until: 2026-12-03 01:00" in desk.files()["2026-12-02-payouts-pause"]


def test_of_recurring_work_all_files_are_written_or_none(desk: Desk) -> None:
    desk.write("2026-12-06-payouts-pause", "---\ntitle: Other\nstarted: 2026-11-01 10:00\nimpact: none\n---\n")
    every = ("--every", "week on sunday 02:00", "--count", "3", "--for", "2h")
    message = desk.refused("schedule", "Payouts pause", "-c", "payouts", *every, "-m", WORDS)
    assert "2026-12-06-payouts-pause" in message
    assert message.endswith("write another title, or a later --from")


def test_work_on_the_same_component_at_the_same_time_is_named(planned: Desk) -> None:
    times = ("--from", "2026-11-29 03:00", "--until", "05:00")
    output = planned.done("schedule", "Other work", "-c", "payouts,card", *times, "-m", WORDS, "--dry-run")
    assert f"Note: payouts has other planned work then: {PAUSE}, Sunday 29 November 2026, 02:00 WAT" in output
    output = planned.done("schedule", "Other work", "-c", "card", *times, "-m", WORDS)
    assert "Note" not in output


def test_an_extension_before_the_begin_announces_another_end(planned: Desk) -> None:
    output = planned.done("schedule", "payouts", "--extend", "30m", "-m", "It takes until 04:30.")
    assert "Ends: Sunday 29 November 2026, 04:30 WAT (in 18 hours 30 minutes), 30 minutes later" in output
    assert "status: scheduled\n    until: 2026-11-29 04:30\n" in planned.files()[PAUSE]


@pytest.mark.parametrize("now", ["2026-11-29 03:40", "2026-11-29 04:10"])
def test_an_extension_of_work_that_was_to_run_says_that_it_is_in_progress(planned: Desk, now: str) -> None:
    planned.at(now)
    planned.done("schedule", PAUSE, "--extend", "05:00", "-m", "It takes until 05:00.")
    assert "status: in_progress\n    until: 2026-11-29 05:00\n" in planned.files()[PAUSE]


def test_an_update_of_work_that_began_as_planned_does_not_move_its_begin(planned: Desk) -> None:
    planned.at("2026-11-29 03:10")
    output = planned.done("update", "payouts", "-m", "Half of it is done.")
    assert "status: in_progress\n    until: 2026-11-29 04:00\n" in planned.files()[PAUSE]
    assert "Begins" not in output
    assert "2026-11-29 02:00 – 04:00" not in planned.done("list", "--open"), "it is over when an update says so"
    assert "since 2026-11-29 02:00 WAT" in planned.done("list", "--open")
    assert "new end" not in planned.done("show", "payouts")
    planned.at("2026-11-29 03:20")
    planned.done("update", "payouts", "-m", "Most of it is done.")
    assert planned.files()[PAUSE].count("until: 2026-11-29 04:00") == 2  # of the plan and of the first update


@pytest.mark.parametrize(
    ("now", "apart"), [("2026-11-29 02:20", "20 minutes later"), ("2026-11-28 22:00", "4 hours earlier")]
)
def test_an_update_that_is_the_begin_says_how_far_that_is_from_the_plan(planned: Desk, now: str, apart: str) -> None:
    planned.at(now)
    output = planned.done("update", "payouts", "-s", "in_progress", "-m", "It begins.")
    assert f", {now[-5:]} WAT (now), {apart} than planned\n" in output


def test_an_end_that_is_a_time_of_day_stays_when_clocks_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, monkeypatch, "2026-10-20 10:00", zone="Europe/Berlin")
    recurring = ("schedule", "Work", "-c", "payouts", "--every", "week on sunday 01:00", "--count", "2", "-m", WORDS)
    output = desk.done(*recurring, "--until", "04:00")
    assert "Ends: Sunday 25 October 2026, 04:00 CET (in 4 days 19 hours), after 4 hours\n" in output
    assert "Ends: Sunday 1 November 2026, 04:00 CET (in 11 days 19 hours), after 3 hours\n" in output
    assert "2026-10-25 01:00 CEST – 04:00 CET" in desk.done("list")
    assert "2026-11-01 01:00 – 04:00 CET" in desk.done("list")


def test_a_time_that_is_proposed_can_be_typed_where_clocks_show_it_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, monkeypatch, "2026-10-20 10:00", zone="Europe/Berlin")
    begin = ("schedule", "Work", "-c", "payouts", "--from", "2026-10-25 01:10", "-m", WORDS)
    assert "or 2026-10-25 02:10+02:00" in desk.refused(*begin, "--until", "01:00")
    assert "after 1 hour\n" in desk.done(*begin, "--until", "2026-10-25 02:10+02:00")


def test_work_is_called_off_before_it_begins(planned: Desk) -> None:
    output = planned.done("schedule", "--cancel", "-m", "We do not need it after all.")
    assert "Called off: it was to begin Sunday 29 November 2026, 02:00 WAT" in output
    assert "status: completed\n    message: We do not need it after all.\n" in planned.files()[PAUSE]
    assert "is called off already" in planned.refused("schedule", "payouts", "--cancel", "-m", "x")
    assert "is called off; to plan it again" in planned.refused("update", "payouts", "-m", "x")


def test_work_is_not_called_off_while_an_update_to_come_announces_it(desk: Desk) -> None:
    desk.write(
        "work",
        "---\ntitle: Work\npublish: 2026-11-28 12:00\nscheduled: {from: 2026-11-29 02:00, until: 2026-11-29 04:00}\n"
        "components: [payouts]\nupdates:\n  - {at: 2026-11-28 12:00, status: scheduled, message: No payouts.}\n---\n",
    )
    message = desk.refused("schedule", "work", "--cancel", "-m", "Not needed.")
    assert "published later, at 2026-11-28 12:00 WAT, and says that it is scheduled; delete it in the file" in message


def test_work_that_has_begun_is_not_called_off(planned: Desk) -> None:
    planned.at("2026-11-29 02:10")
    message = planned.refused("schedule", "payouts", "--cancel", "-m", "x")
    assert "has begun, at 2026-11-29 02:00 WAT" in message
    assert f"incidents resolve {PAUSE}" in message


def test_work_that_has_not_begun_is_not_completed(planned: Desk) -> None:
    for command in (["resolve", "payouts"], ["update", "payouts", "-s", "completed"]):
        message = planned.refused(*command, "-m", "x")
        assert f'incidents schedule {PAUSE} --cancel -m "…"' in message


def test_work_goes_through_its_phases(planned: Desk) -> None:
    planned.at("2026-11-29 02:05")
    assert f"incidents schedule {PAUSE} --extend" in planned.done("update", "-s", "in", "-m", "It has begun.")
    planned.at("2026-11-29 03:00")
    planned.done("update", "-s", "verifying", "-m", "It is being checked.")
    planned.at("2026-11-29 03:10")
    planned.done("update", "-m", "The check goes on.")
    planned.at("2026-11-29 03:20")
    planned.done("resolve", "-m", "Payouts are sent again.")
    statuses = [line.split()[-1] for line in planned.files()[PAUSE].splitlines() if "status:" in line]
    assert statuses == ["scheduled", "in_progress", "verifying", "verifying", "completed"]
    assert "is completed already" in planned.refused("schedule", "payouts", "--extend", "1h", "-m", "x")


PLAN = ("X", "-c", "payouts", "-m", WORDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([*PLAN, "--from", "2026-11-27 02:00", "--until", "2h"], "has passed; write a time to come"),
        ([*PLAN, "--from", "14:00", "--until", "2026-11-28 13:00"], "13:00 is not after 14:00"),
        ([*PLAN, "--from", "14:00", "--until", "11:00"], "write 2026-11-29 11:00 if that is meant"),
        ([*PLAN, "--from", "14:00"], "when does it end? Add --until TIME"),
        ([*PLAN, "--until", "2h"], "when does it begin? Add --from TIME"),
        (["X", "-m", "x", "--from", "14:00", "--until", "2h"], "what is affected? Add it: -c COMPONENT"),
        (["-c", "payouts", "-m", "x", "--from", "14:00", "--until", "2h"], "what do users notice?"),
        (["X", "-c", "payouts", "--from", "14:00", "--until", "2h"], "the words are missing"),
        (["X", "-c", "nothing", "-m", "x", "--from", "14:00", "--until", "2h"], "there is no component 'nothing'"),
        ([*PLAN, "--from", "14:00", "--until", "2h", "--count", "3"], "--count needs --every"),
        ([*PLAN, "--every", "day at 02:00", "--until", "2h"], "how often? Add --count N"),
        ([*PLAN, "--every", "day at 02:00", "--until", "2h", "--count", "99"], "write a --count from 1 to 60"),
        ([*PLAN, "--every", "day", "--until", "2h", "--count", "2"], "'day' has no time of day"),
        ([*PLAN, "--every", "day at 02:00", "--until", "2h", "--count", "2", "--id", "x"], "leave out --id"),
        (["payouts", "--cancel", "--extend", "2h", "-m", "x"], "leave one of them out"),
        (["payouts", "--cancel", "--from", "14:00", "-m", "x"], "leave out --from"),
        (["payouts", "--extend", "02:30", "-m", "x"], "write 2026-11-30 02:30 if that is meant"),
        (["payouts", "--extend", "2026-11-29 03:30", "-m", "x"], "03:30 is not after 04:00"),
        (["payouts", "--extend", "2h"], "the words are missing"),
        (["nothing", "--cancel", "-m", "x"], "no incident is called 'nothing'"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence(planned: Desk, arguments: list[str], sentence: str) -> None:
    assert sentence in planned.refused("schedule", *arguments)


def test_each_time_of_recurring_work_has_the_same_words(desk: Desk) -> None:
    every = ("--every", "day at 02:00", "--count", "2", "--for", "2h")
    assert "write them with -m TEXT" in desk.refused("schedule", "X", "-c", "payouts", *every)


def test_where_several_are_planned_the_hint_can_be_obeyed(planned: Desk) -> None:
    planned.done("schedule", "Other", "-c", "card", "--from", "2026-12-01 02:00", "--for", "2h", "-m", WORDS)
    message = planned.refused("schedule", "--cancel", "-m", "It is not needed.")
    assert "type: incidents schedule 2026-12-01-other --cancel -m 'It is not needed.'" in message


def test_without_planned_work_there_is_nothing_to_call_off(desk: Desk) -> None:
    assert "no planned work is to come or under way" in desk.refused("schedule", "--cancel", "-m", "x")


def test_a_template_names_what_it_leaves_to_the_writer(desk: Desk) -> None:
    times = ("--from", "sunday 02:00", "--for", "2h")
    message = desk.refused("schedule", "X", "-c", "payouts", *times, "--template", "maintenance")
    assert "the template leaves [what you do, in everyday words" in message


def test_work_that_was_put_off_can_be_called_off(planned: Desk) -> None:
    planned.at("2026-11-29 02:30")
    text = planned.files()[PAUSE].replace("11-29 02:00", "12-06 02:00").replace("11-29 04:00", "12-06 04:00")
    begun = "  - at: 2026-11-29 02:00\n    status: in_progress\n    message: It has begun.\n"
    put_off = "  - at: 2026-11-29 02:20\n    status: scheduled\n    message: We do it in a week.\n"
    planned.write(PAUSE, text.removesuffix("---\n") + begun + put_off + "---\n")
    planned.done("schedule", "payouts", "--cancel", "-m", "We do not need it after all.")
    assert "is called off already" in planned.refused("schedule", "payouts", "--cancel", "-m", "x")


def test_a_title_that_no_file_can_hold_is_refused(desk: Desk) -> None:
    times = ("--from", "sunday 02:00", "--for", "2h")
    message = desk.refused("schedule", "Pay\x07outs", "-c", "payouts", *times, "-m", WORDS)
    assert "the title has the invisible character U+0007" in message
    assert "the title has more than one line" in desk.refused("announce", "Pay\nouts", "-m", WORDS)


def test_after_the_planned_time_an_update_says_whether_the_work_is_over(planned: Desk) -> None:
    planned.at("2026-11-29 04:20")
    message = planned.refused("update", "payouts", "-m", "We need an hour more.")
    assert "if it is, add -s completed; if it goes on, type: incidents schedule" in message
    planned.done("update", "payouts", "-s", "completed", "-m", "Payouts are sent again.")


def test_where_one_file_of_several_cannot_be_written_none_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Change.write

    def fail_for_the_third(change: Change) -> None:
        if change.notice.id.startswith("2026-12-13"):
            raise RefusedError("incidents cannot be written: the disk is full")
        write(change)

    monkeypatch.setattr(Change, "write", fail_for_the_third)
    every = ("--every", "week on sunday 02:00", "--count", "4", "--for", "2h")
    assert "the disk is full" in desk.refused("schedule", "X", "-c", "payouts", *every, "-m", WORDS)
    assert desk.files() == {}
