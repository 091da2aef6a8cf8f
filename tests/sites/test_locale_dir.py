from __future__ import annotations

import re
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


def test_a_language_without_a_catalogue_gets_pages_that_are_english_throughout(
    french: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    french.settings["plugins"] = ["search", "incidents"]
    built = french.build(strict=True)
    for path in ("index.html", "incidents/x/index.html", "404.html"):
        page = built.text(path)
        assert '<html lang="en"' in page
        assert "Aller au contenu" not in page
    assert "15 June" in built.text("incidents/x/index.html")
    (note,) = [each.message for each in caplog.records if "catalogue" in each.message]
    assert note.endswith("add locale_dir: locale, and locale/fr/incidents.po (docs/guide/options.md, locale_dir)")


@pytest.mark.parametrize("language", ["sh", "ku-IQ"])
def test_a_language_that_only_the_theme_knows_does_not_end_the_build(
    french: Site, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    french.settings["theme"]["language"] = language
    french.write(f"words/{language}/incidents.po", MAJOR_OUTAGE)
    assert '<html lang="en"' in french.build(strict=True).text("index.html")
    assert "write below incidents: the line language: with another code, such as en" in caplog.text
    assert "incidents.po" not in caplog.text, "a catalogue would not be read"


def test_other_pages_of_such_a_site_keep_their_language(french: Site) -> None:
    french.write("docs/about.md", "# À propos\n")
    (french.folder / "words").mkdir()
    assert '<html lang="fr"' in french.build(strict=True).text("about/index.html")


def test_messages_that_its_catalogue_lacks_are_counted(french: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    french.write("words/fr/incidents.po", MAJOR_OUTAGE)
    built = french.build(strict=True)
    said = r"\d{3} messages are not translated in words/fr/incidents\.po, and shown in English"
    assert re.search(said, caplog.text)
    assert '<html lang="fr"' in built.text("index.html")
