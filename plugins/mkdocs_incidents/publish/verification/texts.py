"""All texts in a file, as a reader or a program decodes them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from .output_file import DamagedError
from .words import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .output_file import OutputFile

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOLDED = re.compile(r"\r?\n[ \t]")
_BEGINNING = 1024
"""Bytes in which a binary file has a zero byte."""


def texts(output: OutputFile) -> Iterator[str]:
    """What a file says: as it is, with its entities and escapes decoded, and without its tags. Nothing if it is binary.

    Pages and feeds have attributes and comments in the first text, and sentences across tags in the second.
    """
    try:
        content = output.content
        if b"\0" in content[:_BEGINNING]:
            return
        raw = content.decode("utf-8", "replace")
        if output.json is not None:
            raw = f" {BOUNDARY} ".join(_strings(output.json))
        elif output.suffix == ".ics":
            raw = _FOLDED.sub("", raw).replace("\\n", "\n")
        yield unescape(raw)
        if output.html is not None:
            yield " ".join(output.html.itertext("*"))
        elif output.xml is not None:
            text = " ".join(output.xml.itertext())
            yield from (text, _without_tags(text))
        elif "<" in raw and output.suffix in {".json", ".md", ".txt"}:
            yield _without_tags(raw)
    except DamagedError:  # reported by another check
        return


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _without_tags(text: str) -> str:
    return unescape(_TAG.sub(" ", text))
