"""A new site requires the plugin from where pip got it here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents import __version__
from mkdocs_incidents.authoring.new_site import requirement as module
from mkdocs_incidents.authoring.new_site.requirement import requirement
from mkdocs_incidents.authoring.new_site.texts import how_to_add_extras, names_the_plugin

if TYPE_CHECKING:
    from pathlib import Path

WHEEL = f"packages/mkdocs_incidents-{__version__}-py3-none-any.whl"


@pytest.fixture(autouse=True)
def installed_from(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    origin: dict[str, Any] | None = getattr(request, "param", None)
    monkeypatch.setattr(module, "_direct_url", lambda: json.dumps(origin) if origin else None)


def test_what_came_from_an_index_is_required_by_its_name(tmp_path: Path) -> None:
    assert requirement(["material"]).line == f"mkdocs-incidents[material]~={__version__}"
    assert requirement(["material"]).command(tmp_path) == ""


FROM_FOLDER = {"url": "file:///home/a%20b/mkdocs-incidents", "dir_info": {"editable": True}}
FROM_WHEEL = {"url": "file:///home/a%20b/mkdocs_incidents.whl", "archive_info": {}}
FROM_ADDRESS = {"url": "https://x.example/mkdocs_incidents-1-py3-none-any.whl", "archive_info": {}}
FROM_GIT = {"url": "https://x.example/mkdocs-incidents", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}


@pytest.mark.parametrize("installed_from", [FROM_FOLDER, FROM_WHEEL], indirect=True, ids=["folder", "wheel"])
def test_what_came_from_this_machine_goes_along_as_a_wheel(tmp_path: Path) -> None:
    found = requirement(["material", "properdocs"])
    assert found.line == f"./{WHEEL}[material,properdocs]"
    assert found.command(tmp_path).startswith("pip wheel --no-deps --wheel-dir packages '/home/a b/mkdocs")
    (tmp_path / "packages").mkdir()
    (tmp_path / WHEEL).touch()
    assert found.command(tmp_path) == "", "it is there already"


@pytest.mark.parametrize(
    ("installed_from", "line"),
    [
        (FROM_ADDRESS, "mkdocs-incidents[material] @ https://x.example/mkdocs_incidents-1-py3-none-any.whl"),
        (FROM_GIT, "mkdocs-incidents[material] @ git+https://x.example/mkdocs-incidents@c0ffee"),
    ],
    indirect=["installed_from"],
)
def test_what_came_from_an_address_is_required_from_there(tmp_path: Path, line: str) -> None:
    assert requirement(["material"]).line == line
    assert requirement(["material"]).command(tmp_path) == ""


@pytest.mark.parametrize(
    ("installed_from", "command"),
    [
        (None, f"pip install 'mkdocs-incidents[material]~={__version__}'"),
        (FROM_FOLDER, "pip install '/home/a b/mkdocs-incidents[material]'"),
        (FROM_GIT, "pip install 'mkdocs-incidents[material] @ git+https://x.example/mkdocs-incidents@c0ffee'"),
    ],
    indirect=["installed_from"],
)
def test_a_missing_theme_is_installed_with_the_plugin_from_where_that_came(command: str) -> None:
    assert requirement(["material"]).install_command == command


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("mkdocs\nmkdocs-incidents~=1.0\n", True),
        (f"./{WHEEL}\n", True),
        ("mkdocs-incidents @ git+https://x.example/y\n", True),
        ("mkdocs-incidents[material]~=1.0\n", True),
        (f"./{WHEEL}[materialx]\n", True),
        ("git+https://x.example/mkdocs-incidents\n", True),
        ("mkdocs-material\n# mkdocs-incidents\n#./packages/mkdocs_incidents.whl", False),
    ],
)
def test_a_list_of_packages_that_has_the_plugin_is_known(text: str, *, named: bool) -> None:
    assert names_the_plugin(text) is named


@pytest.mark.parametrize(
    ("text", "needed", "advice"),
    [
        (f"./{WHEEL}[material]\n", ["material"], ""),
        (
            f"mkdocs\n./{WHEEL}[material]\n",
            ["material", "properdocs"],
            "lacks properdocs: write [material,properdocs] in the place of [material]",
        ),
        (
            "mkdocs-incidents[material, brotli]~=1.0\n",
            ["materialx"],
            "lacks materialx: write [materialx,brotli] in the place of [material, brotli]",
        ),
        ("mkdocs-incidents~=1.0\nother[a]\n", ["material"], "lacks material: write [material] behind the plugin"),
        ("mkdocs-material[imaging]==9.6\nmkdocs-incidents\n", ["material"], ""),
        (
            "mkdocs-material-extensions\nmkdocs-incidents\n",
            ["material"],
            "lacks material: write [material] behind the plugin",
        ),
        ("properdocs>=1.6\nmkdocs-incidents[material]\n", ["material", "properdocs"], ""),
        ("-r theme.txt\nmkdocs-incidents\n", ["material"], ""),
        ("mkdocs-incidents[material]\n", [], ""),
    ],
)
def test_extras_that_a_list_of_packages_lacks_are_said(text: str, needed: list[str], advice: str) -> None:
    assert how_to_add_extras(text, needed) == advice


def test_a_site_whose_theme_another_package_brings_needs_no_extra() -> None:
    assert requirement([]).line == f"mkdocs-incidents~={__version__}"
