"""A zone is read where it is certain; where it is not, the section says so instead of showing a false time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.postmortem import zone_names
from mkdocs_incidents.content.postmortem.language_tables import LanguageTables
from mkdocs_incidents.content.postmortem.zone_names import ZoneNames
from tests.content.postmortem.bodies import BODY_LINE, local, read, timeline
from tests.makers import at

LAGOS = ZoneNames(zone=ZoneInfo("Africa/Lagos"), on=date(2026, 7, 6))
NOON = datetime(2026, 7, 6, 12)  # noqa: DTZ001  wall time, read in each zone


def hours(names: ZoneNames, name: str) -> float | None:
    zone = names.named(name)
    offset = zone.utcoffset(NOON) if zone else None
    return None if offset is None else offset / timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UTC", 0),
        ("GMT", 0),
        ("Z", 0),
        ("UTC+1", 1),
        ("UTC-05:30", -5.5),
        ("GMT+0200", 2),
        ("+05:30", 5.5),
        ("−03:00", -3),
        ("WAT", 1),
        ("CEST", 2),
        ("JST", 9),
        ("EAT", 3),
        ("Europe/Paris", 2),
        ("West African Time", 1),
        ("west africa time", 1),
        ("Central European Time", 2),
        ("MESZ", 2),
        ("BRT", -3),
        ("heure UTC", 0),
        ("heure UTC+2", 2),
        ("heure UTC −05:30", -5.5),
        ("بتوقيت UTC+3", 3),
        ("بِتَوْقيتِ غرينتش", 0),
        ("Horário de Verão da Europa Ocidental", 1),
    ],
)
def test_a_certain_zone_is_read(name: str, expected: float) -> None:
    assert hours(LAGOS, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "CST",
        "IST",
        "PST",
        "XYZ",
        "Lagos Time",
        "Europe/Lagos",
        "UTC+15",
        "UTC+1:60",
        "local",
        "",
        "heure UTC+15",
        "Central European Time +1",
        "Eastern Time 5",
    ],
)
def test_an_uncertain_zone_is_none(name: str) -> None:
    assert LAGOS.named(name) is None


def test_letters_of_the_own_zone_are_its_clocks_whatever_others_mean_by_them() -> None:
    assert hours(ZoneNames(zone=ZoneInfo("Asia/Kolkata"), on=date(2026, 7, 6)), "IST") == 5.5
    assert (
        hours(ZoneNames(zone=ZoneInfo("America/Chicago"), on=date(2026, 1, 6)), "CST") == -5
    )  # noon in July, by its clocks


@pytest.mark.parametrize(
    "behind",
    [
        " UTC — it broke",
        " (UTC) it broke",
        " [UTC] it broke",
        " UTC: it broke",
        " UTC it broke",
        " UTC+0 — it broke",
        " GMT, it broke",
        "Z it broke",
        "+00:00 it broke",
        " Coordinated Universal Time — it broke",
        " Africa/Abidjan — it broke",
        " UTC - 5 users could not sign in",
        " heure UTC — it broke",
        "（UTC）it broke",
    ],
)
def test_the_zone_of_an_entry_stands_behind_its_time(behind: str) -> None:
    assert local(timeline(f"- 13:30{behind}"), "UTC") == ["06 13:30"]


@pytest.mark.parametrize(
    "header", ["UTC", "Time UTC", "Time, UTC", "Time in UTC", "UTC time", "Time (UTC/GMT)", "UTC+0"]
)
def test_the_zone_of_a_column_stands_anywhere_in_its_header(header: str) -> None:
    assert local(timeline(f"| {header} | What |\n|---|---|\n| 13:30 | x |"), "UTC") == ["06 13:30"]


@pytest.mark.parametrize("behind", [", UTC, x", " - UTC - x", " — UTC: x", ": GMT, x", " — UTC+0: x", " UTC/GMT x"])
def test_a_zone_alone_between_two_separators_is_that_of_the_time(behind: str) -> None:
    reading = timeline(f"- 13:30{behind}")
    assert local(reading, "UTC") == ["06 13:30"]
    assert [entry.text for entry in reading.entries] == ["x"]


@pytest.mark.parametrize(
    "behind",
    [
        " API errors",
        " API: errors",
        " DB down",
        " IT-team called",
        " and/or it broke",
        " Read/write errors",
        " UK shops fail",
        " It broke",
        " A user called",
        " PDF—export fails",
        " Time to think",
        " CPU's at 100 %",
        " OK.",
        " SEV1 declared",
        " XYZ: errors",
        " Lagos: errors",
        " (Paris) errors",
        " API/DB errors",
    ],
)
def test_other_text_behind_a_time_is_no_zone(behind: str) -> None:
    reading = timeline(f"- 14:30{behind}")
    assert local(reading) == ["06 14:30"]
    assert reading.entries[0].text == behind.strip()


@pytest.mark.parametrize("behind", ["API: errors", "DNS, errors", "Recovery Time: 3 s", "UTC was shown", "UTC"])
def test_text_behind_a_separator_is_no_zone(behind: str) -> None:
    reading = timeline(f"- 14:30 — {behind}")
    assert local(reading) == ["06 14:30"]
    assert reading.entries[0].text == behind


def test_the_remark_names_the_line_that_speaks_of_another_zone() -> None:
    (remark,) = timeline("Three teams helped.\nWe work in UTC.\n\n- 14:30 x").unread
    assert remark.line == BODY_LINE + 3
    assert "We work in UTC." in remark.message
    assert "Times: UTC" in remark.hint


@pytest.mark.parametrize(
    "line",
    [
        "- 14:30 CST — errors",
        "- 14:30 CST: errors",
        "- 14:30 PST errors",
        "- 14:30 (XYZ) errors",
        "- 14:30 XYZ — errors",
        "- 14:30 Lagos Time — errors",
        "- 14:30 Africa/Logos errors",
        "| Time (XYZ) | What |\n|---|---|\n| 14:30 | errors |",
        "Times: XYZ\n\n- 14:30 errors",
        "All times are in Eastern.\n\n- 14:30 errors",
        "All times in CEST (UTC+1).\n\n- 14:30 errors",
        "| Time | What |\n|---|---|\n| 14:30 XYZ | errors |",
        "### 14:30 XYZ — errors",
        "| Time (Paris) | What |\n|---|---|\n| 14:30 | errors |",
        "| Time (UTC/local) | What |\n|---|---|\n| 14:30 | errors |",
        "| Time UTC or WAT | What |\n|---|---|\n| 14:30 | errors |",
        "We saw all times in UTC.\n\n- 14:30 errors",
        "Our clocks show Central European Time.\n\n- 14:30 errors",
        "時刻はUTCに準拠\n\n- 14:30 errors",
        "- 14:30 errors\n\nThe log has +05:30.\n",
        "- our clocks were in UTC\n- 14:30 errors",
        "### As UTC has it\n\n- 14:30 errors",
        "- 14:30 Paris Time: errors",
        "### Log (UTC, WAT)\n\n- 14:30 errors",
        "- 14:30, PST, errors",
        "- 14:30 UTC/WAT errors",
    ],
)
def test_a_section_with_an_uncertain_zone_stays_prose(line: str) -> None:
    reading = timeline(f"{line}\n- 14:31 more\n")
    assert not reading.entries
    assert len(reading.unread) == 1
    assert "incidents:" not in reading.marked


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("## Timeline (UTC)", "- 13:30 x"),
        ("## Timeline (all times in UTC)", "- 13:30 x"),
        ("## Timeline (6 April 2026, UTC)", "- 13:30 x"),
        ("**Timeline [UTC]**", "- 13:30 x"),
        ("## Timeline", "Times: UTC\n\n- 13:30 x"),
        ("## Timeline", "All times are in UTC.\n\n- 13:30 x"),
        ("## Timeline", "*All times are in UTC.*\n\n- 13:30 x"),
        ("## Timeline", "From the pager log. All times are UTC.\n\n- 13:30 x"),
        ("## Timeline", "- All times in UTC\n- 13:30 x"),
        ("## Timeline", "UTC表記。\n\n- 13:30 x"),
        ("## Timeline", "جميع الأوقات UTC.\n\n- 13:30 x"),
        ("## Timeline", "جميعُ الأوقاتِ UTC.\n\n- 13:30 x"),
        ("## Timeline", "كُلُّ الأوقاتِ UTC.\n\n- 13:30 x"),
        ("## Timeline", "Les heures sont à l’heure UTC.\n\n- 13:30 x"),
        ("## Timeline", "Les heures sont à l'heure UTC.\n\n- 13:30 x"),
        ("## Timeline (all times in heure UTC)", "- 13:30 x"),
        ("## Timeline (WAT)", "All times are in UTC.\n\n- 13:30 x"),
        ("## Timeline (WAT)", "| Time (UTC) | What |\n|---|---|\n| 13:30 | x |"),
        ("## Timeline (WAT)", "- 13:30 UTC x"),
        ("## Timeline", "| Time (WAT) | What |\n|---|---|\n| 13:30 UTC | x |"),
        ("## Timeline", "Times: UTC (GMT)\n\n- 13:30 x"),
        ("## Timeline (in UTC)", "- 13:30 x"),
        ("## Timeline", "| Date (UTC) | Time | What |\n|---|---|---|\n| 2026-04-06 | 13:30 | x |"),
        ("## Timeline (times UTC)", "- 13:30 x"),
        ("## Timeline (UTC/GMT)", "- 13:30 x"),
        ("## Timeline", "All times below are in UTC.\n\n- 13:30 x"),
        ("## Timeline", "Times are given in UTC.\n\n- 13:30 x"),
        ("## Timeline", "All timestamps are in UTC\n\n- 13:30 x"),
        ("## Timeline", "All times are in UTC unless stated otherwise.\n\n- 13:30 x"),
        ("## Timeline", "**Note:** all times are UTC\n\n- 13:30 x"),
        ("## Timeline", "(UTC)\n\n- 13:30 x"),
        ("## Timeline", "Todas las horas están en UTC, salvo indicación contraria.\n\n- 13:30 x"),
        ("## Timeline", "We compared our clocks with CEST.\n\nTimes: UTC\n\n- 13:30 x"),
        ("## Timeline", "We compared our clocks with CEST.\n\n- 13:30 UTC x"),
    ],
)
def test_the_nearest_stated_zone_holds(heading: str, text: str) -> None:
    assert local(timeline(text, heading=heading), "UTC") == ["06 13:30"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("## Timeline (approximate)", "- 14:30 x"),
        ("## Timeline (in local time)", "- 14:30 x"),
        ("## Timeline", "All users were affected.\n\n- 14:30 x"),
        ("## Timeline", "All in all, it took long.\n\n- 14:30 x"),
        ("## Timeline", "All times are approximate.\n\n- 14:30 x"),
        ("## Timeline", "```\nTimes: UTC\n```\n\n- 14:30 x"),
        ("## Timeline", "We noted all times in WAT.\n\n- 14:30 x"),
        ("## Timeline", "The API and DNS failed.\n\n- 14:30 x"),
        ("## Timeline", "In Berlin\n\n- 14:30 x"),
        ("## Timeline", "Times Square\n\n- 14:30 x"),
        ("## Timeline (Lagos)", "- 14:30 x"),
        ("## Timeline", "### 14:30 — Moved (Europe/Paris to Africa/Lagos)\n\nAgain."),
        ("## Timeline (from the pager)", "- 14:30 x"),
        ("## Timeline", "| Start time | What |\n|---|---|\n| 14:30 | x |"),
        ("## Timeline", "| Time (Lagos) | What |\n|---|---|\n| 14:30 | x |"),
        ("## Timeline", "| Time | Down in UTC |\n|---|---|\n| 14:30 | x |"),
    ],
)
def test_what_is_no_zone_is_ignored(heading: str, text: str) -> None:
    assert local(timeline(text, heading=heading)) == ["06 14:30"]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" MESZ: x", "12:30"),
        (" CEST: x", "12:30"),
        (" BRT: x", "17:30"),
        (" TUC: x", "14:30"),
        (" Midden-Europese tijd: x", "12:30"),
        (" Horário de Verão da Europa Ocidental x", "13:30"),
        (" Horário de Verão da Europa Ocidental: x", "13:30"),
        (" heure d’Europe centrale: x", "12:30"),
        ("（日本時間）x", "05:30"),
        (" (日本時間)x", "05:30"),
        (" heure UTC+2 — x", "12:30"),
        (" heure UTC+05:30: x", "09:00"),
        (" UTC+2: x", "12:30"),
        (" UTC-2: x", "16:30"),
        ("+02:00: x", "12:30"),
        (" بتوقيت UTC+3 — x", "11:30"),
        (" بتوقيت غرينتش +3 — x", "11:30"),
    ],
)
def test_no_zone_in_any_language_is_taken_for_text(behind: str, expected: str) -> None:
    (entry,) = timeline(f"- 14:30{behind}").entries
    assert (f"{entry.at:%H:%M}", entry.text) == (expected, "x")


@pytest.mark.parametrize("text", ["5 users called", "-5 users called", "+1 user called"])
def test_a_number_behind_a_full_name_is_part_of_the_text(text: str) -> None:
    (entry,) = timeline(f"- 14:30 Eastern Time {text}").entries
    assert (f"{entry.at:%H:%M}", entry.text) == ("18:30", text)


@pytest.mark.parametrize(
    "line", ["جميع الأوقات بتوقيت UTC+3", "الأوقات: توقيت UTC+3", "كل الأوقات بتوقيت غرينتش +3", "Times: UTC+3"]
)
def test_a_phrase_is_read_with_an_offset(line: str) -> None:
    assert local(timeline(f"{line}.\n\n- 14:30 x"), "UTC") == ["06 11:30"]


def test_of_several_phrases_that_fit_the_one_with_a_certain_zone_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    phrases = {"al": (("all times ", ""), ("all times on the clocks of ", "")), "": ()}
    monkeypatch.setattr(zone_names, "_phrases", lambda: phrases)
    assert local(timeline("All times on the clocks of UTC.\n\n- 13:30 x"), "UTC") == ["06 13:30"]


def test_letters_of_the_tables_come_before_those_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    with_cst = LanguageTables({"zz": {"zones": {"cst": "Asia/Shanghai"}}})
    monkeypatch.setattr(zone_names, "language_tables", lambda: with_cst)
    assert hours(LAGOS, "CST") == 8


@pytest.mark.parametrize("zone", ["Africa/Lagos", "Europe/Berlin"])
@pytest.mark.parametrize("letters", ["CEST", "MESZ", "CET", "MEZ"])
def test_letters_of_another_season_mean_the_clocks_of_their_zone(letters: str, zone: str) -> None:
    reading = timeline(f"- 14:30 {letters}: x", zone=zone, started=at("2026-01-06 13:30"))
    assert [f"{entry.at:%H:%M}" for entry in reading.entries] == ["13:30"]


def test_the_zone_of_one_section_does_not_reach_another() -> None:
    reading = timeline("- 13:30 x\n\n## Timeline\n\n- 14:30 y", heading="## Timeline (UTC)")
    assert local(reading) == ["06 14:30", "06 14:30"]


@pytest.mark.parametrize(("letters", "expected"), [("CEST", "2026-10-25 00:30"), ("CET", "2026-10-25 01:30")])
def test_letters_choose_in_the_doubled_hour(letters: str, expected: str) -> None:
    reading = timeline(f"- 2:30 {letters} — x", zone="Europe/Paris", started=at("2026-10-25 00:00"))
    assert reading.entries[0].at == at(expected)
    assert not reading.codes


def test_a_time_in_the_doubled_hour_without_letters_draws_a_warning() -> None:
    reading = timeline("- 2:30 — x", zone="Europe/Paris", started=at("2026-10-25 00:00"))
    assert reading.entries[0].at == at("2026-10-25 00:30")
    assert reading.codes == ["timeline-clock-change"]


def test_a_time_that_clocks_skip_is_prose_with_a_warning() -> None:
    reading = timeline("- 2:30 — x\n- 3:10 — y", zone="Europe/Paris", started=at("2026-03-29 00:30"))
    assert [entry.text for entry in reading.entries] == ["y"]
    assert reading.codes == ["timeline-clock-change"]


@pytest.mark.parametrize("started", ["2026-10-24 00:00", "2026-10-26 00:00", "2026-03-28 00:30", "2026-03-30 00:30"])
def test_the_night_of_another_day_draws_no_warning(started: str) -> None:
    assert not timeline("- 2:30 — x", zone="Europe/Paris", started=at(started)).codes


@settings(deadline=None)
@given(st.integers(-14 * 60, 14 * 60), st.sampled_from(["UTC", "GMT", ""]))
def test_every_offset_is_read_as_it_is_written(minutes: int, prefix: str) -> None:
    sign, rest = ("-" if minutes < 0 else "+"), abs(minutes)
    zone = LAGOS.named(f"{prefix}{sign}{rest // 60:02}:{rest % 60:02}")
    assert zone is not None
    assert zone.utcoffset(NOON) == timedelta(minutes=minutes)


def test_long_rows_of_slashes_are_text() -> None:
    assert local(timeline(f"{'AB/' * 3000}\n\n{'Africa/' * 3000}\n\n- 14:30 x")) == ["06 14:30"]


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2:30–2:40 CEST", "00:30", "00:40"),
        ("2:30–2:40 CET", "01:30", "01:40"),
        ("2:50 CEST–2:10 CET", "00:50", "01:10"),
        ("2:50 CET–3:10", "01:50", "02:10"),
        ("0:40 UTC–2:50 CET", "00:40", "01:50"),
    ],
)
def test_each_end_of_a_range_in_the_doubled_hour_is_that_of_its_letters(text: str, begin: str, end: str) -> None:
    reading = timeline(f"- {text} — x", zone="Europe/Paris", started=at("2026-10-25 00:00"))
    (entry,) = reading.entries
    assert (entry.at, entry.until) == (at(f"2026-10-25 {begin}"), at(f"2026-10-25 {end}"))
    assert not reading.codes
    assert not reading.unread


@pytest.mark.parametrize(("letters", "expected"), [("CEST", "00:30"), ("CET", "01:30")])
@pytest.mark.parametrize(
    "body",
    [
        "## Timeline ({})\n\n- 2:30 — x",
        "## Timeline\n\nTimes: {}\n\n- 2:30 — x",
        "## Timeline\n\n| Time ({}) | What |\n|---|---|\n| 2:30 | x |",
        "## Timeline\n\n### 2:30 {} — x\n\nIt broke.",
        "## Timeline\n\n- 2026-10-25 2:30 ({}) — x",
    ],
)
def test_letters_choose_in_the_doubled_hour_wherever_they_are_stated(body: str, letters: str, expected: str) -> None:
    reading = read(body.format(letters), zone="Europe/Paris", started=at("2026-10-25 00:00"))
    assert [f"{entry.at:%H:%M}" for entry in reading.entries] == [expected]
    assert not reading.codes
