"""A site switches rules off and adds its own; mistakes in `editorial.yml` are reported as in any other file."""

from __future__ import annotations

import re
import time

import pytest

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.content.format.values import read_pattern
from mkdocs_incidents.content.loader import Loaded, load
from mkdocs_incidents.content.problems import WrongValueError
from tests.content.folders import Folder, shown
from tests.makers import at

GLITCH = """\
---
title: Cards
started: 2026-04-06 14:30
impact: major
updates:
  - {at: 2026-04-06 14:36, status: resolved, message: A glitch hit our merchants.}
---
"""
OWN = (
    "rules:\n  - {code: merchants, pattern: '\\bmerchants?\\b', reason: They call themselves shops., "
    "advice: write shops}\n"
)


def loaded(folder: Folder, editorial: str) -> Loaded:
    folder.write("x.md", GLITCH)
    folder.write("editorial.yml", editorial)
    return load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)


def test_a_rule_that_is_switched_off_is_silent(folder: Folder) -> None:
    assert [problem.code for problem in loaded(folder, "language: en-GB\n").advice] == ["belittling"]
    assert not loaded(folder, "off: [belittling]\n").advice


def test_a_rule_of_ones_own_speaks_as_the_others_do(folder: Folder) -> None:
    own = next(problem for problem in loaded(folder, OWN).advice if problem.code == "merchants")
    assert shown(own) == "6:72 advice merchants: 'merchants': They call themselves shops\n    write shops\n"


def test_in_another_language_only_the_sites_own_rules_are_applied_and_that_is_reported(folder: Folder) -> None:
    problems = loaded(folder, f"language: fr\n{OWN}").advice
    assert [problem.code for problem in problems] == ["editorial-language", "merchants"]
    assert (problems[0].path, problems[0].line, problems[0].column) == ("incidents/editorial.yml", 1, 11)


def test_the_build_takes_no_notice_of_the_file(folder: Folder) -> None:
    folder.write("editorial.yml", "off: [nonsense]\n")
    assert not folder.load().problems
    assert not folder.load().assets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1 error editorial-not-keys"),
        ("- soon\n", "1:1 error editorial-not-keys"),
        ("of: [soon]\n", "1:1 error unknown-key: 'of' is not a key of editorial.yml\n    write off"),
        ("off: soon\n", "1:6 error wrong-shape: 'off' cannot be a text\n    write off: [soon]"),
        (
            "off:\n  - sooon\n",
            "2:5 error unknown-editorial-rule: there is no rule 'sooon' to switch off\n    write soon",
        ),
        ("rules:\n  - {code: a, pattern: b, reason: c}\n", "2:5 error missing-key: a rule has no advice"),
        (
            "rules:\n  - {code: soon, pattern: b, reason: c, advice: d}\n",
            "2:12 error duplicate-editorial-rule: a rule 'soon' comes with the package\n    write another code",
        ),
        ("rules:\n  - {code: a, pattern: '(', reason: c, advice: d}\n", "2:24 error bad-pattern: '(' is not a regular"),
        ("rules:\n  - {code: a, pattern: '(a+)+b', reason: c, advice: d}\n", "2:24 error bad-pattern: '(a+)+' repeats"),
        (
            "rules:\n  - {code: a, pattern: 'x*', reason: c, advice: d}\n",
            "2:24 error bad-pattern: 'x*' fits even where",
        ),
    ],
)
def test_a_mistake_is_reported_with_place_and_hint_and_the_other_rules_hold(
    folder: Folder, text: str, expected: str
) -> None:
    found = loaded(folder, text)
    (error,) = found.errors
    assert shown(error).startswith(expected)
    assert error.path == "incidents/editorial.yml"
    assert [problem.code for problem in found.advice] == ["belittling"]


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|aa)+", "(?:a*)*b", "([a-z]+)*!", "(a|b|ab)*c", "((a)+)+", "(a{1,}){2,}", r"\w+\w+\w+\w+", "a" * 301],
)
def test_a_pattern_that_may_run_for_hours_is_refused(pattern: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        read_pattern(pattern)
    assert refused.value.code == "bad-pattern"
    assert refused.value.hint


@pytest.mark.parametrize(
    "pattern",
    [r"\bmerchants?\b", r"(?:a|b) c", "[+*(]x", r"\(a+\)+", r"foo (?:\w+ )?bar", r"a.{0,20}b", r"x{2}", "(a)+"],
)
def test_an_ordinary_pattern_is_read(pattern: str) -> None:
    assert read_pattern(pattern) == re.compile(pattern, re.IGNORECASE)


@pytest.mark.timed
def test_the_slowest_pattern_that_is_read_is_quick_enough() -> None:
    slow, began = read_pattern(r"\w*\w*\w*!"), time.process_time()
    assert not slow.search("a" * 100)
    assert time.process_time() - began < 1
