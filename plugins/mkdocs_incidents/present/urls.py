"""The permanent addresses of everything on the site."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_incidents.model import Notice, Update

STATUS = "index.md"
HISTORY = "history.md"
MAINTENANCE = "maintenance.md"
POSTMORTEMS = "postmortems.md"
PROMISES = "promises.md"
UPTIME = "uptime.md"
SUBSCRIBE = "subscribe.md"
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~/-]*").fullmatch
POSTMORTEM_ANCHOR = "postmortem"
RETRACTION_ANCHOR = "retracted"


def month_source(month: date) -> str:
    """Virtual source path of the page of a month."""
    return f"history/{month:%Y/%m}.md"


def component_source(component_id: str) -> str:
    """Virtual source path of the page of a component."""
    return f"components/{component_id}.md"


def notice_source(notice_id: str) -> str:
    """Virtual source path of the page of a notice, and path of its Markdown copy."""
    return f"incidents/{notice_id}.md"


def notice_feed(notice_id: str) -> str:
    """Path without suffix of the feeds about a notice alone."""
    return f"incidents/{notice_id}/feed"


def notice_calendar(notice_id: str) -> str:
    """Path of the calendar of a notice alone."""
    return f"incidents/{notice_id}/calendar.ics"


def page_target(source: str, *, directory_urls: bool) -> str:
    """Path in the site folder, unquoted, of the page with a virtual source path; not of `index.md`."""
    stem = source.removesuffix(".md")
    return f"{stem}/index.html" if directory_urls else f"{stem}.html"


def notice_target(notice_id: str, *, directory_urls: bool) -> str:
    """Path of a notice's page in the site folder, unquoted."""
    return page_target(notice_source(notice_id), directory_urls=directory_urls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """Addresses relative to the root of the site, percent-encoded; `absolute` puts the site before them."""

    site_url: str
    """Absolute, with a trailing slash."""
    directory_urls: bool = True
    language: str = ""
    """Prefix of the pages of a site in another language than its first, such as `fr`; empty for the first."""
    first_published: bool = False
    """Whether addresses have the id under which a notice was published first, instead of its id now."""

    @property
    def permanent(self) -> Self:
        """The addresses that serve as ids: in the first language, with the id under which a notice was published first.

        So a notice has one id in all languages, and keeps it when it is renamed.
        """
        return replace(self, language="", first_published=True)

    def absolute(self, address: str) -> str:
        """The full address, with scheme and host."""
        return self.site_url + ("" if address in {"./", "index.html"} and self.directory_urls else address)

    def page(self, source: str) -> str:
        """Address of the page that a Markdown file becomes."""
        folder, stem = f"{self.language}/" if self.language else "", source.removesuffix(".md")
        if not self.directory_urls:
            return _quoted(f"{folder}{stem}.html")
        return _quoted(f"{folder}{stem}/") if stem != "index" else folder or "./"

    @property
    def status(self) -> str:
        return self.page(STATUS)

    @property
    def history(self) -> str:
        return self.page(HISTORY)

    def month(self, month: date) -> str:
        return self.page(month_source(month))

    def day(self, day: date) -> str:
        """The permanent address of a day: its anchor on the page of its month."""
        return f"{self.month(day)}#day-{day.isoformat()}"

    def component(self, component_id: str) -> str:
        return self.page(component_source(component_id))

    def notice(self, notice: Notice) -> str:
        return self.page(notice_source(notice.identity if self.first_published else notice.id))

    def update(self, notice: Notice, update: Update) -> str:
        if self.first_published and update.merged_from:
            return f"{self.page(notice_source(update.merged_from))}#{update.published_id}"
        return f"{self.notice(notice)}#{update.id}"

    def retraction(self, notice: Notice) -> str:
        return f"{self.notice(notice)}#{RETRACTION_ANCHOR}"

    def postmortem(self, notice: Notice) -> str:
        return f"{self.notice(notice)}#{POSTMORTEM_ANCHOR}"

    def file(self, path: str) -> str:
        """Full address of a file in the site folder."""
        return self.site_url + _quoted(path)


def _quoted(path: str) -> str:
    """A path, percent-encoded: most have nothing to encode, and `quote` takes ten times as long to find out."""
    return path if _UNRESERVED(path) else quote(path)
