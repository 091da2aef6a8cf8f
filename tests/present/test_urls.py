"""Addresses of a site, and of the same site in a second language."""

from __future__ import annotations

from datetime import date

from mkdocs_incidents.present.urls import Urls
from tests.makers import incident

NOTICE = incident("2026-04-06 14:30", id="outage")
FRENCH = Urls(site_url="https://status.example.com/", language="fr")


def test_pages_of_another_language_lie_below_its_prefix() -> None:
    assert FRENCH.notice(NOTICE) == "fr/incidents/outage/"
    assert FRENCH.day(date(2026, 4, 6)) == "fr/history/2026/04/#day-2026-04-06"
    assert FRENCH.absolute(FRENCH.status) == "https://status.example.com/fr/"


def test_without_folders_for_pages_they_do_so_too() -> None:
    urls = Urls(site_url="https://status.example.com/", directory_urls=False, language="fr")
    assert urls.status == "fr/index.html"
    assert urls.absolute(urls.status) == "https://status.example.com/fr/index.html"


def test_ids_are_the_same_in_all_languages() -> None:
    first = Urls(site_url="https://status.example.com/")
    assert FRENCH.permanent.notice(NOTICE) == first.notice(NOTICE) == "incidents/outage/"


def test_ids_stay_those_of_the_first_publication_when_a_notice_is_renamed() -> None:
    renamed = incident("2026-04-06 14:30", id="card-payments", aliases=("outage", "cards"))
    assert FRENCH.permanent.notice(renamed) == FRENCH.permanent.notice(NOTICE)
    assert FRENCH.notice(renamed) == "fr/incidents/card-payments/"
