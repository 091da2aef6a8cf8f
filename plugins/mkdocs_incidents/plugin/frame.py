"""The theme's part of a page, rendered once for many pages that differ in little else than the blocks of this package.

The templates of a theme take as long for a notice as its own blocks do, and write the same for each of them but for the
title, the description and the canonical address. What they write is learned from one page and verified on others:
where a single byte differs, there is no frame, and all pages are rendered with all templates.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, DictLoader
from mkdocs.structure.toc import AnchorLink, TableOfContents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_EDGE = "\0"
"""Around the name of a place in a frame. No page contains it: HTML does not allow it."""
_MAIN = "main.html"
_BASE = "incidents/base.html"
_PLACES = ("before meta", "after meta", "title block", "container", "footer", "before scripts", "after scripts")
"""What the blocks of `incidents/base.html` write, in this order, where they differ between pages of one kind."""
_IN_FRAME = """
{{% block site_meta %}}{}{{{{ super.super() }}}}{}{{% endblock %}}
{{% block htmltitle %}}{}{{% endblock %}}
{{% block container %}}{}{{% endblock %}}
{{% block footer %}}{}{{% endblock %}}
{{% block scripts %}}{}{{{{ super.super() }}}}{}{{% endblock %}}
""".format(*(f"{_EDGE}{place}{_EDGE}" for place in _PLACES))
# In place of the templates of the theme: only our blocks, with an edge where they have what the theme writes.
_ALONE = _EDGE.join(
    [
        f"{{% block site_meta %}}{_EDGE}{{% endblock %}}",
        "{% block htmltitle %}{% endblock %}",
        "{% block container %}{% endblock %}",
        "{% block footer %}{% endblock %}",
        f"{{% block scripts %}}{_EDGE}{{% endblock %}}",
    ]
)
_PROBE = f"{_EDGE}%s &amp;&lt;b&gt; &#39;{'probe ' * 50}{_EDGE}"
"""A value of a page; a filter that changes any value, such as one that strips tags or cuts long texts, changes it."""
_SAMPLES = 3


class PageFrame:
    """A page of one kind without what differs between pages of this kind, and the places of that."""

    def __init__(self, env: Environment, template: str, context: Mapping[str, Any]) -> None:
        """Learn the frame of pages with this template from the context of one of them."""
        loader = ChoiceLoader([DictLoader({_MAIN: _ALONE}), *([env.loader] if env.loader else [])])
        self._blocks: Template = env.overlay(loader=loader).get_template(template)
        page = context["page"]
        self._key = _frame_key(context)
        frame = env.from_string(f'{{% extends "{_BASE}" %}}{_IN_FRAME}')
        probes = {_PROBE % name: name for name in _page_values(page)}
        html = frame.render({**context, "page": _probe_page(page)})
        for probe, name in probes.items():
            html = html.replace(probe, f"{_EDGE}{name}{_EDGE}")
        # Every second piece is the name of a place.
        self._pieces = html.split(_EDGE)
        known = {*_PLACES, *probes.values()}
        self._complete = set(_PLACES) <= set(self._pieces[1::2]) <= known

    @classmethod
    def learn(
        cls, env: Environment, config: MkDocsConfig, template: str, contexts: Sequence[Mapping[str, Any]]
    ) -> PageFrame | None:
        """The frame of pages with this template; None where it cannot be relied on.

        `contexts` are what the host gives to the templates of pages with it, the first, the last and some between.
        There is no frame where the site overrides templates: what they use of a page is not known.
        """
        if len({context["page"].url for context in contexts}) < _SAMPLES or _overrides_templates(config):
            return None
        frame = cls(env, template, contexts[0])
        full = env.get_template(template)
        verified = frame._complete and all(frame.render(context) == full.render(context) for context in contexts)
        return frame if verified else None

    def render(self, context: Mapping[str, Any]) -> str | None:
        """The page with this context; None if it needs all templates, as it differs in more than the frame provides."""
        page: Page = context["page"]
        values = _page_values(page)
        if _frame_key(context) != self._key or not all(values.values()):
            return None
        blocks = self._blocks.render(context).split(_EDGE)
        if len(blocks) != len(_PLACES):
            return None
        found = dict(zip(_PLACES, blocks, strict=True)) | values
        pieces = list(self._pieces)
        pieces[1::2] = [found[name] for name in pieces[1::2]]
        return "".join(pieces)


def _page_values(page: Page) -> dict[str, str]:
    """What themes show of a page."""
    return {
        "title": page.title if isinstance(page.title, str) else "",
        "meta title": str(page.meta.get("title", "")),
        "description": str(page.meta.get("description", "")),
        "address": page.canonical_url or "",
    }


def _probe_page(page: Page) -> Page:
    """A copy of a page with a probe for each of `_page_values`."""
    probe = copy(page)
    probe.title = _PROBE % "title"
    probe.toc = TableOfContents([AnchorLink(_PROBE % "title", item.id, item.level) for item in page.toc])
    probe.meta = {**page.meta, "title": _PROBE % "meta title", "description": _PROBE % "description"}
    probe.canonical_url = _PROBE % "address"
    return probe


def _frame_key(context: Mapping[str, Any]) -> tuple[object, ...]:
    """What has to be the same for all pages of one frame: addresses relative to them, and what else themes look at."""
    page: Page = context["page"]
    kept = {name: value for name, value in page.meta.items() if name not in {"title", "description"}}
    toc = [(item.id, item.level, len(item.children)) for item in page.toc]
    return (
        context["base_url"],
        page.is_homepage,
        page.previous_page,
        page.next_page,
        kept,
        toc,
    )


def _overrides_templates(config: MkDocsConfig) -> bool:
    """Whether the site has templates of its own, by which any part of a page may depend on anything."""
    custom = config.theme.custom_dir
    return custom is not None and any(Path(custom).rglob("*.html"))
