"""Which pages can do without Material's script and most of its style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.render.theme_on_demand import theme_on_demand
from mkdocs_incidents.render.theme_style import ThemeStyle, theme_style

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = '<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'
MAIN = '<link rel="stylesheet" href="../assets/stylesheets/main.1.min.css">'
PALETTE = '<link rel="stylesheet" href="../assets/stylesheets/palette.2.min.css">'
OURS = '<link rel="stylesheet" href="../assets/incidents/incidents.css">'


def page(body: str = "", *, head: str = "", features: str = "", version: str = "null", script: str = SCRIPT) -> str:
    return f"""<html><head>{OURS}\n{MAIN}\n{PALETTE}\n{head}</head><body><header data-md-component="header">
<input class="md-search__input" data-md-component="search-query"></header>{body}
<script id="__config" type="application/json">{{"features": [{features}], "version": {version}}}</script>
{script}<script src="../assets/incidents/incidents.js" defer></script></body></html>"""


def style(folder: Path, main: str, *, others: dict[str, str] | None = None, template: str = "") -> ThemeStyle | None:
    for path, text in {
        "assets/stylesheets/main.1.min.css": main,
        "assets/stylesheets/palette.2.min.css": "[data-md-color-scheme=slate]{--x:#000}",
        "base.html": f'<p class="md-grid {template}">',
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return theme_style([str(folder)], {"assets/incidents/incidents.css": ""} | (others or {}), palette=True)


def test_the_script_is_fetched_on_demand() -> None:
    html = theme_on_demand(page(), None)
    assert SCRIPT not in html
    light = '<script src="../assets/incidents/theme.js" data-bundle="../assets/javascripts/bundle.a5f9d56c.min.js">'
    assert html.replace(f"{light}</script>", SCRIPT) == page()


@pytest.mark.parametrize(
    "content",
    [
        "<pre><code>x</code></pre>", '<pre class="mermaid">', "<table><tr>", '<table id="x">',
        '<div class="tabbed-set" data-tabs="1:2">', '<p class="x annotate">', '<a data-preview href="x">',
        '<button class="md-banner__button md-icon">', '<div class="md-select">',
        '<a class="md-source" data-md-component="source">', '<div data-md-component="consent">',
        '<nav data-md-component="tabs">', '<div data-md-component="of-tomorrow">',
        '<script src="extra.js"></script>', '<script async src="https://count.example/x.js"></script>',
        "<script>document$.subscribe(go)</script>", '<script type="module">location$.subscribe(go)</script>',
    ],
)  # fmt: skip
def test_content_and_scripts_that_need_it_have_it(content: str) -> None:
    assert theme_on_demand(page(content), None) == page(content)


@pytest.mark.parametrize(
    "content", ['<table class="cal">', "<code>x</code>", "<script>palette()</script>", "<p>document$ and pre</p>"]
)
def test_other_content_does_not(content: str) -> None:
    assert SCRIPT not in theme_on_demand(page(content), None)


@pytest.mark.parametrize("feature", ["navigation.instant", "header.autohide", "content.tooltips"])
def test_features_that_need_it_have_it(feature: str) -> None:
    html = page(features=f'"search.suggest", "{feature}"')
    assert theme_on_demand(html, None) == html
    assert SCRIPT not in theme_on_demand(page(features='"search.suggest", "navigation.top"'), None)


@pytest.mark.parametrize(
    "html",
    [
        page(version='{"provider": "mike"}'),
        page().replace('id="__config"', 'id="other"'),
        page().replace('"features"', '"feature'),
        page(script=SCRIPT.replace('"', "")),
    ],
)
def test_a_page_that_is_not_as_material_writes_it_stays_as_it_is(html: str) -> None:
    assert theme_on_demand(html, None) == html


def test_one_style_takes_the_place_of_two(tmp_path: Path) -> None:
    made = style(tmp_path, ".md-grid{margin:0}.md-nav{margin:0}")
    assert made
    assert made.content == ".md-grid{margin:0}[data-md-color-scheme=slate]{--x:#000}"
    html = theme_on_demand(page(), made)
    addresses = "../assets/stylesheets/main.1.min.css ../assets/stylesheets/palette.2.min.css"
    assert f'{OURS}\n<link rel="stylesheet" href="../{made.path}" data-full="{addresses}">\n</head>' in html
    assert MAIN not in html
    assert PALETTE not in html


def test_a_word_in_a_template_of_the_theme_that_is_no_class_of_a_page_costs_it_nothing(tmp_path: Path) -> None:
    made = style(tmp_path, ".highlight .mi{margin:0}", template="highlight")
    assert made
    assert MAIN not in theme_on_demand(page('<div class="mi">'), made)
    assert MAIN in theme_on_demand(page('<div class="highlight"><b class="mi">'), made)


def test_a_page_with_a_class_that_the_theme_has_more_rules_for_has_all_of_them(tmp_path: Path) -> None:
    made = style(tmp_path, ".md-grid .admonition.note{margin:0}.admonition .x{margin:0}")
    assert made
    for content, light in (
        ('<p class="admonition">', True), ('<p class="note">', True), ('<p class="note admonition">', True),
        ('<div class="md-grid"><p class="note admonition"></div>', False),
        ('<p class="admonition"><b class="x">', False),
    ):  # fmt: skip
        assert (MAIN not in theme_on_demand(page(content), made)) == light, content


def test_a_class_that_the_frame_of_the_site_writes_keeps_its_rules(tmp_path: Path) -> None:
    made = style(tmp_path, ".of-this-site{margin:0}", template="of-this-site")
    assert made
    assert made.content.startswith(".of-this-site{")


def test_an_image_that_nothing_refers_to_is_left_out(tmp_path: Path) -> None:
    icons = ":root{--one:url('data:1');}:root{--two:url(\"data:2\")}"
    made = style(tmp_path, f"{icons}p{{mask:var(--one)}}")
    assert made
    assert "data:1" in made.content
    assert "data:2" not in made.content
    assert MAIN in theme_on_demand(page('<p style="mask: var(--two)">'), made)
    also = style(tmp_path, icons, others={"extra.css": "p{mask:var( --two )}"})
    assert also
    assert "data:2" in also.content


def test_a_style_of_which_nothing_is_known_may_refer_to_anything(tmp_path: Path) -> None:
    made = style(tmp_path, "p{margin:0}", others={"css/extra.css": ""})
    assert made
    for address, light in (("../css/extra.css", True), ("../css/other.css", False), ("https://x.example/a.css", False),
                           ("https://fonts.googleapis.com/css?family=Roboto", True)):  # fmt: skip
        html = page(head=f'<link rel="stylesheet" href="{address}">')
        assert (MAIN not in theme_on_demand(html, made)) == light, address


def test_a_page_with_other_versions_of_the_style_keeps_them(tmp_path: Path) -> None:
    html = page().replace("main.1.", "main.9.")
    assert "main.9." in theme_on_demand(html, style(tmp_path, "p{margin:0}"))


def test_a_style_that_is_not_understood_is_not_used(tmp_path: Path) -> None:
    assert style(tmp_path, "p{margin:0") is None
    assert theme_style([str(tmp_path / "nothing")], {}, palette=True) is None
