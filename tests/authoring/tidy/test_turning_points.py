"""Turning points: what one entry states in the plainest words is sure, and nothing else is."""

from __future__ import annotations

import pytest

from tests.authoring.tidy.proposing import about, proposed, timeline

PLAIN = [
    ("14:31 The outage begins", "impact_begins"),
    ("14:31 Spike triggers bug and outage begins", "impact_begins"),
    ("14:31 Monitoring detects errors", "detected"),
    ("14:31 Issue detected through monitoring alerts", "detected"),
    ("14:31 Pager alerts team of an unresponsive database", "detected"),
    ("14:31 Pager tells the team that a database is not responding", "detected"),
    ("14:31 First customer report", "detected"),
    ("14:34 Alert acknowledged by on-call", "acknowledged"),
    ("14:34 Platform team began investigation", "acknowledged"),
    ("14:34 On-call engineer checked database servers for hardware issues", "acknowledged"),
    ("14:50 Escalated to the network team", "escalated"),
    ("14:50 Incident escalated to the database team for further investigation", "escalated"),
    ("14:55 The team finds the cause: a wrong flag", "identified"),
    ("14:55 Senior engineer discovers bugs and recommends a rollback", "identified"),
    ("15:00 Rolled back to release 11", "mitigated"),
    ("15:00 Successful update rollback and server restart begins", "mitigated"),
    ("15:00 Hotfix deployed", "mitigated"),
    ("15:10 Issue resolved by restarting the database", "resolved"),
    ("15:10 All services restored.", "resolved"),
    ("15:10 Sign-in is fully restored", "resolved"),
    ("15:10 Everything is back to normal", "resolved"),
]


@pytest.mark.parametrize(("line", "kind"), PLAIN, ids=[line for line, _ in PLAIN])
def test_the_plainest_words_are_sure(line: str, kind: str) -> None:
    text = proposed(timeline("- 14:30 Sign-in fails", f"- {line}"), everything=False)
    assert f"- {line} {{kind: {kind}}}" in text.lines


NOT_SURE = [
    "Incident resolved? No.",
    "Is the incident resolved?",
    "Resolved, says the vendor",
    "The vendor says that the issue is resolved",
    "The outage of the vendor is resolved",
    "Another incident is resolved",
    "Rolled back is what we should have done",
    "Rolled back the staging database",
    "Rolled back in one region only",
    "Rolled back release 12, no improvement",
    "The first fix is deployed, without effect",
    "Fix deployed for the typo",
    "Fix deployed, errors unchanged",
    "Workaround in place for admins",
    "Failover completed in the test environment",
    "Traffic moved to the status page",
    "Service restored for 10% of users",
    "Services restored except search",
    "Issue resolved in Europe",
    "Everything is back to normal, or so it seemed",
    "The coffee machine works again",
    "Database detected a deadlock, which is normal",
    "Alarm fires for another service",
    "First alert was a false alarm",
    "The vendor acknowledged receipt of our invoice",
    "We acknowledged that the docs are old",
    "The alarm for disk space is acknowledged, unrelated",
    "Investigation begins tomorrow",
    "Escalated privileges for the on-call engineer",
    "Escalated the ticket to the legal team",
    "We are told that the outage begins tomorrow",
    "If the outage begins again, call us",
    "The cause of the slow printer is found",
    "Root cause identified as unknown",
    'The mail says "incident resolved"',
]


@pytest.mark.parametrize("at", ["14:31", "14:50", "15:10"])
@pytest.mark.parametrize("line", NOT_SURE)
def test_what_is_asked_denied_reported_or_about_something_else_is_not_sure(line: str, at: str) -> None:
    text = proposed(timeline("- 14:30 Sign-in fails", f"- {at} {line}"), everything=False)
    assert not [proposal for proposal in about(text, "turning point") if line in proposal.words]


def test_an_order_in_which_no_incident_goes_is_not_sure() -> None:
    lines = ("- 14:31 Incident resolved", "- 14:40 Rolled back release 12", "- 15:00 Monitoring detects errors")
    assert not about(proposed(timeline(*lines), everything=False), "turning point")
    in_order = ("- 14:31 Monitoring detects errors", "- 14:40 Rolled back release 12", "- 15:00 Incident resolved")
    assert len(about(proposed(timeline(*in_order), everything=False), "turning point")) == 3


@pytest.mark.parametrize("later", ["Sign-in is still slow", "Errors again", "The errors come back", "We reopen it"])
def test_an_end_after_which_it_goes_on_is_not_sure(later: str) -> None:
    lines = ("- 14:30 Sign-in fails", "- 15:00 Incident resolved", f"- 15:10 {later}")
    assert not about(proposed(timeline(*lines), everything=False), "turning point")


@pytest.mark.parametrize(
    "below",
    ["- Rolled back", "  - Rolled back", "Rolled back", "\n  Rolled back", "- Rolled back\n- Incident resolved"],
)
def test_a_line_that_is_no_entry_gives_no_kind_to_the_one_above(below: str) -> None:
    text = proposed(timeline("- 14:30 Sign-in fails", "- 14:50 Lunch", below, "- 15:20 Dinner"))
    assert not about(text, "turning point")


def test_a_row_without_a_time_gives_no_kind_to_the_one_above() -> None:
    rows = ("| Time | What |", "|---|---|", "| 14:30 | Lunch |", "| | Rolled back |", "| 15:00 | Incident resolved |")
    (found,) = about(proposed(timeline(*rows)), "turning point")
    assert found.words == "Incident resolved"


def test_an_entry_that_wraps_is_read_as_a_whole() -> None:
    text = proposed(timeline("- 14:30 Sign-in fails", "- 14:50 The team finds", "  the root cause"), everything=False)
    assert "  the root cause {kind: identified}" in text.lines


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("14:40 The outage begins", True),
        ("15:10 The outage begins", False),  # half an hour behind the beginning that the file states
        ("15:50 All services restored.", True),
        ("16:30 All services restored.", False),  # half an hour behind its end
    ],
)
def test_only_what_fits_the_times_of_the_file_is_sure(line: str, sure: bool) -> None:
    text = proposed(timeline("- 14:30 Sign-in fails", f"- {line}"), everything=False)
    assert bool(about(text, "turning point")) is sure
