"""Lengths of time as units of a language: `1 hr` and `50 min`, between which a line may break, and never within."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from babel import Locale
from babel.units import format_unit

_MINUTE = timedelta(minutes=1)
_AGES = ((365, "year"), (30, "month"))
"""Days in the units that ages are told in; close enough for whole ones."""


class Durations:
    """Lengths in one language. A page has dozens, and babel takes 20 microseconds for each: units are kept."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        # As the browser writes it for the language of the page: a unit stays the same when a script counts on.
        self._of_page = Locale(locale.language, script=locale.script)
        self._unit = cache(self._format_unit)

    def parts(self, length: timedelta) -> tuple[str, ...]:
        """Days, hours and minutes as far as there are any, rounded down to whole minutes; `0 min` for nothing."""
        minutes = length // _MINUTE
        days, hours = divmod(minutes // 60, 24)
        parts = [(days, "day"), (hours, "hour"), (minutes % 60, "minute")]
        shown = [part for part in parts if part[0]] or [(0, "minute")]
        return tuple(self._unit(count, unit) for count, unit in shown)

    def age(self, days: int) -> str:
        """`3 years`, `5 months`, `12 days`: the largest unit, rounded down."""
        count, unit = next(((days // size, unit) for size, unit in _AGES if days >= size), (days, "day"))
        return format_unit(count, f"duration-{unit}", locale=self._locale)

    def _format_unit(self, count: int, unit: str) -> str:
        return format_unit(count, f"duration-{unit}", "short", locale=self._of_page)


def to_the_nearest_minute(length: timedelta) -> timedelta:
    """A measured time without its seconds: half a minute counts as one."""
    return (length + _MINUTE / 2) // _MINUTE * _MINUTE
