"""The commands `incidents build` and `incidents rollback`: the live folder is replaced in one step."""

from __future__ import annotations

import json
import logging
import shlex
import shutil
import signal
import sys
import threading
import time
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from mkdocs_incidents.plugin.hosts import BuildFailedError, use_host_of
from mkdocs_incidents.publish.compress import compress, kinds_of
from mkdocs_incidents.publish.errors import NotPublishedError, is_of_folder, not_published
from mkdocs_incidents.publish.lock import lock
from mkdocs_incidents.publish.store import Store

from .clock import current_instant
from .output import counted, echo
from .site import config_file_option, config_of_site, relative, site_dir_of, theme_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_incidents.publish.changes import Changes
    from mkdocs_incidents.publish.manifest import FileState, Manifest
    from mkdocs_incidents.publish.store import Built

_KEPT = 3
"""Versions before the live one."""

_PAUSE = 5
"""Seconds between two lines about the same step."""

_to = click.option(
    "--to",
    "live",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="The folder that is served.  [default: site_dir of mkdocs.yml]",
)
_no_wait = click.option("--no-wait", is_flag=True, help="Fail at once while another process publishes.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one object, for programs.")


def _kinds(_context: click.Context, _option: click.Parameter, text: str) -> frozenset[str]:
    try:
        return kinds_of(text) if text else frozenset()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    short_help="Build the site, verify it, and replace the live folder in one step.",
    epilog="Example: incidents build --to /srv/status",
)
@_to
@config_file_option
@click.option("--strict", is_flag=True, help="Publish nothing if there are warnings.")
@click.option("--allow-dead-links", is_flag=True, help="Publish although a link leads to nothing.")
@click.option(
    "--keep",
    type=click.IntRange(0, 100),
    default=_KEPT,
    show_default=True,
    help="How many versions before this one stay, for incidents rollback.",
)
@click.option(
    "--compress",
    "kinds",
    metavar="KINDS",
    default="",
    callback=_kinds,
    help="Write compressed copies beside text files, for a server that sends these: gz, br, or gz,br.",
)
@_no_wait
@_as_json
@click.option("-v", "--verbose", is_flag=True, help="Print all messages of MkDocs.")
def build(  # noqa: PLR0913  what can be typed
    live: Path | None,
    config_file: Path | None,
    *,
    strict: bool,
    allow_dead_links: bool,
    keep: int,
    kinds: frozenset[str],
    no_wait: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Build the site aside, verify it, and let it be the live folder in one step.

    Until that step the live folder is as it was, whatever happens: an error in a file, a full disk, an interruption.
    The versions before it are kept beside it, in a folder whose name begins with a dot.

    Exits with 0 when it is published, 1 when nothing was, 2 when the command itself is wrong.
    """
    began = time.monotonic()
    output = _Output(as_json=as_json, verbose=verbose, place=_typed(config_file, live))
    now = current_instant()
    with _sentences(output):
        config = _configured(config_file)
        store = Store(live or Path(config.site_dir), _sources(config))
        with lock(store, now, wait=not no_wait, waiting=output.step):
            store.prepare()
            try:
                before = store.live_files(at=now)
                left_out = _build(store, config, output, strict=strict, live=before.files if before else {})
                built = store.built(before, left_out)
                verified = _verify(store, built, config, output, strict=strict, dead_links=allow_dead_links)
                if kinds:
                    output.step("compressing")
                    built.files.update(
                        compress(store.building, kinds, built.files, live=store.live, before=built.before)
                    )
                published = _publish(store, built, now, verified)
            except OSError as error:
                if not is_of_folder(error, store.folder):
                    raise
                raise not_published(error, store.live) from None
            finally:
                shutil.rmtree(store.building, ignore_errors=True)
            output.published(store, published, str(config.site_url), keep=keep, seconds=time.monotonic() - began)
            with suppress(KeyboardInterrupt):  # it is published, and the next build removes them
                store.remove_old(keep, published.version)


@click.command(
    short_help="Let a former version be live again.",
    epilog="Example: incidents rollback",
)
@click.argument("number", metavar="[N]", type=click.IntRange(1), required=False)
@click.option("--list", "listed", is_flag=True, help="Print the versions that there are, and change nothing.")
@_to
@config_file_option
@_no_wait
@_as_json
def rollback(  # noqa: PLR0913  what can be typed
    number: int | None,
    live: Path | None,
    config_file: Path | None,
    *,
    listed: bool,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Let version N be live again; without N, the one before the live version.

    The version that was live is kept. The incident files do not change: the next build publishes what they say.

    Exits with 0 when it is live, 1 when nothing changed, 2 when the command itself is wrong.
    """
    output = _Output(as_json=as_json, place=_typed(config_file, live))
    now = current_instant()
    with _sentences(output):
        store = Store(live or site_dir_of(config_of_site(config_file)))
        if not store.folder.is_dir():
            raise NotPublishedError(f"no version of {store.live} is kept; incidents build keeps them")
        with lock(store, now, wait=not no_wait, waiting=output.step):
            store.prepare()
            if listed:
                output.versions(store)
                return
            wanted = _wanted(store, number)
            before = store.live_version
            store.roll_back(wanted, at=now)
    output.rolled_back(store, wanted, before)


def _typed(config_file: Path | None, live: Path | None) -> tuple[str, ...]:
    """The options that name the site and the folder, as they were typed: hints for this folder need them, too."""
    named = (("-f", config_file), ("--to", live))
    return tuple(text for option, path in named if path for text in (option, str(path)))


def _wanted(store: Store, number: int | None) -> Manifest:
    kept = {manifest.number: manifest for manifest in store.kept}
    live = store.live_version
    if live and number == live.number:
        raise NotPublishedError(f"version {number} is live; type incidents rollback --list to see all")
    earlier = [each for each in kept if live is None or each < live.number]
    wanted = number or (live.before if live and live.before in kept else max(earlier, default=0))
    if wanted not in kept:
        named = f"version {number} is not kept" if number else "no version before the live one is kept"
        others = f" (kept: {', '.join(map(str, kept))})" if kept else ""
        raise NotPublishedError(f"{named}{others}")
    return kept[wanted]


def _configured(file: Path | None) -> MkDocsConfig:
    """The configuration of the site.

    Raises:
        click.UsageError: there is none.
    """
    file = config_of_site(file)
    use_host_of(file)
    from mkdocs_incidents.plugin.host_build import site_config  # noqa: PLC0415  slow to import

    try:
        return site_config(file)
    except BuildFailedError as error:
        if hint := theme_hint(file):
            raise BuildFailedError(f"{str(error).rstrip('!')}; {hint}") from error
        raise


def _sources(config: MkDocsConfig) -> tuple[Path, ...]:
    """The files and folders that the site is made of."""
    from mkdocs_incidents.plugin.host_build import incidents_plugin  # noqa: PLC0415  slow to import

    file = Path(config.config_file_path)
    return file, Path(config.docs_dir), file.parent / incidents_plugin(config).config.incidents_dir


def _build(
    store: Store, config: MkDocsConfig, output: _Output, *, strict: bool, live: Mapping[str, FileState]
) -> frozenset[str]:
    """Build into the folder of the next version. Returns the paths of the files of `live` that were left out."""
    from mkdocs_incidents.plugin.host_build import build_into, logged_to  # noqa: PLC0415  slow to import

    output.step("building")
    with logged_to(output.message, level=logging.INFO if output.verbose else logging.WARNING):
        return build_into(store.building, config, strict=strict, live=live)


def _verify(  # noqa: PLR0913  what can be typed
    store: Store, built: Built, config: MkDocsConfig, output: _Output, *, strict: bool, dead_links: bool
) -> str:
    """Look whether what was built is whole and gives nothing away. Returns what is to be kept about that.

    Raises:
        NotPublishedError: it must not be published; what is wrong was printed.
    """
    from mkdocs_incidents.plugin.host_build import incidents_plugin  # noqa: PLC0415  slow to import
    from mkdocs_incidents.plugin.site_facts import site_facts  # noqa: PLC0415  likewise
    from mkdocs_incidents.publish.verification import verify  # noqa: PLC0415  likewise

    output.step("verifying")
    facts = site_facts(config, incidents_plugin(config), store.live)
    verification = verify(store.building, facts, built.files, built.before, output.progress("verifying"))
    found = verification.faults
    blocking = [fault for fault in found if (fault.blocking or strict) and not (dead_links and fault.is_dead_link)]
    for fault in found:
        output.message("error" if fault in blocking else "warning", str(fault))
    if blocking:
        also = "; to publish it all the same, add --allow-dead-links" if all(f.is_dead_link for f in blocking) else ""
        raise NotPublishedError(f"{counted(len(blocking), 'problem')} in what was built{also}")
    return verification.record


def _publish(store: Store, built: Built, now: datetime, verified: str) -> _Published:
    """Replace the live folder."""
    from mkdocs_incidents.publish.changes import changes  # noqa: PLC0415  slow to import

    found: list[Changes] = []

    def describe(before: Manifest | None, files: Mapping[str, FileState]) -> str:
        live = store.live if before else None
        found.append(changes(live, store.building, before.files if before else {}, files))
        return str(found[0])

    return _Published(store.publish(built, at=now, describe=describe, verified=verified), found[0])


class _Published(NamedTuple):
    version: Manifest
    changes: Changes


@contextmanager
def _sentences(output: _Output) -> Iterator[None]:
    """Turn what went wrong into one sentence, and exit with 1.

    Raises:
        click.ClickException: something went wrong.
    """
    try:
        with _interruptible():
            yield
    except (click.ClickException, click.exceptions.Exit):
        raise
    except KeyboardInterrupt:
        raise click.ClickException(
            "interrupted; the live folder is whole, as before or new: to see which version is live, type: "
            + output.rollback("--list")
        ) from None
    except NotPublishedError as error:
        raise click.ClickException(f"{error}; nothing was published") from None
    except BuildFailedError as error:
        message = f"{error}; nothing was published" if str(error) else "nothing was published"
        raise click.ClickException(message) from None
    except Exception as error:  # noqa: BLE001  whatever another plugin of the site raises
        if output.verbose:
            traceback.print_exc()
        raise click.ClickException(
            f"the build failed: {type(error).__name__}: {error}; nothing was published. To see where it failed, add -v"
        ) from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a closed terminal or a service manager interrupt the process as Ctrl+C does, so that it tidies up."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # where Python sets no handlers
        yield
        return
    ending = [signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]
    # One that is ignored stays so: nohup.
    before = {each: signal.signal(each, interrupt) for each in ending if signal.getsignal(each) != signal.SIG_IGN}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@dataclass(frozen=True, kw_only=True)
class _Output:
    """What the commands print: lines for people, or one object for programs."""

    as_json: bool
    verbose: bool = False
    place: tuple[str, ...] = ()
    """The options that name the site and the folder, as they were typed."""

    def rollback(self, *arguments: str) -> str:
        """The command that rolls back this folder."""
        return shlex.join(["incidents", "rollback", *arguments, *self.place])

    def step(self, text: str) -> None:
        """What is being done now, for who waits."""
        if not self.as_json:
            click.echo(text, err=True)

    def progress(self, text: str) -> Callable[[int, int], None]:
        """A function for a step that may be long: after a while, it says how many files of how many are done."""
        next_at = time.monotonic() + _PAUSE

        def show(done: int, count: int) -> None:
            nonlocal next_at
            if time.monotonic() >= next_at:
                self.step(f"{text}: {done:,} of {count:,} files")
                next_at = time.monotonic() + _PAUSE

        return show

    def message(self, level: str, text: str) -> None:
        """A message of MkDocs or a plugin."""
        click.echo(f"{level}: {text}", err=True)

    def published(self, store: Store, new: _Published, url: str, *, keep: int, seconds: float) -> None:
        """That it is live."""
        if self.as_json:
            known = {"folder": str(store.live), "version": new.version.number, "changes": new.changes.to_dict()}
            self._print(known)
            return
        for warning in new.changes.warnings:
            self.message("warning", warning)
        files = counted(len(new.version.files), "file")
        echo(f"published {relative(store.live)}: version {new.version.number}, {files}, in {seconds:.1f} s")
        echo(f"  {new.changes}")
        echo(f"next: look at {url}" + (f"; to take it back, type: {self.rollback()}" if keep and store.kept else ""))

    def versions(self, store: Store) -> None:
        live = store.live_version
        manifests = [*store.kept, *([live] if live else [])]
        rows = sorted(manifests, key=lambda manifest: -manifest.number)
        if self.as_json:
            self._print([self._as_dict(manifest, live) for manifest in rows])
            return
        for manifest in rows:
            mark = "live" if manifest == live else "    "
            echo(f"{manifest.number:4} {mark} {manifest.at:%Y-%m-%d %H:%M:%S} UTC  {manifest.changes}".rstrip())
        echo(f"next: to publish one of them again, type: {self.rollback('N')}")

    def rolled_back(self, store: Store, wanted: Manifest, before: Manifest | None) -> None:
        if self.as_json:
            self._print(self._as_dict(wanted, wanted))
            return
        echo(f"published {relative(store.live)}: version {wanted.number} of {_time(wanted.at)}, again")
        if before:
            echo(f"  version {before.number} is kept; {self.rollback(str(before.number))} brings it back")
        echo("next: correct the files; the next build publishes what they say")

    @staticmethod
    def _as_dict(manifest: Manifest, live: Manifest | None) -> dict[str, object]:
        return {
            "version": manifest.number,
            "live": manifest == live,
            "at": f"{manifest.at:%Y-%m-%dT%H:%M:%SZ}",
            "changes": manifest.changes,
            "files": len(manifest.files),
        }

    @staticmethod
    def _print(document: object) -> None:
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
