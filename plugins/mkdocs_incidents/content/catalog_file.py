"""`components.yml` → Catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from mkdocs_incidents.model import Catalog, Component, ComponentGroup, comparable_name

from .format.meant_keys import as_meant
from .format.schema import CatalogKeys, ComponentKeys
from .format.schema_errors import report_schema_errors
from .format.values import FieldContext
from .format.zones import read_zone
from .problems import WrongValueError
from .source import START, composed
from .yaml.nodes import Mapping, Node, Path, Scalar, Sequence, compose, data, find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf
    from datetime import date

    from .source import Report, Source

EXAMPLE = """\
timezone: Africa/Lagos
components:
  - id: website
    name: Website
"""
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogFile:
    """What is known of the catalogue; where it has errors that is its zone, as far as it can be read, and no more.

    Then no name of a component is checked and no rule runs: a slip in the catalogue is not reported of all files.
    """

    catalog: Catalog | None = None
    timezone: ZoneInfo = UTC_ZONE
    names: MappingOf[str, str] | None = None
    """Every name a component may be called → its id; None where the catalogue has errors."""


def read_catalog(source: Source, report: Report, *, example: date) -> CatalogFile:
    """The catalogue in `source`. `example` is a day of the present year."""
    root = compose(source.text, source, report)
    if not isinstance(root, Mapping):
        if not report.failed:
            place = source.place(root.index) if root else START
            what = "the file is empty" if root is None else "the file does not begin with keys such as timezone:"
            hint = (
                f"write in it:\n{EXAMPLE}" if root is None else "begin it with timezone:, and the list with components:"
            )
            report.error(place, "catalog-not-keys", what, hint)
        return CatalogFile()
    root = as_meant(root, CatalogKeys, source, report)
    known = CatalogFile(timezone=_zone(root))
    context = FieldContext(zone=known.timezone, example=example)
    try:
        keys = CatalogKeys.model_validate(data(root), context=context)
    except ValidationError as error:
        report_schema_errors(error, root, source, report)
        return known
    understood = not report.failed
    groups = [
        *(
            ComponentGroup(name=group.name, description=group.description, components=_components(group.components))
            for group in keys.groups
        ),
    ]
    if keys.components:
        groups.append(ComponentGroup(name=None, components=_components(keys.components)))
    if understood:
        _check(root, groups, source, report)
    if report.failed:
        return known
    catalog = Catalog(timezone=keys.timezone, groups=tuple(groups))
    return CatalogFile(catalog=catalog, timezone=keys.timezone, names=catalog.ids)


def _components(keys: list[ComponentKeys]) -> tuple[Component, ...]:
    return tuple(
        Component(
            id=key.id,
            name=key.name,
            description=key.description,
            since=key.since,
            slo=key.slo,
            aliases=tuple(key.aliases),
            retired=key.retired,
        )
        for key in keys
    )


def _zone(root: Node) -> ZoneInfo:
    named = find(root, ("timezone",))
    try:
        return read_zone(named.text) if isinstance(named, Scalar) else UTC_ZONE
    except WrongValueError:  # reported with all other wrong values
        return UTC_ZONE


def _component_nodes(root: Node) -> Iterator[Mapping]:
    lists = [root.values.get("components")] if isinstance(root, Mapping) else []
    groups = root.values.get("groups") if isinstance(root, Mapping) else None
    if isinstance(groups, Sequence):
        lists = [*(group.values.get("components") for group in groups.items if isinstance(group, Mapping)), *lists]
    for components in lists:
        if isinstance(components, Sequence):
            yield from (node for node in components.items if isinstance(node, Mapping))


def _check(root: Mapping, groups: list[ComponentGroup], source: Source, report: Report) -> None:
    """What no single value shows: names given twice, days in the wrong order, nothing at all."""
    taken: dict[str, tuple[str, int]] = {}
    components = [component for group in groups for component in group.components]
    for component, node in zip(components, _component_nodes(root), strict=True):
        names: list[tuple[str, Path]] = [(component.id, ("id",))]
        names += [(alias, ("aliases", number)) for number, alias in enumerate(component.aliases)]
        for name, path in names:
            place = source.place(find(node, path).index)
            if first := taken.get(composed(name)):
                same = f"'{name}'" if name == first[0] else f"'{name}' differs from '{first[0]}' only in case and"
                message = f"{same} already stands for a component, on line {first[1]}"
                report.error(
                    place, "duplicate-component", message, "write another id in the one that is not published yet"
                )
            else:
                taken[composed(name)] = (name, place.line)
        if component.since and component.retired and component.retired <= component.since:
            place = source.place(find(node, ("retired",)).index)
            message = f"'{component.id}' is retired on {component.retired}, but exists only since {component.since}"
            report.error(place, "retired-before-since", message, "correct the day that is wrong")
    if not components:
        report.error(
            source.place(root.index),
            "no-components",
            "the catalogue has no components",
            "write below components:\n  - id: website\n    name: Website"
            if "components" in root.keys
            else "add:\ncomponents:\n  - id: website\n    name: Website",
        )
    _warn_of_same_names(groups, root, source, report)


def _warn_of_same_names(groups: list[ComponentGroup], root: Mapping, source: Source, report: Report) -> None:
    first_groups: dict[str, int] = {}
    for number, group in enumerate(groups):
        first = first_groups.setdefault(comparable_name(group.name or ""), number)
        if first != number:
            place, earlier = (source.place(find(root, ("groups", n, "name")).index) for n in (number, first))
            message = f"the group on line {earlier.line} has the name '{group.name}', too"
            hint = "give them names that users can tell apart, or make one group of them"
            report.warning(place, "same-group-name", message, hint)
    nodes = _component_nodes(root)
    for group in groups:
        seen: set[str] = set()
        for component in group.components:
            node, name = next(nodes), comparable_name(component.name)
            if name in seen:
                place = source.place(find(node, ("name",)).index)
                message = f"two components of one group are called '{component.name}'"
                report.warning(place, "same-component-name", message, "give them names that users can tell apart")
            seen.add(name)
