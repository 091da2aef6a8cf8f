"""Characters that nobody sees are reported where they do harm, once, and stay where a language needs them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.folders import CATALOG, INCIDENT, Folder

UPDATES = """\
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail.
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again.
"""
FILE = INCIDENT.removesuffix("---\n") + UPDATES + "---\n\n## Lessons\n\n- We test more.\n"


@pytest.mark.parametrize(
    ("good", "typed", "place", "message"),
    [
        ("status: resolved", "status: resolved\u200b", (11, 21), "an invisible character (zero-width space, U+200B)"),
        ("status: resolved", "sta\u2060tus: resolved", (11, 8), "an invisible character (word joiner, U+2060)"),
        ("status: resolved", "status:\u00a0resolved", (11, 12), "a no-break space (U+00A0) stands here"),
        ("status: resolved", "status\u00a0: resolved", (11, 11), "a no-break space (U+00A0) stands here"),
        ("    status: resolved", "\u00a0\u00a0\u00a0\u00a0status: resolved", (11, 1), "a no-break space (U+00A0)"),
        ("  - at: 2026-04-06 15", "  -\u00a0at: 2026-04-06 15", (10, 4), "a no-break space (U+00A0) stands here"),
        ("  - at: 2026-04-06 15", "\u3000- at: 2026-04-06 15", (10, 1), "an ideographic space (U+3000) stands here"),
        ("  - at: 2026-04-06 15", "  -\u202fat: 2026-04-06 15", (10, 4), "a narrow no-break space (U+202F)"),
        ("at: 2026-04-06 15:15", "at: 2026-04-06\u200715:15", (10, 19), "a figure space (U+2007) stands here"),
        ("card-payments: major", "card\u00ad-payments: major", (5, 18), "an invisible character (soft hyphen, U+00AD)"),
        ("title: Card", "title:\u00a0Card", (2, 7), "a no-break space (U+00A0) stands here"),
        ("title: Card", "title: Card\u200b", (2, 12), "an invisible character (zero-width space, U+200B)"),
        ("---\ntitle", "\u200b---\ntitle", (1, 1), "an invisible character (zero-width space, U+200B)"),
        ("---\ntitle", "\ufeff\ufeff---\ntitle", (1, 1), "an invisible character (zero-width no-break space"),
        ("again.\n---\n", "again.\n---\u00a0\n", (13, 4), "a no-break space (U+00A0) stands here"),
        ("- We test", "-\u00a0We test", (17, 2), "a no-break space (U+00A0) stands here"),
        ("We test", "We\u200b test", (17, 5), "an invisible character (zero-width space, U+200B)"),
        ("We test", "We \u200etest", (17, 6), "an invisible character (left-to-right mark, U+200E)"),
    ],
)
def test_an_invisible_character_is_the_one_problem(
    good: str, typed: str, place: tuple[int, int], message: str, folder: Folder
) -> None:
    assert good in FILE
    problem = folder.problem("x.md", FILE.replace(good, typed, 1))
    assert (problem.line, problem.column, problem.code) == (*place, "control-character")
    assert problem.message.startswith(message)
    assert problem.hint.startswith("write an ordinary space" if "space (" in message else "delete it")


@pytest.mark.parametrize(
    "text",
    [
        "Problème\u00a0!",
        "«\u202fTout va bien\u202f»",
        "Auf Wie\u00adder\u00adsehen",
        "Engineers \U0001f469\u200d\U0001f4bb work on it",
        "Thanks \u2764\ufe0f",
        "پرداخت‌ها می\u200cشوند",  # noqa: RUF001
        "תשלומים \u200f(API)\u200f נכשלו",
        "الدفع \u200eAPI\u200e متوقف",
        "ระบบ\u200bชำระเงิน",
        "ការ\u200bទូទាត់",
        "支払い\u200bシステム",
        "支払い\u3000復旧しました",
    ],
)
def test_languages_and_emoji_keep_what_they_need(text: str, folder: Folder) -> None:
    typed = (
        FILE.replace("Card payments failed", text).replace("Card payments fail.", text).replace("We test more.", text)
    )
    assert not folder.problems("x.md", f"{typed}\n{text}\n")
    assert folder.notice(typed).title == text
    folder.write("components.yml", CATALOG.replace("name: Transfers", f"name: '{text}', description: '{text}'"))
    assert not folder.load().problems


def test_a_comment_may_hold_anything(folder: Folder) -> None:
    assert not folder.problems("x.md", FILE.replace("updates:", "updates: # ab\u200bc\u00a0d"))


def test_a_character_written_as_an_escape_is_shown(folder: Folder) -> None:
    problem = folder.problem("x.md", FILE.replace("status: resolved", 'status: "resolved\\u200b"'))
    assert problem.message.startswith("'resolved<U+200B>' is not a status")


@pytest.mark.parametrize("name", ["components.yml", "x.md"])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_one_character_is_at_most_one_error_and_obeying_it_mends_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    text = {"components.yml": CATALOG, "x.md": FILE}[name]
    index = data.draw(st.integers(0, len(text)))
    char = data.draw(st.sampled_from("\u00a0\u2007\u202f\u3000\u200b\u200e\u2060\u00ad\ufeff"))
    is_space = char in "\u00a0\u2007\u202f\u3000"
    replaced = is_space and text[index : index + 1] == " "
    folder = Folder(tmp_path_factory.mktemp("invisible") / "incidents")
    folder.write("x.md", FILE)
    folder.write(name, text[:index] + char + text[index + replaced :])
    errors = folder.load().errors
    if not is_space or replaced:
        assert len(errors) <= 1, errors
        assert {error.code for error in errors} <= {"control-character"}


def test_many_of_them_are_reported_in_bounded_time(folder: Folder) -> None:
    began = time.process_time()
    listed = "".join(f"  - tag\u200b{number}\n" for number in range(20_000))
    problems = folder.problems("x.md", INCIDENT.removesuffix("---\n") + f"causes:\n{listed}---\n")
    assert {problem.code for problem in problems} == {"control-character", "more-problems"}
    assert time.process_time() - began < 10
