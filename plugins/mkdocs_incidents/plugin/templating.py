"""How templates reach words and HTML, and the escaping that MkDocs' own environment leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from mkdocs_incidents.present.views import Moment
    from mkdocs_incidents.present.wording import Wording

    from .fragments import Fragments

OURS = "incidents/"


def install(env: Environment, fragments: Fragments) -> None:
    """Escape everything that our own templates print (theme templates stay as they are), and teach them Markdown."""
    env.autoescape = _is_ours
    env.filters["inline"] = lambda markdown: Markup(fragments.inline(markdown))  # noqa: S704  likewise
    env.filters["message"] = lambda markdown: Markup(fragments.message(markdown))  # noqa: S704  rendered and contained


def _is_ours(name: str | None) -> bool:
    return name is not None and name.startswith(OURS)


def words(wording: Wording) -> dict[str, Any]:
    """The functions that templates speak with. What they are given is escaped."""

    def t(message: str, **values: object) -> Markup:
        return _filled(wording.text(message), values)

    def nt(one: str, many: str, count: int, **values: object) -> Markup:
        unfilled = {name: f"%({name})s" for name in values}
        return _filled(wording.plural(one, many, count, **unfilled), values)

    def listing(names: Iterable[str], element: str) -> Markup:
        return Markup(wording.listing(f"<{element}>{escape(name)}</{element}>" for name in names))  # noqa: S704

    return {"t": t, "nt": nt, "listing": listing, "moment": moment, "icon": icon}


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
