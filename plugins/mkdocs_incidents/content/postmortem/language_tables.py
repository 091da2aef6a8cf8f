"""The words that a body is read by, from one table per language; all of them are tried on every file.

A table is a TOML file in `languages/`. Names, labels and phrases are compared as `name_of` and `folded` give them, so
that case, width, punctuation and Arabic vowels make no difference.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from mkdocs_incidents.model import SectionKind, TurningPoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from babel import Locale

_K = TypeVar("_K")
_V = TypeVar("_V")
_FOLDER = "languages"
# Vowel signs and the tatweel: an Arabic word is the same without them. Soft hyphens, joiners, marks of direction and
# variation selectors likewise.
_MARKS = "[\u00ad\u061c\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]"
_NOT_DISTINGUISHING = re.compile(_MARKS)
_ASIDE = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]")
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[ivx]+(?=[.)])|[a-z](?=[.)]\s+\w\w)|[一二三四五六七八九十]+(?=[、.)]))\W+")
_APOSTROPHES = "['’]"
_APOSTROPHE = re.compile("['`]")
_LONGEST_NAME = 200
"""Characters of a heading that are compared; what is longer is a sentence."""


@dataclass(frozen=True)
class LanguageTables:
    """The tables of all languages together, each made when it is first asked for: most bodies need few of them.

    Keys are names as `name_of` gives them, unless said otherwise.
    """

    tables: Mapping[str, Mapping[str, Any]]
    """What the file of each language has, by language code."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages."""
        return tuple(self.tables)

    @cached_property
    def sections(self) -> Mapping[str, SectionKind]:
        """Headings."""
        return _frozen((name, SectionKind(kind)) for name, kind in self._names("sections"))

    @cached_property
    def labels(self) -> Mapping[str, TurningPoint]:
        """What stands before an entry and says which turning point it is."""
        return _frozen((name, TurningPoint(kind)) for name, kind in self._names("labels"))

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Headers of tables: `time`, `day`, `kind`, `action`, `owner`, `due`, `status` or `link`."""
        return _frozen(self._names("columns"))

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        """What a cell says of an action item: `open`, `done` or `dropped`; `empty` where it says nothing."""
        return _frozen(self._names("statuses"))

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Words before a day behind an action item, folded: `due`, `done` or `dropped`."""
        return _frozen((folded(word), fact) for word, fact in self._entries("facts"))

    @cached_property
    def conjunctions(self) -> tuple[str, ...]:
        """Words between the last two of several: `and`."""
        return tuple(sorted({folded(word) for table in self.tables.values() for word in table.get("and", ())}))

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """Full names of time zones → IANA names."""
        tables = self.tables.values()
        return _frozen((name_of(name), zone) for table in tables for name, zone in table.get("zones", {}).items())

    @cached_property
    def halves(self) -> Mapping[str, str]:
        """Folded words for the halves of a day: `am` or `pm`."""
        return _frozen((word, half) for half in ("am", "pm") for word in self._listed("clock", half))

    @cached_property
    def clock_words(self) -> tuple[str, ...]:
        """Words behind a time that mean nothing more: `Uhr`."""
        return self._listed("clock", "behind")

    @cached_property
    def hour_words(self) -> tuple[str, ...]:
        """Those behind which an hour needs no minutes: `14 Uhr`. Others could count hours: `14 h`."""
        return self._listed("clock", "hour")

    @cached_property
    def before_times(self) -> tuple[str, ...]:
        """Words before a time, behind a day or alone: `at`."""
        return self._listed("days", "before_time")

    @cached_property
    def before_days(self) -> tuple[str, ...]:
        """Words between a time and the day behind it: 14:30 `on` 6 April 2026."""
        return self._listed("days", "before_day")

    @cached_property
    def between_days(self) -> tuple[str, ...]:
        """Words between the parts of a day: `of` April."""
        return self._listed("days", "between")

    @cached_property
    def ordinals(self) -> tuple[str, ...]:
        """What stands right behind the number of a day: `th`."""
        return self._listed("days", "ordinals")

    @cached_property
    def all_times(self) -> tuple[str, ...]:
        """Phrases that state the zone of all times of a section, folded, with `{zone}`."""
        return self._listed("phrases", "all_times")

    @cached_property
    def before_all_times(self) -> tuple[str, ...]:
        """Words before such a phrase that change nothing: `note:`."""
        return self._listed("phrases", "before_all_times")

    @cached_property
    def behind_all_times(self) -> tuple[str, ...]:
        """Words behind such a phrase that change nothing: `unless stated otherwise`."""
        return self._listed("phrases", "behind_all_times")

    @cached_property
    def next_update(self) -> tuple[str, ...]:
        """Phrases that state when the next update comes, folded, with `{time}`."""
        return self._listed("phrases", "next_update")

    def _entries(self, part: str) -> Iterator[tuple[str, str]]:
        for table in self.tables.values():
            for meaning, names in table.get(part, {}).items():
                yield from ((name, meaning) for name in names)

    def _names(self, part: str) -> Iterator[tuple[str, str]]:
        for table in self.tables.values():
            yield from _names_in(table, part)

    def _listed(self, part: str, name: str) -> tuple[str, ...]:
        """Folded and each once, longest first, so that an alternation of them takes the longest."""
        found = {folded(word) for table in self.tables.values() for word in table.get(part, {}).get(name, ())}
        return tuple(sorted(found, key=lambda word: (-len(word), word)))


def folded(text: str) -> str:
    """`text` without the differences that no reader sees: case, and those of `unmarked`."""
    return text.lower() if text.isascii() else unmarked(text).casefold()


def unmarked(text: str) -> str:
    """`text` in its own case without differences of width (NFKC), Arabic vowels, and forms of the apostrophe."""
    if text.isascii():
        return text
    return _NOT_DISTINGUISHING.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'")


def name_of(heading: str) -> str:
    """A heading, label or table header reduced to its words: `3. Root-Cause (RCA):` → `root cause`."""
    return _name(heading[:_LONGEST_NAME])


@lru_cache(maxsize=4096)
def _name(heading: str) -> str:
    text = _APOSTROPHE.sub("", _ASIDE.sub(" ", folded(heading)))
    return " ".join(_NUMBER.sub("", text).translate(_LETTERS).split())


class _Letters(dict[int, str]):
    """For `str.translate`: a blank for what belongs to no word. The vowels of Hindi and Thai are marks, not letters."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if character.isalpha() or unicodedata.category(character) in {"Mn", "Mc"} else " "
        return self[code]


_LETTERS = _Letters()


def alternation(choices: Iterable[str]) -> str:
    """A regular expression for any of `choices`, the longest first; one that matches nothing where there are none.

    The choices are `folded`; what it matches in a text with IGNORECASE is one of them once that is folded.
    """
    return "|".join(map(_as_written, sorted(choices, key=len, reverse=True))) or "(?!)"


def _as_written(choice: str) -> str:
    """A regular expression for the forms of a word that fold to `choice`."""
    return "".join(
        _APOSTROPHES if character == "'" else re.escape(character) + (f"{_MARKS}*" if _takes_marks(character) else "")
        for character in choice
    )


def _takes_marks(character: str) -> bool:
    return unicodedata.bidirectional(character) == "AL"


@lru_cache(maxsize=64)
def section_title(kind: SectionKind, language: str) -> str:
    """The name that is proposed for a section in a language, in English where it has no table."""
    code = language.replace("-", "_").split("_")[0].casefold()
    title: str = language_table(code if code in languages() else "en")["titles"][kind]
    return title


def language_of(headings: Iterable[str]) -> str | None:
    """The language in whose table most of `headings` are names of sections; None where none is, or two tie."""
    named = [names for heading in headings if (names := _languages_by_name().get(name_of(heading)))]
    counts = Counter(language for names in named for language in names).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


@cache
def _languages_by_name() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in languages():
        for name, _ in _names_in(language_table(language), "sections"):
            found.setdefault(name, set()).add(language)
    return {name: frozenset(those) for name, those in found.items()}


@cache
def language_tables() -> LanguageTables:
    """The tables that ship with the package. They are read once per process and never change."""
    return LanguageTables({name: language_table(name) for name in languages()})


def languages() -> tuple[str, ...]:
    """The languages that have a table, by their codes."""
    found = files(__package__).joinpath(_FOLDER).iterdir()
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in found if entry.name.endswith(".toml")))


@lru_cache(maxsize=64)
def language_table(language: str) -> Mapping[str, Any]:
    """The table of one language as its file has it."""
    return tomllib.loads(files(__package__).joinpath(_FOLDER, f"{language}.toml").read_text(encoding="utf-8"))


def _frozen(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, _V]:
    return MappingProxyType(dict(pairs))


def _names_in(table: Mapping[str, Any], part: str) -> Iterator[tuple[str, str]]:
    """Every name of one language with its meaning; one with "and" in it is a name without it, too.

    So `Measures & fixes` is known.
    """
    conjunctions = {folded(word) for word in table.get("and", ())}
    for meaning, names in table.get(part, {}).items():
        for name in map(name_of, names):
            yield name, meaning
            yield " ".join(word for word in name.split() if word not in conjunctions), meaning


@cache
def months() -> Mapping[str, int]:
    """Names and abbreviations of all languages, folded and without a final stop → 1 to 12."""
    return _frozen(
        (folded(name).removesuffix("."), number)
        for calendar in _calendars()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in calendar.months[context][width].items()
    )


@cache
def weekdays() -> frozenset[str]:
    """Names and abbreviations of all languages, folded and without a final stop."""
    return frozenset(
        folded(name).removesuffix(".")
        for calendar in _calendars()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in calendar.days[context][width].values()
    )


def _calendars() -> Iterator[Locale]:
    from babel import Locale  # noqa: PLC0415  its data takes long to load, and most files name no month

    return map(Locale.parse, languages())
