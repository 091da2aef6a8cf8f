"""Which turning point an entry of a timeline states to be: by a mark at its end, or by a label at its beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model import EntryKind
from .words import name_of, words

_MARK = re.compile(
    r"[ \t\n]*(?:\{:?[ ]*kind\s*[:=]\s*[\"']?(?P<brace>[\w -]{1,40}?)[\"']?[ ]*\}"
    r"|<!--\s*kind\s*[:=]\s*[\"']?(?P<comment>[\w -]{1,40}?)[\"']?\s*-->)[ \t]*(?P<stop>[.。]?)[ \t]*$"
)
_LABEL = re.compile(
    r"(?P<open>[*_]{0,3})(?P<label>[^\n*_:：—–]{2,40}?)(?P<close>[*_]{0,3})[ \t]*"
    r"(?::(?P<inside>[*_]{0,3})(?=\s|$)|[—–]|-(?=\s)|：)"
)
COMMENT_MARK = re.compile(r"<!--\s*kind\s*[:=]")
"""How a comment begins that is a mark."""
_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark `{kind: detected}` in a text."""

    start: int
    """The index at which it begins, blanks before it included."""
    end: int
    stop: str
    """The full stop that stands behind it and belongs to the words before it."""
    name: str
    """What is written for the kind."""

    @property
    def kind(self) -> EntryKind | None:
        """The turning point; None for `none` and for names that are not known."""
        name = self.name.strip().lower().replace(" ", "_").replace("-", "_")
        return EntryKind(name) if name in list(EntryKind) else None

    @property
    def known(self) -> bool:
        """Whether the name is that of a turning point, or `none`."""
        return self.kind is not None or self.name.strip().lower() == _NONE


def mark_at_end(paragraph: str) -> Mark | None:
    """The mark that is the last thing of a paragraph, if one is."""
    found = _MARK.search(paragraph) if "kind" in paragraph else None
    if found is None:
        return None
    name = found["brace"] or found["comment"]
    return Mark(start=found.start(), end=found.end(), stop=found["stop"], name=name)


def kind_named(name: str) -> Mark:
    """What the cell `name` of a column "Kind" says, as a mark that stands nowhere."""
    return Mark(start=0, end=0, stop="", name=name.strip(" `*_{}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label of the tables at the beginning of an entry: `**Detected:** …`, `Detected — …`."""

    words: str
    """As the author wrote it, without emphasis and without the colon or dash behind it."""
    kind: EntryKind
    end: int
    """The index behind it, blanks included."""
    reopened: str
    """Emphasis that begins before the label and ends behind the words that follow it."""


def label_of(text: str) -> Label | None:
    """The label with which `text` begins, if it begins with one."""
    found = _LABEL.match(text)
    kind = words().labels.get(name_of(found["label"])) if found else None
    if found is None or kind is None:
        return None
    closed = found["close"] or found["inside"]
    end = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    return Label(words=found["label"].strip(), kind=kind, end=end, reopened="" if closed else found["open"])
