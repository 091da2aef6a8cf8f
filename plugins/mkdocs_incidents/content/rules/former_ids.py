"""Rules about former ids: those of a renamed notice, and those of notices that were merged into another."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..incident_file import links_to_files
from ..source import composed
from ..suggestions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..incident_file import NoticeFile
    from ..problems import Problem

_KEYS = ("aliases", "merged")


def check_together(files: Sequence[NoticeFile]) -> Iterator[Problem]:
    """What is wrong with former ids between files."""
    yield from former_ids_are_free(files)
    yield from links_lead_to_present_files(files)


def former_ids_are_free(files: Sequence[NoticeFile]) -> Iterator[Problem]:
    """A former id is not the id of a notice, and is listed only once."""
    taken = {composed(file.id): f"the id of {file.path}" for file in files}
    for file in files:
        for key in _KEYS:
            for number, former in enumerate(getattr(file, key)):
                own = composed(former) == composed(file.id)
                if other := "the id of this file" if own else taken.get(composed(former)):
                    yield file.error(
                        file.place(key, number),
                        "former-id-taken",
                        f"{quoted(former)} is {other}, so that its address cannot lead here",
                        f"delete it from {key}:" if own else f"delete it from {key}:, or else there",
                    )
                else:
                    taken[composed(former)] = f"a former id in {file.path} already"


def links_lead_to_present_files(files: Sequence[NoticeFile]) -> Iterator[Problem]:
    """No postmortem links to the file of a notice by its former name."""
    moved = {former: file for file in files for former in file.former_ids}
    present = {PurePosixPath(file.relative).stem for file in files} if moved else set()
    moved = {former: file for former, file in moved.items() if former not in present}
    for file in files if moved else ():
        for found in links_to_files(file.document.body) if not moved.keys().isdisjoint(file.linked) else ():
            if target := moved.get(found["stem"]):
                name = PurePosixPath(target.relative).name
                yield file.warning(
                    file.document.source.place(file.document.body_index + found.start("file")),
                    "link-to-former-name",
                    f"there is no file {found['file']} any more, so this link leads nowhere",
                    f"write {name}",
                )
