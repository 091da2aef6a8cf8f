from dataclasses import replace

from mkdocs_incidents.model import Notice, RevisionSummary, StatedInstant, Update
from mkdocs_incidents.present.page_times import (
    component_page,
    counted_until,
    history_page,
    maintenance_page,
    month_page,
    notice_page,
    page_of_now,
    postmortems_page,
)
from mkdocs_incidents.present.pages.rows import notice_row
from mkdocs_incidents.status import Month
from tests.makers import announcement, at, incident, maintenance, states, update
from tests.present.contexts import site

APRIL, MAY = Month(2026, 4), Month(2026, 5)
WEB = states(web="major_outage")
OVER = incident("2026-04-06 10:00", update("2026-04-06 11:00", "resolved"), id="over", components=WEB)
OPEN = incident("2026-04-29 10:00", update("2026-04-29 10:10", "investigating"), id="open", components=WEB)
COMING = maintenance("2026-05-02 10:00", "2026-05-02 12:00", id="coming", components=WEB)


def test_a_notice_states_the_build_until_it_is_over() -> None:
    page = site(OVER, OPEN, COMING)
    for notice in (OPEN, COMING):
        time = notice_page(page, notice)
        assert (time.at, time.built_at, time.current) == (page.now, page.now, True)
    over = notice_page(page, OVER)
    assert (over.at, over.built_at, over.current) == (at("2026-04-06 11:00"), None, False)


def test_an_edit_of_its_file_is_a_change_of_a_notice() -> None:
    edited = RevisionSummary(count=1, last_at=at("2026-04-09 08:00"))
    page = replace(site(OVER), edits={OVER.source: edited})
    assert notice_page(page, OVER).at == at("2026-04-09 08:00")
    unedited = replace(page, edits={OVER.source: RevisionSummary(count=0, last_at=None)})
    assert notice_page(unedited, OVER).at == at("2026-04-06 11:00")


def component_time(*notices: Notice, now: str = "2026-05-01 08:00") -> tuple[str, str]:
    """What the page of `web` states, and until when it is counted, without the year."""
    page = site(*notices, now=now)
    time = component_page(page, page.snapshot.catalog.components["web"])
    kind = "built" if time.built_at else "changed"
    return f"{kind} {time.at:%m-%d %H:%M}", f"{counted_until(page, time):%m-%d %H:%M}"


def test_a_component_states_the_build_while_a_notice_about_it_goes_on() -> None:
    assert component_time(OVER) == ("changed 04-06 11:00", "05-01 00:00")
    assert component_time(OVER, COMING) == ("changed 04-06 11:00", "05-01 00:00")
    assert component_time(OVER, OPEN) == ("built 05-01 08:00", "05-01 08:00")
    assert component_time(COMING, now="2026-05-02 11:00") == ("built 05-02 11:00", "05-02 11:00")
    assert component_time(COMING, now="2026-05-02 13:00") == ("changed 05-02 12:00", "05-02 12:00")
    elsewhere = replace(OPEN, components=states(api="major_outage"))
    assert component_time(OVER, elsewhere) == ("changed 04-06 11:00", "05-01 00:00")


def test_a_month_that_is_over_changed_when_it_ended_or_later_with_its_notices() -> None:
    assert month_page(site(OVER), APRIL).at == at("2026-05-01 00:00")
    late = incident("2026-04-30 23:00", update("2026-05-01 01:00", "resolved"), id="late", components=WEB)
    page = site(OVER, late, OPEN, now="2026-05-03 00:00")
    assert month_page(page, APRIL).at == at("2026-05-01 01:00")
    assert month_page(page, APRIL).built_at is None
    assert month_page(site(OVER, now="2026-05-03 00:00"), MAY).at == at("2026-05-01 00:00")


def test_lists_changed_when_what_they_list_did() -> None:
    word = announcement("2026-04-20 10:00", id="word")
    page = site(OVER, word, COMING, now="2026-04-25 10:00")
    assert history_page(page).at == at("2026-04-20 10:00")
    assert postmortems_page(page).at == at("2026-04-06 11:00")
    assert maintenance_page(page).at is None
    assert maintenance_page(site(COMING, now="2026-05-02 11:00")).at == at("2026-05-02 10:00")
    assert page_of_now(page).changed == StatedInstant(at("2026-04-20 10:00"))


def test_the_list_of_postmortems_changes_with_what_its_trends_count() -> None:
    def with_last(*last: Update) -> str:
        updates = (update("2026-04-06 11:00", "investigating"), update("2026-04-06 12:00", "resolved"), *last)
        notice = incident("2026-04-06 10:00", *updates, id="long", components=WEB)
        return f"{postmortems_page(site(notice, now='2026-04-06 20:00')).at:%H:%M}"

    reopened = update("2026-04-06 13:00", "investigating")
    assert with_last() == "12:00"
    assert with_last(reopened) == "13:00"
    assert with_last(reopened, update("2026-04-06 14:00", "monitoring")) == "13:00"
    assert with_last(reopened, update("2026-04-06 14:00", "monitoring", components=WEB)) == "14:00"
    assert with_last(reopened, update("2026-04-06 14:00", "resolved")) == "14:00"


def test_a_row_of_an_open_incident_has_its_begin_and_no_age() -> None:
    row = notice_row(site(OPEN), OPEN, dated=True)
    assert row.age == "open since Wednesday 29 April 2026, 10:00 UTC"
    assert row == notice_row(site(OPEN, now="2026-05-20 00:00"), OPEN)
    assert notice_row(site(OVER), OVER, dated=True).facts[0] == "6 April 2026, 1 hr"
