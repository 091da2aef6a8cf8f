"""Every document of our own JSON is valid by its schema, and the schema refuses documents with a fault."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker

from mkdocs_incidents.content.loader import load
from mkdocs_incidents.emit.json.files import DOCUMENTS, schema
from mkdocs_incidents.emit.json.promises import PromiseCountsObject
from mkdocs_incidents.model import ActionItem, Retraction, Section, SectionKind, Upstream
from mkdocs_incidents.status import PromiseState
from tests.emit.emitting import document, emitted
from tests.makers import at, catalog, group, history, incident, states, update
from tests.present.timelines import with_timeline
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_incidents.model import History

    Path_ = tuple[str | int, ...]

ROOT = Path(__file__).parents[3]
NOW = at("2026-04-20 12:00")
MAPS = {"components", "states", "downtime", "seconds", "weights"}
"""Keys of objects whose own keys are ids or states."""
ENUMERATED = {"state", "status", "kind", "impact", "indicator", "measure"}
"""Keys whose values are members of an enumeration."""
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def validator(name: str) -> Draft202012Validator:
    described = schema(name, f"https://status.example.com/{name}.schema.json")
    Draft202012Validator.check_schema(described)
    return Draft202012Validator(described, format_checker=FormatChecker())


def documents(files: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    """Every document with the name of its schema."""
    for path in files:
        if re.fullmatch(r"incidents/[^/]+\.json", path):
            yield "incident", document(files, path)
        elif (name := path.removesuffix(".json")) in DOCUMENTS:
            yield name, document(files, path)


def assert_valid(of: History, now: Any) -> None:
    files = emitted(of, now, on=frozenset({"json"}))
    validators = {name: validator(name) for name in DOCUMENTS}
    found = list(documents(files))
    assert {name for name, _ in found} >= DOCUMENTS.keys() - {"incident"}
    assert len(found) == len(DOCUMENTS) - 1 + len(of.as_of(now).notices)
    for name, known in found:
        assert known["$schema"] == document(files, f"{name}.schema.json")["$id"]
        assert [error.message for error in validators[name].iter_errors(known)] == []


@settings(max_examples=8, deadline=None)
@given(scenes())
def test_every_document_keeps_to_its_schema(scene: Scene) -> None:
    assert_valid(scene.history, scene.now)


@pytest.mark.parametrize("now", ["2026-10-14 11:55", "2026-11-18 12:00"])
def test_every_document_of_the_example_site_keeps_to_its_schema(now: str) -> None:
    loaded = load(ROOT / "incidents", now=at("2026-11-18 12:00"))
    assert loaded.history
    assert_valid(loaded.history, at(now))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_that_is_published_is_the_one_of_the_definition(name: str) -> None:
    files = emitted(everything(), NOW)
    published = document(files, f"{name}.schema.json")
    assert published == schema(name, f"https://status.example.com/{name}.schema.json")
    assert published["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert published["title"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_describes_keys_and_not_the_code_of_their_values(name: str) -> None:
    values = [definition for definition in schema(name, "https://x")["$defs"].values() if "enum" in definition]
    assert values
    assert not any("description" in definition for definition in values)


def test_every_state_of_a_promise_is_counted() -> None:
    assert list(PromiseCountsObject.__annotations__) == list(PromiseState)


def everything() -> History:
    """A resolved and an open incident that together have a value for every key."""
    updates = (
        update(
            "2026-04-06 14:36",
            "investigating",
            message="We look.",
            next_update_at=at("2026-04-06 15:00"),
            until=at("2026-04-06 15:30"),
            corrected_at=at("2026-04-06 14:50"),
        ),
        update("2026-04-06 14:50", "identified", retraction=Retraction("It was not the network.")),
        update("2026-04-06 15:15", "resolved", message="It works.", components=states(web="operational")),
    )
    over = with_timeline("14:31 Detected: the pager rings.", updates=updates, resolved=None, id="over")
    assert over.postmortem
    kept = ActionItem(
        text="It rings",
        line=1,
        owners=("Ops",),
        due=date(2026, 5, 1),
        done=True,
        done_at=date(2026, 4, 10),
        link="https://x.example/1",
    )
    dropped = ActionItem(text="It sings", line=2, dropped=True, dropped_at=date(2026, 4, 15), dropped_because="no")
    postmortem = replace(
        over.postmortem,
        published_at=at("2026-04-08 00:00"),
        by="Ops",
        timeline=(replace(over.postmortem.timeline[0], until=at("2026-04-06 14:40")),),
        sections=(Section(kind=SectionKind.APOLOGY, heading="Apology", markdown="We are sorry.", level=2, line=1),),
        action_items=(kept, dropped),
    )
    over = replace(
        over,
        postmortem=postmortem,
        causes=("change",),
        upstream=Upstream(name="Cloud", link="https://x.example/2"),
        affected_percent=Decimal(12),
    )
    false_alarm = incident("2026-04-18 11:00", id="alarm", aliases=("test",), retraction=Retraction("It was a test."))
    still = incident("2026-04-20 11:00", id="open", components=states(web="major_outage"))
    named = over.touched_components + still.touched_components
    return history(over, false_alarm, still, of=catalog(group("Sites", *dict.fromkeys(named))))


@cache
def whole_documents() -> tuple[tuple[str, Any], ...]:
    """The documents of that history, those of uptime cut to a few days."""
    found = tuple(documents(emitted(everything(), NOW, on=frozenset({"json"}))))
    for name, known in found:
        for component in known["components"] if name == "uptime" else ():
            component["days"] = component["days"][-16:-13]
    return found


def places(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    yield path, value
    children: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    for key, child in children:
        yield from places(child, (*path, key))


def objects(known: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Every object with defined keys; those of a map are ids or states."""
    for path, value in places(known):
        if isinstance(value, dict) and not MAPS & set(path[-1:]) and path[-2:-1] != ("downtime",):
            yield path, value


def without_a_key(known: Any) -> Iterator[tuple[Path_, Any]]:
    for path, value in objects(known):
        optional = {"seconds", "incidents"} if "date" in value else set()
        yield from ((path, {k: v for k, v in value.items() if k != key}) for key in value.keys() - optional)


def with_another_key(known: Any) -> Iterator[tuple[Path_, Any]]:
    yield from ((path, {**value, "extra": None}) for path, value in objects(known))


def with_another_member(known: Any) -> Iterator[tuple[Path_, Any]]:
    for path, value in places(known):
        in_map = path[-2:-1] in {("components",), ("states",)} and isinstance(path[-1], str)
        until_what = path[-1:] == ("until",) and isinstance(value, str) and not INSTANT.fullmatch(value)
        if isinstance(value, str) and (path[-1] in ENUMERATED or in_map or until_what):
            yield path, "wrong"
        if path[-2:-1] == ("downtime",):
            yield path, {"wrong": 1}


def with_a_naive_instant(known: Any) -> Iterator[tuple[Path_, Any]]:
    for path, value in places(known):
        if isinstance(value, str) and INSTANT.fullmatch(value):
            yield from ((path, value.removesuffix("Z") + zone) for zone in ("", "+00:00"))


def with_a_number_out_of_range(known: Any) -> Iterator[tuple[Path_, Any]]:
    for path, value in places(known):
        if isinstance(value, int | float) and not isinstance(value, bool) and path != ("days",):
            yield path, -1
            if path[-1] in {"percent", "uptime_percent", "share_kept"} or path[-2:-1] == ("weights",):
                yield path, 100.5


def with_a_value_of_another_type(known: Any) -> Iterator[tuple[Path_, Any]]:
    yield from ((path, [[]]) for path, _ in places(known) if path)


def changed(known: Any, path: Path_, value: Any) -> Any:
    if not path:
        return value
    copied = deepcopy(known)
    holder = copied
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return copied


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    "fault",
    [
        without_a_key,
        with_another_key,
        with_another_member,
        with_a_naive_instant,
        with_a_number_out_of_range,
        with_a_value_of_another_type,
    ],
)
def test_what_is_no_such_document_is_refused(name: str, fault: Any) -> None:
    schema_of_it = validator(name)
    faults = [
        (path, value, changed(known, path, value))
        for its_name, known in whole_documents()
        if its_name == name
        for path, value in fault(known)
    ]
    assert faults or (name, fault) == ("incidents", with_a_number_out_of_range)
    assert [(path, value) for path, value, known in faults if schema_of_it.is_valid(known)] == []


def test_every_key_has_a_value_in_some_document_that_faults_are_put_into() -> None:
    filled: dict[tuple[str, ...], bool] = {}
    for name, known in whole_documents():
        for path, value in places(known):
            keys = (name, *(key for key in path if isinstance(key, str)))
            filled[keys] = filled.get(keys, False) or value not in (None, [], {})
    assert {keys for keys, is_filled in filled.items() if not is_filled} == {
        ("incident", "measured", "affected", "quote"),
        ("incident", "measured", "affected", "sentence"),
        *(("incident", key) for key in ("scheduled_from", "scheduled_until")),
        *(("incidents", "incidents", key) for key in ("scheduled_from", "scheduled_until")),
    }
