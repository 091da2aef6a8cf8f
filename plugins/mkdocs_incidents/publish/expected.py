"""What a build would publish, from the very functions that write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.emit.registry import artifacts
from mkdocs_incidents.present.pages.site import SiteViews

from .published import SUMMARY, Statement, feed_path, read_newest_entry, read_summary

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.outputs import FeedFormat


def expected(site: SiteContext, form: FeedFormat | None) -> Statement:
    """What a build of `site` states. `form` is the format of its feed to look at; None where it has none.

    The words of messages are left out, because only MkDocs can render them: what is compared does not depend on them.
    """
    wanted = {SUMMARY, *([feed_path(form)] if form else [])}
    written = {artifact.path: artifact.content for artifact in artifacts(SiteViews(site), _NoHtml(), wanted)}
    return Statement(
        summary=read_summary(written[SUMMARY]),
        newest=read_newest_entry(written[feed_path(form)], form) if form else None,
    )


class _NoHtml:
    """No Markdown at all (`emit.context.Rendered`)."""

    def message(self, _markdown: str) -> str:
        return ""

    def body(self, _notice: Notice) -> str:
        return ""

    def entry(self, _notice: Notice, _number: int) -> str:
        return ""

    def promise(self, _notice: Notice, _number: int) -> str:
        return ""

    def sections(self, _notice: Notice) -> tuple[str, ...]:
        return ()
