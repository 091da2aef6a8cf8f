"""What an item of a feed is, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    """Absolute address, permanent and the same in all languages (`Urls.permanent`)."""
    address: str
    """Absolute address of the item on the site; the id, but for a site in several languages."""
    title: str
    """Plain text."""
    html: str
    """Clean, with absolute addresses."""
    summary: str
    """The beginning of `html` as plain text, for readers that show no more."""
    published_at: datetime
    """UTC."""
    updated_at: datetime
    """UTC; later than `published_at` if it was edited."""
    categories: tuple[Category, ...]
    author: str = ""
    """Plain text; empty where the author is the site."""
