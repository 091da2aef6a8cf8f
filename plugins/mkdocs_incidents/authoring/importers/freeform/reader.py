"""The importer of postmortems as people write them, in Markdown or text. Facts that are not in the text stay None."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import PurePath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mkdocs_incidents.content.format.values import suggested_id
from mkdocs_incidents.model import SectionKind

from ...files import read_text
from ...prose.days import order_of_numbers
from ...prose.document import parse_document
from ...prose.document_parts import divide
from ...prose.sentences import sentences
from ...prose.shares import shares
from ...prose.timeline import find_timeline, settled_clocks
from ...tidy.incident_file import tidied
from ...tidy.proposals import Context, index_of, read_strictly
from ..protocol import FactSureness, Inference, Missing
from .incident_times import date_of, disagreements, span_of, stated_durations
from .report import FreeformReport, FreeformResult, ImportedAction, ImportedEntry, UntimedLine
from .stated_times import OUTAGE, DocumentFacts, dated_places, find_stated_span
from .zone import zone_in_use, zone_places

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ...prose.document import TextDocument
    from ...prose.document_parts import DocumentParts
    from ...prose.entries import ProseEntry
    from ...prose.time_mentions import WrittenClock
    from ...prose.timeline import FoundTimeline
    from ...tidy.proposals import EditedText, StrictReading
    from .incident_times import FoundDate, Span, StatedDuration
    from .stated_times import StatedSpan
    from .zone import FoundZone

_PREFIX = re.compile(
    r"^(?:(?:post-?mortem|incident|report|document|blog|article|the)[\s:-]{1,4}){0,3}title(?: name)?\s*[:=-]\s*",
    re.IGNORECASE,
)
_KIND_OF_DOCUMENT = re.compile(
    r"^(?:(?:incident|outage|public|our)\s+)?(?:post[- ]?mortem|incident report|outage report|rca|root cause analysis)"
    r"(?:\s+(?:report|analysis|review))?\s*(?::|\s[-–—])\s+(?=\S)",
    re.IGNORECASE,
)
"""What a title says of the document rather than of the incident: `Postmortem: …`."""
_GENERIC_NAMES = {
    "readme",
    "index",
    "postmortem",
    "post-mortem",
    "post_mortem",
    "report",
    "incident",
    "document",
    "blog_post",
    "main",
    "0-postmortem",
}
_LONGEST_ID_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTitle:
    """The name of a document, and where it was read."""

    text: str | None
    inferences: tuple[Inference, ...] = ()


def title_of(reading: DocumentFacts) -> FoundTitle:
    """The title in the front matter, else the first heading or line that names the document."""
    front = reading.document.front.get("title", "").strip()
    if front:
        return _found(front, 1, "the front matter")
    line = reading.parts.title
    if line is None:
        return FoundTitle(text=None)
    text = _PREFIX.sub("", line.text).strip(" \t#*_")
    return (
        _found(text, line.number, "its first heading" if line.level else "its first line")
        if text
        else FoundTitle(text=None)
    )


def _found(text: str, line: int, source: str) -> FoundTitle:
    text = without_kind_of_document(" ".join(text.split()))
    return FoundTitle(
        text=text,
        inferences=(Inference(fact="title", value=text, line=line, sureness=FactSureness.STATED, reason=source),),
    )


def without_kind_of_document(title: str) -> str:
    """`Postmortem: Card payments failed` → `Card payments failed`."""
    return _KIND_OF_DOCUMENT.sub("", title, count=1)


def id_for(stem: str, folder: str, day: date | None, title: str | None) -> str:
    """A permanent id of the file's name, with the day in front; names such as `report` are replaced by the title.

    Titles repeat and change, so the name of the file comes first.
    """
    name = _slug(stem)
    if not name or name in {_slug(word) for word in _GENERIC_NAMES}:
        name = _slug(title or "")[:_LONGEST_ID_WORDS].strip("-._") or _slug(folder) or "incident"
    if day is not None and not re.match(r"\d{4}-\d{2}", name):
        name = f"{day}-{name}"
    return suggested_id(name) or suggested_id(f"incident-{name}") or "incident"


def _slug(text: str) -> str:
    """Lower case, with hyphens for all that cannot stand in a file's name; letters of every script stay."""
    return re.sub(r"[^\w.]+|_+", "-", unicodedata.normalize("NFC", text).casefold()).strip("-._")


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


_OF_THE_REPORT, _OF_AN_OUTAGE = 30, 35
"""Strengths up to which a day is one of metadata and proves nothing, and from which it is that of an outage."""
_NOON = time(12)
_CALLED_SO = re.compile(r"\b(?:post-?mortem|incident|outage|disclosure|down|failures?|broken|blank)\b", re.IGNORECASE)
_ABOUT_SUCH = re.compile(
    r"\b(?:response|plans?|process(?:es)?|polic(?:y|ies)|templates?|checklists?|guides?|how to|runbooks?|culture"
    r"|index)\b",
    re.IGNORECASE,
)
"""Names of pages about incidents in general."""


class FreeformImporter:
    """Postmortems as people write them, in Markdown or plain text: one incident a file."""

    name = "freeform"
    description = "Markdown or text as people write it"

    def recognizes(self, path: Path) -> bool:
        """Any file: what is in it is judged when it is read."""
        del path
        return True

    def read(self, path: Path) -> FreeformResult:
        """The incident that the file at `path` describes.

        Raises:
            UnreadableError: it is no text of a sensible size.
        """
        source = path.as_posix()
        report = read_freeform(read_text(path), source)
        notices = (report.notice,) if report.incident else ()
        return FreeformResult(source=source, notices=notices, reason=report.reason, report=report)


def read_freeform(text: str, source: str) -> FreeformReport:
    """The facts of a free-form postmortem; `source` is its path as the user typed it."""
    reading = read(text)
    document, parts = reading.document, reading.parts
    dated = any(place.day.year is not None and place.strength > _OF_THE_REPORT for place in reading.places)
    name = f"{document.front.get('title', '')} {parts.title.text if parts.title else ''}"
    named = _CALLED_SO.search(name) and not _ABOUT_SUCH.search(name)
    of_an_outage = bool(named) and any(place.strength >= _OF_AN_OUTAGE for place in reading.places)
    if reason := why_no_incident(
        document, parts, reading.timeline, reading.stated, dated=dated, names_a_day=of_an_outage
    ):
        return FreeformReport(
            source=source, incident=False, reason=reason, sections=tuple(parts.kinds), body=document.body
        )
    return _weighed(reading, source)


def read(text: str) -> DocumentFacts:
    """Everything that is found in `text`, before it is weighed."""
    document = parse_document(text)
    parts = divide(document)
    timeline = find_timeline(parts)
    # `Started: 14:30` is an entry and states a fact, too.
    labelled_times = bool(timeline.entries) and timeline.entries[0].form == "last"
    timeline_lines = frozenset[int]() if labelled_times else timeline.lines
    found = sentences(parts, timeline_lines, document.front)
    stated = find_stated_span(found)
    zones = zone_places(parts, timeline, stated, found)
    places = dated_places(stated=stated, timeline=timeline, found=found, title=parts.title, front=document.front)
    days = [place.day for place in places] + [entry.day for entry in timeline.entries if entry.day]
    order = order_of_numbers(days, zones[0].zone if zones else None)
    return DocumentFacts(
        document=document,
        parts=parts,
        timeline=timeline,
        sentences=found,
        stated=stated,
        places=[place.decided(order) for place in places],
        zones=zones,
        order=order,
    )


def _weighed(reading: DocumentFacts, source: str) -> FreeformReport:
    title, day, zone = title_of(reading), date_of(reading), zone_in_use(reading.zones)
    span = span_of(reading, day)
    stated = stated_durations(reading.sentences)
    stated_duration = next((duration for duration in stated if not (duration.coarse and span.minutes)), None)
    affected = shares(reading.sentences, reading.parts.title)
    context = _context(zone, span, day)
    text = tidied(reading.document.body, context, first_line=reading.document.front_lines + 1)
    everything = tidied(reading.document.body, context, everything=True)
    read = read_strictly(text.text, context)
    entries, untimed = _entries(reading, read, text, context)
    actions = tuple(
        ImportedAction(line=text.numbers[index_of(item)], text=item.text, done=item.done)
        for item in read.postmortem.action_items
    )
    inferences = [*title.inferences, *day.inferences, *span.inferences, *zone.inferences]
    inferences += _of_the_length(stated_duration, span)
    if entries:
        announced = reading.timeline.announced
        sure, why = (
            (FactSureness.STATED, "below its heading") if announced else (FactSureness.LIKELY, "a list of times")
        )
        inferences.append(_inference("timeline", f"{len(entries)} entries", entries[0].line, why, sure))
    if affected:
        inferences.append(
            _inference("share affected", f"{affected[0].percent:g} %", affected[0].line, affected[0].quote)
        )
    if apology := read.postmortem.section(SectionKind.APOLOGY):
        words = " ".join(apology.markdown.split())[:80]
        inferences.append(_inference("apology", "yes", text.numbers[index_of(apology)], f"“{words}”"))
    if actions:
        inferences.append(_inference("action items", str(len(actions)), actions[0].line, "items of a list"))
    return FreeformReport(
        source=source,
        incident=True,
        id=id_for(PurePath(source).stem, PurePath(source).parent.name, day.date, title.text),
        title=title.text,
        date=day.date,
        started=span.started,
        resolved=span.resolved,
        started_clock=span.start.clock if span.start else None,
        resolved_clock=span.end.clock if span.end else None,
        zone=zone.zone,
        duration_minutes=stated_duration.minutes if stated_duration else span.minutes,
        timeline=entries,
        untimed=untimed,
        impact_percent=affected[0].percent if affected else None,
        impact_quote=affected[0].quote if affected else "",
        sections=tuple(reading.parts.kinds),
        apology=apology is not None,
        action_items=actions,
        inferences=tuple(inferences),
        missing=tuple(_missing(title, day, span, zone)),
        warnings=(
            *span.warnings, *day.warnings, *zone.warnings, *disagreements(reading, day, span, stated, affected),
        ),
        body=text.text,
        changes=tuple(text.proposals),
        more_proposals=max(len(everything.proposals) - len(text.proposals), 0),
        front_source=reading.document.front_source,
    )  # fmt: skip


def _context(zone: FoundZone, span: Span, day: FoundDate) -> Context:
    """What the times of the written file are read by."""
    key = zone.zone.key if zone.zone else None
    clocks = (zone.zone.clocks() if zone.zone else None) or UTC
    started = span.started or (datetime.combine(day.date, _NOON) if day.date else None)
    return Context(
        zone=ZoneInfo(key or "UTC"),
        begins_at=started.replace(tzinfo=clocks).astimezone(UTC) if started else None,
        ends_at=span.resolved.replace(tzinfo=clocks).astimezone(UTC) if span.resolved else None,
    )


def _inference(
    fact: str, value: str, line: int, reason: str, sureness: FactSureness = FactSureness.STATED
) -> Inference:
    return Inference(fact=fact, value=value, line=line, sureness=sureness, reason=reason)


def _of_the_length(duration: StatedDuration | None, span: Span) -> list[Inference]:
    if duration:
        return [_inference("duration", f"{duration.minutes} min", duration.line, f"“{duration.quote}”")]
    if span.minutes is not None and span.start:
        why = "from beginning to end"
        return [_inference("duration", f"{span.minutes} min", span.start.line, why, FactSureness.LIKELY)]
    return []


def _entries(
    reading: DocumentFacts, read: StrictReading, text: EditedText, context: Context
) -> tuple[tuple[ImportedEntry, ...], tuple[UntimedLine, ...]]:
    """What a build reads of the timeline, on the clock and with the day of the source; and its lines without a time."""
    found: dict[int, list[ProseEntry]] = {}
    for entry in reading.timeline.entries:
        found.setdefault(entry.line, []).append(entry)
    clocks = settled_clocks(reading.timeline)
    entries = []
    for stated in read.postmortem.timeline:
        line = text.numbers[index_of(stated)]
        source = found[line].pop(0) if found.get(line) else None
        local = stated.at.astimezone(context.zone)
        clock = clocks.get(source) if source else None
        zone = source.zone.clocks() if source and source.zone else None
        if clock and zone and _shows(clock, stated.at.astimezone(zone)):  # as the entry itself writes it
            local = stated.at.astimezone(zone)
        day = reading.date_of(source.day) if source and clock and _shows(clock, local) else None
        entries.append(ImportedEntry(line=line, text=stated.text, clock=local.time(), day=day, kind=stated.kind))
    untimed = [entry for remaining in found.values() for entry in remaining]
    return tuple(entries), tuple(
        UntimedLine(line=entry.line, text=entry.text, day=reading.date_of(entry.day)) for entry in untimed
    )


def _shows(clock: WrittenClock, local: datetime) -> bool:
    return (clock.hour, clock.minute) == (local.hour, local.minute)


def _missing(title: FoundTitle, day: FoundDate, span: Span, zone: FoundZone) -> list[Missing]:
    """The facts a page needs and the text does not hold."""
    wanted = (
        (title.text, "title", "write what users noticed, in a few words"),
        (day.date, "date", "write the day of the beginning into started:"),
        (span.start, "started", "write when users began to feel it, as 2026-04-06 14:30"),
        (span.end, "resolved", "write when users stopped feeling it; until then the file is a draft"),
        (zone.zone, "timezone", "write a place such as Africa/Lagos, if it is not that of components.yml"),
        (None, "components", "write which failed, and how badly; no text of this kind knows their ids"),
    )
    return [Missing(fact=fact, hint=hint) for known, fact, hint in wanted if known is None]
