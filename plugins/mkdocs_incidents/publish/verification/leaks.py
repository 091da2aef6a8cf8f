"""Whether something is in a built site that readers must not see yet, or ever.

Two things are looked for in every text of every file, and in the names of files: the ids, titles and short texts of
what is hidden, as whole words, and any run of `RUN` letters of it. What the public sources of the site have as well
gives nothing away: a published incident may have the title of a draft.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from .fault import Fault
from .texts import texts
from .words import letters, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mkdocs_incidents.content.hidden_texts import HiddenText

    from .output_file import OutputFile

RUN = 30
"""Letters and digits, without spaces and punctuation, that are no coincidence: 40 characters of prose have about 33."""
_BLOCK = RUN // 2
"""Each run of `RUN` characters contains a block of this length that begins at a multiple of it."""
_PUBLIC = 24
"""Characters of a run that are public together: the few others are a coincidence where two texts meet."""
_SHORTEST = 4
"""Letters of a title or a short text that is looked for: fewer occur everywhere."""
_LINK_TARGET = re.compile(r"\]\([^()\s]*")
_LETTER = re.compile(r"[^\W\d_]")
_HINT = "look for what copies it: a page in docs/, a file in overrides/, another plugin; publish it or remove the copy"


class Leaks:
    """Finds hidden texts in the files of a site."""

    def __init__(self, hidden: Sequence[HiddenText], public: Callable[[], Iterable[str]]) -> None:
        """`public` is called when something seems to be found, and never otherwise."""
        self._hidden = hidden
        self._public_texts = public
        self._runs = _runs(hidden)
        self._blocks = _blocks(self._runs)
        self._without_public_runs = False
        self._ids = {name.casefold(): text for text in reversed(hidden) for name in text.ids if _LETTER.search(name)}
        self._found: dict[str, tuple[str, list[str]]] = {}
        self._phrases = {phrase: text for text in reversed(hidden) for phrase in _phrases(text)}

    def add(self, output: OutputFile) -> None:
        """Look for hidden texts in a file and in its path."""
        if not self._hidden:
            return
        for text in (output.path, *texts(output)):
            for part, what in self._in_text(text):
                found = self._found.setdefault(part.source, (what, []))
                if output.path not in found[1]:
                    found[1].append(output.path)

    def faults(self) -> Iterator[Fault]:
        """A fault for each hidden text of which the added files have something, at the first of them."""
        for source, (what, paths) in self._found.items():
            more = f" (and so have {len(paths) - 1} more files)" if len(paths) > 1 else ""
            yield Fault(path=paths[0], message=f"this file has {what} of {source}{more}", hint=_HINT)

    def _in_text(self, text: str) -> Iterator[tuple[HiddenText, str]]:
        """Each hidden text of which a text has something, and what."""
        plain = text.casefold()
        for name, part in self._ids.items():
            if name in plain and _has_id(plain, name) and name not in self._public_ids:
                yield part, "the id or the file name"
        spaced = words(text)
        for phrase, part in self._phrases.items():
            if phrase in spaced and _has_phrase(spaced, phrase) and not self._is_public(phrase):
                yield part, "the title" if phrase == words(part.title) else "the text"
        # A file with one run of a text usually has hundreds.
        runs = {self._runs[run]: run for run in self._runs_in(letters(spaced))}
        for number, run in runs.items():
            part = self._hidden[number]
            yield part, f"the text in line {_line(part.text, run)}" if part.title else "the text"

    def _runs_in(self, text: str) -> Iterator[str]:
        """The hidden runs in the letters of a text, which are compared block by block."""
        starts = range(0, len(text) - _BLOCK + 1, _BLOCK)
        if self._blocks.isdisjoint(text[at : at + _BLOCK] for at in starts):
            return
        self._leave_out_public_runs()
        for start in starts:
            if text[start : start + _BLOCK] in self._blocks:
                around = (text[at : at + RUN] for at in range(max(start - _BLOCK, 0), start + 1))
                yield from (run for run in around if run in self._runs)

    def _leave_out_public_runs(self) -> None:
        if self._without_public_runs:
            return
        known = {part for run in self._runs for part in _parts(run)}
        public = set()
        for text in self._public:
            for form in _forms(text):
                public |= known & {form[at : at + _PUBLIC] for at in range(len(form) - _PUBLIC + 1)}
        self._runs = {run: number for run, number in self._runs.items() if public.isdisjoint(_parts(run))}
        self._blocks = _blocks(self._runs)
        self._without_public_runs = True

    @cached_property
    def _public(self) -> tuple[str, ...]:
        return tuple(self._public_texts())

    @cached_property
    def _public_words(self) -> str:
        return "\n".join(words(text) for text in self._public)

    @cached_property
    def _public_ids(self) -> frozenset[str]:
        """The hidden ids that a public text has, too."""
        public = "\n".join(self._public).casefold()
        return frozenset(name for name in self._ids if _has_id(public, name))

    def _is_public(self, phrase: str) -> bool:
        return _has_phrase(self._public_words, phrase)


def _runs(hidden: Sequence[HiddenText]) -> dict[str, int]:
    """Every run of the hidden texts, with the number, from 0, of the first text that has it."""
    return {
        form[at : at + RUN]: number
        for number in range(len(hidden) - 1, -1, -1)
        for form in _forms(hidden[number].text)
        for at in range(len(form) - RUN + 1)
    }


def _blocks(runs: Iterable[str]) -> set[str]:
    return {run[at : at + _BLOCK] for run in runs for at in range(_BLOCK + 1)}


def _parts(run: str) -> Iterator[str]:
    return (run[at : at + _PUBLIC] for at in range(RUN - _PUBLIC + 1))


def _forms(markdown: str) -> tuple[str, ...]:
    """The letters of a text: with the addresses of its links, and as it is read, without them."""
    whole = letters(words(markdown))
    if "](" not in markdown:
        return (whole,)
    return whole, letters(words(_LINK_TARGET.sub("](", markdown)))


def _phrases(text: HiddenText) -> Iterator[str]:
    """The title of a hidden text, and the whole of a text that is too short for a run."""
    for phrase in (words(text.title), words(text.text)):
        if _SHORTEST <= len(letters(phrase)) < RUN and _LETTER.search(phrase):
            yield phrase


def _has_id(text: str, name: str) -> bool:
    """Whether a text has an id that is no part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a text contain those of a phrase, whole."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def _line(text: str, run: str) -> int:
    """The line, from 1, on which a run of a text begins."""
    lines = text.split("\n")
    begins = (any(run in form for form in _forms("\n".join(lines[number:]))) for number in range(len(lines)))
    return max((number for number, found in enumerate(begins, 1) if found), default=1)
