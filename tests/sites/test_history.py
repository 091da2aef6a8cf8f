"""What a site says of edits and corrections, and that git decides no address."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.repositories import Repository
from tests.sites.building import Site, front, update_at

if TYPE_CHECKING:
    from tests.sites.building import Built

NAME = "incidents/2026-05-04-web.md"
PAGE = "incidents/2026-05-04-web/index.html"


@pytest.fixture
def repository(site: Site) -> Repository:
    repository = Repository(site.folder)
    site.configured()
    repository.commit("2026-05-04 11:05", {NAME: front(), ".gitignore": "site\n"})
    return repository


def record(built: Built) -> str:
    page = built.text(PAGE)
    return page[page.index('id="record"') :].split("</p>", 1)[0]


def test_a_page_counts_the_edits_of_what_was_public(site: Site, repository: Repository) -> None:
    assert "Not edited since." in record(site.build())
    repository.commit("2026-05-05 10:00", {NAME: front().replace("\n", "\r\n")})
    repository.commit("2026-05-06 10:00", {NAME: front("## Summary\n\nA cable broke.")})
    assert "Not edited since." in record(site.build())
    repository.commit("2026-05-07 10:00", {NAME: front("## Summary\n\nA switch broke.")})
    assert "Edited once since, on 7 May 2026." in record(site.build())


def test_a_corrected_time_is_a_warning_of_the_build_and_git_decides_no_address(
    site: Site, repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moved = front().replace("2026-05-04 11:00", "2026-05-04 11:02")
    repository.commit("2026-05-05 10:00", {NAME: moved})
    built = site.build()
    (warning,) = [message for message in built.warnings if "its address was" in message]
    assert warning.endswith("(write id: update-20260504-1100)")
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    repository.git("clone", "--quiet", "--depth", "1", site.folder.as_uri(), str(shallow))
    others = [Site(shallow), without_git(site, tmp_path_factory)]
    for other in others:
        clone = other.build()
        assert not clone.warnings
        assert "dited" not in record(clone)
        for path in ("feed.xml", "feed.json", "api/v2/incidents.json"):
            assert ids(clone.text(path)) == ids(built.text(path)) != []


def without_git(site: Site, folders: pytest.TempPathFactory) -> Site:
    copy = folders.mktemp("plain") / "copy"
    shutil.copytree(site.folder, copy, ignore=shutil.ignore_patterns(".git", "site"))
    return Site(copy)


def ids(text: str) -> list[str]:
    return re.findall(r'"id":"[^"]*"|<guid[^>]*>[^<]*', text)


def test_a_correction_is_shown_beside_the_update(site: Site) -> None:
    site.write(NAME, front(updates=[
        update_at("2026-05-04 10:05", "investigating", "We look into it.", corrected="2026-05-04 10:20"),
        update_at("2026-05-04 11:00", "resolved", "It works again.", corrected="2026-05-06 09:00"),
    ]))  # fmt: skip
    built = site.build()
    text = built.text(PAGE)
    assert "Corrected" in text
    stamps = [stamp.split("</p>", 1)[0] for stamp in text.split('<p class="stamp">')[1:]]
    assert [stamp.count("Corrected") for stamp in stamps] == [1, 1]
    assert "Wednesday 6 May 2026, 09:00 UTC" in stamps[0]
    assert "10:20 UTC" in stamps[1]
    assert "2026, 10:20" not in stamps[1]
    assert "(Corrected 10:20 UTC)" in built.text("incidents/2026-05-04-web.md")
    (closing, first) = json.loads(built.text("incidents/2026-05-04-web.json"))["updates"][::-1]
    assert (first["corrected_at"], first["updated_at"]) == ("2026-05-04T10:20:00Z", "2026-05-04T10:20:00Z")
    assert closing["corrected_at"] == "2026-05-06T09:00:00Z"
