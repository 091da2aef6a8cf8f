"""Texts, dates, durations and numbers in the language of the site: texts from a gettext catalogue, the others by babel.

The keys of the catalogue are English. Another language is a file `locale/<language>/incidents.po`, without any change
to the code.
"""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time, get_timezone_name, match_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from mkdocs_incidents.model import NoticeKind, Withdrawal

from .catalogues import has_catalogue, translations
from .labels import COMPONENT_STATUS, IMPACT, PAGE_STATE, STAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from fractions import Fraction
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.model import ComponentStatus, Impact, Notice, Stage
    from mkdocs_incidents.status import PageState

_MINUTE = timedelta(minutes=1)
_AGES = ((365, "year"), (30, "month"))
"""Days in the larger units of ages; approximate, as ages are whole numbers."""


class Durations:
    """Durations in one language. Formatted units are cached: babel takes 20 microseconds for each."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        # Without the territory, as browsers format for the `lang` of a page; the script that updates ages does so.
        self._locale_of_page = Locale(locale.language, script=locale.script)
        self._unit = cache(self._format_unit)

    def parts(self, length: timedelta) -> tuple[str, ...]:
        """Days, hours and minutes that are not zero, rounded down to whole minutes; none below a minute."""
        minutes = length // _MINUTE
        days, hours = divmod(minutes // 60, 24)
        parts = [(days, "day"), (hours, "hour"), (minutes % 60, "minute")]
        return tuple(self._unit(count, unit) for count, unit in parts if count)

    def age(self, days: int) -> str:
        """`3 years`, `5 months`, `12 days`: the largest unit, rounded down."""
        count, unit = next(((days // size, unit) for size, unit in _AGES if days >= size), (days, "day"))
        return format_unit(count, f"duration-{unit}", locale=self._locale)

    def _format_unit(self, count: int, unit: str) -> str:
        return format_unit(count, f"duration-{unit}", "short", locale=self._locale_of_page)


CATALOGUES = Path(__file__).parents[2] / "locale"
"""The catalogues of this package. English needs none."""
# `en` has the 24-hour clock and the day before the month; a site can choose en_US.
_PLAIN = {"en": "en_GB"}
ENGLISH = Locale("en", "GB")


def locale_of(language: str) -> Locale:
    """The babel locale for a theme's or a site's language, such as `en`, `pt-BR` or `zh_Hant`.

    Raises:
        ValueError: babel knows no such language.
    """
    name = language.replace("-", "_")
    try:
        return Locale.parse(_PLAIN.get(name, name))
    except UnknownLocaleError as unknown:
        message = f"no language called {language!r} is known"
        raise ValueError(message) from unknown


def is_language(language: str) -> bool:
    """Whether babel knows a language; Material has some that it does not."""
    try:
        locale_of(language)
    except ValueError:
        return False
    return True


class Formatter:
    """Texts, dates, durations and numbers in one language."""

    def __init__(self, locale: Locale, catalogues: Iterable[Path] = (CATALOGUES,)) -> None:
        self.locale = locale
        self._durations = Durations(locale)
        self._translations = translations(locale, catalogues)

    @classmethod
    def of_site(cls, language: str, locale_dir: Path | None) -> Self:
        """Texts, dates and numbers of a site in a language; all are English where there is no catalogue for it.

        `locale_dir` is the folder with catalogues of the site itself.

        Raises:
            CatalogueError: a catalogue cannot be read, or a translation has placeholders that its message has not.
        """
        folders = tuple(filter(None, [locale_dir, CATALOGUES]))
        locale = locale_of(language) if is_language(language) else ENGLISH
        known = locale.language == ENGLISH.language or has_catalogue(locale, folders)
        return cls(locale if known else ENGLISH, folders)

    def text(self, message: str, **values: object) -> str:
        """A message of the catalogue, with `%(name)s` filled in."""
        translated = self._translations.ugettext(message)
        return translated % values if values else translated

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        """A message that depends on a count; `%(count)s` is the count formatted for the language."""
        translated = self._translations.ungettext(singular, plural, count)
        return translated % {"count": self.number(count), **values}

    # -- instants ---------------------------------------------------------------------------------

    def clock(self, at: datetime, zone: ZoneInfo) -> str:
        """`14:30 WAT`, in `zone`."""
        local = at.astimezone(zone)
        return self._isolated(f"{self._clock(local)} {zone_name(local)}")

    def instant(self, at: datetime, zone: ZoneInfo, day: date | None = None) -> str:
        """`Sunday 11 June 2023, 14:30 WAT`, in `zone`; `14:30 WAT` where the clocks show the date `day`.

        `day` is what the reader has at hand: the day of the page, or the one before it in the same row or right above.
        """
        shown = date_on_clock(at, zone)
        if shown == day:
            return self.clock(at, zone)
        return self.text("%(day)s, %(clock)s", day=self.long_day(shown), clock=self.clock(at, zone))

    def clock_beside(self, at: datetime, zone: ZoneInfo, *references: datetime) -> str:
        """`14:31`, below texts with the zone of `references`; `14:31 CET` where the clocks changed between them."""
        return self._clock(at.astimezone(zone)) if _same_offset(zone, at, *references) else self.clock(at, zone)

    def instant_beside(self, at: datetime, zone: ZoneInfo, reference: datetime, *others: datetime) -> str:
        """`14:31`, near the full text of `reference`: with the day and with the zone where they differ from its own.

        `others` are other ends of a span with `at`: where one of them has another zone, the zone is shown, too.
        """
        shown, clock = date_on_clock(at, zone), self.clock_beside(at, zone, reference, *others)
        if shown == date_on_clock(reference, zone):
            return clock
        return self.text("%(day)s, %(clock)s", day=self.day_month(shown), clock=clock)

    def clocks(self, zone: ZoneInfo, instants: Iterable[datetime]) -> Callable[[datetime], str]:
        """A function that formats each of these instants alike: `14:30`.

        All have their days where there are several days: `11 June, 14:30`; and all have their zone where the clocks
        change between them: `01:30 CEST`.
        """
        found = list(instants)
        dated = len({date_on_clock(at, zone) for at in found}) > 1
        zoned = len({at.astimezone(zone).utcoffset() for at in found}) > 1

        def formatted(at: datetime) -> str:
            clock = self.clock(at, zone) if zoned else self._clock(at.astimezone(zone))
            if not dated:
                return clock
            return self.text("%(day)s, %(clock)s", day=self.day_month(date_on_clock(at, zone)), clock=clock)

        return formatted

    def utc(self, at: datetime, zone: ZoneInfo) -> str:
        """`13:30 UTC`, with the day where it differs from that in `zone`; empty where the offset of `zone` is zero."""
        if not at.astimezone(zone).utcoffset():
            return ""
        return self._isolated(f"{self._utc_clock(at, date_on_clock(at, zone))} UTC")

    def span(self, start: datetime, end: datetime, zone: ZoneInfo) -> str:
        """`Sunday 18 June 2023, 02:00 to 04:00 WAT`, in `zone`.

        Both ends have their days where they are on different days, and their zones where the clocks change between
        them: `Sunday 25 October 2026, 01:30 CEST to 03:10 CET`. An end in the minute of the start is not repeated.
        """
        first, last = self.instant(start, zone), self.instant(end, zone, date_on_clock(start, zone))
        if first == self.instant(end, zone):
            return first
        if date_on_clock(start, zone) == date_on_clock(end, zone) and _same_offset(zone, start, end):
            day, clock = self.long_day(date_on_clock(start, zone)), self._clock(start.astimezone(zone))
            return self.text("%(day)s, %(start)s to %(end)s", day=day, start=clock, end=last)
        return self.from_to(first, last)

    def from_to(self, start: str, end: str) -> str:
        """`14:30 to 15:15`, of two formatted times; only one where they are the same."""
        return start if start == end else self.text("%(start)s to %(end)s", start=start, end=end)

    def state_span(self, state: str, start: str, end: str) -> str:
        """`major outage from 14:30 to 15:15`, of formatted times; `major outage at 14:30` where they are the same."""
        if start == end:
            return self.text("%(state)s at %(when)s", state=state, when=start)
        return self.text("%(state)s from %(start)s to %(end)s", state=state, start=start, end=end)

    def utc_span(self, start: datetime, end: datetime, zone: ZoneInfo) -> str:
        """`13:30 to 14:15 UTC`, to stand behind `span`: with the days that differ; empty where the offset is zero."""
        if not (start.astimezone(zone).utcoffset() or end.astimezone(zone).utcoffset()):
            return ""
        first, last = self._utc_clock(start, date_on_clock(end, zone)), self._utc_clock(end, start.date())
        if start.date() == end.date() and first.endswith(last):
            return self._isolated(f"{first} UTC")
        return self.from_to(first, self._isolated(f"{last} UTC"))

    def _isolated(self, text: str) -> str:
        """A time with the Latin name of its zone, kept together in text from right to left (UAX 9, 2.3: FSI, PDI)."""
        return f"\u2068{text}\u2069" if self.locale.text_direction == "rtl" else text

    def _utc_clock(self, at: datetime, day: date) -> str:
        """The time in UTC, with the day unless that is `day`."""
        if at.date() == day:
            return self._clock(at)
        return self.text("%(day)s, %(clock)s", day=self.day_month(at.date()), clock=self._clock(at))

    def zone_description(self, at: datetime, zone: ZoneInfo) -> str:
        """`West Africa Standard Time (WAT, UTC+1)`."""
        local = at.astimezone(zone)
        long_name = self._name_by_former_id(local, zone) or get_timezone_name(local, "long", locale=self.locale)
        names = dict.fromkeys([zone_name(local), _offset_name(local)])
        return f"{long_name} ({', '.join(names)})"

    def _name_by_former_id(self, local: datetime, zone: ZoneInfo) -> str | None:
        """`India Standard Time` for Asia/Kolkata, which babel's table of zone names has as Asia/Calcutta only."""
        names = get_global("meta_zones")
        current = get_global("zone_aliases").get(zone.key, zone.key)
        if current in names or current in self.locale.time_zones:
            return None
        former = [old for old, new in get_global("zone_aliases").items() if new == current and old in names]
        variants = self.locale.meta_zones.get(names[min(former)], {}).get("long", {}) if former else {}
        found = variants.get("daylight" if local.dst() else "standard")
        return found if isinstance(found, str) else None

    # -- days -------------------------------------------------------------------------------------

    def long_day(self, day: date) -> str:
        """`Sunday 11 June 2023`."""
        return self._date("yMMMMEEEEd", day)

    def weekday_day(self, day: date) -> str:
        """`Sunday 11 June`."""
        return self._date("MMMMEEEEd", day)

    def full_date(self, day: date) -> str:
        """`11 June 2023`."""
        return self._date("yMMMMd", day)

    def day_month(self, day: date) -> str:
        """`11 June`."""
        return self._date("MMMMd", day)

    def short_day(self, day: date) -> str:
        """`11 Jun`."""
        return self._date("MMMd", day)

    def month(self, day: date) -> str:
        """`June 2023`."""
        return self._date("yMMMM", day)

    def short_month(self, day: date) -> str:
        """`Jun 2023`."""
        return self._date("yMMM", day)

    def month_alone(self, day: date) -> str:
        """`Jun`, where the year stands above it."""
        return str(self.locale.months["stand-alone"]["abbreviated"][day.month])

    def months_span(self, first: date, last: date) -> str:
        """`June 2023`; `January to June 2023`, both in one year."""
        if first == last:
            return self.month(first)
        start = str(self.locale.months["stand-alone"]["wide"][first.month])
        return self.text("%(start)s to %(end)s", start=start, end=self.month(last))

    def days_span(self, first: date, last: date) -> str:
        """`5 to 10 June`; with both months where they differ."""
        if first == last:
            return self.day_month(first)
        same_month = (first.year, first.month) == (last.year, last.month)
        start = self.number(first.day) if same_month else self.day_month(first)
        return self.text("%(start)s to %(end)s", start=start, end=self.day_month(last))

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """Short and long names of the weekdays, from the first day of the week in this language."""
        first = self.locale.first_week_day
        order = [(first + n) % 7 for n in range(7)]
        names = self.locale.days["format"]
        return tuple((names["abbreviated"][day], names["wide"][day]) for day in order)

    # -- amounts ----------------------------------------------------------------------------------

    def duration(self, length: timedelta) -> str:
        """`45 min`, `1 hr 50 min`, `2 days 23 hr 30 min`, `under 1 min`: `duration_parts` as one text."""
        return " ".join(self.duration_parts(length))

    def duration_parts(self, length: timedelta) -> tuple[str, ...]:
        """A duration in whole minutes, rounded down: `1 hr` and `50 min`; `under 1 min` where that is 0."""
        if length >= _MINUTE:
            return self._durations.parts(length)
        (minute,) = self._durations.parts(_MINUTE)
        return (self.text("under %(time)s", time=minute),)

    def age(self, days: int) -> str:
        """`3 years`, `5 months`, `12 days`: the largest unit, rounded down."""
        return self._durations.age(days)

    def number(self, value: int) -> str:
        """A count."""
        return self._format_number(value)

    def percent(self, value: Decimal) -> str:
        """`99.97%`: a percentage of at most two decimals, which the caller has rounded down."""
        pattern = self.locale.percent_formats[None].pattern.replace("#,##0", "#,##0.##").replace("0.##0", "0.##")
        return format_percent(value / 100, pattern, locale=self.locale)

    def share(self, part: Fraction) -> str:
        """`30%`, of a fraction of 1."""
        return self.percent(Decimal(part.numerator) * 100 / part.denominator)

    def listing(self, names: Iterable[str]) -> str:
        """`A, B and C`."""
        return format_list(list(names), locale=self.locale)

    # -- labels of the model ----------------------------------------------------------------------

    def status(self, status: ComponentStatus) -> str:
        return self.text(COMPONENT_STATUS[status])

    def page_state(self, state: PageState) -> str:
        return self.text(PAGE_STATE[state])

    def stage(self, status: Stage) -> str:
        return self.text(STAGE[status])

    def impact(self, impact: Impact) -> str:
        return self.text(IMPACT[impact])

    def retracted(self, text: str) -> str:
        """`Retracted: Card payments failed`, of a title or a reason."""
        return self.text("%(stage)s: %(title)s", stage=self.stage(Withdrawal.RETRACTED), title=text)

    def notice_title(self, notice: Notice) -> str:
        """Its title; `Retracted: Card payments failed` where it was retracted."""
        return self.retracted(notice.title) if notice.retraction else notice.title

    def title_in_list(self, notice: Notice) -> str:
        """As `notice_title`, and `Called off: New discs`: where nothing beside the title says so."""
        return self.entry_title(notice, notice.withdrawal) if notice.withdrawal else notice.title

    def entry_title(self, notice: Notice, status: Stage) -> str:
        """Plain-text title of an update: `Identified: Nobody could sign in`; of an announcement its own title."""
        if notice.kind is NoticeKind.ANNOUNCEMENT:
            return notice.title
        return self.text("%(stage)s: %(title)s", stage=self.stage(status), title=notice.title)

    # -- patterns and caches ----------------------------------------------------------------------

    def _clock(self, local: datetime) -> str:
        return self._format_clock(local.hour, local.minute)

    def _date(self, skeleton: str, day: date) -> str:
        return self._format_day(skeleton, day)

    # Cached: a page has dozens of instants and days, and babel takes 20 microseconds for each.
    @cached_property
    def _format_clock(self) -> Callable[[int, int], str]:
        pattern = self._pattern("Hm")
        return cache(lambda hour, minute: format_time(time(hour, minute), pattern, locale=self.locale))

    @cached_property
    def _format_number(self) -> Callable[[int], str]:
        return cache(lambda value: format_decimal(value, locale=self.locale))

    @cached_property
    def _format_day(self) -> Callable[[str, date], str]:
        return cache(lambda skeleton, day: format_date(day, self._pattern(skeleton), locale=self.locale))

    @cached_property
    def _pattern(self) -> Callable[[str], str]:
        return cache(self._find_pattern)

    def _find_pattern(self, skeleton: str) -> str:
        """The locale's pattern for the nearest known skeleton (UTS 35), with full names if the skeleton has them.

        babel's `format_skeleton` searches all skeletons at every call (0.3 ms) and keeps short names.
        """
        if skeleton == "yMMMMEEEEd":
            pattern = self.locale.date_formats["full"].pattern
        else:
            skeletons = self.locale.datetime_skeletons
            found = match_skeleton(skeleton, skeletons, allow_different_fields=True)
            pattern = skeletons[found or "yMd"].pattern
        wide = pattern
        for letter in "EML":
            runs = letter * 3
            if letter * 4 in skeleton and letter * 4 not in wide:
                wide = wide.replace(runs, letter * 4)
        if "EEEE" in skeleton and "EEEE" not in wide:
            wide = wide.replace("E", "EEEE", 1)
        return str(wide.replace("EEEE, ", "EEEE ") if str(self.locale) == "en_GB" else wide)


def date_on_clock(at: datetime, zone: ZoneInfo) -> date:
    """The date that clocks in `zone` show, by which a printed time is read; unlike `day_of` it may go back."""
    return at.astimezone(zone).date()


def _same_offset(zone: ZoneInfo, *instants: datetime) -> bool:
    return len({at.astimezone(zone).utcoffset() for at in instants}) == 1


def zone_name(local: datetime) -> str:
    """`WAT`, `CEST`; the offset where the zone has no abbreviation."""
    name = local.tzname() or ""
    return name if name.isalpha() else _offset_name(local)


def _offset_name(local: datetime) -> str:
    offset = local.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    if not minutes:
        return "UTC"
    hours, minute = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}" + (f":{minute:02}" if minute else "")
