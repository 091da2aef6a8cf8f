"""Names and titles are words, whatever they look like: they appear as they were typed, and do nothing."""

from __future__ import annotations

import html
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from lxml import etree

from tests.sites.building import Built, Site, front, update_at

if TYPE_CHECKING:
    from tests.sites.outline import Outline

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "picture": "<img src=x onerror=alert(1)>",
    "closing": "</title></h1></div></body>",
    "comment": "--> <!-- ]]>",
    "quotes": '"It\'s" said \'she\' ` " onclick="alert(1)',
    "ampersand": "Cards & accounts &amp; &lt;b&gt; &copy &#60;",
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "percent": "100% off: %s %(x)s %d %% %(count)s %",
    "braces": "{0} {name} {}",
    "emoji": "Payments 💳 fail 👩🏽‍💻 in 🇳🇬",
    "right-to-left": "تعذّر الدفع بالبطاقة \u200f(مؤقتًا)",
    "markdown": "*not* `code` [no](link) # _it_ :smile: [[x]]",
    "long": "W" + "o" * 300 + "w",
    "backslash": r"C:\new\table \1 \g<0>",
}
IDS = {key: f"2026-05-{day:02}-{key}" for day, key in enumerate(HOSTILE, 1)}


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site with names that do no harm."""
    return _built(Site(tmp_path_factory.mktemp("plain")), dict.fromkeys(HOSTILE, "Harmless"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every hostile word as a title, a message, and the name of a component, a group and a third party."""
    return _built(Site(tmp_path_factory.mktemp("hostile")), HOSTILE)


def _built(site: Site, texts: dict[str, str]) -> Built:
    groups = [
        {
            "name": texts[key],
            "description": texts[key],
            "components": [{"id": key, "name": texts[key], "description": texts[key], "since": "2026-01-01"}],
        }
        for key in HOSTILE
    ]
    site.write("incidents/components.yml", yaml.safe_dump({"timezone": "UTC", "groups": groups}, allow_unicode=True))
    for day, key in enumerate(HOSTILE, 1):
        on = f"2026-05-{day:02}"
        site.write(
            f"incidents/{IDS[key]}.md",
            front(
                "## Root cause\n\nA cable.",
                title=texts[key],
                started=f"{on} 10:00",
                components={key: "major_outage"},
                upstream={"name": texts[key], "link": "https://example.org/?a=1&b=2"},
                updates=[update_at(f"{on} 10:05", "investigating"), update_at(f"{on} 11:00", "resolved")],
                postmortem={"published": f"{on} 12:00", "by": texts[key]},
            ),
        )
    # One more, open at the time of the build: its name is the headline.
    site.write(
        "incidents/2026-06-15-open.md",
        front(
            title=texts["script"],
            started="2026-06-15 10:00",
            components={"quotes": "major_outage"},
            updates=[update_at("2026-06-15 10:05", "investigating")],
        ),
    )
    site.write("incidents/2026-06-14-note.md", front(
        title=texts["quotes"], started="2026-06-14 10:00", impact="none", components=None, pinned=True, updates=None,
    ))  # fmt: skip
    site.write("incidents/2026-07-01-work.md", front(
        title=texts["picture"], scheduled={"from": "2026-07-01 10:00", "until": "2026-07-01 11:00"}, started=None,
        components=["percent"], updates=None,
    ))  # fmt: skip
    site.settings["site_name"] = "Cards & accounts" if texts is HOSTILE else "Harmless"
    return site.build()


def one_line(text: str) -> str:
    return " ".join(text.split())


def page_of(built: Built, key: str) -> Outline:
    return built.page(f"incidents/{IDS[key]}/index.html")


@pytest.mark.parametrize("key", HOSTILE)
def test_a_title_stands_in_its_page_as_it_was_typed(hostile: Built, key: str) -> None:
    page = page_of(hostile, key)
    text = one_line(HOSTILE[key])
    assert page.only("h1", id="now").text == text
    assert text in page.title
    assert text in page.meta("description")


@pytest.mark.parametrize("key", HOSTILE)
def test_names_stand_in_the_page_of_an_incident_as_they_were_typed(hostile: Built, key: str) -> None:
    page = page_of(hostile, key)
    text = one_line(HOSTILE[key])
    facts = page.all("p", class_="facts")
    assert [bold.text for fact in facts for bold in fact.all("b")] == [text]
    assert page.only("a", href="https://example.org/?a=1&b=2").text == text
    assert f"by {text}." in page.only("p", id="postmortem").text
    assert {table.only("tbody").all("td")[0].text for table in page.all("table")} == {text}


@pytest.mark.parametrize("key", HOSTILE)
def test_names_stand_in_the_status_page_as_they_were_typed(hostile: Built, key: str) -> None:
    text = one_line(HOSTILE[key])
    groups = hostile.page("index.html").all("details", class_="group")
    (group,) = [
        details for details in groups if details.only("summary").only("span", class_="name").text.startswith(text)
    ]
    assert group.only("ul").only("span", class_="name").text.startswith(text)
    assert any(text in figure.attributes["aria-label"] for figure in group.all("svg", role="group"))


@pytest.mark.parametrize("key", HOSTILE)
def test_a_title_stands_in_lists_as_it_was_typed(hostile: Built, key: str) -> None:
    text = one_line(HOSTILE[key])
    assert text in [link.text for link in hostile.page("history/2026/05/index.html").all("a")]


def test_the_headline_stands_as_it_was_typed(hostile: Built) -> None:
    page = hostile.page("index.html")
    assert page.only("h1", id="now").only("a").text == HOSTILE["script"]
    assert page.title == f"Partial outage: {HOSTILE['script']} – Cards & accounts"
    assert HOSTILE["script"] in page.meta("description")


@pytest.mark.parametrize("key", HOSTILE)
def test_search_finds_a_title_and_shows_it_as_it_was_typed(hostile: Built, key: str) -> None:
    """Material puts what is in the index on the page as HTML."""
    docs = json.loads(hostile.files["search/search_index.json"])["docs"]
    titles = [doc["title"] for doc in docs if doc["location"].startswith(f"incidents/{IDS[key]}/")]
    assert one_line(html.unescape(titles[0])) == one_line(HOSTILE[key])
    assert not any("<" in doc["title"] for doc in docs)
    assert not any("<script" in doc["text"] or "<img" in doc["text"] for doc in docs)


@pytest.mark.parametrize("key", HOSTILE)
def test_a_feed_has_a_title_and_names_as_they_were_typed(hostile: Built, key: str) -> None:
    feed = etree.fromstring(hostile.files["feed.xml"])
    titles = [one_line(item.findtext("title")) for item in feed.iter("item") if IDS[key] in item.findtext("link")]
    assert set(titles) == {
        f"{stage}: {one_line(HOSTILE[key])}" for stage in ("Postmortem", "Investigating", "Resolved")
    }
    categories = {one_line(category.text) for item in feed.iter("item") for category in item.iter("category")}
    assert one_line(HOSTILE[key]) in categories


def test_names_bring_no_element_into_any_page(hostile: Built, plain: Built) -> None:
    """Page by page, a site with hostile names has the elements that the same site with harmless ones has."""
    assert hostile.pages == plain.pages
    for path in hostile.pages:
        page = hostile.page(path)
        assert page.faults == [], path
        assert elements(page) == elements(plain.page(path)), path
        assert [
            element for element in page.walk() if any(name.startswith("on") for name in element.attributes)
        ] == [], path


def elements(page: Outline) -> Counter[str]:
    return Counter(element.tag for element in page.walk())


def test_every_file_that_programs_read_can_be_read(hostile: Built) -> None:
    for path, content in hostile.files.items():
        if path.endswith((".xml", ".rss", ".atom", ".svg")):
            etree.fromstring(content)
        if path.endswith(".json"):
            json.loads(content)
