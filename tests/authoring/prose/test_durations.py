"""How long something lasted is read with what speaks for and against it."""

from __future__ import annotations

from time import process_time

import pytest

from mkdocs_incidents.authoring.prose.durations import Bound, Subject, duration_of_all, durations_in


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("45 minutes", 45),
        ("387min", 387),
        ("2h 30m", 150),
        ("1h30", 90),
        ("2-hour", 120),
        ("an hour and a half", 90),
        ("1.5 hours", 90),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("two days, three hours and forty-five minutes", 3105),
        ("90 seconds", 2),
        ("20 seconds", 0),
    ],
)
def test_a_length_is_read_however_it_is_written(written: str, minutes: int) -> None:
    (length,) = durations_in(f"It went on for {written} there.")
    assert (length.minutes, length.quote) == (minutes, written)


@pytest.mark.parametrize("text", ["At 0400hrs it broke.", "It is v1.5 hours.", "It took long.", "Ten of them."])
def test_other_numbers_are_no_lengths(text: str) -> None:
    assert durations_in(text) == []


@pytest.mark.parametrize(
    ("sentence", "label", "subject"),
    [
        ("45 minutes", "Duration", Subject.LABELLED),
        ("Cards were down for about 45 minutes.", "", Subject.AFFECTED),
        ("It broke for 45 minutes.", "", Subject.NEAR),
        ("We had a 45-minute partial outage.", "", Subject.NEAR),
        ("The restart takes 45 minutes.", "", Subject.UNKNOWN),
    ],
)
def test_the_context_of_a_duration_decides_what_lasted_so_long(sentence: str, label: str, subject: Subject) -> None:
    assert [length.subject for length in durations_in(sentence, label)] == [subject]


@pytest.mark.parametrize(
    ("phrase", "bound", "shortest", "longest"),
    [
        ("60 minutes", Bound.NONE, 57, 63),
        ("an hour", Bound.NONE, 45, 75),
        ("about 80 minutes", Bound.ABOUT, 60, 100),
        ("more than 60 minutes", Bound.MORE, 57, 600),
        ("less than 60 minutes", Bound.LESS, 0, 63),
    ],
)
def test_a_wording_leaves_a_length_open(phrase: str, bound: Bound, shortest: int, longest: int) -> None:
    length = duration_of_all(f"The outage lasted {phrase}.")
    assert length
    assert length.bound is bound
    assert (length.shortest.total_seconds(), length.longest.total_seconds()) == (shortest * 60, longest * 60)


@pytest.mark.parametrize("text", ["It recovered within 5 minutes.", "For at most 5 minutes.", "It took 4-5 days."])
def test_a_limit_or_a_span_is_no_length_of_something(text: str) -> None:
    assert [length.limit for length in durations_in(text)] == [True]


@pytest.mark.timed
@pytest.mark.parametrize("text", ["5 minutes and ", "for 5 h ", "a ", "half ", "the outage lasted ", "  "])
def test_no_sentence_takes_long(text: str) -> None:
    begin = process_time()
    durations_in("hours" + text * (8000 // len(text)))
    assert process_time() - begin < 2
