"""Ids of new notices and updates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.ids import free_id, notice_id, require_free, update_id
from mkdocs_incidents.content.format.values import check_anchor, read_id
from mkdocs_incidents.content.problems import ERRORS, WrongValueError
from tests.makers import at

DAY = date(2026, 4, 6)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Card payments failed", "card-payments-failed"),
        ("  Sign-in:  it's SLOW (again)! ", "sign-in-its-slow-again"),
        ("API v2.1 returns 500 for 20 % of calls", "api-v2-1-returns-500-for-20-of-calls"),
        ("Crédit à Łódź, Straße und Ærø", "credit-a-lodz-strasse-und-aero"),
        ("İstanbul'da kesinti", "istanbulda-kesinti"),
        ("カード決済の障害", "カード決済の障害"),
        ("Платежи не проходят, й", "платежи-не-проходят-й"),
        ("कार्ड भुगतान", "कार्ड-भुगतान"),
        ("تعطل الدفع", "تعطل-الدفع"),
        ("\uff21\uff30\uff29 down", "api-down"),
        ("../../etc/passwd", "etc-passwd"),
        ("index.html", "index-html"),
        ("🔥🔥", "incident"),
        ("", "incident"),
        (
            "Payments by card and by transfer failed for most customers in the west",
            "payments-by-card-and-by-transfer-failed-for-most-customers",
        ),
        ("x" * 100, "x" * 60),
    ],
)
def test_the_id_of_a_notice_is_its_day_and_the_words_of_its_title(title: str, slug: str) -> None:
    assert notice_id(title, DAY) == f"2026-04-06-{slug}"


def test_a_title_without_letters_gives_way_to_the_kind_of_the_notice() -> None:
    assert notice_id("!!!", DAY, word="maintenance") == "2026-04-06-maintenance"


@given(st.text(), st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_every_title_gives_an_id_that_a_file_can_have(title: str, day: date) -> None:
    found = notice_id(title, day)
    assert read_id(found) == found
    assert found.startswith(f"{day}-")
    assert len(found) <= 71


def test_an_id_that_exists_is_refused_with_its_file_and_what_to_type() -> None:
    taken = {"2026-04-06-x": "incidents/2026/2026-04-06-x.md", "2026-04-06-x-2": "incidents/other.md"}
    require_free("2026-04-06-y", taken)
    for wanted in ("2026-04-06-x", "2026-04-06-X"):
        with pytest.raises(WrongValueError) as caught:
            require_free(wanted, taken)
        assert caught.value.code in ERRORS
        assert caught.value.message == f"incidents/2026/2026-04-06-x.md has the id {wanted} already"
        assert caught.value.hint == (
            f"write incidents update {wanted} to add to it, or --id {wanted}-3 for another notice"
        )


def test_a_free_id_has_the_first_number_that_no_other_has() -> None:
    assert free_id("a", []) == "a"
    assert free_id("a", ["a"]) == "a-2"
    assert free_id("a", ["A", "a-2", "a-4"]) == "a-3"


def test_the_id_of_an_update_is_its_time_in_utc() -> None:
    assert update_id(at("2026-04-06 14:30", "Africa/Lagos"), []) == "update-20260406-1330"
    assert update_id(at("2026-04-06 14:30:05"), []) == "update-20260406-143005"


def test_the_id_of_an_update_is_that_of_no_other_update_of_the_notice() -> None:
    taken = ["update-20260406-1430", "update-20260406-1430-2", "start"]
    assert update_id(at("2026-04-06 14:30"), taken) == "update-20260406-1430-3"


@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)), st.integers(0, 5))  # noqa: DTZ001  made UTC below
def test_updates_at_one_instant_get_ids_of_their_own_that_links_can_have(instant: datetime, others: int) -> None:
    taken: list[str] = []
    for _ in range(others + 1):
        taken.append(update_id(instant.replace(tzinfo=UTC), taken))
        check_anchor(taken[-1])
    assert len(set(taken)) == others + 1
