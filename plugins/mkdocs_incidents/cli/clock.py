"""The instant a command works at. The one place below which nothing reads the clock or the environment."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from mkdocs_incidents.content.format.instants import read_instant
from mkdocs_incidents.content.problems import WrongValueError


def current_instant() -> datetime:
    """Now, in UTC: SOURCE_DATE_EPOCH where it is set, for builds that can be repeated, else the clock.

    Raises:
        click.UsageError: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds since 1970"
        raise click.UsageError(message) from None


def instant_of_option(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    """The instant of an option, written as in files, in UTC where it has no offset; None where it is not given.

    Raises:
        click.BadParameter: it is not an instant.
    """
    if text is None:
        return None
    try:
        return read_instant(text.strip(), ZoneInfo("UTC"), example=current_instant().date())
    except WrongValueError as error:
        message = f"{error.message}; {error.hint}"
        raise click.BadParameter(message) from None


def instant_or_now(context: click.Context, option: click.Parameter, text: str | None) -> datetime:
    """As `instant_of_option`; now where the option is not given.

    Raises:
        click.BadParameter: it is not an instant.
    """
    return instant_of_option(context, option, text) or current_instant()
