"""Clocks differ: what is dated a few minutes ahead is published, what is dated later is held back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import TOLERANCE
from mkdocs_incidents.status import Snapshot, component_statuses, uptime
from tests.makers import at, history, incident, maintenance, span, states, update

NOW = at("2026-04-06 12:00")
OUT = states(web="major_outage")


@pytest.mark.parametrize(("minute", "known"), [("12:00", 1), ("12:01", 1), ("12:05", 1), ("12:06", 0)])
def test_an_update_up_to_five_minutes_ahead_is_published_as_stated(minute: str, known: int) -> None:
    ahead = incident("2026-04-06 11:00", update(f"2026-04-06 {minute}", "investigating"), components=OUT)
    published = history(ahead).published_by(NOW)
    assert len(published.notices[0].updates) == known
    assert published.known_at == (at(f"2026-04-06 {minute}") if known else NOW)
    assert all(one.at == at(f"2026-04-06 {minute}") for one in published.notices[0].updates)


def test_a_start_and_an_end_a_few_minutes_ahead_have_happened() -> None:
    ahead = incident("2026-04-06 12:02", resolved="2026-04-06 12:04", components=OUT)
    published = history(ahead).published_by(NOW)
    assert published.incidents[0].resolved_at == at("2026-04-06 12:04")
    assert published.known_at == at("2026-04-06 12:04")
    assert not history(incident("2026-04-06 12:06", components=OUT)).published_by(NOW).notices


def test_an_embargo_a_postmortem_and_planned_work_keep_their_time() -> None:
    moved = incident("2026-04-06 11:00", update("2026-04-06 12:04", "resolved"), components=OUT, id="moves-now")
    secret = incident("2026-04-06 11:00", components=OUT, id="secret", publish_at=at("2026-04-06 12:01"))
    told = incident(
        "2026-04-05 11:00", resolved="2026-04-05 12:00", components=OUT, id="told", postmortem="2026-04-06 12:01"
    )
    published = history(moved, secret, told).published_by(NOW)
    assert [notice.id for notice in published.notices] == ["told", "moves-now"]
    assert published.notices[0].postmortem is None
    work = maintenance("2026-04-06 12:03", "2026-04-06 13:00", components=states(web="under_maintenance"))
    assert history(work).published_by(NOW).known_at == NOW


_ahead = st.integers(-30, 20)


@settings(max_examples=200, deadline=None)
@given(_ahead, st.integers(0, 20), st.lists(_ahead, max_size=3))
def test_nothing_lasts_a_negative_time_and_nothing_much_later_than_now_is_known(
    begun: int, lasted: int, said: list[int]
) -> None:
    def minute(number: int) -> str:
        return f"{NOW + timedelta(minutes=number):%Y-%m-%d %H:%M}"

    updates = [update(minute(number), "investigating") for number in sorted(said)]
    notice = incident(minute(begun), *updates, resolved=minute(begun + lasted), components=OUT)
    published = history(notice).published_by(NOW)
    assert published.known_at
    assert NOW <= published.known_at <= NOW + TOLERANCE
    snapshot = Snapshot.take(published, published.known_at)
    for known in published.incidents:
        assert known.started_at <= published.known_at
        assert all(one.at <= published.known_at for one in known.updates)
        assert snapshot.facts[known.id].affected_duration >= timedelta()
    assert component_statuses(published, published.known_at)
    assert uptime(snapshot, "web", span("2026-04-01 00:00", "2026-05-01 00:00")).counted >= 0
