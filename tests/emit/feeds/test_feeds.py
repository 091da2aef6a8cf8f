"""Feeds: an item for each publication, under an id that never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from mkdocs_incidents.emit.feeds.definitions import FeedItem
from mkdocs_incidents.emit.feeds.writers import WRITERS, Feed
from mkdocs_incidents.model import ActionItem, Postmortem, RevisionSummary, Section, SectionKind
from tests.emit.emitting import document, emitted, site, written
from tests.makers import announcement, at, catalog, group, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import Incident, Notice

NOW = at("2026-04-08 12:00")
FORMATS = ("xml", "atom", "json")


def outage(**fields: Any) -> Incident:
    updates = (
        update("2026-04-06 14:36", "investigating", message="We look into it."),
        update("2026-04-06 15:15", "resolved", message="It works again."),
    )
    known = {"id": "web-down", "title": "The website is down", "components": states(web="major_outage")}
    return incident("2026-04-06 14:30", *fields.pop("updates", updates), **{**known, **fields})


def published(**fields: Any) -> Incident:
    happened = "<p>What happened.</p>"
    body = Section(kind=SectionKind.SUMMARY, heading="", level=0, markdown=happened, marked=happened, line=1)
    return outage(postmortem=Postmortem(sections=(body,), published_at=at("2026-04-07 09:00")), **fields)


def entries(files: dict[str, bytes], stem: str) -> list[tuple[str, str, str, str]]:
    """Id, link, title and content of each entry, the same in all three formats."""
    as_it_is = {"sanitize_html": False, "resolve_relative_uris": False}
    rss, atom = (feedparser.parse(files[f"{stem}.{suffix}"], **as_it_is) for suffix in ("xml", "atom"))
    assert not rss.bozo
    assert not atom.bozo
    by_format = [[(e.id, e.link, e.title, e.content[0].value) for e in feed.entries] for feed in (rss, atom)]
    items = document(files, f"{stem}.json")["items"]
    by_format.append([(item["id"], item["url"], item["title"], item["content_html"]) for item in items])
    assert by_format[0] == by_format[1] == by_format[2]
    return by_format[0]


def test_every_publication_is_an_item_newest_first() -> None:
    found = entries(emitted(history(published()), NOW), "feed")
    page = "https://status.example.com/incidents/web-down/"
    assert found == [
        (f"{page}#postmortem", f"{page}#postmortem", "Postmortem: The website is down", "<p>What happened.</p>"),
        (
            f"{page}#update-20260406-1515",
            f"{page}#update-20260406-1515",
            "Resolved: The website is down",
            "<p>It works again.</p>",
        ),
        (
            f"{page}#update-20260406-1436",
            f"{page}#update-20260406-1436",
            "Investigating: The website is down",
            "<p>We look into it.</p>",
        ),
    ]


def test_ids_stay_when_title_folder_order_and_other_updates_change() -> None:
    before = [entry[0] for entry in entries(emitted(history(published()), NOW), "feed")]
    added = update("2026-04-06 14:50", "identified")
    changed = published(title="Website outage", source="2026/x.md", updates=(published().updates[0], added))
    changed = replace(changed, updates=(*changed.updates, published().updates[1]))
    other = incident("2026-04-01 10:00", update("2026-04-01 10:05", "resolved"), id="other")
    after = [entry[0] for entry in entries(emitted(history(other, changed), NOW), "feed")]
    assert [entry for entry in after if entry in before] == before


def test_a_withdrawn_update_is_gone() -> None:
    kept = outage(updates=published().updates[1:])
    assert [entry[2] for entry in entries(emitted(history(kept), NOW), "feed")] == ["Resolved: The website is down"]


def test_a_notice_without_updates_is_itself_an_item() -> None:
    found = entries(emitted(history(outage(updates=())), NOW), "feed")
    assert [(entry[0], entry[2], entry[3]) for entry in found] == [
        ("https://status.example.com/incidents/web-down/", "The website is down", "<p>Web: Major outage</p>")
    ]


def test_maintenance_that_does_not_state_when_it_was_announced_is_published_when_it_begins() -> None:
    work = maintenance("2026-04-09 10:00", "2026-04-09 11:00", id="work")
    assert entries(emitted(history(work), NOW), "feed") == []
    assert len(entries(emitted(history(work), at("2026-04-09 10:00")), "feed")) == 1
    dated = replace(work, publish_at=at("2026-04-08 08:00"))
    assert len(entries(emitted(history(dated), NOW), "feed")) == 1


def test_each_question_has_its_feed() -> None:
    work = maintenance("2026-04-09 10:00", "2026-04-09 11:00", update("2026-04-08 08:00", "scheduled"), id="work")
    notice = announcement("2026-04-05 08:00", id="news", title="News")
    files = emitted(history(published(), work, notice), NOW)
    names = {stem: [entry[0].split("/")[-2] for entry in entries(files, stem)] for stem in
             ("feed", "outages", "apologies", "maintenance")}  # fmt: skip
    assert names == {
        "feed": ["work", "web-down", "web-down", "web-down", "news"],
        "outages": ["web-down"] * 3,
        "apologies": [],
        "maintenance": ["work"],
    }


def test_a_component_has_a_feed_of_what_touched_it_and_nothing_else() -> None:
    other = incident("2026-04-01 10:00", update("2026-04-01 10:05", "resolved", components=states(mail="operational")))
    files = emitted(history(outage(), other), NOW)
    assert {entry[0].split("/")[-2] for entry in entries(files, "components/web/feed")} == {"web-down"}
    assert {entry[0].split("/")[-2] for entry in entries(files, "components/mail/feed")} == {other.id}


def test_a_component_without_notices_has_an_empty_feed_that_is_valid() -> None:
    files = emitted(history(of=catalog("web")), NOW)
    assert entries(files, "components/web/feed") == []
    assert feedparser.parse(files["feed.atom"]).feed.updated == "1970-01-01T00:00:00+00:00"


def test_a_feed_carries_the_newest_items_only() -> None:
    updates = tuple(update(f"2026-04-06 14:{minute}", "investigating") for minute in range(30, 60))
    found = entries(emitted(history(outage(updates=updates)), NOW, feed_length=10), "feed")
    assert [entry[0][-4:] for entry in found] == [f"14{minute}" for minute in range(59, 49, -1)]


def test_a_long_update_is_cut_and_ends_with_a_link_to_the_page() -> None:
    long = outage(updates=(update("2026-04-06 14:36", "investigating", message="</p><p>".join(["word " * 50] * 2000)),))
    ((link, _, _, html),) = entries(emitted(history(long), NOW), "feed")
    assert len(html) < 65_000
    assert html.endswith(f'<p><a href="{link}">Read on</a></p>')


def test_hostile_titles_are_text_in_every_format() -> None:
    title = """<script>alert("1")</script> & 'x' \u202eabc\u202c 🔥"""
    hostile = outage(title=title, updates=(update("2026-04-06 14:36", "investigating", message="a\x0bb"),))
    files = emitted(history(hostile), NOW, name="A & <B>")
    assert [entry[2] for entry in entries(files, "feed")] == [f"Investigating: {title}"]
    assert feedparser.parse(files["feed.xml"]).feed.title == "A & <B>"


def test_html_is_clean_and_absolute() -> None:
    message = (
        '<a href="../b/">b</a> <img src="x.png" onerror="x()"><script>x()</script><style>p{}</style>'
        '<a class="headerlink" href="#x">¶</a><a href="javascript:x()">y</a>'
    )
    dirty = outage(updates=(update("2026-04-06 14:36", "investigating", message=message),))
    ((_, _, _, html),) = entries(emitted(history(dirty), NOW), "feed")
    assert html == (
        '<p><a href="https://status.example.com/incidents/b/">b</a> '
        '<img src="https://status.example.com/incidents/web-down/x.png"><a>y</a></p>'
    )


def test_an_edited_item_keeps_its_id_and_gets_a_later_date() -> None:
    published_at, edited = at("2026-04-06 14:36"), at("2026-04-06 15:00")
    item = FeedItem(id="https://s/#a", address="https://s/#a", title="T", html="<p>x</p>", summary="x",
                    published_at=published_at, updated_at=edited, categories=())  # fmt: skip
    feed = Feed(title="F", description="F", address="https://s/feed", home="https://s/", style="x.css", hub="",
                language="en", author="A", updated_at=edited, items=[item])  # fmt: skip
    rss, atom = (feedparser.parse(WRITERS[form](feed)).entries[0] for form in ("rss", "atom"))
    for parsed in (rss, atom):
        assert parsed.id == "https://s/#a"
        assert parsed.published_parsed[:5] == published_at.timetuple()[:5]
        assert parsed.updated_parsed[:5] == edited.timetuple()[:5]
    assert b'"date_modified":"2026-04-06T15:00:00+00:00"' in WRITERS["json_feed"](feed)


def test_a_feed_states_the_categories_of_each_item() -> None:
    entry = feedparser.parse(emitted(history(published()), NOW)["feed.atom"]).entries[0]
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("incident", "Incident"),
        ("postmortem", "Postmortem"),
        ("critical", "Critical impact"),
        ("web", "Web"),
    ]


def test_the_feeds_of_statuspage_have_an_item_for_each_incident() -> None:
    files = emitted(history(published(), incident("2026-04-01 10:00", id="other", resolved="2026-04-01 11:00")), NOW)
    for path in ("history.rss", "history.atom"):
        feed = feedparser.parse(files[path])
        assert not feed.bozo
        assert [(e.id, e.title) for e in feed.entries] == [
            ("https://status.example.com/incidents/web-down/", "The website is down"),
            ("https://status.example.com/incidents/other/", "It broke"),
        ]
        html = feed.entries[0].content[0].value
        assert html.index("What happened.") < html.index("It works again.") < html.index("We look into it.")


def test_a_feed_is_found_at_its_own_address_and_names_its_hub() -> None:
    files = emitted(history(outage()), NOW, hub="https://hub.example.org/")
    for path in ("feed.xml", "outages.atom", "components/web/feed.xml", "history.rss"):
        links = {link.rel: link.href for link in feedparser.parse(files[path]).feed.links}
        assert links == {
            "self": f"https://status.example.com/{path}",
            "alternate": "https://status.example.com/",
            "hub": "https://hub.example.org/",
        }
    assert document(files, "feed.json")["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]


def test_a_feed_opened_in_a_browser_explains_itself() -> None:
    files = emitted(history(outage(), of=catalog(group("G", "web"))), NOW)
    assert b'href="../../assets/incidents/feed.css"?>\n<rss' in files["components/web/feed.xml"]
    assert b"This is a feed" in files["assets/incidents/feed.css"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_feed_keeps_its_bytes_while_nothing_is_published(suffix: str) -> None:
    now, later = (emitted(history(published()), NOW + timedelta(days=days)) for days in (0, 3))
    assert now[f"feed.{suffix}"] == later[f"feed.{suffix}"]


def test_an_edited_update_gets_a_later_date_and_no_other_item_does() -> None:
    edited = at("2026-04-06 14:45")
    notice = published()
    edits = RevisionSummary(count=1, last_at=edited, updates={"update-20260406-1436": edited})
    known = replace(site(history(notice), NOW), edits={notice.source: edits})
    dates = {entry.id.rpartition("#")[2]: (entry.published, entry.updated)
             for entry in feedparser.parse(written(known)["feed.atom"]).entries}  # fmt: skip
    assert dates["update-20260406-1436"] == ("2026-04-06T14:36:00+00:00", "2026-04-06T14:45:00+00:00")
    assert dates["update-20260406-1515"] == ("2026-04-06T15:15:00+00:00", "2026-04-06T15:15:00+00:00")
    assert dates["postmortem"] == ("2026-04-07T09:00:00+00:00", "2026-04-07T09:00:00+00:00")


def test_an_edit_after_the_instant_of_the_build_is_not_known_yet() -> None:
    notice = published()
    later = at("2026-04-09 10:00")
    edits = RevisionSummary(count=1, last_at=later, updates={"update-20260406-1436": later}, postmortem_at=later)
    of = replace(site(history(notice), NOW), edits={notice.source: edits})
    for item in document(written(of), "feed.json")["items"]:
        assert "date_modified" not in item


def test_a_correction_that_the_file_states_is_a_later_date_of_the_same_entry() -> None:
    first, second = outage().updates
    notice = published(updates=(replace(first, corrected_at=at("2026-04-06 14:50")), second))
    assert feed_ids(notice) == feed_ids(published())
    known = written(site(history(notice), NOW))
    dates = {item["id"].rpartition("#")[2]: item.get("date_modified") for item in document(known, "feed.json")["items"]}
    assert dates["update-20260406-1436"] == "2026-04-06T14:50:00+00:00"
    assert dates["update-20260406-1515"] is None
    (entry,) = [e for e in feedparser.parse(known["feed.atom"]).entries if e.id.endswith("#update-20260406-1436")]
    assert (entry.published, entry.updated) == ("2026-04-06T14:36:00+00:00", "2026-04-06T14:50:00+00:00")


def feed_ids(notice: Notice) -> list[str]:
    return [item["id"] for item in document(written(site(history(notice), NOW)), "feed.json")["items"]]


def test_the_next_update_is_shown_where_a_key_states_it_and_the_message_does_not() -> None:
    updates = (update("2026-04-06 14:36", "investigating", message="Wait.", next_update_at=at("2026-04-06 15:00")),)
    ((_, _, _, content),) = entries(emitted(history(outage(updates=updates)), at("2026-04-06 14:40")), "feed")
    assert content == "<p>Wait.</p><p>Next update by Monday 6 April 2026, 15:00 UTC</p>"


def test_planned_work_without_an_instant_of_announcement_is_published_when_it_begins() -> None:
    silent = maintenance("2026-04-10 02:00", "2026-04-10 04:00", id="quiet")
    before, after = (emitted(history(silent), at(f"2026-04-{day} 12:00")) for day in ("09", "10"))
    assert entries(before, "feed") == []
    assert len(entries(after, "feed")) == 1


FEEDS = ("feed", "apologies", "promises/feed", "history")


@pytest.mark.parametrize("feed", FEEDS)
def test_an_item_in_another_language_leads_to_its_page_under_the_id_of_the_first_language(feed: str) -> None:
    apology = Section(kind=SectionKind.APOLOGY, heading="Apology", level=2, markdown="Sorry.", marked="Sorry.", line=1)
    promise = ActionItem(text="Watch the disks.", line=2)
    body = Postmortem(sections=(apology,), action_items=(promise,), published_at=at("2026-04-07 09:00"))
    context = site(history(outage(postmortem=body), of=catalog("web")), NOW)
    french = replace(context, urls=replace(context.urls, language="fr"))
    files, french_files = written(context), written(french)
    for form in ("rss", "atom") if feed == "history" else ("xml", "atom"):
        parsed, french_parsed = (feedparser.parse(f[f"{feed}.{form}"]).entries for f in (files, french_files))
        assert parsed
        assert [entry.id for entry in french_parsed] == [entry.id for entry in parsed] == [e.link for e in parsed]
        assert [e.link for e in french_parsed] == [e.link.replace("/incidents/", "/fr/incidents/") for e in parsed]
        if form != "atom":
            permanent, only_an_id = b'isPermaLink="true"', b'isPermaLink="false"'
            assert files[f"{feed}.{form}"].count(permanent) == len(parsed)
            assert french_files[f"{feed}.{form}"].count(only_an_id) == len(parsed)
    if feed != "history":
        item, french_item = (document(f, f"{feed}.json")["items"][0] for f in (files, french_files))
        assert french_item["id"] == item["id"]
        assert french_item["url"] == item["url"].replace("/incidents/", "/fr/incidents/")
