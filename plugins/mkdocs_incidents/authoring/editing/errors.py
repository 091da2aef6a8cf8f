"""Why an edit is not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_incidents.content.problems import Problem


class RefusedError(Exception):
    """An edit that is not made; nothing is written. The message is one sentence with what to type next."""

    def __init__(self, message: str, *, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems: Sequence[Problem] = tuple(problems)
        """What is wrong with the file, where that is the reason."""


class AmbiguousError(RefusedError):
    """Several notices fit; `candidates` are their ids with their titles. The command line adds what to type next."""

    def __init__(self, message: str, *, candidates: dict[str, str]) -> None:
        super().__init__(message)
        self.candidates = candidates
