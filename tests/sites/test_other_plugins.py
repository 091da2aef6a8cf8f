"""Beside other plugins, each of which sees our pages like any other, and none of which breaks them."""

from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.sites.building import ADDRESS, Built, Site, front

if TYPE_CHECKING:
    from collections.abc import Sequence

MATERIAL_S_OWN = "unpkg.com/mermaid"
"""Privacy finds this address in Material's own script, on any site, and would fetch what lies there."""
RSS = {"rss": {"use_git": False}}
POST = "---\ndate: 2026-05-01\ntags: [people]\n---\n\n# Hello\n\nFirst post.\n"
ORDERS: dict[str, list[Any]] = {
    "named last": ["search", "tags", "blog", "privacy", RSS, "incidents"],
    "named first": ["incidents", RSS, "privacy", "blog", "tags", "search"],
}


@pytest.fixture(scope="session", params=ORDERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with a blog, tags, search, privacy and a feed of all its pages; nothing may be fetched from anywhere."""

    def offline(*_: object, **__: object) -> None:
        raise AssertionError("a status site was about to ask someone else's server")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", offline)
        return beside(Site(tmp_path_factory.mktemp("beside")), ORDERS[request.param])


def beside(site: Site, plugins: Sequence[Any]) -> Built:
    site.settings["plugins"] = list(plugins)
    site.write("docs/tags.md", "# Tags\n\n<!-- material/tags -->\n")
    site.write("docs/about.md", "---\ntags: [people]\n---\n\n# About *us* & more\n")
    site.write("docs/contact-us.md", "---\ntitle: Q & A\n---\n\n# Questions\n")
    site.write("docs/terms-of-use.md", "They change.\n")
    site.write("docs/blog/index.md", "# News\n")
    site.write("docs/blog/posts/hello.md", POST)
    site.write("incidents/2026-05-04-first.md", front("## Root cause\n\nA *cable*.\n", title="Cards & accounts"))
    return site.build()


def test_our_pages_are_whole(built: Built) -> None:
    assert [warning for warning in built.warnings if MATERIAL_S_OWN not in warning] == []
    page = built.page("incidents/2026-05-04-first/index.html")
    assert page.faults == []
    assert page.only("h1").text == "Cards & accounts"
    assert page.only("section", aria_labelledby="root-cause").only("em").text == "cable"
    assert built.page("index.html").only("h1", id="now").text == "We know of no problems"
    assert "#update-20260504-1005" in built.text("feed.xml")


def test_their_pages_are_whole_and_lead_to_our_feed(built: Built) -> None:
    assert "First post." in built.text("blog/2026/05/01/hello/index.html")
    assert "About us &amp; more" in built.text("tags/index.html")
    assert "feed.xml" in built.text("blog/index.html")


def test_the_menu_has_the_title_of_each_of_their_pages(built: Built) -> None:
    """From its front matter, its heading, or the name of its file, as there is no `nav`."""
    (menu,) = built.page("index.html").all("nav", aria_label="Status pages")
    labels = [link.text for link in menu.all("a")]
    assert labels[-6:] == ["Subscribe", "About us & more", "Q & A", "Tags", "Terms of use", "Blog"]


def test_a_feed_of_all_pages_has_the_generated_pages(built: Built) -> None:
    feed = etree.fromstring(built.files["feed_rss_created.xml"])
    descriptions = {item.findtext("link"): item.findtext("description") for item in feed.iter("item")}
    assert descriptions[f"{ADDRESS}incidents/2026-05-04-first/"]
    assert descriptions[f"{ADDRESS}history/"]


def test_search_finds_titles_and_text_of_both(built: Built) -> None:
    docs = {doc["location"]: doc for doc in json.loads(built.files["search/search_index.json"])["docs"]}
    assert docs["incidents/2026-05-04-first/"]["title"] == "Cards &amp; accounts"
    assert any("First post" in doc["text"] for doc in docs.values())


def test_a_site_without_search_has_no_index(site: Site) -> None:
    site.settings["plugins"] = ["incidents"]
    site.write("incidents/2026-05-04-first.md", front())
    assert "search/search_index.json" not in site.build(strict=True).files


def test_the_search_of_mkdocs_itself_finds_incidents(site: Site) -> None:
    """As it is in a theme of another name that extends Material, unless the site names `material/search`."""
    site.settings["plugins"] = ["/search", "incidents"]
    site.write("incidents/2026-05-04-first.md", front())
    for _ in range(2):  # a second build could keep pages of the first
        docs = json.loads(site.build(strict=True).text("search/search_index.json"))["docs"]
        assert "incidents/2026-05-04-first/" in {doc["location"] for doc in docs}


LANGUAGES = [{"locale": "en", "default": True, "name": "English"}, {"locale": "de", "name": "Deutsch"}]


@pytest.fixture(scope="session", params=["suffix, named last", "folder, named first"])
def in_two_languages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose own pages are in English and in German; mkdocs-static-i18n builds it once for each."""
    structure, order = request.param.split(", ")
    site = Site(tmp_path_factory.mktemp("languages"))
    i18n = {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}
    plugins = ["search", {"incidents": {"markdown_copies": True}}]
    site.settings["plugins"] = [*plugins, i18n] if order == "named first" else [i18n, *plugins]
    for page, title in (("index", "Added"), ("about", "About")):
        for language in ("en", "de"):
            path = f"{language}/{page}.md" if structure == "folder" else f"{page}.{language}.md"
            site.write(f"docs/{path}", f"# {title}\n\n{title} in {language}.\n")
    site.write("incidents/2026-05-04-first.md", front("![Cable](cable.png)\n"))
    site.write("incidents/cable.png", b"PNG")
    return site.build(strict=True)


def test_the_status_site_stands_once_in_the_default_language(in_two_languages: Built) -> None:
    status = in_two_languages.page("index.html")
    assert status.only("h1", id="now").text == "We know of no problems"
    assert status.only("section", aria_label="More").text == "Added in en."
    for path in ("incidents/2026-05-04-first/index.html", "incidents/cable.png", "feed.xml", "history/index.html"):
        assert path in in_two_languages.files
        assert f"de/{path}" not in in_two_languages.files


def test_pages_of_the_status_site_lead_to_the_home_page_of_each_language(in_two_languages: Built) -> None:
    for path in ("index.html", "incidents/2026-05-04-first/index.html", "history/index.html", "404.html"):
        found = re.findall(r'<link rel="alternate" href="([^"]*)" hreflang="(..)">', in_two_languages.text(path))
        assert found == [("/", "en"), ("/de/", "de")], path
    assert '<link rel="alternate" href="../de/about/" hreflang="de">' in in_two_languages.text("about/index.html")


def test_with_a_blog_in_two_languages_files_of_another_plugin_have_our_part_after_the_last_language(site: Site) -> None:
    """The blog lets the sitemap list our pages; a plugin writes its files again in the build of each language."""
    i18n = {"i18n": {"docs_structure": "suffix", "languages": LANGUAGES}}
    site.settings |= {"plugins": ["blog", i18n, "incidents"], "hooks": ["llms.py", "feed.py"]}
    site.write("llms.py", _writes("llms.txt", "# Theirs\n"))
    site.write("feed.py", _writes("feed.xml", "<rss/>"))
    for page in ("docs/index.en.md", "docs/index.de.md", "docs/blog/index.md"):
        site.write(page, "# Added\n")
    site.write("docs/blog/posts/hello.md", POST)
    site.write("incidents/a.md", front())
    built = site.build()
    assert "blog/index.html" in built.files
    assert f"<loc>{ADDRESS}incidents/a/</loc>" in built.text("sitemap.xml")
    assert [line for line in built.text("llms.txt").splitlines() if line.startswith("#")] == [
        *("# Theirs", "## Status pages", "## Newest incidents")
    ]
    overwritten = [warning for warning in built.warnings if "overwritten" in warning]
    assert len(overwritten) == 1, "it is not said once for each language"


def test_the_site_s_own_pages_stand_in_each_language(in_two_languages: Built) -> None:
    assert "About in en." in in_two_languages.text("about/index.html")
    assert "About in de." in in_two_languages.text("de/about/index.html")
    assert "Added in de." in in_two_languages.text("de/index.html")


def test_feeds_have_the_whole_notice_where_another_plugin_takes_its_page_away(site: Site) -> None:
    site.settings["hooks"] = ["hook.py"]
    site.write("hook.py", "def on_files(files, **_):\n    files.remove(files.get_file_from_path('incidents/a.md'))\n")
    body = "## Timeline\n\n- 10:05 — It *breaks*\n\n## Action items\n\n- [ ] Mend *it*\n"
    site.write("incidents/a.md", front(body, impact="minor", postmortem={"published": "2026-05-06"}))
    built = site.build()
    assert "incidents/a/index.html" not in built.files
    postmortem = json.loads(built.text("incidents/a.json"))["postmortem"]
    assert [entry["html"] for entry in postmortem["timeline"]] == ["It <em>breaks</em>"]
    assert [item["html"] for item in postmortem["action_items"]] == ["Mend <em>it</em>"]
    assert "Mend <em>it</em>" in etree.fromstring(built.files["feed.xml"]).xpath("string()")


def test_a_plugin_that_makes_a_document_of_each_text_changes_no_page(site: Site) -> None:
    """As parsers of HTML do, which also move comments before the document, such as that of mkdocs-glightbox."""
    site.settings["plugins"] = ["incidents"]
    script = "<script>const t = '<body>hi</body>';</script>"
    site.write("docs/index.md", f"# Welcome\n\nAdded.\n\n{script}\n")
    site.write("incidents/a.md", front("## Root cause\n\nA *cable*.\n\n```html\n<body>\n```\n"))
    site.write(
        "hook.py",
        "import re\n\n"
        "def on_page_content(html, **_):\n"
        "    comments = re.match(r'(?:\\s*<!--.*?-->)*', html)[0]\n"
        "    text = html[len(comments):]\n"
        "    return f'<!DOCTYPE html>{comments}<html><head></head><body class=\"a\">{text}</body></html>'\n",
    )
    alone = site.build(into="alone")
    site.settings["hooks"] = ["hook.py"]
    beside = site.build(strict=True)
    assert "&lt;body&gt;" in alone.text("incidents/a/index.html")
    assert script in alone.text("index.html")
    assert beside.files == alone.files


def test_llms_txt_of_another_plugin_has_our_sections_behind_its_own(site: Site) -> None:
    site.settings["hooks"] = ["hook.py"]
    theirs = "# Their site\n\n## About\n\n- [About us](https://status.example.org/about.md)\n"
    site.write("hook.py", _writes("llms.txt", theirs))
    site.write("incidents/a.md", front())
    index = site.build(strict=True).text("llms.txt")
    assert index.startswith(theirs)
    assert [line for line in index.splitlines() if line.startswith("#")] == [
        *("# Their site", "## About", "## Status pages", "## Newest incidents")
    ]
    assert f"[It broke]({ADDRESS}incidents/a.md)" in index


def test_the_markdown_copy_of_a_page_is_ours_whatever_another_plugin_wrote_there(site: Site) -> None:
    site.write("incidents/a.md", front())
    alone = site.build(into="alone").text("index.md")
    site.settings["hooks"] = ["hook.py"]
    site.write("hook.py", _writes("index.md", "# Status\n"))
    assert site.build(strict=True).text("index.md") == alone


def test_what_a_hook_adds_to_our_files_stays(site: Site) -> None:
    contact = "\n## Contact\n\n- [Us](https://example.org/)\n"
    paths = ("llms.txt", "history.md", "feed.xml")
    site.write("incidents/a.md", front())
    alone = site.build(into="alone")
    site.settings["hooks"] = ["hook.py"]
    site.write(
        "hook.py",
        "from pathlib import Path\n\n"
        "def on_post_build(config, **_):\n"
        f"    for path in {paths}:\n"
        f"        with Path(config.site_dir, path).open('a') as file:\n            file.write({contact!r})\n",
    )
    built = site.build(strict=True)
    assert [built.text(path) for path in paths] == [alone.text(path) + contact for path in paths]


def test_a_build_warns_of_what_another_plugin_overwrites_and_cannot_be_put_back(site: Site) -> None:
    site.settings["hooks"] = ["feed.py", "llms.py"]
    site.write("feed.py", _writes("feed.xml", "<rss/>"))
    site.write("llms.py", _writes("llms.txt", "# Über uns\n", encoding="latin-1"))
    site.write("incidents/a.md", front())
    built = site.build()
    assert built.text("feed.xml") == "<rss/>"
    assert built.files["llms.txt"] == "# Über uns\n".encode("latin-1")
    of_llms, of_feed = sorted(built.warnings, key=lambda warning: "feed.xml" in warning)
    assert "another plugin has overwritten feed.xml of the status site" in of_feed
    assert "another plugin has overwritten llms.txt" in of_llms
    assert "not in UTF-8" in of_llms


def test_other_plugins_read_a_heading_on_every_page_that_is_no_incident(site: Site) -> None:
    site.settings["hooks"] = ["hook.py"]
    site.write("hook.py", "def on_page_content(html, page, **_):\n    assert '<h1' in html, page.file.src_uri\n")
    site.write("docs/history.md", "---\ntitle: What happened\n---\n\nAdded.\n")
    built = site.build(strict=True)
    assert [heading.text for heading in built.page("index.html").all("h1")] == ["We know of no problems"]
    assert built.page("history/index.html").only("section", aria_label="More").text == "Added."


def test_links_in_included_text_lead_from_the_file_of_an_incident(site: Site) -> None:
    """As mkdocs-include-markdown-plugin writes them, which knows the file and not its path in docs_dir."""
    site.settings["hooks"] = ["hook.py"]
    included = (
        "[us](../../docs/about.md#who) ![Plan](../../docs/plan.png)\n\n[other]\n\n[other]: ../../docs/other%20page.md"
        '\n\n<img alt="" src="../../docs/plan.png">'
    )
    site.write(
        "hook.py", f"def on_page_markdown(markdown, **_):\n    return markdown.replace('INCLUDED', {included!r})\n"
    )
    site.write("docs/about.md", "# About us\n\n## Who\n")
    site.write("docs/other page.md", "# Other\n")
    site.write("docs/plan.png", b"PNG")
    site.write(
        "incidents/2026/a.md", front("## Impact\n\nINCLUDED\n", impact="minor", postmortem={"published": "2026-05-06"})
    )
    built = site.build(strict=True)
    impact = built.page("incidents/a/index.html").only("section", aria_labelledby="impact")
    assert [link.attributes["href"] for link in impact.all("a")] == ["../../about/#who", "../../other%20page/"]
    assert [image.attributes["src"] for image in impact.all("img")] == ["../../plan.png", "../../plan.png"]
    assert f"{ADDRESS}about/#who" in built.text("feed.xml")


def _writes(path: str, text: str, *, encoding: str = "utf-8") -> str:
    """A hook that writes a file after the site is built."""
    return (
        "from pathlib import Path\n\n"
        f"def on_post_build(config, **_):\n    Path(config.site_dir, {path!r}).write_text({text!r}, {encoding!r})\n"
    )
