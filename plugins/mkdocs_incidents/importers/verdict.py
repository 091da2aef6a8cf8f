"""Whether a document tells of an incident at all: templates, assignments and pointers do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .outage_range import OUTAGE

if TYPE_CHECKING:
    from .document import Document
    from .outage_range import Told
    from .parts import Parts
    from .timeline import FoundTimeline

_INSTRUCTION = re.compile(
    r"\b(?:must contain|must include|should (?:contain|include|list|explain|describe|be formatted)|be brief and straight|requirements?\s*:|write a post-?mortem|"
    r"your post-?mortem|how to (?:write|run)|what (?:was|were) the (?:impact|root cause)\b|when was the (?:issue|incident) detected|"
    r"how was the (?:issue|incident) detected|describe (?:the|what)|outline (?:the|steps)|list (?:the|specific) (?:timezone|duration|tasks)|"
    r"explain in detail|give (?:a )?detailed explanation|between \d{3} (?:to|and) \d{3} words|template|placeholder|learning objectives?|"
    r"project will start|second chance|mandatory|yyyy-mm-dd|hh:mm|\[(?:date|time|name|your|insert)[^\]]{0,40}\]|<(?:date|time|insert|name)[^>]{0,40}>|"
    r"fill (?:in|out)|lorem ipsum|in (?:this|the) section|read or watch|short summary \(|itemized list)",
    re.IGNORECASE,
)
_MANY = 3
_PROJECT = re.compile(r"\b(?:project|task|deadline|review|class|course|event) (?:will |to )?(?:start|begin|end|take place)|must end by", re.IGNORECASE)


def why_no_incident(document: Document, parts: Parts, timeline: FoundTimeline, told: Told, *, dated: bool) -> str:
    """The reason for which a document is no incident; empty if it is one."""
    timed = len(timeline.timed)
    different = len({str(entry.clock) for entry in timeline.timed})
    instructions = len(_INSTRUCTION.findall(document.body[:200_000]))
    ranged = bool(told.start and told.end) and not _PROJECT.search(told.context)
    if not document.body.strip():
        return "the file is empty"
    words = " ".join(line.text for line in document.lines if not line.code)[:200_000]
    outage = len(OUTAGE.findall(words))
    if timed >= _MANY and different > 1 and instructions < 2 * timed and outage > (0 if parts.labelled else 1):
        return ""
    if instructions >= _MANY:
        return "it reads like a template or an assignment: it says what a postmortem should hold, and no times of an incident"
    if (timed > 1 or ranged) and outage > (0 if parts.labelled else 1):
        return ""
    if told.start and outage > 1 and not told.from_detection and not _PROJECT.search(told.context):
        return ""
    if dated and outage > 1 and (parts.labelled > 1 or timed or told.start):
        return ""
    return "no incident found: it has no day, no beginning and no timeline"
