"""What the Markdown copies say of now."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentStatus, Retraction
from tests.emit.emitting import emitted
from tests.makers import announcement, at, history, incident, maintenance, states, update

NOW = at("2026-04-06 15:00")
STATUSES = st.sampled_from([s for s in ComponentStatus if s is not ComponentStatus.UNDER_MAINTENANCE])


def copies(notice: object, path: str = "incidents/it.md") -> tuple[str, str]:
    """The copies of the status page and of a notice."""
    found = emitted(history(notice), NOW)  # type: ignore[arg-type]
    return found["index.md"].decode(), found[path].decode()


@given(worst=STATUSES, current=STATUSES)
def test_an_open_incident_has_the_present_states_and_not_the_worst(
    worst: ComponentStatus, current: ComponentStatus
) -> None:
    """Both copies have the state that the list of services has; without one, that the incident is open."""
    later = update("2026-04-06 14:50", "monitoring", components={"web": current})
    notice = incident("2026-04-06 14:30", later, id="it", components={"web": worst}, stated_impact=None)
    label = str(current).replace("_", " ").capitalize()
    for copy in copies(notice):
        affected = [line for line in copy.splitlines() if line.startswith("Web: ")]
        assert affected == ([] if current is ComponentStatus.OPERATIONAL else [f"Web: {label}"])
        assert ("open since" in copy) is (current is ComponentStatus.OPERATIONAL)


def test_an_incident_that_is_over_has_the_worst_states() -> None:
    over = incident(
        "2026-04-06 14:30", update("2026-04-06 14:50", "resolved"), id="it", components=states(web="major_outage")
    )
    assert "\nWeb: Major outage\n" in copies(over)[1]


def test_work_has_begun_only_once_it_has() -> None:
    coming = maintenance("2026-04-07 10:00", "2026-04-07 11:00", update("2026-04-01 09:00", "scheduled"), id="it")
    running = maintenance("2026-04-06 14:30", "2026-04-06 16:00", update("2026-04-01 09:00", "scheduled"), id="it")
    assert "began:" not in copies(coming)[1]
    assert "began: " in copies(running)[1]


def test_coming_work_has_its_end_as_last_announced() -> None:
    moved = update("2026-04-02 09:00", "scheduled", until=at("2026-04-07 13:00"))
    work = maintenance("2026-04-07 10:00", "2026-04-07 11:00", update("2026-04-01 09:00", "scheduled"), moved, id="it")
    for copy in copies(work):
        assert "10:00 to 13:00 UTC" in copy
        assert "11:00" not in copy


def test_nothing_became_of_the_plan_of_retracted_work() -> None:
    announced = update("2026-04-01 09:00", "scheduled")
    retraction = Retraction("Meant for another service.", at("2026-04-02 09:00"))
    work = maintenance("2026-04-07 10:00", "2026-04-07 11:00", announced, id="it", retraction=retraction)
    _, copy = copies(work)
    assert "Planned until" not in copy
    assert "began:" not in copy


def test_the_status_page_has_the_announcements_at_its_top_until_they_end() -> None:
    latest = update("2026-04-06 10:00", "identified", message="We never ask for your password.")
    news = announcement("2026-04-06 10:00", updates=(latest,), id="it", title="False e-mails", pinned=True)
    page = copies(news)[0]
    assert "## Notices\n\n### [False e-mails](" in page
    assert "We never ask for your password." in page
    assert "We know of no problems" in page
    assert "Notices" not in copies(replace(news, stated_resolved_at=at("2026-04-06 12:00")))[0]
