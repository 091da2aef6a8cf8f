"""What people call the parts of a postmortem, misspelt or not."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from ..content.section_names import kind_of
from ..model import SectionKind

_S = SectionKind
_NAMES: dict[frozenset[SectionKind], tuple[str, ...]] = {
    frozenset({_S.TIMELINE}): (
        "timeline", "time line", "timeline of events", "incident timeline", "events timeline", "outage timeline",
        "key events", "chronology", "sequence of events", "event log", "timeline of incident",
        "timeline of the incident",
        "timeline of the outage", "detailed timeline", "timeline and events", "events", "chronicle", "timelines",
    ),
    frozenset({_S.SUMMARY}): (
        "summary", "issue summary", "summation", "summary of issues", "summary of the issues", "issues summary",
        "incident summary", "executive summary", "overview", "incident overview", "tl dr",
        "tldr", "abstract", "what happened", "outage summary", "summary of the incident", "summary of the issue",
        "brief summary", "introduction", "incident description", "issue overview", "synopsis", "problem summary",
        "postmortem summary", "summary of incident", "event summary", "incident details",
    ),
    frozenset({_S.IMPACT}): (
        "impact", "user impact", "customer impact", "impact assessment", "scope", "business impact", "impacts",
        "effect",
        "who was affected", "impact analysis", "service impact",
    ),
    frozenset({_S.ROOT_CAUSE}): (
        "root cause", "root causes", "main cause", "primary cause", "underlying cause", "reason", "reasons", "cause",
        "causes", "route cause", "root cause analysis", "contributing factors",
        "cause of the outage", "root cause of the outage", "what went wrong and why", "why it happened", "rca",
        "causes analysis",
        "root cause of the issue", "cause analysis", "contributing conditions", "contributing causes",
        "cause of incident",
    ),
    frozenset({_S.ROOT_CAUSE, _S.RESOLUTION}): (
        "root cause and resolution", "cause and resolution", "root cause analysis and resolution",
        "root cause resolution",
        "root causes and resolution", "root cause and the resolution", "root cause and recovery", "root cause and fix",
    ),
    frozenset({_S.RESOLUTION}): (
        "resolution", "resolution and recovery", "recovery", "mitigation", "fix", "the fix", "solution", "workaround",
        "mitigation and resolution", "how we fixed it", "how it was resolved", "actions taken", "immediate actions",
        "response", "resolution and mitigation", "resolutions",
    ),
    frozenset({_S.DETECTION}): (
        "detection", "how was it detected", "how we found out", "discovery", "detection method", "alerting",
    ),
    frozenset({_S.LESSONS}): (
        "lessons learned", "lessons learnt", "lessons", "lesson learned", "learnings", "key learnings",
        "what we learned",
        "what went well", "what went wrong", "what went poorly", "things that went well", "things that went poorly",
        "where we got lucky", "takeaways", "key takeaways", "retrospective", "what we learnt",
        "what could have gone better",
        "what went badly", "reflections",
    ),
    frozenset({_S.ACTION_ITEMS}): (
        "action items", "action item", "actions", "action", "corrective and preventative measures",
        "corrective and preventive measures",
        "corrective actions", "corrective measures", "preventative measures", "preventive measures",
        "preventive actions",
        "corrective and preventive actions", "corrective and preventative actions", "prevention", "follow up",
        "follow ups",
        "follow up actions", "next steps", "remediation", "remediation items", "to do", "todo", "todos", "improvements",
        "tasks", "recommendations", "resulting action", "resulting actions", "review actions", "future prevention",
        "preventing recurrence", "future steps", "action plan", "improvements and fixes", "future improvements",
        "follow up items",
        "corrective preventative measures", "corrective preventive measures", "corrections and preventive measures",
        "corrective and preventative", "corrective steps", "preventative actions", "what we are doing about it",
        "follow up tasks",
        "how we prevent it", "measures", "corrective action", "preventive action", "what we will do",
        "steps to prevent recurrence",
        "what are we doing to prevent this", "action points", "what are we going to do", "future measures",
        "plan of action",
    ),
    frozenset({_S.APOLOGY}): (
        "apology", "apologies", "our apology", "we are sorry", "to our users", "to our customers",
    ),
    frozenset({_S.OTHER}): (
        "conclusion", "conclusions", "references", "reference", "authors", "author", "status", "trigger", "appendix",
        "severity",
        "supporting information", "duration", "background", "date", "contributors", "glossary", "links", "owner",
        "notes",
        "background context", "resources", "details", "security related", "repository details", "further reading",
        "metadata",
        "duration of the outage", "outage duration", "incident duration", "additional information", "closing",
        "closing remarks",
        "participants", "contact", "contacts", "acknowledgements", "acknowledgments", "escalation", "see also",
        "attachments",
        "final thoughts", "in conclusion", "conclusion and next", "making the postmortem attractive", "diagram",
        "services affected",
    ),
}  # fmt: skip
_KIND_OF = {name: kinds for kinds, names in _NAMES.items() for name in names}
_LONG_ENOUGH_TO_MISSPELL = 7
_MOST_WORDS = 9
_SLIPS = 4
"""Letters by which a misspelt name may differ."""
_PARTS: tuple[tuple[re.Pattern[str], frozenset[SectionKind]], ...] = (
    (re.compile(r"\btime ?lines?\b|\bchronolog"), frozenset({_S.TIMELINE})),
    (
        re.compile(
            r"\b(?:correcti\w+|prevent\w*|remediation|action (?:items?|points?|plan)|actions(?! taken)"
            r"|follow ups?|next steps)\b"
        ),
        frozenset({_S.ACTION_ITEMS}),
    ),
    (
        re.compile(r"\b(?:root|route|rout) causes?\b.*\b(?:resol\w+|fix|recovery)\b"),
        frozenset({_S.ROOT_CAUSE, _S.RESOLUTION}),
    ),
    (re.compile(r"\b(?:root|route|rout) causes?\b|\bcontributing\b"), frozenset({_S.ROOT_CAUSE})),
    (
        re.compile(r"\blessons? learn|\bwent (?:well|wrong|poorly|badly|right)\b|\bgot lucky\b"),
        frozenset({_S.LESSONS}),
    ),
    (re.compile(r"\b(?:issue|incident|executive|outage) summary\b|^summary\b|\bsummary$"), frozenset({_S.SUMMARY})),
    (re.compile(r"\bresolution\b|\bresolved\b|\brecovery\b"), frozenset({_S.RESOLUTION})),
    (re.compile(r"\bapolog(?:y|ies)\b"), frozenset({_S.APOLOGY})),
    (re.compile(r"\bimpacts?\b"), frozenset({_S.IMPACT})),
    (re.compile(r"^detection\b|\bdetected\b"), frozenset({_S.DETECTION})),
)  # fmt: skip
_ASIDE = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]?")
_NOTHING: frozenset[SectionKind] = frozenset()
_ARTICLES = ("the ", "our ", "incident ", "issue ")
_NOT_A_LETTER = re.compile(r"[^a-z]+")


def normalised(text: str) -> str:
    """A heading reduced to its words: `3. **Root-Cause (RCA):**` → `root cause`."""
    folded = _ASIDE.sub(" ", text[:200].casefold()).replace("&", " and ").replace("’", "'").replace("'", "")
    folded = re.sub(r"^\W*\d{1,2}\W+", "", folded)
    return _NOT_A_LETTER.sub(" ", folded).strip()


@lru_cache(maxsize=4096)
def kinds_of(heading: str, *, loosely: bool) -> frozenset[SectionKind]:
    """The parts a heading announces; empty for a heading of its own.

    `loosely` accepts words around the name, as headings have them ("Timeline of that night"); a bare line must be
    the name itself, or nearly.
    """
    name = normalised(heading.split(":", 1)[0] if loosely else heading)
    if not name or len(name.split()) > _MOST_WORDS:
        return frozenset()
    named = _named(name) or next(
        (_named(name.removeprefix(one)) for one in _ARTICLES if name.startswith(one)), _NOTHING
    )
    if not named and loosely:
        named = next((kinds for pattern, kinds in _PARTS if pattern.search(name)), _NOTHING)
    return named or _misspelt(name)


def _named(name: str) -> frozenset[SectionKind]:
    """What a name announces, here or in our own files."""
    known = kind_of(name)
    return _KIND_OF.get(name) or (frozenset() if known is SectionKind.OTHER else frozenset({known}))


def _misspelt(name: str) -> frozenset[SectionKind]:
    """What a name announces that is nearly one of those known."""
    if len(name) < _LONG_ENOUGH_TO_MISSPELL:
        return frozenset()
    alike = (
        known for known in _KIND_OF if abs(len(known) - len(name)) <= _SLIPS and len(set(known) ^ set(name)) <= _SLIPS
    )
    near = get_close_matches(name, alike, n=1, cutoff=0.86)
    return _KIND_OF[near[0]] if near and len(near[0]) >= _LONG_ENOUGH_TO_MISSPELL else frozenset()
