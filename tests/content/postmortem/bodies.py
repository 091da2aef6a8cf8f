"""Reads the body of a file as a build does, for the tests of the grammar."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markdown import Markdown

from mkdocs_incidents.content.postmortem.body import Body, read_body
from mkdocs_incidents.content.source import Report, Source
from mkdocs_incidents.content.yaml.front_matter import read_document
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mkdocs_incidents.content.postmortem.sections import Remark
    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import ActionItem, Section, TimelineEntry

ZONE = "Africa/Lagos"
"""One hour ahead of UTC, all year."""
STARTED = at("2026-04-06 14:30", ZONE)
BODY_LINE = 4
"""The line of the file on which a body begins."""
MATERIAL = ["tables", "attr_list", "md_in_html", "pymdownx.tasklist", "footnotes", "sane_lists"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    sections: tuple[Section, ...]
    entries: tuple[TimelineEntry, ...]
    promises: tuple[ActionItem, ...]
    unread: tuple[Remark, ...]
    problems: list[Problem]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def marked(self) -> str:
        return "\n\n".join(section.marked for section in self.sections)


def read(text: str, *, started: datetime = STARTED, zone: str = ZONE) -> Reading:
    source = Source(path="incident.md", text=f"---\ntitle: x\n---\n{text}")
    report = Report(path=source.path)
    document = read_document(source, report)
    assert document is not None
    found = read_body(Body(document, report), started, ZoneInfo(zone), report)
    return Reading(
        sections=tuple(found.postmortem.sections),
        entries=tuple(found.postmortem.timeline),
        promises=found.postmortem.action_items,
        unread=found.unread,
        problems=report.problems,
    )


def body_of(text: str) -> Body:
    """A body in its parts, before anything is read from them."""
    source = Source(path="incident.md", text=f"---\ntitle: x\n---\n{text}")
    report = Report(path=source.path)
    document = read_document(source, report)
    assert document is not None
    return Body(document, report)


def timeline(text: str, *, started: datetime = STARTED, zone: str = ZONE, heading: str = "## Timeline") -> Reading:
    return read(f"{heading}\n\n{text}\n", started=started, zone=zone)


def local(reading: Reading, zone: str = ZONE) -> list[str]:
    """When the entries of a timeline were, on the clocks of `zone`."""
    return [f"{entry.at.astimezone(ZoneInfo(zone)):%d %H:%M}" for entry in reading.entries]


def promises(text: str) -> tuple[ActionItem, ...]:
    return read(f"## Action items\n\n{text}\n").promises


class _Tree(HTMLParser):
    """The `li` and `tr` of a page with the words and marks that stand in each, and what each is nested in."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        """The words and comments of each `li` and `tr`, without those of nested ones."""
        self.parents: list[int | None] = []
        self._open: list[int] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        del attrs
        if tag in {"li", "tr"}:
            self.parents.append(self._open[-1] if self._open else None)
            self._open.append(len(self.rows))
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"li", "tr"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.rows[self._open[-1]] += data.split()

    def handle_comment(self, data: str) -> None:
        if self._open:
            self.rows[self._open[-1]].append(data.strip())


@dataclass(frozen=True, slots=True)
class Rendered:
    rows: list[list[str]]
    parents: list[int | None]

    def depths(self) -> list[int]:
        depths: list[int] = []
        for parent in self.parents:
            depths.append(0 if parent is None else depths[parent] + 1)
        return depths


def rendered(markdown: str, extensions: Sequence[str] = ("tables",)) -> Rendered:
    tree = _Tree()
    tree.feed(Markdown(extensions=list(extensions)).convert(markdown))
    return Rendered(tree.rows, tree.parents)
