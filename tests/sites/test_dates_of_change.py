"""What is planned has not changed anything: no page changed later than the build."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.sites.building import ADDRESS, front

if TYPE_CHECKING:
    from tests.sites.building import Site


def test_planned_work_for_decades_changed_when_it_began(site: Site) -> None:
    planned: dict[str, Any] = {"started": None, "updates": None, "components": {"web": "degraded_performance"}}
    site.write("incidents/2026-05-04-old-sign-in.md", front(
        **planned, scheduled={"from": "2026-05-04 10:00", "until": "2199-12-31 23:59"},
    ))  # fmt: skip
    site.write("incidents/2026-07-01-new-cables.md", front(
        **planned, scheduled={"from": "2026-07-01 10:00", "until": "2026-07-01 11:00"}, publish="2026-06-01 08:00",
    ))  # fmt: skip
    built = site.build(now="2026-06-15 12:00")
    changed = dict(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", built.text("sitemap.xml")))
    assert changed[f"{ADDRESS}incidents/2026-05-04-old-sign-in/"] == "2026-05-04"
    assert changed[f"{ADDRESS}incidents/2026-07-01-new-cables/"] == "2026-06-01"
    assert max(changed.values()) == "2026-06-15"
    maintenances = json.loads(built.files["api/v2/scheduled-maintenances.json"])["scheduled_maintenances"]
    assert max(maintenance["updated_at"] for maintenance in maintenances) <= "2026-06-15T12:00"
    assert max(re.findall(rb"(?:LAST-MODIFIED|DTSTAMP):(\d+)", built.files["calendar.ics"])) <= b"20260615"


def test_what_is_published_on_a_day_changed_on_that_day_and_not_on_the_day_before_in_utc(site: Site) -> None:
    site.write("incidents/2026-05-04-sign-in.md", front(
        started="2026-05-04 10:00", updates=None, resolved="2026-05-04 11:00", timezone="Pacific/Auckland",
        components={"web": "degraded_performance"}, postmortem={"published": "2026-05-08"},
    ))  # fmt: skip
    built = site.build(now="2026-06-15 12:00")
    changed = dict(re.findall(r"<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", built.text("sitemap.xml")))
    assert changed[f"{ADDRESS}incidents/2026-05-04-sign-in/"] == "2026-05-08"
    assert 'Last changed <time datetime="2026-05-08">Friday 8 May 2026</time>' in built.text(
        "incidents/2026-05-04-sign-in/index.html"
    )
