"""Measurements are the same on the page, in JSON and in Markdown."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jsonschema

from mkdocs_incidents.status.figures import figures
from tests.emit.emitting import emitted
from tests.makers import at, history, incident, states, update
from tests.present.timelines import with_timeline

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident

NOW = at("2026-05-01 00:00")


def document(notice: Incident) -> dict[str, Any]:
    files = emitted(history(notice), NOW)
    found: dict[str, Any] = json.loads(files[f"incidents/{notice.id}.json"])
    jsonschema.validate(found, json.loads(files["incident.schema.json"]))
    return found


def test_programs_get_the_figures_of_the_page_with_their_sources() -> None:
    outage = with_timeline("14:31 Detected: the pager rings.", "15:04 Mitigated: by a rollback.")
    measured = document(outage)["measured"]
    assert [(figure["measure"], timedelta(seconds=figure["seconds"])) for figure in measured["figures"]] == [
        (figure.measure, figure.duration) for figure in figures(outage)
    ]
    first = measured["figures"][0]
    assert first["quote"] == "Detected: the pager rings."
    assert first["url"].endswith(f"/incidents/{outage.id}/#entry-20260406-1431")
    assert measured["downtime"] == {"web": {"major_outage": 45 * 60}}


def test_a_figure_that_was_not_measured_is_not_in_the_list() -> None:
    assert [figure["measure"] for figure in document(with_timeline())["measured"]["figures"]] == ["resolve"]


def test_of_an_open_incident_nothing_is_measured_yet() -> None:
    opened = incident(
        "2026-04-06 14:30", update("2026-04-06 14:36", "investigating"), components=states(web="major_outage")
    )
    assert document(opened)["measured"] is None


def test_every_entry_has_its_address_for_programs() -> None:
    outage = with_timeline("14:31 Detected: an alarm.", "14:31 We look.")
    timeline = document(outage)["postmortem"]["timeline"]
    assert [entry["url"].partition("#")[2] for entry in timeline] == ["entry-20260406-1431", "entry-20260406-1431-2"]


def test_the_markdown_page_has_the_figures() -> None:
    outage = with_timeline("14:31 Detected: the pager rings.")
    page = emitted(history(outage), NOW)[f"incidents/{outage.id}.md"].decode()
    assert "## Measured\n\nCounted from Monday 6 April 2026, 14:30 UTC, when it began.\n" in page
    assert "- To notice: 1 min (14:31, “Detected: the pager rings.”)\n" in page
    assert "- Web, Major outage: 45 min\n" in page
