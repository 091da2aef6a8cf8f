"""`incidents say`: the latest update of a notice for e-mail, text messages, chats and banners, ready to paste."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.authoring.editing.finding import find, find_open
from mkdocs_incidents.model import NoticeKind

from .completing import notices
from .write_options import chosen, folder_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_incidents.authoring.editing.workspace import Workspace
    from mkdocs_incidents.authoring.messages.channels.copies import Copy
    from mkdocs_incidents.authoring.messages.channels.facts import ChannelFacts
    from mkdocs_incidents.model import Notice

    from .site import Site

_OPEN = (NoticeKind.INCIDENT, NoticeKind.MAINTENANCE)
CHANNELS = ("email", "sms", "social", "slack", "teams", "banner", "status")
"""Those of `authoring.messages.channels.registry`, named here so that the help need not import them."""

_NO_ADDRESS = (
    "site_url is missing in mkdocs.yml or no whole address, so there is no link to send; write it there, such as "
    "site_url: https://status.example.com/"
)


@click.command(
    short_help="Print the latest update for e-mail, SMS, Slack and other channels.",
    epilog="Example: incidents say card-payments --for sms",
)
@click.argument("incident", required=False, shell_complete=notices)
@click.option("--for", "channel", type=click.Choice(CHANNELS), help="One channel: nothing but its text is printed.")
@click.option("--json", "as_json", is_flag=True, help="JSON: for slack and teams what their webhooks take.")
@folder_option
def say(incident: str | None, channel: str | None, site: Site, workspace: Workspace, *, as_json: bool) -> None:
    """Print the latest update of INCIDENT for a channel, within its limits and with the link to its page.

    INCIDENT is the id of an incident, of planned work or of an announcement, or a part of its id or title that no other
    one has. It may be left out while exactly one incident is open, or else one maintenance under way. Without --for,
    all channels are shown, each with its length. Nothing is sent and nothing is written. What was shortened is reported
    on standard error. Exits with 1 when there is nothing public to send.
    """
    facts = _facts(_notice(incident, workspace, as_json=as_json), site, workspace)
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


def _notice(incident: str | None, workspace: Workspace, *, as_json: bool) -> Notice:
    """The notice that `incident` means; the open one where it is not given.

    Raises:
        RefusedError: there is none, it is not clear which is meant, or it has errors.
        click.ClickException: it is a draft.
    """
    command = "incidents say"
    indexed = chosen(
        as_json,
        lambda: find(workspace, incident) if incident else find_open(workspace, _OPEN, command=command),
        lambda notice_id: find(workspace, notice_id),
    )
    file, _ = workspace.read(indexed.relative)
    if file.draft:
        raise click.ClickException(f"'{indexed.id}' is a draft: nothing of it is public; remove the line draft: true")
    return file.notice


def _facts(notice: Notice, site: Site, workspace: Workspace) -> ChannelFacts:
    """The facts of a notice.

    Raises:
        click.UsageError: the site has no address.
        click.ClickException: nothing of the notice is public yet.
    """
    from mkdocs_incidents.authoring.messages.channels.facts import NotPublicError, channel_facts  # noqa: PLC0415

    from .message_html import message_html  # noqa: PLC0415
    from .site_formatter import site_formatter  # noqa: PLC0415

    if workspace.urls is None:
        raise click.UsageError(_NO_ADDRESS)
    try:
        return channel_facts(
            notice,
            catalog=workspace.catalog,
            urls=workspace.urls,
            formatter=site_formatter(site),
            site_name=site.site_name,
            now=workspace.now,
            html_of=message_html,
        )
    except NotPublicError as error:
        raise click.ClickException(str(error)) from None


def _remark(facts: ChannelFacts, copies: Mapping[str, Copy]) -> None:
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
