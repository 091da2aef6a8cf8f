"""Texts of people as YAML scalars."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z][\w ,.()/'’–—-]*[\w).]", re.ASCII)
_MEANS_SOMETHING = re.compile(r"(?:true|false|yes|no|on|off|null|y|n|~)$", re.IGNORECASE)


def yaml_scalar(text: str) -> str:
    """`text` on one line as YAML reads it back; in quotes where it would mean something else."""
    if _PLAIN.fullmatch(text) and not _MEANS_SOMETHING.match(text) and " #" not in text:
        return text
    in_quotes = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in in_quotes)
