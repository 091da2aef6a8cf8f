"""What an imported incident is called: its title, and its permanent id."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...content.identifiers import suggested_id
from .protocol import FactSureness, Inference

if TYPE_CHECKING:
    from datetime import date

    from .reading import DocumentFacts

_PREFIX = re.compile(
    r"^(?:(?:post-?mortem|incident|report|document|blog|article|the)[\s:-]{1,4}){0,3}title(?: name)?\s*[:=-]\s*",
    re.IGNORECASE,
)
_KIND_OF_DOCUMENT = re.compile(
    r"^(?:(?:incident|outage|public|our)\s+)?(?:post[- ]?mortem|incident report|outage report|rca|root cause analysis)"
    r"(?:\s+(?:report|analysis|review))?\s*(?::|\s[-–—])\s+(?=\S)",
    re.IGNORECASE,
)
"""What a title says of the document rather than of the incident: `Postmortem: …`."""
_GENERIC_NAMES = {
    "readme",
    "index",
    "postmortem",
    "post-mortem",
    "post_mortem",
    "report",
    "incident",
    "document",
    "blog_post",
    "main",
    "0-postmortem",
}
_LONGEST_ID_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTitle:
    """The name of a document, and where it was read."""

    text: str | None
    inferences: tuple[Inference, ...] = ()


def title_of(reading: DocumentFacts) -> FoundTitle:
    """The title in the front matter, else the first heading or line that names the document."""
    front = reading.document.front.get("title", "").strip()
    if front:
        return _found(front, 1, "the front matter")
    line = reading.parts.title
    if line is None:
        return FoundTitle(text=None)
    text = _PREFIX.sub("", line.text).strip(" \t#*_")
    return (
        _found(text, line.number, "its first heading" if line.level else "its first line")
        if text
        else FoundTitle(text=None)
    )


def _found(text: str, line: int, source: str) -> FoundTitle:
    text = without_kind_of_document(" ".join(text.split()))
    return FoundTitle(
        text=text,
        inferences=(Inference(fact="title", value=text, line=line, sureness=FactSureness.STATED, reason=source),),
    )


def without_kind_of_document(title: str) -> str:
    """`Postmortem: Card payments failed` → `Card payments failed`."""
    return _KIND_OF_DOCUMENT.sub("", title, count=1)


def id_for(stem: str, folder: str, day: date | None, title: str | None) -> str:
    """A permanent id of the file's name, with the day in front; names such as `report` are replaced by the title.

    Titles repeat and change, so the name of the file comes first.
    """
    name = _slug(stem)
    if not name or name in {_slug(word) for word in _GENERIC_NAMES}:
        name = _slug(title or "")[:_LONGEST_ID_WORDS].strip("-._") or _slug(folder) or "incident"
    if day is not None and not re.match(r"\d{4}-\d{2}", name):
        name = f"{day}-{name}"
    return suggested_id(name) or suggested_id(f"incident-{name}") or "incident"


def _slug(text: str) -> str:
    """Lower case, with hyphens for all that cannot stand in a file's name; letters of every script stay."""
    return re.sub(r"[^\w.]+|_+", "-", unicodedata.normalize("NFC", text).casefold()).strip("-._")
