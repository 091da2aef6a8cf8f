"""Rows of notices in lists."""

from __future__ import annotations

import pytest

from mkdocs_incidents.present.pages.rows import notice_row
from tests.makers import maintenance, states
from tests.present.contexts import site


@pytest.mark.parametrize(
    ("now", "planned"),
    [
        ("2026-04-05 12:00", ("2026-04-06T10:00+00:00", "2026-04-06T11:00+00:00")),
        ("2026-04-06 10:30", ("2026-04-06T10:00+00:00", "2026-04-06T11:00+00:00")),
        ("2026-04-06 11:00", None),
    ],
)
def test_a_row_of_work_has_its_schedule_for_the_script_until_it_is_over(
    now: str, planned: tuple[str, str] | None
) -> None:
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", components=states(web="under_maintenance"))
    assert notice_row(site(work, now=now), work).planned == planned
