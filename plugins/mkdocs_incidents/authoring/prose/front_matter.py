"""The block of keys some documents begin with, in YAML or TOML."""

from __future__ import annotations

import re
import tomllib

_FRONT_MATTER = re.compile(r"(?:\s*\n)?(---|\+\+\+)[ \t]*\n")
_LOOKS_LIKE_KEYS = re.compile(r"(?:[\w\"'-][\w \"'.-]{0,60}\s*[:=]|\s|[-#\[\]}]|$)")
_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):\s*(.*)$")


def split_front_matter(text: str) -> tuple[dict[str, str], str, str]:
    """Keys and values, the source, and the rest. Broken front matter is read as far as lines look like keys."""
    opening = _FRONT_MATTER.match(text)
    if not opening:
        return {}, "", text
    mark = opening[1]
    end = re.compile(rf"^{re.escape(mark)}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end())
    if not end:
        return {}, "", text
    source = text[opening.end() : end.start()]
    keys = _toml_keys(source) if mark == "+++" else _yaml_keys(source)
    if not keys or not all(_LOOKS_LIKE_KEYS.match(line) for line in source.split("\n")):  # two rules with prose between
        return {}, "", text
    return keys, source, text[end.end() :]


def _toml_keys(source: str) -> dict[str, str]:
    try:
        return {
            key.casefold(): str(value) for key, value in tomllib.loads(source).items() if not isinstance(value, dict)
        }
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def _yaml_keys(source: str) -> dict[str, str]:
    """Top-level keys with a value on their own line: enough for a title and a date, and nothing can break it."""
    keys: dict[str, str] = {}
    for line in source.split("\n"):
        if (found := _KEY.match(line)) and found[2]:
            value = found[2].strip()
            if value[:1] in {'"', "'"} and value[-1:] == value[0] and len(value) > 1:
                value = value[1:-1].replace("''", "'").replace('\\"', '"')
            keys.setdefault(found[1].strip().casefold(), value)
    return keys
