from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Refused, Site, front, tree

if TYPE_CHECKING:
    from pathlib import Path

MAJOR_OUTAGE = 'msgid "Major outage"\nmsgstr "Tout est en panne"\n'


@pytest.fixture
def french(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.settings["theme"]["language"] = "fr"
    site.option("locale_dir", "words")
    ongoing = [{"at": "2026-06-15 10:05", "status": "investigating", "message": "Nous cherchons."}]
    site.write("incidents/x.md", front(started="2026-06-15 10:00", updates=ongoing))
    site.write("docs/index.md", "# Status\n")
    return site


def test_a_site_translates_a_message_itself_and_the_others_stay_as_they_are(french: Site) -> None:
    french.write("words/fr/incidents.po", MAJOR_OUTAGE)
    page = french.build(strict=True).text("index.html")
    assert "Tout est en panne" in page
    assert "Major outage" not in page
    assert "Investigating" in page


def test_a_site_in_english_may_have_its_own_wording(french: Site) -> None:
    french.settings["theme"]["language"] = "en"
    french.write(
        "words/en/incidents.po", 'msgid "Major outage"\nmsgstr "Down"\n\nmsgid "Partial outage"\nmsgstr "Some down"\n'
    )
    files = french.build(strict=True).files
    assert b"Major outage" not in files["index.html"]
    assert b"Down" in files["index.html"]
    assert files["status.txt"].startswith(b"Some down")


def test_a_folder_of_catalogues_that_is_not_there_ends_the_build(french: Site) -> None:
    french.write("site/index.html", "as it was")
    with pytest.raises(Refused, match=r"locale_dir: there is no folder words; make it, .* or correct locale_dir"):
        french.build()
    assert tree(french.folder / "site") == {"index.html": b"as it was"}


def test_a_catalogue_that_cannot_be_read_ends_the_build_at_its_line(french: Site) -> None:
    french.write("site/index.html", "as it was")
    french.write("words/fr/incidents.po", MAJOR_OUTAGE + "msgid Minor\n")
    with pytest.raises(Refused, match=r'words/fr/incidents\.po:3: .*msgid Minor \(write msgid "…" and msgstr "…"'):
        french.build()
    assert tree(french.folder / "site") == {"index.html": b"as it was"}
