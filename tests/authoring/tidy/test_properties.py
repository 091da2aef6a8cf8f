"""What holds for every body: no word is lost, a second run changes nothing, and a build reads no less than before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.authoring.importers.freeform.reader import read_freeform
from mkdocs_incidents.authoring.tidy.proposals import read_strictly
from tests.authoring.tidy.proposing import CONTEXT, proposed, words

if TYPE_CHECKING:
    from collections.abc import Sequence

TIMES = ["14:30", "14.35", "2:30 PM", "2:45pm", "15:10 UTC", "3 pm", "+5 min", "ten minutes later", "noon", "T+1h"]
TEXTS = [
    "sign-in fails",
    "the team is paged",
    "rolled back",
    "we are sorry for that",
    "it works again",
    "94 % of users",
]
HEADINGS = [
    "## Timeline", "## Timline", "Timeline:", "**Timeline (UTC)**", "## Action items", "Next steps", "## Apology",
    "## Summary", "## What we will do next", "- **Key events**", "### 14:30 — it broke", "Sincerely,", "6 April",
    "- Morning:", "", "```", "---", "<!-- kind: detected -->", "| a | b |", "|---|---|",
]  # fmt: skip
MARKS = ["- ", "* ", "• ", "1. ", "  - ", "    - ", "> ", "", "| ", "- [ ] ", "**", "<li>"]
FORMS = ["{mark}{at} {text}", "{mark}{text}", "{mark}{text} at {at}", "- {text}, owner: Platform, due Dec 18"]
lines = st.one_of(
    st.sampled_from(HEADINGS),
    st.builds(
        lambda form, mark, at, text: form.format(mark=mark, at=at, text=text),
        st.sampled_from(FORMS),
        st.sampled_from(MARKS),
        st.sampled_from(TIMES),
        st.sampled_from(TEXTS),
    ),
)
bodies = st.lists(lines, max_size=14).map("\n".join)


@given(bodies, st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost(body: str, everything: bool) -> None:
    text = proposed(body, everything=everything)
    rewritten = words("timline owner due dec from until") - words("")
    lost = words(body) - words(text.text)
    assert not lost.keys() - rewritten.keys()


@given(bodies, st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_second_run_changes_nothing(body: str, everything: bool) -> None:
    once = proposed(body, everything=everything).text
    assert proposed(once, everything=everything).text == once


@given(bodies)
@example("## Timeline\nNext steps\n### 14:30 — it broke")
@example("## Timeline\n\n- 14:05 Deploy\n\n### Process improvements\n\n- 00:10 after start: seen")
@settings(max_examples=100, deadline=None)
def test_a_build_reads_no_fewer_action_items_than_before(body: str) -> None:
    before = read_strictly(body, CONTEXT).postmortem
    after = read_strictly(proposed(body, everything=False).text, CONTEXT).postmortem
    assert len(after.timeline) >= len(before.timeline) or len(after.action_items) > len(before.action_items)


UNITS: Sequence[str] = (
    "- 14.30 it broke\n", "14:30 - it broke\n", "**14:30** it\n\n", "- a\n  - 14:30 b\n", "## Timline\n- 14.30 x\n",
    "Timeline:\n14.30 x\n", "| x | 14.30 |\n", "```\ncode\n", "We are sorry for that. ", "*", "<!-- ", "[(", "1:", "(",
    "<li>14:30 x</li>\n", "6 April 6 April ", "- add it, owner: Ops, due Dec 18\n", "at 14:30 ", "94 % of ", "{kind: ",
    "@a ", "14:30–", "_",
)  # fmt: skip


@pytest.mark.timed
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(length: int) -> float:
        body = f"## Timeline\n\n{unit * (length // len(unit))}\n\n## Action items\n\n{unit * (length // len(unit))}"
        began = time.process_time()
        proposed(body)
        read_freeform(body, "x.md")
        return time.process_time() - began

    seconds(500)
    # The least of some runs: a machine that does other things, too, makes single ones several times as long.
    short, long = (min(seconds(length) for _ in range(3)) for length in (1_000, 4_000))
    assert long < max(8 * short, 0.4), f"{short:.2f} s, {long:.2f} s"
