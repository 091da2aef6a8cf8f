"""States of promises, on the page of all promises and on the page of a past notice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mkdocs_incidents.model import ActionItem, Incident, Postmortem
from mkdocs_incidents.present.pages.promises import promises_view
from mkdocs_incidents.present.pages.site import SiteViews
from tests.makers import at, incident
from tests.present.contexts import site

PUBLISHED = "2023-04-08 00:00"


def item(text: str = "It rings", **fields: Any) -> ActionItem:
    return ActionItem(text=text, line=1, **fields)


KEPT = item(due=date(2023, 6, 1), done=True, done_at=date(2023, 6, 1))
LATE = item("It is loud", due=date(2023, 6, 1), done=True, done_at=date(2023, 9, 15))
UNDATED = item("It is tested", due=date(2023, 6, 1), done=True)
DUE = item("It sings", due=date(2026, 4, 30))
NO_DATE = item("It dances", owners=("Ops", "Web team"))
DROPPED = item("It hums", dropped=True, dropped_at=date(2023, 7, 1), dropped_because="nobody liked it, or us")


def with_promises(*items: ActionItem, published: str = PUBLISHED) -> Incident:
    body = Postmortem(action_items=items, published_at=at(published))
    return incident(f"{published[:10]} 00:00", resolved=f"{published[:10]} 01:00", impact="major", postmortem=body)


def row(promise: ActionItem, now: str = "2026-05-01 00:00", published: str = PUBLISHED) -> tuple[str, ...]:
    """State and facts of a promise on the page of all promises."""
    (year,) = promises_view(site(with_promises(promise, published=published), now=now)).years
    (found,) = year.rows
    return found.state_word, *found.facts


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (KEPT, ("Kept", "due 1 June 2023", "done 1 June 2023")),
        (LATE, ("Kept, 106 days late", "due 1 June 2023", "done 15 September 2023")),
        (UNDATED, ("Kept", "due 1 June 2023", "done on a day nobody wrote down")),
        (DUE, ("Overdue", "due 30 April 2026")),
        (NO_DATE, ("Open for 3 years", "Ops", "Web team", "no date was given")),
        (DROPPED, ("Dropped", "dropped 1 July 2023", "reason: nobody liked it, or us")),
        (item(dropped=True), ("Dropped", "no reason was given")),
    ],
)
def test_a_promise_has_its_state_and_dates(promise: ActionItem, expected: tuple[str, ...]) -> None:
    assert row(promise) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2023-04-08 12:00", "Open"),
        ("2023-04-09 12:00", "Open for 1 day"),
        ("2023-05-07 12:00", "Open for 29 days"),
        ("2023-06-20 12:00", "Open for 2 months"),
        ("2024-04-07 12:00", "Open for 1 year"),
    ],
)
def test_an_open_promise_without_a_date_has_its_age(now: str, expected: str) -> None:
    assert row(NO_DATE, now)[0] == expected


def test_the_share_of_kept_promises_has_counts_and_its_rule() -> None:
    pending = item("It shines", due=date(2026, 6, 1))
    view = promises_view(site(with_promises(KEPT, LATE, UNDATED, DUE, NO_DATE, DROPPED, pending)))
    assert view.kept == "1 of 6 promises were kept in time."
    assert view.rule == (
        "One more is not due yet and is not counted. What was kept late, is overdue, was dropped, or is open without a "
        "date counts as not kept in time. So does one that was kept on a day nobody wrote down."
    )
    assert {count.key: count.count for count in view.counts} == {
        "kept": 2, "kept_late": 1, "open": 2, "overdue": 1, "dropped": 1,
    }  # fmt: skip
    assert view.total == 7


def test_without_any_promise_that_counts_there_is_no_share() -> None:
    view = promises_view(site(with_promises(item(due=date(2026, 6, 1)))))
    assert (view.kept, view.rule) == ("", "")


def test_a_year_has_the_states_in_it() -> None:
    old, new = with_promises(LATE, DROPPED, LATE), with_promises(DUE, published="2026-04-08 00:00")
    years = promises_view(site(old, new)).years
    assert [(year.label, year.keys) for year in years] == [("2026", ("overdue",)), ("2023", ("kept_late", "dropped"))]


def test_the_page_of_a_past_notice_has_due_dates_and_never_open_or_overdue() -> None:
    notice = with_promises(DUE, NO_DATE)
    before, after = (
        SiteViews(site(notice, now=now)).notice(notice, (None, None))
        for now in ("2026-04-30 12:00", "2026-05-02 12:00")
    )
    assert before.promises == after.promises
    due, without = before.promises
    assert (due.state_word, due.late_word) == ("Due 30 April 2026", "Overdue, was due 30 April 2026")
    assert due.late_from == "2026-05-01T00:00:00+00:00"
    assert (without.state_word, without.facts, without.late_from) == ("No date was given", ("Ops", "Web team"), "")


@pytest.mark.parametrize(("promise", "scripted"), [(DUE, True), (NO_DATE, False), (LATE, False)])
def test_a_page_has_the_script_only_if_a_due_date_can_pass(promise: ActionItem, *, scripted: bool) -> None:
    notice = with_promises(promise)
    frame = SiteViews(site(notice)).notice(notice, (None, None)).frame
    assert (frame.present, frame.scripted) == (False, scripted)
