"""After any sequence of edits the files pass the check, nothing that people typed is lost, and a simple model agrees.

INCIDENTS_RANDOM_EDITS is how many edits there are in all, by default 1,000.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.incident import UpdateFacts, add_update, correct_update, new_incident, retract
from mkdocs_incidents.authoring.editing.workspace import Workspace
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.model import ComponentStatus, Incident, IncidentStatus, Update
from tests.content.folders import CATALOG
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mkdocs_incidents.authoring.editing.change import Change
    from mkdocs_incidents.authoring.editing.workspace import IndexedFile

EDITS = int(os.environ.get("INCIDENTS_RANDOM_EDITS", "1000"))
IN_A_SEQUENCE = 40
BEGIN = at("2026-11-28 12:00")
TYPED = {
    "plain": (
        "---\n# c1\ntitle: Card payments failed  # c2\nstarted: 2026-11-28 09:00\ncomponents:\n"
        "  card-payments: major_outage  # c3\n  # c4\nupdates:  # c5\n  # c6\n  - at: 2026-11-28 09:10  # c7\n"
        "    status: investigating # c8\n    message: >-  # c9\n      Card payments\n      fail.\n    # c10\n  # c11\n"
        "# c12\ncauses: [a, 'b']  # c13\n---\n\n## Summary\n\n# not a comment\n"
    ),
    "windows": (
        "\ufeff---\r\ntitle   : 'Transfers late'\r\nstarted : 2026-11-28 08:00   # c1\r\n"
        "components: { transfers: degraded_performance }\r\n"
        "updates:\r\n- {at: 2026-11-28 08:05, status: investigating,"
        "\r\n   message: 'Late.'}  # c2\r\n- at      : \"2026-11-28 08:30\"\r\n  status  : identified\r\n"
        "  message : |+ # c3\r\n    Found.\r\n\r\n\r\n# c4\r\npostmortem: # c5\r\n  by: Operations\r\n---\r\nText\r\n"
    ),
    "newest-first": (
        "---\ntitle: Payments slow\nstarted: 2026-11-28 07:00\ncomponents: {card-payments: degraded_performance}\n"
        "resolved: 2026-11-28 08:00 # c1\nupdates:\n    # c2\n    -   at: 2026-11-28 08:00\n        status: resolved\n"
        "        message: Over.\n        id: the-end\n    -   at: 2026-11-28 07:05  # c3\n        status: monitoring\n"
        "        message: >\n            Slow.\n\n        retracted: A slip. # c4\n    # c5\n---"
    ),
    "without-updates": (
        "---\n# c1\ntitle: Odd\nstarted: 2026-11-28T06:00Z\ncomponents:\n  card-payments: major_outage\n# c2\n# c3\n"
        "postmortem:\n  by: X # c4\n---\n"
    ),
    "in-brackets": (
        "---\ntitle: 'It''s slow'\nstarted: 2026-11-28 06:00\nbackfilled: true\nresolved: 2026-11-28 06:30\n"
        "components: {card-payments: partial_outage}\n"
        "updates: [{at: 2026-11-28 06:30, status: resolved, message: Over.}] # c1\n---\n"
    ),
    "with-seconds": (
        "---\ntitle: Zones\ntimezone: Europe/Paris\nstarted: 2026-11-28 06:00:20\ncomponents: {transfers: major_outage}"
        "\nupdates:\n  - at: 2026-11-28 06:00:20\n    status: investigating\n    message: |-\n      status: resolved\n"
        "      retracted: no # not a comment\n---\n"
    ),
}

_MESSAGES = st.sampled_from(
    [
        "It fails.",
        "One\n\nTwo # no comment",
        "status: resolved",
        "- a\n- b",
        "'quoted' \"twice\"",
        "É \U0001f4a5",
        "x" * 300,
        "a: b  \nc",
    ]
)
_STATES = st.dictionaries(st.sampled_from(["card-payments", "transfers"]), st.sampled_from(list(ComponentStatus)[:-1]))
_MINUTES = st.integers(0, 90)
_NUMBERS = st.integers(0, 50)


@dataclass(frozen=True)
class Expected:
    """What a simple model knows of an incident."""

    title: str
    started: datetime
    updates: tuple[Update, ...]
    """Oldest first."""
    resolved: datetime | None = None
    reason: str = ""
    comments: tuple[str, ...] = ()

    @property
    def standing(self) -> tuple[Update, ...]:
        return tuple(update for update in self.updates if update.retraction is None)

    @property
    def closed(self) -> bool:
        ended = bool(self.standing) and self.standing[-1].status.closes
        return bool(self.reason or self.resolved or ended)

    @classmethod
    def of(cls, notice: Incident, comments: tuple[str, ...]) -> Expected:
        reason = notice.retraction.reason if notice.retraction else ""
        return cls(
            notice.title,
            notice.started_at,
            tuple(map(_stated, notice.updates)),
            notice.stated_resolved_at,
            reason,
            comments,
        )


def _stated(update: Update) -> Update:
    """An update without what follows from its place in the file; a message without space around it."""
    return replace(update, line=1, message=update.message.strip(), components=dict(update.components))


class Edits(RuleBasedStateMachine):
    """A folder, the clock, and what is expected to be in the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="incidents-"))
        self.now = BEGIN
        self.expected: dict[str, Expected] = {}
        self.changed = False
        """Whether a file has changed since the last look."""

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(names=st.lists(st.sampled_from(list(TYPED)), unique=True, min_size=1, max_size=4))
    def begin(self, names: list[str]) -> None:
        (self.folder / "components.yml").write_text(CATALOG)
        for name in names:
            (self.folder / f"{name}.md").write_bytes(TYPED[name].encode())
        for notice in self.notices().values():
            self.expected[notice.id] = Expected.of(notice, self.comments(notice.id))

    # What is there

    def notices(self) -> dict[str, Incident]:
        loaded = load(self.folder, now=self.now)
        assert loaded.history, loaded.errors
        return {notice.id: notice for notice in loaded.history.notices if isinstance(notice, Incident)}

    def comments(self, notice_id: str) -> tuple[str, ...]:
        return tuple(sorted(re.findall(r"# c\d+\b", (self.folder / f"{notice_id}.md").read_bytes().decode())))

    def workspace(self) -> Workspace:
        return Workspace(folder=self.folder, shown="incidents", now=self.now)

    def some(self, number: int) -> tuple[str, Expected, Workspace, IndexedFile]:
        """One of the incidents that are expected, and its file."""
        notice_id = sorted(self.expected)[number % len(self.expected)]
        workspace = self.workspace()
        return notice_id, self.expected[notice_id], workspace, next(f for f in workspace.files if f.id == notice_id)

    def write(self, edit: Callable[[], Change], *, fails: bool, inserts: bool = True) -> None:
        """Make an edit, which has to be refused if it `fails`; one that `inserts` leaves all bytes there."""
        before = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        try:
            change = edit()
        except (RefusedError, WrongValueError) as error:
            if not fails:
                raise AssertionError(str(error)) from error
            return
        assert not fails
        change.write()
        self.changed = True
        after = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        changed = [name for name in after if before.get(name) != after[name]]
        assert changed == [change.path.name]
        if inserts:
            old, new = before.get(change.path.name, b""), after[change.path.name]
            same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
            assert new.endswith(old[same:])

    # What people do

    @rule(minutes=_MINUTES, seconds=st.sampled_from([0, 0, 25]))
    def time_passes(self, minutes: int, seconds: int) -> None:
        self.now += timedelta(minutes=minutes, seconds=seconds)

    @precondition(lambda self: len(self.expected) < 5)
    @rule(
        title=st.sampled_from(["Sign-in fails", "Zahlungen: spät", "'", "yes", "5"]),
        states=_STATES,
        message=_MESSAGES,
        ago=_MINUTES,
    )
    def new(self, title: str, states: Mapping[str, ComponentStatus], message: str, ago: int) -> None:
        published = self.now.replace(second=0)
        started = published - timedelta(minutes=ago)
        begun = IncidentStatus.INVESTIGATING
        facts = UpdateFacts(at=published, message=message, status=begun)
        before = set(self.expected)
        known = {e.title for e in self.expected.values()}
        self.write(
            lambda: new_incident(self.workspace(), title=title, started=started, components=states, update=facts),
            fails=title in known or (title == "'" and any(i.endswith("-incident") for i in before)),
        )
        for path in self.folder.glob("*.md"):
            if path.stem not in before:
                update = Update(id=f"update-{published:%Y%m%d-%H%M}", at=published, status=begun, message=message)
                self.expected[path.stem] = Expected(title, started, (update,))

    @rule(
        number=_NUMBERS,
        status=st.sampled_from([None, *IncidentStatus][:-1]),
        message=_MESSAGES,
        states=_STATES,
        ago=st.sampled_from([0, 0, 0, 1, 30]),
        next_in=st.sampled_from([None, None, 30]),
    )
    def update(  # noqa: PLR0913, PLR0917  what an update consists of
        self,
        number: int,
        status: IncidentStatus | None,
        message: str,
        states: Mapping[str, ComponentStatus],
        ago: int,
        next_in: int | None,
    ) -> None:
        if status and status.closes:  # what is over leaves nothing broken, and announces nothing
            states, next_in = {}, None
        notice_id, known, workspace, file = self.some(number)
        published = self.now.replace(second=0) - timedelta(minutes=ago)
        due = published + timedelta(minutes=next_in) if next_in else None
        facts = UpdateFacts(at=published, message=message, status=status, components=states, next_update_at=due)
        reopens = status is not None and not status.closes and not known.reason
        latest = max([known.started, *(update.at for update in known.updates)])
        ends_too_early = bool(status and status.closes and published < latest)
        fails = (known.closed and not reopens) or ends_too_early
        self.write(lambda: add_update(workspace, file, facts), fails=fails, inserts=not known.closed)
        if fails:
            return
        last = known.standing[-1].status if known.standing else IncidentStatus.INVESTIGATING
        ids = {update.id for update in known.updates}
        update_id = f"update-{published:%Y%m%d-%H%M}"
        free = (update_id if count == 1 else f"{update_id}-{count}" for count in range(1, 99))
        added = Update(
            id=next(each for each in free if each not in ids),
            at=published,
            status=status or last,
            message=message,
            components=dict(states),
            next_update_at=due,
        )
        updates = tuple(sorted((*known.updates, added), key=lambda update: update.at))
        self.expected[notice_id] = replace(known, updates=updates, resolved=None)

    @rule(number=_NUMBERS, message=_MESSAGES)
    def resolve(self, number: int, message: str) -> None:
        self.update(number, IncidentStatus.RESOLVED, message, {}, 0, None)

    @rule(number=_NUMBERS, message=_MESSAGES, next_in=st.sampled_from([None, None, 45]))
    def correct(self, number: int, message: str, next_in: int | None) -> None:
        notice_id, known, workspace, file = self.some(number)
        last = known.standing[-1] if known.standing else None
        due = last.at + timedelta(minutes=next_in) if last and next_in else None
        fails = last is None or (last.message == message and due in {None, last.next_update_at})
        self.write(lambda: correct_update(workspace, file, message, next_update_at=due), fails=fails, inserts=False)
        if fails or last is None:
            return
        corrected = replace(
            last,
            message=message,
            corrected_at=max(self.now.replace(second=0), last.at),
            next_update_at=due or last.next_update_at,
        )
        updates = tuple(corrected if update is last else update for update in known.updates)
        self.expected[notice_id] = replace(known, updates=updates)

    @rule(
        number=_NUMBERS,
        reason=st.sampled_from(["A false alarm.", "It was: our probe", "'"]),
        really=st.sampled_from([1, 0, 0, 0]),
    )
    def retract(self, number: int, reason: str, really: int) -> None:
        notice_id, known, workspace, file = self.some(number)
        if not really and not known.reason:
            return
        self.write(lambda: retract(workspace, file, reason), fails=bool(known.reason))
        if not known.reason:
            self.expected[notice_id] = replace(known, reason=reason)

    # What holds afterwards

    @invariant()
    def the_history_is_that_of_the_model(self) -> None:
        if not self.changed:
            return
        self.changed = False
        found = self.notices()
        assert set(found) == set(self.expected)
        for notice_id, known in self.expected.items():
            assert Expected.of(found[notice_id], self.comments(notice_id)) == known
            assert (found[notice_id].ended_at is not None) == known.closed

    @invariant()
    def the_quick_index_takes_no_open_incident_for_over(self) -> None:
        files = self.workspace().files if self.expected else ()
        assert not [file.id for file in files if file.surely_over and not self.expected[file.id].closed]


@pytest.mark.hypothesis
def test_any_sequence_of_edits_leaves_a_folder_that_a_simple_model_describes() -> None:
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=max(1, EDITS // IN_A_SEQUENCE),
            stateful_step_count=IN_A_SEQUENCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
