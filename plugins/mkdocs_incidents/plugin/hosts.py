"""The programs that build sites with this plugin: MkDocs, and ProperDocs, a fork in whose place it works.

ProperDocs gives its modules the names of those of MkDocs as well, so that the rest of this package imports `mkdocs`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROPERDOCS_CONFIG_NAMES = ("properdocs.yml", "properdocs.yaml")
"""Of configurations that only ProperDocs reads."""
CONFIG_NAMES = (*PROPERDOCS_CONFIG_NAMES, "mkdocs.yml", "mkdocs.yaml")
"""Names of configurations, in the order in which ProperDocs looks for them; MkDocs knows the last two."""


class BuildFailedError(Exception):
    """The host, or a plugin, did not finish; its messages were logged. The message may be empty for that reason."""


def use_host_of(config: Path) -> None:
    """Let `import mkdocs` be ProperDocs, if only that reads a configuration of this name.

    It has to be called before a module of MkDocs is imported: one that is there already stays.

    Raises:
        BuildFailedError: ProperDocs is not installed.
    """
    if config.name not in PROPERDOCS_CONFIG_NAMES:
        return
    try:
        import_module("properdocs.replacement")
    except ModuleNotFoundError as missing:
        raise BuildFailedError(
            f"{config.name} is read by ProperDocs, which is not installed; type: pip install properdocs"
        ) from missing
