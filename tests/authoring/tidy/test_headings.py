"""Headings, action items, apology and signature: what a person finds becomes what a build reads."""

from __future__ import annotations

import pytest

from mkdocs_incidents.authoring.tidy.proposals import read_strictly
from mkdocs_incidents.model import SectionKind
from tests.authoring.tidy.proposing import CONTEXT, ProposalSureness, about, promises, proposed, times

HEADINGS = [
    ("## Timline", "- 14:30 It broke", "## Timeline"),
    ("## Timline (UTC)", "- 14:30 It broke", "## Timeline (UTC)"),
    ("## 3. Timelime", "- 14:30 It broke", "## 3. Timeline"),
    ("### TIMLINE", "- 14:30 It broke", "### TIMELINE"),
    ("## Timeline of that night", "- 14:30 It broke", "## Timeline (of that night)"),
    ("## Our detailed timeline (WAT)", "- 14:30 It broke", "## Timeline (Our detailed timeline) (WAT)"),
    ("## Corective actions", "- Add an alarm", "## Corrective actions"),
    ("## Action items for the next weeks", "- Add an alarm", "## Action items (for the next weeks)"),
    ("Timeline:", "- 14:30 It broke", "## Timeline"),
    ("TIMELINE", "- 14:30 It broke", "## TIMELINE"),
    ("<h2>Timeline</h2>", "- 14:30 It broke", "## Timeline"),
    ("Next steps", "- Add an alarm", "## Next steps"),
    ("## Root cuase", "A rule.", "## Root cause"),
]


@pytest.mark.parametrize(("written", "below", "becomes"), HEADINGS, ids=[case[0] for case in HEADINGS])
def test_a_name_of_a_section_becomes_a_heading_that_is_read(written: str, below: str, becomes: str) -> None:
    text = proposed(f"# Sign-in failed\n\nIt broke.\n\n{written}\n\n{below}\n", everything=False)
    assert becomes in text.lines
    kinds = {section.kind for section in read_strictly(text.text, CONTEXT).postmortem.sections}
    assert kinds & {SectionKind.TIMELINE, SectionKind.ACTION_ITEMS, SectionKind.ROOT_CAUSE}


@pytest.mark.parametrize(
    "heading",
    ["## Background", "## The time we lost", "## Cronología", "## What the caching layer does", "## Frühstück"],
)
def test_other_headings_stay(heading: str) -> None:
    body = f"{heading}\n\nWords.\n"
    assert proposed(body).text == body


def test_items_that_are_sections_become_headings_with_their_lists() -> None:
    body = (
        "# Search slow\n\n- **Key events**\n  - First seen 2026-04-06 14:30\n  - Over 2026-04-06 15:00\n\n"
        "- **Time to repair**: 30 min\n\n- **Follow-up actions**:\n  - Add an alarm\n"
    )
    text = proposed(body, everything=False)
    assert times(text.text) == ["14:30", "15:00"]
    assert promises(text.text) == [("Add an alarm", None, None)]
    assert "## Time to repair" in text.lines
    assert "30 min" in text.lines


def test_a_report_that_stands_in_a_fence_as_a_whole_is_no_code() -> None:
    report = (
        "Summary:\nMail was late.\nTimeline:\n14:30 Mail is late\n14:41 We look\nNext steps:\n- Watch it\n- Test it"
    )
    body = f"```\n{report}\n```\n"
    text = proposed(body, everything=False)
    assert "```" not in text.lines
    assert times(text.text) == ["14:30", "14:41"]
    assert len(promises(text.text)) == 2


ITEMS = [
    ("- Add an alarm, owner: Platform, due Dec 18", ("Add an alarm", "Platform", "2026-12-18")),
    ("- Add an alarm (owner: Platform, due 18 December)", ("Add an alarm", "Platform", "2026-12-18")),
    ("- Add an alarm. Owner: Platform team. Due: 2026-12-18.", ("Add an alarm.", "Platform team", "2026-12-18")),
    ("- Add an alarm (Platform team, by 18 December 2026)", ("Add an alarm", "Platform team", "2026-12-18")),
    ("- [ ] Add an alarm — assigned to Platform", ("Add an alarm", "Platform", None)),
    ("- Add an alarm; deadline: Feb 3", ("Add an alarm", None, "2027-02-03")),
    ("- Alarm (owner: Platform, due Dec 18)", ("Alarm", "Platform", "2026-12-18")),
    ("- Add an alarm — owner: Platform, due 2026-12-18", ("Add an alarm", "Platform", "2026-12-18")),
    ("- Add an alarm. **Owner:** Platform. **Due:** 18 December", ("Add an alarm", "Platform", "2026-12-18")),
    ("- Add an alarm | Owner: Platform | ETA: Dec 18, 2026", ("Add an alarm", "Platform", "2026-12-18")),
]


@pytest.mark.parametrize(("item", "read"), ITEMS, ids=[item[0] for item in ITEMS])
def test_an_owner_and_a_day_in_words_are_facts(item: str, read: tuple[str, str | None, str | None]) -> None:
    (found,) = promises(proposed(f"## Action items\n\n{item}\n", everything=False).text)
    assert (found[0].rstrip("."), *found[1:]) == (read[0].rstrip("."), *read[1:])


@pytest.mark.parametrize(
    "item",
    [
        "- Add an alarm (@Platform, due 2026-12-18)",
        "- Ask the owner, who knows the code",
        "- Have the team write docs by hand",
        "- Check the alarm before Monday",
        "- Raise the limit by 10, then by 20",
        "- Talk to the vendor, due to their delay",
        "- Add an alarm, owner: to be decided by the board next month",
        "- Due diligence on the vendor",
        "- Owner: Platform",
        "- Explain the bug, owner: TBD",
        "- Explain the bug, owner: to be decided",
        "- Explain the bug, owned by nobody",
        "- Keep the old cluster running, until March 31",
        "- Fix the cache (see the wiki, due Feb 28)",
        "- Prevention:\n    - Canary stage\n    - Flag test",
    ],
)
def test_text_that_only_looks_like_facts_stays(item: str) -> None:
    body = f"## Action items\n\n{item}\n"
    assert proposed(body).text == body


def test_action_items_without_bullets_become_items() -> None:
    text = proposed("## Next steps\n\nAdd an alarm\nSplit the queue\n\n## Thanks\n\nTo all.\n", everything=False)
    assert [item for item, *_ in promises(text.text)] == ["Add an alarm", "Split the queue"]


def test_headings_that_are_action_items_become_items_with_the_text_below() -> None:
    first, second = "1) Clean up daily\n\nEvery night.\n\n```\nrm x\n```", "2) Add an alarm\n\nDone."
    body = f"# Resulting actions\n\n#### {first}\n\n#### {second}\n"
    text = proposed(body, everything=False)
    assert [item.split("\n")[0] for item, *_ in promises(text.text)] == ["Clean up daily", "Add an alarm"]
    assert "    rm x" in text.lines


def test_an_item_that_only_names_those_behind_it_is_no_promise() -> None:
    text = proposed("## Action items\n\n- Tasks for the platform team:\n- Add an alarm\n- Split the queue\n")
    assert [item for item, *_ in promises(text.text)] == ["Add an alarm", "Split the queue"]
    assert "Tasks for the platform team:" in text.lines


def test_what_was_learned_and_will_be_done_is_a_section_of_action_items() -> None:
    body = "# Cart failed\n\n## Lessons learned\n\nWe will improve the following:\n\n* More tests\n* Faster rollback\n"
    text = proposed(body, everything=False)
    assert [item for item, *_ in promises(text.text)] == ["More tests", "Faster rollback"]
    assert "### Action items" in text.lines


def test_headers_of_a_table_that_are_not_known_get_known_ones_in_front() -> None:
    body = "## Action items\n\n| Task | Who owns it | ETA |\n|---|---|---|\n| Add an alarm | Platform | 2026-12-18 |\n"
    assert promises(proposed(body, everything=False).text) == [("Add an alarm", "Platform", "2026-12-18")]


APOLOGY = "We are sorry for the trouble this caused you."


@pytest.mark.parametrize(
    "body",
    [
        f"# Mail was late\n\n## Summary\n\nMail was late. {APOLOGY}\n\n## Impact\n\nAll.\n",
        f"# Mail was late\n\n{APOLOGY}\n\n## Summary\n\nMail was late.\n",
        f"# Mail was late\n\n## Next steps\n\n- Watch it\n\n{APOLOGY} We will do better.\n\nSincerely,\n\nThe team\n",
        f"Mail was late.\n\n**Next steps**\n\n- Watch it\n- Test it\n\n{APOLOGY}\n",
        f"# Mail was late\n\n## Apologies to all\n\n{APOLOGY}\n",
    ],
)
def test_an_apology_becomes_a_section_of_its_own(body: str) -> None:
    text = proposed(body, everything=False)
    apology = read_strictly(text.text, CONTEXT).postmortem.apology
    assert apology is not None
    assert APOLOGY in apology
    assert "Mail was late" not in apology


def test_an_apology_in_front_of_a_list_stays_where_it_is_unless_a_person_decides_otherwise() -> None:
    body = f"# Mail was late\n\n## Next steps\n\n{APOLOGY} This is what we do:\n\n- Watch it\n- Test it\n"
    assert not about(proposed(body, everything=False), "apology")


@pytest.mark.parametrize(
    "sentence", ["You need not apologise to us.", "The page said “Sorry, we cannot sign you in”.", "`sorry for that`"]
)
def test_a_sentence_about_apologies_is_none(sentence: str) -> None:
    assert not about(proposed(f"# Mail was late\n\n## Summary\n\n{sentence}\n"), "apology")


def test_who_signs_the_apology_is_marked() -> None:
    text = proposed(f"## Apology\n\n{APOLOGY}\n\nKind regards,\nThe mail team\n", everything=False)
    assert text.lines[-2] == "— The mail team"
    again = proposed(text.text)
    assert not again.proposals


TURNS = [
    ("14:31 Pager alerts the team", "detected"),
    ("14:34 The on-call engineer begins to investigate", "acknowledged"),
    ("14:50 Escalated to the database team", "escalated"),
    ("14:55 The bug is found in release 12", "identified"),
    ("15:04 Rolled back release 12", "mitigated"),
    ("15:15 Sign-in works again", "resolved"),
]


def test_turning_points_are_proposed_as_marks_that_a_person_sees() -> None:
    body = "\n".join(["## Timeline", "", "- 14:30 Sign-in begins to fail", *(f"- {line}" for line, _ in TURNS), ""])
    text = proposed(body, everything=False)
    read = read_strictly(text.text, CONTEXT).postmortem.timeline
    assert [str(entry.kind) for entry in read if entry.kind] == ["impact_begins", *(kind for _, kind in TURNS)]


@pytest.mark.parametrize(
    "lines",
    [
        ["15:00 Rolled back version 12", "15:10 The rollback failed", "15:30 All is green"],
        ["15:00 Rolled back version 12", "15:10 Errors come back", "15:20 Rolled back version 11"],
    ],
)
def test_what_a_later_entry_takes_back_is_not_sure(lines: list[str]) -> None:
    body = "\n".join(["## Timeline", "", *(f"- {line}" for line in lines), ""])
    found = about(proposed(body), "turning point")
    assert all(proposal.sureness is ProposalSureness.LIKELY for proposal in found if "Rolled back" in proposal.words)


@pytest.mark.parametrize(
    "line",
    [
        "14:40 We realise that it is more complex than it seemed",
        "14:40 We try to roll back",
        "14:40 The alarm is not triggered",
        "14:40 Nobody is paged",
        "14:40 The page says that all systems are operational",
        "14:40 We hope that it is fixed",
        "14:40 Umschaltung auf das Ersatzsystem",
    ],
)
def test_an_entry_without_a_turning_point_gets_no_mark_that_is_sure(line: str) -> None:
    body = f"## Timeline\n\n- 14:30 Sign-in fails\n- {line}\n"
    assert not about(proposed(body, everything=False), "turning point")


def test_a_mark_of_the_author_takes_precedence() -> None:
    body = "## Timeline\n\n- 14:31 Pager alerts the team {kind: none}\n- 14:41 Customers complain {kind: detected}\n"
    assert not about(proposed(body), "turning point")


def test_days_in_a_column_get_their_year() -> None:
    body = "## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Add an alarm | Ops | Dec 18 |\n"
    assert promises(proposed(body, everything=False).text) == [("Add an alarm", "Ops", "2026-12-18")]


@pytest.mark.parametrize(
    "body",
    [
        "## Apology\n\nWe are sorry.\n\nYou could not pay.\n\n— Web team\n",
        "## Apology\n\nSorry.\n\nSorry,\nWeb team\n",
        "## Entschuldigung\n\nEs tut uns leid.\n\nDas Web-Team\n",
        "## Excuses\n\nNous sommes désolés.\n",
        '=== "Timeline"\n\n    - 14:30 It fails\n',
        "!!! note\n\n    - one\n    - two\n",
        "## Timeline\n\n- 14:30 — Deploy of two\n\n  Detected\n\n- 14:42 — Lunch\n",
        "## Timeline (all times PST)\n\n- 05:05 Lunch\n",
    ],
)
def test_a_body_in_good_form_or_of_another_kind_stays(body: str) -> None:
    assert proposed(body, everything=False).text == body


def test_a_figure_beside_a_label_is_never_part_of_a_name() -> None:
    body = "## Summary\n\nAll was down.\n\nImpact: 37% of users\n\nTimeline:\n14:30 Lunch\n"
    assert "Impact: 37% of users" in proposed(body).lines


@pytest.mark.parametrize(("time", "sureness"), [("14:40", ProposalSureness.SURE), ("14:50", ProposalSureness.LIKELY)])
def test_a_section_below_the_timeline_stands_beside_it_and_surely_so_where_it_repeats_a_time(
    time: str, sureness: ProposalSureness
) -> None:
    body = f"## Timeline\n\n- 14:30 It fails\n- 14:40 We look\n\n### Resolution\n\n- {time} We clean up\n"
    text = proposed(body)
    assert [proposal.sureness for proposal in about(text, "section")] == [sureness]
    assert "## Resolution" in text.lines
