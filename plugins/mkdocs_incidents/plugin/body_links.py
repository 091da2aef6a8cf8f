"""Relative addresses in rendered bodies, as their authors meant them.

MkDocs resolves those of Markdown and leaves those of raw HTML as they are typed: relative to the file of the notice,
whose page is a folder below it. An address that leads to something from the page stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from collections.abc import Collection
    from urllib.parse import SplitResult

    from mkdocs.structure.files import Files

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.urls import Urls

ONE_ADDRESS = frozenset({"href", "src", "poster", "cite"})
BETWEEN_IMAGES = re.compile(r",\s+|(?<=\d[wx]),")
"""In a `srcset` such as `a.png 1x, b.png 2x`; an address may contain commas (HTML, `srcset`)."""
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_HAS_ADDRESS = re.compile(r"\s(?:href|src|poster|cite|srcset)=", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?P<begin>\s(?P<name>[^\s"'<>/=]+)=)(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL)


class BodyLinks:
    """The files of a site that bodies link to, and their addresses."""

    def __init__(self, files: Files, urls: Urls, generated: Collection[str] = ()) -> None:
        """`generated` are the paths of pages that are not in `files`."""
        self._files = files
        self._urls = urls
        self._generated = generated
        self.there: dict[str, bool] = {}
        """The paths that were looked up since this was cleared, and whether the site has such a file or page."""

    def resolved(self, html: str, notice: Notice) -> str:
        """The HTML of a body in which each address of raw HTML is relative to the page of the notice."""

        def attribute(found: re.Match[str]) -> str:
            typed, name = unescape(found["value"]), found["name"].lower()
            value = typed
            if name in ONE_ADDRESS:
                value = self._address(typed, notice)
            elif name == "srcset":
                value = ", ".join(self._image(image, notice) for image in BETWEEN_IMAGES.split(typed))
            return found[0] if value == typed else f'{found["begin"]}"{escape(value)}"'

        if not _HAS_ADDRESS.search(html):  # most sections: they need not be read tag by tag
            return html
        return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), html)

    def _image(self, image: str, notice: Notice) -> str:
        """An image of a `srcset`: its address, and then its width or density."""
        address, *descriptors = image.split() or [""]
        return " ".join([self._address(address, notice), *descriptors])

    def _address(self, address: str, notice: Notice) -> str:
        typed = _split(address)
        page = self._urls.notice(notice)
        if typed is None or self._is_there(path_in_site(self._urls.site_url, page, address)):
            return address
        source = path_in_site(self._urls.site_url, quote(f"incidents/{notice.source}"), address)
        file = self._files.get_file_from_path(source) if source else None
        if file is None:
            return address
        return typed._replace(path=get_relative_url(file.url, page)).geturl()

    def _is_there(self, path: str | None) -> bool:
        if path is None:
            return False
        self.there[path] = self.has(path)
        return self.there[path]

    def has(self, path: str) -> bool:
        """Whether the folder of the site will have a file with this path, or a page with this address."""
        return path in self._targets or posixpath.join(path, "index.html") in self._targets

    @cached_property
    def _targets(self) -> frozenset[str]:
        """The paths of all files in the folder of the site."""
        return frozenset((*(file.dest_uri for file in self._files), *self._generated))


def _split(address: str) -> SplitResult | None:
    """The parts of a relative address with a path; None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:  # `http://[`
        return None
    return parts if parts.path and not (parts.scheme or parts.netloc or parts.path.startswith("/")) else None


def path_in_site(site_url: str, base: str, address: str) -> str | None:
    """The path of an address in the site, percent-decoded; None for an address outside of it."""
    try:
        full = urlsplit(urljoin(site_url + base, address))._replace(query="", fragment="").geturl()
    except ValueError:  # `http://[`
        return None
    return posixpath.normpath(unquote(full.removeprefix(site_url))) if full.startswith(site_url) else None
