"""Runs that a text shares with a hidden one are found wherever they begin, but for those that public texts have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.publish.verification.runs import _COINCIDENCE, SharedRuns

LENGTH = 40
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=0, max_size=60)


def runs(text: str, length: int) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}


@given(hidden=LETTERS, before=LETTERS, after=LETTERS, begin=st.integers(0, 60), end=st.integers(0, 60))
def test_a_run_is_found_wherever_it_begins(hidden: str, before: str, after: str, begin: int, end: int) -> None:
    text = before + hidden[begin:end] + after
    found = SharedRuns([hidden], LENGTH, lambda each: {each}, tuple).found_in(text)
    assert bool(found) == bool(runs(hidden, LENGTH) & runs(text, LENGTH))


@given(hidden=LETTERS, before=LETTERS, begin=st.integers(0, 60), end=st.integers(0, 60))
def test_what_a_public_text_has_is_no_run(hidden: str, before: str, begin: int, end: int) -> None:
    public = before + hidden[begin:end]
    found = SharedRuns([hidden], LENGTH, lambda each: {each}, lambda: [public]).found_in(hidden)
    parts = runs(public, LENGTH - _COINCIDENCE)
    secret = {run for run in runs(hidden, LENGTH) if not runs(run, LENGTH - _COINCIDENCE) & parts}
    assert bool(found) == bool(secret)
    assert set(found.values()) <= secret
