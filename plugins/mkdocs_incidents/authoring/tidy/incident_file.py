"""All proposals for an incident file: for its body, and for facts in its front matter that its text states."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_incidents.content.catalog_file import UTC_ZONE, read_catalog
from mkdocs_incidents.content.format.instants import read_instant
from mkdocs_incidents.content.format.zones import read_zone
from mkdocs_incidents.content.internal_notes import without_comments, without_internal_notes
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.source import CATALOG_NAME, Report, Source, decode
from mkdocs_incidents.content.updates import stated_next_update
from mkdocs_incidents.content.yaml.front_matter import MarkdownDocument, read_document
from mkdocs_incidents.content.yaml.nodes import Mapping, Scalar, Sequence, data, find

from ..files import UnreadableError, read_bytes
from ..prose.document_parts import parts_of_body
from ..prose.next_update import promised_in
from ..prose.sentences import sentences
from ..prose.shares import shares
from .action_items import propose_action_items
from .apology import propose_apology
from .entries import propose_entries
from .headings import propose_headings
from .lists import propose_elapsed_times, propose_groups, propose_html_lists, propose_later_times
from .proposals import Context, EditedText, ProposalSureness
from .turning_points import propose_turning_points

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .proposals import Proposal

_MOST_ROUNDS = 8


def tidied(body: str, context: Context, *, first_line: int = 1, everything: bool = False) -> EditedText:
    """`body` with all proposals made that are sure; with `everything`, those that are likely, too.

    One proposal may show the way to another, so all are looked for again until there is none: a second run over the
    result changes nothing.
    """
    text = EditedText.of(body, first_line=first_line, everything=everything)
    for _ in range(_MOST_ROUNDS):
        made = len(text.proposals)
        propose_headings(text, context)
        propose_html_lists(text)
        propose_groups(text, context)
        propose_elapsed_times(text, context)
        propose_entries(text, context)
        propose_later_times(text, context)
        propose_apology(text)
        propose_action_items(text, context)
        propose_turning_points(text, context)
        if len(text.proposals) == made:
            break
    return text


_FAR_HOURS = 24
_EXAMPLE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TidiedFile:
    """An incident file with the changes that are proposed for it."""

    raw: bytes
    """As it was read."""
    sure: str
    """Its text with all changes that are sure."""
    everything: str
    """Its text with the likely ones, too."""
    proposals: tuple[Proposal, ...]
    """In the order of the lines. One that depends on another that is only likely is not sure either."""


def read_zone_of_site(path: Path, example: date) -> ZoneInfo:
    """The zone of the catalogue in the folder of `path` or one above it; UTC where there is none."""
    for folder in Path(os.path.abspath(path)).parents:  # noqa: PTH100  links are not followed: one may lead to itself
        catalog = folder / CATALOG_NAME
        if catalog.is_file():
            with suppress(UnreadableError):
                report = Report(path=catalog.as_posix())
                source = decode(read_bytes(catalog), report)
                return read_catalog(source, report, example=example).timezone if source else UTC_ZONE
    return UTC_ZONE


def tidy_file(path: Path, *, zone: ZoneInfo, example: date) -> TidiedFile:
    """The proposals for the incident file at `path`; `zone` is that of its site, `example` a day for messages.

    Raises:
        UnreadableError: it cannot be read as an incident file; the message says why, and what to do.
    """
    raw = read_bytes(path)
    report = Report(path=path.as_posix())
    source = decode(raw, report)
    document = read_document(source, report) if source else None
    if source is None or document is None:
        first = report.for_reader()[0]
        raise UnreadableError(f"{first.message} (line {first.line}); {first.hint.splitlines()[0]}")
    context = _context(document, zone, example)
    sure, everything = (_tidied(document, context, everything=each) for each in (False, True))
    certain = {(proposal.line, proposal.subject, proposal.after) for proposal in sure[1]}
    return TidiedFile(
        raw=raw,
        sure=sure[0],
        everything=everything[0],
        proposals=tuple(
            _marked(proposal, certain) for proposal in sorted(everything[1], key=lambda proposal: proposal.line)
        ),
    )


def _marked(proposal: Proposal, certain: set[tuple[int, str, tuple[str, ...]]]) -> Proposal:
    alone = (proposal.line, proposal.subject, proposal.after) in certain
    return proposal if alone else replace(proposal, sureness=ProposalSureness.LIKELY)


def _tidied(document: MarkdownDocument, context: Context, *, everything: bool) -> tuple[str, list[Proposal]]:
    body = tidied(document.body, context, first_line=document.body_line, everything=everything)
    leading_time = EditedText.of(document.source.text[: document.body_index], everything=everything)
    _propose_next_updates(leading_time, document, context)
    _propose_share(leading_time, document, body.text)
    return f"{leading_time.text}{body.text}", [*leading_time.proposals, *body.proposals]


def _context(document: MarkdownDocument, zone: ZoneInfo, example: date) -> Context:
    facts = document.facts
    own = facts.values.get("timezone")
    if isinstance(own, Scalar):
        with suppress(WrongValueError):
            zone = read_zone(own.text)
    scheduled = facts.values.get("scheduled")
    begin = scheduled.values.get("from") if isinstance(scheduled, Mapping) else facts.values.get("started")
    return Context(
        zone=zone,
        begins_at=_instant(begin, zone, example),
        ends_at=_instant(facts.values.get("resolved"), zone, example),
    )


def _instant(node: object, zone: ZoneInfo, example: date) -> datetime | None:
    if isinstance(node, Scalar):
        with suppress(WrongValueError):
            return read_instant(node.text.strip(), zone, example=example)
    return None


def _propose_share(leading_time: EditedText, document: MarkdownDocument, body: str) -> None:
    """The share of users that the text gives as affected becomes a fact of the front matter."""
    facts = document.facts.values
    if "affected_percent" in facts or "scheduled" in facts or not isinstance(facts.get("started"), Scalar):
        return
    parts = parts_of_body(body)
    found = shares(sentences(parts, frozenset(), {}), parts.title)
    if not found:
        return
    stated = "resolved" if isinstance(facts.get("resolved"), Scalar) else "started"
    key = _NewKey(
        name="affected_percent",
        value=f"{found[0].percent:g}",
        behind=document.source.place(facts[stated].index).line - 1,
        words=found[0].quote,
        sureness=ProposalSureness.SURE if found[0].certain else ProposalSureness.LIKELY,
    )
    key.propose(leading_time, document)


def _propose_next_updates(leading_time: EditedText, document: MarkdownDocument, context: Context) -> None:
    """When a message says in its own words by when the next update comes, that becomes a fact of the update."""
    updates = document.facts.values.get("updates")
    if not isinstance(updates, Sequence):
        return
    for number in reversed(range(len(updates.items))):
        update = updates.items[number]
        if not isinstance(update, Mapping) or "next_update" in update.values:
            continue
        message, at = update.values.get("message"), _instant(update.values.get("at"), context.zone, _EXAMPLE)
        public = without_comments(without_internal_notes(message.text)).text if isinstance(message, Scalar) else ""
        if at is None or not public or stated_next_update(public, at, context.zone):
            continue
        due = promised_in(public, at, context.zone)
        if due is None:
            continue
        local = due.astimezone(context.zone)
        soon = (due - at).total_seconds() < _FAR_HOURS * 3600
        value = f"{local:%H:%M}" if soon else f"{local:%Y-%m-%d %H:%M}"
        place = document.source.place(update.index)
        in_braces = place.column if document.source.text[update.index] == "{" else None
        line, column = (place.line - 1, 0) if in_braces else _place_of_status(update, document)
        key = _NewKey(
            name="next_update",
            value=value,
            behind=line,
            column=column,
            in_braces=in_braces,
            words=public,
            path=("updates", number),
        )
        key.propose(leading_time, document)


def _place_of_status(update: Mapping, document: MarkdownDocument) -> tuple[int, int]:
    """The line, from 0, of the status of an update, or of its time, and the column of the keys."""
    key = next(name for name in ("status", "at") if isinstance(update.values.get(name), Scalar))
    place = document.source.place(update.keys[key].index)
    return place.line - 1, place.column - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewKey:
    """A key that is to be added to the front matter."""

    name: str
    value: str
    behind: int
    """The line, from 0, behind which it goes."""
    column: int = 0
    """Blanks before it."""
    in_braces: int | None = None
    """Where in the line it goes, in a mapping such as `{at: …, status: …}`."""
    words: str
    """Those that it comes from."""
    path: tuple[str | int, ...] = ()
    """Of the mapping that it is added to."""
    sureness: ProposalSureness = ProposalSureness.SURE

    def propose(self, leading_time: EditedText, document: MarkdownDocument) -> None:
        """Propose it, if then just this key is added."""
        line = leading_time.lines[self.behind]
        after = [line, f"{' ' * self.column}{self.name}: {self.value}"]
        if self.in_braces is not None:
            after = [f"{line[: self.in_braces]}{self.name}: {self.value}, {line[self.in_braces :]}"]
        tried = [*leading_time.lines]
        tried[self.behind : self.behind + 1] = after
        again = read_document(Source(path="", text="\n".join(tried)), Report(path=""))
        target = find(again.facts, self.path) if again else None
        if again is None or not isinstance(target, Mapping):
            return
        stated = target.values.pop(self.name, None)
        if not isinstance(stated, Scalar) or stated.text != self.value:
            return
        if _without(data(again.facts)) == _without(data(document.facts)):
            leading_time.propose(
                self.behind,
                after,
                subject=self.name,
                words=self.words,
                reason="what the text says, as a fact that is counted with",
                sureness=self.sureness,
            )


def _without(facts: object) -> object:
    """The facts without those that were proposed before."""
    if isinstance(facts, dict):
        return {key: _without(value) for key, value in facts.items() if key not in {"next_update", "affected_percent"}}
    return [_without(item) for item in facts] if isinstance(facts, list) else facts
