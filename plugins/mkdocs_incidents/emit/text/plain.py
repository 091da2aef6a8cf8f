"""`/status.txt`, one line for terminals, and `/llms.txt`, the way in for language models (llmstxt.org)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mkdocs_incidents.present import urls as paths
from mkdocs_incidents.status import open_incidents, running_maintenances

from ..artifact import Planned, iso
from ..clean_html import printable
from .markdown import link, paragraphs, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

_NEWEST = 20


def planned_text(_: SiteContext) -> Iterator[Planned]:
    """Both files."""
    yield Planned("status.txt", "text/plain", _status)
    yield Planned("llms.txt", "text/plain", _llms)


def _status(context: EmitContext) -> bytes:
    """`Major outage: Card payments failed (as of 2026-10-14T10:55:00Z, https://status.example.com/)`."""
    site = context.site
    history, now = site.snapshot.history, site.now
    told = [notice.title for notice in open_incidents(history, now) or running_maintenances(history, now)]
    state = site.formatter.status(site.page_status.status)
    line = f"{state}: {'; '.join(told)}" if told else state
    return f"{printable(line)} (as of {iso(now)}, {site.urls.site_url})\n".encode()


def _llms(context: EmitContext) -> bytes:
    """What there is to read, and where. Not how things stand: that is a click away and changes by the minute."""
    site = context.site
    files = [
        ("status.txt", "The state now, in one line"),
        (paths.STATUS, "The state now: open incidents, planned work, services, uptime"),
        (paths.HISTORY, "Every incident and planned maintenance by month"),
        (paths.POSTMORTEMS, "What went wrong, and why"),
        (paths.PROMISES, "What was promised after incidents, and what became of it"),
        (paths.UPTIME, "Uptime by service and month"),
        (paths.SUBSCRIBE, "Every way to follow"),
    ]
    if "json" in site.outputs.on:
        files += [("incidents.json", "The same as JSON"), ("uptime.json", "Uptime by service and day as JSON")]
    if "statuspage_api" in site.outputs.on:
        files.append(("api/v2/summary.json", "The same as the Statuspage API tells it"))
    rows = "\n".join(f"- {link(told, site.urls.file(path))}" for path, told in files)
    newest = "\n".join(
        f"- {link(notice.title, site.urls.file(f'incidents/{notice.id}.md'))}"
        for notice in islice(context.notices, _NEWEST)
    )
    about = "> A public status page: what works, what does not, what was said about it and what was learned from it. "
    about += "Every page listed here has a twin in Markdown: `.md` in place of its last slash."
    return paragraphs([f"# {text(site.site_name)}", about, "## Pages", rows, "## Newest incidents", newest]).encode()
