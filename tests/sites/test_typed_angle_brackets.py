"""`<timeout>` typed in a title, a message, a name or a promise is a word to whoever reads any file of the site."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from icalendar import Calendar
from lxml import etree, html
from rich.console import Console
from rich.markdown import Markdown

from tests.sites.building import Built, Site, front, update_at

if TYPE_CHECKING:
    from collections.abc import Sequence

TYPED = "Set <timeout> to 30, R&D &amp; <script>alert(1)</script>"
MESSAGE = "Set <timeout> to *30* and <script>alert(1)</script>"
READ = "Set <timeout> to 30 and <script>alert(1)</script>"
ID = "2026-06-15-x"
FEEDS = ["feed", "outages", "components/web/feed"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("typed"))
    site.settings["site_name"] = TYPED
    component = {"id": "web", "name": TYPED, "description": TYPED, "since": "2026-01-01"}
    site.write("incidents/components.yml", json.dumps({"timezone": "UTC", "components": [component]}))
    site.write(
        f"incidents/{ID}.md",
        front(
            title=TYPED, started="2026-06-15 10:00", updates=[update_at("2026-06-15 10:05", "investigating", MESSAGE)]
        ),
    )
    promise = f"## Action items\n\n- [ ] {MESSAGE} (owner: Ada, due: 2026-07-01)"
    over = {"postmortem": {"published": "2026-05-06 10:00"}, "title": TYPED}
    site.write("incidents/2026-05-04-y.md", front(f"## Apology\n\nSorry.\n\n{promise}", **over))
    return site.build()


def seen(fragment: str) -> str:
    """What somebody sees of HTML in which nothing can run."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    assert not list(root.iter("script", "timeout"))
    return " ".join(str(root.text_content()).split())


def seen_in_terminal(markdown: str) -> str:
    output = StringIO()
    Console(file=output, width=10_000, color_system=None).print(Markdown(markdown))
    return " ".join(output.getvalue().split())


@pytest.mark.parametrize("stem", FEEDS)
def test_an_rss_reader_sees_it(built: Built, stem: str) -> None:
    channel = etree.fromstring(built.files[f"{stem}.xml"]).find("channel")
    assert channel.findtext("title").startswith(TYPED)
    assert seen(channel.findtext("description"))
    (item,) = [item for item in channel.iter("item") if "#update-20260615" in item.findtext("link")]
    assert item.findtext("title") == f"Investigating: {TYPED}"
    assert seen(item.findtext("description")) == READ
    assert seen(item.findtext("{*}encoded")) == READ
    assert TYPED in [category.text for category in item.iter("category")]


def test_a_careful_rss_reader_sees_it(built: Built) -> None:
    for path in ("feed.xml", "history.rss"):
        entry = feedparser.parse(built.files[path]).entries[0]
        assert entry.title.endswith(TYPED)
        assert READ in seen(entry.summary)
        assert READ in seen(entry.content[0].value)


@pytest.mark.parametrize("path", ["feed.atom", "history.atom"])
def test_an_atom_reader_sees_it(built: Built, path: str) -> None:
    feed = feedparser.parse(built.files[path])
    entry = feed.entries[0]
    plain = (feed.feed.title_detail, feed.feed.subtitle_detail, entry.title_detail, entry.summary_detail)
    assert {detail.type for detail in plain} == {"text/plain"}
    assert feed.feed.title.startswith(TYPED)
    assert entry.title.endswith(TYPED)
    assert READ in entry.summary
    assert entry.content[0].type == "text/html"
    assert READ in seen(entry.content[0].value)


def test_a_json_feed_reader_sees_it(built: Built) -> None:
    feed = json.loads(built.files["feed.json"])
    item = feed["items"][0]
    assert (feed["title"], item["title"]) == (TYPED, f"Investigating: {TYPED}")
    assert seen(item["content_html"]) == item["summary"] == READ


def test_a_calendar_shows_it(built: Built) -> None:
    calendar: Any = Calendar.from_ical(built.files["calendar.ics"])
    event = next(event for event in calendar.walk("VEVENT") if event["uid"].startswith(ID))
    assert calendar["x-wr-calname"] == TYPED
    assert event["summary"] == f"Major outage: {TYPED}"
    assert str(event["description"]).split("\n\n")[:2] == [TYPED, READ]
    assert "x-alt-desc" not in event


def test_clients_of_statuspage_show_it_as_plain_text(built: Built) -> None:
    summary = json.loads(built.files["api/v2/summary.json"])
    (incident,) = summary["incidents"]
    assert (summary["page"]["name"], summary["components"][0]["name"], incident["name"]) == (TYPED, TYPED, TYPED)
    assert incident["incident_updates"][0]["body"] == READ


def test_our_own_json_has_it_as_typed_and_as_html(built: Built) -> None:
    (update,) = json.loads(built.files[f"incidents/{ID}.json"])["updates"]
    assert update["message"] == MESSAGE
    assert seen(update["html"]) == READ


def test_a_badge_shows_it(built: Built) -> None:
    badge = etree.fromstring(built.files["components/web/badge.svg"])
    assert badge.findtext("{*}title") == badge.get("aria-label") == f"{TYPED}: Major outage"
    assert not list(badge.iter("{*}script", "{*}timeout"))
    assert json.loads(built.files["components/web/badge.json"])["label"] == TYPED


def test_the_banner_on_other_sites_shows_it(built: Built) -> None:
    assert seen(built.text("embed.html")) == f"Major outage: {TYPED}"


@pytest.mark.parametrize("path", ["index.html", f"incidents/{ID}/index.html"])
def test_a_preview_of_a_link_shows_it(built: Built, path: str) -> None:
    page = html.document_fromstring(built.text(path))
    metadata = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    for name in ("description", "og:description", "og:title"):
        assert TYPED in metadata[name], name
    assert metadata["og:site_name"] == TYPED


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("index.md", (TYPED, READ)),
        (f"incidents/{ID}.md", (TYPED, READ)),
        ("history/2026/06.md", (TYPED,)),
        ("promises.md", (READ, TYPED)),
        ("components/web.md", (TYPED,)),
        ("llms.txt", (TYPED,)),
    ],
)
def test_a_reader_of_markdown_sees_it(built: Built, path: str, texts: Sequence[str]) -> None:
    _, _, body = built.text(path).rpartition("\n---\n")
    read = seen_in_terminal(body)
    for text in texts:
        assert text in read


def test_the_status_in_one_line_of_text_has_it(built: Built) -> None:
    assert built.text("status.txt").startswith(f"Major outage: {TYPED} (as of ")


def test_the_search_index_holds_it_escaped(built: Built) -> None:
    """Material puts what is in the index on the page as HTML."""
    docs: list[dict[str, Any]] = json.loads(built.files["search/search_index.json"])["docs"]
    (found,) = [doc for doc in docs if doc["location"] == f"incidents/{ID}/"]
    assert seen(found["title"]) == TYPED
    assert READ in seen(found["text"])
