"""`incidents init`: a status site in an empty folder, or what a MkDocs site lacks to become one."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.files import NotWrittenError
from mkdocs_incidents.authoring.new_site import texts
from mkdocs_incidents.authoring.new_site.plan import (
    FilePlan,
    FileState,
    new_or_kept,
    repository_files,
    requirements_plan,
)
from mkdocs_incidents.authoring.new_site.requirement import Requirement, requirement
from mkdocs_incidents.authoring.new_site.writing import write_all
from mkdocs_incidents.plugin.hosts import PROPERDOCS_CONFIG_NAMES
from mkdocs_incidents.plugin.themes import THEMES, default_theme, installed_themes

from .clock import current_instant
from .completing import zones
from .init_questions import Given, answers_of, asked, command_of, is_terminal, survey, with_nothing_missing
from .mkdocs_config import completed
from .output import counted, echo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.authoring.new_site.answers import Answers

    from .init_questions import FolderAsItIs
    from .mkdocs_config import ExistingConfig

_COLOURS = {FileState.WRITTEN: "green", FileState.CHANGED: "yellow", FileState.KEPT: None, FileState.LEFT_OUT: None}
_STATES = {
    FileState.WRITTEN: ("write", "written"),
    FileState.CHANGED: ("change", "changed"),
    FileState.KEPT: ("keep", "kept"),
    FileState.LEFT_OUT: ("leave out", "left out"),
}
"""What will be done with a file, and what was."""
_THERE = "is there already"
_INDEXES = ("index.md", "README.md")
"""Names that MkDocs gives the front page of a folder."""
_EXAMPLE = """\b
Example: incidents init status --name "Example status" \\
  --url https://status.example.com/ --timezone Africa/Lagos \\
  --component "Card payments" --component "Sign-in" --yes"""


@click.command(short_help="Begin a status site, or add what a MkDocs site lacks for one.", epilog=_EXAMPLE)
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the site, such as 'Example status'.")
@click.option("--url", help="Address that the page will have, such as https://status.example.com/.")
@click.option(
    "--timezone",
    shell_complete=zones,
    help="Zone in which your team writes times, by its IANA name, such as Africa/Lagos.",
)
@click.option("--component", "components", multiple=True, help="What can break, as users call it; once for each.")
@click.option("--yes", is_flag=True, help="Write without asking first.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="What becomes of each file as JSON, for programs. Asks nothing.")
@click.pass_context
def init(  # noqa: PLR0913  click passes every option by its name
    context: click.Context,
    folder: Path,
    *,
    name: str | None,
    url: str | None,
    timezone: str | None,
    components: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Begin a status site in FOLDER, or in the current folder.

    Writes the settings, the components, a front page, a guide for your team, workflows that publish on GitHub Pages,
    and settings for git and editors. On a terminal it asks for what is not given, shows what it will write and asks for
    a yes; elsewhere it asks nothing. In the folder of a MkDocs site it adds only what is missing. Files that are there
    are never overwritten; if one cannot be written, none is. Exits with 0 when all is there, 1 when nothing was
    written, 2 when the command itself is wrong.
    """
    asks = is_terminal() and not as_json
    site = survey(folder)
    given = Given(name=name, url=url, timezone=timezone, components=components)
    typed = asked(site, given) if asks else with_nothing_missing(site, given)
    report = _Report(site, answers_of(site, typed))
    changes = [planned for plan in report.files if (planned := plan.planned)]
    shown_first = not as_json and (dry_run or (asks and not yes and bool(changes)))
    if shown_first:
        report.announce(dry_run=dry_run)
    if changes and not dry_run:
        if not yes and not asks:
            again = command_of(site, typed)
            raise click.UsageError(f"nobody can be asked for a yes here; to write the files, type: {again}")
        if not yes and not click.confirm("Write this?", default=True):
            echo("Nothing is written.")
            context.exit(1)
        try:
            write_all(changes)
        except NotWrittenError as error:
            click.echo(f"{error}", err=True)
            context.exit(1)
    if as_json:
        report.as_json()
    elif not dry_run:
        report.conclude(listed=shown_first)


def _required(config: ExistingConfig | None) -> Requirement:
    """What the site needs: the plugin, its theme unless that is one of another package, and what builds it."""
    extras = [default_theme()]
    if config and config.has_supported_theme:
        extras = [config.theme] if config.theme in THEMES else []
    if config and config.path.name in PROPERDOCS_CONFIG_NAMES:
        extras.append("properdocs")
    return requirement(extras)


class _Report:
    """What becomes of the files of one site, and what comes next."""

    def __init__(self, site: FolderAsItIs, answers: Answers) -> None:
        self._site = site
        self._answers = answers
        self._requirement = _required(site.config)
        self._by_hand: tuple[str, ...] = ()
        self.files = tuple(self._plans())

    def _plans(self) -> Iterator[FilePlan]:
        site, answers, folder = self._site, self._answers, self._site.path
        yield self._configuration()
        if site.needs_catalog:
            since = current_instant().astimezone(answers.timezone).date()
            catalog = texts.catalog(
                site.catalog_path, timezone=answers.timezone, components=answers.components, since=since
            )
            yield new_or_kept(folder, catalog)
        else:
            yield FilePlan(path=folder / site.catalog_path, state=FileState.KEPT, note=_THERE)
        yield self._front_page()
        yield requirements_plan(folder, self._requirement)
        guide = texts.team_guide(
            name=answers.name, url=answers.url, component=self._component, content_folder=site.content_folder
        )
        for file in (guide, texts.ignored(), *texts.editor_settings()):
            yield new_or_kept(folder, file)
        yield from repository_files(folder, texts.commit_check(site.content_folder), texts.workflows())

    def _configuration(self) -> FilePlan:
        """What becomes of `mkdocs.yml`; what cannot be added to it safely is for its author."""
        config, answers = self._site.config, self._answers
        if config is None:
            theme = default_theme()
            new = texts.configuration("mkdocs.yml", name=answers.name, url=answers.url, theme=theme)
            return new_or_kept(self._site.path, new)
        done = completed(config, answers.url)
        self._by_hand = tuple(f"{config.path.as_posix()}: {text}" for text in done.by_hand)
        if done.text == config.text:
            note = "see below" if done.by_hand else "has all that is needed"
            return FilePlan(path=config.path, state=FileState.KEPT, note=note)
        note = f"gets {' and '.join(done.added)}"
        return FilePlan(path=config.path, state=FileState.CHANGED, note=note, text=done.text, before=config.raw)

    def _front_page(self) -> FilePlan:
        pages = self._site.config.pages_folder if self._site.config else "docs"
        for name in _INDEXES:
            path = self._site.path / pages / name
            if os.path.lexists(path):
                return FilePlan(path=path, state=FileState.KEPT, note="its text will stand on the status page")
        return new_or_kept(self._site.path, texts.front_page(f"{pages}/index.md"))

    @property
    def _component(self) -> str:
        """The id of a component, for examples."""
        return next(iter(self._answers.components), "COMPONENT")

    @property
    def _changes(self) -> list[FilePlan]:
        return [plan for plan in self.files if plan.planned]

    def announce(self, *, dry_run: bool) -> None:
        """Say what will be done."""
        where = "here" if self._site.path == Path() else f"in {self._site.path.as_posix()}"
        if self._site.others and self._site.config is None and not dry_run:
            echo(f"The folder is not empty ({counted(self._site.others, 'item')}); what is there stays as it is.")
        echo(f"To be written {where}:" if self._changes else f"Nothing is missing {where}:")
        self._list(done=False)
        if dry_run:
            echo("Nothing is written. Next: the same command without --dry-run")

    def _list(self, *, done: bool) -> None:
        folder = self._site.path
        within = {plan: plan.path.relative_to(folder) for plan in self.files if plan.path.is_relative_to(folder)}
        shown = {plan: within.get(plan, plan.path).as_posix() for plan in self.files}
        width = max(map(len, shown.values()))
        for plan, path in shown.items():
            state = click.style(f"{_STATES[plan.state][done]:12}", fg=_COLOURS[plan.state])
            echo(f"  {state} {path:{width}}  {plan.note}")
            for line in plan.difference[2:]:
                colour = {"+": "green", "-": "red"}.get(line[:1])
                echo(click.style(f"      {line}".rstrip(), fg=colour))
        for text in self._by_hand:
            echo(f"  {click.style('by hand', fg='yellow')}      {text}")

    def conclude(self, *, listed: bool) -> None:
        """Say what was done, in one line if all files have been listed, and what comes next."""
        if listed:
            echo(f"{counted(len(self._changes), 'file')} written.")
        else:
            self._list(done=True)
        echo("Next:")
        for command in self._next():
            echo(f"  {command}")
        if any(plan.path.name == "publish.yml" for plan in self._changes):
            echo(
                "To publish, push it to GitHub; in the settings there, under Pages, choose 'GitHub Actions' as source."
            )

    def _next(self) -> Iterator[str]:
        if self._site.path != Path():
            yield shlex.join(["cd", self._site.path.as_posix()])
        wheel = self._requirement.command(self._site.path)
        if not wheel:
            yield "pip install -r requirements.txt"
        elif not installed_themes():
            yield self._requirement.install_command
        yield "incidents serve"
        yield f'incidents new "What users notice" -c {shlex.quote(self._component)}=major'
        if wheel:  # last: only others who install the plugin need it, workflows among them
            yield wheel

    def as_json(self) -> None:
        """Print what becomes of each file."""
        files = [
            {
                "path": plan.path.as_posix(),
                "state": str(plan.state),
                "note": plan.note,
                **({"difference": "\n".join(plan.difference)} if plan.difference else {}),
            }
            for plan in self.files
        ]
        found = {
            "folder": self._site.path.as_posix(),
            "changed": bool(self._changes),
            "files": files,
            "by_hand": list(self._by_hand),
            "next": list(self._next()),
        }
        click.echo(json.dumps(found, indent=2))
