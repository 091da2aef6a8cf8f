"""Which page has which preview image: what chats and networks show with a link to it (Open Graph, `og:image`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

    from .context import SiteContext

OUTPUT = "preview_images"
WIDTH, HEIGHT = 1200, 630
"""In pixels; what most networks show uncut."""
SITE, STATUS = "site", "status"
"""The images of the status page, and of pages about neither that nor a single notice."""
_RECENT = timedelta(days=14)
"""For how long a notice that is over keeps an image of its own: to draw one takes longer than to build a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an image says; its drawing leaves out what its fonts cannot write."""

    title: str
    state: str = "no_data"
    """Component status of which it has the colours."""
    label: str = ""
    """The state in words; empty for an image without state."""
    time: str = ""


def shared_preview(name: str) -> str:
    """Path of the image with this name, which is not that of a single notice."""
    return f"assets/incidents/preview/{name}.png"


def has_own_preview(site: SiteContext, notice: Notice) -> bool:
    """Whether a notice has an image of its own: while it is not over, and for two weeks after its last change."""
    return site.is_recent(notice, _RECENT)


def notice_preview_path(notice_id: str) -> str:
    """Path of the image of a notice that has its own."""
    return f"incidents/{notice_id}/preview.png"


def preview_address(site: SiteContext, path: str) -> str:
    """The full address of an image, which networks require; empty where images are switched off."""
    return site.urls.file(path) if OUTPUT in site.outputs.on else ""
