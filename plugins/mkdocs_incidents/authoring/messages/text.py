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
_WIDTH = 78


def unfilled(message: str) -> list[str]:
    """The blanks of a template that are left in a message, in their order: `[what users see]`.

    That is any text in brackets that Markdown does not read as a link, a footnote or a task. Code is left out, and so
    is what a backslash stands before.
    """
    message = _TASK.sub("", _CODE.sub(lambda code: " " * len(code[0]), message))
    links = {" ".join(found["name"].casefold().split()) for found in _DEFINITION.finditer(message)}
    blanks = [" ".join(found["text"].split()) for found in _BLANK.finditer(message)]
    return [f"[{blank}]" for blank in dict.fromkeys(blanks) if blank.casefold() not in links]


def unwrapped(text: str) -> str:
    """`text` with the lines of each paragraph joined; lists, tables, code and hard line breaks stay as they are."""
    joined: list[str] = []
    fenced = goes_on = False
    for line in text.strip().splitlines():
        is_fence, is_plain = bool(_FENCE.match(line)), not fenced and not _STRUCTURE.match(line)
        if is_plain and goes_on and line.strip():
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line.rstrip() if not line.endswith(_HARD_BREAK) else line)
        fenced ^= is_fence
        goes_on = is_plain and bool(line.strip()) and not line.endswith(_HARD_BREAK)
    return "\n".join(joined).strip()


def wrapped(text: str) -> str:
    """`text` with its paragraphs in lines that fit an editor; what `unwrapped` leaves alone stays as it is."""
    found: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        if fenced or _STRUCTURE.match(line) or line.endswith(_HARD_BREAK):
            found.append(line)
        else:
            found.append(_filled(line))
    return "\n".join(found)


def _filled(paragraph: str) -> str:
    """A paragraph in lines, none of which but the first could be taken for a list item or another structure."""
    lines = textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if any(_STRUCTURE.match(line) for line in lines[1:]):
        return paragraph
    return "\n".join(lines)
