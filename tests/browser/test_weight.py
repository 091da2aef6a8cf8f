"""What a page asks of a bad network, and of whom."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser import kinds
from tests.browser.conftest import known
from tests.browser.serving import hosted

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

    from tests.browser.conftest import Site, Sites, Visit, Walk

KB = 1024
STYLE, SCRIPT = "assets/incidents/incidents.css", "assets/incidents/incidents.js"
THEME_SCRIPT = "assets/incidents/theme.js"


def gzipped(site: Site, path: str) -> int:
    return len(gzip.compress(site.built.files[path], 9, mtime=0))


def asked_for(visit: Visit, site: Site, path: str = "") -> list[Request]:
    """Every request that a page makes until it rests."""
    requests: list[Request] = []
    page = visit(
        site, path, fresh=True, ready=lambda page: page.on("request", lambda request: requests.extend([request]))
    )
    page.wait_for_load_state("networkidle")
    return requests


def test_an_eventful_status_page_with_its_style_fits_one_round_trip(sites: Sites) -> None:
    site = sites("eventful")
    assert site.built.text("index.html").count("<title>") > 60
    page, style = gzipped(site, "index.html"), gzipped(site, STYLE)
    assert style <= 6 * KB
    assert page + style <= 14 * KB


def test_everything_a_status_page_loads_weighs_little(sites: Sites, visit: Visit) -> None:
    site = sites("eventful")
    paths = {unquote(urlsplit(request.url).path).lstrip("/") or "index.html" for request in asked_for(visit, site)}
    weights = {path: gzipped(site, path) for path in paths}
    assert sum(weights.values()) <= 30 * KB, weights
    assert weights[SCRIPT] + weights[THEME_SCRIPT] <= 6 * KB
    assert not any(path.startswith("search/") for path in paths)  # it grows with the history


def test_colours_to_choose_from_add_little(sites: Sites, visit: Visit) -> None:
    site = sites("outage")
    paths = {unquote(urlsplit(request.url).path).lstrip("/") or "index.html" for request in asked_for(visit, site)}
    assert not any("bundle" in path for path in paths)
    assert sum(gzipped(site, path) for path in paths) <= 31 * KB


@pytest.mark.parametrize("path", [kinds.STATUS, kinds.INCIDENT, kinds.UPTIME, kinds.NOT_FOUND])
def test_no_page_asks_anything_of_others(sites: Sites, visit: Visit, path: str) -> None:
    site = sites("well")
    assert [request.url for request in asked_for(visit, site, path) if not request.url.startswith(known(site))] == []


def test_our_style_is_the_first_thing_in_the_head_that_is_waited_for(sites: Sites) -> None:
    head = sites("well").built.page("index.html").only("head")
    waited_for = [
        element for element in head.walk() if element.attributes.get("rel") == "stylesheet" or element.tag == "script"
    ]
    assert waited_for[0].attributes["href"].endswith("incidents.css")


def test_our_parts_work_where_only_files_of_the_site_may_run(sites: Sites, walk: Walk) -> None:
    paths = (kinds.STATUS, kinds.INCIDENT, kinds.MONTH, kinds.COMPONENT, kinds.SUBSCRIBE)
    with hosted(
        sites("outage").built.folder, Content_Security_Policy="default-src 'self'; img-src 'self' data:"
    ) as host:
        site = replace(sites("outage"), host=host)
        for path, page in walk(site, paths, ready=listen, may_fail=True):
            refused = page.evaluate("window.refused")
            assert refused, f"{path}: Material's own inline script is refused; this test would see ours, too"
            assert [refusal for refusal in refused if refusal["ours"]] == [], path


def test_no_feed_makes_a_page_ask_for_the_sitemap(sites: Sites, walk: Walk) -> None:
    with hosted(
        sites("well").built.folder, Content_Security_Policy="connect-src 'self'; script-src 'self' 'unsafe-inline'"
    ) as host:
        site = replace(sites("well"), host=host)
        refused: list[str] = []
        requests: list[Request] = []

        def note(page: Page) -> None:
            page.on("request", lambda request: requests.extend([request]))
            page.on("console", lambda message: refused.append(message.text))

        for _, page in walk(site, (kinds.STATUS, kinds.INCIDENT, "guide/options/"), ready=note):
            page.wait_for_load_state("networkidle")
        assert sum(request.is_navigation_request() for request in requests) == 3
        assert [request.url for request in requests if "sitemap" in request.url] == []
        assert [text for text in refused if "connect-src" in text] == []


def test_languages_of_a_site_are_known_to_material_as_ever(sites: Sites, visit: Visit) -> None:
    site = sites("crowded")
    asked = [
        request.url.removeprefix(site.host.address) for request in asked_for(visit, site) if "sitemap" in request.url
    ]
    assert sorted(asked) == ["de/sitemap.xml", "sitemap.xml"]


def listen(page: Page) -> None:
    """Note what the policy refuses, and whether it stands in a part of the page that is ours."""
    page.add_init_script("""
        window.refused = [];
        document.addEventListener('securitypolicyviolation', event => window.refused.push({
            what: event.effectiveDirective, sample: event.sample, where: event.sourceFile,
            ours: Boolean(event.target.closest?.('.mi, .mi-nav')) || /assets.incidents/.test(event.sourceFile),
        }));
    """)


def test_no_part_of_the_plugin_has_an_inline_script_handler_or_style(sites: Sites) -> None:
    site = sites("outage")
    for path in site.built.pages:
        if path.startswith("guide/"):
            continue
        elements = [element for top in site.built.page(path).walk() if "mi" in top.attributes.get("class", "").split()
                    for element in top.walk()]  # fmt: skip
        assert [
            element for element in elements if element.tag in {"script", "style"} or "style" in element.attributes
        ] == [], path
        assert [name for element in elements for name in element.attributes if name.startswith("on")] == [], path
