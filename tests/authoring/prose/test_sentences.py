"""Text is cut into sentences, the same ones for every reader."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.prose.sentences import sentence_around, sentences_in

CUT = [
    ("It broke. Then we fixed it.", ["It broke.", "Then we fixed it."]),
    ("It broke! then it worked? yes.", ["It broke!", "then it worked?", "yes."]),
    ("At 3 p.m. PST it broke. We slept.", ["At 3 p.m. PST it broke.", "We slept."]),
    ("It was over at 3 p.m. The team slept.", ["It was over at 3 p.m.", "The team slept."]),
    ("Some calls, e.g. Those of No. 5, failed.", ["Some calls, e.g. Those of No. 5, failed."]),
    ("No. We did not.", ["No.", "We did not."]),
    ("It took approx. 5 min. of work. It took 5 min. We slept.", [
        "It took approx. 5 min. of work.", "It took 5 min.", "We slept.",
    ]),
    ("J. Smith of the U.S. East team left.", ["J. Smith of the U.S. East team left."]),
    ("Plan B. We waited.", ["Plan B.", "We waited."]),
    ("It was 2.5 % of all. See https://example.com/a.B and v1.2.", [
        "It was 2.5 % of all.", "See https://example.com/a.B and v1.2.",
    ]),
    ("It was fixed.We slept.", ["It was fixed.", "We slept."]),
    ("Ask https://example.com.Then or a@example.Com now.", ["Ask https://example.com.Then or a@example.Com now."]),
    ('They said: "It broke." (It did.) **Then.** We slept.', [
        'They said: "It broke."', "(It did.)", "**Then.**", "We slept.",
    ]),
    ('"What?" he asked.', ['"What?" he asked.']),
    ("We waited... and waited... Then it worked.", ["We waited... and waited...", "Then it worked."]),
    ("A line\ngoes on.", ["A line\ngoes on."]),
    ("One\n\nTwo\n \nThree", ["One", "Two", "Three"]),
    ("- One\n- 1. Two\n  more\n2. Three. Four", ["- One", "- 1. Two\n  more", "2. Three.", "Four"]),
    ("# Head\nText\n# Next", ["# Head\nText", "# Next"]),
    ("| a | b. C |\n|---|---|\n| d | e |\nText", ["| a | b.", "C |", "|---|---|", "| d | e |", "Text"]),
    ("Duration: 2h\n**Start:** 10:00", ["Duration: 2h", "**Start:** 10:00"]),
    ("障害です。直しました！「はい。」以上", ["障害です。", "直しました！", "「はい。」", "以上"]),
    (" \n", []),
]  # fmt: skip
PIECES = [
    "A",
    "We ",
    "b",
    "1",
    "12",
    ".",
    "!",
    "?",
    "...",
    "。",
    "」",
    " ",
    "\n",
    "\n\n",
    "|",
    "- ",
    "# ",
    "e.g",
    "p.m",
    "no",
]
PIECES += ["Dr", "J", "min", ":", '"', ")", "*", "@", "://", "The", "x.Aa ", "Label:", "\t", "\u2028", "é"]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in sentences_in(text)] == expected


@given(TEXTS)
def test_the_sentences_in_their_order_are_the_text(text: str) -> None:
    end = 0
    for start, sentence in sentences_in(text):
        assert sentence
        assert sentence == sentence.strip()
        assert not text[end:start].strip()
        assert text[start : start + len(sentence)] == sentence
        end = start + len(sentence)
    assert not text[end:].strip()


@given(TEXTS)
def test_a_sentence_that_is_cut_again_stays_as_it_is(text: str) -> None:
    for _, sentence in sentences_in(text):
        assert [*sentences_in(sentence)] == [(0, sentence)]


@given(TEXTS)
def test_every_sign_stands_in_one_sentence(text: str) -> None:
    for start, sentence in sentences_in(text):
        assert sentence_around(text, start) == sentence_around(text, start + len(sentence) - 1) == (start, sentence)


@pytest.mark.timed
@pytest.mark.parametrize(
    "sign", [".", "!", "a.", "A.", '."', "\n", " ", "\t\n", ". ", "e.g. ", "|\n", "1. ", "a.B ", "://a.Bc\t", "。"]
)
def test_no_text_takes_long(sign: str) -> None:
    begin = process_time()
    for _ in sentences_in(sign * 20_000):
        pass
    for _ in sentences_in(f"a{sign * 20_000}B"):
        pass
    assert process_time() - begin < 1
