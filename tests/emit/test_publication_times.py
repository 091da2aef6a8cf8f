"""The instants at which feeds and API say that something was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import ActionItem, Postmortem, Section, SectionKind
from tests.emit.emitting import document, emitted
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_incidents.model import Notice

ZONE = "Africa/Lagos"  # UTC+1
NOW = at("2026-05-01 12:00")
UPDATES = (update("2026-04-06 14:36", "investigating", ZONE), update("2026-04-06 15:15", "resolved", ZONE))
OUTAGE = incident("2026-04-06 14:30", *UPDATES, id="down", zone=ZONE, components=states(web="major_outage"))
FEEDS = ("feed", "outages", "apologies", "components/web/feed", "promises/feed")
FILES = {"on": frozenset({"json_feed", "atom", "statuspage_feeds", "statuspage_api", "json", "text", "components"})}


def body(published: datetime | str, *items: ActionItem) -> Postmortem:
    """A postmortem published at an instant, or on a day: `2026-04-06`."""
    day = date.fromisoformat(published) if isinstance(published, str) else None
    apology = Section(kind=SectionKind.APOLOGY, heading="Apology", level=2, markdown="Sorry.", marked="Sorry.", line=1)
    instant = at(f"{published} 00:00", ZONE) if isinstance(published, str) else published
    return Postmortem(sections=(apology,), action_items=items, published_at=instant, published_on=day)


def dated(notice: Notice, stem: str = "feed", now: datetime = NOW) -> list[tuple[str, datetime]]:
    """The part of each item's id behind the page, and its date."""
    items = document(emitted(history(notice), now, **FILES), f"{stem}.json")["items"]
    return [(item["id"].partition("/down/")[2], datetime.fromisoformat(item["date_published"])) for item in items]


def in_api(notice: Notice, now: datetime = NOW) -> dict[str, Any]:
    files = emitted(history(notice), now, **FILES)
    return dict(document(files, "api/v2/incidents.json")["incidents"][0])


def test_feeds_date_an_embargoed_incident_by_its_publication_under_the_ids_of_its_updates() -> None:
    held = replace(OUTAGE, publish_at=at("2026-04-09 09:00"))
    assert dated(held) == [
        ("#update-20260406-1415", at("2026-04-09 09:00")),
        ("#update-20260406-1336", at("2026-04-09 09:00")),
    ]
    assert [when for _, when in dated(OUTAGE)] == [UPDATES[1].at, UPDATES[0].at]


def test_the_api_dates_an_embargoed_incident_by_its_publication() -> None:
    row = in_api(replace(OUTAGE, publish_at=at("2026-04-09 09:00")))
    assert row["created_at"] == row["updated_at"] == "2026-04-09T09:00:00.000Z"
    assert {found["created_at"] for found in row["incident_updates"]} == {"2026-04-09T09:00:00.000Z"}
    assert row["started_at"] == "2026-04-06T13:30:00.000Z"


def test_an_embargo_changes_no_state_that_an_update_reports() -> None:
    held, usual = (
        [found["affected_components"] for found in in_api(notice)["incident_updates"]]
        for notice in (replace(OUTAGE, publish_at=at("2026-04-09 09:00")), OUTAGE)
    )
    assert held == usual
    assert usual[-1][0]["new_status"] == "major_outage"


def test_our_json_has_the_stated_time_of_an_update_and_when_it_became_public() -> None:
    files = emitted(history(replace(OUTAGE, publish_at=at("2026-04-09 09:00"))), NOW, **FILES)
    row = document(files, "incidents/down.json")
    assert row["published_at"] == row["updates"][0]["published_at"] == "2026-04-09T09:00:00Z"
    assert row["updates"][0]["at"] == "2026-04-06T13:36:00Z"
    first = next(figure for figure in row["measured"]["figures"] if figure["measure"] == "first_word")
    assert first["end"] == "2026-04-09T09:00:00Z"


def test_a_postmortem_of_the_day_of_the_end_is_the_newest_in_feeds_and_api() -> None:
    notice = replace(OUTAGE, postmortem=body("2026-04-06"))
    assert dated(notice)[0] == ("#postmortem", UPDATES[1].at)
    assert dated(notice, "apologies") == [("#apology", UPDATES[1].at)]
    row = in_api(notice)
    assert [found["status"] for found in row["incident_updates"]] == ["postmortem", "resolved", "investigating"]
    assert row["incident_updates"][0]["created_at"] == row["updated_at"] == "2026-04-06T14:15:00.000Z"


def test_what_is_said_after_a_postmortem_is_newer_than_it() -> None:
    more = update("2026-04-09 10:00", "resolved", ZONE)
    row = in_api(replace(OUTAGE, updates=(*UPDATES, more), postmortem=body("2026-04-08")))
    assert [found["status"] for found in row["incident_updates"]][:2] == ["resolved", "postmortem"]


def test_statuspages_feeds_show_a_stated_day_without_a_clock_and_updates_at_their_own_time() -> None:
    notice = replace(OUTAGE, publish_at=at("2026-04-09 09:00"), postmortem=body("2026-04-10"))
    text = emitted(history(notice), NOW, **FILES)["history.atom"].decode()
    assert "small&gt;Friday 10 April 2026&lt;" in text
    assert "small&gt;Monday 6 April 2026, 15:15 WAT&lt;" in text


@pytest.mark.parametrize("outcome", ["done", "dropped"])
def test_a_promise_that_ends_on_the_day_of_its_postmortem_ends_after_it(outcome: str) -> None:
    day = date(2026, 4, 6)
    kept = ActionItem(text="It rings", line=2, done=True, done_at=day)
    dropped = ActionItem(text="It rings", line=2, dropped=True, dropped_at=day, dropped_because="no")
    notice = replace(OUTAGE, postmortem=body("2026-04-06", kept if outcome == "done" else dropped))
    (ended, ended_at), (made, made_at) = dated(notice, "promises/feed")
    assert ended.startswith(f"{made}-")
    assert made_at == ended_at == UPDATES[1].at


def test_the_text_of_an_announcement_does_not_bear_the_title_of_the_announcement() -> None:
    note = announcement("2026-04-06 10:00", id="down", title="New address", postmortem=body("2026-04-07"))
    items = document(emitted(history(note), NOW, **FILES), "feed.json")["items"]
    assert [item["title"] for item in items] == ["Postmortem: New address", "New address"]


BACKFILLED = replace(
    OUTAGE,
    backfilled=True,
    postmortem=body("2026-04-08", ActionItem(text="It rings", line=2, done=True, done_at=date(2026, 4, 20))),
)


@pytest.mark.parametrize("stem", FEEDS)
def test_no_feed_of_publications_tells_of_a_backfilled_incident(stem: str) -> None:
    assert dated(BACKFILLED, stem) == []
    assert dated(replace(BACKFILLED, backfilled=False), stem)


def test_backfilled_work_and_news_are_in_no_feed() -> None:
    work = maintenance(
        "2026-04-06 10:00", "2026-04-06 12:00", id="down", backfilled=True, components=states(web="under_maintenance")
    )
    assert dated(work) == dated(work, "maintenance") == []
    assert dated(announcement("2026-04-06 10:00", id="down", backfilled=True)) == []


def test_feeds_tell_of_what_a_backfilled_incident_adds_after_its_publication() -> None:
    added = replace(BACKFILLED, publish_at=at("2026-04-15 09:00"), postmortem=body(at("2026-04-16 09:00")))
    assert dated(added) == [("#postmortem", at("2026-04-16 09:00"))]
    assert dated(added, "apologies") == [("#apology", at("2026-04-16 09:00"))]


def test_the_history_lists_a_backfilled_incident_at_its_own_time() -> None:
    files = emitted(history(replace(BACKFILLED, publish_at=at("2026-04-15 09:00"))), NOW, **FILES)
    assert b"<published>2026-04-06T13:36:00+00:00</published>" in files["history.atom"]
    row = document(files, "api/v2/incidents.json")["incidents"][0]
    assert row["created_at"] == "2026-04-06T13:36:00.000Z"
    assert "backfilled" not in row


def test_our_json_says_that_an_incident_is_backfilled_and_not_when_it_was_published() -> None:
    row = document(emitted(history(BACKFILLED), NOW, **FILES), "incidents/down.json")
    assert (row["backfilled"], row["published_at"], row["updates"][0]["published_at"]) == (True, None, None)
    assert "first_word" not in {figure["measure"] for figure in row["measured"]["figures"]}
    usual = document(emitted(history(OUTAGE), NOW, **FILES), "incidents.json")["incidents"][0]
    assert (usual["backfilled"], usual["published_at"]) == (False, "2026-04-06T13:36:00Z")


def test_a_markdown_copy_says_when_a_notice_became_public_where_its_updates_do_not() -> None:
    held, usual = replace(OUTAGE, publish_at=at("2026-04-09 09:00")), OUTAGE
    texts = [emitted(history(n), NOW, **FILES)["incidents/down.md"].decode() for n in (held, BACKFILLED, usual)]
    assert "Published Thursday 9 April 2026, 10:00 WAT." in texts[0]
    assert "Added to the history afterwards." in texts[1]
    assert "Published" not in texts[2]


# -- a property -------------------------------------------------------------------------------------

_PLACES = ("Africa/Lagos", "Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin")
_FIRST_DAY = date(2026, 10, 24)  # clocks change in Berlin on the next
_minutes = st.integers(0, 4 * 24 * 60)
_days = st.integers(0, 4).map(lambda number: _FIRST_DAY + timedelta(days=number))


@st.composite
def _scenes(draw: st.DrawFn) -> tuple[Notice, datetime]:
    """An incident, planned work or news with embargo, updates and a postmortem in any order, and an instant."""
    zone = ZoneInfo(draw(st.sampled_from(_PLACES)))
    start = datetime.combine(_FIRST_DAY, time(), tzinfo=zone).astimezone(UTC)

    def stated(value: int | date | None) -> tuple[datetime | None, date | None]:
        if isinstance(value, date):
            return datetime.combine(value, time(), tzinfo=zone).astimezone(UTC), value
        return (None if value is None else start + timedelta(minutes=value)), None

    publish_at, publish_on = stated(draw(st.none() | _minutes | _days))
    published_at, published_on = stated(draw(st.none() | _minutes | _days))
    begins = draw(_minutes)
    clocks = sorted(draw(st.sets(st.integers(begins, 4 * 24 * 60), max_size=4)))
    item = ActionItem(text="It rings", line=1, done=True, done_at=draw(_days))
    fields: dict[str, Any] = {
        "id": "down", "timezone": zone, "publish_at": publish_at, "publish_on": publish_on,
        "postmortem": Postmortem(action_items=(item,), published_at=published_at, published_on=published_on),
    }  # fmt: skip
    written = [f"{start + timedelta(minutes=minute):%Y-%m-%d %H:%M}" for minute in (begins, *clocks)]
    if draw(st.booleans()):
        texts = [update(when, draw(st.sampled_from(["investigating", "resolved"]))) for when in written[1:]]
        notice: Notice = incident(written[0], *texts, components=states(web="major_outage"), **fields)
    else:
        texts = [update(when, draw(st.sampled_from(["in_progress", "completed"]))) for when in written[1:]]
        notice = maintenance(
            written[0], "2026-10-30 00:00", *texts, components=states(web="under_maintenance"), **fields
        )
    return notice, start + timedelta(minutes=draw(_minutes))


@settings(max_examples=80, deadline=None)
@given(_scenes())
def test_nothing_is_dated_before_it_was_public_or_later_than_now(scene: tuple[Notice, datetime]) -> None:
    notice, now = scene
    files = emitted(history(notice), now, **FILES)
    rows = [
        row
        for name in ("incidents", "scheduled-maintenances")
        for row in document(files, f"api/v2/{name}.json")[name.replace("-", "_")]
    ]
    items = document(files, "feed.json")["items"]
    if notice.publish_at and notice.publish_at > now:
        assert not rows
        assert not items
        return
    published = [datetime.fromisoformat(item["date_published"]) for item in items]
    promised = [
        datetime.fromisoformat(item["date_published"]) for item in document(files, "promises/feed.json")["items"]
    ]
    assert published == sorted(published, reverse=True)
    said = [published_in(found) for row in rows for found in row["incident_updates"]]
    assert said == sorted(said, reverse=True)
    everything = [*published, *promised, *said, *(published_in(row) for row in rows)]
    for row in document(files, "incidents.json")["incidents"]:
        full = document(files, f"incidents/{row['id']}.json")
        stated = [
            row["published_at"],
            row["postmortem_published_at"],
            *(found["published_at"] for found in full["updates"]),
        ]
        everything += [datetime.fromisoformat(found) for found in stated if found]
        figures = (full["measured"] or {"figures": ()})["figures"]
        everything += [datetime.fromisoformat(f["end"]) for f in figures if f["measure"] == "first_word"]
    assert all((notice.publish_at or found) <= found <= now for found in everything)
    _postmortem_follows(notice, items, now)


def published_in(row: Any) -> datetime:
    return datetime.fromisoformat(row["created_at"])


def _postmortem_follows(notice: Notice, items: Sequence[Any], now: datetime) -> None:
    """The item of a postmortem that is dated by its day is not older than what its notice said on that day."""
    day = notice.postmortem.published_on if notice.postmortem else None
    dates = {item["id"].partition("/down/")[2]: datetime.fromisoformat(item["date_published"]) for item in items}
    if day and "#postmortem" in dates:
        same_day = [u.at for u in notice.updates if u.at <= now and u.at.astimezone(notice.timezone).date() == day]
        assert dates["#postmortem"] >= max(same_day, default=dates["#postmortem"])
