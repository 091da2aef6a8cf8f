"""`incidents postmortem` adds sections that nobody sees, and publishes them once no blank is left."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.editing.workspace import Workspace
from mkdocs_incidents.model import SectionKind, TurningPoint
from tests.cli.writing import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.model import Notice

CARDS = "2026-11-27-card-payments-fail"
BLANK = re.compile(r"\[\w[^\[\]]*\]")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch, "2026-11-27 22:30")


@pytest.fixture
def over(desk: Desk) -> Desk:
    """Two days after an incident that began in the evening and ended behind midnight."""
    desk.done("new", "Card payments fail", "-c", "card=major", "-m", "Card payments fail. Transfers work.")
    desk.at("2026-11-27 23:10")
    desk.done("update", "-s", "identified", "-m", "A new rule refuses payments. We switch it off.")
    desk.at("2026-11-28 00:50")
    desk.done("resolve", "-m", "Card payments work again.")
    desk.at("2026-11-29 10:00")
    return desk


def fill(desk: Desk, name: str = CARDS) -> None:
    """Write something into each blank of a draft."""
    text = desk.files()[name]
    for blank, words in {"[HH:MM]": "22:30", "[YYYY-MM-DD]": "2026-12-20", "[team or role]": "Payments team"}.items():
        text = text.replace(blank, words)
    desk.write(name, BLANK.sub("We tell it here.", text))


def read(desk: Desk, name: str = CARDS) -> Notice:
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    workspace = Workspace(folder=desk.path / "incidents", shown="incidents", now=now)
    return workspace.read(f"{name}.md")[0].notice


def test_a_draft_has_all_sections_with_blanks_and_the_times_of_the_updates(over: Desk) -> None:
    output = over.done("postmortem", "--by", "Payments team")
    assert f"{CARDS}: “Card payments fail”, over since Saturday 28 November 2026, 00:50 WAT" in output
    assert f"$EDITOR incidents/{CARDS}.md" in output
    assert f"incidents postmortem {CARDS} --publish today" in output
    text = over.files()[CARDS]
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["Summary", "Impact", "Timeline", "Root cause", "Lessons", "Action items", "Apology"]
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- 22:30 — [What began, and for whom.] {kind: impact_begins}",
        "- [HH:MM] — [How you noticed.] {kind: detected}",
        "- 22:30 — [What happened by then. You said: Card payments fail.]",
        "- 23:10 — [What happened by then. You said: A new rule refuses payments.] {kind: identified}",
        "- 2026-11-28 00:50 — [What happened by then. You said: Card payments work again.] {kind: resolved}",
        "- [ ] [What you will do, so that its keeping can be checked] (@[team or role], due [YYYY-MM-DD])",
    ]
    assert "\n\n— Payments team\n" in text


def test_a_draft_changes_nothing_that_anybody_sees(over: Desk) -> None:
    before = read(over)
    over.done("postmortem", "--by", "Payments team")
    assert read(over) == before


def test_a_draft_with_blanks_is_not_published_and_each_is_listed_with_its_line(over: Desk) -> None:
    over.done("postmortem")
    message = over.refused("postmortem", "--publish", "today")
    assert "15 blanks are left in incidents/" in message
    line = over.files()[CARDS].splitlines().index("- [HH:MM] — [How you noticed.] {kind: detected}") + 1
    assert f"line {line} [HH:MM], line {line} [How you noticed.], line {line + 1} [What happened" in message


def test_a_draft_without_blanks_is_published_whole(over: Desk) -> None:
    over.done("postmortem")
    fill(over)
    output = over.done("postmortem", "--publish", "today", "--by", "Payments team")
    assert "Published: Sunday 29 November 2026\n" in output
    assert f"incidents tidy incidents/{CARDS}.md" in output
    text = over.files()[CARDS]
    assert "\npostmortem:\n  published: 2026-11-29\n  by: Payments team\n---\n\n## Summary\n" in text
    assert "internal" not in text
    assert "Draft" not in text
    assert text.endswith("— Payments team\n")
    postmortem = read(over).postmortem
    assert postmortem
    assert postmortem.by == "Payments team"
    kinds = [entry.kind for entry in postmortem.timeline]
    points = TurningPoint
    assert kinds == [points.IMPACT_BEGINS, points.DETECTED, None, points.IDENTIFIED, points.RESOLVED]
    assert f"{postmortem.timeline[-1].at:%Y-%m-%d %H:%M}" == "2026-11-27 23:50"
    assert [(item.owner, str(item.due)) for item in postmortem.action_items] == [("Payments team", "2026-12-20")]
    assert "is published since 2026-11-29" in over.refused("postmortem", CARDS, "--publish", "today")


def test_other_internal_notes_stay_internal_and_their_brackets_are_no_blanks(over: Desk) -> None:
    over.write(CARDS, over.files()[CARDS] + "\n<!-- internal -->\nSee [the runbook].\n<!-- /internal -->\n")
    over.done("postmortem")
    fill(over)
    text = over.files()[CARDS].replace("See We tell it here..", "See [the runbook].")
    over.write(CARDS, text.replace("## Lessons\n", "## Lessons\n\n<!-- internal -->\nOnly [us].\n<!-- /internal -->\n"))
    over.done("postmortem", "--publish", "today")
    text = over.files()[CARDS]
    assert "<!-- internal -->\nSee [the runbook].\n<!-- /internal -->\n" in text
    assert "<!-- internal -->\nOnly [us].\n<!-- /internal -->\n" in text
    postmortem = read(over).postmortem
    assert postmortem
    assert all("[" not in section.markdown for section in postmortem.sections if section.kind is SectionKind.LESSONS)


@pytest.mark.parametrize(
    ("day", "published", "shown"),
    [
        ("tomorrow", "2026-11-30", "Monday 30 November 2026. Until then no page shows it"),
        ("2026-12-01", "2026-12-01", "Tuesday 1 December 2026. Until then"),
        ("1 December 2026", "2026-12-01", "Tuesday 1 December 2026. Until then"),
        ("2026-12-01 09:00", "2026-12-01 09:00", "Tuesday 1 December 2026, 09:00 WAT (in 1 day 23 hours). Until"),
        ("now", "2026-11-29 10:00", "Sunday 29 November 2026, 10:00 WAT (now)\n"),
        ("2026-11-28", "2026-11-28", "Saturday 28 November 2026\n"),
    ],
)
def test_the_day_of_publication_is_typed_in_several_ways(over: Desk, day: str, published: str, shown: str) -> None:
    over.write(CARDS, over.files()[CARDS] + "\n## Summary\n\nA rule was wrong.\n\n## Apology\n\nWe are sorry.\n")
    assert f"Published: {shown}" in over.done("postmortem", "--publish", day)
    assert f"postmortem:\n  published: {published}\n---\n" in over.files()[CARDS]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-27", "would be published before the end, 2026-11-28 00:50 WAT"),
        ("2026-11-28 00:10", "would be published before the end"),
        ("soon", "'soon' is no day; write today, tomorrow, a day such as 2026-12-02"),
        ("", "no day is given; write today"),
        ("01/12/2026", "can mean two days"),
        ("2026-02-30", "2026-02-30"),
        ("x" * 100, "is no day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_a_sentence(over: Desk, day: str, sentence: str) -> None:
    over.write(CARDS, over.files()[CARDS] + "\n## Summary\n\nA rule was wrong.\n")
    assert sentence in over.refused("postmortem", CARDS, "--publish", day)


def test_a_text_that_is_there_stays_and_only_what_is_missing_is_added(over: Desk) -> None:
    own = "\n**Impact**\n\n41,306 payments.\n\n## What happened\n\nA rule was wrong.\n"
    over.write(CARDS, over.files()[CARDS] + own)
    before = over.files()[CARDS]
    over.done("postmortem", CARDS)
    text = over.files()[CARDS]
    assert text.startswith(before)
    headings = [line[3:] for line in text.removeprefix(before).splitlines() if line.startswith("## ")]
    assert headings == ["Timeline", "Root cause", "Lessons", "Action items", "Apology"]
    assert "has all sections already" in over.refused("postmortem", CARDS)


def test_a_section_that_was_deleted_from_a_draft_comes_back_into_it(over: Desk) -> None:
    over.done("postmortem", CARDS)
    text = over.files()[CARDS]
    over.write(CARDS, text[: text.index("## Lessons")] + text[text.index("## Action items") :])
    over.done("postmortem", CARDS)
    assert over.files()[CARDS].count("<!-- internal -->") == 1
    assert over.files()[CARDS].count("## Lessons") == 1


def test_sections_have_the_language_of_the_site(over: Desk) -> None:
    settings = "site_name: E\nsite_url: https://e.example/\nplugins:\n  - incidents: {language: de}\n"
    (over.path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    over.done("postmortem")
    headings = [line[3:] for line in over.files()[CARDS].splitlines() if line.startswith("## ")]
    assert headings[:3] == ["Zusammenfassung", "Auswirkungen", "Zeitverlauf"]
    assert headings[-2:] == ["Maßnahmen", "Entschuldigung"]


def test_only_what_is_over_and_took_place_has_a_postmortem(desk: Desk) -> None:
    assert "no incident of the last 14 days is over" in desk.refused("postmortem")
    desk.done("new", "Card payments fail", "-c", "card=major", "-m", "Card payments fail.")
    assert f"is not over yet; when it is, first type: incidents resolve {CARDS}" in desk.refused("postmortem", "card")
    desk.done("retract", "-m", "It was a test.")
    assert "was retracted, so there is nothing to explain" in desk.refused("postmortem", "card")
    desk.done("announce", "We move", "-m", "Our address changes.")
    assert "is an announcement" in desk.refused("postmortem", "move")
    desk.done("schedule", "Payouts pause", "-c", "payouts", "--from", "23:30", "--for", "1h", "-m", "No payouts.")
    assert "has not begun yet; when it is over, type: incidents postmortem" in desk.refused("postmortem", "payouts")
    desk.done("schedule", "payouts", "--cancel", "-m", "Not needed.")
    assert "was called off" in desk.refused("postmortem", "payouts")


def test_planned_work_that_took_place_can_be_explained(desk: Desk) -> None:
    desk.done("schedule", "Payouts pause", "-c", "payouts", "--from", "23:30", "--for", "1h", "-m", "No payouts.")
    desk.at("2026-11-28 10:00")
    desk.done("postmortem", "payouts")
    text = desk.files()["2026-11-27-payouts-pause"]
    assert "- 23:30 — [The work begins.]\n- 2026-11-28 00:30 — [What ended it.]\n" in text
    assert "kind:" not in text


def test_nothing_is_published_where_nothing_is_written(over: Desk) -> None:
    sentence = f"the postmortem of {CARDS} yet; to get its sections, type: incidents postmortem {CARDS}"
    assert sentence in over.refused("postmortem", "--publish", "today")
    over.done("postmortem")
    opening, _, rest = over.files()[CARDS].partition("## Summary")
    over.write(CARDS, opening + rest[rest.index("<!-- /internal") :])
    assert sentence in over.refused("postmortem", "--publish", "today")
    assert "--by is empty" in over.refused("postmortem", "--by", " ")


def test_of_several_recent_incidents_one_has_to_be_named(over: Desk) -> None:
    over.done("new", "Payouts late", "-c", "payouts=slow", "-m", "Payouts are late.", "--started", "-2m")
    over.done("resolve", "-m", "Payouts are sent.")
    message = over.refused("postmortem")
    assert "2 incidents of the last days have no postmortem" in message
    assert message.endswith("type: incidents postmortem 2026-11-29-payouts-late")


def test_long_ago_is_not_guessed(over: Desk) -> None:
    over.at("2026-12-20 10:00")
    assert "no incident of the last 14 days" in over.refused("postmortem")


def test_line_ends_and_comments_of_the_file_stay(over: Desk) -> None:
    path = over.path / "incidents" / f"{CARDS}.md"
    typed = over.files()[CARDS].replace("started:", "# ours\nstarted:").replace("\n", "\r\n").removesuffix("\r\n")
    path.write_bytes(typed.encode())
    over.done("postmortem")
    drafted = path.read_bytes().decode()
    assert drafted.startswith(typed)
    assert drafted.count("\n") == drafted.count("\r\n")
    drafted = drafted.replace("[HH:MM]", "22:30").replace("[YYYY-MM-DD]", "2026-12-20").replace("[team or role]", "Ops")
    path.write_bytes(BLANK.sub("We tell it here.", drafted).encode())
    over.done("postmortem", "--publish", "today")
    published = path.read_bytes().decode()
    assert "# ours\r\nstarted:" in published
    assert published.count("\n") == published.count("\r\n")
    assert "internal" not in published


def test_times_that_clocks_show_twice_are_read_as_they_are_meant(desk: Desk) -> None:
    desk.at("2026-10-26 12:00")
    desk.write(
        "2026-10-25-clocks",
        "---\ntitle: Clocks\ntimezone: Europe/Berlin\nstarted: 2026-10-25 02:30+02:00\nimpact: minor\nupdates:\n"
        "  - at: 2026-10-25 02:10+01:00\n    status: identified\n    message: The clocks.\n"
        "  - at: 2026-10-25 02:40+01:00\n    status: resolved\n    message: It is over.\n"
        "accepted:\n  - late-first-word\n---\n",
    )
    desk.done("postmortem", "clocks")
    text = desk.files()["2026-10-25-clocks"].replace("[HH:MM]", "02:31 +02:00")
    desk.write("2026-10-25-clocks", text)
    fill(desk, "2026-10-25-clocks")
    desk.done("postmortem", "clocks", "--publish", "today")
    postmortem = read(desk, "2026-10-25-clocks").postmortem
    assert postmortem
    assert [f"{entry.at:%H:%M}" for entry in postmortem.timeline] == ["00:30", "00:31", "01:10", "01:40"]


def test_a_text_in_brackets_that_is_meant_is_written_with_a_backslash(over: Desk) -> None:
    over.write(
        CARDS,
        over.files()[CARDS]
        + "\n## Summary\n\nThey said \\[sic] see [this](https://e.example/).\n\n## Apology\n\nSorry.\n",
    )
    over.done("postmortem", "--publish", "today")


def test_programs_get_the_path_and_nothing_is_written_in_a_dry_run(over: Desk) -> None:
    before = over.files()
    output = over.done("postmortem", "--json", "--dry-run")
    assert f'"path": "incidents/{CARDS}.md"' in output
    assert '"changed": false' in output
    assert over.files() == before
