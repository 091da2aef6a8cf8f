"""The body of a file → Postmortem: sections, timeline, promises."""

from __future__ import annotations

import re
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from ...content.internal import without_comments, without_internal_notes
from ...content.markdown_lines import read_lines
from ...content.source import Place
from ...model import Postmortem, SectionKind
from .action_items import read_action_items
from .list_items import list_items
from .sections import Part, split_lines
from .stated_facts import sentences
from .timeline import TimelineReader
from .timeline_complaints import Complaint, not_announced, nothing_understood
from .timeline_entries import EntryReader, Written, time_first
from .timeline_lines import written_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ...content.frontmatter import Document
    from ...content.source import Report
    from ...model import ActionItem

_FEWEST = 3
"""Timed lines that look like a timeline."""
_CLOCK = re.compile(r"\d[:.h]\d\d|\d\s?[AaPp]\.?[Mm]\b")


class Body:
    """The public text of a file's body in its parts, each of which knows where it stands in the file."""

    def __init__(self, document: Document, report: Report) -> None:
        public = without_comments(without_internal_notes(document.body))
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

    def line(self, part: Part, number: int) -> int:
        """The line of the file on which line `number`, counted from 0, of a part's text stands."""
        return self._line_numbers[part.text_line + number]

    def heading_line(self, part: Part) -> int:
        """The line of the file on which a part begins."""
        return self._line_numbers[part.first_line]

    def belonging_to(self, kind: SectionKind) -> Iterator[tuple[Part, Part]]:
        """The parts of `kind` and those below them, each with the part of `kind` that it is under."""
        above: Part | None = None
        for part in self.parts:
            if part.kind is kind:
                above = part
            elif above and not _goes_on(part, above):
                above = None
            if above:
                yield part, above

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Every sentence that tells of the incident, with its line; several rules ask for them."""
        return tuple(sentences(self))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not any(part.heading or part.markdown.strip() for part in self.parts)


def _goes_on(part: Part, above: Part) -> bool:
    """Whether a part belongs to the one above it: it lies below it and is no other part of the postmortem.

    A timeline goes on where a heading is a time, on whatever level, and below headings such as "Detection" that only
    order its entries.
    """
    if above.kind is not SectionKind.TIMELINE:
        return part.kind is SectionKind.OTHER and part.level > above.level
    if part.kind is SectionKind.OTHER:
        return part.level > above.level or _begins_with_a_time(part.heading)
    first = next(list_items(part.lines), None)
    return part.level > above.level and first is not None and _begins_with_a_time(first.text)


def _begins_with_a_time(text: str) -> bool:
    found = time_first(text)
    return found is not None and found.moment.clock is not None


def read_postmortem(
    body: Body, begins_at: datetime, zone: ZoneInfo, report: Report, *, ends_at: datetime | None = None
) -> Postmortem:
    """The body as a postmortem that is not published yet.

    What is unclear in its timeline or its promises is reported as warnings. The times of the timeline are near
    `begins_at` and on clocks in `zone`; `ends_at` is when it was over, if it is.
    """
    timeline = TimelineReader(begins_at, ends_at, zone)
    first: Part | None = None
    for part, above in body.belonging_to(SectionKind.TIMELINE):
        first = first or part
        line_of = partial(body.line, part)
        timeline.read(part, above.heading, body.heading_line(part), line_of)
    complaints = [*timeline.complaints]
    said = next((text for text in first.lines.texts if re.search(r"\w", text)), None) if first else None
    if first and said and not timeline.entries and not complaints:
        complaints.append(nothing_understood(said.strip(), body.heading_line(first)))
    elif first is None:
        complaints += _unannounced(body, EntryReader(zone=zone, begins_on=begins_at.astimezone(zone).date()))
    promises: list[ActionItem] = []
    for part, _ in body.belonging_to(SectionKind.ACTION_ITEMS):
        made, _ = read_action_items(part, partial(body.line, part), complaints)
        promises.extend(made)
    for complaint in complaints:
        report.warning(Place(complaint.line, 1), complaint.code, complaint.message, complaint.hint)
    return Postmortem(timeline=timeline.entries, action_items=tuple(promises))


def _unannounced(body: Body, reader: EntryReader) -> Iterator[Complaint]:
    """The first timed lines of a body without a timeline that look like one."""
    for part in body.parts:
        if part.kind in {SectionKind.ACTION_ITEMS, SectionKind.APOLOGY} or not _CLOCK.search(part.markdown):
            continue
        timed = [one for one in written_entries(part.lines, reader) if isinstance(one, Written) and not one.after]
        if len(timed) >= _FEWEST:
            yield not_announced(part.lines.texts[timed[0].line].strip(), body.line(part, timed[0].line))
            return
