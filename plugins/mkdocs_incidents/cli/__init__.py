"""The command `incidents`."""

from __future__ import annotations

import io
import sys

import click

from .. import __version__
from .check import check
from .import_ import import_
from .tidy import tidy

__all__ = ["incidents", "main"]


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: incidents check",
)
@click.version_option(__version__, prog_name="incidents")
def incidents() -> None:
    """Write, check and publish the incidents of a status site."""


incidents.add_command(check)
incidents.add_command(import_)
incidents.add_command(tidy)


def main() -> None:
    """Entry point of the command `incidents`."""
    for stream in (sys.stdout, sys.stderr):
        # A title may hold what the terminal cannot show; that must not stop a message.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    incidents(prog_name="incidents")
