"""Entries of a timeline in the form that a build reads: each an item, a row or a heading that begins with its time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.blocks import Item, blocks, own_text, table_at
from mkdocs_incidents.content.postmortem.dates_and_times import day_alone, normalized
from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.model import SectionKind

from ..prose.days import WrittenDay, order_of_numbers
from ..prose.document import pieces, plain_prose, without_bullet_signs, without_structure
from ..prose.document_parts import parts_of_body
from ..prose.time_mentions import leading_time, tokens
from ..prose.timeline import announced_zones, find_timeline, settled_clocks
from ..prose.zones import WrittenZone
from .entry_forms import EntryMeaning, Times, form_that_is_read, propose_table
from .proposals import ProposalSureness, blanked, index_of, read_strictly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.content.postmortem.blocks import Table
    from mkdocs_incidents.model import TimelineEntry

    from ..prose.document import DocumentLine
    from ..prose.entries import ProseEntry
    from ..prose.time_mentions import WrittenClock
    from .proposals import Context, EditedText, StrictReading

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<bullet>[-*+•]|\d{1,3}[.)])(?P<space>[ \t]+)(?=\S)")
_GLUED = re.compile(r"(?P<indent>\s*)(?P<bullet>\d{1,3}[.)]|-)(?=\d{1,2}[:.]\d\d)")
_OTHER_BULLET = re.compile(r"^\s*(?:[-*+=–—]\s+|[•▪●◦‣·➢➤►▸○▫]\s*)+(?=\S)")
_HEADING = re.compile(r"(?P<marks> {0,3}#{1,6}[ \t]*)(?P<words>.*?)(?P<end>[ \t]*#*[ \t]*)$")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_LABEL_ABOVE = re.compile(r"(?P<margin>\s*)(?:[-*+•]|\d{1,3}[.)])\s+.*:[*_\s]*$")
_MERIDIEM = re.compile(r"(?<![\d:])(?:1[0-2]|0?\d)(?::\d\d){0,2}\s?[ap]\.?m\b", re.IGNORECASE)
_NO_TIME = re.compile(r"\s*[*_]*[~`]")
"""Struck words and code are no times."""
_HALF_IN_WORDS = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s+(?:o['’]clock\s+)?(?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night))\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"[\W_]*(?P<name>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(?:tomorrow|yesterday|(?:the )?(?:next|following|previous|same) (?:day|morning|evening|night|week)|overnight"
    r"|day \d{1,2}|(?:days?|weeks?|months?) (?:later|after|before|earlier|ago))\b",
    re.IGNORECASE,
)
_LONGEST_READ = 400
_MOST_FENCES = 4
_FEWEST = 4
"""Different times in a list that no heading calls a timeline, from which on it surely is one."""
_JOINED = 3
"""Lines, from that of a time on, among which the words of its entry begin."""
_NOON_MINUTES, _CLOSE, _FAR = 12 * 60, 120, 360
"""Minutes: half a day; how near to the beginning its entry is, and how far from it a wrong reading."""


def propose_entries(text: EditedText, context: Context) -> None:
    """Propose a form that is read for each entry of the timeline that only a person finds."""
    _propose_ends_of_code(text)
    entries = _Entries(text, context)
    if entries.found.timed:
        entries.propose()
        _propose_zone(text, context)


def _propose_ends_of_code(text: EditedText) -> None:
    """Code whose end was forgotten ends before the entry that would be read as code."""
    for _ in range(_MOST_FENCES):
        prose = read_lines(text.public).prose
        opened = _openings(text.lines, prose)
        timed = find_timeline(parts_of_body(text.public)).timed
        found = (entry.line - 1 for entry in timed if not prose[entry.line - 1])
        index = next((n for n in found if opened[n] is not None and n and not text.lines[n - 1].strip()), None)
        if index is None:
            return
        opening = text.lines[opened[index] or 0]
        text.propose(
            index,
            [opening.strip()[:3], "", text.lines[index]],
            subject="code",
            words=opening,
            reason="code whose end was forgotten; without it the entries below are code",
        )


def _openings(lines: Sequence[str], prose: Sequence[bool]) -> list[int | None]:
    """For each line in fenced code the line that opens it."""
    opened: list[int | None] = []
    current: int | None = None
    for number, line in enumerate(lines):
        is_prose = number >= len(prose) or prose[number]
        if is_prose:
            current = None
        elif current is None and _FENCE.match(line):
            current = number
        opened.append(current)
    return opened


def _propose_zone(text: EditedText, context: Context) -> None:
    """A timeline that is not read because of how its zone is written says it once more, in a way that is read."""
    read = text.read(context)
    places = announced_zones(parts_of_body(text.public))
    named = next((place.zone for place in places if place.zone.certain), None)
    if read.entry_lines or named is None or not _same_zone(named, context):
        return
    parts = next((parts for kind, parts in read.body.sections() if kind is SectionKind.TIMELINE), None)
    if parts is None:
        return
    first = parts[0]
    heading = text.lines[first.first_line : first.text_line]
    stated = [*heading, "", f"Times: {context.zone.key}", ""]
    tried = [*text.lines[: first.first_line], *stated, *text.lines[first.text_line :]]
    if read_strictly(blanked("\n".join(tried)), context).entry_lines:
        text.propose(
            first.first_line,
            stated,
            subject="zone",
            words=named.written,
            reason=f"a zone that is not certain as it is written; it is read as {context.zone.key}",
            count=len(heading),
        )


class _Entries:
    def __init__(self, text: EditedText, context: Context) -> None:
        self._text = text
        self._context = context
        self.found = find_timeline(parts_of_body(text.public))
        days = [entry.day for entry in self.found.entries if entry.day]
        lines = {entry.line - 1 for entry in self.found.timed}
        self._times = Times(
            context=context,
            order=order_of_numbers(days, None),
            usual_order=order_of_numbers((), WrittenZone(written=context.zone.key, key=context.zone.key)),
            meridiem=any(_MERIDIEM.search(text.lines[line][:_LONGEST_READ]) for line in lines),
            dotted=sum(leading_time(plain_prose(without_bullet(text.lines[line]))) is None for line in lines) > 1,
        )
        self._clocks = settled_clocks(self.found)
        self._guessed = self._settle_by_beginning()
        self._in_order = [*self._clocks.values()]
        self._places = {entry: place for place, entry in enumerate(self._clocks)}
        self._other_days = any(
            _OTHER_DAY.match(line.text) or _WEEKDAY.fullmatch(line.text.rstrip(" :.,"))
            for part in self.found.parts
            for line in part.lines
        )

    def _settle_by_beginning(self) -> bool:
        """Read hours of twelve as of the afternoon where only that brings the first near to the beginning."""
        clocks = [*self._clocks.values()]
        begins_at = self._context.begins_at
        open_halves = all(entry.clock and entry.clock.either_half for entry in self._clocks)
        if not clocks or begins_at is None or not open_halves:
            return False
        local = begins_at.astimezone(self._context.zone)
        begin = local.hour * 60 + local.minute
        away = min(abs(clock.minutes - begin) for clock in clocks)
        noon = min(abs(clock.minutes % _NOON_MINUTES + _NOON_MINUTES - begin) for clock in clocks)
        if noon <= _CLOSE and away >= _FAR:
            self._clocks = {entry: clock.in_half("pm") for entry, clock in self._clocks.items()}
        return True

    def propose(self) -> None:
        strict = self._text.read(self._context)
        read = {index_of(entry): entry for entry in strict.postmortem.timeline}
        nested = frozenset(_nested_lines(strict))
        prose = strict.body.lines.prose
        rows = {line: table for table in _tables(self._text) for line in range(table.first, table.end)}
        by_line: dict[int, list[ProseEntry]] = {}
        for entry in self.found.entries:
            by_line.setdefault(entry.line - 1, []).append(entry)
        days = {line.number - 1 for part in self.found.parts for line in part.lines if _is_open_day(line)}
        lines = [f"{line}\n" for line in self._text.lines]
        for index in sorted({*by_line, *days} - nested, reverse=True):
            if not prose[index]:
                continue
            if index in rows:
                table = rows[index]
                if index == max(line for line in range(table.first, table.end) if line in by_line or line == index):
                    self._propose_table(table, by_line, read, lines)
            elif index in by_line and not self._is_read(by_line[index], read.get(index)):
                self._propose_line(index, by_line[index])
            elif index in days and index not in by_line:
                self._propose_day(index)
        if not self.found.announced:
            first = min(by_line)
            self._announce(rows[first].first if first in rows else first)

    def _is_read(self, entries: Sequence[ProseEntry], read: TimelineEntry | None) -> bool:
        """Whether the one entry of a line is read at the time that is meant."""
        clock = self._clocks.get(entries[0], entries[0].clock)
        if read is None or len(entries) > 1 or clock is None:
            return read is not None and len(entries) == 1
        if _until(entries[0]) and read.until is None:
            return False  # `14:30 to 14:45` is read as its beginning only
        own = entries[0].clock
        if own is None or own.half or not own.either_half:
            return True
        local = read.at.astimezone(self._context.zone)
        return (local.hour, local.minute) == (clock.hour, clock.minute) or clock.hour == own.hour

    def _announce(self, index: int) -> None:
        """A list of times that no heading calls a timeline gets one."""
        part = self.found.parts[0]
        level = part.level + 1 if 0 < part.level < 6 else 2  # noqa: PLR2004  levels of headings
        different = len({str(clock) for clock in self._clocks.values()})
        gap = [""] if index and self._text.lines[index - 1].strip() else []
        after = [*gap, f"{'#' * level} Timeline", "", self._text.lines[index]]
        if not self._is_announced([*self._text.lines[:index], *after, *self._text.lines[index + 1 :]]):
            return  # inside code, for example
        self._text.propose(
            index,
            after,
            subject="section",
            words=self._text.lines[index],
            reason="a list of times without a heading that says that it is the timeline",
            sureness=ProposalSureness.SURE if different >= _FEWEST and self.found.is_plain else ProposalSureness.LIKELY,
        )

    def _is_announced(self, lines: Sequence[str]) -> bool:
        return find_timeline(parts_of_body(blanked("\n".join(lines)))).announced

    def _propose_line(self, index: int, entries: list[ProseEntry]) -> None:
        typed = self._text.lines[index]
        timed = [entry for entry in entries if entry.clock]
        if not timed or typed.lstrip().startswith((">", "|")):
            return
        several = [piece for piece in pieces(typed) if piece.strip()]
        if len(several) > 1 and not typed.lstrip().startswith("#"):
            self._propose_items(index, several, timed)
            return
        heading = _HEADING.match(typed) if typed.lstrip().startswith("#") else None
        words = heading["words"] if heading else without_bullet(typed)
        joined = self._words_below(index) if not heading and not _words_behind_time(words) else 0
        if joined:
            words = f"{words} — {self._text.lines[index + joined].strip()}"
        meant = self._meant(timed[0], words)
        form = form_that_is_read(words, meant, self._times) if meant and not _NO_TIME.match(words) else None
        if form is None:
            return
        begin = heading["marks"] if heading else item_begin(self._text.lines, index)
        self._text.propose(
            index,
            [f"{begin}{form[0]}{heading['end'] if heading else ''}"],
            subject="entry",
            words=typed,
            reason=_reason(typed, form[0]),
            sureness=form[1],
            count=joined + 1,
        )

    def _propose_items(self, index: int, several: Sequence[str], timed: Sequence[ProseEntry]) -> None:
        """Several entries on one line become one item each."""
        begin = item_begin(self._text.lines, index)
        items, sureness = [], ProposalSureness.SURE
        remaining = list(timed)
        for piece in several:
            words = without_bullet(piece)
            begins = leading_time(plain_prose(words))
            if remaining and begins and begins.mention.clock:
                meant = self._meant(remaining.pop(0), words)
                form = form_that_is_read(words, meant, self._times) if meant else None
                if form:
                    words = form[0]
                    sureness = sureness if form[1] is ProposalSureness.SURE else ProposalSureness.LIKELY
            if words:
                items.append(f"{begin}{words}")
        self._text.propose(
            index,
            items,
            subject="entry",
            words=self._text.lines[index],
            reason="several entries on one line; each becomes an item",
            sureness=sureness,
        )

    def _words_below(self, index: int) -> int:
        """How many lines below a time that stands alone its words begin; 0 where there are none."""
        for below in range(1, _JOINED):
            if index + below < len(self._text.lines) and (line := self._text.lines[index + below]).strip():
                own = leading_time(plain_prose(without_bullet(line)))
                item = _ITEM.match(line) or line.lstrip().startswith(("#", "|", "```", "~~~", "<"))
                return 0 if item or (own and own.mention.clock) else below
        return 0

    def _meant(self, entry: ProseEntry, words: str) -> EntryMeaning | None:
        """What an entry means by its own words and by the order of the timeline; None where its day stays open."""
        clock = self._clocks.get(entry, entry.clock)
        if clock is None:
            return None
        own = leading_time(plain_prose(words))
        zone = entry.zone
        other = zone is not None and zone.certain and not _same_zone(zone, self._context)
        day = own.mention.day if own else entry.day if entry.form in {"last", "untimed"} else None
        certain = self._certain(entry, clock)
        if half := _HALF_IN_WORDS.search(words):
            clock = clock.in_half("am" if (half["part"] or "").casefold() == "morning" else "pm")
            certain = False
        elif (until := _until(entry)) and until.half and not (entry.clock and entry.clock.half) and clock.either_half:
            clock = _same_half(entry.clock or clock, until)
        if day is None and (_OTHER_DAY.search(words) or self._other_days):
            return None
        if day is None and entry.day is None and (weekday := _WEEKDAY.match(words)):
            day, certain = self._day_of(weekday["name"]), False
            if day is None:
                return None
        return EntryMeaning(
            clock=clock,
            until=_until(entry),
            day=day,
            zone=zone.written if zone and other else "",
            certain=certain,
        )

    def _day_of(self, weekday: str) -> WrittenDay | None:
        """The day of that name from the beginning on."""
        begin: date | None = self._times.begins_on
        if begin is None:
            return None
        ahead = (_WEEKDAYS.index(weekday[:3].casefold()) - begin.weekday()) % 7
        found = begin + timedelta(days=ahead)
        return WrittenDay(year=found.year, month=found.month, day=found.day)

    def _certain(self, entry: ProseEntry, clock: WrittenClock) -> bool:
        """Whether no other half of the day fits between the entries before and behind."""
        if not (entry.clock and entry.clock.either_half and not entry.clock.half):
            return True
        if self._guessed:
            same = clock.hour == entry.clock.hour
            return self._near_beginning(clock) if same else self._is_within(clock) and not self._is_within(entry.clock)
        if not self._times.meridiem:
            return True  # on 24 hours, as the other times are
        place = self._places.get(entry, 0)
        before = self._in_order[place - 1].minutes if place else 0
        behind = self._in_order[place + 1].minutes if place + 1 < len(self._in_order) else 24 * 60
        readings = (entry.clock.in_half("am"), entry.clock.in_half("pm"))
        return [reading.minutes for reading in readings if before <= reading.minutes <= behind] == [clock.minutes]

    def _near_beginning(self, clock: WrittenClock) -> bool:
        """Whether hours of twelve throughout are near to the beginning as they stand, or nothing is known of it."""
        begins_at = self._context.begins_at
        if begins_at is None:
            return True
        local = begins_at.astimezone(self._context.zone)
        return abs(clock.minutes - local.hour * 60 - local.minute) < _FAR

    def _is_within(self, clock: WrittenClock) -> bool:
        """Whether a time is between the beginning and the end that the file states, both on one day."""
        context = self._context
        if context.begins_at is None or context.ends_at is None:
            return False
        begin, end = context.begins_at.astimezone(context.zone), context.ends_at.astimezone(context.zone)
        within = begin.hour * 60 + begin.minute <= clock.minutes <= end.hour * 60 + end.minute
        return begin.date() == end.date() and within

    def _propose_day(self, index: int) -> None:
        """A day on a line of its own gets its year, or the form that is read."""
        typed = self._text.lines[index]
        masked = re.sub(r"[*_`#]", " ", typed)
        found = next(((begin, end, day) for begin, end, day in tokens(masked) if isinstance(day, WrittenDay)), None)
        if found is None or day_alone(plain_words(without_bullet(typed.lstrip("# ")))):
            return
        begin, end, day = found
        form = self._times.day(typed[begin:end], day)
        if form is None:
            return
        after = f"{typed[:begin]}{form[0]}{typed[end:]}"
        if day_alone(normalized(plain_words(without_bullet(after.lstrip("# "))))):
            self._text.propose(
                index, [after], subject="day", words=typed, reason="a day without its year", sureness=form[1]
            )

    def _propose_table(
        self,
        table: Table,
        by_line: dict[int, list[ProseEntry]],
        read: Mapping[int, TimelineEntry],
        lines: Sequence[str],
    ) -> None:
        entries = {line: by_line[line][0] for line in range(table.first, table.end) if line in by_line}
        meant = {line: self._meant(entry, "") for line, entry in entries.items() if entry.clock}
        if not read.keys() >= entries.keys():
            propose_table(
                self._text, table, {line: known for line, known in meant.items() if known}, self._times, lines
            )


def _until(entry: ProseEntry) -> WrittenClock | None:
    """The end of a range; none where the same time stands there once more: `12:00 — Noon: …`."""
    same = entry.clock and entry.until and entry.clock.minutes == entry.until.minutes
    return None if same else entry.until


def _same_half(clock: WrittenClock, until: WrittenClock) -> WrittenClock:
    """`12:00–12:30 AM`: the letters behind the second time count for the first, unless that would turn them round."""
    readings = (clock.in_half(until.half), clock.in_half("am"), clock.in_half("pm"))
    return next((reading for reading in readings if reading.minutes <= until.minutes), clock)


def _nested_lines(read: StrictReading) -> Iterator[int]:
    """The lines of items nested in other items than a day: they belong to these, and are no entries of their own."""
    for part in read.body.parts:
        for block in blocks(part.lines):
            if isinstance(block, Item) and block.children and not day_alone(own_text(block, part.lines.texts)):
                yield from range(part.text_line + block.children[0].first, part.text_line + block.end)


def _tables(text: EditedText) -> Iterator[Table]:
    lines = read_lines(text.public)
    number = 0
    while number < len(lines.texts):
        table = table_at(lines, number)
        if table:
            yield table
        number = table.end if table else number + 1


def _same_zone(zone: WrittenZone, context: Context) -> bool:
    at = (context.begins_at).astimezone(context.zone).replace(tzinfo=None) if context.begins_at else None
    own = WrittenZone(written=context.zone.key, key=context.zone.key)
    return at is None or zone.same_clocks(own, at)


def _is_open_day(line: DocumentLine) -> bool:
    """Whether a line is a day and nothing else."""
    if line.code or line.blank or line.quoted or line.cells:
        return False
    found = leading_time(line.text)
    return found is not None and found.day_alone


def _words_behind_time(words: str) -> bool:
    found = leading_time(plain_prose(words))
    return found is None or found.mention.clock is None or bool(re.search(r"\w", found.rest))


def item_begin(lines: Sequence[str], index: int) -> str:
    """What stands before the words of a line as an item: its own bullet, or one at the margin of the item above."""
    if item := _ITEM.match(lines[index]):
        return item[0]
    if glued := _GLUED.match(lines[index]):
        return f"{glued[0]} "
    above = next((lines[number] for number in range(index - 1, -1, -1) if lines[number].strip()), "")
    if label := _LABEL_ABOVE.match(above):
        return f"{label['margin']}    - "
    margin = above[: len(above) - len(above.lstrip())] if above.lstrip().startswith("- ") else ""
    return f"{margin}- "


def without_bullet(line: str) -> str:
    """A line without its bullet, as an author or a program wrote it: `* `, `• `, `:small_orange_diamond:`."""
    line = without_bullet_signs(without_structure(line))
    item = _ITEM.match(line) or _GLUED.match(line)
    return (line[item.end() :] if item else _OTHER_BULLET.sub("", line)).strip()


def _reason(typed: str, form: str) -> str:
    """What is done to an entry."""
    if form == without_bullet(typed):
        return "an entry without a bullet"
    if typed.rstrip().endswith(form.split(" — ", 1)[-1]):
        return "an entry whose time is written in another way, or stands inside its words"
    return "an entry whose time is not read as it stands"
