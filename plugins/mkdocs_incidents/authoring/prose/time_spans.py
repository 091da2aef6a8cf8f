"""From when to when, in a sentence: `from 14:30 to 15:15`, `2:30–3:15 PM UTC`, `between 9 and 11 AM`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .clocks import WrittenClock
from .time_mentions import TimeMention, time_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP_WORDS = (
    r"on|the|same|day|and|at|to|until|till|til|through|thru|up|around|approximately|about|roughly|nearly|ended"
    r"|ending|ends|ended|end|"
    r"was|were|being|fully|finally|resolved|restored|fixed|recovered|concluded|concluding|finished|finishing"
    r"|lasted|lasting|it|next|following|"
    r"day|morning|afternoon|evening|night|in|of|time|local|hours|hrs|later|with|service|services|resolution"
    r"|resolving|completely|"
    r"when|before|by|eventually|normal|stop|stopped|stopping|which|this|that|a|total|outage|incident|issue"
)
_GAP = re.compile(rf"(?:[\s,;()\[\].*_–—→=>-]|\b(?:{_GAP_WORDS})\b){{1,40}}", re.IGNORECASE)
_CONNECTOR = re.compile(
    r"\b(?:to|until|till|til|through|thru|and|ended|ending|ends|lasting|lasted|resolved|restored|concluded"
    r"|concluding|finishing|recovered)\b|=>|[–—→-]",
    re.IGNORECASE,
)
_PLAIN_HOURS = re.compile(
    r"\b(?:from|between)\s+(\d{1,2})\s*(?:to|-|–|—|and|until)\s*(?=(\d{1,2})(?::[0-5]\d)?\s?[ap]\.?m\b)", re.IGNORECASE
)


def span_in(text: str) -> tuple[TimeMention, TimeMention] | None:
    """Two times of day that `text` connects as beginning and end; a day or a zone of one counts for both."""
    timed = [mention for mention in time_mentions(text) if mention.clock or mention.zone or mention.day]
    for index, first in enumerate(timed):
        if first.clock is None:
            continue
        zone, day_between = first.zone, None
        for second in timed[index + 1 : index + 4]:
            if second.clock is None:
                zone, day_between = zone or second.zone, day_between or second.day
                continue
            gap = _without(text, first.end, second.start, timed)
            if _GAP.fullmatch(gap) and _CONNECTOR.search(gap):
                return same_halves(replace(first, zone=zone, day=first.day or day_between), second)
            break
    if hours := _PLAIN_HOURS.search(text):
        after = next((mention for mention in timed if mention.clock and mention.start == hours.start(2)), None)
        if after and after.clock and int(hours[1]) <= 12:  # noqa: PLR2004
            return same_halves(
                TimeMention(start=hours.start(1), end=hours.end(1), clock=WrittenClock(hour=int(hours[1]), minute=0)),
                after,
            )
    return None


def _without(text: str, start: int, end: int, found: Sequence[TimeMention]) -> str:
    """`text` between two places, without the days and zones in it."""
    kept, position = "", start
    for mention in found:
        if start <= mention.start and mention.end <= end:
            kept += text[position : mention.start] + " "
            position = mention.end
    return kept + text[position:end] or " "


def same_halves(first: TimeMention, second: TimeMention) -> tuple[TimeMention, TimeMention]:
    """`9:00 and 11:00 AM`: the letters of the second count for the first, unless that would turn them round."""
    begin, end = first.clock, second.clock
    if begin and end and not begin.half and end.half in {"am", "pm"} and begin.hour <= 12:  # noqa: PLR2004
        same = begin.in_half(end.half)
        opposite = begin.in_half("am" if end.half == "pm" else "pm")
        begin = opposite if same.minutes > end.minutes >= opposite.minutes else same
    elif begin and end and begin.half in {"am", "pm"} and not end.half and end.hour < 12:  # noqa: PLR2004
        same = end.in_half(begin.half)
        end = same if same.minutes > begin.minutes else end
    first = replace(first, clock=begin, zone=first.zone or second.zone)
    return first, replace(second, clock=end, zone=second.zone or first.zone)
