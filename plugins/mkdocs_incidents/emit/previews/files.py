"""The files of preview images: that of the status page, those that pages share, and those of recent notices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.present.language.labels import NOTICE_KINDS
from mkdocs_incidents.present.pages.notice import notice_preview
from mkdocs_incidents.present.pages.status import status_preview
from mkdocs_incidents.present.previews import (
    SITE,
    STATUS,
    Preview,
    has_own_preview,
    notice_preview_path,
    shared_preview,
)

from ..artifact import PlannedFile
from .drawing import preview_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

_MEDIA_TYPE = "image/png"


def planned_previews(site: SiteContext) -> Iterator[PlannedFile]:
    """The image of the status page, and those without a state that other pages share."""
    text = site.formatter.text
    yield PlannedFile(shared_preview(STATUS), _MEDIA_TYPE, _write_status)
    for name, title in ((SITE, site.site_name), *((kind, text(label)) for kind, label in NOTICE_KINDS.items())):
        path = shared_preview(name)
        yield PlannedFile(path, _MEDIA_TYPE, partial(_write_shared, path=path, preview=Preview(title=title)))


def planned_notice_preview(site: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """The image of a notice that has its own."""
    if has_own_preview(site, notice):
        yield PlannedFile(notice_preview_path(notice.id), _MEDIA_TYPE, partial(_write_notice, notice=notice))


def _write_status(context: EmitContext) -> bytes:
    return _png(context, shared_preview(STATUS), status_preview(context.site, context.views.status))


def _write_shared(context: EmitContext, *, path: str, preview: Preview) -> bytes:
    return _png(context, path, preview)


def _write_notice(context: EmitContext, *, notice: Notice) -> bytes:
    return _png(context, notice_preview_path(notice.id), notice_preview(context.site, notice))


def _png(context: EmitContext, path: str, preview: Preview) -> bytes:
    return context.draw(path, preview_svg(preview, context.site.site_name))


def preview_paths(site: SiteContext) -> Iterator[str]:
    """The paths of all images."""
    yield from (planned.path for planned in planned_previews(site))
    for notice in site.snapshot.history.notices:
        yield from (planned.path for planned in planned_notice_preview(site, notice))
