"""Whether every file that was planned is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet


def missing_files(announced: Iterable[str], paths: AbstractSet[str]) -> Iterator[Fault]:
    """A fault for each announced path that is not among `paths`."""
    for path in sorted(announced):
        if path not in paths:
            yield Fault(
                path=path,
                message="this file was not written",
                hint="look above for what a plugin or the disk says, and build again",
            )
