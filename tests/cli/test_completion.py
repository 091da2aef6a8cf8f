"""What Tab offers, as click asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from mkdocs_incidents.cli import completion_protocol, incidents

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = """\
timezone: Africa/Lagos
groups:
  - name: Accounts
    components:
      - {id: authentication, name: Sign-in}
components:
  - {id: card-payments, name: Card payments}
  - {id: sms, name: Text messages}
  - {id: telex, name: Telex, retired: 2020-01-01}
"""
INCIDENT = """\
---
title: {title}
{begin}
components: {{card-payments: major_outage}}
updates:
  - at: 2026-04-06 14:40
    status: {status}
    message: Card payments fail.
---
"""
STARTED = "started: 2026-04-06 14:30"
PLANNED = "scheduled: {from: 2026-04-10 10:00, until: 2026-04-10 18:00}"
FAILED, OLD, WORK = "2026-04-06-card-payments-failed", "2026-04-07-card-readers-failed", "2026-04-10-network-work"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775822400")  # 2026-04-10 12:00 UTC
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents/components.yml").write_text(CATALOG)
    write(tmp_path, FAILED, "Card payments failed", STARTED, "investigating")
    write(tmp_path, OLD, "Shops without payment", STARTED, "resolved")
    return tmp_path


def write(site: Path, name: str, title: str, begin: str, status: str) -> None:
    (site / f"incidents/{name}.md").write_text(INCIDENT.format(title=title, begin=begin, status=status))


def offered(*words: str) -> list[str]:
    """The values for the last word."""
    found = ShellComplete(incidents, {}, "incidents", "_INCIDENTS_COMPLETE").get_completions(
        list(words[:-1]), words[-1]
    )
    return [item.value for item in found]


@pytest.mark.usefixtures("site")
def test_of_all_incidents_the_open_one_comes_first() -> None:
    assert offered("show", "") == [FAILED, OLD]
    assert offered("say", "card") == [FAILED, OLD]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("command", ["update", "resolve", "retract"])
def test_only_open_ones_are_offered_to_write_about_unless_another_is_typed(command: str) -> None:
    assert offered(command, "") == [FAILED]
    assert offered(command, "card") == [FAILED]
    assert offered(command, "readers") == [OLD]


@pytest.mark.usefixtures("site")
def test_words_of_the_title_find_an_incident_and_it_is_the_help() -> None:
    assert offered("show", "shops") == [OLD]
    found = ShellComplete(incidents, {}, "incidents", "").get_completions(["show"], "shops")
    assert found[0].help == "Shops without payment"


@pytest.mark.usefixtures("site")
def test_components_are_found_by_id_name_and_part_and_retired_ones_are_left_out() -> None:
    assert offered("new", "Broken", "-c", "") == ["card-payments=", "sms=", "authentication="]
    assert offered("new", "Broken", "-c", "au") == ["authentication="]
    assert offered("new", "Broken", "-c", "sign") == ["authentication="]
    assert offered("new", "Broken", "-c", "pay") == ["card-payments="]
    assert offered("update", "-c", "sms,au") == ["sms,authentication="]


@pytest.mark.usefixtures("site")
def test_states_follow_the_component() -> None:
    assert offered("new", "Broken", "-c", "sms=") == [f"sms={state}" for state in ("major", "partial", "degraded")]
    assert offered("new", "Broken", "-c", "sms=mai") == ["sms=maintenance"]
    assert offered("update", "-c", "sms=") == [f"sms={state}" for state in ("major", "partial", "degraded", "ok")]


@pytest.mark.usefixtures("site")
def test_of_an_update_the_components_of_its_incident_are_offered_unless_another_is_typed() -> None:
    assert offered("update", "-c", "") == ["card-payments="]
    assert offered("update", "-c", "s") == ["sms=", "authentication="]


@pytest.mark.usefixtures("site")
def test_statuses_are_those_of_an_incident_but_the_one_it_has() -> None:
    assert offered("new", "Broken", "-s", "") == ["investigating", "identified", "monitoring"]
    assert offered("update", "-s", "") == ["identified", "monitoring", "resolved"]
    assert offered("update", "-s", "mon") == ["monitoring"]


def test_statuses_are_those_of_planned_work_where_that_is_meant(site: Path) -> None:
    write(site, WORK, "Network work", PLANNED, "in_progress")
    assert "identified" in offered("update", "-s", "")
    assert offered("update", "network", "-s", "") == ["scheduled", "verifying", "completed"]
    write(site, FAILED, "Card payments failed", STARTED, "resolved")
    assert offered("update", "-s", "ver") == ["verifying"]


@pytest.mark.usefixtures("site")
def test_templates_channels_zones_files_and_commands_are_offered() -> None:
    assert offered("new", "Broken", "--template", "sec") == ["security"]
    assert offered("say", "--for", "sl") == ["slack"]
    assert offered("init", "--timezone", "lagos") == ["Africa/Lagos"]
    assert offered("up") == ["update"]
    files = ShellComplete(incidents, {}, "incidents", "").get_completions(["new", "Broken", "-F"], "word")
    assert [item.type for item in files] == ["file"]


def test_another_folder_is_read_where_it_is_named(site: Path) -> None:
    (site / "incidents").rename(site / "elsewhere")
    assert offered("update", "--folder", "elsewhere", "") == [FAILED]


def asked(line: str, shell: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a script gets for a line."""
    completion_protocol.register()
    monkeypatch.setenv("COMP_TYPED", line)
    monkeypatch.setenv("COMP_BREAKS", " \t\n\"'><=;|&(:")
    result = CliRunner().invoke(incidents, env={"_C": f"{shell}_complete"}, complete_var="_C", prog_name="incidents")
    assert result.stderr == ""
    return result.stdout


@pytest.mark.usefixtures("site")
def test_bash_gets_only_what_stands_behind_the_equals_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked("incidents new x -c sms=pa", "bash", monkeypatch) == "plain\tpartial\n"
    assert asked("incidents new x -c 'sms=pa", "bash", monkeypatch) == "plain\tsms=partial\n"
    assert asked("incidents new x --component=sms=pa", "bash", monkeypatch) == "plain\tpartial\n"
    assert asked("incidents new x --component=sm", "bash", monkeypatch) == "open\tsms=\n"
    assert asked("TZ=UTC incidents new 'x y' -c sm", "bash", monkeypatch) == "open\tsms=\n"


@pytest.mark.usefixtures("site")
def test_zsh_and_fish_get_the_whole_word_and_the_title(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked("incidents new x --component=sm", "zsh", monkeypatch) == "open\t--component=sms=\tText messages\n"
    assert asked("incidents update ", "fish", monkeypatch) == f"plain\t{FAILED}\tCard payments failed\n"


@pytest.mark.parametrize("content", [None, "components: [", "- 1", "\0", "components:\n  - x\n"])
def test_what_is_broken_completes_nothing_and_prints_nothing(
    content: str | None, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = site / "incidents/components.yml"
    if content is None:
        catalog.unlink()
    else:
        catalog.write_text(content)
    assert asked("incidents new x -c sm", "bash", monkeypatch).strip() == ""
    assert "sms" not in asked("incidents unknown -c sm", "bash", monkeypatch)


@pytest.mark.parametrize(("shell", "line"), [("bash", 'eval "$('), ("zsh", 'eval "$('), ("fish", "| source")])
def test_the_script_and_the_help_name_the_line_to_add(shell: str, line: str) -> None:
    result = CliRunner().invoke(incidents, ["completion", shell])
    assert result.exit_code == 0
    assert line in result.stdout
    assert f"incidents completion {shell}" in CliRunner().invoke(incidents, ["completion", "--help"]).stdout


def test_an_unknown_shell_is_refused_with_those_that_are_known() -> None:
    result = CliRunner().invoke(incidents, ["completion", "tcsh"])
    assert result.exit_code == 2
    assert "zsh" in result.stderr


def test_planned_work_is_offered_to_be_extended_and_components_without_a_state(site: Path) -> None:
    write(site, WORK, "Network work", PLANNED, "in_progress")
    assert offered("schedule", "") == [WORK]
    assert offered("schedule", WORK, "-c", "au") == ["authentication"]
    assert offered("schedule", WORK, "-c", "sms=p") == ["sms=partial"]
