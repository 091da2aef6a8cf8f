"""`incidents next-build` answers a scheduler: when to build next, and whether a build is out of date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents
from mkdocs_incidents.cli.next_build import _REASONS
from mkdocs_incidents.status.next_build import ChangeReason

if TYPE_CHECKING:
    from pathlib import Path

WORK = """\
---
title: Database upgrade
scheduled: {from: 2026-11-28 16:00, until: 2026-11-28 18:00}
components: [web]
---
"""
NOW = "2026-11-28 12:00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site in Lagos (UTC+1) with planned work."""
    folder = tmp_path / "incidents"
    folder.mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Example\nplugins: [incidents]\n")
    (folder / "components.yml").write_text("timezone: Africa/Lagos\ncomponents: [{id: web, name: Web}]\n")
    (folder / "work.md").write_text(WORK)
    monkeypatch.chdir(tmp_path)
    return folder


def ask(*arguments: str, now: str = NOW) -> Result:
    return CliRunner().invoke(incidents, ["next-build", "--now", now, *arguments])


@pytest.mark.usefixtures("folder")
def test_the_line_begins_with_the_instant_in_utc_and_says_why_in_local_time() -> None:
    result = ask()
    expected = "2026-11-28T15:00:00Z 'Database upgrade' is planned to begin (2026-11-28 16:00 WAT)\n"
    assert (result.stdout, result.stderr, result.exit_code) == (expected, "", 0)


@pytest.mark.usefixtures("folder")
def test_programs_get_an_object() -> None:
    assert json.loads(ask("--json").stdout) == {
        "at": "2026-11-28T15:00:00Z",
        "reason": "maintenance_begin",
        "notice": "work",
        "text": "'Database upgrade' is planned to begin (2026-11-28 16:00 WAT)",
    }


@pytest.mark.usefixtures("folder")
def test_with_nothing_ahead_it_is_midnight_on_the_clocks_of_the_site() -> None:
    result = ask(now="2026-12-01 12:00")
    assert result.stdout == "2026-12-01T23:00:00Z a new day begins (2026-12-02 00:00 WAT)\n"
    assert json.loads(ask("--json", now="2026-12-01 12:00").stdout)["notice"] is None


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("since", "now", "answer", "code"),
    [
        ("2026-11-28 14:50", "2026-11-28 14:59", "2026-11-28T15:00:00Z 'Database upgrade' is planned to begin", 1),
        ("2026-11-28 14:50", "2026-11-28 15:00", "due: 2026-11-28T15:00:00Z 'Database upgrade' is planned to begin", 0),
        ("2026-11-28T15:00:00Z", "2026-11-28 15:20", "2026-11-28T17:00:00Z 'Database upgrade' is planned to end", 1),
        ("2026-11-27 12:00", "2026-11-30 15:20", "due: 2026-11-27T23:00:00Z a new day begins", 0),
        ("2026-11-28 18:00", "2026-11-28 19:00", "2026-11-28T23:00:00Z a new day begins", 1),
    ],
)
def test_it_tells_whether_a_build_is_out_of_date(since: str, now: str, answer: str, code: int) -> None:
    result = ask("--since", since, now=now)
    assert result.stdout.startswith(answer)
    assert result.exit_code == code
    assert json.loads(ask("--json", "--since", since, now=now).stdout)["due"] == (code == 0)


def test_files_with_errors_have_no_next_build(folder: Path) -> None:
    (folder / "work.md").write_text(WORK.replace("from", "form"))
    result = ask()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: the files in 'incidents' have errors; to see them, type: incidents check\n"


def test_drafts_change_nothing(folder: Path) -> None:
    (folder / "work.md").write_text(WORK.replace("title", "draft: true\ntitle"))
    assert "a new day begins" in ask().stdout


def test_a_title_cannot_break_the_line(folder: Path) -> None:
    (folder / "work.md").write_text(WORK.replace("Database upgrade", '"A {0} {x} %s \\u2028 B"'))
    result = ask()
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_what_is_typed_wrongly_is_answered_with_what_to_type(folder: Path) -> None:
    wrong = ask("--since", "yesterday")
    assert wrong.exit_code == 2
    assert "YYYY-MM-DD HH:MM" in wrong.stderr
    absent = ask("--folder", "elsewhere")
    assert absent.exit_code == 2
    assert "name the folder with components.yml with --folder" in absent.stderr
    assert ask("--folder", str(folder)).exit_code == 0


def test_every_reason_has_its_words() -> None:
    assert set(_REASONS) == set(ChangeReason)
