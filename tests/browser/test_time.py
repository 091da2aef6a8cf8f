"""What the page says later: it was built once, and time goes on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import example, kinds
from tests.browser.conftest import Site
from tests.browser.serving import hosted
from tests.makers import at
from tests.sites.building import Built, front, update_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Sites, Visit, Walk

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """A shop whose orders fail, and the same when they work again."""
    shop = example.shop(tmp_path_factory.mktemp("shop"))
    broken: dict[str, Any] = {
        "title": "Orders cannot be placed",
        "started": "2026-06-15 13:00",
        "components": {"orders": "major_outage"},
    }
    first_update = update_at("2026-06-15 13:20", "identified", "We know why.")
    shop.write("incidents/2026-06-15-orders.md", front(**broken, updates=[first_update]))
    first = shop.build(example.NOON, into="first")
    last_update = update_at("2026-06-15 14:02", "resolved", "Orders can be placed again.")
    shop.write("incidents/2026-06-15-orders.md", front(**broken, updates=[first_update, last_update]))
    return first, shop.build("2026-06-15 12:03", into="second")


@pytest.fixture
def deployments(before_and_after: tuple[Built, Built]) -> Iterator[tuple[Site, Callable[[], None]]]:
    """A shop whose orders fail, and how to publish that they work again."""
    first, second = before_and_after
    with hosted(first.folder) as host:
        yield Site(first, at(example.NOON), host), lambda: setattr(host, "folder", second.folder)


@pytest.mark.parametrize(("later", "text"), [(3 * MINUTE, "38 min"), (27 * MINUTE, "1 hr 2 min")])
def test_an_age_grows(sites: Sites, visit: Visit, later: timedelta, text: str) -> None:
    site = sites("outage")
    age = visit(site, now=site.now + later).locator("[data-since]").first
    expect(age).to_contain_text(text)
    expect(age).to_contain_text("so far")


def test_an_age_grows_while_somebody_looks(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), ticking=True)
    expect(page.locator("[data-since]").first).to_contain_text("35 min")
    page.clock.run_for(timedelta(minutes=2, seconds=5) // timedelta(milliseconds=1))
    expect(page.locator("[data-since]").first).to_contain_text("37 min")


@pytest.mark.parametrize(("when", "text"), [
    ("11:14", "Next update by 12:15 WAT"),
    ("11:16", "An update was due by 12:15 WAT."),
])  # fmt: skip
@pytest.mark.parametrize("path", [kinds.STATUS, kinds.INCIDENT])
def test_a_promised_update_that_did_not_come_is_shown_as_overdue(
    sites: Sites, visit: Visit, path: str, when: str, text: str
) -> None:
    page = visit(sites("outage"), path, now=at(f"2026-10-14 {when}"))
    expect(page.locator(".next")).to_contain_text(text)


def test_a_page_left_open_goes_on_after_an_update_is_overdue(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), now=at("2026-10-14 11:16"), ticking=True)
    page.clock.run_for(timedelta(minutes=2, seconds=5) // timedelta(milliseconds=1))
    expect(page.locator(".next")).to_have_text("An update was due by 12:15 WAT.")


@pytest.mark.parametrize(("when", "text"), [
    ("2026-10-17 23:59", "Scheduled"),
    ("2026-10-18 00:01", "In progress"),
    ("2026-10-18 02:01", "Planned end has passed"),
])  # fmt: skip
def test_planned_work_begins_and_ends_by_itself(sites: Sites, visit: Visit, when: str, text: str) -> None:
    page = visit(sites("outage"), now=at(when))
    expect(page.locator("[aria-labelledby=planned] .tag")).to_have_text(text)


@pytest.mark.parametrize(("when", "script", "text"), [
    ("2026-11-13 23:59", True, "Due 13 November 2026"),
    ("2026-11-14 00:01", True, "Overdue, was due 13 November 2026"),
    ("2026-11-14 00:01", False, "Due 13 November 2026"),
])  # fmt: skip
def test_a_promise_on_a_page_of_the_past_falls_due_by_itself(
    sites: Sites, visit: Visit, when: str, text: str, *, script: bool
) -> None:
    page = visit(sites("well"), kinds.INCIDENT, now=at(when, "Africa/Lagos"), script=script)
    promise = page.locator(".promise", has_text="A new rule runs")
    expect(promise.locator(".tag")).to_have_text(text)
    shape = "partial_outage" if text.startswith("Overdue") else "no_data"
    expect(promise.locator("use")).to_have_attribute("xlink:href", f"#{shape}")
    assert "data-built" not in page.content()


@pytest.mark.parametrize(("name", "age", "text"), [
    ("outage", 29 * MINUTE, None),
    ("outage", 31 * MINUTE, "31 minutes ago"),
    ("well", 23 * HOUR, None),
    ("well", 25 * HOUR, "25 hours ago"),
    ("well", 72 * HOUR, "3 days ago"),
])  # fmt: skip
def test_a_page_built_long_ago_says_so(sites: Sites, visit: Visit, name: str, age: timedelta, text: str | None) -> None:
    site = sites(name)
    notice = visit(site, now=site.now + age).locator(".stale")
    if text:
        expect(notice).to_contain_text(f"This page was built {text} and may be out of date.")
        expect(notice).to_have_attribute("role", "status")
    else:
        expect(notice).to_have_count(0)


@pytest.fixture(scope="module")
def before_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A shop at noon with work planned from 18:00 on, and an announcement."""
    shop = example.shop(tmp_path_factory.mktemp("work"))
    shop.write("incidents/move.md", front(
        title="Profiles move", started=None, timezone="UTC", components={"profile": "under_maintenance"},
        scheduled={"from": "2026-06-15 18:00", "until": "2026-06-15 20:00"}, updates=None,
    ))  # fmt: skip
    shop.write("incidents/terms.md", front(
        title="New terms from July", started="2026-06-01 09:00", components=None, impact="none", pinned=True,
        updates=[update_at("2026-06-01 09:00", "investigating", "Nothing changes in what you pay.")],
    ))  # fmt: skip
    built = shop.build(example.NOON)
    with hosted(built.folder) as host:
        yield Site(built, at(example.NOON), host)


@pytest.mark.parametrize("path", [kinds.STATUS, "incidents/move/"])
@pytest.mark.parametrize(("when", "stale"), [("12:31", False), ("17:59", False), ("18:01", True)])
def test_planned_work_makes_a_page_stale_only_once_it_was_to_begin(
    before_work: Site, visit: Visit, path: str, when: str, *, stale: bool
) -> None:
    page = visit(before_work, path, now=at(f"2026-06-15 {when}"))
    expect(page.locator(".stale")).to_have_count(int(stale))


def test_a_page_of_the_past_never_grows_stale(sites: Sites, visit: Visit) -> None:
    site = sites("well")
    page = visit(site, kinds.INCIDENT, now=site.now + 1000 * HOUR)
    expect(page.locator(".stale, .news, [data-since]")).to_have_count(0)


def test_a_page_that_does_not_state_its_build_never_grows_stale(sites: Sites, walk: Walk) -> None:
    site = sites("well")
    paths = ("history/", kinds.MONTH, kinds.COMPONENT, "maintenance/", "postmortems/", "subscribe/")
    for _, page in walk(site, paths, now=site.now + 1000 * HOUR, ticking=True):
        page.clock.run_for(61_000)
        expect(page.locator(".mi").first).not_to_have_attribute("data-built", re.compile("."))
        expect(page.locator(".stale")).to_have_count(0)


def test_the_page_of_a_component_learns_the_time_of_the_build(sites: Sites, visit: Visit) -> None:
    site = sites("well")
    now = site.now + 30 * HOUR
    line = visit(site, "components/card-payments/", now=now).locator(".asof")
    expect(line).to_have_text(re.compile(r"^Last changed .*\. As of 1 Nov 2026, 13:00 your time\.$"))
    alone = visit(site, "components/card-payments/", now=now, script=False).locator(".asof")
    expect(alone).to_have_text(re.compile(r"^Last changed [^.]*\.\s*$"))


def test_a_newer_page_of_a_component_takes_over_when_somebody_comes_back(
    deployments: tuple[Site, Callable[[], None]], visit: Visit
) -> None:
    site, publish = deployments
    page = visit(site, "components/search/")
    expect(page.locator(".news")).to_contain_text("15 Jun 2026")
    page.evaluate("document.querySelector('h1').textContent = 'Old'")
    publish()
    page.evaluate(COME_BACK)
    expect(page.locator("h1")).not_to_have_text("Old")


def test_an_incident_that_is_open_in_a_past_month_has_its_age_there(tmp_path: Path, visit: Visit) -> None:
    shop = example.shop(tmp_path)
    shop.write("incidents/2026-05-30-orders.md", front(
        started="2026-05-30 12:00", components={"orders": "degraded_performance"},
        updates=[update_at("2026-05-30 12:00", "investigating")],
    ))  # fmt: skip
    with hosted(shop.build(example.NOON).folder) as host:
        page = visit(Site(Built(host.folder), at(example.NOON), host), "history/2026/05/", now=at("2026-06-16 12:00"))
        expect(page.locator("[data-since]").first).to_have_text(re.compile(r"^1[67] days.* so far$"))


@pytest.mark.parametrize(("zone", "text"), [("Asia/Kolkata", "16:25 where you are"), ("Africa/Lagos", None)])
def test_the_time_is_shown_on_the_readers_clock(sites: Sites, visit: Visit, zone: str, text: str | None) -> None:
    line = visit(sites("outage"), timezone_id=zone).locator(".asof")
    expect(line).to_contain_text("11:55 WAT (10:55 UTC)")
    if text:
        expect(line).to_contain_text(text)
    else:
        expect(line).not_to_contain_text("where you are")


TRANSFERS_LATE = "incidents/2026-09-24-bank-transfers-late/"
OVERNIGHT = "incidents/2024-02-27-identity-checks-stood-still/"


def test_a_past_incident_is_shown_on_the_readers_clock_too(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), TRANSFERS_LATE, timezone_id="America/New_York")
    row = page.locator(".entries .when").first
    expect(row).to_have_text(re.compile("08:36 WAT.*07:36 UTC.*03:36 your time"))
    expect(page.locator(".updates .stamp").last).to_contain_text("08:58 WAT (07:58 UTC) · 03:58 where you are")
    overnight = visit(sites("well"), OVERNIGHT, timezone_id="Asia/Kolkata")
    expect(overnight.locator(".entries .when").first).to_contain_text("28 Feb, 03:10 your time")


def test_a_reader_in_the_zone_of_the_site_sees_no_time_twice(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), TRANSFERS_LATE, timezone_id="Africa/Lagos").locator(".mi").first
    expect(page).not_to_contain_text("your time")
    expect(page).not_to_contain_text("where you are")


def test_the_readers_clock_moves_no_row_of_a_timeline(sites: Sites, visit: Visit) -> None:
    def heights(zone: str, width: int) -> list[float]:
        rows = visit(sites("well"), TRANSFERS_LATE, timezone_id=zone, width=width).locator(".entries > li").all()
        return [box["height"] for row in rows if (box := row.bounding_box())]

    for width in (360, 1280):
        assert heights("Europe/Berlin", width) == heights("Africa/Lagos", width)


def test_whoever_comes_back_learns_that_nothing_is_new(sites: Sites, visit: Visit) -> None:
    site = sites("outage")
    page = visit(site, now=site.now + 7 * MINUTE)
    expect(page.locator(".news")).to_have_text("", use_inner_text=True)
    page.evaluate(COME_BACK)
    expect(page.locator(".news")).to_have_text("Checked 12:02.")


def test_the_end_of_an_incident_takes_over_the_page_of_whoever_waits_for_it(
    deployments: tuple[Site, Callable[[], None]], visit: Visit
) -> None:
    site, publish = deployments
    page = visit(site, "incidents/2026-06-15-orders/", ticking=True)
    publish()
    page.clock.run_for(61_000)
    expect(page.locator(".state")).to_contain_text("Resolved")


def test_a_newer_page_takes_over_while_somebody_looks(
    deployments: tuple[Site, Callable[[], None]], visit: Visit
) -> None:
    site, publish = deployments
    page = visit(site, ticking=True)
    before = icon(page)
    page.get_by_text("Accounts").click()
    publish()
    page.clock.run_for(61_000)
    expect(page.locator("h1")).to_have_text("We know of no problems")
    expect(page.locator("details:has-text('Accounts')")).to_have_attribute("open", "")
    expect(page).to_have_title(re.compile("All systems operational.* – Example status"))
    expect(page.locator(".mi-foot")).to_contain_text("Built Monday 15 June 2026, 14:03")
    assert icon(page) != before


def test_a_page_that_is_all_well_asks_nobody_until_somebody_comes_back(
    deployments: tuple[Site, Callable[[], None]], visit: Visit
) -> None:
    site, publish = deployments
    publish()
    asked: list[str] = []
    page = visit(site, now=at("2026-06-15 12:03"), ticking=True)
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(5 * 61_000)
    assert asked == []
    page.evaluate(COME_BACK)
    page.wait_for_timeout(100)
    assert [url.rpartition("/")[2] for url in asked] == ["now.json"]


def test_a_page_asks_to_be_reloaded_only_while_the_network_is_down(sites: Sites, visit: Visit) -> None:
    page = visit(sites("outage"), ready=lambda page: page.route("**/now.json", lambda route: route.abort()))
    before = page.locator(".mi").first.inner_text()
    assert "Reload" not in before
    page.evaluate(COME_BACK)
    expect(page.locator(".news")).to_have_text("Reload for news.")
    assert page.locator(".mi").first.inner_text().replace(" Reload for news.", "") == before.rstrip()
    page.unroute("**/now.json")
    page.evaluate(COME_BACK)
    expect(page.locator(".news")).to_contain_text("Checked")


def test_the_end_of_a_problem_takes_over_the_page_of_the_component(
    deployments: tuple[Site, Callable[[], None]], visit: Visit
) -> None:
    site, publish = deployments
    page = visit(site, "components/orders/", ticking=True)
    expect(page.locator(".state")).to_contain_text("Major outage")
    publish()
    page.clock.run_for(61_000)
    expect(page.locator(".state")).to_contain_text("Operational")


def test_without_script_the_page_says_when_it_was_true(sites: Sites, visit: Visit) -> None:
    text = visit(sites("outage"), script=False).locator(".mi").first.inner_text()
    assert "As of Wednesday 14 October 2026, 11:55 WAT (10:55 UTC). Reload for news." in text
    assert "open since 11:20 WAT" in text
    assert " ago" not in text
    assert "so far" not in text.replace("updates so far", "")


def test_an_address_is_copied_with_one_press(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), kinds.SUBSCRIBE, permissions=["clipboard-read", "clipboard-write"])
    first = page.locator("[data-copy]").first
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == first.inner_text()


def test_without_script_there_is_no_button_that_does_nothing(sites: Sites, visit: Visit) -> None:
    page = visit(sites("well"), kinds.SUBSCRIBE, script=False)
    assert page.locator(".mi button").count() == 0
    assert page.locator("[data-copy]").first.evaluate("element => getComputedStyle(element).userSelect") == "all"


@pytest.mark.parametrize(("name", "state", "title"), [
    ("well", "operational", "All systems operational.*"),
    ("outage", "partial_outage", "Partial outage: Card payments failed"),
    ("maintenance", "under_maintenance", "Planned maintenance: Payouts pause for a database upgrade"),
])  # fmt: skip
def test_the_tab_and_a_shared_link_show_the_state(
    sites: Sites, visit: Visit, name: str, state: str, title: str
) -> None:
    page = visit(sites(name))
    assert re.fullmatch(f"{title} – Harmattan status", page.title())
    assert page.locator("meta[property='og:title']").get_attribute("content") == page.title()
    assert page.locator("meta[property='og:description']").get_attribute("content")
    assert icon(page).endswith(f"{state}.svg")


def icon(page: Page) -> str:
    """What the tab shows, by its address."""
    return str(page.locator("link[rel=icon]").last.get_attribute("href"))
