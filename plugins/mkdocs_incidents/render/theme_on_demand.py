"""Loading of Material's script and of most of its style on demand: `theme.js` does what they would be for at first."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .theme_style import classes_in

if TYPE_CHECKING:
    from .theme_style import ThemeStyle

_BUNDLE = re.compile(r'<script src="([^"]*)(assets/javascripts/bundle\.[^"/]+)"></script>')
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r'\bsrc\s*=\s*["\']?([^"\'\s>]+)', re.IGNORECASE)
_CONFIG = re.compile(r'<script id="__config" type="application/json">(.*?)</script>', re.DOTALL)
_COMPONENT = re.compile(r'data-md-component="([^"]*)"')

_OBSERVABLES = re.compile(
    r"\b(?:alert|component|document|keyboard|location|print|progress|screen|tablet|target|viewport)\$"
)
"""What Material's script offers to other scripts (https://squidfunk.github.io/mkdocs-material/customization/)."""
_WORKS_WITHOUT = frozenset(
    (
        "announce", "container", "content", "dialog", "header", "header-title", "header-topic", "logo", "main",
        "palette", "search", "search-query", "search-result", "search-share", "search-suggest", "skip", "top",
    )
)  # fmt: skip
"""Components that need no script, that `theme.js` serves, or, as the button `top`, that these pages do not show."""
_NEEDED_BY_ELEMENTS = re.compile(r"<(?:pre\b|table>|table\s(?![^>]*\bclass=))")
_NEEDED_BY_ATTRIBUTES = (" data-tabs=", " data-preview")
_NEEDED_BY_CLASSES = frozenset(("annotate", "md-banner__button", "md-select", "mermaid"))
"""Blocks of code and diagrams, tables that scroll sideways, tabs, annotations, a message to dismiss, languages."""
_NEEDED_BY_FEATURES = ("navigation.instant", "header.autohide", "content.tooltips", "content.footnote.tooltips")


def theme_on_demand(html: str, style: ThemeStyle | None) -> str:
    """A page that loads Material's script at the first use of its search, and until then `theme.js`.

    Its style is the given one if that has the same effect. `theme.js` adds Material's own for what the script shows.

    A page that uses more of that script is returned unchanged: another script that may build upon it, a component, a
    feature, or content that it changes. So is one that is not as Material writes it.
    """
    bundle = _BUNDLE.search(html)
    if not bundle or _needs_more(html, bundle[0]):
        return html
    base, path = bundle.groups()
    light = f'<script src="{base}assets/incidents/theme.js" data-bundle="{base}{path}"></script>'
    html = html.replace(bundle[0], light, 1)
    return style.on_page(html) if style else html


def _needs_more(html: str, bundle: str) -> bool:
    return (
        not _WORKS_WITHOUT.issuperset(_COMPONENT.findall(html))
        or _content_needs_more(html)
        or _features_need_more(html)
        or any(_may_build_upon_it(*script.groups()) for script in _SCRIPT.finditer(html.replace(bundle, "", 1)))
    )


def _content_needs_more(html: str) -> bool:
    return (
        _NEEDED_BY_ELEMENTS.search(html) is not None
        or any(attribute in html for attribute in _NEEDED_BY_ATTRIBUTES)
        or not _NEEDED_BY_CLASSES.isdisjoint(classes_in(html))
    )


def _features_need_more(html: str) -> bool:
    written = _CONFIG.search(html)
    try:
        config: dict[str, Any] = json.loads(written[1] if written else "")
        return bool(config.get("version")) or any(name.startswith(_NEEDED_BY_FEATURES) for name in config["features"])
    except (ValueError, KeyError):
        return True  # not as Material writes it


def _may_build_upon_it(attributes: str, text: str) -> bool:
    if source := _SOURCE.search(attributes):
        return "assets/incidents/" not in source[1]
    return _OBSERVABLES.search(text) is not None
