"""Promises in tables: the columns are found by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...content.spelling import quoted
from .promise_facts import Facts, read_day
from .sections import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .list_items import Table
    from .timeline import Complaint

_COLUMNS = {
    "owner": r"\b(?:owners?|who|assignees?|assigned(?: to)?|responsible|team|lead|dri)\b",
    "due": r"\b(?:due|deadline|target|eta|by when|when)\b|^(?:due )?date$",
    "state": r"\b(?:status|state|done|completed|closed|finished|progress)\b",
    "link": r"\b(?:links?|tickets?|issues?|jira|url|tracking|tracker|bugs?|prs?)\b",
    "what": r"\b(?:action|item|task|what|measure|description|promise|improvement|to ?do|remediation|follow)",
}
"""In this order: of `Action owner` the owner counts."""
_ABOUT_IT = re.compile(r"^(?:#|no\.?|nr\.?|id|type|kind|priority|prio|severity|category|effort|area)?$", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s)>\]]+")
_EMPTY = re.compile(r"(?:n/?a|tb[ad]|none|unassigned|[-–—?…]*)$", re.IGNORECASE)
_NAMES_END = re.compile(r"\s*[,;/&]\s*|\s*<br\s*/?>\s*|\s+(?=@)", re.IGNORECASE)
_DONE = re.compile(
    r"(?:done|closed|completed?|fixed|finished|resolved|shipped|merged|deployed|implemented|kept|yes|x|\[x\]|[☑✅✔✓])\ufe0f?$"
)
_OPEN = re.compile(
    r"(?:open|to ?do|not (?:started|done)|in (?:progress|review)|planned|pending|ongoing|started|backlog|wip|new"
    r"|scheduled|blocked|no|\[ ?\]|[☐□⬜])\ufe0f?$"
)
_DROPPED = re.compile(r"(?:dropped|cancelled|canceled|won['’]?t (?:do|fix)|wontfix|rejected|abandoned|obsolete)$")


def read_rows(
    table: Table, line_of: Callable[[int], int], complaints: list[Complaint]
) -> Iterator[tuple[int, Facts, str]]:
    """For every promise of a table its line in the section, its facts, and the cell that says what is promised.

    Nothing for a table of something else.
    """
    columns = _columns([plain_words(cell).casefold() for cell in table.header])
    for line, cells in table.rows if "what" in columns else ():
        cell = {name: cells[number] for name, number in columns.items() if number < len(cells)}
        if not cell.get("what", "").strip():
            continue
        facts = Facts(line=line_of(line), complaints=complaints)
        _own(cell.get("owner", ""), facts)
        _due(cell.get("due", ""), facts)
        _state(cell.get("state", ""), facts)
        if link := _LINK.search(cell.get("link", "")):
            facts.link = link[0]
        yield line, facts, cell["what"]


def _columns(header: list[str]) -> Mapping[str, int]:
    """Which column holds what. What is promised may stand below any heading, if others are about owner or state."""
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS.items():
        for number, heading in enumerate(header):
            if number not in found.values() and re.search(pattern, heading):
                found[name] = number
                break
    if found and "what" not in found:
        rest = [n for n, heading in enumerate(header) if n not in found.values() and not _ABOUT_IT.match(heading)]
        found |= dict(zip(["what"], rest, strict=False))
    return found


def _own(cell: str, facts: Facts) -> None:
    if not _EMPTY.match(cell):
        facts.own([plain_words(name).lstrip("@") for name in _NAMES_END.split(cell)])


def _due(cell: str, facts: Facts) -> None:
    text = plain_words(cell)
    facts.due = read_day(text)
    if facts.due is None and not _EMPTY.match(text):
        facts.complain_of_day(text)


def _state(cell: str, facts: Facts) -> None:
    """What a cell says became of a promise, with or without a day: `done 2026-07-01`, `Closed`, `2026-07-01`, `✅`."""
    text = plain_words(cell)
    said = text.casefold().rstrip(".")
    day = read_day(re.sub(r"[()]", "", text))
    if day:
        facts.keep(day)
    elif _DONE.match(said):
        facts.done = True
    elif _DROPPED.match(said):
        facts.dropped = True
    elif not (_OPEN.match(said) or _EMPTY.match(said)) and facts.take_all(re.sub(r"[()]", "", text)) is None:
        facts.complain(
            "action-item-unread",
            f"{quoted(text)} is not understood as what became of a promise",
            "write open, done 2026-07-01, or dropped 2026-07-01: why",
        )
