"""Lengths are those that phones and networks count."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.messages.channels.lengths import (
    SmsLength,
    fitted,
    gsm_punctuation,
    post_fits,
    post_length,
    sms_length,
)


@pytest.mark.parametrize(("text", "length"), [
    ("a" * 160, SmsLength(160, 160, 1, gsm=True)),
    ("a" * 161, SmsLength(161, 306, 2, gsm=True)),
    ("a" * 307, SmsLength(307, 459, 3, gsm=True)),
    ("é@£_" * 40, SmsLength(160, 160, 1, gsm=True)),
    ("€" * 80, SmsLength(160, 160, 1, gsm=True)),  # two septets each
    ("~" * 81, SmsLength(162, 306, 2, gsm=True)),
    ("ê" * 70, SmsLength(70, 70, 1, gsm=False)),  # not in the alphabet, unlike é
    ("ê" * 71, SmsLength(71, 134, 2, gsm=False)),
    ("😀" * 35, SmsLength(70, 70, 1, gsm=False)),
    ("a" * 159 + "ê", SmsLength(160, 201, 3, gsm=False)),
])  # fmt: skip
def test_a_text_message_is_counted_in_septets_or_in_units_of_ucs_2(text: str, length: SmsLength) -> None:
    assert sms_length(text) == length


@pytest.mark.parametrize(("text", "length"), [
    ("a" * 152 + "€" + "a" * 152, SmsLength(306, 459, 3, gsm=True)),
    ("ê" * 66 + "😀" + "ê" * 66, SmsLength(134, 201, 3, gsm=False)),
])  # fmt: skip
def test_no_part_ends_within_a_character(text: str, length: SmsLength) -> None:
    assert sms_length(text) == length


def test_typographic_marks_are_replaced_by_those_of_the_alphabet() -> None:
    plain = gsm_punctuation("“It’s back” – really… now")
    assert plain == '"It\'s back" - really... now'
    assert sms_length(plain).gsm


@pytest.mark.parametrize(("text", "length"), [
    ("a" * 280, 280),
    ("é" * 10, 10),
    ("支払い", 6),
    ("한국", 4),
    ("See https://status.example.com/incidents/2026-04-06-card-payments-failed/#x", 4 + 23),
    ("https://a.example/. Then", 23 + 6),
    ("See a.example now", 4 + 23 + 4),  # X makes a link of it
    ("“quoted” – dash", 15),
    ("e\u0301", 1),  # composed first
])  # fmt: skip
def test_a_post_is_counted_as_x_counts(text: str, length: int) -> None:
    assert post_length(text) == length


def test_a_link_that_x_shortens_counts_in_full_at_bluesky() -> None:
    assert not post_fits(f"https://status.example.com/{'a' * 280}/")


@pytest.mark.parametrize(("text", "limit", "short"), [
    ("All is well.", 12, "All is well."),
    ("Cards fail. Transfers work. We look into it.", 30, "Cards fail. Transfers work."),
    ("Cards fail. Transfers between our banks work as always", 40, "Cards fail. Transfers between our banks…"),
    ("Donaudampfschifffahrt", 10, "Donaudamp…"),
    ("支払いができません。調べています。", 12, "支払いができません。"),
    ("支払いができません", 5, "支払いが…"),
    ("ab e\u0301e\u0301e\u0301", 5, "ab…"),
    ("👩\u200d👩\u200d👧👩\u200d👩\u200d👧", 4, ""),
    ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
    ("Down", 0, ""),
    ("", 0, ""),
])  # fmt: skip
def test_a_text_is_cut_after_a_sentence_or_a_word_and_never_within_a_character(
    text: str, limit: int, short: str
) -> None:
    assert fitted(text, lambda part: len(part) <= limit) == short


@given(st.text(max_size=60), st.integers(0, 40))
def test_what_is_cut_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = fitted(text, lambda part: len(part) <= limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    rest = text[len(short.removesuffix("…")) :]
    assert not short or short == text or not unicodedata.combining(rest[0])
