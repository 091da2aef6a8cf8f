"""What is judged, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.authoring.advice.checks import readability
from mkdocs_incidents.authoring.advice.passages import prose_of
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.source import MOST_LISTED
from tests.content.folders import Folder, place
from tests.makers import at

FACTS = """\
---
title: Cards
started: 2026-04-06 14:30
impact: major
updates:
  - at: 2026-04-06 14:36
    status: resolved
"""


def advice(folder: Folder, text: str) -> list[tuple[int, int, str]]:
    folder.write("x.md", text)
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert not loaded.errors, loaded.errors
    return [place(problem) for problem in loaded.advice]


@pytest.mark.parametrize(
    ("message", "line", "column"),
    [
        ("Sorry for nothing. Shared glitch.", 8, 40),
        ("'It''s a glitch.'", 8, 23),
        (r'"It\u2019s a \"real\" glitch."', 8, 36),
        (">-  # a remark\n      It is\n      no   glitch.", 10, 12),
        ("|\n      It is.\n\n      A glitch.", 11, 9),
        ("|\n      <!-- internal -->a glitch, on us<!-- /internal -->\n      Another glitch.", 10, 15),
    ],
)
def test_words_are_found_where_they_stand_however_they_are_quoted(
    folder: Folder, message: str, line: int, column: int
) -> None:
    assert advice(folder, f"{FACTS}    message: {message}\n---\n") == [(line, column, "belittling")]


def test_words_of_the_body_are_found_where_they_stand(folder: Folder) -> None:
    body = "## Impact\n\nIt was a **small\n\tglitch**.\n\n<!-- internal -->\nglitch\n<!-- /internal -->\n\n- a blip\n"
    reported = advice(folder, f"{FACTS}    message: Cards work again for everyone.\n---\n{body}")
    assert reported == [(13, 2, "belittling"), (19, 5, "belittling")]


@pytest.mark.parametrize(
    "text",
    [
        "The word `glitch` is code.",
        "```\nglitch\n```",
        'They called it "a glitch".',
        "> A glitch, they said.",
        "See <https://example.com/glitch>.",
        "See [this](https://example.com/a-glitch-).",
        "<!-- a glitch -->",
    ],
)
def test_code_quotations_and_addresses_are_not_judged(folder: Folder, text: str) -> None:
    assert not advice(folder, f"{FACTS}    message: Cards work again for everyone.\n---\n## Impact\n\n{text}\n")


def test_a_timeline_and_the_words_of_engineers_to_each_other_are_left_alone(folder: Folder) -> None:
    body = "## Timeline\n\n- 14:30 — Mitigated: a glitch in db-prod-03\n\n## Root cause\n\nIt answered with HTTP 503.\n"
    assert not advice(folder, f"{FACTS}    message: Cards work again for everyone.\n---\n{body}")


def test_the_advice_on_one_file_is_limited(folder: Folder) -> None:
    reported = advice(folder, f"{FACTS}    message: Cards work.\n---\n## Impact\n\n{'A blip. ' * 300}\n")
    assert len(reported) == MOST_LISTED + 1
    assert reported[-1][2] == "more-problems"


@given(st.text(alphabet='ab `*_[]()<>"\n-#|.!\\x', max_size=60))
@example('`a`"b"`')
def test_every_character_knows_where_it_came_from(text: str) -> None:
    prose = prose_of(text)
    assert len(prose.origins) == len(prose.text) + 1
    assert list(prose.origins) == sorted(prose.origins)
    for sign, origin in zip(prose.text, prose.origins, strict=False):
        assert sign in " \n¤" or text[origin] == sign


def test_reading_is_measured_as_lix_has_it() -> None:
    measured = readability(["Nobody could sign in.", "Two-factor codes arrived immediately."])
    assert (measured.sentences, measured.words, measured.long_words) == (2, 8, 2)
    assert str(measured) == "LIX 29: 4 words a sentence, 25 % of them longer than 6 letters"
