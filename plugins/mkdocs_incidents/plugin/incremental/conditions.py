"""When pages may be kept or built outside of the loop of MkDocs: where nothing unknown has a part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PLUGINS = {"incidents", "search", "material/search"}
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


def why_not(config: MkDocsConfig, *, dirty: bool) -> str:
    """Why all pages of a site have to be built by MkDocs, each time; empty where they need not be."""
    if dirty:
        return "of --dirty"
    if config.hooks:
        return f"the hook {next(iter(config.hooks))} may change pages"
    for name in config.plugins:
        if name not in _PLUGINS:
            return f"the plugin {name} may change pages"
    for extension in config.markdown_extensions:
        if str(extension).removeprefix(_PREFIX) not in _EXTENSIONS:
            return f"the Markdown extension {extension} may read other files"
    return ""
