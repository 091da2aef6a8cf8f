"""What is true of every history, whatever its zone and its updates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentStatus, History, Impact, Incident, Interval, Maintenance, Retraction
from mkdocs_incidents.status import (
    ComponentDay,
    Indicator,
    Snapshot,
    coming_maintenances,
    component_statuses,
    current_announcements,
    days,
    group_days,
    months,
    notices_by_day,
    open_incidents,
    page_status,
    running_maintenances,
    uptime,
)
from mkdocs_incidents.status.trends import incidents_by_month, medians_by_quarter, repeated_causes
from tests.status.scenes import IDS, WINDOW, Scene, scenes
from tests.status.simulation import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mkdocs_incidents.model import Notice

thoroughly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
minutes = st.integers(0, WINDOW)


@thoroughly
@given(scenes(), st.sampled_from(IDS), minutes, minutes)
def test_uptime_is_what_counting_every_minute_gives(scene: Scene, component_id: str, first: int, second: int) -> None:
    start, end = (scene.window.start + timedelta(minutes=minute) for minute in sorted((first, second)))
    counted = tally(scene, [component_id], [minute for minute in scene.minutes if start <= minute < end]).values()
    found = uptime(Snapshot.take(scene.history, scene.now), component_id, Interval(start, end))
    assert found.observed == timedelta(minutes=sum(day.observed for day in counted))
    assert found.counted == sum((60 * day.downtime for day in counted), Fraction())
    for status in ComponentStatus:
        spent = timedelta(minutes=sum(day.minutes_in[status] for day in counted))
        assert found.time_in.get(status, timedelta()) == spent


@thoroughly
@given(scenes(), st.sampled_from(IDS))
def test_a_day_holds_what_counting_its_minutes_gives(scene: Scene, component_id: str) -> None:
    assume(_every_notice_lasts(scene))
    first, last = scene.dates[1], scene.dates[1]
    counted = tally(scene, [component_id], scene.minutes)
    for day in days(Snapshot.take(scene.history, scene.now), component_id, first, last):
        _assert_same(day, counted.get(day.date, Tally()), scene)


@thoroughly
@given(scenes())
def test_a_group_fares_as_its_worst_member_at_each_minute(scene: Scene) -> None:
    assume(_every_notice_lasts(scene))
    pair = scene.history.catalog.groups[0]
    counted = tally(scene, [member.id for member in pair.components], scene.minutes)
    for day in group_days(Snapshot.take(scene.history, scene.now), pair, scene.dates[1], scene.dates[1]):
        _assert_same(day, counted.get(day.date, Tally()), scene)


@thoroughly
@given(scenes(), st.sampled_from(IDS))
def test_days_tile_the_time_without_gap_or_overlap(scene: Scene, component_id: str) -> None:
    snapshot = Snapshot.take(scene.history, scene.now)
    bars = days(snapshot, component_id, scene.dates[0], scene.dates[-1])
    assert [day.date for day in bars] == list(scene.dates)
    for bar, next_bar in pairwise(bars):
        assert bar.interval.end == next_bar.interval.start
    elapsed = bars[-1].interval.end - bars[0].interval.start
    assert sum((day.interval.duration for day in bars), timedelta()) == elapsed
    for day in bars:
        assert (day,) == days(snapshot, component_id, day.date, day.date)
        assert sum(day.time_in.values(), timedelta()) <= day.observed <= day.interval.duration
        assert (day.status is None) == (not day.observed)


@thoroughly
@given(scenes(), st.sampled_from(IDS))
def test_the_bars_of_some_days_add_up_to_their_uptime(scene: Scene, component_id: str) -> None:
    snapshot = Snapshot.take(scene.history, scene.now)
    bars = days(snapshot, component_id, scene.dates[0], scene.dates[-1])
    whole = uptime(snapshot, component_id, Interval(bars[0].interval.start, bars[-1].interval.end))
    assert sum((day.observed for day in bars), timedelta()) == whole.observed
    for status in ComponentStatus:
        assert sum((day.time_in.get(status, timedelta()) for day in bars), timedelta()) == whole.time_in.get(
            status, timedelta()
        )


@thoroughly
@given(scenes())
def test_the_state_at_every_minute_is_that_of_its_span(scene: Scene) -> None:
    for notice in scene.history.as_of(scene.now).notices:
        impacts = notice.impacts(scene.now)
        for minute in [*list(scene.minutes)[::29], notice.begins_at, *(update.at for update in notice.updates)]:
            if minute < scene.now:
                inside = {impact.component: impact.status for impact in impacts if impact.interval.contains(minute)}
                assert notice.statuses_at(minute) == inside


@thoroughly
@given(scenes(), st.randoms(use_true_random=False))
def test_the_order_of_files_never_changes_anything(scene: Scene, random: Any) -> None:
    shuffled = list(scene.history.notices)
    random.shuffle(shuffled)
    other = History(catalog=scene.history.catalog, notices=tuple(shuffled))
    assert _everything(other, scene) == _everything(scene.history, scene)


@thoroughly
@given(scenes())
def test_the_banner_is_as_severe_as_the_indicator_and_one_degree_better_than_the_worst_at_most(scene: Scene) -> None:
    banner = page_status(scene.history, scene.now)
    severity = ("none", "maintenance", "minor", "major", "critical")
    assert severity.index(banner.indicator) == banner.status.rank
    statuses = list(component_statuses(scene.history, scene.now).values())
    found = [*statuses, *(i.current_severity(scene.now) for i in open_incidents(scene.history, scene.now))]
    assert banner.worst is ComponentStatus.worst(found)
    assert banner.worst.rank - banner.status.rank in {0, 1}
    if banner.worst is not banner.status:  # an outage of some components only
        assert any(status is not banner.worst for status in statuses)


@thoroughly
@given(scenes())
def test_what_is_open_is_never_hidden(scene: Scene) -> None:
    shown = component_statuses(scene.history, scene.now)
    snapshot = Snapshot.take(scene.history, scene.now)
    for notice in (*open_incidents(scene.history, scene.now), *running_maintenances(scene.history, scene.now)):
        assert set(notice.touched_components) <= set(shown)
        for component_id, status in snapshot.facts[notice.id].statuses.items():
            assert shown[component_id].rank >= status.rank


@thoroughly
@given(scenes())
def test_the_banner_is_operational_only_if_components_and_open_incidents_are(scene: Scene) -> None:
    banner = page_status(scene.history, scene.now)
    affected = set(component_statuses(scene.history, scene.now).values()) - {ComponentStatus.OPERATIONAL}
    counted_open = [i for i in open_incidents(scene.history, scene.now) if i.stated_impact is not Impact.NONE]
    assert (banner.indicator is Indicator.NONE) == (not affected and not counted_open)
    assert (banner.status is ComponentStatus.OPERATIONAL) == (banner.indicator is Indicator.NONE)
    if banner.indicator is Indicator.MAINTENANCE:
        assert affected == {ComponentStatus.UNDER_MAINTENANCE}


@thoroughly
@given(scenes())
def test_knowing_what_was_known_changes_nothing(scene: Scene) -> None:
    known = scene.history.as_of(scene.now)
    assert known.as_of(scene.now) == known
    again = History(catalog=known.catalog, notices=known.notices).as_of(scene.now)
    assert again == known


@thoroughly
@given(scenes(), st.integers(0, WINDOW))
def test_what_was_known_earlier_can_be_seen_from_later(scene: Scene, minute: int) -> None:
    earlier = min(scene.window.start + timedelta(minutes=minute), scene.now)
    assert _unstated(scene.history.as_of(scene.now)).as_of(earlier) == _unstated(scene.history).as_of(earlier)


@thoroughly
@given(scenes(), st.integers(0, WINDOW))
def test_later_updates_do_not_change_what_was_shown(scene: Scene, minute: int) -> None:
    instant = scene.window.start + timedelta(minutes=minute)
    unsaid = History(
        catalog=scene.history.catalog,
        notices=tuple(_without_later_updates(n, instant) for n in scene.history.notices if not _unwritten(n, instant)),
    )
    looked_at = replace(scene, now=instant)
    assert _everything(unsaid, looked_at) == _everything(scene.history, looked_at)


@thoroughly
@given(scenes(), st.randoms(use_true_random=False))
def test_a_retracted_notice_counts_as_if_it_had_never_been_published(scene: Scene, random: Any) -> None:
    known = scene.history.as_of(scene.now).notices
    assume(known)
    mistake = random.choice(known)
    retracted = replace(mistake, retraction=Retraction("It was a test."))
    assume(retracted.retracted_at and retracted.retracted_at <= scene.now)
    others = tuple(notice for notice in scene.history.notices if notice.id != mistake.id)
    without = History(catalog=scene.history.catalog, notices=others)
    history = History(catalog=scene.history.catalog, notices=(*others, retracted))
    assert _effects(history, scene) == _effects(without, scene)
    shown = history.as_of(scene.now).by_id[mistake.id]
    assert shown.is_over(scene.now)
    assert shown.ended_at
    assert shown.ended_at <= scene.now
    by_day = notices_by_day(history, *_days_of(shown), scene.now)
    assert any(shown in found for found in by_day.values()) == (mistake.interval(scene.now) is not None)


@thoroughly
@given(scenes(), st.randoms(use_true_random=False))
def test_a_retracted_update_counts_as_if_it_had_never_been_published(scene: Scene, random: Any) -> None:
    known = [notice for notice in scene.history.as_of(scene.now).notices if notice.updates]
    assume(known)
    notice = random.choice(known)
    mistake = random.choice(notice.updates)
    retracted = replace(mistake, retraction=Retraction("It was not the network.", scene.now))
    updates = tuple(retracted if update is mistake else update for update in notice.updates)
    others = tuple(other for other in scene.history.notices if other.id != notice.id)
    histories = [
        History(catalog=scene.history.catalog, notices=(*others, replace(notice, updates=these)))
        for these in (updates, tuple(update for update in updates if update is not retracted))
    ]
    assume(all(notice.id in history.as_of(scene.now).by_id for history in histories))
    first, second = ([_stated(part) for part in _effects(history, scene)] for history in histories)
    assert first == second


def _stated(part: object) -> object:
    """The ids of notices, which differ in the retracted update itself; anything else unchanged."""
    return (
        [notice.id for notice in part] if isinstance(part, tuple) and all(hasattr(n, "title") for n in part) else part
    )


def _days_of(notice: Notice) -> tuple[date, date]:
    instants = [notice.begins_at, notice.ended_at or notice.begins_at]
    return min(instants).date() - timedelta(days=2), max(instants).date() + timedelta(days=2)


def _effects(history: History, scene: Scene) -> list[object]:
    """All that notices do to banner, components, bars, uptime, counts and figures."""
    first, last = scene.dates[0], scene.dates[-1]
    snapshot = Snapshot.take(history, scene.now)
    of_history = (open_incidents, running_maintenances, coming_maintenances, current_announcements)
    counted = (incidents_by_month, repeated_causes)
    return [
        page_status(history, scene.now),
        component_statuses(history, scene.now),
        *(part(history, scene.now) for part in of_history),
        *(part(history, scene.now) for part in counted),
        medians_by_quarter(snapshot),
        snapshot.promises,
        *(days(snapshot, component_id, first, last) for component_id in IDS),
        *(group_days(snapshot, group, first, last) for group in snapshot.catalog.groups),
        *(uptime(snapshot, component_id, scene.window) for component_id in IDS),
    ]


def _unwritten(notice: Notice, instant: datetime) -> bool:
    """Whether planned work had neither been announced nor begun at `instant`."""
    silent = bool(notice.updates) and all(update.at > instant for update in notice.updates)
    return isinstance(notice, Maintenance) and silent and notice.scheduled_from > instant


def _without_later_updates(notice: Notice, instant: datetime) -> Notice:
    """The notice as its file was at `instant`: without later updates and without the end that they state."""
    if isinstance(notice, Incident) and notice.stated_resolved_at:
        closings = [update.at for update in notice.updates if update.status.closes] if _ends_closed(notice) else []
        last_open = max((u.at for u in notice.updates if not u.status.closes), default=None)
        closing = min((closed_at for closed_at in closings if last_open is None or closed_at > last_open), default=None)
        if notice.stated_resolved_at > instant or (closing and closing > instant):
            notice = replace(notice, stated_resolved_at=None)
    published = tuple(update for update in notice.updates if update.at <= instant)
    if isinstance(notice, Maintenance) and notice.updates and not published:
        notice = replace(notice, publish_at=notice.scheduled_from)  # not announced: known from its begin on
    return replace(notice, updates=published)


def _ends_closed(notice: Notice) -> bool:
    return bool(notice.updates) and notice.updates[-1].status.closes


def _unstated(history: History) -> History:
    """Without stated ends: the file does not state when those became known."""
    notices = (replace(n, stated_resolved_at=None) if isinstance(n, Incident) else n for n in history.notices)
    return History(catalog=history.catalog, notices=tuple(notices))


def _everything(history: History, scene: Scene) -> list[object]:
    """All that pages, feeds and API are made of."""
    first, last = scene.dates[0], scene.dates[-1]
    snapshot = Snapshot.take(history, scene.now)
    of_history = (open_incidents, running_maintenances, coming_maintenances, current_announcements, months)
    by_day: Mapping[date, object] = notices_by_day(history, first, last, scene.now)
    return [
        page_status(history, scene.now),
        list(component_statuses(history, scene.now).items()),
        *(part(history, scene.now) for part in of_history),
        list(by_day.items()),
        *(days(snapshot, component_id, first, last) for component_id in IDS),
        *(group_days(snapshot, group, first, last) for group in snapshot.catalog.groups),
        *(uptime(snapshot, component_id, scene.window) for component_id in IDS),
    ]


def _every_notice_lasts(scene: Scene) -> bool:
    """Whether none has begun at the very instant of the build or ended as it began: it has no minute to be counted."""
    return not any(notice.is_momentary(scene.now) for notice in scene.history.as_of(scene.now).notices)


def _assert_same(day: ComponentDay, counted: Tally, scene: Scene) -> None:
    assert day.interval.duration == timedelta(minutes=sum(shown == day.date for shown in scene.minutes.values()))
    assert day.observed == timedelta(minutes=counted.observed)
    assert day.time_in == {status: timedelta(minutes=count) for status, count in counted.minutes_in.items()}
    worst = ComponentStatus.worst(counted.minutes_in)
    assert day.status == (worst if counted.observed else None)
    oldest_first = [notice.id for notice in scene.history.as_of(scene.now).notices]
    assert list(day.notices) == sorted(counted.notices, key=oldest_first.index)
