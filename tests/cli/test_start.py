"""A command that writes one file starts without the libraries that only a build or an output needs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from mkdocs_incidents.cli import incidents

if TYPE_CHECKING:
    from pathlib import Path

SLOW = {"babel", "feedgen", "icalendar", "jinja2", "lxml", "mkdocs", "rich"}
"""Each of these takes 30 ms and more to import."""
COMMAND = """\
import sys
from datetime import UTC, datetime
from pathlib import Path

import mkdocs_incidents.cli.check
from mkdocs_incidents.cli.site import find_site
from mkdocs_incidents.content.loader import load

site = find_site(Path())
assert load(site.folder, now=datetime(2026, 4, 10, tzinfo=UTC), language=site.language).history.notices
print(*{name.partition(".")[0] for name in sys.modules})
"""
CONFIG = """\
site_name: Harmattan status
site_url: https://status.harmattan.example
theme: {name: material}
markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
plugins: [search, incidents]
"""
CATALOG = "timezone: Africa/Lagos\ncomponents:\n  - {id: website, name: Website}\n"
INCIDENT = """\
---
title: Website down
started: 2026-04-06 14:30
components: {website: major_outage}
updates:
  - at: 2026-04-06 14:40
    status: investigating
    message: The website does not answer. Next update by 15:10.
---

## Timeline

- 14:30 WAT – **impact** – The first request failed
- 14:40 – **detected** – An alert
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "incidents").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "incidents/components.yml").write_text(CATALOG)
    (tmp_path / "incidents/2026-04-06-website.md").write_text(INCIDENT)
    return tmp_path


@pytest.mark.usefixtures("site")
def test_a_site_is_found_and_an_incident_read_without_slow_imports() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], check=True, capture_output=True, encoding="utf-8")
    assert SLOW & set(done.stdout.split()) == set()


def test_the_list_of_commands_imports_none_of_them() -> None:
    program = (
        "import sys; from mkdocs_incidents.cli import incidents; incidents(['--help'], standalone_mode=False);"
        "print(*(name for name in sys.modules if name.startswith('mkdocs_incidents.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8")
    assert set(done.stdout.splitlines()[-1].split()) == {"mkdocs_incidents.cli", "mkdocs_incidents.cli.lazy_group"}


def test_the_list_of_commands_says_what_the_help_of_each_begins_with() -> None:
    context = click.Context(incidents)
    listed = incidents.get_help(context)
    for name in incidents.list_commands(context):
        command = incidents.get_command(context, name)
        assert command
        assert f"{name} {command.get_short_help_str(limit=500)}" in " ".join(listed.split())
