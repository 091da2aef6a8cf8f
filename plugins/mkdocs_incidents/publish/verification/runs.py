"""Runs of characters that a text of the site shares with a hidden text and with no public one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    Forms = Callable[[str], Iterable[str]]
    """The forms of a text in which it may be in a file."""

_COINCIDENCE = 6
"""Characters that may differ from a public text: where two texts meet, some of them are the same by chance."""
_FEWEST_LETTERS = 16
"""Letters and digits in a run: a line of hyphens gives nothing away."""


class SharedRuns:
    """Finds runs of a fixed length of hidden texts, at the cost of a look at each half of such a length."""

    def __init__(self, hidden: Sequence[str], length: int, forms: Forms, public: Callable[[], Iterable[str]]) -> None:
        """`public` is called as soon as something seems to be found, and never otherwise."""
        self._length = length
        self._step = length // 2  # each run contains a block of this length that begins at a multiple of it
        self._forms = forms
        self._public = public
        self._without_public = False
        self._numbers = {
            run: number
            for number in range(len(hidden) - 1, -1, -1)
            for form in forms(hidden[number])
            for run in _slices(form, length)
            if sum(map(str.isalnum, run)) >= _FEWEST_LETTERS
        }
        self.all_runs = frozenset(self._numbers)
        """The runs of the hidden texts, those included that public texts have as well."""
        self._blocks = self._blocks_of_runs()

    def public_runs(self) -> frozenset[str]:
        """The runs of which public texts have most; these texts are read if they were not yet."""
        self._leave_out_public_runs()
        return self.all_runs.difference(self._numbers)

    def found_in(self, text: str) -> dict[int, str]:
        """The numbers, from 0, of the hidden texts that share a run with a text, each with one of the runs."""
        starts = range(0, len(text) - self._step + 1, self._step)
        if self._blocks.isdisjoint(text[at : at + self._step] for at in starts):
            return {}
        self._leave_out_public_runs()
        windows = _windows(text, self._blocks, self._length)
        runs = (run for window in windows for run in _slices(window, self._length))
        return {self._numbers[run]: run for run in runs if run in self._numbers}

    def _leave_out_public_runs(self) -> None:
        if self._without_public:
            return
        length = self._length - _COINCIDENCE
        known = {part for run in self._numbers for part in _slices(run, length)}
        blocks = {block for part in known for block in _slices(part, length // 2)}
        forms = (form for text in self._public() for form in self._forms(text))
        windows = {window for form in forms for window in _windows(form, blocks, length)}  # most are in several texts
        public = known.intersection(part for window in windows for part in _slices(window, length))
        self._numbers = {
            run: number for run, number in self._numbers.items() if public.isdisjoint(_slices(run, length))
        }
        self._blocks = self._blocks_of_runs()
        self._without_public = True

    def _blocks_of_runs(self) -> set[str]:
        return {block for run in self._numbers for block in _slices(run, self._step)}


def _slices(text: str, length: int) -> Iterator[str]:
    return (text[at : at + length] for at in range(len(text) - length + 1))


def _windows(text: str, blocks: AbstractSet[str], length: int) -> Iterator[str]:
    """What has all parts of `length` of a text that contain one of `blocks`, which are half as long, rounded down.

    Each such part contains a block that begins at a multiple of its length, so that no others are looked at.
    """
    step = length // 2
    begins = (begin for begin in range(0, len(text) - step + 1, step) if text[begin : begin + step] in blocks)
    return (text[max(begin - step + 1, 0) : begin + length] for begin in begins)
