"""Whether a document describes an incident at all: templates, assignments and pointers do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .outage_range import OUTAGE

if TYPE_CHECKING:
    from ..prose.document import TextDocument
    from ..prose.parts import DocumentParts
    from ..prose.timeline import FoundTimeline
    from .labelled_times import StatedSpan

_INSTRUCTION = re.compile(
    r"\b(?:must contain|must include|should (?:contain|include|list|explain|describe|be formatted)"
    r"|be brief and straight|requirements?\s*:|write a post-?mortem|"
    r"your post-?mortem|how to (?:write|run)|what (?:was|were) the (?:impact|root cause)\b|when was the (?:issue"
    r"|incident) detected|"
    r"how was the (?:issue|incident) detected|describe (?:the|what)|outline (?:the|steps)|list (?:the"
    r"|specific) (?:timezone|duration|tasks)|"
    r"explain in detail|give (?:a )?detailed explanation|between \d{3} (?:to|and) \d{3} words|template|placeholder"
    r"|learning objectives?|checklist|response plan|"
    r"project will start|second chance|mandatory|yyyy-mm-dd|hh:mm|\[(?:date|time|name|your|insert)[^\]]{0,40}\]"
    r"|<(?:date|time|insert|name)[^>]{0,40}>|"
    r"fill (?:in|out)|lorem ipsum|in (?:this|the) section|read or watch|short summary \(|itemized list)",
    re.IGNORECASE,
)
_FILLER = re.compile(r"\blorem ipsum\b|\bdolor sit amet\b", re.IGNORECASE)
_MANY = 3
_LONGEST = 200_000
_PROJECT = re.compile(
    r"\b(?:project|task|deadline|review|class|course|event) (?:will |to )?(?:start|begin|end|take place)|must end by",
    re.IGNORECASE,
)


def why_no_incident(  # noqa: PLR0913  all that speaks for an incident
    document: TextDocument,
    parts: DocumentParts,
    timeline: FoundTimeline,
    stated: StatedSpan,
    *,
    dated: bool,
    names_a_day: bool,
) -> str:
    """Why a document is no incident; empty if it is one.

    `dated` says whether it has a day, `names_a_day` whether it is called a postmortem and describes an outage on one.
    """
    if not document.body.strip():
        return "the file is empty"
    if _FILLER.search(document.body[:_LONGEST]):
        return "it is a template: its text is filler"
    instructions = len(_INSTRUCTION.findall(document.body[:_LONGEST]))
    words = " ".join(line.text for line in document.lines if not line.code)[:_LONGEST]
    outage = len(OUTAGE.findall(words))
    describes_outage = outage > (0 if parts.labelled else 1) or timeline.announced
    timed = len(timeline.timed)
    different = len({str(entry.clock) for entry in timeline.timed})
    if timed >= _MANY and different > 1 and instructions < 2 * timed and describes_outage:
        return ""
    days = {entry.day.date for entry in timeline.entries if entry.day and entry.day.date}
    if len(days) >= _MANY and timeline.announced:
        return ""
    spanned = stated.start is not None and stated.end is not None and not _PROJECT.search(stated.context)
    complete = names_a_day and parts.labelled >= _MANY
    if instructions >= _MANY and not (spanned and dated and describes_outage) and not complete:
        return "it reads like a template or an assignment, and tells no times of an incident"
    begun = stated.start is not None and not _PROJECT.search(stated.context)
    enough = (
        (timed > 1 and describes_outage)
        or (begun and stated.end is not None and describes_outage)
        or (begun and outage > 1 and not stated.from_detection)
        or (dated and outage > 1 and (parts.labelled > 1 or timed > 0 or begun))
        or (names_a_day and outage > _MANY)
    )
    return "" if enough else "no incident found: it has no day, no beginning and no timeline"
