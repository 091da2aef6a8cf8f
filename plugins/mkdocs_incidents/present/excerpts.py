"""The words of an entry and of a public message, in brief: what stands for them in a drawing, a tag or a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.postmortem.sections import plain_words
from mkdocs_incidents.content.postmortem.turning_points import label_of

from .language.labels import ENTRY

if TYPE_CHECKING:
    from mkdocs_incidents.model import TimelineEntry

    from .language.formatter import Formatter

_SENTENCE = re.compile(r".*?(?:(?<!\be\.g)(?<!\bi\.e)[.!?][\"”’)*_]*(?=\s+[^\sa-z])|[\u3002\uff01\uff1f]|$)", re.DOTALL)
_BLOCK_MARK = re.compile(r"^\s*(?:[-*+>]|#{1,6}|\d+[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEntry:
    """An entry as its kind, in the author's word where there is one, and what it says besides."""

    kind: str
    """Empty for an ordinary entry, and where the text begins with the very word."""
    text: str
    """Markdown; empty where the author wrote nothing but the word."""


def labelled_entry(formatter: Formatter, entry: TimelineEntry) -> LabelledEntry:
    """The word for its turning point stands once: the author's label before ours, and neither twice."""
    if entry.kind is None:
        return LabelledEntry(kind="", text=entry.text)
    label = label_of(entry.text)
    if label and label.kind is entry.kind:
        return LabelledEntry(kind=label.words, text=f"{label.reopened}{entry.text[label.end :]}")
    kind = formatter.text(ENTRY[entry.kind])
    begins = plain_words(entry.text).casefold().startswith(kind.casefold())
    return LabelledEntry(kind="" if begins else kind, text=entry.text)


def first_sentence(markdown: str) -> str:
    """The first sentence of a message, as Markdown without the mark of a list, a quotation or a heading."""
    paragraph = markdown.strip().partition("\n\n")[0]
    line = " ".join(_BLOCK_MARK.sub("", paragraph).split())
    found = _SENTENCE.match(line)
    return found[0] if found else line


def shortened(words: str, most: int) -> str:
    """Plain words, at most so many characters of them, cut between two; an ellipsis says that there are more."""
    if len(words) <= most:
        return words
    short = words[: most - 1]
    if not words[most - 1].isspace() and " " in short:
        short = short.rpartition(" ")[0]
    return f"{short.rstrip(' ,;:.–—-')}…"


def quoted(formatter: Formatter, markdown: str, most: int) -> str:
    """`“The alarm pages the engineer…”`: the beginning of somebody's words as plain text."""
    return formatter.text("“%(words)s”", words=shortened(plain_words(markdown), most))
