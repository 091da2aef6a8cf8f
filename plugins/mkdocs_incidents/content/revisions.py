"""What each version of a notice had published, and what a later one changed of it.

A change is one that readers can see: of words, of facts, of times. Line endings, comments, internal notes, the order of
keys, the state of an action item and additions are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_incidents.model import Incident, Maintenance, RevisionSummary

from .incident_file import read_incident_file
from .internal_notes import PublicText, without_comments
from .postmortem.sections import ITEM_MARK
from .source import Report, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mkdocs_incidents.git_history import FileVersion, FolderHistory
    from mkdocs_incidents.model import Notice, Postmortem, Update

    from .catalog_file import CatalogFile
    from .incident_file import NoticeFile

_MARK_OF_ITEM, _, _ = ITEM_MARK.partition("{")
_BOX = re.compile(r"\[[ xX-]\]|[☐☑✅]")
_BULLET = re.compile(r"^[-*+] ")
_WORD = re.compile(r"\w")
_BEGINS_BLOCK = re.compile(r"(?:[-*+]|\d+[.)])\s|[|>#]")


class PublicVersion(NamedTuple):
    """A version of a file that was public."""

    notice: Notice
    """As it was when the next version replaced it."""
    at: datetime
    """UTC instant of its commit."""
    commit: str
    path: str
    """Below the content folder."""
    order: int
    """The number of its commit."""


class VersionReader:
    """The public versions of files. Versions that cannot be read, drafts, and what was under embargo are left out."""

    def __init__(
        self,
        history: FolderHistory,
        files: Sequence[NoticeFile],
        deleted: Iterable[str],
        known: CatalogFile,
        now: datetime,
    ) -> None:
        self.history = history
        self._known = known
        self._now = now
        self._found: dict[str, tuple[PublicVersion, ...]] = {}
        self.deleted = {path: found for path in sorted(deleted) if (found := self._public(path))}
        """The public versions of files that are no longer there, by path, each with one at least."""
        self._owners = {name: file for file in files for name in (*file.notice.former_ids, file.notice.id)}
        places = [(path, found[0].notice) for path, found in self.deleted.items()]
        places += [(file.notice.source, file.notice) for file in files]
        moves = {path: self._moved(path, found[-1].notice, places) for path, found in self.deleted.items()}
        self._moved_to = {path: _end_of(path, moves) for path in moves}
        """The path of the notice that a deleted file held; None where there is none, or it was merged into another."""

    def versions_of(self, file: NoticeFile) -> tuple[PublicVersion, ...]:
        """Oldest first, with those under former paths; empty where git knows of none."""
        path = file.notice.source
        former = [found for name, found in self.deleted.items() if self._moved_to[name] == path]
        return tuple(sorted(chain(*former, self._public(path)), key=lambda version: version.order))

    def removed(self) -> Iterator[tuple[str, PublicVersion]]:
        """The path and the last version of each file that the last commit, or a change since, deleted for good."""
        for path, found in self.deleted.items():
            if (
                self._moved_to[path] is None
                and found[-1].notice.id not in self._owners
                and self._deleting(path) in {None, self.history.last_commit}
            ):
                yield path, found[-1]

    def merged_as_aliases(self, file: NoticeFile) -> Mapping[str, PublicVersion]:
        """The aliases of a file that were notices of their own while its id was public, with their last versions."""
        return {
            found[-1].notice.id: found[-1]
            for path, found in self.deleted.items()
            if found[-1].notice.id in file.notice.aliases and self._was_beside(path, file)
        }

    def is_reachable(self, name: str) -> bool:
        """Whether an id is that of a present notice, or leads to one."""
        return name in self._owners

    def _moved(self, path: str, former: Notice, places: Iterable[tuple[str, Notice]]) -> str | None:
        """The next path of the notice that a deleted file held: that with its id, else the one added in its place.

        None where there is none, or several, or where it was merged into another one.
        """
        if owner := self._owners.get(former.id):
            is_another_one = former.id in owner.notice.merged or self._was_beside(path, owner)
            return None if is_another_one else owner.notice.source
        added = [
            place
            for place, notice in places
            if self._deleting(path) in self._adding(place)
            and (notice.kind, notice.begins_at) == (former.kind, former.begins_at)
        ]
        return added[0] if len(added) == 1 else None

    def _was_beside(self, path: str, file: NoticeFile) -> bool:
        """Whether the id of a file was public, at whatever path, before the file at `path` with another id was gone."""
        if self.deleted[path][-1].notice.id == file.notice.id:
            return False
        last = self.history.versions[path][-1]
        return any(
            version.notice.id == file.notice.id and (bool(last.blob) or version.order < last.order)
            for version in chain(self._public(file.notice.source), *self.deleted.values())
        )

    def _adding(self, path: str) -> set[str | None]:
        """The commits that added a file, again if it was gone; None if it is there, but not committed."""
        versions = self.history.versions.get(path, ())
        blobs = ["", *(version.blob for version in versions)]
        added: set[str | None] = {
            version.commit for before, version in zip(blobs, versions, strict=False) if not before
        }
        return added if blobs[-1] or path in self.deleted else {*added, None}

    def _deleting(self, path: str) -> str | None:
        """The commit that deleted a file; None if that is not committed."""
        last = self.history.versions[path][-1]
        return None if last.blob else last.commit

    def summary_of(self, file: NoticeFile, versions: Sequence[PublicVersion]) -> RevisionSummary | None:
        """The edits of a file; None where its history is not known, or is incomplete."""
        known = self.history.complete and file.notice.source in self.history.versions
        return revision_summary(versions) if known else None

    def _public(self, path: str) -> tuple[PublicVersion, ...]:
        """The public versions of the file at a path."""
        if path not in self._found:
            self._found[path] = tuple(self._read(path))
        return self._found[path]

    def _read(self, path: str) -> Iterator[PublicVersion]:
        versions = self.history.versions.get(path, ())
        for number, version in enumerate(versions):
            following = versions[number + 1].at if number + 1 < len(versions) else self._now
            file = self._file(path, version)
            public_at = max(following, version.at)
            if file and not file.draft and file.notice.known_by(public_at):
                yield PublicVersion(file.notice.as_of(public_at), version.at, version.commit, path, version.order)

    def _file(self, path: str, version: FileVersion) -> NoticeFile | None:
        raw = self.history.contents.get(version.blob)
        report = Report(path=path)
        source = decode(raw, report) if raw is not None else None
        if source is None:
            return None
        file = read_incident_file(source, path, self._known, report, example=self._now.date())
        return None if report.failed else file


def _end_of(path: str, moves: Mapping[str, str | None]) -> str | None:
    """Where a path leads; each move is later than the one before it."""
    place: str | None = path
    for _ in moves:
        if place is None or place not in moves:
            break
        place = moves[place]
    return None if place in moves else place


def revision_summary(versions: Iterable[PublicVersion]) -> RevisionSummary:
    """How often a later version changed what an earlier one had published."""
    edited_at: list[datetime] = []
    updates: dict[str, datetime] = {}
    postmortem_at = None
    for former, current in pairwise(versions):
        changes = changes_between(former.notice, current.notice)
        if changes:
            edited_at.append(current.at)
        followed = changes.successors
        updates = {followed[name].id: at for name, at in updates.items() if name in followed}
        updates |= dict.fromkeys(changes.edited_updates, current.at)
        if changes.body and former.notice.postmortem_published_at:
            postmortem_at = current.at
    return RevisionSummary(
        count=len(edited_at), last_at=edited_at[-1] if edited_at else None, updates=updates, postmortem_at=postmortem_at
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a version of a notice changed of what a former one had published. False where that is nothing."""

    title: bool
    facts: tuple[str, ...]
    """Names of facts, as `facts_of` has them; none where something new was published with the change."""
    successors: Mapping[str, Update]
    """What became of each former update, by its former id."""
    edited_updates: tuple[str, ...]
    """Present ids."""
    removed_updates: tuple[str, ...]
    """Former ids; without one that stood twice in the file, as long as the other one is there."""
    body: bool

    def __bool__(self) -> bool:
        return bool(self.title or self.facts or self.edited_updates or self.removed_updates or self.body)


def changes_between(former: Notice, current: Notice) -> Changes:
    """What `current` changed of what `former` had published."""
    successors = successors_of(former.updates, current.updates)
    kept = [(update, successors[update.id]) for update in former.updates if update.id in successors]
    return Changes(
        title=former.title != current.title,
        facts=() if announces(former, current, successors) else changed_facts(former, current),
        successors=successors,
        edited_updates=tuple(after.id for before, after in kept if _is_edited(before, after)),
        removed_updates=tuple(
            update.id
            for update in former.updates
            if update.id not in successors and not any(update.repeats(other) for other in current.updates)
        ),
        body=_body_is_edited(former.postmortem, current.postmortem),
    )


def facts_of(notice: Notice) -> Mapping[str, Hashable]:
    """The facts at the top of a file by the name of their key, those that it states."""
    found: dict[str, Hashable] = {}
    if isinstance(notice, Maintenance):
        found |= {"scheduled.from": notice.scheduled_from, "scheduled.until": notice.scheduled_until}
    else:
        found["started"] = notice.begins_at
        found["resolved"] = notice.ended_at if not isinstance(notice, Incident) else notice.stated_resolved_at
    if isinstance(notice, Incident):
        found |= {"impact": notice.stated_impact, "affected_percent": notice.affected_percent}
    if notice.upstream:
        found["upstream"] = notice.upstream.name
    found |= {f"components.{component}": status for component, status in notice.components.items()}
    return {name: value for name, value in found.items() if value is not None}


def changed_facts(former: Notice, current: Notice) -> tuple[str, ...]:
    """The names of the facts that `former` states and `current` states otherwise, or no longer."""
    present = facts_of(current)
    return tuple(name for name, value in facts_of(former).items() if present.get(name) != value)


def announces(former: Notice, current: Notice, successors: Mapping[str, Update]) -> bool:
    """Whether `current` publishes something new: a postmortem, or an update that is no successor of a former one."""
    if current.postmortem_published_at and not former.postmortem_published_at:
        return True
    return not {update.id for update in current.updates} <= {update.id for update in successors.values()}


def successors_of(former: Sequence[Update], current: Sequence[Update]) -> Mapping[str, Update]:
    """What became of each update, by its former id; those that are gone are left out.

    An update is the same one if it has the same time, status and words; else, if one update only can be meant, the same
    status and words, the same id, the same words, or the same time.
    """
    after = _grouped(current, _content)
    found = {
        update.id: same
        for content, updates in _grouped(former, _content).items()
        for update, same in zip(updates, after.get(content, ()), strict=False)
    }
    for key in _LIKENESSES:
        taken = {update.id for update in found.values()}
        before = _grouped((update for update in former if update.id not in found), key)
        left = _grouped((update for update in current if update.id not in taken), key)
        for likeness, updates in before.items():
            if len(updates) == len(left.get(likeness, ())) == 1:
                found[updates[0].id] = left[likeness][0]
    return found


def _words(text: str) -> str:
    """A text without comments, and with one space for each break: what a reader sees of it."""
    return " ".join(without_comments(PublicText(text=text)).text.split())


def _content(update: Update) -> Hashable:
    return update.at, update.status, _words(update.message)


_LIKENESSES: tuple[Callable[[Update], Hashable], ...] = (
    lambda update: (update.status, _words(update.message)),
    lambda update: update.id,
    lambda update: _words(update.message),
    lambda update: update.at,
)


def _grouped(updates: Iterable[Update], key: Callable[[Update], Hashable]) -> Mapping[Hashable, list[Update]]:
    found: dict[Hashable, list[Update]] = defaultdict(list)
    for update in updates:
        found[key(update)].append(update)
    return found


def _is_edited(former: Update, current: Update) -> bool:
    stated = ((former.next_update_at, current.next_update_at), (former.until, current.until))
    return (
        _content(former) != _content(current)
        or any(before is not None and before != after for before, after in stated)
        or any(current.components.get(component) != status for component, status in former.components.items())
    )


def _body_is_edited(former: Postmortem | None, current: Postmortem | None) -> bool:
    """Whether a block of the body or a fact of an action item is gone. Blocks may have been added between others."""
    if former is None:
        return False
    if current is None:
        return bool(former.sections)
    if former.published_at and former.by and former.by != current.by:
        return True
    remaining = iter(_blocks(current))
    if not all(block in remaining for block in _blocks(former)):
        return True
    promised = {item.identity: item for item in current.action_items}
    for item in former.action_items:
        present = promised.get(item.identity)
        if present is None or not set(item.owners) <= set(present.owners) or (item.due and item.due != present.due):
            return True
    return False


def _blocks(postmortem: Postmortem) -> Iterator[str]:
    """The headings, paragraphs, list items and table rows of a body as plain text, without action items."""
    for section in postmortem.sections:
        if section.heading:
            yield f"# {section.heading}"
        block = ""
        for line in (*section.marked.split("\n"), ""):
            text = line.strip()
            if not text or _BEGINS_BLOCK.match(text):
                yield from _comparable(block)
                block = ""
            block = f"{block} {text}"


def _comparable(block: str) -> Iterator[str]:
    """A block without marks, bullet and box; nothing where it is an action item or has no words, as a line has."""
    text = _BOX.sub("", _BULLET.sub("", _words(block)))
    if _MARK_OF_ITEM not in block and _WORD.search(text):
        yield text.strip()
