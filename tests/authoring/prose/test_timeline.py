"""The order of the entries of a timeline, as a person reads it."""

from __future__ import annotations

import pytest

from mkdocs_incidents.authoring.prose.document_parts import parts_of_body
from mkdocs_incidents.authoring.prose.timeline import find_timeline, midnights


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("22:00", "23:50", "00:10"), [0, 0, 1]),
        (("14:30", "14:20", "14:40"), [0, 0, 0]),
        (("23:30", "17:30", "23:40"), [0, 0, 0]),  # six hours back: out of order
        (("23:30", "17:29", "23:40"), [0, 1, 1]),
    ],
)
def test_times_that_go_back_by_more_than_six_hours_have_passed_midnight(
    times: tuple[str, ...], expected: list[int]
) -> None:
    lines = "\n".join(f"- {time} the site fails" for time in times)
    timeline = find_timeline(parts_of_body(f"## Timeline\n\n{lines}\n"))
    assert [*midnights(timeline).values()] == expected
