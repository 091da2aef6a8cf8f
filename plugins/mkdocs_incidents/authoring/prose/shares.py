"""How many were affected, in the author's own words: read to be shown as stated, and computed from nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model import SectionKind
from .stated_facts import account_of, stated_shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...content.postmortem.body import Body
    from .stated_facts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedShare:
    """How many were affected, as the text says it of the incident."""

    percent: float
    quote: str
    """The percentage as it was written: `94 %`, `up to 5 per cent`."""
    sentence: str
    """Markdown of the sentence it stands in."""
    line: int


_PERCENT = re.compile(r"\d\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_SHARE = re.compile(
    r"(?P<quote>(?:\b(?:about|around|roughly|nearly|almost|up to|at least|at most|more than|less than|over|under)\s+)?"
    r"(?<![\d.,–—-])(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent))\s+of\s+"
    r"(?!(?:(?:all|our|the|its|total)\s+)*(?:cpu|memory|ram|disks?|storage|capacity|space|quota|budget|the time)\b)\w",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:affect|impact|reach|hit\b|touch|fail|refus|reject|declin|lost\b|drop|delay|late\b|slow|wait|error|timed out"
    r"|unable|could not|couldn't|cannot|can't|did not|were not|was not|down\b|unavailab|unreach|interrupt|broke)",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:normal|unaffected|not affected|untouched|succe|recover|restore|restoring|resum|again\b|fine\b|on time\b"
    r"|(?<!not )work(?:s|ed|ing)?\b)",
    re.IGNORECASE,
)
_ABOUT = (SectionKind.IMPACT, SectionKind.SUMMARY)
"""The parts in which the incident as a whole is told, the more exact one first."""


def told_shares(body: Body) -> tuple[StatedShare, ...]:
    """Every share that a sentence of the impact, else of the summary, states; none that another sentence denies."""
    account = tuple(account_of(body))
    denied = _denied_lines(account)
    lines = {kind: set[int]() for kind in _ABOUT}
    for part, kind in body.parts_within(_ABOUT):
        if kind is not SectionKind.OTHER:
            lines[kind].update(body.line(part, number) for number in range(len(part.lines.texts)))
    for kind in _ABOUT:
        if found := tuple(share for share in _shares(account) if share.line in lines[kind] - denied):
            return found
    return ()


def _shares(account: Sequence[Sentence]) -> Iterator[StatedShare]:
    for line, sentence in account:
        words = " ".join(sentence.split())
        found = _SHARE.search(words)
        if not found or len(_PERCENT.findall(words)) > 1 or "|" in words:
            continue
        percent = float(found["percent"])
        if 0 < percent <= 100 and _HURT.search(words) and not _WELL.search(words):  # noqa: PLR2004  a share of all
            yield StatedShare(percent=percent, quote=found["quote"], sentence=words, line=line)


def _denied_lines(account: Sequence[Sentence]) -> set[int]:
    """Where the text gives two shares of the same users or requests: which of them is right cannot be known."""
    by_whom: dict[str, dict[float, list[int]]] = {}
    for share in stated_shares(account):
        by_whom.setdefault(share.whom, {}).setdefault(share.percent, []).append(share.line)
    return {line for told in by_whom.values() if len(told) > 1 for lines in told.values() for line in lines}
