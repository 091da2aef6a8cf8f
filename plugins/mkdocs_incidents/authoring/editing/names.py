"""Names as people type them into a command: of components with their states, of statuses, of notices.

A name may be cut short as long as one thing can be meant: `card=major` is `card-payments: major_outage`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from mkdocs_incidents.content.format.values import FieldContext, read_update_status
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.content.suggestions import COMPONENT_STATUS_SLIPS, nearest, one_of, plain, quoted
from mkdocs_incidents.model import ComponentStatus, IncidentStatus, MaintenanceStatus, comparable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_incidents.model import Catalog, Component

    from .workspace import Workspace

_STATE_BEHIND = re.compile(r"=\s*([^\s,;=]*)")
_SEPARATORS = re.compile(r"[,;]")
_MOST_LISTED = 12
COMMON_STATES = ("major", "partial", "degraded", "maintenance", "ok")
"""One short form of each state, the worst first."""
_SHORT_STATES = ("major", "down", "partial", "degraded", "slow", "maintenance", "ok", "up")
_SHORT_FORMS = {status.value: status for status in ComponentStatus} | {
    name: ComponentStatus(COMPONENT_STATUS_SLIPS[name]) for name in _SHORT_STATES
}
_Status = TypeVar("_Status", ComponentStatus, "IncidentStatus | MaintenanceStatus")


def read_components(
    texts: Iterable[str], catalog: Catalog, *, day: date, default: ComponentStatus | None = None
) -> dict[str, ComponentStatus]:
    """The states of components by id, as `card=major`, `card=major sms=ok`, `card,sms=major` or `Card payments=slow`.

    `day` is that on which they are in these states; `default` is the state where none is written.

    Raises:
        WrongValueError: a component or a state is not known, may be several, or is missing; a component is retired;
            or one is in two states.
    """
    states: dict[str, ComponentStatus] = {}
    for text in texts:
        for name, state in _assignments(text, catalog):
            component_id = find_component(name, catalog, day=day, behind=f"={state}" if state else "")
            status = read_component_state(state) if state else default
            if status is None:
                raise WrongValueError(
                    "empty-value",
                    f"no state is given for {component_id}",
                    f"write {component_id}={_SHORT_STATES[0]}, or another of {', '.join(_SHORT_STATES[1:])}",
                )
            if states.setdefault(component_id, status) is not status:
                both = states[component_id], status
                raise WrongValueError(
                    "component-twice",
                    f"{component_id} is given two states, {both[0]} and {both[1]}",
                    f"write only {component_id}={both[0]} or {component_id}={both[1]}",
                )
    return states


def find_component(text: str, catalog: Catalog, *, day: date, behind: str = "") -> str:
    """The id of the component that is called `text` by its id, a former id or its name, or by a part of one of them.

    Case, accents, spaces and hyphens do not matter. A part finds only components that are in service on `day`.
    `behind` is what stands behind the name, for the hint.

    Raises:
        WrongValueError: there is none, there are several, or it is retired on `day`.
    """
    found = [catalog.components[catalog.ids[text]]] if text in catalog.ids else _called(text, catalog)
    serving = [component for component in found if component.retired is None or day < component.retired]
    if len(serving) == 1:
        return serving[0].id
    if serving:
        names = _either(quoted(catalog.full_names[component.id]) for component in serving)
        choices = _either(f"{component.id}{behind}" for component in serving)
        raise WrongValueError("unknown-component", f"{quoted(text)} may be {names}", f"write {choices}")
    if found:
        component = found[0]
        raise WrongValueError(
            "unknown-component",
            f"the component {component.id} was retired on {component.retired}",
            f"write another one{_others(catalog, day)}",
        )
    near = nearest(text, [*catalog.ids, *(component.name for component in catalog.components.values())])
    meant = near and (catalog.ids.get(near) or next(c.id for c in catalog.components.values() if c.name == near))
    hint = f"write {meant}{behind}" if meant else f"{one_of(_in_service(catalog, day), at_most=_MOST_LISTED)}"
    raise WrongValueError("unknown-component", f"there is no component {quoted(text)}", hint)


def require_in_service(components: Iterable[str], begins_at: datetime, workspace: Workspace) -> None:
    """Make sure that nothing begins before the components that it is about, by id, are in service.

    A strict build fails for it, and no bar would show it.

    Raises:
        WrongValueError: it does.
    """
    catalog = workspace.catalog
    day = begins_at.astimezone(catalog.timezone).date()
    later = [name for name in components if (since := catalog.components[name].since) and day < since]
    if later:
        names = " and ".join(later)
        raise WrongValueError(
            "component-not-yet",
            f"this begins on {day}, before {names} {'is' if len(later) == 1 else 'are'} in service",
            f"correct the time, or write since: {day} for {names} in {workspace.shown}/{CATALOG_NAME}, which is the "
            "first day for which you claim an uptime",
        )


def read_component_state(text: str) -> ComponentStatus:
    """The state of a component that `text` means: `major`, `down`, `partial`, `degraded`, `slow`, `maintenance`, `ok`.

    Every beginning of one of these words, or of a state of the format, means it as well where it means nothing else.

    Raises:
        WrongValueError: it means none, or several.
    """
    exact = COMPONENT_STATUS_SLIPS.get(plain(text))
    if exact:
        return ComponentStatus(exact)
    if found := _beginning_with(text, _SHORT_FORMS, "unknown-component-status"):
        return found
    near = nearest(text, _SHORT_FORMS)
    raise WrongValueError(
        "unknown-component-status",
        f"{quoted(text)} is not a state of a component",
        f"write {near}" if near else one_of(_SHORT_STATES),
    )


def read_status(text: str, *, maintenance: bool) -> IncidentStatus | MaintenanceStatus:
    """The status of an update of an incident or of a maintenance that `text` is, or begins: `inv`, `in-progress`.

    Raises:
        WrongValueError: it is none, may be several, or is one of the other kind.
    """
    family = MaintenanceStatus if maintenance else IncidentStatus
    found = _beginning_with(text, {status.value: status for status in family}, "unknown-status")
    # Neither the zone nor the day matters for a status.
    context = FieldContext(zone=ZoneInfo("UTC"), example=date(2000, 1, 1), maintenance=maintenance)
    return found or read_update_status(text, context)


def match(fragment: str, titles: Mapping[str, str], former: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The ids of the notices that `fragment` may mean, in the order of `titles` (id → title); several where unclear.

    The first of these that finds any decides: the id itself; a former id (`former`: former id → id); the beginning of
    an id, with or without its date; a part of an id; the beginnings of words of the title, all of them.
    """
    if fragment in titles:
        return (fragment,)
    wanted = _compact(fragment)
    if not wanted:
        return ()
    if former and former.get(fragment) in titles:
        return (former[fragment],)
    words = _words(fragment)
    keys = {notice_id: _compact(notice_id) for notice_id in titles}
    undated = {notice_id: _compact(re.sub(r"^\d{4}-\d\d-\d\d-", "", notice_id)) for notice_id in titles}
    levels = (
        lambda notice_id: keys[notice_id] == wanted or undated[notice_id] == wanted,
        lambda notice_id: keys[notice_id].startswith(wanted) or undated[notice_id].startswith(wanted),
        lambda notice_id: wanted in keys[notice_id],
        lambda notice_id: all(any(w.startswith(word) for w in _words(titles[notice_id])) for word in words),
    )
    return next((found for fits in levels if (found := tuple(filter(fits, titles)))), ())


def _assignments(text: str, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The names in an argument, each with the text of its state; empty where it has none."""
    name, _, state = text.rpartition("=")
    if text.strip() and _is_name(text, catalog):
        yield text, ""
    elif name and _is_name(name, catalog):  # the name itself may have a comma or an equals sign
        yield name, state.strip()
    else:
        start = 0
        for found in _STATE_BEHIND.finditer(text):
            yield from _all_in_state(text[start : found.start()], found[1], text, catalog)
            start = found.end()
        if start == 0 or text[start:].strip(" ,;"):
            yield from _all_in_state(text[start:], "", text, catalog)


def _all_in_state(names: str, state: str, text: str, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Names with commas between them; of a name that has commas itself all parts are kept together."""
    parts = _SEPARATORS.split(names.strip(" ,;"))
    first = 0
    while first < len(parts):
        ends = (end for end in range(len(parts), first + 1, -1) if _is_name(",".join(parts[first:end]), catalog))
        end = next(ends, first + 1)
        name = ",".join(parts[first:end]).strip()
        if not name:
            raise WrongValueError(
                "empty-value", f"{quoted(text)} names no component", "write a component and its state: website=major"
            )
        yield name, state
        first = end


def _is_name(text: str, catalog: Catalog) -> bool:
    """Whether `text` is the whole id, former id or name of a component."""
    wanted = comparable_name(text)
    names = [*catalog.ids, *catalog.full_names.values(), *(c.name for c in catalog.components.values())]
    return any(comparable_name(name) == wanted for name in names)


def _called(text: str, catalog: Catalog) -> list[Component]:
    """The components of which `text` is a name, else those of which it is a part of one."""
    wanted, words = _compact(text), _words(text)
    if not wanted:
        return []
    keys = {
        component.id: [_compact(name) for name in _names_of(component, catalog)]
        for component in catalog.components.values()
    }
    levels = (
        lambda key: key == wanted,
        lambda key: wanted in key,
        lambda key: all(word in key for word in words),
    )
    for fits in levels:
        if found := [catalog.components[component_id] for component_id, names in keys.items() if any(map(fits, names))]:
            return found
    return []


def _names_of(component: Component, catalog: Catalog) -> tuple[str, ...]:
    return component.id, *component.aliases, component.name, catalog.full_names[component.id]


def _compact(text: str) -> str:
    """The letters and digits of `text` without case and accents."""
    letters = unicodedata.normalize("NFD", comparable_name(text))
    return "".join(char for char in letters if char.isalnum())


def _words(text: str) -> list[str]:
    return [word for part in re.split(r"[\W_]+", comparable_name(text)) if (word := _compact(part))]


def _beginning_with(text: str, forms: Mapping[str, _Status], code: str) -> _Status | None:
    """What the one form means that is `text` or begins with it; None where none does.

    Raises:
        WrongValueError: several do, and mean different things.
    """
    typed = plain(text)
    if typed in forms:
        return forms[typed]
    found = list(dict.fromkeys(status for form, status in forms.items() if typed and form.startswith(typed)))
    if len(found) > 1:
        values = [str(status) for status in found]
        raise WrongValueError(code, f"{quoted(text)} may be {_either(values)}", f"write {_either(values)}")
    return found[0] if found else None


def _in_service(catalog: Catalog, day: date) -> Sequence[str]:
    return [c.id for c in catalog.components.values() if c.retired is None or day < c.retired]


def _others(catalog: Catalog, day: date) -> str:
    ids = _in_service(catalog, day)
    return f": {', '.join(ids)}" if 0 < len(ids) <= _MOST_LISTED else ""


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
