"""How pages call components of which several have one name, and the state of the whole page."""

from __future__ import annotations

import pytest

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.pages.component import component_view
from mkdocs_incidents.present.pages.history import history_view
from mkdocs_incidents.present.pages.notice import notice_view
from mkdocs_incidents.present.pages.status import status_view
from mkdocs_incidents.present.pages.subscribe import subscribe_view
from mkdocs_incidents.present.pages.uptime import uptime_view
from tests.emit.emitting import site
from tests.makers import at, catalog, component, group, history, incident, states, update

LAGOS, ACCRA = component("lagos-router", name="Router"), component("accra-router", name="Router")
ROUTERS = catalog(group("Lagos", LAGOS, component("web", name="Website")), group("Accra", ACCRA))
FAILED = incident(
    "2026-04-06 14:30",
    update("2026-04-06 14:36", "investigating"),
    update("2026-04-06 14:50", "monitoring", components=states(**{"lagos-router": "degraded_performance"})),
    id="failed",
    components=states(**{"lagos-router": "major_outage", "accra-router": "partial_outage"}),
)
SITE = site(history(FAILED, of=ROUTERS), at("2026-04-06 15:00"))
BOTH = ("Lagos, Router", "Accra, Router")


def test_below_its_group_a_component_has_its_name_alone() -> None:
    view = status_view(SITE)
    assert [(row.name, [service.name for service in row.services]) for row in view.groups] == [
        ("Lagos", ["Router", "Website"]),
        ("Accra", ["Router"]),
    ]
    page = component_view(SITE, LAGOS, "Lagos")
    assert (page.name, page.group) == ("Router", "Lagos")


def test_elsewhere_it_has_that_of_its_group_as_well() -> None:
    view = status_view(SITE)
    assert view.incidents[0].scope.services == BOTH
    assert {fact.service for fact in view.table} == set(BOTH)
    assert [service.bars.label.partition(", by day")[0] for row in view.groups for service in row.services] == [
        "Lagos, Router",
        "Website",
        "Accra, Router",
    ]
    facts = [fact for day in view.days for row in day.notices for fact in row.facts]
    assert "Lagos, Router and Accra, Router" in facts
    assert component_view(SITE, LAGOS, "Lagos").frame.head_title.startswith("Lagos, Router: ")


def test_the_page_of_an_incident_tells_them_apart() -> None:
    view = notice_view(SITE, FAILED, None, (None, None))
    assert {row.service for row in view.impacts} == set(BOTH)
    assert [changes for each in view.updates for changes in each.changes] == [
        "Lagos, Router: major outage → degraded performance",
        "Lagos, Router: operational → major outage",
        "Accra, Router: operational → partial outage",
    ]


def test_lists_of_components_tell_them_apart() -> None:
    names = ["Lagos, Router", "Website", "Accra, Router"]
    assert [link.label for link in history_view(SITE).services] == names
    assert [row.service.label for row in uptime_view(SITE).rows] == names
    assert [row.name for row in subscribe_view(SITE).services] == names


@pytest.mark.parametrize(
    ("lagos", "accra", "web", "label"),
    [
        ("operational", "operational", "operational", "All systems operational"),
        ("degraded_performance", "operational", "operational", "Degraded performance"),
        ("partial_outage", "operational", "operational", "Minor outage"),
        ("partial_outage", "partial_outage", "partial_outage", "Partial outage"),
        ("major_outage", "operational", "operational", "Partial outage"),
        ("major_outage", "major_outage", "major_outage", "Major outage"),
    ],
)
def test_the_banner_says_what_the_statuspage_api_says(lagos: str, accra: str, web: str, label: str) -> None:
    components = states(**{"lagos-router": lagos, "accra-router": accra, "web": web})
    affected = {name: status for name, status in components.items() if status is not ComponentStatus.OPERATIONAL}
    notices = [incident("2026-04-06 14:30", components=affected)] if affected else []
    view = status_view(site(history(*notices, of=ROUTERS), at("2026-04-06 15:00")))
    assert view.state_word == label
