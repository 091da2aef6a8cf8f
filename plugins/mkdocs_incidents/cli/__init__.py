"""The command `incidents`."""

from __future__ import annotations

import io
import os
import sys

import click

from mkdocs_incidents import __version__

from .lazy_group import LazyGroup

__all__ = ["incidents", "main"]

_COMMANDS = {
    "init": "init:init",
    "new": "new:new",
    "update": "update:update",
    "resolve": "update:resolve",
    "schedule": "schedule:schedule",
    "retract": "update:retract",
    "announce": "announce:announce",
    "say": "say:say",
    "check": "check:check",
    "import": "import_:import_",
    "tidy": "tidy:tidy",
    "list": "list_:list_",
    "show": "list_:show",
    "next-build": "next_build:next_build",
}
"""By name the module and the function, in the order of the help."""


@click.group(
    cls=LazyGroup,
    commands_in=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: incidents check",
)
@click.version_option(__version__, prog_name="incidents")
def incidents() -> None:
    """Write, check and publish the incidents of a status site."""


def main() -> None:
    """Entry point of the command `incidents`."""
    for stream in (sys.stdout, sys.stderr):
        # A title may hold what the terminal cannot show; that must not stop a message.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # Pydantic would look through every installed package for plugins, none of which a command needs.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    incidents(prog_name="incidents")
