"""The kinds of values the file formats have: text as typed → value of the model, or an error.

These are pydantic types, so that all wrong values of a file are found at once. What a value means may depend on
the file it stands in: its zone, its kind, the names of the components. That is its `Reading`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, StatedInstant

from ..internal_notes import without_internal_notes
from ..problems import WrongValueError
from ..source import without_overrides
from ..suggestions import quoted
from ..yaml.nodes import EMPTY
from .instants import first_instant, looks_like_a_day, read_clock, read_day, read_instant
from .values import (
    FieldContext,
    check_anchor,
    read_component,
    read_component_status,
    read_id,
    read_impact,
    read_pattern,
    read_update_status,
)
from .zones import read_zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_YES, _NO = {"true", "yes", "on"}, {"false", "no", "off"}


def _wrong(error: WrongValueError) -> PydanticCustomError:
    return PydanticCustomError(error.code, "{message}", {"message": error.message, "hint": error.hint})


def _by(read: Callable[[str, FieldContext], object]) -> PlainValidator:
    """Values are read from the text as typed, by `read`."""

    def validate(value: object, info: ValidationInfo[Any]) -> object:
        try:
            return read(_text(value), info.context)
        except WrongValueError as error:
            raise _wrong(error) from None

    return PlainValidator(validate)


def _text(value: object) -> str:
    if isinstance(value, str):
        return without_overrides(value)  # written as `\u202e` in quotes, they come to light only here
    if value is EMPTY:
        raise WrongValueError("empty-value", "nothing is written here", "write a value or delete the line")
    found = "a list" if isinstance(value, list) else "keys with values"
    hint = "write the text behind the colon; put it in quotes if it begins with [ or {"
    raise WrongValueError("wrong-shape", f"a text is wanted here, not {found}", hint)


def _prose(text: str, _: FieldContext) -> str:
    public = without_internal_notes(text)
    for fault in public.faults:
        raise WrongValueError("internal-marker", fault.message, fault.hint)
    kept = public.text.strip()
    if not kept:
        raise WrongValueError("empty-value", "there is no text here", "write a text, or delete the line")
    return kept


def _line(text: str, context: FieldContext) -> str:
    line = _prose(text, context)
    if "\n" in line:
        raise WrongValueError("not-one-line", "this must be one line", "write the text on one line, in quotes")
    return line


def _instant(text: str, context: FieldContext) -> datetime:
    return read_instant(text.strip(), context.zone, example=context.example)


def _instant_or_day(text: str, context: FieldContext) -> StatedInstant:
    if looks_like_a_day(text):
        day = read_day(text)
        return StatedInstant(first_instant(day, context.zone), day)
    return StatedInstant(_instant(text, context))


def _instant_or_clock(text: str, context: FieldContext) -> datetime | time:
    clock = read_clock(text)
    if clock:
        return clock
    try:
        return _instant(text, context)
    except WrongValueError as error:
        hint = error.hint.replace("YYYY-MM-DD ", "")  # the day need not be written here
        raise WrongValueError(error.code, error.message, hint) from None


def _day(text: str, _: FieldContext) -> date:
    return read_day(text.strip())


def _zone(text: str, _: FieldContext) -> ZoneInfo:
    return read_zone(text)


def _flag(text: str, _: FieldContext) -> bool:
    answer = text.casefold()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise WrongValueError("not-yes-or-no", f"{quoted(text)} is neither true nor false", "write true or false")


def _percent(text: str, _: FieldContext) -> Decimal:
    try:
        percent = Decimal(text) if re.fullmatch(r"[0-9.]+", text) else None
    except InvalidOperation:
        percent = None
    if percent is not None and 0 < percent <= 100:  # noqa: PLR2004  percent
        return percent
    meant = text.replace(",", ".").strip("% ")
    repaired = meant != text and re.fullmatch(r"\d{1,2}(\.\d+)?|100", meant)
    hint = f"write {meant}" if repaired else "write a number above 0, up to 100, without a sign"
    raise WrongValueError("not-a-percentage", f"{quoted(text)} is not a percentage", hint)


def _link(text: str, _: FieldContext) -> str:
    if _LINK.fullmatch(text):
        return text
    hint = f"write https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else "write https://…"
    raise WrongValueError("not-a-link", f"{quoted(text)} is not a web address", hint)


def _pattern(text: str, _: FieldContext) -> re.Pattern[str]:
    return read_pattern(text)


def _id(text: str, _: FieldContext) -> str:
    return read_id(text)


def _anchor(text: str, _: FieldContext) -> str:
    check_anchor(text)
    return text


def _shaped(*patterns: str) -> WithJsonSchema:
    shapes: list[dict[str, Any]] = [{"type": "string", "pattern": pattern} for pattern in patterns]
    return WithJsonSchema(shapes[0] if len(shapes) == 1 else {"anyOf": shapes})


def _one_value_of(*enums: type[StrEnum]) -> WithJsonSchema:
    return WithJsonSchema({"enum": [str(value) for values in enums for value in values]})


# Editors type values, we do not: a title may be 1.0, and is the text "1.0".
_ANY_TEXT = WithJsonSchema({"type": ["string", "number", "boolean"]})
_INSTANT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?(Z|UTC|[+-]\d\d:?\d\d))?$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
_ZONES = WithJsonSchema({"type": "string", "examples": ["Africa/Lagos", "Europe/Paris", "UTC"]})
_PERCENT = WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100})

Line: TypeAlias = Annotated[str, _by(_line), _ANY_TEXT]
ProseField: TypeAlias = Annotated[str, _by(_prose), _ANY_TEXT]
InstantField: TypeAlias = Annotated[datetime, _by(_instant), _shaped(_INSTANT)]
InstantOrDay: TypeAlias = Annotated[StatedInstant, _by(_instant_or_day), _shaped(_INSTANT, _DAY)]
InstantOrClock: TypeAlias = Annotated[datetime | time, _by(_instant_or_clock), _shaped(_INSTANT, _CLOCK)]
DayField: TypeAlias = Annotated[date, _by(_day), _shaped(_DAY)]
Zone: TypeAlias = Annotated[ZoneInfo, _by(_zone), _ZONES]
Flag: TypeAlias = Annotated[bool, _by(_flag), WithJsonSchema({"type": "boolean"})]
PercentField: TypeAlias = Annotated[Decimal, _by(_percent), _PERCENT]
LinkField: TypeAlias = Annotated[str, _by(_link), _shaped("^https?://")]
ComponentName: TypeAlias = Annotated[str, _by(read_component), WithJsonSchema({"type": "string"})]
ComponentState: TypeAlias = Annotated[ComponentStatus, _by(read_component_status), _one_value_of(ComponentStatus)]
ImpactLevel: TypeAlias = Annotated[Impact, _by(read_impact), _one_value_of(Impact)]
UpdateStatus: TypeAlias = Annotated[
    IncidentStatus | MaintenanceStatus, _by(read_update_status), _one_value_of(IncidentStatus, MaintenanceStatus)
]
Pattern: TypeAlias = Annotated[re.Pattern[str], _by(_pattern), WithJsonSchema({"type": "string"})]
Id: TypeAlias = Annotated[str, _by(_id), _ANY_TEXT]
Anchor: TypeAlias = Annotated[str, _by(_anchor), WithJsonSchema({"type": "string"})]
