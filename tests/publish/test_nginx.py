"""The recipe for nginx in the guide, as it is printed there, with the example site."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.publish.compress import compress
from mkdocs_incidents.publish.manifest import file_states
from tests.browser import example
from tests.browser.serving import hosted
from tests.publish.nginx import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.publish.nginx import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    base = tmp_path_factory.mktemp("nginx")
    site = base / "site"
    example.example(site, example.OUTAGE)
    compress(site, frozenset({"gz"}), file_states(site))
    for path in (".git/config", ".well-known/security.txt", ".env"):
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text("x", encoding="utf-8")
    with serving(site, base / "nginx") as running:
        yield running
        logged = running.log.read_text(encoding="utf-8").splitlines()
        assert [line for line in logged if "[error]" not in line] == []  # an error is what was not found


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/embed.html", "text/html; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/feed.atom", "application/atom+xml"),
        ("/history.rss", "application/rss+xml"),
        ("/feed.json", "application/feed+json"),
        ("/outages.json", "application/feed+json"),
        ("/promises/feed.json", "application/feed+json"),
        ("/components/sms/feed.json", "application/feed+json"),
        ("/promises.json", "application/json"),
        ("/api/v2/summary.json", "application/json"),
        ("/now.json", "application/json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/index.md", "text/markdown; charset=utf-8"),
        ("/uptime.csv", "text/csv; charset=utf-8"),
        ("/status.txt", "text/plain; charset=utf-8"),
        ("/badge.svg", "image/svg+xml"),
        ("/metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        ("/assets/incidents/incidents.js", "application/javascript; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_each_kind_of_file_has_its_media_type_and_may_be_read_by_other_sites(
    server: Server, path: str, media_type: str, encoding: str
) -> None:
    answer = server.ask(path, Accept_Encoding=encoding)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "max-age=60"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_only_the_banner_for_other_sites_may_be_shown_in_their_frames(server: Server) -> None:
    assert "frame-ancestors 'self'" in server.ask("/").headers["content-security-policy"]
    assert "frame-ancestors" not in server.ask("/embed.html").headers["content-security-policy"]


def test_assets_with_a_checksum_in_their_name_are_kept_for_good_and_others_are_not(server: Server) -> None:
    page = server.ask("/").body.decode()
    hashed = re.findall(r"(?<![/\w])assets/([\w./-]+)", page)
    caching = {name: server.ask(f"/assets/{name}").headers["cache-control"] for name in hashed}
    kept = {name for name, text in caching.items() if text == "max-age=31536000, immutable"}
    assert {name.split(".")[0] for name in kept} >= {"stylesheets/main", "stylesheets/palette", "javascripts/bundle"}
    assert all(text == "max-age=60" for name, text in caching.items() if name not in kept)
    assert server.ask("/assets/stylesheets/main.00000000.min.css").headers["cache-control"] == "max-age=60"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_a_file_already_is_not_sent_it_again(server: Server, encoding: str) -> None:
    first = server.ask("/feed.xml", Accept_Encoding=encoding)
    for known in (
        {"If_None_Match": first.headers["etag"]},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        again = server.ask("/feed.xml", Accept_Encoding=encoding, **known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert again.headers["cache-control"] == "max-age=60"
    assert server.ask("/feed.xml", Accept_Encoding=encoding, If_None_Match='"other"').status == 200


def test_a_head_request_is_answered_like_a_get_without_the_body(server: Server) -> None:
    whole, head = server.ask("/feed.xml"), server.ask("/feed.xml", method="HEAD")
    changing = {"date", "connection"}
    assert {name: text for name, text in head.headers.items() if name not in changing} == {
        name: text for name, text in whole.headers.items() if name not in changing
    }
    assert (head.status, head.body) == (200, b"")


def test_who_accepts_gzip_is_sent_the_compressed_copy_and_caches_know_of_both(server: Server) -> None:
    plain, packed = server.ask("/"), server.ask("/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("path", ["/nothing-here/", "/.git/config", "/.env", "/history/.git/config"])
def test_what_is_not_there_or_hidden_is_answered_with_the_page_not_found(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.body) == (404, server.ask("/404.html").body)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_certificates_and_security_txt_need_is_served(server: Server) -> None:
    assert server.ask("/.well-known/security.txt").status == 200


def test_an_address_without_its_slash_leads_to_the_page_on_the_same_host(server: Server) -> None:
    answer = server.ask("/history")
    assert (answer.status, answer.headers["location"]) == (301, "/history/")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of which the browser has nothing to complain about."""
    complaints: list[str] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))  # asked for files that name no icon
        yield page
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "history/", "subscribe/", "guide/", "feed.xml", "embed.html", "badge.svg"])
def test_no_page_is_hindered_by_the_security_policy(server: Server, page: Page, path: str) -> None:
    page.goto(server.address + path, wait_until="networkidle")


@pytest.mark.browser
def test_search_works_under_the_security_policy(server: Server, page: Page) -> None:
    page.goto(server.address)
    page.keyboard.press("/")
    page.locator("input.md-search__input").press_sequentially("payments")
    page.locator(".md-search-result__item").first.wait_for(timeout=10_000)


@pytest.mark.browser
def test_the_banner_is_shown_on_another_site_by_script_and_in_a_frame(
    server: Server, page: Page, tmp_path: Path
) -> None:
    script = f'<script src="{server.address}assets/incidents/embed.js"></script>'
    frame = f'<iframe src="{server.address}embed.html"></iframe>'
    html = f"<!doctype html><title>Elsewhere</title><body>{script}{frame}</body>"
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    with hosted(tmp_path) as elsewhere:
        page.goto(elsewhere.address)
        page.locator("p[role=status]").wait_for(timeout=5000)
        page.frame_locator("iframe").locator("p[role=status]").wait_for(timeout=5000)
