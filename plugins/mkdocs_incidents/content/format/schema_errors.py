"""Errors of pydantic → problems at their places in the file, with messages and hints for authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..source import MOST_LISTED
from ..suggestions import nearest, one_of, plain, quoted
from ..yaml.nodes import Mapping, Node, Path, Scalar, find
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
    from pydantic import ValidationError

    from ..source import Place, Report, Source

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
_FORMATS: dict[tuple[type[Format], str], type[Format]] = {
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
_TOPS: dict[str, type[Format]] = {top.__name__: top for top in (IncidentKeys, CatalogKeys, EditorialSettings)}
_NAMES: dict[type[Format], str] = {
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
_MISSING_HINTS = {
    (IncidentKeys, "title"): "add a line title: and what users notice",
    (UpdateKeys, "at"): "add a line at: YYYY-MM-DD HH:MM",
    (UpdateKeys, "status"): "add a line status: investigating, or what the update says",
    (UpdateKeys, "message"): "add a line message: and what you tell the public",
    (ScheduledKeys, "from"): "add a line from: YYYY-MM-DD HH:MM",
    (ScheduledKeys, "until"): "add a line until: YYYY-MM-DD HH:MM",
    (RetractedKeys, "reason"): "add a line reason: and why, in a sentence for readers",
    (UpstreamKeys, "name"): "add a line name: and who it was",
    (CatalogKeys, "timezone"): "add a line timezone: Africa/Lagos, or your own zone",
    (GroupKeys, "name"): "add a line name: Customer accounts, or what users call it",
    (GroupKeys, "components"): "add a line components: and the components below it",
    (ComponentKeys, "id"): "add a line id: card-payments, or another permanent word",
    (ComponentKeys, "name"): "add a line name: Card payments, or what users call it",
    (OwnRuleKeys, "code"): "add a line code: merchants, or another permanent word",
    (OwnRuleKeys, "pattern"): "add a line pattern: \\bmerchants?\\b, or what finds the words",
    (OwnRuleKeys, "reason"): "add a line reason: and why it matters to readers",
    (OwnRuleKeys, "advice"): "add a line advice: and what to write instead",
}
_SHAPES = {
    "updates": "begin each update with '- at: YYYY-MM-DD HH:MM'",
    "components": "write lines such as card-payments: major_outage",
    "scheduled": "write from: and until: below it, each with a time",
    "postmortem": "write published: YYYY-MM-DD below it",
    "upstream": "write name: and, if there is one, link: below it",
    "causes": "write a list such as [deploy, database]",
    "accepted": "write a list of codes such as [late-first-word]",
    "aliases": "write a list such as [old-id]",
    "merged": "write a list such as [old-id]",
    "off": "write a list such as [soon]",
    "rules": "begin each rule with '- code: merchants'",
    "groups": "begin each group with '- name: Customer accounts'",
}


def report_schema_errors(error: ValidationError, root: Node, source: Source, report: Report, *, example: str) -> None:
    """Put every error pydantic found into `report`. `example` is the day (`2026-04-06`) used in hints."""
    translator = _Translator(root, source, report, _TOPS[error.title], example)
    all_found = error.errors(include_url=False, include_input=False)
    report.unlisted += max(0, len(all_found) - MOST_LISTED - 1)
    for found in all_found[: MOST_LISTED + 1]:  # guessing what was meant takes its time
        translator.report(found["type"], found["loc"], found.get("ctx", {}))


class _Translator:
    def __init__(self, root: Node, source: Source, report: Report, top: type[Format], example: str) -> None:
        self._root = root
        self._source = source
        self._report = report
        self._top = top
        self._example = example

    def report(self, kind: str, path: Path, context: dict[str, Any]) -> None:
        """Report one error of pydantic."""
        if kind == "extra_forbidden":
            self._unknown_key(path)
        elif kind == "missing":
            self._missing_key(path)
        elif kind in {"model_type", "model_attributes_type", "dict_type", "list_type"}:
            self._wrong_shape(path)
        elif kind == "empty-value":
            name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            self._report.error(self._place(path), kind, f"nothing is written behind {quoted(name)}", context["hint"])
        else:
            place = self._key_place((*path, context["key"])) if "key" in context else self._place(path)
            self._report.error(place, kind, context["message"], context["hint"])

    def _place(self, path: Path) -> Place:
        if path[-1:] == ("[key]",):
            return self._key_place(path[:-1])
        node = find(self._root, path)
        if isinstance(node, Scalar) and node.empty:
            return self._key_place(path)
        return self._source.place(node.index)

    def _key_place(self, path: Path) -> Place:
        parent = find(self._root, path[:-1])
        if isinstance(parent, Mapping) and path and (key := parent.keys.get(str(path[-1]))):
            return self._source.place(key.index)
        return self._source.place(find(self._root, path).index)

    def _format(self, path: Path) -> type[Format]:
        """The format whose keys stand at the end of `path`."""
        current = self._top
        for step in path:
            if isinstance(step, str):
                current = _FORMATS.get((current, step), current)
        return current

    def _unknown_key(self, path: Path) -> None:
        key, within = str(path[-1]), self._format(path[:-1])
        valid = _keys(within)
        near = nearest(key, valid, _SLIPS)
        elsewhere = [keys for keys in _NAMES if plain(key) in _keys(keys) and _related(keys, self._top)]
        if near is None and elsewhere:
            hint = f"it belongs to {_NAMES[elsewhere[0]]}: indent it there"
        else:
            hint = self._instead(near, path) if near else one_of(valid, at_most=16)
        self._report.error(
            self._key_place(path), "unknown-key", f"{quoted(key)} is not a key of {_NAMES[within]}", hint
        )

    def _instead(self, key: str, path: Path) -> str:
        parent = find(self._root, path[:-1])
        if isinstance(parent, Mapping) and key in parent.keys:
            line = self._source.place(parent.keys[key].index).line
            if not isinstance(find(self._root, path), Scalar):
                return f"move what stands below it to {key}:, on line {line}"
            return f"{key}: stands on line {line} already: write there what is true, and delete this line"
        return f"write {key}"

    def _missing_key(self, path: Path) -> None:
        key, within = str(path[-1]), self._format(path[:-1])
        hint = _MISSING_HINTS[within, key].format(example=self._example)
        owner = "the file" if within in _TOPS.values() else _NAMES[within]
        if within is UpdateKeys:
            owner = "this update"
        self._report.error(self._place(path[:-1]), "missing-key", f"{owner} has no {key}", hint)

    def _wrong_shape(self, path: Path) -> None:
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        in_catalog_list = name == "components" and self._top is CatalogKeys
        shape = "begin each component with '- id: card-payments'" if in_catalog_list else _SHAPES.get(name, "")
        hint = shape.format(example=self._example)
        node = find(self._root, path)
        if isinstance(node, Scalar) and node.empty:
            hint = f"{hint}, or delete the line" if hint else "write a value or delete the line"
            self._report.error(self._place(path), "empty-value", f"nothing is written behind {quoted(name)}", hint)
            return
        found = "a text" if isinstance(node, Scalar) else "keys with values" if isinstance(node, Mapping) else "a list"
        self._report.error(self._place(path), "wrong-shape", f"{quoted(name)} cannot be {found}", hint)


def _keys(of: type[Format]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in of.model_fields.items())


def _related(keys: type[Format], top: type[Format]) -> bool:
    return keys is top or any(parent is top and child is keys for (parent, _), child in _FORMATS.items())
