"""Prints the lowest version of every dependency that pyproject.toml allows, one `name==version` a line.

`make lock` makes lowest.txt from it, the list with which `make lowest` runs the tests.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent

APART = {"materialx"}
"""Extras that cannot be installed beside the others: this theme is in the same Python package as Material."""


def lowest(dependency: str) -> str:
    """The dependency at the lowest version that it allows: `mkdocs>=1.6.1,<2` becomes `mkdocs==1.6.1`."""
    requirement = Requirement(dependency)
    (floor,) = (limit.version for limit in requirement.specifier if limit.operator == ">=")
    marker = f" ; {requirement.marker}" if requirement.marker else ""
    return f"{requirement.name}=={floor}{marker}"


def lowest_versions(project: dict[str, Any]) -> list[str]:
    """All dependencies of a `[project]` table at their lowest, those of its extras included."""
    extras = project["optional-dependencies"].items()
    listed = [*project["dependencies"], *(line for name, lines in extras if name not in APART for line in lines)]
    return sorted({lowest(dependency) for dependency in listed})


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    print("\n".join(lowest_versions(project)))
