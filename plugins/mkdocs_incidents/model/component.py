"""The components of the service, and the catalogue of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from decimal import Decimal
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of the service that users recognise, under a permanent id."""

    id: str
    name: str
    description: str = ""
    since: date | None = None
    """First day for which there is uptime, in the catalogue's zone; before it there is no data."""
    slo: Decimal | None = None
    """Target uptime in percent per calendar month."""
    aliases: tuple[str, ...] = ()
    """Former ids, still valid in incident files."""
    retired: date | None = None
    """First day on which the component is no longer shown; its history stays."""

    def visible_on(self, day: date) -> bool:
        """Whether the status page shows the component on `day`."""
        return (self.since is None or self.since <= day) and (self.retired is None or day < self.retired)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentGroup:
    """Components shown together, in the order of the file; `name` is None for those in no group."""

    name: str | None
    components: tuple[Component, ...]
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All components of a site, and its time zone."""

    timezone: ZoneInfo
    groups: tuple[ComponentGroup, ...]

    @cached_property
    def components(self) -> Mapping[str, Component]:
        """Every component by id, retired ones included, in the order of the file."""
        return {component.id: component for group in self.groups for component in group.components}

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The id of a component by each name that a file may use: its id and its aliases."""
        names = {alias: component.id for component in self.components.values() for alias in component.aliases}
        return names | {component_id: component_id for component_id in self.components}

    @cached_property
    def full_names(self) -> Mapping[str, str]:
        """The name of every component for where its group does not stand above it, by id; no two are alike.

        It is the name alone if no other component has it, else `Europe, API`, and if that is not unique either,
        `Europe, API (eu-api)`. A retired component gives way to one in service, whose name so stays as it is.
        """
        forms = {
            component.id: _forms_of_name(component, group.name)
            for group in self.groups
            for component in group.components
        }
        names = {component_id: form.pop() for component_id, form in forms.items()}
        while longer := [able for alike in _alike(names) if (able := [c for c in alike if forms[c]])]:
            for component_ids in longer:
                retired = [c for c in component_ids if self.components[c].retired]
                names |= {component_id: forms[component_id].pop() for component_id in retired or component_ids}
        return names

    @cached_property
    def group_names(self) -> Mapping[str, str | None]:
        """The name of the group of every component, by the id of the component; None without a group."""
        return {component.id: group.name for group in self.groups for component in group.components}

    def groups_of(self, component_ids: Collection[str]) -> tuple[ComponentGroup, ...]:
        """The groups with only the components of these ids, without empty groups."""
        shown = (
            ComponentGroup(
                name=group.name,
                description=group.description,
                components=tuple(c for c in group.components if c.id in component_ids),
            )
            for group in self.groups
        )
        return tuple(group for group in shown if group.components)


def comparable_name(name: str) -> str:
    """A name as readers compare it: without case, spaces at its ends or in a row, or forms of the same letter."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def _forms_of_name(component: Component, group: str | None) -> list[str]:
    """The names by which a component may be shown, the shortest last; the first one is that of no other component."""
    in_group = f"{group}, {component.name}" if group else component.name
    return [f"{in_group} ({component.id})", in_group, component.name]


def _alike(names: Mapping[str, str]) -> list[list[str]]:
    """The ids whose names readers cannot tell apart, together."""
    found: dict[str, list[str]] = defaultdict(list)
    for component_id, name in names.items():
        found[comparable_name(name)].append(component_id)
    return [component_ids for component_ids in found.values() if len(component_ids) > 1]
