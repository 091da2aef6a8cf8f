"""The ids of the Statuspage API: twelve letters and digits, permanent, and no two alike, whatever they stand for."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_incidents.model import History, Notice, Update

_CODE = re.compile(r"[a-z0-9]{12}")
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


def code(kind: str, name: str) -> str:
    """An id for what is called `name`, which is unique among those of its kind; as permanent as `name` is."""
    number = int.from_bytes(hashlib.sha256(f"{kind} {name}".encode()).digest())
    letters = []
    for _ in range(12):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


class ApiIds:
    """The ids of everything in the API of one site.

    An id that an author gives is kept if it has the form of Statuspage's: what was imported from there has such ids.
    The name of a group is no id. An id that is given to several things is kept for one of them only: a component
    before a notice, a notice before an update, the older before the newer one.
    """

    def __init__(self, history: History) -> None:
        self._history = history

    def component(self, component_id: str) -> str:
        return self._id("component", component_id, component_id)

    def group_of(self, component_id: str) -> str:
        """That of the group of a component."""
        return self._groups[component_id]

    def notice(self, notice: Notice) -> str:
        return self._id("incident", notice.identity, notice.identity)

    def update(self, notice: Notice, update: Update) -> str:
        given, name = _published_as(notice, update)
        return self._id("update", name, given)

    def publication(self, notice: Notice, name: str) -> str:
        """That of a postmortem, a retraction, or a notice without updates; an update may have `name` as its id, too."""
        taken = {update.id for update in notice.updates}
        return code("update", f"{notice.identity}#{name}" if name not in taken else f"{notice.identity}##{name}")

    def _id(self, kind: str, name: str, given: str) -> str:
        return given if self._kept.get(given) == (kind, name) else code(kind, name)

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        """The id of the group of each component. A second group of one name has one of its own."""
        seen: Counter[str] = Counter()
        found: dict[str, str] = {}
        for group in self._history.catalog.groups:
            if group.name is not None:
                seen[group.name] += 1
                name = group.name if seen[group.name] == 1 else f"{group.name}\n{seen[group.name]}"
                found |= {component.id: code("group", name) for component in group.components}
        return found

    @cached_property
    def _kept(self) -> Mapping[str, tuple[str, str]]:
        """What each id that is kept stands for: its kind, and its name among those of the kind."""
        found: dict[str, tuple[str, str]] = {}
        for given, kind, name in self._given():
            found.setdefault(given, (kind, name))
        return found

    def _given(self) -> Iterator[tuple[str, str, str]]:
        """The ids that authors gave in the form of Statuspage's, with the kind and the name of what they stand for."""
        notices, is_code = self._history.notices, _CODE.fullmatch
        yield from ((id_, "component", id_) for id_ in self._history.catalog.components if is_code(id_))
        yield from ((notice.identity, "incident", notice.identity) for notice in notices if is_code(notice.identity))
        for notice in notices:
            for update in notice.updates:
                if is_code(update.published_id or update.id):
                    given, name = _published_as(notice, update)
                    yield given, "update", name


def _published_as(notice: Notice, update: Update) -> tuple[str, str]:
    """The id of an update, and its name among all updates, in the notice in which it was published."""
    given = update.published_id or update.id
    return given, f"{update.merged_from or notice.identity}#{given}"
