"""The facts behind an action item: `(@owner, due 2026-07-01, https://link)`, `done DAY`, `dropped DAY: why`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from .clocks import normalized
from .days import day_at
from .words import alternation, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

BOX = re.compile(r"(?P<indent>[ \t]*)(?:\[(?P<mark>[ xX-]?)\](?=\s|$)|(?P<sign>[☐□⬜☑✅✔✓]))\ufe0f?[ \t]*")
_DONE, _DROPPED = {"x", "X", "☑", "✅", "✔", "✓"}, {"-"}
_OWNERS = re.compile(r"@(?P<names>\S[^()\[\]]*)$")
_NEXT_OWNER = re.compile(r"\s+(?:[&+/]\s*)?@|\s*/\s*@")
_LINK = re.compile(
    r"(?:<(?P<angle>https?://[^>\s]+)>|\[[^\]]*\]\((?P<named>https?://[^)\s]+)\)|(?P<bare>https?://\S+))$"
)
# `December 1, 2026` is one day: before a year alone a comma ends nothing.
_FACT_END = re.compile(r";\s+|,\s+(?!(?:19|20|21)\d\d(?![\d/.-]))|[,;]$")
_SET_APART = re.compile(r"\s+[-–—|]\s+|[,;]\s+|(?<=\))\s+")
_BRACKET = re.compile(r"[()]")
_REASON = re.compile(r"\s*[:;–—]\s*|\s+-\s+")
_LONGEST_BRACKET, _LONGEST_TAIL, _MOST_FACTS = 1000, 300, 30
"""Characters at the end of an action item, and facts there, that are looked at: nobody writes more by hand."""
_MOST_WORDS_OF_A_NAME = 4
"""Of an owner who stands behind an action item without brackets."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """What is stated of one action item."""

    owners: dict[str, None] = field(default_factory=dict)
    """In the author's order, each once."""
    due: date | None = None
    link: str | None = None
    done: bool = False
    done_at: date | None = None
    dropped: bool = False
    dropped_at: date | None = None
    dropped_because: str = ""

    def take_box(self, text: str) -> str:
        """`text` without the box with which it begins, which is taken."""
        box = BOX.match(text)
        if box is None:
            return text
        sign = box["mark"] or box["sign"]
        self.done, self.dropped = self.done or sign in _DONE, self.dropped or sign in _DROPPED
        return text[box.end() :]

    def take(self, part: str) -> bool:
        """Whether `part` is a fact that is not known yet; then it is taken."""
        if owners := _OWNERS.match(part):
            self.add_owners(_NEXT_OWNER.split(owners["names"]))
            return True
        if (link := _LINK.match(part)) and not self.link:
            self.link = link["angle"] or link["named"] or link["bare"]
            return True
        return self._take_day(part)

    def add_owners(self, names: Iterable[str]) -> None:
        """Add owners."""
        self.owners.update(dict.fromkeys(name.strip() for name in names if name.strip()))

    def _take_day(self, part: str) -> bool:
        """Take `due DAY`, `done DAY`, `done`, `dropped DAY: why` or `dropped: why`."""
        found = _fact_word().match(part)
        if found is None:
            return False
        fact = words().facts[folded(found["word"])]
        day = day_at(normalized(part), found.end())
        behind = part[day.end :] if day else part[found.end() :]
        if fact == "dropped":
            return self._drop(day.date if day else None, part[day.end if day else found.end("word") :])
        if behind.strip() or (fact == "due" and (day is None or (self.due and self.due != day.date))):
            return False
        if fact == "due" and day:
            self.due = day.date
        else:
            self.done, self.done_at = True, day.date if day else self.done_at
        return True

    def _drop(self, day: date | None, behind: str) -> bool:
        reason = _REASON.match(behind)
        if behind.strip() and reason is None:
            return False  # `dropped packets are counted` is a remark
        self.dropped, self.dropped_at = True, day
        self.dropped_because = behind[reason.end() :].strip() if reason else ""
        return True


@dataclass(frozen=True, slots=True)
class WithoutFacts:
    """The words of an action item before its facts."""

    text: str
    left: str = ""
    """What stands among the facts and is none; it stays in the text, too."""


def take_facts(text: str, facts: Facts) -> WithoutFacts:
    """`text` without the facts at its end, which go into `facts`."""
    for _ in range(_MOST_FACTS):
        behind, facts.owners = facts.owners, {}
        shorter = _without_bracket(text, facts) or _without_tail(text, facts)
        facts.owners |= behind
        if shorter is None:
            break
        text = shorter.text
        if shorter.left:
            return shorter
    return WithoutFacts(text)


def _without_bracket(text: str, facts: Facts) -> WithoutFacts | None:
    """`text` without the facts in the bracket at its end; None where none of it is a fact."""
    bracket = _trailing_bracket(text)
    left = None if bracket is None else _take_bracket(text, bracket, facts)
    if left is None:
        return None
    stop = "." if text.rstrip().endswith(".") else ""
    kept = f" ({', '.join(left)})" if left else ""
    return WithoutFacts(f"{text[:bracket].rstrip()}{kept}{stop}", left[0] if left else "")


def _take_bracket(text: str, bracket: int, facts: Facts) -> list[str] | None:
    """What is left of the bracket at the end once its facts are taken; None where none of it is a fact."""
    inside = " ".join(text[bracket + 1 :].rstrip(" .")[:-1].split())
    left: list[str] = []
    took = False
    for start, part in _parts(inside):
        if _is_dropped(part) and facts.take(inside[start:]):
            took = True  # the reason stands last, commas and all
            break
        if facts.take(part):
            took = True
        else:
            left.append(part)
    return left if took else None


def _parts(inside: str) -> Iterator[tuple[int, str]]:
    """The parts of a bracket, and where in it each begins."""
    start = 0
    for end in _FACT_END.finditer(inside):
        if part := inside[start : end.start()].strip():
            yield start, part
        start = end.end()
    if part := inside[start:].strip():
        yield start, part


def _is_dropped(text: str) -> bool:
    found = _fact_word().match(text)
    return found is not None and words().facts[folded(found["word"])] == "dropped"


def _trailing_bracket(text: str) -> int | None:
    """Where the bracket opens that closes at the end of `text`; None if there is none."""
    text = text.rstrip(" .")
    if not text.endswith(")"):
        return None
    depth = 0
    for bracket in reversed([*_BRACKET.finditer(text, max(0, len(text) - _LONGEST_BRACKET))]):
        depth += 1 if bracket[0] == ")" else -1
        if depth == 0:
            index = bracket.start()
            return None if text[max(0, index - 1) : index] == "]" else index  # `[name](link)` is no bracket
    return None


def _without_tail(text: str, facts: Facts) -> WithoutFacts | None:
    """`text` without a fact that stands behind it in no brackets, but set apart: `…, due 2026-07-01`, `… — @Ops`."""
    whole = text.rstrip(" .")
    before, tail = whole[:-_LONGEST_TAIL], whole[-_LONGEST_TAIL:]
    for found in [*_SET_APART.finditer(tail)][:-3:-1]:
        shorter, part = tail[: found.start()].rstrip(" ,;"), tail[found.end() :].strip()
        if shorter and _can_be_nothing_else(part) and facts.take(part):
            return WithoutFacts(before + shorter + ("." if text.endswith(".") else ""))
    return None


def _can_be_nothing_else(part: str) -> bool:
    """Whether `part` is a fact even without brackets: a link, an owner of few words, a word for a fact with a day."""
    if _LINK.match(part):
        return True
    if re.search(r"[()\[\]]", part):
        return False
    if part.startswith("@"):
        return len(part.split()) <= _MOST_WORDS_OF_A_NAME and not re.search(r"[.!?:]\s", part)
    found = _fact_word().match(part)
    day = day_at(normalized(part), found.end()) if found else None
    return day is not None and not part[day.end :].strip()


@cache
def _fact_word() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{alternation(words().facts)})(?![\w-])\s*:?\s*", re.IGNORECASE)
