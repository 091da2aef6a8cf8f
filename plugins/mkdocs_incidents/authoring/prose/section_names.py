"""What people call the parts of a postmortem, misspelt or not (counted in real documents)."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from ...model import SectionKind

_NAMES = {
    SectionKind.SUMMARY: (
        "abstract", "brief summary", "event summary", "executive summary", "in short", "incident description",
        "incident details", "incident overview", "incident summary", "introduction", "issue overview", "issue summary",
        "issues summary", "outage summary", "overview", "postmortem summary", "problem summary", "summary",
        "summary of incident", "summary of issues", "summary of the incident", "summary of the issue",
        "summary of the issues", "summation", "synopsis", "tl dr", "tldr", "what happened",
    ),
    SectionKind.IMPACT: (
        "affected users", "business impact", "customer experience", "customer impact", "effect", "effects", "impact",
        "impact analysis", "impact assessment", "impact on customers", "impact on users", "impacts", "scope",
        "scope of impact", "service impact", "user impact", "what was affected", "who was affected",
    ),
    SectionKind.TIMELINE: (
        "chain of events", "chronicle", "chronology", "detailed timeline", "event log", "event timeline", "events",
        "events timeline", "key events", "outage timeline", "sequence of events", "time line", "timeline",
        "timeline and events", "timeline of events", "timeline of incident", "timeline of outage",
        "timeline of the incident", "timeline of the outage", "timeline summary", "timelines",
    ),
    SectionKind.ROOT_CAUSE: (
        "cause", "cause analysis", "cause and resolution", "cause of incident", "cause of the outage", "causes",
        "causes analysis", "contributing causes", "contributing conditions", "contributing factor",
        "contributing factors", "main cause", "primary cause", "rca", "reason", "reasons", "root cause",
        "root cause analysis", "root cause analysis and resolution", "root cause and contributing factors",
        "root cause and fix", "root cause and recovery", "root cause and resolution", "root cause and the resolution",
        "root cause of the issue", "root cause of the outage", "root cause resolution", "root causes",
        "root causes and resolution", "route cause", "underlying cause", "what caused it", "what caused the incident",
        "what caused the outage", "what caused this", "what went wrong and why", "why did it happen",
        "why did this happen", "why it happened", "why this happened",
    ),
    SectionKind.DETECTION: (
        "alerting", "detection", "detection and response", "detection method", "discovery", "how did we find out",
        "how it was detected", "how the incident was detected", "how was it detected", "how we found out",
        "how we noticed", "monitoring and detection",
    ),
    SectionKind.RESOLUTION: (
        "actions taken", "fix", "how it was fixed", "how it was resolved", "how we fixed it", "how we resolved it",
        "immediate actions", "mitigation", "mitigation and resolution", "recovery", "recovery and resolution",
        "resolution", "resolution and mitigation", "resolution and recovery", "resolutions", "response", "solution",
        "workaround",
    ),
    SectionKind.LESSONS: (
        "key learnings", "key takeaways", "learnings", "lesson learned", "lessons", "lessons learned", "lessons learnt",
        "reflections", "retrospective", "takeaways", "things that went poorly", "things that went well",
        "what could be improved", "what could have gone better", "what we got lucky with", "what we have learned",
        "what we learned", "what we learnt", "what went badly", "what went poorly", "what went well",
        "what went wrong", "where we got lucky",
    ),
    SectionKind.ACTION_ITEMS: (
        "action", "action item", "action items", "action plan", "action points", "actions",
        "corrections and preventive measures", "corrective action", "corrective actions", "corrective and preventative",
        "corrective and preventative actions", "corrective and preventative measures",
        "corrective and preventive actions", "corrective and preventive measures", "corrective measures",
        "corrective preventative measures", "corrective preventive measures", "corrective steps", "follow up",
        "follow up actions", "follow up items", "follow up tasks", "follow ups", "followup", "future improvements",
        "future measures", "future prevention", "future steps", "future work", "how we prevent it", "improvements",
        "improvements and fixes", "improvements fixes", "measures", "next steps", "plan of action",
        "preventative actions", "preventative and corrective measures", "preventative measures",
        "preventing recurrence", "prevention", "preventive action", "preventive actions",
        "preventive and corrective measures", "preventive measures", "promises", "recommendations", "remediation",
        "remediation items", "resulting action", "resulting actions", "review actions", "steps to prevent recurrence",
        "tasks", "to do", "todo", "todos", "what are we doing to prevent this", "what are we going to do",
        "what we are changing", "what we are doing", "what we are doing about it", "what we promise",
        "what we will do",
    ),
    SectionKind.APOLOGY: (
        "a word to our customers", "a word to our users", "an apology", "apologies", "apology", "sorry",
        "to our customers", "to our users", "we apologise", "we apologize", "we are sorry", "were sorry",
    ),
}  # fmt: skip
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
# What a heading is about that is more than a name: "Timeline of that night". The first that fits decides.
_ABOUT = (
    (SectionKind.TIMELINE, re.compile(r"\btime ?lines?\b|\bchronolog")),
    (
        SectionKind.ACTION_ITEMS,
        re.compile(
            r"\b(?:correcti\w+|prevent\w*|remediation|action (?:items?|points?|plan)|actions(?! taken)"
            r"|follow ups?|next steps|improvements?|tasks to)\b"
        ),
    ),
    (SectionKind.ROOT_CAUSE, re.compile(r"\b(?:root|route|rout) causes?\b|\bcontributing\b")),
    (
        SectionKind.LESSONS,
        re.compile(r"\blessons? learn|\bwent (?:well|wrong|poorly|badly|right)\b|\bgot lucky\b"),
    ),
    (
        SectionKind.SUMMARY,
        re.compile(r"\b(?:issue|incident|executive|outage) summary\b|^summary\b|\bsummary$"),
    ),
    (SectionKind.RESOLUTION, re.compile(r"\bresolution\b|\bresolved\b|\brecovery\b")),
    (SectionKind.APOLOGY, re.compile(r"\bapolog(?:y|ies)\b")),
    (SectionKind.IMPACT, re.compile(r"\bimpacts?\b")),
    (SectionKind.DETECTION, re.compile(r"^detection\b|\bdetected\b")),
)
_MOST_WORDS = 9
"""Longer ones are sentences."""
_ARTICLES = ("the ", "our ", "incident ", "issue ")
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[ivx]+(?=[.)]))\W+")
_ASIDE = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]?")
_TIME = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
"""A heading with one is an entry of a timeline rather than a name: `14:30 — Resolved`."""
_TAIL = re.compile(r"\s*(?::|,| [-–—] ).*$")
_NO_LETTER = re.compile(r"[\W\d_]+")
_SHORTEST_MISSPELT, _LONGEST_MISSPELT, _SLIPS, _NEAR = 6, 60, 3, 0.87
"""What a misspelt name has in letters, by how many it may differ in length, and how alike it must be."""


@lru_cache(maxsize=128)
def kind_of(heading: str, *, loosely: bool = True) -> SectionKind:
    """The part a heading in plain words announces; `OTHER` for names that are not known.

    Case, numbers in front and remarks behind (`Timeline (all times WAT)`) make no difference. `loosely` accepts words
    around the name, too: `Timeline of that night`.
    """
    readings = (normalised(heading), normalised(_TAIL.sub("", heading)))
    named = next((kind for words in readings if (kind := kind_named(words))), None)
    if named is None and loosely and not _TIME.search(heading):
        named = next((kind for words in readings if (kind := _about(words))), None)
    return named or SectionKind.OTHER


def normalised(heading: str) -> str:
    """A heading reduced to its words: `3. Root-Cause (RCA):` → `root cause`."""
    folded = _ASIDE.sub(" ", heading[:200].casefold()).replace("&", " and ").replace("’", "'").replace("'", "")
    return _NO_LETTER.sub(" ", _NUMBER.sub("", folded)).strip()


@lru_cache(maxsize=128)
def kind_named(name: str) -> SectionKind | None:
    """The part whose name `name`, in normalised words, is or nearly is: `issue summery`; None where it is none."""
    plain = next((name.removeprefix(one) for one in _ARTICLES if name.startswith(one)), name)
    return _KINDS.get(name) or _KINDS.get(plain) or _misspelt(name)


def _about(name: str) -> SectionKind | None:
    if len(name.split()) > _MOST_WORDS:
        return None
    return next((kind for kind, pattern in _ABOUT if pattern.search(name)), None)


def _misspelt(name: str) -> SectionKind | None:
    if not _SHORTEST_MISSPELT <= len(name) <= _LONGEST_MISSPELT:
        return None
    alike = [
        known
        for known in _KINDS
        if len(known) >= _SHORTEST_MISSPELT
        and known[0] == name[0]
        and abs(len(known) - len(name)) <= _SLIPS
        and len(known.split()) == len(name.split())
    ]
    near = get_close_matches(name, alike, n=1, cutoff=_NEAR)
    return _KINDS[near[0]] if near else None
