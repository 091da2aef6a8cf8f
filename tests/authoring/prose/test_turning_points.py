from __future__ import annotations

import pytest

from mkdocs_incidents.authoring.prose.turning_points import entry_kind, turning_points
from mkdocs_incidents.model import TimelineEntry, TurningPoint
from tests.makers import at

RECOGNISED = {
    "A software update is pushed.": TurningPoint.CAUSE,
    "We deployed release 41": TurningPoint.CAUSE,
    "The spike triggers the bug and the outage begins.": TurningPoint.IMPACT_BEGINS,
    "Sign-in goes down": TurningPoint.IMPACT_BEGINS,
    "The pager tells the team that a database is not responding.": TurningPoint.DETECTED,
    "Alert on queue length fires": TurningPoint.DETECTED,
    "On-call was paged": TurningPoint.DETECTED,
    "On-call engineer checked the servers": TurningPoint.ACKNOWLEDGED,
    "We start investigating": TurningPoint.ACKNOWLEDGED,
    "Escalated to the database team": TurningPoint.ESCALATED,
    "Escalated, because no cause was found": TurningPoint.ESCALATED,
    "The senior engineer finds the bug and advises to roll the update back": TurningPoint.IDENTIFIED,
    "Root cause identified: a full disk": TurningPoint.IDENTIFIED,
    "The update is rolled back and the restart begins": TurningPoint.MITIGATED,
    "Hotfix deployed": TurningPoint.MITIGATED,
    "Authentication is fully functional": TurningPoint.RESOLVED,
    "Incident closed": TurningPoint.RESOLVED,
}


@pytest.mark.parametrize(("text", "kind"), RECOGNISED.items())
def test_a_turning_point_is_recognised_by_its_text(text: str, kind: TurningPoint) -> None:
    assert entry_kind(text).kind is kind


@pytest.mark.parametrize("text", ["Traffic rises", "The cause was not found", "Lunch", "We wait", "Not mitigated yet"])
def test_an_entry_without_a_turning_point_is_an_ordinary_entry(text: str) -> None:
    assert entry_kind(text).kind is None


def test_a_label_in_front_is_the_plainest_sign_of_all() -> None:
    assert entry_kind("**Mitigated:** the alarm rings no more").kind is TurningPoint.MITIGATED


def test_the_author_can_state_the_kind_and_the_mark_is_not_shown() -> None:
    entry = entry_kind("A merchant calls {kind: detected}")
    assert (entry.text, entry.kind, entry.stated) == ("A merchant calls", TurningPoint.DETECTED, True)
    entry = entry_kind("The alarm fires {kind: none}")
    assert (entry.text, entry.kind) == ("The alarm fires", None)
    assert entry_kind('Seen {kind = "detected"}').kind is TurningPoint.DETECTED
    assert entry_kind("We wrote `{kind: detected}` here").text == "We wrote `{kind: detected}` here"


def test_a_kind_that_does_not_exist_is_named() -> None:
    entry = entry_kind("A merchant calls {kind: noticed}")
    assert (entry.text, entry.kind, entry.unknown) == ("A merchant calls", None, "noticed")


def turns(*lines: tuple[str, str]) -> list[TurningPoint | None]:
    """The turning points of a timeline whose impact begins at 10:00."""
    entries = []
    for line, (clock, text) in enumerate(lines):
        kind = entry_kind(text)
        entry = TimelineEntry(at=at(f"2026-04-06 {clock}"), text=text, line=line, kind=kind.kind)
        entries.append((entry, kind.stated))
    return [entry.kind for entry in turning_points(entries, at("2026-04-06 10:00"))]


def test_a_timeline_has_each_turning_point_once_and_recovers_last() -> None:
    assert turns(
        ("10:01", "alarm fires"),
        ("10:02", "pager alerts us"),
        ("10:10", "service restored"),
        ("10:20", "outage again"),
        ("10:30", "issue resolved"),
    ) == [TurningPoint.DETECTED, None, None, None, TurningPoint.RESOLVED]


def test_what_an_author_states_comes_before_what_is_recognised() -> None:
    assert turns(("10:05", "The rule is switched off"), ("10:09", "Mitigated: approvals are back")) == [
        None,
        TurningPoint.MITIGATED,
    ]


def test_what_is_recognised_must_be_possible() -> None:
    assert turns(
        ("09:00", "One of four senders is switched off"),
        ("09:50", "An alarm on disk space fires"),
        ("10:03", "The alarm fires"),
        ("10:20", "The lasting update is deployed"),
    ) == [None, None, TurningPoint.DETECTED, None]


def test_an_alarm_stated_before_the_begin_gives_way_to_the_noticing() -> None:
    assert turns(
        ("09:30", "Detected: an alarm on another graph"),
        ("10:04", "Detected: a customer calls"),
        ("10:09", "The pager rings"),
    ) == [None, TurningPoint.DETECTED, None]


DOUBTED = [
    "The alarm does not fire because its rule was wrong",
    "Alerts did not fire",
    "None of our monitors paged",
    "We failed to find the cause of the problem",
    "We are still trying to identify the source",
    "Unable to find the source of the errors",
    "No root cause found yet",
    "We thought the problem was resolved, but errors come back",
    "It is not clear if traffic is back to normal",
    "Not all services are restored",
    "Recommends that the update be rolled back",
    "We tried rolling back, without success",
    "Rolled back, but errors continue",
    "First fix deployed; errors persist",
    "Fix deployed to staging",
    "Fix will be deployed at 16:00",
    "Mitigation failed",
    "Mitigation: restart pods, no effect",
    "Decided not to escalate",
    "Nobody acknowledges the page",
    "Cause: unknown",
    "Identified: no",
    "Error rates went down to normal",
    "The queue is down to 200 messages",
    "We pushed an update to the status page",
    "Unrelated patch is deployed",
]


@pytest.mark.parametrize("text", DOUBTED)
def test_what_is_denied_doubted_or_planned_is_no_turning_point(text: str) -> None:
    assert entry_kind(text).kind is None


MORE_RECOGNISED = {
    "Pager went off": TurningPoint.DETECTED,
    "PagerDuty pages the on-call engineer": TurningPoint.DETECTED,
    "We noticed that requests failed": TurningPoint.DETECTED,
    "Users start complaining": TurningPoint.DETECTED,
    "Issue reported by a customer": TurningPoint.DETECTED,
    "Alert acknowledged by on-call": TurningPoint.ACKNOWLEDGED,
    "Investigation begins": TurningPoint.ACKNOWLEDGED,
    "Paged the database team": TurningPoint.ESCALATED,
    "Bug found": TurningPoint.IDENTIFIED,
    "We traced the errors to the new release": TurningPoint.IDENTIFIED,
    "Deployed a fix": TurningPoint.MITIGATED,
    "Failover completed": TurningPoint.MITIGATED,
    "We rolled the change back": TurningPoint.MITIGATED,
    "Traffic shifted to the second region": TurningPoint.MITIGATED,
    "All green again": TurningPoint.RESOLVED,
    "Site is back up": TurningPoint.RESOLVED,
    "Resolved": TurningPoint.RESOLVED,
    "Resolved, after two hours of watching": TurningPoint.RESOLVED,
    "Error rates returned to normal": TurningPoint.RESOLVED,
    "Login works again": TurningPoint.RESOLVED,
    "Payments stop working": TurningPoint.IMPACT_BEGINS,
    "Start of impact": TurningPoint.IMPACT_BEGINS,
    "New config rolled out": TurningPoint.CAUSE,
    "Certificate expires": TurningPoint.CAUSE,
}


@pytest.mark.parametrize(("text", "kind"), MORE_RECOGNISED.items())
def test_a_turning_point_is_recognised_in_many_phrasings(text: str, kind: TurningPoint) -> None:
    assert entry_kind(text).kind is kind


ABOUT_SOMETHING_ELSE = [
    "Incident resolved? No.",
    "Rolled back is what we should have done",
    "The first fix is deployed, without effect",
    "Service restored for 10% of users",
    "The vendor acknowledged receipt of our invoice",
    "Escalated privileges for the on-call engineer",
    "We are told that the outage begins tomorrow",
]


@pytest.mark.parametrize("text", ABOUT_SOMETHING_ELSE)
def test_what_is_asked_partial_or_about_something_else_is_no_turning_point(text: str) -> None:
    assert entry_kind(text).kind is None
