"""Which lines of a Markdown text are prose, and which belong to code, to a comment or to raw HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_FENCE = re.compile(r"[ \t]*(?:[-*+]\s+|\d+[.)]\s+)?(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_BLOCK_TAG = re.compile(
    r"""<(?P<closes>/?)(?P<name>
        address|article|aside|blockquote|body|canvas|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure
        |footer|form|group|h[1-6]|header|hgroup|html|iframe|legend|li|main|map|math|menu|nav|noscript|object|ol|option
        |output|p|pre|progress|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video
        )(?=[\s/>])(?P<attributes>[^<>\n]*)>""",
    re.VERBOSE | re.IGNORECASE,
)
"""A tag of a block-level element of Python-Markdown; not `hr`, because nothing stands in it."""
_HOLDS_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span|markdown)[\"']?)?(?=[\s/]|$)")
_MARGIN_OF_HTML = re.compile(r" {0,3}(?=<)")
_BACKTICKS = re.compile(r"\\.|(?P<run>`+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a text, each with its end."""

    texts: tuple[str, ...]
    prose: tuple[bool, ...]
    """Whether the line stands outside fenced code, HTML comments and raw HTML."""
    unclosed_fences: tuple[int, ...]
    """Lines, from 0, with an opening fence that nothing closes: they open nothing."""


def read_lines(text: str) -> Lines:
    """`text` line by line. A fence or comment that never ends is no fence or comment."""
    # Not splitlines: it also cuts at form feeds and separators that are no line ends to anybody else.
    *whole, rest = text.split("\n")
    texts = (*(f"{line}\n" for line in whole), *([rest] if rest else []))
    if "```" not in text and "~~~" not in text and "<" not in text:
        return Lines(texts=texts, prose=(True,) * len(texts), unclosed_fences=())
    prose = [True] * len(texts)
    unclosed: list[int] = []
    hopeless: dict[str, int] = {}  # fence character → shortest run known to find no end: keeps this linear
    number = 0
    while number < len(texts):
        end = None
        if fence := _FENCE.match(texts[number]):
            end = _end_of_fence(texts, number, fence["fence"], hopeless)
            if end is None:
                unclosed.append(number)
        elif _opens_comment(texts[number]) and "-->" not in hopeless:
            end = _first(texts, number + 1, lambda line: "-->" in line)
            if end is None:
                hopeless["-->"] = 0
        if end is None:
            number += 1
            continue
        prose[number : end + 1] = [False] * (end + 1 - number)
        number = end + 1
    for first, end in _raw_html(texts, prose) if "<" in text else ():
        prose[first:end] = [False] * (end - first)
    return Lines(texts=texts, prose=tuple(prose), unclosed_fences=tuple(unclosed))


def _end_of_fence(texts: Sequence[str], number: int, fence: str, hopeless: dict[str, int]) -> int | None:
    if len(fence) >= hopeless.get(fence[0], len(fence) + 1):
        return None
    closing = re.compile(rf"[ \t]*{re.escape(fence)}{re.escape(fence[0])}*[ \t]*\n?$")
    end = _first(texts, number + 1, lambda line: closing.match(line) is not None)
    if end is None:
        hopeless[fence[0]] = min(len(fence), hopeless.get(fence[0], len(fence)))
    return end


def _raw_html(texts: Sequence[str], prose: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The blocks that Python-Markdown leaves as they are: their first lines, and the lines behind them.

    A block goes from a block-level tag at the beginning of a line to the tag that closes it. One that is never closed
    ends at the next blank line.
    """
    closed = _closed_elements(texts, prose)
    number = 0
    while number < len(texts):
        end = number
        if prose[number] and (margin := _MARGIN_OF_HTML.match(texts[number])):
            tag = _BLOCK_TAG.match(texts[number], margin.end())
            if tag and _begins_element(tag) and not _HOLDS_MARKDOWN.search(tag["attributes"]):
                end = closed.get((number, tag.start()), -1) + 1 or _first(texts, number, str.isspace) or len(texts)
                yield number, end
        number = max(end, number + 1)


def _closed_elements(texts: Sequence[str], prose: Sequence[bool]) -> dict[tuple[int, int], int]:
    """The line on which each block-level element is closed, by the line and index at which it begins."""
    closed: dict[tuple[int, int], int] = {}
    unclosed: dict[str, list[tuple[int, int]]] = {}
    for number, text in enumerate(texts):
        for tag in _BLOCK_TAG.finditer(text) if "<" in text and prose[number] else ():
            above = unclosed.setdefault(tag["name"].lower(), [])
            if _begins_element(tag):
                above.append((number, tag.start()))
            elif tag["closes"] and above:
                closed[above.pop()] = number
    return closed


def _begins_element(tag: re.Match[str]) -> bool:
    return not tag["closes"] and not tag["attributes"].endswith("/")


def _opens_comment(line: str) -> bool:
    if "<!--" not in line:
        return False
    opened = False
    start = 0
    for begin, end in [*code_spans(line), (len(line), len(line))]:
        opens, closes = line.rfind("<!--", start, begin), line.rfind("-->", start, begin)
        opened = opens > closes if opens != closes else opened
        start = end
    return opened


def code_spans(line: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where the code spans of a line begin and end, their backticks included; in linear time."""
    if "`" not in line:
        return
    runs = [found.span() for found in _BACKTICKS.finditer(line, start) if found["run"]]
    closing: dict[int, list[int]] = {}
    """Where runs end, the last one first, by their length."""
    for begin, end in reversed(runs):
        closing.setdefault(end - begin, []).append(end)
    behind = start
    for begin, end in runs:
        if begin < behind:
            continue
        same = closing[end - begin]
        while same and same[-1] <= end:
            same.pop()
        if same:
            behind = same.pop()
            yield begin, behind


def _first(texts: Sequence[str], start: int, wanted: Callable[[str], bool]) -> int | None:
    return next((number for number in range(start, len(texts)) if wanted(texts[number])), None)
