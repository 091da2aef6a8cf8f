"""What `incidents init` has to know: from flags, from the folder as it is, or from the person at the terminal."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mkdocs_incidents.authoring.new_site.answers import (
    Answers,
    WrongAnswerError,
    components_by_id,
    site_address,
    site_name,
    time_zone,
)
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.plugin.hosts import CONFIG_NAMES

from .mkdocs_config import read_config
from .output import echo
from .site import DEFAULT_FOLDER, find_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .mkdocs_config import ExistingConfig

_A = TypeVar("_A")
_V = TypeVar("_V")


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was typed, unchecked."""

    name: str | None
    url: str | None
    timezone: str | None
    components: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FolderAsItIs:
    """The folder in which the site is to be."""

    path: Path
    config: ExistingConfig | None
    others: int
    """Files and folders in it."""

    @property
    def content_folder(self) -> str:
        """That of the incident files, relative to it."""
        return self.config.content_folder if self.config else DEFAULT_FOLDER

    @property
    def catalog_path(self) -> str:
        """That of `components.yml`, relative to it."""
        return f"{self.content_folder}/{CATALOG_NAME}"

    @property
    def needs_name(self) -> bool:
        """Whether no name of a site is known."""
        return self.config is None

    @property
    def needs_url(self) -> bool:
        """Whether no address is known."""
        return self.config is None or self.config.url is None

    @property
    def needs_catalog(self) -> bool:
        """Whether zone and components are not known."""
        return not os.path.lexists(self.path / self.catalog_path)


def survey(folder: Path) -> FolderAsItIs:
    """What is in the folder already.

    Raises:
        click.UsageError: it is a file, inside of another site, or has a configuration that cannot be read.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise click.UsageError(f"'{folder.as_posix()}' is a file; name a folder, or one that does not exist yet")
    try:
        others = len(list(folder.iterdir())) if folder.is_dir() else 0
    except OSError as error:
        raise click.UsageError(f"'{folder.as_posix()}' cannot be read: {error.strerror}; name another folder") from None
    found = next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)
    if found is None and folder == Path():
        _refuse_a_site_within_a_site()
    return FolderAsItIs(path=folder, config=read_config(found) if found else None, others=others)


def _refuse_a_site_within_a_site() -> None:
    try:
        outer = find_site(Path()).config
    except click.UsageError:
        return
    if outer:
        raise click.UsageError(
            f"this folder belongs to the site of {outer.as_posix()}; for a site of its own name a folder: "
            "incidents init FOLDER"
        )


def with_nothing_missing(site: FolderAsItIs, given: Given) -> Given:
    """What was given, if it is all that is needed.

    Raises:
        click.UsageError: something is missing; the message has the complete command.
    """
    needed = {
        "--name": site.needs_name and given.name is None,
        "--url": site.needs_url and given.url is None,
        "--timezone": site.needs_catalog and given.timezone is None,
        "--component": site.needs_catalog and not given.components,
    }
    missing = [flag for flag, is_missing in needed.items() if is_missing]
    if not missing:
        return given
    example = Given(
        name=given.name or ("Example status" if site.needs_name else None),
        url=given.url or ("https://status.example.com/" if site.needs_url else None),
        timezone=given.timezone or (_machine_zone() if site.needs_catalog else None),
        components=given.components or (("Card payments", "Sign-in") if site.needs_catalog else ()),
    )
    flags = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
    verb = "is" if len(missing) == 1 else "are"
    raise click.UsageError(f"{flags} {verb} missing; with your own values, type: {command_of(site, example)}")


def command_of(site: FolderAsItIs, given: Given) -> str:
    """The command that does without any question what was given."""
    return shlex.join(_arguments(site, given))


def _arguments(site: FolderAsItIs, given: Given) -> Iterator[str]:
    yield from ("incidents", "init")
    if site.path != Path():
        yield site.path.as_posix()
    for flag, value in (("--name", given.name), ("--url", given.url), ("--timezone", given.timezone)):
        if value is not None:
            yield from (flag, value)
    for component in given.components:
        yield from ("--component", component)
    yield "--yes"


def answers_of(site: FolderAsItIs, given: Given) -> Answers:
    """What was given, checked; where the site has a value already, that one.

    Raises:
        click.UsageError: something is wrong.
    """
    name = _valid("--name", site_name, given.name) if given.name is not None else ""
    url = _valid("--url", site_address, given.url) if given.url is not None else ""
    components = _valid("--component", components_by_id, given.components) if given.components else {}
    return Answers(
        name=site.config.name if site.config else name,
        url=url if site.needs_url else (site.config.url if site.config else None) or "",
        timezone=_valid("--timezone", time_zone, given.timezone if given.timezone is not None else "UTC"),
        components=components if site.needs_catalog else {},
    )


def _valid(flag: str, check: Callable[[_A], _V], value: _A) -> _V:
    try:
        return check(value)
    except WrongAnswerError as error:
        raise click.UsageError(f"{flag}: {error}") from None


def asked(site: FolderAsItIs, given: Given) -> Given:
    """What was given, with the answers of the person at the terminal to what was not. Each is checked at once.

    Raises:
        click.UsageError: something that was given is wrong.
        click.Abort: the person stops.
    """
    answers_of(site, given)
    if site.needs_name and given.name is None:
        echo("The name of the page, such as 'Example status': the heading that readers see.")
        given = replace(given, name=_ask("Name", site_name))
    if site.needs_url and given.url is None:
        echo("The address that the page will have. Feeds and messages link to it; you can change it until then.")
        given = replace(given, url=_ask("Address", site_address))
    if site.needs_catalog and given.timezone is None:
        echo("The time zone in which your team writes times, and in which days begin on the page.")
        given = replace(given, timezone=_ask("Time zone", time_zone, default=_machine_zone()))
    if site.needs_catalog and not given.components:
        echo("What can break, in the words of your users, such as 'Card payments' or 'Sign-in'. More can follow later.")
        given = replace(given, components=_asked_components())
    return given


def _ask(question: str, check: Callable[[str], object], default: str | None = None) -> str:
    """The answer as typed, once it is right."""

    def checked(text: str) -> str:
        try:
            check(text)
        except WrongAnswerError as error:
            raise click.UsageError(f"{error}") from None
        return text

    answer: str = click.prompt(f"  {question}", value_proc=checked, default=default, show_default=bool(default))
    return answer


def _asked_components() -> tuple[str, ...]:
    named = [_ask("First component", lambda text: components_by_id([text]))]
    while answer := _ask(
        "Next component (Enter: no more)",
        lambda text: components_by_id([*named, text]) if text else None,
        default="",
    ):
        named.append(answer)
    return tuple(named)


def _machine_zone() -> str:
    """The name of the zone of this machine; UTC where it has none that a catalogue can have."""
    from babel.localtime import get_localzone  # noqa: PLC0415  a tenth of a second, and seldom needed

    name = str(getattr(get_localzone(), "key", None) or "UTC")
    try:
        return "UTC" if name in {"Etc/UTC", "Etc/UCT", "UCT"} else time_zone(name).key
    except WrongAnswerError:
        return "UTC"
