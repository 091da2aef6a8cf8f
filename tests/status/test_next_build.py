"""When a site is out of date next: nothing that it publishes changes before, and something does then."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import ActionItem, History, Postmortem, Retraction
from mkdocs_incidents.status import (
    Snapshot,
    component_statuses,
    current_announcements,
    page_status,
)
from mkdocs_incidents.status.next_build import ChangeReason, page_changes
from tests.emit.emitting import emitted
from tests.makers import announcement, at, catalog, history, incident, maintenance, states, update
from tests.status.scenes import WINDOW, Scene, scenes

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice, Update

NOW = at("2026-04-06 12:00")
MIDNIGHT = at("2026-04-07 00:00")
EXACT = timedelta()
GROWS = re.compile(
    r"as.of|built_at|^DT(?:STAMP|END)|^SEQUENCE|_seconds|_ratio|uptime|observed|% |enough data|no data|[Oo]pen\b"
)
"""Parts of files that hold the time of the build, an age or a percentage until now."""
ZONES = tuple(map(ZoneInfo, ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")))
minutes = st.integers(0, WINDOW).map(lambda minute: timedelta(minutes=minute))


def changes(*notices: Notice, now: datetime = NOW) -> list[tuple[datetime, str]]:
    return [(change.at, change.reason.value) for change in page_changes(history(*notices, of=catalog("web")), now)]


def instants(reason: str, *notices: Notice) -> list[datetime]:
    return [when for when, found in changes(*notices) if found == reason]


def test_with_nothing_ahead_the_next_day_of_the_catalogue_is_next() -> None:
    past = incident("2026-04-05 10:00", update("2026-04-05 11:00", "resolved"), components=states(web="major_outage"))
    assert changes(past) == [(MIDNIGHT, "midnight")]
    kathmandu = page_changes(history(past, of=catalog("web", zone="Asia/Kathmandu")), NOW)
    assert [change.at for change in kathmandu] == [at("2026-04-07 00:00", "Asia/Kathmandu")]


@pytest.mark.parametrize(
    ("reason", "notice"),
    [
        ("begin", incident("2026-04-06 15:00")),
        ("begin", announcement("2026-04-06 15:00")),
        ("end", announcement("2026-04-06 11:00", resolved="2026-04-06 15:00", pinned=True)),
        ("end", incident("2026-04-06 11:00", resolved="2026-04-06 15:00")),
        ("update", incident("2026-04-06 11:00", update("2026-04-06 15:00", "identified"))),
        ("publication", incident("2026-04-06 11:00", publish_at=at("2026-04-06 15:00"))),
        ("retraction", incident("2026-04-06 11:00", retraction=Retraction("A test.", at("2026-04-06 15:00")))),
        ("postmortem", incident("2026-04-06 11:00", resolved="2026-04-06 11:30", postmortem="2026-04-06 15:00")),
        ("maintenance_begin", maintenance("2026-04-06 15:00", "2026-04-08 16:00")),
        ("maintenance_end", maintenance("2026-04-06 11:00", "2026-04-06 15:00")),
    ],
)
def test_what_is_dated_in_the_future_is_a_change_at_its_date(reason: str, notice: Notice) -> None:
    assert (at("2026-04-06 15:00"), reason) in changes(notice)


def test_a_promised_update_is_a_change_once_it_is_overdue() -> None:
    due = at("2026-04-06 15:00")
    promising = update("2026-04-06 11:05", "identified", next_update_at=due)
    assert instants("update_overdue", incident("2026-04-06 11:00", promising)) == [due]
    followed = (promising, update("2026-04-06 11:30", "monitoring"))
    assert not instants("update_overdue", incident("2026-04-06 11:00", *followed))
    resolved = update("2026-04-06 11:05", "resolved", next_update_at=due)
    assert not instants("update_overdue", incident("2026-04-06 11:00", resolved))


def test_a_moved_end_counts_instead_of_the_planned_one() -> None:
    moved = update("2026-04-06 11:30", "in_progress", until=at("2026-04-06 18:00"))
    work = maintenance("2026-04-06 11:00", "2026-04-06 15:00", moved)
    assert instants("maintenance_end", work) == [at("2026-04-06 18:00")]  # it is overdue then
    off = maintenance("2026-04-06 15:00", "2026-04-06 16:00", update("2026-04-06 11:00", "completed"))
    assert changes(off) == [(MIDNIGHT, "midnight")]


def test_corrections_and_retractions_of_updates_are_changes() -> None:
    corrected = update("2026-04-06 11:05", "identified", corrected_at=at("2026-04-06 15:00"))
    assert instants("correction", incident("2026-04-06 11:00", corrected)) == [at("2026-04-06 15:00")]
    retracted = replace(corrected, corrected_at=None, retraction=Retraction("Wrong.", at("2026-04-06 15:00")))
    assert instants("retraction", incident("2026-04-06 11:00", retracted)) == [at("2026-04-06 15:00")]


def test_a_promise_is_overdue_after_its_day_in_the_zone_of_the_notice() -> None:
    promised = Postmortem(action_items=(ActionItem(text="More disks", line=1, due=date(2026, 4, 6)),))
    broken = incident("2026-04-01 10:00", resolved="2026-04-01 11:00", postmortem=promised, zone="America/Los_Angeles")
    assert instants("promise", broken) == [at("2026-04-07 00:00", "America/Los_Angeles")]


def test_nothing_of_an_embargoed_notice_is_a_change_before_it_is_public() -> None:
    held = incident(
        "2026-04-06 11:00",
        update("2026-04-06 13:00", "identified", next_update_at=at("2026-04-06 14:00")),
        publish_at=at("2026-04-06 15:00"),
    )
    assert changes(held) == [(at("2026-04-06 15:00"), "publication"), (MIDNIGHT, "midnight")]


def test_retracted_work_enters_the_list_of_its_month_when_it_was_to_begin() -> None:
    announced = update("2026-04-06 11:00", "scheduled")
    retracted = Retraction("It was another site.")
    work = maintenance("2026-04-06 15:00", "2026-04-06 16:00", announced, retraction=retracted)
    assert changes(work) == [(at("2026-04-06 15:00"), "maintenance_begin"), (MIDNIGHT, "midnight")]


@st.composite
def futures(draw: st.DrawFn) -> Scene:
    """A scene whose notices also have embargoes, retractions, corrections, promises and moved ends."""
    scene = draw(scenes())
    start = scene.window.start

    def some(earliest: datetime = start) -> datetime | None:
        return draw(st.none() | st.none() | minutes.map(lambda minute: earliest + minute))

    def with_dates(updated: Update) -> Update:
        retracted_at = some(updated.at)
        return replace(
            updated,
            next_update_at=some(updated.at + timedelta(minutes=1)),
            corrected_at=some(updated.at),
            retraction=Retraction("Wrong.", retracted_at) if retracted_at else None,
        )

    def with_postmortem(notice: Notice) -> Postmortem | None:
        zone = notice.timezone
        stated = some()
        day = stated.astimezone(zone).date() if stated and draw(st.booleans()) else None
        days = st.none() | st.sampled_from(scene.dates)
        items = tuple(
            ActionItem(text=f"Item {number}", line=1, due=draw(days), done=draw(st.booleans()), done_at=draw(days))
            for number in range(draw(st.integers(0, 2)))
        )
        if day:
            stated = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(start.tzinfo)
        return draw(st.none() | st.just(Postmortem(published_at=stated, published_on=day, action_items=items)))

    def with_future(notice: Notice) -> Notice:
        retracted = draw(st.none() | st.none() | st.just(Retraction("A test.", some())))
        changed = replace(
            notice,
            timezone=draw(st.sampled_from(ZONES)),
            publish_at=some(),
            retraction=retracted,
            backfilled=draw(st.booleans()),
            updates=tuple(map(with_dates, notice.updates)),
        )
        return replace(changed, postmortem=with_postmortem(changed))

    notices = tuple(map(with_future, scene.history.notices))
    return replace(scene, history=History(catalog=scene.history.catalog, notices=notices))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(futures(), st.integers(61, 347))
def test_nothing_changes_before_the_next_change_and_something_does_then(scene: Scene, step: int) -> None:
    now = scene.now
    while now < scene.window.end + timedelta(hours=12):
        change = page_changes(scene.history, now)[0]
        assert change.at > now
        first = published(scene.history, now)
        before = change.at - timedelta.resolution
        moment = now
        while moment < change.at:
            assert published(scene.history, moment) == first
            moment += timedelta(minutes=step)
        assert published(scene.history, before) == first
        event(change.reason)
        if change.reason is not ChangeReason.MIDNIGHT:
            assert published(scene.history, change.at) != first
        now = change.at


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(futures())
def test_no_file_of_the_site_changes_before_but_for_ages_and_the_time_of_the_build(scene: Scene) -> None:
    change = page_changes(scene.history, scene.now)[0]
    begun = scene.now + timedelta(seconds=1)  # what begins at the very instant has not lasted yet
    if begun < change.at:
        assert written(scene.history, begun) == written(scene.history, change.at - timedelta.resolution)


def written(loaded: History, clock: datetime) -> dict[str, list[str]]:
    """Every file of a build at `clock`, without what grows with every second."""
    files = emitted(loaded.published_by(clock, EXACT), clock)
    return {
        path: [part for part in re.split(r"[\n,>]", content.decode()) if not GROWS.search(part)]
        for path, content in files.items()
        if not path.endswith(("badge.svg", "badge.json", "uptime.json", "uptime.csv", ".png"))
    }


def published(loaded: History, clock: datetime) -> list[object]:
    """What a build at `clock` publishes, apart from ages and figures that grow; computed as pages do."""
    snapshot = Snapshot.take(loaded.published_by(clock, EXACT), clock)
    known = snapshot.history
    found: list[object] = [
        known,
        page_status(known, clock),
        list(component_statuses(known, clock).items()),
        current_announcements(known, clock),
        [promise.state for promise in snapshot.promises],
    ]
    for notice in known.notices:
        facts = snapshot.facts[notice.id]
        last = notice.standing_updates[-1].next_update_at if notice.standing_updates else None
        found += [
            facts.stage,
            facts.is_over,
            list(facts.statuses.items()),
            not facts.is_over and last is not None and last <= clock,
            not facts.is_over and notice.schedule is not None and notice.schedule.end <= clock,
            facts.interval is not None,
            notice.begins_at <= clock and not facts.is_over,
            [promise.state for promise in facts.promises],
        ]
    return found
