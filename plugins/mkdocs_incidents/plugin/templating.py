"""How templates reach words and HTML, and the escaping that MkDocs' own environment leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from .marked_html import moved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.present.promises_page import PromiseRow
    from mkdocs_incidents.present.views import Moment
    from mkdocs_incidents.present.wording import Wording

    from .fragments import Fragments

OURS = "incidents/"
NAMESPACE = "incidents"
"""The one name of ours in the context that templates share with the theme, the site and other plugins."""


def install(env: Environment) -> None:
    """Escape everything that our own templates print; templates of the theme and of others stay as they are."""
    theirs = env.autoescape

    def autoescape(name: str | None) -> bool:
        if name is not None and name.startswith(OURS):
            return True
        return theirs(name) if callable(theirs) else theirs

    env.autoescape = autoescape


def rendered_notice(fragments: Fragments, notice: Notice) -> dict[str, Any]:
    """What the template of a notice shows of its body: all of it is safe HTML."""
    return {
        "rendered": [
            {"before": Markup(part.before), "after": Markup(part.after)}  # noqa: S704  contained
            for part in fragments.parts(notice)
        ],
        "entries": [
            {"html": Markup(entry.html), "behind_label": Markup(entry.behind_label)}  # noqa: S704  contained
            for entry in fragments.entries(notice)
        ],
        "footnotes": Markup(fragments.footnotes(notice)),  # noqa: S704  contained
    }


def promise(edition: Edition, fragments: Fragments, url: str, row: PromiseRow) -> Markup:
    """The words of a promise, on the page whose address is `url`."""
    notice = edition.record.history.by_id[row.notice_id]
    html = fragments.promise(notice, row.number)
    home = edition.urls.notice(notice)
    return Markup(html if home == url else moved(html, home, url))  # noqa: S704  contained


def words(wording: Wording, fragments: Fragments) -> dict[str, Any]:
    """The functions that templates speak with. What they are given is escaped, or Markdown."""

    def t(message: str, **values: object) -> Markup:
        return _filled(wording.text(message), values)

    def nt(one: str, many: str, count: int, **values: object) -> Markup:
        unfilled = {name: f"%({name})s" for name in values}
        return _filled(wording.plural(one, many, count, **unfilled), values)

    def listing(names: Iterable[str], element: str) -> Markup:
        return Markup(wording.listing(f"<{element}>{escape(name)}</{element}>" for name in names))  # noqa: S704

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


def moment(told: Moment) -> Markup:
    """An instant with its machine-readable form; here and not a macro because a page has dozens of them."""
    utc = f' <span class="nb">({escape(told.utc)})</span>' if told.utc else ""
    return Markup(f'<time datetime="{told.iso}">{escape(told.text)}</time>{utc}')  # noqa: S704


def icon(state: str) -> Markup:
    """The shape of a state; its word always stands beside it."""
    shape = f'<use xlink:href="#{state}"/>'  # not href: Material's instant navigation cannot take it
    return Markup(f'<svg class="i {state}" width="16" height="16" aria-hidden="true">{shape}</svg>')  # noqa: S704


def _filled(message: str, values: dict[str, object]) -> Markup:
    return Markup(message) % {name: escape(value) for name, value in values.items()} if values else Markup(message)  # noqa: S704
