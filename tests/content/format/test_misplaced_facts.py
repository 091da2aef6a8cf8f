"""Facts below the second `---` are an error; prose that only looks like them is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.folders import INCIDENT

if TYPE_CHECKING:
    from mkdocs_incidents.content.problems import Problem
    from tests.content.folders import Folder

FENCE = INCIDENT.count("\n")
"""The line of the second `---`."""
UPDATE = "- at: 2026-04-06 15:15\n  status: resolved\n  message: Card payments work again.\n"


def misplaced(folder: Folder, body: str, facts: str = INCIDENT) -> list[Problem]:
    return [problem for problem in folder.problems("x.md", facts + body) if problem.code == "facts-in-body"]


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (UPDATE, 1, 1),
        (f"\n  {UPDATE.replace(chr(10), chr(10) + '  ')}", 2, 3),
        (f"\n## Root cause\n\nA cable.\n\n{UPDATE}", 6, 1),
        (f"\nIt works again.\n{UPDATE}", 3, 1),
        (f"\n- A cable broke.\n{UPDATE}", 3, 1),
        (f"\nupdates:\n{UPDATE}", 2, 1),
        (f"\n{UPDATE}{UPDATE.replace('15:15', '15:30')}", 2, 1),
        (f"{UPDATE}---\n", 1, 1),
        ("\n- {at: 2026-04-06 15:15, status: resolved, message: It works again.}\n", 2, 1),
        ("\n- status: fixed\n  message: It works: for everyone.\n", 2, 1),
        ("\n- at: 15:15\n  message: It works again.\n", 2, 1),
        ("\n-at: 2026-04-06 15:15\n status: resolved\n", 2, 1),
        ("\n* at: 2026-04-06 15:15\n  status: resolved\n", 2, 1),
        ("\n- at: 2026-04-06 15:15\n\n  It works again.\n", 2, 1),
        ("\nat: 2026-04-06 15:15\nstatus: resolved\nmessage: It works again.\n", 2, 1),
        ("\n- at: 2026-04-06 15:15\n  status: resolved\n  message: |\n    It works.\n\n    For everyone.\n", 2, 1),
    ],
)
def test_an_update_below_the_facts_is_an_error_at_its_line(body: str, line: int, column: int, folder: Folder) -> None:
    (problem,) = misplaced(folder, body)
    assert (problem.line, problem.column) == (FENCE + line, column)
    assert problem.message.startswith("this looks like an update")
    assert problem.hint.startswith(f"move it above line {FENCE}, below a line updates:")
    assert folder.load().history is None


@pytest.mark.parametrize(
    ("body", "line", "key"),
    [
        ("publish: 2026-04-07\n\nA cable broke.\n", 1, "publish"),
        ("\npublish: 2026-04-07 10:00+01:00\nA cable broke.\n", 2, "publish"),
        ("\ndraft: true\n", 2, "draft"),
        ("\ndraft: true\npinned: no\n", 2, "draft"),
        ("\nimpact: major\n\n## Root cause\n\nA cable.\n", 2, "impact"),
        ("\n## Root cause\n\nA cable.\n\npublish: 2026-04-07\n", 6, "publish"),
        ("\ntimezone: Europe/Paris\n", 2, "timezone"),
        ("\npostmortem:\n  published: 2026-04-08\n", 2, "postmortem"),
        ("\ntitle: Cards failed\npinned: true\n", 3, "pinned"),
        ("\nA cable broke.\npublish: 2026-04-07\n", 3, "publish"),
    ],
)
def test_a_key_with_a_value_of_its_type_is_an_error(body: str, line: int, key: str, folder: Folder) -> None:
    (problem,) = misplaced(folder, body)
    assert (problem.line, problem.column) == (FENCE + line, 1)
    assert problem.message.startswith(f"'{key}:")
    assert problem.hint.startswith(f"move it above line {FENCE}")


def test_the_line_is_that_of_the_file_where_a_note_was_taken_out(folder: Folder) -> None:
    (problem,) = misplaced(folder, "\n<!-- internal -->\nFor us\n<!-- /internal -->\n\ndraft: true\n")
    assert problem.line == FENCE + 6


@pytest.mark.parametrize(
    "body", ["---\ntitle: Cards failed\n---\n", "title: X\npinned: true\n---\n", "\n---\nid: x\n---\n"]
)
def test_a_second_front_matter_is_an_error(body: str, folder: Folder) -> None:
    (problem,) = misplaced(folder, body)
    assert problem.message.startswith("a second front matter begins here")


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("\nresolved: 2026-04-06 15:20\n", "resolved: stands on line 4 already: write there what is true"),
        ("\n---\ntitle: Cards failed\nimpact: major\n---\n", "title: stands on line 2 already"),
        ("\nstatus: resolved\n", f"write it above line {FENCE}, in an item of updates: with at:, status: and message:"),
    ],
)
def test_a_hint_never_makes_a_key_that_is_there_twice_or_an_unknown_one(body: str, hint: str, folder: Folder) -> None:
    (problem,) = misplaced(folder, body)
    assert problem.hint.startswith(hint)
    assert problem.hint.endswith("or put it in a code block if readers are to see it as it is")


def test_an_update_belongs_to_those_that_are_there(folder: Folder) -> None:
    facts = INCIDENT.removesuffix("---\n") + f"updates:\n{UPDATE}---\n"
    (problem,) = misplaced(folder, "\n" + UPDATE, facts)
    assert "to the others in updates:" in problem.hint
    moved = facts.removesuffix("---\n") + UPDATE.replace("15:15", "15:20") + "---\n"
    assert misplaced(folder, "", moved) == []


@pytest.mark.parametrize(
    "body",
    [
        # labels and sentences
        "\nResolved: we rolled back\n",
        "\nImpact: customers could not pay\n",
        "\nimpact: customers could not pay\n",
        "\nresolved: we rolled back on 2026-04-06\n",
        "\nresolved: 2026-04-06 15:15 by rolling back\n",
        "\nresolved: 15:15\n",
        "\n**Resolved:** 2026-04-06 15:15\n",
        "\nIts status: resolved in the end.\n",
        "\nIn the end we could set the\nstatus: resolved\nand go home.\n",
        "\nmessage: nobody was told\n",
        "\nTitle: Cards failed\n",
        # lists
        "\n- at: the office\n- status: fine\n",
        "\n- at: the office\n  status: busy\n",
        "\n- status: resolved\n- impact: major\n",
        "\n- id: PAY-7\n  status: resolved\n",
        "\n- Status: resolved\n  Message: ok\n",
        # definitions, headings, rules
        "\nresolved\n:   the state in which nobody feels it\n",
        "\n## status: resolved\n\nText.\n",
        "\nstatus: resolved\n---------\n\nText.\n",
        "\nOne.\n\n---\n\nImpact: customers could not pay\n\n---\n\nTwo.\n",
        "\n---\n\nText.\n\n---\n",
        # code and notes
        "\n```yaml\n---\nresolved: 2026-04-06 15:15\n---\n```\n",
        f"\n~~~\n{UPDATE}~~~\n",
        "\n    resolved: 2026-04-06 15:15\n",
        f"\n<pre>\n\n{UPDATE}\n</pre>\n",
        f"\n<!-- internal -->\n{UPDATE}<!-- /internal -->\n",
        f"\n<!--\n{UPDATE}-->\n",
        "\n!!! note\n\n    draft: true\n",
        "\n> status: resolved\n",
        "\n`draft: true` was set.\n",
        # metadata of imported documents
        "Date: 2023-06-11\nStatus: complete\nAuthors: Platform team\n\nText.\n",
        "date: 2023-06-11\nstatus: resolved\nauthors: Platform team\n\nText.\n",
        "\n---\nlayout: post\ntitle: Cards failed\ndraft: false\n---\n\nText.\n",
        "\n## Timeline\n\ntimezone: UTC\n\n- 14:30 It broke.\n",
        "\n| key | value |\n|---|---|\n| status: resolved | draft: true |\n",
    ],
)
def test_prose_is_left_alone(body: str, folder: Folder) -> None:
    assert misplaced(folder, body) == []
