"""Errors of pydantic → problems at their places in the file, with messages and hints for authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..source import MOST_LISTED
from ..suggestions import quoted
from ..yaml.nodes import Mapping, Node, Path, Scalar, Sequence, find
from ..yaml.repairs import text_in_quotes
from .meant_keys import FORMATS, NAMES, TOPS
from .schema import (
    CatalogKeys,
    ComponentKeys,
    Format,
    GroupKeys,
    IncidentKeys,
    OwnRuleKeys,
    RetractedKeys,
    ScheduledKeys,
    UpdateKeys,
    UpstreamKeys,
)

if TYPE_CHECKING:
    from pydantic import ValidationError

    from ..source import Place, Report, Source

_MISSING_HINTS = {
    (IncidentKeys, "title"): "add a line title: and what users notice",
    (UpdateKeys, "at"): "add a line at: YYYY-MM-DD HH:MM",
    (UpdateKeys, "status"): "add a line status: and one of investigating, identified, monitoring and resolved",
    (UpdateKeys, "message"): "add a line message: and what you tell the public",
    (ScheduledKeys, "from"): "add a line from: YYYY-MM-DD HH:MM",
    (ScheduledKeys, "until"): "add a line until: YYYY-MM-DD HH:MM",
    (RetractedKeys, "reason"): "add a line reason: and why, in a sentence for readers",
    (UpstreamKeys, "name"): "add a line name: and who it was",
    (CatalogKeys, "timezone"): "add a line timezone: and the zone in which you write times, such as Africa/Lagos",
    (GroupKeys, "name"): "add a line name: Customer accounts, or what users call it",
    (GroupKeys, "components"): "add a line components: and the components below it",
    (ComponentKeys, "id"): "add a line id: card-payments, or another permanent word",
    (ComponentKeys, "name"): "add a line name: Card payments, or what users call it",
    (OwnRuleKeys, "code"): "add a line code: merchants, or another permanent word",
    (OwnRuleKeys, "pattern"): "add a line pattern: \\bmerchants?\\b, or what finds the words",
    (OwnRuleKeys, "reason"): "add a line reason: and why it matters to readers",
    (OwnRuleKeys, "advice"): "add a line advice: and what to write instead",
}
_BY_NAME = {top.__name__: top for top in TOPS}
_SHAPES = {
    "updates": "begin each update with '- at: YYYY-MM-DD HH:MM'",
    "components": "write each component on a line of its own, with its state behind a colon",
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

_FOLLOWERS = {"empty-value", "wrong-shape"}
"""What need not be said of a value when its key is reported."""
_LISTS = {"causes", "accepted", "aliases", "off", "known"}
_ITEM = re.compile(r"\w[\w .-]*")
_NAME_AND_STATE = re.compile(r"(?P<name>[\w.-]+?)\s*[:=\s]\s*(?P<state>[a-z_]+)")


def report_schema_errors(error: ValidationError, root: Node, source: Source, report: Report) -> None:
    """Put every error pydantic found in the data of `root` into `report`, one for each mapping that lacks keys."""
    translator = _Translator(root, source, report, _BY_NAME[error.title])
    all_found = error.errors(include_url=False, include_input=False)
    report.unlisted += max(0, len(all_found) - MOST_LISTED - 1)
    listed = all_found[: MOST_LISTED + 1]  # guessing what was meant takes its time
    lacking: dict[Path, list[str]] = {}
    wrong_names = {found["loc"][:-1] for found in listed if found["loc"][-1:] == ("[key]",)}
    for found in listed:
        if found["type"] == "missing":
            lacking.setdefault(found["loc"][:-1], []).append(str(found["loc"][-1]))
        elif found["type"] not in _FOLLOWERS or found["loc"] not in wrong_names:
            translator.report(found["type"], found["loc"], found.get("ctx", {}))
    for path, keys in lacking.items():
        translator.report_missing(path, keys)


class _Translator:
    def __init__(self, root: Node, source: Source, report: Report, top: type[Format]) -> None:
        self._root = root
        self._source = source
        self._report = report
        self._top = top

    def report(self, kind: str, path: Path, context: dict[str, Any]) -> None:
        """Report one error of pydantic."""
        if kind in {"model_type", "model_attributes_type", "dict_type", "list_type"}:
            self._wrong_shape(path)
        elif kind == "empty-value":
            self._empty(path, context["hint"])
        else:
            place = self._key_place((*path, context["key"])) if "key" in context else self._place(path)
            hint = context["hint"]
            if kind == "wrong-shape":
                hint = text_in_quotes(self._source.line(place.line), place.column - 1) or hint
            self._report.error(place, kind, context["message"], hint)

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
                current = FORMATS.get((current, step), current)
        return current

    def report_missing(self, path: Path, keys: list[str]) -> None:
        """Report the keys that a mapping lacks, unless as many of its keys could not be understood."""
        within, node = self._format(path), find(self._root, path)
        if isinstance(node, Mapping) and node.unread >= len(keys):
            return
        owner = "the file" if within in TOPS else "this update" if within is UpdateKeys else NAMES[within]
        hint = "; ".join(_MISSING_HINTS[within, key] for key in keys)
        self._report.error(self._place(path), "missing-key", f"{owner} has no {' and no '.join(keys)}", hint)

    def _empty(self, path: Path, hint: str) -> None:
        """Report a key without a value, or one whose value is a comment by mistake."""
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        node = find(self._root, path)
        text = self._source.text
        behind = text[node.end : text.find("\n", node.end)].strip() if isinstance(node, Scalar) else ""
        if behind.startswith("#") and isinstance(node, Scalar):
            place = self._source.place(text.index("#", node.end))
            hint = f'write {name}: "{behind}"' if '"' not in behind and "\\" not in behind else "put the text in quotes"
            message = f"nothing is written behind {quoted(name)}: {quoted(behind)} is a comment"
            self._report.error(place, "empty-value", message, f"{hint}, if it is the text; else write a value")
            return
        self._report.error(self._place(path), "empty-value", f"nothing is written behind {quoted(name)}", hint)

    def _wrong_shape(self, path: Path) -> None:
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        in_catalog_list = name == "components" and self._top is CatalogKeys
        hint = "begin each component with '- id: card-payments'" if in_catalog_list else _SHAPES.get(name, "")
        node = find(self._root, path)
        if isinstance(node, Scalar) and node.empty:
            self._empty(path, f"{hint}, or delete the line" if hint else "write a value or delete the line")
            return
        if isinstance(node, Scalar) and name == "components" and (pair := _NAME_AND_STATE.fullmatch(node.text)):
            hint = f"write components: {{{pair['name']}: {pair['state']}}}"
        elif isinstance(node, Sequence) and name == "components" and all(isinstance(i, Mapping) for i in node.items):
            hint = "delete the dash in front of each line"
        elif isinstance(node, Scalar) and name in _LISTS and _ITEM.fullmatch(node.text):
            hint = f"write {name}: [{node.text}]"
        if isinstance(node, Scalar) and (dash := re.match(r"-(?=[^\s-])(\S+)", node.text)):
            self._report.error(
                self._place(path), "wrong-shape", "a space is missing behind the dash", f"write - {dash[1]}"
            )
            return
        found = "a text" if isinstance(node, Scalar) else "keys with values" if isinstance(node, Mapping) else "a list"
        self._report.error(self._place(path), "wrong-shape", f"{quoted(name)} cannot be {found}", hint)
