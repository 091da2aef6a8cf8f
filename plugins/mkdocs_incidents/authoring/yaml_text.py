"""Texts of people as YAML: what a person would type, and in quotes where that would mean something else.

PyYAML and ruamel.yaml write whole documents in a style of their own; here a few lines are added to a document that
somebody typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, TypeAlias

from mkdocs_incidents.content.invisible import harmful_in_text
from mkdocs_incidents.content.source import OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Value: TypeAlias = "str | Mapping[str, Value]"
"""What stands behind a key. Instants and states are texts here; so they are in files."""

_PLAIN_SCALAR = re.compile(r"[A-Za-z][\w ,.()/'’–—-]*[\w).]", re.ASCII)
_NUMERIC = re.compile(r"\d[\d:+ -]*(?:T[\d:]+)?Z?", re.ASCII)
"""Days, times and instants, which the reader takes as texts."""
_MEANS_SOMETHING = re.compile(r"(?:true|false|yes|no|on|off|null|y|n|~)$", re.IGNORECASE)
_LONGEST_LINE = 80
"""Characters of a text that stands on the line of its key."""
LINE_TEXTS = frozenset({"title", "id", "by"})
"""Keys whose text stands on their own line, however long it is."""
_FLAGS = frozenset({"pinned", "backfilled", "draft"})
"""Keys whose value is true or false, which no quotes belong around."""


def scalar(text: str) -> str:
    """`text` on one line as any YAML reader reads it back; in quotes where it would mean something else."""
    if _PLAIN_SCALAR.fullmatch(text) and not _MEANS_SOMETHING.match(text) and " #" not in text:
        return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    unseen = _unseen(quoted)
    return "".join(f"\\U{ord(char):08x}" if index in unseen else char for index, char in enumerate(quoted))


def _unseen(text: str) -> set[int]:
    """Indexes of the characters that a file has as escapes: those nobody sees, but for those scripts need."""
    if text.isprintable():
        return set()
    typed = {index for index, char in enumerate(text) if unicodedata.category(char) in {"Zs", "Cf"}}
    typed -= {index for index, char in enumerate(text) if char in OVERRIDES}.union(harmful_in_text(text))
    return {index for index, char in enumerate(text) if not char.isprintable()} - typed


def as_read(text: str) -> str:
    """`text` without space around it and in lines that are empty, and with LF for every line end."""
    lines = text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line if line.strip() else "" for line in lines)


def value_scalar(text: str) -> str:
    """A value of an incident file on one line; days and times stay without quotes, since all values there are texts."""
    return text if _NUMERIC.fullmatch(text) else scalar(text)


def key_lines(key: str, value: Value) -> list[str]:
    """The lines of a key with its value: a text on the same line where it is short, else as a block below."""
    if not isinstance(value, str):
        return [f"{scalar(key)}:", *indented(mapping_lines(value), 2)]
    text = as_read(value)
    lines = text.split("\n")
    if key in _FLAGS and _MEANS_SOMETHING.match(text):
        return [f"{key}: {text}"]
    is_block = not _unseen(text.replace("\n", " "))
    if key in LINE_TEXTS or (len(lines) == 1 and len(text) <= _LONGEST_LINE) or not is_block:
        return [f"{scalar(key)}: {value_scalar(text)}"]
    return [f"{scalar(key)}: |-", *indented(lines, 2)]


def mapping_lines(values: Mapping[str, Value]) -> Iterator[str]:
    """The lines of several keys."""
    for key, value in values.items():
        yield from key_lines(key, value)


def flow(value: Value) -> str:
    """A value on one line, with braces where it is a mapping."""
    if isinstance(value, str):
        text = as_read(value)
        return _in_quotes(text) if "," in text else value_scalar(text)
    return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"


def indented(lines: Iterable[str], width: int) -> Iterator[str]:
    """Lines moved to the right by `width` spaces; empty ones stay empty."""
    return (f"{' ' * width}{line}" if line else "" for line in lines)
