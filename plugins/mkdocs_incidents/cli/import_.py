"""`incidents import`: postmortems as people left them become incident files."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..authoring.files import UnreadableError, read_text
from ..authoring.importers.freeform import read_freeform
from ..authoring.importers.incident_file import incident_file
from ..content.spelling import quoted
from .output import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..authoring.importers.report import Imported

_DONE, _PROBLEMS = 0, 1


@click.command("import", epilog="Example: incidents import postmortem.txt --dry-run")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--from",
    "origin",
    type=click.Choice(["auto", "freeform"]),
    default="auto",
    show_default=True,
    help="What the files are; freeform is Markdown or text as people write it.",
)
@click.option("--dry-run", is_flag=True, help="Say what was read, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each file, for programs.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default="incidents",
    show_default=True,
    help="Folder the incident files are written to. A file that is there already is never overwritten.",
)
@click.pass_context
def import_(  # noqa: PLR0913  click passes every option by its name
    context: click.Context, files: tuple[Path, ...], origin: str, into: Path, *, dry_run: bool, as_json: bool
) -> None:
    """Read each FILE and write an incident file of it.

    The facts (title, day, beginning, end, zone, share affected) go to the top, the author's words stay below, with the
    changes that are sure (see incidents tidy). What is reported of timeline, turning points, action items and apology
    is what a build reads in the written file. Says for each fact in which line it was read and how sure that is, and
    what is missing. Nothing is invented: a fact that is not in the text is left out. Exits with 0 when every file was
    imported, 1 when one was not, 2 when the command itself is wrong.
    """
    del origin  # there is one kind so far
    if not dry_run and into.exists() and not into.is_dir():
        raise click.UsageError(f"'{into}' is a file, not a folder; name a folder with --into")
    failed = False
    for path in files:
        failed = not _import_one(path, into, dry_run=dry_run, as_json=as_json) or failed
    if not dry_run and not as_json and not failed:
        click.echo(f"Next: incidents check {into}")
    context.exit(_PROBLEMS if failed else _DONE)


def _import_one(path: Path, into: Path, *, dry_run: bool, as_json: bool) -> bool:
    """Import one file; whether all went well. In a dry run, a file without an incident is a result, not a failure."""
    try:
        text = read_text(path)
    except UnreadableError as error:
        click.echo(f"{_shown(path)}: {error}", err=True)
        if as_json:
            click.echo(json.dumps({"source": _shown(path), "kind": "none", "warnings": [str(error)]}))
        return False
    imported = read_freeform(text, _shown(path))
    if as_json:
        click.echo(json.dumps(imported.as_dict()))
    else:
        _tell(imported)
    if dry_run:
        return True
    return imported.incident and _write(imported, into, to_errors=as_json)


def _shown(path: Path) -> str:
    return path.as_posix()


def _tell(imported: Imported) -> None:
    """What was read, line by line of the source, what was not, and what does not fit."""
    if not imported.incident:
        click.echo(f"{imported.source}: no incident: {imported.reason}")
        return
    click.echo(f"{imported.source}: incident {imported.id}")
    for inference in sorted(imported.inferences, key=lambda one: one.line):
        click.echo(f"  {inference}")
    for lines, about in _changes(imported):
        click.echo(f"  {lines}: changed: {about}")
    for missing in imported.missing:
        click.echo(f"  missing: {missing.fact}: {missing.hint}")
    for warning in imported.warnings:
        click.echo(f"  note: {warning}")


def _changes(imported: Imported) -> Iterator[tuple[str, str]]:
    """What was changed around the author's words, runs of the same change as one: `lines 4 to 9`, `line 12`."""
    ordered = sorted(imported.changes, key=lambda change: (change.line, change.subject))
    for _, group in groupby(enumerate(ordered), lambda pair: (pair[1].line - pair[0], pair[1].reason)):
        run = [change for _, change in group]
        first, last = run[0].line, run[-1].line
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        words = f": {quoted(run[0].words, longest=60)}" if len(run) == 1 else ""
        yield lines, f"{run[0].reason}{words}"


def _write(imported: Imported, into: Path, *, to_errors: bool) -> bool:
    target = into / f"{imported.id}.md"
    try:
        into.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(incident_file(imported))
    except FileExistsError:
        click.echo(
            f"{imported.source}: not written, {target.as_posix()} is there already; name another folder with --into",
            err=True,
        )
        return False
    except OSError as error:
        click.echo(f"{imported.source}: {target.as_posix()} cannot be written: {error.strerror}", err=True)
        return False
    click.echo(f"  written: {target.as_posix()}", err=to_errors)
    if imported.more_proposals:
        more = counted(imported.more_proposals, "more change")
        click.echo(f"  {more} to look at first: incidents tidy {target.as_posix()}", err=to_errors)
    return True
