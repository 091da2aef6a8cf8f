"""The body of a file → Postmortem: its sections, its timeline, its action items."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Postmortem, Section, SectionKind

from ..internal_notes import without_comments, without_internal_notes
from ..markdown_lines import read_lines
from ..source import Place
from .action_items import ActionItemReader
from .language_tables import language_of
from .sections import ReadSection, split_lines
from .timeline import TimelineReader
from .turning_points import COMMENT_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ..source import Report
    from ..yaml.front_matter import MarkdownDocument
    from .sections import BodyPart, Remark

_READ = {SectionKind.TIMELINE, SectionKind.ACTION_ITEMS}
"""The sections in which more is read than their text."""
_WITHOUT_ACTION_ITEMS = {
    SectionKind.SUMMARY,
    SectionKind.IMPACT,
    SectionKind.ROOT_CAUSE,
    SectionKind.LESSONS,
    SectionKind.APOLOGY,
}
"""The sections whose lists are no promises even below the heading of action items; the others can be groups of them."""


class Body:
    """The public text of a file's body in its parts, each of which knows where it stands in the file."""

    def __init__(self, document: MarkdownDocument, report: Report) -> None:
        public = without_comments(without_internal_notes(document.body), but=COMMENT_MARK)
        place = document.source.place
        for fault in public.faults:
            report.error(place(document.body_index + fault.index), "internal-marker", fault.message, fault.hint)
        self.lines = lines = read_lines(public.text)
        self.parts = split_lines(lines)
        self._line_numbers: Sequence[int]
        if len(public.pieces) == 1:  # the ordinary case: nothing was taken out
            self._line_numbers = range(document.body_line, document.body_line + len(lines.texts) + 1)
        else:
            starts = accumulate((len(text) for text in lines.texts), initial=0)
            self._line_numbers = [place(document.body_index + public.origin(start)).line for start in starts]
        for number in lines.unclosed_fences:
            report.warning(
                Place(self._line_numbers[number], 1),
                "unclosed-code",
                "the code that begins here never ends",
                "close it with the same signs on a line of their own",
            )

    def line_in_file(self, number: int) -> int:
        """The line of the file on which line `number`, counted from 0, of the public text stands."""
        return self._line_numbers[number]

    def line(self, part: BodyPart, number: int) -> int:
        """The line of the file on which line `number` of a part's text stands; -1 for that of its heading."""
        return self._line_numbers[part.first_line if number < 0 else part.text_line + number]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not any(part.heading or part.markdown.strip() for part in self.parts)

    @property
    def language(self) -> str | None:
        """The language that its headings are in; None where they do not show it."""
        return language_of(part.heading for part in self.parts if part.level)

    def sections(self) -> Iterator[tuple[SectionKind, list[BodyPart]]]:
        """The timelines and lists of action items, each as a part of that name and the parts that belong to it."""
        run: list[BodyPart] = []
        kind = SectionKind.OTHER
        named = (name for _, name in self.parts_within(_READ | _WITHOUT_ACTION_ITEMS))
        for (part, around), name in zip(self.parts_within(_READ), named, strict=True):
            nearest = SectionKind.OTHER if around is SectionKind.ACTION_ITEMS and name is not around else around
            if run and (nearest is not kind or part.kind is nearest):
                yield kind, run
                run = []
            kind = nearest
            if nearest in _READ:
                run.append(part)
        if run:
            yield kind, run

    def parts_within(self, kinds: Collection[SectionKind]) -> Iterator[tuple[BodyPart, SectionKind]]:
        """Each part with the kind of the nearest section around it, itself included, that is one of `kinds`.

        `OTHER` where there is none.
        """
        above: list[BodyPart] = []
        for part in self.parts:
            above = [*(parent for parent in above if part.level and parent.depth < part.depth), part]
            around = (parent.kind for parent in reversed(above))
            yield part, next((kind for kind in around if kind in kinds), SectionKind.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBody:
    """What a body states."""

    postmortem: Postmortem
    """Not published yet."""
    unread: tuple[Remark, ...]
    """One for each section with lines that do not fit its grammar: they are shown as they were written."""


def read_body(body: Body, begins_at: datetime, zone: ZoneInfo, report: Report) -> ReadBody:
    """The postmortem that a body states.

    `begins_at` is the UTC instant at which the notice begins; times without a zone are those of `zone`. Warnings go
    into `report`.
    """
    timeline = TimelineReader(begins_at, zone, body.line)
    items = ActionItemReader(body.line)
    read: dict[int, ReadSection] = {}
    for kind, parts in body.sections():
        found = timeline.read(parts) if kind is SectionKind.TIMELINE else [items.read(part) for part in parts]
        read |= {part.first_line: section for part, section in zip(parts, found, strict=True)}
    for warning in timeline.warnings:
        report.warning(Place(warning.line, 1), warning.code, warning.message, warning.hint)
    postmortem = Postmortem(
        sections=tuple(_sections(body, read)),
        timeline=tuple(timeline.entries),
        action_items=tuple(items.action_items),
    )
    unread = sorted([*timeline.unread, *items.unread], key=lambda remark: remark.line)
    return ReadBody(postmortem=postmortem, unread=tuple(unread))


def _sections(body: Body, read: Mapping[int, ReadSection]) -> Iterator[Section]:
    """The parts as the model has them; blank lines before the first heading are none."""
    for part in body.parts:
        if not (part.level or part.markdown.strip()):
            continue
        section = read.get(part.first_line) or ReadSection(marked=part.markdown, markdown=part.markdown)
        yield Section(
            kind=part.kind,
            heading=part.heading if section.heading is None else section.heading,
            level=part.level,
            markdown=section.markdown,
            marked=section.marked,
            line=body.line(part, -1),
            entry=section.entry,
            orders_entries=section.heading_is_day,
        )
