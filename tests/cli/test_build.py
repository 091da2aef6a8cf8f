"""`incidents build` publishes a whole site or nothing, and `incidents rollback` takes it back."""

from __future__ import annotations

import errno
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.publish.lock import lock
from mkdocs_incidents.publish.store import Store
from tests.cli.writing import Desk
from tests.makers import at

if TYPE_CHECKING:
    from pathlib import Path

build_module = importlib.import_module("mkdocs_incidents.cli.build")
NEW = ("new", "Card payments fail", "-c", "card=major", "-m", "Card payments fail for everyone.")
UNPUBLISHED = "The acquirer has lost its licence, and we shall move to another."
DRAFT = """\
---
title: Acquirer
draft: true
started: 2026-11-28 14:00
components: {payouts: degraded_performance}
---

"""
CONFIG = """\
site_name: Example
site_url: https://status.example.com/
theme: {name: material}
plugins: [incidents]
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Status\n")
    desk = Desk(tmp_path, monkeypatch, "2026-11-28 14:30")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return desk


def state(folder: Path) -> dict[str, bytes]:
    """The files of a folder with their contents."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def banner(folder: Path) -> str:
    known: dict[str, dict[str, str]] = json.loads((folder / "api/v2/status.json").read_text())
    return known["status"]["indicator"]


def refused(desk: Desk, *command: str, code: int = 1) -> str:
    """The last line of a command that fails, and leaves the live folder as it is."""
    site = desk.path / "site"
    before = state(site)
    result = desk.type(*command)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert state(site) == before
    assert not (desk.path / ".site.incidents/building").exists()
    return result.stderr.strip().splitlines()[-1].removeprefix("Error: ")


def test_each_build_says_what_changed_and_can_be_taken_back(desk: Desk) -> None:
    site = desk.path / "site"
    output = desk.type("build").stdout
    assert re.fullmatch(
        r"published site: version 1, \d+ files, in \d+\.\d s\n"
        r"  first publication: \d+ pages, \d+ feeds\n"
        r"next: look at https://status\.example\.com/\n",
        output,
    )
    desk.at("2026-11-28 14:40")
    desk.done(*NEW)
    output = desk.type("build").stdout
    assert "  banner: operational → partial outage; opened: 'Card payments fail'; 1 new page; " in output
    assert "; to take it back, type: incidents rollback\n" in output
    assert banner(site) == "major"

    output = desk.type("rollback").stdout
    assert output == (
        "published site: version 1 of 2026-11-28 13:30 UTC, again\n"
        "  version 2 is kept; incidents rollback 2 brings it back\n"
        "next: correct the files; the next build publishes what they say\n"
    )
    assert banner(site) == "none"
    assert re.fullmatch(
        r"   2      2026-11-28 13:40:00 UTC  banner: .*\n"
        r"   1 live 2026-11-28 13:30:00 UTC  first publication: .*\n"
        r"next: to publish one of them again, type: incidents rollback N\n",
        desk.type("rollback", "--list").stdout,
    )
    assert refused(desk, "rollback", "1").startswith("version 1 is live")
    assert refused(desk, "rollback", "7") == "version 7 is not kept (kept: 2); nothing was published"
    assert refused(desk, "rollback") == "no version before the live one is kept (kept: 2); nothing was published"
    assert desk.type("rollback", "2").exit_code == 0
    assert banner(site) == "major"


def test_programs_read_what_was_published(desk: Desk) -> None:
    first = json.loads(desk.type("build", "--json").stdout)
    assert (first["version"], first["changes"]["first"]) == (1, True)
    desk.done(*NEW)
    second = json.loads(desk.type("build", "--json").stdout)
    assert second["folder"] == str(desk.path / "site")
    assert [notice["title"] for notice in second["changes"]["opened"]] == ["Card payments fail"]
    listed = json.loads(desk.type("rollback", "--list", "--json").stdout)
    assert [(version["version"], version["live"]) for version in listed] == [(2, True), (1, False)]
    assert json.loads(desk.type("rollback", "--json").stdout)["version"] == 1


def test_an_error_in_a_file_publishes_nothing(desk: Desk) -> None:
    desk.type("build")
    broken = desk.path / "incidents/2026-11-28-broken.md"
    broken.write_text("---\ntitle: Broken\nstarted: 2026-11-28 14:00\ncomponents: {cards: broken}\n---\n")
    result = desk.type("build")
    assert "incidents/2026-11-28-broken.md:4:14: " in result.stderr
    assert refused(desk, "build") == "nothing was published"


def test_a_warning_publishes_nothing_in_a_strict_build(desk: Desk) -> None:
    desk.type("build")
    (desk.path / "docs/index.md").write_text("# Status\n\n[gone](gone.md)\n")
    assert refused(desk, "build", "--strict") == "Aborted with 1 warnings in strict mode!; nothing was published"


def test_a_dead_link_publishes_nothing_unless_it_is_allowed_or_was_there_before(desk: Desk) -> None:
    desk.type("build")
    (desk.path / "docs/index.md").write_text('# Status\n\n<a href="gone/">gone</a>\n')
    result = desk.type("build")
    assert "error: index.html: " in result.stderr
    assert "add --allow-dead-links" in refused(desk, "build")
    allowed = desk.type("build", "--allow-dead-links")
    assert allowed.exit_code == 0
    assert "warning: index.html: " in allowed.stderr
    desk.done(*NEW)
    again = desk.type("build")
    assert again.exit_code == 0, again.stderr
    assert "warning: index.html: " in again.stderr
    assert "add --allow-dead-links" in refused(desk, "build", "--strict")
    assert desk.type("build", "--strict", "--allow-dead-links").exit_code == 0


def test_the_sentence_of_a_draft_in_what_was_built_publishes_nothing(desk: Desk) -> None:
    desk.type("build")
    (desk.path / "incidents/2026-11-28-acquirer.md").write_text(DRAFT + UNPUBLISHED)
    hook = f"def on_post_page(html, **_):\n    return html.replace('</body>', '<p>{UNPUBLISHED}</p></body>')\n"
    (desk.path / "hook.py").write_text(hook)
    (desk.path / "mkdocs.yml").write_text(CONFIG + "hooks: [hook.py]\n")
    assert "draft" in desk.type("build").stderr
    assert "in what was built; nothing was published" in refused(desk, "build")


def test_another_plugin_that_fails_publishes_nothing(desk: Desk) -> None:
    desk.type("build")
    (desk.path / "hook.py").write_text("def on_env(env, **_):\n    raise RuntimeError('no disk')\n")
    (desk.path / "mkdocs.yml").write_text(CONFIG + "hooks: [hook.py]\n")
    assert refused(desk, "build") == (
        "the build failed: RuntimeError: no disk; nothing was published. To see where it failed, add -v"
    )


def test_a_full_disk_publishes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("build")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("mkdocs.utils.write_file", full)
    assert "site is on a disk that is full; free some space, or keep fewer versions: --keep 1" in refused(desk, "build")


def test_a_configuration_that_is_wrong_is_a_sentence(desk: Desk) -> None:
    desk.type("build")
    (desk.path / "mkdocs.yml").write_text(CONFIG.replace("[incidents]", "[search]"))
    assert "does not use the plugin; add the line - incidents below plugins:" in refused(
        desk, "build", "-f", "mkdocs.yml"
    )
    (desk.path / "mkdocs.yml").write_text("site_name: [")
    assert "mkdocs.yml" in refused(desk, "build", "-f", "mkdocs.yml")
    assert refused(desk, "build", "-f", "other.yml", code=2) == (
        "there is no file other.yml; name the mkdocs.yml of your site"
    )


def test_the_folder_can_be_named_and_must_be_one_of_a_site(desk: Desk) -> None:
    (desk.path / "papers").mkdir()
    (desk.path / "papers/thesis.odt").write_text("years of work")
    result = desk.type("build", "--to", "papers")
    assert result.exit_code == 1
    assert "holds thesis.odt, which no build made; name another folder with --to" in result.stderr
    output = desk.type("build", "--to", "live/status").stdout
    assert "published live/status: version 1" in output
    assert not (desk.path / "site").exists()
    desk.done(*NEW)
    assert (
        "to take it back, type: incidents rollback --to live/status\n"
        in desk.type("build", "--to", "live/status").stdout
    )
    assert "incidents rollback N --to live/status\n" in desk.type("rollback", "--list", "--to", "live/status").stdout
    output = desk.type("rollback", "--to", "live/status").stdout
    assert "incidents rollback 2 --to live/status brings it back\n" in output


@pytest.mark.parametrize("name", [".", "docs/site", "incidents/site", "incidents"])
def test_what_the_site_is_made_of_is_never_replaced(desk: Desk, name: str) -> None:
    (desk.path / "404.html").write_text("")
    last = refused(desk, "build", "--to", name)
    assert "of which the site is made" in last
    assert not list(desk.path.rglob(".*.incidents"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_while_it_builds_it_tidies_up(desk: Desk, number: signal.Signals, request: pytest.FixtureRequest) -> None:
    inherited = signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    request.addfinalizer(
        lambda: signal.signal(number, inherited)
    )  # whoever runs the tests may ignore it, as nohup does
    desk.type("build")
    (desk.path / "ending.py").write_text(
        f"import os\n\ndef on_env(env, **_):\n    os.kill(os.getpid(), {int(number)})\n"
    )
    (desk.path / "mkdocs.yml").write_text(f"{CONFIG}hooks: [ending.py]\n")
    assert refused(desk, "build") == (
        "interrupted; the live folder is whole, as before or new: to see which version is live, type: "
        "incidents rollback --list"
    )


def test_a_full_disk_while_compressing_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    desk.type("build")
    monkeypatch.setattr(build_module, "compress", fail)
    assert "site is on a disk that is full; free some space" in refused(desk, "build", "--compress", "gz")


def test_without_a_version_there_is_nothing_to_roll_back(desk: Desk) -> None:
    assert refused(desk, "rollback") == (
        f"no version of {desk.path / 'site'} is kept; incidents build keeps them; nothing was published"
    )


def test_without_the_theme_and_the_plugins_of_a_site_its_version_is_taken_back(desk: Desk) -> None:
    (desk.path / "mkdocs.yml").write_text(f"{CONFIG}site_dir: live\n")
    desk.type("build")
    desk.done(*NEW)
    desk.type("build")
    (desk.path / "mkdocs.yml").write_text("site_name: x\nsite_dir: live\ntheme: absent\nplugins: [absent, incidents]\n")
    assert "published live: version 1 of" in desk.type("rollback").stdout
    assert banner(desk.path / "live") == "none"


def test_while_another_process_publishes_a_build_may_refuse(desk: Desk) -> None:
    desk.type("build")
    with lock(Store(desk.path / "site"), at("2026-11-28 13:28"), wait=False, waiting=print):
        assert f"process {os.getpid()}, which began 2 min ago; type the command again" in refused(
            desk, "build", "--no-wait"
        )


def test_a_plain_build_of_mkdocs_in_between_is_kept_as_a_version(desk: Desk) -> None:
    desk.type("build")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )
    (desk.path / "site/by-mkdocs.txt").touch()
    desk.type("build")
    assert not (desk.path / "site/by-mkdocs.txt").exists()
    assert desk.type("rollback").exit_code == 0
    assert (desk.path / "site/by-mkdocs.txt").exists()
    shutil.rmtree(desk.path / "site")
    assert desk.type("build").exit_code == 0
