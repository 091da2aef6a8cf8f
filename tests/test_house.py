"""What the house around the code promises: CONTRIBUTING.md, README.md and pyproject.toml, kept."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

from requirements.lowest import lowest_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_incidents"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MADE = {".git", "site", "site-demo", "build", "dist", "node_modules", "__pycache__"}
"""Folders that are made, not written."""

NEEDED_WITHOUT_IMPORT = {"mkdocs-material", "mkdocs-materialx", "properdocs", "tzdata"}
"""Themes have templates, tzdata has zones, and ProperDocs runs the plugin; none of them is imported."""

COMES_ALONG = {"pydantic-core"}
"""Of one piece with a package that is declared, which pins its exact version."""


def modules(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def written_files() -> Iterator[Path]:
    """Every file that people keep in the repository."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in MADE and not re.match(r"\.(venv|cache|\w+_cache|hyp)", name)
        ]
        yield from (Path(folder) / name for name in names if name != ".git")


def imported_by(module: Path) -> set[str]:
    """Top-level names of everything a module imports from outside the package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module)
    return {name.partition(".")[0] for name in found} - {"mkdocs_incidents"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def makefile_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))


def test_the_model_needs_the_standard_library_only() -> None:
    assert {name for module in modules(PACKAGE / "model") for name in imported_by(module)} <= sys.stdlib_module_names


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    owners = packages_distributions()
    third_party = {name for module in modules(PACKAGE) for name in imported_by(module)} - sys.stdlib_module_names
    imported = {normal(owners.get(name, [name])[0]) for name in third_party}
    lists = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    declared = {normal(re.split(r"[^\w.-]", line)[0]) for line in chain.from_iterable(lists)}
    assert imported - COMES_ALONG <= declared, "imported, but not in pyproject.toml"
    assert declared - imported <= NEEDED_WITHOUT_IMPORT, "in pyproject.toml, but never imported"


def test_every_layer_is_under_every_contract_but_those_it_may_break() -> None:
    free = {
        "A build never guesses": {"authoring", "cli"},
        "Hosts and terminals live at the edges": {"plugin", "cli"},
        "HTML is made of templates and Markdown in render and above": {"plugin", "cli", "render"},
        "Files are read in content only": {"content", "authoring.advice"},
        "Calendars are written in emit only, and verified in publish": {"emit", "publish"},
    }
    layers = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    contracts = [
        contract for contract in PROJECT["tool"]["importlinter"]["contracts"] if contract["type"] == "forbidden"
    ]
    assert {contract["name"] for contract in contracts} == set(free)
    for contract in contracts:
        watched = {name.removeprefix("mkdocs_incidents.") for name in contract["source_modules"]}
        within = {name for name in free[contract["name"]] if "." in name}
        whole = {name.partition(".")[0] for name in within}
        parts = {f"{name}.{path.parent.name}" for name in whole for path in (PACKAGE / name).glob("*/__init__.py")}
        assert watched == (layers - whole | parts) - free[contract["name"]], contract["name"]


@pytest.mark.parametrize("name", ["dev.txt", "lowest.txt"])
def test_every_pinned_package_is_known_by_hashes_and_by_no_address(name: str) -> None:
    pinned = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in pinned
    assert not re.search(r"^-", pinned, flags=re.MULTILINE), "an option of some machine's pip"
    packages = re.split(r"\n(?=[a-z])", re.sub(r"^ *#.*\n", "", pinned, flags=re.MULTILINE).strip())
    assert len(packages) > len(PROJECT["project"]["dependencies"])
    for package in packages:
        assert re.match(r"[\w.-]+==[\w.]+( ; .*)? \\\n    --hash=sha256:[0-9a-f]{64}", package), package


def test_the_pinned_list_holds_every_dependency() -> None:
    pinned = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    names = {normal(name) for name in re.findall(r"^([\w.-]+)==", pinned, flags=re.MULTILINE)}
    wanted = [line for line in PROJECT["project"]["dependencies"] if ";" not in line]
    for name in ("dev.in", "tests.in"):
        wanted += re.findall(r"^\w[\w.-]*", (ROOT / "requirements" / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert {normal(re.split(r"[^\w.-]", line)[0]) for line in wanted} <= names


def test_the_lowest_versions_that_are_allowed_are_those_that_are_tested() -> None:
    pinned = (ROOT / "requirements" / "lowest.txt").read_text(encoding="utf-8")
    tested = {normal(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", pinned, flags=re.MULTILINE)}
    allowed = [Requirement(line) for line in lowest_versions(PROJECT["project"])]
    differing = [
        f"{lowest} is allowed, {tested.get(normal(lowest.name))} is tested"
        for lowest in allowed
        if not lowest.marker and not lowest.specifier.contains(tested.get(normal(lowest.name), "0"))
    ]
    assert differing == [], "type 'make lock-lowest', then 'make lowest'"


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    places = {f"{place}/".encode() for place in (ROOT, Path.home()) if place != Path("/")}
    assert [str(path) for path in written_files() if any(place in path.read_bytes() for place in places)] == []


def test_every_make_command_that_is_written_down_exists() -> None:
    pages = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / ".github").rglob("*.yml"),
        ROOT / ".ci" / "run",
    ]
    targets = makefile_targets()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"(?:`|\$ |run: |^)make ([a-z-]+)", text, flags=re.MULTILINE)
        assert set(named) <= targets, page.name


def test_help_lists_the_two_commands_of_the_readme() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert re.search(r"^  site +\S", listed, flags=re.MULTILINE)
    assert re.search(r"^  test +\S", listed, flags=re.MULTILINE)


def test_the_changelog_has_room_for_the_next_change() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_runs_on_every_python_that_is_promised() -> None:
    promised = {
        line.rpartition(" ")[2]
        for line in PROJECT["project"]["classifiers"]
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", line)
    }
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    matrix = re.search(r"python: \[(.*)\]", workflow)
    assert matrix
    assert set(re.findall(r"[\d.]+", matrix[1])) == promised


def test_the_wheel_carries_everything_the_package_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path.relative_to(PACKAGE.parent).as_posix() for path in files} <= packed
