"""Enumerations, intervals, catalogue, history."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentGroup, ComponentStatus, Impact, Interval, comparable_name
from tests.makers import announcement, at, catalog, component, group, history, incident, maintenance, span


def test_planned_work_is_milder_than_any_trouble() -> None:
    assert ComponentStatus.worst([ComponentStatus.UNDER_MAINTENANCE, ComponentStatus.DEGRADED_PERFORMANCE]) == (
        ComponentStatus.DEGRADED_PERFORMANCE
    )


def test_the_worst_of_nothing_is_the_mildest_member() -> None:
    assert ComponentStatus.worst([]) is ComponentStatus.OPERATIONAL
    assert Impact.worst(()) is Impact.NONE


def test_every_impact_corresponds_to_a_state() -> None:
    for impact in Impact:
        assert impact.component_status.impact is impact


def test_a_span_holds_its_start_and_not_its_end() -> None:
    hour = span("2026-04-06 14:00", "2026-04-06 15:00")
    assert hour.contains(hour.start)
    assert not hour.contains(hour.end)


def test_spans_that_only_touch_share_nothing() -> None:
    hour, next_hour = span("2026-04-06 14:00", "2026-04-06 15:00"), span("2026-04-06 15:00", "2026-04-06 16:00")
    assert hour.overlap(next_hour) is None
    assert hour.overlap(span("2026-04-06 14:30", "2026-04-06 18:00")) == Interval(at("2026-04-06 14:30"), hour.end)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        span("2026-04-06 15:00", "2026-04-06 14:00")


def test_a_component_is_visible_from_since_until_the_day_before_retirement() -> None:
    old = component("old", since=date(2026, 4, 1), retired=date(2026, 4, 3))
    assert [day for day in range(1, 6) if old.visible_on(date(2026, 4, day))] == [1, 2]
    assert component("always", since=None).visible_on(date(1990, 1, 1))


def test_groups_without_shown_members_are_left_out() -> None:
    gone = group("Gone", component("fax", retired=date(2020, 1, 1)))
    shown = catalog(gone, group("Money", "cards", component("cheques", retired=date(2020, 1, 1))))
    (money,) = shown.groups_of({"cards"})
    assert [member.id for member in money.components] == ["cards"]
    assert list(shown.components) == ["fax", "cards", "cheques"]


def full_names(*groups: ComponentGroup) -> list[str]:
    return list(catalog(*groups).full_names.values())


def test_a_component_is_called_by_its_group_where_another_has_its_name() -> None:
    known = catalog(
        group("Lagos", component("lagos-api", name="API"), component("lagos-web", name="Website")),
        group("Accra", component("accra-api", name="api"), component("accra-app", name="App")),
    )
    assert known.full_names == {
        "lagos-api": "Lagos, API",
        "lagos-web": "Website",
        "accra-api": "Accra, api",
        "accra-app": "App",
    }


def test_a_component_outside_of_groups_keeps_its_name() -> None:
    inside = group("Lagos", component("lagos-api", name="API"))
    assert full_names(inside, group(None, component("api", name="API"))) == ["Lagos, API", "API"]


def test_the_id_is_named_where_the_group_is_not_enough() -> None:
    same = group("Lagos", component("one", name="API"), component("two", name="api"))
    assert full_names(same) == ["Lagos, API (one)", "Lagos, api (two)"]
    outside = group(None, component("three", name="Lagos, API"))
    two = group("Lagos", component("one", name="API")), group("Accra", component("two", name="API"))
    assert full_names(*two, outside) == ["Lagos, API (one)", "Accra, API", "Lagos, API"]


def test_a_retired_component_gives_way_to_the_one_in_service() -> None:
    old, new = component("old", name="API", retired=date(2026, 1, 1)), component("new", name="API")
    assert full_names(group("Lagos", old, new)) == ["Lagos, API", "API"]


def test_a_group_may_have_the_name_of_its_member() -> None:
    assert full_names(group("Website", component("web", name="Website"))) == ["Website"]


NAMES = st.sampled_from(["a", "b", "A", "a ", "a, a", "a, b", "b, a", "a (c0)", "a, a (c1)", "\uff41"])


@given(st.lists(st.tuples(st.none() | NAMES, NAMES, st.booleans()), max_size=7))
def test_no_two_components_have_one_full_name(
    rows: list[tuple[str | None, str, bool]],
) -> None:
    groups = [
        group(of, component(f"c{number}", name=name, retired=date(2026, 1, 1) if retired else None))
        for number, (of, name, retired) in enumerate(rows)
    ]
    found = catalog(*groups).full_names
    assert len({comparable_name(name) for name in found.values()}) == len(found) == len(rows)
    forms = [
        {comparable_name(form) for form in (name, f"{of}, {name}", f"{of}, {name} (c{n})", f"{name} (c{n})")}
        for n, (of, name, _) in enumerate(rows)
    ]
    for number, (of, name, _) in enumerate(rows):
        assert found[f"c{number}"].startswith((name, f"{of}, {name}"))
        others = set().union(*forms[:number], *forms[number + 1 :])
        assert found[f"c{number}"] == name or comparable_name(name) in others


def test_a_former_id_stands_for_the_component() -> None:
    assert catalog(component("web", aliases=("www", "site"))).ids == {"web": "web", "www": "web", "site": "web"}


def test_a_history_is_in_order_of_time_and_id_whatever_the_order_of_its_files() -> None:
    notices = [
        incident("2026-04-06 14:00", id="b"),
        incident("2026-04-06 14:00", id="a"),
        maintenance("2026-04-05 14:00", "2026-04-05 15:00", id="work"),
        announcement("2026-04-07 14:00", id="news"),
    ]
    known = history(*notices)
    assert [notice.id for notice in known.notices] == ["work", "a", "b", "news"]
    assert known == history(*reversed(notices))
    assert [i.id for i in known.incidents] == ["a", "b"]
    assert [m.id for m in known.maintenances] == ["work"]
    assert [a.id for a in known.announcements] == ["news"]
    assert known.by_id["work"] is known.maintenances[0]


def test_what_is_known_at_an_instant_is_computed_once() -> None:
    known = history(incident("2026-04-06 14:00")).as_of(at("2026-04-07 00:00"))
    assert known.as_of(at("2026-04-07 00:00")) is known
