"""What a command knows of its site: that which MkDocs would, however the configuration says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_incidents.cli.site import Site, find_site

ADDRESS = "https://status.harmattan.example/"
WHOLE = """\
site_name: Harmattan status
site_url: https://status.harmattan.example
use_directory_urls: false
theme: {name: material, language: fr}
plugins: [search, incidents: {incidents_dir: notices}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configured(text: str) -> Site:
    Path("mkdocs.yml").write_text(text)
    return find_site(Path())


def test_name_address_and_form_of_addresses_are_those_of_the_configuration() -> None:
    site = configured(WHOLE)
    assert (site.site_name, site.site_url, site.use_directory_urls) == ("Harmattan status", ADDRESS, False)
    assert (site.folder, site.language) == (Path("notices"), "fr")


def test_a_site_need_not_state_its_address() -> None:
    site = configured("site_name: Harmattan status\nplugins: [incidents]\n")
    assert (site.site_url, site.use_directory_urls, site.language) == (None, True, "en")


@pytest.mark.parametrize(
    "extra",
    [
        "extra: {emoji: !!python/name:no.such.name }\n",
        "extra: {pair: !!python/tuple [1, 2]}\n",
        "extra: {relative: !relative }\n",
        "extra: {key: !ENV [NO_SUCH_VARIABLE, 5]}\n",
        "extra: {day: 2026-04-06}\n",
    ],
)
def test_tags_change_nothing_of_what_stands_beside_them(extra: str) -> None:
    assert configured(WHOLE + extra) == configured(WHOLE)


def test_values_come_from_the_environment_where_the_configuration_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADDRESS", ADDRESS)
    assert configured("site_url: !ENV ADDRESS\nplugins: [incidents]\n").site_url == ADDRESS


def test_values_come_from_the_configuration_that_is_inherited(folder: Path) -> None:
    (folder / "base.yml").write_text(WHOLE)
    site = configured("INHERIT: base.yml\nsite_name: Harmattan status (staging)\n")
    assert (site.site_name, site.site_url, site.folder) == ("Harmattan status (staging)", ADDRESS, Path("notices"))
