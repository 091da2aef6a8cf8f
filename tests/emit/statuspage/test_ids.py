"""Ids in the Statuspage API are permanent, and no two are alike, whatever they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.emit.statuspage.ids import ApiIds, code
from tests.emit.emitting import document, emitted
from tests.makers import at, catalog, component, group, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import History

NOW = at("2026-04-06 15:00")
ONLY = {"on": frozenset({"statuspage_api"})}


def ids_of(of: History) -> list[str]:
    """The id of everything in the API: the page, groups, components, notices, updates."""
    files = emitted(of, NOW, **ONLY)

    def answer(name: str) -> Any:
        return document(files, f"api/v2/{name}.json")

    rows = answer("components")["components"]
    notices = [*answer("incidents")["incidents"], *answer("scheduled-maintenances")["scheduled_maintenances"]]
    updates = [row for notice in notices for row in notice["incident_updates"]]
    return [answer("status")["page"]["id"], *(row["id"] for row in [*rows, *notices, *updates])]


def test_ids_are_those_that_clients_know() -> None:
    assert code("incident", "2023-06-11-authentication-outage") == "6g2uaedh2b6g"
    assert code("component", "integrations") != code("incident", "integrations")


def test_a_group_is_no_member_of_itself() -> None:
    of = history(of=catalog(group("certificates", component("certificates"), component("exports"))))
    rows = document(emitted(of, NOW, **ONLY), "api/v2/components.json")["components"]
    assert [row["name"] for row in rows] == ["certificates", "Certificates", "Exports"]
    assert rows[1]["id"] == "certificates"
    assert rows[0]["id"] == code("group", "certificates")
    assert rows[0]["components"] == [row["id"] for row in rows[1:]]
    assert [row["group_id"] for row in rows] == [None, rows[0]["id"], rows[0]["id"]]


def test_two_groups_of_one_name_have_two_ids() -> None:
    of = history(of=catalog(group("Lagos", "web"), group("Lagos", "api")))
    rows = document(emitted(of, NOW, **ONLY), "api/v2/components.json")["components"]
    assert rows[0]["id"] == code("group", "Lagos")
    assert [row["group_id"] for row in rows] == [None, rows[0]["id"], None, rows[2]["id"]]
    assert rows[0]["id"] != rows[2]["id"]


def test_an_id_given_to_several_things_is_kept_for_one_of_them() -> None:
    first = incident("2026-04-05 10:00", update("2026-04-05 11:00", "resolved", id="p31zjtct2jer"), id="certificates")
    second = incident("2026-04-06 10:00", update("2026-04-06 11:00", "resolved", id="p31zjtct2jer"), id="second")
    ids = ApiIds(history(first, second, of=catalog("certificates")))
    assert ids.component("certificates") == "certificates"
    assert ids.notice(first) == code("incident", "certificates")
    assert ids.update(first, first.updates[0]) == "p31zjtct2jer"
    assert ids.update(second, second.updates[0]) == code("update", "second#p31zjtct2jer")


def test_an_update_may_be_called_postmortem() -> None:
    over = incident(
        "2026-04-05 10:00", update("2026-04-05 11:00", "resolved", id="postmortem"), postmortem="2026-04-06 09:00"
    )
    found = ids_of(history(over, of=catalog("web")))
    assert len(set(found)) == len(found)
    assert code("update", f"{over.id}#postmortem") in found


IDS = st.sampled_from(["certificates", "integrations", "p31zjtct2jer", "postmortem", "notice", "web"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.none() | IDS, IDS), unique_by=lambda row: row[1], min_size=1, max_size=4),
    st.lists(
        st.tuples(IDS, st.booleans(), st.lists(IDS, unique=True, max_size=2)),
        unique_by=lambda row: row[0],
        max_size=4,
    ),
)
def test_no_two_things_have_one_id(
    members: list[tuple[str | None, str]], notices: list[tuple[str, bool, list[str]]]
) -> None:
    of = catalog(*(group(name, member) for name, member in members))
    written = [
        maintenance(
            "2026-04-05 10:00",
            "2026-04-05 12:00",
            *(update("2026-04-05 11:00", "in_progress", id=name) for name in updates),
            id=notice_id,
        )
        if planned
        else incident(
            "2026-04-05 10:00",
            *(update("2026-04-05 11:00", "resolved", id=name) for name in updates),
            id=notice_id,
            components=states(**{members[0][1]: "major_outage"}),
            postmortem="2026-04-06 09:00",
        )
        for notice_id, planned, updates in notices
    ]
    found = ids_of(history(*written, of=of))
    assert len(set(found)) == len(found)
    assert all(re.fullmatch("[a-z0-9]{12}", each) for each in found)
