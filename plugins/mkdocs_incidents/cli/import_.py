"""`incidents import`: what people and other tools left becomes incident files."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.files import UnreadableError
from mkdocs_incidents.authoring.importers.incident_file import catalog_file, incident_file
from mkdocs_incidents.authoring.importers.registry import IMPORTERS, importer_for
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.content.suggestions import quoted

from .output import counted
from .site import folder_of_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.authoring.importers.protocol import ImportedNotice, ImportResult

_DONE, _PROBLEMS = 0, 1


@click.command(
    "import",
    short_help="Make incident files of postmortems that exist.",
    epilog="Example: incidents import postmortem.txt --dry-run",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--from",
    "origin",
    type=click.Choice(["auto", *(importer.name for importer in IMPORTERS)]),
    default="auto",
    show_default=True,
    help=f"What the files are: {'; '.join(f'{importer.name} is {importer.description}' for importer in IMPORTERS)}.",
)
@click.option("--dry-run", is_flag=True, help="Say what was read and what would be written, write nothing.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON object a line for each file that is read, or for each notice in it, for programs.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder the incident files are written to. A file that is there already is never overwritten.  "
    "[default: that of the site, or incidents]",
)
@click.pass_context
def import_(  # noqa: PLR0913  click passes every option by its name
    context: click.Context, files: tuple[Path, ...], origin: str, into: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    """Read each FILE and write an incident file of it.

    The facts (title, day, beginning, end, zone, share affected) go to the top, the author's words stay below, with the
    changes that are sure (see incidents tidy). What is reported of timeline, turning points, action items and apology
    is what a build reads in the written file. Says for each fact in which line it was read and how sure that is, and
    what is missing. Nothing is invented: a fact that is not in the text is left out. Exits with 0 when every file was
    imported, 1 when one was not, 2 when the command itself is wrong.
    """
    into = into or folder_of_site()
    if not dry_run and into.exists() and not into.is_dir():
        raise click.UsageError(f"'{into}' is a file, not a folder; name a folder with --into")
    failed = False
    for path in files:
        failed = not _import_file(path, origin, into, dry_run=dry_run, as_json=as_json) or failed
    if not dry_run and not as_json and not failed:
        click.echo(f"Next: incidents check {into}")
    context.exit(_PROBLEMS if failed else _DONE)


def _import_file(path: Path, origin: str, into: Path, *, dry_run: bool, as_json: bool) -> bool:
    """Import one file; whether all went well. In a dry run, a file without an incident is a result, not a failure."""
    source = path.as_posix()
    try:
        result = importer_for(path, origin).read(path)
    except UnreadableError as error:
        click.echo(f"{source}: {error}", err=True)
        if as_json:
            click.echo(json.dumps({"source": source, "kind": "none", "warnings": [str(error)]}))
        return False
    if as_json:
        for record in result.records():
            click.echo(json.dumps(record))
    else:
        _report(result)
    if dry_run:
        if not as_json:
            _announce(result, into)
        return True
    written = [
        _write(source, target, text, notice, to_errors=as_json) for target, text, notice in _targets(result, into)
    ]
    return bool(written) and all(written)


def _targets(result: ImportResult, into: Path) -> Iterator[tuple[Path, str, ImportedNotice | None]]:
    """The files to write, with their texts: the catalogue, then a file for each notice."""
    if result.catalog:
        yield into / CATALOG_NAME, catalog_file(result.catalog), None
    for notice in result.notices:
        yield into / f"{notice.id}.md", incident_file(notice), notice


def _report(result: ImportResult) -> None:
    """What was read, what was not, and what could not be taken over."""
    if result.empty:
        click.echo(f"{result.source}: no incident: {result.reason}")
    if result.catalog:
        click.echo(f"{result.source}: {counted(len(result.catalog.components), 'component')}")
    for notice in result.notices:
        _report_notice(notice)
    for item in result.not_imported:
        click.echo(f"{result.source}: not imported: {item.place}: {item.reason}")


def _report_notice(notice: ImportedNotice) -> None:
    """What was read, line by line of the source, what was not, and what does not fit."""
    click.echo(f"{notice.source}: {notice.kind} {notice.id}")
    if notice.updates:
        click.echo(f"  {counted(len(notice.updates), 'update')}")
    for inference in sorted(notice.inferences, key=lambda inference: inference.line):
        click.echo(f"  {inference}")
    for lines, change in _changes(notice):
        click.echo(f"  {lines}: changed: {change}")
    for missing in notice.missing:
        click.echo(f"  missing: {missing.fact}: {missing.hint}")
    for warning in notice.warnings:
        click.echo(f"  note: {warning}")


def _announce(result: ImportResult, into: Path) -> None:
    """Which files would be written, were this no dry run."""
    for target, _, _ in _targets(result, into):
        there = ": it is there already and would stay as it is" if target.exists() else ""
        click.echo(f"  {'not ' if there else ''}to be written: {target.as_posix()}{there}")


def _changes(notice: ImportedNotice) -> Iterator[tuple[str, str]]:
    """What was changed around the author's words; runs of the same change together: `lines 4 to 9`, `line 12`."""
    ordered = sorted(notice.changes, key=lambda change: (change.line, change.subject))
    for _, group in groupby(enumerate(ordered), lambda pair: (pair[1].line - pair[0], pair[1].reason)):
        run = [change for _, change in group]
        first, last = run[0].line, run[-1].line
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        words = f": {quoted(run[0].words, longest=60)}" if len(run) == 1 else ""
        yield lines, f"{run[0].reason}{words}"


def _write(source: str, target: Path, text: str, notice: ImportedNotice | None, *, to_errors: bool) -> bool:
    """Write a new file; whether that was possible."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        click.echo(
            f"{source}: not written, {target.as_posix()} is there already; name another folder with --into",
            err=True,
        )
        return False
    except OSError as error:
        click.echo(f"{source}: {target.as_posix()} cannot be written: {error.strerror}", err=True)
        return False
    click.echo(f"  written: {target.as_posix()}", err=to_errors)
    if notice and notice.more_proposals:
        more = counted(notice.more_proposals, "more change")
        click.echo(f"  {more} to look at first: incidents tidy {target.as_posix()}", err=to_errors)
    return True
