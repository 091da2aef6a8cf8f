"""What all commands that write have in common: their options, and how a change is shown, written and committed."""

from __future__ import annotations

import functools
import json
import shlex
import sys
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click
from click.core import ParameterSource

from mkdocs_incidents.authoring.editing.errors import AmbiguousError, RefusedError
from mkdocs_incidents.authoring.editing.workspace import Workspace
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.present.urls import Urls

from .clock import current_instant
from .output import echo
from .site import Site, find_site, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_incidents.authoring.editing.change import Change
    from mkdocs_incidents.authoring.editing.workspace import IndexedFile

    from .repository import Repository

_P = ParamSpec("_P")
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_MOST_LISTED = 8


@dataclass(frozen=True, kw_only=True)
class Writing:
    """One call of a command that writes."""

    workspace: Workspace
    site: Site
    dry_run: bool
    as_json: bool
    commit: bool
    push: bool
    typed: list[str] = field(default_factory=list)
    """The words that were typed for this call only, in an editor or a pipe."""

    def address(self, change: Change) -> str:
        """Of the page of the notice; empty where the site states no address."""
        return self.workspace.address(change.notice)

    def at_present(self) -> Writing:
        """The same call with the clock as it is now, and files as they are now."""
        return replace(self, workspace=replace(self.workspace, now=current_instant()))

    def conclude(  # noqa: PLR0913  what there is to say about a change
        self,
        changes: Sequence[Change],
        *,
        did: str,
        steps: Sequence[str],
        notes: Sequence[str] = (),
        before_publishing: Sequence[str] = (),
        public: bool = True,
    ) -> None:
        """Write the changes, commit them if that is asked for, and say what was done and what comes next.

        All are written, or none. `did` says it for the message of the commit. `public` is False where readers see
        nothing of it.

        Raises:
            RefusedError: a file cannot be written, or git refuses; then nothing is written.
        """
        repository = self._repository(changes) if self.commit or self.push else None
        if not self.dry_run:
            _write_all(changes)
        if not self.as_json:
            self._show(changes, notes)
        committed = ""
        if repository and not self.dry_run:
            committed = repository.commit([change.path for change in changes], did, push=self.push)
        if self.as_json:
            found = [self._as_dict(change) for change in changes]
            click.echo(json.dumps(found[0] if len(found) == 1 else found, indent=2))
            return
        publish = () if committed or not public else (self._publish(changes, did),)
        self._say_what_comes_next(changes, (*self._repairs(), *before_publishing, *publish, *steps), committed)

    def _repairs(self) -> list[str]:
        """What has to be done before a build publishes anything: a command reads its own file alone, a build all."""
        names = [relative(self.site.folder / file.relative).as_posix() for file in self.workspace.broken_files]
        listed = ", ".join(names[:_MOST_LISTED])
        return [f"correct {listed}: errors stop every build; to see them, type: incidents check"] if names else []

    def _repository(self, changes: Sequence[Change]) -> Repository:
        from .repository import Repository  # noqa: PLC0415  only where it is asked for

        return Repository.for_files([change.path for change in changes], commit=self.commit, push=self.push)

    def _as_dict(self, change: Change) -> dict[str, object]:
        return {
            "path": relative(change.path).as_posix(),
            "id": change.notice.id,
            "url": self.address(change) or None,
            "changed": not self.dry_run,
        }

    def _show(self, changes: Sequence[Change], notes: Sequence[str]) -> None:
        for note in notes:
            echo(note)
        for change in changes:
            path = relative(change.path).as_posix()
            done = "would be" if self.dry_run else "is"
            echo(click.style(f"{path} {done} {'changed' if change.before else 'new'}:", bold=True))
            for line in change.difference():
                echo(click.style(line, fg=_COLOURS.get(line[:1])))
            for warning in change.warnings:
                place = f"{path}:{warning.line}:{warning.column}"
                echo(f"{place}: {click.style('warning', fg='yellow', bold=True)}: {warning.message}")
                echo(f"    {warning.hint}")

    def _say_what_comes_next(self, changes: Sequence[Change], steps: Sequence[str], committed: str) -> None:
        addresses = dict.fromkeys(filter(None, map(self.address, changes)))
        for address in list(addresses)[:_MOST_LISTED]:
            echo(f"Page: {address}")
        if committed:
            echo(committed)
        if self.dry_run:
            echo("Nothing is written; to write it, type the command without --dry-run.")
            return
        if steps:
            echo("Next: " + "\n      ".join(steps))

    def _publish(self, changes: Sequence[Change], did: str) -> str:
        """How the change gets onto the page."""
        from .repository import is_in_repository  # noqa: PLC0415  only at the end

        if not is_in_repository(changes[0].path):
            if self.site.config is None:
                return "to publish it, build the site that this folder belongs to"
            return f"to publish it, type: {self.site.build_command}"
        paths = shlex.join(relative(change.path).as_posix() for change in changes)
        message = shlex.quote(did)
        return f"to publish it, type: git add {paths} && git commit -m {message} && git push"


def _write_all(changes: Sequence[Change]) -> None:
    written: list[Change] = []
    try:
        for change in changes:
            change.write()
            written.append(change)
    except RefusedError:
        for change in reversed(written):
            change.take_back()
        raise


def write_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all that write; it gets them as `writing`. Errors become one sentence."""

    @click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Print {path, id, url, changed} for programs.")
    @click.option("--commit", is_flag=True, help="Commit the file with git.")
    @click.option("--push", is_flag=True, help="Commit and push, which publishes where a push does.")
    @folder_option
    @functools.wraps(command)
    def run(*args: Any, dry_run: bool, as_json: bool, commit: bool, push: bool, **options: Any) -> None:
        site, workspace = options.pop("site"), options.pop("workspace")
        writing = Writing(workspace=workspace, site=site, dry_run=dry_run, as_json=as_json, commit=commit, push=push)
        try:
            command(*args, writing=writing, **options)
        except (RefusedError, WrongValueError, click.UsageError) as error:
            if not writing.typed:
                raise
            raise _with_words_kept(error, writing.typed[0]) from None

    return run


def _with_words_kept(error: Exception, words: str) -> Exception:
    from .message import kept  # noqa: PLC0415  only then

    place = kept(words)
    if isinstance(error, RefusedError):
        return RefusedError(f"{error}. {place}", problems=error.problems)
    message = error.message if isinstance(error, click.UsageError | WrongValueError) else str(error)
    hint = f"; {error.hint}" if isinstance(error, WrongValueError) and error.hint else ""
    return click.UsageError(f"{message}{hint}. {place}")


def folder_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option `--folder`; it gets `site` and `workspace`. Errors become one sentence."""

    @click.option(
        "--folder",
        type=click.Path(path_type=Path),
        help="The folder with components.yml in it.  [default: that of mkdocs.yml, else incidents/]",
    )
    @functools.wraps(command)
    def run(*args: Any, folder: Path | None, **options: Any) -> None:
        site, workspace = workspace_in(folder)
        _ = workspace.catalog  # without one there is nothing that a command could find
        command(*args, site=site, workspace=workspace, **options)

    return reported(run)


def reported(command: Callable[_P, None]) -> Callable[_P, None]:
    """Make one sentence of an error: exit 2 for what was typed wrong, 1 for what cannot be done."""

    @functools.wraps(command)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        try:
            command(*args, **options)
        except WrongValueError as error:
            raise click.UsageError(f"{error.message}; {error.hint}" if error.hint else error.message) from None
        except AmbiguousError as error:
            again = typed_about(next(iter(error.candidates)))
            raise click.UsageError(f"{error}; name one, type: {again}") from None
        except RefusedError as error:
            for problem in error.problems:
                click.echo(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}", err=True)
                click.echo(f"    {problem.hint}", err=True)
            raise click.ClickException(str(error)) from None

    return run


def typed_about(notice_id: str) -> str:
    """The command that is running with all options that were typed, for a shell, with the id as its argument."""
    context = click.get_current_context()
    words = ["incidents", context.info_name or "", notice_id]
    for option in context.command.params:
        name = option.name or ""
        if (
            not isinstance(option, click.Option)
            or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE
        ):
            continue
        value = context.params[name]
        for each in value if option.multiple else [value]:
            words += [option.opts[0]] if option.is_flag else [option.opts[0], str(each)]
    return _without_controls(shlex.join(words))


def _without_controls(text: str) -> str:
    """A text without characters that a terminal would obey; no option takes them."""
    return "".join("�" if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in text)


def asks() -> bool:
    """Whether somebody is there to be asked: never in a pipe, in CI or with output for programs."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def chosen(writing_json: bool, choose: Callable[[], IndexedFile], again: Callable[[str], IndexedFile]) -> IndexedFile:
    """The notice that `choose` returns; where several fit, the one that somebody chooses on the terminal."""
    try:
        return choose()
    except AmbiguousError as error:
        if writing_json or not asks():
            raise
        candidates = list(error.candidates.items())
        for number, (notice_id, title) in enumerate(candidates, start=1):
            echo(f"{number:>3}  {notice_id}  {title}")
        number = click.prompt("Which one", type=click.IntRange(1, len(candidates)))
        return again(candidates[number - 1][0])


def workspace_in(folder: Path | None) -> tuple[Site, Workspace]:
    """The site that a command is about, that of `folder` or the one here, and its files.

    Raises:
        click.UsageError: the configuration cannot be read.
    """
    site = _site(folder)
    return site, _workspace(site)


def _site(folder: Path | None) -> Site:
    if folder is None:
        return find_site(Path(), or_new=True)
    if not folder.is_dir():
        shown = folder.as_posix()
        raise click.UsageError(f"there is no folder {shown}; name the folder with components.yml in it with --folder")
    try:
        found = find_site(folder)
    except click.UsageError:
        return Site(folder=folder)
    same = found.folder.resolve() == folder.resolve()
    return found if same else Site(folder=folder)


def _workspace(site: Site) -> Workspace:
    urls = Urls(site_url=site.site_url, directory_urls=site.use_directory_urls) if site.site_url else None
    return Workspace(
        folder=site.folder,
        shown=site.folder.as_posix(),
        now=current_instant(),
        language=site.language,
        urls=urls,
    )
