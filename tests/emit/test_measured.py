"""What was measured is the same on the page, in JSON and in its Markdown twin."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jsonschema

from mkdocs_incidents.status.figures import figures
from tests.emit.outlet import emitted
from tests.makers import at, history, incident, states, update
from tests.present.stories import story

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident

NOW = at("2026-05-01 00:00")


def document(told: Incident) -> dict[str, Any]:
    files = emitted(history(told), NOW)
    found: dict[str, Any] = json.loads(files[f"incidents/{told.id}.json"])
    jsonschema.validate(found, json.loads(files["incident.schema.json"]))
    return found


def test_programs_get_the_figures_of_the_page_with_their_sources() -> None:
    told = story("14:31 Detected: the pager rings.", "15:04 Mitigated: by a rollback.")
    measured = document(told)["measured"]
    assert [(one["measure"], timedelta(seconds=one["seconds"])) for one in measured["figures"]] == [
        (one.measure, one.duration) for one in figures(told)
    ]
    first = measured["figures"][0]
    assert first["quote"] == "Detected: the pager rings."
    assert first["url"].endswith(f"/incidents/{told.id}/#entry-20260406-1431")
    assert measured["downtime"] == {"web": {"major_outage": 45 * 60}}


def test_a_figure_that_was_not_measured_is_not_in_the_list() -> None:
    assert [one["measure"] for one in document(story())["measured"]["figures"]] == ["resolve"]


def test_of_an_open_incident_nothing_is_measured_yet() -> None:
    opened = incident(
        "2026-04-06 14:30", update("2026-04-06 14:36", "investigating"), components=states(web="major_outage")
    )
    assert document(opened)["measured"] is None


def test_every_entry_has_its_address_for_programs() -> None:
    told = story("14:31 Detected: an alarm.", "14:31 We look.")
    timeline = document(told)["postmortem"]["timeline"]
    assert [one["url"].partition("#")[2] for one in timeline] == ["entry-20260406-1431", "entry-20260406-1431-2"]


def test_the_twin_says_the_figures_in_words() -> None:
    told = story("14:31 Detected: the pager rings.")
    twin = emitted(history(told), NOW)[f"incidents/{told.id}.md"].decode()
    assert "## Measured\n\nCounted from Monday 6 April 2026, 14:30 UTC, when it began.\n" in twin
    assert "- To notice: 1 min (14:31, “Detected: the pager rings.”)\n" in twin
    assert "- Web, Major outage: 45 min\n" in twin
