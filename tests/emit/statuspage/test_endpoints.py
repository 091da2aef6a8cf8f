"""The Statuspage API, as its clients read it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator

from mkdocs_incidents.emit.statuspage.ids import code
from tests.emit.emitting import SITE, document, emitted
from tests.emit.statuspage.published_schema import ENDPOINTS
from tests.makers import announcement, at, catalog, component, group, history, incident, maintenance, states, update
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from mkdocs_incidents.model import History

NOW = at("2026-04-06 15:00")
ONLY = {"on": frozenset({"statuspage_api"})}


def api(of: History, endpoint: str) -> Any:
    return document(emitted(of, NOW, **ONLY), f"api/v2/{endpoint}.json")


def outage(**fields: Any) -> Any:
    updates = (
        update("2026-04-06 14:36", "investigating", message="We **look** into it: [here](https://x.example/)."),
        update("2026-04-06 14:50", "monitoring", components=states(web="degraded_performance")),
    )
    known = {"id": "web-down", "title": "Down", "components": states(web="major_outage", mail="partial_outage")}
    return incident("2026-04-06 14:30", *fields.pop("updates", updates), **{**known, **fields})


@settings(max_examples=40, deadline=None)
@given(scenes())
def test_every_endpoint_has_exactly_the_shape_of_statuspage(scene: Scene) -> None:
    files = emitted(scene.history, scene.now, **ONLY)
    for endpoint, schema in ENDPOINTS.items():
        answer = document(files, f"api/v2/{endpoint}.json")
        assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []
    assert set(files) - {"now.json"} == {f"api/v2/{endpoint}.json" for endpoint in ENDPOINTS}


def test_components_are_in_their_groups_by_position() -> None:
    known = catalog(group("Sites", "web", "shop"), "mail", component("old", retired=at("2026-01-01 00:00").date()))
    rows = api(history(outage(), of=known), "components")["components"]
    assert [(row["name"], row["position"], row["group"], row["status"]) for row in rows] == [
        ("Sites", 1, True, "degraded_performance"),
        ("Web", 1, False, "degraded_performance"),
        ("Shop", 2, False, "operational"),
        ("Mail", 2, False, "partial_outage"),
    ]
    assert rows[0]["components"] == [rows[1]["id"], rows[2]["id"]]
    assert [row["group_id"] for row in rows] == [None, rows[0]["id"], rows[0]["id"], None]


def test_an_update_states_what_it_changed() -> None:
    known = catalog(group("Sites", "web"), "mail")
    (answer,) = api(history(outage(), of=known), "incidents")["incidents"]
    newest, oldest = answer["incident_updates"]
    assert newest["affected_components"] == [
        {"code": code("component", "web"), "name": "Sites - Web", "old_status": "major_outage",
         "new_status": "degraded_performance"},
    ]  # fmt: skip
    assert [
        (change["name"], change["old_status"], change["new_status"]) for change in oldest["affected_components"]
    ] == [
        ("Sites - Web", "operational", "major_outage"),
        ("Mail", "operational", "partial_outage"),
    ]


def test_a_body_is_plain_text_with_the_addresses_of_links() -> None:
    message = '<strong>Look</strong> <a href="../x/">here</a> &amp; <a href="https://y.example/">https://y.example/</a>'
    of = outage(updates=(update("2026-04-06 14:36", "investigating", message=f"{message}</p><ul><li>a</li></ul><p>b"),))
    (answer,) = api(history(of), "incidents")["incidents"]
    assert answer["incident_updates"][0]["body"] == (f"Look here ({SITE}incidents/x/) & https://y.example/\n\n- a\n\nb")


def test_instants_of_an_incident_have_milliseconds() -> None:
    (answer,) = api(history(outage()), "incidents/unresolved")["incidents"]
    instants = {key: answer[key] for key in ("started_at", "created_at", "updated_at", "monitoring_at", "resolved_at")}
    assert instants == {
        "started_at": "2026-04-06T14:30:00.000Z",
        "created_at": "2026-04-06T14:36:00.000Z",
        "updated_at": "2026-04-06T14:50:00.000Z",
        "monitoring_at": "2026-04-06T14:50:00.000Z",
        "resolved_at": None,
    }


def test_a_published_postmortem_is_the_newest_update() -> None:
    over = incident("2026-04-05 10:00", update("2026-04-05 11:00", "resolved"), postmortem="2026-04-06 09:00")
    (answer,) = api(history(over), "incidents")["incidents"]
    assert answer["status"] == "postmortem"
    assert answer["resolved_at"] == "2026-04-05T11:00:00.000Z"
    assert [update_["status"] for update_ in answer["incident_updates"]] == ["postmortem", "resolved"]
    assert api(history(over), "summary")["incidents"] == []


def test_an_incident_without_updates_has_an_update_for_itself() -> None:
    (answer,) = api(history(outage(updates=())), "summary")["incidents"]
    assert [(update_["status"], update_["display_at"]) for update_ in answer["incident_updates"]] == [
        ("investigating", "2026-04-06T14:30:00.000Z")
    ]


def test_maintenances_are_listed_by_their_phase() -> None:
    coming = maintenance("2026-04-07 10:00", "2026-04-07 11:00", id="coming")
    running = maintenance("2026-04-06 14:00", "2026-04-06 16:00", id="running")
    over = maintenance("2026-04-05 10:00", "2026-04-05 11:00", id="over")
    known = history(coming, running, over)
    found = {
        endpoint: [row["id"] for row in api(known, endpoint)["scheduled_maintenances"]]
        for endpoint in ("scheduled-maintenances", "scheduled-maintenances/upcoming", "scheduled-maintenances/active",
                         "summary")
    }  # fmt: skip
    ids = {row: code("incident", row) for row in ("coming", "running", "over")}
    assert found == {
        "scheduled-maintenances": [ids["coming"], ids["running"], ids["over"]],
        "scheduled-maintenances/upcoming": [ids["coming"]],
        "scheduled-maintenances/active": [ids["running"]],
        "summary": [ids["coming"], ids["running"]],
    }


def test_nothing_happens_after_the_build_but_what_is_scheduled() -> None:
    coming = maintenance("2026-04-07 10:00", "2026-04-07 11:00", id="coming")
    (answer,) = api(history(outage(), coming), "scheduled-maintenances/upcoming")["scheduled_maintenances"]
    assert answer["created_at"] == answer["updated_at"] == "2026-04-06T14:50:00.000Z"


def test_the_newest_fifty_are_listed() -> None:
    many = [
        incident(f"2026-01-01 {n // 60:02}:{n % 60:02}", id=f"i{n}", resolved="2026-02-01 00:00") for n in range(60)
    ]
    answer = api(history(*many), "incidents")["incidents"]
    assert [row["id"] for row in answer] == [code("incident", f"i{n}") for n in range(59, 9, -1)]


def test_ids_are_permanent_and_imported_ones_are_kept() -> None:
    assert code("incident", "2023-06-11-authentication-outage") == "6g2uaedh2b6g"
    assert code("component", "web") != code("incident", "web")
    kept = outage(id="p31zjtct2jer", updates=(update("2026-04-06 14:36", "identified", id="abcdefghij12"),))
    (answer,) = api(history(kept), "incidents")["incidents"]
    assert (answer["id"], answer["incident_updates"][0]["id"]) == ("p31zjtct2jer", "abcdefghij12")
    assert re.fullmatch("[a-z0-9]{12}", answer["page_id"])


def test_announcements_never_raise_an_alarm() -> None:
    notice = announcement("2026-04-06 10:00", pinned=True)
    assert api(history(notice, of=catalog("web")), "summary")["incidents"] == []
    assert api(history(notice, of=catalog("web")), "incidents")["incidents"] == []


def test_a_corrected_update_keeps_its_id_and_was_updated_when_it_was_corrected() -> None:
    before = outage().updates[0]
    corrected = replace(before, message="We look into it.", corrected_at=at("2026-04-06 14:55"))
    (plain,), (answer,) = (
        api(history(outage(updates=(update,))), "incidents")["incidents"] for update in (before, corrected)
    )
    (old,), (new,) = plain["incident_updates"], answer["incident_updates"]
    assert new["id"] == old["id"]
    assert (new["created_at"], new["updated_at"]) == ("2026-04-06T14:36:00.000Z", "2026-04-06T14:55:00.000Z")
    assert answer["updated_at"] == "2026-04-06T14:55:00.000Z"
