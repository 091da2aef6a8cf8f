from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from mkdocs_incidents.model import ActionItem, Postmortem
from mkdocs_incidents.status import PromiseState, promises, share_kept
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
        ({"due": date(2026, 4, 1), "done": True, "done_at": date(2026, 4, 20)}, PromiseState.KEPT),
        ({"done": True, "done_at": date(2026, 5, 2)}, PromiseState.OPEN),
        ({"due": date(2026, 4, 1), "dropped": True, "dropped_because": "it harmed"}, PromiseState.DROPPED),
    ],
)
def test_a_promise_is_what_became_of_it_by_the_day(fields: dict[str, Any], state: PromiseState) -> None:
    assert state_of(item(**fields), TODAY) is state


def test_only_published_postmortems_promise_anything() -> None:
    body = Postmortem(action_items=(item(),), published_at=at("2026-04-08 00:00"))
    told = incident("2026-04-06 10:00", id="told", resolved="2026-04-06 11:00", postmortem=body)
    draft = incident("2026-04-07 10:00", id="draft", postmortem=Postmortem(action_items=(item(),)))
    assert [promise.notice.id for promise in promises(history(told, draft, of=catalog("web")), NOW)] == ["told"]


def test_the_share_kept_is_of_what_fell_due_or_was_kept_and_leaves_out_what_was_dropped() -> None:
    items = (
        item(due=date(2026, 4, 1), done=True),
        item(due=date(2026, 4, 1)),
        item(due=date(2026, 4, 1), dropped=True),
        item(due=date(2026, 6, 1)),
        item(due=date(2026, 6, 1), done=True),
    )
    body = Postmortem(action_items=items, published_at=at("2026-04-08 00:00"))
    told = incident("2026-04-06 10:00", resolved="2026-04-06 11:00", postmortem=body)
    found = promises(history(told, of=catalog("web")), NOW)
    assert share_kept(found, TODAY) == Fraction(2, 3)


def test_where_nothing_has_fallen_due_there_is_no_share() -> None:
    assert share_kept((), TODAY) is None
