"""After any sequence of commands about planned work, its file loads and a simple model knows its plan.

INCIDENTS_RANDOM_EDITS is how many steps there are in all, by default 400.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.incident import UpdateFacts, add_update, instant_of_update, retract
from mkdocs_incidents.authoring.editing.maintenance import call_off, extend, new_maintenance, status_of_extension
from mkdocs_incidents.authoring.editing.workspace import Workspace
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.model import ComponentStatus, Interval, Maintenance, MaintenanceStatus
from tests.content.folders import CATALOG
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mkdocs_incidents.authoring.editing.change import Change

STEPS = int(os.environ.get("INCIDENTS_RANDOM_EDITS", "400"))
IN_A_SEQUENCE = 20
PLANNED = Interval(at("2026-11-28 13:00"), at("2026-11-28 14:00"))


class Work(RuleBasedStateMachine):
    """A folder with one planned work, the clock, and what is expected of the work."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="incidents-"))
        (self.folder / "components.yml").write_text(CATALOG)
        self.now = at("2026-11-28 12:00")
        self.until, self.goes_on = PLANNED.end, False
        self.closed = self.called_off = self.retracted = False
        new_maintenance(
            self.workspace(),
            title="Work",
            planned=PLANNED,
            components={"transfers": ComponentStatus.UNDER_MAINTENANCE},
            update=UpdateFacts(at=self.now, message="It is planned.", status=MaintenanceStatus.SCHEDULED),
        ).write()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @property
    def published(self) -> datetime:
        return instant_of_update(self.work(), self.now)

    def workspace(self) -> Workspace:
        return Workspace(folder=self.folder, shown="incidents", now=self.now)

    def work(self) -> Maintenance:
        loaded = load(self.folder, now=self.now)
        assert loaded.history, loaded.errors
        (notice,) = loaded.history.notices
        assert isinstance(notice, Maintenance)
        return notice

    def write(self, edit: Callable[[], Change], *, fails: bool) -> bool:
        """Make an edit, which has to be refused if it `fails`; whether it is written."""
        try:
            change = edit()
        except RefusedError as error:
            if not fails:
                raise AssertionError(str(error)) from error
            return False
        assert not fails
        change.write()
        return True

    def add(self, status: MaintenanceStatus | None, *, fails: bool) -> bool:
        facts = UpdateFacts(at=self.published, message="There is news.", status=status)
        workspace = self.workspace()
        return self.write(lambda: add_update(workspace, workspace.files[0], facts), fails=fails)

    @rule(minutes=st.integers(1, 50))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def update(self) -> None:
        nobody_knows = not self.goes_on and self.published >= self.until
        begun = self.published >= PLANNED.start
        if self.add(None, fails=self.closed or nobody_knows):
            self.goes_on = self.goes_on or begun

    @rule(minutes=st.integers(1, 90))
    def extend(self, minutes: int) -> None:
        until = self.until + timedelta(minutes=minutes)
        if until <= self.now:
            return
        workspace, published = self.workspace(), self.published
        status = MaintenanceStatus.SCHEDULED if self.closed else status_of_extension(self.work(), self.now)
        facts = UpdateFacts(at=published, message="It takes longer.", status=status, until=until)
        if self.write(lambda: extend(workspace, workspace.files[0], facts), fails=self.closed):
            self.until = until
            self.goes_on = self.goes_on or status is MaintenanceStatus.IN_PROGRESS

    @rule(really=st.sampled_from([1, 0, 0, 0]))
    def call_off(self, really: int) -> None:
        if not really:
            return
        workspace = self.workspace()
        facts = UpdateFacts(at=self.published, message="It is off.", status=MaintenanceStatus.COMPLETED)
        before = self.now < PLANNED.start
        if self.write(lambda: call_off(workspace, workspace.files[0], facts), fails=self.closed or not before):
            self.closed = self.called_off = True

    @rule(really=st.sampled_from([1, 0, 0]))
    def complete(self, really: int) -> None:
        if really and self.now > PLANNED.start and self.add(MaintenanceStatus.COMPLETED, fails=self.closed):
            self.closed = True

    @rule(really=st.sampled_from([1, 0, 0, 0, 0, 0]))
    def retract(self, really: int) -> None:
        workspace = self.workspace()
        if really and self.write(lambda: retract(workspace, workspace.files[0], "A slip."), fails=self.retracted):
            self.closed = self.retracted = True

    @invariant()
    def the_file_says_what_is_expected(self) -> None:
        work = self.work()
        assert bool(work.retraction) == self.retracted
        assert work.called_off == self.called_off
        assert work.expected_until == self.until
        if not self.retracted and not self.called_off:
            assert work.begins_at == PLANNED.start, "without an update that says so the begin does not move"
            now = max([self.now, *(update.at for update in work.updates)])  # a second later, in the same minute
            ended = self.closed or (not self.goes_on and now >= self.until)
            assert (work.phase(now) is MaintenanceStatus.COMPLETED) == ended


@pytest.mark.hypothesis
def test_any_sequence_of_commands_about_planned_work_leaves_the_plan_that_a_simple_model_has() -> None:
    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=max(1, STEPS // IN_A_SEQUENCE),
            stateful_step_count=IN_A_SEQUENCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
