"""A timeline entry, or a table of entries, rewritten so that a build reads the same day, time and zone in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.dates_and_times import TimeOfDay as StatedClock
from mkdocs_incidents.content.postmortem.dates_and_times import clock_at, day_alone, day_at, normalized
from mkdocs_incidents.content.postmortem.entry_heads import head_of

from ..prose.days import WrittenDay
from ..prose.document import plain_prose
from ..prose.entries import TIME_IN_LABEL, TIME_LAST
from ..prose.time_mentions import WrittenClock, leading_time, time_mentions, tokens, with_colons
from .proposals import ProposalSureness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mkdocs_incidents.content.postmortem.blocks import Table

    from ..prose.time_mentions import TimeMention
    from .proposals import Context, EditedText

_MARK = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+|~~|[\[\]()]")
_CLOSED_BY = {"[": "]", "(": ")"}
_SEPARATOR = re.compile(r"\s*(?:—|–|-{1,3}>?|=>|:|,|→|\|)")
_SPACE = re.compile(r"\s*")
_LOCAL = re.compile(r"\s*\(?local(?:\s+time)?\b\)?", re.IGNORECASE)


def text_behind(text: str, end: int) -> str:
    """The text behind a time that ends at `end`: without the separator, and no mark of emphasis is left half open.

    `**14:30:** it broke` → `it broke`, `**14:30 — it broke** for all` → `**it broke** for all`.
    """
    opened = _opened_in(text[:end])
    local = _LOCAL.match(text, end)
    place, separated = local.end() if local else end, False
    while True:
        closer = _CLOSED_BY.get(opened[-1], opened[-1]) if opened else ""
        here = _end_of(_SPACE, text, place)
        if closer and text.startswith(closer, here):
            place = here + len(closer)
            opened.pop()
        elif not separated and (separator := _SEPARATOR.match(text, place)):
            place, separated = separator.end(), True
        else:
            break
    rest = text[place:].strip()
    return f"{''.join(opened)}{rest}" if rest else ""


def without_open_marks(label: str) -> str:
    """A label cut off before its end, without the marks of emphasis that were closed behind the cut."""
    label = label.strip()
    for mark in _opened_in(label):
        label = label.replace(mark, "", 1)
    return label.strip()


def _opened_in(text: str) -> list[str]:
    """The marks that are opened in `text` and not closed there, outermost first."""
    opened: list[str] = []
    for mark in _MARK.findall(text):
        if opened and mark == _CLOSED_BY.get(opened[-1], opened[-1]):
            opened.pop()
        elif mark not in {"]", ")"}:
            opened.append(mark)
    return opened


def _end_of(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


_OPENING = re.compile(r"^[*_]{1,8}")
_LEAD = re.compile(r"[*_(\[ ]*")
_SET_APART = re.compile(r"[*_)\]]+|\s*[—–:]|\s+-")
_VAGUE = re.compile(r"[*_]*(?:\s*\?|-?ish\b)")
_LINK_END = re.compile(r"[*_`]*\]\(")
_LIKE_A_ZONE = re.compile(r"\s*[(\[]?(?P<name>(?:[A-Z][\w.]*\s){1,4}[Tt]ime|[A-Z]{3,5}(?=[)\]]))\b")
_GLUED_BEFORE = re.compile(r"[^\s(\[*_\"“”'’—–|~,;:][*_]{0,2}$|#$")
_BEFORE_A_TIME = re.compile(
    r"(?:\b(?:at|by|around|about|from|since|on|until|till)\s+(?:about\s+|around\s+)?|[(\[]\s*)[*_~]{0,3}$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:plan(?:s|ned)?|expect\w*|schedul\w+|eta|deadline|due|not before|no later|not until|unless|maybe|perhaps"
    r"|probably|possibly|will|would|should|could|may|might|time to|duration|lasted|took|takes|window"
    r"|if|whether|every|each|daily|usual\w*|always|hope\w*)\b|[?~#]|\bish\b",
    re.IGNORECASE,
)
"""Words beside a time inside of a line with which it is part of a plan or a length, and not the time of the entry."""
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:ticket|version|release|build|ratio|mac|ip|port|no|nr|chapter|section|page"
    r"|time to [\w ]{2,20}|duration|length|downtime|elapsed)\W{0,3}|#)$",
    re.IGNORECASE,
)
"""Words behind which `14:35` is no time."""
_BEHIND_LABEL = re.compile(r"^[\s)\]*_.:–—-]+")
_WORD = re.compile(r"\w")
_LEAD_OF_RANGE = re.compile(r"[\W_]*(?:(?:from|between)[\W_]*)?", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—|@:]\s*")
_PREPOSITION = re.compile(
    r"\b(?:at|by|around|about|from|since|until|till|on|in|to|of|before|after|approximately)$", re.IGNORECASE
)
_LONGEST_LABEL, _SHORTEST_LABEL, _LONGEST_LINE = 80, 3, 400
_NEAR = 45
"""Days from the beginning within which a day without a year is surely of the year that brings it there."""
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How the days and times of one timeline are meant where they leave something open."""

    context: Context
    order: str
    """Of days in numbers, as other days of the text prove it: `day first`, `month first`, or empty."""
    usual_order: str
    """That which is usual in the file's zone."""
    meridiem: bool
    """Whether AM or PM is written anywhere, so that hours without them do not fit."""
    dotted: bool = False
    """Whether several times are written as `14.30`: a single one may be a number."""

    @property
    def begins_on(self) -> date | None:
        """The day on which the notice begins, in the file's zone."""
        begins_at = self.context.begins_at
        return begins_at.astimezone(self.context.zone).date() if begins_at else None

    def date_of(self, day: WrittenDay) -> tuple[date | None, ProposalSureness]:
        """The date that is meant, and how sure that is."""
        begin = self.begins_on
        if not day.undecided:
            return self._nearest([day])
        both = [day.read_as("day first"), day.read_as("month first")]
        if begin and (close := [reading for reading in both if _days_apart(self._nearest([reading])[0], begin) <= 1]):
            return self._nearest(close[:1])
        if self.order:
            return self._nearest([day.read_as(self.order)])
        meant, _ = self._nearest([day.read_as(self.usual_order)] if self.usual_order else both)
        return meant, ProposalSureness.LIKELY

    def _nearest(self, readings: Sequence[WrittenDay]) -> tuple[date | None, ProposalSureness]:
        """The date among `readings` that is nearest to the beginning."""
        begin = self.begins_on
        dates: set[date] = set()
        for reading in readings:
            years = [begin.year + away for away in (0, -1, 1)] if begin and not reading.year else [reading.year]
            dates.update(filter(None, (replace(reading, order="").with_year(year).date for year in years if year)))
        if len(dates) == 1:
            return dates.pop(), ProposalSureness.SURE
        if not dates or begin is None:
            return None, ProposalSureness.LIKELY
        nearest = min(sorted(dates), key=lambda date: abs(date - begin))
        return nearest, ProposalSureness.SURE if _days_apart(nearest, begin) <= _NEAR else ProposalSureness.LIKELY

    def clock(self, clock: WrittenClock, *, twelve: bool = True) -> str:
        """A time of day as it is read in this timeline: `14:30`, or `2:30 PM` where the others have AM and PM.

        `twelve` is whether its author wrote an hour of twelve: `14:15pm` is `14:15`.
        """
        seconds = f":{clock.second:02}" if clock.second else ""
        if not (self.meridiem and twelve and (clock.half or clock.either_half)):
            return f"{clock.hour:02}:{clock.minute:02}{seconds}"
        half = "PM" if clock.hour >= _NOON else "AM"
        return f"{(clock.hour - 1) % _NOON + 1}:{clock.minute:02}{seconds} {half}"

    def day(self, written: str, day: WrittenDay) -> tuple[str, ProposalSureness] | None:
        """A day as it is read: as its author wrote it, with its year, or in ISO 8601; None where it stays open."""
        meant, sureness = self.date_of(day)
        if meant is None:
            return None
        joint = " " if written[:1].isdigit() else ", "
        for form in (written, f"{written}{joint}{meant.year}", meant.isoformat()):
            found = day_at(normalized(form))
            if found and found.date == meant and found.end == len(form):
                return form, sureness
        return None


def _days_apart(day: date | None, other: date) -> int:
    return abs((day - other).days) if day else _NEAR + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMeaning:
    """What an entry means: its time, and what else it states."""

    clock: WrittenClock
    until: WrittenClock | None = None
    day: WrittenDay | None = None
    """Its own, not that of a line above it."""
    zone: str = ""
    """The zone behind its time, as it is written."""
    certain: bool = True
    """Whether its time can be no other, where its author left it open."""


def form_that_is_read(text: str, meant: EntryMeaning, times: Times) -> tuple[str, ProposalSureness] | None:
    """The words of an entry, without its bullet, in the form nearest to its author's in which a build reads its time.

    None where there is no such form.
    """
    sureness = ProposalSureness.SURE if meant.certain else ProposalSureness.LIKELY
    if meant.day:
        date, sure_of_day = times.date_of(meant.day)
        if date is None:
            return None
        sureness = sureness if sure_of_day is ProposalSureness.SURE else ProposalSureness.LIKELY
    if not meant.zone and _names_unknown_zone(text, times):
        return None
    for form, sure in _forms(text, meant, times):
        if _is_read(form, meant, times):
            return form, sureness if sure else ProposalSureness.LIKELY
    return None


def _names_unknown_zone(text: str, times: Times) -> bool:
    """Whether what looks like a zone stands behind the time at the beginning, and it is not certain which one."""
    found = leading_time(text)
    behind = text[found.mention.end :] if found and found.mention.clock else ""
    zone = _LIKE_A_ZONE.match(behind)
    return zone is not None and times.context.zones.named(zone["name"]) is None


def _is_read(form: str, meant: EntryMeaning, times: Times) -> bool:
    """Whether a build reads what is meant, and words behind it."""
    first = form.split("\n", 1)[0]
    found = head_of(first, times.context.zones)
    if found is None or not isinstance(found.clock, StatedClock) or not _WORD.search(first[found.end :]):
        return False
    stated = found.clock.time
    if (stated.hour, stated.minute) != (meant.clock.hour, meant.clock.minute) or found.uncertain_day:
        return False
    if (times.meridiem and found.ambiguous) or (found.zone and found.zone.zone is None):
        return False
    if (found.until is None) != (meant.until is None) or (meant.zone and found.zone is None):
        return False
    return meant.day is None or found.day == times.date_of(meant.day)[0]


def _forms(text: str, meant: EntryMeaning, times: Times) -> Iterator[tuple[str, bool]]:
    """The forms of an entry, its author's own first; and whether one takes nothing for granted but what is written."""
    yield text, True
    first, newline, below = text.partition("\n")
    plain = _OPENING.sub(lambda found: " " * len(found[0]), first)  # so that all keeps its place
    dotted = with_colons(plain)
    found = leading_time(dotted)
    if found and found.mention.clock and not _VAGUE.match(first, (found.until or found.mention).end):
        start, end = found.mention.start, (found.until or found.mention).end
        sure = plain == dotted or times.dotted or _SET_APART.match(first, end) is not None
        if time := _repaired(first, dotted, (start, end), meant, times):
            yield f"{first[:start]}{time}{first[end:]}{newline}{below}", sure
            lead = _LEAD_OF_RANGE if meant.until else _LEAD
            if lead.fullmatch(first[:start]) and not _LINK_END.match(first, end):
                yield f"{time} — {text_behind(first, end)}{newline}{below}", sure
    if moved := _moved_to_front(first, meant, times):
        yield f"{moved}{newline}{below}", not _DOUBT.search(first)
    if place := _time_inside(first):
        yield f"{_written(meant, times)} — {text}", _is_plain(first, place, meant)


def _time_inside(first: str) -> TimeMention | None:
    """The first time of day in a line that stands by itself: not `node-14:35`, nor `#14:35`."""
    return next(
        (
            found
            for found in time_mentions(first[:_LONGEST_LINE])
            if found.clock and not _is_number(first[: found.start])
        ),
        None,
    )


def _is_number(before: str) -> bool:
    """Whether what stands before a time makes it a number, or a part of a name."""
    return _GLUED_BEFORE.search(before) is not None or _OTHER_NUMBER.search(before) is not None


def _is_plain(first: str, place: TimeMention, meant: EntryMeaning) -> bool:
    """Whether a line with its time inside says plainly that it was then: `the first customer called at 14:35`."""
    clocks = sum(mention.clock is not None for mention in time_mentions(first[:_LONGEST_LINE]))
    before = first[: place.start]
    introduced = _BEFORE_A_TIME.search(before) is not None or not _WORD.search(before)
    return clocks == (2 if meant.until else 1) and introduced and not _DOUBT.search(first)


def _repaired(text: str, plain: str, span: tuple[int, int], meant: EntryMeaning, times: Times) -> str | None:
    """What the day and time at `span` of `text` become; None where a day stays open.

    `plain` is `text` without marks.
    """
    start, end = span
    written, place = "", start
    clocks = [meant.clock, meant.until]
    for begin, stop, value in tokens(plain[:end]):
        if begin < start:
            continue
        gap = text[place:begin]
        if isinstance(value, WrittenClock) and not plain[begin].isdigit():
            return None  # `noon` is a word of its author's
        if isinstance(value, WrittenClock) and clocks:
            clock = clocks.pop(0) or value
            if (clock.minute, clock.hour % _NOON) != (value.minute, value.hour % _NOON):
                return None  # another time of the line is meant
            gap = "–" if not clocks else " " if written and _DASH.fullmatch(gap) else gap
            written += gap + _clock_form(plain[begin:stop], clock, times)
        elif isinstance(value, WrittenDay):
            form = times.day(text[begin:stop], value)
            if form is None:
                return None
            written += gap + form[0]
        else:
            written += text[place:stop]
        place = stop
    return written + text[place:end]


def _clock_form(written: str, clock: WrittenClock, times: Times) -> str:
    """A time as its author wrote it if that is read as `clock`, else as it is read."""
    stated = clock_at(normalized(written), 0)
    same = stated and (stated.time.hour, stated.time.minute) == (clock.hour, clock.minute)
    if stated and same and stated.end == len(written) and not (times.meridiem and stated.ambiguous):
        return written
    hour = re.match(r"\d{1,2}", written)
    return times.clock(clock, twelve=hour is None or int(hour[0]) <= _NOON)


def _moved_to_front(first: str, meant: EntryMeaning, times: Times) -> str:
    """`First alarm 2031-02-03 04:05` with its time in front; empty where the time does not stand alone at its end."""
    found = _time_inside(first)
    if found is None:
        return ""
    label, behind = without_open_marks(first[: found.start].rstrip(" :([-–—,@")), first[found.end :]
    if not (TIME_LAST.match(behind) or TIME_IN_LABEL.match(behind)):
        return ""
    if not _WORD.search(label) or _PREPOSITION.search(label):  # `First customer call at 09:12` is a sentence
        return ""
    time = _repaired(first, first, (found.start, found.end), meant, times)
    if time is None or not _SHORTEST_LABEL <= len(label) <= _LONGEST_LABEL:
        return ""
    if time.count("(") > time.count(")") and behind.startswith(")"):  # `Detected: 14:30 (UTC)`
        time = f"{time})"
    rest = _BEHIND_LABEL.sub("", behind)
    return f"{time} — {label}: {rest}" if rest else f"{time} — {label}"


def _written(meant: EntryMeaning, times: Times) -> str:
    """The day, time and zone that are meant, as they are read."""
    day = times.date_of(meant.day)[0] if meant.day else None
    until = f"–{times.clock(meant.until)}" if meant.until else ""
    zone = f" {meant.zone}" if meant.zone else ""
    return f"{f'{day} ' if day else ''}{times.clock(meant.clock)}{until}{zone}"


def cell_that_is_read(cell: str, meant: EntryMeaning, times: Times) -> tuple[str, ProposalSureness] | None:
    """A cell of a column of times in a form in which a build reads what is meant; None where there is none."""
    form = form_that_is_read(f"{cell} — x", meant, times)
    if form is None:
        return None
    time, _, words = form[0].rpartition(" — ")
    found = head_of(time, times.context.zones)
    return (time, form[1]) if words == "x" and found and found.end == len(time) else None


_ZONE_HEADER = re.compile(r"\b(?:zone|tz|time ?zone|offset)\b")
_DAY_HEADER = re.compile(r"\b(?:date|day)\b")


def propose_table(
    text: EditedText, table: Table, entries: Mapping[int, EntryMeaning], times: Times, lines: Sequence[str]
) -> None:
    """Propose an order of columns and forms of days and times in which the rows of `entries`, by line, are read.

    `lines` are those of the text with their ends. Nothing is proposed for a table with a column of zones, or of days
    that are not understood: without them its times would be others.
    """
    width = max(len(row.cells) for row in (table.header, *table.rows))
    cells = {row.line: [row.text(lines, number) for number in range(width)] for row in (table.header, *table.rows)}
    counted = [sum(_is_time(cells[row.line][number]) for row in table.rows) for number in range(width)]
    if not any(counted):
        return
    time = counted.index(max(counted))
    headers = [cell.casefold() for cell in cells[table.first]]
    if any(_ZONE_HEADER.search(header) for n, header in enumerate(headers) if n != time):
        return
    day = next((n for n in range(width) if n != time and any(_is_day(cells[row.line][n]) for row in table.rows)), None)
    if any(_DAY_HEADER.search(header) for n, header in enumerate(headers) if n not in {time, day}):
        return
    first = [n for n in (day, time) if n is not None]
    order = [*first, *(n for n in range(width) if n not in first)]
    sureness = ProposalSureness.SURE
    for line, meant in entries.items():
        if line not in cells:
            continue
        form = cell_that_is_read(cells[line][time], meant, times)
        if form is None:
            continue
        cells[line][time] = form[0]
        sureness = sureness if form[1] is ProposalSureness.SURE else ProposalSureness.LIKELY
        if day is not None and (written := cells[line][day]) and not day_alone(written):
            found = leading_time(plain_prose(written))
            better = times.day(written, found.mention.day) if found and found.mention.day else None
            if better:
                cells[line][day] = better[0]
                sureness = sureness if better[1] is ProposalSureness.SURE else ProposalSureness.LIKELY
    delimiter = _delimiter(text.lines[table.first + 1], width)
    after = [_row(cells[table.first], order), _row(delimiter, order)]
    after += [_row(cells[row.line], order) for row in table.rows]
    text.propose(
        table.first,
        after,
        subject="table",
        words=text.lines[table.first],
        reason="a table whose times are not read where or as they stand",
        sureness=sureness,
        count=table.end - table.first,
    )


def _is_time(cell: str) -> bool:
    found = leading_time(plain_prose(cell))
    return found is not None and found.mention.clock is not None and not any(map(str.isalnum, found.rest))


def _is_day(cell: str) -> bool:
    found = leading_time(plain_prose(cell))
    return found is not None and found.day_alone


def _row(cells: Sequence[str], order: Sequence[int]) -> str:
    return f"| {' | '.join(cells[number] for number in order)} |"


def _delimiter(line: str, width: int) -> list[str]:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [*cells, *["---"] * (width - len(cells))][:width]
