"""Time zones as a timeline states them, and the zones that they mean where that is certain.

Read are UTC, GMT, an offset, an IANA name, a full name from the tables, and letters such as WAT: those of the file's
own zone, or those on which all places that use them agree on the day in question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from ..format.zones import fixed_offset, iana_zone, own_abbreviations
from ..problems import WrongValueError
from .language_tables import alternation, folded, language_tables, name_of, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from ..markdown_lines import Lines

_LETTERS = re.compile(r"[A-Z]{2,5}")
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+−-])(\d{1,2})(?::?([0-5]\d))?")
_UNIVERSAL = {"UTC", "GMT", "Z"}
_BEGINNING = re.compile(r"\s?(?P<bracket>[(\[])?(?=[^\W\d_]|\+\d)")
_OFFSET_BEHIND = re.compile(r"(?:(?:UTC|GMT) ?[+−-]\d{1,2}(?::?[0-5]\d)?|\+\d\d:?[0-5]\d)(?!\d|:\d)")
_OFFSET_OF_INSTANT = re.compile(r"[+−-]\d\d:?[0-5]\d(?!\d|:\d)")
_PLACE = re.compile(r"(?P<area>[A-Z][A-Za-z]+)(?:/[A-Za-z_+-]*[A-Za-z])+")
_LETTERS_BEHIND = re.compile(r"Z(?!\w)|[A-Z]{2,5}(?![\w/'’&-]|\.\w)")
_LOOKS_LIKE_A_NAME = re.compile(r"(?:[A-Z][\w.]*[ ]){1,4}[Tt]ime(?!\w)")
_WORDS = re.compile(r"[^\s\d()\[\],:;+−–—-]+(?:-[^\s\d()\[\],:;+−–—-]+)*")
_OFFSET_BEHIND_A_NAME = re.compile(r" ?([+−-])(\d{1,2})(?::?([0-5]\d))?(?!\w|:\d)")
_DIGIT = re.compile(r"\d")
_SET_APART = re.compile(r"[*_]*(?:\s*$|\n|\s*[—–-]\s|\s[—–])")
_PAIR = re.compile(r"(?P<first>[A-Z]{2,5})/(?P<second>\w+(?:[+-]\d+)?)")
_COLON = re.compile(r"[*_]*\s?:")
_BEFORE_A_SEPARATOR = re.compile(r"[*_]*\s*(?:[,:：、，،—–]|-(?=\s))")
_LATIN = r"A-Za-z\d_\u00c0-\u024f"
_ZONE_WORD = re.compile(
    rf"(?<![{_LATIN}/.&'’+-])(?:(?:UTC|GMT) ?[+−-]\d{{1,2}}(?::?[0-5]\d)?(?!\d|:\d)|\+\d\d:[0-5]\d(?!\d|:\d)"
    rf"|[A-Z][A-Za-z]+(?:/[A-Za-z_+-]*[A-Za-z])+|[A-Z]{{3,5}}(?![{_LATIN}/'’&-]|\.\w))"
)
"""What can be a zone without a blank in it, wherever it stands; Japanese has no blanks around it."""
_ASIDE = re.compile(r"[(（\[](?P<text>[^()（）\[\]]*)[)）\]]")
_CAPITALISED = re.compile(r"[A-Z][\w/+-]*(?: [A-Z][\w/+-]*){0,3}(?: time)?")
_SENTENCE = re.compile(r"(?<=\.)\s+|(?<=。)\s*")
_MOST_SLASHES = 2
"""In an IANA name: America/Indiana/Knox."""
_LONGEST_PHRASE = 120
_LONGEST_ZONE_ALONE = 40
_AROUND_A_ZONE = " \t\n>*_()[]（）.:。"
_BULLETS_AND_EMPHASIS = " \t>*_+-"
_END_OF_PHRASE = " \t\n.*_。"
_KEY = 2
"""Characters by which the phrases that may begin a line are looked up."""
_MARKS_IN_KEY = 4
"""Marks that do not distinguish, such as Arabic vowels, which may stand among these characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedZone:
    """A zone as an author wrote it."""

    written: str
    zone: tzinfo | None
    """None where the words look like a zone, and which one is not certain."""
    end: int = 0
    """The index behind it."""

    @property
    def letters(self) -> str:
        """The letters it is written with, such as CEST; empty for other names."""
        return self.written if _LETTERS.fullmatch(self.written) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneNames:
    """Reads the names of zones in a file whose own zone is `zone`, for times around the day `on`."""

    zone: ZoneInfo
    on: date

    def behind_a_time(self, text: str, start: int) -> StatedZone | None:
        """The zone that stands in `text`, which is normalized, right behind a time; None where other words do."""
        beginning = _BEGINNING.match(text, start)
        if beginning is None:
            return None
        bracket = beginning["bracket"]
        candidates = self._candidates(text, beginning.end())
        for written, certain in chain(candidates, _names_ending_in_time(text, beginning.end())):
            end = beginning.end() + len(written)
            if bracket:
                if text[end : end + 1] != {"(": ")", "[": "]"}[bracket]:
                    continue
                end += 1
            zone = self.named(written)
            if zone or certain or bracket or _SET_APART.match(text, end):
                return StatedZone(written=written, zone=zone, end=end)
        return None

    def behind_an_instant(self, text: str, start: int) -> StatedZone | None:
        """The zone behind `2026-04-06T14:30`, where `-05:00` can be nothing but an offset."""
        found = _OFFSET_OF_INSTANT.match(text, start)
        if found and (zone := self.named(found[0])):
            return StatedZone(written=found[0], zone=zone, end=found.end())
        return self.behind_a_time(text, start)

    def between_separators(self, text: str, start: int) -> StatedZone | None:
        """The zone that stands alone between two separators behind a time: `14:30, UTC, …`; None for other words."""
        for written, certain in self._candidates(text, start):
            end = start + len(written)
            zone = self.named(written)
            if (zone or certain) and _BEFORE_A_SEPARATOR.match(text, end):
                return StatedZone(written=written, zone=zone, end=end)
        return None

    def _candidates(self, text: str, start: int) -> Iterator[tuple[str, bool]]:
        """What at index `start` is or looks like a zone, and whether it can be nothing else; most certain first."""
        yield from ((name, True) for name in _full_names_at(text, start))
        if (offset := _OFFSET_BEHIND.match(text, start)) and self.named(offset[0]):
            yield offset[0], True
        if (place := _PLACE.match(text, start)) and place["area"] in _areas():
            yield place[0], True
        if (pair := _PAIR.match(text, start)) and self._is_known(pair["first"]):
            yield pair[0], True
        if letters := _LETTERS_BEHIND.match(text, start):
            yield letters[0], self._is_known(letters[0])

    def _is_known(self, letters: str) -> bool:
        """Whether letters are those of a zone, be it certain which one or not."""
        return self.named(letters) is not None or letters in _places_by_letters(self.on.year)

    def stated(self, written: str) -> StatedZone | None:
        """The zone that `written` as a whole names; None where it does not look like one."""
        written = written.strip(" .*_`")
        zone = self.named(written) if written else None
        if zone is None and not (_LETTERS.fullmatch(written) or _LOOKS_LIKE_A_NAME.fullmatch(written)):
            return None
        return StatedZone(written=written, zone=zone)

    def over_a_column(self, header: str) -> StatedZone | None:
        """The zone of a column of times: `Time (UTC)`, `UTC`, `Time in UTC`."""
        return self._agreed_in(header) or self.stated_in_asides(header)

    def stated_in_asides(self, heading: str) -> StatedZone | None:
        """The zone in the asides of a heading or header, words around it or not: `Timeline (times UTC)`."""
        asides = [found["text"] for found in _ASIDE.finditer(heading)]
        stated = self._agreed_in("; ".join(asides)) or self.stated_in_brackets(heading)
        if stated:
            return stated
        parts = (part.strip() for aside in asides for part in re.split("[,;]", aside))
        place = next((part for part in parts if part in _places() and part != _place(self.zone.key)), None)
        return StatedZone(written=place, zone=None) if place else None

    def words_of_another_zone(self, text: str) -> str:
        """The first words of a text that mean a zone which is not the file's own; empty where none do."""
        return next((zone.written for zone in self._words_in(text) if not self._same(self.zone, zone.zone)), "")

    def _agreed_in(self, text: str) -> StatedZone | None:
        """The zone that words of a text mean; an uncertain one where they mean several, None where they mean none."""
        stated = list(self._words_in(text))
        if not stated:
            return None
        first = stated[0].zone
        if first and all(self._same(first, other.zone) for other in stated):
            return stated[0]
        return StatedZone(written=" ".join(text.split()), zone=None)

    def _words_in(self, text: str) -> Iterator[StatedZone]:
        """The zones that stand in a text as words of their own, wherever they stand."""
        for found in _ZONE_WORD.finditer(text):
            zone = self.named(found[0])
            if zone or ("/" in found[0] and self.named(found[0].split("/", 1)[0])):
                yield StatedZone(written=found[0], zone=zone)
        end = 0
        for word in _WORDS.finditer(text):
            if word.start() < end:
                continue
            for name in _full_names_at(text, word.start()):
                end = word.start() + len(name)
                yield StatedZone(written=name, zone=self.named(name))
                break

    def stated_in_brackets(self, heading: str) -> StatedZone | None:
        """The zone in an aside of a heading: `Timeline (UTC)`, `Time (2026-04-06, all times in UTC)`."""
        for opening, closing in ("()", "（）", "[]"):
            for aside in heading.split(opening)[1:]:
                for part in re.split(r"[,;]", aside.split(closing)[0]):
                    phrases = map(self.stated, _zones_in_phrase(part))
                    if found := _most_certain(phrases) or self.stated(part):
                        return found
        return None

    def stated_for_all(self, lines: Lines) -> StatedZone | None:
        """The zone that a line such as `All times are in CEST (UTC+2).` states for all times of a section."""
        for text, prose in zip(lines.texts, lines.prose, strict=True):
            if prose and len(text) <= _LONGEST_ZONE_ALONE and (alone := self._alone(text)):
                return alone
            several = ". " in text or "。" in text
            if not (several or _may_state_a_zone(text)):
                continue  # most lines are entries: this saves the time of looking closer
            for sentence in _SENTENCE.split(text) if several else (text,):
                phrases = _zones_in_phrase(sentence) if prose else ()
                if stated := _most_certain(map(self._stated_in_phrase, phrases)):
                    return stated
        return None

    def _alone(self, line: str) -> StatedZone | None:
        """The certain zone that is all a line says: `(UTC)`."""
        written = line.strip(_AROUND_A_ZONE)
        zone = self.named(written) if written[:1].isupper() and len(written) > 1 else None
        return StatedZone(written=written, zone=zone) if zone else None

    def _stated_in_phrase(self, phrase: str) -> StatedZone | None:
        name, _, aside = phrase.partition("(")
        stated, in_aside = self.stated(name), self.stated(aside.rstrip(") "))
        uncertain = StatedZone(written=phrase, zone=None)
        if stated and stated.zone and in_aside and not self._same(stated.zone, in_aside.zone):
            return uncertain
        return stated or (uncertain if _CAPITALISED.fullmatch(phrase) else None)

    def named(self, name: str) -> tzinfo | None:
        """The zone that `name` means; None where that is not certain."""
        if name in _UNIVERSAL:
            return UTC
        if name in own_abbreviations(self.zone, self.on.year):
            return self.zone
        if offset := _OFFSET.fullmatch(name):
            return fixed_offset(offset[1].replace("−", "-"), offset[2], offset[3])
        if known := _zone_of_full_name(name):
            return known
        if "/" in name:
            return _iana_zone(name) or self._named_twice(name)
        return self._agreed(_places_by_letters(self.on.year).get(name, ())) if _LETTERS.fullmatch(name) else None

    def _named_twice(self, name: str) -> tzinfo | None:
        """The zone that both names of a pair such as `UTC/GMT` mean."""
        first, _, second = name.partition("/")
        zone = None if "/" in second else self.named(first)
        return zone if zone and self._same(zone, self.named(second)) else None

    def _agreed(self, places: tuple[str, ...]) -> tzinfo | None:
        """The zone of `places` if all of them show the same time on the day in question."""
        zones = [ZoneInfo(place) for place in places]
        return zones[0] if zones and all(self._same(zones[0], zone) for zone in zones[1:]) else None

    def _same(self, zone: tzinfo, other: tzinfo | None) -> bool:
        noon = datetime(self.on.year, self.on.month, self.on.day, 12)  # noqa: DTZ001  wall time, read in each place
        return other is not None and zone.utcoffset(noon) == other.utcoffset(noon)


def _names_ending_in_time(text: str, start: int) -> Iterator[tuple[str, bool]]:
    """Words such as `Paris Time` at index `start`; before a colon they can be nothing but a zone."""
    if name := _LOOKS_LIKE_A_NAME.match(text, start):
        yield name[0], _COLON.match(text, name.end()) is not None


def _full_names_at(text: str, start: int) -> Iterator[str]:
    """The full names of the tables with which `text` goes on at index `start`, the longest first.

    One that means UTC may have an offset behind it, which belongs to it: `heure UTC+2`.
    """
    first = _WORDS.match(text, start)
    if first is None or name_of(first[0]).split(" ", 1)[0] not in _first_words():
        return
    found = first
    ends = [found.end()]
    while len(ends) < _most_words() and text[ends[-1] : ends[-1] + 1] == " ":
        following = _WORDS.match(text, ends[-1] + 1)
        if following is None:
            break
        ends.append(following.end())
    for end in reversed(ends):
        written = text[start:end]
        if _zone_of_full_name(written):
            offset = _OFFSET_BEHIND_A_NAME.match(text, end)
            if offset and _zone_of_full_name(written + offset[0]):
                yield written + offset[0]
            yield written


def _zone_of_full_name(name: str) -> tzinfo | None:
    """The zone that a full name means, with an offset behind it if it means UTC; the name alone has no digits."""
    digits = _OFFSET_BEHIND_A_NAME.search(name)
    offset = digits if digits and digits.end() == len(name) else None
    words_of_it = name[: offset.start()] if offset else name
    known = None if _DIGIT.search(words_of_it) else language_tables().zones.get(name_of(words_of_it))
    if known is None or (offset and known != "UTC"):
        return None
    if offset:
        return fixed_offset(offset[1].replace("−", "-"), offset[2], offset[3])
    return UTC if known == "UTC" else ZoneInfo(known)


def _most_certain(found: Iterable[StatedZone | None]) -> StatedZone | None:
    """The first zone that is certain; if none is, the first that is not."""
    uncertain = None
    for stated in found:
        if stated and stated.zone:
            return stated
        uncertain = uncertain or stated
    return uncertain


def _iana_zone(name: str) -> ZoneInfo | None:
    if name.split("/", 1)[0] not in _areas() or name.count("/") > _MOST_SLASHES:
        return None
    try:
        return iana_zone(name)
    except WrongValueError:
        return None


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in language_tables().zones)


@cache
def _most_words() -> int:
    return max(len(name.split()) for name in language_tables().zones)


@cache
def _areas() -> frozenset[str]:
    """The first parts of IANA names, such as Africa."""
    return frozenset(name.split("/", 1)[0] for name in available_timezones() if "/" in name)


@cache
def _places() -> frozenset[str]:
    """The places of IANA names, such as Paris and New York."""
    return frozenset(_place(name) for name in available_timezones() if "/" in name)


def _place(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace("_", " ")


@lru_cache(maxsize=64)
def _places_by_letters(year: int) -> Mapping[str, tuple[str, ...]]:
    """The IANA zones by the letters that their clocks use at some time of `year`; those of UTC itself aside."""
    found: dict[str, set[str]] = {}
    for name in sorted(available_timezones()):
        if name.startswith("Etc/") or "/" not in name:
            continue
        zone = ZoneInfo(name)
        for month in (1, 4, 7, 10):
            letters = datetime(year, month, 1, 12, tzinfo=zone).tzname()
            if letters and _LETTERS.fullmatch(letters) and letters not in _UNIVERSAL:
                found.setdefault(letters, set()).add(name)
    return {letters: tuple(sorted(names)) for letters, names in found.items()}


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The words before and behind `{zone}` in every phrase, by the first characters of the phrase.

    Those of phrases that begin with the zone itself stand under every key, and under the empty one.
    """
    found: dict[str, list[tuple[str, str]]] = {"": []}
    for template in language_tables().all_times:
        before, _, after = template.partition("{zone}")
        found.setdefault(before[:_KEY] if len(before) >= _KEY else "", []).append((before, after))
    return {key: tuple(pairs if not key else [*pairs, *found[""]]) for key, pairs in found.items()}


@cache
def _around_phrases() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words before and behind a phrase that change nothing about it."""
    before, behind = alternation(language_tables().before_all_times), alternation(language_tables().behind_all_times)
    return (
        re.compile(rf"[*_]*(?:{before})[*_]*\s*", re.IGNORECASE),
        re.compile(rf",?\s(?:{behind})[\s.*_]*\Z", re.IGNORECASE),
    )


def _phrase_alone(line: str) -> str:
    """A line without bullets and emphasis, and without the words around a phrase that change nothing about it."""
    line = line.lstrip(_BULLETS_AND_EMPHASIS)
    before, behind = _around_phrases()
    found = before.match(line)
    line = line[found.end() :] if found else line
    found = behind.search(line, max(len(line) - _LONGEST_PHRASE, 0))
    return line[: found.start()] if found else line


def _phrase_prefix(text: str) -> str:
    """The first characters of a text as phrases are looked up by them."""
    return folded(text[: _KEY + _MARKS_IN_KEY])[:_KEY]


def _may_state_a_zone(line: str) -> bool:
    """Whether a line begins or ends as one of the phrases does."""
    phrases = _phrases()
    line = line.lstrip(_BULLETS_AND_EMPHASIS)
    if _phrase_prefix(line) in phrases or _around_phrases()[0].match(line):
        return True
    end = line.rstrip(_END_OF_PHRASE)[-_LONGEST_PHRASE:]
    return any(end.endswith(after) for _, after in phrases[""])


def _zones_in_phrase(sentence: str) -> Iterator[str]:
    """The words that can stand for the zone in a sentence such as `All times are in UTC.`, the fewest first."""
    sentence = _phrase_alone(sentence)
    phrases = _phrases().get(_phrase_prefix(sentence)) or _phrases()[""]
    if not phrases or len(sentence) > _LONGEST_PHRASE:
        return
    plain = unmarked(" ".join(sentence.strip(_END_OF_PHRASE).split()))
    compared = plain.casefold()
    if len(compared) != len(plain):  # a character that folds to two: indices would not fit
        plain = compared
    for before, after in phrases:
        if compared.startswith(before) and compared.endswith(after) and len(compared) > len(before) + len(after):
            yield plain[len(before) : len(plain) - len(after)].strip()
