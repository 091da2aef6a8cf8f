"""A banner for other sites: one paragraph of HTML while something is wrong, and only a comment otherwise.

`assets/incidents/embed.js` fetches it; servers and frames can include it as it is. Its style is in attributes, since it
is shown among the style sheets of another site.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.status import PageState

from .artifact import PlannedFile
from .context import current_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.context import SiteContext

    from .context import EmitContext

EMBED_PATH = "embed.html"
_ALL_OPERATIONAL = b"<!-- All is well. -->\n"
_STYLE = "margin:0;padding:.75em 1em;font:1em/1.4 system-ui,sans-serif;background:#fff4ce;color:#1f1f1f"


def planned_embed(_: SiteContext) -> Iterator[PlannedFile]:
    """The file of the banner."""
    yield PlannedFile(EMBED_PATH, "text/html", _embed)


def _embed(context: EmitContext) -> bytes:
    site = context.site
    state = site.page_status.state
    if state is PageState.OPERATIONAL:
        return _ALL_OPERATIONAL
    address = escape(site.urls.absolute(site.urls.status))
    label = escape("; ".join(current_titles(site)) or site.site_name)
    link = f'<a href="{address}" target="_top" style="color:inherit">{label}</a>'
    line = f"<strong>{escape(site.formatter.page_state(state))}</strong>: {link}"
    language = escape(str(site.formatter.locale.language))
    return f'<p role="status" lang="{language}" data-state="{state.status}" style="{_STYLE}">{line}</p>\n'.encode()
