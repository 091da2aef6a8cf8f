"""Facts that a file's words state go into its front matter, at their place, and nothing else changes there."""

from __future__ import annotations

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
    head = FILE[: FILE.index("  - at:")]
    path.write_text(f"{head}{update}---\n", encoding="utf-8")
    text = tidy_file(path, zone=ZoneInfo("Africa/Lagos"), example=TODAY).sure
    assert "  - {next_update: 15:10, at: 2026-04-06 14:36" in text


def test_the_share_of_those_affected_becomes_a_fact(tmp_path: Path) -> None:
    text = tidied(tmp_path, body="## Impact\n\nAbout 94 % of users could not sign in.")
    assert "resolved: 2026-04-06 16:00\naffected_percent: 94\ncomponents:" in text


@pytest.mark.parametrize(
    "body",
    [
        "## Impact\n\nThe disk was 94 % full.",
        "## Impact\n\n94 % of users were not affected.",
        "## Summary\n\nSuccess rate fell to 94 %.",
    ],
)
def test_other_percentages_are_no_share(tmp_path: Path, body: str) -> None:
    assert "affected_percent" not in tidied(tmp_path, body=body)


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
