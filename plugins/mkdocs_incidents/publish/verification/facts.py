"""What is known of a site while it is verified: what was planned, and what must not be in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from mkdocs_incidents.content.hidden_texts import HiddenText


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a build is compared with."""

    address: str
    """The address of the site, with a slash at its end."""
    announced: Mapping[str, str]
    """The media types of the files that the site has to have, by path below its folder with forward slashes."""
    hidden: tuple[HiddenText, ...] = ()
    public: Callable[[], Iterable[str]] = field(default=tuple)
    """Returns the public texts that pages are made of; read only where something hidden seems to be in the output."""
    live: Path | None = None
    """The folder that is published now; None where there is none."""
