from __future__ import annotations

import pytest

from mkdocs_incidents.model import TimelineEntry, TurningPoint
from mkdocs_incidents.present.excerpts import first_sentence, labelled_entry, quotation, shortened
from mkdocs_incidents.present.language.formatter import Formatter, locale_of
from tests.makers import at

ENGLISH = Formatter(locale_of("en"))


@pytest.mark.parametrize(("text", "kind", "label", "remainder"), [
    ("Resolved.", TurningPoint.RESOLVED, "", "Resolved."),
    ("Detected: an alarm rings.", TurningPoint.DETECTED, "Detected", "an alarm rings."),
    ("**Cause found:** a *lock*.", TurningPoint.IDENTIFIED, "Cause found", "a *lock*."),
    ("Outage begins — payments fail.", TurningPoint.IMPACT_BEGINS, "Outage begins", "payments fail."),
    ("Escalated to the Payments team.", TurningPoint.ESCALATED, "", "Escalated to the Payments team."),
    ("A software update is pushed.", TurningPoint.CAUSE, "Cause", "A software update is pushed."),
    ("Support: a merchant calls.", TurningPoint.DETECTED, "Detected", "Support: a merchant calls."),
    ("Traffic: it rises.", None, "", "Traffic: it rises."),
])  # fmt: skip
def test_the_label_of_a_turning_point_occurs_once(
    text: str, kind: TurningPoint | None, label: str, remainder: str
) -> None:
    found = labelled_entry(ENGLISH, TimelineEntry(at=at("2026-04-06 14:30"), text=text, line=1, kind=kind))
    assert (found.kind, found.text) == (label, remainder)


@pytest.mark.parametrize(("message", "first"), [
    ("Payments fail. Transfers work.", "Payments fail."),
    ("We use 2.5 cards, e.g. Visa. More soon.", "We use 2.5 cards, e.g. Visa."),
    ("“Sorry.” We said so.", "“Sorry.”"),
    ("Payments\nfail\n\nMore below.", "Payments fail"),
    ("- Cards fail. Web works.\n- Apps work.", "Cards fail."),
    ("支払いができません。調べています。", "支払いができません。"),
    ("No end at all", "No end at all"),
])  # fmt: skip
def test_a_message_is_shortened_to_its_first_sentence(message: str, first: str) -> None:
    assert first_sentence(message) == first


def test_a_text_is_cut_between_words_and_has_an_ellipsis() -> None:
    assert shortened("The alarm pages the engineer", 28) == "The alarm pages the engineer"
    assert shortened("The alarm pages the engineer", 20) == "The alarm pages the…"
    assert shortened("Donaudampfschifffahrt", 10) == "Donaudamp…"
    assert quotation(ENGLISH, "The **alarm** [rings](https://x.example).", 40) == "“The alarm rings.”"
