"""The context of a site with a made history, for tests of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.formatter import Formatter, locale_of
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.status import Snapshot
from tests.makers import at, history

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice


def site(*notices: Notice, now: str = "2026-05-01 00:00") -> SiteContext:
    return SiteContext(
        snapshot=Snapshot.take(history(*notices), at(now)),
        urls=Urls(site_url="https://status.example.com/"),
        formatter=Formatter(locale_of("en")),
        site_name="X",
    )
