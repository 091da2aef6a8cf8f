"""The updates of a file → Updates: their permanent ids, and when each announces the next one."""

from __future__ import annotations

from collections import Counter
from datetime import time
from typing import TYPE_CHECKING

from ..model import Update
from .instants import next_time, told
from .postmortem.next_update import stated_next_update
from .wrong import WrongValueError
from .yaml_nodes import find

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from .frontmatter import Document
    from .schema import UpdateKeys
    from .source import Place, Report


def read_updates(keys: list[UpdateKeys], document: Document, zone: ZoneInfo, report: Report) -> tuple[Update, ...]:
    """The updates in the order of the file, which need not be that of time."""
    updates = []
    named: dict[str, int] = {}
    seen_at: Counter[datetime] = Counter()
    for number, update in enumerate(keys):
        place = document.source.place(find(document.facts, ("updates", number)).index)
        seen_at[update.at] += 1
        identifier = update.id or _id_of(update.at, seen_at[update.at])
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
                line=place.line,
            )
        )
    return tuple(updates)


def _id_of(at: datetime, count: int) -> str:
    # As `%Y%m%d-%H%M` gives it, at a fifth of the cost: a history has thousands of updates.
    stamp = f"{at.year:04}{at.month:02}{at.day:02}-{at.hour:02}{at.minute:02}"
    stamp += f"{at.second:02}" if at.second else ""
    return f"update-{stamp}-{count}" if count > 1 else f"update-{stamp}"


def _next_update(
    update: UpdateKeys, number: int, document: Document, zone: ZoneInfo, report: Report
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
            f"write a time after {told(update.at, zone)}",
        )
    return stated
