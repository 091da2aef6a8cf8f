"""Rules over the former public versions of a file and the present one: addresses stay, and changes are announced.

What git knows never decides an id or an address: both come from the file alone, so that a shallow clone, or a build
without git, has the same ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.model import IncidentStatus, Maintenance, MaintenanceStatus

from ..format.instants import formatted
from ..problems import Severity
from ..revisions import announces, changed_facts, facts_of, successors_of
from ..source import START, problem_at
from ..suggestions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mkdocs_incidents.model import Notice, Update

    from ..incident_file import NoticeFile
    from ..problems import Problem
    from ..revisions import PublicVersion, VersionReader


def check_revisions(
    file: NoticeFile, versions: Sequence[PublicVersion], reader: VersionReader, now: datetime
) -> Iterator[Problem]:
    """What the present version of a public file breaks of its former public ones, given oldest first."""
    if file.draft or not file.notice.known_by(now):
        return
    yield from aliases_are_of_the_same_notice(file, reader)
    yield from ids_of_notices_stay(file, versions, reader)
    yield from ids_of_updates_stay(file, versions)
    if not file.notice.retraction:
        yield from changed_facts_are_announced(file, versions)


def check_deleted(shown: str, last: PublicVersion) -> Problem:
    """That a file, shown to its author as `shown`, was public and is gone."""
    problem = problem_at(
        shown,
        Severity.WARNING,
        START,
        "notice-removed",
        f"this file was public in the version of {_day(last)} and is gone: /incidents/{last.notice.id}/ leads nowhere, "
        "and nobody who read it is told",
        f"type git checkout {last.commit[:10]} -- {shown}; if it was a mistake, add retracted: and the reason. If it "
        f"was renamed, write in the new file aliases: [{last.notice.id}]; if it became part of a file that was public "
        f"beside it, write there merged: [{last.notice.id}]",
    )
    return replace(problem, timed=True)


def aliases_are_of_the_same_notice(file: NoticeFile, reader: VersionReader) -> Iterator[Problem]:
    """An alias is a former id of this very notice: feeds and calendars know it by the first one."""
    present = file.notice
    others = reader.merged_as_aliases(file)
    kept = [name for name in present.aliases if name not in others]
    merged = [*present.merged, *(name for name in present.aliases if name in others)]
    for number, name in enumerate(present.aliases):
        if name in others:
            yield file.warning(
                file.place("aliases", number),
                "alias-of-merged-notice",
                f"{quoted(name)} was another notice beside this one, in the version of {_day(others[name])}: it was "
                "merged, not renamed"
                + (", and feeds and calendars take this notice for that one" if number == 0 else ""),
                f"write merged: [{', '.join(merged)}]"
                + (f" and aliases: [{', '.join(kept)}]" if kept else " in place of aliases:"),
            )


def ids_of_notices_stay(
    file: NoticeFile, versions: Sequence[PublicVersion], reader: VersionReader
) -> Iterator[Problem]:
    """A notice keeps the id under which it was first public; others that it had lead to it."""
    present = file.notice
    led_here = {
        name: version for version in reversed(versions) for name in (version.notice.id, *version.notice.former_ids)
    }
    lost = {name: version for name, version in led_here.items() if not reader.is_reachable(name)}
    if not lost:
        return
    own = dict.fromkeys(name for version in versions for name in (*version.notice.aliases, version.notice.id))
    first = min(lost, key=lambda name: lost[name].order)
    day = _day(lost[first])
    yield file.warning(
        file.place("id") if file.keys.id else START,
        "notice-address-changed",
        f"its address was /incidents/{first}/ in the version of {day}: links to it lead nowhere, and feeds have its "
        "entries twice"
        if first in own
        else f"/incidents/{first}/ led here in the version of {day} and leads nowhere now",
        _keys_with(present, own, lost.keys()),
    )


def _keys_with(present: Notice, own: Iterable[str], lost: AbstractSet[str]) -> str:
    """What to write so that all ids in `lost` lead to a notice, which keeps the first of its `own`, oldest first."""
    older = list(takewhile(lambda name: name != present.id, own))
    renamed = [name for name in older if name in lost or name in present.aliases]
    aliases = [*(name for name in present.aliases if name not in renamed), *renamed]
    merged = [*present.merged, *sorted(name for name in lost if name not in renamed)]
    keys = {"aliases": aliases if lost & set(renamed) else [], "merged": merged if lost - set(renamed) else []}
    lists = " and ".join(f"{key}: [{', '.join(names)}]" for key, names in keys.items() if names)
    return f"write {lists}" if present.aliases or not renamed else f"write id: {renamed[0]}, or {lists} to keep both"


def ids_of_updates_stay(file: NoticeFile, versions: Sequence[PublicVersion]) -> Iterator[Problem]:
    """An update stays, with the id under which it was first public."""
    for history in _histories(file.notice.updates, versions):
        if history.present and history.former and history.present.id != history.former[-1][1].id:
            yield _address_changed(file, history.present, history.former)
        elif history.present is None and not any(
            history.former[0][1].repeats(update) for update in file.notice.updates
        ):
            yield _removed(file, *history.former[0])


class _UpdateHistory(NamedTuple):
    """An update through the versions of its file."""

    present: Update | None
    """None if it is gone."""
    former: list[tuple[PublicVersion, Update]]
    """The newest first."""


def _histories(present: Sequence[Update], versions: Sequence[PublicVersion]) -> list[_UpdateHistory]:
    """Each update that is or was public."""
    histories = [_UpdateHistory(update, []) for update in present]
    by_id = {update.id: history for update, history in zip(present, histories, strict=True)}
    following, by_following_id = present, by_id
    for version in reversed(versions):
        updates = version.notice.updates
        next_ones, last_ones = successors_of(updates, following), successors_of(updates, present)
        found = {}
        for update in updates:
            if update.id in next_ones:
                history = by_following_id[next_ones[update.id].id]
            elif update.id in last_ones:  # it was gone for a while
                history = by_id[last_ones[update.id].id]
            else:
                history = _UpdateHistory(None, [])
                histories.append(history)
            history.former.append((version, update))
            found[update.id] = history
        following, by_following_id = updates, found
    return histories


def _address_changed(file: NoticeFile, present: Update, former: Sequence[tuple[PublicVersion, Update]]) -> Problem:
    number = file.notice.updates.index(present)
    version, first = former[-1]
    hint = f"write id: {first.id}"
    if first.id in {update.id for update in file.notice.updates}:
        hint += ", and another id: in the update that has it now"
    elif sum(update.id == present.id for _, update in former) > 1:
        hint += f"; if by now links lead to #{present.id}, leave it and write accepted: [update-address-changed]"
    return file.warning(
        file.update_place(number, "id" if file.keys.updates[file.order[number]].id else "at"),
        "update-address-changed",
        f"its address was #{first.id} in the version of {_day(version)}: links to it lead nowhere, and feeds have it "
        "twice",
        hint,
    )


def _removed(file: NoticeFile, version: PublicVersion, former: Update) -> Problem:
    at = formatted(former.at, file.notice.timezone)
    return file.warning(
        file.key_place("updates"),
        "update-removed",
        f"the update of {at}, public in the version of {_day(version)}, is gone: links to #{former.id} lead nowhere, "
        "and nobody who read it is told",
        f"put it back (git show {version.commit[:10]}:./{_shown(file, version)} prints that version) and say in a new "
        f"update what is wrong with it; if another update took its place, write there id: {former.id}",
    )


def _shown(file: NoticeFile, version: PublicVersion) -> str:
    """The path of a version as its author would type it."""
    return file.document.source.path.removesuffix(file.notice.source) + version.path


def changed_facts_are_announced(file: NoticeFile, versions: Sequence[PublicVersion]) -> Iterator[Problem]:
    """What a notice states at its top changes with an update that says so."""
    present = file.notice

    def has_same_publications(version: PublicVersion) -> bool:
        former = version.notice
        return not announces(former, present, successors_of(former.updates, present.updates))

    since_last_publication = list(takewhile(has_same_publications, reversed(versions)))
    if not since_last_publication:
        return
    former = since_last_publication[-1].notice
    names = changed_facts(former, present)
    if "scheduled.from" in names:  # the whole plan moved
        names = tuple(name for name in names if name != "scheduled.until")
    for name in names:
        yield file.warning(
            file.key_place(*name.split(".", 1)),
            "changed-without-update",
            f"{_change(name, former, present)}, and no update says so",
            f"add an update with status: {_next_status(present)} that says so; if it only corrects a typing error, "
            "write accepted: [changed-without-update]",
        )


def _change(name: str, former: Notice, present: Notice) -> str:
    """`the plan moved from 2026-11-26 01:00 to 2026-12-03 01:00`."""
    before, after = facts_of(former)[name], facts_of(present).get(name)
    key, _, rest = name.partition(".")
    if key == "scheduled":
        subject, verb = "the plan" if rest == "from" else "the planned end", "moved"
    else:
        subject, verb = rest or f"{key}:", "was changed"
    if after is None:
        return f"{subject} was {_value(before, present)} and is no longer stated"
    return f"{subject} {verb} from {_value(before, present)} to {_value(after, present)}"


def _value(value: object, notice: Notice) -> str:
    return formatted(value, notice.timezone) if isinstance(value, datetime) else str(value)


def _next_status(notice: Notice) -> str:
    """The status of the last update, or the first that a notice can have."""
    if notice.updates:
        return notice.updates[-1].status
    if isinstance(notice, Maintenance):
        return MaintenanceStatus.SCHEDULED
    return IncidentStatus.INVESTIGATING if notice.ended_at is None else IncidentStatus.RESOLVED


def _day(version: PublicVersion) -> str:
    """The day on which a version was committed, on the clocks of its notice."""
    return str(version.at.astimezone(version.notice.timezone).date())
