"""What a feed and its items state, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an item is about: a permanent name for programs, and its label in the language of the site."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of a feed."""

    id: str
    """Absolute address, permanent (see `Publication.address`); also where a click leads."""
    title: str
    """Plain text."""
    html: str
    """Clean, with absolute addresses."""
    summary: str
    """Its beginning as plain text, for readers that show no more."""
    published_at: datetime
    """UTC."""
    updated_at: datetime
    """UTC; later than `published_at` once it was edited."""
    categories: tuple[Category, ...]
    author: str = ""
    """Who published it, where that is not the site; plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed states about itself."""

    title: str
    description: str
    address: str
    """Absolute."""
    home: str
    """Absolute address of the page it follows."""
    style: str
    """Address of the style sheet for browsers, relative to the feed."""
    hub: str
    language: str
    author: str
    updated_at: datetime
    """From the items, never from the clock: an unchanged feed keeps its bytes."""
    items: Sequence[FeedItem]
