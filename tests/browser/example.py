"""The sites that the browser visits: the repository's own at telling instants, and small ones for the rest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.makers import at
from tests.sites.building import Built, Site, front, update_at

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://status.harmattan.example/"

WELL = "2026-11-01 12:00"
OUTAGE = "2026-10-14 10:55"
MAINTENANCE = "2026-10-18 00:30"
EXAMPLE = {"well": WELL, "outage": OUTAGE, "maintenance": MAINTENANCE}

NOON = "2026-06-15 12:00"
SHOP = {
    "timezone": "Europe/Paris",
    "groups": [
        {"name": "Shop", "components": [{"id": name, "name": name.title()} for name in ("basket", "search", "orders")]},
        {"name": "Accounts", "components": [{"id": name, "name": name.title()} for name in ("sign-in", "profile")]},
    ],
    "components": [{"id": "help", "name": "Help centre", "since": "2026-05-01"}],
}
LONG = "Einkaufswagenwiederherstellungsbestätigungsnachrichtenversandverzögerung in allen Läden & <b>Märkten</b>"


def example(folder: Path, now: str) -> Built:
    """The repository's own site, built as a machine would at that instant."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(at(now).timestamp())))
        patch.setenv("INCIDENTS_AS_OF", "")
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.chdir(ROOT)
        build(load_config("mkdocs.yml", site_dir=str(folder)))
    return Built(folder)


def shop(folder: Path, **theme: Any) -> Site:
    """A small shop, with nothing to report."""
    site = Site(folder)
    site.settings["theme"] |= theme
    site.write("incidents/components.yml", yaml.safe_dump(SHOP, sort_keys=False))
    return site


STATUS = {"ar": "الحالة", "de": "Lage"}
"""The word "Status" in languages; a site with a catalogue is in its language."""


def several(folder: Path, **theme: Any) -> Site:
    """Two incidents open, work running beside them, an announcement kept up, and words that are hard to lay out."""
    site = shop(folder, **theme)
    if language := theme.get("language"):
        site.option("locale_dir", "locale")
        site.write(f"locale/{language}/incidents.po", f'msgid "Status"\nmsgstr "{STATUS[language]}"\n')
    site.write("incidents/2026-06-15-orders.md", front(
        title="Orders cannot be placed", started="2026-06-15 13:00", components={"orders": "major_outage"},
        updates=[update_at("2026-06-15 13:20", "identified", "We know why. Next update by 14:30.")],
    ))  # fmt: skip
    site.write("incidents/2026-06-14-long.md", front(
        title=LONG, started="2026-06-14 09:00", components={"basket": "degraded_performance", "help": "partial_outage"},
        updates=[update_at("2026-06-14 09:20", "investigating", "https://status.example.org/" + "x" * 90)],
    ))  # fmt: skip
    site.write("incidents/2026-06-15-move.md", front(
        title="Profiles move to new machines", started=None, components={"profile": "under_maintenance"},
        scheduled={"from": "2026-06-15 13:30", "until": "2026-06-15 15:00"}, updates=None,
    ))  # fmt: skip
    site.write("incidents/2026-06-01-terms.md", front(
        title="New terms from July", started="2026-06-01 09:00", components=None, impact="none", pinned=True,
        updates=[update_at("2026-06-01 09:00", "investigating", "Nothing changes in what you pay.")],
    ))  # fmt: skip
    return site


def crowded(folder: Path) -> Site:
    """A site whose header holds all that Material can put there."""
    site = several(folder)
    site.settings |= {"repo_url": "https://example.org/status", "repo_name": "our/status"}
    site.settings["extra"] = {"alternate": [{"name": "English", "link": "/", "lang": "en"},
                                            {"name": "Deutsch", "link": "/de/", "lang": "de"}]}  # fmt: skip
    site.write("docs/about.md", "# About us\n")
    return site


def eventful(folder: Path) -> Site:
    """Twenty services in five groups, and sixty of the last ninety days with something to report."""
    site = Site(folder)
    names = [f"{part} {number}" for part in ("Network", "Database", "Sign-in", "Payments") for number in range(1, 6)]
    ids = [name.lower().replace(" ", "-") for name in names]
    members = [
        {"id": component_id, "name": name, "since": "2025-01-01"} for component_id, name in zip(ids, names, strict=True)
    ]
    groups = [{"name": f"Region {part + 1}", "components": members[part * 4 : part * 4 + 4]} for part in range(5)]
    site.write("incidents/components.yml", yaml.safe_dump({"timezone": "Africa/Lagos", "groups": groups}))
    states = ("degraded_performance", "partial_outage", "major_outage")
    for number in range(60):
        begin = at(NOON) - timedelta(days=number * 3 // 2, hours=4, minutes=number * 7 % 50)
        end = begin + timedelta(minutes=12 + number * 17 % 150)
        last = [] if number == 0 else [update_at(f"{end:%Y-%m-%d %H:%M}", "resolved", "It works again for everyone.")]
        site.write(f"incidents/{begin:%Y-%m-%d}-{number}.md", front(
            title=f"{names[number * 7 % 20]} answered {('slowly', 'with errors', 'nobody')[number % 3]}",
            timezone="UTC", started=f"{begin:%Y-%m-%d %H:%M}", components={ids[number * 7 % 20]: states[number % 3]},
            updates=[update_at(f"{begin + timedelta(minutes=5):%Y-%m-%d %H:%M}", "identified", "We know why."), *last],
        ))  # fmt: skip
    return site
