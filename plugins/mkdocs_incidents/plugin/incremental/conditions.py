"""When pages may be kept or built outside of the loop of MkDocs: where nothing unknown has a part in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..search import indexed_by_pagefind

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PLUGINS = {"incidents", "material/search", "materialx/search"}
"""Plugins that are known to do nothing to our pages but read them."""
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "meta"),
    *("nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks", "codehilite", "legacy_attrs", "legacy_em"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.emoji", "pymdownx.escapeall", "pymdownx.extra", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar", "pymdownx.saneheaders"),
    *("pymdownx.smartsymbols", "pymdownx.striphtml", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    *("pymdownx.tilde", "pymdownx.blocks.admonition", "pymdownx.blocks.caption", "pymdownx.blocks.definition"),
    *("pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab"),
}
"""Markdown extensions whose result depends on the text alone: they read no file and remember no other page."""
_PREFIX = "markdown.extensions."
_TEMPLATES = {"404.html", "sitemap.xml"}
"""Templates that need no more of a page than its address and its day of change."""
_OF_ALL_PAGES = re.compile(r"{[{%][^}%]*\b(?:pages|build_date_utc|get_file_from_path|src_uris)\b")
"""What templates see of other pages, or of the time of the build."""


def why_not(config: MkDocsConfig, *, dirty: bool) -> str:
    """Why all pages of a site have to be built by MkDocs, each time; empty where they need not be."""
    if dirty:
        return "of --dirty"
    if config.hooks:
        return f"the hook {next(iter(config.hooks))} may change pages"
    if reason := _plugin(config):
        return reason
    for extension in config.markdown_extensions:
        if str(extension).removeprefix(_PREFIX) not in _EXTENSIONS:
            return f"the Markdown extension {extension} may read other files"
    if "custom_icons" in config.mdx_configs.get("pymdownx.emoji", {}).get("options", {}):
        return "custom_icons of the Markdown extension pymdownx.emoji are other files"
    return _template(config)


def _plugin(config: MkDocsConfig) -> str:
    """Why a plugin needs all pages; empty where none does."""
    for name in config.plugins:
        if name == "search":  # of a theme that only extends Material; its index is another one
            return "the plugin search is that of MkDocs; that of the theme is material/search, or materialx/search"
        if name not in _PLUGINS:
            return f"the plugin {name} may change pages"
    if indexed_by_pagefind(config):
        return "Pagefind reads every page in the folder of the site; the search with provider: lunr does not"
    return ""


def _template(config: MkDocsConfig) -> str:
    """Why a template of the site needs all pages; empty where none does."""
    for name in (*config.extra_templates, *sorted(config.theme.static_templates - _TEMPLATES)):
        return f"the template {name} may list pages"
    folder = Path(config.theme.custom_dir or "")
    for path in sorted(folder.rglob("*")) if config.theme.custom_dir else ():
        if path.suffix in {".html", ".xml"} and path.is_file():
            name = path.relative_to(folder).as_posix()
            if name == "sitemap.xml" or _OF_ALL_PAGES.search(path.read_text("utf-8", "replace")):
                return f"the template {name} may list pages, or have the time of the build"
    return ""
