"""What people call the parts of a postmortem (counted in real_documents.md, 2)."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from ..model import SectionKind

_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.):]?|[ivx]+[.)])\s+")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_TAIL = re.compile(r"\s*(?::|,| [-–—] ).*$")
_NO_LETTER = re.compile(r"[^\w&']+")

_NAMES = {
    SectionKind.SUMMARY: (
        "summary", "issue summary", "incident summary", "executive summary", "summary of the incident",
        "summary of incident", "overview", "incident overview", "what happened", "tl dr", "tldr", "abstract",
        "in short", "outage summary", "postmortem summary",
    ),
    SectionKind.IMPACT: (
        "impact", "customer impact", "user impact", "impact on users", "impact on customers", "business impact",
        "scope of impact", "scope", "who was affected", "what was affected", "affected users", "effects",
        "customer experience", "incident impact", "the impact",
    ),
    SectionKind.TIMELINE: (
        "timeline", "timelines", "time line",
        "incident timeline", "event timeline", "timeline of events",
        "timeline of the incident", "timeline of incident", "timeline of the outage", "timeline of outage",
        "detailed timeline", "chronology", "sequence of events", "chain of events", "event log", "the timeline",
        "outage timeline", "timeline summary",
    ),
    SectionKind.ROOT_CAUSE: (
        "root cause", "root causes", "route cause",
        "the root cause", "cause", "causes", "the cause", "root cause analysis", "rca",
        "root cause and resolution", "root cause & resolution", "root causes and resolution",
        "root cause and contributing factors", "contributing factors", "contributing factor", "trigger",
        "why it happened", "why did it happen", "why did this happen", "why this happened", "what caused it",
        "what caused the outage", "what caused the incident", "what caused this",
    ),
    SectionKind.DETECTION: (
        "detection", "how we noticed", "how we found out", "how did we find out", "how it was detected",
        "how was it detected", "how the incident was detected", "detection and response", "incident detection",
        "alerting", "monitoring and detection",
    ),
    SectionKind.RESOLUTION: (
        "resolution", "the resolution", "resolution and recovery", "recovery", "recovery and resolution",
        "mitigation", "mitigation and resolution", "resolution & recovery", "fix", "the fix", "solution",
        "how we fixed it", "how it was fixed", "how it was resolved", "how we resolved it", "remediation",
        "incident resolution",
    ),
    SectionKind.LESSONS: (
        "lessons", "lessons learned", "lessons learnt", "lesson learned", "what we learned", "what we learnt",
        "what we have learned", "learnings", "key learnings", "takeaways", "key takeaways", "what went well",
        "what went wrong", "what went badly", "what could have gone better", "what could be improved",
        "where we got lucky", "what we got lucky with",
    ),
    SectionKind.ACTION_ITEMS: (
        "action items", "action item", "actions", "action points", "action plan", "promises",
        "corrective and preventative measures", "corrective and preventive measures", "corrective measures",
        "corrective and preventative actions", "corrective and preventive actions", "corrective actions",
        "preventative measures", "preventive measures", "preventative actions", "preventive actions",
        "preventative and corrective measures", "preventive and corrective measures", "prevention",
        "corrective & preventative measures", "corrective & preventive measures", "follow up", "follow ups",
        "follow up actions", "follow up items", "followup", "next steps", "future prevention", "to do", "todo",
        "what we are doing", "what we will do", "what we are doing about it", "what we promise",
        "what we are changing", "remediation items",
    ),
    SectionKind.APOLOGY: (
        "apology", "our apology", "apologies", "our apologies", "an apology", "we are sorry", "we're sorry", "sorry",
        "we apologise", "we apologize", "to our users", "to our customers", "a word to our users",
        "a word to our customers",
    ),
}  # fmt: skip
_SHORTEST_MISSPELT, _LONGEST_MISSPELT, _SLIPS, _NEAR = 6, 60, 3, 0.87
"""What a misspelt name has in letters, by how many it may differ in length, and how alike it must be."""
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}


@lru_cache(maxsize=1024)
def kind_of(heading: str) -> SectionKind:
    """The part a heading in plain words announces; `OTHER` for names that are not known.

    Case, numbers in front, a colon, and remarks behind (`Timeline (all times WAT)`) make no difference.
    """
    words = heading.strip().casefold().replace("’", "'")
    for reading in (words, _TAIL.sub("", _BRACKETS.sub("", words))):
        name = " ".join(_NO_LETTER.sub(" ", _NUMBER.sub("", reading.lstrip("*_#-–—• "))).split())
        if name in _KINDS:
            return _KINDS[name]
    return _misspelt(name)


def _misspelt(name: str) -> SectionKind:
    """The part whose name is nearly `name`: `Issue summery`, `Aplogy`."""
    if not _SHORTEST_MISSPELT <= len(name) <= _LONGEST_MISSPELT:
        return SectionKind.OTHER
    alike = [
        known
        for known in _KINDS
        if len(known) >= _SHORTEST_MISSPELT
        and known[0] == name[0]
        and abs(len(known) - len(name)) <= _SLIPS
        and len(known.split()) == len(name.split())
    ]
    near = get_close_matches(name, alike, n=1, cutoff=_NEAR)
    return _KINDS[near[0]] if near else SectionKind.OTHER
