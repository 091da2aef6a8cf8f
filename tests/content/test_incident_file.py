"""A good file is read as exactly the facts its author wrote."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml

from mkdocs_incidents.content.format.schema import json_schema
from mkdocs_incidents.model import (
    Announcement,
    ComponentStatus,
    Impact,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
    SectionKind,
    Upstream,
)
from tests.content.folders import INCIDENT, Folder, place
from tests.makers import at

FULL = """\
---
title: Card payments failed
timezone: Africa/Lagos
started: 2026-04-06 14:30            # users began to feel it
resolved: 2026-04-06T15:15+01:00
components:
  card-payments: major_outage
  bank-transfers: partial_outage
impact: critical
pinned: true
publish: 2026-04-06
backfilled: true
causes: [deploy, database, deploy]
upstream: {name: The Bank, link: https://status.bank.example}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: |
      Card payments fail for everyone. Your money has not moved.

      Next update by 15:00.
  - at: 2026-04-06 15:04
    status: monitoring
    message: Most payments go through again.
    corrected: 2026-04-06 15:09
    components: {card-payments: degraded_performance}
    next_update: 15:30
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again for everyone.
    id: all-well
postmortem:
  published: 2026-04-08
  by: Head of Engineering
---

## Summary

Cards failed.
"""


def test_an_incident_has_every_fact_of_its_file(folder: Folder) -> None:
    incident = folder.notice(FULL, "2026/2026-04-06-card-payments-failed.md")
    assert isinstance(incident, Incident)
    assert incident.id == "2026-04-06-card-payments-failed"
    assert incident.source == "2026/2026-04-06-card-payments-failed.md"
    assert incident.title == "Card payments failed"
    assert incident.timezone == ZoneInfo("Africa/Lagos")
    assert incident.started_at == at("2026-04-06 13:30")
    assert incident.stated_resolved_at == at("2026-04-06 14:15")
    assert incident.components == {
        "card-payments": ComponentStatus.MAJOR_OUTAGE,
        "transfers": ComponentStatus.PARTIAL_OUTAGE,
    }
    assert incident.stated_impact is Impact.CRITICAL
    assert incident.pinned
    assert incident.publish_at == at("2026-04-05 23:00")
    assert incident.publish_on == date(2026, 4, 6)
    assert incident.backfilled
    assert incident.causes == ("deploy", "database")
    assert incident.upstream == Upstream(name="The Bank", link="https://status.bank.example")
    assert incident.postmortem
    assert incident.postmortem.published_at == at("2026-04-07 23:00")
    assert incident.postmortem.published_on == date(2026, 4, 8)
    assert incident.postmortem.by == "Head of Engineering"


def test_an_update_has_every_fact_its_author_wrote(folder: Folder) -> None:
    first, second, third = folder.notice(FULL).updates
    assert (first.id, second.id, third.id) == ("update-20260406-1336", "update-20260406-1404", "all-well")
    assert first.at == at("2026-04-06 13:36")
    assert first.status is IncidentStatus.INVESTIGATING
    assert first.message == ("Card payments fail for everyone. Your money has not moved.\n\nNext update by 15:00.")
    assert first.next_update_at == at("2026-04-06 14:00")
    assert FULL.splitlines()[first.line - 1].lstrip().startswith("- at: ")
    assert second.components == {"card-payments": ComponentStatus.DEGRADED_PERFORMANCE}
    assert second.next_update_at == at("2026-04-06 14:30")
    assert third.next_update_at is None
    assert (first.corrected_at, second.corrected_at) == (None, at("2026-04-06 14:09"))


def test_a_maintenance_may_list_its_components_and_move_its_end(folder: Folder) -> None:
    text = """\
---
title: Database move
scheduled: {from: 2026-05-02 22:00, until: 2026-05-02 23:30}
components: [card-payments, bank-transfers]
updates:
  - {at: 2026-05-02 22:00, status: in_progress, message: It began., until: 2026-05-03 00:30}
---
"""
    work = folder.notice(text)
    assert isinstance(work, Maintenance)
    assert work.components == dict.fromkeys(["card-payments", "transfers"], ComponentStatus.UNDER_MAINTENANCE)
    assert work.updates[0].status is MaintenanceStatus.IN_PROGRESS
    assert work.scheduled_until == at("2026-05-02 22:30")
    assert work.expected_until == at("2026-05-02 23:30")


def test_impact_none_without_components_is_an_announcement(folder: Folder) -> None:
    text = "---\ntitle: New terms\nstarted: 2026-04-06 14:30\nimpact: none\n---\nThe terms.\n"
    notice = folder.notice(text)
    assert isinstance(notice, Announcement)
    assert notice.started_at == at("2026-04-06 13:30")


def test_impact_none_with_components_is_still_an_incident(folder: Folder) -> None:
    assert isinstance(folder.notice(INCIDENT.replace("title:", "impact: none\ntitle:")), Incident)


@pytest.mark.parametrize("title", ["No", "On", "1.0", "2026-05-01", "10:30", "null", "~", "0x1F", "1_000", "=", "<<"])
def test_a_title_stays_the_text_it_is(folder: Folder, title: str) -> None:
    assert folder.notice(INCIDENT.replace("Card payments failed", title)).title == title


def test_a_title_may_hold_anything_in_quotes(folder: Folder) -> None:
    title = '🔥 <b>R&D</b> \\"x\\" שלום: #1'
    assert folder.notice(INCIDENT.replace("Card payments failed", f'"{title}"')).title == title.replace("\\", "")


def test_the_zone_of_the_file_wins_over_that_of_the_catalogue(folder: Folder) -> None:
    text = INCIDENT.replace("title:", "timezone: Asia/Kolkata\ntitle:")
    incident = folder.notice(text)
    assert incident.begins_at == at("2026-04-06 09:00")
    assert incident.timezone.key == "Asia/Kolkata"


def test_updates_of_one_instant_are_numbered_in_the_order_of_the_file(folder: Folder) -> None:
    update = "  - {at: 2026-04-06 14:36:05, status: identified, message: %s}\n"
    text = INCIDENT.replace("---\ntitle", "---\nupdates:\n" + "".join(update % n for n in "abc") + "title")
    assert [(u.id, u.message) for u in folder.notice(text).updates] == [
        ("update-20260406-133605", "a"),
        ("update-20260406-133605-2", "b"),
        ("update-20260406-133605-3", "c"),
    ]


def test_updates_are_sorted_by_time_and_keep_their_lines(folder: Folder) -> None:
    text = INCIDENT.replace(
        "---\ntitle",
        "---\nupdates:\n"
        "  - {at: 2026-04-06 15:15, status: resolved, message: b}\n"
        "  - {at: 2026-04-06 14:36, status: identified, message: a}\ntitle",
    )
    assert [(u.message, u.line) for u in folder.notice(text).updates] == [("a", 4), ("b", 3)]


def test_a_draft_is_checked_but_never_part_of_the_history(folder: Folder) -> None:
    folder.write("good.md", INCIDENT.replace("title:", "draft: true\ntitle:"))
    loaded = folder.load()
    assert loaded.history
    assert not loaded.history.notices
    assert (loaded.notices_read, loaded.drafts) == (1, 1)
    problem = folder.problem("bad.md", INCIDENT.replace("title:", "draft: true\nimpact: huge\ntitle:"))
    assert place(problem) == (3, 9, "unknown-impact")
    assert folder.load().history is None


def test_an_embargo_may_be_an_instant(folder: Folder) -> None:
    incident = folder.notice(INCIDENT.replace("title:", "publish: 2026-04-09 08:00\ntitle:"))
    assert incident.publish_at == at("2026-04-09 07:00")
    assert incident.publish_on is None


def test_a_component_has_every_fact_of_the_catalogue(folder: Folder) -> None:
    folder.write(
        "components.yml",
        "timezone: Africa/Lagos\ngroups:\n  - name: Money\n    description: Paid things\n    components:\n"
        "      - {id: cards, name: Cards, description: 'All: cards', since: 2022-01-01, slo: 99.95, "
        "aliases: [card-payments], retired: 2025-01-01}\ncomponents:\n  - {id: web, name: Web}\n",
    )
    catalog = folder.load().catalog
    assert catalog
    money, rest = catalog.groups
    assert (money.name, money.description, rest.name) == ("Money", "Paid things", None)
    (cards,) = money.components
    assert (cards.id, cards.name, cards.description) == ("cards", "Cards", "All: cards")
    assert (cards.since, cards.retired, cards.slo) == (date(2022, 1, 1), date(2025, 1, 1), Decimal("99.95"))
    assert cards.aliases == ("card-payments",)
    assert catalog.timezone.key == "Africa/Lagos"


def test_editors_get_a_schema_that_accepts_good_files_and_refuses_bad_ones() -> None:
    schemas = json_schema()
    facts = yaml.load(FULL.split("---")[1], Loader=yaml.BaseLoader)  # noqa: S506  every value as text, as editors of YAML 1.2 nearly do
    facts["pinned"] = facts["backfilled"] = True
    validator = jsonschema.Draft202012Validator(schemas["incident"])
    assert not list(validator.iter_errors(facts))
    for wrong in ({"impackt": "minor"}, {"impact": "huge"}, {"started": "10:30"}, {"scheduled": {"from": "x"}}):
        assert list(validator.iter_errors({**facts, **wrong}))
    catalog = {"timezone": "Africa/Lagos", "components": [{"id": "web", "name": "Web", "slo": 99.9}]}
    assert not list(jsonschema.Draft202012Validator(schemas["components"]).iter_errors(catalog))


def test_the_sections_of_a_file_stand_on_their_lines(folder: Folder) -> None:
    notice = folder.notice(INCIDENT + "\nIntro\n\n## Summary\n\nText\n\n## Odd one\n")
    assert notice.postmortem
    sections = [(s.heading, s.kind, s.line, s.markdown) for s in notice.postmortem.sections]
    assert sections == [
        ("", SectionKind.OTHER, 7, "\nIntro\n\n"),
        ("Summary", SectionKind.SUMMARY, 10, "\nText\n\n"),
        ("Odd one", SectionKind.OTHER, 14, ""),
    ]


def test_a_body_of_blank_lines_is_no_postmortem(folder: Folder) -> None:
    assert folder.notice(INCIDENT + "\n \n\n").postmortem is None


def test_a_rule_in_the_body_does_not_end_the_facts(folder: Folder) -> None:
    notice = folder.notice(INCIDENT + "\nBefore\n\n---\n\nAfter\n")
    assert notice.postmortem
    assert notice.postmortem.sections[0].markdown == "\nBefore\n\n---\n\nAfter\n"
