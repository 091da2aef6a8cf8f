"""The same files make the same site, byte by byte; and what is over stays as it is."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.makers import at
from tests.repositories import Repository
from tests.sites.building import NOON, Built, Refused, Site, front, update_at
from tests.sites.test_layouts import rich

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "2026-04-02-a.md": front("## Root cause\n\nA.", title="A", started="2026-04-02 10:00", updates=[
        update_at("2026-04-02 10:05", "investigating"), update_at("2026-04-02 11:00", "resolved"),
    ], postmortem={"published": "2026-04-05"}),
    "2026-05-04-b.md": front("Text.", title="B"),
    "2026-05-04-c.md": front(title="C", components={"api": "partial_outage", "web": "degraded_performance"}),
    "2026-05-20-d.md": front(title="D", started=None, updates=None, components=["api"], scheduled={
        "from": "2026-05-20 10:00", "until": "2026-05-20 12:00",
    }),
    "2026-05-25-e.md": front(title="E", started="2026-05-25 10:00", impact="none", components=None, updates=[
        update_at("2026-05-25 10:00", "identified"),
    ]),
}  # fmt: skip
GIT_SETTINGS = """\
[color]
    ui = always
[log]
    date = relative
    decorate = full
    showSignature = true
[diff]
    noprefix = true
    renames = false
[i18n]
    logOutputEncoding = ISO-8859-1
"""
PATIENCE = 60
"""In seconds."""
PAGES = [f"incidents/{name.removesuffix('.md')}/index.html" for name in FILES]


def with_files(folder: Path, where: dict[str, str]) -> Site:
    site = Site(folder)
    for name, text in where.items():
        site.write(f"incidents/{name}", text)
    return site


def same(first: Built, second: Built) -> None:
    assert first.files.keys() == second.files.keys()
    assert [path for path in first.files if first.files[path] != second.files[path]] == []


@pytest.fixture(scope="session")
def june(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return with_files(tmp_path_factory.mktemp("june"), FILES).build("2026-06-15 12:00")


def test_two_builds_of_one_instant_are_the_same(tmp_path: Path) -> None:
    site = rich(with_files(tmp_path, FILES))
    same(site.build(into="one"), site.build(into="two"))


def test_no_surroundings_of_a_build_matter(tmp_path: Path) -> None:
    """Folder, zone, locale, hash seed, umask, current directory, git's settings; MkDocs' command or our own."""
    folder, elsewhere, home = tmp_path / "site", tmp_path / "wörld" / "of others", tmp_path / "home"
    repository = Repository(folder)
    site = rich(with_files(folder, FILES))
    site.settings["theme"]["language"] = "de"
    site.configured()
    repository.commit("2026-05-25 10:10")
    repository.commit("2026-05-26 09:00", {"incidents/2026-05-04-b.md": FILES["2026-05-04-b.md"].replace("B", "Ü")})
    elsewhere.parent.mkdir()
    repository.git("clone", "--quiet", str(folder), str(elsewhere))
    home.mkdir()
    (home / ".gitconfig").write_text(GIT_SETTINGS)
    one = start(
        ["mkdocs", "build", "--quiet", "--strict", "-f", str(folder / "mkdocs.yml"), "-d", str(tmp_path / "one")],
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "1"},
        where=folder,
    )
    two = start(
        ["mkdocs_incidents.cli", "build", "-f", str(elsewhere / "mkdocs.yml"), "--to", str(tmp_path / "two")],
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "2", "HOME": str(home)},
        where=home,
        umask=0o077,
    )
    for build in (one, two):
        output, _ = build.communicate(timeout=PATIENCE)
        assert build.returncode == 0, output
    first, second = Built(tmp_path / "one"), Built(tmp_path / "two")
    assert "Edited once since" in first.text("incidents/2026-05-04-b/index.html")  # by the history of git
    same(first, second)


def start(arguments: list[str], settings: dict[str, str], *, where: Path, umask: int = 0o022) -> subprocess.Popen[str]:
    """A module of Python that was started at one instant, in an environment with these settings."""
    epoch = str(int(at(NOON).timestamp()))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=where, env=inherited | {"SOURCE_DATE_EPOCH": epoch} | settings,
        umask=umask, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_neither_the_order_nor_the_folders_of_files_matter(tmp_path: Path, june: Built) -> None:
    backwards = dict(reversed(list(FILES.items())))
    moved = {f"{number % 3}/of/{name}": text for number, (name, text) in enumerate(backwards.items())}
    same(with_files(tmp_path, moved).build("2026-06-15 12:00"), june)


def test_nothing_is_kept_from_one_build_to_the_next(tmp_path: Path, june: Built) -> None:
    """As `mkdocs serve` builds: with one and the same plugin, and mistakes in between."""
    site = with_files(tmp_path, FILES | {"2026-05-30-x.md": front(title="Deleted later")})
    site.write("docs/index.md", "# Status\n\nDeleted later\n")
    assert "Deleted later" in site.build("2026-06-14 12:00").text("index.html")
    site.write("incidents/2026-05-30-x.md", "---\ntitle: [\n---\n")
    with pytest.raises(Refused):
        site.build("2026-06-14 12:00")
    (tmp_path / "incidents" / "2026-05-30-x.md").unlink()
    (tmp_path / "docs" / "index.md").unlink()
    same(site.build("2026-06-15 12:00"), june)


def test_what_is_over_keeps_its_bytes_when_time_goes_by(tmp_path: Path) -> None:
    """Once nobody follows it by feeds of its own any more, which are kept for 90 days."""
    site = with_files(tmp_path, FILES)
    september, later = site.build("2026-09-01 07:30"), site.build("2026-11-01 07:30", into="later")
    assert later.files["index.html"] != september.files["index.html"]
    for path in [*PAGES, "history/2026/04/index.html", "history/2026/05/index.html", "feed.xml"]:
        assert later.files[path] == september.files[path], path


def test_what_is_over_keeps_its_bytes_from_day_to_day(tmp_path: Path, june: Built) -> None:
    later = with_files(tmp_path, FILES).build("2026-06-18 07:30")
    for path in [*PAGES, "history/2026/04/index.html", "history/2026/05/index.html", "feed.xml"]:
        assert later.files[path] == june.files[path], path


def test_what_is_over_keeps_its_bytes_when_something_else_happens(tmp_path: Path, june: Built) -> None:
    new = {"2026-06-10-new.md": front(title="New", started="2026-06-10 10:00", updates=[
        update_at("2026-06-10 10:05", "investigating"), update_at("2026-06-10 11:00", "resolved"),
    ])}  # fmt: skip
    site = with_files(tmp_path, FILES | new)
    site.write(
        "incidents/components.yml",
        (tmp_path / "incidents" / "components.yml").read_text() + "  - {id: cdn, name: CDN}\n",
    )
    later = site.build("2026-06-15 12:00")
    *before, last = PAGES
    for path in [*before, "history/2026/04/index.html"]:
        assert later.files[path] == june.files[path], path
    without_neighbour = re.sub(r' <a href="[^"]*" rel="next">.*?</a>', " ", later.text(last))
    assert without_neighbour == june.text(last)


def test_an_open_incident_says_as_of_when(tmp_path: Path) -> None:
    site = with_files(tmp_path, {"x.md": front(updates=[update_at("2026-05-04 10:05", "investigating")])})
    page = site.build("2026-06-15 12:00").page("incidents/x/index.html")
    assert "2026-06-15T12:00" in [element.attributes["datetime"][:16] for element in page.all("time")]


def test_a_compressed_file_holds_no_clock(june: Built) -> None:
    assert gzip.decompress(june.files["sitemap.xml.gz"]) == june.files["sitemap.xml"]
