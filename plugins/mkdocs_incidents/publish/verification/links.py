"""Whether every link within the site leads to a file, and to a place in it."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from .fault import Fault
from .output_file import DamagedError, OutputFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

_ADDRESSES: Callable[[Any], list[str]] = etree.XPath(
    "//@*[name()='href' or name()='src' or name()='poster' or name()='xlink:href'] | //object/@data",
    smart_strings=False,
)
_SRCSETS: Callable[[Any], list[str]] = etree.XPath("//@srcset | //@imagesrcset", smart_strings=False)
_REFRESHES: Callable[[Any], list[str]] = etree.XPath("//meta[@http-equiv='refresh']/@content", smart_strings=False)
_COMPLETED_LATER: Callable[[Any], bool] = etree.XPath(
    "boolean(//meta[@http-equiv='refresh'] | //*[@id='mkdocs-encrypted-content'])"
)
"""The page at a former address leads to another one and keeps the fragment; a script decrypts the text of another."""
_PLACES: Callable[[Any], list[str]] = etree.XPath("//@id | //a/@name", smart_strings=False)
_BASES: Callable[[Any], list[str]] = etree.XPath("//base/@href", smart_strings=False)
_FEED_LINKS: Callable[[Any], list[str]] = etree.XPath(
    "//*[local-name()='link' or local-name()='loc']/text() | //@href | //*[local-name()='enclosure']/@url",
    smart_strings=False,
)
_HREF_IN_TEXT = re.compile(r"<[a-z][^<>]*?\s(?:href|src)\s*=\s*[\"']([^\"'<>]*)[\"']", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\]\(<?(https?://[^\s()<>]+)")
_BETWEEN_IMAGES = re.compile(r",\s+|(?<=\d[wx]),")
"""In a `srcset` such as `a.png 1x, b.png 2x`; an address may contain commas (HTML, `srcset`)."""
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]*")
"""A path that needs no decoding, as most addresses in lists of all incidents have."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NOT_FOUND = "404.html"
_NAMES_NOT_LINKS = {"id", "guid", "uid"}
_SEVERAL = 5
"""Pages of the live version that are looked at for the same dead link."""


class Target(NamedTuple):
    """Where a link leads in the site."""

    path: str
    """Percent-decoded, below the folder."""
    fragment: str
    """The id of the element; empty for the whole file."""

    def __str__(self) -> str:
        return f"{self.path or '/'}#{self.fragment}" if self.fragment else self.path or "/"


class FolderLinks:
    """The links of the files in a folder, and what they lead to."""

    def __init__(self, folder: Path, address: str, paths: AbstractSet[str]) -> None:
        """`address` is that of the site, with a slash at its end; `paths` are those of all files."""
        self._folder = folder
        self._address = address
        self._paths = paths
        self._places: dict[str, frozenset[str] | None] = {}
        self._targets: dict[str, frozenset[Target]] = {}
        self._resolved = lru_cache(maxsize=None)(self._resolve)

    def add(self, output: OutputFile) -> None:
        """Keep what one file links to, and what can be linked to in it."""
        self._targets[output.path], self._places[output.path] = frozenset(), _places(output)
        try:
            base, links = _links(output, self._address)
        except DamagedError:  # reported by another check
            return
        found = (self._target(output.path, base, link.strip()) for link in links)
        self._targets[output.path] = frozenset(target for target in found if target)

    def dead(self) -> dict[Target, list[str]]:
        """The targets of the added files that lead nowhere, each with the files that link to it, by path."""
        found: dict[Target, list[str]] = {}
        for path, targets in sorted(self._targets.items()):
            for target in targets:
                if not self.leads_somewhere(target):
                    found.setdefault(target, []).append(path)
        return found

    @property
    def added(self) -> AbstractSet[str]:
        """The paths of the files whose links are known."""
        return self._targets.keys()

    def linked_files(self, path: str) -> Iterator[str]:
        """The other files that an added file links to; with `#` behind one in which it links to an element."""
        for target in self._targets[path]:
            file = self.file_of(target)
            if file and file != path:
                yield f"{file}#" if target.fragment else file

    def has_lost_an_element(self, path: str, before: FolderLinks) -> bool:
        """Whether something that can be linked to in a page was there in the folder `before`, and is no more."""
        now, then = self._places_in(path), before._places_in(path)
        return now is not None and (then is None or not then <= now)

    def is_there(self, path: str) -> bool:
        """Whether the folder has this file."""
        return path in self._paths

    def has_link(self, path: str, target: Target) -> bool:
        """Whether a file of this folder links to `target`."""
        if path not in self._targets:
            self.add(OutputFile(self._folder, path))
        return target in self._targets[path]

    def leads_somewhere(self, target: Target) -> bool:
        """Whether there is such a file and, where it is a page, such an element in it."""
        path = self.file_of(target)
        if path is None:
            return False
        if not target.fragment:
            return True
        places = self._places_in(path)
        return places is None or target.fragment in places or unquote(target.fragment) in places

    def _places_in(self, path: str) -> frozenset[str] | None:
        """The elements of a file that can be linked to; None if any may be there."""
        if path not in self._places:
            self._places[path] = _places(OutputFile(self._folder, path))
        return self._places[path]

    def file_of(self, target: Target) -> str | None:
        """The path of the file that a server sends for the path of a target; None if there is none."""
        folder = target.path.rstrip("/")
        index = f"{folder}/index.html" if folder else "index.html"
        return next((path for path in (target.path, index) if path in self._paths), None)

    def _target(self, path: str, base: str, link: str) -> Target | None:
        if not link or link == "#":
            return None
        if link.startswith("#") and not base:
            return None if link == "#top" or link.startswith("#:~:") else Target(_address_of(path), link[1:])
        if not link.startswith(self._address) and (_SCHEME.match(link) or link.startswith("//")):
            return None if link != self._address.rstrip("/") else Target("", "")
        folder = urljoin(path, base) if base else path.rpartition("/")[0] + "/"
        whole, _, fragment = link.partition("#")
        resolved: str | None
        if whole.startswith(self._address) and _PLAIN_PATH.fullmatch(whole, len(self._address)):
            resolved = whole[len(self._address) :]
        else:
            resolved = self._resolved("" if whole.startswith(self._address) else folder, whole)
        if resolved is None:
            return None
        return Target(resolved, "" if fragment == "top" or fragment.startswith(":~:") else fragment)

    def _resolve(self, folder: str, link: str) -> str | None:
        """The path of a link without its fragment; None if it leads elsewhere."""
        try:
            full = urlsplit(urljoin(self._address + folder.lstrip("/"), link))._replace(query="").geturl()
        except ValueError:  # `http://[`
            return None
        if not full.startswith(self._address):
            return None if full != self._address.rstrip("/") else ""
        return unquote(full.removeprefix(self._address))


def _places(output: OutputFile) -> frozenset[str] | None:
    """The elements of a file that can be linked to; None if any may be there."""
    with suppress(DamagedError):
        if output.html is not None and not _COMPLETED_LATER(output.html):
            return frozenset(_PLACES(output.html))
    return None


def _address_of(path: str) -> str:
    """The path under which a server sends a file: that of its folder for `index.html`."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def _links(output: OutputFile, address: str) -> tuple[str, set[str]]:
    """The base of a file, which is empty for most, and the addresses that it links to, as they are written."""
    root = output.html
    if root is not None:
        links = {*_ADDRESSES(root), *(image for images in _SRCSETS(root) for image in _of_srcset(images))}
        links |= {content.partition("=")[2].strip("'\" ") for content in _REFRESHES(root)}
        return next(iter(_BASES(root)), ""), links
    if output.xml is not None and output.suffix != ".svg":
        own = {text.strip() for text in _FEED_LINKS(output.xml)}
        inside = {link for text in output.xml.itertext() if "<" in text for link in _HREF_IN_TEXT.findall(text)}
        return "", {link for link in own | inside if link.startswith(address)}
    if output.json is not None:
        return "", {link for link in _of_json(output.json) if link.startswith(address)}
    if output.suffix == ".md":
        return "", set(_MARKDOWN_LINK.findall(output.content.decode("utf-8", "replace")))
    return "", set()


def _of_srcset(images: str) -> Iterator[str]:
    yield from (parts[0] for image in _BETWEEN_IMAGES.split(images) if (parts := image.split()))


def _of_json(value: Any, key: str = "") -> Iterator[str]:
    """Texts that are addresses, and the links in those that are HTML; ids are none, though they look like addresses."""
    if isinstance(value, str):
        if "<" in value:
            yield from _HREF_IN_TEXT.findall(value)
        elif key not in _NAMES_NOT_LINKS and not key.startswith("$") and not any(map(str.isspace, value)):
            yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _of_json(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _of_json(each, key)


def dead_links(
    built: FolderLinks, dead: Mapping[Target, list[str]], live: Callable[[], FolderLinks | None]
) -> Iterator[Fault]:
    """A fault for each target that leads nowhere, at the first of the files that link to it.

    `dead` has all these files by target; `live` returns the links of the published version, None where there is none.

    It does not block if the live version has the same dead link: what has been wrong for years must not keep the news
    of an outage from readers.
    """
    published = live() if dead else None
    for target, paths in sorted(dead.items()):
        more = f" (and so do {len(paths) - 1} more files)" if len(paths) > 1 else ""
        file = built.file_of(target)
        reason = f"{file} has no element with this id" if file else "there is no such file"
        yield Fault(
            path=paths[0],
            message=f"this file links to {target}, but {reason}{more}",
            hint="correct the link, or add what it leads to",
            blocking=published is None or not _was_dead(published, target, paths),
            is_dead_link=True,
        )


def _was_dead(live: FolderLinks, target: Target, paths: Iterable[str]) -> bool:
    """Whether a published file has the same link, and it leads nowhere there, too."""
    if live.leads_somewhere(target):
        return False
    known = [path for path in paths if live.is_there(path)]
    return any(live.has_link(path, target) for path in known[:_SEVERAL])
