"""Entries of a timeline in the forms people give them: items, plain lines, rows, headings; time first or last."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .time_mentions import LeadingTime, TimeMention, leading_time, time_mentions, with_colons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .days import WrittenDay
    from .document import DocumentLine
    from .time_mentions import WrittenClock
    from .zones import WrittenZone

FEWEST = 3
"""Timed lines that make a timeline where no heading says so."""
_LONGEST_LABEL = 80
_LONGEST_TEXT = 2000
_MOST_ENTRIES = 2000
_PSEUDO = re.compile(
    r"(?:time\s?zones?|all times?|times? (?:are|is|in)|note|legend|date|duration|total|tz|format|unless)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[<\[({]?\s*(?:\.{3}|…|description|event|what happened|text|todo|tbd|xxx?|n/?a)\s*[>\])}]?\.?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseEntry:
    """One thing that happened, as written."""

    line: int
    text: str
    clock: WrittenClock | None = None
    until: WrittenClock | None = None
    day: WrittenDay | None = None
    """As the entry itself, or the line that groups it, says."""
    zone: WrittenZone | None = None
    form: str = ""


@dataclass(slots=True)
class _Candidate:
    line: DocumentLine
    leading_time: LeadingTime
    rest: str
    day: WrittenDay | None
    form: str
    more: list[str] = field(default_factory=list)
    """Lines that follow it and are no entries."""


def _form(line: DocumentLine) -> str:
    if line.level:
        return "heading"
    if line.cells:
        return "row"
    return f"item {line.indent // 2}" if line.listed else "line"


def read_entries(lines: Sequence[DocumentLine], *, announced: bool) -> tuple[ProseEntry, ...]:
    """The entries in `lines`; `announced` where a heading says that they are a timeline."""
    lines = _columns(lines)
    first = _timed_first(lines, announced=announced)
    if first:
        return tuple(first[:_MOST_ENTRIES])
    last = _timed_last(lines)
    items = len(_items(lines)) if announced else 0
    if len(last) >= (max(1, items / 2) if announced else FEWEST):
        return tuple(last[:_MOST_ENTRIES])
    return tuple(_untimed(lines)[:_MOST_ENTRIES]) if announced else ()


def _columns(lines: Sequence[DocumentLine]) -> list[DocumentLine]:
    """Rows of tables with their time first, whichever column it is in."""
    moved: list[DocumentLine] = []
    for line in lines:
        if not line.cells or line.header:
            if not line.header:
                moved.append(line)
            continue
        timed = [
            cell
            for cell in line.cells
            if cell and (found := leading_time(cell)) and not found.rest and len(cell) < _LONGEST_LABEL
        ]
        others = [cell for cell in line.cells if cell and cell not in timed]
        if timed and re.fullmatch(r"#?\d{1,3}\.?", others[0] if others else ""):
            others = others[1:]
        text = f"{' '.join(timed)} - {' | '.join(others)}" if timed else " | ".join(others)
        moved.append(replace(line, text=text if others or not timed else ""))
    return moved


def _timed_first(lines: Sequence[DocumentLine], *, announced: bool) -> list[ProseEntry]:
    candidates: list[_Candidate] = []
    group: WrittenDay | None = None
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.code or line.blank or line.quoted:
            continue
        plain = with_colons(line.text) if announced else line.text
        found = None if _PSEUDO.match(line.text) and not line.level else leading_time(plain)
        text_below = announced and line.listed and following and following.text and not following.listed
        if found and found.day_alone and not (text_below and not leading_time(following.text if following else "")):
            group = found.mention.day
            continue
        dated_only = found is not None and found.mention.clock is None
        stands_out = line.listed or line.level or line.cells or (found is not None and found.separated)
        if found and (found.mention.clock or (dated_only and announced and stands_out)):
            if dated_only and not _says_something(found.rest) and not text_below:
                continue
            candidates.append(_Candidate(line, found, found.rest, found.mention.day or group, _form(line)))
        else:
            if candidates:
                candidates[-1].more.append(line.text)
            if announced and line.listed and not _PSEUDO.match(line.text):
                inside = next(
                    (mention for mention in time_mentions(line.text[:400]) if mention.clock),
                    TimeMention(start=0, end=0),
                )
                found = LeadingTime(mention=inside, until=None, rest="")
                candidates.append(_Candidate(line, found, line.text, inside.day or group, f"untimed {_form(line)}"))
                if len(candidates) > 1 and candidates[-2].form != "heading":
                    candidates[-2].more.pop()
    return _of_one_kind(candidates)


def _says_something(text: str) -> bool:
    return bool(re.search(r"\w", text)) and not _PLACEHOLDER.match(text)


def _of_one_kind(candidates: list[_Candidate]) -> list[ProseEntry]:
    """Entries among the candidates: sub-items of headings and untimed items of another kind are none."""
    timed = [
        candidate
        for candidate in candidates
        if candidate.leading_time.mention.clock and not candidate.form.startswith("untimed")
    ]
    if not timed:
        dated = [c for c in candidates if c.leading_time.mention.day]
        return [_entry(c) for c in dated] if len(dated) > 1 else []
    forms = Counter(candidate.form for candidate in timed)
    main = forms.most_common(1)[0][0]
    if forms.get("heading", 0) > 1:
        main = "heading"
        candidates = [candidate for candidate in candidates if candidate.form == main]
    elif forms.get("row", 0) > 1:
        candidates = [candidate for candidate in candidates if candidate.form == "row"]
    kept: list[_Candidate] = []
    for candidate in candidates:
        if candidate.form.startswith("untimed"):
            if candidate.form == f"untimed {main}" and candidate.line.marker == timed[0].line.marker:
                kept.append(candidate)
            continue
        kept.append(candidate)
    return [_entry(candidate) for candidate in kept if _worth(candidate)]


def _worth(candidate: _Candidate) -> bool:
    return _says_something(candidate.rest) or bool(candidate.more)


def _entry(candidate: _Candidate) -> ProseEntry:
    mention, until = candidate.leading_time.mention, candidate.leading_time.until
    more = candidate.more
    wrapped = not candidate.line.level and candidate.form != "row" and bool(more) and _wraps(candidate, more[0])
    text = candidate.rest
    if not text and more:
        text = more[0]
    elif wrapped:
        text = f"{text} {more[0]}"
    return ProseEntry(
        line=candidate.line.number,
        text=text[:_LONGEST_TEXT].strip(" |"),
        clock=mention.clock,
        until=until.clock if until else None,
        day=candidate.day,
        zone=mention.zone or (until.zone if until else None),
        form=candidate.form,
    )


def _wraps(candidate: _Candidate, following: str) -> bool:
    return bool(candidate.rest) and candidate.rest[-1] not in ".!?" and following[:1].islower()


TIME_LAST = re.compile(r"\s*[)\]]?\s*[.*_:]*\s*$")
TIME_IN_LABEL = re.compile(r"\s*[)\]]\s*[*_]{0,3}\s*[:–—-]\s*\S")


def _timed_last(lines: Sequence[DocumentLine]) -> list[ProseEntry]:
    """Entries whose time comes behind their words: `First alarm 2031-02-03 04:05`."""
    entries = []
    for line in lines:
        if line.code or line.blank or not line.text or _PSEUDO.match(line.text):
            continue
        for mention in time_mentions(line.text[:400]):
            before, after = line.text[: mention.start].strip(" :([-–—,"), line.text[mention.end :]
            if mention.clock is None or not 2 < len(before) <= _LONGEST_LABEL:  # noqa: PLR2004
                continue
            if TIME_LAST.match(after) or TIME_IN_LABEL.match(after):
                rest = re.sub(r"^\s*[)\]]?[\s*_:–—-]*", "", after)
                text = f"{before}: {rest}" if rest else before
                day, zone = mention.day, mention.zone
                entries.append(
                    ProseEntry(line=line.number, text=text, clock=mention.clock, day=day, zone=zone, form="last")
                )
            break
    return entries


def _items(lines: Sequence[DocumentLine]) -> list[DocumentLine]:
    """The items of the lists in `lines`; without any list, the lines that stand for themselves."""
    visible = [line for line in lines if line.text and not (line.code or line.quoted or _PSEUDO.match(line.text))]
    listed = [line for line in visible if line.listed]
    plain = [line for line in visible if not line.level and not line.cells]
    alone = all(line.text[:1].isupper() or not line.text[:1].isalpha() for line in plain)
    return listed or (plain if alone and len(plain) > 1 else [])


def _untimed(lines: Sequence[DocumentLine]) -> list[ProseEntry]:
    """Items of an announced timeline that has no times at the beginning; a time inside of one counts."""
    entries = []
    items = _items(lines)
    outermost = min((line.indent for line in items), default=0)
    for line in items:
        if line.indent > outermost + 1 or not _says_something(line.text) or line.text.startswith(("http", "[")):
            continue
        inside = next((mention for mention in time_mentions(line.text[:400]) if mention.clock), None)
        entries.append(
            ProseEntry(
                line=line.number,
                text=line.text[:_LONGEST_TEXT],
                clock=inside.clock if inside else None,
                day=inside.day if inside else None,
                zone=inside.zone if inside else None,
                form="untimed",
            )
        )
    return entries if len(entries) > 1 else []
