from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus
from mkdocs_incidents.present.language.formatter import CATALOGUES, Formatter, locale_of
from tests.makers import at

ROOT = Path(__file__).parents[2]
LAGOS = ZoneInfo("Africa/Lagos")
ENGLISH = Formatter(locale_of("en"))


def test_an_instant_has_its_day_its_clock_time_and_its_zone() -> None:
    assert ENGLISH.instant(at("2023-06-11 13:30"), LAGOS) == "Sunday 11 June 2023, 14:30 WAT"


def test_utc_has_its_day_where_that_differs_from_the_local_one() -> None:
    assert ENGLISH.utc(at("2023-06-11 13:30"), LAGOS) == "13:30 UTC"
    assert ENGLISH.utc(at("2023-06-10 23:30"), LAGOS) == "10 June, 23:30 UTC"
    assert ENGLISH.utc(at("2023-06-11 13:30"), ZoneInfo("UTC")) == ""


def test_a_zone_without_an_abbreviation_has_its_offset() -> None:
    assert ENGLISH.clock(at("2023-06-11 13:30"), ZoneInfo("America/Sao_Paulo")) == "10:30 UTC−3"
    assert ENGLISH.clock(at("2023-06-11 13:30"), ZoneInfo("Asia/Kathmandu")) == "19:15 UTC+5:45"


def test_the_description_of_a_zone_follows_clock_changes() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert ENGLISH.zone_description(at("2023-01-11 12:00"), paris).endswith("(CET, UTC+1)")
    assert ENGLISH.zone_description(at("2023-06-11 12:00"), paris).endswith("(CEST, UTC+2)")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kolkata", "India Standard Time (IST, UTC+5:30)"),
        ("Europe/Kyiv", "Eastern European Summer Time (EEST, UTC+3)"),
        ("America/Argentina/Buenos_Aires", "Argentina Standard Time (UTC−3)"),
    ],
)
def test_a_zone_that_changed_its_id_has_its_name(zone: str, expected: str) -> None:
    assert ENGLISH.zone_description(at("2023-06-11 12:00"), ZoneInfo(zone)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, "under 1 min"),
        (1, "1 min"),
        (45, "45 min"),
        (110, "1 hr 50 min"),
        (120, "2 hr"),
        (24 * 60 + 5, "1 day 5 min"),
        (71 * 60 + 30, "2 days 23 hr 30 min"),
    ],
)
def test_a_duration_has_whole_minutes_however_long(minutes: int, expected: str) -> None:
    assert ENGLISH.duration(timedelta(minutes=minutes)) == expected


def test_a_duration_is_never_rounded_up() -> None:
    assert ENGLISH.duration(timedelta(minutes=59, seconds=59)) == "59 min"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "under 1 min"), (59, "under 1 min"), (60, "1 min"), (450, "7 min"), (5399, "1 hr 29 min")],
)
def test_the_parts_of_a_duration_are_those_of_its_text_and_never_zero(seconds: int, expected: str) -> None:
    assert " ".join(ENGLISH.duration_parts(timedelta(seconds=seconds))) == expected
    assert ENGLISH.duration(timedelta(seconds=seconds)) == expected


@given(st.integers(0, 3 * 24 * 3600))
def test_no_duration_is_zero_and_each_is_as_long_as_it_reads(seconds: int) -> None:
    text = ENGLISH.duration(timedelta(seconds=seconds))
    assert " ".join(ENGLISH.duration_parts(timedelta(seconds=seconds))) == text
    units = {"day": 1440, "days": 1440, "hr": 60, "min": 1}
    words = text.removeprefix("under ").split()
    minutes = sum(int(count) * units[unit] for count, unit in zip(words[::2], words[1::2], strict=True))
    assert minutes >= 1
    assert minutes == max(seconds // 60, 1)
    assert text.startswith("under") is (seconds < 60)


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_percentage_is_not_rounded(value: Decimal) -> None:
    assert Decimal(ENGLISH.percent(value).removesuffix("%")) == value


def test_a_fraction_is_shown_in_percent() -> None:
    assert ENGLISH.share(Fraction(3, 10)) == "30%"


def test_a_span_of_days_has_its_month_once() -> None:
    assert ENGLISH.days_span(date(2023, 6, 5), date(2023, 6, 10)) == "5 to 10 June"
    assert ENGLISH.days_span(date(2023, 5, 29), date(2023, 6, 3)) == "29 May to 3 June"
    assert ENGLISH.days_span(date(2023, 6, 3), date(2023, 6, 3)) == "3 June"


@pytest.mark.parametrize("language", ["en", "en_US", "fr", "de", "ar", "pt-BR", "ja", "zh_Hant", "sw"])
def test_every_language_of_babel_has_dates_durations_and_numbers(language: str) -> None:
    formatter = Formatter(locale_of(language))
    texts = [
        formatter.instant(at("2023-06-11 13:30"), LAGOS),
        formatter.weekday_day(date(2023, 6, 11)),
        formatter.month(date(2023, 6, 1)),
        formatter.duration(timedelta(hours=1, minutes=50)),
        formatter.percent(Decimal("99.97")),
        formatter.listing(["a", "b", "c"]),
    ]
    assert all(texts)
    assert len(formatter.weekdays()) == 7


@pytest.mark.parametrize(
    ("language", "isolated"), [("ar", True), ("he", True), ("fa", True), ("ur", True), ("en", False)]
)
def test_a_time_and_its_zone_stay_together_in_text_from_right_to_left(language: str, isolated: bool) -> None:
    formatter, instant = Formatter(locale_of(language)), at("2023-06-11 13:30")
    for text, zone in ((formatter.clock(instant, LAGOS), "WAT"), (formatter.utc(instant, LAGOS), "UTC")):
        assert text.strip("\u2068\u2069").endswith(f" {zone}")
        assert (text[0] == "\u2068" and text[-1] == "\u2069") is isolated


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="klingon"):
        locale_of("klingon")


def test_a_new_language_needs_one_file_and_no_code(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "incidents.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Major outage"\nmsgstr "Panne générale"\n\n'
        'msgid "%(count)s incident"\nmsgid_plural "%(count)s incidents"\n'
        'msgstr[0] "%(count)s incident"\nmsgstr[1] "%(count)s incidents"\n',
        encoding="utf-8",
    )
    french = Formatter(locale_of("fr"), [tmp_path])
    assert french.status(ComponentStatus.MAJOR_OUTAGE) == "Panne générale"
    assert french.plural("%(count)s incident", "%(count)s incidents", 0) == "0 incident"
    assert french.status(ComponentStatus.OPERATIONAL) == "Operational"  # what is not translated yet stays English


def test_every_value_of_the_model_has_a_label() -> None:
    assert all(ENGLISH.status(status) for status in ComponentStatus)
    assert all(ENGLISH.stage(stage) for stage in (*IncidentStatus, *MaintenanceStatus))
    assert all(ENGLISH.impact(impact) for impact in Impact)


def test_the_catalogue_has_every_message_of_pages_and_feeds(tmp_path: Path) -> None:
    kept = (CATALOGUES / "incidents.pot").read_text(encoding="utf-8")
    made = tmp_path / "incidents.pot"
    recipe = [line.strip(" \t\\@") for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()]
    keywords = next(line for line in recipe if line.startswith("-k _ ")).split()
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping", "../babel.cfg"]
    command += ["--no-default-keywords", *keywords, "--output", str(made), "mkdocs_incidents"]
    subprocess.run(command, cwd=ROOT / "plugins", check=True)
    assert made.read_text(encoding="utf-8") == kept, "messages have changed: type 'make words'"
