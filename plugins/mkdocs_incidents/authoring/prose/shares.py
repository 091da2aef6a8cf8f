"""Percentages of users, traffic or service that sentences, and whole documents, give as affected."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from .language import Language, language_of
from .sentences import sentences_in
from .share_doubts import is_another_time, is_asked, is_bound, speaks_against
from .stated_facts import ELSEWHERE, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document import DocumentLine
    from .sentences import Sentence
    from .stated_facts import PlacedSentence

_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_SIGN = r"\s?(?:%|per\s?cent\b)"
_FIGURE = re.compile(
    rf"(?:(?<![\w.,/>=<])(?P<lower>{_NUMBER})(?P<sign>{_SIGN})?\s?(?:-|–|—|to|and)\s?|(?<![\w.,/>=<])(?<!\d[–—-]))"
    rf"(?P<percent>{_NUMBER}){_SIGN}",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|up to|at least|at most|more than|less than|over|under)\s+$", re.IGNORECASE
)
_PEOPLE = (
    r"(?:users?|customers?|subscribers?|visitors?|clients?|people|members?|accounts?|tenants?|user ?base|students?"
    r"|merchants?|players?|viewers?|patients?|employees|staff|developers?|shoppers?|consumers?|audience|readers?"
    r"|everyone)\b"
)
_TRAFFIC = (
    r"(?:traffic|requests?|calls?|transactions?|payments?|transfers?|orders?|connections?|sessions?|logins?|sign-?ins?"
    r"|queries|messages|jobs|builds|launches|packets|responses|attempts|hits|uploads?|downloads?"
    r"|e-?mails?|searches|bookings?|check-?outs?|visits?|page ?views?)\b"
)
_PEOPLE_NEAR = re.compile(rf"\b{_PEOPLE}", re.IGNORECASE)
_TRAFFIC_NEAR = re.compile(rf"\b{_TRAFFIC}", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:services?|infrastructure|availability|performance|functionality|website|site|system|platform"
    r"|applications?|app|degradation|disruption|outage|engagement|downtime|operations)\b",
    re.IGNORECASE,
)
_ADJECTIVES = r"(?:(?:all|the|our|of|total|active|its|their|these|api|web|card|incoming|ingress|user|site)\s+){0,3}"
_OF_THEM = re.compile(rf"\s*(?P<of>of\s+)?{_ADJECTIVES}(?P<whom>{_PEOPLE}|{_TRAFFIC})", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+\w", re.IGNORECASE)
_SOME_OF_THEM = re.compile(
    r"\s+(?:of|in|from|to|with|without|who|that|whose|using|on|by|at|via|paying|trying)\b", re.IGNORECASE
)
"""Behind those it is a share of: `users of the app`, `requests to the search` are another whole."""
_ALL_OF_THEM = re.compile(
    rf"(?<!of )(?<!not )\b(?P<figure>all|every) (?:our |the |of our )?(?P<whom>{_PEOPLE}|{_TRAFFIC})", re.IGNORECASE
)
_OF_THEM_BEFORE = re.compile(rf"\b(?P<whom>{_PEOPLE}|{_TRAFFIC})\s*\(\s*(?:about |around |~)?$", re.IGNORECASE)
"""A third of our users (33 %)."""
_BRACKET = re.compile(r"\s*\)")
_LABEL = re.compile(
    rf"[\s>*_-]*(?P<label>(?:affected|impacted)\s+(?P<whom>{_PEOPLE}|{_TRAFFIC})\s*:)[*_]*\s*", re.IGNORECASE
)
_OF_AFFECTED = re.compile(r"\b(?:affected|impacted)\b", re.IGNORECASE)
_NAME_OF_PART = re.compile(r"^[\s>*_-]*(?:impact|scope|summary)\b[\w ]*:", re.IGNORECASE)
_ABOUT_IMPACT = re.compile(r"impact|affected|scope", re.IGNORECASE)
_PLAINLY_HURT = re.compile(
    r"\b(?:affect|impact|unable|disrupt|reduc|degrad|decrea|los[ts]|drop|unavail|unreach|fail|refus|reject|declin"
    r"|could not\b|could ?n['’]t\b|(?:reached|hit|touched)\b)",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:can(?:no|['’])t|(?:did|were|was) not|errors?|down|outage|denied|slow\w*|inaccess\w+|experienc\w+|suffer\w+"
    r"|timeouts?|timed|crash\w*|locked|trying|offline|interrupt\w+|stuck|broke\w*|report\w*|turned|delay\w*|late"
    r"|wait\w*|50[0-9])\b",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:back(?: up)?(?: online)?|resto\w+|recover\w+|operational|functional|online|resum\w+|completed?|rolled out"
    r"|succe\w+|availab(?:le|ility of)|resolved|fixed|served again|migrated|sure|certain|normal|unaffected|untouched"
    r"|not affected|fine|on time|(?<!not )work(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:cpu|memory|ram|disks?|storage|capacity|utili[sz]ation|usage|filesystem|quota|confident)\b", re.IGNORECASE
)
_NO_SHARE = re.compile(
    rf"{_MEASURED.pattern}|\b(?:threshold|coverage|uptime|sla|slo|budget|full|success(?:ful)? rate|battery|discount"
    r"|alerts?|monitor\w*|improv\w+|space|health(?:y)?|normal|load average|at least|target|the time)\b",
    re.IGNORECASE,
)
_OF_A_STORE = re.compile(r"\s*(?:used|full)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;—]")
_SIGN_OF_CLAUSE = re.compile(r"[.,;:]")
_LONGEST_CLAUSE = 200
"""Characters before and behind a percentage."""
_NOT_ALL_OF_IT = re.compile(
    r"\d:\d|\b(?:(?i:first|initially|beginning|then|later|by|until|peak\w*|rose|rising|fell|still|already|only"
    r"|remaining|another|further|each|more than|less than|at least|up to|between|(?<!could )not|briefly|temporarily"
    r"|worst|height|moment|at one point|per (?:minute|hour|day)|for (?:a|some) (?:\w+ )?(?:time|while))|(?:[Ii]n|[Ff]or"
    r"|[Aa]mong) (?:the )?[A-Z]\w+"
    r"|plans?|regions?|android|ios|mobile|of those|of these|on [A-Z]\w+|longer"
    r"|[Ff]or (?:\w+ ){1,2}(?:hours?|minutes?|days?))\b"
    r"|^(?!(?:Impact|Summary|Scope):)[^:]{3,40}:"
)
_PLAINLY_BEHIND = re.compile(
    r"\s+(?:(?:was|were|have been|had been)\s+(?:(?:directly|fully|completely)\s+)?(?:affected|impacted|hit|unable"
    r"|locked out|cut off|disrupted|logged out|disconnected|refused|rejected|declined|lost|unreachable|unavailable"
    r"|interrupted|dropped)|could(?: not|n['’]t)|failed|lost)\b(?! (?:only|slightly|little|less|once))",
    re.IGNORECASE,
)
_PLAINLY_BEFORE = re.compile(
    r"(?:^\W*|\b(?:the|this|our|an?) )(?:(?:outage|incident|disruption|problem|failure|issue|error"
    r"|bug|it)\s+(?:has |had )?(?:affected|impacted|hit"
    r"|disrupted)|we (?:refused|rejected|declined|lost|dropped))\s+(?:(?:about|around|roughly|nearly|almost)\s+)?$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
_SWEEPING = re.compile(
    r"\b(?:nobody|no one|every(?:one|body)?|none|half|thirds?|quarters?|most|majority|few|(?<!of )(?<!in )all"
    r"|(?:one|two|three|four|nine|\d+) (?:in|out of) \w+)\b",
    re.IGNORECASE,
)
_ONE_HARM = re.compile(r"\b(?:unable|could not|couldn't|lost|refused|rejected|declined|fail(?:ed|s)?)\b", re.IGNORECASE)
"""Of users: other ones could not sign in than could not pay."""
_COMPARED = {"users", "traffic", "requests", "payments", "logins", "sign-ins", "transactions"}
"""Of whom two sentences give the same share, or one of them is wrong."""
_ALL = 100.0


class HarmCertainty(IntEnum):
    """How surely the words around a percentage say that those were affected."""

    NO = 0
    LIKELY = 1
    PLAINLY = 2


class ShareBasis(IntEnum):
    """Of what it is a share; the higher, the closer to users."""

    NOTHING_KNOWN = 0
    SERVICE = 1
    TRAFFIC = 2
    PEOPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceShare:
    """A percentage, and what the words around it say of it."""

    percent: float
    """Of a span, its upper end."""
    figure: str
    """As it is written: `up to 40 %`."""
    quote: str
    """With those it is a share of: `up to 40 % of our users`."""
    group: ShareBasis
    whom: str = ""
    """The noun for those it is a share of, where that follows at once."""
    of: bool = False
    """Whether it is a share `of` something."""
    bound: bool = False
    """Whether it is a limit: `up to 40 %`."""
    span: bool = False
    """Whether two figures are given: `30 to 40 %`."""
    in_words: bool = False
    """`all users`."""
    harm: HarmCertainty
    well: bool
    """Whether the words beside it describe something that works, or works again."""
    denied: bool = False
    """Whether the words around it say that so many were not affected, or not in this incident, or only perhaps."""
    about_impact: bool = False
    """Whether its label is about those affected."""
    labelled: bool = False
    """Whether it stands behind `Affected users:`."""
    bracketed: bool = False
    """Whether it stands in brackets: `a third of our users (33 %)`."""
    before: str = ""
    """The words before it."""
    behind: str = ""
    """What the words behind those it is a share of say, as far as a sign: `were unable to pay`."""

    @property
    def of_them(self) -> bool:
        """Whether it is a share of users or of what they do."""
        return bool(self.whom)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedShare(Stated):
    """How many of whom were affected, as a text says it of the whole incident."""

    percent: float
    whom: str


def shares_in(sentence: str, label: str = "") -> list[SentenceShare]:
    """The percentages of a sentence that may be shares of those affected, in their order.

    `label` is what stands above the sentence or in front of it.
    """
    if "%" not in sentence and not re.search(r"cent\b|\b(?:all|every) ", sentence, re.IGNORECASE):
        return []
    figures = ((match, _percent(match)) for match in _FIGURE.finditer(sentence))
    named = [(match, percent) for match, percent in figures if 0 < percent <= _ALL]
    named += [(match, _ALL) for match in _ALL_OF_THEM.finditer(sentence)]
    known = [share for match, percent in named if (share := _share(sentence, match, percent, label))]
    against_all = known and (is_asked(sentence) or is_another_time(sentence))
    return [replace(share, denied=True) for share in known] if against_all else known


def _percent(match: re.Match[str]) -> float:
    """The figure, or the larger one of a span: `40 % to 30 %`."""
    percent = float(match["percent"])
    return max(percent, float(match["lower"])) if match["sign"] else percent


def _share(sentence: str, match: re.Match[str], percent: float, label: str) -> SentenceShare | None:
    before, behind = sentence[max(0, match.start() - 25) : match.start()], sentence[match.end() : match.end() + 45]
    near = f"{before}{match[0]}{behind}"
    begin, end = _clause(sentence, match)
    clause = sentence[begin:end]
    in_words = "whom" in match.groupdict()
    named = match if in_words else _OF_THEM.match(behind)
    labelled = None if in_words else _LABEL.fullmatch(sentence, 0, match.start())
    bracketed = _OF_THEM_BEFORE.search(before) if _BRACKET.match(behind) else None
    them = named or labelled or bracketed
    if not them and (_OF_A_STORE.match(behind) or _NO_SHARE.search(near) or _MEASURED.search(clause)):
        return None
    whom = them["whom"].casefold() if them else ""
    qualified = _QUALIFIED.search(before)
    figure = f"{qualified[0] if qualified else ''}{match[0]}"
    quote = f"{figure}{named[0]}" if named and not in_words else f"{labelled['label']} {figure}" if labelled else figure
    scope = f"{label} {clause}" if _OF_AFFECTED.search(label) else _NAME_OF_PART.sub("", clause)
    behind_them = match.end() + (named.end() if named and not in_words else 1 if bracketed else 0)
    return SentenceShare(
        percent=percent,
        figure=figure,
        quote=" ".join(quote.split()),
        group=_group(whom, behind, near),
        whom="users" if whom == "customers" else whom,
        of=bool(in_words or labelled or bracketed or _OF.match(behind)),
        bound=is_bound(before, behind) or is_bound("", sentence[behind_them:]),
        span=not in_words and match["lower"] is not None,
        in_words=in_words,
        harm=HarmCertainty.PLAINLY
        if labelled or _PLAINLY_HURT.search(scope)
        else HarmCertainty(bool(_HURT.search(scope))),
        well=_WELL.search(sentence[max(begin, match.start() - 20) : min(end, match.end() + 40)]) is not None,
        denied=speaks_against(sentence, match.start(), match.end(), behind_them if them else -1, label),
        about_impact=bool(labelled or _ABOUT_IMPACT.search(label)),
        labelled=bool(labelled),
        bracketed=bool(bracketed),
        before=sentence[max(0, match.start() - 60) : match.start()],
        behind=_SIGN_OF_CLAUSE.split(sentence[behind_them:], maxsplit=1)[0],
    )


def _clause(sentence: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the words around a percentage begin and end, as far as they belong to it."""
    begin, end = max(0, match.start() - _LONGEST_CLAUSE), min(len(sentence), match.end() + _LONGEST_CLAUSE)
    begin = max((found.end() for found in _CLAUSE_END.finditer(sentence, begin, match.start())), default=begin)
    following = _CLAUSE_END.search(sentence, match.end(), end)
    return begin, following.start() if following else end


def _group(whom: str, behind: str, near: str) -> ShareBasis:
    if _PEOPLE_NEAR.search(whom or behind):
        return ShareBasis.PEOPLE
    if _TRAFFIC_NEAR.search(whom or behind):
        return ShareBasis.TRAFFIC
    return ShareBasis.SERVICE if _SERVICE.search(near) else ShareBasis.NOTHING_KNOWN


def share_of_all(sentence: str) -> SentenceShare | None:
    """The one share that a sentence plainly says of the whole incident, to be compared with that of another."""
    known = [share for share in shares_in(sentence) if share.of and share.whom in _COMPARED]
    if len(known) != 1 or known[0].harm is not HarmCertainty.PLAINLY or known[0].span or ELSEWHERE.search(sentence):
        return None
    if known[0].denied or known[0].bound or _SOME_OF_THEM.match(known[0].behind):
        return None
    return known[0] if known[0].about_impact or not _NOT_ALL_OF_IT.search(sentence) else None


def is_certain(share: SentenceShare, sentence: str) -> bool:
    """Whether a sentence says a share beyond doubt: in the plainest English, and of nothing but the whole incident."""
    if share.denied or share.bound or share.span or share.in_words or not (share.of and share.of_them):
        return False
    if language_of(sentence) is not Language.ENGLISH and not share.labelled:
        return False
    if share.labelled:
        return not re.search(r"\w", sentence[sentence.index(share.figure) + len(share.figure) :])
    if any(pattern.search(sentence) for pattern in (ELSEWHERE, _NOT_ALL_OF_IT)) or _SOME_OF_THEM.match(share.behind):
        return False
    if _WELL.search(share.behind) or (_SWEEPING.search(sentence) and not share.bracketed):
        return False
    ends = not re.search(r"\w|['’]", share.behind)
    return bool(_PLAINLY_BEHIND.match(share.behind) or (ends and _PLAINLY_BEFORE.search(share.before)))


def harms_in_words(sentence: str) -> bool:
    """Whether a sentence without a percentage says in words how many were affected: `nobody could pay`."""
    sweeping = _NOBODY.search(sentence) or (_SWEEPING.search(sentence) and _PLAINLY_HURT.search(sentence))
    return bool(sweeping) and not shares_in(sentence)


def shares_of_all(account: Sequence[PlacedSentence]) -> Iterator[StatedShare]:
    """Which share was affected, wherever one sentence plainly says one of the whole incident."""
    for line, sentence in account:
        if share := share_of_all(sentence):
            harm = "" if share.labelled or share.whom != "users" or not _ONE_HARM.search(sentence) else share.behind
            whom = f"{share.whom}{' '.join(harm.casefold().split())}"
            yield StatedShare(percent=share.percent, whom=whom, quote=share.quote, line=line)


_LAST_RANK = 2
"""Of sentences that describe the incident."""
_IN_THE_END = re.compile(r"\b(?:then|later|after|finally|eventually|soon|in the end)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\W*(?:it|that|this|then|there|those|they|back then|at (?:that|the) time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShare:
    """A percentage of those affected."""

    percent: float
    line: int
    quote: str
    weight: int
    of_them: bool = False
    """Whether it is a share of users or of what they do."""
    certain: bool = False
    """Whether its sentence leaves no doubt, and nothing else in the document contradicts it."""


def shares(found: Sequence[Sentence], title: DocumentLine | None) -> list[DocumentShare]:
    """Percentages of users, traffic or service that a document gives as affected, the most reliable first."""
    telling = [sentence for sentence in found if sentence.rank <= _LAST_RANK and not sentence.quoted]
    known: list[DocumentShare] = []
    others: list[SentenceShare] = []
    for before, sentence, after in zip([None, *telling], telling, [*telling[1:], None], strict=False):
        if _is_of_another_time(sentence, before):
            continue
        bonus = 4 * (_LAST_RANK - sentence.rank)
        figures = _affected(sentence.text, sentence.line, bonus=bonus, label=sentence.label)
        known += (share for share in figures if not (share.of_them and _was_all(sentence, after)))
        others += _in_other_words(sentence)
    if title:
        for _, text in sentences_in(title.text):
            known += _affected(text, title.number, bonus=0, label="")
    alone = len({share.percent for share in known} | {share.percent for share in others}) == 1
    alone = alone and not any(harms_in_words(sentence.text) for sentence in telling)
    known = [replace(share, certain=share.certain and alone) for share in known]
    return sorted(known, key=lambda share: (-share.weight, share.line))


def _is_of_another_time(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether a sentence continues one about another incident."""
    if before is None or before.part is not sentence.part or not _POINTS_BACK.match(sentence.text):
        return False
    return is_another_time(before.text)


def _was_all(sentence: Sentence, after: Sentence | None) -> bool:
    """Whether a sentence, or the one behind it, says that in the end all were affected."""
    texts = [sentence.text]
    if after is not None and after.part is sentence.part and _IN_THE_END.search(after.text):
        texts.append(after.text)
    return any(share.in_words and share.harm and not share.denied for text in texts for share in shares_in(text))


def _in_other_words(sentence: Sentence) -> Iterator[SentenceShare]:
    """What a sentence says of how many were affected that is no figure: limits, spans, `all users`."""
    for share in shares_in(sentence.text, sentence.label):
        if share.harm and share.of_them and not share.denied and (share.bound or share.span or share.in_words):
            yield share


def _affected(sentence: str, line: int, *, bonus: int, label: str) -> Iterator[DocumentShare]:
    if language_of(sentence) is Language.OTHER:
        return
    for share in shares_in(sentence, label):
        if share.in_words or share.bound or share.span or share.denied:
            continue
        if share.well and share.harm is not HarmCertainty.PLAINLY:
            continue
        harm = share.harm and (share.group or (share.about_impact and not share.of))
        if harm:
            yield DocumentShare(
                percent=share.percent,
                line=line,
                quote=share.figure,
                weight=share.group + bonus,
                of_them=share.of_them,
                certain=is_certain(share, sentence),
            )
