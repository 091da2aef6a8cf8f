"""Messages under whatever Markdown extensions a site has: the public reads every word that was typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.config import load_config

from mkdocs_incidents.render.fragments import Fragments
from tests.render.test_fragments import with_postmortem

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from markdown import Markdown

FOR_DOCUMENTS = ["meta", "abbr", "footnotes", "toc", "md_in_html", "pymdownx.snippets"]
WIDE = [
    *FOR_DOCUMENTS,
    *("admonition", "attr_list", "def_list", "fenced_code", "legacy_attrs", "nl2br", "sane_lists", "smarty", "tables"),
    *("wikilinks", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.emoji", "pymdownx.escapeall", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys"),
    *("pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar", "pymdownx.saneheaders", "pymdownx.smartsymbols"),
    *("pymdownx.striphtml", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
    *("pymdownx.blocks.admonition", "pymdownx.blocks.caption", "pymdownx.blocks.definition", "pymdownx.blocks.details"),
    *("pymdownx.blocks.html", "pymdownx.blocks.tab", "pymdownx.fancylists", "pymdownx.quotes"),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without pages, with a file that a message could include."""
    folder = tmp_path_factory.mktemp("messages")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: X\ntheme: {name: material}\nplugins: []\n", encoding="utf-8")
    (folder / "secret.md").write_text("The password is swordfish.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def wide(folder: Path) -> Fragments:
    return fragments(folder, WIDE)


def fragments(folder: Path, extensions: list[Any]) -> Fragments:
    snippets = {"base_path": [str(folder)]}
    config = load_config(str(folder / "mkdocs.yml"), markdown_extensions=[e for e in extensions if isinstance(e, str)])
    config.mdx_configs["pymdownx.snippets"] = snippets
    config.markdown_extensions += [e for e in extensions if not isinstance(e, str)]
    return Fragments(config)


class _Text(HTMLParser):
    """What stands on the page: neither attributes nor elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def text(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join(reader.text.split())


def words(typed: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Update: we look into it, *all* of us.",
        "Update: we look into it.\nNext: by noon.\n\nIt is *bad*.",
        "---\nUpdate: we look into it\n---\n\nIt is *bad*.",
        "[Update]: resolved",
        "[Update]: https://example.org/ 'All is well'",
        "*[Update]: we look into it",
        "[^1]: Note of ours",
        "Text[^1]\n\n[^1]: Note",
        "[TOC]",
        "We see [TOC] *here*",
        '--8<-- "secret.md"',
        "--8<--\nsecret.md\n--8<--",
        "!!! we are down",
        "??? we are down",
        "/// we are down\nnow\n///",
        '=== "Cards"\n    down\n\n=== "Accounts"\n    up',
        "/// tab | Cards\ndown\n///",
        "{++ up ++} and {-- down --} and {>> said <<}",
        "Payments are {down}",
        "*Payments*{ down }",
        "[Update](we look into it)",
        "a | b\n--|--\nc | d | lost\n",
        'Set <timeout> to *30* "now" -- it\'s </timeout>',
    ],
)
def test_all_words_of_a_message_are_visible(wide: Fragments, typed: str) -> None:
    assert words(text(wide.message(typed))) == words(typed)
    assert words(text(wide.inline(typed))) == words(typed)


_WORD = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
_BEGIN = st.sampled_from(
    ["", "[", "*[", "[^", "!!! ", "??? ", "/// ", "# ", "> ", "- ", "---\n", "{", "=== ", ": ", "$", "[[", "<", "@"]
)
_BETWEEN = st.sampled_from(
    [" ", ": ", ", ", ".\n\n", "\n", " | ", " - ", "\n- ", "\n\n    ", " (", ") ", " <", "> ", " *"]
)
_MIDDLE = st.sampled_from(["", "]: ", "]", "\n: ", "]]", "}", ">", "](", "\n---\n", "\n===\n", "\n    ", "^", "::: "])
_WORDS = st.lists(st.tuples(_WORD, _BETWEEN), min_size=1, max_size=6)


@settings(max_examples=400, deadline=None)
@given(begin=_BEGIN, words=_WORDS, middle=_MIDDLE, at=st.integers(0))
@example(begin="[", words=[("A", " "), ("A", " "), ("A", "")], middle="]: ", at=1)
@example(begin="[", words=[("A", " "), ("AA", " "), ("A", ": "), ("A", ") ")], middle="](", at=0)
def test_no_arrangement_of_words_hides_any(
    wide: Fragments, begin: str, words: list[tuple[str, str]], middle: str, at: int
) -> None:
    place = at % len(words)
    typed = begin + "".join(
        word + between + (middle if number == place else "") for number, (word, between) in enumerate(words)
    )
    read = text(wide.message(typed)).casefold()
    assert [word for word, _ in words if word.casefold() not in read] == []


def test_a_message_includes_no_file(wide: Fragments) -> None:
    assert "swordfish" not in wide.message('--8<-- "secret.md"')


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("We know: *all* of it.", "<em>all</em>"),
        ("[here][ref] it is\n\n[ref]: https://example.org/", 'href="https://example.org/"'),
        ('!!! danger "Cards"\n    down', '<div class="admonition danger">'),
        ("!!! note\n    down", '<p class="admonition-title">Note</p>'),
        ("Done :smile:", '<img alt="😄"'),
        ("Press ++ctrl+c++", "<kbd"),
        ("```python\nx = 1\n```", '<div class="highlight">'),
        ("Look *here*{ .big }", '<em class="big">'),
        ("| a | b |\n|---|---|\n| c | d |", "<table>"),
        ("See https://example.org/status now", '<a href="https://example.org/status"'),
        ("- [x] done", 'type="checkbox"'),
        ("1. One\n2. Two", "<ol>"),
        ("un*believ*able", "un<em>believ</em>able"),
        ("![a graph](graph.png)", 'alt="a graph"'),
    ],
)
def test_the_extensions_of_the_site_work_in_a_message(wide: Fragments, typed: str, made: str) -> None:
    assert made in wide.message(typed)


class _AsksForTheContents(Treeprocessor):
    def run(self, root: Element) -> None:  # noqa: ARG002  only that it can be asked matters
        assert getattr(self.md, "toc_tokens") == []  # noqa: B009  of `toc`, which MkDocs always has on


class _OfAnotherPlugin(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name is Markdown's
        md.treeprocessors.register(_AsksForTheContents(md), "asks", 4)


def test_extensions_of_other_plugins_have_what_they_have_on_a_page(folder: Path) -> None:
    beside = fragments(folder, ["toc", _OfAnotherPlugin()])
    assert beside.message("## It *works*\n\n[TOC]") == "<h3>It <em>works</em></h3>\n<p>[TOC]</p>"


def test_a_section_rendered_separately_keeps_its_first_line(folder: Path) -> None:
    notice = with_postmortem("Update: we look into it\n\n<!-- open", "Two")
    metadata = fragments(folder, ["meta"])
    metadata.add_page(notice, "every mark was swallowed")
    assert metadata.sections(notice)[0].startswith("<p>Update: we look into it</p>")


def test_a_message_is_shown_as_it_was_typed(wide: Fragments, folder: Path) -> None:
    typed = "These fail:\n- payments\n- refunds\nTransfers work.\nCall https://bank.example/phone."
    for each in (wide, fragments(folder, [])):
        shown = re.sub(r"\s+", " ", each.message(typed))
        assert "<p>These fail:</p> <ul> <li>payments</li> <li>refunds</li> </ul>" in shown
        assert "<p>Transfers work.<br> Call <a" in shown
        assert 'href="https://bank.example/phone"' in shown
        assert "</a>.</p>" in shown


@pytest.mark.parametrize(("typed", "shown"), [("#", 3), ("##", 3), ("######", 3)])
def test_the_first_heading_of_a_message_is_below_that_of_its_section(typed: str, shown: int, folder: Path) -> None:
    assert f"<h{shown}>What fails</h{shown}>" in fragments(folder, []).message(f"{typed} What fails")


def test_headings_of_a_message_keep_their_order(folder: Path) -> None:
    html = fragments(folder, []).message("# What fails\n\n## By card\n\n###### More")
    assert re.findall(r"<(h\d)>", html) == ["h3", "h4", "h6"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Steps:\n\n2. two\n3. three", '<ol start="2">'),
        ("1. a\n  - b\n2. d", "<li>a<ul> <li>b</li> </ul> </li> <li>d</li>"),
        ("1. one\n\n   more\n   - sub\n2. two", "<p>more</p> <ul> <li>sub</li> </ul> </li> <li> <p>two</p>"),
        ("See #4711\n#4712 is fixed", "<br> #4712 is fixed</p>"),
        ("Known:\n- #1 cards", "<li>#1 cards</li>"),
        ("Run:\n```\nrm x\n```\n- x\nthen", "<li>x</li> </ul> <p>then</p>"),
    ],
)
def test_lists_and_signs_are_what_github_makes_of_them(typed: str, shown: str, folder: Path) -> None:
    site = fragments(folder, ["pymdownx.superfences", "pymdownx.highlight", "tables"])
    for each in (site, fragments(folder, [])):
        assert shown in re.sub(r"\s+", " ", each.message(typed))


def test_code_in_a_message_has_no_links_to_its_lines(folder: Path) -> None:
    site = fragments(folder, ["pymdownx.superfences", "pymdownx.highlight"])
    cast("dict[str, Any]", site._config.mdx_configs)["pymdownx.highlight"] = {"anchor_linenums": True}
    html = site.message("Run:\n\n```\nrm x\nreboot\n```")
    assert "reboot" in html
    assert "<a" not in html
