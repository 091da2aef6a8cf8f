"""Which notice a command is about: the one that is open, or the one that a fragment of its id or title means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import NoticeKind

from .errors import AmbiguousError, RefusedError
from .names import match

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.model import Notice

    from .workspace import IndexedFile, Workspace

_MOST_NAMED = 5
_NAMES = {
    NoticeKind.INCIDENT: "incident",
    NoticeKind.MAINTENANCE: "maintenance",
    NoticeKind.ANNOUNCEMENT: "announcement",
}


def find_open(workspace: Workspace, kinds: Collection[NoticeKind], *, command: str) -> IndexedFile:
    """The one notice of these kinds that is open; an incident comes before planned work that is under way.

    A file with errors may be open, too: it is returned where it is the only one. `command` is what was typed, for
    hints.

    Raises:
        RefusedError: none is open, or several may be: then it is an `AmbiguousError`.
    """
    for kind in kinds:
        found = [indexed for indexed, file in workspace.open_files if _is_current(workspace, file, kind)]
        broken = _broken(workspace, kind)
        if found or broken:
            how = f"may be open, {len(broken)} of them with errors" if broken else "are open"
            return only([*found, *broken], what=f"{len(found) + len(broken)} {_NAMES[kind]}s {how}")
    names = " or ".join(_NAMES[kind] for kind in kinds)
    raise RefusedError(
        f"no {names} is open; name the one you mean, type: {command} INCIDENT (all are shown by: incidents list)"
    )


def name_needed(workspace: Workspace, notice: Notice) -> str:
    """The id of a notice that is open, where the next command must name it; empty where `find_open` returns it."""
    others = bool(_broken(workspace, NoticeKind.INCIDENT)) or any(
        file.notice.kind is NoticeKind.INCIDENT and file.notice.id != notice.id for _, file in workspace.open_files
    )
    return notice.id if others or notice.kind is not NoticeKind.INCIDENT else ""


def _is_current(workspace: Workspace, file: NoticeFile, kind: NoticeKind) -> bool:
    notice = file.notice
    if notice.kind is not kind:
        return False
    return kind is not NoticeKind.MAINTENANCE or notice.begins_at <= workspace.now


def _broken(workspace: Workspace, kind: NoticeKind) -> list[IndexedFile]:
    """The files with errors that may be open and of this kind; a file that is not planned work may be an incident."""
    if kind is NoticeKind.ANNOUNCEMENT:
        return []
    return [file for file in workspace.broken_files if file.scheduled == (kind is NoticeKind.MAINTENANCE)]


def find_planned(workspace: Workspace) -> IndexedFile:
    """The one planned work that is announced or under way.

    Raises:
        RefusedError: there is none, or there are several: then it is an `AmbiguousError`.
    """
    found = [indexed for indexed, file in workspace.open_files if file.notice.kind is NoticeKind.MAINTENANCE]
    found += _broken(workspace, NoticeKind.MAINTENANCE)
    if not found:
        raise RefusedError("no planned work is to come or under way; to see all, type: incidents list")
    return only(found, what=f"{len(found)} of them are planned")


def find(workspace: Workspace, fragment: str) -> IndexedFile:
    """The notice that `fragment` means; of several those that may be open come first.

    Raises:
        RefusedError: there is none, or there are several: then it is an `AmbiguousError`.
    """
    relative = _relative_path(workspace, fragment)
    if relative is not None and (named := [file for file in workspace.files if file.relative == relative]):
        return named[0]
    found = _matching(fragment, workspace.files)
    if len(found) > 1:
        may_be_open = [*(indexed for indexed, _ in workspace.open_files), *workspace.broken_files]
        found = [file for file in found if file in may_be_open] or found
    if not found:
        raise RefusedError(f"no incident is called '{fragment}'; to see all, type: incidents list")
    return only(found, what=f"'{fragment}' may mean {len(found)} of them")


def _relative_path(workspace: Workspace, fragment: str) -> str | None:
    """The path of a file below the folder, where `fragment` is one as a shell completes it."""
    prefix = f"{workspace.shown}/"
    return fragment.removeprefix("./").removeprefix(prefix) if fragment.endswith(".md") else None


def _matching(fragment: str, files: Iterable[IndexedFile]) -> list[IndexedFile]:
    by_id = {file.id: file for file in files}
    former = {former_id: file.id for file in by_id.values() for former_id in file.former_ids}
    ids = match(fragment, {file.id: file.title for file in by_id.values()}, former)
    return [by_id[notice_id] for notice_id in ids]


def only(found: list[IndexedFile], *, what: str) -> IndexedFile:
    """The one that was found. `what` says that there are several.

    Raises:
        AmbiguousError: there are.
    """
    if len(found) == 1:
        return found[0]
    named = ", ".join(file.id for file in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise AmbiguousError(f"{what}: {named}{more}", candidates={file.id: file.title for file in found})
