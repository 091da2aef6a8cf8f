"""Durations and ages in a language, as parts such as `1 hr` and `50 min` between which a line may break."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from babel import Locale
from babel.units import format_unit

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
        """Days, hours and minutes that are not zero, rounded down to whole minutes; `0 min` below a minute."""
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
        return format_unit(count, f"duration-{unit}", "short", locale=self._locale_of_page)


def rounded_to_minutes(length: timedelta) -> timedelta:
    """A duration rounded to whole minutes, half a minute up."""
    return (length + _MINUTE / 2) // _MINUTE * _MINUTE
