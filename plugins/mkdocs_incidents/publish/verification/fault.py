"""What is wrong with a built site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a file of a built site."""

    path: str
    """Below the folder of the site, with forward slashes."""
    message: str
    hint: str
    """What to type or to look for next."""
    blocking: bool = True
    """Whether the site must not be published; false for what is wrong in the published version as well."""
    is_dead_link: bool = False

    def __str__(self) -> str:
        """`path: message; hint`."""
        return f"{self.path}: {self.message}; {self.hint}"
