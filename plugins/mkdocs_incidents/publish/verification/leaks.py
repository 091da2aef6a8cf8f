"""Whether something is in a built site that readers must not see yet, or ever.

Two things are looked for in every text of every file, and in the names of files: the ids, titles and short texts of
what is hidden, as whole words, and any run of it. What the public sources of the site have as well
gives nothing away: a published incident may have the title of a draft.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from .fault import Fault
from .runs import SharedRuns
from .texts import Texts
from .words import BOUNDARY, letters, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mkdocs_incidents.content.hidden_texts import HiddenText

    from .output_file import OutputFile

LETTERS = 30
"""Letters and digits in a row, whatever stands between them, that are no coincidence: 40 characters of prose have 33.
"""
CHARACTERS = 40
"""Characters in a row, with punctuation, that are none either: addresses and figures have few letters."""
_SHORTEST_TITLE, _SHORTEST_TEXT = 4, 10
"""Letters of a title, and of another text of two words or more, that is looked for: fewer occur everywhere."""
_NOT_READ = re.compile(r"\]\([^()\s]*|^[ \t>]*(?:\d+[.)]|[-+*>]|#{1,6})(?=\s)|[*`]+", re.MULTILINE)
"""What of Markdown is no text on a page: targets of links, signs of list items, of headings and of emphasis."""
_DIGITS = 16
"""Hexadecimal digits of the digest of a part of a hidden text, of which there is one for each of its letters."""
_LETTER = re.compile(r"[^\W\d_]")
_HINT = "look for what copies it: a page in docs/, a file in overrides/, another plugin; publish it or remove the copy"


class Leaks:
    """Finds hidden texts in the files of a site."""

    def __init__(self, hidden: Sequence[HiddenText], public: Callable[[], Iterable[str]]) -> None:
        """`public` is called when something seems to be found, and never otherwise."""
        self._hidden = hidden
        self._texts = Texts()
        self._public_texts = public
        hidden_texts = [text.text for text in hidden]
        self._letters = SharedRuns(hidden_texts, LETTERS, _letters_of, lambda: self._public)
        self._characters = SharedRuns(hidden_texts, CHARACTERS, _characters_of, lambda: self._public)
        self._ids = {name.casefold(): text for text in reversed(hidden) for name in text.ids if _LETTER.search(name)}
        self._found: dict[str, tuple[str, list[str]]] = {}
        self._phrases = {phrase: text for text in reversed(hidden) for phrase in _phrases(text)}

    def add(self, output: OutputFile) -> None:
        """Look for hidden texts in a file and in its path."""
        if not self._hidden:
            return
        for text in (output.path, *self._texts.of(output)):
            for part, what in self._in_text(text):
                found = self._found.setdefault(part.source, (what, []))
                if output.path not in found[1]:
                    found[1].append(output.path)

    def faults(self) -> Iterator[Fault]:
        """A fault for each hidden text of which the added files have something, at the first of them."""
        for source, (what, paths) in self._found.items():
            more = f", and so has {paths[1]}" if len(paths) > 1 else ""
            yield Fault(path=paths[0], message=f"this file has {what} of {source}{more}", hint=_HINT)

    @property
    def excused(self) -> frozenset[str]:
        """Digests of what of the hidden texts public texts have as well; empty as long as these were not read."""
        if "_public" not in self.__dict__:
            return frozenset()
        runs = (*self._letters.public_runs(), *self._characters.public_runs())
        return frozenset(map(_digest, (*self._public_ids, *self._public_phrases, *runs)))

    def still_excused(self, before: AbstractSet[str]) -> bool:
        """Whether public texts still have what they had of the hidden texts when `excused` was `before`.

        What is hidden no longer does not matter.
        """
        hidden_before = before and before & self.digests
        if not hidden_before:
            return True
        _ = self._public
        return hidden_before <= self.excused

    @cached_property
    def digests(self) -> frozenset[str]:
        """Digests of all that is looked for."""
        runs = (*self._letters.all_runs, *self._characters.all_runs)
        return frozenset(map(_digest, (*self._ids, *self._phrases, *runs)))

    def _in_text(self, text: str) -> Iterator[tuple[HiddenText, str]]:
        """Each hidden text of which a text has something, and what."""
        plain = text.casefold()
        for name, part in self._ids.items():
            if name in plain and _has_id(plain, name) and name not in self._public_ids:
                yield part, "the id or the file name"
        spaced = words(text)
        for phrase, part in self._phrases.items():
            if phrase in spaced and _has_phrase(spaced, phrase) and phrase not in self._public_phrases:
                yield part, "the title" if phrase == words(part.title) else "the text"
        found = self._letters.found_in(letters(spaced)) or self._characters.found_in(_on_one_line(plain))
        for number, run in found.items():
            part = self._hidden[number]
            yield part, f"the text in line {_line(part.text, run)}" if part.title else "the text"

    @cached_property
    def _public(self) -> tuple[str, ...]:
        return tuple(self._public_texts())

    @cached_property
    def _public_ids(self) -> frozenset[str]:
        """The hidden ids that a public text has, too."""
        public = "\n".join(self._public).casefold()
        return frozenset(name for name in self._ids if _has_id(public, name))

    @cached_property
    def _public_phrases(self) -> frozenset[str]:
        """The hidden titles and short texts that a public text has, too."""
        public = "\n".join(words(text) for text in self._public)
        return frozenset(phrase for phrase in self._phrases if _has_phrase(public, phrase))


def _digest(part: str) -> str:
    return hashlib.sha256(part.encode(errors="replace")).hexdigest()[:_DIGITS]


def _written_and_read(markdown: str) -> set[str]:
    """A text as it is written, and as it is read on a page."""
    return {markdown, _NOT_READ.sub("", markdown)}


def _letters_of(markdown: str) -> set[str]:
    return {letters(words(text)) for text in _written_and_read(markdown)}


def _characters_of(markdown: str) -> set[str]:
    return {_on_one_line(text) for text in _written_and_read(markdown)}


def _phrases(text: HiddenText) -> Iterator[str]:
    """The title of a hidden text, and the whole of a text that is too short for a run."""
    title, whole = words(text.title), words(text.text)
    if len(letters(title)) >= _SHORTEST_TITLE and _LETTER.search(title):
        yield title
    if _SHORTEST_TEXT <= len(letters(whole)) < LETTERS and " " in whole and _LETTER.search(whole):
        yield whole


def _has_id(text: str, name: str) -> bool:
    """Whether a text has an id that is no part of a longer one."""
    return any(
        not _continues_id(text, begin - 1) and not _continues_id(text, end) for begin, end in _places(text, name)
    )


def _continues_id(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] in "-_")


def _has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a text contain those of a phrase, whole."""
    return any(
        not text[begin - 1 : begin].isalnum() and not text[end : end + 1].isalnum()
        for begin, end in _places(text, phrase)
    )


def _places(text: str, part: str) -> Iterator[tuple[int, int]]:
    """The begin and the end of each place at which a text has `part`."""
    begin = text.find(part)
    while begin >= 0:
        yield begin, begin + len(part)
        begin = text.find(part, begin + 1)


def _line(hidden: str, run: str) -> int:
    """The line, from 1, on which a run of a hidden text begins."""
    lines = hidden.split("\n")
    remainders = ("\n".join(lines[number:]) for number in range(len(lines)))
    begins = (any(run in form for form in _letters_of(text) | _characters_of(text)) for text in remainders)
    return max((number for number, found in enumerate(begins, 1) if found), default=1)


def _on_one_line(text: str) -> str:
    """A text in lower case, with one space for each run of spaces and line ends; boundaries, which are spaces, stay."""
    return BOUNDARY.join(" ".join(part.split()) for part in text.casefold().split(BOUNDARY))
