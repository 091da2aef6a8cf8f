"""`incidents check`: what is wrong in the content folder, and what to type instead."""

from __future__ import annotations

import json
import shlex
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mkdocs_incidents.content.loader import Loaded, load
from mkdocs_incidents.content.problems import Problem, Severity
from mkdocs_incidents.content.read_cache import CACHE_FOLDER
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.git_history import folder_history

from .clock import instant_or_now
from .output import counted, echo
from .site import Site, absolute_path, config_file_option, content_folder, find_site, shown, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

_PATIENCE = 1.0
"""Seconds before a progress bar appears."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
"""Of annotations, as GitHub calls them."""


@click.command(
    short_help="Find what is wrong in any file, and what to write instead.",
    epilog="Example: incidents check --strict",
)
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a GitHub workflow.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail, too; with --editorial also advice.")
@click.option(
    "--editorial",
    is_flag=True,
    help="Advise on the words, too: what could be said better, and why. It knows English; texts in other languages are "
    "left alone.",
)
@click.option(
    "--now",
    metavar="INSTANT",
    callback=instant_or_now,
    help="Check as of this instant, such as '2026-04-06 14:30' (UTC).",
)
@config_file_option
@click.pass_context
def check(  # noqa: PLR0913  what can be typed
    context: click.Context,
    paths: tuple[Path, ...],
    shape: str,
    *,
    strict: bool,
    editorial: bool,
    now: datetime,
    config_file: Path | None,
) -> None:
    """Check the incident files of the site and say what to type.

    The site is that of mkdocs.yml in the current folder or above. With a PATH, a file or a folder, only problems there
    are reported; all files are read nevertheless, because some rules are about several.

    Prints each problem with its file, line and column. Exits with 0 when all is well, 1 when there are errors
    (with --strict, or warnings; with --strict --editorial, or advice), 2 when the command itself is wrong.
    """
    is_present = context.get_parameter_source("now") is ParameterSource.DEFAULT
    if paths and config_file:
        raise click.UsageError("a PATH and --config-file each name a site; leave one of them out")
    checked = _checked(paths, now, config_file, editorial=editorial, is_present=is_present)
    {"text": _as_text, "json": _as_json, "github": _as_github}[shape](checked)
    warned = checked.of(Severity.WARNING) or checked.of(Severity.ADVICE)
    context.exit(1 if checked.of(Severity.ERROR) or (strict and warned) else 0)


@dataclass(frozen=True, kw_only=True)
class _Checked:
    """What was found, and what to type next."""

    problems: tuple[Problem, ...]
    files: int
    """Incident files that were asked for."""
    again: str
    build: str

    def of(self, severity: Severity) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is severity]


def _checked(
    paths: Sequence[Path], now: datetime, config_file: Path | None, *, editorial: bool, is_present: bool
) -> _Checked:
    """Check the site, or what is asked for at `paths`. `is_present` tells whether `now` is the present time.

    The site is that of `config_file`, or the one here where that is None.

    Raises:
        click.UsageError: there is no site, or no such path.
    """
    sites: dict[Path, Site] = {}
    asked = [absolute_path(path) for path in paths]
    if not paths:
        site = site_of(config_file)
        if not site.folder.is_dir():
            named = f"{site.config.as_posix()} names it" if site.config else "it is the default"
            raise click.UsageError(f"the folder '{site.folder.as_posix()}' does not exist; {named}")
        sites[site.folder] = site
        asked = [absolute_path(site.folder)]
    for number, path in enumerate(paths):
        folder = content_folder(path)
        sites.setdefault(folder, _site_of(folder))
        if absolute_path(folder).is_relative_to(asked[number]):
            asked[number] = absolute_path(folder)  # the folder of mkdocs.yml stands for the site
    problems: list[Problem] = []
    files = 0
    for site in sites.values():
        loaded = _load(site, now, editorial=editorial, is_present=is_present)
        whole = absolute_path(site.folder)
        kept = {whole, *asked} if loaded.catalog else {whole, whole / CATALOG_NAME, *asked}
        for problem in loaded.problems:
            place = absolute_path(Path(problem.path))
            if place in kept or (not kept.isdisjoint(asked) and any(place.is_relative_to(path) for path in asked)):
                problems.append(replace(problem, path=shown(problem.path)))
        files += _asked_for(loaded.found, whole, asked)
    first = next(iter(sites.values()))
    option = [] if config_file is None else ["-f", str(config_file)]
    again = shlex.join(["incidents", "check", *option, *(path.as_posix() for path in paths)])
    return _Checked(problems=tuple(problems), files=files, again=again, build=first.build_command)


def _site_of(folder: Path) -> Site:
    """The site whose incident files are in `folder`."""
    with suppress(click.UsageError):
        site = find_site(folder)
        if absolute_path(site.folder) == absolute_path(folder):
            return replace(site, folder=folder)
    return Site(folder=folder)


def _asked_for(found: Sequence[str], folder: Path, asked: Sequence[Path]) -> int:
    """How many of the files `found` below `folder` are at one of the paths `asked` for."""
    if any(folder.is_relative_to(path) for path in asked):
        return len(found)
    return sum(any((folder / file).is_relative_to(path) for path in asked) for file in found)


def _load(site: Site, now: datetime, *, editorial: bool, is_present: bool) -> Loaded:
    """Load the folder of `site`, with a progress bar if it takes its time."""
    chosen = None
    if editorial:
        from mkdocs_incidents.authoring.advice.advisor import advisor  # noqa: PLC0415  slow to import, for one option

        chosen = advisor
    read = partial(
        load,
        site.folder,
        now=now,
        language=site.language,
        advisor=chosen,
        history=folder_history(site.folder),
        cache=site.config.parent / CACHE_FOLDER if site.config and is_present else None,
        parallel=True,
    )
    began = time.monotonic()
    with ExitStack() as until_read:
        bar: Callable[[int, int], None] | None = None

        def show(done: int, total: int) -> None:
            nonlocal bar
            if time.monotonic() - began > _PATIENCE and (done % 20 == 0 or done == total):
                bar = bar or until_read.enter_context(_progress_bar())
                bar(done, total)

        return read(progress=show)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A function that shows how many of how many files were read, if on a terminal."""
    from rich.console import Console  # noqa: PLC0415  slow to import, and seldom needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415  likewise

    console = Console(stderr=True)
    columns = (TextColumn("Reading incidents"), BarColumn(), MofNCompleteColumn())
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden, auto_refresh=False) as progress:
        task = progress.add_task("")
        yield lambda done, total: progress.update(task, completed=done, total=total, refresh=True)


def _as_text(checked: _Checked) -> None:
    for problem in checked.problems:
        place = f"{problem.path}:{problem.line}:{problem.column}"
        severity = click.style(str(problem.severity), fg=_COLOURS[problem.severity], bold=True)
        echo(f"{place}: {severity}: {problem.message}")
        for line in problem.hint.splitlines():
            echo(f"    {line}")
    echo(_conclusion(checked))


def _conclusion(checked: _Checked) -> str:
    files = counted(checked.files, "incident file")
    if not checked.problems:
        return f"{files} checked, all well. Next: {checked.build}"
    errors, warnings, advice = (len(checked.of(severity)) for severity in Severity)
    counts = [counted(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count]
    if advice:
        counts.append("1 piece of advice" if advice == 1 else f"{advice:,} pieces of advice")
    found = " and ".join(filter(None, [", ".join(counts[:-1]), counts[-1]]))
    if errors:
        return f"{files} checked: {found}. Next: correct the errors, then type: {checked.again}"
    return f"{files} checked: {found}. Nothing stops the build. Next: {checked.build}"


def _as_json(checked: _Checked) -> None:
    # Plain ASCII: whatever reads it need not guess an encoding.
    click.echo(json.dumps([problem.as_dict() for problem in checked.problems], indent=2))


def _as_github(checked: _Checked) -> None:
    for problem in checked.problems:
        click.echo(_annotation(problem))


def _annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions; its values are escaped as `@actions/core` does."""
    properties: Iterable[tuple[str, Any]] = (
        ("file", problem.path),
        ("line", problem.line),
        ("col", problem.column),
        ("title", problem.code),
    )
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    listed = ",".join(f"{name}={_percent_escaped(str(value), ':,')}" for name, value in properties)
    return f"::{_LEVELS[problem.severity]} {listed}::{_percent_escaped(message)}"


def _percent_escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
