"""Random histories around a change of clocks, for property tests. All instants lie on whole minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from mkdocs_incidents.model import (
    Announcement,
    Catalog,
    ComponentStatus,
    History,
    Impact,
    Incident,
    IncidentStatus,
    Interval,
    Maintenance,
    MaintenanceStatus,
    Notice,
    Postmortem,
    Update,
)
from tests import makers

if TYPE_CHECKING:
    from collections.abc import Mapping

IDS = ("api", "mail", "web")
WINDOW = 2 * 24 * 60
"""Length of a scene in minutes."""
PLACES = (
    ("Africa/Lagos", date(2026, 4, 6)),
    ("Asia/Kathmandu", date(2026, 4, 6)),
    ("Europe/Paris", date(2026, 3, 29)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 17)),
    ("America/Santiago", date(2026, 9, 6)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Africa/Cairo", date(2026, 4, 24)),
)
"""Zones, each with a day whose clocks change, where they do."""

_minutes = st.integers(0, WINDOW - 1)
_states = st.sampled_from(ComponentStatus)
_components = st.dictionaries(st.sampled_from(IDS), _states, max_size=3)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A history, and an instant at which it is looked upon."""

    history: History
    window: Interval
    now: datetime
    dates: tuple[date, ...]
    """The local days that the window touches."""

    @property
    def zone(self) -> ZoneInfo:
        return self.history.catalog.timezone

    @property
    def minutes(self) -> Mapping[datetime, date]:
        """Every minute of the window, and what the calendar on the wall shows then."""
        return _minutes_from(self.window.start, self.zone)


@cache
def _minutes_from(start: datetime, zone: ZoneInfo) -> Mapping[datetime, date]:
    minutes = (start + timedelta(minutes=minute) for minute in range(WINDOW))
    return {minute: minute.astimezone(zone).date() for minute in minutes}


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Two days from noon before the clocks change, with up to five notices about three components."""
    name, day = draw(st.sampled_from(PLACES))
    zone = ZoneInfo(name)
    noon = datetime.combine(day - timedelta(days=1), time(12), tzinfo=zone)
    start = noon.astimezone(UTC)
    window = Interval(start, start + timedelta(minutes=WINDOW))
    notices = tuple(draw(_notices(start, number)) for number in range(draw(st.integers(0, 5))))
    return Scene(
        history=History(catalog=draw(_catalogs(day, zone)), notices=notices),
        window=window,
        now=start + timedelta(minutes=draw(st.integers(WINDOW // 4, WINDOW))),
        dates=(day - timedelta(days=1), day, day + timedelta(days=1)),
    )


@st.composite
def _catalogs(draw: st.DrawFn, day: date, zone: ZoneInfo) -> Catalog:
    """Some components appear or disappear on the very day."""
    before, after = day - timedelta(days=400), day + timedelta(days=1)
    in_service = st.sampled_from(
        [(since, retired) for since in (before, day) for retired in (None, None, day, after) if retired != since]
    )
    api, mail, web = (
        makers.component(i, since=since, retired=retired) for i in IDS for since, retired in [draw(in_service)]
    )
    return makers.catalog(makers.group("Pair", api, mail), web, zone=zone.key)


def _notices(start: datetime, number: int) -> st.SearchStrategy[Notice]:
    return st.one_of(
        _incidents(start, number), _incidents(start, number), _maintenances(start, number), _announcements(start)
    )


@st.composite
def _incidents(draw: st.DrawFn, start: datetime, number: int) -> Incident:
    begun = draw(_minutes)
    resolved = draw(st.none() | st.integers(begun, WINDOW + 600))
    published = draw(st.none() | _minutes)
    return Incident(
        id=f"incident-{number}",
        title="It broke",
        source=f"incident-{number}.md",
        timezone=ZoneInfo("UTC"),
        started_at=_at(start, begun),
        stated_resolved_at=None if resolved is None else _at(start, resolved),
        stated_impact=draw(st.none() | st.sampled_from(Impact)),
        components=draw(_components),
        updates=draw(_updates(start, st.sampled_from(IncidentStatus))),
        postmortem=None if published is None else Postmortem(published_at=_at(start, published)),
        publish_at=draw(st.none() | st.none() | st.builds(_at, st.just(start), _minutes)),
    )


@st.composite
def _maintenances(draw: st.DrawFn, start: datetime, number: int) -> Maintenance:
    begin = draw(_minutes)
    ends = st.none() | st.none() | st.integers(begin + 1, begin + 900).map(lambda minute: _at(start, minute))
    updates = draw(_updates(start, st.sampled_from(MaintenanceStatus)))
    return Maintenance(
        id=f"maintenance-{number}",
        title="We work on it",
        source=f"maintenance-{number}.md",
        timezone=ZoneInfo("UTC"),
        scheduled_from=_at(start, begin),
        scheduled_until=_at(start, begin + draw(st.integers(1, 600))),
        components=draw(_components),
        updates=tuple(replace(update, until=draw(ends)) for update in updates),
    )


def _announcements(start: datetime) -> st.SearchStrategy[Announcement]:
    return st.builds(
        Announcement,
        id=st.uuids().map(str),
        title=st.just("Word"),
        source=st.just("news.md"),
        timezone=st.just(ZoneInfo("UTC")),
        started_at=st.builds(_at, st.just(start), _minutes),
        pinned=st.booleans(),
    )


@st.composite
def _updates(
    draw: st.DrawFn, start: datetime, statuses: st.SearchStrategy[IncidentStatus | MaintenanceStatus]
) -> tuple[Update, ...]:
    """In order of time, at distinct minutes; the statuses come in any order, reopening and postponing included."""
    minutes = sorted(draw(st.lists(_minutes, max_size=5, unique=True)))
    return tuple(
        Update(
            id=f"update-{minute}",
            at=_at(start, minute),
            status=draw(statuses),
            message="Word.",
            components=draw(st.just({}) | _components),
        )
        for minute in minutes
    )


def _at(start: datetime, minute: int) -> datetime:
    return start + timedelta(minutes=minute)
