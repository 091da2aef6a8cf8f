"""What a new site is made of is checked as soon as it is given."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.new_site import texts
from mkdocs_incidents.authoring.new_site.answers import (
    WrongAnswerError,
    components_by_id,
    site_address,
    site_name,
    time_zone,
)
from mkdocs_incidents.content.catalog_file import read_catalog
from mkdocs_incidents.content.source import Report, Source

DAY = date(2026, 11, 28)
AWKWARD = [
    'A: "b" # c',
    "It's #1",
    "- dash",
    "yes",
    "null",
    "1e3",
    "2026-01-01",
    "{a}",
    "* x",
    "👩‍💻 Desk 🔥",
    "C:\\x",
    "日本",
]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://status.example.com", "https://status.example.com/"),
        (" https://status.example.com/a/ ", "https://status.example.com/a/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
    ],
)
def test_an_address_ends_with_a_slash(typed: str, address: str) -> None:
    assert site_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("status.example.com", "type https://status.example.com/"),
        ("status.example.com/page", "type https://status.example.com/page/"),
        ("", "type the whole address, such as https://status.example.com/"),
        ("my page", "type the whole address, such as https://status.example.com/"),
        ("https://", "type the whole address, such as https://status.example.com/"),
        ("https://status", "type the whole address, such as https://status.example.com/"),
        ("https://a..b/", "type the whole address, such as https://status.example.com/"),
        ("https://status.example.com:99999/", "type the whole address, such as https://status.example.com/"),
        ("https://[::1/", "type the whole address, such as https://status.example.com/"),
        ("ftp://status.example.com/", "type the whole address, such as https://status.example.com/"),
        ("https://me:secret@status.example.com/?a=b#c", "type https://status.example.com/"),
        ("https://statüs.example.com/ä", "type https://xn--stats-nva.example.com/%C3%A4/"),
    ],
)
def test_a_wrong_address_is_refused_with_what_to_type(typed: str, hint: str) -> None:
    with pytest.raises(WrongAnswerError) as refused:
        site_address(typed)
    assert str(refused.value).endswith(hint)


@pytest.mark.parametrize("typed", ["https://status.example.com", "statüs.example.com/a", "https://ä.example/b?c"])
def test_what_is_proposed_for_a_wrong_address_is_accepted_in_the_end(typed: str) -> None:
    for _ in range(3):
        try:
            typed = site_address(typed)
        except WrongAnswerError as error:
            typed = str(error).rpartition("type ")[2]
    assert site_address(typed) == typed


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("Africa/Lagoss", "type Africa/Lagos"), ("lagos", "type Africa/Lagos"), ("CET", "Europe/Paris")],
)
def test_an_unknown_zone_is_refused_with_the_nearest(typed: str, hint: str) -> None:
    with pytest.raises(WrongAnswerError, match=hint):
        time_zone(typed)


@pytest.mark.parametrize(
    "typed", ["", "  ", "two\nlines", "bell\a", "x" * 101, "turned\u202eround", "\u200bhidden", "\uffffx"]
)
def test_a_name_is_one_visible_line(typed: str) -> None:
    with pytest.raises(WrongAnswerError):
        site_name(typed)


def test_ids_of_components_come_from_their_names() -> None:
    names = ["Card payments", "Sign-in", "Café & Co.", "日本語", "C#", "C++", "🔥", "Index", "api.json"]
    ids = ["card-payments", "sign-in", "café-co", "日本語", "c", "c-2", "component", "component-index", "api"]
    assert list(components_by_id(names)) == ids


@pytest.mark.parametrize("names", [["API", "API"], ["API", "api"], ["Sign-in", " sign-in "], ["\uff21", "A"]])
def test_components_that_readers_cannot_tell_apart_are_refused(names: list[str]) -> None:
    with pytest.raises(WrongAnswerError, match="name each component once"):
        components_by_id(names)


def test_a_site_has_at_least_one_component() -> None:
    with pytest.raises(WrongAnswerError, match="name at least one"):
        components_by_id([])


def _catalog_problems(names: list[str]) -> list[str]:
    components = components_by_id(names)
    file = texts.catalog("components.yml", timezone=ZoneInfo("Africa/Lagos"), components=components, since=DAY)
    report = Report(path=file.path)
    found = read_catalog(Source(path=file.path, text=file.text), report, example=DAY)
    read = {component.id: component.name for component in found.catalog.components.values()} if found.catalog else {}
    return [problem.message for problem in report.problems] + ([] if read == components else [f"read: {read}"])


def test_awkward_names_give_a_catalogue_without_problems() -> None:
    assert _catalog_problems(AWKWARD) == []


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4))
def test_whatever_is_accepted_gives_a_catalogue_without_problems(names: list[str]) -> None:
    try:
        components_by_id(names)
    except WrongAnswerError:
        return
    assert _catalog_problems(names) == []


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_give_settings_that_have_them(name: str) -> None:
    settings = yaml.safe_load(
        texts.configuration("mkdocs.yml", theme="material", name=name, url="https://status.example.com/").text
    )
    assert settings["site_name"] == name
    assert settings["site_url"] == "https://status.example.com/"
