"""Sites of which mike keeps each version: it builds them itself, and commits what was built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.makers import at
from tests.sites.building import ADDRESS, NOON, Site, front

if TYPE_CHECKING:
    from collections.abc import Mapping

_MIKE = "from mike.driver import main; main()"
_ADDRESS = re.compile(re.escape(ADDRESS.rstrip("/")) + r"(?:/([\w.]*))?")
_IDENTITY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Docs team", "EMAIL": "docs@example.org"}.items()
}


def versioned(folder: Path, options: Mapping[str, Any]) -> Site:
    """A site in a repository, with these options of mike."""
    site = Site(folder)
    site.settings["plugins"] = ["search", "incidents", {"mike": dict(options)}]
    site.settings["extra"] = {"version": {"provider": "mike", "default": "latest"}}
    site.write("docs/index.md", "# Status\n")
    site.write("incidents/2026-05-04-outage.md", front())
    site.write(".gitignore", "site/\n.cache/\n")
    site.configured()
    for command in (["git", "init", "--quiet"], ["git", "add", "."], ["git", "commit", "--quiet", "-m", "Site"]):
        run(folder, *command)
    return site


def run(folder: Path, *command: str) -> bytes:
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    clock = {"SOURCE_DATE_EPOCH": str(int(at(NOON).timestamp()))}
    environment = os.environ | _IDENTITY | clock | {"PATH": programs, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE).stdout


def deployed(site: Site, *versions: str) -> dict[str, bytes]:
    """What the site has online after these versions were deployed, the newest last, as `latest`."""
    for version in versions:
        run(site.folder, sys.executable, "-c", _MIKE, "deploy", "--update-aliases", version, "latest")
    with tarfile.open(fileobj=BytesIO(run(site.folder, "git", "archive", "gh-pages"))) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


def begins(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """What follows the address of the site in all absolute addresses, by kind of file."""
    found: dict[str, set[str]] = {}
    for path, content in files.items():
        if path.endswith((".html", ".xml", ".atom", ".json", ".ics", ".md", ".txt", ".csv")):
            # RFC 5545: a long line of a calendar goes on in the next one, after a blank.
            text = content.decode().replace("\r\n ", "")
            found.setdefault(path.rpartition(".")[2], set()).update(_ADDRESS.findall(text))
    return {kind: firsts for kind, firsts in found.items() if firsts}


def test_every_address_in_pages_feeds_calendars_and_the_api_has_the_version(tmp_path: Path) -> None:
    found = begins(deployed(versioned(tmp_path, {}), "1.0"))
    assert {"html", "xml", "atom", "json", "ics", "md", "txt"} <= found.keys()
    assert all(firsts == {"1.0"} for firsts in found.values()), found


def test_with_a_canonical_version_a_new_version_changes_nothing_that_readers_follow(tmp_path: Path) -> None:
    files = deployed(versioned(tmp_path, {"canonical_version": "latest"}), "1.0", "1.1")
    assert all(firsts == {"latest"} for firsts in begins(files).values())
    followed = [path for path in files if path.startswith("1.0/") and path.endswith((".xml", ".atom", ".json", ".ics"))]
    assert "1.0/feed.xml" in followed
    assert [path for path in followed if files[path] != files[path.replace("1.0", "1.1", 1)]] == []


def test_the_menu_leaves_the_room_beside_the_name_to_the_selector_of_versions(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert '<nav class="mi-nav mi-row"' in site.build().text("index.html")
    site.settings["extra"] = {"version": {"provider": "mike"}}
    assert '<nav class="mi-nav"' in site.build().text("index.html")
