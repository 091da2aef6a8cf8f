"""The facts behind an action item: `(@owner, due 2026-07-01, https://link)`, `done DAY`, `dropped DAY: why`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING

from .dates_and_times import day_at, normalized
from .language_tables import alternation, folded, language_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

BOX = re.compile(r"(?P<indent>[ \t]*)(?:\[(?P<mark>[ xX-]?)\](?=\s|$)|(?P<sign>[☐□⬜☑✅✔✓]))\ufe0f?[ \t]*")
_DONE, _DROPPED = {"x", "X", "☑", "✅", "✔", "✓"}, {"-"}
_OWNERS = re.compile(r"@(?P<names>\S[^()\[\]]*)$")
_LINK = re.compile(
    r"(?:<(?P<angle>https?://[^>\s]+)>|\[[^\]]*\]\((?P<named>https?://[^)\s]+)\)|(?P<bare>https?://\S+))$"
)
# `December 1, 2026` is one day: before a year alone a comma ends nothing.
_FACT_END = re.compile(r"[;\uff1b]\s+|[,，]\s+(?!(?:19|20|21)\d\d(?![\d/.-]))|[，\uff1b](?=\S)|[、،؛]\s*|[,;，\uff1b]$")
_SET_APART = re.compile(r"\s+[-–—|]\s+|[,;]\s+|[、，\uff1b،؛]\s*|(?<=\))\s+|(?<=）)\s*")
_BRACKET = re.compile(r"[()（）]")
_CLOSING = ")）"
_STOPS = ".。"
_NAME_END = re.compile(r"\s*(?P<sign>[:：|])\s*|\s+(?:(?P<dash>[-–—])\s+)?")
_LINK_BEGINS = re.compile(r"<?https?://")
_NO_NAME = re.compile(r"[:：|](?:\s|$)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_ADDRESSED = re.compile(r"\s@\S+$")
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
            if not _can_be_names(owners["names"]):
                return False
            self.add_owners(_next_owner().split(owners["names"]))
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
        fact = language_tables().facts[folded(found["word"])]
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
    taken: str = ""
    """The facts of a bracket in which something is left, and all that stands behind it."""


def take_facts(text: str, facts: Facts) -> WithoutFacts:
    """`text` without the facts at its end, which go into `facts`."""
    whole = text
    for _ in range(_MOST_FACTS):
        behind, facts.owners = facts.owners, {}
        shorter = _without_bracket(text, facts) or _without_tail(text, facts)
        facts.owners |= behind
        if shorter is None:
            break
        if shorter.left:
            return replace(shorter, taken=f"{shorter.taken}{whole[len(text.rstrip(f' {_STOPS}')) :]}")
        text = shorter.text
    return WithoutFacts(text)


def _without_bracket(text: str, facts: Facts) -> WithoutFacts | None:
    """`text` without the facts in the bracket at its end; None where none of it is a fact."""
    bracket = _trailing_bracket(text)
    if bracket is None:
        return None
    end = len(text.rstrip(f" {_STOPS}"))
    taken, left = _take_parts(" ".join(text[bracket + 1 : end - 1].split()), facts)
    if not taken:
        owner = next((part for part in left if part.startswith("@")), None)
        return WithoutFacts(text, owner) if owner else None
    before, opening, closing = text[:bracket].rstrip(), text[bracket], text[end - 1]
    stop = _stop_of(text)
    if not left:
        return WithoutFacts(f"{before}{stop}")
    blank = text[len(before) : bracket] and " "
    return WithoutFacts(
        f"{before}{blank}{opening}{', '.join(left)}{closing}{stop}", left[0], f"{opening}{', '.join(taken)}{closing}"
    )


def _take_parts(inside: str, facts: Facts) -> tuple[list[str], list[str]]:
    """The parts of a bracket that are facts, which are taken, and those that are left."""
    taken: list[str] = []
    left: list[str] = []
    for start, part in _parts(inside):
        if _is_dropped(part) and facts.take(inside[start:]):
            taken.append(inside[start:])  # the reason stands last, commas and all
            break
        (taken if facts.take(part) else left).append(part)
    return taken, left


def _parts(inside: str) -> Iterator[tuple[int, str]]:
    """The parts of a list of facts, and where in it each begins."""
    start = 0
    ends = [(end.start(), end.end()) for end in _FACT_END.finditer(inside)]
    for end, behind in [*ends, (len(inside), len(inside))]:
        part = inside[start:end]
        name = _name_end(part) if part.startswith("@") else None
        if name:
            yield start, part[: name[0]]
            start += name[1]
            part = part[name[1] :]
        if part.strip():
            yield start, part.strip()
        start = behind


def _name_end(part: str) -> tuple[int, int] | None:
    """Where the owner ends with whom a part begins, and where the fact begins that follows without a comma."""
    plain = normalized(part)
    for end in _NAME_END.finditer(plain):
        behind = end.end()
        if plain.startswith("@", behind):  # the next owner
            continue
        set_apart = end["sign"] or end["dash"]
        if _LINK_BEGINS.match(plain, behind) or _has_day(plain, behind) or (set_apart and Facts().take(part[behind:])):
            return len(_conjunction_at_end().sub("", part[: end.start()])), behind
    return None


def _has_day(plain: str, start: int) -> bool:
    """Whether a day begins at `start`, or a word for a fact with a day behind it."""
    word = _fact_word().match(plain, start)
    return day_at(plain, word.end() if word else start) is not None


def _can_be_names(names: str) -> bool:
    """Whether an owner's name holds nothing that could be another fact: a colon, or a day that is not understood."""
    plain = normalized(names)
    if _NO_NAME.search(plain):
        return False
    words_of_facts = (_fact_word().match(plain, blank.end()) for blank in re.finditer(r"\s+", plain))
    return not any(word and plain[word.end() : word.end() + 1].isdigit() for word in words_of_facts)


def _is_dropped(text: str) -> bool:
    found = _fact_word().match(text)
    return found is not None and language_tables().facts[folded(found["word"])] == "dropped"


def _trailing_bracket(text: str) -> int | None:
    """Where the bracket opens that closes at the end of `text`; None if there is none."""
    text = text.rstrip(f" {_STOPS}")
    if not text.endswith(tuple(_CLOSING)):
        return None
    depth = 0
    for bracket in reversed([*_BRACKET.finditer(text, max(0, len(text) - _LONGEST_BRACKET))]):
        depth += 1 if bracket[0] in _CLOSING else -1
        if depth == 0:
            index = bracket.start()
            return None if text[max(0, index - 1) : index] == "]" else index  # `[name](link)` is no bracket
    return None


def _without_tail(text: str, facts: Facts) -> WithoutFacts | None:
    """`text` without facts that stand behind it in no brackets, but set apart: `…, due 2026-07-01`, `… — @Ops`."""
    whole = text.rstrip(f" {_STOPS}")
    before, tail = whole[:-_LONGEST_TAIL], whole[-_LONGEST_TAIL:]
    found = [*_SET_APART.finditer(tail)]
    for number in range(len(found) - 1, max(len(found) - 3, -1), -1):
        end = found[number]
        shorter, behind = tail[: end.start()].rstrip(" ,;"), tail[end.end() :].strip()
        if not shorter or (behind.startswith("@") and _owner_continues_sentence(tail, found[: number + 1])):
            continue
        parts = [part for _, part in _parts(behind)]
        if parts and _is_unambiguous_fact(parts[0]) and _take_all(parts, facts):
            return WithoutFacts(f"{before}{shorter}{_stop_of(text)}")
        if behind.startswith("@") and _is_unambiguous_fact(behind):
            return WithoutFacts(text, behind)
    return None


def _stop_of(text: str) -> str:
    """The full stop at the end of `text`, if one is."""
    last = text.rstrip()[-1:]
    return last if last and last in _STOPS else ""


def _take_all(parts: list[str], facts: Facts) -> bool:
    """Whether all of `parts` are facts; then they are taken, else none is."""
    tried = replace(facts, owners=dict(facts.owners))
    if not all(tried.take(part) for part in parts):
        return False
    for each in fields(Facts):
        setattr(facts, each.name, getattr(tried, each.name))
    return True


def _owner_continues_sentence(tail: str, ends: Sequence[re.Match[str]]) -> bool:
    """Whether an owner behind the last of `ends` goes on with owners of the sentence itself: `Ask @Ops, @Sec`."""
    for number in range(len(ends) - 1, -1, -1):
        if not ends[number][0].strip() or ends[number][0].strip() in "-–—|":
            return False
        begin = ends[number - 1].end() if number else 0
        segment = tail[begin : ends[number].start()].strip()
        if not segment.startswith("@"):
            return _ADDRESSED.search(segment) is not None
    return False


def _is_unambiguous_fact(part: str) -> bool:
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
def _next_owner() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:(?:[-–—&+/]|{alternation(language_tables().conjunctions)})\s*)?@|\s*/\s*@", re.IGNORECASE
    )


@cache
def _conjunction_at_end() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[&+/]|{alternation(language_tables().conjunctions)})$", re.IGNORECASE)


@cache
def _fact_word() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{alternation(language_tables().facts)})(?![\w-])\s*:?\s*", re.IGNORECASE)
