"""What was promised: list items such as `- [ ] what (@owner, due 2023-07-01, https://link)`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from ..model import ActionItem
from .list_items import list_items
from .spelling import quoted
from .timeline import Complaint

if TYPE_CHECKING:
    from collections.abc import Callable

    from .list_items import Item
    from .sections import Part

_BOX = re.compile(r"\[(?P<mark>[ xX-])\]\s+")
_DATED = re.compile(
    r"(?P<word>due|by|until|done|finished|completed)(?:\s+(?:on|by))?\s*:?\s+(?P<day>\S.*)$", re.IGNORECASE
)
_OWNER = re.compile(r"(?:owner\s*:\s*@?|@)(?P<name>\S.*)$", re.IGNORECASE)
_LINK = re.compile(
    r"(?:<(?P<angle>https?://[^>\s]+)>|\[[^\]]*\]\((?P<named>https?://[^)\s]+)\)|(?P<bare>https?://\S+))$"
)
_PART_END = re.compile(r"[,;]\s+|[,;]$")
_ISO_SHAPE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}$", re.ASCII)
_DROPPED = re.compile(
    r"(?:dropped|won't do|will not be done)(?:\s*[:,–—-]\s*|\s+because\s+|$)(?P<why>.*)$", re.IGNORECASE
)
_KEPT = {"done", "finished", "completed"}


class _Facts(TypedDict, total=False):
    owner: str
    due: date
    link: str
    done: bool
    done_at: date
    dropped: bool
    dropped_because: str


def read_action_items(part: Part, line_of: Callable[[int], int], complaints: list[Complaint]) -> tuple[ActionItem, ...]:
    """The promises of a section; what looks like a date of one and is none is added to `complaints`."""
    return tuple(_read(item, line_of(item.line), complaints) for item in list_items(part.lines))


def _read(item: Item, line: int, complaints: list[Complaint]) -> ActionItem:
    text, facts = item.text, _Facts()
    if box := _BOX.match(text):
        text = text[box.end() :]
        facts["done"] = box["mark"] not in " -"
        facts["dropped"] = box["mark"] == "-"
    # What is below (wrapped lines, sub-lists) stays; brackets count at the end of the first paragraph.
    first, below = _first_paragraph(text)
    while (bracket := _trailing_bracket(first)) is not None:
        parts = _parts(first[bracket + 1 :].rstrip(" .")[:-1])
        left = [part for part in parts if not _take(part, facts, line, complaints)]
        if len(left) == len(parts):
            break  # an ordinary remark
        stop = "." if first.endswith(".") else ""
        taken = f"{first[:bracket].rstrip()}{stop}"
        if left:
            first = f"{first[:bracket].rstrip()} ({', '.join(left)}){stop}"
            break
        first = taken
    return ActionItem(text=f"{first}{below}".strip(), line=line, **facts)


def _first_paragraph(text: str) -> tuple[str, str]:
    end = re.search(r"\n(?=\s*\n|[ \t]*(?:[-*+•]|\d+[.)])\s)", text)
    first, below = (text[: end.start()], text[end.start() :]) if end else (text, "")
    return first.rstrip(), below


def _trailing_bracket(text: str) -> int | None:
    """Where the bracket opens that closes at the end of `text`; None if there is none."""
    text = text.rstrip(" .")
    if not text.endswith(")"):
        return None
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[index], 0)
        if depth == 0:
            return index if text[max(0, index - 1) : index] != "]" else None  # `[name](link)` is no bracket
    return None


def _parts(inside: str) -> list[str]:
    return [part.strip() for part in _PART_END.split(" ".join(inside.split())) if part.strip()]


def _take(part: str, facts: _Facts, line: int, complaints: list[Complaint]) -> bool:
    """Whether `part` of the bracket is a fact; then it is in `facts`."""
    if (owner := _OWNER.match(part)) and "owner" not in facts:
        facts["owner"] = owner["name"].strip()
        return True
    if (link := _LINK.match(part)) and "link" not in facts:
        facts["link"] = link["angle"] or link["named"] or link["bare"]
        return True
    if dropped := _DROPPED.match(part):
        facts["dropped"] = True
        facts["dropped_because"] = dropped["why"] or ""
        return True
    if dated := _DATED.match(part):
        return _take_date(dated["word"].casefold(), dated["day"].strip(), facts, line, complaints)
    if part.casefold() in _KEPT and not facts.get("done"):
        facts["done"] = True
        return True
    return False


def _take_date(word: str, text: str, facts: _Facts, line: int, complaints: list[Complaint]) -> bool:
    try:
        day = date.fromisoformat(text) if _ISO_SHAPE.match(text) else None
    except ValueError:
        day = None
    if day is None:
        if _ISO_SHAPE.match(text) or re.search(r"\d[-/.]\d", text):
            complaints.append(
                Complaint(
                    code="action-item-date",
                    line=line,
                    message=f"{quoted(text)} is not a day",
                    hint=f"write {word} 2026-07-01, as year-month-day",
                )
            )
        return False
    if word in _KEPT:
        facts["done_at"] = day
        facts["done"] = True
    else:
        facts["due"] = day
    return True
