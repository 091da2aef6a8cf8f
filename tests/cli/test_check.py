"""`incidents check` says what is wrong, to people and to programs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents
from tests.content.folders import INCIDENT, Folder

ROOT = Path(__file__).parents[2]
WARNED = INCIDENT.replace(
    "---\ntitle", "---\nupdates:\n  - {at: 2026-04-06 15:30, status: resolved, message: x}\ntitle"
)
COMMAND = [sys.executable, "-c", "from mkdocs_incidents.cli import main; main()", "check"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775822400")  # 2026-04-10 12:00 UTC
    return Folder(tmp_path / "incidents")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(incidents, ["check", *arguments])


def run(folder: Folder, *arguments: str, shell_tail: str = "") -> subprocess.CompletedProcess[str]:
    """As a shell runs it."""
    command = " ".join(f"'{argument}'" for argument in [*COMMAND, *arguments]) + shell_tail
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder.at.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
    )


def test_a_good_folder_is_reported_with_the_next_step(folder: Folder) -> None:
    folder.write("x.md", INCIDENT)
    result = check()
    assert result.exit_code == 0
    assert result.stdout == "1 incident file checked, all well. Next: incidents build\n"


def test_a_configuration_that_is_named_is_that_of_the_site(folder: Folder) -> None:
    folder.write("x.md", INCIDENT)
    (folder.at.parent / "status.yml").write_text("site_name: x\nplugins: [incidents]\n", "utf-8")
    assert (
        check("-f", "status.yml").stdout == "1 incident file checked, all well. Next: incidents build -f status.yml\n"
    )
    folder.write("x.md", INCIDENT.replace("major_outage", "down"))
    assert check("-f", "status.yml").stdout.endswith("type: incidents check -f status.yml\n")
    assert "leave one of them out" in check("incidents", "-f", "status.yml").stderr
    assert "there is no file other.yml" in check("-f", "other.yml").stderr
    folder.at.rename(folder.at.with_name("notices"))
    (folder.at.parent / "status.yml").write_text("site_name: x\n", "utf-8")
    assert "status.yml does not use the plugin; add the line - incidents" in check("-f", "status.yml").stderr


def test_errors_are_reported_with_place_and_hint_and_fail(folder: Folder) -> None:
    folder.write("x.md", INCIDENT.replace("major_outage", "down"))
    result = check("incidents")
    assert result.exit_code == 1
    assert result.stdout == (
        "incidents/x.md:5:29: error: 'down' is not a state of a component\n    write major_outage\n"
        "1 incident file checked: 1 error. Next: correct the errors, then type: incidents check incidents\n"
    )
    assert not result.stderr


def test_warnings_fail_only_when_strict(folder: Folder) -> None:
    folder.write("x.md", WARNED)
    assert check().exit_code == 0
    assert "warning: the first public update came 60 minutes after the start" in check().stdout
    assert check("--strict").exit_code == 1


def test_advice_is_given_when_asked_for_and_fails_only_when_strict(folder: Folder) -> None:
    folder.write("x.md", INCIDENT + "## Impact\n\nA glitch.\n")
    assert check("--strict").exit_code == 0
    result = check("--editorial")
    assert result.exit_code == 0
    assert (
        "incidents/x.md:9:3: advice: 'glitch': how small it was is for those to say who were hit\n    give"
        in result.stdout
    )
    assert result.stdout.endswith("checked: 1 piece of advice. Nothing stops the build. Next: incidents build\n")
    assert check("--editorial", "--strict").exit_code == 1
    assert json.loads(check("--editorial", "--format", "json").stdout)[0]["severity"] == "advice"
    assert check("--editorial", "--format", "github").stdout.startswith("::notice file=incidents/x.md,line=9,")


def test_json_is_one_list_of_plain_objects(folder: Folder) -> None:
    folder.write("x.md", INCIDENT.replace("Card payments failed", "é").replace("major_outage", "Major-Óutage"))
    result = check("--format", "json")
    assert result.exit_code == 1
    assert result.stdout.isascii()
    assert json.loads(result.stdout) == [
        {
            "path": "incidents/x.md",
            "line": 5,
            "column": 29,
            "severity": "error",
            "code": "unknown-component-status",
            "message": "'Major-Óutage' is not a state of a component",
            "hint": "write major_outage",
        }
    ]
    folder.write("x.md", INCIDENT)
    assert json.loads(check("--format", "json").stdout) == []


def test_annotations_for_github_are_escaped(folder: Folder) -> None:
    folder.write("a,b:c%.md", INCIDENT.replace("major_outage", "100%").replace("title:", "id: x\ntitle:"))
    (line,) = check("--format", "github").stdout.splitlines()
    assert line.startswith("::error file=incidents/a%2Cb%3Ac%25.md,line=6,col=29,title=unknown-component-status::")
    assert "'100%25' is not a state of a component%0Awrite one of" in line


@pytest.mark.usefixtures("folder")
def test_a_missing_folder_is_a_wrong_command() -> None:
    result = check("nowhere")
    assert result.exit_code == 2
    assert "'nowhere' does not exist" in result.stderr


CONFIG = """\
site_name: Harmattan status
theme: {name: material, language: de}
markdown_extensions:
  - toc: {slugify: !!python/name:mkdocs_incidents.cli.incidents }
plugins:
  - search
  - incidents: {incidents_dir: !ENV [FOLDER_OF_INCIDENTS, notices]}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775822400")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    folder = Folder(tmp_path / "notices")
    folder.write("2026/x.md", INCIDENT.replace("major_outage", "down"))
    folder.write("2026/y.md", INCIDENT.replace("impact", "x").replace("resolved:", "resolvd:"))
    folder.write("z.md", INCIDENT)
    return folder


@pytest.mark.parametrize(
    ("where", "paths", "found", "last"),
    [
        (".", [], ["notices/2026/x.md", "notices/2026/y.md"], "incidents check"),
        (".", ["."], ["notices/2026/x.md", "notices/2026/y.md"], "incidents check ."),
        ("notices", [], ["2026/x.md", "2026/y.md"], "incidents check"),
        ("notices/2026", [], ["x.md", "y.md"], "incidents check"),
        ("notices/2026", ["y.md"], ["y.md"], "incidents check y.md"),
        (".", ["notices/2026"], ["notices/2026/x.md", "notices/2026/y.md"], "incidents check notices/2026"),
        (".", ["notices/2026/x.md", "notices/z.md"], ["notices/2026/x.md"], "notices/2026/x.md notices/z.md"),
        ("notices/2026", ["../z.md"], [], "incidents build -f ../../mkdocs.yml"),
        (".", ["notices/components.yml"], [], "incidents build"),
    ],
)
def test_the_site_is_found_from_wherever_one_stands_in_it(  # noqa: PLR0913, PLR0917  the columns of a table
    site: Folder, monkeypatch: pytest.MonkeyPatch, where: str, paths: list[str], found: list[str], last: str
) -> None:
    monkeypatch.chdir(site.at.parent / where)
    result = check(*paths)
    lines = result.stdout.splitlines()
    assert [line.split(":")[0] for line in lines if ": error: " in line] == found
    assert lines[-1].endswith(last)
    assert result.exit_code == bool(found)
    listed = json.loads(check(*paths, "--format", "json").stdout)
    assert [problem["path"] for problem in listed] == found


def test_rules_across_files_hold_for_one_file_too(site: Folder) -> None:
    site.write("a/twice.md", INCIDENT)
    site.write("b/twice.md", INCIDENT)
    result = check("notices/b/twice.md")
    assert "notices/b/twice.md:1:1: error: notices/a/twice.md has the same id" in result.stdout
    assert "1 incident file checked: 1 error." in result.stdout


def test_a_file_cannot_be_checked_without_the_catalogue(site: Folder) -> None:
    site.write("components.yml", "timezone: Mars/Base\n")
    assert "notices/components.yml:1:11: error" in check("notices/z.md").stdout


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("plugins: [incidents: {incidents_dir: gone}]\n", "the folder 'gone' does not exist; mkdocs.yml names it"),
        ("plugins: [\n", "mkdocs.yml cannot be read: "),
    ],
)
def test_a_configuration_that_names_no_folder_is_a_wrong_command(site: Folder, config: str, message: str) -> None:
    (site.at.parent / "mkdocs.yml").write_text(config)
    result = check()
    assert result.exit_code == 2
    assert message in result.stderr


def test_tags_of_other_plugins_in_the_configuration_are_left_alone(site: Folder) -> None:
    tags = "{a: !!python/name:no.such.name , b: !!python/object/apply:no.such {kwds: {c: d}}, e: !relative $docs_dir}"
    folder = "!ENV [NO_SUCH_VARIABLE, notices]"
    (site.at.parent / "mkdocs.yml").write_text(f"extra: {tags}\nplugins: [incidents: {{incidents_dir: {folder}}}]\n")
    result = check()
    assert (result.exit_code, result.stderr) == (1, "")
    assert "notices/2026/x.md:" in result.stdout


def test_another_folder_of_a_site_is_a_wrong_command(site: Folder) -> None:
    (site.at.parent / "docs").mkdir()
    result = check("docs")
    assert result.exit_code == 2
    assert "'docs' is not in the folder of incident files, notices" in result.stderr


def test_a_file_outside_of_any_site_is_a_wrong_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.md").write_text(INCIDENT)
    assert check("x.md").exit_code == 2
    assert check().exit_code == 2


def test_hints_name_sections_in_the_language_of_the_site(site: Folder) -> None:
    published = "postmortem: {published: 2026-04-08}\n---\nText.\n"
    site.write("z.md", INCIDENT.removesuffix("---\n") + published)
    assert "below a heading ## Entschuldigung" in check("notices/z.md").stdout


@pytest.mark.usefixtures("folder")
def test_an_unknown_option_is_a_wrong_command() -> None:
    assert check("--fast").exit_code == 2


def test_now_is_an_instant_in_utc(folder: Folder) -> None:
    folder.write("x.md", INCIDENT)
    assert "it is held back until" in check("--now", "2026-04-06 13:24").stdout
    assert "it is held back until" not in check("--now", "2026-04-06 14:25+01:00").stdout
    result = check("--now", "10:30")
    assert result.exit_code == 2
    assert "'10:30' has no date; write YYYY-MM-DD 10:30" in result.stderr


@pytest.mark.usefixtures("folder")
def test_a_source_date_that_is_no_number_is_a_wrong_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = check()
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


def test_help_has_an_example() -> None:
    assert "Example: incidents check" in check("--help").stdout
    assert "incidents new --help" in CliRunner().invoke(incidents, ["--help"]).stdout


def test_a_reader_that_stops_early_sees_no_traceback(folder: Folder) -> None:
    for number in range(300):
        folder.write(f"{number}.md", "")
    done = run(folder, shell_tail=" | head -n 1")
    assert done.stdout.startswith("incidents/0.md:1:1: error: the file is empty")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_no_colours_reach_a_pipe_and_no_bar_does(folder: Folder) -> None:
    folder.write("x.md", "")
    done = run(folder)
    assert "\x1b" not in done.stdout + done.stderr
    assert done.returncode == 1
    assert not done.stderr


@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_they_are_refused(
    folder: Folder, setting: dict[str, str], *, coloured: bool
) -> None:
    folder.write("x.md", "")
    main_end, other_end = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    done = subprocess.run(
        COMMAND,
        stdout=other_end,
        stderr=subprocess.PIPE,
        check=False,
        cwd=folder.at.parent,
        env=kept | {"PYTHONPATH": str(ROOT / "plugins"), "TERM": "xterm"} | setting,
    )
    os.close(other_end)
    shown = os.read(main_end, 65536).decode()
    os.close(main_end)
    assert done.returncode == 1
    assert "the file is empty" in shown
    assert ("\x1b[" in shown) is coloured


def test_a_terminal_that_knows_no_emoji_still_gets_the_message(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("x.md", INCIDENT.replace("major_outage", "🔥"))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = run(folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "is not a state of a component" in done.stdout


def test_a_terminal_sees_how_far_a_long_reading_is(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("x.md", INCIDENT)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes it for a terminal
    assert "Reading incidents" not in check().stderr
    monkeypatch.setattr(sys.modules["mkdocs_incidents.cli.check"], "_PATIENCE", -1)
    result = check()
    assert "Reading incidents" in result.stderr
    assert "1/1" in result.stderr
    assert "all well" in result.stdout
