"""Hidden texts in the files of a site that replaces another, in which some of them were looked for already."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .leaks import Leaks
from .record import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mkdocs_incidents.content.hidden_texts import HiddenText

    from .fault import Fault
    from .output_file import OutputFile
    from .record import Record


class LeaksSince:
    """Finds hidden texts in files that differ, and in unchanged ones those that were not looked for in them."""

    def __init__(self, hidden: Sequence[HiddenText], public: Callable[[], Iterable[str]], known: Record) -> None:
        """`known` is of the version that is replaced."""
        texts = cache(lambda: tuple(public()))
        whole = Leaks(hidden, texts)
        # What public texts excused is hidden again if they have it no longer, wherever it is.
        known_hidden = known.hidden if whole.still_excused(known.excused) else frozenset()
        new = [text for text in hidden if digest_of(text) not in known_hidden]
        self._old = Leaks([text for text in hidden if digest_of(text) in known_hidden], texts)
        self._new = Leaks(new, texts)
        self._excused = known.excused & whole.digests if known.excused else frozenset()
        self.are_new = bool(new)
        """Whether unchanged files have to be searched."""

    def add(self, output: OutputFile) -> None:
        """Look for all hidden texts in a file and in its path."""
        self._old.add(output)
        self._new.add(output)

    def add_unchanged(self, output: OutputFile) -> None:
        """Look for those that are new."""
        self._new.add(output)

    def faults(self) -> Iterator[Fault]:
        """A fault for each hidden text of which the added files have something, at the first of them."""
        yield from self._old.faults()
        yield from self._new.faults()

    @property
    def excused(self) -> frozenset[str]:
        """Digests of what of hidden texts was not reported because public texts have it as well."""
        return self._excused | self._old.excused | self._new.excused
