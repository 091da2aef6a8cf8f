"""All texts in a file, as a reader or a program decodes them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import etree

from .output_file import DamagedError
from .words import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .output_file import OutputFile

_ATTRIBUTES: Callable[[Any], list[str]] = etree.XPath("//@*", smart_strings=False)
_COMMENT = re.compile("<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOLDED = re.compile(r"\r?\n[ \t]")
_BEGINNING = 1024
"""Bytes in which a binary file has a zero byte."""


class Texts:
    """Reads the texts of the files of a site. What many files have is returned for the first of them only."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def of(self, output: OutputFile) -> Iterator[str]:
        """The texts of a file, without entities, escapes and tags; nothing if it is binary.

        What stands for itself, such as an attribute or a string of a JSON document, is set apart by a boundary.
        """
        try:
            content = output.content
            if b"\0" in content[:_BEGINNING]:
                return
            if output.html is not None:
                yield " ".join(output.html.itertext("*"))
                comments = _COMMENT.findall(content.decode("utf-8", "replace"))
                yield self._unseen([*_ATTRIBUTES(output.html), *comments])
            elif output.json is not None:
                text = self._unseen(_strings(output.json))
                yield from (text, _without_tags(text))
            else:
                yield from _of_text(output, content.decode("utf-8", "replace"))
        except DamagedError:  # reported by another check
            return

    def _unseen(self, texts: Iterable[str]) -> str:
        new = set(texts) - self._seen
        self._seen |= new
        return unescape(f" {BOUNDARY} ".join(sorted(new)))


def _of_text(output: OutputFile, raw: str) -> Iterator[str]:
    if output.suffix == ".ics":
        raw = _FOLDED.sub("", raw).replace("\\n", "\n")
    yield unescape(raw)
    if output.xml is not None:
        text = " ".join(output.xml.itertext())
        yield from (text, _without_tags(text))
    elif "<" in raw and output.suffix in {".md", ".txt"}:
        yield _without_tags(raw)


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
