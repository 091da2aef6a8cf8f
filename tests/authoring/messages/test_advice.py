"""Advice on one message before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.rules import default_rules
from mkdocs_incidents.authoring.messages.advice import advice_on, site_rules
from mkdocs_incidents.authoring.messages.templates import fill, template, templates
from mkdocs_incidents.model import Upstream
from tests.authoring.messages.examples import (
    CATALOG,
    LAGOS,
    TODAY,
    facts_in,
    lagos,
    next_in,
    outage,
    pause,
    with_examples,
)
from tests.makers import update

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.authoring.messages.facts import MessageFacts

RULES = default_rules().at_site_of(CATALOG)
GOOD = "Card payments fail for everyone. Bank transfers work. We do not know the cause yet. Next update by 11:50."
DUE = lagos("2026-10-14 11:50")


def first(status: str = "investigating", title: str = "Card payments fail", **fields: object) -> MessageFacts:
    """The facts of the first update of an incident."""
    return next_in(outage(title=title), status, "2026-10-14 11:29", **fields)


def test_every_template_with_its_examples_is_free_of_advice(tmp_path: Path) -> None:
    for known in templates(tmp_path):
        for phase in known.phases:
            facts = facts_in(known.name, phase)
            assert advice_on(with_examples(fill(known, facts)), facts, RULES) == [], f"{known.name}, {phase}"


@pytest.mark.parametrize(("name", "status"), [("correction", "identified"), ("retraction", "resolved")])
def test_templates_for_every_status_are_free_of_advice(name: str, status: str, tmp_path: Path) -> None:
    facts = first(status, next_update_at=DUE)
    assert advice_on(with_examples(fill(template(name, tmp_path), facts)), facts, RULES) == []


def test_a_good_message_draws_no_advice() -> None:
    assert advice_on(GOOD, first(), RULES) == []


def test_words_that_do_not_serve_the_reader_are_quoted_with_why_and_what_to_write() -> None:
    (advice,) = advice_on(f"Some users may have experienced issues. {GOOD}", first(), RULES)
    assert advice == (
        "'Some users may have experienced': they did, or they did not; a maybe leaves each reader to guess; "
        "say what happened, and to whom: One payment in nine was refused"
    )


@pytest.mark.parametrize("status", ["investigating", "identified", "monitoring"])
def test_an_open_incident_needs_the_time_of_the_next_update(status: str) -> None:
    message = GOOD.removesuffix(" Next update by 11:50.")
    (advice,) = advice_on(message, first(status), RULES)
    assert "does not say when the next" in advice
    assert "; add --next 30m, or end with a time: Next update by 15:00" in advice
    assert advice_on(message, first(status, next_update_at=DUE), RULES) == []


def test_the_next_update_is_asked_for_in_other_languages_too() -> None:
    message = "Les paiements par carte échouent pour tout le monde. Les virements fonctionnent."
    facts = first(title="Les paiements par carte échouent")
    assert [advice.split(";")[-1] for advice in advice_on(message, facts, RULES)] == [" add --next 30m"]
    assert advice_on(f"{message} Prochaine mise à jour à 11h50.", facts, RULES) == []
    assert advice_on(message, first("resolved", title="Les paiements échouent"), RULES) == []


def test_the_first_message_is_judged_as_a_first_one_with_its_title() -> None:
    told = first(title="Issue with payments")
    assert [advice.split(":")[0] for advice in advice_on(GOOD, told, RULES)] == ["'Issue with payments'"]
    later = next_in(
        outage(update("2026-10-14 11:29", "investigating", LAGOS), title="Issue with payments"),
        "investigating",
        "2026-10-14 11:50",
    )
    assert advice_on("We are looking into it. Next update by 12:20.", later, RULES) == []
    assert advice_on("We are looking into it. Next update by 12:20.", first(), RULES) != []


def test_names_of_components_and_suppliers_are_no_persons() -> None:
    facts = next_in(outage(upstream=Upstream(name="Maria")), "identified", "2026-10-14 11:50", next_update_at=DUE)
    message = "Card payments fail for everyone, because Maria pushed a change without review."
    assert advice_on(message, facts, RULES) == []
    assert "'Maria pushed" in advice_on(message, first("identified", next_update_at=DUE), RULES)[0]


def test_a_wrong_weekday_is_found() -> None:
    message = "Card payments work again. We will publish what went wrong here by Monday 16 October 2026."
    (advice,) = advice_on(message, first("resolved"), RULES)
    assert advice == "'Monday 16 October 2026' is a Friday; correct the weekday, or the day"


def test_planned_work_needs_no_next_update() -> None:
    assert advice_on("Nobody can sign in.", next_in(pause(), "in_progress", "2026-12-06 02:00"), RULES) == []


def test_the_rules_of_a_site_hold(tmp_path: Path) -> None:
    rule = "{code: shops, pattern: merchants, reason: we say shops, advice: write shops}"
    own = f"off: [no-next-word]\nrules:\n  - {rule}\n"
    (tmp_path / "editorial.yml").write_text(own, encoding="utf-8")
    site = site_rules(tmp_path, CATALOG, TODAY)
    message = "Card payments fail for all merchants. Bank transfers work."
    assert advice_on(message, first(), site) == ["'merchants': we say shops; write shops"]


def test_a_site_that_switched_the_rule_off_is_not_asked_for_the_next_update(tmp_path: Path) -> None:
    (tmp_path / "editorial.yml").write_text("off: [no-next-word]\n", encoding="utf-8")
    message = "Les paiements par carte échouent pour tout le monde. Les virements fonctionnent."
    facts = first(title="Les paiements par carte échouent")
    assert advice_on(message, facts, site_rules(tmp_path, CATALOG, TODAY)) == []


def test_wrong_rules_of_a_site_do_not_stop_a_message(tmp_path: Path) -> None:
    (tmp_path / "editorial.yml").write_text("off: [nonsense]\n", encoding="utf-8")
    assert site_rules(tmp_path, CATALOG, TODAY) == RULES
    assert site_rules(tmp_path / "elsewhere", CATALOG, TODAY) == RULES
