"""The git repository that incident files are in: one commit for what a command has written."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.editing.errors import RefusedError

from .site import relative

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOST_LISTED = 3
_CONFLICTS = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})
"""States of `git status --porcelain` of a path that is not merged."""
_UNFINISHED = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""What git keeps in its folder while a command of it waits for somebody."""
_BEHIND = ("fetch first", "non-fast-forward")
"""How git says in all languages that the remote has moved on."""
_SECONDS = 60
"""For a push; the rest takes no time."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """The repository around a folder."""

    folder: Path
    typed: str
    """The options that ask for a commit, as they were typed: `--commit and --push`."""

    @classmethod
    def for_files(cls, paths: Sequence[Path], *, commit: bool, push: bool) -> Repository:
        """The repository of the files, ready for a commit of them alone.

        Raises:
            RefusedError: there is no git or no repository, git could not commit now, something else is uncommitted, or
                there is nowhere to push.
        """
        typed = " and ".join(name for name, given in (("--commit", commit), ("--push", push)) if given)
        repository = cls(folder=paths[0].parent, typed=typed)
        repository._run("rev-parse", "--show-toplevel", why="this is no git repository; type git init, or leave out")
        repository._require_ready()
        repository._require_nothing_else(paths)
        if push and not repository._run("remote").strip():
            raise RefusedError("there is no remote to push to; type git remote add origin ADDRESS, or leave out --push")
        return repository

    def _require_nothing_else(self, paths: Sequence[Path]) -> None:
        """Make sure that only what is written now would be committed.

        Raises:
            RefusedError: a tracked file is changed, or one of `paths` is and would be committed with that change.
        """
        changed = self._changes("--untracked-files=no")
        if inside := [path.name for path in paths if path.exists()]:
            changed |= self._changes("--untracked-files=all", "--", *inside)
        if not changed:
            return
        names = list(changed)
        are = "is" if len(names) == 1 else "are"
        more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
        listed = ", ".join(names[:_MOST_LISTED]) + more
        if not _CONFLICTS.isdisjoint(changed.values()):
            raise RefusedError(
                f"{listed} {are} part of a merge that is not finished; finish it (to see how, type: git status), or "
                f"leave out {self.typed}"
            )
        untracked = {name.rpartition("/")[2] for name, state in changed.items() if state == "??"}
        new = [relative(path).as_posix() for path in paths if path.name in untracked]
        message = shlex.quote(f"Update {names[0]}" if len(names) == 1 else f"Update {len(names)} files")
        add = f"git add {shlex.join(new)} && " if new else ""
        raise RefusedError(
            f"{listed} {are} changed and not committed; leave out {self.typed}, or commit that first, type: "
            f"{add}git commit -a -m {message}"
        )

    def _changes(self, *options: str) -> dict[str, str]:
        """The paths that git status lists, from the top of the repository, with their states, such as ` M` or `??`."""
        entries = self._run("status", "--porcelain", "-z", "--no-renames", *options).split("\0")
        return {entry[3:]: entry[:2] for entry in entries if entry}

    def _require_ready(self) -> None:
        """Check that a commit would succeed and stay on a branch.

        Raises:
            RefusedError: another command of git is unfinished, no branch is checked out, or nobody is named.
        """
        options = [word for name in _UNFINISHED for word in ("--git-path", name)]
        for name, path in zip(_UNFINISHED.values(), self._run("rev-parse", *options).splitlines(), strict=True):
            if (self.folder / path).exists():
                raise RefusedError(f"a {name} is unfinished; type git {name} --continue, or leave out {self.typed}")
        detached = "no branch is checked out, so the commit would get lost; type git switch BRANCH, or leave out"
        self._run("symbolic-ref", "--quiet", "HEAD", why=detached)
        nobody = (
            "git does not know who you are; type git config user.name NAME and git config user.email ADDRESS, or "
            "leave out"
        )
        self._run("var", "GIT_COMMITTER_IDENT", why=nobody)

    def commit(self, paths: Sequence[Path], message: str, *, push: bool) -> str:
        """Commit the files, and push; returns what was done.

        Raises:
            RefusedError: git refuses; the files stay written.
        """
        names = [path.name for path in paths]
        written = ", ".join(relative(path).as_posix() for path in paths)
        self._run("add", "--", *names, why=f"{written} is written, but git does not add it")
        failed = f"{written} is written, but git does not commit it"
        self._run("commit", "--quiet", "--message", message, "--", *names, why=failed)
        if not push:
            return f"Committed: {message}. To publish it, type: git push"
        committed = f"{written} is written and committed, but"
        try:
            self._run("push", "--quiet", why=f"{committed} git does not push it")
        except RefusedError as error:
            if not any(sign in str(error) for sign in _BEHIND):
                raise
            raise RefusedError(
                f"{committed} the remote has commits that are not here; type git pull --rebase && git push"
            ) from None
        return f"Committed and pushed: {message}"

    def _run(self, *command: str, why: str = "git fails") -> str:
        """What git prints.

        Raises:
            RefusedError: it is not there, or refuses.
        """
        try:
            done = subprocess.run(  # noqa: S603  git alone, with a list of arguments
                ["git", "-C", str(self.folder), *command],  # noqa: S607  git is found where the user has it
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise RefusedError(f"git is not installed; install it, or leave out {self.typed}") from None
        except subprocess.TimeoutExpired:
            raise RefusedError(f"{why}: it does not answer; type git {command[0]} yourself") from None
        if done.returncode:
            reason = " ".join(done.stderr.split()) or " ".join(done.stdout.split()) or "it gives no reason"
            if "leave out" in why:
                raise RefusedError(f"{why} {self.typed}")
            raise RefusedError(f"{why}: {reason}; mend that and type git {command[0]} yourself")
        return done.stdout


def is_in_repository(path: Path) -> bool:
    """Whether a folder above `path` is a git repository."""
    return any((folder / ".git").exists() for folder in path.absolute().parents)
