"""A state that a file states is shown, or the file is refused: no closing update names a broken component."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentStatus, IncidentStatus, MaintenanceStatus
from tests.content.folders import Folder

IDS = ("card-payments", "transfers")
STATES = st.dictionaries(st.sampled_from(IDS), st.sampled_from(ComponentStatus), max_size=2)


def file_of(planned: bool, updates: list[tuple[str, dict[str, ComponentStatus]]]) -> str:
    head = "scheduled: {from: 2026-04-06 14:00, until: 2026-04-06 16:00}" if planned else "started: 2026-04-06 14:00"
    lines = ["---", "title: Payments fail", head, "updates:" if updates else ""]
    for minute, (status, states) in enumerate(updates):
        named = ", ".join(f"{name}: {state}" for name, state in states.items())
        lines.append(
            f"  - {{at: 2026-04-06 14:{minute:02}, status: {status}, message: Text., components: {{{named}}}}}"
        )
    return "\n".join([*lines, "---", ""])


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.data())
def test_every_state_of_an_update_is_shown_from_then_on_or_is_an_error(planned: bool, data: st.DataObject) -> None:
    statuses = list(MaintenanceStatus if planned else IncidentStatus)
    updates = data.draw(st.lists(st.tuples(st.sampled_from(statuses), STATES), max_size=4))
    with TemporaryDirectory() as temporary:
        folder = Folder(Path(temporary) / "incidents")
        folder.write("x.md", file_of(planned, [(str(status), states) for status, states in updates]))
        loaded = folder.load()
    broken = [
        (status, name)
        for status, states in updates
        for name, state in states.items()
        if status.closes and state is not ComponentStatus.OPERATIONAL
    ]
    assert [problem.code for problem in loaded.errors if problem.code == "broken-after-end"] == [
        "broken-after-end" for _ in broken
    ]
    if loaded.history:
        (notice,) = loaded.history.notices
        for update in notice.updates:
            if update.status is MaintenanceStatus.SCHEDULED:
                continue  # it states what is planned
            after = notice.as_of(update.at).statuses_at(update.at)
            for name, state in update.components.items():
                assert after.get(name, ComponentStatus.OPERATIONAL) is state


def test_what_got_worse_in_the_minute_of_the_end_is_no_error(tmp_path: Path) -> None:
    text = file_of(planned=False, updates=[("investigating", {IDS[0]: ComponentStatus.MAJOR_OUTAGE}), ("resolved", {})])
    folder = Folder(tmp_path / "incidents")
    assert folder.notice(text.replace("14:01", "14:00")).ended_at
    folder.write("y.md", text.replace("14:00, status", "14:01, status"))
    assert not folder.load().errors
