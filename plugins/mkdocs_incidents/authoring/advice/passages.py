"""A passage that advice is given on: a text as it is read, with the position of each word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.model import NoticeKind, SectionKind

from ..prose.sentences import sentences_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.content.source import Place
    from mkdocs_incidents.model import Postmortem, Update

ELSEWHERE = "¤"
"""Stands for what is not judged."""
_SKIPPED = re.compile(
    r"<!--.*?-->"
    r"|(?P<elsewhere>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|<https?://[^>\s]+>|https?://[^\s)>]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w"
    r'|"(?:[^"\n]|\n(?![ \t]*\n)){1,300}?"|“(?:[^”\n]|\n(?![ \t]*\n)){1,300}?”)'
    r"|!\[|\]\([^)\n]{0,500}\)|\]\[[^\]\n]{0,100}\]|\[(?![ xX-]\])|(?<!\[[ xX-])\]"
    r"|</?[A-Za-z][^<>]{0,300}>"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.!?])_{1,3}(?!\w)",
    re.DOTALL,
)
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$|^[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*$", re.MULTILINE)
_SPACE = re.compile(r"(?P<paragraph>[ \t]*\n[ \t]*\n\s*)|(?P<item>\s*\n[ \t]*(?=(?:[-*+•]|\d{1,3}[.)])[ \t]))|\s+")
_CELL_END = re.compile(r"\s\|\s*+")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as it is read: one space between words, a line end before each item, two between paragraphs."""

    text: str
    origins: tuple[int, ...]
    """For each character its index in the text that was given; for the end, too."""

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence that has a word, with where it begins."""
        begin = 0
        for end in [*_CELL_END.finditer(self.text), None]:
            cell = self.text[begin : end.start() if end else len(self.text)]
            yield from ((begin + start, sentence) for start, sentence in sentences_in(cell) if _WORD.search(sentence))
            begin = end.end() if end else len(self.text)


def words_of(text: str) -> list[str]:
    """The words of a text; numbers are none."""
    return _WORD.findall(text)


def prose_of(markdown: str) -> Prose:
    """`markdown` as it is read."""
    lines = read_lines(markdown)
    pairs = zip(lines.texts, lines.prose, strict=True)
    public = "".join(text if is_prose else re.sub(r"[^\n]", " ", text) for text, is_prose in pairs)
    public = _QUOTED_LINE.sub(lambda found: " " * len(found[0]), public).replace("’", "'")
    kept, origins = _without_marks(public)
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for space in [*_SPACE.finditer(kept), None]:
        end = space.start() if space else len(kept)
        pieces.append(kept[start:end])
        places.extend(origins[start:end])
        if space:
            sign = "\n\n" if space["paragraph"] else "\n" if space["item"] is not None else " "
            pieces.append(sign)
            places.extend([origins[end]] * len(sign))
            start = space.end()
    return Prose("".join(pieces), (*places, len(markdown)))


def _without_marks(text: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for found in _SKIPPED.finditer(text):
        pieces.append(text[start : found.start()])
        origins.extend(range(start, found.start()))
        if found["elsewhere"]:
            pieces.append(ELSEWHERE)
            origins.append(found.start())
        start = found.end()
    pieces.append(text[start:])
    origins.extend(range(start, len(text)))
    return "".join(pieces), origins


TITLE, UPDATE, PROMISE, BODY = "title", "update", "promise", "body"
TIMELINE = str(SectionKind.TIMELINE)
"""Written in catchwords: only who is named in it, or blamed, is judged."""
SECTIONS = tuple(str(kind) for kind in SectionKind if kind is not SectionKind.TIMELINE)
"""Parts of a body that are written in sentences. Of `action_items` that is what stands around the items."""
WHERE = (TITLE, UPDATE, PROMISE, BODY, TIMELINE, *SECTIONS)
KINDS = tuple(str(kind) for kind in NoticeKind)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text by one author to one reader."""

    where: str
    """One of `WHERE`."""
    kind: str
    """Of the notice: one of `KINDS`."""
    markdown: str
    place_of: Callable[[int], Place]
    """Where the character at an index of `markdown` stands in the file."""
    update: Update | None = None
    first: bool = False
    """Whether it is the first word of the notice."""
    postmortem: Postmortem | None = None
    """Whose part it is."""
    summary: str = ""
    """Of all of a body: what its summary and its account of the impact say, or everything where it has neither."""
    site_names: frozenset[str] = frozenset()
    """What the site calls its parts and its suppliers, whole and word by word, in small letters: no persons."""

    @cached_property
    def prose(self) -> Prose:
        """It, as it is read."""
        return prose_of(self.markdown)

    @property
    def text(self) -> str:
        return self.prose.text

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Each sentence of the text with where it begins."""
        return tuple(self.prose.sentences())


def names_in(name: str) -> frozenset[str]:
    """The forms of a name in texts: the whole name, and each of its words that has a capital."""
    words = (word for word in words_of(name) if not word.islower())
    return frozenset(word.casefold() for word in (name, *words))
