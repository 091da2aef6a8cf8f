"""The passages of an incident file: title, updates, parts of the body, with the position of each word."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from mkdocs_incidents.content.internal_notes import without_internal_notes
from mkdocs_incidents.content.postmortem.blocks import Item, blocks
from mkdocs_incidents.content.source import Place
from mkdocs_incidents.content.yaml.nodes import Scalar, find
from mkdocs_incidents.model import SectionKind

from .passages import BODY, PROMISE, TIMELINE, TITLE, UPDATE, Passage, names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.postmortem.body import Body
    from mkdocs_incidents.content.postmortem.sections import BodyPart
    from mkdocs_incidents.content.source import Source

_BRIEF = (str(SectionKind.SUMMARY), str(SectionKind.IMPACT))


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
