"""Rules about action items: their owners, their due dates, and what became of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind

from ..format.instants import why_not_a_day
from ..markdown_lines import read_lines
from ..postmortem.language_tables import section_title
from ..source import Place
from ..suggestions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import ActionItem, Notice

    from ..incident_file import NoticeFile
    from ..problems import Problem


_OTHER_DAY = re.compile(r"(?<![\d.])\d{1,2}[./-]\d{1,2}[./-]\d{4}(?![\d.-])")
_BOX = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX]?\]\s")
_KNOWN = frozenset(SectionKind) - {SectionKind.OTHER}


def boxes_stand_in_a_list_of_action_items(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A published postmortem has no list of boxes below a heading that is no name of a section.

    Nobody is misled by one that is no list of promises, so that is a reminder.
    """
    if not notice.postmortem or notice.postmortem.published_at is None:
        return
    title = section_title(SectionKind.ACTION_ITEMS, file.language)
    for part, kind in file.body.parts_within(_KNOWN):
        lines = read_lines(part.markdown) if kind is SectionKind.OTHER and "]" in part.markdown else None
        pairs = enumerate(zip(lines.texts, lines.prose, strict=True)) if lines else ()
        first = next((number for number, (text, prose) in pairs if prose and _BOX.match(text)), None)
        if first is not None:
            below = f"below {quoted(part.heading)}" if part.level else "above the first heading"
            yield file.reminder(
                Place(file.body.line(part, first), 1),
                "boxes-not-read",
                f"the list of boxes {below} is not read: nothing says that these are promises",
                f"if they are, write ## {title} above them; if not, add accepted: [boxes-not-read] at the top",
            )


def action_items_have_an_owner_and_a_due_date(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """Every open action item of a published postmortem has an owner and a due date."""
    for item in _published(notice):
        if item.done or item.dropped or (item.owners and item.due):
            continue
        if not item.due and (written := _OTHER_DAY.search(item.text)):
            error = why_not_a_day(written[0])
            message = f"{quoted(item.text)} has no due date: {error.message}"
            yield file.warning(Place(item.line, 1), "action-item-open-ended", message, error.hint)
            continue
        missing, add = [], []
        if not item.owners:
            missing.append("owner")
            add.append("@team")
        if not item.due:
            missing.append("due date")
            add.append("due YYYY-MM-DD")
        yield file.warning(
            Place(item.line, 1),
            "action-item-open-ended",
            f"{quoted(item.text)} has no {' and no '.join(missing)}",
            f"write ({', '.join(add)}) behind it, with your own team and day",
        )


def action_items_are_not_overdue(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """No open action item of a published postmortem is past its due date."""
    postmortem = notice.postmortem
    if not postmortem or postmortem.published_at is None or postmortem.published_at > now:
        return
    today = now.astimezone(notice.timezone).date()
    for item in postmortem.action_items:
        if item.overdue_on(today):
            yield file.reminder(
                Place(item.line, 1),
                "promise-overdue",
                f"{quoted(item.text)} was due {item.due}",
                "when it is done, write [x] before it and behind it done YYYY-MM-DD, the day on which it was; if it "
                "will not be done, write [-] and dropped YYYY-MM-DD: why; else give it a new day, and say so there",
            )


def ended_action_items_have_a_date_and_a_reason(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A dropped action item has a reason and a day, a done one a day.

    Without the day nobody is misled, so that is a reminder; but it stays unknown whether the item was done in time.
    """
    for item in _published(notice):
        place = Place(item.line, 1)
        if item.dropped and not item.dropped_because:
            yield file.warning(
                place,
                "action-item-no-reason",
                f"{quoted(item.text)} is dropped, and nobody is told why",
                f"write dropped {item.dropped_at or 'YYYY-MM-DD'}: why, last in the brackets behind it",
            )
        elif item.dropped and not item.dropped_at:
            yield file.reminder(
                place,
                "action-item-undated",
                f"{quoted(item.text)} does not say on which day it was dropped, so subscribers are not told",
                "write the day on which it was before the reason: dropped YYYY-MM-DD: …",
            )
        elif item.done and not item.dropped and not item.done_at:
            share = ", and it does not count as kept in time" if item.due else ""
            yield file.reminder(
                place,
                "action-item-undated",
                f"{quoted(item.text)} does not say on which day it was done, so subscribers are not told{share}",
                "add done YYYY-MM-DD, the day on which it was, to the brackets behind it",
            )


def action_items_end_on_a_plausible_day(file: NoticeFile, notice: Notice, now: datetime) -> Iterator[Problem]:
    """No action item is done or dropped before the incident begins, or in the future."""
    zone = notice.timezone
    today, began = now.astimezone(zone).date(), notice.begins_at.astimezone(zone).date()
    for item in _published(notice):
        for outcome, day in (("done", item.done_at), ("dropped", item.dropped_at)):
            if day and day > today:
                yield file.warning(
                    Place(item.line, 1),
                    "in-the-future",
                    f"{quoted(item.text)} is {outcome} {day}, which is still to come",
                    "correct the day" + (", or write [ ] until then: it counts as open" if outcome == "done" else ""),
                )
            elif day and day < began:
                yield file.warning(
                    Place(item.line, 1),
                    "done-before-start",
                    f"{quoted(item.text)} is {outcome} {day}, before the incident began on {began}",
                    "correct the day, or say in the text what had been there before",
                )


def action_items_differ(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """No two action items of a published postmortem have the same text, which identifies them in pages and feeds."""
    first: dict[str, ActionItem] = {}
    for item in _published(notice):
        earlier = first.setdefault(item.identity, item)
        if earlier is not item:
            yield file.warning(
                Place(item.line, 1),
                "duplicate-action-item",
                f"{quoted(item.text)} is promised in line {earlier.line} already, in the same words",
                "keep one of them, with all owners: (@Payments team, @Platform team); or say what is different",
            )


def _published(notice: Notice) -> tuple[ActionItem, ...]:
    """The action items of a postmortem that has a date of publication."""
    postmortem = notice.postmortem
    return postmortem.action_items if postmortem and postmortem.published_at else ()


NOTICE_RULES = (
    boxes_stand_in_a_list_of_action_items,
    action_items_have_an_owner_and_a_due_date,
    action_items_are_not_overdue,
    ended_action_items_have_a_date_and_a_reason,
    action_items_end_on_a_plausible_day,
    action_items_differ,
)
