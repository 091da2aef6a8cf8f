"""No bytes, however chosen, make the loader raise, hang or leak."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.catalog_file import CatalogFile, read_catalog
from mkdocs_incidents.content.incident_file import read_incident_file
from mkdocs_incidents.content.problems import CODES
from mkdocs_incidents.content.rules.registry import check_file
from mkdocs_incidents.content.source import Report, decode
from tests.content.folders import CATALOG, INCIDENT, NOW, Folder

if TYPE_CHECKING:
    from mkdocs_incidents.content.problems import Problem

PIECES = [
    "---\n",
    "title: ",
    "started: ",
    "resolved: ",
    "scheduled:\n  from: ",
    "  until: ",
    "updates:\n",
    "  - at: ",
    "    status: ",
    "    message: ",
    "components:\n",
    "components: ",
    "  card-payments: ",
    "major_outage",
    "2026-04-06 14:30",
    "10:30",
    "\n",
    " ",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ":",
    "#",
    "&a ",
    "*a",
    "!!x ",
    "|\n",
    "> ",
    "- ",
    "\t",
    "\r\n",
    "é",
    "🔥",
    "\u2028",
    "\x85",
    "\0",
    "<!-- internal -->",
    "<!-- /internal -->",
    "## Timeline\n\n",
    "- 14:30 — x\n",
    "| a | b |\n",
    "|---|---|\n",
    "```\n",
    "## Action items\n\n",
    "- [ ] x (@a, due 2026-01-01)\n",
    "resolved",
    "postmortem:\n  published: ",
    "draft: true\n",
    "...\n",
    "timezone: ",
    "Europe/Paris",
    "Next update by 15:00",
    "id: ",
    "? ",
    "<<: ",
    "2026-03-29 02:30",
    "publish: ",
    "causes: ",
]


def problems_of(raw: bytes, name: str = "x.md") -> list[Problem]:
    """As the loader checks one file, without the disk."""
    report = Report(path=name)
    source = decode(raw, report)
    if source is None:
        return report.for_reader()
    if name.endswith(".yml"):
        read_catalog(source, report, example=NOW.date())
        return report.for_reader()
    known = CatalogFile(names={"card-payments": "card-payments"})
    file = read_incident_file(source, name, known, report, example=NOW.date())
    if file and not report.failed:
        report.problems.extend(check_file(file, None, NOW))
    return report.for_reader()


def check(problems: list[Problem], raw: bytes) -> None:
    for problem in problems:
        assert problem.code in CODES
        assert problem.message
        assert problem.message[-1] != "."
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        assert (problem.message + problem.path).isprintable() or "\\" in repr(problem.message)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for name in ("x.md", "components.yml"):
        check(problems_of(raw, name), raw)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mixture_of_our_own_signs_is_read_or_refused(text: str) -> None:
    for whole in (
        text,
        f"---\n{text}",
        f"---\ntitle: X\nstarted: 2026-04-06 14:30\n{text}\n---\n{text}",
        INCIDENT + text,
    ):
        check(problems_of(whole.encode()), whole.encode())
    check(problems_of((CATALOG + text).encode(), "components.yml"), (CATALOG + text).encode())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(INCIDENT) - 1), st.sampled_from(PIECES))
def test_a_good_file_with_anything_typed_into_it_is_read_or_refused(index: int, typed: str) -> None:
    text = INCIDENT[:index] + typed + INCIDENT[index:]
    check(problems_of(text.encode()), text.encode())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_body_is_kept(body: str) -> None:
    raw = (INCIDENT + body).encode("utf-8", "surrogatepass")
    check(problems_of(raw), raw)


def bomb() -> str:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    return f"---\na0: &a0 [lol]\n{levels}---\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(), "yaml-alias"),
        ("---\ntitle: " + "[" * 100_000 + "\n---\n", "yaml-too-deep"),
        ("---\n" + "- " * 100_000 + "x\n---\n", "yaml-too-deep"),
        ("---\n" + "".join("  " * n + "a:\n" for n in range(700)) + "---\n", "yaml-too-deep"),
        ("---\ntitle: " + "{a: " * 100_000 + "\n---\n", "yaml-too-deep"),
        ("---\ntitle: !!python/object/apply:os.system [echo]\n---\n", "yaml-tag"),
        ("---\n" + "".join(f"k{n}: x\n" for n in range(10_000)) + "---\n", "unknown-key"),
        ("---\n" + "title: x\n" * 10_000 + "---\n", "duplicate-key"),
        ("---\ntitle: '" + "x" * 900_000 + "\n---\n", "yaml-syntax"),
        (INCIDENT + "<!-- internal -->" * 10_000, "internal-marker"),
        (INCIDENT + "<!-- internal -->x<!-- /internal -->" * 10_000 + "<!-- /internal -->", "internal-marker"),
    ],
    ids=[
        "billion-laughs",
        "brackets",
        "dashes",
        "indents",
        "braces",
        "python",
        "keys",
        "one-key",
        "quote",
        "notes",
        "pairs",
    ],
)
def test_a_bomb_is_refused_in_bounded_time(text: str, code: str) -> None:
    began = time.process_time()
    found = problems_of(text.encode())
    assert code in {problem.code for problem in found}
    assert len(found) <= 101
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        "## Timeline\n\n" + "- 14:30 — x\n" * 8_000,
        "## Timeline\n\n" + "- x\n" * 20_000,
        "## Action items\n\n" + "- a " + "(" * 200_000 + "\n",
        "## Action items\n\n" + "- a " + "(b) " * 100_000 + "\n",
        "## Timeline\n\n" + "| a " * 100_000 + "\n|" + "---|" * 100_000 + "\n",
        "# " + "*" * 500_000,
        "# " + "[" * 500_000,
        "**" * 300_000,
        "a " * 400_000 + "14:30",
        "```\n~~~\n<!--\n" * 10_000,
        "<!-- " * 50_000,
        "Next update by 15:00 " * 40_000,
    ],
    ids=[
        "entries",
        "prose",
        "open",
        "closed",
        "cells",
        "stars",
        "links",
        "bold",
        "words",
        "fences",
        "comments",
        "promises",
    ],
)
def test_a_long_body_is_read_in_bounded_time(body: str) -> None:
    began = time.process_time()
    check(found := problems_of((INCIDENT + "\n" + body).encode()), (INCIDENT + body + "\n\n").encode())
    assert time.process_time() - began < 5
    assert len(found) <= 101


def test_a_long_message_is_read_in_bounded_time(folder: Folder) -> None:
    began = time.process_time()
    message = "we will be back " * 4_000 + "next update " * 4_000
    entry = f"  - {{at: 2026-04-06 14:36, status: identified, message: '{message}'}}\n"
    folder.write("x.md", INCIDENT.replace("---\ntitle", f"---\nupdates:\n{entry}title"))
    assert folder.load().history
    assert time.process_time() - began < 5


@pytest.mark.parametrize("char", ["\u202d", "\u202e", "\\u202e"])
def test_no_word_turns_round_what_follows_it(folder: Folder, char: str) -> None:
    folder.write("components.yml", CATALOG.replace("name: Transfers", f'name: "Trans{char}fers"'))
    notice = folder.notice(
        INCIDENT.replace("Card payments failed", f'"Card{char} payments"') + "\n- a\u202eb \u2067ש\n"
    )
    assert notice.title == "Card payments"
    assert notice.postmortem
    assert notice.postmortem.sections[0].markdown.strip() == "- ab \u2067ש", "marks that languages need stay"
    loaded = folder.load()
    assert loaded.history
    assert loaded.history.catalog.components["transfers"].name == "Transfers"
