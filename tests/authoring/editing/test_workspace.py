"""What the quick index states of a file is what reading the file whole finds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.workspace import IndexedFile, Workspace
from tests.content.folders import CATALOG
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[3] / "incidents"
NOW = at("2026-11-25 12:00")
CLOSED = """\
---
title: Card payments failed
started: 2026-04-06 14:30
components: {card-payments: major_outage}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail.
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again.
---
"""
PLANNED = """\
---
title: New database
scheduled: {from: 2026-11-01 02:00, until: 2026-11-01 04:00}
components: {card-payments: under_maintenance}
updates:
  - at: 2026-10-25 10:00
    status: scheduled
    message: Card payments pause.
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "components.yml").write_text(CATALOG)
    return tmp_path


def indexed(folder: Path, text: str | bytes, name: str = "2026-04-06-x.md") -> tuple[IndexedFile, Workspace]:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    workspace = Workspace(folder=folder, shown="incidents", now=NOW)
    return next(file for file in workspace.files if file.relative == name), workspace


def agrees(folder: Path, text: str | bytes, name: str = "2026-04-06-x.md") -> bool:
    """Whether the index of a file states nothing that is not so; True where the file has errors, too."""
    file, workspace = indexed(folder, text, name)
    try:
        read, _ = workspace.read(name)
    except RefusedError:
        return True
    notice = read.notice
    is_open = not read.draft and not notice.retraction and not notice.is_over(NOW)
    assert (file.id, file.title) == (notice.id, notice.title)
    assert sorted(file.former_ids) == sorted(notice.former_ids)
    return not (is_open and file.surely_over)


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("2*.md")), ids=lambda path: path.stem)
def test_of_every_file_of_the_example_site_the_index_knows_whether_it_is_over(path: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "incidents"))
    assert agrees(folder, path.read_bytes(), path.name)
    file, workspace = indexed(folder, path.read_bytes(), path.name)
    notice = workspace.read(path.name)[0].notice
    if notice.kind != "announcement":
        assert file.surely_over == notice.is_over(NOW)


def test_a_closed_incident_is_surely_over_and_an_open_one_is_not(folder: Path) -> None:
    assert indexed(folder, CLOSED)[0].surely_over
    assert not indexed(folder, CLOSED.replace("status: resolved", "status: monitoring"))[0].surely_over


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    status: resolved\n", "    status: resolved\n    retracted: It fails still.\n"),
        ("    message: Card payments work again.", "    message: Work.\n    retracted: {reason: It fails still.}"),
        (
            "    status: resolved\n    message: ",
            "    status: monitoring\n    message: |-\n      status: resolved\n      ",
        ),
        ("    message: Card payments work again.\n", "    message: >-\n      X\n      status: investigating\n"),
        (
            "    status: resolved\n    message: Card payments work again.",
            "    message: 'X\n      status: resolved'\n    status: monitoring",
        ),
        ("  - at: 2026-04-06 15:15", "  - at: 2026-04-06 14:30"),
        ("  - at: 2026-04-06 15:15", "  - at: 2026-04-06 15:15+09:00"),
        ("  - at: 2026-04-06 14:36", "  - at: '2026-04-06 16:36'"),
        (
            "  - at: 2026-04-06 14:36",
            "  - {at: 2026-04-06 16:36, status: monitoring, message: X}\n  - at: 2026-04-06 14:36",
        ),
        ("    status: resolved", "    status: resolved  # for now"),
        ("    status: resolved", "    status: 'resolved'"),
        ("status: investigating", '"status": investigating'),
        ("---\n", '---\n"retracted": A false alarm.\n'),
        ("title: Card payments failed", "title: >-\n  Card payments\n  failed"),
        ("title: Card payments failed", 'title: "Card\\npayments"'),
        ("title: Card payments failed", "title: 'It''s down'"),
        ("title: Card payments failed", 'title   : "Card payments: #2"   # c'),
        ("title: Card payments failed", '"title": Card payments'),
        ("title: Card payments failed", "title: Card\n  payments"),
        ("title: Card payments failed", "title: Card payments   # c"),
        ("title: Card payments failed", "title: Card payments #2"),
        ("title: Card payments failed", "title: Card\u202e payments"),
        ("title: Card payments failed", "title: Card\tpayments"),
        ("title: Card payments failed", "title:\tCard payments"),
        ("title: Card payments failed", "title: -- Card"),
        ("title: Card payments failed", "title: Card\u00a0"),
        ("title: Card payments failed", "title: 'Card  payments '"),
        ("components: {card-payments: major_outage}", "impact: 'none'\nresolved: 2026-12-24 10:00"),
        ("title: Card payments failed", "title: 'Card\n\n  payments'"),
        ("title: Card payments failed", "title: Card\n# c"),
        ("---\n", "---\nid: another\n"),
        ("---\n", "---\n'id': another\n"),
        ("---\n", "---\nid : another\n"),
        ("---\n", "---\naliases: [a, 'b']\nmerged:\n  - c\n"),
        ("---\n", '---\n"aliases": [a]\n'),
        ("---\n", "---\n? aliases\n: [a]\n"),
        ("---\n", "---\n? id\n: another\n"),
        ("---\n", "\n\n---\n"),
        ("---\n", "-----  \n"),
        ("---\n", "---\n# title: Other\n"),
        ("---\n", "---\npostmortem:\n  by: X\n  # resolved: 2026-04-06 15:00\n"),
    ],
)
def test_the_index_is_right_or_leaves_it_to_reading_the_file(folder: Path, old: str, new: str) -> None:
    assert old in CLOSED
    text = CLOSED.replace(old, new, 1)
    assert all(
        agrees(folder, typed) for typed in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text)
    )


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_work_that_goes_on_beyond_its_plan_is_open(folder: Path, quote: str) -> None:
    begun = PLANNED.replace("---\n", "---\n", 1).removesuffix("---\n") + (
        f"  - at: 2026-11-01 02:05\n    status: {quote}in_progress{quote}\n    message: It has begun.\n---\n"
    )
    assert agrees(folder, begun)
    assert indexed(folder, PLANNED)[0].surely_over


def test_work_that_was_begun_by_an_item_in_braces_is_open(folder: Path) -> None:
    item = "  - {at: 2026-11-01 02:05, status: in_progress, message: It has begun.}\n"
    assert agrees(folder, PLANNED.removesuffix("---\n") + item + "---\n")


def test_work_that_was_moved_is_open(folder: Path) -> None:
    assert agrees(folder, PLANNED.replace("    message", "    until: 2026-11-26 04:00\n    message"))
    assert agrees(folder, PLANNED.replace("until: 2026-11-01 04:00", "until: 2026-11-26T04:00Z"))


# Files of the example site, changed as somebody might.


def _append(status: str) -> Callable[[str], str]:
    """Another update at the end of the list, in a later minute than all."""

    def change(text: str) -> str:
        item = f"  - at: 2026-11-24 10:00\n    status: {status}\n    message: Another.\n"
        found = re.search(r"^updates:\n(?:[ #-].*\n|\n)*", text, re.MULTILINE)
        return text[: found.end()] + item + text[found.end() :] if found else text

    return change


def _items(text: str, arrange: Callable[[list[str]], list[str]]) -> str:
    found = re.search(r"(?<=^updates:\n)(?:[ #-].*\n|\n)*", text, re.MULTILINE)
    if found is None:
        return text
    items = re.split(r"^(?=  - )", found[0], flags=re.MULTILINE)
    return text[: found.start()] + "".join([items[0], *arrange(items[1:])]) + text[found.end() :]


def _in_last(pattern: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        return _items(
            text,
            lambda items: [
                *items[:-1],
                *(re.sub(pattern, new, item, count=1, flags=re.MULTILINE) for item in items[-1:]),
            ],
        )

    return change


def _everywhere(pattern: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        facts, fence, body = text[4:].partition("\n---\n")
        return "---\n" + re.sub(pattern, new, facts, flags=re.MULTILINE) + fence + body

    return change


_CHANGES: dict[str, Callable[[str], str]] = {
    "reopened": _append("investigating"),
    "closed": _append("resolved"),
    "completed": _append("completed"),
    "begun": _append("in_progress"),
    "begun in quotes": _append('"in_progress"'),
    "without resolved": _everywhere(r"^resolved:.*\n", ""),
    "newest first": lambda text: _items(text, lambda items: items[::-1]),
    "in another order": lambda text: _items(text, lambda items: items[1:] + items[:1]),
    "last retracted": _in_last(r"^    status:", "    retracted: By mistake.\n    status:"),
    "last retracted in braces": _in_last(r"^    status:", "    retracted: {reason: By mistake.}\n    status:"),
    "status in a message": _in_last(r"message: >-\n", "message: >-\n      status: resolved\n"),
    "status at the end of a message": _in_last(r"\Z", "\n      status: resolved\n"),
    "a status of the past in a message": _in_last(r"message: >-\n", "message: |\n      status: investigating\n"),
    "values in quotes": _everywhere(r"^(    status|  - at): (.*)$", r"\1: '\2'"),
    "keys in quotes": _everywhere(r"^    status:", '    "status":'),
    "aligned": _everywhere(r"^(    status|  - at|title|resolved):", r"\1 :"),
    "far offsets": _in_last(r"(at: [-\d]+ [:\d]+)", r"\1+14:00"),
    "near offsets": _everywhere(r"(at: [-\d]+ [:\d]+)$", r"\1-11:00"),
    "with seconds": _in_last(r"(at: [-\d]+ [:\d]+)", r"\1:30"),
    "an id": _everywhere(r"\Atitle:", "id: another-id\ntitle:"),
    "former ids": _everywhere(r"\Atitle:", "aliases: [a-former-id, 'another']\ntitle:"),
    "retracted": _everywhere(r"\Atitle:", "retracted: A false alarm.\ntitle:"),
    "a quoted title": _everywhere(r"^title: (.*)$", r'title: "\1: again"'),
    "a folded title": _everywhere(r"^title: (.*)$", r"title: >-\n  \1"),
    "a comment behind": _everywhere(r"^(title|    status|resolved)(:.*)$", r"\1\2  # checked"),
    "a wide list": _everywhere(r"^  (- |  (?=\S))", r"      \1"),
    "a narrow list": _everywhere(r"^  (- |  )", r"\1"),
    "moved": _in_last(r"^    status: scheduled", "    until: 2026-12-24 05:00\n    status: scheduled"),
    "of days to come": _everywhere(r"(from|until): 2026-\d\d-", r"\1: 2027-01-"),
    "a draft": _everywhere(r"\Atitle:", "draft: true\ntitle:"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "a mark": lambda text: "\ufeff" + text,
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    (folder / "components.yml").write_bytes((EXAMPLE / "components.yml").read_bytes())
    return folder


@given(st.sampled_from(sorted(EXAMPLE.glob("2*.md"))), st.lists(st.sampled_from(list(_CHANGES)), max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_of_changed_files_the_index_is_right_or_leaves_it_to_reading(
    example: Path, path: Path, changes: list[str]
) -> None:
    text = path.read_text(encoding="utf-8")
    for name in changes:
        text = _CHANGES[name](text) if "\r" not in text and not text.startswith("\ufeff") else text
    assert agrees(example, text, "2026-04-06-x.md")


@pytest.mark.parametrize("name", _CHANGES)
def test_each_of_the_changes_leaves_most_files_readable(name: str, example: Path) -> None:
    """So that the test above compares something."""
    readable = 0
    for path in EXAMPLE.glob("2*.md"):
        _, workspace = indexed(example, _CHANGES[name](path.read_text(encoding="utf-8")))
        try:
            workspace.read("2026-04-06-x.md")
        except RefusedError:
            continue
        readable += 1
    assert readable > 0
