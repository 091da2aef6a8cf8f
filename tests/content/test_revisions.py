"""What counts as an edit: published words and facts that a later version replaced or took away."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.content.catalog_file import read_catalog
from mkdocs_incidents.content.incident_file import read_incident_file
from mkdocs_incidents.content.revisions import VersionReader
from mkdocs_incidents.content.source import Report, Source
from mkdocs_incidents.model import RevisionSummary
from tests.content.folders import CATALOG
from tests.makers import at
from tests.repositories import in_memory

FILE = """\
---
title: Card payments failed
started: 2026-04-06 14:30
components: {card-payments: major_outage}
affected_percent: 94
upstream: {name: Tidewire}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail for everyone.
    next_update: 15:00
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again.
postmortem:
  published: 2026-04-08
  by: Payments team
---

## Summary

A rule was wrong, and every
payment was *refused*.

- Refunds were late.

| when | refused |
| --- | --- |
| at 14:30 | all |

## Action items

- [ ] A new rule runs on old payments first (@Payments team, due 2026-05-04)
- [ ] Alert on refusals
"""
UNPUBLISHED = FILE.replace("postmortem:\n  published: 2026-04-08\n  by: Payments team\n", "")
BODY = FILE[FILE.index("\n## Summary") :]
CLOSING = "    status: resolved\n    message: Card payments work again."
LATER = "  - {at: 2026-04-06 14:50, status: identified, message: It began at 14:20 already.}"
FIRST, SECOND, THIRD = "2026-04-09 10:00", "2026-04-09 11:00", "2026-04-09 12:00"
NOW = "2026-04-10 12:00"


def edits(*texts: str, complete: bool = True, start: str = FIRST) -> RevisionSummary | None:
    """The edits of a file with these versions, one hour apart."""
    hours = [f"{start[:11]}{int(start[11:13]) + n:02}:00" for n in range(len(texts))]
    history = in_memory({"x.md": list(zip(hours, texts, strict=True))}, complete=complete)
    known = read_catalog(Source(path="c", text=CATALOG), Report(path="c"), example=date(2026, 4, 10))
    source = Source(path="x.md", text=texts[-1].replace("\r", ""))
    present = read_incident_file(source, "x.md", known, Report(path="x.md"), example=date(2026, 4, 10))
    assert present
    reader = VersionReader(history, [present], [], known, at(NOW))
    return reader.summary_of(present, reader.versions_of(present))


def count(*texts: str, start: str = FIRST) -> int:
    summary = edits(*texts, start=start)
    assert summary
    return summary.count


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Card payments failed", "Some card payments failed"),
        ("14:30", "14:20"),
        ("major_outage", "partial_outage"),
        ("card-payments: major_outage", "transfers: major_outage"),
        ("fail for everyone", "fail for some"),
        ("15:15", "15:10"),
        ("next_update: 15:00", "next_update: 15:30"),
        ("status: resolved", "status: monitoring"),
        ("A rule was wrong", "A rule was missing"),
        ("## Summary", "## In short"),
        ("A new rule runs", "Each rule runs"),
        ("due 2026-05-04", "due 2026-06-04"),
        ("@Payments team", "@Platform team"),
        ("by: Payments team", "by: Platform team"),
        ("name: Tidewire", "name: Cloudhaven"),
        ("percent: 94", "percent: 40"),
        ("- [ ] Alert on refusals\n", ""),
        ("every\n", "every\nsingle\n"),
        (BODY, ""),
        (FILE[FILE.index("  - at: 2026-04-06 15:15") : FILE.index("postmortem:")], ""),
    ],
)
def test_a_published_word_or_fact_that_is_replaced_is_one_edit(old: str, new: str) -> None:
    assert old in FILE
    assert count(FILE, FILE.replace(old, new)) == 1
    assert count(FILE, FILE.replace(old, new), FILE.replace(old, new) + "\n") == 1
    assert count(FILE, FILE.replace(old, new), FILE) == (2 if new else 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("refusals\n", "refusals"),
        ("title: Card payments failed", "# the title\ntitle: 'Card payments failed' # as agreed"),
        ("message: Card payments work again.", "message: >-\n      Card payments\n      work again."),
        ("- [ ] A new", "- [x] A new"),
        ("due 2026-05-04)", "due 2026-05-04, done 2026-04-09)"),
        ("- [ ] Alert on refusals", "- [-] Alert on refusals (dropped 2026-04-09: refusals are counted elsewhere)"),
        ("- [ ] Alert on refusals", "- [ ] Alert on refusals (@Platform team, due 2026-05-11)"),
        ("A rule", "<!-- internal -->Which one?<!-- /internal -->\n\nA rule"),
        ("## Summary", "<!-- a remark -->\n\n## Summary"),
        ("every\npayment", "every payment"),
        ("and every\npayment was *refused*", "and every payment was\n*refused*"),
        ("message: Card payments work again.", 'message: "Card payments work again. <!-- as agreed -->"'),
        ("- [ ] A new", "* [ ] A new"),
        ("- Refunds", "* Refunds"),
        ("| when | refused |\n| --- | --- |", "| when     | refused |\n|:---------|:------|"),
        (CLOSING, "    message: Card payments work again.\n    status: resolved"),
        ("updates:", "resolved: 2026-04-06 15:15\nupdates:"),
        ("updates:", "accepted: [no-apology]\nupdates:"),
        ("postmortem:", "  - {at: 2026-04-06 16:00, status: resolved, message: The queue is empty.}\npostmortem:"),
        ("## Action items", "## Root cause\n\nNobody had tried it.\n\n## Action items"),
        ("Alert on refusals\n", "Alert on refusals\n- [ ] Test every rule\n"),
        (
            "major_outage}\naffected_percent: 94\nupstream: {name: Tidewire}\nupdates:",
            f"partial_outage}}\nupdates:\n{LATER}",
        ),
    ],
)  # fmt: skip
def test_what_readers_do_not_see_and_what_is_added_is_no_edit(old: str, new: str) -> None:
    assert old in FILE
    assert count(FILE, FILE.replace(old, new)) == 0


TIMELINE = "## Timeline\n\n- 14:31 The pager rings.\n- 14:40 We found it.\n"
TABLE = "## Action items\n\n| Action | Due | Status |\n|---|---|---|\n| Test each rule | 2026-05-04 | open |\n"


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        (TIMELINE, "rings.", "rings. {kind: detected}", 0),
        (TIMELINE, "it.\n", "it.\n- 14:50 We switched it off.\n", 0),
        (TIMELINE, "14:40", "14:41", 1),
        (TABLE, "open", "done 2026-04-09", 0),
        (TABLE, "2026-05-04", "2026-06-04", 1),
        (TABLE, "each rule", "some rules", 1),
    ],
)
def test_entries_and_tables_of_promises_are_compared_as_they_are_shown(
    body: str, old: str, new: str, expected: int
) -> None:
    before = FILE.removesuffix(BODY) + body
    assert count(before, before.replace(old, new)) == expected


def test_a_postmortem_that_is_added_is_no_edit() -> None:
    before = UNPUBLISHED.removesuffix(BODY)
    assert count(before, FILE) == 0
    assert count(before.rstrip("\n"), UNPUBLISHED, FILE) == 0
    assert count(before, FILE.replace("14:30", "14:20")) == 0, "the postmortem says so"
    assert count(FILE, FILE.replace("14:30", "14:20")) == 1


def test_what_was_changed_while_nobody_saw_it_is_no_edit() -> None:
    draft = FILE.replace("title:", "draft: true\ntitle:")
    embargo = FILE.replace("title:", "publish: 2026-04-09 15:00\ntitle:")  # 14:00 UTC
    for hidden in (draft, embargo):
        assert count(hidden, hidden.replace("wrong", "missing"), FILE) == 0
        assert count(hidden, FILE, FILE.replace("wrong", "missing")) == 1
    assert count(embargo, embargo.replace("wrong", "missing"), start="2026-04-09 14:00") == 1
    planned = FILE.replace("2026-04-06 15:15", "2026-04-09 13:30")  # 12:30 UTC
    assert count(planned, planned.replace("work again", "work"), FILE.replace("work again", "work")) == 0


def test_a_version_that_cannot_be_read_was_not_public() -> None:
    assert count(FILE, FILE.replace("status: resolved", "status: solved"), FILE) == 0
    assert count(FILE, FILE.replace("title: Card", "title: [Card"), FILE.replace("wrong", "missing")) == 1


def test_edits_are_dated_by_update_and_postmortem() -> None:
    corrected = FILE.replace("for everyone", "for some")
    summary = edits(FILE, corrected, corrected.replace("wrong", "missing"))
    assert summary == RevisionSummary(
        count=2,
        last_at=at(THIRD),
        updates={"update-20260406-1336": at(SECOND)},
        postmortem_at=at(THIRD),
    )
    summary = edits(UNPUBLISHED, UNPUBLISHED.replace("wrong", "missing"))
    assert summary
    assert (summary.count, summary.postmortem_at) == (1, None)


def test_an_update_stays_edited_when_its_time_is_corrected() -> None:
    moved = FILE.replace("15:15", "15:10")
    summary = edits(FILE, moved, moved.replace("status: resolved", "id: all-well\n    status: resolved"))
    assert summary
    assert summary == RevisionSummary(count=1, last_at=at(SECOND), updates={"all-well": at(SECOND)})


def test_where_older_versions_are_missing_nothing_is_known() -> None:
    assert edits(FILE, complete=False) is None
    assert edits(FILE) == RevisionSummary()


def test_of_two_equal_updates_one_may_be_deleted() -> None:
    second = "  - {at: 2026-04-06 15:16, status: resolved, message: Card payments work again.}\n"
    twice = FILE.replace("postmortem:", f"{second}postmortem:")
    assert count(twice, FILE) == 0


WORDS = st.sampled_from(["payments", "transfers", "slow", "again", "rule", "queue", "alert"])
SENTENCES = st.lists(WORDS, min_size=2, max_size=6).map(lambda words: " ".join(words).capitalize())


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """What an incident file publishes; no two texts are the same."""
    texts = draw(st.lists(SENTENCES, min_size=8, max_size=8, unique=True))
    return {
        "title": texts[0],
        "updates": texts[1:4],
        "paragraphs": texts[4:6],
        "promises": texts[6:8],
        "started": "2026-04-06 14:30",
        "state": "major_outage",
    }


@st.composite
def styles(draw: st.DrawFn) -> dict[str, Any]:
    """How the same can be written."""
    return {
        "order": draw(st.permutations(["title", "started", "components", "updates", "postmortem"])),
        "update_order": draw(st.permutations(["at", "status", "message"])),
        "quotes": draw(st.sampled_from([None, "'", '"'])),
        "flow": draw(st.booleans()),
        "width": draw(st.sampled_from([20, 80])),
        "end": draw(st.sampled_from(["\n", "\r\n"])),
        "last": draw(st.sampled_from(["", "\n", "\n\n"])),
        "comment": draw(st.booleans()),
        "note": draw(st.booleans()),
        "boxes": draw(st.lists(st.sampled_from(["[ ]", "[x]", "[-]"]), min_size=2, max_size=2)),
        "wrapped": draw(st.booleans()),
    }


def written(content: dict[str, Any], style: dict[str, Any]) -> str:
    """A file with that content in that style."""
    note = " <!-- internal -->Ask the bank.<!-- /internal -->" if style["note"] else ""
    statuses = ("investigating", "monitoring", "resolved")
    facts = {
        "title": content["title"],
        "started": content["started"],
        "components": {"card-payments": content["state"]},
        "updates": [
            {
                key: {"at": f"2026-04-06 15:{number}0", "status": statuses[number], "message": message + note}[key]
                for key in style["update_order"]
            }
            for number, message in enumerate(content["updates"])
        ],
        "postmortem": {"published": "2026-04-08"},
    }
    front = yaml.safe_dump(
        {key: facts[key] for key in style["order"]},
        sort_keys=False,
        default_style=style["quotes"],
        default_flow_style=style["flow"],
        width=style["width"],
    )
    comment = "# to be checked\n" if style["comment"] else ""
    paragraphs = [text.replace(" ", "\n", 1) if style["wrapped"] else text for text in content["paragraphs"]]
    promises = [f"- {box} {text}" for box, text in zip(style["boxes"], content["promises"], strict=True)]
    body = [*paragraphs, note.strip(), "## Action items", "\n".join(promises)]
    text: str = f"---\n{comment}{front}---\n\n" + "\n\n".join(part for part in body if part) + style["last"]
    return text.replace("\n", style["end"])


@given(contents(), styles(), styles())
def test_the_same_content_in_another_style_is_never_an_edit(
    content: dict[str, Any], style: dict[str, Any], other: dict[str, Any]
) -> None:
    assert count(written(content, style), written(content, other)) == 0


@given(
    contents(),
    styles(),
    styles(),
    st.sampled_from(
        [
            ("title",),
            ("updates", 0),
            ("updates", 2),
            ("paragraphs", 0),
            ("paragraphs", 1),
            ("promises", 1),
            ("started",),
        ]
    ),
)
def test_a_change_of_what_is_published_is_one_edit_in_any_style(
    content: dict[str, Any], style: dict[str, Any], other: dict[str, Any], place: tuple[Any, ...]
) -> None:
    changed = deepcopy(content)
    part: Any = changed
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = "2026-04-06 14:20" if place == ("started",) else f"{part[place[-1]]} in Lagos"
    assert count(written(content, style), written(changed, other), written(changed, style)) == 1
