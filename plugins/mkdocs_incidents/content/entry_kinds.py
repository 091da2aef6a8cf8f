"""Which turning point an entry of a timeline tells of, by its own words or as its author wrote: `{kind: detected}`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ..model import TimelineEntry

_STATED = re.compile(r"\s*\{\s*kind:\s*(?P<kind>[\w -]+?)\s*\}\s*")

# The first that fits decides, so the order matters: "escalated, because no cause was found" is no find, and who finds
# a fault and advises to roll back has not mitigated yet. A leading label ("Detected: …") is the plainest word of all.
_LABELS = {
    "cause": EntryKind.CAUSE,
    "trigger": EntryKind.CAUSE,
    "impact begins": EntryKind.IMPACT_BEGINS,
    "impact starts": EntryKind.IMPACT_BEGINS,
    "outage begins": EntryKind.IMPACT_BEGINS,
    "outage starts": EntryKind.IMPACT_BEGINS,
    "detected": EntryKind.DETECTED,
    "detection": EntryKind.DETECTED,
    "acknowledged": EntryKind.ACKNOWLEDGED,
    "escalated": EntryKind.ESCALATED,
    "escalation": EntryKind.ESCALATED,
    "identified": EntryKind.IDENTIFIED,
    "cause found": EntryKind.IDENTIFIED,
    "root cause identified": EntryKind.IDENTIFIED,
    "mitigated": EntryKind.MITIGATED,
    "mitigation": EntryKind.MITIGATED,
    "resolved": EntryKind.RESOLVED,
    "recovered": EntryKind.RESOLVED,
}
_LABEL = re.compile(r"[*_]*(?P<label>[A-Za-z][A-Za-z ]{3,30}?)[*_]*\s*[:.–—-]")
_FOUND = (
    r"(?:find|finds|found|discover|discovers|discovered|identify|identifies|identified|pinpoint|pinpoints|pinpointed)"
)
_CHANGE = r"(?:update|release|deployment|change|version|rule|migration)"
_READ = 200
"""Characters of an entry that are looked at: what it tells of stands at its beginning."""
_NEGATED = ("not ", "never ", "no ", "n't ")
_PHRASES: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.ESCALATED: (r"escalat(?:e|es|ed|ing|ion)\b", r"brought in (?:a|the|another)\b"),
    EntryKind.RESOLVED: (
        r"fully (?:functional|operational|restored|recovered|resolved)\b",
        r"(?:is|was|are|were) resolved\b",
        r"(?:incident|issue|outage|problem) (?:is |was )?(?:resolved|over|ends?|ended|closed)\b",
        r"(?:services?|traffic|everything) (?:is |are |was |were )?(?:back to normal|fully back|restored)\b",
        r"(?:outage|impact) (?:ends?|ended)\b",
        r"all (?:systems|services) (?:are )?(?:operational|normal|recovered)\b",
    ),
    EntryKind.IDENTIFIED: (
        r"(?:root )?cause (?:is |was |has been )?(?:found|identified|discovered|determined|known)\b",
        _FOUND + r"\b.{0,40}?\b(?:cause|bugs?|culprit|fault|problem|issue|error|source)\b",
    ),
    EntryKind.MITIGATED: (
        r"mitigat(?:e|es|ed|ion)\b",
        r"(?:rolls|rolled|rolling) (?:it |the \w+ )?back\b",
        r"(?:successful (?:\w+ )?rollback|rollback (?:is |was )?(?:done|complete|completed|finished|successful))\b",
        r"(?:reverted|failed over|taken back|switched off)\b",
        r"(?:fix|patch|hotfix) (?:is |was )?(?:deployed|released|rolled out|applied|live)\b",
    ),
    EntryKind.DETECTED: (
        r"detect(?:s|ed)?\b",
        r"(?:alerts?|alarms?|pagers?|monitoring|monitors?)\b.{0,40}?\b(?:fires?|fired|rings?|rang|triggers?|triggered)\b",
        r"(?:alerts?|alarms?|pagers?|monitoring|monitors?)\b.{0,40}?\b(?:pages?|paged|tells?|told|alerts?|alerted)\b",
        r"(?:alerts?|alarms?|pagers?|monitoring|monitors?)\b.{0,40}?\b(?:calls?|called|notif\w+|goes off|went off)\b",
        r"(?:gets?|got|was|were|is|are) (?:paged|alerted)\b",
        r"first (?:report|alert|complaint|ticket)s?\b",
    ),
    EntryKind.IMPACT_BEGINS: (
        r"(?:outage|impact|incident|downtime|disruption) (?:begins?|began|starts?|started)\b",
        r"(?:begins?|began|starts?|started) (?:to )?(?:fail|failing|see errors|seeing errors|return\w* errors)\b",
        r"(?:goes|went) (?:down|offline)\b",
        r"(?:is|was|are|were) down\b",
    ),
    EntryKind.ACKNOWLEDGED: (
        r"acknowledg(?:e|es|ed)\b",
        r"on-?call (?:engineer |person |team )?(?:\w+ ){0,2}?(?:checks?|checked|starts?|started|begins?|began)\b",
        r"on-?call (?:engineer |person |team )?(?:\w+ ){0,2}?(?:investigat\w+|looks?|looked|joins?|joined|responds?)\b",
        r"(?:starts?|started|begins?|began) (?:to )?investigat(?:e|ing|ion)\b",
    ),
    EntryKind.CAUSE: (
        _CHANGE + r" (?:is |was |has been )?(?:pushed|installed|deployed|released|rolled out|applied)\b",
        _CHANGE + r" (?:goes live|went live|push)\b",
        r"deploy(?:s|ed)\b",
        r"we (?:installed|deployed|released|pushed)\b",
    ),
}
_OF_THE_RESPONSE = (EntryKind.DETECTED, EntryKind.IDENTIFIED, EntryKind.MITIGATED)
_COMPILED = tuple((kind, re.compile(rf"\b(?:{'|'.join(phrases)})")) for kind, phrases in _PHRASES.items())


def entry_kind(text: str) -> tuple[str, EntryKind | None, str]:
    """The text without its `{kind: …}`, the turning point, and a stated kind that does not exist (else empty)."""
    stated = _STATED.search(text)
    if stated:
        shown = f"{text[: stated.start()]} {text[stated.end() :]}".strip()
        name = stated["kind"].strip().lower().replace(" ", "_").replace("-", "_")
        if name == "none":
            return shown, None, ""
        if name in list(EntryKind):
            return shown, EntryKind(name), ""
        return shown, None, stated["kind"]
    return text, _recognised(text), ""


def turning_points(entries: Iterable[TimelineEntry], begins_at: datetime) -> tuple[TimelineEntry, ...]:
    """The entries with each kind of turning point once: the first of its kind turns, of recoveries the last.

    An alarm before `begins_at` does not turn where another one follows: nobody notices what has not begun.
    """
    found = tuple(entries)
    turns: dict[EntryKind, int] = {}
    for place, entry in enumerate(found):
        if entry.kind is None:
            continue
        known = turns.get(entry.kind)
        too_early = known is not None and entry.kind in _OF_THE_RESPONSE and found[known].at < begins_at
        if entry.kind is EntryKind.RESOLVED or known is None or too_early:
            turns[entry.kind] = place
    kept = set(turns.values())
    return tuple(entry if place in kept else replace(entry, kind=None) for place, entry in enumerate(found))


def _recognised(text: str) -> EntryKind | None:
    label = _LABEL.match(text)
    if label and (kind := _LABELS.get(label["label"].strip().lower())):
        return kind
    sentence = " ".join(text.split())[:_READ].lower()
    return next((kind for kind, pattern in _COMPILED if _says(pattern, sentence)), None)


def _says(pattern: re.Pattern[str], sentence: str) -> bool:
    found = pattern.search(sentence)
    return found is not None and not sentence[: found.start()].endswith(_NEGATED)
