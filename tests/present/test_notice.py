"""The page of a notice."""

from __future__ import annotations

from mkdocs_incidents.present.pages.site import SiteViews
from tests.makers import at, incident, update
from tests.present.contexts import site

SENTENCE = "Next update by 10:30."
UPDATE = update(
    "2026-04-06 10:05",
    "investigating",
    message=f"We look into it. {SENTENCE}",
    next_update_at=at("2026-04-06 10:30"),
    next_update_sentence=SENTENCE,
)


def test_the_head_of_an_open_notice_states_the_next_update_instead_of_its_last_message() -> None:
    down = incident("2026-04-06 10:00", UPDATE, impact="major")
    view = SiteViews(site(down)).notice(down, (None, None))
    assert view.next_update
    assert [found.message for found in view.updates] == ["We look into it."]


def test_the_last_message_of_a_closed_notice_keeps_the_sentence_about_the_next_update() -> None:
    down = incident("2026-04-06 10:00", UPDATE, resolved="2026-04-06 11:00", impact="major")
    view = SiteViews(site(down)).notice(down, (None, None))
    assert view.next_update is None
    assert [found.message for found in view.updates] == [f"We look into it. {SENTENCE}"]
