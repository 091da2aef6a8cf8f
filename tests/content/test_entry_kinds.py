from __future__ import annotations

import pytest

from mkdocs_incidents.content.entry_kinds import entry_kind, turning_points
from mkdocs_incidents.model import EntryKind, TimelineEntry
from tests.makers import at

TOLD = {
    "A software update is pushed.": EntryKind.CAUSE,
    "We deployed release 41": EntryKind.CAUSE,
    "The spike triggers the bug and the outage begins.": EntryKind.IMPACT_BEGINS,
    "Sign-in goes down": EntryKind.IMPACT_BEGINS,
    "The pager tells the team that a database is not responding.": EntryKind.DETECTED,
    "Alert on queue length fires": EntryKind.DETECTED,
    "On-call was paged": EntryKind.DETECTED,
    "On-call engineer checked the servers": EntryKind.ACKNOWLEDGED,
    "We start investigating": EntryKind.ACKNOWLEDGED,
    "Escalated to the database team": EntryKind.ESCALATED,
    "Escalated, because no cause was found": EntryKind.ESCALATED,
    "The senior engineer finds the bug and advises to roll the update back": EntryKind.IDENTIFIED,
    "Root cause identified: a full disk": EntryKind.IDENTIFIED,
    "The update is rolled back and the restart begins": EntryKind.MITIGATED,
    "Hotfix deployed": EntryKind.MITIGATED,
    "Authentication is fully functional": EntryKind.RESOLVED,
    "Incident closed": EntryKind.RESOLVED,
}


@pytest.mark.parametrize(("text", "kind"), TOLD.items())
def test_a_turning_point_is_recognised_by_its_words(text: str, kind: EntryKind) -> None:
    assert entry_kind(text)[1] is kind


@pytest.mark.parametrize("text", ["Traffic rises", "The cause was not found", "Lunch", "We wait", "Not mitigated yet"])
def test_what_tells_of_none_is_an_ordinary_entry(text: str) -> None:
    assert entry_kind(text)[1] is None


def test_a_label_in_front_is_the_plainest_word_of_all() -> None:
    assert entry_kind("**Mitigated:** the alarm rings no more")[1] is EntryKind.MITIGATED


def test_the_author_can_say_the_kind_and_the_mark_is_not_shown() -> None:
    assert entry_kind("A merchant calls {kind: detected}") == ("A merchant calls", EntryKind.DETECTED, "")
    assert entry_kind("The alarm fires {kind: none}") == ("The alarm fires", None, "")


def test_a_kind_that_does_not_exist_is_named() -> None:
    assert entry_kind("A merchant calls {kind: noticed}") == ("A merchant calls", None, "noticed")


def test_a_story_turns_once_on_each_point_and_recovers_last() -> None:
    told = ["alarm fires", "pager alerts us", "service restored", "outage again", "issue resolved"]
    entries = [
        TimelineEntry(at=at(f"2026-04-06 10:0{n}"), text=t, line=n, kind=entry_kind(t)[1]) for n, t in enumerate(told)
    ]
    assert [entry.kind for entry in turning_points(entries, at("2026-04-06 10:00"))] == [
        EntryKind.DETECTED,
        None,
        None,
        None,
        EntryKind.RESOLVED,
    ]


def test_an_alarm_before_the_begin_does_not_hide_the_noticing() -> None:
    entries = [
        TimelineEntry(at=at(f"2026-04-06 {clock}"), text="The alarm fires", line=1, kind=EntryKind.DETECTED)
        for clock in ("09:30", "10:04", "10:09")
    ]
    kinds = [entry.kind for entry in turning_points(entries, at("2026-04-06 10:00"))]
    assert kinds == [None, EntryKind.DETECTED, None]
