"""The feed of apologies: each in full, with its author, at a permanent address, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from mkdocs_incidents.model import Postmortem, RevisionSummary, Section, SectionKind
from tests.emit.emitting import document, emitted, site, written
from tests.makers import at, history, incident, maintenance, states

if TYPE_CHECKING:
    from mkdocs_incidents.model import History, Incident

NOW = at("2026-04-20 12:00")
PAGE = "https://status.example.com/incidents/down/"
APOLOGY_TEXT = "<p>Your card was good, and our machine said no.</p>\n\n<p>We are sorry.</p>\n\n— Payments & co"
ATOM = "{http://www.w3.org/2005/Atom}"


def section(kind: SectionKind, markdown: str, heading: str = "", level: int = 2) -> Section:
    return Section(kind=kind, heading=heading or kind.title(), level=level, markdown=markdown, marked=markdown, line=1)


def outage(*sections: Section, published: str | None = "2026-04-08 09:00", by: str | None = None) -> Incident:
    body = Postmortem(sections=sections, published_at=at(published) if published else None, by=by)
    return incident(
        "2026-04-06 14:30", id="down", title="Cards & co failed", components=states(web="major_outage"),
        resolved="2026-04-06 15:15", postmortem=body,
    )  # fmt: skip


SUMMARY = section(SectionKind.SUMMARY, "<p>It broke.</p>")
APOLOGY = section(SectionKind.APOLOGY, APOLOGY_TEXT, "Apology")


def feed_items(of: History, stem: str = "apologies", **options: Any) -> list[dict[str, Any]]:
    """The entries of the feed, the same in all three formats; each format is one that its readers accept."""
    files = emitted(of, NOW, **options)
    as_it_is = {"sanitize_html": False, "resolve_relative_uris": False}
    rss, atom = (feedparser.parse(files[f"{stem}.{suffix}"], **as_it_is) for suffix in ("xml", "atom"))
    items: list[dict[str, Any]] = document(files, f"{stem}.json")["items"]
    assert not rss.bozo
    assert not atom.bozo
    for feed, plain in ((rss, unescape), (atom, str)):  # a description in RSS is HTML
        assert [(e.id, e.link, e.title, e.content[0].value, plain(e.summary)) for e in feed.entries] == [
            (i["id"], i["url"], i["title"], i["content_html"], i["summary"]) for i in items
        ]
        assert [[e.get("author", "Example")] for e in feed.entries] == [
            [author["name"] for author in i.get("authors", [{"name": "Example"}])] for i in items
        ]
    return items


def test_an_apology_is_an_item_in_full_under_its_own_address() -> None:
    (entry,) = feed_items(history(outage(SUMMARY, APOLOGY)))
    assert (entry["id"], entry["url"]) == (f"{PAGE}#apology", f"{PAGE}#apology")
    assert entry["title"] == "Apology: Cards & co failed"
    assert "<p>Your card was good, and our machine said no.</p>" in entry["content_html"]
    assert "<p>We are sorry.</p>" in entry["content_html"]
    assert "It broke" not in entry["content_html"]
    assert f'<a href="{PAGE}">Cards &amp; co failed</a>' in entry["content_html"]
    assert entry["summary"].startswith("Your card was good, and our machine said no. We are sorry.")
    assert entry["date_published"] == "2026-04-08T09:00:00+00:00"
    assert entry["tags"] == ["Incident", "Apology", "Critical impact", "Web"]


def test_a_long_apology_is_not_shortened() -> None:
    long = replace(APOLOGY, markdown="".join(f"<p>We are sorry for card {n}.</p>" for n in range(200)))
    (entry,) = feed_items(history(outage(long)))
    assert entry["summary"].endswith("We are sorry for card 199.")
    assert "We are sorry for card 199." in entry["content_html"]


@pytest.mark.parametrize(
    ("markdown", "by", "expected"),
    [
        ("We are sorry.\n\n— Payments team", "Writers", "Payments team"),
        ("We are sorry.\n\n— *Payments team*, Lagos", None, "Payments team, Lagos"),
        ("We are sorry.\n\n— Head of Payments,\nfor everyone", None, "Head of Payments, for everyone"),
        ("We are sorry.\n\nPayments team", "Writers", "Writers"),
        ("We are sorry.\n\nWe will do better.", "Writers", "Writers"),
        ("We are sorry.\n\n- for this\n- for that", "Writers", "Writers"),
        ("We are sorry", "Writers", "Writers"),
        ("We are sorry.", None, "Example"),
    ],
)
def test_an_apology_is_by_who_signed_it_else_by_who_wrote_the_postmortem(
    markdown: str, by: str | None, expected: str
) -> None:
    (entry,) = feed_items(history(outage(replace(APOLOGY, markdown=markdown), by=by)))
    assert entry.get("authors", [{"name": "Example"}]) == [{"name": expected}]


def test_a_postmortem_without_an_apology_is_none() -> None:
    assert feed_items(history(outage(SUMMARY))) == []
    assert feed_items(history(outage(SUMMARY, replace(APOLOGY, markdown="\n")))) == []
    assert feed_items(history(outage(APOLOGY, published=None))) == []
    assert feed_items(history(outage(APOLOGY, published="2026-04-21 00:00"))) == []


def test_the_postmortem_itself_stays_whole_in_the_feed_of_everything() -> None:
    first = feed_items(history(outage(SUMMARY, APOLOGY)), "feed")[0]
    assert first["id"] == f"{PAGE}#postmortem"
    assert "It broke." in first["content_html"]
    assert "We are sorry." in first["content_html"]


def test_smaller_headings_below_an_apology_belong_to_it() -> None:
    more = section(SectionKind.OTHER, "<p>You lost sales.</p>", "To <merchants>", level=3)
    after = section(SectionKind.OTHER, "<p>Not this.</p>", "Thanks", level=2)
    (entry,) = feed_items(history(outage(APOLOGY, more, after)))
    assert "<h3>To &lt;merchants&gt;</h3>\n<p>You lost sales.</p>" in entry["content_html"]
    assert "Not this" not in entry["content_html"]


def test_a_second_apology_has_an_address_of_its_own() -> None:
    again = section(SectionKind.APOLOGY, "<p>Once more: sorry.</p>", "A word to our users")
    ids = [entry["id"] for entry in feed_items(history(outage(APOLOGY, SUMMARY, again)))]
    assert ids == [f"{PAGE}#apology", f"{PAGE}#apology-2"]


def test_maintenance_can_have_an_apology() -> None:
    body = Postmortem(sections=(APOLOGY,), published_at=at("2026-04-08 09:00"))
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", id="work", title="Work", postmortem=body)
    (entry,) = feed_items(history(work))
    assert entry["title"] == "Apology: Work"


def test_an_edited_apology_keeps_its_id_and_gets_a_later_date() -> None:
    of = site(history(outage(APOLOGY)), NOW)
    edited = RevisionSummary(count=1, last_at=at("2026-04-10 09:00"), postmortem_at=at("2026-04-10 09:00"))
    (entry,) = document(written(replace(of, edits={"down.md": edited})), "apologies.json")["items"]
    assert (entry["id"], entry["date_modified"]) == (f"{PAGE}#apology", "2026-04-10T09:00:00+00:00")


def test_the_feed_has_what_its_formats_require() -> None:
    files = emitted(history(outage(APOLOGY)), NOW)
    atom, rss = etree.fromstring(files["apologies.atom"]), etree.fromstring(files["apologies.xml"])
    for element in (atom, atom.find(f"{ATOM}entry")):
        assert element is not None
        for name in ("id", "title", "updated", "author"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
    assert rss.findtext("channel/title") == "Example: Apologies"
    assert rss.findtext("channel/description") == "Each apology in full, as it is published."
    (item,) = rss.findall("channel/item")
    guid = item.find("guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), guid.text) == ("true", item.findtext("link"))


def test_the_document_of_an_incident_has_its_apology_with_its_address() -> None:
    files = emitted(history(outage(SUMMARY, APOLOGY)), NOW)
    known = document(files, "incidents/down.json")
    validator = Draft202012Validator(document(files, "incident.schema.json"), format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(known)] == []
    apology = known["postmortem"]["apology"]
    assert (apology["url"], apology["by"], apology["markdown"]) == (f"{PAGE}#apology", "Payments & co", APOLOGY_TEXT)
    assert apology["html"].startswith("<p>Your card was good")
    without = document(emitted(history(outage(SUMMARY)), NOW), "incidents/down.json")
    assert without["postmortem"]["apology"] is None
