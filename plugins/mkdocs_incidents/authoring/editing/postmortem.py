"""The postmortem of an incident: a draft that nobody sees, and its publication.

The body of a file is public as soon as its facts are. So a draft stands in an internal note, and its publication is
the removal of the two marks around it. A comment tells this note from others, which stay internal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.content.format.instants import formatted, written
from mkdocs_incidents.content.internal_notes import outermost_notes, without_comments, without_internal_notes
from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.language_tables import section_title
from mkdocs_incidents.content.postmortem.sections import split_lines
from mkdocs_incidents.model import TOLERANCE, IncidentStatus, NoticeKind, SectionKind, TurningPoint
from mkdocs_incidents.present.excerpts import first_sentence

from ..messages.text import blanks_in
from .change import checked_change
from .errors import RefusedError
from .finding import only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.content.source import Source
    from mkdocs_incidents.model import Notice

    from ..yaml_text import Value
    from .change import Change
    from .incident_text import IncidentText
    from .times import Publication
    from .workspace import IndexedFile, Workspace

RECENT = timedelta(days=14)
"""How long ago an incident may have ended that is meant where none is named."""
_COMMAND = "incidents postmortem"
_OPENING = re.compile(
    r"<!--[ \t]*internal[ \t]*-->\s*<!--[ \t]*Draft of the postmortem\b.*?-->[ \t]*\n?\n?", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OFFSET = re.compile(r"[+-]\d\d:\d\d$")
_BRACKETS = str.maketrans("[]", "()")
_LONGEST_QUOTATION = 120
_MOST_LISTED, _LONGEST_BLANK = 20, 30
_TEXTS = {
    SectionKind.SUMMARY: "[What failed, for how long, and why, in three sentences.]",
    SectionKind.IMPACT: "[Who was affected, how many, and how exactly; and what was not affected.]",
    SectionKind.TIMELINE: "",
    SectionKind.ROOT_CAUSE: "[What made it possible. Causes, not culprits.]",
    SectionKind.LESSONS: "[What you now know that others can use.]",
    SectionKind.ACTION_ITEMS: (
        "- [ ] [What you will do, so that its keeping can be checked] (@[team or role], due [YYYY-MM-DD])"
    ),
    SectionKind.APOLOGY: (
        "[To those who were hurt: what it was like for them, that it was your fault, and that you are sorry.]"
    ),
}
"""The sections of a draft, in their order, with what belongs there."""


class _Draft(NamedTuple):
    """Where the internal note stands in a body that holds a draft."""

    begin: int
    text_from: int
    text_until: int
    end: int


class _Entry(NamedTuple):
    """What the facts of a file say of one entry of the timeline."""

    at: datetime
    text: str
    kind: TurningPoint | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """What a draft still leaves to its writer."""

    line: int
    """Of the file."""
    text: str


def find_recent(workspace: Workspace) -> IndexedFile:
    """The one incident that ended in the last days and has no published postmortem.

    Raises:
        RefusedError: there is none, or there are several: then it is an `AmbiguousError`.
    """
    since = workspace.now - RECENT
    first_day = (since - timedelta(days=1)).date().isoformat()  # days in the file are those of its own zone
    recent = (indexed for indexed in workspace.files if indexed.latest_day >= first_day)
    found = [indexed for indexed in recent if _lacks_postmortem(workspace, indexed, since)]
    if not found:
        raise RefusedError(
            f"no incident of the last {RECENT.days} days is over and without a postmortem; name the one you mean, "
            f"type: {_COMMAND} INCIDENT (all are shown by: incidents list)"
        )
    return only(found, what=f"{len(found)} incidents of the last days have no postmortem")


def _lacks_postmortem(workspace: Workspace, indexed: IndexedFile, since: datetime) -> bool:
    try:
        file, _ = workspace.read(indexed.relative)
    except RefusedError:
        return False
    notice = file.notice
    if file.draft or notice.retraction or notice.kind is not NoticeKind.INCIDENT:
        return False
    published = notice.postmortem and notice.postmortem.published_at
    return notice.ended_at is not None and since <= notice.ended_at <= workspace.now + TOLERANCE and not published


def draft(workspace: Workspace, indexed: IndexedFile, *, by: str | None = None) -> Change:
    """The sections of a postmortem that a file lacks, added as a draft; `by` signs it.

    Raises:
        RefusedError: the notice is not over, was retracted or is none to explain; or nothing is missing.
    """
    before = workspace.text(indexed.relative)
    file, _ = workspace.read(indexed.relative, before)
    _require_explicable(indexed.id, file.notice, workspace.now)
    missing = _missing_sections(before.document.body)
    if not missing:
        raise RefusedError(
            f"{indexed.id} has all sections already; to publish it, type: {_COMMAND} {indexed.id} --publish today"
        )
    # Not even who signs it is written into the facts yet: those are public.
    after = _with_draft(before, _skeleton(missing, file.notice, file.language, by), indexed.id)
    return checked_change(workspace, indexed.relative, before, after)


def publish(workspace: Workspace, indexed: IndexedFile, publication: Publication, *, by: str | None = None) -> Change:
    """The postmortem in a file, announced from a day or an instant on; `by` signs it.

    Raises:
        RefusedError: there is none, it has blanks or is published already; or the notice is none to explain, or ended
            later.
    """
    before = workspace.text(indexed.relative)
    file, _ = workspace.read(indexed.relative, before)
    notice, body = file.notice, before.document.body
    _require_explicable(indexed.id, notice, workspace.now)
    drafts = _drafts(body)
    if not without_comments(without_internal_notes(_with_drafts_public(body))).text.strip():
        raise RefusedError(
            f"nothing is written in the postmortem of {indexed.id} yet; to get its sections, type: {_COMMAND} "
            f"{indexed.id}"
        )
    if blanks := blanks_of(before.document.source, body, before.document.body_index):
        raise RefusedError(_left_blank(before.path, blanks))
    _require_afterwards(notice, publication)
    published = notice.postmortem.published_at if notice.postmortem else None
    if published and published <= workspace.now and not drafts:
        raise RefusedError(
            f"the postmortem of {indexed.id} is published since {formatted(published, notice.timezone)}; to change it, "
            f"edit {before.path}"
        )
    after = before
    for found in reversed(drafts):
        blank_follows = body[found.end : found.end + 1] in {"", "\n"}
        until = len(body[: found.text_until].rstrip()) + 1 if blank_follows else found.text_until
        after = after.with_text_in_body(until, found.end, "")
        after = after.with_text_in_body(found.begin, found.text_from, "")
    facts: dict[str, str] = {}
    if not published or published > workspace.now:
        facts["published"] = publication.text
    if by:
        facts["by"] = by
    after = _with_facts(after, facts)
    return checked_change(workspace, indexed.relative, before, after)


def blanks_of(source: Source, body: str, body_index: int) -> list[Blank]:
    """The blanks in the public text of a body and in its drafts."""
    readable = _COMMENT.sub(_blanked, _without_other_notes(body))
    return [Blank(source.place(body_index + index).line, text) for index, text in blanks_in(readable)]


def _left_blank(path: str, blanks: list[Blank]) -> str:
    shown = ", ".join(f"line {blank.line} {_shortened(blank.text)}" for blank in blanks[:_MOST_LISTED])
    more = f" and {len(blanks) - _MOST_LISTED} more" if len(blanks) > _MOST_LISTED else ""
    count = "a blank is" if len(blanks) == 1 else f"{len(blanks)} blanks are"
    return (
        f"{count} left in {path}: {shown}{more}; write what belongs there or delete it, or put a backslash before a "
        "bracket that is meant"
    )


def _shortened(blank: str) -> str:
    return blank if len(blank) <= _LONGEST_BLANK else f"{blank[: _LONGEST_BLANK - 2].rstrip()}…]"


def _require_explicable(notice_id: str, notice: Notice, now: datetime) -> None:
    """Check that a postmortem of a notice can be written.

    Raises:
        RefusedError: it is not over, never took place, or is an announcement.
    """
    if notice.kind is NoticeKind.ANNOUNCEMENT:
        raise RefusedError(
            f"{notice_id} is an announcement, and only incidents and planned work have a postmortem; for more words "
            f'type: incidents update {notice_id} -m "…"'
        )
    if notice.withdrawal:
        raise RefusedError(f"{notice_id} was {notice.withdrawal.replace('_', ' ')}, so there is nothing to explain")
    if notice.begins_at > now:
        raise RefusedError(f"{notice_id} has not begun yet; when it is over, type: incidents postmortem {notice_id}")
    if not notice.is_over(now):
        raise RefusedError(f'{notice_id} is not over yet; when it is, first type: incidents resolve {notice_id} -m "…"')


def _require_afterwards(notice: Notice, publication: Publication) -> None:
    """Check that a postmortem is published after the end of what it explains.

    Raises:
        RefusedError: it is not.
    """
    ended = notice.ended_at
    if ended is None:
        return
    last_day = ended.astimezone(notice.timezone).date()
    if publication.day < last_day if publication.day else publication.at < ended:
        raise RefusedError(
            f"the postmortem would be published before the end, {formatted(ended, notice.timezone)}; write a later "
            "day, such as --publish today"
        )


def _drafts(body: str) -> list[_Draft]:
    found = []
    for begin, end in outermost_notes(body):
        if opening := _OPENING.match(body, begin, end):
            until = body.rfind("<!--", opening.end(), end)
            line_end = end + 1 if body[end : end + 1] == "\n" else end
            if until >= 0:
                found.append(_Draft(begin, opening.end(), until, line_end))
    return found


def _without_other_notes(body: str) -> str:
    """A body of the same length in which internal notes are blank, but for the drafts."""
    for begin, end in outermost_notes(body):
        opening = _OPENING.match(body, begin, end)
        inner = (opening.end(), body.rfind("<!--", begin, end)) if opening else (begin, begin)
        notes = [(inner[0] + first, inner[0] + last) for first, last in outermost_notes(body[inner[0] : inner[1]])]
        for first, last in notes if opening else [(begin, end)]:
            body = body[:first] + re.sub(r"[^\n]", " ", body[first:last]) + body[last:]
    return body


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _missing_sections(body: str) -> list[SectionKind]:
    text = without_internal_notes(_with_drafts_public(body)).text
    there = {part.kind for part in split_lines(read_lines(text))}
    return [kind for kind in _TEXTS if kind not in there]


def _with_drafts_public(body: str) -> str:
    for found in reversed(_drafts(body)):
        body = body[: found.begin] + body[found.text_from : found.text_until] + body[found.end :]
    return body


def _with_draft(text: IncidentText, sections: str, notice_id: str) -> IncidentText:
    """With sections in the draft that is there, else in a new one at the end."""
    body = text.document.body
    if drafts := _drafts(body):
        place = drafts[-1].text_until
        return text.with_text_in_body(place, place, f"{sections}\n\n")
    note = (
        f"<!-- internal -->\n<!-- Draft of the postmortem. Nobody sees it until you type: {_COMMAND} {notice_id} "
        f"--publish today -->\n\n{sections}\n\n<!-- /internal -->\n"
    )
    if not body.strip():
        return text.with_body(f"\n{note}")
    return text.with_text_in_body(len(body.rstrip()), len(body), f"\n\n{note}")


def _with_facts(text: IncidentText, facts: dict[str, str]) -> IncidentText:
    """With `published` and `by` of the postmortem."""
    if not facts:
        return text
    stated = text.document.facts.values.get("postmortem")
    if stated is None or not hasattr(stated, "values"):
        value: dict[str, Value] = {**facts}
        return text.with_value((), "postmortem", value)
    for key, fact in facts.items():
        text = text.with_value(("postmortem",), key, fact)
    return text


def _skeleton(kinds: list[SectionKind], notice: Notice, language: str, by: str | None) -> str:
    """Sections with blanks, and with what the facts say."""
    texts = dict(_TEXTS)
    texts[SectionKind.TIMELINE] = "\n".join(_timeline(notice))
    texts[SectionKind.APOLOGY] += f"\n\n— {by or '[team or role]'}"
    return "\n\n".join(f"## {section_title(kind, language)}\n\n{texts[kind]}" for kind in kinds)


def _timeline(notice: Notice) -> Iterator[str]:
    """The entries that the facts give, and one for what they do not say: how it was noticed."""
    is_incident = notice.kind is NoticeKind.INCIDENT
    if is_incident:
        kinds = ", ".join(kind.value for kind in TurningPoint)
        yield (
            f"<!-- Kinds: {kinds}. The page adds what you said in public by itself: write what happened and when, and "
            "delete the other lines. -->\n"
        )
    day = notice.begins_at.astimezone(notice.timezone).date()
    for number, entry in enumerate(sorted(_entries(notice), key=lambda entry: entry.at)):
        local = entry.at.astimezone(notice.timezone)
        mark = f" {{kind: {entry.kind.value}}}" if entry.kind and is_incident else ""
        yield f"- {_time(entry.at, notice, with_day=local.date() != day)} — {entry.text}{mark}"
        day = local.date()
        if number == 0 and is_incident:
            yield f"- [HH:MM] — [How you noticed.] {{kind: {TurningPoint.DETECTED.value}}}"


def _time(at: datetime, notice: Notice, *, with_day: bool) -> str:
    """A time as timelines state it: `14:30`, with its day, and with its offset where clocks show it twice."""
    day, _, clock = written(at, notice.timezone).partition(" ")
    clock = _OFFSET.sub(lambda offset: f" {offset[0]}", clock)
    return f"{day} {clock}" if with_day else clock


def _entries(notice: Notice) -> Iterator[_Entry]:
    begun = "[What began, and for whom.]" if notice.kind is NoticeKind.INCIDENT else "[The work begins.]"
    yield _Entry(notice.begins_at, begun, TurningPoint.IMPACT_BEGINS)
    ended, identified = notice.ended_at, False
    is_stated = ended is not None
    for update in notice.standing_updates:
        kind = None
        if update.status is IncidentStatus.IDENTIFIED and not identified and not (ended and update.at > ended):
            kind, identified = TurningPoint.IDENTIFIED, True
        elif update.at == ended and update.status.closes:
            kind, is_stated = TurningPoint.RESOLVED, False
        yield _Entry(update.at, f"[What happened by then. You said: {_quoted(update.message)}]", kind)
    if ended and is_stated:
        yield _Entry(ended, "[What ended it.]", TurningPoint.RESOLVED)


def _quoted(message: str) -> str:
    """The first sentence of a message without brackets, which would end the blank it stands in."""
    sentence = " ".join(first_sentence(message).translate(_BRACKETS).split())
    if len(sentence) > _LONGEST_QUOTATION:
        sentence = f"{sentence[:_LONGEST_QUOTATION].rsplit(' ', 1)[0]} …"
    return sentence
