"""The files of a site whose generated pages MkDocs need not handle one by one."""

from __future__ import annotations

import posixpath
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from mkdocs.structure.files import Files

from ..pages import page_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

    from ..build import Build
    from ..pages import PlannedPage
    from .cache import PageRecord


class SiteFiles(Files):
    """The files of MkDocs, and beside them pages that others can link to, but that are built elsewhere.

    Notes what it is asked for, so that a page can be kept as long as its links lead to the same files.
    """

    def __init__(self, files: Files, config: MkDocsConfig, build: Build, pages: Mapping[str, PlannedPage]) -> None:
        """`pages` are those that are built elsewhere, by their path in the folder of the site."""
        super().__init__(files)
        self._config = config
        self._build = build
        self._pages = {page.source: page for page in pages.values()}
        self._records: Mapping[str, PageRecord] = {}
        self._linked: dict[str, File] = {}
        self.current: File | None = None
        """The file of the page that is being built, which may link to itself."""
        self.found: dict[str, str | None] = {}
        """What `get_file_from_path` was asked for since this was cleared, and the path of what it found."""

    def get_file_from_path(self, path: str) -> File | None:
        """The file with this source, also of a page that is built elsewhere."""
        file = super().get_file_from_path(path)
        if file is None and (planned := self._pages.get(path)):
            file = self.linked(planned)
        self.found[path] = file.dest_uri if file else None
        return file

    def leads_to(self, path: str) -> str | None:
        """The path in the folder of the site of the file with this source."""
        if planned := self._pages.get(path):
            return planned.target
        file = super().get_file_from_path(path)
        return file.dest_uri if file else None

    def file_of(self, planned: PlannedPage) -> File:
        """A file to build the page with that is built elsewhere."""
        return page_file(self._config, self._build.folder, planned)

    def linked(self, planned: PlannedPage) -> File:
        """The file, always the same, that links to a page lead to; its page has nothing but anchors, once it is built.

        Pages that link to it keep it until all are built: only then does MkDocs look for the anchors.
        """
        if self.current and self.current.src_uri == planned.source:
            return self.current
        if planned.target not in self._linked:
            self._linked[planned.target] = self.file_of(planned)
            self._add_anchors(planned.target)
        return self._linked[planned.target]

    def built(self, records: Mapping[str, PageRecord]) -> None:
        """Tell what is known of the pages that were built elsewhere, by their path in the folder of the site."""
        self._records = records
        for target in self._linked:
            self._add_anchors(target)

    def _add_anchors(self, target: str) -> None:
        if record := self._records.get(target):
            self._linked[target].page = cast("Page", SimpleNamespace(present_anchor_ids=set(record.anchors)))


def url_of(target: str, config: MkDocsConfig) -> str:
    """The address of a page relative to that of the site, as `File.url` has it."""
    folder, name = posixpath.split(target)
    return quote(f"{folder or '.'}/" if config.use_directory_urls and name == "index.html" else target)
