"""What each public word changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .words import Word

_OPERATIONAL = ComponentStatus.OPERATIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one word did to one component."""

    component: str
    old: ComponentStatus
    new: ComponentStatus


def changes(word: Word) -> Iterator[Change]:
    """The state before and after a word of every component it speaks of or changes; the first word speaks of all."""
    if word.postmortem:
        return
    notice, update = word.notice, word.update
    place = notice.updates.index(update) if update else 0
    before = notice.statuses_at(notice.updates[place - 1].at) if place else {}
    after = notice.statuses_at(word.at)
    named = {**({} if place else notice.components), **(update.components if update else {})}
    for component_id in dict.fromkeys([*named, *before, *after]):
        old, new = (states.get(component_id, _OPERATIONAL) for states in (before, after))
        if old is not new or component_id in named:
            yield Change(component=component_id, old=old, new=new)
