"""The host sees the lists that the author wrote, whatever their indentation."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from markdown import Markdown

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.blocks import Item, Paragraph, Table, blocks, markdown_for_host
from tests.content.postmortem.bodies import MATERIAL, Reading, read, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def handed(text: str) -> str:
    lines = read_lines(text)
    return markdown_for_host(lines, blocks(lines), {})


def shape(text: str) -> list[str]:
    names = {Item: "item", Table: "table", Paragraph: "paragraph"}
    return [names[type(block)] for block in blocks(read_lines(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n", ["item", "item"]),
        ("* a\n\n* b\n", ["item", "item"]),
        ("1. a\n2) b\n• c\n+ d\n", ["item"] * 4),
        ("- a\n  wrapped\n- b\n", ["item", "item"]),
        ("- a\nwrapped\n- b\n", ["item", "item"]),
        ("- a\n\nText.\n", ["item", "paragraph"]),
        ("- a\n\n  More of it.\n", ["item"]),
        ('- a\n\n    !!! note "N"\n\n        - b\n\n- c\n', ["item", "item"]),
        ("Text\n- a\n", ["paragraph", "item"]),
        ("It rose to\n30. After that it fell.\n", ["paragraph"]),
        ("- It rose to\n30. After that it fell.\n", ["item"]),
        ("-text\n", ["paragraph"]),
        ("---\n", ["paragraph"]),
        ("- - -\n", ["paragraph"]),
        ("- a\n---\n", ["item", "paragraph"]),
        ("```\n- a\n```\n", ["paragraph"]),
        ("<!--\n- a\n-->\n", ["paragraph"]),
        ("- a\n  ```\n  - b\n\n  c\n  ```\n- d\n", ["item", "item"]),
        ("- a\n```\n- b\n```\n", ["item", "paragraph"]),
        ("<div>\n- a\n\n- b\n</div>\n", ["paragraph"]),
        ("- a\n<div>\n- b\n</div>\n- c\n", ["item", "paragraph", "item"]),
        ("<div markdown>\n\n- a\n\n</div>\n", ["paragraph", "item", "paragraph"]),
        ("    - a\n", ["paragraph"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", ["table"]),
        ("a | b\n--|--\n1 | 2\n\nText\n", ["table", "paragraph"]),
        ("Text\n| a | b |\n|---|---|\n", ["paragraph", "table"]),
        ("| a | b |\n", ["paragraph"]),
        ("- a\n| a | b |\n|---|---|\n| 1 | 2 |\n- c\n", ["item", "table", "item"]),
        ("", []),
    ],
)
def test_a_section_is_cut_into_its_blocks(text: str, expected: list[str]) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        ("- a\n  - b\n    - c\n- d\n", [0, 1, 2, 0]),
        ("- a\n    - b\n        - c\n- d\n", [0, 1, 2, 0]),
        ("- a\n\t- b\n\t\t- c\n- d\n", [0, 1, 2, 0]),
        ("1. a\n   - b\n   - c\n2. d\n", [0, 1, 1, 0]),
        ("- a\n      - b\n    - c\n  - d\n", [0, 1, 1, 1]),
        ("- a\n - b\n", [0, 0]),
        ("Text:\n- a\n- b\nMore\n", [0, 0]),
        ("- a\n\n  - b\n\n- c\n", [0, 1, 0]),
    ],
)
@pytest.mark.parametrize("extensions", [["tables"], MATERIAL])
def test_nesting_goes_by_indentation(text: str, depths: list[int], extensions: Sequence[str]) -> None:
    assert rendered(handed(text), extensions).depths() == depths


@pytest.mark.parametrize("extensions", [["tables"], MATERIAL])
def test_a_sentence_with_a_number_at_the_beginning_of_a_line_stays_one(extensions: Sequence[str]) -> None:
    page = rendered(handed("- The load rose to\n  30. After that it fell.\n- b\n"), extensions)
    assert page.rows == [["The", "load", "rose", "to", "30.", "After", "that", "it", "fell."], ["b"]]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("|a|b|", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("| `a | b` | c |", ["`a | b`", "c"]),
        ("| ``a ` | b`` | c |", ["``a ` | b``", "c"]),
        ("| a ` b | c |", ["a ` b", "c"]),
        ("|  | c |", ["", "c"]),
        ("|| c |", ["", "c"]),
    ],
)
def test_cells_are_those_that_the_host_sees(row: str, cells: list[str]) -> None:
    lines = read_lines(f"| x | y |\n|---|---|\n{row}\n")
    table = blocks(lines)[0]
    assert isinstance(table, Table)
    assert [table.rows[0].text(lines.texts, number) for number in range(len(table.rows[0].cells))] == cells


@dataclass(frozen=True)
class Tree:
    """A list as somebody means it: items with nested items."""

    ordered: bool
    wrapped: bool
    children: tuple[Tree, ...]


TREES = st.recursive(
    st.builds(Tree, ordered=st.booleans(), wrapped=st.booleans(), children=st.just(())),
    lambda nested: st.builds(
        Tree, ordered=st.booleans(), wrapped=st.booleans(), children=st.lists(nested, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


def source(trees: Sequence[Tree], step: int, depth: int = 0) -> Iterator[str]:
    ordered = trees[0].ordered if trees else False
    for number, tree in enumerate(trees, 1):
        bullet = f"{number}." if ordered else "-"
        yield f"{' ' * step * depth}{bullet} word"
        if tree.wrapped:
            yield f"{' ' * step * (depth + 1)}more"
        yield from source(tree.children, step, depth + 1)


def meant(trees: Sequence[Tree], depth: int = 0) -> Iterator[int]:
    for tree in trees:
        yield depth
        yield from meant(tree.children, depth + 1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TREES, min_size=1, max_size=4), st.integers(2, 4), st.sampled_from([("tables",), tuple(MATERIAL)]))
def test_every_list_is_shown_with_the_structure_of_its_author(
    trees: list[Tree], step: int, extensions: tuple[str, ...]
) -> None:
    text = "Intro\n" + "\n".join(source(trees, step)) + "\n"
    page = rendered(handed(text), extensions)
    assert page.depths() == list(meant(trees))
    assert [row[0] for row in page.rows] == ["word"] * len(page.rows)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5), st.integers(2, 4), st.sampled_from([("tables",), tuple(MATERIAL)]))
def test_every_mark_stands_in_the_item_it_belongs_to(trees: list[Tree], step: int, extensions: tuple[str, ...]) -> None:
    lines = list(source(trees, step))
    starts = [number for number, line in enumerate(lines) if line.startswith(("- ", "1", "2", "3", "4", "5"))]
    for entry, number in enumerate(starts):
        lines[number] = lines[number].replace(" word", f" 14:{30 + entry} number{entry}")
    reading = read("## Timeline\n" + "\n".join(lines) + "\n")
    assert len(reading.entries) == len(starts)
    outer = [row for row, depth in zip(*_rows_and_depths(reading, extensions), strict=True) if depth == 0]
    for entry, row in enumerate(outer):
        assert f"incidents:entry {entry}" in row
        assert f"number{entry}" in row


def _rows_and_depths(reading: Reading, extensions: Sequence[str]) -> tuple[list[list[str]], list[int]]:
    page = rendered(reading.marked, extensions)
    return page.rows, page.depths()


@pytest.mark.parametrize("extensions", [["tables"], MATERIAL])
@pytest.mark.parametrize(
    "text",
    [
        "- 14:30 — broke\n- 14:31 — mended\n",
        "Intro.\n- 14:30 — broke\n\n  More.\n\n- 14:31 — mended\n",
        "* **14:30** — broke\n* **14:31 — mended**\n",
        "1. 14:30 — broke[^1]\n2. 14:31 — mended\n\n[^1]: Why.\n",
        "| Time | What |\n|---|---|\n| 14:30 | broke |\n| 14:31 | mended |\n",
        "Intro.\n|Time|What|\n|---|---|\n|14:30|broke|\n|14:31|mended|\n",
        "Time | What\n---|---\n14:30 | broke\n14:31 | mended\n",
        "<div>\n- 14:29 — raw\n\n- 14:30 — raw\n</div>\n- 14:30 — broke\n- 14:31 — mended\n",
        "- 14:30 — broke\n<div>\n\n- 14:30 — raw\n\n</div>\n\n- 14:31 — mended\n",
        "- 6 April 2026\n    - 14:30 — broke\n    - 14:31 — mended\n",
        "- 14:30 — broke {kind: detected}\n- 14:31 — mended {.class}\n",
    ],
)
def test_marks_of_entries_survive_the_host(text: str, extensions: Sequence[str]) -> None:
    page = rendered(read(f"## Timeline\n{text}").marked, extensions)
    for number, verb in enumerate(("broke", "mended")):
        rows = [row for row in page.rows if f"incidents:entry {number}" in " ".join(row).split("-->")[0]]
        assert len(rows) == 1
        assert verb in " ".join(rows[0])


@pytest.mark.parametrize("extensions", [["tables"], MATERIAL])
@pytest.mark.parametrize(
    "text",
    [
        "- [ ] watch (@Ops)\n- [x] mend\n",
        "[ ] watch (@Ops)\n☑ mend\n",
        "- ~~watch~~ (dropped)\n- mend\n",
        "- Soon:\n  - watch\n  - mend\n",
        "| Action | Owner |\n|---|---|\n| watch | Ops |\n| [x] mend | |\n",
        "Action | Owner\n---|---\nwatch | Ops\nmend | Web\n",
        "|Owner|Action|\n|---|---|\n||watch|\n||mend|\n",
    ],
)
def test_marks_of_action_items_survive_the_host(text: str, extensions: Sequence[str]) -> None:
    page = rendered(read(f"## Action items\n{text}").marked, extensions)
    for number, verb in enumerate(("watch", "mend")):
        rows = [row for row in page.rows if f"incidents:item {number}" in row]
        assert len(rows) == 1
        assert rows[0].index(f"incidents:item {number}") == rows[0].index(verb) - 1


PIECES = st.sampled_from(
    [
        "- ",
        "  - ",
        "1. ",
        "14:30",
        " — ",
        "**",
        "`",
        "~~",
        "|",
        "|--|--|",
        "\n",
        "\n\n",
        " ",
        "\t",
        "{kind: cause}",
        "(@Ops)",
        "[ ] ",
        "due 2026-04-06",
        "2026-04-06",
        "### ",
        "UTC",
        "T+5m",
        "```",
        "<!--",
        "-->",
        "(",
        ")",
        "[",
        "]",
        "2 PM",
        "–",
        "Times: UTC",
        "24:00",
        "text",
        "\\",
        "\ufe0f",
        "dropped",
        ":",
        "٣",
        "\u064b",
        "@",
        "https://x.example",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)), st.sampled_from(["Timeline", "Action items"]))
def test_no_text_breaks_the_reader_and_every_word_survives(text: str, section: str) -> None:
    reading = read(f"## {section}\n\n{text}")
    shown = "".join(found.heading + found.markdown for found in reading.sections)
    for word in ("text", "https://x.example") if "<!--" not in text else ():  # comments reach no output
        assert shown.count(word) == text.count(word)
    assert [entry.line for entry in reading.entries] == sorted(entry.line for entry in reading.entries)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["- a", "  - b", "text", "", "1. c", "\tmore", "| x | y |", "|---|---|", "```", "***", "  deep"]
        )
    )
)
def test_every_line_of_the_author_survives(lines: list[str]) -> None:
    reading = read("## Timeline\n\n" + "\n".join(lines))
    assert "".join(section.markdown for section in reading.sections).split() == " ".join(lines).split()


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece",
    [
        "*",
        "-",
        "|",
        "7",
        "`",
        " ",
        "\n",
        "\t",
        "~",
        "_",
        "#",
        ":",
        "(",
        ")",
        "[",
        "]",
        "{kind",
        "{kind: ",
        "<!--",
        "@",
        "- ",
        "- [ ] ",
        "| a ",
        "` `` ",
        "14:30 ",
        "- 14:30 — x\n",
        "- x\n",
        "2026-04-06 ",
        "T+1h ",
        "**14:30**",
        "Times: ",
        "West African ",
        "UTC ",
        "due 2026-04-06, ",
        "~~a~~ ",
        "\\|",
        "=\n",
        "**a**\n\n",
        "## 14:30 x\n",
        "| 14:30 | x |\n",
        "[ ] x\n",
        "\u0665",
        "https://x",
        "\n- 14:30 x {kind: cause}",
    ],
)
@pytest.mark.parametrize(
    "before",
    ["## Timeline\n\n- 14:30 ", "## Action items\n\n- ", "## Timeline\n\n| a | b |\n|---|---|\n| 14:30 ", "## "],
)
def test_long_repetitive_text_is_read_in_linear_time(before: str, piece: str) -> None:
    length = 40_000 if "\n" in piece else 200_000
    text = before + piece * (length // len(piece)) + "x"
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 1


@pytest.mark.timed
def test_deeply_nested_lists_are_read_in_linear_time() -> None:
    text = "## Timeline\n\n" + "\n".join(f"{'  ' * depth}- 14:30 x" for depth in range(450))
    began = time.process_time()
    reading = read(text)
    assert time.process_time() - began < 1
    assert len(reading.entries) == 1


def test_an_item_below_one_with_a_paragraph_and_a_list_of_its_own_is_none_of_its_parts() -> None:
    html = Markdown().convert(handed("- a\n\n  more\n\n  - nested\n- b\n  - deeper\n- c\n"))
    outer = fragment_fromstring(html)
    assert [len(item.findall("ul")) for item in outer.findall("li")] == [1, 1, 0]


SITE = ["tables", "admonition", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.details"]
BLOCKS = (
    "more of it",
    "more of it\nwrapped",
    '!!! warning "Careful"\n    inside\n\n    - listed\n    - inside',
    "??? note\n    folded\n\n    1. listed",
    '=== "One"\n\n    first\n\n=== "Two"\n\n    - second',
    "```\n- code\n\n    deep\n```",
    "code:\n\n    indented\n      deep",
    "| x | y |\n|---|---|\n| 1 | 2 |",
)


@dataclass(frozen=True)
class LooseItem:
    """A list item with blocks below its first paragraph, which is where MkDocs wants four spaces."""

    wrapped: bool
    blocks: tuple[str, ...]
    bullet: str
    """Of the items nested in it."""
    children: tuple[LooseItem, ...]


def loose_items(children: st.SearchStrategy[tuple[LooseItem, ...]]) -> st.SearchStrategy[LooseItem]:
    return st.builds(
        LooseItem,
        wrapped=st.booleans(),
        blocks=st.lists(st.sampled_from(BLOCKS), max_size=3).map(tuple),
        bullet=st.sampled_from(["-", "*", "1."]),
        children=children,
    )


LOOSE_ITEMS = st.recursive(
    loose_items(st.just(())), lambda nested: loose_items(st.lists(nested, max_size=2).map(tuple)), max_leaves=6
)


def unordered(item: LooseItem) -> LooseItem:
    bullet = "-" if item.bullet == "1." else item.bullet
    return replace(item, bullet=bullet, children=tuple(unordered(child) for child in item.children))


def typed(items: Sequence[LooseItem], bullet: str, step: int, depth: int = 0) -> Iterator[str]:
    """The lines of a loose list that is indented by `step` columns a level."""
    outer, inner = " " * step * depth, " " * step * (depth + 1)
    for item in items:
        yield f"{outer}{bullet} word"
        if item.wrapped:
            yield f"{outer}  wrapped"
        yield ""
        for block in item.blocks:
            yield from (f"{inner}{line}" if line else "" for line in block.split("\n"))
            yield ""
        yield from typed(item.children, item.bullet, step, depth + 1)


def shown(markdown: str) -> str:
    """The HTML of a page; how far the lines of a paragraph are indented is seen in none."""
    html = Markdown(extensions=SITE).convert(markdown)
    return re.sub(r"\n +wrapped", "\nwrapped", html)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(LOOSE_ITEMS, min_size=1, max_size=3).map(tuple), st.sampled_from(["-", "*", "1."]), st.sampled_from([3, 4])
)
def test_blocks_in_items_are_shown_as_in_a_list_with_four_spaces(
    items: tuple[LooseItem, ...], bullet: str, step: int
) -> None:
    assert shown(handed("\n".join(typed(items, bullet, step)))) == shown("\n".join(typed(items, bullet, 4)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LOOSE_ITEMS.map(unordered), min_size=1, max_size=3).map(tuple), st.sampled_from(["-", "*"]))
def test_blocks_below_a_bullet_may_be_indented_by_two_spaces(items: tuple[LooseItem, ...], bullet: str) -> None:
    assert shown(handed("\n".join(typed(items, bullet, 2)))) == shown("\n".join(typed(items, bullet, 4)))


def test_a_block_in_an_entry_is_part_of_its_text() -> None:
    reading = read('## Timeline\n\n- 14:30 broke\n\n    !!! warning "Careful"\n        inside\n\n- 14:31 mended\n')
    assert [entry.text for entry in reading.entries] == ['broke\n\n!!! warning "Careful"\n    inside', "mended"]


def test_a_list_in_html_that_holds_markdown_has_entries() -> None:
    reading = read('## Timeline\n<div class="box" markdown="1">\n\n- 14:30 — broke\n- 14:31 — mended\n\n</div>\n')
    assert [entry.text for entry in reading.entries] == ["broke", "mended"]
    assert ["incidents:entry 0" in row for row in rendered(reading.marked, MATERIAL).rows] == [True, False]
