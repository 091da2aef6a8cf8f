"""Components, states, statuses and notices as people type them into a command."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.names import (
    find_component,
    match,
    read_component_state,
    read_components,
    read_status,
)
from mkdocs_incidents.content.problems import ERRORS, WrongValueError
from mkdocs_incidents.model import ComponentStatus, IncidentStatus, MaintenanceStatus
from tests.makers import catalog, component, group

DAY = date(2026, 11, 28)
CATALOG = catalog(
    group(
        "Payments",
        component("card-payments", name="Card payments"),
        component("bank-transfers", name="Bank transfers"),
        component("payouts", name="Payouts"),
        component("ussd-payments", name="USSD payments", retired=date(2025, 10, 1)),
    ),
    group("Europe", component("eu-api", name="API")),
    group("Africa", component("af-api", name="API")),
    component("identity-checks", name="Identity checks", aliases=("kyc",)),
    component("cafe", name="Café, bar=lounge"),
    component("sign-in", name="Sign-in, sign-up"),
)
MAJOR, DEGRADED, OPERATIONAL = (
    ComponentStatus.MAJOR_OUTAGE,
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.OPERATIONAL,
)


def read(*texts: str, default: ComponentStatus | None = None) -> dict[str, ComponentStatus]:
    return read_components(texts, CATALOG, day=DAY, default=default)


def complaint(*texts: str, default: ComponentStatus | None = None) -> WrongValueError:
    with pytest.raises(WrongValueError) as caught:
        read(*texts, default=default)
    assert caught.value.code in ERRORS
    return caught.value


@pytest.mark.parametrize(
    ("text", "component_id"),
    [
        ("card-payments", "card-payments"),
        ("Card payments", "card-payments"),
        ("CARDPAYMENTS", "card-payments"),
        ("card", "card-payments"),
        ("card pay", "card-payments"),
        ("transf bank", "bank-transfers"),
        ("kyc", "identity-checks"),
        ("identity", "identity-checks"),
        ("cafe", "cafe"),
        ("CAFÉ", "cafe"),
        ("bar=lounge", "cafe"),
        ("europe api", "eu-api"),
        ("Europe, API", "eu-api"),
        ("signin", "sign-in"),
    ],
)
def test_a_component_is_found_by_its_id_a_former_id_its_name_or_a_part(text: str, component_id: str) -> None:
    assert find_component(text, CATALOG, day=DAY) == component_id


def test_several_components_are_named_at_once_in_every_usual_way() -> None:
    both = {"card-payments": MAJOR, "payouts": OPERATIONAL}
    for texts in (
        ["card=major", "payouts=ok"],
        ["card=major payouts=ok"],
        ["card=major,payouts=ok"],
        ["card = major ; payouts = ok"],
        ["Card payments=major Payouts=operational"],
    ):
        assert read(*texts) == both
    assert read("card,payouts=major") == {"card-payments": MAJOR, "payouts": MAJOR}
    assert read("card, payouts", default=MAJOR) == {"card-payments": MAJOR, "payouts": MAJOR}
    assert read("card=slow, payouts", default=MAJOR) == {"card-payments": DEGRADED, "payouts": MAJOR}
    assert read() == {}


def test_a_name_that_has_a_comma_or_an_equals_sign_is_kept_whole() -> None:
    assert read("Café, bar=lounge=major") == {"cafe": MAJOR}
    assert read("café, bar=lounge", default=MAJOR) == {"cafe": MAJOR}
    assert read("payouts,Sign-in, sign-up,card=major") == dict.fromkeys(("payouts", "sign-in", "card-payments"), MAJOR)


@pytest.mark.parametrize("text", ["carpets", "card is painted", "bankers", "identicals"])
def test_a_name_that_shares_only_scattered_letters_is_not_near(text: str) -> None:
    assert complaint(f"{text}=major").hint.startswith("write one of card-payments, bank-transfers, ")


@given(
    component_id=st.sampled_from(["card-payments", "bank-transfers", "payouts", "identity-checks"]),
    place=st.integers(1, 5),
    slip=st.sampled_from(["left out", "twice", "swapped", "another"]),
)
def test_a_name_with_one_slip_is_near(component_id: str, place: int, slip: str) -> None:
    before, letter, after = component_id[:place], component_id[place], component_id[place + 1 :]
    wrong = {
        "left out": before + after,
        "twice": before + letter * 2 + after,
        "swapped": before + after[0] + letter + after[1:],
        "another": f"{before}x{after}",
    }[slip]
    try:
        assert complaint(f"{wrong}=major").hint == f"write {component_id}=major"
    except pytest.fail.Exception:  # a hyphen alone is no difference
        assert read(f"{wrong}=major") == {component_id: MAJOR}


def test_one_state_twice_is_one_state() -> None:
    assert read("card=major", "Card payments=down") == {"card-payments": MAJOR}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "api=major",
            "'api' may be 'Europe, API' or 'Africa, API'",
            "write eu-api=major or af-api=major",
        ),
        ("pay=major", "'pay' may be 'Card payments' or 'Payouts'", "write card-payments=major or payouts=major"),
        ("crad-payments=major", "there is no component 'crad-payments'", "write card-payments=major"),
        ("ldentity checks=major", "there is no component 'ldentity checks'", "write identity-checks=major"),
        (
            "fax=major",
            "there is no component 'fax'",
            "write one of card-payments, bank-transfers, payouts, eu-api, af-api, identity-checks, cafe, sign-in",
        ),
        (
            "ussd-payments=major",
            "the component ussd-payments was retired on 2025-10-01",
            "write another one: card-payments, bank-transfers, payouts, eu-api, af-api, identity-checks, cafe, sign-in",
        ),
        (
            "card=major card-payments=ok",
            "card-payments is given two states, major_outage and operational",
            "write only card-payments=major_outage or card-payments=operational",
        ),
        (
            "card",
            "no state is given for card-payments",
            "write card-payments=major, or another of down, partial, degraded, slow, maintenance, ok, up",
        ),
        ("card=majr", "'majr' is not a state of a component", "write major"),
        (
            "card=?",
            "'?' is not a state of a component",
            "write one of major, down, partial, degraded, slow, maintenance, ok, up",
        ),
        ("card=d", "'d' may be degraded_performance or major_outage", "write degraded_performance or major_outage"),
        (
            "--=major",
            "there is no component '--'",
            "write one of card-payments, bank-transfers, payouts, eu-api, af-api, identity-checks, cafe, sign-in",
        ),
        ("=major", "'=major' names no component", "write a component and its state: website=major"),
        ("", "'' names no component", "write a component and its state: website=major"),
        (
            "card,,payouts=major",
            "'card,,payouts=major' names no component",
            "write a component and its state: website=major",
        ),
    ],
)
def test_what_is_not_clear_is_refused_with_what_to_type(text: str, message: str, hint: str) -> None:
    error = complaint(text)
    assert (error.message, error.hint) == (message, hint)


def test_a_retired_component_is_named_for_days_on_which_it_was_in_service() -> None:
    assert find_component("ussd", CATALOG, day=date(2025, 9, 30)) == "ussd-payments"
    assert "retired" in complaint("ussd=major").message


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("major", MAJOR),
        ("Major-Outage", MAJOR),
        ("down", MAJOR),
        ("maj", MAJOR),
        ("partial", ComponentStatus.PARTIAL_OUTAGE),
        ("p", ComponentStatus.PARTIAL_OUTAGE),
        ("degraded", DEGRADED),
        ("deg", DEGRADED),
        ("slow", DEGRADED),
        ("maintenance", ComponentStatus.UNDER_MAINTENANCE),
        ("maint", ComponentStatus.UNDER_MAINTENANCE),
        ("under", ComponentStatus.UNDER_MAINTENANCE),
        ("ok", OPERATIONAL),
        ("up", OPERATIONAL),
        ("o", OPERATIONAL),
    ],
)
def test_a_state_has_short_forms_and_may_be_cut_short(text: str, state: ComponentStatus) -> None:
    assert read_component_state(text) is state


@pytest.mark.parametrize("text", ["ma", "u", "d", "", "?", "very broken indeed"])
def test_a_state_that_may_be_several_or_none_is_refused(text: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_component_state(text)
    assert caught.value.hint.startswith("write ")


@pytest.mark.parametrize(
    ("text", "maintenance", "status"),
    [
        ("inv", False, IncidentStatus.INVESTIGATING),
        ("identified", False, IncidentStatus.IDENTIFIED),
        ("Monitoring", False, IncidentStatus.MONITORING),
        ("r", False, IncidentStatus.RESOLVED),
        ("in-progress", True, MaintenanceStatus.IN_PROGRESS),
        ("in progress", True, MaintenanceStatus.IN_PROGRESS),
        ("ver", True, MaintenanceStatus.VERIFYING),
        ("completed", True, MaintenanceStatus.COMPLETED),
    ],
)
def test_a_status_may_be_cut_short(text: str, maintenance: bool, status: IncidentStatus | MaintenanceStatus) -> None:
    assert read_status(text, maintenance=maintenance) is status


@pytest.mark.parametrize(
    ("text", "maintenance", "hint"),
    [
        ("i", False, "write investigating or identified"),
        ("fixed", False, "write resolved"),
        ("resolved", True, "write completed"),
        ("scheduled", False, "write investigating"),
        ("", False, "write one of investigating, identified, monitoring, resolved, postmortem"),
    ],
)
def test_a_status_that_is_not_clear_is_refused_with_what_to_type(text: str, maintenance: bool, hint: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_status(text, maintenance=maintenance)
    assert caught.value.hint == hint


TITLES = {
    "2026-11-28-card-payments-failed": "Card payments failed",
    "2026-11-28-card-payments-failed-2": "Card payments failed again",
    "2026-11-12-webhooks-late-twice": "Messages to your servers came late",
    "2026-09-24-bank-transfers-late": "Bank transfers are late",
    "payouts": "Payouts paused",
    "2026-04-06-payouts-slow": "Payouts are slow",
}


@pytest.mark.parametrize(
    ("fragment", "ids"),
    [
        ("2026-11-28-card-payments-failed", ["2026-11-28-card-payments-failed"]),
        ("2026-11-28", ["2026-11-28-card-payments-failed", "2026-11-28-card-payments-failed-2"]),
        ("Card payments failed", ["2026-11-28-card-payments-failed"]),
        ("card", ["2026-11-28-card-payments-failed", "2026-11-28-card-payments-failed-2"]),
        ("webhooks", ["2026-11-12-webhooks-late-twice"]),
        ("late", ["2026-11-12-webhooks-late-twice", "2026-09-24-bank-transfers-late"]),
        ("2026-09", ["2026-09-24-bank-transfers-late"]),
        ("2026-04-06-payouts", ["2026-04-06-payouts-slow"]),
        ("LATE-TWICE", ["2026-11-12-webhooks-late-twice"]),
        ("payouts", ["payouts"]),
        ("servers mess", ["2026-11-12-webhooks-late-twice"]),
        ("servers bank", []),
        ("old-name", ["2026-09-24-bank-transfers-late"]),
        ("gone", []),
        ("", []),
        ("--", []),
    ],
)
def test_a_notice_is_found_by_its_id_a_former_id_a_part_or_words_of_its_title(fragment: str, ids: list[str]) -> None:
    former = {"old-name": "2026-09-24-bank-transfers-late", "gone": "deleted"}
    assert list(match(fragment, TITLES, former)) == ids


@given(st.text(max_size=30) | st.from_regex(r"[a-z ,;=-]{0,30}", fullmatch=True))
def test_every_text_is_components_of_the_catalogue_or_one_sentence(text: str) -> None:
    try:
        found = read(text, default=MAJOR)
    except WrongValueError as error:
        fine = bool(error.hint) and "\n" not in error.message + error.hint
    else:
        fine = bool(found) and set(found) <= set(CATALOG.components)
    assert fine


@given(st.sampled_from(sorted(TITLES)), st.integers(0, 40), st.integers(1, 40))
def test_a_part_of_an_id_finds_at_least_its_notice_or_one_that_is_called_so(
    notice_id: str, start: int, size: int
) -> None:
    part = notice_id[start : start + size]
    found = match(part, TITLES)
    assert notice_id in found or not part.strip("-") or any(part.strip("-") in other for other in found)
