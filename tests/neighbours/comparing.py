"""What a neighbour did to our pages and files: the site with it, compared with the site without."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

_ADDRESSES = ("href", "src", "srcset", "action", "poster", "data")
_PART = "mi"
"""The class of the outermost elements of ours: the content, and the footer below it."""
_REPLACED = ("meta og:", "meta twitter:")
"""What a neighbour may replace in the head: a page has one preview."""
_OF_THEME = ("assets/stylesheets/", "search/")
"""What the theme is asked for, however much of it is because of us."""
_SHOWN = 6
"""The number of differing lines of a page that a fault shows."""


@dataclass(frozen=True)
class Content:
    """What a page says, one line for each element, text and address."""

    elements: tuple[str, ...]
    texts: tuple[str, ...]
    addresses: tuple[str, ...]
    head: tuple[str, ...]


def ours(plain: Mapping[str, bytes], absent: Collection[str]) -> list[str]:
    """The paths of pages and files that a site has because of us; the two it has anyway are ours, too.

    But for the style, which is a part of that of the theme: another one, or none, where a page shows more of the theme.
    And for the index of the search, which is of the theme.
    """
    return [
        path
        for path in plain
        if (path not in absent or path in {"index.html", "404.html"}) and not path.startswith(_OF_THEME)
    ]


def differences(
    paths: Collection[str], plain: Mapping[str, bytes], beside: Mapping[str, bytes], changes: Collection[str]
) -> list[str]:
    """What differs in the pages and files at these paths, but for the changes that a neighbour is for.

    `head` may add to the head of pages, and replace what stands there for previews of shared links; `html` may add
    elements and attributes to their content; `whitespace` may remove white space; `urls` may change addresses, and with
    them paths and what is written in files; `files` may change and remove whole files.
    """
    found = []
    for path in paths:
        there = _counterpart(path, beside, changes)
        if there is None:
            found += [] if "files" in changes else [f"{path} is missing"]
        elif path.endswith(".html"):
            found += [f"{path}: {what}" for what in _of_pages(plain[path], beside[there], changes)]
        elif plain[path] != beside[there] and not {"urls", "files"} & set(changes):
            found.append(f"{path} differs: {_first_difference(plain[path], beside[there])}")
    return found


def content(page: bytes) -> Content:
    """What a page says in its parts that the theme did not write, or in all of its body where that has none."""
    root = lxml.html.document_fromstring(page)
    parts = root.find_class(_PART) or root.findall("body")
    elements = [element for part in parts for element in part.iter() if isinstance(element.tag, str)]
    return Content(
        elements=tuple(_opening(element) for element in elements),
        texts=tuple(str(text) for part in parts for text in part.xpath(".//text()")),
        addresses=tuple(
            f"{name}={element.get(name)}"
            for element in elements
            for name in _ADDRESSES
            if element.get(name) is not None
        ),
        head=tuple(_head(root)),
    )


def _of_pages(plain: bytes, beside: bytes, changes: Collection[str]) -> Iterator[str]:
    before, after = content(plain), content(beside)
    between = "" if "whitespace" in changes else " "
    if between.join("".join(before.texts).split()) != between.join("".join(after.texts).split()):
        yield _difference("texts", *([" ".join(text.split()) for text in page.texts] for page in (before, after)))
    if "html" not in changes and before.elements != after.elements:
        yield _difference("elements", before.elements, after.elements)
    if "urls" not in changes:
        if "html" in changes:
            lost = Counter(before.addresses) - Counter(after.addresses)
            if lost:
                yield f"addresses are gone: {', '.join(sorted(lost))}"
        elif before.addresses != after.addresses:
            yield _difference("addresses", before.addresses, after.addresses)
        yield from _of_heads(before.head, after.head, changes)


def _of_heads(before: tuple[str, ...], after: tuple[str, ...], changes: Collection[str]) -> Iterator[str]:
    if "head" not in changes:
        if before != after:
            yield _difference("head", before, after)
        return
    lost = [line for line in before if line not in after and not line.startswith(_REPLACED)]
    if lost:
        yield f"the head has no more: {', '.join(lost)}"


def _counterpart(path: str, beside: Mapping[str, bytes], changes: Collection[str]) -> str | None:
    if path in beside:
        return path
    flat = re.sub(r"/index\.html$", ".html", path)
    return flat if "urls" in changes and flat in beside else None


def _opening(element: HtmlElement) -> str:
    attributes = sorted(
        f'{name}="{" ".join(value.split())}"' for name, value in element.items() if name not in _ADDRESSES
    )
    return f"<{' '.join([str(element.tag), *attributes])}>"


def _head(root: HtmlElement) -> Iterator[str]:
    """What pages say of themselves to programs: descriptions, images for shared links, feeds, the address."""
    for element in root.iterfind("head/meta"):
        if element.get("name") != "generator":
            yield f"meta {element.get('name') or element.get('property') or ''}={element.get('content')}"
    for element in root.iterfind("head/link"):
        relation = (element.get("rel") or "").strip()
        if relation in {"alternate", "canonical"}:
            yield f"link {relation} {element.get('type') or element.get('hreflang') or ''} {element.get('href')}"


def _difference(what: str, before: Iterable[str], after: Iterable[str]) -> str:
    lines = [*unified_diff([*filter(None, before)], [*filter(None, after)], n=0, lineterm="")][2:]
    shown = [line for line in lines if not line.startswith("@@")][:_SHOWN]
    return f"{what} differ: {' | '.join(shown) or 'in how they are joined'}"


def _first_difference(before: bytes, after: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    begin = max(at - 20, 0)
    return f"{before[begin : at + 60]!r} became {after[begin : at + 60]!r}"
