"""What the template files promise to those who read and override them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, nodes

from mkdocs_incidents.render.templating import TEMPLATES, install
from tests.test_house import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = TEMPLATES / "incidents"
FILES = sorted(FOLDER.rglob("*.html"))
PAGES = sorted((FOLDER / "pages").glob("*.html"))
COMPUTED = re.compile(
    r"namespace\(|\.(index|r?split|replace|count)\(|\|\s*(length|sort|select|reject|reverse)\b|\bnot in\b|\[(-|\d*:)"
)
"""What belongs into a field of a view."""


def named(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def blocks(file: Path) -> dict[str, nodes.Block]:
    tree = Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))
    return {block.name: block for block in tree.find_all(nodes.Block)}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_line_of_a_template_can_be_read_at_once(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 160] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_templates_compute_nothing(file: Path) -> None:
    written = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    tags = re.findall(r"\{[{%].*?[}%]\}", written, flags=re.DOTALL)
    assert [tag for tag in tags if COMPUTED.search(re.sub(r"\".*?\"", "", tag))] == []


@pytest.mark.parametrize("file", PAGES, ids=named)
def test_every_part_of_a_page_is_a_block_that_knows_the_short_names(file: Path) -> None:
    parts = {name: block for name, block in blocks(file).items() if name.startswith("incidents_")}
    assert len(parts) >= 3
    assert [name for name, block in parts.items() if not block.scoped and name != "incidents_foot"] == []


@pytest.mark.parametrize("file", PAGES, ids=named)
def test_every_block_of_a_page_is_written_down(file: Path) -> None:
    row = re.search(
        rf"^\| `{file.name}` \|(.*)\|$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert row
    written = re.findall(r"`(\w+)`", row[1])
    assert [name.removeprefix("incidents_") for name in blocks(file) if name != "incidents"] == written


@pytest.mark.parametrize("file", PAGES, ids=named)
def test_a_file_of_the_same_name_is_there_to_be_overridden(file: Path) -> None:
    assert f'{{% extends "incidents/pages/{file.name}" %}}' in (FOLDER / file.name).read_text(encoding="utf-8")


def test_indentation_of_our_templates_reaches_no_page() -> None:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # noqa: S701  as that of MkDocs
    install(env)
    source, filename, _ = FileSystemLoader(TEMPLATES).get_source(env, "incidents/partials/marks.html")
    assert "\n  <g" in source, "indented, or this test says nothing"
    assert "\n<g" in env.get_template("incidents/partials/marks.html").render()
    assert env.preprocess(source, "incidents/partials/marks.html", filename).count("\n") == source.count("\n")


def test_every_line_of_our_templates_keeps_its_number_for_error_messages() -> None:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # noqa: S701
    install(env)
    source = "<p>\n\n  <b>\n \n    {{ x }}"
    assert env.preprocess(source, "incidents/x.html", str(FOLDER / "x.html")) == "<p>\n\n<b>\n\n{{ x }}"


def test_templates_of_a_site_keep_their_indentation() -> None:
    env = Environment(loader=DictLoader({"incidents/own.html": "<pre>\n  code</pre>"}), autoescape=False)  # noqa: S701
    install(env)
    assert env.get_template("incidents/own.html").render() == "<pre>\n  code</pre>"
