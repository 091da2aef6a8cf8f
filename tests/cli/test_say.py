"""`incidents say` prints what can be pasted, and nothing else on standard output."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.authoring.messages.channels.registry import CHANNELS
from mkdocs_incidents.cli import incidents, say

ROOT = Path(__file__).parents[2]
CONFIG = "site_name: Example status\nsite_url: https://status.example.com\nplugins: [incidents]\n"
OPEN = """\
---
title: Card payments failed
started: 2026-04-06 14:30
components: {cards: major_outage}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    next_update: 15:00
    message: |
      Card payments fail. <!-- internal -->The gateway rotates its keys.<!-- /internal -->
---
"""
LINK = "https://status.example.com/incidents/2026-04-06-cards/"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(incidents, ["say", *arguments])


def set_clock(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    at = datetime.fromisoformat(written).replace(tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at.timestamp())))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The incident files of a site with one open incident, at 14:40 in Lagos."""
    folder = tmp_path / "incidents"
    folder.mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    catalogue = "timezone: Africa/Lagos\ncomponents: [{id: cards, name: Card payments}]\n"
    (folder / "components.yml").write_text(catalogue, encoding="utf-8")
    (folder / "2026-04-06-cards.md").write_text(OPEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    set_clock(monkeypatch, "2026-04-06 13:40")
    return folder


def test_the_channels_of_the_command_are_those_there_are() -> None:
    assert list(CHANNELS) == list(say.CHANNELS)


def test_only_the_text_of_the_channel_is_on_standard_output() -> None:
    result = run("2026-04-06-cards", "--for", "status")
    assert result.exit_code == 0
    line = "Card payments: major outage since 14:30 WAT, investigating. Next update by 15:00 WAT."
    assert (result.stdout, result.stderr) == (f"{line}\n", "")


def test_a_fragment_of_the_id_is_enough_from_any_folder_of_the_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert LINK in run("cards", "--for", "sms").stdout


def test_the_open_incident_need_not_be_named() -> None:
    assert run("--for", "status").stdout == run("payments failed", "--for", "status").stdout != ""


def test_without_a_channel_all_are_shown_each_with_its_length() -> None:
    result = run("cards")
    headings = re.findall(r"^== (\w+): [\d,]+ of [\d,]+ .* ==$", result.stdout, flags=re.MULTILINE)
    assert headings == list(CHANNELS)


def test_json_of_all_is_an_object_by_channel() -> None:
    found = json.loads(run("cards", "--json").stdout)
    assert list(found) == list(CHANNELS)
    assert json.loads(run("cards", "--for", "slack", "--json").stdout) == found["slack"]


def test_internal_notes_are_in_no_channel() -> None:
    result = run("cards").stdout + run("cards", "--json").stdout
    assert "gateway" not in result


def test_what_was_shortened_is_a_remark_on_standard_error(folder: Path) -> None:
    file = folder / "2026-04-06-cards.md"
    file.write_text(OPEN.replace("Card payments fail.", "Card payments fail for everyone. " * 20), encoding="utf-8")
    result = run("cards", "--for", "sms")
    assert re.fullmatch(r"sms: shortened from \d+ to \d+ characters in 1 part, GSM 03\.38\n", result.stderr)


def test_an_overdue_update_is_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2026-04-06 14:20")
    result = run("cards", "--for", "status")
    assert result.stdout == "Card payments: major outage since 14:30 WAT, investigating.\n"
    assert "overdue" in result.stderr


def test_an_incident_without_an_update_is_a_remark(folder: Path) -> None:
    (folder / "2026-04-06-cards.md").write_text(OPEN.partition("updates:")[0] + "---\n", encoding="utf-8")
    result = run("cards", "--for", "email")
    assert "Nothing has been said about it yet." in result.stdout
    assert "There is no update yet" in result.stderr


@pytest.mark.parametrize(("key", "message"), [
    ("draft: true", "'2026-04-06-cards' is a draft"),
    ("publish: 2026-04-07 09:00", "is not public before Tuesday 7 April 2026, 09:00 WAT"),
    ("frobnicated: x", "has errors, which must be corrected first"),
])  # fmt: skip
def test_of_what_is_not_public_nothing_is_printed(folder: Path, key: str, message: str) -> None:
    (folder / "2026-04-06-cards.md").write_text(OPEN.replace("title:", f"{key}\ntitle:"), encoding="utf-8")
    result = run("cards", "--for", "sms")
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


@pytest.mark.parametrize(("incident", "message"), [
    ([], "2 incidents are open: 2026-04-06-cash, 2026-04-06-cards; name one, type: incidents say 2026-04-06-cash"),
    (["sign-in"], "no incident is called 'sign-in'"),
    (["ca"], "'ca' may mean 2 of them"),
])  # fmt: skip
def test_what_is_not_clear_is_answered_with_the_candidates(folder: Path, incident: list[str], message: str) -> None:
    (folder / "2026-04-06-cash.md").write_text(OPEN, encoding="utf-8")
    result = run(*incident, "--for", "sms")
    assert (result.exit_code in {1, 2}, result.stdout) == (True, "")
    assert message in result.stderr


@pytest.mark.parametrize("path", ["2026-04-06-cards.md", "components.yml"])
def test_files_with_errors_are_left_to_check(folder: Path, path: str) -> None:
    (folder / path).write_text("title: [\n", encoding="utf-8")
    result = run("cards", "--for", "sms")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has errors, which must be corrected first" in result.stderr


def test_a_link_too_long_for_a_channel_is_whole_and_a_remark_says_so(folder: Path) -> None:
    config = CONFIG.replace("status.example.com", f"status.example.com/{'a' * 300}")
    (folder.parent / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("cards", "--for", "social")
    assert "a/incidents/2026-04-06-cards/" in result.stdout
    assert "social: longer than its limit" in result.stderr


@pytest.mark.parametrize(("config", "message"), [
    (CONFIG.replace("site_url: https://status.example.com\n", ""), "site_url is missing in mkdocs.yml"),
    (CONFIG.replace("https://status.example.com", "/status/"), "site_url is missing in mkdocs.yml or no whole address"),
    (CONFIG.replace("[incidents]", "[{incidents: {language: tlh}}]"), "no language called 'tlh' is known"),
])  # fmt: skip
def test_a_site_that_cannot_be_built_has_no_words_to_send(folder: Path, config: str, message: str) -> None:
    (folder.parent / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = run("cards", "--for", "sms")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_texts_are_in_the_language_of_the_site(folder: Path) -> None:
    own = folder.parent / "locale" / "de"
    own.mkdir(parents=True)
    (own / "incidents.po").write_text('msgid "Investigating"\nmsgstr "Wird untersucht"\n', encoding="utf-8")
    options = "[{incidents: {language: de, locale_dir: locale}}]"
    (folder.parent / "mkdocs.yml").write_text(CONFIG.replace("[incidents]", options), encoding="utf-8")
    assert "Wird untersucht: Card payments failed" in run("cards", "--for", "email").stdout


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_guide_has_the_text_that_the_command_prints(channel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    set_clock(monkeypatch, "2026-10-14 10:50")
    guide = (ROOT / "docs" / "guide" / "channels.md").read_text(encoding="utf-8")
    section = guide.partition(f"\n## `{channel}`\n")[2].partition("\n## ")[0]
    assert f"```text\n{run('card-payments-failed', '--for', channel).stdout}```" in section
