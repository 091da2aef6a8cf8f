"""`/status.txt`, one line for terminals, and `/llms.txt`, an index for language models (llmstxt.org)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mkdocs_incidents.present import urls as paths

from ..artifact import PlannedFile, iso
from ..clean_html import printable
from ..context import current_titles
from .markdown import escaped, link, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext

LLMS = "llms.txt"
_NEWEST = 20
_SECTION = "\n## "


def planned_text(_: SiteContext) -> Iterator[PlannedFile]:
    """`status.txt` and `llms.txt`."""
    yield PlannedFile("status.txt", "text/plain", _status)
    yield PlannedFile(LLMS, "text/plain", _llms)


def _status(context: EmitContext) -> bytes:
    """`Partial outage: Card payments failed (as of 2026-10-14T10:55:00Z, https://status.example.com/)`."""
    site = context.site
    titles = current_titles(site)
    state = site.formatter.page_state(site.page_status.state)
    line = f"{state}: {'; '.join(titles)}" if titles else state
    return f"{printable(line)} (as of {iso(site.now)}, {site.urls.site_url})\n".encode()


def _llms(context: EmitContext) -> bytes:
    """The files and where they are, without the state, which changes by the minute."""
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
    rows = "\n".join(f"- {link(label, site.urls.file(path))}" for path, label in files)
    newest = "\n".join(
        f"- {link(site.formatter.title_in_list(notice), site.urls.file(f'incidents/{notice.id}.md'))}"
        for notice in islice(context.notices, _NEWEST)
    )
    about = "> A public status page: what works, what does not, what was said about it and what was learned from it. "
    about += "Every page listed here has a copy in Markdown: `.md` in place of its last slash."
    return paragraphs(
        [f"# {escaped(site.site_name)}", about, "## Status pages", rows, "## Newest incidents", newest]
    ).encode()


def with_sections_of(other: str, ours: str) -> str:
    """The `llms.txt` of another plugin with the sections of ours behind its own: a site has only one such file.

    A section that it has already is not added.
    """
    _, *sections = ours.split(_SECTION)
    missing = [section for section in sections if f"{_SECTION}{section.rstrip()}" not in other]
    return _SECTION.join([f"{other.rstrip()}\n", *missing]) if missing else other
