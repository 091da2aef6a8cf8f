"""`incidents next-build`: when the site will next be out of date, for whatever starts builds."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .clock import instant_of_option, instant_or_now
from .output import echo
from .site import find_site, folder_to_read

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Catalog
    from mkdocs_incidents.status.next_build import PageChange

_REASONS = {
    "publication": "{} is published",
    "retraction": "{} or an update of it is retracted",
    "begin": "{} begins",
    "update": "an update of {} is published",
    "correction": "an update of {} is corrected",
    "end": "{} ends",
    "maintenance_begin": "{} is planned to begin",
    "maintenance_end": "{} is planned to end",
    "update_overdue": "the next update of {} was promised by then",
    "postmortem": "the postmortem of {} is published",
    "promise": "an action item of {} becomes overdue or is kept",
    "midnight": "a new day begins",
}
"""By `ChangeReason`; the title of the notice is put in."""


@click.command(
    "next-build",
    short_help="Print when the site will next be out of date.",
    epilog="Example: incidents next-build",
)
@click.option(
    "--since",
    metavar="INSTANT",
    callback=instant_of_option,
    help="Ask whether a build of this instant, such as built_at in the now.json of the site, is out of date by now.",
)
@click.option(
    "--now",
    metavar="INSTANT",
    callback=instant_or_now,
    help="Ask as of this instant, such as '2026-04-06 14:30' (UTC).",
)
@click.option("--json", "as_json", is_flag=True, help="An object with at, reason, notice and text, for programs.")
@folder_to_read
@click.pass_context
def next_build(
    context: click.Context, since: datetime | None, now: datetime, folder: Path | None, *, as_json: bool
) -> None:
    """Print when the site will next be out of date, though nobody changes a file.

    Planned work begins or ends, a promised update becomes overdue, an embargo ends, a postmortem or anything else has
    that date; at the latest a day begins in the zone of the catalogue. The line begins with the instant in UTC, to be
    cut off by scripts; the reason follows.

    With --since, exits with 0 and prints "due:" before the line if a build of that instant is out of date by now, else
    with 1. Without it, exits with 0, or with 1 when the incident files have errors: they cannot be built.
    """
    catalog, changes = _changes(folder, since or now, now)
    due = since is not None and changes[0].at <= now
    change = changes[0] if due else next(change for change in changes if change.at > now)
    if as_json:
        state = {} if since is None else {"due": due}
        click.echo(json.dumps({**state, **_as_dict(change, catalog)}, indent=2))
    else:
        echo(f"{'due: ' if due else ''}{_instant(change.at)} {change_in_words(change, catalog)}")
    context.exit(0 if since is None or due else 1)


def _changes(folder: Path | None, since: datetime, now: datetime) -> tuple[Catalog, list[PageChange]]:
    """The catalogue, and the changes later than `since`; one is later than `now` at least.

    Raises:
        click.UsageError: there is no such folder.
        click.ClickException: the files have errors.
    """
    from mkdocs_incidents.content.dates_ahead import may_be_later  # noqa: PLC0415
    from mkdocs_incidents.content.loader import load  # noqa: PLC0415
    from mkdocs_incidents.status.next_build import page_changes  # noqa: PLC0415

    folder = folder or find_site(Path()).folder
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder '{folder}'; name the folder with components.yml with --folder")
    first = min(since, now)
    history = load(folder, now=now, select=partial(may_be_later, now=first)).history
    if history is None:
        raise click.ClickException(f"the files in '{folder}' have errors; to see them, type: incidents check")
    changes = [*page_changes(history, since), *page_changes(history, now)]
    return history.catalog, changes


def _as_dict(change: PageChange, catalog: Catalog) -> dict[str, str | None]:
    return {
        "at": _instant(change.at),
        "reason": change.reason.value,
        "notice": change.notice.id if change.notice else None,
        "text": change_in_words(change, catalog),
    }


def change_in_words(change: PageChange, catalog: Catalog) -> str:
    """The reason in words, with the time on the clocks of the notice, or of the site."""
    from mkdocs_incidents.content.format.instants import formatted  # noqa: PLC0415
    from mkdocs_incidents.content.suggestions import quoted  # noqa: PLC0415

    notice = change.notice
    reason = _REASONS[change.reason].format(quoted(notice.title) if notice else "")
    return f"{reason} ({formatted(change.at, notice.timezone if notice else catalog.timezone)})"


def _instant(at: datetime) -> str:
    """As ISO 8601 and RFC 3339 write it, in UTC: `2026-11-28T15:00:00Z`."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
