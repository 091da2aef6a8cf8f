"""The text of a message: blanks that wait for its writer, and lines that belong to one paragraph."""

from __future__ import annotations

import re
import textwrap

_CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_BLANK = re.compile(r"(?<![\\!\]\w])\[(?P<text>[^\W\d_][^\[\]]*)\](?![(\[:])")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]]+)\]:", re.MULTILINE)
_TASK = re.compile(r"^\s*(?:[-*+]|\d+[.)])?\s*\[[xX]\](?=\s)", re.MULTILINE)
_STRUCTURE = re.compile(r"\s*(?:[-*+>|#]|\d{1,3}[.)]\s|:::|!!!|\?\?\?|```|~~~|<)|\s{4}")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HARD_BREAK = ("  ", "\\")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]\])) (?=[\[A-Z])")
_WRAPPER = textwrap.TextWrapper(78, break_long_words=False, break_on_hyphens=False)


def unfilled(message: str) -> list[str]:
    """The blanks of a template that are left in a message, in their order: `[what users see]`.

    That is any text in brackets that Markdown does not read as a link, a footnote or a task. Code is left out, and so
    is what a backslash stands before.
    """
    return list(dict.fromkeys(blank for _, blank in blanks_in(message)))


def blanks_in(message: str) -> list[tuple[int, str]]:
    """The blanks that `unfilled` lists, each time they occur, with their index."""
    readable = _TASK.sub(_spaces, _CODE.sub(_spaces, message))
    links = {" ".join(found["name"].casefold().split()) for found in _DEFINITION.finditer(readable)}
    blanks = [(found.start(), " ".join(found["text"].split())) for found in _BLANK.finditer(readable)]
    return [(index, f"[{blank}]") for index, blank in blanks if blank.casefold() not in links]


def _spaces(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def unwrapped(text: str) -> str:
    """`text` with the lines of each paragraph joined; lists, tables, code and hard line breaks stay as they are."""
    joined: list[str] = []
    fenced = goes_on = False
    for line in text.splitlines():
        is_plain = not fenced and not _STRUCTURE.match(line)
        ended = line.lstrip() if _breaks(line) else line.strip()
        if not is_plain:
            joined.append(line.rstrip())
        elif goes_on and ended:
            joined[-1] = f"{joined[-1]} {ended}"
        else:
            joined.append(ended)
        fenced ^= bool(_FENCE.match(line))
        goes_on = is_plain and bool(ended) and not _breaks(line)
    return "\n".join(joined).strip("\n")


def _breaks(line: str) -> bool:
    """Whether Markdown keeps the line break behind it."""
    return bool(line.strip()) and line.endswith(_HARD_BREAK)


def wrapped(text: str) -> str:
    """`text` for an editor: each sentence on lines of its own, none too long; `unwrapped` joins them again.

    Lists, tables, code and hard line breaks stay as they are.
    """
    found: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        plain = not (fenced or _STRUCTURE.match(line) or _breaks(line))
        found.extend(_in_lines(line) if plain else [line])
    return "\n".join(found)


def _in_lines(paragraph: str) -> list[str]:
    """A paragraph in several lines; in one where Markdown would not read those as one paragraph."""
    lines = [line for sentence in _SENTENCE_END.split(paragraph) for line in _WRAPPER.wrap(sentence)]
    is_safe = not any(map(_STRUCTURE.match, lines[1:])) and not any(map(_breaks, lines[:-1]))
    return lines if lines and is_safe else [paragraph]
