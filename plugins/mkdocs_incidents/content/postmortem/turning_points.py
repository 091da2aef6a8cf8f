"""Which turning point an entry of a timeline states to be: by a mark at its end, or by a label at its beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mkdocs_incidents.model import TurningPoint

from .language_tables import language_tables, name_of

_MARK = re.compile(
    r"(?:\{:?\s*kind\s*[:=]\s*[\"']?(?P<brace>[\w -]{1,40}?)[\"']?\s*\}"
    r"|<!--\s*kind\s*[:=]\s*[\"']?(?P<comment>[\w -]{1,40}?)[\"']?\s*-->)"
    r"[ \t]*(?P<emphasis>[*_]{0,3})(?P<stop>[.。]?)(?P<closing>[*_]{0,3})\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<open>[*_]{0,3})(?P<label>[^\n*_:：—–]{2,40}?)(?P<close>[*_]{1,3})?[ \t]*"
    r"(?::(?P<inside>[*_]{0,3})(?=\s|$)|：(?(close)|(?P<wide>(?P=open))?)|[—–]|-(?=\s))\s*"
)
_LABEL_END = re.compile("[:：—–-]")
_LONGEST_LABEL = 50
"""Characters in which a label ends, its emphasis included."""
COMMENT_MARK = re.compile(r"<!--\s*kind\s*[:=]", re.IGNORECASE)
"""How a comment begins that is a mark."""
_KINDS = {kind.value: kind for kind in TurningPoint}
_NONE = "none"
_STOPS = (".", "!", "?", "。", "！", "？")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindMark:
    """A mark `{kind: detected}` at the end of a text, or a cell of a column "Kind"."""

    name: str
    """What is written for the kind."""
    start: int = 0
    """The index at which it begins, blanks before it included."""
    stop: str = ""
    """The full stop behind it, which belongs to the words before it."""
    emphasis: tuple[str, str] = ("", "")
    """Signs before and behind the full stop that close the emphasis of the words before it."""

    @property
    def kind(self) -> TurningPoint | None:
        """The turning point; None for `none` and for names that are not known."""
        return _KINDS.get(re.sub(r"[\s-]+", "_", self.name.strip().casefold()))

    @property
    def known(self) -> bool:
        """Whether the name is that of a turning point, or `none`."""
        return self.kind is not None or self.name.strip().casefold() == _NONE

    def removed_from(self, text: str) -> str:
        """`text`, at whose end the mark stands, without it; a full stop behind it stays, unless one is before it."""
        before = text[: self.start]
        stop = "" if before.endswith(_STOPS) else self.stop
        return f"{before}{self.emphasis[0]}{stop}{self.emphasis[1]}"


def mark_at_end(paragraph: str) -> KindMark | None:
    """The mark that is the last thing of a paragraph, if one is."""
    start = max(paragraph.rfind("{"), paragraph.rfind("<!--"))
    found = _MARK.match(paragraph, start) if start >= 0 else None
    if found is None:
        return None
    name = found["brace"] or found["comment"]
    emphasis = (found["emphasis"], found["closing"])
    return KindMark(name=name, start=len(paragraph[:start].rstrip()), stop=found["stop"], emphasis=emphasis)


def kind_in_cell(cell: str) -> KindMark | None:
    """What the cell of a column "Kind" says, as a mark or a label does; None for an empty one, and one with a dash."""
    if mark := mark_at_end(cell.strip(" `")):
        return KindMark(name=mark.name)
    name = cell.strip(" `*_{}")
    if not any(character.isalnum() for character in name):
        return None
    label = language_tables().labels.get(name_of(name))
    return KindMark(name=label.value if label else name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label of the tables at the beginning of an entry: `**Detected:** …`, `Detected — …`."""

    words: str
    """As the author wrote it, without emphasis and without the colon or dash behind it."""
    kind: TurningPoint
    end: int
    """The index behind it, blanks included."""
    reopened: str
    """Emphasis that begins before the label and ends behind the words that follow it."""


def label_of(text: str) -> Label | None:
    """The label with which `text` begins, if it begins with one."""
    found = _LABEL.match(text) if _LABEL_END.search(text, 0, _LONGEST_LABEL) else None
    kind = language_tables().labels.get(name_of(found["label"])) if found else None
    if found is None or kind is None:
        return None
    closed = found["close"] or found["inside"] or found["wide"]
    return Label(words=found["label"].strip(), kind=kind, end=found.end(), reopened="" if closed else found["open"])
