"""What reads like an owner or like a day in the words of a promise, though it is none: to be told, never to be used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .days import DATE
from .promise_facts import read_day

if TYPE_CHECKING:
    from datetime import date

_TEAM = r"(?:team|squad|group|crew|engineers)"
_HANDLE = re.compile(r"(?<![\w@./])@[\w-]+(?:\s(?:team\b|[A-Z]\w*)){0,2}")
_NAMED = re.compile(r"\b(?:[Oo]wner|[Aa]ssignee|[Aa]ssigned to|(?i:responsible))\s*:?\s+@?(?P<name>\w[\w &/-]{0,40}\w)")
_BY_A_TEAM = re.compile(rf"\bby (?:the |our )?(?P<name>(?:[A-Z][\w&/-]*\s+){{1,3}}{_TEAM})\b")
_IN_A_BRACKET = re.compile(r"\((?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z]?[\w'’-]+){0,2})(?=\s*(?:[,;][^()]*)?\)[\s.]*$)")
_BEFORE_A_DAY = re.compile(r"(?:\b(?:due|by|until|before|deadline|eta)\s*:?\s*(?:on\s+)?|[(,;]\s*)$", re.IGNORECASE)
_A_TIME = re.compile(
    r"(?:\b(?:due|by|until|before|deadline|eta)\b\s*:?\s*(?:the\s+)?(?:end\s+of\s+)?(?:(?:the|next|this|early|late)\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|week|month|quarter|year|sprint|summer|winter|spring|autumn"
    r"|q[1-4](?:[ /]{0,2}20\d\d)?|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)(?:,?\s+20\d\d)?)|\bnext (?:week|month|quarter|sprint|year)|\bq[1-4][ /]{0,2}20\d\d|\basap)\b",
    re.IGNORECASE,
)
_LONGEST = 2000
"""Characters of a promise that are looked at."""


def like_an_owner(text: str) -> tuple[str, str] | None:
    """What reads like the owner of a promise, as it stands there, and the name in it."""
    text = text[:_LONGEST]
    if handle := _HANDLE.search(text):
        return handle[0], handle[0].lstrip("@")
    for pattern in (_NAMED, _BY_A_TEAM, _IN_A_BRACKET):
        found = pattern.search(text)
        if found and not _A_TIME.search(found[0]) and not DATE.search(found[0]):
            return (found["name"] if pattern is _IN_A_BRACKET else found[0]), found["name"]
    return None


def like_a_day(text: str) -> tuple[str, date | None] | None:
    """What reads like the day by which a promise is to be kept, and the day it is, where that can be read."""
    text = text[:_LONGEST]
    for found in DATE.finditer(text):
        before = _BEFORE_A_DAY.search(text, 0, found.start())
        if before:
            written = found[0].rstrip(" ,.")
            said = re.sub(r"^[(,;\s]+", "", before[0])
            return f"{said}{written}", read_day(written)
    vague = _A_TIME.search(text)
    return (vague[0], None) if vague else None
