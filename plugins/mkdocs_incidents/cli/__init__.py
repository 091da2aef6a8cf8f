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
    "An incident": {
        "new": "new:new",
        "update": "update:update",
        "resolve": "update:resolve",
        "retract": "update:retract",
        "postmortem": "postmortem:postmortem",
    },
    "Planned work and news": {
        "schedule": "schedule:schedule",
        "announce": "announce:announce",
    },
    "What there is": {
        "list": "list_:list_",
        "show": "list_:show",
        "say": "say:say",
    },
    "Files written by hand": {
        "check": "check:check",
        "tidy": "tidy:tidy",
        "import": "import_:import_",
    },
    "The site": {
        "init": "init:init",
        "next-build": "next_build:next_build",
        "completion": "completion:completion",
    },
}
"""By section of the help and by name, the module and the function."""

_DAY_OF_AN_OUTAGE = """Write, check and publish the incidents of a status site.

\b
The day of an outage, in five lines:
  incidents new "Card payments fail" -c card-payments=major --next 30m -m "What users see."
  incidents update -s identified --next 30m -m "What the cause is, and what you do about it."
  incidents update -s monitoring -c card-payments=degraded --next 1h -m "What works again."
  incidents resolve -m "All works again."
  incidents postmortem

With --push each is committed and pushed at once. Without -m an editor opens with words to complete."""

_COMPLETION = "_INCIDENTS_COMPLETE"
"""The variable by which the scripts of `incidents completion` ask."""


@click.group(
    cls=LazyGroup,
    sections=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_DAY_OF_AN_OUTAGE,
    epilog="Each command has an example in its help: incidents new --help",
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
    if _COMPLETION in os.environ:
        from .completion_protocol import register  # noqa: PLC0415  only while a line is being typed

        register()
    incidents(prog_name="incidents", complete_var=_COMPLETION)
