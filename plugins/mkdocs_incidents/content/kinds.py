"""Which kind of notice a file is, and which keys that leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .yaml_nodes import Mapping, Node, Sequence

if TYPE_CHECKING:
    from .frontmatter import Document
    from .source import Report

_NOT_FOR_MAINTENANCE = {
    "resolved": (
        "a maintenance ends with an update, not with resolved:",
        "add an update with that time and status: completed, then delete this line",
    ),
    "impact": ("a maintenance has no impact: its components say what it does", "delete the line"),
    "affected_percent": ("only an incident states a share of users that it affected", "delete the line"),
}


def is_maintenance(document: Document) -> bool | None:
    """Whether the file is about planned work; None where it has the keys of both kinds or of neither."""
    planned, unplanned = ("scheduled" in document.facts.values), ("started" in document.facts.values)
    return planned if planned != unplanned else None


def check_kind(document: Document, report: Report) -> None:
    """Report a file that is of no kind or of two, and keys that do not belong to its kind."""
    facts, source = document.facts, document.source
    kind = is_maintenance(document)
    if kind is None and "started" in facts.values:
        second = max(facts.keys["started"], facts.keys["scheduled"], key=lambda key: key.index)
        report.error(
            source.place(second.index),
            "two-kinds",
            "the file has both started: and scheduled:",
            "keep started: for an incident, or scheduled: for planned work; delete the other",
        )
    elif kind is None:
        report.error(
            source.place(facts.index),
            "missing-key",
            "the file has neither started: nor scheduled:",
            "add a line started: YYYY-MM-DD HH:MM, or scheduled: with from: and until: for planned work",
        )
    elif kind:
        for key, (message, hint) in _NOT_FOR_MAINTENANCE.items():
            if key in facts.keys:
                report.error(source.place(facts.keys[key].index), "key-of-other-kind", message, hint)
    else:
        _check_no_moved_end(facts.values.get("updates"), document, report)


def _check_no_moved_end(updates: Node | None, document: Document, report: Report) -> None:
    for update in updates.items if isinstance(updates, Sequence) else ():
        if isinstance(update, Mapping) and "until" in update.keys:
            report.error(
                document.source.place(update.keys["until"].index),
                "key-of-other-kind",
                "only an update of a maintenance can move the end with until:",
                "to announce the next update, write next_update:; else delete the line",
            )
