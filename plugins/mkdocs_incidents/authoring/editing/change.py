"""A change of one incident file: checked before it is written, shown as a difference, written in one step."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from mkdocs_incidents.content.source import composed

from ..files import NotWrittenError, create_file, replace_file
from .errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import Notice

    from .incident_text import IncidentText
    from .workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one file is to be; it is without errors."""

    path: Path
    before: IncidentText | None
    """None for a new file."""
    after: IncidentText
    file: NoticeFile
    """As it is read after the change."""
    warnings: tuple[Problem, ...]
    """Those that the change brings about."""

    @property
    def notice(self) -> Notice:
        """The notice after the change."""
        return self.file.notice

    def difference(self) -> Iterator[str]:
        """The lines that change, with some around them, in the unified format; a new file as it is."""
        after = _lines(self.after)
        if self.before is None:
            yield from (f"+{line}" for line in after)
            return
        yield from list(unified_diff(_lines(self.before), after, lineterm="", n=2))[2:]

    def write(self) -> None:
        """Write the file.

        Raises:
            RefusedError: it changed since it was read, is there already, or cannot be written; it is as it was.
        """
        try:
            if self.before is None:
                create_file(self.path, self.after.raw)
            else:
                replace_file(self.path, self.before.raw, self.after.raw)
        except NotWrittenError as error:
            raise RefusedError(f"{self.after.path} {error}") from None

    def take_back(self) -> None:
        """Make the file what it was before it was written, where nobody has changed it since."""
        try:
            if self.before is None:
                self.path.unlink(missing_ok=True)
            else:
                replace_file(self.path, self.after.raw, self.before.raw)
        except (NotWrittenError, OSError) as error:
            raise RefusedError(f"{self.after.path} {error}") from None


def checked_change(workspace: Workspace, relative: str, before: IncidentText | None, after: IncidentText) -> Change:
    """The change of a file of the workspace.

    Raises:
        RefusedError: the file would have errors, or an id that another notice has.
    """
    known = {_key(problem) for problem in workspace.read(relative, before)[1]} if before else set()
    try:
        file, problems = workspace.read(relative, after)
    except RefusedError as error:
        raise RefusedError(_as_consequence(after.path, error.problems), problems=error.problems) from None
    if before is None:
        _require_free_id(workspace, file)
    return Change(
        path=workspace.folder / relative,
        before=before,
        after=after,
        file=file,
        warnings=tuple(problem for problem in problems if _key(problem) not in known),
    )


def _require_free_id(workspace: Workspace, file: NoticeFile) -> None:
    for other in workspace.files:
        if composed(file.notice.id) in map(composed, (other.id, *other.former_ids)):
            raise RefusedError(
                f"{workspace.shown}/{other.relative} has the id {file.notice.id} already; to add to it, type: "
                f"incidents update {other.id}; for another notice choose another title, or an id of its own with --id"
            )


def _key(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def _as_consequence(path: str, problems: Sequence[Problem]) -> str:
    """Why a change is not made: what would be wrong with the file."""
    first = problems[0] if problems else None
    if first is None:
        return f"{path} would have errors; nothing is written"
    hint = f"; {first.hint}" if first.hint else ""
    return f"nothing is written, since {first.message}{hint}"


def _lines(text: IncidentText) -> list[str]:
    return text.document.source.text.splitlines()
