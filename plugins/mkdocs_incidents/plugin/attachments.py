"""The files in the content folder that are published: those that a public text links to, and no others.

Links are read from rendered HTML, so that code, comments and internal notes have none. MkDocs needs the list of files
before it renders pages; bodies that may link to a file are therefore rendered twice.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.structure.pages import _AbsoluteLinksValidationValue

from .body_links import BETWEEN_IMAGES, ONE_ADDRESS, path_in_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.render.fragments import Fragments

_PUBLISHED = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".pdf", ".mp4", ".webm")
_MAY_LINK_FILE = re.compile("|".join(map(re.escape, _PUBLISHED)), re.IGNORECASE)


class Attachments:
    """Finds the files in the content folder that the notices of a site link to."""

    def __init__(
        self, site: SiteContext, fragments: Fragments, folder: Path, files: Files, config: MkDocsConfig
    ) -> None:
        self._site = site
        self._fragments = fragments
        self._folder = folder
        self._files = files
        self._absolute_links_from_docs = (
            config.validation.links.absolute_links is _AbsoluteLinksValidationValue.RELATIVE_TO_DOCS
        )
        self._asked: dict[str, bool] = {}

    def of(self, notice: Notice) -> dict[str, bool]:
        """The files that a notice may link to, and whether they are there: paths below the content folder."""
        self._asked = {}
        for html in self._texts(notice):
            for address in addresses(html):
                self._look_up(address, notice)
        return self._asked

    def _texts(self, notice: Notice) -> Iterator[str]:
        for update in notice.updates:
            if _MAY_LINK_FILE.search(update.message):
                yield self._fragments.message(update.message)
        sections = notice.postmortem.sections if notice.postmortem else ()
        if any(_MAY_LINK_FILE.search(section.markdown) for section in sections):
            yield self._fragments.preliminary_body(notice)

    def _look_up(self, address: str, notice: Notice) -> None:
        """Look for the file at an address: relative to the file of the notice, as MkDocs does, or else to its page."""
        urls = self._site.urls
        if self._absolute_links_from_docs and address.startswith("/"):
            address = urls.site_url + address.lstrip("/")
        for base in (quote(f"incidents/{notice.source}"), urls.notice(notice)):
            source = path_in_site(urls.site_url, base, address)
            if source is None:
                continue
            path = source.removeprefix("incidents/")
            if path != source and path.lower().endswith(_PUBLISHED):
                self._asked[path] = exists(self._folder, path)
                if self._asked[path]:
                    return
            if self._files.get_file_from_path(source):
                return


def exists(folder: Path, path: str) -> bool:
    """Whether the content folder has a file at `path`, which an author wrote and may be of any length."""
    return os.path.isfile(folder / path)  # noqa: PTH113  Path.is_file raises for names that are too long


def addresses(html: str) -> list[str]:
    """The addresses of all links, images and media in HTML."""
    found = _Addresses()
    found.feed(html)
    found.close()
    return found.addresses


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ONE_ADDRESS:
                self.addresses.append(value)
            elif value and name == "srcset":
                images = (image.split() for image in BETWEEN_IMAGES.split(value))
                self.addresses += [parts[0] for parts in images if parts]
