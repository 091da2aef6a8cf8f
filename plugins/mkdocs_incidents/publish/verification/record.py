"""What is kept about a version that was verified, so that the next one is verified by what differs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .links import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_incidents.content.hidden_texts import HiddenText


@dataclass(frozen=True, kw_only=True)
class Record:
    """What the verification of a version found. None of its files had a fault but a dead link."""

    key: str
    """`record_key` of the verification: a record with another one is not used."""
    links: Mapping[str, str] = field(default_factory=dict)
    """By the path of each file that was verified: the other files that it links to, separated by line feeds; with `#`
    behind one in which it links to an element. What `popular` has is left out."""
    popular: frozenset[str] = frozenset()
    """Files to which so many others link that these are not kept."""
    dead: Mapping[Target, list[str]] = field(default_factory=dict)
    """The paths of all files that have a link, by the target of that link, which leads nowhere."""
    types: Mapping[str, str] = field(default_factory=dict)
    """By path, the media types by which files were checked that are a feed."""
    hidden: frozenset[str] = frozenset()
    """Digests of the hidden texts that were looked for: who has one can tell whether a text was among them."""
    excused: frozenset[str] = frozenset()
    """Digests of what of hidden texts was not reported because public texts had it as well."""

    def to_json(self) -> str:
        """A JSON document on one line."""
        values = {
            "key": self.key,
            "links": self.links,
            "popular": sorted(self.popular),
            "dead": [[*target, paths] for target, paths in self.dead.items()],
            "types": self.types,
            "hidden": sorted(self.hidden),
            "excused": sorted(self.excused),
        }
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def record_of_json(text: str, key: str) -> Record | None:
    """The record that `to_json` wrote; None if there is none, or it was made by another verification."""
    if not text:
        return None
    try:
        known = json.loads(text)
        if known["key"] != key:
            return None
        return Record(
            key=key,
            links=known["links"],
            popular=frozenset(known["popular"]),
            dead={Target(path, fragment): paths for path, fragment, paths in known["dead"]},
            types=known["types"],
            hidden=frozenset(known["hidden"]),
            excused=frozenset(known["excused"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def record_key(address: str) -> str:
    """What the verification of a file depends on beside the file: the address of the site, and this package."""
    return hashlib.sha256(f"{_digest_of_package()} {address}".encode()).hexdigest()


@cache
def _digest_of_package() -> str:
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def digest_of(text: HiddenText) -> str:
    """A digest of a hidden text."""
    return hashlib.sha256(repr((text.source, text.text, text.ids, text.title)).encode(errors="replace")).hexdigest()
