"""What an author leaves open, or types in a hurry, stays inside its own message or section."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Built, Site, front, update_at

if TYPE_CHECKING:
    from tests.sites.outline import Element, Outline

NASTY = {
    "unclosed div": "<div>\n\nleft open",
    "closing divs": "</div></div></section></body></html>",
    "unclosed fence": "```\nleft open",
    "unclosed tilde fence": "~~~~ python\nleft open",
    "unclosed comment": "<!-- left open",
    "comment closed": "--> text",
    "script": "<script>alert(1)</script>",
    "unclosed script": "<script>\nalert(1)",
    "style": "<style>body{display:none}</style>",
    "unclosed style": "<style>\nbody{",
    "title": "<title>mine",
    "textarea": "<textarea>",
    "plaintext": "<plaintext>",
    "table": "<table><tr><td>",
    "details": "<details><summary>more\n\ntext",
    "form": '<form action="https://evil.example/"><input name="password"><button>Send</button>',
    "frame": '<iframe src="https://evil.example/"></iframe><object data="x"></object><embed src="x">',
    "base": '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "picture": '<img src="x" onerror="alert(1)">',
    "svg": '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    "placeholder": "Send <api-version> and <your key>",
    "less than": "a < b and b > c, <3 and x<y",
    "link": "[click](javascript:alert(1)) and [click](JaVaScRiPt:alert(1)) and [click](data:text/html,x)",
    "hidden link": "[click](java&#115;cript:alert(1)) and [click](&#106;avascript:alert(1))",
    "html link": '<a href="javascript:alert(1)">click</a>',
    "reference": "[click][ref]\n\n[ref]: javascript:alert(1)",
    "attributes": 'Press *here*{: onclick="alert(1)" } now\n{: onmouseover="alert(1)" style="position:fixed" }',
    "marks": "<!-- incidents:section 0 -->\n\nstolen\n\n<!-- incidents:section 1 -->\n\nstolen",
    "quoted mark": "Text `<!-- incidents:section 1 -->` text",
    "headings": "### Now\n\nx\n\n### Updates\n\nx\n\n### Follow\n\nx\n\n##### Affected\n\nx",
    "heading of an update": "## Update 20260504 1005\n\nx",
    "template": "{{ 7*7 }} {% include 'main.html' %} {{ config.site_name }}",
    "footnote": "A note[^1]\n\n[^1]: below",
    "heading": "# First\n\n## Second\n\ntext",
    "deep": "> " * 60 + "deep",
    "brackets": "[" * 200,
    "metadata": "Update: we look into it, *all* of us.",
    "admonition": '!!! danger "<script>alert(1)</script>"\n    inside',
}
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "tables",
    {"toc": {"permalink": True}}, "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences",
]  # fmt: skip


def id_of(key: str) -> str:
    return "2026-05-04-" + key.replace(" ", "-")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An incident for each, with it as a message and as a section between two innocent ones."""
    site = Site(tmp_path_factory.mktemp("contained"))
    site.settings["markdown_extensions"] = EXTENSIONS
    for key, text in {**NASTY, "innocent": "Nothing to see."}.items():
        site.write(
            f"incidents/{id_of(key)}.md",
            front(
                f"## Summary\n\nBefore it.\n\n## Root cause\n\n{text}\n\n## Resolution\n\nAfter it.\n",
                title="It broke",
                updates=[
                    update_at("2026-05-04 10:05", "investigating", "First word."),
                    update_at("2026-05-04 10:20", "identified", text),
                    update_at("2026-05-04 11:00", "resolved", "Last word."),
                ],
                postmortem={"published": "2026-05-05 12:00"},
            ),
        )
    return site.build()


@pytest.fixture(params=NASTY)
def page(request: pytest.FixtureRequest, built: Built) -> Outline:
    return built.page(f"incidents/{id_of(request.param)}/index.html")


@pytest.fixture
def innocent(built: Built) -> Outline:
    return built.page(f"incidents/{id_of('innocent')}/index.html")


def section(page: Outline, anchor: str) -> Element:
    found = page.only("section", aria_labelledby=anchor)
    assert [element.tag for element in found.ancestors][:3] == ["div", "div", "div"], "not where sections are"
    return found


def test_the_frame_of_the_page_stands(page: Outline, innocent: Outline) -> None:
    assert page.faults == []
    for outline in (page, innocent):
        (footer,) = outline.all("footer", class_="mi-foot")
        assert [above.tag for above in footer.ancestors] == ["div", "body", "html", ""]
    here = iter(landmarks(page))
    assert [landmark for landmark in landmarks(innocent) if landmark not in here] == [], (
        "a section is gone, or out of order"
    )
    assert page.title == innocent.title


def landmarks(page: Outline) -> list[str]:
    """The sections of the page, in their order; those an author's own headings made are among them."""
    return [heading.attributes["id"] for heading in page.all("h2") if not heading.inside("div", class_="voice")]


def test_the_sections_before_and_after_it_are_whole(page: Outline, innocent: Outline) -> None:
    for anchor in ("summary", "resolution", "affected", "follow"):
        assert section(page, anchor).text.startswith(section(innocent, anchor).text), "footnotes stand at the very end"


def test_the_updates_before_and_after_it_are_whole(page: Outline) -> None:
    first_and_last = page.only("li", id="update-20260504-1005"), page.only("li", id="update-20260504-1100")
    assert [update.only("div", class_="voice").text for update in first_and_last] == ["First word.", "Last word."]
    assert page.only("li", id="update-20260504-1020").parent is first_and_last[0].parent


def test_no_address_inside_the_page_is_given_twice(page: Outline) -> None:
    assert [id_ for id_, count in Counter(page.ids).items() if count > 1] == []


def test_nothing_of_it_runs(page: Outline, innocent: Outline) -> None:
    def active(page: Outline) -> list[str]:
        return [e.tag for e in page.all() if e.tag in {"script", "style", "iframe", "object", "embed", "base", "form"}]

    assert active(page) == active(innocent)
    for element in page.walk():
        assert not [name for name in element.attributes if name.startswith("on")], element
        for name in ("href", "src", "action", "data"):
            assert element.attributes.get(name, "").partition(":")[0].strip().lower() not in {
                "javascript",
                "data",
                "vbscript",
            }
    assert not [meta for meta in page.all("meta") if "http-equiv" in meta.attributes]


def message(built: Built, key: str) -> str:
    page = built.page(f"incidents/{id_of(key)}/index.html")
    return page.only("li", id="update-20260504-1020").only("div", class_="voice").text


@pytest.mark.parametrize(
    "key", ["unclosed div", "comment closed", "script", "placeholder", "less than", "template", "svg", "title"]
)
def test_an_angle_bracket_in_a_message_stands_for_itself(built: Built, key: str) -> None:
    assert message(built, key) == " ".join(NASTY[key].split())


def test_a_message_that_looks_like_metadata_is_shown_everywhere(built: Built) -> None:
    rendered = "Update: we look into it, <em>all</em> of us."
    assert message(built, "metadata") == "Update: we look into it, all of us."
    updates = json.loads(built.files[f"incidents/{id_of('metadata')}.json"])["updates"]
    assert updates[1]["html"] == f"<p>{rendered}</p>"
    assert rendered in built.text("history.rss").replace("&lt;", "<").replace("&gt;", ">")


def test_a_template_in_a_section_stands_for_itself(built: Built) -> None:
    page = built.page(f"incidents/{id_of('template')}/index.html")
    assert NASTY["template"] in section(page, "root-cause").text


def test_section_marks_of_an_author_move_nothing(built: Built) -> None:
    page = built.page(f"incidents/{id_of('marks')}/index.html")
    assert section(page, "root-cause").text.count("stolen") == 2


def test_a_feed_carries_each_message_whole_and_nothing_that_runs(built: Built) -> None:
    from lxml import etree  # noqa: PLC0415  only this test reads XML

    feed = etree.fromstring(built.files["feed.xml"])
    texts = ["".join(item.itertext()) for item in feed.iter("item")]
    assert texts
    assert not [text for text in texts if "<script" in text or "<iframe" in text or "onerror=" in text]
