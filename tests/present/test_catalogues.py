from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel import Locale

from mkdocs_incidents.present.language.catalogues import CatalogueError, translations

if TYPE_CHECKING:
    from pathlib import Path

HEADER = r"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"

"""
PLURAL = 'msgid "%(count)s incident"\nmsgid_plural "%(count)s incidents"\n'
FRENCH = Locale("fr")


def catalogue(folder: Path, text: str, language: str = "fr", *, header: str = HEADER) -> Path:
    file = folder / language / "incidents.po"
    file.parent.mkdir(parents=True)
    file.write_text(header + text, encoding="utf-8")
    return folder


def test_a_message_is_looked_up_in_one_folder_after_the_other(tmp_path: Path) -> None:
    nearest = catalogue(tmp_path / "a", 'msgid "Status"\nmsgstr "État"\n')
    further = catalogue(tmp_path / "b", 'msgid "Status"\nmsgstr "Statut"\n\nmsgid "History"\nmsgstr "Historique"\n')
    found = translations(FRENCH, [nearest, further])
    assert [found.ugettext(text) for text in ("Status", "History", "Uptime")] == ["État", "Historique", "Uptime"]


def test_the_catalogue_of_a_territory_comes_before_that_of_its_language(tmp_path: Path) -> None:
    catalogue(tmp_path, 'msgid "a"\nmsgstr "pt"\n\nmsgid "b"\nmsgstr "pt"\n', "pt")
    catalogue(tmp_path, 'msgid "a"\nmsgstr "BR"\n', "pt_BR")
    found = translations(Locale("pt", "BR"), [tmp_path])
    assert [found.ugettext("a"), found.ugettext("b")] == ["BR", "pt"]


@pytest.mark.parametrize(
    "untranslated",
    [
        'msgstr[0] ""\nmsgstr[1] ""\n',
        'msgstr[0] "%(count)s cas"\nmsgstr[1] ""\n',
        'msgstr[0] "%(count)s cas"\n',
    ],
)
def test_a_plural_that_is_not_wholly_translated_is_left_to_the_next_catalogue(
    tmp_path: Path, untranslated: str
) -> None:
    nearest = catalogue(tmp_path / "a", PLURAL + untranslated)
    forms = 'msgstr[0] "%(count)s incident"\nmsgstr[1] "%(count)s des incidents"\n'
    further = catalogue(tmp_path / "b", PLURAL + forms)
    found = translations(FRENCH, [nearest, further])
    assert found.ungettext("%(count)s incident", "%(count)s incidents", 5) == "%(count)s des incidents"


def test_a_fuzzy_translation_is_none(tmp_path: Path) -> None:
    found = translations(FRENCH, [catalogue(tmp_path, '#, fuzzy\nmsgid "Status"\nmsgstr "Statue"\n')])
    assert found.ugettext("Status") == "Status"


def test_a_catalogue_without_a_header_or_with_another_charset_in_it_is_read_as_utf_8(tmp_path: Path) -> None:
    text = 'msgid "Status"\nmsgstr "État"\n'
    bare = translations(FRENCH, [catalogue(tmp_path / "a", text, header="\ufeff")])
    other = translations(FRENCH, [catalogue(tmp_path / "b", text, header=HEADER.replace("utf-8", "klingon"))])
    assert bare.ugettext("Status") == other.ugettext("Status") == "État"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('msgid "a"\nmsgstr "b"\nhello\n', 6, "this line cannot be read: hello"),
        ('msgid "a"\nmsgstr "b\n', 5, 'this line cannot be read: msgstr "b'),
        ('msgid "a"\nmsgtr "b"\n', 5, "keyword"),
        ('msgid "a"\n\nmsgid "c"\nmsgstr "d"\n', 4, "missing msgstr for msgid 'a'"),
        (PLURAL + 'msgstr[x] "b"\n', 6, "invalid literal"),
        (PLURAL + 'msgstr[0] "b"\nmsgstr[7] "c"\n', 4, "more translations than num_plurals"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        translations(FRENCH, [catalogue(tmp_path, text)])
    assert (refused.value.line, refused.value.path) == (line, tmp_path / "fr" / "incidents.po")
    assert message in refused.value.message
    assert 'write msgid "…" and msgstr "…"' in refused.value.hint


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    file = catalogue(tmp_path, "") / "fr" / "incidents.po"
    file.write_bytes(file.read_bytes() + 'msgid "Status"\nmsgstr "État"\n'.encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"fr/incidents\.po:5: .*UTF-8"):
        translations(FRENCH, [tmp_path])


@pytest.mark.parametrize("translation", ["%(day)s à %(heure)s", "%(day)", "100 % à %(day)s", "%s", "%(day)d"])
def test_a_translation_that_could_not_be_filled_in_is_refused(tmp_path: Path, translation: str) -> None:
    folder = catalogue(tmp_path, f'msgid "%(day)s, %(clock)s"\nmsgstr "{translation}"\n')
    with pytest.raises(CatalogueError, match=r":4: .*cannot be filled in .*it may hold %\(clock\)s, %\(day\)s"):
        translations(FRENCH, [folder])


def test_a_translation_may_leave_a_placeholder_out_and_count_in_each_form(tmp_path: Path) -> None:
    forms = 'msgstr[0] "Un cas"\nmsgstr[1] "%(count)s cas"\n'
    found = translations(FRENCH, [catalogue(tmp_path, 'msgid "One incident"\nmsgid_plural "Incidents"\n' + forms)])
    assert found.ungettext("One incident", "Incidents", 3) == "%(count)s cas"
