"""The part of Material's stylesheets that pages of this plugin need."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from .stylesheet import applicable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = "assets/stylesheets/"
_FRAME = (
    "base.html", "main.html", "partials/header.html", "partials/logo.html", "partials/palette.html",
    "partials/search.html", "partials/top.html",
)  # fmt: skip
"""The templates that write what stands around the content of a page."""
_FONTS = "https://fonts.googleapis.com/"  # of Material's option `font`: its stylesheets refer to nothing
_SET_BY_SCRIPTS = frozenset(("js", "focus-visible"))
_NAME = re.compile(r"[\w-]+")
# A pattern that begins with a word boundary is tried at every character, one that begins with letters is not.
_CLASS = re.compile(r'class="(?<=\bclass=")([^"]*)"')
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)">\s*')
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")
_IMAGE = re.compile(r"""(--[\w-]+):url\((?:"[^"\\]*"|'[^'\\]*')\);?""")
_EMPTY_RULE = re.compile(r":root\{\}")


@dataclass(frozen=True)
class ThemeStyle:
    """One stylesheet in the place of those of the theme, for pages on which it has the same effect."""

    path: str
    """Of the file in the site; its name changes with its content, as those of Material do."""
    content: str
    replaced: tuple[str, ...]
    """The names of the stylesheets of the theme, in order."""
    others: frozenset[str]
    """The addresses of other stylesheets that are known to work with this one."""
    left_out: frozenset[frozenset[str]]
    """Classes for which the stylesheets of the theme have more rules; each a set of those that have to be there."""
    properties: frozenset[str]
    """Names of custom properties that are left out."""

    @property
    def description(self) -> str:
        """All that pages depend on, in a lasting order."""
        left_out = sorted(sorted(classes) for classes in self.left_out)
        return repr((self.path, self.replaced, sorted(self.others), left_out, sorted(self.properties)))

    @cached_property
    def _by_rarest(self) -> dict[str, list[frozenset[str]]]:
        """The sets of `left_out` by the class of each that is in the fewest: a page has hardly any of these."""
        counts = Counter(chain.from_iterable(self.left_out))
        found: dict[str, list[frozenset[str]]] = {}
        for names in self.left_out:
            found.setdefault(min(names, key=lambda name: (counts[name], name)), []).append(names)
        return found

    def on_page(self, html: str) -> str:
        """The page with this style; the page itself if it needs more. The link has the addresses of those replaced."""
        links = {link[1]: link[0] for link in _STYLESHEET.finditer(html)}
        replaced = [address for address in links if address.rpartition("/")[2] in self.replaced]
        if len(replaced) != len(self.replaced) or self._needs_more(html, links.keys() - replaced):
            return html
        base = replaced[0].partition(FOLDER)[0]
        link = f'<link rel="stylesheet" href="{base}{self.path}" data-full="{" ".join(replaced)}">\n'
        for address in replaced:
            html, link = html.replace(links[address], link, 1), ""
        return html

    def _needs_more(self, html: str, others: Iterable[str]) -> bool:
        classes = classes_in(html)
        return (
            any(required <= classes for name in classes & self._by_rarest.keys() for required in self._by_rarest[name])
            or not self.properties.isdisjoint(_USED_PROPERTY.findall(html))
            or not all(_without_base(address) in self.others or address.startswith(_FONTS) for address in others)
        )


def classes_in(html: str) -> set[str]:
    """The classes of all elements."""
    return set(" ".join(set(_CLASS.findall(html))).split())


def theme_style(folders: Sequence[str], others: dict[str, str], *, palette: bool) -> ThemeStyle | None:
    """The rules of the theme that can apply to elements with the classes that the templates of its frame write.

    Args:
        folders: those of the theme, the first of which wins.
        others: the text of the other stylesheets of the site, by address.
        palette: whether its pages have the second of the two stylesheets, that of colours.

    Returns:
        None if the theme has no stylesheets, or ones that are not understood.
    """
    names = ("main", "palette") if palette else ("main",)
    sheets = [sheet for name in names if (sheet := _first(folders, f"{FOLDER}{name}.*.css"))]
    templates = [path for folder in folders for name in _FRAME if (path := Path(folder, name)).is_file()]
    classes = _SET_BY_SCRIPTS.union(*(_NAME.findall(template.read_text("utf-8")) for template in templates))
    try:
        parts = [applicable(sheet.read_text("utf-8"), classes) for sheet in sheets]
    except ValueError:
        return None
    if len(parts) != len(names):
        return None
    content, images = _without_unused_images("".join(part.text for part in parts), others.values())
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ThemeStyle(
        path=f"{FOLDER}status.{digest[:8]}.min.css",
        content=content,
        replaced=tuple(sheet.name for sheet in sheets),
        others=frozenset(others),
        left_out=_without_implied(
            frozenset(names - _SET_BY_SCRIPTS for names in chain.from_iterable(part.others for part in parts))
        ),
        properties=images,
    )


def _without_implied(sets: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    """The sets without those that contain the only member of another one, which are most."""
    alone = frozenset(name for names in sets if len(names) == 1 for name in names)
    return frozenset(names for names in sets if len(names) == 1 or alone.isdisjoint(names))


def _first(folders: Iterable[str], pattern: str) -> Path | None:
    return next((path for folder in folders for path in sorted(Path(folder).glob(pattern))), None)


def _without_unused_images(content: str, others: Iterable[str]) -> tuple[str, frozenset[str]]:
    """The style without images in custom properties that nothing refers to any more, and the names of these."""
    used = set(_USED_PROPERTY.findall(" ".join((content, *others))))
    unused = frozenset(name for name in _IMAGE.findall(content) if name not in used)
    content = _IMAGE.sub(lambda image: "" if image[1] in unused else image[0], content)
    return _EMPTY_RULE.sub("", content), unused


def _without_base(address: str) -> str:
    return address.lstrip("./")
