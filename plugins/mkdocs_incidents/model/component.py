"""The components of the service, and the catalogue of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
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

    def visible_groups(self, day: date) -> tuple[ComponentGroup, ...]:
        """The groups as the status page shows them on `day`: without hidden components, without empty groups."""
        shown = (
            ComponentGroup(
                name=group.name,
                description=group.description,
                components=tuple(c for c in group.components if c.visible_on(day)),
            )
            for group in self.groups
        )
        return tuple(group for group in shown if group.components)
