"""Every editorial rule finds its bad examples, leaves its good ones alone, and is in the guide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.authoring.advice.checks import CHECKS
from mkdocs_incidents.authoring.advice.rules import Rule, built_in_rules
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.problems import CODES, Severity
from tests.makers import at

if TYPE_CHECKING:
    from tests.content.folders import Folder

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/guide/editorial.md").read_text(encoding="utf-8")
RULES = {rule.code: rule for rule in built_in_rules()}
PLACES = ("update", "title", "promise", "apology", "summary", "action_items", "body")
"""Where an example is tried: the first that the rule is about."""
HEADINGS = {
    "summary": "Summary",
    "apology": "Apology",
    "promise": "Action items",
    "action_items": "Action items",
    "body": "Summary",
}


def file_with(rule: Rule, text: str) -> str:
    """An incident file that says `text` where the rule looks for it, and elsewhere nothing."""
    where = next(place for place in PLACES if place in rule.where)
    title = text if where == "title" else "Cards"
    quoted = text.replace("'", "''")
    status = min(rule.statuses, default="resolved")
    message = quoted if where == "update" else "¤"
    body = "" if where not in HEADINGS else f"## {HEADINGS[where]}\n\n{'- [ ] ' if where == 'promise' else ''}{text}\n"
    updates = f"updates:\n  - {{at: 2026-04-06 14:36, status: {status}, message: '{message}'}}\n"
    facts = f"title: '{title}'\nstarted: 2026-04-06 14:30\ncomponents: {{transfers: major_outage}}\n"
    published = "postmortem: {published: 2026-04-08}\n" if where == "body" else ""
    return f"---\n{facts}{updates}{published}---\n{body}"


def advised(folder: Folder, rule: Rule, text: str) -> list[str]:
    """The advice of this rule on `text`, at a place of the file that the rule applies to."""
    written = file_with(rule, text)
    folder.write("x.md", written)
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert not loaded.errors, loaded.errors
    found = [problem for problem in loaded.advice if problem.code == rule.code]
    for problem in found:
        line = written.split("\n")[problem.line - 1][problem.column - 1 :]
        quoted = problem.message[1:].partition("':")[0].partition("' (")[0].partition("…")[0]
        assert line.replace("''", "'").startswith(quoted[:20]), (problem, line)
        assert rule.reason in problem.message
        assert problem.hint
    return [problem.message for problem in found]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_finds_its_bad_examples_and_no_good_one(code: str, folder: Folder) -> None:
    rule = RULES[code]
    assert rule.bad
    assert rule.good
    for example in rule.bad:
        assert advised(folder, rule, example), example
    for example in rule.good:
        assert not advised(folder, rule, example), example


@pytest.mark.parametrize("code", RULES)
def test_the_sentences_of_a_rule_fit_together(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert code not in CODES, "the name of a problem"
    for sentence in (rule.reason, rule.advice):
        assert sentence
        assert not sentence.endswith(".")
        assert sentence[0].islower()
    assert rule.check in {*CHECKS, ""}
    assert sum(map(bool, (rule.check, rule.patterns or rule.words))) == 1


def test_every_check_belongs_to_a_rule() -> None:
    assert {rule.check for rule in RULES.values()} - {""} == set(CHECKS)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_in_the_guide_with_its_reason_and_its_advice(code: str) -> None:
    row = next((line for line in GUIDE.splitlines() if line.startswith(f"| `{code}` |")), "")
    row_text = re.sub(r"[`<>\\]|&[lg]t;", "", row).casefold()
    for sentence in (RULES[code].reason, RULES[code].advice):
        assert re.sub(r"[<>]", "", sentence).casefold() in row_text, sentence


def test_the_example_site_follows_the_rules() -> None:
    loaded = load(ROOT / "incidents", now=at("2026-11-22 12:00"), advisor=advisor)
    assert loaded.history
    assert [f"{problem}" for problem in loaded.advice] == []


def test_without_asking_nobody_is_advised(folder: Folder) -> None:
    folder.write("x.md", file_with(RULES["inconvenience"], RULES["inconvenience"].bad[0]))
    assert {problem.severity for problem in folder.load().problems} <= {Severity.WARNING}
