"""Pages at former addresses, of renamed and merged notices and of renamed components, that lead to the present ones."""

from __future__ import annotations

import posixpath
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_incidents.present import urls as paths

from .artifact import PlannedFile
from .clean_html import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

# Browsers leave out the fragment when they follow a refresh: with a script the link to an update still finds it.
_PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<title>{sentence} {title}</title>
<link rel="canonical" href="{absolute}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<script>location.replace("{relative}"+location.search+(location.hash&&location.hash+"{suffix}"))</script>
<meta http-equiv="refresh" content="0;url={relative}">
</head>
<body style="max-width:40rem;margin:15vh auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif">
<h1 style="font:inherit">{sentence} <a href="{relative}" style="color:inherit">{title}</a></h1>
</body>
</html>
"""


def planned_notice_redirects(site: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """A page for each former id of a notice."""
    for former in notice.former_ids:
        suffix = _anchor_suffix(notice, former)
        yield _planned(site, paths.notice_source(former), site.urls.notice(notice), notice.title, suffix)


def planned_component_redirects(site: SiteContext, component: Component) -> Iterator[PlannedFile]:
    """A page for each former id of a component."""
    for former in component.aliases:
        yield _planned(site, paths.component_source(former), site.urls.component(component.id), component.name)


def _anchor_suffix(notice: Notice, former: str) -> str:
    """What the anchors of the updates that were published at `former` end with in the notice they were moved to."""
    moved = next((update for update in notice.updates if update.merged_from == former), None)
    return moved.id.removeprefix(moved.published_id) if moved else ""


def _planned(site: SiteContext, former: str, address: str, title: str, suffix: str = "") -> PlannedFile:
    path = paths.page_target(former, directory_urls=site.urls.directory_urls)
    return PlannedFile(path, "text/html", partial(_write, path=path, address=address, title=title, suffix=suffix))


def _write(context: EmitContext, *, path: str, address: str, title: str, suffix: str) -> bytes:
    site = context.site
    relative = posixpath.relpath(address, quote(posixpath.dirname(path))) + "/" * address.endswith("/")
    page = _PAGE.format(
        language=escape(str(site.formatter.locale).replace("_", "-")),
        direction=site.formatter.locale.text_direction,
        title=escape(printable(title)),
        sentence=escape(site.formatter.text("This page has moved:")),
        absolute=escape(site.urls.absolute(address)),
        relative=escape(relative),
        suffix=escape(suffix),
    )
    return page.encode()
