"""Runs the rules over the model, for one file and between files, and leaves out the warnings that a file accepts.

One function a rule; its docstring is the rule. A postmortem whose first update did come late can say so honestly and
still be built strict: `accepted: [late-first-word]`. Errors cannot be accepted.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from mkdocs_incidents.model import Announcement, Incident, Maintenance

from ..problems import ADVICE, RETIRED, WARNINGS, Severity
from ..source import START, composed
from ..suggestions import nearest, one_of, quoted
from . import action_items, former_ids, postmortems, retractions, times, updates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Catalog

    from ..incident_file import NoticeFile
    from ..problems import Problem

_PUBLISHED_RULES = (*times.NOTICE_RULES, *retractions.NOTICE_RULES, updates.messages_stand_alone)
"""Of every kind of notice, retracted ones included; those below are not about a retracted one."""
_NOTICE_RULES = (*postmortems.NOTICE_RULES, *action_items.NOTICE_RULES, *updates.NOTICE_RULES)
_INCIDENT_RULES = (*postmortems.INCIDENT_RULES, *updates.INCIDENT_RULES)


def check_file(file: NoticeFile, catalog: Catalog | None, now: datetime) -> Iterator[Problem]:
    """What is wrong in one file as of `now`, an aware UTC instant."""
    notice = file.notice
    for rule in _PUBLISHED_RULES:
        yield from rule(file, notice, now)
    if isinstance(notice, Incident):
        for incident_rule in times.INCIDENT_RULES:
            yield from incident_rule(file, notice, now)
    elif isinstance(notice, Maintenance):
        for maintenance_rule in times.MAINTENANCE_RULES:
            yield from maintenance_rule(file, notice, now)
    elif isinstance(notice, Announcement):
        for announcement_rule in times.ANNOUNCEMENT_RULES:
            yield from announcement_rule(file, notice, now)
    if notice.retraction is None:
        yield from _check_standing(file, catalog, now)


def _check_standing(file: NoticeFile, catalog: Catalog | None, now: datetime) -> Iterator[Problem]:
    """What is wrong in a file that was not retracted: its effects, its postmortem, what it promises."""
    notice = file.notice
    for rule in _NOTICE_RULES:
        yield from rule(file, notice, now)
    if isinstance(notice, Incident):
        for incident_rule in _INCIDENT_RULES:
            yield from incident_rule(file, notice, now)
    elif isinstance(notice, Maintenance):
        for maintenance_rule in updates.MAINTENANCE_RULES:
            yield from maintenance_rule(file, notice, now)
    if catalog:
        for catalog_rule in updates.CATALOG_RULES:
            yield from catalog_rule(file, catalog, now)


def check_together(files: Iterable[NoticeFile]) -> Iterator[Problem]:
    """What is wrong between files, drafts included: they will be public one day."""
    files = list(files)
    yield from ids_are_unique(files)
    yield from former_ids.check_together(files)


def ids_are_unique(files: Iterable[NoticeFile]) -> Iterator[Problem]:
    """No two files have one id, nor ids that differ only in case: their pages would overwrite each other."""
    files = list(files)
    first: dict[str, NoticeFile] = {}
    taken = {composed(file.id) for file in files}
    for file in files:
        earlier = first.setdefault(composed(file.id), file)
        if earlier is file:
            continue
        place = file.place("id") if file.keys.id else START
        same = file.id == earlier.id
        difference = "has the same id" if same else f"has the id '{earlier.id}', which differs only in case"
        free = next(name for n in count(2) if composed(name := f"{file.id}-{n}") not in taken)
        write = f"write {free}" if file.keys.id else f"add a line id: {free}"
        yield file.error(
            place,
            "duplicate-id",
            f"{earlier.path} {difference}",
            f"{write}; if this file is published, give the other one another id instead",
        )


def without_accepted(file: NoticeFile, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file without the warnings and the advice that it accepts."""
    accepted = set(file.accepted)
    return [p for p in problems if p.severity is Severity.ERROR or p.code not in accepted]


def unknown_codes(file: NoticeFile) -> Iterator[Problem]:
    """An error for each accepted code that is no warning or advice of this or a former version."""
    for number, code in enumerate(file.accepted):
        if code not in WARNINGS and code not in ADVICE and code not in RETIRED:
            near = nearest(code, WARNINGS)
            hint = f"write {near}" if near else one_of(WARNINGS)
            yield file.error(file.place("accepted", number), "unknown-code", f"{quoted(code)} is no warning", hint)
