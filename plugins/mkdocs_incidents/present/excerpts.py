"""Short forms of timeline entries and public messages, for drawings, tables and quotations."""

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
    """A timeline entry split into the label of its turning point and the remaining text."""

    kind: str
    """The author's label, else the default one; empty for an ordinary entry and where the text has the label itself."""
    text: str
    """Markdown without the label; empty where the author wrote only the label."""


def labelled_entry(formatter: Formatter, entry: TimelineEntry) -> LabelledEntry:
    """An entry with the label of its turning point exactly once: the author's if there is one, else the default one."""
    if entry.kind is None:
        return LabelledEntry(kind="", text=entry.text)
    label = label_of(entry.text)
    if label and label.kind is entry.kind:
        return LabelledEntry(kind=label.words, text=f"{label.reopened}{entry.text[label.end :]}")
    kind = formatter.text(ENTRY[entry.kind])
    has_label = plain_words(entry.text).casefold().startswith(kind.casefold())
    return LabelledEntry(kind="" if has_label else kind, text=entry.text)


def first_sentence(markdown: str) -> str:
    """The first sentence of a message, as Markdown without the marker of a list, a quotation or a heading."""
    paragraph = markdown.strip().partition("\n\n")[0]
    line = " ".join(_BLOCK_MARK.sub("", paragraph).split())
    found = _SENTENCE.match(line)
    return found[0] if found else line


def shortened(text: str, max_length: int) -> str:
    """Plain text of at most `max_length` characters, cut between words; an ellipsis marks a cut."""
    if len(text) <= max_length:
        return text
    short = text[: max_length - 1]
    if not text[max_length - 1].isspace() and " " in short:
        short = short.rpartition(" ")[0]
    return f"{short.rstrip(' ,;:.–—-')}…"


def quotation(formatter: Formatter, markdown: str, max_length: int) -> str:
    """`“The alarm pages the engineer…”`: the beginning of a text as plain text in quotation marks."""
    return formatter.text("“%(words)s”", words=shortened(plain_words(markdown), max_length))
