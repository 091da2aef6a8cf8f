"""How templates reach words and HTML, and the escaping that MkDocs' own environment leaves out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2.ext import Extension
from markupsafe import Markup, escape

from .marked_html import moved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.language.formatter import Formatter
    from mkdocs_incidents.present.pages.notice import NoticeView
    from mkdocs_incidents.present.pages.promises import PromiseRow
    from mkdocs_incidents.present.pages.timeline import TimelineRow
    from mkdocs_incidents.present.views import FormattedInstant

    from .fragments import Fragments

OURS = "incidents/"
NAMESPACE = "incidents"
"""The one name of ours in the context that templates share with the theme, the site and other plugins."""
TEMPLATES = Path(__file__).parent.parent / "templates"
_INDENTATION = re.compile(r"(?<=\n)[ \t]+")


class WithoutIndentation(Extension):
    """Drops the indentation of the templates of this package, so that it makes no page longer.

    Jinja's own settings for that hold for a whole environment, and this one belongs to MkDocs and the theme.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002  Jinja's
        """The source that is compiled; templates of the theme and of the site stay as they are."""
        ours = filename is not None and Path(filename).is_relative_to(TEMPLATES)
        return _INDENTATION.sub("", source) if ours else source


def install(env: Environment) -> None:
    """Escape everything that our own templates print; templates of the theme and of others stay as they are."""
    env.add_extension(WithoutIndentation)
    theirs = env.autoescape

    def autoescape(name: str | None) -> bool:
        if name is not None and name.startswith(OURS):
            return True
        return theirs(name) if callable(theirs) else theirs

    env.autoescape = autoescape


def rendered_notice(fragments: Fragments, notice: Notice, view: NoticeView) -> dict[str, Any]:
    """What the template of a notice shows of its body: all of it is safe HTML."""
    entries = fragments.entries(notice)

    def entry(row: TimelineRow) -> Markup:
        if row.said:
            return Markup(fragments.inline(row.text))  # noqa: S704  rendered and contained
        html = entries[row.entry]
        return Markup(html.behind_label if row.labelled else html.html)  # noqa: S704  contained

    return {
        "sections": [
            {"facts": section, "before": Markup(part.before), "after": Markup(part.after)}  # noqa: S704  contained
            for section, part in zip(view.sections, fragments.parts(notice), strict=True)
            if section.shown and (part.before or part.after or not section.needs_text)
        ],
        "entry": entry,
        "footnotes": Markup(fragments.footnotes(notice)),  # noqa: S704  contained
    }


def promise(site: SiteContext, fragments: Fragments, url: str, row: PromiseRow) -> Markup:
    """The words of a promise, on the page whose address is `url`."""
    notice = site.snapshot.history.by_id[row.notice_id]
    html = fragments.promise(notice, row.number)
    home = site.urls.notice(notice)
    return Markup(html if home == url else moved(html, home, url))  # noqa: S704  contained


def words(formatter: Formatter, fragments: Fragments) -> dict[str, Any]:
    """The functions that templates speak with. What they are given is escaped, or Markdown."""

    def t(message: str, **values: object) -> Markup:
        return _filled(formatter.text(message), values)

    def nt(one: str, many: str, count: int, **values: object) -> Markup:
        unfilled = {name: f"%({name})s" for name in values}
        return _filled(formatter.plural(one, many, count, **unfilled), values)

    def listing(names: Iterable[str], element: str) -> Markup:
        return Markup(formatter.listing(f"<{element}>{escape(name)}</{element}>" for name in names))  # noqa: S704

    def message(markdown: str) -> Markup:
        return Markup(fragments.message(markdown))  # noqa: S704  rendered and contained

    def inline(markdown: str) -> Markup:
        return Markup(fragments.inline(markdown))  # noqa: S704  likewise

    return {
        "t": t,
        "nt": nt,
        "listing": listing,
        "moment": moment,
        "icon": icon,
        "message": message,
        "inline": inline,
    }


def moment(told: FormattedInstant) -> Markup:
    """An instant with its machine-readable form; here and not a macro because a page has dozens of them."""
    utc = f' <span class="nb">({escape(told.utc)})</span>' if told.utc else ""
    return Markup(f'<time datetime="{told.iso}">{escape(told.text)}</time>{utc}')  # noqa: S704


def icon(state: str) -> Markup:
    """The shape of a state; its word always stands beside it."""
    shape = f'<use xlink:href="#{state}"/>'  # not href: Material's instant navigation cannot take it
    return Markup(f'<svg class="i {state}" width="16" height="16" aria-hidden="true">{shape}</svg>')  # noqa: S704


def _filled(message: str, values: dict[str, object]) -> Markup:
    return Markup(message) % {name: escape(value) for name, value in values.items()} if values else Markup(message)  # noqa: S704
