"""A digest of all that the pages of one site have in common: code, configuration, templates, the theme."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig

_BYTES = 16
_METADATA = {".dist-info", ".egg-info"}
"""Suffixes of the folders that have the name and version of an installed package."""
_NOT_IN_PAGES = {
    *("config_file_path", "dev_addr", "site_dir", "strict", "watch"),
    *("docs_dir", "exclude_docs", "draft_docs", "not_in_nav"),  # which files there are
    *("plugins", "theme", "hooks"),  # see `_options`, and `why_not`
}


_PACKAGES = {"builtins", "markdown", "material", "materialx", "mkdocs", "mkdocs_incidents", "pymdownx"}
"""Packages whose functions are the same while their versions are: those of others may lie beside `mkdocs.yml`."""


class UnknownError(Exception):
    """Something in the configuration has no lasting description. The message names it."""


def digest(*parts: object) -> bytes:
    """A digest of the descriptions of these parts, in this order: of strings, numbers, bytes, tuples of such."""
    return blake2b(repr(parts).encode(), digest_size=_BYTES).digest()


def of_site(config: MkDocsConfig, folders: Iterable[Path], parts: Iterable[object]) -> bytes:
    """The digest of what all pages of a site depend on: the files in `folders`, `parts`, and what is found here.

    Raises:
        UnknownError: the configuration has an object without a lasting description.
    """
    return digest(
        versions(),
        [_as_json(options) for options in _options(config)],
        [contents(folder) for folder in folders],
        tuple(parts),
    )


def _as_json(options: Mapping[str, Any]) -> str:
    try:
        return json.dumps(options, default=_described)
    except (TypeError, ValueError) as unknown:  # a key that is a date, a list that contains itself
        raise UnknownError(str(unknown)) from unknown


def _described(value: object) -> Any:
    """A function or class by its name, a path as text; `!!python/name` and the like are in a configuration.

    One of which arguments are set (`!!python/object/apply`) by its name and these.
    """
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date | Fraction):
        return str(value)
    if type(value) is partial:
        return ["partial", value.func, value.args, value.keywords]
    name, module = getattr(value, "__qualname__", "<>"), str(getattr(value, "__module__", ""))
    if "<" not in name and module.partition(".")[0] in _PACKAGES:
        return f"{module}.{name}"
    raise UnknownError(type(value).__name__)


def _options(config: MkDocsConfig) -> Iterator[Mapping[str, Any]]:
    """All options of a configuration that was validated; those of the theme and of extensions are kept apart."""
    yield {name: value for name, value in config.items() if name not in _NOT_IN_PAGES}
    yield {**config.theme, "locale": str(config.theme.locale)}
    yield {"docs_dir": os.path.relpath(config.docs_dir, Path(config.config_file_path or ".").parent)}
    yield config.mdx_configs
    yield {name: dict(plugin.config) for name, plugin in config.plugins.items()}


@lru_cache(maxsize=1)
def versions() -> bytes:
    """A digest of the code that builds a site: Python, this package, and all others that are installed."""
    return digest(sys.version, _code(), _packages())


def _code() -> bytes:
    """A digest of the files of this package: during development they change without a new version."""
    return digest(contents(Path(mkdocs_incidents.__file__).parent))


def _packages() -> bytes:
    """A digest of the names and versions of all installed packages: each may have a part in a page."""
    found = set()
    for folder in sys.path:
        with suppress(OSError):
            found |= {entry.name for entry in Path(folder).iterdir() if entry.suffix in _METADATA}
    return digest(sorted(found))


def contents(folder: Path) -> list[tuple[str, bytes]]:
    """Path and digest of every file in a folder but compiled modules: times differ between two checkouts."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            path = Path(parent, name)
            found.append((path.relative_to(folder).as_posix(), blake2b(path.read_bytes(), digest_size=_BYTES).digest()))
    return sorted(found)
