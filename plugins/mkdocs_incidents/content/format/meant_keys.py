"""Mistyped keys and torn lists → the nodes their author meant, after reporting each slip once.

What is reported here is read as it was meant, so that one slip is one problem: a misspelt `started` is not also a file
without a start, and a dash too many does not leave two updates that both lack something.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..source import MOST_LISTED
from ..suggestions import nearest, one_of, plain, quoted
from ..yaml.nodes import Mapping, Node, Scalar, Sequence
from .schema import (
    CatalogKeys,
    ComponentKeys,
    EditorialSettings,
    Format,
    GroupKeys,
    IncidentKeys,
    OwnRuleKeys,
    PostmortemKeys,
    RetractedKeys,
    ScheduledKeys,
    UpdateKeys,
    UpstreamKeys,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..source import Report, Source

# What people from other tools type → our key.
_SLIPS = {
    "severity": "impact",
    "start": "started",
    "began": "started",
    "begin": "started",
    "start_time": "started",
    "starts_at": "started",
    "started_at": "started",
    "date": "started",
    "end": "resolved",
    "ended": "resolved",
    "end_time": "resolved",
    "resolved_at": "resolved",
    "resolvedwhen": "resolved",
    "maintenance": "scheduled",
    "name": "title",
    "affected": "components",
    "systems": "components",
    "affectedsystems": "components",
    "tags": "causes",
    "cause": "causes",
    "update": "updates",
    "zone": "timezone",
    "tz": "timezone",
    "time_zone": "timezone",
    "pin": "pinned",
    "embargo": "publish",
    "time": "at",
    "when": "at",
    "state": "status",
    "text": "message",
    "body": "message",
    "next": "next_update",
    "to": "until",
    "title": "name",
    "author": "by",
    "url": "link",
    "website": "link",
    "sla": "slo",
    "former_ids": "aliases",
    "alias": "aliases",
    "retraction": "retracted",
    "false_alarm": "retracted",
    "withdrawn": "retracted",
}
# Keys below which another format begins; a list in between does not change which.
FORMATS: dict[tuple[type[Format], str], type[Format]] = {
    (IncidentKeys, "updates"): UpdateKeys,
    (IncidentKeys, "scheduled"): ScheduledKeys,
    (IncidentKeys, "postmortem"): PostmortemKeys,
    (IncidentKeys, "upstream"): UpstreamKeys,
    (IncidentKeys, "retracted"): RetractedKeys,
    (UpdateKeys, "retracted"): RetractedKeys,
    (CatalogKeys, "groups"): GroupKeys,
    (CatalogKeys, "components"): ComponentKeys,
    (GroupKeys, "components"): ComponentKeys,
    (EditorialSettings, "rules"): OwnRuleKeys,
}
TOPS: tuple[type[Format], ...] = (IncidentKeys, CatalogKeys, EditorialSettings)
NAMES: dict[type[Format], str] = {
    IncidentKeys: "an incident file",
    UpdateKeys: "an update",
    ScheduledKeys: "scheduled",
    PostmortemKeys: "postmortem",
    UpstreamKeys: "upstream",
    RetractedKeys: "retracted",
    CatalogKeys: "components.yml",
    GroupKeys: "a group",
    ComponentKeys: "a component",
    EditorialSettings: "editorial.yml",
    OwnRuleKeys: "a rule",
}


@lru_cache(maxsize=64)
def keys_of(of: type[Format]) -> tuple[str, ...]:
    """The keys of a format, in the order in which the guide has them."""
    return tuple(field.alias or name for name, field in of.model_fields.items())


@lru_cache(maxsize=64)
def required_keys(of: type[Format]) -> tuple[str, ...]:
    """The keys without which a format is incomplete; that an incident has one of two is not among them."""
    return tuple(field.alias or name for name, field in of.model_fields.items() if field.is_required())


def as_meant(root: Mapping, top: type[Format], source: Source, report: Report) -> Mapping:
    """The nodes below `root` with the keys of the format `top` that were meant; what is not right is reported.

    Keys that are unknown and stand for none of the format are reported and left out.
    """
    return _Reader(top, source, report).mapping(root, top)


class _Reader:
    def __init__(self, top: type[Format], source: Source, report: Report) -> None:
        self._top = top
        self._source = source
        self._report = report
        self._reported = 0
        self._mappings: list[tuple[Mapping, type[Format]]] = []

    def mapping(self, node: Mapping, within: type[Format]) -> Mapping:
        """The keys of `node` that the format has, each by its own name."""
        meant = Mapping(node.index)
        self._mappings.append((meant, within))
        above = ""
        for typed, key in node.keys.items():
            if typed not in keys_of(within) and above and self._belongs_below(above, typed, meant, within):
                self._move_below(above, typed, node, meant)
                continue
            name = typed if typed in keys_of(within) else self._meant(typed, node, meant, within)
            above = name or ""
            if name is None:
                meant.unread += 1
                continue
            below = FORMATS.get((within, name))
            meant.keys[name] = key
            meant.values[name] = self._node(node.values[typed], below) if below else node.values[typed]
        return meant

    def _node(self, node: Node, within: type[Format]) -> Node:
        if isinstance(node, Sequence):
            items = [self._node(item, within) for item in node.items]
            return replace(node, items=list(self._joined(items, within)))
        return self.mapping(node, within) if isinstance(node, Mapping) else node

    @staticmethod
    def _belongs_below(above: str, typed: str, meant: Mapping, within: type[Format]) -> bool:
        """Whether nothing stands below the key above, where the unknown key belongs, or keys that do not either."""
        value = meant.values[above]
        below = FORMATS.get((within, above))
        nothing = (isinstance(value, Scalar) and value.empty) or (isinstance(value, Mapping) and value.moved)
        fits = typed in keys_of(below) if below else within is IncidentKeys and above == "components"
        return nothing and fits and nearest(typed, keys_of(within), _SLIPS) is None

    def _move_below(self, above: str, typed: str, node: Mapping, meant: Mapping) -> None:
        """Read a key as one of the mapping above it, and report the first one that is not indented."""
        key, value = node.keys[typed], meant.values[above]
        if not isinstance(value, Mapping):
            place = self._source.place(key.index)
            message = f"{quoted(typed)} stands beside {above}:, not below it"
            hint = f"indent it: begin the line, and the others of {above}:, with {place.column + 1} spaces"
            self._report.error(place, "unknown-key", message, hint)
            value = meant.values[above] = Mapping(key.index, moved=True)
        value.keys[typed], value.values[typed] = key, node.values[typed]

    def _meant(self, typed: str, node: Mapping, meant: Mapping, within: type[Format]) -> str | None:
        """The key that an unknown one stands for, which is reported; None where there is none, or it is there."""
        self._reported += 1
        if self._reported > MOST_LISTED:  # guessing what was meant takes its time
            self._report.unlisted += 1
            return None
        valid = keys_of(within)
        absent = [key for key in valid if key not in node.keys and key not in meant.keys]
        missing = [key for key in required_keys(within) if key in absent]
        last = plain(typed.rsplit(maxsplit=1)[-1]) if typed.strip() else ""
        elsewhere = [of for of in NAMES if last in keys_of(of) and self._related(of)]
        near = nearest(typed, valid, _SLIPS)
        if near is None and not elsewhere:
            near = next((key for key in [*missing, *absent] if _one_edit_apart(plain(typed), key)), None)
        if near is None:
            hint = f"it belongs to {NAMES[elsewhere[0]]}: indent it there" if elsewhere else one_of(valid, at_most=16)
        else:
            hint = self._instead(typed, near, node)
        if near not in absent:
            self._count_moved(last, elsewhere)
        place = self._source.place(node.keys[typed].index)
        self._report.error(place, "unknown-key", f"{quoted(typed)} is not a key of {NAMES[within]}", hint)
        return near if near in absent else None

    def _count_moved(self, key: str, formats: list[type[Format]]) -> None:
        """Count a key that is not indented as one of the mapping above that lacks it."""
        for mapping, of in reversed(self._mappings):
            if of in formats and key not in mapping.keys:
                mapping.unread += 1
                return

    def _instead(self, typed: str, key: str, node: Mapping) -> str:
        if there := node.keys.get(key):
            line = self._source.place(there.index).line
            if not isinstance(node.values[typed], Scalar):
                return f"move what stands below it to {key}:, on line {line}"
            return f"{key}: stands on line {line} already: write there what is true, and delete this line"
        return f"write {key}"

    def _related(self, of: type[Format]) -> bool:
        return of is self._top or any(parent is self._top and child is of for (parent, _), child in FORMATS.items())

    def _joined(self, items: Iterable[Node], within: type[Format]) -> Iterable[Node]:
        """The items of a list; two that are only together what one should be are reported and made one."""
        needed = set(required_keys(within))
        above: Node | None = None
        for item in items:
            if (
                isinstance(above, Mapping)
                and isinstance(item, Mapping)
                and needed - above.keys.keys()
                and needed - item.keys.keys()
                and needed <= above.keys.keys() | item.keys.keys()
                and above.keys.keys().isdisjoint(item.keys)
            ):
                self._report_torn(item, needed - above.keys.keys(), within)
                above = Mapping(above.index, {**above.keys, **item.keys}, {**above.values, **item.values})
                continue
            if above is not None:
                yield above
            above = item
        if above is not None:
            yield above

    def _report_torn(self, second: Mapping, lacking: set[str], within: type[Format]) -> None:
        name = NAMES[within].removeprefix("an ").removeprefix("a ")
        listed = " and no ".join(key for key in keys_of(within) if key in lacking)
        dash = max(0, self._source.text.rfind("-", 0, second.index))
        self._report.error(
            self._source.place(dash),
            "wrong-shape",
            f"this dash begins another {name}, but the one above it has no {listed}",
            "write a space in place of the dash, if this line belongs to what stands above it",
        )


def _one_edit_apart(typed: str, key: str) -> bool:
    """Whether one character was left out, added, replaced or exchanged with its neighbour."""
    if abs(len(typed) - len(key)) > 1:
        return False
    at = next((i for i, (one, other) in enumerate(zip(typed, key, strict=False)) if one != other), None)
    if at is None:
        return typed != key
    return (
        typed[at + 1 :] in {key[at + 1 :], key[at:]}
        or typed[at:] == key[at + 1 :]
        or (typed[at : at + 2] == key[at : at + 2][::-1] and typed[at + 2 :] == key[at + 2 :])
    )
