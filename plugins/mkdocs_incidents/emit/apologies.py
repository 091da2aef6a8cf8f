"""Apologies as things of their own: each in full, by whom, at its own lasting address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from mkdocs_incidents.model import SectionKind
from mkdocs_incidents.present.page_source import told_sections
from mkdocs_incidents.present.sections import section_views, signature
from mkdocs_incidents.present.vocabulary_words import _

from .clean_html import plain_text, printable
from .entries import Category, Entry, categories
from .markdown import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Notice, Postmortem, Section

    from .wire import Wire
    from .words import Word

APOLOGY = _("Apology")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApology:
    """One apology as it stands on the page of its notice."""

    address: str
    """Absolute, and permanent: `…#apology`."""
    by: str
    """Who signed it, else who wrote the postmortem; empty where nobody is named."""
    markdown: str
    html: str
    """Clean, with absolute addresses."""


def apologies(wire: Wire, notice: Notice, postmortem: Postmortem) -> Iterator[ToldApology]:
    """What is said to users below a heading of its own, with the smaller headings that belong to it."""
    told = told_sections(notice)
    views, pieces = tuple(section_views(wire.edition, notice)), wire.rendered.sections(notice)
    page = wire.edition.urls.absolute(wire.edition.urls.notice(notice))
    for number, section in enumerate(told):
        if section.kind is not SectionKind.APOLOGY or not section.markdown.strip():
            continue
        below = tuple(takewhile(partial(_belongs_to, apology=section), told[number + 1 :]))
        parts = [pieces[number], *map(_with_heading, below, pieces[number + 1 :])]
        last = below[-1] if below else section
        address = f"{page}#{views[number].anchor}"
        yield ToldApology(
            address=address,
            by=signature(last.markdown) or postmortem.by or "",
            markdown="\n\n".join([section.markdown.strip(), *(_as_written(other) for other in below)]),
            html=wire.bounded(wire.clean("\n".join(parts), notice), address),
        )


def apology_entries(wire: Wire) -> list[Entry]:
    """One entry for each apology of a published postmortem, newest first."""
    published = (word for word in wire.words if word.postmortem)
    entries = [entry for word in published for entry in _entries(wire, word)]
    return entries[: wire.edition.outputs.feed_length]


def _entries(wire: Wire, word: Word) -> Iterator[Entry]:
    edition, notice = wire.edition, word.notice
    stage = edition.wording.text(APOLOGY)
    for apology in apologies(wire, notice, notice.postmortem) if notice.postmortem else ():
        page = escape(edition.urls.absolute(edition.urls.notice(notice)))
        incident = f'<p><a href="{page}">{escape(notice.title)}</a></p>'
        kind, *others = categories(edition, notice)
        yield Entry(
            id=apology.address,
            title=printable(edition.wording.text("%(stage)s: %(title)s", stage=stage, title=notice.title)),
            html=printable(f"{apology.html}{incident}"),
            summary=" ".join(plain_text(apology.html).split()),
            published_at=word.at,
            updated_at=word.updated_at,
            categories=(kind, Category(term="apology", label=stage), *others),
            author=printable(apology.by),
        )


def _belongs_to(section: Section, apology: Section) -> bool:
    return section.kind is SectionKind.OTHER and section.level > apology.level > 0


def _with_heading(section: Section, html: str) -> str:
    return f"<h3>{escape(section.heading)}</h3>\n{html}"


def _as_written(section: Section) -> str:
    return f"{'#' * section.level} {text(section.heading)}\n\n{section.markdown.strip()}"
