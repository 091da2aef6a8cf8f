"""The kinds of values the file formats have: text as typed → value of the model, or a problem in plain words.

These are pydantic types, so that all wrong values of a file are found at once. What a value means may depend on
the file it stands in: its zone, its kind, the names of the components. That is the `Reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus
from .identifiers import check_anchor, check_id
from .instants import first_instant, looks_like_a_day, read_clock, read_day, read_instant
from .internal import without_internal_notes
from .spelling import (
    COMPONENT_STATUS_SLIPS,
    IMPACT_SLIPS,
    UPDATE_STATUS_SLIPS,
    nearest,
    one_of,
    quoted,
)
from .wrong import WrongValue
from .zones import read_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_YES, _NO = {"true", "yes", "on"}, {"false", "no", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What has to be known of a file to understand a value in it."""

    zone: ZoneInfo
    """In which times without an offset are read."""
    example: date
    """The day that hints use where the author wrote none."""
    components: Mapping[str, str] | None = None
    """Every name a component may be called → its id; None where the catalogue is not known."""
    maintenance: bool | None = None
    """Whether the file is about planned work; None where it does not say."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant that may have been written as a day: then it is the first instant of it."""

    at: datetime
    day: date | None = None
    """The day as written; None where a time was written too."""


def _wrong(error: WrongValue) -> PydanticCustomError:
    return PydanticCustomError(error.code, "{message}", {"message": error.message, "hint": error.hint})  # type: ignore[arg-type]


def _reader(read: Callable[[str, Reading], Any], **schema: Any) -> Any:
    """A pydantic type whose values are read from text by `read`."""

    def validate(value: object, info: ValidationInfo) -> Any:
        try:
            return read(_text(value), info.context)
        except WrongValue as error:
            raise _wrong(error) from None

    return Annotated[Any, PlainValidator(validate), WithJsonSchema(schema)]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise WrongValue("empty-value", "nothing is written here", "write a value or delete the line")
    found = "a list" if isinstance(value, list) else "keys with values"
    hint = "write the text behind the colon; put it in quotes if it begins with [ or {"
    raise WrongValue("wrong-shape", f"a text is wanted here, not {found}", hint)


def _prose(text: str, _: Reading) -> str:
    public = without_internal_notes(text)
    for fault in public.faults:
        raise WrongValue("internal-marker", fault.message, fault.hint)
    kept = public.text.strip()
    if not kept:
        raise WrongValue("empty-value", "there is no text here", "write a text, or delete the line")
    return kept


def _line(text: str, reading: Reading) -> str:
    line = _prose(text, reading)
    if "\n" in line:
        raise WrongValue("not-one-line", "this must be one line", "write the text on one line, in quotes")
    return line


def _instant(text: str, reading: Reading) -> datetime:
    return read_instant(text.strip(), reading.zone, example=reading.example)


def _moment(text: str, reading: Reading) -> Moment:
    if looks_like_a_day(text):
        day = read_day(text, example=reading.example)
        return Moment(first_instant(day, reading.zone), day)
    return Moment(_instant(text, reading))


def _promise(text: str, reading: Reading) -> datetime | time:
    return read_clock(text) or _instant(text, reading)


def _day(text: str, reading: Reading) -> date:
    return read_day(text.strip(), example=reading.example)


def _zone(text: str, _: Reading) -> ZoneInfo:
    return read_zone(text)


def _flag(text: str, _: Reading) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise WrongValue("not-yes-or-no", f"{quoted(text)} is neither true nor false", "write true or false")


def _percent(text: str, _: Reading) -> Decimal:
    try:
        percent = Decimal(text) if re.fullmatch(r"[0-9.]+", text) else None
    except InvalidOperation:
        percent = None
    if percent is not None and 0 < percent <= 100:  # noqa: PLR2004  percent
        return percent
    meant = text.replace(",", ".").strip("% ")
    hint = f"write {meant}" if re.fullmatch(r"\d{1,2}(\.\d+)?|100", meant) else "write a percentage such as 99.9"
    raise WrongValue("not-a-percentage", f"{quoted(text)} is not a percentage", hint)


def _link(text: str, _: Reading) -> str:
    if _LINK.fullmatch(text):
        return text
    hint = f"write https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else "write https://…"
    raise WrongValue("not-a-link", f"{quoted(text)} is not a web address", hint)


def _component(text: str, reading: Reading) -> str:
    if reading.components is None or text in reading.components:
        return text if reading.components is None else reading.components[text]
    near = nearest(text, reading.components)
    hint = f"write {near}" if near else f"{one_of(reading.components)}, or add it to components.yml"
    raise WrongValue("unknown-component", f"there is no component {quoted(text)}", hint)


def _component_status(text: str, _: Reading) -> ComponentStatus:
    return _word(text, ComponentStatus, COMPONENT_STATUS_SLIPS, "unknown-component-status", "a state of a component")


def _impact(text: str, _: Reading) -> Impact:
    return _word(text, Impact, IMPACT_SLIPS, "unknown-impact", "an impact")


_W = TypeVar("_W", ComponentStatus, Impact)


def _word(text: str, words: type[_W], slips: Mapping[str, str], code: str, kind: str) -> _W:
    try:
        return words(text)
    except ValueError:
        near = nearest(text, words, slips)
        raise WrongValue(code, f"{quoted(text)} is not {kind}", f"write {near}" if near else one_of(words)) from None


def _update_status(text: str, reading: Reading) -> IncidentStatus | MaintenanceStatus:
    families: tuple[type[IncidentStatus] | type[MaintenanceStatus], ...] = (IncidentStatus, MaintenanceStatus)
    if reading.maintenance is not None:
        families = families[::-1] if reading.maintenance else families
        other = families[1]
        families = families[:1]
        if text in set(other):
            raise _other_family(text, maintenance=reading.maintenance)
    for family in families:
        if text in set(family):
            return family(text)
    valid = [str(word) for family in families for word in family]
    near = nearest(text, valid, UPDATE_STATUS_SLIPS)
    hint = f"write {near}" if near else one_of(valid)
    raise WrongValue("unknown-status", f"{quoted(text)} is not a status of an update", hint)


_COUNTERPART = {
    "scheduled": "investigating",
    "in_progress": "identified",
    "verifying": "monitoring",
    "completed": "resolved",
    "investigating": "in_progress",
    "identified": "in_progress",
    "monitoring": "verifying",
    "resolved": "completed",
    "postmortem": "completed",
}


def _other_family(text: str, *, maintenance: bool) -> WrongValue:
    said = (
        f"'{text}' is a status of incidents, but this file is a maintenance (it has scheduled:)"
        if maintenance
        else f"'{text}' is a status of maintenances, but this file is an incident (it has started:)"
    )
    return WrongValue("status-of-other-kind", said, f"write {_COUNTERPART[text]}")


def _id(text: str, _: Reading) -> str:
    check_id(text)
    return text


def _anchor(text: str, _: Reading) -> str:
    check_anchor(text)
    return text


_ANY_TEXT = ["string", "number", "boolean"]  # editors type values, we do not: a title may be 1.0
_INSTANT_PATTERN = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?(Z|UTC|[+-]\d\d:?\d\d))?$"
_DAY_PATTERN = r"^\d{4}-\d\d-\d\d$"

Line = _reader(_line, type=_ANY_TEXT)
Prose = _reader(_prose, type=_ANY_TEXT)
Instant = _reader(_instant, type="string", pattern=_INSTANT_PATTERN)
InstantOrDay = _reader(
    _moment, anyOf=[{"type": "string", "pattern": p} for p in (_INSTANT_PATTERN, _DAY_PATTERN)]
)
InstantOrClock = _reader(
    _promise, anyOf=[{"type": "string", "pattern": p} for p in (_INSTANT_PATTERN, r"^([01]\d|2[0-3]):[0-5]\d$")]
)
Day = _reader(_day, type="string", pattern=_DAY_PATTERN)
Zone = _reader(_zone, type="string", examples=["Africa/Lagos", "Europe/Paris", "UTC"])
Flag = _reader(_flag, type="boolean")
Percent = _reader(_percent, type="number", exclusiveMinimum=0, maximum=100)
Link = _reader(_link, type="string", pattern="^https?://")
ComponentName = _reader(_component, type="string")
ComponentState = _reader(_component_status, enum=[str(word) for word in ComponentStatus])
ImpactWord = _reader(_impact, enum=[str(word) for word in Impact])
UpdateStatus = _reader(_update_status, enum=[str(w) for words in (IncidentStatus, MaintenanceStatus) for w in words])
Id = _reader(_id, type=_ANY_TEXT)
Anchor = _reader(_anchor, type="string")
