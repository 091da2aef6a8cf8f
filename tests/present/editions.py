"""An edition of a made history, for tests of what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.present.edition import Edition
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.present.wording import Wording, locale_of
from mkdocs_incidents.status import Snapshot
from tests.makers import at, history

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice


def edition(*notices: Notice, now: str = "2026-05-01 00:00") -> Edition:
    return Edition(
        snapshot=Snapshot.take(history(*notices), at(now)),
        urls=Urls(site_url="https://status.example.com/"),
        wording=Wording(locale_of("en")),
        site_name="X",
    )
