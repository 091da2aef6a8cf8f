"""What a build is verified with, before it is published."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_incidents.content.hidden_texts import SiteTexts
from mkdocs_incidents.present.language.formatter import CATALOGUES
from mkdocs_incidents.publish.verification import SiteFacts

from .language import locale_folder
from .pages import attachment_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from .plugin import IncidentsPlugin

_NOT_FOUND = "404.html"
_ICONS = ".icons"
"""The folder of a theme that has thousands of files without a text."""
_WITH_TEXTS = (".html", ".js", ".css")


def site_facts(config: MkDocsConfig, plugin: IncidentsPlugin, live: Path | None) -> SiteFacts:
    """What the site has to have and must not have, after the plugin has built it.

    `live` is the folder that is published now; None where there is none.
    """
    build = plugin.build
    published = build.site.snapshot.history
    texts = SiteTexts(build.folder, Path(config.docs_dir), build.loaded, published, public=build.public)
    attachments = (attachment_file(config, build.folder, path).dest_uri for path in plugin.attachments)

    def public() -> Iterator[str]:
        yield from texts.public()
        yield from _texts_of_theme(config)
        for folder in filter(None, (CATALOGUES, locale_folder(config, plugin.config))):
            yield from map(_text, [*folder.rglob("*.pot"), *folder.rglob("*.po")])
        yield _text(Path(config.config_file_path or "mkdocs.yml"))

    return SiteFacts(
        address=build.site.urls.site_url,
        announced=build.announced | dict.fromkeys(attachments, "") | {_NOT_FOUND: "text/html"},
        hidden=tuple(texts.hidden()),
        public=public,
        live=live,
    )


def _texts_of_theme(config: MkDocsConfig) -> Iterator[str]:
    for theme in config.theme.dirs:
        for parent, folders, names in os.walk(theme):
            folders[:] = [name for name in folders if name != _ICONS]
            yield from (_text(Path(parent, name)) for name in names if name.endswith(_WITH_TEXTS))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
