"""Bars, what happened on each day, and the months of the history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import ComponentDay, Month, Snapshot, days, group_days, months, notices_by_day
from tests.makers import announcement, at, catalog, component, group, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import Catalog, Notice

SIXTH = date(2026, 4, 6)
MAJOR = ComponentStatus.MAJOR_OUTAGE


def bars(
    *notices: Notice, first: date, last: date, now: str = "2026-04-10 12:00", **fields: Any
) -> tuple[ComponentDay, ...]:
    zone = fields.pop("zone", "UTC")
    of = catalog(component("web", **fields), zone=zone)
    return days(Snapshot.take(history(*notices, of=of), at(now)), "web", first, last)


def bar(*notices: Notice, day: date = SIXTH, **fields: Any) -> ComponentDay:
    return bars(*notices, first=day, last=day, **fields)[0]


def ids(found: dict[date, tuple[Notice, ...]]) -> dict[int, list[str]]:
    return {day.day: [notice.id for notice in notices] for day, notices in found.items()}


def test_each_day_of_a_long_incident_has_its_own_minutes() -> None:
    long = incident("2026-04-05 23:00", resolved="2026-04-07 01:30", components=states(web="major_outage"), id="long")
    found = bars(long, first=date(2026, 4, 4), last=date(2026, 4, 8))
    assert [day.time_in.get(MAJOR, timedelta()) for day in found] == [
        timedelta(),
        timedelta(hours=1),
        timedelta(hours=24),
        timedelta(hours=1, minutes=30),
        timedelta(),
    ]
    assert [day.notices for day in found] == [(), ("long",), ("long",), ("long",), ()]


def test_an_incident_that_ends_at_midnight_leaves_the_next_day_alone() -> None:
    until_midnight = incident("2026-04-05 23:00", resolved="2026-04-06 00:00", components=states(web="major_outage"))
    found = bars(until_midnight, first=date(2026, 4, 5), last=SIXTH)
    assert [day.status for day in found] == [MAJOR, ComponentStatus.OPERATIONAL]


def test_an_incident_that_has_just_begun_or_ended_as_it_began_marks_its_day() -> None:
    begun = incident("2026-04-06 12:00", components=states(web="major_outage"), id="it")
    ended = incident("2026-04-06 11:00", resolved="2026-04-06 11:00", components=states(web="major_outage"), id="it")
    for notice in (begun, ended):
        day = bar(notice, now="2026-04-06 12:00")
        assert (day.status, day.time_in, day.notices) == (MAJOR, {MAJOR: timedelta()}, ("it",))


def test_a_bar_shows_the_worst_state_of_its_day_and_every_notice_behind_it_oldest_first() -> None:
    degraded = states(web="degraded_performance")
    later_impact = update("2026-04-06 12:00", "identified", components=degraded)
    notices = [
        incident("2026-04-06 08:00", later_impact, id="old", resolved="2026-04-06 13:00"),
        incident("2026-04-06 09:00", id="new", components=states(web="major_outage"), resolved="2026-04-06 09:30"),
        maintenance("2026-04-06 09:15", "2026-04-06 10:00", id="work", components=states(web="under_maintenance")),
    ]
    found = bar(*notices)
    assert found.status is MAJOR
    assert found.notices == ("old", "new", "work")
    assert found.time_in == {
        MAJOR: timedelta(minutes=30),
        ComponentStatus.UNDER_MAINTENANCE: timedelta(minutes=30),
        ComponentStatus.DEGRADED_PERFORMANCE: timedelta(hours=1),
    }


def test_days_before_since_after_retirement_and_to_come_have_no_data() -> None:
    found = bars(first=date(2026, 4, 1), last=date(2026, 4, 12), since=date(2026, 4, 3), retired=date(2026, 4, 5))
    assert [day.date.day for day in found if day.status] == [3, 4]
    found = bars(first=date(2026, 4, 9), last=date(2026, 4, 12), now="2026-04-10 12:00")
    assert [day.observed for day in found] == [timedelta(hours=24), timedelta(hours=12), timedelta(), timedelta()]
    assert [day.status for day in found] == [ComponentStatus.OPERATIONAL] * 2 + [None] * 2


def test_without_since_nothing_is_claimed_before_the_day_of_the_first_notice() -> None:
    first_ever = incident("2026-04-06 14:00", resolved="2026-04-06 15:00", components=states(web="major_outage"))
    found = bars(first_ever, first=date(2026, 4, 5), last=date(2026, 4, 7), since=None)
    assert [day.observed for day in found] == [timedelta(), timedelta(hours=24), timedelta(hours=24)]
    assert bars(first=date(2026, 4, 5), last=date(2026, 4, 5), since=None)[0].status is None


def test_what_happened_before_since_is_not_held_against_a_component() -> None:
    found = bar(incident("2026-04-05 00:00", components=states(web="major_outage")), since=date(2026, 4, 7))
    assert (found.status, found.notices, found.time_in) == (None, (), {})


def test_a_component_retired_amid_an_incident_is_judged_until_the_incident_is_over() -> None:
    until = update("2026-04-08 06:00", "resolved")
    long = incident("2026-04-06 12:00", until, components=states(web="major_outage"))
    found = bars(long, first=SIXTH, last=date(2026, 4, 9), retired=date(2026, 4, 8))
    assert [day.status for day in found] == [MAJOR, MAJOR, MAJOR, None]
    assert found[2].observed == timedelta(hours=6)


def test_a_component_retired_before_an_incident_is_not_judged_by_it() -> None:
    late = incident("2026-04-07 12:00", components=states(web="major_outage"))
    found = bars(late, first=SIXTH, last=date(2026, 4, 8), retired=date(2026, 4, 7))
    assert [day.status for day in found] == [ComponentStatus.OPERATIONAL, None, None]


def test_a_day_is_cut_in_the_catalogues_zone_whatever_the_incident_was_written_in() -> None:
    late = incident("2026-04-06 23:30", zone="UTC", resolved="2026-04-06 23:45", components=states(web="major_outage"))
    assert bar(late, zone="Asia/Kathmandu").status is ComponentStatus.OPERATIONAL
    assert bar(late, zone="Asia/Kathmandu", day=date(2026, 4, 7)).status is MAJOR


def test_a_day_can_have_23_hours_of_outage() -> None:
    whole = incident("2026-03-28 12:00", resolved="2026-03-30 12:00", components=states(web="major_outage"))
    found = bar(whole, day=date(2026, 3, 29), zone="Europe/Paris")
    assert found.time_in == {MAJOR: timedelta(hours=23)}
    assert found.observed == found.interval.duration == timedelta(hours=23)


def test_a_day_that_a_zone_skipped_has_no_data() -> None:
    whole = incident("2011-12-20 12:00", components=states(web="major_outage"))
    found = bar(whole, day=date(2011, 12, 30), zone="Pacific/Apia")
    assert (found.status, found.interval.duration) == (None, timedelta())


def test_a_group_is_observed_while_any_member_is() -> None:
    pair = group("Pair", component("old", retired=date(2026, 4, 5)), component("new", since=date(2026, 4, 7)))
    trouble = incident("2026-04-04 10:00", resolved="2026-04-04 11:00", components=states(old="major_outage"))
    snapshot = Snapshot.take(history(trouble, of=catalog(pair)), at("2026-04-10 12:00"))
    found = group_days(snapshot, pair, date(2026, 4, 4), date(2026, 4, 7))
    assert [day.status for day in found] == [MAJOR, None, None, ComponentStatus.OPERATIONAL]


def test_members_down_at_once_count_once_for_the_group() -> None:
    pair = group("Pair", "api", "web")
    first = incident("2026-04-06 10:00", resolved="2026-04-06 11:00", id="one", components=states(api="major_outage"))
    second = incident("2026-04-06 10:30", resolved="2026-04-06 11:30", id="two", components=states(web="major_outage"))
    snapshot = Snapshot.take(history(second, first, of=catalog(pair)), at("2026-04-10 12:00"))
    (found,) = group_days(snapshot, pair, SIXTH, SIXTH)
    assert found.time_in == {MAJOR: timedelta(minutes=90)}
    assert found.notices == ("one", "two")


def test_a_notice_is_listed_on_every_day_of_its_interval() -> None:
    notices = [
        incident("2026-04-05 23:00", resolved="2026-04-07 00:00", id="ends-at-midnight"),
        incident("2026-04-06 10:00", resolved="2026-04-06 10:00", id="over-at-once"),
        incident("2026-04-09 10:00", id="open"),
        maintenance("2026-04-07 22:00", "2026-04-08 02:00", id="work"),
        announcement("2026-04-07 12:00", id="news", pinned=True),
    ]
    found = notices_by_day(history(*notices), date(2026, 4, 4), date(2026, 4, 11), at("2026-04-10 12:00"))
    assert ids(dict(found)) == {
        4: [],
        5: ["ends-at-midnight"],
        6: ["ends-at-midnight", "over-at-once"],
        7: ["work", "news"],
        8: ["work"],
        9: ["open"],
        10: ["open"],
        11: [],
    }


def test_what_has_not_begun_is_listed_on_no_day() -> None:
    work = history(maintenance("2026-04-06 22:00", "2026-04-06 23:00"))
    assert notices_by_day(work, SIXTH, SIXTH, at("2026-04-06 21:59")) == {SIXTH: ()}
    assert len(notices_by_day(work, SIXTH, SIXTH, at("2026-04-06 22:00"))[SIXTH]) == 1


def test_the_notices_of_a_day_come_worst_first() -> None:
    notices = [
        announcement("2026-04-06 08:00", id="news"),
        maintenance("2026-04-06 08:30", "2026-04-06 09:30", id="work"),
        incident("2026-04-06 09:00", id="minor", impact="minor"),
        incident("2026-04-06 10:00", id="critical", impact="critical"),
        incident("2026-04-06 10:00", id="also-critical", impact="critical"),
    ]
    found = notices_by_day(history(*notices), SIXTH, SIXTH, at("2026-04-10 12:00"))
    assert ids(dict(found))[6] == ["also-critical", "critical", "minor", "work", "news"]


def test_the_history_runs_from_the_month_of_the_first_notice_to_this_one() -> None:
    of = catalog("web", zone="Africa/Lagos")
    trouble = incident("2026-01-31 23:30", components=states(web="major_outage"))
    assert list(months(history(trouble, of=of), at("2026-04-10 12:00"))) == [
        Month(2026, 2),
        Month(2026, 3),
        Month(2026, 4),
    ]


def test_the_history_of_a_site_without_notices_begins_with_its_first_component() -> None:
    now = at("2026-04-10 12:00")

    def of(*since: date | None) -> Catalog:
        return catalog(*(component(f"c{number}", since=day) for number, day in enumerate(since)))

    assert months(history(of=of(None, date(2026, 3, 5), date(2026, 4, 5))), now) == (Month(2026, 3), Month(2026, 4))
    assert months(history(of=of(None)), now) == (Month(2026, 4),)
    assert months(history(of=of(date(2027, 1, 1))), now) == (Month(2026, 4),)
    planned = history(maintenance("2026-06-01 10:00", "2026-06-01 11:00"), of=of(None))
    assert months(planned, now) == (Month(2026, 4),)
