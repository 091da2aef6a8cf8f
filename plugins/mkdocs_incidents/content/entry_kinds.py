"""Which turning point an entry of a timeline tells of, by its own words or as its author wrote: `{kind: detected}`."""

from __future__ import annotations

import re

from ..model import EntryKind

_STATED = re.compile(r"\s*\{\s*kind:\s*(?P<kind>[\w -]+?)\s*\}\s*")

# The first pattern that fits decides, so the order matters: "escalated, because the cause was not found" is no find,
# "mitigated" is told before "the outage" that it ended. A leading label ("Detected: …") is the plainest word of all.
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
_NOT = r"(?<!not )(?<!never )(?<!no )(?<!n't )"
_PATTERNS = (
    (EntryKind.ESCALATED, r"\bescalat(?:e|es|ed|ing|ion)\b|\bbrought in (?:a|the|another)\b"),
    (
        EntryKind.RESOLVED,
        _NOT + r"\b(?:fully (?:functional|operational|restored|recovered|resolved)|(?:is|was|are|were) resolved|"
        r"(?:incident|issue|outage|problem) (?:is |was )?(?:resolved|over|ends?|ended|closed)|"
        r"(?:service|services|traffic|everything) (?:is |are |was |were )?(?:back to normal|fully back|restored)|"
        r"(?:outage|impact) (?:ends?|ended)|all (?:systems|services) (?:are )?(?:operational|normal|recovered))\b",
    ),
    (
        EntryKind.IDENTIFIED,
        _NOT + r"\b(?:(?:root )?cause (?:is |was |has been )?(?:found|identified|discovered|determined|known)|"
        r"(?:find|finds|found|discover|discovers|discovered|identif(?:y|ies|ied)|pinpoint(?:s|ed)?|traced?)\b.{0,40}?"
        r"\b(?:cause|bugs?|culprit|fault|problem|issue|error|source))\b",
    ),
    (
        EntryKind.MITIGATED,
        _NOT + r"\b(?:mitigat(?:e|es|ed|ion)|roll(?:s|ed|ing)? (?:it |the \w+ )?back|rolled back|rollback (?:is |was )?"
        r"(?:done|complete|completed|finished|successful)|successful (?:update )?rollback|reverted|(?:fix|patch|hotfix) "
        r"(?:is |was )?(?:deployed|released|rolled out|applied|live)|failed over|taken back|switched off)\b",
    ),
    (
        EntryKind.DETECTED,
        r"\b(?:detect(?:s|ed)?|(?:alerts?|alarms?|pagers?|monitoring|monitors?|pagerduty)\b.{0,40}?\b(?:fires?|fired|rings?|rang|"
        r"triggers?|triggered|pages?|paged|tells?|told|notif\w+|alerts?|alerted|calls?|called|goes? off|went off)|"
        r"(?:gets?|got|was|were|is|are) (?:paged|alerted)|pager alerts|paged\b|first (?:report|alert|complaint|ticket)s?)\b",
    ),
    (
        EntryKind.IMPACT_BEGINS,
        r"\b(?:(?:outage|impact|incident|downtime|disruption) (?:begins?|began|starts?|started)|(?:begin|began|start|start\w*)"
        r" (?:to )?(?:fail|failing|see(?:ing)? errors|return(?:ing)? errors)|(?:goes?|went) (?:down|offline)|(?:is|was|are|were) "
        r"down\b)",
    ),
    (
        EntryKind.ACKNOWLEDGED,
        r"\b(?:acknowledg(?:e|es|ed)|on-?call (?:engineer|person|team)?\s*(?:\w+ ){0,2}(?:checks?|checked|starts?|started|begins?|"
        r"began|investigat\w+|looks?|looked|joins?|joined|responds?|responded)|(?:starts?|started|begins?|began) "
        r"(?:to )?investigat(?:e|ing|ion))\b",
    ),
    (
        EntryKind.CAUSE,
        r"\b(?:(?:software |database |config\w* |faulty |bad |new )*(?:update|release|deploy(?:ment)?|change|version|rule|migration)"
        r" (?:is |was |has been )?(?:pushed|installed|deployed|released|rolled out|applied|goes live|went live|push)|"
        r"update push|deploy(?:s|ed)\b|we (?:installed|deployed|released|pushed))\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


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


def _recognised(text: str) -> EntryKind | None:
    label = _LABEL.match(text)
    if label and (kind := _LABELS.get(label["label"].strip().lower())):
        return kind
    sentence = " ".join(text.split())[:200]
    return next((kind for kind, pattern in _COMPILED if pattern.search(sentence)), None)
