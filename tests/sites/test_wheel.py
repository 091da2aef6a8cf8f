"""The package as others install it."""

from __future__ import annotations

import site as python_site
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.sites.building import tree
from tests.sites.conftest import ROOT
from tests.sites.test_layouts import TEN_LINES


def test_the_wheel_builds_a_site_of_ten_lines_in_a_fresh_environment(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    python = fresh_environment(tmp_path / "venv")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-compile", str(wheel)], check=True, capture_output=True)

    folder = tmp_path / "site"
    (folder / "docs").mkdir(parents=True)
    (folder / "incidents").mkdir()
    (folder / "mkdocs.yml").write_text(TEN_LINES, encoding="utf-8")
    (folder / "incidents" / "components.yml").write_text(
        "timezone: UTC\ncomponents: [{id: web, name: Web}]\n", encoding="utf-8"
    )
    where = "import mkdocs_incidents, sys; print(mkdocs_incidents.__file__)"
    installed = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True).stdout
    assert Path(installed).is_relative_to(tmp_path), "the repository itself was looked at"
    subprocess.run([python, "-m", "mkdocs", "build", "--strict"], cwd=folder, check=True, capture_output=True)
    assert {"index.html", "feed.xml", "assets/incidents/incidents.css"} <= tree(folder / "site").keys()


def fresh_environment(folder: Path) -> Path:
    """An environment that holds nothing; it sees the libraries of this one, but not its editable install."""
    venv.create(folder, symlinks=True)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=variables))
    (packages / "libraries.pth").write_text("\n".join(python_site.getsitepackages()), encoding="utf-8")
    return folder / "bin" / "python"
