"""The functions and HTML that templates use, and autoescaping, which the environment of MkDocs has switched off."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemBytecodeCache
from jinja2.ext import Extension
from markupsafe import Markup, escape

from .marked_html import rebased
from .timeline_svg import timeline_drawing, timeline_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import BytecodeCache, Environment

    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.language.formatter import Formatter
    from mkdocs_incidents.present.pages.notice import NoticeView
    from mkdocs_incidents.present.pages.promises import PromiseRow
    from mkdocs_incidents.present.pages.timeline import TimelineRow
    from mkdocs_incidents.present.views import FormattedInstant

    from .fragments import Fragments

TEMPLATE_PREFIX = "incidents/"
NAMESPACE = "incidents"
"""The only name that the plugin sets in the context, which templates share with the theme and other plugins."""
TEMPLATES = Path(__file__).parent.parent / "templates"
_INDENTATION = re.compile(r"(?<=\n)[ \t]+")


class WithoutIndentation(Extension):
    """Removes the indentation of the templates of this package, to make pages smaller.

    The settings of Jinja for this (`lstrip_blocks`) apply to a whole environment, which is shared with the theme.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002  signature of Jinja
        """The source to compile; templates of the theme and of the site are unchanged."""
        packaged = filename is not None and Path(filename).is_relative_to(TEMPLATES)
        return _INDENTATION.sub("", source) if packaged else source


def install(env: Environment) -> None:
    """Switch autoescaping on for the templates of this package; for all others it is unchanged."""
    env.add_extension(WithoutIndentation)
    default = env.autoescape

    def autoescape(name: str | None) -> bool:
        if name is not None and name.startswith(TEMPLATE_PREFIX):
            return True
        return default(name) if callable(default) else default

    env.autoescape = autoescape


def compiled_templates(version: bytes) -> BytecodeCache | None:
    """Templates as they were compiled before with the same packages; `version` is a digest of these.

    Compiling them takes half a second. As they are code, they lie in a folder for temporary files that only this user
    can write. None where there is none.
    """
    pattern = f"__incidents_{version.hex()}_%s.cache"
    try:
        compiled = FileSystemBytecodeCache(pattern=pattern)
    except RuntimeError:
        return None
    for other in Path(compiled.directory).glob("__incidents_*"):
        if not fnmatch(other.name, pattern % "*"):
            other.unlink(missing_ok=True)
    return compiled


def rendered_notice(fragments: Fragments, notice: Notice, view: NoticeView) -> dict[str, Any]:
    """The template variables for the body of a notice; all HTML in them is sanitized."""
    entries = fragments.entries(notice)

    def entry(row: TimelineRow) -> Markup:
        if row.publication:
            return Markup(fragments.inline(row.text))  # noqa: S704  rendered and contained
        html = entries[row.entry]
        return Markup(html.html_without_label if row.labelled else html.html)  # noqa: S704  contained

    return {
        "sections": [
            {"facts": section, "before": Markup(part.before), "after": Markup(part.after)}  # noqa: S704  contained
            for section, part in zip(view.sections, fragments.marked_sections(notice), strict=True)
            if section.shown and (part.before or part.after or not section.needs_text)
        ],
        "entry": entry,
        "timeline_drawing": timeline_drawing,
        "timeline_mark": timeline_mark,
        "footnotes": Markup(fragments.footnotes(notice)),  # noqa: S704  contained
    }


def promise_html(
    site: SiteContext, fragments: Fragments, url: str, relative: Callable[[str, str], str], row: PromiseRow
) -> Markup:
    """The HTML of a promise, for the page at the address `url`; `relative` is that of `rebased`."""
    notice = site.snapshot.history.by_id[row.notice_id]
    html = fragments.promise(notice, row.number)
    home = site.urls.notice(notice)
    return Markup(html if home == url else rebased(html, home, url, relative))  # noqa: S704  contained


def template_functions(formatter: Formatter, fragments: Fragments) -> dict[str, Any]:
    """The functions for templates. Their arguments are escaped, or rendered as Markdown."""

    def t(message: str, **values: object) -> Markup:
        return _filled(formatter.text(message), values)

    def nt(singular: str, plural: str, count: int, **values: object) -> Markup:
        unfilled = {name: f"%({name})s" for name in values}
        return _filled(formatter.plural(singular, plural, count, **unfilled), values)

    def listing(names: Iterable[str], element: str) -> Markup:
        return Markup(formatter.listing(f"<{element}>{escape(name)}</{element}>" for name in names))  # noqa: S704

    def message(markdown: str) -> Markup:
        return Markup(fragments.message(markdown))  # noqa: S704  rendered and contained

    def inline(markdown: str) -> Markup:
        return Markup(fragments.inline(markdown))  # noqa: S704  rendered and contained

    return {
        "t": t,
        "nt": nt,
        "listing": listing,
        "moment": time_element,
        "icon": icon,
        "message": message,
        "inline": inline,
    }


def time_element(instant: FormattedInstant) -> Markup:
    """An instant as a `time` element. It is no macro because a page has dozens of them, and macros are slower."""
    utc = f' <span class="nb">({escape(instant.utc)})</span>' if instant.utc else ""
    return Markup(f'<time datetime="{instant.iso}">{escape(instant.text)}</time>{utc}')  # noqa: S704


def icon(state: str) -> Markup:
    """The icon of a state; hidden from assistive technology, as its label is always beside it."""
    shape = f'<use xlink:href="#{state}"/>'  # not href: Material's instant navigation cannot take it
    return Markup(f'<svg class="i {state}" width="16" height="16" aria-hidden="true">{shape}</svg>')  # noqa: S704


def _filled(message: str, values: dict[str, object]) -> Markup:
    return Markup(message) % {name: escape(value) for name, value in values.items()} if values else Markup(message)  # noqa: S704
