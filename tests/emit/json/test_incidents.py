"""The documents about notices, in brief and in full."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emit.emitting import document, emitted
from tests.makers import at, history, maintenance, states, update


def work(now: str, path: str) -> Any:
    announced = update("2026-04-01 10:00", "scheduled")
    planned = maintenance(
        "2026-04-06 10:00", "2026-04-06 11:00", announced, id="work", components=states(web="under_maintenance")
    )
    return document(emitted(history(planned), at(now)), path)


@pytest.mark.parametrize(
    ("now", "is_open", "ended_at"),
    [
        ("2026-04-05 12:00", True, None),
        ("2026-04-06 10:30", True, None),
        ("2026-04-06 11:00", False, "2026-04-06T11:00:00Z"),
    ],
)
def test_work_has_a_planned_end_at_once_and_an_end_only_once_it_is_over(
    now: str, ended_at: str | None, *, is_open: bool
) -> None:
    for notice in (work(now, "incidents/work.json"), work(now, "incidents.json")["incidents"][0]):
        assert (notice["open"], notice["ended_at"]) == (is_open, ended_at)
        assert notice["scheduled_until"] == "2026-04-06T11:00:00Z"
