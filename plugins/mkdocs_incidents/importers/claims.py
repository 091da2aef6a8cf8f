"""What the prose claims besides times: the share affected, how long it lasted, an apology."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document import Line
    from .parts import Parts
    from .sentences import Sentence

_PERCENT = re.compile(r"(?<![\w.,/>=<])(\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_SPAN = re.compile(r"(?:-|–|—|to|and)\s*$")
_PEOPLE = re.compile(r"\b(?:users?|customers?|subscribers?|visitors?|clients?|people|members?|accounts?|tenants?|user ?base|students?|merchants?|players?|viewers?|patients?|employees|staff|developers?|shoppers?|consumers?|audience|readers?|everyone)\b", re.IGNORECASE)  # fmt: skip
_TRAFFIC = re.compile(r"\b(?:traffic|requests?|calls?|transactions?|payments?|orders?|connections?|sessions?|logins?|queries|messages|jobs|builds|launches|packets|responses|attempts|hits)\b", re.IGNORECASE)  # fmt: skip
_SERVICE = re.compile(r"\b(?:services?|infrastructure|availability|performance|functionality|website|site|system|platform|applications?|app|servers?|degradation|disruption|outage|engagement|downtime|pods|nodes|clusters?|regions?|instances|operations)\b", re.IGNORECASE)  # fmt: skip
_HURT = re.compile(r"\b(?:affect\w*|impact\w*|unable|could not|couldn['’]t|can(?:no|')t|fail\w*|errors?|down|degrad\w+|disrupt\w+|outage|los[ts]\w*|denied|dropp\w+|decreas\w+|reduc\w+|slow\w*|unavailab\w+|inaccess\w+|experienc\w+|suffer\w+|timeouts?|timed|crash\w*|locked|trying|offline|interrupt\w+|stuck|reject\w+|refus\w+|broke\w*|report\w*|decline|turned|50[0-9])\b", re.IGNORECASE)  # fmt: skip
_NO_SHARE = re.compile(r"\b(?:cpu|memory|ram|disks?|storage|capacity|utili[sz]ation|usage|filesystem|threshold|coverage|uptime|sla|slo|quota|budget|full|confident|success(?:ful)? rate|battery|discount|alerts?|monitor\w*|improv\w+|space|health(?:y)?|normal|load average|at least|target)\b", re.IGNORECASE)  # fmt: skip
_RECOVERY = re.compile(r"\b(?:back(?: up)?(?: online)?|restor\w+|recover\w+|operational|functional|online|resum\w+|complete[d]?|rolled out|success\w*|availab(?:le|ility of)|resolved|fixed|served again|migrated|sure|certain)\b", re.IGNORECASE)  # fmt: skip
_MEASURED = re.compile(r"\b(?:cpu|memory|ram|disk|storage|capacity|utili[sz]ation|usage|filesystem|quota|confident)\b", re.IGNORECASE)
_OF_THEM = re.compile(rf"\s*(?:of\s+)?(?:(?:all|the|our|total|active|its|their|these|these|api|web|incoming|ingress|user|site)\s+){{0,3}}(?:{_PEOPLE.pattern}|{_TRAFFIC.pattern})", re.IGNORECASE)


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
        if (_NO_SHARE.search(near) or _MEASURED.search(clause)) and not _OF_THEM.match(behind):
            continue
        weight = 3 if _PEOPLE.search(behind) else 2 if _TRAFFIC.search(behind) else 1 if _SERVICE.search(near) else 0
        hurt = bool(_HURT.search(clause) or _HURT.search(label))
        if not weight and not (hurt and re.search(r"impact|affected|scope", label, re.IGNORECASE)):
            continue
        recovered = bool(_RECOVERY.search(text[max(0, match.start() - 20) : match.end() + 40]))
        if recovered and not re.search(r"affect|impact|unable|disrupt|reduc|degrad|decreas|los[ts]|drop|unavail", clause, re.IGNORECASE):
            continue
        if not hurt:
            continue
        upper = next((float(m[1]) for m in found[index + 1 : index + 2] if m.start() - match.end() < 6 and _SPAN.search(text[: m.start()])), None)  # fmt: skip  # noqa: PLR2004
        yield Share(percent=upper if upper and upper <= 100 else percent, line=line, quote=match[0], weight=weight + bonus)  # noqa: PLR2004


def _clause(text: str, match: re.Match[str]) -> str:
    """The words around a percentage, as far as they belong to it."""
    begin = max(text.rfind(mark, 0, match.start()) for mark in (";", ". ", "—"))
    end = min((place for mark in (";", ". ", "—") if (place := text.find(mark, match.end())) >= 0), default=len(text))
    return text[max(0, begin + 1, match.start() - 200) : min(end, match.end() + 200)]


_NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "a": 1, "an": 1, "half": 0}  # fmt: skip
_COUNT = rf"(\d{{1,4}}(?:\.\d{{1,2}})?|(?:{'|'.join(_NUMBERS)})(?=[\s-]))"
_UNIT = r"(d(?:ays?)?|h(?:ours?|rs?|r)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)"
_LENGTH = re.compile(rf"(?<![\w.:]){_COUNT}[\s-]?{_UNIT}\b(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?(?:[\s,]*(?:and\s+)?{_COUNT}[\s-]?{_UNIT}\b)?(?:\s*and a (half))?", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:lasted|duration|persisted|for (?:a total of |about |approximately |around |roughly |nearly |over )?$|time to (?:resolve|restore|recover\w*|repair)|downtime|total)", re.IGNORECASE)
_FELT_FOR = re.compile(r"\b(?:(?:was|were) (?:around|down|unavailable|offline|out|inaccessible|unreachable|broken)|lasted|lasting|persisted|went on)(?: for)?(?: (?:about|approximately|around|roughly|nearly|over|a total of|almost))?\s*$", re.IGNORECASE)
_OF_ALL_BEHIND = re.compile(r"^[\s-]*(?:(?:long|full|complete|total|partial|cascading|service|site|wide|system)[\s-]*){0,3}(?:outage|downtime|incident|failure|interruption|disruption)\b", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:at most|maximum|at least|up to|bounded|less than|more than|unknown|every|within|after|before|ago|last|next|per|expected|estimated|cache|timeout|interval|around (?:4|5))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasted:
    """How long the text says it lasted."""

    minutes: int
    line: int
    quote: str
    coarse: bool
    """In days: times say it better."""
    rough: bool
    """`about`, `roughly`."""


def lasted(found: Sequence[Sentence]) -> list[Lasted]:
    """Stated durations of the outage; a label for it first, then the summary, then the rest."""
    known: list[tuple[int, Lasted]] = []
    for sentence in found:
        if sentence.quoted or sentence.rank > 2:  # noqa: PLR2004
            continue
        for match in _LENGTH.finditer(sentence.text):
            before, behind = sentence.text[max(0, match.start() - 70) : match.start()], sentence.text[match.end() :]
            label = bool(re.match(r"(?:\w+ ){0,2}(?:duration|downtime|time to (?:resolve|restore|recovery)|length|outage time)", sentence.label, re.IGNORECASE))
            told = _OF_ALL.search(before) or _OF_ALL_BEHIND.search(behind)
            if not (label or (told and sentence.rank < 2) or _FELT_FOR.search(before)) or _BOUND.search(before[-30:]):  # noqa: PLR2004
                continue
            minutes = _minutes(match)
            if minutes:
                coarse = match[2][0].casefold() == "d"
                rough = bool(re.search(r"about|approx|rough|around|nearly|almost|over|~", before[-20:], re.IGNORECASE))
                grade = 0 if label and not label_is_part(sentence) else 1 + sentence.rank
                known.append((grade, Lasted(minutes=minutes, line=sentence.line, quote=match[0], coarse=coarse, rough=rough)))  # fmt: skip
    return [one for _, one in sorted(known, key=lambda pair: pair[0])]


def label_is_part(sentence: Sentence) -> bool:
    """Whether the label of a sentence is the name of the part it stands in."""
    return sentence.label == sentence.part.heading and not sentence.text.startswith(sentence.label)


def _minutes(match: re.Match[str]) -> int | None:
    total = 0.0
    for count, unit in ((match[1], match[2]), (match[3], match[4]), (match[5], match[6])):
        if not count:
            continue
        number = float(_NUMBERS[count.casefold()]) if count.casefold() in _NUMBERS else float(count)
        total += number * {"d": 1440, "h": 60, "m": 1, "s": 1 / 60}[unit[0].casefold()]
    if match[7] and match[2][0].casefold() == "h":
        total += 30
    return round(total) if total >= 1 else None


_SORRY = re.compile(
    r"\b(?:apolog(?:y|ies|i[sz]e[ds]?|i[sz]ing)\b|(?:we|i)(?:['’]re| are| am|['’]m)?\s+(?:(?:truly|deeply|so|very|really|sincerely|extremely|terribly)\s+){0,2}sorry\b"
    r"|sorry (?:for|to|about|that)\b|(?:we|i)\s+(?:(?:sincerely|deeply|truly)\s+)?regret\b|regrets? (?:any|the)\b|(?:beg|ask) your (?:pardon|forgiveness)\b|our sincere regrets?\b)",
    re.IGNORECASE,
)
_ABOUT_APOLOGIES = re.compile(r"\b(?:should|must|need to|don['’]t|do not|no|without|write an?|include an?|an? template|how to) (?:\w+ ){0,2}$", re.IGNORECASE)  # fmt: skip
_SAID_BY_A_MACHINE = re.compile(r"[\"“'‘][^\"”]{0,80}$")


def apology(parts: Parts) -> Line | None:
    """The line of the first apology to those affected; not one that a program shows, or that is only talked about."""
    for part in parts.all:
        for line in part.lines:
            if line.code or line.blank:
                continue
            for found in _SORRY.finditer(line.text):
                before = line.text[max(0, found.start() - 90) : found.start()]
                if not _ABOUT_APOLOGIES.search(before) and not _SAID_BY_A_MACHINE.search(before.replace("'s ", " ")):
                    return line
        if SectionKind.APOLOGY in part.kinds and any(line.text for line in part.lines):
            return next(line for line in part.lines if line.text)
    return None
