"""Printed times can be read back: no day and no zone is left out that a reader needs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.present.language.formatter import Formatter, date_on_clock, locale_of, zone_name
from mkdocs_incidents.present.pages.notice import notice_view
from mkdocs_incidents.present.pages.status import status_view
from tests.makers import at, incident, states, update
from tests.present.contexts import site

ENGLISH = Formatter(locale_of("en"))
PARIS, LAGOS, TORONTO = ZoneInfo("Europe/Paris"), ZoneInfo("Africa/Lagos"), ZoneInfo("America/Toronto")
ZONES = ("Africa/Lagos", "America/St_Johns", "America/Toronto", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Paris")
CHANGES = (at("2026-10-25 01:00"), at("2026-03-29 01:00"), at("2026-11-01 06:00"), at("2010-11-07 02:31"))
"""Instants at which clocks of some of these zones change."""

_zones = st.sampled_from(ZONES).map(ZoneInfo)
_minutes = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-3000, 3000)
)
_TIME = re.compile(
    r"(?:(?:[A-Z]\w+day )?(\d{1,2} [A-Z][a-z]+)(?: (\d{4}))?, )?(\d\d:\d\d)(?: (UTC[+−][\d:]+|[A-Z]{2,5}))?"
)


def read(text: str, zone: ZoneInfo, day: date | None, letters: str = "") -> list[datetime]:
    """The times of a text as a reader takes them: what one leaves out is that of the one before, or behind it."""
    found = []
    last_letters = _TIME.findall(text)[-1][3]
    for written_day, year, clock, written_letters in _TIME.findall(text):
        if written_day:
            known_year = year or str(day.year if day else 0)
            day = datetime.strptime(f"{written_day} {known_year}", "%d %B %Y").date()  # noqa: DTZ007
        letters = written_letters or letters or last_letters
        assert day is not None, text
        wall = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())  # noqa: DTZ007
        of_zone = ZoneInfo("UTC") if letters == "UTC" else zone
        readings = {wall.replace(tzinfo=of_zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        (instant,) = [one for one in readings if zone_name(one.astimezone(of_zone)) == letters or of_zone.key == "UTC"]
        found.append(instant)
    return found


@settings(max_examples=400, deadline=None)
@given(_minutes, _minutes, _minutes, _zones, _zones)
def test_every_printed_time_is_read_back_as_it_was(
    first: datetime, second: datetime, now: datetime, zone: ZoneInfo, of_site: ZoneInfo
) -> None:
    start, end = min(first, second), max(first, second)
    span = ENGLISH.span(start, end, zone)
    assert read(span, zone, None) == ([start, end] if start != end else [start])
    changed = start.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset()
    same_day = date_on_clock(start, zone) == date_on_clock(end, zone)
    if start != end and same_day:
        assert len(set(re.findall(r"\d ([A-Z][A-Z]\S*)", span.split(", ")[1]))) == 1 + changed, span
    page = date_on_clock(now, of_site)
    row = list(site().instants(zone, (start, end), page))
    assert read("; ".join(instant.text for instant in row), zone, page) == [start, end]
    beside = f"{ENGLISH.instant(start, zone)}; {ENGLISH.instant_beside(end, zone, start)}"
    assume(start.year == end.year)
    assert read(beside, zone, None)[1] == end
    if utc := ENGLISH.utc_span(start, end, zone):
        assert read(utc, ZoneInfo("UTC"), date_on_clock(end, zone), "UTC") == (
            [start, end] if start != end else [start]
        )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-10-24 23:30", "2026-10-25 02:10", "Sunday 25 October 2026, 01:30 CEST to 03:10 CET"),
        ("2026-03-29 00:30", "2026-03-29 01:10", "Sunday 29 March 2026, 01:30 CET to 03:10 CEST"),
        ("2026-06-11 12:30", "2026-06-11 13:15", "Thursday 11 June 2026, 14:30 to 15:15 CEST"),
        ("2026-06-11 12:30", "2026-06-11 12:30", "Thursday 11 June 2026, 14:30 CEST"),
        (
            "2026-10-24 21:30",
            "2026-10-25 02:10",
            "Saturday 24 October 2026, 23:30 CEST to Sunday 25 October 2026, 03:10 CET",
        ),
    ],
)
def test_a_span_has_both_zones_where_the_clocks_change_and_both_days_where_they_differ(
    start: str, end: str, expected: str
) -> None:
    assert ENGLISH.span(at(start), at(end), PARIS) == expected


def test_a_span_in_utc_has_the_days_that_are_not_those_of_the_span_before_it() -> None:
    start, end = at("2023-06-10 23:30"), at("2023-06-11 00:15")
    assert ENGLISH.span(start, end, LAGOS) == "Sunday 11 June 2023, 00:30 to 01:15 WAT"
    assert ENGLISH.utc_span(start, end, LAGOS) == "10 June, 23:30 to 11 June, 00:15 UTC"
    assert ENGLISH.utc_span(at("2023-06-11 12:00"), at("2023-06-11 13:00"), LAGOS) == "12:00 to 13:00 UTC"
    assert ENGLISH.utc_span(start, end, ZoneInfo("UTC")) == ""


def test_times_of_one_drawing_are_formatted_alike() -> None:
    across = ENGLISH.clocks(PARIS, [at("2026-10-24 23:30"), at("2026-10-25 02:10")])
    assert [across(at("2026-10-24 23:30")), across(at("2026-10-25 00:30"))] == ["01:30 CEST", "02:30 CEST"]
    assert ENGLISH.clocks(LAGOS, [at("2026-06-11 12:00")])(at("2026-06-11 13:00")) == "14:00"


DAYS_AGO = incident(
    "2026-04-07 09:00",
    update("2026-04-07 09:05", "investigating", next_update_at=at("2026-04-10 14:30")),
    update("2026-04-07 10:05", "identified"),
    update("2026-04-10 11:00", "monitoring", next_update_at=at("2026-04-10 14:30")),
    components=states(web="major_outage"),
)


def test_an_update_of_another_day_than_that_of_the_page_has_its_day() -> None:
    (notice,) = status_view(site(DAYS_AGO, now="2026-04-09 12:00")).incidents
    assert notice.latest
    assert notice.latest.at.text == "Tuesday 7 April 2026, 10:05 UTC"
    (later,) = status_view(site(DAYS_AGO, now="2026-04-10 12:00")).incidents
    assert later.latest
    assert (later.latest.at.text, later.latest.next_update and later.latest.next_update.text) == (
        "11:00 UTC",
        "14:30 UTC",
    )


def test_the_next_update_has_its_day_where_the_update_is_of_another() -> None:
    first = incident("2026-04-07 09:00", *DAYS_AGO.updates[:1], components=states(web="major_outage"))
    (notice,) = status_view(site(first, now="2026-04-10 12:00")).incidents
    assert notice.latest
    assert notice.latest.next_update
    assert notice.latest.next_update.text == "Friday 10 April 2026, 14:30 UTC"


def test_in_a_list_of_updates_the_day_stands_where_it_is_another_than_above() -> None:
    of = site(DAYS_AGO, now="2026-04-10 12:00")
    shown = notice_view(of, of.snapshot.history.notices[0], None, (None, None)).updates
    assert [one.at.text for one in shown] == ["11:00 UTC", "Tuesday 7 April 2026, 10:05 UTC", "09:05 UTC"]
    over = incident("2026-04-07 09:00", update("2026-04-07 09:30", "resolved"), components=states(web="major_outage"))
    (only,) = notice_view(site(over, now="2026-04-07 12:00"), over, None, (None, None)).updates
    assert only.at.text == "Tuesday 7 April 2026, 09:30 UTC", "a page of the past states no day of its own"


def test_a_time_in_another_zone_has_its_day_where_that_is_not_the_day_of_the_page() -> None:
    late = incident(
        "2026-04-06 23:00", update("2026-04-06 23:00", "investigating"), components=states(web="major_outage")
    )
    in_tokyo = incident(
        "2026-04-07 08:00",
        update("2026-04-06 23:00", "investigating"),
        zone="Asia/Tokyo",
        components=states(web="major_outage"),
    )  # the same instant: there it is the 7th
    (here,), (there,) = (status_view(site(one, now="2026-04-06 23:30")).incidents for one in (late, in_tokyo))
    assert here.since.text == "23:00 UTC"
    assert there.since.text == "Tuesday 7 April 2026, 08:00 JST"


def test_a_row_below_another_day_says_since_which_day_it_is_open() -> None:
    facts = {
        day.label: day.notices[0].facts[0]
        for now in ("2026-04-07 12:00", "2026-04-10 12:00")
        for day in status_view(site(DAYS_AGO, now=now)).days
        if day.notices
    }
    assert facts == {
        "Tuesday 7 April": "open since 09:00 UTC",
        "7 to 10 April": "open since Tuesday 7 April 2026, 09:00 UTC",
    }


def test_the_state_of_now_is_not_said_to_hold_since_the_begin() -> None:
    better = incident(
        "2026-04-10 09:00",
        update("2026-04-10 09:05", "investigating", components=states(web="major_outage")),
        update("2026-04-10 10:30", "identified", components=states(web="operational", api="degraded_performance")),
        components=states(web="major_outage", api="degraded_performance"),
    )
    of = site(better, now="2026-04-10 12:00")
    assert of.snapshot.facts[better.id].affected_since == {"api": at("2026-04-10 09:00")}
    worse = incident(
        "2026-04-10 09:00",
        update("2026-04-10 10:30", "identified", components=states(api="degraded_performance")),
        components=states(web="major_outage"),
    )
    view = status_view(site(worse, now="2026-04-10 12:00"))
    assert view.aside == "open since 09:00 UTC"
    assert view.incidents[0].scope.since is None, "one service since 09:00, the other since 10:30"


def test_a_reopened_incident_is_open_since_it_was_reopened() -> None:
    again = incident(
        "2026-04-10 09:00",
        update("2026-04-10 09:40", "resolved"),
        update("2026-04-10 11:00", "investigating"),
        components=states(web="major_outage"),
    )
    view = status_view(site(again, now="2026-04-10 12:00"))
    assert view.aside == "open since 11:00 UTC"
    assert view.incidents[0].scope.since
    assert view.incidents[0].scope.since.text == "11:00 UTC"
    (row,) = view.days[0].notices
    assert row.facts[0] == "open since 11:00 UTC"
    assert row.since == "", "a script would count from the begin"
