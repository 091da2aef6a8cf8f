"""`incidents list` and `incidents show` say where everything stands and what to type next."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents, list_

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "site_name: Example\nsite_url: https://status.example.com\nplugins: [incidents]\n"
CATALOGUE = """\
timezone: Africa/Lagos
components: [{id: cards, name: Card payments}, {id: sms, name: SMS codes}]
"""
OPEN = """\
---
title: Card payments fail
started: 2026-04-06 14:30
components: {cards: major_outage, sms: partial_outage}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail for everyone.
  - at: 2026-04-06 14:50
    status: identified
    next_update: 15:00
    message: The cause is found.
    components: {cards: degraded_performance}
---
"""
RESOLVED = """\
---
title: Codes came late
started: 2026-04-01 23:30
components: {sms: partial_outage}
updates:
  - {at: 2026-04-01 23:40, status: investigating, message: Codes come late.}
  - {at: 2026-04-02 00:15, status: resolved, message: Codes come in time.}
---
"""
PLANNED = """\
---
title: Database upgrade
scheduled: {from: 2026-04-07 02:00, until: 2026-04-07 04:00}
components: [cards]
---
"""
PINNED = """\
---
title: New address
started: 2026-03-01 09:00
impact: none
pinned: true
---
"""
FILES = {
    "2026-04-06-cards": OPEN,
    "2026-04-01-codes": RESOLVED,
    "2026-04-07-upgrade": PLANNED,
    "2026-03-01-address": PINNED,
    "2026-04-05-draft": OPEN.replace("title: Card", "draft: true\ntitle: Draft: card").replace("t: card", "t card"),
    "2026-04-04-held": RESOLVED.replace("components", "publish: 2026-04-08 09:00\ncomponents"),
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(incidents, [*arguments])


def rows(*arguments: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads(run("list", "--json", *arguments).stdout)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The incident files of a site in Lagos (UTC+1), where it is 15:10."""
    folder = tmp_path / "incidents"
    folder.mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "components.yml").write_text(CATALOGUE, encoding="utf-8")
    for name, text in FILES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    set_clock(monkeypatch, "2026-04-06 14:10")
    return folder


def set_clock(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    at = datetime.fromisoformat(written).replace(tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at.timestamp())))


def test_the_newest_is_first_and_each_has_a_line_with_status_time_title_and_components() -> None:
    result = run("list")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[:6]] == [
        "2026-04-07-upgrade",
        "2026-04-06-cards",
        "2026-04-05-draft",
        "2026-04-04-held",
        "2026-04-01-codes",
        "2026-03-01-address",
    ]
    by_id = {line.split()[0]: line.split("  ", 1)[1].split() for line in lines[:6]}
    assert " ".join(by_id["2026-04-07-upgrade"]) == (
        "scheduled 2026-04-07 02:00 – 04:00 WAT Database upgrade cards=under_maintenance"
    )
    assert " ".join(by_id["2026-04-06-cards"]) == (
        "identified since 2026-04-06 14:30 WAT Card payments fail cards=degraded_performance sms=partial_outage"
    )
    assert " ".join(by_id["2026-04-01-codes"]) == (
        "resolved 2026-04-01 23:30 – 2026-04-02 00:15 WAT Codes came late sms=partial_outage"
    )
    assert " ".join(by_id["2026-03-01-address"]) == "pinned since 2026-03-01 09:00 WAT New address"
    assert result.exit_code == 0


def test_what_is_not_public_is_marked() -> None:
    lines = {line.split()[0]: line for line in run("list").stdout.splitlines() if line}
    assert "identified (draft)" in lines["2026-04-05-draft"]
    assert "resolved (embargoed)" in lines["2026-04-04-held"]
    assert "public 2026-04-08 09:00 WAT" in lines["2026-04-04-held"]
    assert {each["id"]: each["visibility"] for each in rows().values()} == {
        **dict.fromkeys(FILES, "public"),
        "2026-04-05-draft": "draft",
        "2026-04-04-held": "embargoed",
    }


def test_only_what_is_open_can_be_asked_for() -> None:
    assert list(rows("--open")) == ["2026-04-07-upgrade", "2026-04-06-cards", "2026-04-05-draft", "2026-03-01-address"]


def test_it_ends_with_what_to_type_next(folder: Path) -> None:
    assert run("list").stdout.splitlines()[-1] == (
        'Overdue: the next update of 2026-04-06-cards. Next: incidents update 2026-04-06-cards -m "…"'
    )
    for name in FILES:
        if name != "2026-04-01-codes":
            (folder / f"{name}.md").unlink()
    assert run("list").stdout.splitlines()[-1] == "None of these is going on. Next: incidents show 2026-04-01-codes"
    assert run("list", "--open").stdout.startswith("Nothing is open. Next: incidents new ")


def test_the_one_that_goes_on_is_next_and_planned_work_is_not(folder: Path) -> None:
    (folder / "2026-04-05-draft.md").unlink()
    (folder / "2026-04-06-cards.md").write_text(OPEN.replace("    next_update: 15:00\n", ""), encoding="utf-8")
    assert run("list").stdout.endswith('1 is going on. Next: incidents update 2026-04-06-cards -m "…"\n')
    (folder / "2026-04-06-again.md").write_text(OPEN.replace("    next_update: 15:00\n", ""), encoding="utf-8")
    assert run("list").stdout.endswith("2 are going on. Next: incidents show 2026-04-06-cards\n")
    (folder / "2026-04-06-cards.md").unlink()
    (folder / "2026-04-06-again.md").unlink()
    assert run("list", "--open").stdout.endswith("Nothing is going on. Next: incidents show 2026-04-07-upgrade\n")


def test_an_older_one_is_listed_if_it_is_asked_for() -> None:
    result = run("list", "-n", "2")
    assert [line.split()[0] for line in result.stdout.splitlines()[:2]] == ["2026-04-07-upgrade", "2026-04-06-cards"]
    assert "4 older ones; to list them, too, type: incidents list --all" in result.stdout
    assert len(rows("-n", "2")) == 2
    assert len(rows("-n", "2", "--all")) == 6


def test_the_newest_is_the_one_that_began_last_whatever_the_files_are_called(folder: Path) -> None:
    (folder / "zz.md").write_text(RESOLVED.replace("2026-04-01 23:30", '"2025-12-01 23:30"'), encoding="utf-8")
    block = PLANNED.replace("{from: 2026-04-07 02:00, until: 2026-04-07 04:00}", "")
    block = block.replace("scheduled: ", "scheduled:\n  from: 2026-04-09T02:00\n  until: 2026-04-09 04:00")
    (folder / "aa.md").write_text(block, encoding="utf-8")
    assert next(iter(rows("-n", "1"))) == "aa"
    assert list(rows("--all"))[-1] == "zz"
    assert [line.split()[0] for line in run("list").stdout.splitlines()[:2]] == ["aa", "2026-04-07-upgrade"]


def test_what_begins_later_or_was_retracted_is_marked(folder: Path) -> None:
    later = "---\ntitle: X\nstarted: 2026-04-08 09:00\nimpact: none\npinned: true\n---\n"
    (folder / "later.md").write_text(later, encoding="utf-8")
    text = RESOLVED.replace("components", "retracted: It was a test.\ncomponents")
    (folder / "false-alarm.md").write_text(text, encoding="utf-8")
    known = rows()
    assert known["later"]["visibility"] == "coming"
    assert (known["false-alarm"]["stage"], known["false-alarm"]["open"]) == ("retracted", False)
    assert "  retracted   It was a test." in run("show", "false").stdout


def test_what_is_dated_a_little_ahead_has_happened_as_in_a_build(folder: Path) -> None:
    ahead = OPEN.replace("---\ntitle", "@").replace(
        "---\n", "  - {at: 2026-04-06 15:12, status: resolved, message: All works.}\n---\n"
    )
    (folder / "2026-04-06-cards.md").write_text(ahead.replace("@", "---\ntitle"), encoding="utf-8")
    assert rows()["2026-04-06-cards"]["stage"] == "resolved"


def test_a_file_with_errors_is_listed_and_the_others_are_too(folder: Path) -> None:
    (folder / "2026-04-03-bad.md").write_text(RESOLVED.replace("started", "begun"), encoding="utf-8")
    result = run("list")
    assert result.exit_code == 1
    assert "2026-04-03-bad" in result.stdout
    assert "2026-04-06-cards" in result.stdout
    assert result.stderr == "1 file with errors; to see them, type: incidents check\n"
    assert rows()["2026-04-03-bad"]["error"] == "the file has errors"


def test_a_row_for_programs_has_the_facts_of_now() -> None:
    assert rows()["2026-04-06-cards"] == {
        "path": "incidents/2026-04-06-cards.md",
        "id": "2026-04-06-cards",
        "url": "https://status.example.com/incidents/2026-04-06-cards/",
        "title": "Card payments fail",
        "kind": "incident",
        "stage": "identified",
        "open": True,
        "visibility": "public",
        "publish_at": None,
        "begins_at": "2026-04-06T13:30:00Z",
        "ended_at": None,
        "components": {"cards": "degraded_performance", "sms": "partial_outage"},
        "worst": {"cards": "major_outage", "sms": "partial_outage"},
        "next_update_at": "2026-04-06T14:00:00Z",
        "overdue": True,
        "postmortem": "none",
    }


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 400])
def test_lines_fit_the_terminal_and_ids_are_never_cut(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(list_, "_width", lambda: width)
    lines = run("list").stdout.splitlines()
    table = [line for line in lines if "Next:" not in line]
    assert max(map(list_._columns, table)) <= width
    assert all(any(line.startswith(name) for line in table) for name in FILES)


def test_wide_letters_take_two_columns() -> None:
    assert list_._columns("決済 e\u0301") == 6


def test_show_has_everything_for_the_next_update() -> None:
    assert (
        run("show", "card").stdout
        == """\
Card payments fail
  id           2026-04-06-cards
  page         https://status.example.com/incidents/2026-04-06-cards/
  file         incidents/2026-04-06-cards.md
  status       identified
  time         since 2026-04-06 14:30 WAT, 40 min so far
  components   cards=degraded_performance now, major_outage at worst, sms=partial_outage now
  next update  promised by 2026-04-06 15:00 WAT: overdue by 10 min
  postmortem   none yet

2026-04-06 14:36 WAT  investigating  update-20260406-1336
    Card payments fail for everyone.

2026-04-06 14:50 WAT  identified  update-20260406-1350  (next by 2026-04-06 15:00 WAT)  (cards=degraded_performance)
    The cause is found.

Next: incidents update 2026-04-06-cards -m "…"
      incidents resolve 2026-04-06-cards -m "…"
"""
    )


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("codes", "Next: incidents postmortem 2026-04-01-codes"),
        ("upgrade", 'Next: incidents schedule 2026-04-07-upgrade --cancel -m "…"'),
        ("New addr", 'Next: incidents update 2026-03-01-address -m "…"'),
        ("draft", "Next: incidents check incidents/2026-04-05-draft.md"),
    ],
)
def test_show_ends_with_what_to_type_next(folder: Path, fragment: str, expected: str) -> None:
    (folder / "2026-04-04-held.md").unlink()
    assert expected in run("show", fragment).stdout


def test_work_that_goes_on_is_completed_or_extended(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2026-04-07 02:00")
    shown = run("show", "upgrade").stdout
    assert "in_progress" in shown
    assert "time        2026-04-07 02:00 – 04:00 WAT, 1 h so far" in shown
    assert 'Next: incidents update 2026-04-07-upgrade -s completed -m "…"' in shown
    assert "incidents schedule 2026-04-07-upgrade --extend TIME" in shown


BRIEF = """\
---
title: Payouts failed
started: 2026-04-05 07:20:05
components: {cards: major_outage}
updates:
  - {at: "2026-04-05 07:20:10", status: identified, message: Payouts fail.}
  - {at: "2026-04-05 07:20:40", status: resolved, message: Payouts work again.}
---
"""


def test_instants_within_one_minute_are_told_apart_by_their_seconds(folder: Path) -> None:
    (folder / "2026-04-05-brief.md").write_text(BRIEF, encoding="utf-8")
    assert "2026-04-05 07:20:05 – 07:20:40 WAT" in run("list").output
    shown = run("show", "brief").output
    assert "2026-04-05 07:20:05 – 07:20:40 WAT, under 1 min\n" in shown
    assert "2026-04-05 07:20:10 WAT  identified" in shown
    assert "2026-04-05 07:20:40 WAT  resolved" in shown


def test_instants_of_different_minutes_have_no_seconds(folder: Path) -> None:
    (folder / "2026-04-05-brief.md").write_text(BRIEF.replace("07:20:40", "07:21:04"), encoding="utf-8")
    assert "07:20:" not in run("show", "brief").output


def test_show_tells_how_far_the_postmortem_is(folder: Path) -> None:
    (folder / "2026-04-04-held.md").unlink()
    path = folder / "2026-04-01-codes.md"
    path.write_text(f"{RESOLVED}\n## Summary\n\nA queue was full.\n", encoding="utf-8")
    assert "written, not published" in run("show", "codes").stdout
    path.write_text(RESOLVED.replace("components", "postmortem: {published: 2026-04-05 10:00}\ncomponents"))
    assert "postmortem  published on 2026-04-05 10:00 WAT" in run("show", "codes").stdout
    assert "Nothing is missing. Next: incidents list --open" in run("show", "codes").stdout
    path.write_text(RESOLVED.replace("components", "postmortem: {published: 2026-04-09 10:00}\ncomponents"))
    assert "postmortem  to be published on 2026-04-09 10:00 WAT" in run("show", "codes").stdout


def test_retractions_corrections_and_later_updates_are_shown(folder: Path) -> None:
    text = OPEN.replace("    status: identified", "    status: identified\n    corrected: 2026-04-06 14:55")
    text = text.replace("    status: investigating", "    status: investigating\n    retracted: It was not so.")
    text = text.replace("---\n", "  - {at: 2026-04-06 16:00, status: resolved, message: Later.}\n---\n").replace(
        "  - {at: 2026-04-06 16:00, status: resolved, message: Later.}\n---\ntitle", "---\ntitle"
    )
    (folder / "2026-04-06-cards.md").write_text(text, encoding="utf-8")
    shown = run("show", "2026-04-06-cards").stdout
    assert "(retracted: It was not so.)" in shown
    assert "(corrected 2026-04-06 14:55 WAT)" in shown
    assert "2026-04-06 16:00 WAT  resolved  update-20260406-1500  (not published yet)" in shown
    assert "status       identified" in shown


def test_show_for_programs_has_the_same_and_the_updates() -> None:
    known = json.loads(run("show", "card", "--json").stdout)
    assert {key: known[key] for key in rows()["2026-04-06-cards"]} == rows()["2026-04-06-cards"]
    assert known["duration_seconds"] == 40 * 60
    assert known["next"][0] == 'incidents update 2026-04-06-cards -m "…"'
    assert known["updates"][1] == {
        "id": "update-20260406-1350",
        "at": "2026-04-06T13:50:00Z",
        "status": "identified",
        "message": "The cause is found.",
        "components": {"cards": "degraded_performance"},
        "next_update_at": "2026-04-06T14:00:00Z",
        "until": None,
        "corrected_at": None,
        "retracted": None,
    }


def test_without_a_name_the_open_incident_is_shown(folder: Path) -> None:
    (folder / "2026-04-05-draft.md").unlink()
    assert run("show").stdout.startswith("Card payments fail\n")


def test_a_name_that_means_none_or_several_is_answered_with_what_to_type(folder: Path) -> None:
    nothing = run("show", "nothing")
    assert nothing.exit_code == 1
    assert "incidents list" in nothing.stderr
    (folder / "2026-04-06-cards-again.md").write_text(OPEN, encoding="utf-8")
    several = run("show", "card pay")
    assert several.exit_code == 2
    assert "2026-04-06-cards-again" in several.stderr


def test_a_file_with_errors_is_not_shown_but_named(folder: Path) -> None:
    (folder / "2026-04-06-cards.md").write_text(OPEN.replace("started", "begun"), encoding="utf-8")
    result = run("show", "2026-04-06-cards")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "incidents/2026-04-06-cards.md" in result.stderr


def test_text_of_files_cannot_command_the_terminal(folder: Path) -> None:
    text = OPEN.replace("title: Card payments fail", 'title: "Card \\u009b31m fail"')
    (folder / "2026-04-06-cards.md").write_text(text, encoding="utf-8")
    assert "\x9b" not in run("list").stdout + run("show", "2026-04-06-cards").stdout
