"""Characters that nobody sees: where they do harm, and what to say of them.

In the structure of a file (keys, indentation, words of closed sets) every one does harm: YAML knows the ordinary space
only, and no word fits with a character too many. Texts for readers have honest uses for many of them: joiners in emoji
and in Persian or Indic words, marks of direction in Arabic and Hebrew, breaks in Thai or Khmer, no-break spaces in
French, soft hyphens. What is left does harm there, too: it is pasted from chats and wikis, and breaks addresses,
searches, and the times and names that a build reads.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING

from .markdown_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .source import Report, Source

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
SUSPECT = re.compile(f"[{_SPACES}{_ZERO_WIDTH}]")
"""What looks like a space or like nothing, and is no ordinary space."""
_SPACE = re.compile(f"[{_SPACES}]")
_HARMFUL = re.compile("[\u180e\u200b-\u200f\u2060-\u2064\u2066-\u206f\u202a-\u202c\u061c\ufeff\ufff9-\ufffb]")
"""What a text must not hold without one of the reasons in `_has_reason`."""
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_SCRIPTS_WITHOUT_SPACES = (
    "THAI",
    "LAO",
    "KHMER",
    "MYANMAR",
    "TIBETAN",
    "JAVANESE",
    "BALINESE",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
)
_BULLET = re.compile(rf"(?P<lead>[ \t{_SPACES}]*)[-*+](?P<gap>[ \t{_SPACES}]+)(?P<box>\[[{_SPACES}]\])?")
_NAMES = {
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2007": "figure space",
    "\u202f": "narrow no-break space",
    "\ufeff": "zero-width no-break space",
}


def is_space(character: str) -> bool:
    """Whether an ordinary space belongs in place of `character`; else nothing does."""
    return _SPACE.match(character) is not None


def harmful_in_text(text: str) -> Iterator[int]:
    """Indexes of the characters that do harm in a text for readers, as long as a message or a whole body."""
    if text.isascii():
        return
    right_to_left: bool | None = None
    for found in _HARMFUL.finditer(text):
        index = found.start()
        if found[0] in _DIRECTIONS:
            if right_to_left is None:
                right_to_left = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in _letters(text))
            if right_to_left:
                continue
        elif found[0] in _JOINERS:
            if not (text[index - 1 : index] or "a").isascii() or not (text[index + 1 : index + 2] or "a").isascii():
                continue
        elif found[0] == "\u200b" and _between_words_without_spaces(text, index):
            continue
        yield index


def _letters(text: str) -> Iterator[str]:
    return (character for character in text if character > "\u0590" and character.isalpha())


def _between_words_without_spaces(text: str, index: int) -> bool:
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return any(unicodedata.name(character, "").startswith(_SCRIPTS_WITHOUT_SPACES) for character in around)


def harmful_in_markdown(text: str) -> Iterator[int]:
    """Indexes of the characters that do harm in Markdown outside of code: also other spaces around the mark of a list.

    Those make a paragraph of what its author sees as a list, and a promise in it is lost.
    """
    if SUSPECT.search(text) is None:
        return
    harmful = sorted(harmful_in_text(text))
    lines = read_lines(text)
    start = 0
    for line, prose in zip(lines.texts, lines.prose, strict=True):
        end = start + len(line)
        if prose:
            if bullet := _BULLET.match(line):
                yield from (start + found.start() for found in _SPACE.finditer(line, 0, bullet.end()))
            yield from harmful[bisect_left(harmful, start) : bisect_left(harmful, end)]
        start = end


def report_invisible(indexes: Iterable[int], source: Source, report: Report) -> None:
    """Report invisible characters of `source`, once for each line that holds some."""
    by_line: dict[int, list[int]] = {}
    for index in sorted(set(indexes)):
        by_line.setdefault(source.place(index).line, []).append(index)
    for found in by_line.values():
        character = source.text[found[0]]
        more = f" (and {len(found) - 1} more on this line)" if len(found) > 1 else ""
        code = f"U+{ord(character):04X}"
        name = _NAMES.get(character) or unicodedata.name(character, "").casefold() or "without a name"
        if is_space(character):
            article = "an" if name[0] in "aeio" else "a"
            message = f"{article} {name} ({code}) stands here{more}"
            hint = "write an ordinary space" + (" in place of each" if more else "")
        else:
            message = f"an invisible character ({name}, {code}) stands here{more}"
            hint = "delete it" + (" and the others" if more else "") + "; if you do not see it, type the line anew"
        report.error(source.place(found[0]), "control-character", message, hint)


def made_visible(text: str) -> str:
    """`text` with the characters that nobody sees written as `<U+200B>`, as messages quote it."""
    if text.isascii():
        return text
    harmful = set(harmful_in_text(text)) | {found.start() for found in SUSPECT.finditer(text) if not is_space(found[0])}
    return "".join(f"<U+{ord(char):04X}>" if index in harmful else char for index, char in enumerate(text))
