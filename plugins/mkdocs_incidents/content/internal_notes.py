"""Internal notes: what stands between `<!-- internal -->` and `<!-- /internal -->` never reaches a reader.

In incident files the markers hold everywhere, code included. In the other pages of a site they do not hold in code,
since such a page may explain them. Whatever is unclear about a marker is an error: a note that leaks cannot be taken
back.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .problems import Problem, Severity
from .source import Source, problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKER = re.compile(r"<!--[ \t]*(?P<close>/?)[ \t]*internal[ \t]*-->", re.IGNORECASE)
_ALIKE = re.compile(r"<!--\s*(?:/|end\b|close\b)?\s*(?P<word>[A-Za-z]+)", re.IGNORECASE)
# What is no marker in the other pages of a site: a comment of more than one word; and in Markdown fenced code, and a
# code span that begins with a comment. (Any other span may begin with a stray backtick, and the note in it is meant.)
_COMMENT = r"<!--(?!\s*(?:/|end\b|close\b)?\s*[A-Za-z]+\s*-->).*?-->"
_FENCED = r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ \t>]*(?P=fence)[ \t]*$"
_SPAN = r"(?<!`)(?P<ticks>`+)[ \t]*(?=<!--)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)"
_LITERAL_IN_MARKDOWN = f"{_FENCED}|{_SPAN}|{_COMMENT}"
_CODE_OR_COMMENT = re.compile(
    rf"{_FENCED}|(?<!`)(?P<run>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=run)(?!`)|(?P<comment><!--.*?-->)",
    re.DOTALL | re.MULTILINE,
)
_LINE_END = re.compile(r"[ \t]*\n")
_READABLE = re.compile(r"[^\n]")
_SAME_WORD = 0.8
_HINT = "write <!-- internal --> before the note and <!-- /internal --> behind it"


@dataclass(frozen=True, slots=True)
class MarkerFault:
    """A marker that does not delimit a note as it should."""

    index: int
    """Of the marker in the text that was given."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A text without its internal notes."""

    text: str
    pieces: tuple[tuple[int, int], ...] = ((0, 0),)
    """Where its parts come from: (index here, index in the text that was given), ascending."""
    faults: tuple[MarkerFault, ...] = ()

    def origin(self, index: int) -> int:
        """The index in the text that was given of the character at `index` here."""
        here, there = next(piece for piece in reversed(self.pieces) if piece[0] <= index)
        return there + index - here


def without_internal_notes(text: str) -> PublicText:
    """`text` without its internal notes; a line that held nothing else goes with them.

    Everything behind a marker that is never closed counts as internal.
    """
    if "<!--" not in text:
        return PublicText(text=text)
    # A misspelt marker leaves its partner without a counterpart: one report of the two is enough.
    faults = _unknown_markers(text) or _faults_of_pairs(text)
    kept: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = public_from = 0
    for begin, end in [*outermost_notes(text), (len(text), len(text))]:
        public_until, next_from = _cut(text, public_from, begin, end)
        pieces.append((length, public_from))
        kept.append(text[public_from:public_until])
        length += public_until - public_from
        public_from = next_from
    public = "".join(kept)
    if not faults and (again := _MARKER.search(public)):
        faults.append(MarkerFault(0, f"removing the notes leaves another marker: {again[0]}", _HINT))
    return PublicText(text=public, pieces=tuple(pieces), faults=tuple(sorted(faults, key=lambda fault: fault.index)))


def without_comments(public: PublicText, *, but: re.Pattern[str] | None = None) -> PublicText:
    """The same without HTML comments outside code: remarks that no page shows, but copies of its Markdown would.

    Comments that match `but` stay.
    """
    text = public.text
    if "<!--" not in text:
        return public
    kept: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = start = 0
    last = text.rfind("-->") + len("-->")
    comments = (
        found.span()
        for found in _CODE_OR_COMMENT.finditer(text, 0, last)
        if found["comment"] and not (but and but.match(found["comment"]))
    )
    for begin, end in [*comments, (len(text), len(text))]:
        until, following = _cut(text, start, begin, end)
        inside = ((here, there) for here, there in public.pieces if start < here < until)
        pieces += [(length, public.origin(start)), *((length + here - start, there) for here, there in inside)]
        kept.append(text[start:until])
        length += until - start
        start = following
    return replace(public, text="".join(kept), pieces=tuple(pieces))


def public_markdown(text: str) -> PublicText:
    """The Markdown of a page that is no incident file without its internal notes; code shows the markers."""
    return _without_notes_outside(_LITERAL_IN_MARKDOWN, text)


def public_html(html: str) -> PublicText:
    """Rendered HTML without internal notes; in its code the markers are escaped, and therefore none."""
    return _without_notes_outside(_COMMENT, html)


def _without_notes_outside(literal: str, text: str) -> PublicText:
    # Most pages have other comments only. What is no marker, nor like one, is none in code or outside of it.
    if "<!--" not in text or not (_MARKER.search(text) or any(_like_markers(text))):
        return PublicText(text=text)
    public = without_internal_notes(_masked(text, literal))
    ends = [*(here for here, _ in public.pieces[1:]), len(public.text)]
    kept = (text[there : there + end - here] for (here, there), end in zip(public.pieces, ends, strict=True))
    return replace(public, text="".join(kept))


def _masked(text: str, literal: str) -> str:
    """`text` with the same length and lines, in which what is literal outside of notes is unreadable."""
    token = re.compile(f"(?P<literal>{literal})|{_MARKER.pattern}", re.IGNORECASE | re.DOTALL | re.MULTILINE)
    masked: list[str] = []
    depth = at = 0
    while found := (_MARKER if depth else token).search(text, at):
        is_literal = not depth and found["literal"] is not None
        if not is_literal:
            depth = max(depth - 1, 0) if found["close"] else depth + 1
        masked += [text[at : found.start()], _READABLE.sub("x", found[0]) if is_literal else found[0]]
        at = found.end()
    return "".join([*masked, text[at:]])


def outermost_notes(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every outermost note; one that is never closed goes on to the end."""
    depth = begin = 0
    for marker in _MARKER.finditer(text):
        if not marker["close"]:
            begin = begin if depth else marker.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield begin, marker.end()
        else:
            yield marker.span()
    if depth:
        yield begin, len(text)


def internal_notes(text: str) -> Iterator[str]:
    """The texts of the internal notes in an incident file."""
    yield from _texts_of_notes(text, text)


def internal_notes_of_page(text: str) -> Iterator[str]:
    """The texts of the internal notes in the Markdown of another page."""
    if "<!--" in text:
        yield from _texts_of_notes(text, _masked(text, _LITERAL_IN_MARKDOWN))


def _texts_of_notes(text: str, readable: str) -> Iterator[str]:
    for begin, end in outermost_notes(readable):
        yield _MARKER.sub("", text[begin:end])


def _cut(text: str, public_from: int, begin: int, end: int) -> tuple[int, int]:
    """Where the public text before a note ends, and where it goes on.

    A note alone on its lines takes its indentation and its line end with it; one between two spaces takes one.
    """
    line_from = max(public_from, text.rfind("\n", public_from, begin) + 1)
    at_line_start = line_from == 0 or text[line_from - 1] == "\n"
    if at_line_start and not text[line_from:begin].strip() and (rest := _LINE_END.match(text, end)):
        return line_from, rest.end()
    doubled = text[end : end + 1] == " " and (begin == 0 or text[begin - 1] in " \n")
    return begin, end + 1 if doubled else end


def _faults_of_pairs(text: str) -> list[MarkerFault]:
    faults = []
    opened: list[int] = []
    for marker in _MARKER.finditer(text):
        if not marker["close"]:
            opened.append(marker.start())
        elif opened:
            opened.pop()
        else:
            faults.append(MarkerFault(marker.start(), "this ends an internal note that was never begun", _HINT))
    if opened:
        message = "this internal note never ends; everything behind it is kept from readers"
        faults.append(MarkerFault(opened[0], message, "write <!-- /internal --> behind the note"))
    return faults


def _unknown_markers(text: str) -> list[MarkerFault]:
    faults = []
    for comment in _like_markers(text):
        shown = " ".join(text[comment.start() : comment.start() + 40].split("-->", 1)[0].split())
        faults.append(
            MarkerFault(comment.start(), f"'{shown}' looks like the marker of an internal note but is none", _HINT)
        )
    return faults


def _like_markers(text: str) -> Iterator[re.Match[str]]:
    """Comments that are no markers, but seem to be meant as such."""
    for comment in _ALIKE.finditer(text):
        if _means_internal(comment["word"].casefold()) and not _MARKER.match(text, comment.start()):
            yield comment


@lru_cache(maxsize=512)
def _means_internal(word: str) -> bool:
    return word in {"intern", "private", "confidential"} or (
        abs(len(word) - 8) <= 2 and SequenceMatcher(None, word, "internal").ratio() >= _SAME_WORD  # noqa: PLR2004
    )


_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def marker_problems(docs: Path, excluded: Path) -> Iterator[Problem]:
    """What is wrong with markers of internal notes in the Markdown below `docs`, the folder `excluded` left out."""
    for folder, _, names in os.walk(docs, followlinks=True):  # as MkDocs does
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(_MARKDOWN) and excluded not in path.parents:
                shown = Path(docs.name, path.relative_to(docs)).as_posix()
                yield from _problems_in(path.read_text("utf-8-sig", errors="replace"), shown)


def _problems_in(text: str, shown: str) -> Iterator[Problem]:
    source = Source(path=shown, text=text)
    for fault in public_markdown(text).faults:
        place = source.place(fault.index)
        yield problem_at(shown, Severity.ERROR, place, "internal-marker", fault.message, fault.hint)
