"""Rendered fragments: none affects the next, and correct HTML is unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config

from mkdocs_incidents.model import Postmortem, Section, SectionKind
from mkdocs_incidents.render.fragments import Fragments
from tests.makers import at, incident

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.model import Incident

EXTENSIONS = ["tables", "toc", "footnotes", "attr_list", "fenced_code"]


@pytest.fixture(scope="session")
def fragments(tmp_path_factory: pytest.TempPathFactory) -> Fragments:
    folder: Path = tmp_path_factory.mktemp("fragments")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: X\ntheme: {name: material}\nplugins: []\n", encoding="utf-8")
    return Fragments(load_config(str(folder / "mkdocs.yml"), markdown_extensions=EXTENSIONS))


def with_postmortem(*texts: str, heading: str = "") -> Incident:
    """An incident whose postmortem has a section for each text."""
    sections = tuple(
        Section(kind=SectionKind.OTHER, heading=heading or f"Part {n}", level=2, markdown=text, marked=text, line=n)
        for n, text in enumerate(texts)
    )
    postmortem = Postmortem(published_at=at("2026-05-05 10:00"), sections=sections)
    return incident("2026-05-04 10:00", postmortem=postmortem)


def page(*pieces: str) -> str:
    """A rendered page; the last mark is before what MkDocs adds at its end."""
    return "".join(f"<!-- incidents:section {n} -->\n{piece}\n" for n, piece in enumerate([*pieces, ""]))


def test_the_markdown_of_a_message_works(fragments: Fragments) -> None:
    html = fragments.message("**All** of [them](https://example.org/)\n\n- one\n- two")
    assert "<strong>All</strong>" in html
    assert 'href="https://example.org/"' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize("typed", ["<api-version>", "<script>", "</div>", "<!-- x -->", "a <b and c> d"])
def test_an_angle_bracket_in_a_message_is_a_letter(fragments: Fragments, typed: str) -> None:
    assert fragments.message(typed) == "<p>" + typed.replace("<", "&lt;").replace(">", "&gt;") + "</p>"


def test_messages_make_no_anchors_that_would_repeat(fragments: Fragments) -> None:
    assert " id=" not in fragments.message("## Heading\n\nText[^1]\n\n[^1]: Note")


def test_a_message_does_not_affect_the_next(fragments: Fragments) -> None:
    assert 'href="https://example.org/"' in fragments.message("[here][ref]\n\n[ref]: https://example.org/")
    assert "href" not in fragments.message("[there][ref]")


def test_a_page_is_cut_at_its_marks(fragments: Fragments) -> None:
    notice = with_postmortem("One", "Two")
    fragments.add_page(notice, page("<p>One</p>", "<p>Two</p>"))
    assert fragments.sections(notice) == ("<p>One</p>", "<p>Two</p>")


def test_a_section_whose_mark_is_missing_is_rendered_separately(fragments: Fragments) -> None:
    notice = with_postmortem("<div>\n\n<!-- open", "Two *two*")
    fragments.add_page(notice, "<div><!-- open <!-- incidents:section 1 -->")
    first, second = fragments.sections(notice)
    assert second == "<p>Two <em>two</em></p>"
    assert first.count("<div>") == first.count("</div>")


@pytest.mark.parametrize(
    "piece",
    [
        '<table><tr><td style="text-align: right;">1</td></tr></table>',
        '<p><a href="../x/">x</a> <a href="#fn:1">x</a> <a href="https://e.org/?a=1&amp;b=2">x</a></p>',
        '<p><code>&lt;a onclick=x href="javascript:x"&gt;</code></p>',
    ],
)
def test_harmless_markdown_is_unchanged(fragments: Fragments, piece: str) -> None:
    notice = with_postmortem("no HTML typed")
    fragments.add_page(notice, page(piece))
    assert fragments.sections(notice) == (piece,)


@pytest.mark.parametrize(
    "piece",
    [
        '<p onclick="alert(1)">x</p>',
        "<p title='a' OnMouseOver=alert(1)>x</p>",
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><a href="&#106;avascript:alert(1)">x</a></p>',
        '<p><a href="java&Tab;script:alert(1)">x</a></p>',
        '<p><a href="vbscript:x">x</a></p>',
        '<p><a href="data:text/html,x">x</a></p>',
        '<p><img src="javascript:alert(1)"></p>',
    ],
)
def test_what_may_run_is_removed(fragments: Fragments, piece: str) -> None:
    notice = with_postmortem("no HTML typed")
    fragments.add_page(notice, page(piece))
    (html,) = fragments.sections(notice)
    assert "alert" not in html
    assert "script" not in html
    assert "data:" not in html


def test_the_body_for_feeds_has_its_headings_escaped(fragments: Fragments) -> None:
    notice = with_postmortem("Text", heading="Cards & <b>")
    fragments.add_page(notice, page("<p>Text</p>"))
    assert fragments.body(notice) == "<h2>Cards &amp; &lt;b&gt;</h2>\n<p>Text</p>"


@pytest.fixture(scope="session")
def slow(fragments: Fragments) -> Fragments:
    """The same without the shortcut for plain lines."""
    thorough = Fragments(fragments._config)
    thorough.__dict__["_leaves_words_alone"] = False
    return thorough


# One instance for hundreds of examples: it caches HTML by message.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
@example(text="Card payments fail, online and at the terminal (about 94 %). Next update by 12:15.")
@example(text="1. One")
@example(text="It's the on-call team's and/or ours: we know")
@example(text="A: b")
@example(text="x ")
def test_a_plain_line_is_rendered_as_by_markdown(fragments: Fragments, slow: Fragments, text: str) -> None:
    assert fragments._leaves_words_alone
    assert fragments.message(text) == slow.message(text)


_PIECES = st.sampled_from(
    ["Card", "1.", "a-b", "it's", "and/or", "(x)", "94", "%", "3.", "¾", "Ọjà:", "—", "“so”", "..."]
)


@settings(max_examples=300, deadline=None)  # the first of them sets up the site's Markdown
@given(pieces=st.lists(_PIECES, min_size=1, max_size=8))
def test_words_in_any_order_are_rendered_as_by_markdown(
    fragments: Fragments, slow: Fragments, pieces: list[str]
) -> None:
    text = " ".join(pieces)
    assert fragments.message(text) == slow.message(text)
