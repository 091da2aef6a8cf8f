"""The instant of the next update, as the text of an update promises it.

Only plain wordings count: a wrong reading would show a promise as broken.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import next_time
from mkdocs_incidents.content.problems import WrongValueError

from .durations import LENGTH, minutes_of
from .sentences import sentence_around
from .time_mentions import time_mentions
from .zones import clocks_meant

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

_BY = r"(?:by|at|before|around|no later than|not later than|at the latest by)\s+(?:about\s+|around\s+)?"
_IN = r"(?:with)?in\s+(?:the next\s+)?(?:about\s+|around\s+)?"
_UPDATE = r"(?:status\s+)?(?:update|news|word|message|information)s?"
_ANNOUNCED = (
    r"(?:(?:expect|provide|post|share|give|send|have)\s+(?:you\s+)?an?\s+update"
    rf"|(?:next|another|a\s+further|further)\s+{_UPDATE}"
    r"(?:\s+(?:is|will\s+be|will\s+follow|follows|will\s+come|comes|due|expected|planned|posted|shared|given|to\s+follow|here))*"
    r"|we(?:['’]ll|\s+will)\s+(?:be\s+back|report(?:\s+back)?|update\s+(?:you|this\s+page|this\s+post|here|everyone)|update)"
    r"(?:\s+(?:again|here|back|next|with\s+more))*"
    r"|hear\s+from\s+us(?:\s+again)?)"
)
_AT = re.compile(rf"\b{_ANNOUNCED}(?:\s+{_BY}|\s*[:–—]\s*(?:{_BY})?)", re.IGNORECASE)
_TELLING = ("update", "report", "hear from", "be back", "next", "another", "further")
_AFTER = re.compile(rf"\b{_ANNOUNCED}\s+{_IN}(?=\w)", re.IGNORECASE)
# Behind the time the thought must end, or go on without changing the time.
_END = re.compile(
    r"(?:\s?(?:h|hrs|hours|o'clock)\b)?[*_`)\]]*(?:\s*(?:$|[.!?;,](?!\d)|\n)"
    r"|\s+(?:at the latest|latest|or (?:earlier|sooner|before)|today|if|unless|as soon as)\b)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:no|not|never|without|missed|promised|instead|hope|hoping|may|might|could|try|aim|unable|cannot|was|were"
    r"|had)\b|n['’]t\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(r"\s*[,(]?\s*(?:tomorrow|on\b|mon|tue|wed|thu|fri|sat|sun|\d|next)", re.IGNORECASE)
_FAR = timedelta(hours=18)  # `by 15:00` in an update of 15:01 does not mean tomorrow
_FAR_IN_12_HOURS = timedelta(hours=12)  # `by 3:00` in an update of 14:10 means the afternoon


def promised_in(message: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The UTC instant for which `message`, published at `at`, plainly promises the next update; else None."""
    folded = message.casefold()
    if not any(word in folded for word in _TELLING):  # most messages promise nothing
        return None
    for found in _AFTER.finditer(message):
        length = LENGTH.match(message, found.end())
        if length and (minutes := minutes_of(length)) and _plain(message, found.start(), length.end()):
            return at + timedelta(minutes=minutes)
    for found in _AT.finditer(message):
        if promised := _by_the_clock(message, found, at, zone):
            return promised
    return None


def _by_the_clock(message: str, found: re.Match[str], at: datetime, zone: ZoneInfo) -> datetime | None:
    mention = next((mention for mention in time_mentions(message) if mention.start == found.end()), None)
    if mention is None or mention.clock is None or mention.day or not _plain(message, found.start(), mention.end):
        return None
    clock = time(mention.clock.hour, mention.clock.minute, mention.clock.second)
    named = clocks_meant(mention.zone, zone, at.year) if mention.zone else zone
    try:
        promised = next_time(clock, at, named) if named else None
    except WrongValueError:  # clocks skip that time or show it twice
        return None
    farthest = _FAR_IN_12_HOURS if mention.clock.either_half else _FAR
    return promised if promised and promised - at <= farthest else None


def _plain(message: str, start: int, end: int) -> bool:
    """Whether the sentence is a plain promise: no doubt in front of it, no other day behind it."""
    if not _END.match(message, end) or _OTHER_DAY.match(message, end):
        return False
    begin, _ = sentence_around(message, start)
    return not _DOUBT.search(message, begin, start)
