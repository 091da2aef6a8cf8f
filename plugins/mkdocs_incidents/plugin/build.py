"""The data of a build, loaded and checked before MkDocs empties the site folder; all errors are raised here."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_build_datetime

from mkdocs_incidents.content.format.instants import read_instant
from mkdocs_incidents.content.internal_notes import marker_problems
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.read_cache import CACHE_FOLDER
from mkdocs_incidents.emit.registry import media_types
from mkdocs_incidents.git_history import folder_history
from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.catalogues import CatalogueError
from mkdocs_incidents.present.outputs import Outputs
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.present.previews import OUTPUT as PREVIEW_IMAGES
from mkdocs_incidents.present.site_address import site_address
from mkdocs_incidents.present.urls import Urls, notice_target
from mkdocs_incidents.render.fragments import Fragments
from mkdocs_incidents.status import Snapshot

from .language import site_formatter, site_language
from .pages import PlannedPage, collisions, planned_pages
from .themes import DEFAULT_THEME, THEMES, both_are_installed, installed_theme, is_supported, theme_plugin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import History, Notice
    from mkdocs_incidents.present.language.formatter import Formatter

    from .options import Options

log = get_plugin_logger(__name__)

_DRAWS = "resvg_py"
_HTML = "text/html"
_KEEPS_DOCSTRINGS = 1
"""The highest `sys.flags.optimize` at which a class still has its docstring."""


class FaultyFilesError(PluginError):
    """Files are wrong, and nothing else is: once they are mended, a build with the same configuration succeeds."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
        """Each with its place, where that is known; the message has them all."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """The data of a build."""

    folder: Path
    views: SiteViews
    pages: Mapping[str, PlannedPage]
    fragments: Fragments
    loaded: History
    """All notices but drafts, also what of them is not public yet."""
    warnings: tuple[Problem, ...]
    partly_read: int
    """Number of timelines and lists of action items with lines that do not match their grammar."""
    digests: Mapping[str, bytes]
    """Of each incident file, by its path below the folder."""
    catalog_digest: bytes
    public: frozenset[str]
    """The paths of incident files that are known to be public as a whole."""
    attachments: dict[str, Mapping[str, bool]] = field(default_factory=dict)
    """The files in the folder that each notice may link to, and whether they are there, by its id."""

    @property
    def site(self) -> SiteContext:
        """The context that pages and files are made from."""
        return self.views.site

    def target_of(self, notice: Notice) -> str:
        """The path of the page of a notice in the folder of the site."""
        return notice_target(notice.id, directory_urls=self.site.urls.directory_urls)

    @property
    def announced(self) -> dict[str, str]:
        """The media types of the pages and files that the plugin plans for any site, by path in site_dir."""
        return dict.fromkeys(self.pages, _HTML) | media_types(self.site)


def prepare(config: MkDocsConfig, options: Options, *, parallel: bool = False) -> Build:
    """Load, check and compute; with `parallel` in several processes, where many files have to be read.

    Raises:
        FaultyFilesError: with all problems of the files; nothing has been written.
        PluginError: the configuration, or the way Python was started, is wrong.
    """
    if not config.site_url:
        raise PluginError(
            "site_url is missing in mkdocs.yml: feeds need it for their links. "
            "Write the address the page will have, such as site_url: https://status.example.com/"
        )
    try:
        address = site_address(config.site_url)
    except ValueError as error:
        raise PluginError(f"site_url in mkdocs.yml: {error}") from None
    if not is_supported(config):
        raise PluginError(
            f"the theme is {config.theme.name}, but incidents needs Material. "
            f"Write in mkdocs.yml, below theme:, the line name: {installed_theme() or DEFAULT_THEME}"
        )
    if both_are_installed():
        log.warning(
            "%s are both installed, and have files of the same names, so that pages may be drawn by either. Make the "
            "environment anew with one of them (docs/guide/themes.md)",
            " and ".join(THEMES.values()),
        )
    if sys.flags.optimize > _KEEPS_DOCSTRINGS:
        raise PluginError(
            "Python was started without docstrings (-OO, or PYTHONOPTIMIZE=2), of which the JSON Schemas are made. "
            "Leave that out and build again; -O and PYTHONOPTIMIZE=1 are fine"
        )
    site_folder = Path(config.config_file_path or "mkdocs.yml").parent
    folder = site_folder / options.incidents_dir
    clock = get_build_datetime().replace(microsecond=0)
    versions = folder_history(folder) if options.edit_history and not options.as_of.strip() else None
    loaded = load(
        folder,
        now=clock,
        shown_as=_displayed_path(folder),
        language=site_language(config, options),
        history=versions,
        cache=site_folder / CACHE_FOLDER,
        parallel=parallel,
    )
    if loaded.history is None:
        raise _faulty(loaded.errors, "in the incident files")
    if unclear_markers := sorted(marker_problems(Path(config.docs_dir), folder), key=lambda problem: problem.sort_key):
        raise _faulty(unclear_markers, "with internal notes in the pages of the site")
    as_of = _as_of(options.as_of, loaded.history.catalog.timezone)
    history = loaded.history.as_of(as_of) if as_of else loaded.history.published_by(clock)
    site = SiteContext(
        snapshot=Snapshot.take(history, history.known_at or clock),
        built_at=as_of or clock,
        urls=Urls(site_url=address, directory_urls=config.use_directory_urls),
        formatter=_formatter(config, options),
        site_name=config.site_name,
        weights=options.uptime_weights,
        edits=loaded.edits,
        live=as_of is None,
        contact_url=options.contact_url,
        subscribe_url=options.subscribe_url,
        outputs=Outputs(
            on=_switched_on(config, options), feed_length=options.feed_length, hub=options.websub_hub or ""
        ),
    )
    views = SiteViews(site)
    pages = planned_pages(views)
    _refuse_collisions(config, folder, pages, site)
    return Build(
        folder=folder,
        views=views,
        pages=pages,
        fragments=Fragments(config),
        loaded=loaded.history,
        warnings=loaded.warnings,
        partly_read=loaded.partly_read,
        catalog_digest=loaded.catalog_digest,
        digests=loaded.digests,
        public=loaded.public,
    )


def _switched_on(config: MkDocsConfig, options: Options) -> frozenset[str]:
    """The outputs that are published; no preview images where Material's social plugin draws cards, or nothing can.

    An image must not stop the build of a page that says what is broken, least of all after MkDocs emptied its folder.
    """
    social = theme_plugin(config, "social")
    if PREVIEW_IMAGES in options.outputs and not (social and social.config.cards):
        try:
            import_module(_DRAWS)
        except ImportError as missing:
            log.warning(
                "no images for shared links: %s. Install resvg-py, or write preview_images: false below outputs:",
                missing,
            )
        else:
            return options.outputs
    return options.outputs - {PREVIEW_IMAGES}


def _displayed_path(folder: Path) -> str:
    """The folder relative to the current directory; absolute where that is on another drive."""
    try:
        return folder.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return Path(os.path.relpath(folder)).as_posix() if folder.anchor == Path.cwd().anchor else folder.as_posix()


def _faulty(errors: Sequence[Problem], where: str) -> FaultyFilesError:
    count = f"{len(errors)} problems" if len(errors) > 1 else "1 problem"
    lines = "\n".join(f"  {error}" for error in errors)
    message = f"{count} {where}; nothing was built and the published site is as it was:\n{lines}"
    return FaultyFilesError(message, errors)


def _as_of(written: str, zone: ZoneInfo) -> datetime | None:
    if not written.strip():
        return None
    try:
        return read_instant(written, zone, example=get_build_datetime().date())
    except ValueError as unreadable:
        raise PluginError(f"as_of: {unreadable}") from unreadable


def _formatter(config: MkDocsConfig, options: Options) -> Formatter:
    try:
        return site_formatter(config, options)
    except CatalogueError as faulty:
        message = f"{_displayed_path(faulty.path)}:{faulty.line}: {faulty.message} ({faulty.hint})"
        raise FaultyFilesError(message) from faulty


def _refuse_collisions(config: MkDocsConfig, folder: Path, pages: Mapping[str, PlannedPage], site: SiteContext) -> None:
    docs = Path(config.docs_dir)
    colliding = collisions(docs, folder, pages, partial(media_types, site), site.urls)
    if colliding:
        listed = "\n".join(f"  {docs.name}/{source}" for source in colliding)
        raise FaultyFilesError(
            f"these files would take the address of a page or feed of the status site; move or rename them:\n{listed}"
        )
