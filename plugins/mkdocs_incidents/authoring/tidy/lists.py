"""Lists in a body: HTML becomes Markdown, group items become headings, relative times count from the right entry."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.blocks import Item, Paragraph, blocks, own_text
from mkdocs_incidents.content.postmortem.dates_and_times import day_alone
from mkdocs_incidents.content.postmortem.entry_heads import begins_with_time, head_of
from mkdocs_incidents.content.postmortem.sections import kind_of, plain_words
from mkdocs_incidents.model import SectionKind

from ..prose.action_items import find_actions
from ..prose.document import pieces, plain_prose, without_bullet_signs, without_structure
from ..prose.document_parts import parts_of_body
from ..prose.durations import LENGTH, minutes_of
from ..prose.time_mentions import leading_time
from ..prose.timeline import find_timeline
from .proposals import ProposalSureness, index_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mkdocs_incidents.content.postmortem.sections import BodyPart

    from .proposals import Context, EditedText

_BLOCK = re.compile(r" {0,3}<(?:ul|ol|li|p)\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:<(?:ul|ol)\b[^<>]*>\s*)*<li\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>(?!\s*$).*</p>\s*$", re.IGNORECASE)
_OTHER_BLOCKS = re.compile(r"</?(?:table|tr|td|th|div|section|details|pre|blockquote|h[1-6])\b", re.IGNORECASE)


def propose_html_lists(text: EditedText) -> None:
    """Propose Markdown for the lists in HTML that stand in a timeline or below action items."""
    inside = _lines_of_lists(text)
    for first, end in reversed([*_html_blocks(text)]):
        lines = text.lines[first:end]
        after = _as_markdown(lines)
        if after and inside.intersection(range(first, end)):
            gap = [""] if first and text.lines[first - 1].strip() else []
            text.propose(
                first,
                [*gap, *after],
                subject="list",
                words=lines[0],
                reason="a list in HTML, in which a build reads nothing",
                count=end - first,
            )


def _lines_of_lists(text: EditedText) -> frozenset[int]:
    """The lines on which a person finds the entries of the timeline and the action items."""
    parts = parts_of_body(text.public)
    lines = [entry.line for entry in find_timeline(parts).entries] + [item.line for item in find_actions(parts)]
    return frozenset(line - 1 for line in lines)


def _html_blocks(text: EditedText) -> Iterator[tuple[int, int]]:
    """The first line of each block of HTML that begins with a list or a paragraph, and the line behind it."""
    prose = read_lines(text.public).prose
    number = 0
    while number < len(prose):
        end = number + 1
        if not prose[number] and _BLOCK.match(text.lines[number]):
            while end < len(prose) and not prose[end] and text.lines[end].strip():
                end += 1
            yield number, end
        number = end


def _as_markdown(lines: Sequence[str]) -> list[str]:
    """The items of a list in HTML as items in Markdown; empty where something else stands between them."""
    items: list[str] = []
    for line in lines:
        if _OTHER_BLOCKS.search(line):
            return []
        for piece in pieces(line):
            words = without_bullet_signs(without_structure(piece)).strip()
            if words and not (_ITEM.match(piece) or _PARAGRAPH.match(line)):
                return []
            if words:
                items.append(f"- {words}")
    return items


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


def _unread_entries(text: EditedText, context: Context) -> Iterator[tuple[BodyPart, int, str, str]]:
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


def _lines_of_entries(part: BodyPart) -> Iterator[int]:
    """The lines of a part on which outer items begin, and those that stand for themselves."""
    for block in blocks(part.lines):
        if isinstance(block, Item):
            yield block.first
        elif isinstance(block, Paragraph) and part.lines.prose[block.first]:
            yield from range(block.first, block.end)


def _timeline_parts(text: EditedText, context: Context) -> Iterator[BodyPart]:
    for kind, parts in text.read(context).body.sections():
        if kind is SectionKind.TIMELINE:
            yield from parts


def _is_timed(words: str) -> bool:
    found = leading_time(plain_prose(words))
    return found is not None and found.mention.clock is not None
