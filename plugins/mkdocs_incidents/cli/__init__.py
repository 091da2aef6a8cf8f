"""The command `incidents`."""

from __future__ import annotations

import io
import os
import sys

import click

from mkdocs_incidents import __version__

from .lazy_group import LazyCommand, LazyGroup

__all__ = ["incidents", "main"]

_COMMANDS = {
    "An incident": {
        "new": LazyCommand("new", "new", "Publish a new incident: what is affected, and the first message."),
        "update": LazyCommand("update", "update", "Publish the next update: status, states, message."),
        "resolve": LazyCommand("update", "resolve", "Publish that it is over."),
        "retract": LazyCommand("update", "retract", "Take it back: a false alarm."),
        "postmortem": LazyCommand("postmortem", "postmortem", "Add the sections of a postmortem, and publish it."),
    },
    "Planned work and news": {
        "schedule": LazyCommand("schedule", "schedule", "Announce planned work; extend it, or call it off."),
        "announce": LazyCommand("announce", "announce", "Announce something that affects no part of the service."),
    },
    "What there is": {
        "list": LazyCommand("list_", "list_", "List incidents, planned work and announcements."),
        "show": LazyCommand("list_", "show", "Show all of one of them, and what to type next."),
        "say": LazyCommand("say", "say", "Print the latest update for e-mail, SMS, Slack and other channels."),
    },
    "Files written by hand": {
        "check": LazyCommand("check", "check", "Find what is wrong in any file, and what to write instead."),
        "tidy": LazyCommand("tidy", "tidy", "Propose how to write what a build does not read."),
        "import": LazyCommand("import_", "import_", "Make incident files of postmortems that exist."),
    },
    "The site": {
        "init": LazyCommand("init", "init", "Begin a status site, or add what a MkDocs site lacks for one."),
        "serve": LazyCommand("serve", "serve", "Show the site in a browser, built again at every change."),
        "build": LazyCommand("build", "build", "Build the site, verify it, and replace the live folder in one step."),
        "rollback": LazyCommand("build", "rollback", "Let a former version be live again."),
        "verify": LazyCommand("verify", "verify", "Compare what is published with the files."),
        "next-build": LazyCommand("next_build", "next_build", "Print when the site will next be out of date."),
        "completion": LazyCommand("completion", "completion", "Complete what is typed with Tab: bash, zsh, fish."),
    },
}
"""By section of the help and by name."""

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
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
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
