from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from mkdocs_incidents.model import ActionItem, Postmortem
from mkdocs_incidents.status import PromiseState, Snapshot, promise_summary
from mkdocs_incidents.status.promises import state_of
from tests.makers import at, catalog, history, incident

TODAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def item(**fields: Any) -> ActionItem:
    return ActionItem(text="We test it", line=1, **fields)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, PromiseState.OPEN),
        ({"due": date(2026, 5, 1)}, PromiseState.OPEN),
        ({"due": date(2026, 4, 30)}, PromiseState.OVERDUE),
        ({"due": date(2026, 4, 30), "done": True}, PromiseState.KEPT),
        ({"due": date(2026, 4, 20), "done": True, "done_at": date(2026, 4, 20)}, PromiseState.KEPT),
        ({"due": date(2026, 4, 1), "done": True, "done_at": date(2026, 4, 20)}, PromiseState.KEPT_LATE),
        ({"done": True, "done_at": date(2026, 5, 2)}, PromiseState.OPEN),
        ({"due": date(2026, 4, 1), "dropped": True, "dropped_because": "it harmed"}, PromiseState.DROPPED),
    ],
)
def test_a_promise_is_what_became_of_it_by_the_day(fields: dict[str, Any], state: PromiseState) -> None:
    assert state_of(item(**fields), TODAY) is state


def test_only_published_postmortems_promise_anything() -> None:
    body = Postmortem(action_items=(item(),), published_at=at("2026-04-08 00:00"))
    outage = incident("2026-04-06 10:00", id="published", resolved="2026-04-06 11:00", postmortem=body)
    draft = incident("2026-04-07 10:00", id="draft", postmortem=Postmortem(action_items=(item(),)))
    assert [
        promise.notice.id for promise in Snapshot.take(history(outage, draft, of=catalog("web")), NOW).promises
    ] == ["published"]


IN_TIME = item(due=date(2026, 4, 1), done=True, done_at=date(2026, 4, 1))
LATE = item(due=date(2026, 4, 1), done=True, done_at=date(2026, 4, 2))
OVERDUE = item(due=date(2026, 4, 1))
DROPPED = item(due=date(2026, 4, 1), dropped=True)
PENDING = item(due=date(2026, 6, 1))
NO_DATE = item()


def judged(*items: ActionItem) -> tuple[int, int]:
    """How many were kept in time, of how many."""
    body = Postmortem(action_items=items, published_at=at("2026-04-08 00:00"))
    outage = incident("2026-04-06 10:00", resolved="2026-04-06 11:00", postmortem=body)
    share = promise_summary(Snapshot.take(history(outage, of=catalog("web")), NOW).promises)
    assert share.share == (Fraction(share.in_time, share.counted) if share.counted else None)
    return share.in_time, share.counted


def test_what_is_not_due_yet_is_not_judged() -> None:
    assert judged(PENDING) == (0, 0)
    assert judged(IN_TIME, PENDING) == (1, 1)
    assert judged(replace(PENDING, done=True, done_at=date(2026, 4, 9))) == (1, 1)


@pytest.mark.parametrize("late_or_unknown", [LATE, OVERDUE, DROPPED, NO_DATE, replace(IN_TIME, done_at=None)])
def test_nobody_gets_a_better_share_by_being_late_or_by_leaving_out_what_was_promised(
    late_or_unknown: ActionItem,
) -> None:
    assert judged(IN_TIME, late_or_unknown) == (1, 2)


def test_without_a_day_to_be_late_for_what_was_kept_was_kept() -> None:
    assert judged(item(done=True)) == (1, 1)


def test_what_was_kept_on_a_day_nobody_wrote_down_is_counted_by_itself() -> None:
    body = Postmortem(action_items=(IN_TIME, replace(IN_TIME, done_at=None)), published_at=at("2026-04-08 00:00"))
    outage = incident("2026-04-06 10:00", resolved="2026-04-06 11:00", postmortem=body)
    assert promise_summary(Snapshot.take(history(outage, of=catalog("web")), NOW).promises).undated == 1


def test_lateness_is_counted_in_days() -> None:
    assert item(due=date(2026, 6, 1), done=True, done_at=date(2026, 9, 15)).days_late == 106
    assert IN_TIME.days_late == OVERDUE.days_late == 0
