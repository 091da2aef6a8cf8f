"""Facts that a file's words state go into its front matter, at their place, and nothing else changes there."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from mkdocs_incidents.authoring.files import UnreadableError
from mkdocs_incidents.authoring.tidy.incident_file import read_zone_of_site, tidy_file

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 5, 1)
FILE = """\
---
title: Sign-in failed  # for everybody
started: 2026-04-06 14:30
resolved: 2026-04-06 16:00
components: {web: major_outage}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: MESSAGE
---

BODY
"""


def tidied(folder: Path, *, message: str = "Sign-in fails.", body: str = "## Summary\n\nIt broke.") -> str:
    path = folder / "x.md"
    path.write_text(FILE.replace("MESSAGE", message).replace("BODY", body), encoding="utf-8")
    return tidy_file(path, zone=ZoneInfo("Africa/Lagos"), example=TODAY).sure


def proposed(folder: Path, body: str) -> tuple[str | None, str | None]:
    """The share that is proposed surely, and the one that is proposed at all."""
    path = folder / "x.md"
    path.write_text(FILE.replace("BODY", body), encoding="utf-8")
    found = tidy_file(path, zone=ZoneInfo("Africa/Lagos"), example=TODAY)
    stated = [re.search(r"^affected_percent: (\S+)$", text, re.MULTILINE) for text in (found.sure, found.everything)]
    return stated[0] and stated[0][1], stated[1] and stated[1][1]


@pytest.mark.parametrize(
    ("message", "due"),
    [
        ("Sign-in fails. Expect an update in 30 minutes.", "15:06"),
        ("Sign-in fails. We'll be back by 15:10.", "15:10"),
        ("Sign-in fails. We will report back within an hour.", "15:36"),
        ("Sign-in fails. You will hear from us again at 3:15 PM.", "15:15"),
    ],
)
def test_a_promise_of_the_next_update_becomes_a_fact_of_the_update(tmp_path: Path, message: str, due: str) -> None:
    text = tidied(tmp_path, message=f'"{message}"')
    assert f"    status: investigating\n    next_update: {due}\n    message:" in text
    assert text.replace(f"    next_update: {due}\n", "") == (tmp_path / "x.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "message",
    [
        "Sign-in fails. Next update by 15:10.",
        "We hope to be back by 15:10.",
        "We had promised an update by 15:10.",
        "The shop closes at 15:10.",
        "Sign-in fails. <!-- internal -->Next update in 10 minutes, if the vendor calls.<!-- /internal -->",
    ],
)
def test_what_is_read_already_or_is_no_promise_stays(tmp_path: Path, message: str) -> None:
    assert "next_update" not in tidied(tmp_path, message=f'"{message}"').replace(message, "")


def test_an_update_in_braces_gets_its_fact_in_the_braces(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    update = '  - {at: 2026-04-06 14:36, status: investigating, message: "We will be back by 15:10."}\n'
    leading_time = FILE[: FILE.index("  - at:")]
    path.write_text(f"{leading_time}{update}---\n", encoding="utf-8")
    text = tidy_file(path, zone=ZoneInfo("Africa/Lagos"), example=TODAY).sure
    assert "  - {next_update: 15:10, at: 2026-04-06 14:36" in text


def test_the_share_of_those_affected_becomes_a_fact(tmp_path: Path) -> None:
    text = tidied(tmp_path, body="## Impact\n\nAbout 94 % of users could not sign in.")
    assert "resolved: 2026-04-06 16:00\naffected_percent: 94\ncomponents:" in text


NO_SHARES = [
    "During the 2025 outage 40% of users were affected.",
    "Users affected by the first outage: 40%",
    "40 % of users were affected?",
    "Were 40 % of users affected?",
    "40 % of users were hardly affected.",
    "85% of customers experienced no disruption.",
    "Of all users, 97% were not affected.",
    "The outage left 97% of users unaffected.",
    "Response times went up 40% for affected users.",
    "Payments were down 60 % on the same hour last week.",
    "Discount: 20 % for all affected customers",
    "Rollout: 25 % of users",
    "Revenue fell by 12 %.",
    "The disk was 94 % full.",
    "80% of users were unaffected.",
    "Only 3% of users were not affected.",
    "Last year a similar outage affected 40% of users.",
    "Fewer than 1% of requests failed.",
    "Up to 25% of customers may have been affected.",
    "30% of logins failed; then all logins failed.",
    "30% of logins failed. Then all logins failed.",
    "94 % of users weren't affected.",
    "94 % of users never noticed.",
    "94 % of users did not see any errors.",
    "94 % of users had no trouble.",
    "94 % of users were not impacted by the outage.",
    "The outage did not affect 94 % of users.",
    "The outage never affected 94 % of users.",
    "It had no impact on 94 % of customers.",
    "It spared 60 % of users.",
    "For 60 % of users everything worked.",
    "60 % of users could still sign in.",
    "60 % of users were able to sign in.",
    "Unaffected users: 60 %",
    "Users not affected: 60 %",
    "94 % of requests succeeded.",
    "94 % of payments went through.",
    "Only 94 % of payments were accepted.",
    "99.2 % of requests were served as usual.",
    "The success rate of payments fell to 94 %.",
    "Availability dropped to 94 %.",
    "Success rate: 94 %",
    "In 2024 a similar incident affected 40 % of users.",
    "The previous outage hit 40 % of users.",
    "An earlier incident affected 12 % of customers.",
    "A similar outage hit us last year. It affected 40 % of users.",
    "On average 1 % of requests fail.",
    "Normally 1 % of payments fail.",
    "Less than 5 % of users were affected.",
    "At least 5 % of users were affected.",
    "More than 5 % of users were affected.",
    "Over 5 % of users were affected.",
    "Under 5 % of users were affected.",
    "No more than 5 % of users were affected.",
    "At most 5 % of users were affected.",
    "As many as 30 % of users were affected.",
    "A maximum of 30 % of users were affected.",
    "> 5 % of users were affected.",
    "< 5 % of users were affected.",
    "5 % of users or fewer were affected.",
    "5 % or more of users were affected.",
    "Affected users: up to 40 %",
    "Affected users: 40 % at most",
    "Affected users: <5 %",
    "Between 10 and 20 % of users were affected.",
    "10–20 % of users were affected.",
    "30 % of users may have been affected.",
    "30 % of users might be affected.",
    "30 % of users could have been affected.",
    "30 % of users would have been affected, had we waited.",
    "If 5 % of requests fail, an alarm rings.",
    "An alarm rings once 5 % of requests failed.",
    "Sign-ups fell by 20 %.",
    "Traffic grew by 20 %.",
    "Traffic rose 20 %.",
    "Requests were 30 % slower.",
    "We saw a 30 % increase in failed requests.",
    "A 20 % drop in orders followed.",
    "Conversion was down 20 %.",
    "Errors fell by 20 % after the restart.",
    "Latency was up 40 % for users.",
    "CPU usage rose to 95 %, and users could not sign in.",
    "The disk was 99 % full, so payments failed.",
    "Memory was at 95 % and requests failed.",
    "The battery was at 20 % when the outage began.",
    "We give all customers who were affected a discount of 20 %.",
    "We credit affected customers 10 % of their monthly fee.",
    "We will refund 25 % of fees to customers who were affected.",
    "20 % off for everyone who was affected.",
    "80 % of the fix is deployed, and users were affected.",
    "The fix is deployed to 40 % of users.",
    "The fix was rolled out to 40 % of users.",
    "Access is restored for 40 % of users.",
    "Service was back for 40 % of users at first.",
    "Our SLA of 99.9 % was missed, and users were affected.",
    "Our agreement allows 1 % of requests to fail.",
    "The error budget is 0.1 % of requests.",
    "Uptime in April was 99.95 %.",
    "The target is that 99.9 % of requests succeed.",
    "40 % of affected users called us.",
    "Of those affected, 40 % of users wrote to us.",
    "40 % of the affected users were locked out again.",
    "60 % of users pay by card.",
    "90 % of customers use the app.",
    "80 % der Nutzer waren nicht betroffen.",
    "40 % der Nutzer waren betroffen.",
    "40 % des clients ont été affectés.",
    "El 40 % de los users no pudieron entrar.",
    "40 % degli utenti non poteva accedere.",
    "We are 100 % sure that users were affected.",
    "There is a 30 % chance that users were affected.",
    "The change was meant for 1 % of traffic.",
    "We sent 10 % of traffic to the new server, where it failed.",
    "40 % of our servers failed.",
    "A further 10 % of users were affected.",
    "Another 10 % of users were affected.",
    "The remaining 10 % of users were affected.",
    "Packet loss was 30 %.",
    "A test with 10 % of users failed.",
    "In a test, 40 % of requests failed.",
    "We first wrote that 40 % of users were affected, which was wrong.",
    "Not 40 % of users were affected.",
    "Except for 5 % of users, everyone was affected.",
    "All but 5 % of users were affected.",
    "40 % of customers received a refund because they were affected.",
    "40 % of users were affected by a bug in 2023, long before.",
    "5 % of users were, at the most, affected.",
    "No fewer than 40 % of users were affected.",
    "We had feared that 40 % of users were affected.",
    "Our forecast was that 40 % of users would be affected.",
    "It was expected to affect 40 % of users.",
    "Maintenance will affect 40 % of users.",
    "The next release will affect 40 % of users.",
    "Our competitor's outage affected 40 % of users.",
    "It is not true that 40 % of users were affected.",
    "Roughly 95 % of users noticed nothing.",
    "95 % of users were fine.",
    "95 % of users were safe from the bug.",
    "95 % of users escaped.",
    "95 % of payments were processed on time.",
    "95 % of messages arrived on time.",
    "None of this reached 95 % of users.",
    "Error rate: 12 %",
    "The error rate rose to 12 %.",
    "Users are affected if 12 % of requests fail.",
    "SLO: 99.9 % of requests succeed",
    "Refunds: 100 % of customers",
    "We restored 60 % of accounts by noon.",
    "By noon 60 % of accounts were restored.",
    "After the rollback 90 % of users were able to pay.",
    "90 % of users had recovered by noon.",
    "Only 12 % of requests got through.",
    "We compensate 100 % of affected users.",
    "There is nothing to say of 30 % of requests.",
    "Orders were down by 20 % of their usual number.",
    "Users saw prices that were 20 % too high.",
    "Usage was at 40 % of the usual traffic.",
    "Half of the 30 % of users were affected.",
    "80 % dos usuários foram afetados.",
    "80 % av users ble ikke rammet.",
    "Bei 40 % der users trat ein error auf.",
]


@pytest.mark.parametrize("text", NO_SHARES)
@pytest.mark.parametrize("heading", ["Summary", "Impact"])
def test_other_percentages_are_no_share(tmp_path: Path, heading: str, text: str) -> None:
    assert proposed(tmp_path, f"## {heading}\n\n{text}") == (None, None)


SURE = {
    "About 94 % of users could not sign in.": "94",
    "94 % of users could not sign in.": "94",
    "40% of users were affected.": "40",
    "The outage affected 40 % of customers.": "40",
    "The incident hit about 12.5 % of our users.": "12.5",
    "We refused 94 % of all card payments.": "94",
    "94 per cent of our customers were unable to pay.": "94",
    "100 % of users were affected.": "100",
    "Affected users: 80 %": "80",
    "**Affected users:** 80 %": "80",
    "Impact: 40 % of users were affected.": "40",
    "A total of 7 % of requests failed.": "7",
    "30 % of logins failed.": "30",
    "About a third of users (33%) were affected. The error rate was 12 %.": "33",
    "A third of our customers (33 %) could not pay.": "33",
    "25 % of transactions were declined.": "25",
    "60 % of sessions were interrupted.": "60",
    "40 % of users could not sign in. The disk was 99 % full.": "40",
    "40 % of users were affected. Last year a similar outage affected 70 % of users.": "40",
    "We are sorry. The outage affected 94 % of our customers.": "94",
    "From the first minute to the last, it was slow. It affected 40 % of users.": "40",
    "5 % of API requests were rejected.": "5",
    "3.5 % of orders were lost.": "3.5",
}


@pytest.mark.parametrize(("text", "percent"), SURE.items())
def test_a_share_that_is_stated_beyond_doubt_is_sure(tmp_path: Path, text: str, percent: str) -> None:
    assert proposed(tmp_path, f"## Summary\n\n{text}") == (percent, percent)


@pytest.mark.parametrize(
    "text",
    [
        "40 % of users in Kano were affected.",
        "94 % of users could not sign in. 60 % of users could not pay.",
        "At first 40 % of users were affected.",
        "40 % of users were affected at the peak.",
        "40 % of users were affected for two hours.",
        "For two hours 40 % of users could not sign in. Then nobody could.",
        "40 % of users of the app were affected.",
        "40 % of users reported errors.",
        "20 % of requests failed and were retried successfully.",
        "40 % of users were affected only slightly.",
        "The flag was on for 5 % of users, who could not sign in.",
        "It left 30 % of users unable to sign in.",
        "Affected users: 40 % (in Kano)",
        "40 % of users were affected. Up to 60 % of requests failed.",
        "40 % of users were affected. All logins failed.",
    ],
)
def test_a_share_of_a_part_or_beside_another_is_not_sure(tmp_path: Path, text: str) -> None:
    sure, everything = proposed(tmp_path, f"## Impact\n\n{text}")
    assert sure is None
    assert everything


def test_two_shares_are_not_sure(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    body = "## Impact\n\n94 % of users could not sign in.\n\n60 % of users could not sign in."
    path.write_text(FILE.replace("BODY", body), encoding="utf-8")
    found = tidy_file(path, zone=ZoneInfo("UTC"), example=TODAY)
    assert "affected_percent" not in found.sure
    assert "affected_percent" in found.everything


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"# Postmortem\n\nIt broke.\n", "does not begin with a line ---"),
        (b"\x89PNG\x00\x01", "not UTF-8"),
        ("Größe".encode("utf-16"), "UTF-16"),
        (b"---\ntitle: [\n---\n", "needs quotes"),
        (b"a" * (5 * 1024 * 1024), "larger than"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, raw: bytes, reason: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError, match=reason):
        tidy_file(path, zone=ZoneInfo("UTC"), example=TODAY)


def test_times_are_read_in_the_zone_of_the_file_else_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "components.yml").write_text("timezone: Asia/Tokyo\ncomponents: [{id: web, name: Web}]\n")
    (tmp_path / "2026").mkdir()
    assert read_zone_of_site(tmp_path / "2026" / "x.md", TODAY).key == "Asia/Tokyo"
    assert read_zone_of_site(tmp_path.parent / "x.md", TODAY).key == "UTC"
