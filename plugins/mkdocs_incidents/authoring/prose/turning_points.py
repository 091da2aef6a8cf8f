"""Which turning point a timeline entry describes, and whether its wording leaves no doubt about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from mkdocs_incidents.model import TurningPoint

from .sentences import sentences_in
from .turning_point_phrases import DOUBT, LABELS, PHRASES, STEMS, TAKEN_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mkdocs_incidents.model import TimelineEntry

_STATED = re.compile(r"[ \t]*(?<!`)\{\s*kind\s*[:=]\s*[\"']?(?P<kind>[\w -]+?)[\"']?\s*\}(?!`)")
_LABEL = re.compile(r"[*_]*(?P<label>[A-Za-z][A-Za-z ]{3,30}?)[*_]*\s*(?:[:.,–—]|\s-|$)")
_READ = 200
"""Characters of an entry that are looked at: what it describes stands at its beginning."""
_A_LITTLE = timedelta(minutes=30)
"""By which users may have begun to feel it before the file says so; further back it was something else."""
_SUCCESS = {TurningPoint.MITIGATED, TurningPoint.RESOLVED, TurningPoint.IDENTIFIED, TurningPoint.CAUSE}
_OF_THE_RESPONSE = {TurningPoint.DETECTED, TurningPoint.IDENTIFIED, TurningPoint.MITIGATED}
_COMPILED = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})", re.IGNORECASE)) for kind, phrases in PHRASES.items()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKind:
    """The turning point that an entry describes."""

    text: str
    """The entry without its `{kind: …}`."""
    kind: TurningPoint | None
    stated: bool = False
    """Whether its author says so, with a mark or with a label in front; else it was recognised by its words."""
    unknown: str = ""
    """What was written for a kind and is none."""


def entry_kind(text: str) -> FoundKind:
    """The turning point of an entry."""
    stated = _STATED.search(text)
    if stated:
        shown = without_kinds(text)
        name = stated["kind"].strip().lower().replace(" ", "_").replace("-", "_")
        if name == "none":
            return FoundKind(text=shown, kind=None, stated=True)
        if name in list(TurningPoint):
            return FoundKind(text=shown, kind=TurningPoint(name), stated=True)
        return FoundKind(text=shown, kind=None, unknown=stated["kind"])
    label = _LABEL.match(text)
    kind = LABELS.get(label["label"].strip().lower()) if label else None
    if label and kind and not _denied(text[label.end() :]):
        return FoundKind(text=text, kind=kind, stated=True)
    return FoundKind(text=text, kind=None if kind else _recognised(text))


def without_kinds(markdown: str) -> str:
    """A text without the marks `{kind: …}`: they are ours, and not for readers."""
    return _STATED.sub("", markdown).strip() if "\n" not in markdown else _STATED.sub("", markdown)


def turning_points(entries: Iterable[tuple[TimelineEntry, bool]], begins_at: datetime) -> tuple[TimelineEntry, ...]:
    """The entries with each kind of turning point once; the bool says whether the author stated the kind.

    The first of a kind turns, of recoveries the last, and what an author states comes before what was recognised. What
    is only recognised must be possible, too: a cause comes before `begins_at`, when users began to feel it, and all
    that is done about it comes after. An alarm that is stated before gives way to the noticing that follows.
    """
    found = [(entry, stated) for entry, stated in entries]
    turns: dict[TurningPoint, tuple[int, bool]] = {}
    for place, (entry, stated) in enumerate(found):
        if entry.kind is None or not (stated or _possible(entry.kind, entry.at, begins_at)):
            continue
        known = turns.get(entry.kind)
        if known and entry.kind in _OF_THE_RESPONSE and found[known[0]][0].at < begins_at <= entry.at:
            known = None
        if known is None or (stated and not known[1]) or (entry.kind is TurningPoint.RESOLVED and stated >= known[1]):
            turns[entry.kind] = place, stated
    kept = {place for place, _ in turns.values()}
    return tuple(entry if place in kept else replace(entry, kind=None) for place, (entry, _) in enumerate(found))


def _possible(kind: TurningPoint, at: datetime, begins_at: datetime) -> bool:
    if kind is TurningPoint.CAUSE:
        return at <= begins_at
    return at >= (begins_at - _A_LITTLE if kind is TurningPoint.IMPACT_BEGINS else begins_at)


def _denied(behind: str) -> bool:
    """Whether the words behind a label retract it: `Identified: no`, `Mitigation: restart, no effect`."""
    rest = " ".join(behind.split())[:_READ].strip(" *_.")
    return TAKEN_BACK.search(rest) is not None or rest.casefold() in {"no", "none", "unknown", "n/a", "-"}


@lru_cache(maxsize=128)  # asked again while one file is read
def _recognised(text: str) -> TurningPoint | None:
    plain = " ".join(text.split())[:_READ].replace("*", "").replace("`", "")
    for _, sentence in islice(sentences_in(plain), 2):
        if sentence.endswith("?"):
            return None  # what is asked did not happen
        folded = sentence.casefold()
        for kind, pattern in _COMPILED:
            if any(stem in folded for stem in STEMS[kind]) and any(
                _says(kind, sentence, found) for found in pattern.finditer(sentence)
            ):
                return kind
    return None


def _says(kind: TurningPoint, sentence: str, found: re.Match[str]) -> bool:
    if DOUBT.search(sentence[: found.end()]):
        return False
    return kind not in _SUCCESS or not TAKEN_BACK.search(sentence[found.end() :])


_LONGEST = 600
"""Characters of an entry that are looked at; a longer one is an account, and not plain."""
_IS = r"(?:is |are |was |were |has been |have been )?(?:now |fully |finally )?"
_THE = r"(?:the |our |this )?"
_INCIDENT = rf"{_THE}(?:incident|outage|issue|problem|disruption|failure|downtime)"
_TEAM = r"(?:team|engineers?|on-?call|operations|ops|sres?|developers?|devops|administrators?|admins?|operators?)"
_WHO = rf"(?:we|i|(?:the |our |an? )?(?:[a-z-]+ ){{0,2}}{_TEAM}(?: engineer| person| team)?) "
_ALERT = r"(?:alerts?|alarms?|pages?|pagers?)"
_WATCH = (
    rf"{_THE}(?:{_ALERT}|(?:automated )?monitoring(?: system)?|monitors?|probes?|pagerduty|datadog|nagios|cloudwatch"
    r"|grafana|prometheus|sentry|opsgenie|pingdom|uptimerobot)"
)
_FAULT = (
    r"\b(?:errors?|fail(?:s|ed|ing|ures?)?|outage|down|unavailable|unreachable|unresponsive|respond\w*|time-?outs?"
    r"|timing out|50\d|5xx|crash\w*|slow|latency|drop in)\b"
)
_CHANGE = r"(?:update|release|deployment|deploy|change|version|migration|config|configuration|upgrade|build)"
_BACK_TO = (
    rf"(?: (?:to|the|our|a|last|previous|stable|faulty|bad|new|latest|software|{_CHANGE}|feature flag|v?\d[\w.]*))*"
)
_REPAIR = r"(?:fix|hotfix|hot fix|patch|workaround)"
_BEGIN = r"(?:begins?|began|starts?|started)"
_GENERAL = (
    r"(?:all |the |full |our )*(?:services?|systems?|sites?|websites?|apis?|app|application|platform|everything"
    r"|it|traffic|error rates?)"
)
_NAME = r"(?P<name>(?:the |all )?[a-z][\w-]*(?: [a-z][\w-]*)?)"
_ALL = r"(?: for (?:all|everyone|everybody|all (?:users|customers|clients)))?"
_CALLED_IN = (
    r"(?:(?:the|our|a|an) )?(?:[\w-]+ ){0,5}?(?:teams?|engineers?|vendor|provider|lead|managers?|management|on-?call"
    r"|support|experts?|dbas?|developers?|director|cto|level \d|tier \d)"
)

PLAIN: dict[TurningPoint, tuple[str, ...]] = {
    TurningPoint.IMPACT_BEGINS: (
        rf"(?:[\w -]{{1,60}} and )?{_THE}(?:outage|impact|incident|downtime|disruption|errors) {_BEGIN}",
        r"(?:the )?(?:start|beginning) of (?:the )?(?:outage|impact|incident|downtime|disruption)",
        rf"{_GENERAL} (?:goes down|went down|stops? working|stopped working|is down|are down|became unavailable)",
    ),
    TurningPoint.DETECTED: (
        r"(?:first )?detected",
        rf"{_INCIDENT} {_IS}(?:first )?(?:detected|noticed|discovered)",
        (
            rf"(?:the )?(?:first|initial) (?:user |customer |client )?(?:reports?|complaints?|{_ALERT})"
            r"(?: (?:arrives?|comes? in|came in|(?:is |was )?received|fires?|fired))?"
        ),
        (
            rf"{_WATCH} (?:alert(?:s|ed)?|page[sd]?|notif(?:y|ies|ied)|warn(?:s|ed)?|tells?|told|call(?:s|ed)?) "
            rf"(?:us|{_THE}(?:[a-z-]+ ){{0,1}}{_TEAM}(?: engineer| person| team)?)"
        ),
        (
            rf"{_THE}(?:(?:high|error|rate|latency|availability|uptime|failure|health|check) ){{0,3}}{_ALERT}"
            r" (?:is |are |was |were )?(?:fires?|fired|rings?|rang|triggers?|triggered|goes off|went off|raised)"
        ),
        (
            rf"(?:we|{_THE}(?:[a-z-]+ )?{_TEAM}(?: engineer| person| team)?) (?:is|are|was|were|gets?|got) "
            r"(?:paged|alerted)"
        ),
        (
            rf"(?:{_WHO}|{_WATCH} |(?:an? |the |our |some |many |several )?(?:users?|customers?|clients?) )(?:first )?"
            r"(?:notice[sd]?|detect(?:s|ed)?|report(?:s|ed)?|complain(?:s|ed)?|notif(?:y|ies|ied)|observe[sd]?)"
            rf"(?=.{{0,60}}{_FAULT})(?: [\w-]+)+"
        ),
    ),
    TurningPoint.ACKNOWLEDGED: (
        r"acknowledged",
        rf"(?:{_WHO})?(?:acknowledge[sd]?|ack(?:s|ed)) {_THE}(?:{_ALERT}|incident|outage|issue|problem)",
        rf"{_THE}(?:{_ALERT}|incident|outage|issue|problem) {_IS}(?:acknowledged|acked)",
        (
            rf"{_WHO}(?:(?:is |are |was |were )?alerted and )?{_BEGIN} (?:to |an |the )?investigat(?:e|ing|ion|ions)"
            rf"(?: {_THE}(?:incident|outage|issue|problem|errors?|{_ALERT}))?"
        ),
        rf"investigation {_BEGIN}",
        (
            r"(?:the |our |an )?on-?call engineer check(?:s|ed)? (?:the |our )?(?:[a-z]+ )?"
            r"(?:servers?|databases?|logs?|dashboards?|metrics|graphs|systems?)(?: for [\w ]+)?"
        ),
    ),
    TurningPoint.ESCALATED: (
        rf"(?:{_WHO})?escalat(?:e|es|ed)(?: {_INCIDENT}| it| this)? to {_CALLED_IN}",
        rf"{_INCIDENT} {_IS}escalated(?: to {_CALLED_IN})?",
        rf"(?:{_WHO})?pages? (?:the|our) (?:[a-z-]+ ){{1,2}}(?:team|on-?call|lead)",
        rf"(?:{_WHO})?paged (?:the|our) (?:[a-z-]+ ){{1,2}}(?:team|on-?call|lead)",
    ),
    TurningPoint.IDENTIFIED: (
        (
            rf"{_THE}(?:root )?cause (?:of (?:the )?(?:incident|outage|issue|problem|errors?|failures?) )?{_IS}"
            r"(?:found|identified|discovered|determined|located)"
        ),
        (
            rf"(?:{_WHO}|they )?(?:finds?|found|identif(?:y|ies|ied)|discover(?:s|ed)?|locate[sd]?|pinpoint(?:s|ed)?)"
            r" the (?:root cause|cause|bug|culprit|fault)"
            r"(?: of the (?:incident|outage|issue|problem|errors?))?"
        ),
        rf"{_WHO}(?:finds?|found|discover(?:s|ed)?) bugs?(?= and |[.!]*$)",
        rf"(?:the )?bug {_IS}(?:found|identified|located)",
    ),
    TurningPoint.MITIGATED: (
        rf"(?:{_INCIDENT} {_IS})?mitigated",
        rf"(?:{_WHO})?roll(?:s|ed) back{_BACK_TO}",
        rf"{_WHO}roll(?:s|ed)? (?:the |our )?{_CHANGE} back",
        rf"{_THE}(?:software )?{_CHANGE}(?: v?\d[\w.]*)? (?:is |was |has been )rolled back",
        rf"{_THE}(?:rollback|roll-back|failover|revert) {_IS}(?:done|completed?|finished|successful|succeed(?:s|ed))",
        r"successful (?:[\w-]+ ){0,2}(?:rollback|failover|revert)",
        rf"{_THE}{_REPAIR} {_IS}(?:deployed|applied|released|rolled out|shipped|in place|live)(?: to production)?",
        (
            rf"(?:{_WHO})?(?:deploy(?:s|ed)|appl(?:ies|ied)|ship(?:s|ped)|release[sd]) (?:a|an|the|our) {_REPAIR}"
            r"(?: to production)?"
        ),
        (
            r"(?:all )?traffic (?:is |was )?(?:shifted|moved|rerouted|switched) (?:to|away from) (?:the |another )?"
            r"(?:[\w-]+ )?(?:region|cluster|data ?cent(?:er|re)|provider|standby|zone|replica)"
        ),
    ),
    TurningPoint.RESOLVED: (
        r"(?:fully )?(?:resolved|recovered)",
        r"full recovery",
        rf"{_INCIDENT} {_IS}(?:resolved|solved|over|ended|ends|closed)",
        rf"(?:{_WHO})?declare[sd]? {_INCIDENT} (?:resolved|over|closed)",
        (
            rf"{_GENERAL} (?:is |are |was |were |has |have )?(?:now |been |all |fully )*(?:back to normal|fully back"
            rf"|restored|recovered|back up|back online|operational|returned? to normal|normal|green){_ALL}"
        ),
        rf"all (?:is )?green(?: again)?{_ALL}",
        rf"{_GENERAL} (?:works?|worked) again{_ALL}",
        rf"{_GENERAL} (?:is |are )?fully (?:functional|operational|restored|recovered){_ALL}",
    ),
}
"""What a first sentence says from its first word on; the causes are no part of it, for a change need not be one."""
NAMED = {
    TurningPoint.IMPACT_BEGINS: (
        rf"{_NAME} (?:{_BEGIN} (?:to fail|failing|to time out|timing out|to crash|crashing)|goes down|went down"
        r"|stops? working|stopped working|is down|are down|became unavailable)"
    ),
    TurningPoint.RESOLVED: (
        rf"{_NAME} (?:works? again|worked again|(?:is |are )?(?:fully (?:functional|operational|restored|recovered)"
        rf"|back online|back up)){_ALL}"
    ),
}
"""The same about what is called by its name, which must be what the incident is about."""

_END = r"(?=[\s.!]*$)"
_BEHIND = (
    rf"(?:{_END}|(?=[,;:(–—]| -| (?:by|due to|as|and|after|through|via|when|that|of|about|in|from|for further)\b))"
)
_BEHIND_AN_END = (
    rf"(?:{_END}|(?= by | and |, (?:and|errors?|users|customers|all|everyone|traffic)\b"
    r"| after [\w ]*(?:minutes?|hours?)\b))"
)
_BEHIND_AN_ANSWER = rf"(?:{_END}|(?= (?:by|at|within|after) | and |, (?:investigat|looking|and)))"
_ENDS = frozenset({TurningPoint.MITIGATED, TurningPoint.RESOLVED})


def _behind(kind: TurningPoint) -> str:
    """What may stand behind the words of a turning point."""
    if kind in _ENDS:
        return _BEHIND_AN_END
    if kind is TurningPoint.ACKNOWLEDGED:
        return _BEHIND_AN_ANSWER
    return _END if kind is TurningPoint.IMPACT_BEGINS else _BEHIND


_PLAIN = {
    kind: re.compile(rf"(?:{'|'.join(phrases)}){_behind(kind)}", re.IGNORECASE) for kind, phrases in PLAIN.items()
}
_NAMED = {kind: re.compile(f"{phrase}{_behind(kind)}", re.IGNORECASE) for kind, phrase in NAMED.items()}
_OTHERWISE = re.compile(
    r"\?|[\"“”]|\b(?:unrelated|which|(?<!to )(?<!systems )normal|normally|harmless|routine|drill|exercise|simulat\w+"
    r"|test(?:s|ed|ing)?|staging|sandbox|demo|false|another|others|(?:an)?other (?:incident|outage|issue|problem"
    r"|regions?|systems?|services?|sites?|products?|compan(?:y|ies))|yesterday|tomorrow|(?:last|next) \w+|earlier"
    r"|apparently|supposedly|allegedly|reportedly|seem\w*|according to|claim\w*|vendor['’]?s|joke|in vain|no avail"
    r"|unchanged|wrongly|mistakenly|by mistake|retract\w*|invoice\w*|contract\w*|privilege\w*|permission\w*"
    r"|tickets?|receipt|instead|later|still|too early|lunch|coffee|intern|printer|office|fine|error budget|typos?)\b",
    re.IGNORECASE,
)
"""Wording with which an entry is about something else, or about what did not happen."""
_IN_PART = re.compile(
    r"\b(?:some|few|several|most|half|part(?:s|ial|ially|ly)?|only|except|apart from|percent|per cent|temporar\w*"
    r"|briefly|for now|for (?:a|the) (?:moment|while)|again and again|(?<!works )(?<!work )(?<!worked )(?<!green )again"
    r"|worse|remain\w*|continu\w*|persist\w*|users in|customers in|region)\b|\d\s?%",
    re.IGNORECASE,
)
"""An end with such words is none, or not for everybody."""
_DESCRIBED_FAULT = re.compile(
    r"\b(?:(?:is|are|was|were) )?not (?:respond\w*|work\w*|available)|\b(?:cannot|can['’]t|could not|unable to)"
    r"|\bwhich alerted\b",
    re.IGNORECASE,
)
"""Negations that state what failed."""
_ADVICE = re.compile(r"\band (?:advis|decid|propos|recommend|suggest)\w+")
"""What is planned once the cause is known."""
_TAKES_BACK = re.compile(
    r"\b(?:still|again (?:down|failing|slow|unavailable)|(?:down|fails?|failing|failed|errors?|outage|slow) again"
    r"|comes? back|came back|rolled forward|reopen\w*|re-open\w*|worse|relapse\w*|no change|unchanged|premature\w*)\b",
    re.IGNORECASE,
)
_GENERAL_NAME = re.compile(
    r"(?:the|all|is|are|service|services|server|servers|system|systems|team|page|site)$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_FEWEST_LETTERS = 3


def is_plain(kind: TurningPoint, words: str, elsewhere: str) -> bool:
    """Whether an entry with these words describes `kind` beyond doubt; `elsewhere` is what else the document says."""
    plain = " ".join(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", words).split())
    if not plain or len(plain) > _LONGEST or kind not in _PLAIN:
        return False
    first = next((sentence for _, sentence in sentences_in(plain)), "")
    if not _PLAIN[kind].match(first) and not _names_the_incident(kind, first, elsewhere):
        return False
    if kind is TurningPoint.DETECTED:
        plain = _DESCRIBED_FAULT.sub(" ", plain)
    if kind is TurningPoint.IDENTIFIED:
        plain = _ADVICE.sub(" ", plain)
    doubted = [DOUBT, _OTHERWISE, *([TAKEN_BACK, _IN_PART] if kind in _ENDS else [])]
    return not any(pattern.search(plain) for pattern in doubted)


def takes_back(words: str) -> bool:
    """Whether a later entry may retract an end that was stated before."""
    return any(pattern.search(words) for pattern in (TAKEN_BACK, DOUBT, _TAKES_BACK))


def _names_the_incident(kind: TurningPoint, sentence: str, elsewhere: str) -> bool:
    """Whether what fails or works again is named once more in the document, and so is no other thing."""
    found = _NAMED[kind].match(sentence) if kind in _NAMED else None
    if found is None:
        return False
    names = [word for word in _WORD.findall(found["name"]) if not _GENERAL_NAME.match(word)]
    folded = elsewhere.casefold()
    return bool(names) and all(len(name) >= _FEWEST_LETTERS and name.casefold() in folded for name in names)
