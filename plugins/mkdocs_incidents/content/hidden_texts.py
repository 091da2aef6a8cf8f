"""What the sources of a site hide from readers, and what they show: drafts, embargoes and internal notes are hidden.

A build has no use for the texts of drafts; these are read here again, to verify that they are in no file of the site.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .folder import MARKDOWN, Folder
from .internal_notes import internal_notes, internal_notes_of_page, public_markdown, without_internal_notes
from .source import CATALOG_NAME, Report
from .yaml.front_matter import read_document
from .yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from mkdocs_incidents.model import History, Notice

    from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenText:
    """A text of the site's sources that readers must not see."""

    source: str
    """What it is, with the path of its file: `the draft incidents/2026-10-14-cards.md`."""
    text: str
    """Markdown, with its front matter where it is a whole file."""
    ids: tuple[str, ...] = ()
    """Ids and the name of its file without suffix."""
    title: str = ""
    """Plain text; empty for a part of a file."""


class SiteTexts:
    """The texts in the sources of a site."""

    def __init__(
        self, folder: Path, docs: Path, loaded: History, published: History, *, public: Container[str] = ()
    ) -> None:
        """`folder` has the incident files, `docs` the other pages.

        `loaded` is all that was read but drafts, `published` what of it is public. Of the files in `public` all was
        public when they were read (`Loaded.public`): they need not be read again.
        """
        self._folder = Folder(folder, folder.name)
        self._docs = docs
        self._public = public
        self._loaded = {notice.source: notice for notice in loaded.notices}
        self._published = {notice.source: notice for notice in published.notices}

    def hidden(self) -> Iterator[HiddenText]:
        """Every draft, every notice and every part of one that is published later, every internal note."""
        for relative, source in self._incident_files(self._may_hide):
            shown = source.path
            if relative not in self._published:
                kind = "the embargoed notice" if relative in self._loaded else "the draft"
                yield _hidden_file(source, relative, f"{kind} {shown}")
                continue
            for note in internal_notes(source.text):
                yield HiddenText(source=f"an internal note in {shown}", text=note)
            for part in _parts(self._loaded[relative], self._published[relative]):
                yield HiddenText(source=f"what {shown} publishes later", text=part)
        for path in self._pages():
            for note in internal_notes_of_page(_text(path)):
                shown = f"{self._docs.name}/{path.relative_to(self._docs).as_posix()}"
                yield HiddenText(source=f"an internal note in {shown}", text=note)

    def public(self) -> Iterator[str]:
        """The texts of the public notices, of the catalogue and of the other pages."""
        for relative, source in self._incident_files():
            notice = self._published.get(relative)
            if notice is None:
                continue
            yield relative
            if any(_parts(self._loaded[relative], notice)):
                yield from (notice.id, *notice.former_ids, notice.title, *_messages(notice), _body(notice))
            else:
                yield without_internal_notes(source.text).text
        yield _text(self._folder.path / CATALOG_NAME)
        for path in self._pages():
            yield path.relative_to(self._docs).as_posix()
            yield public_markdown(_text(path)).text

    def _may_hide(self, relative: str) -> bool:
        """Whether a file may have a text that is not public in this build, which may be as of an earlier instant."""
        loaded = self._loaded.get(relative)
        return loaded is None or relative not in self._public or self._published.get(relative) is not loaded

    def _incident_files(self, wanted: Callable[[str], bool] = bool) -> Iterator[tuple[str, Source]]:
        for relative in sorted(self._folder.walk(self._folder.path, "")):
            if relative.casefold().endswith(MARKDOWN) and wanted(relative):
                source = self._folder.source(relative, self._folder.report(relative))
                if source:
                    yield relative, source

    def _pages(self) -> Iterator[Path]:
        for parent, _, names in os.walk(self._docs, followlinks=True):  # as MkDocs does
            for name in sorted(names):
                path = Path(parent, name)
                if name.endswith(MARKDOWN) and self._folder.path not in path.parents:
                    yield path


def _hidden_file(source: Source, relative: str, described: str) -> HiddenText:
    document = read_document(source, Report(path=source.path))
    values = document.facts.values if document else {}
    title, named, former = values.get("title"), values.get("id"), values.get("aliases")
    ids = [PurePosixPath(relative).stem]
    ids += [
        each.text
        for each in (named, *(former.items if isinstance(former, Sequence) else ()))
        if isinstance(each, Scalar)
    ]
    return HiddenText(
        source=described,
        text=source.text,
        ids=tuple(dict.fromkeys(ids)),
        title=title.text if isinstance(title, Scalar) else "",
    )


def _parts(loaded: Notice, published: Notice) -> Iterator[str]:
    """What of a public notice is not public yet: updates, the postmortem, the reason of a retraction."""
    shown = {*_messages(published)}
    yield from (message for message in _messages(loaded) if message not in shown)
    if published.postmortem is None:
        yield from filter(None, [_body(loaded)])


def _messages(notice: Notice) -> Iterator[str]:
    retractions = (notice.retraction, *(update.retraction for update in notice.updates))
    yield from (retraction.reason for retraction in retractions if retraction)
    yield from (update.message for update in notice.updates)


def _body(notice: Notice) -> str:
    sections = notice.postmortem.sections if notice.postmortem else ()
    return "\n\n".join(f"{section.heading}\n\n{section.markdown}" for section in sections)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
