"""The sites that are measured: generated, edited as in an outage, compared file by file."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

DATE = re.compile(r"\b\d{4}-\d\d-\d\d")
UPDATED_ON = re.compile(r"(?m)^ *- at: (\d{4}-\d\d-\d\d)")

EMPTY_SITE = """\
site_name: Example status
site_url: https://status.example.com/
theme: {name: material, font: false}
plugins: [search]
"""

HUGO_SITE = """\
baseURL: https://status.example.com/
title: Example status
contentDir: docs
disableKinds: [taxonomy, term, RSS, sitemap, robotsTXT]
"""
HUGO_LAYOUT = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><header><a href="/">Status</a></header><main><h1>{{ .Title }}</h1>
%s</main></body></html>
"""
HUGO_LAYOUTS = {
    "layouts/_default/single.html": HUGO_LAYOUT % "{{ .Content }}",
    "layouts/_default/list.html": HUGO_LAYOUT % "{{ range first 20 .Site.RegularPages }}<p>{{ .Title }}</p>{{ end }}",
}


class FileState(NamedTuple):
    """What tells whether a deployment would transfer a file again."""

    modified: int
    digest: bytes


def load_corpus(path: Path) -> ModuleType:
    """The generator of the sites, from any file with a `write_site(kind, count, folder)`."""
    spec = importlib.util.spec_from_file_location("corpus", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_incidents(corpus: ModuleType, count: int, folder: Path) -> None:
    """A site of incidents, the last update of which is of yesterday.

    The corpus ends at a fixed day. An incident that is open since then would be part of every month up to now, and
    the pages of recent days would be empty: all dates in front matter and file names are moved by the same number of
    days.
    """
    corpus.write_site("ours", count, folder)
    texts = {path: path.read_text(encoding="utf-8") for path in (folder / "incidents").glob("*.md")}
    newest = max(found for text in texts.values() for found in UPDATED_ON.findall(text))
    moved = datetime.now(tz=UTC).date() - timedelta(days=1) - date.fromisoformat(newest)

    def later(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + moved).isoformat()

    for path, text in texts.items():
        front_matter, body = text.split("\n---\n", 1)
        path.unlink()
        target = path.with_name(DATE.sub(later, path.name))
        target.write_text(f"{DATE.sub(later, front_matter)}\n---\n{body}", encoding="utf-8")


def write_empty_site(folder: Path) -> None:
    """Material with search and one page."""
    write_files(folder, {"mkdocs.yml": EMPTY_SITE, "docs/index.md": "# Status\n"})


def write_hugo_site(corpus: ModuleType, count: int, folder: Path) -> None:
    """The plain pages of the corpus under a layout of a dozen lines: a speed reference, not an equal product."""
    corpus.write_site("pages", count, folder)
    (folder / "mkdocs.yml").unlink()
    (folder / "docs/index.md").unlink()  # it would make one page of the whole folder
    write_files(folder, {"config.yml": HUGO_SITE} | HUGO_LAYOUTS)


def open_incidents(folder: Path) -> list[Path]:
    """The files of incidents that are not resolved, newest first."""
    found = []
    for path in sorted((folder / "incidents").glob("*.md"), reverse=True):
        front_matter = path.read_text(encoding="utf-8").split("\n---\n", 1)[0]
        if "\nstarted:" in front_matter and "\nresolved:" not in front_matter:
            found.append(path)
    if not found:
        sys.exit(f"No incident is open in {folder}: take another number of incidents.")
    return found


def append_update(path: Path, number: int) -> str:
    """Publish a further update in an incident file, with the time of the clock. Returns its text."""
    front_matter, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    message = f"Step {number} of the recovery is complete. Requests succeed again in most regions."
    now = datetime.now(tz=UTC)
    status = ("identified", "monitoring")[number % 2]
    update = f"\n  - at: {now:%Y-%m-%dT%H:%M:%SZ}\n    status: {status}\n    message: {json.dumps(message)}"
    path.write_text(f"{front_matter}{update}\n---\n{body}", encoding="utf-8")
    return message


def checked_out(site: Path, target: Path) -> None:
    """Copy the sources of a site as a checkout does: each file gets the time of the copy."""
    for part in ("docs", "incidents"):
        shutil.copytree(site / part, target / part, copy_function=shutil.copyfile)
    shutil.copyfile(site / "mkdocs.yml", target / "mkdocs.yml")


def restore_cache(site: Path, target: Path) -> None:
    """Copy the cache of a site as a workflow restores it: files keep their times."""
    subprocess.run(["/bin/cp", "-Rp", str(site / ".cache"), str(target / ".cache")], check=True)


def file_states(folder: Path) -> dict[str, FileState]:
    """The bytes and times of all files below a folder."""
    return {
        str(path.relative_to(folder)): FileState(path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).digest())
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed_files(before: Mapping[str, FileState], after: Mapping[str, FileState]) -> tuple[list[str], list[str]]:
    """The files that were added, removed or have other bytes; and those that only have another time."""
    differing = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    only_time = [
        name for name in differing if name in before and name in after and before[name].digest == after[name].digest
    ]
    return sorted({*differing} - {*only_time}), only_time
