"""Lengths of time as units of a language: `1 hr` and `50 min`, between which a line may break, and never within."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from babel import Locale
from babel.units import format_unit

_MINUTE = timedelta(minutes=1)
_AGES = ((365, "year"), (30, "month"))
"""Days in the units that ages are told in; close enough for whole ones."""


def duration_parts(locale: Locale, length: timedelta) -> tuple[str, ...]:
    """Days, hours and minutes as far as there are any, rounded down to whole minutes; `0 min` for nothing."""
    minutes = length // _MINUTE
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "day"), (hours, "hour"), (minutes % 60, "minute")]
    told = [part for part in parts if part[0]] or [(0, "minute")]
    return tuple(_unit(locale.language, locale.script, count, unit) for count, unit in told)


def to_the_nearest_minute(length: timedelta) -> timedelta:
    """A measured time without its seconds: half a minute counts as one."""
    return (length + _MINUTE / 2) // _MINUTE * _MINUTE


def age(locale: Locale, days: int) -> str:
    """`3 years`, `5 months`, `12 days`: the largest unit, rounded down."""
    count, unit = next(((days // size, unit) for size, unit in _AGES if days >= size), (days, "day"))
    return format_unit(count, f"duration-{unit}", locale=locale)


# A page tells dozens of durations, and babel takes 20 microseconds for each: what was told once is kept.
@cache
def _unit(language: str, script: str | None, count: int, unit: str) -> str:
    # As the browser writes it for the language of the page: a unit stays the same when a script counts on.
    return format_unit(count, f"duration-{unit}", "short", locale=Locale(language, script=script))
