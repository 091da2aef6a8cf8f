"""`incidents init` makes a site of an empty folder, and adds to a MkDocs site what it lacks."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_incidents.authoring.new_site import requirement
from mkdocs_incidents.cli import incidents, init_questions
from mkdocs_incidents.plugin import themes
from tests.sites.building import packaged_theme

ROOT = Path(__file__).parents[2]
GIVEN = [
    *("--name", "Example status", "--url", "https://status.example.com/", "--timezone", "Africa/Lagos"),
    *("--component", "Card payments", "--component", "Sign-in"),
]
WRITTEN = {
    ".editorconfig",
    ".github/workflows/check.yml",
    ".github/workflows/publish.yml",
    ".github/workflows/rebuild.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/settings.json",
    "README.md",
    "docs/index.md",
    "incidents/components.yml",
    "mkdocs.yml",
    "requirements.txt",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775822400")  # 2026-04-10 12:00 UTC
    monkeypatch.setattr(requirement, "_direct_url", lambda: None)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_incidents.cli.init.is_terminal", lambda: True)
    monkeypatch.setattr(init_questions, "_machine_zone", lambda: "Europe/Paris")


def init(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(incidents, ["init", *arguments], input=typed, env={"COLUMNS": "200"})


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_an_empty_folder_becomes_a_site(here: Path) -> None:
    result = init("status", *GIVEN, "--yes")
    assert result.exit_code == 0, result.output
    assert tree(here / "status") == WRITTEN
    assert result.stdout.endswith(
        "Next:\n"
        "  cd status\n"
        "  pip install -r requirements.txt\n"
        "  incidents serve\n"
        '  incidents new "What users notice" -c card-payments=major\n'
        "To publish, push it to GitHub; in the settings there, under Pages, choose 'GitHub Actions' as source.\n"
    )
    catalog = yaml.safe_load((here / "status/incidents/components.yml").read_text(encoding="utf-8"))
    assert catalog["timezone"] == "Africa/Lagos"
    assert [component["id"] for component in catalog["components"]] == ["card-payments", "sign-in"]
    assert {str(component["since"]) for component in catalog["components"]} == {"2026-04-10"}


def test_what_it_writes_builds_without_a_warning_and_passes_the_check(here: Path) -> None:
    awkward = ["--name", 'A: "b" # <c> 🔥', "--component", "日本", "--component", "yes: #1", "--component", "🔥"]
    assert init(*GIVEN, *awkward, "--yes").exit_code == 0
    build(load_config("mkdocs.yml", strict=True))
    assert "A: &#34;b&#34; # &lt;c&gt; 🔥" in (here / "site" / "index.html").read_text(encoding="utf-8")
    checked = CliRunner().invoke(incidents, ["check", "--strict"])
    assert checked.stdout == "0 incident files checked, all well. Next: incidents build\n"


def test_the_same_command_again_changes_nothing(here: Path) -> None:
    init(*GIVEN, "--yes")
    before = {name: (here / name).read_bytes() for name in tree(here)}
    result = init("--json")
    assert result.exit_code == 0, result.output
    assert {file["state"] for file in json.loads(result.stdout)["files"]} == {"kept"}
    assert {name: (here / name).read_bytes() for name in tree(here)} == before


def test_json_lists_what_becomes_of_each_file() -> None:
    found = json.loads(init("status", *GIVEN, "--yes", "--json").stdout)
    assert {file["path"].removeprefix("status/") for file in found["files"] if file["state"] == "written"} == WRITTEN
    assert found["folder"] == "status"
    assert found["changed"] is True
    assert found["next"][0] == "cd status"


def test_a_dry_run_writes_nothing_and_asks_for_no_yes(here: Path) -> None:
    result = init("status", *GIVEN, "--dry-run")
    assert result.exit_code == 0
    assert "write        mkdocs.yml" in result.stdout
    assert result.stdout.endswith("Nothing is written. Next: the same command without --dry-run\n")
    assert list(here.iterdir()) == []


# Without a terminal


def test_without_a_terminal_what_is_missing_is_named_with_the_complete_command(here: Path) -> None:
    result = init("status", "--name", "Our page", "--timezone", "Africa/Lagos", "--component", "API")
    assert result.exit_code == 2
    assert one_line(result.stderr).endswith(
        "Error: --url is missing; with your own values, type: incidents init status --name 'Our page' "
        "--url https://status.example.com/ --timezone Africa/Lagos --component API --yes"
    )
    assert list(here.iterdir()) == []


def test_without_a_terminal_a_yes_is_needed(here: Path) -> None:
    result = init(*GIVEN)
    assert result.exit_code == 2
    assert "to write the files, type: incidents init --name 'Example status'" in one_line(result.stderr)
    assert one_line(result.stderr).endswith("--yes")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["--url", "status.example.com"], "--url: the address 'status.example.com' does not begin with https://; type"),
        (["--timezone", "Africa/Lagoss"], "--timezone: 'Africa/Lagoss' is not a time zone; type Africa/Lagos"),
        (["--name", ""], "--name: the name is empty; type one, such as 'Example status'"),
        (["--component", "sign-IN"], "--component: 'Sign-in' and 'sign-IN' are the same to readers; name each"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_type(here: Path, wrong: list[str], message: str) -> None:
    result = init(*GIVEN, *wrong, "--yes")
    assert result.exit_code == 2
    assert message in one_line(result.stderr)
    assert list(here.iterdir()) == []


def test_a_file_is_no_folder(here: Path) -> None:
    (here / "status").write_text("", encoding="utf-8")
    result = init("status", *GIVEN, "--yes")
    assert result.exit_code == 2
    assert "'status' is a file; name a folder, or one that does not exist yet" in one_line(result.stderr)


def test_where_a_folder_cannot_be_made_nothing_is_written(here: Path) -> None:
    (here / "docs").write_text("", encoding="utf-8")
    result = init(*GIVEN, "--yes")
    assert result.exit_code == 1
    assert result.stderr == "docs/index.md cannot be written: Not a directory; nothing is written\n"
    assert tree(here) == {"docs"}


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written by root")
def test_in_a_folder_without_permission_nothing_is_written(here: Path) -> None:
    (here / "status").mkdir(mode=0o555)
    result = init("status", *GIVEN, "--yes")
    assert result.exit_code == 1
    assert result.stderr == "status/mkdocs.yml cannot be written: Permission denied; nothing is written\n"


def test_a_folder_inside_of_a_site_is_no_site_by_accident(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(*GIVEN, "--yes")
    monkeypatch.chdir(here / "incidents")
    result = init(*GIVEN, "--yes")
    assert result.exit_code == 2
    assert "this folder belongs to the site of ../mkdocs.yml" in one_line(result.stderr)


# On a terminal


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_it_asks_and_checks_each_answer_at_once(here: Path) -> None:
    answers = ["Example status", "status.example.com", "https://status.example.com", "", "API", "api", "Web", "", "y"]
    result = init(typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "Error: the address 'status.example.com' does not begin with https://" in result.output
    assert "Error: 'API' and 'api' are the same to readers; name each component once" in result.output
    assert "Time zone [Europe/Paris]" in result.output
    assert tree(here) == WRITTEN
    catalog = (here / "incidents/components.yml").read_text(encoding="utf-8")
    assert "timezone: Europe/Paris\n" in catalog
    assert "name: API\n" in catalog
    assert "name: Web\n" in catalog


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_only_what_is_not_given_is_asked(here: Path) -> None:
    result = init(*GIVEN[2:], typed="Example status\n\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("?") == 1, "only whether to write"
    assert tree(here) == WRITTEN


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("typed", ["n\n", ""])
def test_without_a_yes_nothing_is_written(here: Path, typed: str) -> None:
    (here / "notes.txt").write_text("", encoding="utf-8")
    result = init(*GIVEN, typed=typed)
    assert result.exit_code == 1
    assert "The folder is not empty (1 item); what is there stays as it is." in result.output
    assert tree(here) == {"notes.txt"}


@pytest.mark.usefixtures("terminal")
def test_a_wrong_flag_is_refused_before_anything_is_asked() -> None:
    result = init("--timezone", "Lagoss", typed="Example status\n")
    assert result.exit_code == 2
    assert "type Africa/Lagos" in one_line(result.output)
    assert "Name" not in result.output


def test_a_terminal_is_told_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for (controller, answers), expected in {pty.openpty(): True, os.pipe(): False}.items():
        with os.fdopen(controller, "rb"), os.fdopen(answers, "w") as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            assert init_questions.is_terminal() is expected
    monkeypatch.undo()


# In the folder of a MkDocs site

SITE = b"# Ours\r\nsite_name: Ours # the name\r\ntheme:\r\n  name: material\r\nhooks: [x.py] # !ENV\r\n"


@pytest.fixture
def site(here: Path) -> Path:
    (here / "docs").mkdir()
    for name, content in {
        "mkdocs.yml": SITE,
        "docs/README.md": b"# Hello\n",
        "requirements.txt": b"mkdocs-material",
        "README.md": b"Ours\n",
        "netlify.toml": b"",
    }.items():
        (here / name).write_bytes(content)
    return here


def test_a_site_gets_only_what_is_missing(site: Path) -> None:
    result = init("--url", "https://status.example.com", *GIVEN[4:], "--yes")
    assert result.exit_code == 0, result.output
    assert (site / "mkdocs.yml").read_bytes() == SITE.replace(
        b"# the name\r\n", b"# the name\r\nsite_url: https://status.example.com/\r\n"
    ) + b"\r\nplugins:\r\n  - search\r\n  - incidents\r\n"
    assert (
        (site / "requirements.txt")
        .read_text(encoding="utf-8")
        .startswith("mkdocs-material\nmkdocs-incidents[material]~=")
    )
    assert (site / "docs/README.md").read_bytes() == b"# Hello\n"
    assert (site / "README.md").read_bytes() == b"Ours\n"
    assert not (site / "docs/index.md").exists()
    assert not (site / ".github").exists()
    for line in (
        "changed      mkdocs.yml                     gets its address and the plugin\n",
        "      +  - incidents\n",
        "written      incidents/components.yml",
        "kept         docs/README.md",
        "changed      requirements.txt",
        "kept         README.md",
        "left out     .github/workflows/publish.yml  netlify.toml is there already",
    ):
        assert line in result.stdout


def test_the_changes_of_a_site_are_shown_first(site: Path) -> None:
    result = init("--url", "https://status.example.com", *GIVEN[4:], "--dry-run")
    assert result.exit_code == 0
    assert "      +site_url: https://status.example.com/\n" in result.stdout
    assert "      +  - incidents\n" in result.stdout
    assert (site / "mkdocs.yml").read_bytes() == SITE


def test_the_address_of_a_site_is_not_asked_for_again(site: Path) -> None:
    (site / "mkdocs.yml").write_bytes(SITE + b"site_url: https://ours.example/\r\n")
    assert init(*GIVEN[4:], "--yes").exit_code == 0
    assert b"site_url: https://ours.example/\r\n" in (site / "mkdocs.yml").read_bytes()


def test_what_has_to_be_done_by_hand_is_said(site: Path) -> None:
    (site / "mkdocs.yml").write_text("site_name: x\nsite_url: https://x.example/\nplugins: null\n", encoding="utf-8")
    result = init(*GIVEN[4:], "--yes")
    assert result.exit_code == 0
    assert "by hand      mkdocs.yml: add - incidents to the list below plugins:\n" in result.stdout
    assert "by hand      mkdocs.yml: write the line theme: material; where theme: has lines" in result.stdout


def test_what_it_tells_to_write_is_what_the_list_of_packages_gets(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "installed_themes", lambda: ("materialx",))
    (site / "mkdocs.yml").write_text("site_name: x\nsite_url: https://x.example/\ntheme: mkdocs\n", encoding="utf-8")
    assert "mkdocs.yml: write the line theme: materialx;" in init(*GIVEN[4:], "--yes").stdout
    assert "mkdocs-incidents[materialx]" in (site / "requirements.txt").read_text(encoding="utf-8")


def test_a_theme_that_extends_material_is_kept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged_theme(site / "packages", "acme", extends="material")
    monkeypatch.syspath_prepend(site / "packages")
    (site / "mkdocs.yml").write_text("site_name: x\nsite_url: https://x.example/\ntheme: acme\n", encoding="utf-8")
    assert "by hand" not in init(*GIVEN[4:], "--yes").stdout
    assert "mkdocs-incidents~=" in (site / "requirements.txt").read_text(encoding="utf-8"), "its package has the theme"


def test_after_renaming_for_properdocs_the_extra_that_is_missing_is_named(here: Path) -> None:
    init(*GIVEN, "--yes")
    (here / "mkdocs.yml").rename(here / "properdocs.yml")
    assert "write [material,properdocs] in the place of [material]" in init("--yes").stdout


def test_pages_may_be_in_a_folder_elsewhere(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = tmp_path_factory.mktemp("pages")
    (site / "mkdocs.yml").write_bytes(SITE + f"docs_dir: {pages}\r\n".encode())
    result = init("--url", "https://status.example.com", *GIVEN[4:], "--yes")
    assert result.exit_code == 0, result.output
    assert f"written      {pages}/index.md" in result.stdout
    assert (pages / "index.md").is_file()


def test_settings_that_cannot_be_read_stop_it(site: Path) -> None:
    (site / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    result = init(*GIVEN, "--yes")
    assert result.exit_code == 2
    assert "mkdocs.yml cannot be read:" in result.stderr
    assert not (site / "incidents").exists()


def test_a_plugin_from_a_folder_goes_along_as_a_wheel_that_the_workflows_install(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requirement, "_direct_url", lambda: '{"url": "file:///srv/clone", "dir_info": {}}')
    result = init("status", *GIVEN, "--yes")
    assert "=major\n  pip wheel --no-deps --wheel-dir packages /srv/clone\nTo publish, push" in result.stdout
    assert "pip install -r" not in result.stdout, "it would find no wheel"
    required = (here / "status/requirements.txt").read_text(encoding="utf-8")
    assert required.startswith("./packages/mkdocs_incidents-")


def test_a_list_of_packages_with_hashes_is_left_to_the_tool_that_makes_it(site: Path) -> None:
    (site / "requirements.txt").write_text("mkdocs==1.6.1 --hash=sha256:0\n", encoding="utf-8")
    result = init("--url", "https://status.example.com", *GIVEN[4:], "--yes")
    assert "with the tool that makes it" in result.stdout
    assert (site / "requirements.txt").read_text(encoding="utf-8") == "mkdocs==1.6.1 --hash=sha256:0\n"


def test_below_the_root_of_a_repository_no_workflows_are_written(here: Path) -> None:
    (here / ".git").mkdir()
    result = init("status", *GIVEN, "--yes")
    assert tree(here / "status") == {name for name in WRITTEN if not name.startswith((".github", ".pre-commit"))}
    assert "left out     .pre-commit-config.yaml        belongs in the root of the repository" in result.stdout
    assert "To publish" not in result.stdout


# The workflows


def workflow(name: str) -> dict[str, object]:
    init(*GIVEN, "--yes")
    found: dict[str, object] = yaml.safe_load(Path(f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["publish", "rebuild", "check"])
def test_every_action_has_a_version_and_every_job_an_end(name: str) -> None:
    jobs = workflow(name)["jobs"]
    assert isinstance(jobs, dict)
    for job in jobs.values():
        assert job["timeout-minutes"] <= 10
        assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)


def test_only_the_job_that_publishes_may_do_so() -> None:
    found = workflow("publish")
    assert found["permissions"] == {"contents": "read"}
    jobs = found["jobs"]
    assert isinstance(jobs, dict)
    assert "permissions" not in jobs["build"]
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


@pytest.mark.parametrize(
    ("noted", "publishes"),
    [
        ("2999-01-01T00:00:00Z midnight in Africa/Lagos", False),
        ("2026-01-01T00:00:00+00:00 midnight", True),
        ("2026-01-01T00:00Z", True),
        ("not known", True),
        ("", True),
        (None, True),
    ],
)
def test_the_schedule_publishes_only_a_page_that_is_out_of_date(
    here: Path, noted: str | None, *, publishes: bool
) -> None:
    jobs = workflow("rebuild")["jobs"]
    assert isinstance(jobs, dict)
    script = jobs["rebuild"]["steps"][-1]["run"]
    if noted is not None:
        (here / "next-build.txt").write_text(f"{noted}\n", encoding="utf-8")
    (here / "bin").mkdir()
    (here / "bin/gh").write_text('#!/bin/sh\necho "gh $*"\n', encoding="utf-8")
    (here / "bin/gh").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{here / 'bin'}:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "example/status",
        "GITHUB_REF_NAME": "main",
    }
    ran = subprocess.run(
        ["/bin/bash", "-e", "-c", script], env=environment, cwd=here, capture_output=True, text=True, check=True
    )
    assert (ran.stdout == "gh workflow run publish.yml --repo example/status --ref main\n") is publishes


def test_a_dead_link_fails_a_pull_request_and_not_the_publication(here: Path) -> None:
    def built_by(name: str) -> Result:
        steps = workflow(name)["jobs"]["check" if name == "check" else "build"]["steps"]  # type: ignore[index]
        line = next(step["run"] for step in steps if step.get("run", "").startswith("incidents build"))
        return CliRunner().invoke(incidents, line.split()[1:])

    assert init(*GIVEN, "--yes").exit_code == 0
    (here / "docs/index.md").write_text("[Help](https://status.example.com/help/)\n", encoding="utf-8")
    checked = built_by("check")
    assert checked.exit_code == 1, checked.output
    assert "index.html: this file links to help/" in checked.stderr
    assert not (here / "site").exists()
    published = built_by("publish")
    assert published.exit_code == 0, published.output
    assert "warning: index.html: this file links to help/" in published.stderr
    assert (here / "site/index.html").is_file()
