"""The body of a file → Postmortem: sections, timeline, promises."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from ..model import Postmortem, SectionKind
from .action_items import read_action_items
from .entry_kinds import turning_points
from .internal import without_internal_notes
from .markdown_lines import read_lines
from .sections import Part, split_lines
from .shares import told_shares
from .source import Place
from .timeline import Complaint, TimelineReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from ..model import ActionItem, Section
    from .frontmatter import Document
    from .source import Report


class Body:
    """The public text of a file's body in its parts, each of which knows where it stands in the file."""

    def __init__(self, document: Document, report: Report) -> None:
        public = without_internal_notes(document.body)
        place = document.source.place
        for fault in public.faults:
            report.error(place(document.body_index + fault.index), "internal-marker", fault.message, fault.hint)
        lines = read_lines(public.text)
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
            elif above and (part.kind is not SectionKind.OTHER or part.level <= above.level):
                above = None
            if above:
                yield part, above

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not any(part.heading or part.markdown.strip() for part in self.parts)

    def sections(self) -> tuple[Section, ...]:
        """The parts as the model has them; blank lines before the first heading are none."""
        shown = (part for part in self.parts if part.level or part.markdown.strip())
        return tuple(part.section(self.heading_line(part)) for part in shown)


def read_postmortem(body: Body, begins_at: datetime, zone: ZoneInfo, report: Report) -> Postmortem:
    """The body as a postmortem that is not published yet.

    What is unclear in its timeline or its promises is reported as warnings. The times of the timeline are near
    `begins_at` and on clocks in `zone`.
    """
    timeline = TimelineReader(begins_at, zone)
    for part, above in body.belonging_to(SectionKind.TIMELINE):
        timeline.read(part, above.heading, body.heading_line(part), partial(body.line, part))
    promises: list[ActionItem] = []
    complaints: list[Complaint] = []
    for part, _ in body.belonging_to(SectionKind.ACTION_ITEMS):
        promises.extend(read_action_items(part, partial(body.line, part), complaints))
    for complaint in [*timeline.complaints, *complaints]:
        report.warning(Place(complaint.line, 1), complaint.code, complaint.message, complaint.hint)
    return Postmortem(
        sections=body.sections(),
        timeline=turning_points(timeline.entries, begins_at),
        action_items=tuple(promises),
        shares=told_shares(body),
    )
