"""Times of day as people type them: `2:30PM`, `15.25`, `6 pm`, `14h30`, `0930 UTC`, noon."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_HALF_A_DAY = 12
_HOURS, _MINUTES = 24, 60

# A letter, a digit or a dot before it makes a number part of something longer; the T of `2022-06-02T10:00` does not.
CLOCK = re.compile(
    r"(?:(?<![\w:./$€£+])|(?<=\dT))(?:"
    r"(?P<h1>[0-2]?\d):(?P<m1>[0-5]\d)(?::(?P<s1>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d|:\d|\.\d"
    r"|/)(?:[ .:]?\s?(?P<half1>[AaPp]\.?[Mm]\b\.?|M\b))?(?:\s?(?:hrs?|hours|Uhr)\b)?"
    r"|(?P<h2>[0-2]?\d)[.](?P<m2>[0-5]\d)(?![\d.%])\s?(?P<half2>[AaPp]\.?[Mm]\b\.?)"
    r"|(?P<h3>[01]?\d):?\s?(?P<half3>[AaPp]\.?[Mm]\b\.?|o['’]clock)"
    r"|(?P<h4>[0-2]?\d)h(?P<m4>[0-5]\d)?(?![\w])(?=\s*(?:$|[-–—:,.)]|UTC|GMT|CES?T|to\b|and\b))"
    r"|(?P<h5>[0-2]\d)(?P<m5>[0-5]\d)\s?(?:hrs?\b|(?=(?:UTC|GMT|Z)\b))"
    r"|(?:12\s)?(?P<word>[Nn]oon|[Mm]idday|[Mm]idnight)\b"
    r"|(?P<h6>[0-2]?\d)[.](?P<m6>[0-5]\d)(?![\d.%])(?=\s*(?:$|[-–—:)*]|hrs?\b|UTC|GMT|[A-Z]{2,4}T\b)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenClock:
    """A time of day, and how much of it was written."""

    hour: int
    minute: int
    second: int = 0
    half: str = ""
    """`am`, `pm`, `?` where the letters were lost, or nothing where the author wrote none."""
    padded: bool = field(default=False, compare=False)
    """Whether it was written as `03:00`."""

    @property
    def either_half(self) -> bool:
        """Whether it may be a time of the morning or of the afternoon, for all its author wrote."""
        return self.half in {"", "?"} and 1 <= self.hour <= _HALF_A_DAY and not self.padded

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute

    def in_half(self, half: str) -> WrittenClock:
        """The same digits read as a time of the morning (`am`) or of the afternoon (`pm`)."""
        if self.hour > _HALF_A_DAY:
            return replace(self, half=half)
        hour = self.hour % _HALF_A_DAY + (_HALF_A_DAY if half == "pm" else 0)
        return replace(self, hour=hour, half=half)

    def apart(self, minutes: int) -> int:
        """The minutes between it and a minute of the day, whichever half of the day was meant."""
        readings = [self, self.in_half("am"), self.in_half("pm")] if self.either_half else [self]
        apart = min(abs(reading.minutes - minutes) for reading in readings)
        return min(apart, 2 * _HALF_A_DAY * _MINUTES - apart)

    def __str__(self) -> str:
        """On 24 hours: `14:30`."""
        return f"{self.hour:02}:{self.minute:02}"


def clock_of(found: re.Match[str]) -> WrittenClock | None:
    """The time that a match of `CLOCK` writes; None for times no clock shows."""
    if word := (found["word"] or "").casefold():
        return WrittenClock(
            hour=0 if word == "midnight" else _HALF_A_DAY, minute=0, half="am" if word == "midnight" else "pm"
        )
    for form in "123456":
        if found[f"h{form}"] is None:
            continue
        groups = found.groupdict()
        hour, minute = int(groups[f"h{form}"]), int(groups.get(f"m{form}") or 0)
        letters = (groups.get(f"half{form}") or "").casefold()
        half = {"a": "am", "p": "pm", "m": "?"}.get(letters[:1], "")
        if hour == _HOURS and minute == 0 and not half:
            hour = 0
        if hour >= _HOURS or minute >= _MINUTES:
            return None
        second, padded = int(groups.get(f"s{form}") or 0), groups[f"h{form}"].startswith("0")
        clock = WrittenClock(hour=hour, minute=minute, second=second, half=half, padded=padded)
        return clock.in_half(half) if half in {"am", "pm"} else clock
    return None
