"""A build by MkDocs in this process, into a folder of our choice."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast

import mkdocs
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from .hosts import BuildFailedError
from .plugin import IncidentsPlugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.publish.manifest import FileState

_NAME = "incidents"


def site_config(file: Path) -> MkDocsConfig:
    """The configuration in a `mkdocs.yml`, with the plugins that it names.

    Raises:
        BuildFailedError: it is wrong, or does not use the plugin `incidents`.
    """
    try:
        config = load_config(str(file))
    except MkDocsException as error:
        raise BuildFailedError(error.format_message()) from error
    if not isinstance(config.plugins.get(_NAME), IncidentsPlugin):
        raise BuildFailedError(f"{file} does not use the plugin; add the line - {_NAME} below plugins:")
    return config


def incidents_plugin(config: MkDocsConfig) -> IncidentsPlugin:
    """The plugin of a configuration that `site_config` made; after a build it knows what it made."""
    return cast("IncidentsPlugin", config.plugins[_NAME])


def build_into(
    folder: Path, config: MkDocsConfig, *, strict: bool, live: Mapping[str, FileState] | None = None
) -> frozenset[str]:
    """Build the site into `folder`, which need not exist, but for files that would be as in `live`.

    Returns the paths of those. Which ones are left out is for the plugin to decide: it may write them all.

    Raises:
        BuildFailedError: it did not succeed; errors were logged, and with `strict` warnings are such.
        OSError: the folder cannot be written.
    """
    config.site_dir = str(folder)
    config.strict = config.strict or strict
    plugin = incidents_plugin(config)
    plugin.live = live or {}
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except Abort as error:
        raise BuildFailedError("" if "BuildError" in error.format_message() else error.format_message()) from error
    except MkDocsException as error:
        raise BuildFailedError(error.format_message()) from error
    return plugin.left_out


@contextmanager
def logged_to(show: Callable[[str, str], None], *, level: int = logging.WARNING) -> Iterator[None]:
    """Give each message of MkDocs and its plugins to `show`, with the name of its level, such as `warning`."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            show(record.levelname.lower(), record.getMessage())

    handler = Handler(level)
    with ExitStack() as stack:
        for name in {"mkdocs", mkdocs.__name__}:  # that of ProperDocs has another name; plugins may use either
            stack.enter_context(_handled(logging.getLogger(name), handler))
        yield


@contextmanager
def _handled(logger: logging.Logger, handler: logging.Handler) -> Iterator[None]:
    """Let `handler` alone have the messages of a logger, from its level on."""
    logger.addHandler(handler)
    propagated, logger.propagate = logger.propagate, False
    previous = logger.level
    logger.setLevel(handler.level)
    try:
        yield
    finally:
        logger.setLevel(previous)
        logger.propagate = propagated
        logger.removeHandler(handler)
