"""Items that only group entries of a timeline, and entries whose time is counted from another one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ...content.postmortem.days import day_alone
from ...content.postmortem.heads import begins_with_time, head_of
from ...content.postmortem.lists import Item, Paragraph, blocks, own_text
from ...content.postmortem.sections import kind_of, plain_words
from ...model import SectionKind
from ..prose.durations import LENGTH, minutes_of
from ..prose.plain_text import plain
from ..prose.time_mentions import leading_time
from .edited_text import ProposalSureness
from .strict_reading import index_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ...content.postmortem.sections import Part
    from .edited_text import EditedText
    from .strict_reading import Context

_LOWEST = 6
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_SINCE_BEGINNING = re.compile(
    r"(?P<marks>[*_`\[(]*)(?P<zero>[Tt])?\s?(?P<sign>[+\u2212–-])\s?"
    r"(?:(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?!\d|:)|(?P<hours>\d{1,3})\s?h(?:rs?|ours?)?(?:\s?(?P<more>\d{1,2})(?:\s?m(?:in\w*)?)?)?"
    r"|(?P<minutes>\d{1,4})\s?(?P<unit>m(?:ins?|inutes?)?\b|['\u2032]))(?=[\s:*_`\])—–,-]|$)",
)
_LATER = re.compile(r"\s*(?:later(?! than)|after(?:wards| that)|passed)\b", re.IGNORECASE)
_HALF_A_DAY = 12 * 60
"""Minutes from which on a time needs its day."""
_LEAD = re.compile(r"[*_]{0,3}(?:about|around|some|roughly|approximately|just|another|after)?\s*", re.IGNORECASE)


def propose_groups(text: EditedText, context: Context) -> None:
    """`- Morning:` with entries nested below it becomes a heading, since a build reads outer items only."""
    for part in reversed([*_timeline_parts(text, context)]):
        for block in reversed(blocks(part.lines)):
            if not isinstance(block, Item) or not block.children:
                continue
            own = own_text(block, part.lines.texts)
            nested = [own_text(child, part.lines.texts) for child in block.children]
            timed = sum(_is_timed(words) for words in nested)
            if timed * 2 < len(nested) or _is_timed(own) or day_alone(own) or "\n" in own:
                continue
            if kind_of(plain_words(own)) is not SectionKind.OTHER:
                continue  # as a heading it would end the timeline
            begin, end = part.text_line + block.first, part.text_line + block.end
            below = text.lines[begin + 1 : end]
            margin = min((len(line) - len(line.lstrip()) for line in below if line.strip()), default=0)
            gap = [""] if text.lines[begin - 1].strip() else []
            label = _BULLET.sub("", text.lines[begin], count=1).rstrip().rstrip(":")
            text.propose(
                begin,
                [*gap, f"{'#' * min(max(part.level, 1) + 1, _LOWEST)} {label}", "", *(line[margin:] for line in below)],
                subject="entry",
                words=text.lines[begin],
                reason="an item that only groups the entries below it; it becomes a heading",
                count=end - begin,
            )


def propose_elapsed_times(text: EditedText, context: Context) -> None:
    """`+5 min` counts from the beginning of the incident: `T+5 min`."""
    for part, line, begin, words in _unread_entries(text, context):
        since = _SINCE_BEGINNING.match(words)
        if since and (since["zero"] or since["sign"] == "+"):
            _propose(text, part.text_line + line, f"{begin}{_elapsed(since)}{words[since.end() :]}", context)


def propose_later_times(text: EditedText, context: Context) -> None:
    """`ten minutes later` counts from the entry right above."""
    read = {index_of(entry): entry.at for entry in text.read(context).postmortem.timeline}
    unread = {part.text_line + line: (begin, words) for part, line, begin, words in _unread_entries(text, context)}
    above: datetime | None = None
    for index in sorted({*read, *unread}):
        if index in read:
            above = read[index]
            continue
        begin, words = unread[index]
        minutes = _minutes_later(words)
        above = above + timedelta(minutes=minutes) if above and minutes else None
        if above and minutes:
            local = above.astimezone(context.zone)
            time = f"{local:%Y-%m-%d %H:%M}" if minutes > _HALF_A_DAY else f"{local:%H:%M}"
            _propose(text, index, f"{begin}{time} — {words}", context)


def _unread_entries(text: EditedText, context: Context) -> Iterator[tuple[Part, int, str, str]]:
    """The lines of timelines that begin with no time: part, line, bullet and words of each."""
    read = text.read(context).entry_lines
    for part in [*_timeline_parts(text, context)]:
        for line in _lines_of_entries(part):
            typed = text.lines[part.text_line + line]
            bullet = _BULLET.match(typed)
            words = typed[bullet.end() :] if bullet else typed.strip()
            if part.text_line + line not in read and not begins_with_time(words):
                yield part, line, bullet[0] if bullet else "- ", words


def _propose(text: EditedText, index: int, after: str, context: Context) -> None:
    words = _BULLET.sub("", after, count=1)
    if head_of(words, context.zones):
        text.propose(
            index,
            [after],
            subject="entry",
            words=text.lines[index],
            reason="a time that is counted from another one",
            sureness=ProposalSureness.LIKELY,
        )


def _elapsed(since: re.Match[str]) -> str:
    """Time since the beginning as it is read: `T+10 min`, `T+1h 5m`."""
    sign = "+" if since["sign"] == "+" else "-"
    marks = since["marks"]
    if since["minutes"]:
        unit = since["unit"] if since["unit"] in {"m", "min"} else "min"
        return f"{marks}T{sign}{since['minutes']} {unit}"
    hours = int(since["h"] or since["hours"] or 0)
    minutes = int(since["m"] or since["more"] or 0)
    return f"{marks}T{sign}{hours}h {minutes}m" if minutes else f"{marks}T{sign}{hours}h"


def _minutes_later(words: str) -> int | None:
    """How many minutes behind the entry above `ten minutes later, …` is; None for other words."""
    lead = _LEAD.match(words)
    found = LENGTH.match(words, lead.end() if lead else 0)
    return minutes_of(found) if found and _LATER.match(words, found.end()) else None


def _lines_of_entries(part: Part) -> Iterator[int]:
    """The lines of a part on which outer items begin, and those that stand for themselves."""
    for block in blocks(part.lines):
        if isinstance(block, Item):
            yield block.first
        elif isinstance(block, Paragraph) and part.lines.prose[block.first]:
            yield from range(block.first, block.end)


def _timeline_parts(text: EditedText, context: Context) -> Iterator[Part]:
    for kind, parts in text.read(context).body.sections():
        if kind is SectionKind.TIMELINE:
            yield from parts


def _is_timed(words: str) -> bool:
    found = leading_time(plain(words))
    return found is not None and found.mention.clock is not None
