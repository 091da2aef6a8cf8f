"""The tables of words: no word means two things, none lacks a part, and only the names themselves are read."""

# ruff: noqa: RUF001  full-width letters and Arabic digits are what is tested
from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import pytest
from babel import Locale

from mkdocs_incidents.content.postmortem.language_tables import (
    folded,
    language_table,
    language_tables,
    languages,
    months,
    name_of,
)
from mkdocs_incidents.model import SectionKind, TurningPoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLES = {language: language_table(language) for language in languages()}
NAMED = ("sections", "labels", "columns", "statuses")
"""Parts whose words are compared as `name_of` gives them; those of the others as `folded` does."""
MEANINGS = {
    "sections": {kind.value for kind in SectionKind} - {SectionKind.OTHER.value},
    "labels": {kind.value for kind in TurningPoint},
    "columns": {"time", "day", "kind", "action", "owner", "due", "status", "link"},
    "statuses": {"open", "done", "dropped", "empty"},
    "facts": {"due", "done", "dropped"},
    "phrases": {"all_times", "before_all_times", "behind_all_times", "next_update"},
    "clock": {"am", "pm", "behind", "hour"},
    "days": {"before_day", "before_time", "between", "ordinals"},
}
"""The parts of a table beside `and` and `zones`, and what each of them has."""
MAY_BE_EMPTY = {"clock", "days"}
"""Not every language writes something behind a time or between the parts of a day."""
PLACEHOLDERS = {"all_times": "{zone}", "next_update": "{time}"}


def without_conjunctions(name: str, terms: Mapping[str, Any]) -> str:
    conjunctions = {folded(word) for word in terms["and"]}
    return " ".join(word for word in name.split() if word not in conjunctions)


def readings(part: str, terms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every word of a part as it is compared, and what it means."""
    if part == "zones":
        yield from ((name_of(name), zone) for name, zone in terms["zones"].items())
        return
    for meaning, names in terms[part].items():
        if part == "clock" and meaning == "behind":
            continue
        for name in names:
            compared = name_of(name) if part in NAMED else folded(name)
            yield compared, meaning
            if part in NAMED:
                yield without_conjunctions(compared, terms), meaning


def disagreements(part: str, tables: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The words that mean two things, each with the files that say so."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language, terms in tables.items():
        for name, meaning in readings(part, terms):
            found[name][meaning].add(f"{language}.toml")
    return [
        f"{part}: {name!r} is "
        + " and ".join(f"{meaning} in {', '.join(sorted(files))}" for meaning, files in by.items())
        for name, by in found.items()
        if len(by) > 1
    ]


def all_names() -> Iterator[tuple[str, str]]:
    for language, terms in TABLES.items():
        yield from ((language, name) for part in NAMED for names in terms[part].values() for name in names)
        yield from ((language, name) for name in terms["zones"])


@pytest.mark.parametrize("part", [*NAMED, "facts", "clock", "zones"])
def test_no_word_means_two_things_in_any_language(part: str) -> None:
    assert disagreements(part, TABLES) == []


def test_a_word_with_two_meanings_is_found_with_both_files() -> None:
    pair = {
        "xx": {"and": ["und"], "sections": {"resolution": ["Abhilfe und Rat"]}},
        "yy": {"and": [], "sections": {"action_items": ["ABHILFE: Rat"]}},
    }
    assert disagreements("sections", pair) == [
        "sections: 'abhilfe rat' is resolution in xx.toml and action_items in yy.toml"
    ]


def test_a_word_with_two_meanings_in_one_file_is_found() -> None:
    terms = {"xx": {"labels": {"cause": ["Fix"], "resolved": ["fix"]}, "and": []}}
    assert disagreements("labels", terms) == ["labels: 'fix' is cause in xx.toml and resolved in xx.toml"]


def test_a_month_has_one_number_in_all_languages() -> None:
    numbers: dict[str, set[int]] = defaultdict(set)
    for calendar in map(Locale.parse, languages()):
        for widths in calendar.months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    numbers[folded(name).removesuffix(".")].add(number)
    assert {name: found for name, found in numbers.items() if len(found) > 1} == {}
    assert {name: {number} for name, number in months().items()} == numbers


def test_the_tables_are_those_of_the_languages_that_the_guide_names() -> None:
    assert set(languages()) >= {"en", "fr", "de", "es", "pt", "it", "nl", "ar", "ja"}


PROPOSED = ["summary", "impact", "timeline", "root_cause", "lessons", "action_items", "apology"]
"""The sections that hints and drafts name, in the order of a postmortem."""


@pytest.mark.parametrize("language", languages())
def test_a_table_has_every_part_and_every_meaning_and_nothing_else(language: str) -> None:
    terms = TABLES[language]
    assert set(terms) == {*MEANINGS, "and", "titles", "zones"}
    assert {part: set(terms[part]) for part in MEANINGS} == MEANINGS
    empty = [
        (part, meaning)
        for part in MEANINGS.keys() - MAY_BE_EMPTY
        for meaning in terms[part]
        if not terms[part][meaning]
    ]
    assert empty == []
    assert terms["zones"]
    assert list(terms["titles"]) == PROPOSED


@pytest.mark.parametrize("language", languages())
def test_a_table_has_no_entry_twice(language: str) -> None:
    lists = [names for part in MEANINGS for names in TABLES[language][part].values()]
    assert [names for names in lists if len(names) != len({folded(name) for name in names})] == []


def test_every_zone_exists() -> None:
    zones = {zone for terms in TABLES.values() for zone in terms["zones"].values()}
    assert zones - available_timezones() == set()


def test_a_name_keeps_all_its_letters() -> None:
    lost = [
        (language, name)
        for language, name in all_names()
        if name_of(name).replace(" ", "") != "".join(filter(str.isalpha, folded(name)))
    ]
    assert lost == []
    assert [(language, name) for language, name in all_names() if not name_of(name)] == []


@pytest.mark.parametrize("word", ["समय", "घटनाक्रम", "ไทม์ไลน์", "का\u0308se"])
def test_the_vowel_signs_of_a_word_are_part_of_it(word: str) -> None:
    assert name_of(f"1. {word}: (UTC)") == folded(word)


@pytest.mark.parametrize("written", ["l’heure", "l'heure", "L’HEURE"])
def test_the_form_of_an_apostrophe_makes_no_difference(written: str) -> None:
    assert folded(written) == "l'heure"


def test_a_name_that_is_reduced_once_is_reduced() -> None:
    assert [name for _, name in all_names() if name_of(name_of(name)) != name_of(name)] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", PLACEHOLDERS)
def test_a_phrase_has_exactly_one_placeholder(language: str, kind: str) -> None:
    wrong = [
        phrase
        for phrase in TABLES[language]["phrases"][kind]
        if phrase.count(PLACEHOLDERS[kind]) != 1 or phrase.count("{") != 1 or phrase.count("}") != 1
    ]
    assert wrong == []


def meaning_of(part: str, written: str) -> str | None:
    """What the tables of all languages together say of a word as an author wrote it."""
    known: Mapping[str, str] = getattr(language_tables(), part)
    return known.get(name_of(written))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Root Cause & Resolution", SectionKind.ROOT_CAUSE),
        ("3. Timeline (all times UTC):", SectionKind.TIMELINE),
        ("Were sorry", SectionKind.APOLOGY),
        ("Chronologie (heure de Paris)", SectionKind.TIMELINE),
        ("II. Cause racine :", SectionKind.ROOT_CAUSE),
        ("Actions correctives & préventives", SectionKind.ACTION_ITEMS),
        ("Que s’est-il passé ?", SectionKind.SUMMARY),
        ("4. Zeitverlauf (MEZ)", SectionKind.TIMELINE),
        ("A. Zeitverlauf", SectionKind.TIMELINE),
        ("b) Zeitverlauf", SectionKind.TIMELINE),
        ("一、タイムライン", SectionKind.TIMELINE),
        ("十二. 時系列", SectionKind.TIMELINE),
        ("Time\u00adline", SectionKind.TIMELINE),
        ("\u2067Timeline\u2069", SectionKind.TIMELINE),
        ("\ufeff\u202aTimeline\u202c\u061c", SectionKind.TIMELINE),
        ("MASSNAHMEN", SectionKind.ACTION_ITEMS),
        ("Entschuldigung", SectionKind.APOLOGY),
        ("¿Qué pasó?", SectionKind.SUMMARY),
        ("2) Línea de tiempo", SectionKind.TIMELINE),
        ("Lecciones aprendidas:", SectionKind.LESSONS),
        ("Linha do tempo [UTC-3]", SectionKind.TIMELINE),
        ("Causa-raiz", SectionKind.ROOT_CAUSE),
        ("Detecção", SectionKind.DETECTION),
        ("Deteção", SectionKind.DETECTION),
        ("Azioni correttive e preventive", SectionKind.ACTION_ITEMS),
        ("Cos’è successo", SectionKind.SUMMARY),
        ("Tijdlijn van het incident", SectionKind.TIMELINE),
        ("5 Geleerde lessen", SectionKind.LESSONS),
        ("التسلسل الزمني", SectionKind.TIMELINE),
        ("السَّبَبُ الجَذْرِيّ:", SectionKind.ROOT_CAUSE),
        ("اعتـــذار", SectionKind.APOLOGY),
        ("٣. الإجراءات (التصحيحية)", SectionKind.ACTION_ITEMS),
        ("４．時系列（日本時間）", SectionKind.TIMELINE),
        ("【タイムライン】", SectionKind.TIMELINE),
        ("ﾀｲﾑﾗｲﾝ：", SectionKind.TIMELINE),
        ("サマリー", SectionKind.SUMMARY),
        ("再発防止策", SectionKind.ACTION_ITEMS),
        ("原因・対策", SectionKind.ROOT_CAUSE),
        ("お詫び", SectionKind.APOLOGY),
    ],
)
def test_a_heading_is_known_by_its_name_however_it_is_written(heading: str, kind: SectionKind) -> None:
    assert meaning_of("sections", heading) == kind


@pytest.mark.parametrize(
    "heading",
    [
        "Timeline of that night we moved",
        "What happened next door",
        "No impact",
        "Our new resolution policy",
        "La chronologie des versions du client",
        "Zeitverlauf der Messung",
        "Maßnahmen der Stadt gegen Hochwasser",
        "Zeitverlaufs",
        "Causa que defendemos ante el juez",
        "Resumo das vendas de abril",
        "Cause legali in corso",
        "Tijdlijn van het bedrijf",
        "لماذا اخترنا الجدول الزمني الجديد",
        "الأثر البيئي",
        "時系列データベースの移行",
        "原因不明のまま終わった調査",
        "対応ブラウザ",
        "(Timeline)",
        "2026",
        "",
    ],
)
def test_a_heading_with_words_around_a_name_is_not_known(heading: str) -> None:
    assert meaning_of("sections", heading) is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Root cause found", TurningPoint.IDENTIFIED),
        ("Détecté", TurningPoint.DETECTED),
        ("Début de l’impact", TurningPoint.IMPACT_BEGINS),
        ("Ursache gefunden", TurningPoint.IDENTIFIED),
        ("BEHOBEN:", TurningPoint.RESOLVED),
        ("Causa raíz identificada", TurningPoint.IDENTIFIED),
        ("Revertido", TurningPoint.MITIGATED),
        ("Fim do incidente", TurningPoint.RESOLVED),
        ("Preso in carico", TurningPoint.ACKNOWLEDGED),
        ("Geëscaleerd", TurningPoint.ESCALATED),
        ("Oorzaak", TurningPoint.CAUSE),
        ("تَمَّ الحَلّ", TurningPoint.RESOLVED),
        ("検知", TurningPoint.DETECTED),
        ("ｴｽｶﾚｰｼｮﾝ", TurningPoint.ESCALATED),
        ("暫定復旧（切り戻し）", TurningPoint.MITIGATED),
    ],
)
def test_a_label_states_which_turning_point_an_entry_is(label: str, kind: TurningPoint) -> None:
    assert meaning_of("labels", label) == kind


@pytest.mark.parametrize(
    "label", ["Detected by chance", "Behoben wird das morgen", "Résolu en partie", "復旧作業", "検知せず"]
)
def test_a_label_with_other_words_is_not_known(label: str) -> None:
    assert meaning_of("labels", label) is None


@pytest.mark.parametrize(
    ("part", "written", "meaning"),
    [
        ("columns", "Échéance", "due"),
        ("columns", "Zuständig", "owner"),
        ("columns", "Fecha", "day"),
        ("columns", "Horário (UTC)", "time"),
        ("columns", "Azione", "action"),
        ("columns", "Uiterste datum", "due"),
        ("columns", "الحالة", "status"),
        ("columns", "担当者", "owner"),
        ("statuses", "En cours", "open"),
        ("statuses", "n/a", "empty"),
        ("statuses", "K.A.", "empty"),
        ("statuses", "未定", "empty"),
        ("statuses", "Erledigt ✅", "done"),
        ("statuses", "Sí", "done"),
        ("statuses", "Em andamento", "open"),
        ("statuses", "Annullato", "dropped"),
        ("statuses", "Vervallen", "dropped"),
        ("statuses", "مكتملة", "done"),
        ("statuses", "未着手", "open"),
        ("zones", "heure d'Europe centrale", "Europe/Paris"),
        ("zones", "Mitteleuropäische Zeit", "Europe/Berlin"),
        ("zones", "hora peninsular", "Europe/Madrid"),
        ("zones", "Horário de Brasília", "America/Sao_Paulo"),
        ("zones", "ora italiana", "Europe/Rome"),
        ("zones", "Midden-Europese tijd", "Europe/Amsterdam"),
        ("zones", "بتوقيت غرينتش", "UTC"),
        ("zones", "日本標準時", "Asia/Tokyo"),
    ],
)
def test_headers_statuses_and_zones_are_known_in_every_language(part: str, written: str, meaning: str) -> None:
    assert meaning_of(part, written) == meaning
