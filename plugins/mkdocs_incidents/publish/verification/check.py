"""All checks of a built site, of every file or of what differs from a version that was verified."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .announced import missing_files
from .formats import damage, is_feed
from .leaks_since import LeaksSince
from .links import FolderLinks, Target, dead_links
from .notes import mark_of_internal_note
from .output_file import OutputFile, output_paths
from .record import Record, digest_of, record_key, record_of_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_incidents.publish.manifest import FileState, Manifest

    from .facts import SiteFacts
    from .fault import Fault

    Progress = Callable[[int, int], None]
    """Is told how many files have been read, and how many are to be."""

_PAGES = (".html", ".htm")
_MANY = 1000
"""Files that link to one: if it is gone all others are read again, which have changed with it anyway."""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What is wrong with a site, and what is to be kept about its files."""

    faults: list[Fault]
    """By path, those first that block a publication."""
    record: str
    """For `Manifest.verified`, if the site is published."""


def faults(folder: Path, facts: SiteFacts) -> list[Fault]:
    """What is wrong with the site in `folder`, by path. The site must not be published if one of them is blocking.

    Raises:
        OSError: a file cannot be read.
    """
    return verify(folder, facts, dict.fromkeys(output_paths(folder))).faults


def verify(
    folder: Path,
    facts: SiteFacts,
    files: Mapping[str, FileState | None],
    before: Manifest | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Verification:
    """Verify the site in `folder`, which has `files`.

    `before` is the version in the folder `facts.live` as it is now, None where there is none.

    Of a file that this version has as well, and that was verified with it, nothing is read without a reason. What is
    found is the same as if all were.

    Raises:
        OSError: a file cannot be read.
    """
    check = _Check(folder, facts, files, before)
    found = [*missing_files(facts.announced, files.keys()), *check.contents(progress)]
    check.read_files_with_lost_links()
    dead = check.dead()
    found += [*check.leaks.faults(), *dead_links(check.links, dead, check.live_links)]
    found.sort(key=lambda fault: (not fault.blocking, fault.path, fault.message))
    return Verification(faults=found, record=check.record(dead).to_json())


class _Check:
    """One verification: what was read, and what is known of the files that are not."""

    def __init__(
        self, folder: Path, facts: SiteFacts, files: Mapping[str, FileState | None], before: Manifest | None
    ) -> None:
        self._folder = folder
        self._facts = facts
        self._files = files
        self._old = before.files if before else {}
        self._key = record_key(facts.address)
        known = record_of_json(before.verified, self._key) if before else None
        self._known = known or Record(key=self._key)
        self._types = {path: each for path, each in facts.announced.items() if is_feed(each)}
        self._unchanged = {path for path in files if self._is_unchanged(path)}
        self.links = FolderLinks(folder, facts.address, files.keys())
        self.leaks = LeaksSince(facts.hidden, facts.public, self._known)

    def _is_unchanged(self, path: str) -> bool:
        """Whether the version before has the file, too, and it was verified with it, as what it is now."""
        state, old = self._files[path], self._old.get(path)
        return (
            path in self._known.links
            and state is not None
            and old is not None
            and state.sha256 == old.sha256
            and self._types.get(path) == self._known.types.get(path)
        )

    def live_links(self) -> FolderLinks | None:
        """The links of the version that is live; None where there is none."""
        live = self._facts.live
        if live is None or not live.is_dir():
            return None
        return FolderLinks(live, self._facts.address, self._old.keys() or frozenset(output_paths(live)))

    def contents(self, progress: Progress) -> Iterator[Fault]:
        """What is wrong with each file that differs; unchanged ones are searched for what was not hidden before."""
        paths = sorted(self._files if self.leaks.are_new else self._files.keys() - self._unchanged)
        for number, path in enumerate(paths):
            progress(number, len(paths))
            output = OutputFile(self._folder, path)
            if path in self._unchanged:
                self.leaks.add_unchanged(output)
                continue
            if damaged := damage(output, self._facts.announced.get(path, "")):
                yield damaged
            else:
                yield from filter(None, [mark_of_internal_note(output)])
                self.links.add(output)
            self.leaks.add(output)

    def read_files_with_lost_links(self) -> None:
        """Read the unchanged files with a link to something that was there, and those whose dead link is dead no more.

        From here on they are as those that differ.
        """
        lost = self._lost()
        again = {path for target in self._revived() for path in self._known.dead[target]} & self._unchanged
        if not self._known.popular.isdisjoint(lost):
            again |= self._unchanged
        elif lost:
            linked = self._known.links
            again |= {path for path in self._unchanged if not lost.isdisjoint(linked[path].split("\n"))}
        for path in sorted(again):
            self.links.add(OutputFile(self._folder, path))
        self._unchanged -= again

    def _lost(self) -> set[str]:
        """Files that are gone, and with `#` behind them those in which an element is gone."""
        if not self._unchanged:
            return set()
        lost = {path for gone in self._old.keys() - self._files.keys() for path in (gone, f"{gone}#")}
        live = self.live_links()
        pages = (path for path in self._files.keys() - self._unchanged if path in self._old and path.endswith(_PAGES))
        return lost | {f"{path}#" for path in pages if live is None or self.links.has_lost_an_element(path, live)}

    def _revived(self) -> list[Target]:
        """The dead targets of the version before to which there is something now."""
        return [target for target in self._known.dead if self.links.leads_somewhere(target)]

    def dead(self) -> dict[Target, list[str]]:
        """The targets that lead nowhere, each with the files that link to it, by path."""
        dead = self.links.dead()
        for target, paths in self._known.dead.items():
            if left := [path for path in paths if path in self._unchanged]:
                dead[target] = sorted([*left, *dead.get(target, ())])
        return dead

    def record(self, dead: Mapping[Target, list[str]]) -> Record:
        """What is to be kept about the files."""
        read = self.links.added - self._unchanged
        found = {path: set(self.links.linked_files(path)) for path in read}
        links = {path: self._known.links[path] for path in self._unchanged}
        popular = self._known.popular
        if not links:
            counts = Counter(file for files in found.values() for file in files)
            popular = frozenset(file for file, count in counts.items() if count > _MANY)
        links |= {path: "\n".join(sorted(files - popular)) for path, files in found.items() if path[0] != "."}
        return Record(
            key=self._key,
            links=links,
            popular=popular,
            dead=dead,
            types=self._types,
            hidden=frozenset(map(digest_of, self._facts.hidden)),
            excused=self.leaks.excused,
        )
