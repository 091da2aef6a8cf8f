"""Readers of single values: words of closed sets, components, ids, anchors, regular expressions.

An id must be valid in every file system and every address. A regular expression is refused where it could run for
hours: Python's engine tries every way to share a text between repetitions. Two that are nested, or many in a row, make
that more ways than there is time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus

from ..problems import WrongValueError
from ..suggestions import (
    COMPONENT_STATUS_SLIPS,
    HINTS_FOR_WORK,
    IMPACT_SLIPS,
    UPDATE_STATUS_SLIPS,
    nearest,
    one_of,
    plain,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContext:
    """What has to be known of a file to understand a value in it."""

    zone: ZoneInfo
    """In which times without an offset are read."""
    example: date
    """A day of the year in which the times of the file are likely to be."""
    components: Mapping[str, str] | None = None
    """Every name a component may be called → its id; None where the catalogue is not known."""
    maintenance: bool | None = None
    """Whether the file is about planned work; None where its keys do not show it."""


def read_component(text: str, context: FieldContext) -> str:
    """The id of the component called `text`."""
    if context.components is None or text in context.components:
        return text if context.components is None else context.components[text]
    name, _, state = (part.strip() for part in text.partition(":"))
    if name in context.components and state in list(ComponentStatus):
        raise WrongValueError("unknown-component", "a space is missing behind the colon", f"write {name}: {state}")
    near = nearest(text, context.components)
    hint = (
        f"write {near}"
        if near
        else f"{one_of(dict.fromkeys(context.components.values()))}, or add it to components.yml"
    )
    raise WrongValueError("unknown-component", f"there is no component {quoted(text)}", hint)


def read_component_status(text: str, _: FieldContext) -> ComponentStatus:
    """The state of a component `text` means."""
    return _value(text, ComponentStatus, COMPONENT_STATUS_SLIPS, "unknown-component-status", "a state of a component")


def read_impact(text: str, _: FieldContext) -> Impact:
    """The severity `text` means."""
    return _value(text, Impact, IMPACT_SLIPS, "unknown-impact", "an impact")


UPDATE_STATUSES: dict[str, IncidentStatus | MaintenanceStatus] = {
    status.value: status for family in (IncidentStatus, MaintenanceStatus) for status in family
}
_V = TypeVar("_V", ComponentStatus, Impact)


def _value(text: str, valid: type[_V], slips: Mapping[str, str], code: str, kind: str) -> _V:
    try:
        return valid(text)
    except ValueError:
        near = nearest(text, valid, slips)
        raise WrongValueError(
            code, f"{quoted(text)} is not {kind}", f"write {near}" if near else one_of(valid)
        ) from None


def read_update_status(text: str, context: FieldContext) -> IncidentStatus | MaintenanceStatus:
    """The status of an update `text` means, of the family that fits the kind of file."""
    status = UPDATE_STATUSES.get(text)
    valid = list(UPDATE_STATUSES)
    if context.maintenance is not None:
        family = MaintenanceStatus if context.maintenance else IncidentStatus
        if status is not None and not isinstance(status, family):
            raise _other_family(text, maintenance=context.maintenance)
        valid = list(family)
    if status is not None:
        return status
    near = nearest(text, valid, UPDATE_STATUS_SLIPS)
    hint = f"write {near}" if near else one_of(valid)
    if context.maintenance:
        hint = HINTS_FOR_WORK.get(plain(text), hint)
    raise WrongValueError("unknown-status", f"{quoted(text)} is not a status of an update", hint)


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


def _other_family(text: str, *, maintenance: bool) -> WrongValueError:
    message = (
        f"'{text}' is a status of incidents, but this file is a maintenance (it has scheduled:)"
        if maintenance
        else f"'{text}' is a status of maintenances, but this file is an incident (it has started:)"
    )
    return WrongValueError("status-of-other-kind", message, f"write {_COUNTERPART[text]}")


LONGEST_ID = 120
_LONGEST_BYTES = 200  # file systems allow 255 bytes for a name; pages and their Markdown copies add an ending
_ID = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# `index` is the page of the folder; the others are devices on Windows, whatever their ending.
_RESERVED = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
# /incidents/<id>.json and the like stand beside the folder /incidents/<id>/: an id may not look like one of them.
_ENDINGS = (".html", ".json", ".md", ".txt", ".xml", ".atom", ".rss", ".ics", ".svg", ".csv")


def read_id(text: str) -> str:
    """`text` as an id, in the Unicode normal form NFC.

    Raises:
        WrongValueError: `text` cannot be part of an address or a file name; the hint has the nearest valid id.
    """
    text = unicodedata.normalize("NFC", text)  # some disks take names apart: é becomes e and an accent
    if reason := _why_not(text):
        meant = suggested_id(text)
        raise WrongValueError(
            "bad-id",
            f"the id {quoted(text)} {reason}",
            f"write {meant}" if meant else "write an id of letters, digits and hyphens",
        )
    return text


def _why_not(text: str) -> str | None:  # noqa: PLR0911  one reason a line
    folded = text.casefold()
    if not text:
        return "is empty"
    if len(text) > LONGEST_ID or len(text.encode()) > _LONGEST_BYTES:
        return f"is too long: {len(text)} characters, {LONGEST_ID} are possible"
    if ".." in text or "/" in text or "\\" in text:
        return "would leave its folder"
    if not _ID.fullmatch(_without_marks(text)):
        if text[0] in ".-_":
            return f"begins with {text[0]}"
        if text[-1] == ".":
            return "ends with a full stop"
        bad = next((char for char in text if not re.match(r"[\w.-]", char)), text[0])
        return f"holds {'a space' if bad == ' ' else quoted(bad)}"
    if folded.split(".", 1)[0] in _RESERVED:
        return "is a name with a meaning of its own"
    if folded.endswith(_ENDINGS):
        return f"ends like a file, in {folded[folded.rindex('.') :]}"
    return None


def _without_marks(text: str) -> str:
    """`text` without the vowel signs and accents that some scripts write beside their letters."""
    return text if text.isascii() else "".join(char for char in text if unicodedata.category(char)[0] != "M")


def suggested_id(text: str) -> str | None:
    """The nearest id to `text`, or None where nothing of it can be one."""
    meant = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text))
    for ending in _ENDINGS:
        meant = meant.removesuffix(ending)
    meant = re.sub(r"-?\.{2,}-?|-{2,}", "-", meant).strip("-._")
    while len(meant) > LONGEST_ID or len(meant.encode()) > _LONGEST_BYTES:
        meant = meant[:-1]
    meant = meant.rstrip("-._")
    return meant if meant and _why_not(meant) is None else None


def derived_update_id(at: datetime, number: int = 1) -> str:
    """The id of an update that states none, published at `at` (UTC): `update-20260406-1430`.

    `number` counts the updates of one notice at that instant, from 1.
    """
    # As `%Y%m%d-%H%M` gives it, at a fifth of the cost: a history has thousands of updates.
    stamp = f"{at.year:04}{at.month:02}{at.day:02}-{at.hour:02}{at.minute:02}"
    stamp += f"{at.second:02}" if at.second else ""
    return f"update-{stamp}-{number}" if number > 1 else f"update-{stamp}"


def check_anchor(text: str) -> None:
    """Check that `text` can be the target of a link.

    Raises:
        WrongValueError: it cannot.
    """
    if not _ANCHOR.fullmatch(text) or len(text) > LONGEST_ID:
        meant = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")
        hint = f"write {meant}" if _ANCHOR.fullmatch(meant) else "write a word such as update-1"
        raise WrongValueError("bad-anchor", f"the id {quoted(text)} cannot be the target of a link", hint)


LONGEST = 300
_MOST_OPEN = 3
_CODE = "bad-pattern"
_FEW = 20
"""A repetition with a bound up to this one counts as bounded."""
_REPEAT = re.compile(r"[*+]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}")


def read_pattern(text: str) -> re.Pattern[str]:
    """`text` compiled as a regular expression that ignores case.

    Raises:
        WrongValueError: `text` is no regular expression, matches the empty text, or may take very long.
    """
    if len(text) > LONGEST:
        raise WrongValueError(
            _CODE, f"the pattern has {len(text)} characters; at most {LONGEST} are read", "make two rules of it"
        )
    _refuse_endless(text)
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError) as error:
        at = getattr(error, "pos", None)
        where = f" at {quoted(text[at : at + 10])}" if at is not None and at < len(text) else ""
        raise WrongValueError(
            _CODE,
            f"{quoted(text)} is not a regular expression: {getattr(error, 'msg', error)}{where}",
            "put a backslash before signs that are meant as they stand: \\( \\. \\?",
        ) from None
    if pattern.search(""):
        raise WrongValueError(
            _CODE, f"{quoted(text)} fits even where nothing is written", "write at least one word that must be there"
        )
    return pattern


def _refuse_endless(text: str) -> None:
    """Refuse a repetition inside of another, and more than a few repetitions without a narrow bound."""
    open_repeats = 0
    groups: list[bool] = []  # for each open group whether an open repetition or a choice is in it
    index = 0
    closed: bool | None = None  # of the group that ended right before, likewise
    while index < len(text):
        repeat = _REPEAT.match(text, index)
        if repeat and index:
            bound = _bound(repeat)
            if bound is None or bound > 1:
                if closed:
                    raise WrongValueError(
                        _CODE,
                        f"{quoted(text[: repeat.end()])} repeats what already repeats or chooses: it may run for hours",
                        "write the words out, or use one repetition, such as \\w+",
                    )
                if bound is None or bound > _FEW:
                    open_repeats += 1
                groups = [True] * len(groups)
            index, closed = repeat.end(), None
            continue
        width = _width(text, index)
        sign = text[index : index + width]
        closed = None
        if sign == "(":
            groups.append(False)
        elif sign == "|":
            groups = [*groups[:-1], True] if groups else groups
        elif sign == ")" and groups:
            closed = groups.pop()
        index += width
    if open_repeats > _MOST_OPEN:
        raise WrongValueError(
            _CODE,
            f"{quoted(text)} has {open_repeats} open repetitions; more than {_MOST_OPEN} may run for hours",
            "bound them: \\w{1,20} in place of \\w+, .{0,20} in place of .*",
        )


def _bound(repeat: re.Match[str]) -> int | None:
    """How often at most; None where there is no bound."""
    if repeat[0] in "*+" or (repeat["comma"] and not repeat["most"]):
        return None
    return int(repeat["most"] or repeat["least"] or 0)


def _width(text: str, index: int) -> int:
    """How many characters the sign at `index` takes: an escape two, a class all of its own."""
    if text[index] == "\\":
        return 2
    if text[index] != "[":
        return 1
    end = index + 1
    end += text[end : end + 1] == "^"
    end += text[end : end + 1] == "]"
    while end < len(text) and text[end] != "]":
        end += 2 if text[end] == "\\" else 1
    return end - index + 1
