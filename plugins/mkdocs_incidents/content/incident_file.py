"""One incident file → Notice: incident, maintenance or announcement."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from mkdocs_incidents.model import Announcement, Impact, Incident, Maintenance, Notice, Retraction, Upstream

from .format.instants import day_in
from .format.meant_keys import as_meant
from .format.misplaced_facts import report_misplaced_facts
from .format.schema import IncidentKeys
from .format.schema_errors import report_schema_errors
from .format.values import FieldContext, read_id, suggested_id
from .format.zones import read_zone
from .invisible import harmful_in_markdown, report_invisible
from .postmortem.body import Body, ReadBody, read_body
from .problems import Problem, Severity, WrongValueError
from .source import START, Place, problem_at
from .suggestions import quoted
from .updates import read_updates, with_dated_retractions
from .yaml.front_matter import read_document
from .yaml.nodes import Mapping, Node, Scalar, Sequence, data, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from .catalog_file import CatalogFile
    from .postmortem.sections import Remark
    from .source import Report, Source
    from .yaml.front_matter import MarkdownDocument

_LINK_TO_FILE = re.compile(r"\]\(\s*<?(?:[^)\s>]*/)?(?P<file>(?P<stem>[^/)\s>#?]+)\.md)(?=[)\s>#?])")
_NOT_FOR_MAINTENANCE = {
    "resolved": (
        "a maintenance ends with an update, not with resolved:",
        "add an update with that time and status: completed, then delete this line",
    ),
    "impact": ("a maintenance has no impact: its components say what it does", "delete the line"),
    "affected_percent": ("only an incident states a share of users that it affected", "delete the line"),
}


def is_maintenance(document: MarkdownDocument) -> bool | None:
    """Whether the file is about planned work; None where it has the keys of both kinds or of neither."""
    planned, unplanned = ("scheduled" in document.facts.values), ("started" in document.facts.values)
    return planned if planned != unplanned else None


def check_kind(document: MarkdownDocument, report: Report) -> None:
    """Report a file that is of no kind or of two, and keys that do not belong to its kind."""
    facts, source = document.facts, document.source
    if isinstance(facts.values.get("scheduled"), Scalar):
        return  # whichever was meant, that is reported
    kind = is_maintenance(document)
    if kind is None and "started" in facts.values:
        second = max(facts.keys["started"], facts.keys["scheduled"], key=lambda key: key.index)
        report.error(
            source.place(second.index),
            "two-kinds",
            "the file has both started: and scheduled:",
            "keep started: for an incident, or scheduled: for planned work; delete the other",
        )
    elif kind is None:
        report.error(
            source.place(facts.index),
            "missing-key",
            "the file has neither started: nor scheduled:",
            "add a line started: YYYY-MM-DD HH:MM, or scheduled: with from: and until: for planned work",
        )
    elif kind:
        for key, (message, hint) in _NOT_FOR_MAINTENANCE.items():
            if key in facts.keys:
                report.error(source.place(facts.keys[key].index), "key-of-other-kind", message, hint)
    else:
        _check_no_moved_end(facts.values.get("updates"), document, report)


def _check_no_moved_end(updates: Node | None, document: MarkdownDocument, report: Report) -> None:
    for update in updates.items if isinstance(updates, Sequence) else ():
        if isinstance(update, Mapping) and "until" in update.keys:
            report.error(
                document.source.place(update.keys["until"].index),
                "key-of-other-kind",
                "only an update of a maintenance can move the end with until:",
                "to announce the next update, write next_update:; else delete the line",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileParts:
    """Where everything in an incident file stands."""

    document: MarkdownDocument
    keys: IncidentKeys
    order: tuple[int, ...]
    """For every update of the notice its number, from 0, in the file."""
    body: Body
    unread: tuple[Remark, ...] = ()
    """One for each timeline or list of action items that has lines which do not fit its grammar."""


@dataclass(frozen=True, kw_only=True)
class NoticeFile:
    """A notice together with where everything in it stands. What most rules do not ask for is read at first use."""

    path: str
    """As the user would type it."""
    relative: str
    """The same below the content folder, with forward slashes."""
    id: str
    aliases: tuple[str, ...]
    merged: tuple[str, ...]
    draft: bool
    accepted: tuple[str, ...]
    """Codes of the warnings and the advice that it accepts."""
    linked: tuple[str, ...]
    """Names, without suffix, of the Markdown files to which its body may link."""
    partly_read: int
    """Timelines and lists of action items with lines that do not fit their grammar."""
    site_language: str
    read_notice: Callable[[], Notice] = field(compare=False, repr=False)
    read_parts: Callable[[], FileParts] = field(compare=False, repr=False)

    @cached_property
    def notice(self) -> Notice:
        """What the file states."""
        return self.read_notice()

    @cached_property
    def parts(self) -> FileParts:
        """Where it states that."""
        return self.read_parts()

    @property
    def former_ids(self) -> tuple[str, ...]:
        """Every other id whose addresses lead to its notice."""
        return (*self.aliases, *self.merged)

    @property
    def document(self) -> MarkdownDocument:
        """The file in its two parts."""
        return self.parts.document

    @property
    def keys(self) -> IncidentKeys:
        """The front matter."""
        return self.parts.keys

    @property
    def order(self) -> tuple[int, ...]:
        """For every update of the notice its number, from 0, in the file."""
        return self.parts.order

    @property
    def body(self) -> Body:
        """The public text below the front matter."""
        return self.parts.body

    @property
    def unread(self) -> tuple[Remark, ...]:
        """One for each timeline or list of action items that has lines which do not fit its grammar."""
        return self.parts.unread

    @property
    def language(self) -> str:
        """In which hints name sections: that of the sections in the file, else that of the site."""
        return self.body.language or self.site_language

    def place(self, *path: int | str) -> Place:
        """Where the value at `path` stands, or the nearest thing above it."""
        return self.document.source.place(find(self.document.facts, path).index)

    def key_place(self, *path: int | str) -> Place:
        """Where the key at the end of `path` stands."""
        parent = find(self.document.facts, path[:-1])
        key = parent.keys.get(str(path[-1])) if isinstance(parent, Mapping) else None
        return self.document.source.place(key.index) if key else self.place(*path)

    def update_place(self, number: int, *path: int | str) -> Place:
        """Where the update stands that is number `number`, from 0, of the notice."""
        return self.place("updates", self.order[number], *path)

    def error(self, place: Place, code: str, message: str, hint: str = "") -> Problem:
        """Something in this file that stops the build."""
        return problem_at(self.path, Severity.ERROR, place, code, message, hint)

    def warning(self, place: Place, code: str, message: str, hint: str = "") -> Problem:
        """Something in this file that stops only a strict build."""
        return problem_at(self.path, Severity.WARNING, place, code, message, hint)

    def advice(self, place: Place, code: str, message: str, hint: str = "") -> Problem:
        """A suggestion for the text of this file, for those who ask for it."""
        return problem_at(self.path, Severity.ADVICE, place, code, message, hint)

    def reminder(self, place: Place, code: str, message: str, hint: str = "") -> Problem:
        """A warning that no build fails for: what time alone brings about, or what misleads nobody as it stands."""
        return replace(self.warning(place, code, message, hint), timed=True)


def read_incident_file(  # noqa: PLR0913  what a file is read with
    source: Source, relative: str, known: CatalogFile, report: Report, *, example: date, language: str = "en"
) -> NoticeFile | None:
    """The notice in `source`, whose path below the content folder is `relative`; None after reporting errors.

    `language` is that of the site. `example` is a day of the year in which its times are likely to be.
    """
    document = read_document(source, report)
    if document is None:
        return None
    document = replace(document, facts=as_meant(document.facts, IncidentKeys, source, report))
    harmful = harmful_in_markdown(document.body)
    report_invisible((document.body_index + index for index in harmful), source, report)
    body = Body(document, report)
    context = _field_context(document, known, example)
    report_misplaced_facts(body.lines, body.line_in_file, document, context, report)
    keys = _keys(document, context, report)
    if "id" not in document.facts.values:
        _check_stem(PurePosixPath(relative).stem, report)
    check_kind(document, report)
    _warn_of_cut_texts(document, report)
    if keys is None or is_maintenance(document) is None:
        return None
    updates = read_updates(keys.updates, document, context.zone, report)
    read = _read_body(keys, body, context.zone, report)
    order = tuple(sorted(range(len(updates)), key=lambda number: updates[number].at))
    common: dict[str, Any] = {
        "id": keys.id or unicodedata.normalize("NFC", PurePosixPath(relative).stem),
        "title": keys.title,
        "source": relative,
        "timezone": context.zone,
        "components": keys.components,
        "updates": with_dated_retractions([updates[number] for number in order]),
        "postmortem": read.postmortem if read else None,
        "pinned": keys.pinned,
        "publish_at": keys.publish.at if keys.publish else None,
        "publish_on": keys.publish.day if keys.publish else None,
        "backfilled": keys.backfilled,
        "retraction": Retraction(keys.retracted.reason, keys.retracted.at) if keys.retracted else None,
        "aliases": tuple(keys.aliases),
        "merged": tuple(keys.merged),
        "causes": tuple(dict.fromkeys(keys.causes)),
        "upstream": Upstream(name=keys.upstream.name, link=keys.upstream.link) if keys.upstream else None,
    }
    notice = _notice(keys, common)
    parts = FileParts(document=document, keys=keys, order=order, body=body, unread=read.unread if read else ())
    return NoticeFile(
        path=source.path,
        relative=relative,
        id=notice.id,
        aliases=notice.aliases,
        merged=notice.merged,
        draft=keys.draft,
        accepted=tuple(keys.accepted),
        linked=tuple(dict.fromkeys(found["stem"] for found in links_to_files(document.body))),
        partly_read=len(parts.unread),
        site_language=language,
        read_notice=lambda: notice,
        read_parts=lambda: parts,
    )


def links_to_files(body: str) -> list[re.Match[str]]:
    """The links of a body that may lead to Markdown files: `file` is the name, `stem` the same without its suffix."""
    return list(_LINK_TO_FILE.finditer(body)) if ".md" in body else []


def _notice(keys: IncidentKeys, common: dict[str, Any]) -> Notice:
    if keys.scheduled:
        return Maintenance(scheduled_from=keys.scheduled.start, scheduled_until=keys.scheduled.until, **common)
    touched = keys.components or any(update.components for update in keys.updates)
    if keys.impact is Impact.NONE and not touched:
        return Announcement(started_at=keys.started, stated_resolved_at=keys.resolved, **common)  # type: ignore[arg-type]
    return Incident(
        started_at=keys.started,  # type: ignore[arg-type]  # check_kind saw that it is there
        stated_resolved_at=keys.resolved,
        stated_impact=keys.impact,
        affected_percent=keys.affected_percent,
        **common,
    )


def _field_context(document: MarkdownDocument, known: CatalogFile, example: date) -> FieldContext:
    """How the values of this file are to be read; what is wrong with its own zone is reported with the others."""
    zone = known.timezone
    own = document.facts.values.get("timezone")
    if isinstance(own, Scalar):
        with suppress(WrongValueError):
            zone = read_zone(own.text)
    begin = find(document.facts, ("scheduled", "from") if is_maintenance(document) else ("started",))
    if isinstance(begin, Scalar):
        example = day_in(begin.text) or example
    maintenance = is_maintenance(document)
    if maintenance and not isinstance(document.facts.values["scheduled"], Mapping):
        maintenance = None  # an incident, perhaps, whose start has the wrong key
    return FieldContext(zone=zone, example=example, components=known.names, maintenance=maintenance)


def _keys(document: MarkdownDocument, context: FieldContext, report: Report) -> IncidentKeys | None:
    try:
        return IncidentKeys.model_validate(data(document.facts), context=context)
    except ValidationError as error:
        report_schema_errors(error, document.facts, document.source, report)
        return None


def _check_stem(stem: str, report: Report) -> None:
    """The name of the file is the id where the file states none."""
    try:
        read_id(stem)
    except WrongValueError as error:
        meant = suggested_id(stem)
        report.error(
            START,
            error.code,
            f"{error.message}; it is taken from the file's name",
            f"add a line id: {meant}" if meant else "add a line id: and a name of letters, digits and hyphens",
        )


def _read_body(keys: IncidentKeys, body: Body, zone: ZoneInfo, report: Report) -> ReadBody | None:
    """What the body states, with what the front matter says of the postmortem; None where there is neither."""
    begins_at = keys.scheduled.start if keys.scheduled else keys.started
    if begins_at is None or (keys.postmortem is None and body.empty):  # check_kind saw that one of the two is there
        return None
    read = read_body(body, begins_at, zone, report)
    published = keys.postmortem.published if keys.postmortem else None
    postmortem = replace(
        read.postmortem,
        published_at=published.at if published else None,
        published_on=published.day if published else None,
        by=keys.postmortem.by if keys.postmortem else None,
    )
    return replace(read, postmortem=postmortem)


def _texts(document: MarkdownDocument) -> Iterator[Scalar]:
    """The texts for readers that stand on the line of their key."""
    facts, updates = document.facts, document.facts.values.get("updates")
    listed = updates.items if isinstance(updates, Sequence) else ()
    texts = [find(facts, ("title",))]
    texts += [find(update, ("message",)) for update in listed]
    texts += [find(part, path) for part in (facts, *listed) for path in (("retracted",), ("retracted", "reason"))]
    yield from {text.index: text for text in texts if isinstance(text, Scalar)}.values()


def _warn_of_cut_texts(document: MarkdownDocument, report: Report) -> None:
    """`Payments #2 down` without quotes: YAML takes the rest of the line for a comment and says nothing."""
    text = document.source.text
    for scalar in _texts(document):
        behind = text[scalar.end : text.find("\n", scalar.end)]
        if scalar.plain and re.match(r"[ \t]#\S", behind):
            report.warning(
                document.source.place(scalar.end + 1),
                "text-cut-at-hash",
                f"{quoted(behind)} is not part of the text: # begins a comment",
                "put the whole text in quotes; or write a space behind # if it is a comment",
            )
