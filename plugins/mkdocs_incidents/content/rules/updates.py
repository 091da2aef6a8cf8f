"""Rules about what a notice says: its components, its updates, its end."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_incidents.model import TOLERANCE, ComponentStatus, IncidentStatus, MaintenanceStatus

from ..format.instants import formatted
from ..yaml.nodes import Mapping, find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from mkdocs_incidents.model import Catalog, Incident, Maintenance, Notice, Update

    from ..incident_file import NoticeFile
    from ..problems import Problem
    from ..source import Place

_RELATIVE = re.compile(r"\]\(\s*<?(?P<address>(?!#|[a-zA-Z][a-zA-Z0-9+.-]*:)[^)\s>]+)")
SILENCE = timedelta(minutes=30)
"""How long users may wait for the first update."""


def severity_is_known(file: NoticeFile, incident: Incident, _: datetime) -> Iterator[Problem]:
    """An incident has components, or states its impact."""
    if incident.stated_impact is None and not incident.touched_components:
        yield file.warning(
            file.place(),
            "impact-unknown",
            "neither components: nor impact: says what users feel",
            "add components: with a line for each, its state behind a colon; or impact: with minor, major or critical",
        )


def the_first_update_comes_soon(file: NoticeFile, incident: Incident, now: datetime) -> Iterator[Problem]:
    """The first update of an incident is public within half an hour; of a backfilled one nobody knows."""
    if incident.backfilled:
        return
    if incident.updates and incident.updates[0].at <= now + TOLERANCE:  # a retracted one was public, too
        waited = incident.published_at - incident.started_at
        embargoed = incident.published_at > incident.updates[0].at
        if waited > SILENCE:
            yield file.warning(
                file.place("publish") if embargoed else file.update_place(0, "at"),
                "late-first-word",
                f"the first public update {'came' if incident.published_at <= now else 'comes'} "
                f"{_minutes(waited)} after the start",
                "say in the postmortem why",
            )
    elif file.draft or incident.publish_at:
        return  # it is not public yet
    elif incident.ongoing and now - incident.started_at > SILENCE:
        yield file.reminder(
            file.place("started"),
            "late-first-word",
            f"it started {_minutes(now - incident.started_at)} ago, and nothing has been said in public",
            "tell users what you know: add an update with at:, status: and message:",
        )


def promised_updates_are_given(file: NoticeFile, incident: Incident, now: datetime) -> Iterator[Problem]:
    """While an incident is open, the next update comes when it was promised."""
    published = [(n, update) for n, update in _standing(incident) if update.at <= now + TOLERANCE]
    if not published:
        return
    ended = incident.resolved_at
    number, last = published[-1]
    promised = last.next_update_at
    if (ended is None or ended > now) and promised and promised < now:
        where = ("next_update",) if file.keys.updates[file.order[number]].next_update else ("message",)
        yield file.reminder(
            file.update_place(number, *where),
            "promise-not-kept",
            f"the next update was promised for {formatted(promised, incident.timezone)} and has not come",
            "tell users what you know: add an update with at:, status: and message:",
        )


def resolved_incidents_end_with_a_closing_update(
    file: NoticeFile, incident: Incident, now: datetime
) -> Iterator[Problem]:
    """The last update of a resolved incident has the status `resolved`."""
    stated = incident.stated_resolved_at
    if stated and stated <= now and incident.standing_updates:
        number, last = _standing(incident)[-1]
        # an error of its own
        reopened = last.at > stated and any(update.status.closes for update in incident.standing_updates)
        if not last.status.closes and not reopened:
            yield file.warning(
                file.update_place(number, "status"),
                "no-closing-update",
                f"the incident is resolved, but the last update says '{last.status}'",
                "add an update with status: resolved",
            )


def planned_work_keeps_its_time(file: NoticeFile, work: Maintenance, now: datetime) -> Iterator[Problem]:
    """Planned work with a running status is not past its planned end."""
    if not work.standing_updates:
        return
    number, last = _standing(work)[-1]
    if MaintenanceStatus(last.status).running and work.expected_until < now:
        yield file.reminder(
            file.update_place(number, "status"),
            "maintenance-overdue",
            f"the work is said to be running, but was to end at {formatted(work.expected_until, work.timezone)}",
            "add an update with status: completed, or one with until: and the new end",
        )


def closing_updates_leave_nothing_broken(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """From the update that ends a notice, and from the end that a file states, every component is operational."""
    standing = _standing(notice)
    for index, (number, update) in enumerate(standing):
        closes = update.status.closes
        if not closes and (notice.schedule or notice.ended_at is None or update.at <= notice.ended_at):
            continue
        if not closes and any(later.status.closes and later.at == update.at for _, later in standing[index + 1 :]):
            continue  # in the minute of the end, but before it
        for position, status in enumerate(update.components.values()):
            if status is ComponentStatus.OPERATIONAL:
                continue
            name, place = _named_in_update(file, number, position)
            if closes:
                earlier = MaintenanceStatus.VERIFYING if notice.schedule else IncidentStatus.MONITORING
                message = f"'{update.status}' leaves nothing broken, but this update says that {name} is in {status}"
                hint = f"write status: {earlier} if it is not over yet; if it is, leave {name} out"
            else:
                message = f"{name} is said to be in {status}, but resolved: says that all was over by then"
                hint = f"correct resolved: if it was not over yet; if it was, leave {name} out"
            yield file.error(place, "broken-after-end", message, hint)


def _named_in_update(file: NoticeFile, number: int, position: int) -> tuple[str, Place]:
    """The name that an update uses for the component at a position, from 0, of its list, and where it stands."""
    path = ("updates", file.order[number], "components")
    node = find(file.document.facts, path)
    if isinstance(node, Mapping):
        name = list(node.keys)[position]
        return name, file.key_place(*path, name)
    return list(file.notice.updates[number].components)[position], file.place(*path, position)


def _standing(notice: Notice) -> list[tuple[int, Update]]:
    """The updates that were not retracted, each with its number in the notice."""
    return [(number, update) for number, update in enumerate(notice.updates) if update.retraction is None]


def components_existed_then(file: NoticeFile, catalog: Catalog, now: datetime) -> Iterator[Problem]:
    """A component is in service from the begin of a notice to its end."""
    notice = file.notice
    if notice.called_off:
        return
    day = notice.begins_at.astimezone(catalog.timezone).date()
    last_day = _last_day(notice, catalog, now)
    for name in notice.touched_components:
        component = catalog.components[name]
        if component.retired and component.retired <= day:
            yield file.warning(
                _place_of(file, catalog, name),
                "component-retired",
                f"{name} was retired on {component.retired}, before this began",
                "check the date, or correct retired: in components.yml",
            )
        elif component.retired and component.retired <= last_day:
            remark = file.reminder if notice.ended_at is None else file.warning  # an open one gets there by time alone
            yield remark(
                _place_of(file, catalog, name),
                "component-retired",
                f"{name} was retired on {component.retired}, before this was over; it is shown until it is",
                "check the end, or correct retired: in components.yml",
            )
        elif component.since and day < component.since:
            yield file.warning(
                _place_of(file, catalog, name),
                "component-not-yet",
                f"{name} is in service since {component.since}, after this began",
                "check the date, or correct since: in components.yml",
            )


def _last_day(notice: Notice, catalog: Catalog, now: datetime) -> date:
    """The day in the catalogue's zone on which a notice ended or is to end; for an open one that of `now`."""
    end = max(notice.begins_at, now if notice.ended_at is None else notice.ended_at - timedelta.resolution)
    return end.astimezone(catalog.timezone).date()


def _place_of(file: NoticeFile, catalog: Catalog, component: str) -> Place:
    """Where the component is named first, by whatever name."""
    paths: list[tuple[int | str, ...]] = [("components",)]
    paths += [("updates", number, "components") for number in range(len(file.order))]
    for path in paths:
        node = find(file.document.facts, path)
        for typed in node.keys if isinstance(node, Mapping) else ():
            if catalog.ids.get(typed) == component:
                return file.key_place(*path, typed)
    return file.place("components", component)


def _minutes(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:  # noqa: PLR2004  two hours
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004  two days


def messages_stand_alone(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """A link or picture in a message has its full address: a message stands on several pages, and in feeds."""
    for number, update in enumerate(notice.updates):
        for found in _RELATIVE.finditer(update.message):
            yield file.warning(
                file.update_place(number, "message"),
                "link-not-full",
                f"'{found['address']}' leads nowhere from a feed",
                "write the full address, from https:// on",
            )


def updates_stand_once(file: NoticeFile, notice: Notice, _: datetime) -> Iterator[Problem]:
    """No update has the status and the words of the one before it, within minutes."""
    for number, (before, update) in enumerate(pairwise(notice.updates), 1):
        if update.repeats(before):
            yield file.warning(
                file.update_place(number),
                "duplicate-update",
                f"this update stands twice: line {before.line} has its status and words, and feeds have both",
                "delete one of the two",
            )


def planned_work_is_announced(file: NoticeFile, work: Maintenance, _: datetime) -> Iterator[Problem]:
    """Planned work has an update or `publish`: otherwise feeds cannot announce it before it begins."""
    if not work.updates and not work.publish_at and not work.backfilled:
        yield file.warning(
            file.place("scheduled"),
            "maintenance-unannounced",
            "nothing says when this work was announced, so feeds tell of it only when it begins",
            "add an update with status: scheduled and what users will notice",
        )


NOTICE_RULES = (closing_updates_leave_nothing_broken, updates_stand_once)
INCIDENT_RULES = (
    severity_is_known,
    the_first_update_comes_soon,
    promised_updates_are_given,
    resolved_incidents_end_with_a_closing_update,
)
MAINTENANCE_RULES = (planned_work_is_announced, planned_work_keeps_its_time)
CATALOG_RULES = (components_existed_then,)
