"""Entries and promises are the host's own HTML, in every output: pictures, links, footnotes, lists and tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import html

from tests.sites.building import ADDRESS, Site, front

if TYPE_CHECKING:
    from tests.sites.building import Built

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)
BODY = """\
## Timeline

Read off the log of the balancer, see [the map](https://example.org/map).

- 10:00 — **Detected:** the graph drops ![the graph of requests](graph.png)
- 10:10 — The same as [in April](b.md), [as its plan][plan] says.[^plan]
- 10:20 — We try, in this order:
  - a restart of *one* server
  - a restart of {{ all_servers }}
- 10:30 — Nothing helps

  A second paragraph, with `code`.

| Server | Requests |
|--------|----------|
| west-1 | 4 %      |

Words behind the entries.

## Action items

Agreed on Monday:

- [ ] An alarm as [in April](b.md)[^alarm] (@Web team, due 2026-12-01)
    - one that rings
- [x] The plan is **tested**, see ![its picture](graph.png) (@Web team, done 2026-05-20)

We look at them each month.

## Apology

We are sorry. You could not work for an hour.

— Web team

[plan]: https://example.org/plan
[^plan]: Written in 2024.
[^alarm]: The one at night.
"""
TABLE = """\
## Timeline

| Time (UTC) | What | Where |
|------------|------|-------|
| 10:00 | It [breaks](a.md) | **west** |
| 10:30 | It works | east |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("marked"))
    site.settings["markdown_extensions"] = ["footnotes", "tables", "attr_list", {"pymdownx.tasklist": {}}]
    site.write("incidents/graph.png", PIXEL)
    site.write("incidents/a.md", front(BODY, postmortem={"published": "2026-05-06"}))
    site.write("incidents/b.md", front(TABLE, title="In April", postmortem={"published": "2026-05-06"}))
    return site.build()


def page_of(built: Built, path: str) -> Any:
    return html.fromstring(built.text(path))


def document(built: Built, notice: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built.text(f"incidents/{notice}.json"))["postmortem"]
    return found


def innermost(page: Any, text: str, tag: str = "li") -> Any:
    """The innermost element of a tag that has these words."""
    return [found for found in page.iter(tag) if text in " ".join(found.text_content().split())][-1]


def test_nothing_of_our_marks_reaches_anybody_and_no_mark_is_lost(built: Built) -> None:
    assert not [path for path, content in built.files.items() if b"<!-- incidents:" in content]
    assert not [warning for warning in built.warnings if "lost" in warning]


def test_an_entry_on_the_page_has_its_picture_its_links_and_its_footnote(built: Built) -> None:
    page = page_of(built, "incidents/a/index.html")
    pictures = page.xpath("//*[starts-with(@id, 'entry-')]//img/@alt")
    links = page.xpath("//*[starts-with(@id, 'entry-')]//a/@href")
    assert pictures == ["the graph of requests"]
    assert "../b/" in links
    assert "https://example.org/plan" in links
    assert any(link.startswith("#fn:") for link in links)
    assert page.xpath("//*[@id='fn:plan']")


def test_what_is_nested_in_an_entry_stays_in_it(built: Built) -> None:
    (entry,) = page_of(built, "incidents/a/index.html").xpath("//*[@id='entry-20260504-1020']")
    assert [" ".join(item.text_content().split()) for item in entry.xpath(".//li")] == [
        "a restart of one server",
        "a restart of {{ all_servers }}",
    ]
    (entry,) = page_of(built, "incidents/a/index.html").xpath("//*[@id='entry-20260504-1030']")
    assert "A second paragraph, with code." in entry.text_content()
    assert [code.text for code in entry.iter("code")] == ["code"]


def test_text_before_and_behind_the_list_keeps_its_place(built: Built) -> None:
    text = built.page("incidents/a/index.html").only("body").text
    places = [text.index(passage) for passage in (
        "Read off the log", "Nothing helps", "west-1", "Words behind the entries", "Agreed on Monday",
        "The plan is tested", "We look at them each month", "We are sorry",
    )]  # fmt: skip
    assert places == sorted(places)


def test_the_cells_of_a_table_stand_below_their_headers(built: Built) -> None:
    first, second = document(built, "b")["timeline"]
    assert " ".join(html.fromstring(f"<div>{first['html']}</div>").text_content().split()) == (
        "What: It breaksWhere: west"
    )
    assert f'href="{ADDRESS}incidents/a/"' in first["html"]
    assert "<strong>west</strong>" in first["html"]
    assert "It works" in second["html"]


def test_on_the_page_of_all_promises_the_links_are_of_that_page(built: Built) -> None:
    page = page_of(built, "promises/index.html")
    row = innermost(page, "An alarm as in April")
    assert "../incidents/b/" in row.xpath(".//a/@href")
    (picture,) = set(page.xpath("//img[@alt='its picture']/@src"))
    assert picture == "../incidents/graph.png"
    assert page.xpath("//strong[text()='tested']")


def test_programs_get_html_beside_the_markdown(built: Built) -> None:
    postmortem = document(built, "a")
    first, second, *_ = postmortem["timeline"]
    assert first["text"] == "**Detected:** the graph drops ![the graph of requests](graph.png)"
    assert f'src="{ADDRESS}incidents/graph.png"' in first["html"]
    assert second["text"].startswith("The same as [in April](b.md)")
    assert f'href="{ADDRESS}incidents/b/"' in second["html"]
    assert 'href="https://example.org/plan"' in second["html"]
    alarm, plan = postmortem["action_items"]
    assert alarm["text"].startswith("An alarm as [in April](b.md)[^alarm]")
    assert f'href="{ADDRESS}incidents/b/"' in alarm["html"]
    assert "@Web team" not in alarm["html"]
    assert "<strong>tested</strong>" in plan["html"]


@pytest.mark.parametrize("feed", ["feed.xml", "feed.atom"])
def test_a_feed_has_full_addresses_and_the_footnotes(built: Built, feed: str) -> None:
    parsed = feedparser.parse(built.files[feed], sanitize_html=False, resolve_relative_uris=False)
    (content,) = (entry.content[0].value for entry in parsed.entries if entry.id.endswith("incidents/a/#postmortem"))
    links = [link for _, _, link, _ in html.fromstring(content).iterlinks()]
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    assert f"{ADDRESS}incidents/b/" in links
    assert f"{ADDRESS}incidents/graph.png" in links
    assert "Written in 2024." in content


def test_a_footnote_of_another_section_is_no_part_of_the_apology(built: Built) -> None:
    (apology,) = json.loads(built.text("apologies.json"))["items"]
    assert "We are sorry." in apology["content_html"]
    assert "Written in 2024." not in apology["content_html"]
    assert "The one at night." not in apology["content_html"]
    assert apology["authors"] == [{"name": "Web team"}]


@pytest.mark.parametrize(("left_open", "swallows"), [
    ("<div>", True), ("<section>\n<p>", True), ("<!-- <div>", False), ("<div markdown>", False), ("```text", False),
])  # fmt: skip
def test_what_is_left_open_swallows_no_entry_and_is_reported_where_it_would(
    site: Site, left_open: str, swallows: bool
) -> None:
    promises = "## Action items\n\n- [ ] Mend *it* (@Web, due 2026-12-01)\n"
    body = (
        f"## Summary\n\n{left_open}\n\nText.\n\n## Timeline\n\n- 10:00 — It *breaks*\n- 10:30 — It works\n\n{promises}"
    )
    site.settings["markdown_extensions"] = ["md_in_html"]
    site.write("incidents/a.md", front(body, postmortem={"published": "2026-05-06"}))
    built = site.build()
    postmortem = document(built, "a")
    assert [entry["html"] for entry in postmortem["timeline"]] == ["It <em>breaks</em>", "It works"]
    assert [item["html"] for item in postmortem["action_items"]] == ["Mend <em>it</em>"]
    text = built.page("incidents/a/index.html").only("body").text
    assert "It breaks" in text
    assert "*breaks*" not in text
    assert b"<!-- incidents:" not in built.files["incidents/a/index.html"]
    assert (
        any("a.md: 3 of its entries and action items lost their place" in warning for warning in built.warnings)
        is swallows
    )


def test_a_mark_that_another_plugin_removes_is_reported_and_its_entry_is_rendered_by_itself(site: Site) -> None:
    site.settings["hooks"] = ["hooks.py"]
    site.write(
        "hooks.py", "def on_page_content(html, **_):\n    return html.replace('<!-- incidents:entry 1 -->', '')\n"
    )
    site.write("incidents/a.md", front("## Timeline\n\n- 10:00 — It *breaks*\n- 10:30 — It *works*\n"))
    built = site.build()
    assert [entry["html"] for entry in document(built, "a")["timeline"]] == ["It <em>breaks</em>", "It <em>works</em>"]
    assert next(warning for warning in built.warnings if "lost" in warning).startswith(
        "mkdocs_incidents: a.md: 1 of its entries"
    )


def test_a_postmortem_has_lists_below_sentences_and_links_for_bare_addresses(site: Site) -> None:
    timeline = "## Timeline\n\n- 10:00 — See https://a.example/graph.\n"
    site.write("incidents/a.md", front(f"## Impact\nWhat failed:\n- cards, as https://b.example/ says\n\n{timeline}"))
    page = site.build(strict=True).text("incidents/a/index.html")
    assert '<li>cards, as <a href="https://b.example/">https://b.example/</a> says</li>' in page
    assert '<a href="https://a.example/graph">https://a.example/graph</a>.' in page


def test_a_build_reports_once_how_many_sections_are_partly_read(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    unread = "## Timeline\n\n- 10:00 — It breaks\n- 25:00 — It works\n- 26:00 — It works\n"
    for name in ("a", "b"):
        site.write(f"incidents/{name}.md", front(unread))
    site.write("incidents/c.md", front("## Timeline\n\n- 10:00 — It breaks\n"))
    with caplog.at_level("INFO"):
        site.build(strict=True)
    records = [record for record in caplog.records if "not read" in record.getMessage()]
    assert [
        (record.levelname, record.getMessage().startswith("mkdocs_incidents: 2 sections")) for record in records
    ] == [("INFO", True)]


def test_a_build_whose_sections_are_all_read_reports_none(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.write("incidents/c.md", front("## Timeline\n\n- 10:00 — It breaks\n"))
    with caplog.at_level("INFO"):
        site.build()
    assert not [record for record in caplog.records if "not read" in record.getMessage()]
