"""`incidents announce` publishes what affects no component; `resolve` takes it from the top of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.writing import Desk

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "We never ask for your password by e-mail."
MAILS = "2026-11-28-mails-that-look-like-ours"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch, "2026-11-28 10:00")


def announce(desk: Desk, *options: str) -> str:
    return desk.done("announce", "Mails that look like ours", "-m", WORDS, *options)


def test_an_announcement_affects_no_component(desk: Desk) -> None:
    output = announce(desk)
    assert "Announced: Saturday 28 November 2026, 10:00 WAT (now)\n" in output
    assert "top of the page" not in output
    assert desk.files() == {
        MAILS: f"""\
---
title: Mails that look like ours
started: 2026-11-28 10:00
impact: none
updates:
  - at: 2026-11-28 10:00
    status: resolved
    message: {WORDS}
    id: update-20261128-0900
---
"""
    }


def test_with_an_end_it_stays_at_the_top_until_then(desk: Desk) -> None:
    output = announce(desk, "--until", "14d")
    assert "At the top of the page: until Saturday 12 December 2026, 10:00 WAT (in 14 days)\n" in output
    facts = "started: 2026-11-28 10:00\nresolved: 2026-12-12 10:00\nimpact: none\npinned: true\nupdates:\n"
    assert facts in desk.files()[MAILS]
    assert "status: identified\n" in desk.files()[MAILS]


def test_it_is_taken_down_earlier_than_planned(desk: Desk) -> None:
    announce(desk, "--until", "14d")
    desk.at("2026-11-30 12:00")
    desk.done("resolve", "mails", "-m", "We have seen none of these for a day.")
    assert "started: 2026-11-28 10:00\nresolved: 2026-11-30 12:00\nimpact: none\n" in desk.files()[MAILS]
    assert "is not at the top any more since 2026-11-30 12:00 WAT" in desk.refused("resolve", "mails", "-m", "x")


def test_a_pinned_one_stays_at_the_top_until_it_is_taken_down(desk: Desk) -> None:
    assert f"to take it down, type: incidents resolve {MAILS}" in announce(desk, "--pinned")
    assert "resolved:" not in desk.files()[MAILS]
    desk.at("2026-11-29 09:00")
    desk.done("update", "mails", "-m", "Both copies of our page are gone.")
    assert "resolved:" not in desk.files()[MAILS]
    desk.at("2026-11-30 12:00")
    desk.done("resolve", "mails", "-m", "We have seen none of these for a day.")
    assert "started: 2026-11-28 10:00\nresolved: 2026-11-30 12:00\nimpact: none\npinned: true\n" in desk.files()[MAILS]


def test_one_that_is_not_at_the_top_gets_updates_but_no_end(desk: Desk) -> None:
    announce(desk)
    desk.at("2026-11-29 09:00")
    desk.done("update", "mails", "-m", "Both copies of our page are gone.")
    assert "there is nothing to end; to add to it" in desk.refused("resolve", "mails", "-m", "x")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Title", "-m", ""], "the message is empty"),
        (["Title"], "the words are missing"),
        (["", "-m", WORDS], "what is it about?"),
        (["Title", "-m", WORDS, "--until", "2026-11-27 10:00"], "is not after 10:00"),
        (["Title", "-m", WORDS, "--until", ""], "no time is given"),
        (["Mails that look like ours", "-m", WORDS], f"--id {MAILS}-2 for another notice"),
    ],
)
def test_what_cannot_be_announced_is_refused_in_a_sentence(desk: Desk, arguments: list[str], sentence: str) -> None:
    announce(desk)
    assert sentence in desk.refused("announce", *arguments)


def test_a_title_without_letters_makes_an_id(desk: Desk) -> None:
    desk.done("announce", "!!!", "-m", WORDS)
    assert list(desk.files()) == ["2026-11-28-announcement"]
