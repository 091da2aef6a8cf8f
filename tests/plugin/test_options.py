"""The options, and the errors for other values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from mkdocs.config.base import ValidationError

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.plugin.options import FeedLength, Options, OutputSwitches, PublicAddress, UptimeWeights
from mkdocs_incidents.present.outputs import OUTPUTS
from mkdocs_incidents.status import DEFAULT_WEIGHTS


def checked(option: Any, value: object) -> Any:
    """What a site gets when it writes `value`."""
    return option.validate(value)


def test_every_option_has_a_default() -> None:
    options = Options()
    options.load_dict({})
    errors, warnings = options.validate()
    assert (errors, warnings) == ([], [])
    assert options.uptime_weights == DEFAULT_WEIGHTS


def test_weights_left_out_keep_their_default() -> None:
    weights = checked(UptimeWeights(), {"partial_outage": 0.5})
    assert weights == {**DEFAULT_WEIGHTS, ComponentStatus.PARTIAL_OUTAGE: Fraction(1, 2)}


def test_a_weight_is_the_number_that_was_written() -> None:
    assert checked(UptimeWeights(), {"partial_outage": 0.1})[ComponentStatus.PARTIAL_OUTAGE] == Fraction(1, 10)


@pytest.mark.parametrize("weight", [True, "1", None, -0.1, 1.1, float("nan"), float("inf")])
def test_a_weight_is_a_number_from_0_to_1(weight: Any) -> None:
    with pytest.raises(ValidationError, match="partial_outage must be a number from 0 to 1"):
        checked(UptimeWeights(), {"partial_outage": weight})


@pytest.mark.parametrize("state", ["operational", "Major outage", 1, None])
def test_only_states_that_count_have_a_weight(state: Any) -> None:
    with pytest.raises(ValidationError, match=r"choose from .*major_outage"):
        checked(UptimeWeights(), {state: 1})


@pytest.mark.parametrize("length", [0, -1, "3", 2.5])
def test_a_feed_has_a_length(length: Any) -> None:
    with pytest.raises(ValidationError):
        checked(FeedLength(), length)


def test_everything_is_published_but_what_is_switched_off() -> None:
    assert checked(OutputSwitches(), {"metrics": False, "json": True}) == set(OUTPUTS) - {"metrics"}


PAGES = ("https://example.com/help", "http://localhost:8000", "https://hilfe.müller.example/x?y=1#z")


@pytest.mark.parametrize("address", ["", "mailto:support@example.com", "mailto:a@b.example?subject=Status", *PAGES])
def test_a_contact_is_a_page_or_a_mailbox(address: str) -> None:
    assert checked(PublicAddress(mail=True), address) == address


@pytest.mark.parametrize("address", PAGES)
def test_readers_subscribe_on_a_page(address: str) -> None:
    assert checked(PublicAddress(), address) == address
    with pytest.raises(ValidationError, match=r"write a full address such as https://example\.com/help, not"):
        checked(PublicAddress(), "mailto:list@example.com")


@pytest.mark.parametrize(
    "address",
    ["example.com", "/help", "https://", "javascript:alert(1)", "mailto:", "mailto:@x", "https://a b", "https://[x", 1],
)
def test_an_address_is_one_that_browsers_open(address: Any) -> None:
    for option in (PublicAddress(mail=True), PublicAddress()):
        with pytest.raises(ValidationError, match="write a full address"):
            checked(option, address)


def test_a_bare_mailbox_draws_what_to_write() -> None:
    with pytest.raises(ValidationError, match=r"mailto:support@example\.com$"):
        checked(PublicAddress(mail=True), "support@example.com")
