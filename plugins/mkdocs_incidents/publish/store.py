"""The live folder of a site, and the versions before it.

Beside the live folder `site` lies `.site.incidents/`: `building/`, in which the next version is made, one folder for
each kept version, `spare/`, which was one before, and for every version, the live one included, its manifest
`NUMBER.json`.

No file records which version is live, since that could become false when the process is killed. A folder keeps its
inode when it gets another name, and its manifest has it: the live version is the one whose manifest has the inode of
the live folder. So `prepare` sees from any state what is what.
"""

from __future__ import annotations

import os
import shlex
import shutil
import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .assembly import complete
from .carry_over import carry_over_assets, carry_over_hidden_files, carry_over_times, remove_strange_assets
from .errors import NotPublishedError, not_published
from .exchange import NotSupportedError, exchange
from .manifest import Manifest, file_states, manifest_of_json

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from collections.abc import Set as AbstractSet

    from .manifest import FileState

    Describe = Callable[[Manifest | None, Mapping[str, FileState]], str]
    """From the version that is live, None where there is none, and the files of the next."""

_STORE = ".incidents"
_INSIDE = "name a folder in it"
_SITE_FILES = ("sitemap.xml", "404.html")
"""One of these is in every folder that MkDocs wrote."""
_HIDDEN_FILES = {".domains", ".git", ".gitignore", ".htaccess", ".nojekyll", ".well-known"}
"""What a folder may have before the first build; a home folder has other hidden files, which are worth more."""


class Built(NamedTuple):
    """What was built, and what it is to replace."""

    before: Manifest | None
    """The version that is live, with its files as they are now; None where there is none."""
    files: dict[str, FileState]
    """What is in `building`, by path."""


class Store:
    """The live folder, and the folder of versions beside it. Hold `lock` from `prepare` to the last change."""

    def __init__(self, live: Path, sources: Collection[Path] = ()) -> None:
        """`sources` are what the site is made of: the live folder may neither lie in one of them nor hold one."""
        self._sources = sources
        self.live = Path(os.path.abspath(live))  # noqa: PTH100  a link stays a link
        self.folder = self.live.parent / f".{self.live.name}{_STORE}"
        self.building = self.folder / "building"
        self._link = self.folder / "link"
        self._spare = self.folder / "spare"
        self._reuses_folders = False
        self._manifests: dict[int, Manifest] = {}

    def prepare(self) -> None:
        """Make the folder of versions, and finish or take back what an interrupted process began.

        Raises:
            NotPublishedError: the live folder cannot be replaced in one step.
        """
        self.check()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            ignored = self.folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", encoding="utf-8")
            self._read_manifests()
            self._mend()
        except OSError as error:
            raise not_published(error, self.live) from None

    def check(self) -> None:
        """Look whether the live folder can be replaced in one step; nothing is written.

        Raises:
            NotPublishedError: it cannot, or something else than a site would be lost.
        """
        try:
            self._check_place()
            self._check_live()
        except OSError as error:
            raise not_published(error, self.live) from None

    def _check_place(self) -> None:
        live = Path(os.path.realpath(self.live.parent), self.live.name)
        if not live.name:
            raise NotPublishedError(f"{live} cannot be replaced; {_to(live / 'site', name=_INSIDE)}")
        if store := next((folder for folder in live.parents if _is_store(folder)), None):
            raise NotPublishedError(f"{live} is in {store}, which holds former versions; {_to(_live_of(store))}")
        for source in map(os.path.realpath, self._sources):
            if live.is_relative_to(source):
                raise NotPublishedError(
                    f"{live} is in {source}, of which the site is made; name another folder with --to"
                )
            if Path(source).is_relative_to(live):
                raise NotPublishedError(
                    f"{live} holds {source}, of which the site is made; {_to(live / 'site', name=_INSIDE)}"
                )

    def _check_live(self) -> None:
        live = self.live
        if live.is_symlink():
            target = Path(os.path.realpath(live))
            if target.parent != Path(os.path.realpath(self.folder)):
                named = _live_of(target.parent) if _is_store(target.parent) else target
                raise NotPublishedError(f"{live} is a link to {target}; {_to(named)}")
        elif live.exists() and not live.is_dir():
            raise NotPublishedError(f"{live} is a file; name a folder with --to")
        elif os.path.ismount(live):
            raise NotPublishedError(
                f"{live} is a mount point, which cannot be replaced in one step; {_to(live / 'site', name=_INSIDE)}"
            )
        elif live.is_dir() and (other := _of_no_site(live)):
            raise NotPublishedError(f"{live} holds {other}, which no build made; name another folder with --to")

    def _read_manifests(self) -> None:
        for path in self.folder.glob("*.json"):
            with suppress(ValueError):
                manifest = manifest_of_json(path.read_text(encoding="utf-8"))
                self._manifests[manifest.number] = manifest
                continue
            # Damaged, or of another release: the version is kept as its folder is now.
            folder = path.with_suffix("")
            if folder.name.isdecimal() and folder.is_dir():
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                known = Manifest(number=int(folder.name), inode=_inode(folder), at=at, files=file_states(folder))
                self._manifests[known.number] = known

    def _mend(self) -> None:
        """Give each folder the name that its manifest has, and remove what was never published or is not whole."""
        if self.live.is_symlink() and not self.live.exists():
            self.live.unlink()  # its version was deleted
        by_inode = {_inode(entry): entry for entry in self.folder.iterdir() if entry.is_dir()}
        self._adopt_copies(set(by_inode))
        live = self.live_version
        for manifest in list(self._manifests.values()):
            found = by_inode.get(manifest.inode)
            if manifest == live:
                continue
            was_live = live is not None and manifest.number < live.number
            if found is None or (found == self.building and not was_live):
                self._forget(manifest)  # deleted by hand, or never published
            elif found != self._place(manifest):
                found.rename(self._place(manifest))  # it had exchanged its name with the live folder
        if self._link.is_symlink() and not os.path.lexists(self.live):
            self._link.rename(self.live)  # killed between the two renames that take the place of the exchange
        known = {self._place(manifest) for manifest in self._manifests.values()}
        for entry in list(self.folder.iterdir()):
            if entry.is_symlink():
                entry.unlink()
            elif entry.is_dir() and entry not in known and entry != self._spare:
                shutil.rmtree(entry)

    def _adopt_copies(self, inodes: set[int]) -> None:
        """Give a manifest the inode of the folder of its number, if its own is nowhere: all of it was copied here."""
        inodes = inodes | {_inode(self.live)}
        taken = {manifest.inode for manifest in self._manifests.values()}
        for manifest in list(self._manifests.values()):
            inode = _inode(self._place(manifest))
            if inode and inode not in taken and manifest.inode not in inodes:
                self._write(replace(manifest, inode=inode))

    @property
    def live_version(self) -> Manifest | None:
        """The version that is live; None where there is none, or somebody else made the live folder."""
        inode = _inode(self.live)
        return next((manifest for manifest in self._manifests.values() if manifest.inode == inode), None)

    @property
    def kept(self) -> tuple[Manifest, ...]:
        """The versions that are not live, the oldest first."""
        live = self.live_version
        return tuple(manifest for _, manifest in sorted(self._manifests.items()) if manifest != live)

    def live_files(self, *, at: datetime) -> Manifest | None:
        """The version that is live, with its files as they are now, after a look at each; None where there is none.

        Raises:
            NotPublishedError: they cannot be read.
        """
        try:
            return self._record_live(at)
        except OSError as error:
            raise not_published(error, self.live) from None

    def built(self, before: Manifest | None, left_out: AbstractSet[str] = frozenset()) -> Built:
        """What was built into `building`, where it is to replace `before`, the result of `live_files`.

        `left_out` are the paths of files that the build has not written because they are as in `before`: they are put
        there now, as further names of the live files.

        Raises:
            NotPublishedError: a file cannot be read or written.
        """
        known = before.files if before else {}
        try:
            files = file_states(self.building, known, same=self.live)
            missing = left_out - files.keys()
            if missing:
                complete(self.building, self.live, missing, self._spare)
                self._reuses_folders = True
        except OSError as error:
            raise not_published(error, self.live) from None
        return Built(before=before, files=dict(sorted({**{path: known[path] for path in missing}, **files}.items())))

    def publish(self, built: Built, *, at: datetime, describe: Describe, verified: str = "") -> Manifest:
        """Let what is in `building` be the live folder; the live one is kept.

        `describe` says for people what changes; `verified` goes into the manifest.

        Raises:
            NotPublishedError: the file system refuses; the live folder is as it was.
        """
        before = built.before
        try:
            new = self._described(built, at, describe, verified)
            self._write(new)
            # Nothing is flushed to the disk first: that may take seconds, in an outage. If the power fails in the half
            # minute after it, files of the live folder may be cut off until the next build, which replaces them since
            # they do not have the recorded size; the versions before are whole.
            self._replace_live_by(self.building, new, before)
        except OSError as error:
            raise not_published(error, self.live) from None
        return new

    def roll_back(self, wanted: Manifest, *, at: datetime) -> None:
        """Let a kept version be live again; the one that is live is kept.

        A file that both versions share may have been changed by hand: what is in it is live already.

        Raises:
            NotPublishedError: it was changed since, or the file system refuses; the live folder is as it was.
        """
        place = self._place(wanted)
        try:
            remove_strange_assets(place, wanted)
            states = file_states(place, wanted.files)
            changed = sorted(path for path in _changed(wanted, states) if not _is_same(place / path, self.live / path))
            if changed:
                more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
                raise NotPublishedError(
                    f"version {wanted.number} was changed since it was published ({place / changed[0]}{more}); "
                    "to choose another, add --list; or build the site anew"
                )
            before = self._record_live(at)
            self._replace_live_by(place, self._with_assets_of(before, wanted), before)
        except OSError as error:
            raise not_published(error, self.live) from None

    def _with_assets_of(self, before: Manifest | None, kept: Manifest) -> Manifest:
        """A kept version with the assets that pages of the live one need, in its folder and in its manifest."""
        place = self._place(kept)
        carried = carry_over_assets(self.live, before, place, kept.files) if before else frozenset()
        if not (before and carried):
            return kept
        files = {**kept.files, **{path: before.files[path] for path in carried}}
        kept = replace(kept, files=files, carried=kept.carried | carried)
        self._write(kept)
        return kept

    def _record_live(self, at: datetime) -> Manifest | None:
        """The manifest of the live folder as it is now; one that somebody else made gets a number here."""
        if not self.live.is_dir():
            return None
        known = self.live_version
        manifest = known or Manifest(number=self._next_number(), inode=_inode(self.live), at=at)
        files = dict(manifest.files)
        states = file_states(self.live, files)
        if known is None or states != files:
            paths = states.keys() | files.keys()
            edited = any(states.get(path) != files.get(path) for path in paths if not path.startswith("."))
            manifest = replace(manifest, files=states, verified="" if edited else manifest.verified)
            self._write(manifest)
        return replace(manifest, files=states)

    def _described(self, built: Built, at: datetime, describe: Describe, verified: str) -> Manifest:
        before, carried = built.before, frozenset[str]()
        states = built.files
        if before:
            hidden = carry_over_hidden_files(self.live, self.building)
            carried = carry_over_assets(self.live, before, self.building, states)
            taken = {
                path: state
                for path, state in before.files.items()
                if path in carried or path.partition("/")[0] in hidden
            }
            states = carry_over_times(before, self.building, taken | states, self._manifests.values())
        number = self._next_number()
        return Manifest(
            number=number,
            inode=_inode(self.building),
            at=at,
            before=before.number if before else 0,
            changes=describe(before, states),
            files=states,
            carried=carried,
            verified=verified,
        )

    def _replace_live_by(self, folder: Path, new: Manifest, before: Manifest | None) -> None:
        if before is None:
            folder.rename(self.live)
            return
        folder.chmod(stat.S_IMODE(self.live.stat().st_mode))
        if self.live.is_symlink():
            self._prepare_link(folder if folder == self._place(new) else folder.rename(self._place(new)))
            self._link.replace(self.live)
            return
        try:
            exchange(folder, self.live)
        except NotSupportedError:
            # Once there is a moment without a live folder; from then on it is a link, which one step replaces.
            self._prepare_link(folder if folder == self._place(new) else folder.rename(self._place(new)))
            self.live.rename(self._place(before))
            self._link.rename(self.live)
            return
        with suppress(OSError):  # it is published; `prepare` finishes what is left
            folder.rename(self._place(before))

    def _prepare_link(self, folder: Path) -> None:
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(folder.relative_to(self.live.parent), target_is_directory=True)

    def remove_old(self, keep: int, live: Manifest) -> None:
        """Remove all but `keep` versions: the one before `live`, and the newest.

        Not a part of `publish`, since it takes as long as all of that where a version has 10,000s of files.
        """
        with suppress(OSError):  # what cannot be removed now is tried again with the next version
            kept = sorted(self.kept, key=lambda manifest: (manifest.number == live.before, manifest.number))
            for manifest in kept[: max(len(kept) - keep, 0)]:
                self._forget(manifest)
                if self._reuses_folders and not self._spare.exists():
                    self._place(manifest).rename(self._spare)  # `built` makes the next version of it
                else:
                    shutil.rmtree(self._place(manifest))

    def _next_number(self) -> int:
        return max(self._manifests, default=0) + 1

    def _place(self, manifest: Manifest) -> Path:
        return self.folder / str(manifest.number)

    def _write(self, manifest: Manifest) -> None:
        path = self.folder / f"{manifest.number}.json"
        new = path.with_suffix(".new")
        new.write_text(manifest.to_json(), encoding="utf-8")
        new.replace(path)
        self._manifests[manifest.number] = manifest

    def _forget(self, manifest: Manifest) -> None:
        del self._manifests[manifest.number]
        (self.folder / f"{manifest.number}.json").unlink(missing_ok=True)


def _inode(folder: Path) -> int:
    """The inode of a folder, or of that which a link leads to; 0 where there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are names of the same file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_store(folder: Path) -> bool:
    return folder.name.startswith(".") and folder.name.endswith(_STORE) and (folder / "lock").is_file()


def _live_of(store: Path) -> Path:
    return store.with_name(store.name.removeprefix(".").removesuffix(_STORE))


def _to(folder: Path, *, name: str = "name that folder") -> str:
    return f"{name}: --to {shlex.quote(str(folder))}"


def _of_no_site(folder: Path) -> str:
    """The name of a file in a folder that no build wrote; empty where there is none, or a build did."""
    names = sorted(entry.name for entry in folder.iterdir() if entry.name not in _HIDDEN_FILES)
    return "" if not names or any(name in names for name in _SITE_FILES) else names[0]


def _changed(manifest: Manifest, states: dict[str, FileState]) -> set[str]:
    """The paths of files that are not as the manifest has them; the time of a file does not matter."""
    before = {path: state.sha256 for path, state in manifest.files.items()}
    now = {path: state.sha256 for path, state in states.items()}
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
