"""What stands behind a promise, `(@owner, due 2026-07-01, https://link)`, and the box before it → its facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...content.spelling import quoted
from .days import DATE, day_of
from .moments import WEEKDAY
from .timeline_complaints import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DATED = re.compile(
    r"(?P<word>due|deadline|by|until|done|finished|completed|kept)(?:\s+(?:date|on|by))?(?:\s*[:=]\s*|\s+)(?P<day>\S.*)$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:owners?\s*:\s*@?|@)(?P<names>\S.*)$", re.IGNORECASE)
_NEXT_OWNER = re.compile(r"\s+(?:(?:and|&|\+|/)\s+)?@|\s*/\s*@")
_LINK = re.compile(
    r"(?:<(?P<angle>https?://[^>\s]+)>|\[[^\]]*\]\((?P<named>https?://[^)\s]+)\)|(?P<bare>https?://\S+))$"
)
# `December 1, 2026` is one day: before a year alone a comma ends nothing.
_PART_END = re.compile(r";\s+|,\s+(?!(?:19|20|21)\d\d(?![\d/.-]))|[,;]$")
_DROPPED = re.compile(r"(?:dropped|won['’]t do|wontfix|will not be done|cancelled|canceled)(?![\w-])", re.IGNORECASE)
_DAY_BEFORE_WHY = re.compile(
    r"\s*(?:on\s+)?(?P<day>[^:,;–—]*?)\s*(?:(?P<mark>[:,;–—]|\s-\s|\b(?:because|as|since)\b)\s*|$)", re.IGNORECASE
)
_KEPT = {"done", "finished", "completed", "kept"}
_MAYBE_NO_DAY = {"by", "until"}
"""Words behind which a number need not be a day: `by 3 people`."""
_A_DAY_IN_NUMBERS = re.compile(r"\d[-/.]\d")


@dataclass(slots=True, kw_only=True)
class Facts:
    """What is known of one promise, collected piece by piece; what is wrong in a piece is told in `complaints`."""

    line: int
    complaints: list[Complaint]
    owners: dict[str, None] = field(default_factory=dict)
    """In order, each once."""
    due: date | None = None
    link: str | None = None
    done: bool = False
    done_at: date | None = None
    dropped: bool = False
    dropped_at: date | None = None
    dropped_because: str = ""

    def take_all(self, inside: str) -> list[str] | None:
        """Take the facts of the list `inside` brackets, and return what is none.

        None where nothing in it is a fact: then it is an ordinary remark.
        """
        inside = " ".join(inside.split())
        left: list[tuple[str, bool]] = []
        took = False
        for start, part in _parts(inside):
            if self._drop(inside, start):
                took = True
                break  # the reason stands last, commas and all
            told = len(self.complaints)
            if self.take(part):
                took = True
            else:
                left.append((part, len(self.complaints) > told))
        if not took:
            return None
        for part, told_already in left:
            if not told_already:
                self.complain(
                    "action-item-unread",
                    f"{quoted(part)} is not understood among the facts of a promise, so it stays in its text",
                    "write an owner as @team and a day as due 2026-07-01; give a remark brackets of its own",
                )
        return [part for part, _ in left]

    def take(self, part: str) -> bool:
        """Whether `part` is a fact; then it is taken."""
        if owner := _OWNER.match(part):
            self.own(_NEXT_OWNER.split(owner["names"]))
            return True
        if (link := _LINK.match(part)) and not self.link:
            self.link = link["angle"] or link["named"] or link["bare"]
            return True
        if dated := _DATED.match(part):
            return self._take_day(dated["word"].casefold(), dated["day"].strip())
        if part.casefold() in _KEPT:
            self.done = True
            return True
        return False

    def own(self, names: list[str]) -> None:
        """Add owners."""
        self.owners.update(dict.fromkeys(name.strip() for name in names if name.strip()))

    def keep(self, day: date | None) -> None:
        """Say that it was kept, and when, if that is known."""
        self.done, self.done_at = True, day or self.done_at

    def complain(self, code: str, message: str, hint: str) -> None:
        """Tell the author."""
        self.complaints.append(Complaint(code=code, line=self.line, message=message, hint=hint))

    def complain_of_day(self, text: str, word: str = "") -> None:
        """Tell the author that `text` is no day that can be read, and to write one, behind `word`."""
        found = DATE.search(text)
        day = day_of(found) if found else None
        if day and day.undecided:
            message = f"{quoted(text)} may be two days"
        elif day and day.year is None:
            message = f"{quoted(text)} is a day without a year"
        else:
            message = f"{quoted(text)} is not a day"
        self.complain("action-item-date", message, f"write {f'{word} 2026-07-01'.strip()}, as year-month-day")

    def _drop(self, text: str, start: int) -> bool:
        """Whether `text` says from `start` on that it was given up: `dropped 2026-07-01: the rule is gone`."""
        word = _DROPPED.match(text, start)
        behind = _DAY_BEFORE_WHY.match(text, word.end()) if word else None
        if behind is None:
            return False
        day, told = read_day(behind["day"]), ""
        if behind["day"] and day is None:
            if re.search(r"\d", behind["day"]):
                self.complain_of_day(behind["day"], "dropped")
            elif behind["mark"] == ":":
                told = f"{behind['day']}: "  # `dropped by the board: too costly`
            else:
                return False  # `dropped packets are counted` is a remark
        why = told + text[behind.end() :].strip().removeprefix("because ")
        self.dropped, self.dropped_at, self.dropped_because = True, day, why
        swallowed = next((part for _, part in _parts(why) if part.startswith("@") or _certain_day(part)), None)
        if swallowed:
            self.complain(
                "action-item-unread",
                f"{quoted(swallowed)} stands behind dropped:, so it is read as part of the reason",
                "write it before dropped:; the reason stands last",
            )
        return True

    def _take_day(self, word: str, text: str) -> bool:
        day = read_day(text)
        if day is None:
            spelt = DATE.search(text) or _A_DAY_IN_NUMBERS.search(text)
            if spelt or (word not in _MAYBE_NO_DAY and re.search(r"\d", text)):
                self.complain_of_day(text, "done" if word in _KEPT else "due")
            return False
        if word in _KEPT:
            self.keep(day)
            return True
        if self.due and self.due != day:
            self.complain(
                "action-item-unread",
                f"it is due {self.due} and {day}; the first is read",
                "keep one of the two days, and say in the text what changed",
            )
            return False
        self.due = day
        return True


def read_day(text: str) -> date | None:
    """The day that `text` is, in figures or in words; None where it leaves year, month or day open."""
    found = DATE.fullmatch(WEEKDAY.sub("", text.strip(), count=1).rstrip("."))
    day = day_of(found) if found else None
    return day.date if day else None


def is_certain(part: str) -> bool:
    """Whether `part` can be nothing but a fact, even where no brackets say so."""
    if re.search(r"[()\[\]]", part):
        return False
    if part.startswith("@"):
        return len(part.split()) <= 4 and not re.search(r"[.!?:]\s", part)  # noqa: PLR2004  words in a name
    return bool(re.match(r"owners?\s*:\s*\S", part, re.IGNORECASE)) or _certain_day(part)


def _certain_day(part: str) -> bool:
    dated = _DATED.match(part)
    return dated is not None and dated["word"].casefold() != "until" and read_day(dated["day"]) is not None


def _parts(inside: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _PART_END.finditer(inside):
        if part := inside[start : end.start()].strip():
            yield start, part
        start = end.end()
    if part := inside[start:].strip():
        yield start, part
