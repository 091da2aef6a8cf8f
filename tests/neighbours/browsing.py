"""Our pages in a browser: what it reports about them, whichever scripts a neighbour adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error

from tests.browser.serving import hosted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, Route

INCIDENT = "incidents/2026-04-06-card-payments-failed"
PAGES = ("index", INCIDENT, "history", "components/card-payments")
"""The pages that are opened: the status page, an incident, the history, a component."""
_LINKED = "2026-06-15-api-errors"
"""The incident that the status page links to, as it is still going on."""
_SERVER = 400
"""The lowest status of an answer that says that something is wrong."""


def reported(browser: Browser, site: Path, pages: Sequence[str] = PAGES) -> list[str]:
    """Errors in the console, failures of scripts and of requests to the site itself, on each page.

    The status page is left by a link on it, as readers do: themes may load the next page without leaving the first.
    """
    with hosted(site) as host, browser.new_context() as context:
        page = context.new_page()
        found: list[str] = []
        where = _Place()
        page.route(lambda address: not address.startswith((host.address, "data:", "blob:")), _answered_empty)
        page.on("console", lambda said: found.extend(_errors(said, str(where))))
        page.on("pageerror", lambda error: found.append(f"{where}: {error}"))
        page.on("response", lambda response: found.extend(_refused(response, host.address)))
        page.on("requestfailed", lambda request: found.extend(_failed(request)))
        for name in pages:
            path = _path(site, name)
            if path is None:
                found.append(f"{name}: there is no such page")
                continue
            where.name = name
            page.goto(host.address + path, wait_until="networkidle")
            if name == "index":
                found += _followed(page)
        return found


class _Place:
    """The page that is open while events come in."""

    name = ""

    def __str__(self) -> str:
        return self.name


def _followed(page: Page) -> Collection[str]:
    link = page.locator(f'main a[href*="{_LINKED}"]:visible').first
    try:
        link.click(timeout=5000)
        page.locator("h1", has_text="Some requests to the API failed").first.wait_for(timeout=5000)
        page.wait_for_load_state("networkidle")
    except Error as error:
        return [f"index: a link to an incident does not lead there: {error.message.splitlines()[0]}"]
    return []


def _path(site: Path, name: str) -> str | None:
    tried = ("",) if name == "index" else (f"{name}/", f"{name}.html")
    return next((path for path in tried if (site / path / "index.html").is_file() or (site / path).is_file()), None)


def _refused(response: Response, address: str) -> list[str]:
    if response.status < _SERVER or not response.url.startswith(address):
        return []
    return [f"{response.url.removeprefix(address)}: status {response.status}"]


def _errors(said: ConsoleMessage, where: str) -> list[str]:
    """What scripts and the browser complain of; which request was refused, `_refused` says better."""
    if said.type != "error" or said.text.startswith("Failed to load resource"):
        return []
    return [f"{where}: {said.text}"]


def _failed(request: Request) -> list[str]:
    """A page that is left takes back what it still asks for."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def _answered_empty(route: Route) -> None:
    """Nothing is asked of other servers; scripts and styles from there are no business of ours."""
    kinds = {"script": "text/javascript", "stylesheet": "text/css", "document": "text/html"}
    kind = kinds.get(route.request.resource_type, "text/plain")
    route.fulfill(status=200, content_type=kind, body="", headers={"Access-Control-Allow-Origin": "*"})
