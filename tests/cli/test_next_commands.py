"""What a command says comes next can be typed as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.writing import Desk

if TYPE_CHECKING:
    from pathlib import Path

PAYOUTS = ("new", "Payouts are late", "-c", "payouts=slow", "-m", "Payouts are late by an hour.")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch, "2026-11-28 10:00:40")


def test_the_only_open_incident_needs_no_name(desk: Desk) -> None:
    assert 'type: incidents resolve -m "…"' in desk.done(*PAYOUTS)
    assert 'type: incidents resolve -m "…"' in desk.done("update", "-m", "They go on.")


def test_where_two_are_open_the_next_command_names_the_one_it_is_about(desk: Desk) -> None:
    desk.done("new", "Cards fail", "-c", "card=major", "-m", "Cards fail for everyone.")
    named = 'type: incidents resolve 2026-11-28-payouts-are-late -m "…"'
    assert named in desk.done(*PAYOUTS)
    assert named in desk.done("update", "payouts", "-m", "They go on.")


def test_the_end_of_planned_work_is_never_that_of_an_incident(desk: Desk) -> None:
    desk.done("schedule", "Payouts pause", "-c", "payouts", "--from", "10:30", "--until", "2h", "-m", "No payouts.")
    desk.at("2026-11-28 10:30")
    desk.done("new", "Cards fail", "-c", "card=major", "-m", "Cards fail for everyone.")
    output = desk.done("update", "payouts-pause", "-s", "in_progress", "-m", "The work has begun.")
    assert 'type: incidents resolve 2026-11-28-payouts-pause -m "…"' in output


def test_what_is_published_in_this_minute_is_published_now(desk: Desk) -> None:
    assert "Started: Saturday 28 November 2026, 10:00 WAT (now)" in desk.done(*PAYOUTS)
    assert "Update: Saturday 28 November 2026, 10:00 WAT (now)" in desk.done("update", "-m", "They go on.")
