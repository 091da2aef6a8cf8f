"""The fields of templates: each puts one fact into English words, or leaves a blank where the fact is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import Interval

    from .facts import MessageFacts

_WORDS_OF_STATUS = {
    ComponentStatus.MAJOR_OUTAGE: "an outage of {}",
    ComponentStatus.PARTIAL_OUTAGE: "a partial outage of {}",
    ComponentStatus.DEGRADED_PERFORMANCE: "a problem with {}",
    ComponentStatus.UNDER_MAINTENANCE: "maintenance of {}",
}
"""They fit names in the singular and in the plural."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of templates."""

    description: str
    """What it is replaced by, for the guide and for error messages."""
    blank: str
    """What stands in its place where the fact is not known, without the brackets."""
    words: Callable[[MessageFacts], str]
    """The fact in words; empty where it is not known."""


def filled(name: str, facts: MessageFacts) -> str:
    """What a field is replaced by."""
    field = FIELDS[name]
    known = field.words(facts).replace("[", r"\[")  # a name with brackets is no blank
    return known or f"[{field.blank}]"


def listed(items: Iterable[str]) -> str:
    """`A, B and C`."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def duration_in_words(duration: timedelta) -> str:
    """The two largest units: `1 hour 38 minutes`, `2 days 3 hours`; `less than a minute` below that."""
    minutes = duration // timedelta(minutes=1)
    days, hours = minutes // 1440, minutes // 60 % 24
    counts = {"day": days, "hour": hours, "minute": 0 if days else minutes % 60}
    units = [f"{count} {unit}{'s' * (count != 1)}" for unit, count in counts.items() if count]
    return " ".join(units) or "less than a minute"


def time_in_words(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`14:30 WAT`; with the day in front where that is not the day of `now`, and the year where that is another."""
    local, today = instant.astimezone(zone), now.astimezone(zone)
    clock = f"{local:%H:%M %Z}"
    return clock if local.date() == today.date() else f"{_day(local, today)}, {clock}"


def period_in_words(period: Interval, zone: ZoneInfo, now: datetime) -> str:
    """`from 11:20 to 12:58 WAT`, `on Sunday 6 December from 02:00 to 04:00 WAT`, or with a day before each time."""
    start, end, today = (instant.astimezone(zone) for instant in (period.start, period.end, now))
    if start.date() != end.date():
        first, last = f"{_day(start, today)}, {start:%H:%M %Z}", f"{_day(end, today)}, {end:%H:%M %Z}"
        return f"from {first} to {last}"
    letters = "" if start.tzname() == end.tzname() else f"{start: %Z}"
    clocks = f"from {start:%H:%M}{letters} to {end:%H:%M %Z}"
    return clocks if start.date() == today.date() else f"on {_day(start, today)} {clocks}"


def _day(local: datetime, today: datetime) -> str:
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local:%A} {local.day} {local:%B}{year}"


def _components(facts: MessageFacts) -> str:
    return listed(facts.components) if facts.components else ""


def _states(facts: MessageFacts) -> str:
    """What is wrong with which components, the worst first."""
    found = []
    for status, words in _WORDS_OF_STATUS.items():
        names = [name for name, state in facts.components.items() if state is status]
        if names:
            found.append(words.format(listed(names)))
    separator = ", and " if any(" and " in words for words in found) else " and "
    return separator.join([", ".join(found[:-1]), found[-1]]) if found[1:] else "".join(found)


def _time(instant: datetime | None, facts: MessageFacts) -> str:
    return time_in_words(instant, facts.timezone, facts.update.at) if instant else ""


def _next_update(facts: MessageFacts) -> str:
    """A time of day alone is the next one, also after midnight: the day is added only where it is another."""
    due, now = facts.update.next_update_at, facts.update.at
    if due and now < due < now + _DAY:
        return f"{due.astimezone(facts.timezone):%H:%M %Z}"
    return _time(due, facts)


def _planned_end(facts: MessageFacts) -> datetime | None:
    return facts.update.until or (facts.schedule.end if facts.schedule else None)


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "title": Field(
            description="the title of the notice",
            blank="title",
            words=lambda facts: facts.title,
        ),
        "components": Field(
            description="the components by their full names: Card payments and Webhooks",
            blank="what is affected",
            words=_components,
        ),
        "states": Field(
            description="what is wrong with them: an outage of Card payments and a problem with Webhooks",
            blank="what is wrong",
            words=_states,
        ),
        "started": Field(
            description="when it began: 14:30 WAT; on another day Monday 6 April, 14:30 WAT",
            blank="when it began",
            words=lambda facts: _time(facts.period.start if facts.period else None, facts),
        ),
        "ended": Field(
            description="when it ended, or the time of the update",
            blank="when it ended",
            words=lambda facts: _time(facts.period.end if facts.period else None, facts),
        ),
        "period": Field(
            description="from when to when: from 11:20 to 12:58 WAT; of maintenance the plan, until it is completed",
            blank="from when to when",
            words=lambda facts: period_in_words(facts.period, facts.timezone, facts.update.at) if facts.period else "",
        ),
        "duration": Field(
            description="how long that period is: 1 hour 38 minutes",
            blank="how long",
            words=lambda facts: duration_in_words(facts.duration) if facts.duration is not None else "",
        ),
        "time": Field(
            description="the time of the update: 15:04 WAT",
            blank="time",
            words=lambda facts: _time(facts.update.at, facts),
        ),
        "next_update": Field(
            description="when the next update comes: 15:30 WAT",
            blank="time of the next update",
            words=_next_update,
        ),
        "until": Field(
            description="when maintenance is planned to end, as this update has it",
            blank="when the work ends",
            words=lambda facts: _time(_planned_end(facts), facts),
        ),
        "planned_until": Field(
            description="when it was planned to end before this update",
            blank="when the work was to end",
            words=lambda facts: _time(facts.schedule.end if facts.schedule else None, facts),
        ),
        "upstream": Field(
            description="the name of the supplier at fault, as the file has it: Tidewire",
            blank="name of the supplier",
            words=lambda facts: facts.upstream.name if facts.upstream else "",
        ),
        "upstream_page": Field(
            description="the address of their page about it",
            blank="address of their status page",
            words=lambda facts: (facts.upstream.link or "") if facts.upstream else "",
        ),
        "page": Field(
            description="the address of the page of the notice",
            blank="address of the page",
            words=lambda facts: facts.address,
        ),
    }
)
"""By name, in the order of the guide."""
