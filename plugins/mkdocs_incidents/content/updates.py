"""The updates of a file → Updates: their permanent ids, and when each announces the next one.

The key `next_update` states it, or the last sentence of the message: "Next update by 15:00". Only the phrases of
the tables in `postmortem/languages/` are read: reading `15:00` where something else was meant would accuse a team of
breaking its promise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Retraction, Update

from .format.instants import formatted, next_time
from .format.values import derived_update_id
from .postmortem.dates_and_times import clock_at, normalized
from .postmortem.language_tables import alternation, folded, language_tables
from .postmortem.zone_names import ZoneNames
from .problems import WrongValueError
from .yaml.nodes import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .format.schema import UpdateKeys
    from .source import Place, Report
    from .yaml.front_matter import MarkdownDocument

_PLACEHOLDER = "{time}"
_SENTENCE = re.compile(r"(?:^|(?<=[.!?。！？])|\n)\s*(?=\S)")
_DIGIT = re.compile(r"\d")
_NOT_IN_ANCHORS = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_SENTENCE = 300
"""Characters at the end of a message that are looked at."""
_LONGEST_MERIDIEM = 20


@dataclass(frozen=True, slots=True)
class StatedNextUpdate:
    """The last sentence of a message, which states when the next update comes."""

    at: datetime
    """UTC."""
    sentence: str
    """As it was written; the message ends with it."""


def stated_next_update(message: str, at: datetime, zone: ZoneInfo) -> StatedNextUpdate | None:
    """What `message`, published at the UTC instant `at`, states of the next update; None where it states nothing."""
    message = message.rstrip()
    plain = normalized(message)
    for sentence in _SENTENCE.finditer(plain, max(0, len(plain) - _LONGEST_SENTENCE)):
        start = sentence.end()
        digit = _DIGIT.search(plain, start)
        if digit is None:
            return None
        before = plain[start : digit.start()]
        behind = _behind(before)
        if behind is None and (
            meridiem := _meridiem_before_time().search(before, max(0, len(before) - _LONGEST_MERIDIEM))
        ):
            before = before[: meridiem.start()]
            behind = _behind(before)
        clock = clock_at(plain, start + len(before)) if behind is not None else None
        if clock is None or behind is None:
            continue
        named = ZoneNames(zone=zone, on=at.astimezone(zone).date()).behind_a_time(plain, clock.end)
        end = named.end if named else clock.end
        rest = folded(plain[end:].strip().rstrip(".!。！").strip())
        if rest not in behind or (named and named.zone is None):
            continue
        try:
            due = next_time(clock.time, at, (named and named.zone) or zone, named.letters if named else "")
        except WrongValueError:  # clocks skip that time or show it twice
            return None
        return StatedNextUpdate(due, message[start:])
    return None


def _behind(before: str) -> AbstractSet[str] | None:
    """What may stand behind the time of a phrase that begins with the words `before`; None where none does."""
    return _phrases().get(" ".join(folded(before).split()))


@cache
def _phrases() -> Mapping[str, AbstractSet[str]]:
    """The words before the time of a phrase → those that may stand behind it."""
    found: dict[str, set[str]] = {}
    for phrase in language_tables().next_update:
        before, behind = phrase.split(_PLACEHOLDER)
        found.setdefault(" ".join(before.split()), set()).add(behind.strip())
    return found


@cache
def _meridiem_before_time() -> re.Pattern[str]:
    """AM or PM right before a time, as Japanese has it."""
    return re.compile(rf"(?:{alternation(language_tables().halves)})\s?$", re.IGNORECASE)


def read_updates(
    keys: list[UpdateKeys], document: MarkdownDocument, zone: ZoneInfo, report: Report
) -> tuple[Update, ...]:
    """The updates in the order of the file, which need not be that of time."""
    updates = []
    named: dict[str, int] = {}
    seen_at: Counter[tuple[str | None, datetime]] = Counter()
    for number, update in enumerate(keys):
        place = document.source.place(find(document.facts, ("updates", number)).index)
        seen_at[update.merged_from, update.at] += 1
        published_id = update.id or derived_update_id(update.at, seen_at[update.merged_from, update.at])
        # The anchors of other updates must not depend on one that was moved into the file.
        identifier = f"{published_id}-{_anchor_of(update.merged_from)}" if update.merged_from else published_id
        if first := named.get(identifier):
            at = document.source.place(find(document.facts, ("updates", number, "id")).index)
            report.error(
                at,
                "duplicate-update-id",
                f"the update on line {first} has the id '{identifier}' too",
                "write another id: in one of the two, that which is not published yet",
            )
        named.setdefault(identifier, place.line)
        sentence = stated_next_update(update.message, update.at, zone)
        updates.append(
            Update(
                id=identifier,
                at=update.at,
                status=update.status,
                message=update.message,
                components=update.components,
                next_update_at=_next_update(update, number, document, zone, report)
                or (sentence.at if sentence else None),
                next_update_sentence=sentence.sentence if sentence else "",
                until=update.until,
                retraction=Retraction(update.retracted.reason, update.retracted.at) if update.retracted else None,
                merged_from=update.merged_from or "",
                published_id=published_id if update.merged_from else "",
                line=place.line,
                corrected_at=_corrected_at(update, number, document, zone, report),
            )
        )
    return tuple(updates)


def with_dated_retractions(updates: Sequence[Update]) -> tuple[Update, ...]:
    """Updates, oldest first; a retraction without a stated time is of the time of the next update that stands."""
    found: list[Update] = []
    following: datetime | None = None
    for update in reversed(updates):
        if update.retraction is None:
            following = update.at
        elif update.retraction.at is None and following:
            update = replace(update, retraction=Retraction(update.retraction.reason, following))  # noqa: PLW2901
        found.append(update)
    return tuple(reversed(found))


def _anchor_of(notice_id: str) -> str:
    """The id of a notice with only the characters that an anchor can have."""
    return _NOT_IN_ANCHORS.sub("-", notice_id)


def _next_update(
    update: UpdateKeys, number: int, document: MarkdownDocument, zone: ZoneInfo, report: Report
) -> datetime | None:
    """The instant that the key `next_update` states; None without it, or after reporting what is wrong with it."""
    stated = update.next_update
    if stated is None:
        return None

    def place() -> Place:
        return document.source.place(find(document.facts, ("updates", number, "next_update")).index)

    if isinstance(stated, time):
        try:
            return next_time(stated, update.at, zone)
        except WrongValueError as error:
            report.error(place(), error.code, error.message, error.hint)
            return None
    if stated <= update.at:
        report.error(
            place(),
            "next-update-in-past",
            "the next update is promised for a time before this one",
            f"write a time after {formatted(update.at, zone)}",
        )
    return stated


def _corrected_at(
    update: UpdateKeys, number: int, document: MarkdownDocument, zone: ZoneInfo, report: Report
) -> datetime | None:
    """The instant that the key `corrected` states, after reporting one that is before the update."""
    if update.corrected and update.corrected < update.at:
        report.error(
            document.source.place(find(document.facts, ("updates", number, "corrected")).index),
            "corrected-before-update",
            "this update is corrected before it was published",
            f"write the time of the correction, after {formatted(update.at, zone)}",
        )
    return update.corrected
