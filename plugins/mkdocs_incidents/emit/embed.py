"""A banner for other sites: one line of HTML while something is wrong, and nothing while all is well.

`assets/incidents/embed.js` fetches it; servers and frames can include it as it is. It carries its own looks in
attributes, since it stands among other people's style sheets.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import open_incidents, running_maintenances

from .artifact import Planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

EMBED_PATH = "embed.html"
_WELL = b"<!-- All is well. -->\n"
_STYLE = "margin:0;padding:.75em 1em;font:1em/1.4 system-ui,sans-serif;background:#fff4ce;color:#1f1f1f"


def planned_embed(_: SiteContext) -> Iterator[Planned]:
    """The line of HTML."""
    yield Planned(EMBED_PATH, "text/html", _embed)


def _embed(context: EmitContext) -> bytes:
    site = context.site
    state = site.page_status.status
    if state is ComponentStatus.OPERATIONAL:
        return _WELL
    history, now = site.snapshot.history, site.now
    told = [notice.title for notice in open_incidents(history, now) or running_maintenances(history, now)]
    address = escape(site.urls.absolute(site.urls.status))
    link = f'<a href="{address}" target="_top" style="color:inherit">{escape("; ".join(told) or site.site_name)}</a>'
    line = f"<strong>{escape(site.formatter.status(state))}</strong>: {link}"
    language = escape(str(site.formatter.locale.language))
    return f'<p role="status" lang="{language}" data-state="{state}" style="{_STYLE}">{line}</p>\n'.encode()
