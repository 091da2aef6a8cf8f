"""`incidents check`: what is wrong in the content folder, and what to type instead."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.content.loader import Loaded, load
from mkdocs_incidents.content.problems import Problem, Severity
from mkdocs_incidents.git_history import folder_history

from .clock import instant_or_now
from .output import counted, echo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_PATIENCE = 1.0
"""Seconds before a progress bar appears."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
"""Of annotations, as GitHub calls them."""


@click.command(epilog="Example: incidents check incidents --strict")
@click.argument("folder", default="incidents", type=click.Path(path_type=Path))
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
@click.pass_context
def check(  # noqa: PLR0913  what can be typed
    context: click.Context, folder: Path, shape: str, *, strict: bool, editorial: bool, now: datetime
) -> None:
    """Check every file in FOLDER and say what to type.

    Prints each problem with its file, line and column. Exits with 0 when all is well, 1 when there are errors
    (with --strict, or warnings; with --strict --editorial, or advice), 2 when the command itself is wrong.
    """
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise click.UsageError(f"the folder '{folder}' {what}; name the folder with components.yml in it")
    loaded = _load(folder, now, editorial=editorial)
    printers = {"text": _as_text, "json": _as_json, "github": _as_github}
    printers[shape](loaded, folder)
    context.exit(1 if loaded.errors or (strict and (loaded.warnings or loaded.advice)) else 0)


def _load(folder: Path, now: datetime, *, editorial: bool) -> Loaded:
    """Load `folder`, with a progress bar on a terminal if it takes its time."""
    read = partial(load, folder, now=now, advisor=advisor if editorial else None, history=folder_history(folder))
    console = Console(stderr=True)
    if not console.is_terminal:
        return read()
    columns = (TextColumn("Reading incidents"), BarColumn(), MofNCompleteColumn())
    began = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=False, auto_refresh=False) as progress:
        task = progress.add_task("", visible=False)

        def show(done: int, total: int) -> None:
            if time.monotonic() - began > _PATIENCE and (done % 20 == 0 or done == total):
                progress.update(task, completed=done, total=total, visible=True, refresh=True)

        return read(progress=show)


def _as_text(loaded: Loaded, folder: Path) -> None:
    for problem in loaded.problems:
        place = f"{problem.path}:{problem.line}:{problem.column}"
        severity = click.style(str(problem.severity), fg=_COLOURS[problem.severity], bold=True)
        echo(f"{place}: {severity}: {problem.message}")
        for line in problem.hint.splitlines():
            echo(f"    {line}")
    echo(_conclusion(loaded, folder))


def _conclusion(loaded: Loaded, folder: Path) -> str:
    files = counted(loaded.files_read, "incident file")
    if not loaded.problems:
        return f"{files} checked, all well. Next: mkdocs build"
    counts = [
        counted(len(some), word) for some, word in ((loaded.errors, "error"), (loaded.warnings, "warning")) if some
    ]
    if loaded.advice:
        counts.append("1 piece of advice" if len(loaded.advice) == 1 else f"{len(loaded.advice):,} pieces of advice")
    found = " and ".join(filter(None, [", ".join(counts[:-1]), counts[-1]]))
    if loaded.errors:
        return f"{files} checked: {found}. Next: correct the errors, then type: incidents check {folder}"
    return f"{files} checked: {found}. Nothing stops the build. Next: mkdocs build"


def _as_json(loaded: Loaded, _: Path) -> None:
    # Plain ASCII: whatever reads it need not guess an encoding.
    click.echo(json.dumps([problem.as_dict() for problem in loaded.problems], indent=2))


def _as_github(loaded: Loaded, _: Path) -> None:
    for problem in loaded.problems:
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
