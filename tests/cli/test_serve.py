"""`incidents serve` finds out before the build whether the site can be served at all."""

from __future__ import annotations

import importlib
import re
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.authoring.new_site import requirement
from mkdocs_incidents.cli import incidents
from mkdocs_incidents.cli.site import theme_hint
from mkdocs_incidents.plugin import themes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONFIG = "site_name: x\nplugins: [incidents]\n"
serve_module = importlib.import_module("mkdocs_incidents.cli.serve")


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments with which MkDocs was started; none where it was not."""
    found: list[str] = []
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serve_module, "_run_host", lambda arguments, _file: found.extend(arguments))
    return found


def serve(*arguments: str) -> Result:
    return CliRunner().invoke(incidents, ["serve", *arguments])


def test_an_address_that_is_taken_is_refused_with_one_that_is_free(tmp_path: Path, started: list[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        (tmp_path / "mkdocs.yml").write_text(f"{CONFIG}dev_addr: {taken}\n", "utf-8")
        refused = serve()
        offered = re.search(r"is in use; .* type it with (--dev-addr) (127\.0\.0\.1:\d+)", refused.stderr)
        assert refused.exit_code == 1
        assert taken in refused.stderr
        assert not started
        assert offered
        assert serve(*offered.groups()).exit_code == 0
    assert started[-1] == offered[2]


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1", "somewhere:80", "[::1]:x"])
def test_what_is_no_address_is_refused_as_such(started: list[str], address: str) -> None:
    refused = serve("--dev-addr", address)
    assert refused.exit_code == 2
    assert f"'{address}' is no address to serve the site at; write one such as --dev-addr 127" in refused.stderr
    assert not started


def test_an_address_of_another_machine_is_refused(started: list[str]) -> None:
    assert "nothing can be served at 192.0.2.1:8000: " in serve("--dev-addr", "192.0.2.1:8000").stderr
    assert not started


@pytest.mark.parametrize(
    ("stated", "installed", "hint"),
    [
        ("material", ["material"], ""),
        ("mkdocs", ["materialx"], ""),
        ("materialx", ["material", "materialx"], ""),
        ("materialx", [], "the theme materialx is not installed; type: pip install 'mkdocs-incidents[materialx]~="),
        ("mkdocs", [], "the theme material is not installed; type: pip install 'mkdocs-incidents[material]~="),
        (
            "materialx",
            ["material"],
            "type: pip uninstall --yes mkdocs-material && pip install 'mkdocs-incidents[materialx]",
        ),
    ],
)
def test_the_theme_that_the_configuration_names_is_the_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stated: str, installed: Sequence[str], hint: str
) -> None:
    monkeypatch.setattr(requirement, "_direct_url", lambda: None)
    monkeypatch.setattr(themes, "installed_themes", lambda: tuple(installed))
    config = tmp_path / "mkdocs.yml"
    for theme in (stated, f"{{name: {stated}}}"):
        config.write_text(f"{CONFIG}theme: {theme}\n", "utf-8")
        found = theme_hint(config)
        assert hint in found if hint else not found
    config.write_text("site_name: [", "utf-8")
    assert not theme_hint(config), "the file is to be mended first"


@pytest.mark.parametrize("command", ["serve", "build"])
def test_what_is_no_yaml_is_refused_with_what_can_be_done(started: list[str], tmp_path: Path, command: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [", "utf-8")
    refused = CliRunner().invoke(incidents, [command])
    assert refused.exit_code == 2
    assert refused.stderr.endswith("; correct it, then type the command again\n")
    assert not started
