"""`incidents tidy`: what brings files into the form that a build reads, as a difference that a person sees first."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.files import NotWrittenError, UnreadableError, write_anew
from mkdocs_incidents.authoring.tidy.incident_file import read_zone_of_site, tidy_file
from mkdocs_incidents.authoring.tidy.proposals import ProposalSureness
from mkdocs_incidents.content.folder import MARKDOWN, Folder
from mkdocs_incidents.content.suggestions import quoted

from .clock import current_instant
from .output import counted, echo
from .site import find_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.authoring.tidy.incident_file import TidiedFile
    from mkdocs_incidents.authoring.tidy.proposals import Proposal

_MOST_LINES = 12
"""Lines of one change that are shown; of a longer one its beginning."""


@click.command(
    short_help="Propose how to write what a build does not read.",
    epilog="Example: incidents tidy --all",
)
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--all", "whole", is_flag=True, help="Every incident file of the folder.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder with components.yml in it, for --all.  [default: that of the site]",
)
@click.option("--write", is_flag=True, help="Write the changes that are sure.")
@click.option("--all-proposals", is_flag=True, help="Write all changes, the likely ones, too.")
@click.option("--json", "as_json", is_flag=True, help="The proposals as a JSON list, for programs.")
@click.pass_context
def tidy(  # noqa: PLR0913  click passes every option by its name
    context: click.Context,
    files: tuple[Path, ...],
    folder: Path | None,
    *,
    whole: bool,
    write: bool,
    all_proposals: bool,
    as_json: bool,
) -> None:
    """Propose what brings each FILE into the form that a build reads.

    Shows the changes as a difference: headings, entries of the timeline, turning points, action items, apology and
    signature, the share affected, the next update. Each names the words it comes from and says how sure it is. The
    author's words stay; only marks, headings and the notation of times are added or changed. Writes nothing without
    --write or --all-proposals, and writes a file only if nobody changed it meanwhile. Words are understood in English;
    times, lists and tables in any language. Exits with 0 when all went well, 1 when a file could not be read or
    written, 2 when the command itself is wrong.
    """
    if not files and not whole:
        raise click.UsageError("name the files to tidy; or type: incidents tidy --all")
    folder = folder or (find_site(Path()).folder if whole else files[0].parent)
    if whole and not folder.is_dir():
        raise click.UsageError(f"there is no folder '{folder}'; name the folder with components.yml with --folder")
    run = _Run(write=write or all_proposals, everything=all_proposals, as_json=as_json, today=current_instant().date())
    for path in [*files, *(_files_of(folder) if whole else ())]:
        run.tidy(path)
    run.conclude(files)
    context.exit(1 if run.failed else 0)


def _files_of(folder: Path) -> Iterator[Path]:
    """The incident files of a site's folder."""
    reader = Folder(folder, folder.as_posix())
    for relative in sorted(reader.walk(folder, "")):
        if relative.casefold().endswith(MARKDOWN):
            yield folder / relative


class _Run:
    """One call of the command."""

    def __init__(self, *, write: bool, everything: bool, as_json: bool, today: date) -> None:
        self._write = write
        self._everything = everything
        self._as_json = as_json
        self._today = today
        self._files = self._sure = self._likely = self._written = 0
        self._found: list[dict[str, object]] = []
        self.failed = False

    def tidy(self, path: Path) -> None:
        """Show or write the proposals for one file."""
        try:
            zone = read_zone_of_site(path, self._today)
            found = tidy_file(path, zone=zone, example=self._today)
            if self._write and (self._text_of(found) is not None):
                write_anew(path, found.raw, self._text_of(found) or "")
        except (UnreadableError, NotWrittenError) as error:
            self.failed = True
            click.echo(f"{path.as_posix()}: {error}", err=True)
            return
        self._files += 1
        written = [proposal for proposal in found.proposals if self._write and (self._everything or _is_sure(proposal))]
        self._sure += sum(map(_is_sure, found.proposals))
        self._likely += sum(not _is_sure(proposal) for proposal in found.proposals)
        self._written += len(written)
        self._found += [
            {"path": path.as_posix(), **proposal.as_dict(), "written": proposal in written}
            for proposal in found.proposals
        ]
        if not self._as_json:
            _show(path, found.proposals, written)

    def _text_of(self, found: TidiedFile) -> str | None:
        """The text to be written; None where nothing changes."""
        changes = [proposal for proposal in found.proposals if self._everything or _is_sure(proposal)]
        return (found.everything if self._everything else found.sure) if changes else None

    def conclude(self, paths: Sequence[Path]) -> None:
        """Say what was done and what comes next."""
        if self._as_json:
            click.echo(json.dumps(self._found, indent=2))
            return
        files = counted(self._files, "file")
        if self.failed and not self._files:
            return  # the errors are printed already
        if not self._sure + self._likely:
            echo(f"{files} read, nothing to propose.")
            return
        found = f"{counted(self._sure + self._likely, 'proposal')}, {self._sure} of them sure"
        if self._written:
            remaining = self._sure + self._likely - self._written
            check = shlex.join(["incidents", "check", *(path.as_posix() for path in paths)])
            more = f" {remaining} more are likely; to write them, too, type --all-proposals." if remaining else ""
            echo(f"{files} read: {found}; {self._written} written.{more} Next: {check}")
        elif self._write:
            echo(f"{files} read: {found}; none written. To write the likely ones, too, type --all-proposals")
        else:
            echo(f"{files} read: {found}. Nothing is written. Next: --write writes the sure ones, --all-proposals all")


def _is_sure(proposal: Proposal) -> bool:
    return proposal.sureness is ProposalSureness.SURE


def _show(path: Path, proposals: Sequence[Proposal], written: Sequence[Proposal]) -> None:
    for proposal in proposals:
        place = click.style(f"{path.as_posix()}:{proposal.line}", bold=True)
        done = "written" if proposal in written else str(proposal.sureness)
        echo(f"{place}: {done}: {proposal.subject}: {proposal.reason}: {quoted(proposal.words, longest=80)}")
        lines = [("-", "red", line) for line in proposal.before if line not in proposal.after]
        lines += [("+", "green", line) for line in proposal.after if line not in proposal.before]
        for sign, colour, line in lines[:_MOST_LINES]:
            echo(click.style(f"    {sign} {line}".rstrip(), fg=colour))
        if len(lines) > _MOST_LINES:
            echo(f"      … {len(lines) - _MOST_LINES} lines more")
