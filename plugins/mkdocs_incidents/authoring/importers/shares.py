"""The share of users, traffic or service that a document gives as affected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..prose.sentences import sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document import Line
    from .sentences import Sentence

_PERCENT = re.compile(r"(?<![\w.,/>=<])(\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_PLAINLY_HURT = re.compile(
    r"affect|impact|unable|disrupt|reduc|degrad|decrea|los[ts]|drop|unavail|unreach|fail", re.IGNORECASE
)
_ABOUT_IMPACT = re.compile(r"impact|affected|scope", re.IGNORECASE)
_OF_THE_SUMMARY = 8
_CLOSE = 6
"""Characters between the two ends of a span: `30 to 40 %`."""
_SPAN = re.compile(r"(?:-|–|—|to|and)\s*$")
_PEOPLE = re.compile(
    r"\b(?:users?|customers?|subscribers?|visitors?|clients?|people|members?|accounts?|tenants?|user ?base"
    r"|students?|merchants?|players?|viewers?|patients?|employees|staff|developers?|shoppers?|consumers?"
    r"|audience|readers?|everyone)\b",
    re.IGNORECASE,
)
_TRAFFIC = re.compile(
    r"\b(?:traffic|requests?|calls?|transactions?|payments?|orders?|connections?|sessions?|logins?|queries"
    r"|messages|jobs|builds|launches|packets|responses|attempts|hits)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:services?|infrastructure|availability|performance|functionality|website|site|system|platform"
    r"|applications?|app|servers?|degradation|disruption|outage|engagement|downtime|pods|nodes|clusters?"
    r"|regions?|instances|operations)\b",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:affect\w*|impact\w*|unable|could not|could(?:n['’]t)|can(?:no|')t|fail\w*|errors?|down|degrad\w+"
    r"|disrupt\w+|outage|los[ts]\w*|denied|dropp\w+|decrea\w+|reduc\w+|slow\w*|unavailab\w+|inaccess\w+"
    r"|experienc\w+|suffer\w+|timeouts?|timed|crash\w*|locked|trying|offline|interrupt\w+|stuck|reject\w+"
    r"|refus\w+|broke\w*|report\w*|decline|turned|50[0-9])\b",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"\b(?:cpu|memory|ram|disks?|storage|capacity|utili[sz]ation|usage|filesystem|threshold|coverage|uptime|sla"
    r"|slo|quota|budget|full|confident|success(?:ful)? rate|battery|discount|alerts?|monitor\w*|improv\w+|space"
    r"|health(?:y)?|normal|load average|at least|target)\b",
    re.IGNORECASE,
)
_RECOVERY = re.compile(
    r"\b(?:back(?: up)?(?: online)?|resto\w+|recover\w+|operational|functional|online|resum\w+|complete[d]?"
    r"|rolled out|success\w*|availab(?:le|ility of)|resolved|fixed|served again|migrated|sure|certain)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:cpu|memory|ram|disk|storage|capacity|utili[sz]ation|usage|filesystem|quota|confident)\b", re.IGNORECASE
)
_OF_A_STORE = re.compile(r"\s*(?:used|full)\b", re.IGNORECASE)
_OF_THEM = re.compile(
    rf"\s*(?:of\s+)?(?:(?:all|the|our|total|active|its|their|these|these|api|web|incoming|ingress|user"
    rf"|site)\s+){{0,3}}(?:{_PEOPLE.pattern}|{_TRAFFIC.pattern})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage of those affected."""

    percent: float
    line: int
    quote: str
    weight: int


def shares(found: Sequence[Sentence], title: Line | None) -> list[Share]:
    """Percentages of users, traffic or service that a document gives as affected, the most telling first."""
    known: list[Share] = []
    for sentence in found:
        if sentence.rank < 3 and not sentence.quoted:  # noqa: PLR2004
            known += _shares_in(sentence.text, sentence.line, bonus=4 * (2 - sentence.rank), label=sentence.label)
    if title is not None:
        known += _shares_in(title.text, title.number, bonus=0, label="")
    return sorted(known, key=lambda share: (-share.weight, share.line))


def _shares_in(text: str, line: int, *, bonus: int, label: str) -> Iterator[Share]:
    found = list(_PERCENT.finditer(text))
    for index, match in enumerate(found):
        percent = float(match[1])
        if percent > 100 or percent == 0:  # noqa: PLR2004
            continue
        if _SPAN.search(text[: match.start()]) and index and match.start() - found[index - 1].end() < 6:  # noqa: PLR2004
            continue  # the upper end of a span that was just read
        clause = _clause(text, match)
        near = text[max(0, match.start() - 25) : match.end() + 45]
        behind = text[match.end() : match.end() + 45]
        if _OF_A_STORE.match(behind):
            continue
        if (_NO_SHARE.search(near) or _MEASURED.search(clause)) and not _OF_THEM.match(behind):
            continue
        weight = 3 if _PEOPLE.search(behind) else 2 if _TRAFFIC.search(behind) else 1 if _SERVICE.search(near) else 0
        hurt = bool(_HURT.search(clause) or _HURT.search(label))
        recovered = bool(_RECOVERY.search(text[max(0, match.start() - 20) : match.end() + 40]))
        if recovered and not _PLAINLY_HURT.search(clause):
            continue
        in_summary = bonus >= _OF_THE_SUMMARY and _OF_THEM.match(behind)
        if not (hurt and (weight or _ABOUT_IMPACT.search(label))) and not in_summary:
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        span = (
            following is not None
            and following.start() - match.end() < _CLOSE
            and _SPAN.search(text[: following.start()])
        )
        upper = float(following[1]) if following is not None and span else 0.0
        yield Share(percent=max(percent, min(upper, 100.0)), line=line, quote=match[0], weight=weight + bonus)


def _clause(text: str, match: re.Match[str]) -> str:
    """The words around a percentage, as far as they belong to it."""
    start, sentence = sentence_around(text, match.start())
    begin = max(sentence.rfind(mark, 0, match.start() - start) for mark in (";", "—")) + 1
    ends = [place for mark in (";", "—") if (place := sentence.find(mark, match.end() - start)) >= 0]
    return sentence[begin : min(ends, default=len(sentence))]
