"""A slip of somebody in a hurry is one problem, on its own line, and obeying the hint is enough."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.format import schema
from mkdocs_incidents.content.format.fields import Line, ProseField
from mkdocs_incidents.content.yaml.keys import KEYS, TEXTS
from tests.content.folders import CATALOG, Folder

FILE = """\
---
title: Card payments failed
started: 2026-04-06 14:30
impact: critical
components:
  card-payments: major_outage
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail.
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again.
---
"""
MAINTENANCE = """\
---
title: Planned work
scheduled:
  from: 2026-05-02 22:00
  until: 2026-05-02 23:30
components: [card-payments, transfers]
updates:
  - at: 2026-04-08 12:00
    status: scheduled
    message: Payments pause.
---
"""
# What was typed → what should be there, the line and the code of the one problem, and its hint.
SLIPS = [
    ("  -at: 2026-04-06 14:36", 8, "yaml-syntax", "write - at: 2026-04-06 14:36"),
    ("  -\tat: 2026-04-06 14:36", 8, "yaml-syntax", "write - at: 2026-04-06 14:36"),
    ("  * at: 2026-04-06 14:36", 8, "yaml-syntax", "write - at: 2026-04-06 14:36"),
    ("  – at: 2026-04-06 14:36", 8, "yaml-syntax", "write - at: 2026-04-06 14:36"),
    ("    status:investigating", 9, "yaml-syntax", "write status: investigating"),
    ("    status investigating", 9, "yaml-syntax", "write status: investigating"),
    ("    status; investigating", 9, "yaml-syntax", "write status: investigating"),
    ("    status = investigating", 9, "yaml-syntax", "write status: investigating"),
    ("title:Card payments failed", 2, "yaml-syntax", "write title: Card payments failed"),
    ("updates", 7, "yaml-syntax", "write updates:"),
    ('title: "Card payments failed', 2, "yaml-syntax", 'write title: "Card payments failed"'),
    ("title: 'Card payments don't work'", 2, "yaml-syntax", 'write title: "Card payments don\'t work"'),
    ("    message: Update: all fine", 10, "yaml-syntax", 'write message: "Update: all fine"'),
    ("    message: @all, card payments fail", 10, "yaml-syntax", 'write message: "@all, card payments fail"'),
    ("    message: %50 of payments fail", 10, "yaml-syntax", 'write message: "%50 of payments fail"'),
    ("    message: *All* payments fail", 10, "yaml-syntax", 'write message: "*All* payments fail"'),
    ("    message: *All", 10, "yaml-alias", 'write message: "*All"'),
    ("title: [P1] Cards failed", 2, "yaml-syntax", 'write title: "[P1] Cards failed"'),
    ("title: [P1]", 2, "wrong-shape", 'write title: "[P1]"'),
    ("title: {cards} failed", 2, "yaml-syntax", 'write title: "{cards} failed"'),
    ("title: !important", 2, "yaml-tag", 'write title: "!important"'),
    ("title: & more", 2, "yaml-syntax", 'write title: "& more"'),
    ("title: #1 database failed", 2, "empty-value", 'write title: "#1 database failed"'),
    ("     status: investigating", 9, "yaml-syntax", "begin the line with 4 spaces, not 5"),
    ("   status: investigating", 9, "yaml-syntax", "begin the line with 4 spaces, not 3"),
    (" started: 2026-04-06 14:30", 3, "yaml-syntax", "begin the line with no space, not 1"),
    ("   - at: 2026-04-06 15:15", 11, "yaml-syntax", "begin the line with 2 spaces, not 3"),
    ("card-payments: major_outage", 6, "unknown-key", "indent it"),
    ("    \tmessage: Card payments fail.", 10, "yaml-tab", "use spaces instead of the tab"),
    ("components: card-payments major_outage", 5, "wrong-shape", "write components: {card-payments: major_outage}"),
    ("components: {card-payments: major_outage", 5, "yaml-syntax", "write components: {card-payments: major_outage}"),
    ("components: {card-payments:major_outage}", 5, "unknown-component", "write card-payments: major_outage"),
    ("    status: “resolved”", 12, "unknown-status", "write resolved"),
    ("    Status: resolved", 12, "unknown-key", "write status"),
    ("started: 14:30", 3, "not-an-instant", "write YYYY-MM-DD 14:30"),
    ("started: yes", 3, "not-an-instant", "write it as YYYY-MM-DD HH:MM"),
    ("started: 2026-04-06 14.30", 3, "not-an-instant", "write 2026-04-06 14:30"),
    ("started: 2026-04-06 2:30 PM", 3, "not-an-instant", "write 2026-04-06 14:30"),
    ("started: 06/04/2026 14:30", 3, "not-an-instant", "write 2026-04-06 14:30 for 6 April or 2026-06-04 14:30 for"),
    ("started: 2026-16-04 14:30", 3, "not-an-instant", "write 2026-04-16 14:30"),
    ('    "status: investigating', 9, "yaml-syntax", "write status: investigating"),
    ('title: "Card payments failed",', 2, "yaml-syntax", 'write title: "Card payments failed"'),
    ('started: "2026-04-06 14:30",', 3, "yaml-syntax", 'write started: "2026-04-06 14:30"'),
    ("components: card-payments: major_outage", 5, "yaml-syntax", "write components: {card-payments: major_outage}"),
    ("components: {card-payments: major_outage]", 5, "yaml-syntax", "write components: {card-payments: major_outage}"),
    ("--", 1, "no-front-matter", "write --- on this line, and nothing else"),
    ("—", 1, "no-front-matter", "write --- on this line, and nothing else"),
]


def with_slip(typed: str, line: int) -> str:
    """The good file with `typed` in place of a line, and of what stands below it where it says that, too."""
    lines = FILE.splitlines()
    lines[line - 1 : line + (typed.startswith("components: "))] = [typed]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("typed", "line", "code", "hint"), SLIPS)
def test_a_slip_is_one_problem_on_its_line(typed: str, line: int, code: str, hint: str, folder: Folder) -> None:
    assert not folder.problems("x.md", FILE)
    problem = folder.problem("x.md", with_slip(typed, line))
    assert (problem.line, problem.code) == (line, code)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(("typed", "line", "code", "hint"), SLIPS)
def test_a_line_that_a_hint_writes_out_is_right(typed: str, line: int, code: str, hint: str, folder: Folder) -> None:
    if code != "yaml-syntax":
        return
    text = with_slip(typed, line)
    lines = text.splitlines()
    indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))]
    if spaces := re.match(r"begin the line with (no|\d+) space", hint):
        indent = "" if spaces[1] == "no" else " " * int(spaces[1])
        lines[line - 1] = indent + lines[line - 1].lstrip()
    else:
        lines[line - 1] = indent + hint.removeprefix("write ")
    assert not folder.problems("x.md", "\n".join(lines) + "\n")


def test_a_key_on_the_line_of_another_gets_a_line_of_its_own(folder: Folder) -> None:
    text = FILE.replace("14:36\n    status: investigating", "14:36, status: investigating")
    problem = folder.problem("x.md", text)
    assert (problem.line, problem.column, problem.code) == (8, 27, "yaml-syntax")
    assert (problem.message, problem.hint) == (
        "'status' stands on the line of 'at'",
        "write status: investigating on a line of its own",
    )


def test_a_text_that_goes_on_below_its_key_with_a_colon_is_a_block(folder: Folder) -> None:
    text = FILE.replace("message: Card payments fail.", "message: Card payments fail.\n      Until then: use cash.")
    problem = folder.problem("x.md", text)
    assert (problem.line, problem.column, problem.code) == (10, 14, "yaml-syntax")
    assert problem.hint == "write message: >- and the text itself below it, each line begun with 6 spaces"
    obeyed = text.replace("message: Card payments fail.\n", "message: >-\n      Card payments fail.\n")
    assert not folder.problems("x.md", obeyed)


@pytest.mark.parametrize(
    ("before", "after", "line", "code"),
    [
        ("    message: Card payments fail.\n  - at", "    message: Card payments fail.\n    at", 11, "duplicate-key"),
        ("    status: resolved", "  - status: resolved", 12, "wrong-shape"),
        ("components:\n", "components:\ncomponents:\n", 6, "duplicate-key"),
        ("    message: Card payments work", "message: Card payments work", 13, "unknown-key"),
        ("---\ntitle", "---\n---\ntitle", 2, "facts-in-body"),
        ("started: 2026", "strted: 2026", 3, "unknown-key"),
        ("impact: critical", "accepted: [late-first-wor]", 4, "unknown-code"),
        ("started: 2026-04-06 14:30", "scheduled: 2026-04-06 14:30", 3, "wrong-shape"),
        ("again.\n---", "again.\n —", 14, "unclosed-front-matter"),
    ],
)
def test_nothing_follows_from_a_slip(before: str, after: str, line: int, code: str, folder: Folder) -> None:
    problem = folder.problem("x.md", FILE.replace(before, after, 1))
    assert (problem.line, problem.code) == (line, code)


@pytest.mark.parametrize("after", ["timezone: Africa/Lago\n", "timezon: Africa/Lagos\n", "timezone:Africa/Lagos\n"])
def test_a_slip_in_the_catalogue_is_not_reported_of_incidents(after: str, folder: Folder) -> None:
    folder.write("x.md", FILE.replace("card-payments", "card-payment"))
    folder.write("y.md", FILE.replace("started: 2026", "started: 2036"))
    problem = folder.problem("components.yml", CATALOG.replace("timezone: Africa/Lagos\n", after))
    assert problem.path == "incidents/components.yml"


FILES = {"components.yml": CATALOG, "x.md": FILE, "y.md": MAINTENANCE}


def typed_places(text: str) -> list[int]:
    """Where the keys and the words of closed sets stand."""
    words = re.finditer(r"(?m)^ *(?:- )?(?P<key>[a-z_]+)(?=:)|(?:status|impact): (?P<word>[a-z_]+)", text)
    return [index for found in words for index in range(*found.span(found.lastgroup or 0))]


PLACES = [(name, index) for name, text in FILES.items() for index in typed_places(text)]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.sampled_from(["left out", "replaced", "added", "exchanged"]),
    st.sampled_from("xqe1_-. Z"),
)
def test_one_wrong_character_is_at_most_one_error(
    tmp_path_factory: pytest.TempPathFactory, at: tuple[str, int], how: str, char: str
) -> None:
    name, index = at
    text = FILES[name]
    typed = {"left out": "", "replaced": char, "added": char + text[index], "exchanged": text[index + 1] + text[index]}
    end = index + (2 if how == "exchanged" else 1)
    folder = Folder(tmp_path_factory.mktemp("slip") / "incidents")
    for each, good in FILES.items():
        folder.write(each, good)
    folder.write(name, text[:index] + typed[how] + text[end:])
    loaded = folder.load()
    assert len(loaded.errors) <= 1, loaded.errors
    assert not (loaded.errors and loaded.warnings), loaded.problems


def keys_of_text() -> set[str]:
    """The keys of all formats whose values are texts, apart from those that hold codes."""
    formats = [each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, schema.Format)]
    found = {
        field.alias or name
        for of in formats
        for name, field in of.model_fields.items()
        if any(get_args(text)[1] in field.metadata or text in get_args(field.annotation) for text in (Line, ProseField))
    }
    return found - {"accepted", "off", "language"}


def test_every_text_for_readers_is_known_as_one() -> None:
    assert {"title", "message", "causes", "by"} <= keys_of_text() <= TEXTS
    assert {"title", "status", "components", "until"} <= KEYS
