"""`incidents say`: the latest update of a notice for e-mail, text messages, chats and banners, ready to paste."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from .clock import current_instant
from .site import find_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mkdocs_incidents.authoring.messages.channels.copies import Copy
    from mkdocs_incidents.authoring.messages.channels.facts import MessageFacts
    from mkdocs_incidents.content.folder import Folder
    from mkdocs_incidents.model import Catalog, Notice
    from mkdocs_incidents.present.language.formatter import Formatter

    from .site import Site

CHANNELS = ("email", "sms", "social", "slack", "teams", "banner", "status")
"""Those of `authoring.messages.channels.registry`, named here so that the help need not import them."""

_CANDIDATES = 5
"""Ids that are listed where several may be meant: the newest."""
_NO_ADDRESS = (
    "site_url is missing in mkdocs.yml, so there is no link to send; write it there, such as "
    "site_url: https://status.example.com/"
)


@click.command(epilog="Example: incidents say card-payments --for sms")
@click.argument("incident", required=False)
@click.option("--for", "channel", type=click.Choice(CHANNELS), help="One channel: nothing but its text is printed.")
@click.option("--json", "as_json", is_flag=True, help="JSON: for slack and teams what their webhooks take.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with components.yml in it.  [default: that of the site]",
)
def say(incident: str | None, channel: str | None, folder: Path | None, *, as_json: bool) -> None:
    """Print the latest update of INCIDENT for a channel, within its limits and with the link to its page.

    INCIDENT is the id of an incident, of planned work or of an announcement, or a part of its id or title that no other
    one has; it may be left out while exactly one incident is open. Without --for, all channels are shown, each with its
    length. Nothing is sent and nothing is written. What was shortened is reported on standard error. Exits with 1 when
    there is nothing public to send.
    """
    facts = _facts(incident, folder)
    from mkdocs_incidents.authoring.messages.channels.registry import CHANNELS as COPIES  # noqa: PLC0415

    copies = {name: COPIES[name](facts) for name in ([channel] if channel else CHANNELS)}
    if as_json:
        documents = {name: copy.document for name, copy in copies.items()}
        click.echo(json.dumps(documents[channel] if channel else documents, indent=2))
    elif channel:
        click.echo(copies[channel].text)
    else:
        click.echo("\n\n".join(f"== {name}: {copy.measure} ==\n{copy.text}" for name, copy in copies.items()))
    _remark(facts, copies)


def _facts(incident: str | None, folder: Path | None) -> MessageFacts:
    """The facts of the notice that is named.

    Raises:
        click.UsageError: there is no site, it has no address, or there is no such notice.
        click.ClickException: the file has errors, or nothing of it is public yet.
    """
    from mkdocs_incidents.authoring.messages.channels.facts import NotPublicError, message_facts  # noqa: PLC0415
    from mkdocs_incidents.present.urls import Urls  # noqa: PLC0415

    from .message_html import message_html  # noqa: PLC0415

    site, now = find_site(folder or Path()), current_instant()
    if not site.site_url:
        raise click.UsageError(_NO_ADDRESS)
    catalog, notice = _read(folder or site.folder, incident, now)
    try:
        return message_facts(
            notice,
            catalog=catalog,
            urls=Urls(site_url=site.site_url, directory_urls=site.use_directory_urls),
            formatter=_formatter(site),
            site_name=site.site_name,
            now=now,
            html_of=message_html,
        )
    except NotPublicError as error:
        raise click.ClickException(str(error)) from None


def _read(folder: Path, incident: str | None, now: datetime) -> tuple[Catalog, Notice]:
    """The catalogue, and the notice that `incident` means.

    Raises:
        click.UsageError: it means none or several.
        click.ClickException: the file has errors, or is a draft.
    """
    from mkdocs_incidents.content.catalog_file import CATALOG_NAME, read_catalog  # noqa: PLC0415
    from mkdocs_incidents.content.folder import Folder  # noqa: PLC0415
    from mkdocs_incidents.content.incident_file import read_incident_file  # noqa: PLC0415

    reader = Folder(folder, folder.as_posix())
    path = _path_of(incident, reader)
    report, example = reader.report(path), now.date()
    catalogue = reader.source(CATALOG_NAME, report)
    known = read_catalog(catalogue, report, example=example) if catalogue else None
    source = reader.source(path, report)
    file = read_incident_file(source, path, known, report, example=example) if source and known else None
    if file is None or known is None or known.catalog is None or report.failed:
        raise click.ClickException(f"'{path}' or the catalogue has errors; to see them, type: incidents check")
    if file.draft:
        raise click.ClickException(
            f"'{file.notice.id}' is a draft: nothing of it is public; remove the line draft: true"
        )
    return known.catalog, file.notice


def _path_of(incident: str | None, reader: Folder) -> str:
    """The path, below the folder, of the file that `incident` means.

    Raises:
        click.UsageError: it means none or several.
    """
    from mkdocs_incidents.authoring.editing.names import match  # noqa: PLC0415
    from mkdocs_incidents.content.folder import MARKDOWN  # noqa: PLC0415

    if not incident:
        raise click.UsageError("name the incident, such as: incidents say 2026-04-06-card-payments-failed")
    walked = reader.walk(reader.path, "")
    paths = {PurePosixPath(path).stem: path for path in walked if path.casefold().endswith(MARKDOWN)}
    found = match(incident, dict.fromkeys(paths, ""))
    if not found:
        raise click.UsageError(f"no incident is called '{incident}'; type its id, which is the name of its file")
    if len(found) > 1:
        named = ", ".join(found[-_CANDIDATES:])
        raise click.UsageError(f"'{incident}' may mean {len(found)} incidents; type one of these ids: {named}")
    return paths[found[0]]


def _formatter(site: Site) -> Formatter:
    """Texts and times in the language of the site.

    Raises:
        click.UsageError: the configuration names a language that is not known, or a catalogue that cannot be used.
    """
    from mkdocs_incidents.present.language.formatter import CATALOGUES, Formatter, locale_of  # noqa: PLC0415

    try:
        return Formatter(locale_of(site.language), (*filter(None, [site.locale_dir]), CATALOGUES))
    except ValueError as error:
        raise click.UsageError(f"language of the site: {error}; correct it in mkdocs.yml") from None


def _remark(facts: MessageFacts, copies: Mapping[str, Copy]) -> None:
    """On standard error, what a person has to know before sending."""
    if facts.silent:
        click.echo("There is no update yet: the texts say so. Next: incidents update", err=True)
    if facts.overdue:
        click.echo("The promised update is overdue: no text names its time. Next: incidents update", err=True)
    for name, copy in copies.items():
        if copy.shortened:
            full, length = f"{copy.full_length:,}", f"{copy.length:,}"
            click.echo(f"{name}: shortened from {full} to {length} {copy.unit}", err=True)
        for remark in copy.remarks:
            click.echo(f"{name}: {remark}", err=True)
        if copy.length > copy.limit:
            click.echo(f"{name}: longer than its limit of {copy.limit:,}, because the link alone is", err=True)
