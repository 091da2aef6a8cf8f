"""Every link of a built site, followed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sites.building import Built
    from tests.sites.outline import Outline


def dead_links(built: Built, address: str) -> list[tuple[str, str]]:
    """Page and link, for every link below `address` that leads to no file, or to no place in its page."""
    pages = {path: built.page(path) for path in built.pages}
    ids = {path: set(page.ids) for path, page in pages.items()}
    return [
        (path, link)
        for path, page in pages.items()
        for link in _links(page)
        if not _leads_somewhere(built, ids, link, path, address)
    ]


def dead_files(built: Built) -> list[tuple[str, str]]:
    """Page and link, for every relative link that leads to no file where the site is read without a server."""
    return [
        (path, link)
        for path in built.pages
        for link in _links(built.page(path))
        if path != "404.html" and not _is_a_file(built, urljoin(f"file:///{path}", link))
    ]


def _is_a_file(built: Built, address: str) -> bool:
    whole = urldefrag(address).url
    return not whole.startswith("file:///") or unquote(whole.removeprefix("file:///")) in built.files


def _links(page: Outline) -> Iterator[str]:
    for element in page.walk():
        for name in ("href", "xlink:href", "src"):
            if name in element.attributes:
                yield element.attributes[name]


def _leads_somewhere(built: Built, ids: dict[str, set[str]], link: str, path: str, address: str) -> bool:
    if path == "404.html" and not link.startswith(("/", "#")):
        return link.startswith(("http", "mailto", "data"))  # shown at any address: nothing relative works there
    host = "/".join(address.split("/")[:3])
    here = urljoin(address, path.removesuffix("index.html"))
    whole, fragment = urldefrag(urljoin(here, link))
    if not whole.startswith(f"{host}/"):
        return True
    if not whole.startswith(address):
        return False
    file = unquote(whole.removeprefix(address))
    file = f"{file}index.html" if not file or file.endswith("/") else file
    if file not in built.files:
        return False
    return not fragment or file not in ids or unquote(fragment) in ids[file]
