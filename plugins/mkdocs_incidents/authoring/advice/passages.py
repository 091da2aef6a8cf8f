"""The passages of a file that advice is given on: title, updates, parts of the body, with the position of each word."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from mkdocs_incidents.content.internal_notes import without_internal_notes
from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.blocks import Item, blocks
from mkdocs_incidents.content.source import Place
from mkdocs_incidents.content.yaml.nodes import Scalar, find
from mkdocs_incidents.model import NoticeKind, SectionKind

from ..prose.sentences import sentences_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.postmortem.body import Body
    from mkdocs_incidents.content.postmortem.sections import BodyPart
    from mkdocs_incidents.content.source import Source
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
_BRIEF = (str(SectionKind.SUMMARY), str(SectionKind.IMPACT))
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


def passages(file: NoticeFile, site_names: frozenset[str] = frozenset()) -> Iterator[Passage]:
    """Every passage of a file that is written in sentences."""
    notice = file.notice
    if notice.upstream:
        site_names |= names_in(notice.upstream.name)
    passage = partial(Passage, kind=notice.kind, site_names=site_names)
    title = find(file.document.facts, ("title",))
    if isinstance(title, Scalar):
        yield passage(where=TITLE, markdown=notice.title, place_of=_in_scalar(file.document.source, title))
    for number, update in enumerate(notice.updates):
        message = find(file.document.facts, ("updates", file.order[number], "message"))
        if isinstance(message, Scalar):
            place_of = _in_scalar(file.document.source, message)
            first = number == 0
            yield passage(where=UPDATE, markdown=update.message, place_of=place_of, update=update, first=first)
    yield from _body(file, passage)
    postmortem = notice.postmortem
    for item in postmortem.action_items if postmortem else ():
        place_of = _on_line(file.document.source, item.line, item.text)
        yield passage(where=PROMISE, markdown=item.text, place_of=place_of, postmortem=postmortem)


def names_in(name: str) -> frozenset[str]:
    """The forms of a name in texts: the whole name, and each of its words that has a capital."""
    words = (word for word in words_of(name) if not word.islower())
    return frozenset(word.casefold() for word in (name, *words))


def _body(file: NoticeFile, passage: Callable[..., Passage]) -> Iterator[Passage]:
    """Each part of the body; and all of it, the summary first, which stands where that begins."""
    postmortem = file.notice.postmortem
    body = file.body
    parts = list(_sections(body))
    for where, part, markdown in parts:
        yield passage(where=where, markdown=markdown, place_of=_in_part(body, part), postmortem=postmortem)
    judged = sorted((part for part in parts if part[0] != TIMELINE), key=lambda part: part[0] not in _BRIEF)
    if judged:
        everything = "\n\n".join(markdown for *_, markdown in judged)
        brief = "\n\n".join(markdown for where, _, markdown in judged if where in _BRIEF)
        place_of = _in_part(body, judged[0][1])
        yield passage(
            where=BODY, markdown=everything, place_of=place_of, postmortem=postmortem, summary=brief or everything
        )


def _sections(body: Body) -> Iterator[tuple[str, BodyPart, str]]:
    for part, kind in body.parts_within(set(SectionKind) - {SectionKind.OTHER}):
        markdown = _without_items(part) if kind is SectionKind.ACTION_ITEMS else part.markdown
        if markdown.strip():
            yield str(kind), part, markdown


def _without_items(part: BodyPart) -> str:
    """The text of a part with spaces in place of its list items, which are judged one by one."""
    texts = list(part.lines.texts)
    for block in blocks(part.lines):
        if isinstance(block, Item):
            for number in range(block.first, block.end):
                texts[number] = " " * (len(texts[number]) - 1) + "\n"
    return "".join(texts)[: len(part.markdown)]


def _in_part(body: Body, part: BodyPart) -> Callable[[int], Place]:
    starts = [0, *accumulate(len(text) for text in part.lines.texts)]

    def place_of(index: int) -> Place:
        number = min(bisect_right(starts, index), len(part.lines.texts)) - 1
        return Place(body.line(part, number), index - starts[number] + 1)

    return place_of


def _on_line(source: Source, line: int, text: str) -> Callable[[int], Place]:
    begin = max(source.line(line).find(text.split("\n", 1)[0].split(" (", 1)[0]), 0)

    def place_of(index: int) -> Place:
        return Place(line + text.count("\n", 0, index), begin + index + 1 if "\n" not in text[:index] else 1)

    return place_of


def _in_scalar(source: Source, scalar: Scalar) -> Callable[[int], Place]:
    """Where the characters of a text stand that was cleaned of internal notes and of space around it."""
    public = without_internal_notes(scalar.text)
    lead = len(public.text) - len(public.text.lstrip())

    def place_of(index: int) -> Place:
        typed = scalar.text[: public.origin(min(index + lead, len(public.text)))]
        return source.place(_index_in_source(source.text, scalar, sum(not sign.isspace() for sign in typed)))

    return place_of


def _index_in_source(text: str, scalar: Scalar, count: int) -> int:
    """The index of the sign behind the first `count` signs of a value that are no space: YAML only moves spaces."""
    quote = "" if scalar.plain else text[scalar.index]
    index = scalar.index
    if quote and quote in "|>":
        index = text.find("\n", index) + 1
    elif quote:
        index += 1
    while index < scalar.end:
        sign, width, seen = text[index], 1, not text[index].isspace()
        if quote == '"' and sign == "\\":
            width = {"x": 4, "u": 6, "U": 10}.get(text[index + 1], 2)
            seen = text[index + 1] not in "nrt \n_NLP"
        elif quote == "'" and sign == "'":
            width = 2
        if seen:
            if not count:
                return index
            count -= 1
        index += width
    return scalar.end
