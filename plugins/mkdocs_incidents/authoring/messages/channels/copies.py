"""The message for one channel, and texts that several channels share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nh3

from mkdocs_incidents.emit.clean_html import plain_text

from .lengths import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from .facts import ChannelFacts

_FEWEST_WORDS = 40
"""Characters; a shorter beginning of the words says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The message for one channel."""

    text: str
    """What to paste."""
    document: dict[str, Any] = field(default_factory=dict)
    """The same as JSON, for programs."""
    length: int
    """In the units of the channel."""
    limit: int
    unit: str = "characters"
    full_length: int
    """The length with all words."""
    remarks: tuple[str, ...] = ()
    """What the author should know, each a sentence without a full stop."""

    @property
    def measure(self) -> str:
        """`158 of 160 characters`."""
        return f"{self.length:,} of {self.limit:,} {self.unit}"

    @property
    def shortened(self) -> bool:
        return self.full_length > self.length


def linkless_words(facts: ChannelFacts) -> str:
    """The note and the words in one line, without the addresses of links."""
    html = nh3.clean(facts.html, tags=nh3.ALLOWED_TAGS - {"a"})
    return " ".join(" ".join(filter(None, [facts.note, plain_text(html)])).split())


def whole_text(facts: ChannelFacts, words: str) -> str:
    """Facts, words, next update and link as paragraphs, without the heading."""
    rows = "\n".join(f"{label}: {value}" for label, value in facts.rows)
    return "\n\n".join(filter(None, [rows, facts.note, words, facts.next_sentence, facts.link]))


def short_text(
    facts: ChannelFacts, words: str, separator: str, fits: Callable[[str], bool], ellipsis: str = "…"
) -> str:
    """The link in full, and of heading, next update and words, in this order of priority, as much as fits."""

    def joined(heading: str, words: str = "", tail: str = "") -> str:
        return separator.join(filter(None, [heading, words, tail, facts.link]))

    whole = sentence(facts.heading) if separator == " " else facts.heading
    heading = fitted(whole, lambda part: fits(joined(part)), ellipsis)
    tail = facts.next_sentence if fits(joined(heading, "", facts.next_sentence)) else ""
    kept = fitted(words, lambda part: fits(joined(heading, part, tail)), ellipsis)
    if kept == words or len(kept) >= _FEWEST_WORDS:
        return joined(heading, kept, tail)
    dated = joined(f"{facts.heading}, {facts.when}.", "", tail)
    return dated if facts.when and fits(dated) else joined(heading, "", tail)


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark already."""
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text}."
