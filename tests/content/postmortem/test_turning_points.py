"""An entry is a turning point where its author says so, by a mark or by a label, and never else."""

from __future__ import annotations

import pytest

from mkdocs_incidents.model import TurningPoint
from tests.content.postmortem.bodies import timeline


@pytest.mark.parametrize(
    "mark",
    [
        "{kind: detected}",
        "{kind:detected}",
        "{kind=detected}",
        '{kind="detected"}',
        "{ kind: 'detected' }",
        "{: kind=detected }",
        "{Kind: Detected}",
        "<!-- kind: detected -->",
        "<!--kind=detected-->",
        '<!-- kind: "detected" -->',
    ],
)
@pytest.mark.parametrize("before", ["- 14:30 — it broke ", "- 14:30 — it broke", "- 14:30 — it\n  broke\n  "])
def test_a_mark_ends_the_first_paragraph(before: str, mark: str) -> None:
    reading = timeline(f"{before}{mark}\n\n    More.\n")
    entry = reading.entries[0]
    assert entry.kind is TurningPoint.DETECTED
    assert " ".join(entry.text.split()) == "it broke More."
    assert "kind" not in reading.marked
    assert "kind" not in reading.sections[0].markdown


@pytest.mark.parametrize("kind", list(TurningPoint))
def test_every_kind_can_be_marked(kind: TurningPoint) -> None:
    assert timeline(f"- 14:30 — x {{kind: {kind}}}").entries[0].kind is kind
    assert timeline(f"- 14:30 — x {{kind: {kind.replace('_', ' ')}}}").entries[0].kind is kind


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("It broke {kind: cause}.", "It broke."),
        ("It broke. {kind: cause}", "It broke."),
        ("It broke. {kind: cause}.", "It broke."),
        ("It broke! {kind: cause}.", "It broke!"),
        ("壊れた{kind: cause}。", "壊れた。"),
    ],
)
def test_a_full_stop_behind_a_mark_moves_before_it(written: str, text: str) -> None:
    reading = timeline(f"- 14:30 — {written}")
    assert (reading.entries[0].text, reading.entries[0].kind) == (text, TurningPoint.CAUSE)


@pytest.mark.parametrize(
    "text",
    [
        "it {kind: detected} broke",
        "it broke `{kind: detected}`",
        "{kind: detected} it broke",
        "it broke {kind detected}",
        "it broke {kind: detected",
        "it broke kind: detected",
        "it broke {.kind}",
        "it broke\n\n    More. {kind: detected}",
        "it broke\n    - more {kind: detected}",
        "it broke\n  ```\n  {kind: detected}\n  ```",
        "Detected it",
        "We detected: it broke",
        "detected by 3:00",
        "It was detected.",
        "The fix: detected",
        "Undetected: x",
    ],
)
def test_nothing_else_is_a_turning_point(text: str) -> None:
    reading = timeline(f"- 14:30 — {text}")
    assert reading.entries[0].kind is None
    assert not reading.codes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("**Detected:** by the pager", TurningPoint.DETECTED),
        ("**Detected**: by the pager", TurningPoint.DETECTED),
        ("*Detected* — by the pager", TurningPoint.DETECTED),
        ("Detected: by the pager", TurningPoint.DETECTED),
        ("DETECTED - by the pager", TurningPoint.DETECTED),
        ("Detected – by the pager", TurningPoint.DETECTED),
        ("Root cause found: a full disk", TurningPoint.IDENTIFIED),
        ("Erkannt: durch den Alarm", TurningPoint.DETECTED),
        ("Resolved: all works", TurningPoint.RESOLVED),
    ],
)
def test_a_label_states_a_turning_point(text: str, kind: TurningPoint) -> None:
    assert timeline(f"- 14:30 — {text}").entries[0].kind is kind
    assert timeline(f"| Time | What |\n|---|---|\n| 14:30 | {text} |").entries[0].kind is kind
    assert timeline(f"### 14:30 — {text}").entries[0].kind is kind


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("- 14:30 — Detected: x", "Detected: <!-- incidents:label -->x"),
        ("- 14:30 — **Detected:** x", "**Detected:** <!-- incidents:label -->x"),
        ("- **14:30 — Detected: x**", "Detected: <!-- incidents:label -->x**"),
        ("- 14:30 — Detected:\n  x", "Detected:<!-- incidents:label -->\n    x"),
    ],
)
def test_a_label_is_marked_for_the_host(line: str, marked: str) -> None:
    assert marked in timeline(line).marked


@pytest.mark.parametrize(
    "line", ["- 14:30 — Detected: x {kind: cause}", "- 14:30 — Checked: x", "### 14:30 — Detected: x"]
)
def test_what_is_no_label_of_a_list_item_is_not_marked(line: str) -> None:
    assert "incidents:label" not in timeline(line).marked


def test_the_header_of_a_column_is_no_label() -> None:
    reading = timeline("| Time | Cause | Detection |\n|---|---|---|\n| 14:30 | disk | pager |")
    assert [entry.kind for entry in reading.entries] == [None]


def test_a_mark_beats_a_label() -> None:
    assert timeline("- 14:30 — Detected: x {kind: none}").entries[0].kind is None
    assert timeline("- 14:30 — Detected: x {kind: cause}").entries[0].kind is TurningPoint.CAUSE


def test_an_unknown_kind_draws_a_warning_that_names_it() -> None:
    reading = timeline("- 14:30 — x {kind: fixed}")
    assert reading.codes == ["timeline-kind"]
    assert "'fixed'" in reading.problems[0].message
    assert "none" in reading.problems[0].hint
    assert reading.problems[0].line == 6
    assert reading.entries[0].kind is None


@pytest.mark.parametrize("cell", ["detected", "Detected", "`detected`", "**detected**"])
def test_a_column_kind_is_a_mark(cell: str) -> None:
    reading = timeline(f"| Time | What | Kind |\n|---|---|---|\n| 14:30 | x | {cell} |\n| 14:31 | Resolved: y | — |")
    assert [(entry.text, entry.kind) for entry in reading.entries] == [
        ("x", TurningPoint.DETECTED),
        ("Resolved: y", TurningPoint.RESOLVED),
    ]
    assert not reading.codes


@pytest.mark.parametrize("end", [" |", " | |", ""])
def test_a_mark_in_a_row_is_removed_where_it_stands(end: str) -> None:
    reading = timeline(f"| Time | What | Where |\n|---|---|---|\n| 14:30 | x {{kind: detected}}{end}")
    assert reading.entries[0].kind is TurningPoint.DETECTED
    assert "kind" not in reading.entries[0].text + reading.marked


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**14:30 — It broke {kind: detected}**", "**It broke**"),
        ("**14:30 — It broke {kind: detected}.**", "**It broke.**"),
        ("**14:30 — It broke {kind: detected}**.", "**It broke**."),
        ("**14:30 — It broke. {kind: detected}.**", "**It broke.**"),
        ("14:30 — It *broke <!-- kind: detected -->*", "It *broke*"),
        ("14:30 — It\n  __broke {kind: detected}__", "It\n__broke__"),
    ],
)
def test_emphasis_may_close_behind_a_mark(line: str, text: str) -> None:
    reading = timeline(f"- {line}\n")
    assert [(entry.text, entry.kind) for entry in reading.entries] == [(text, TurningPoint.DETECTED)]
    assert "kind" not in reading.marked + reading.sections[0].markdown


@pytest.mark.parametrize(
    ("header", "cell", "kind"),
    [
        ("種別", "検知", TurningPoint.DETECTED),
        ("Art", "**Erkannt**", TurningPoint.DETECTED),
        ("Kind", "Root cause found", TurningPoint.IDENTIFIED),
        ("Kind", "impact begins", TurningPoint.IMPACT_BEGINS),
        ("Kind", "none", None),
        ("Kind", "mitigated", TurningPoint.MITIGATED),
        ("Kind", "{kind: mitigated}", TurningPoint.MITIGATED),
        ("Kind", "`{kind: mitigated}`", TurningPoint.MITIGATED),
        ("Kind", "<!-- kind: mitigated -->", TurningPoint.MITIGATED),
        ("Kind", "{mitigated}", TurningPoint.MITIGATED),
        ("Kind", "{kind: none}", None),
    ],
)
def test_a_column_kind_may_hold_a_label(header: str, cell: str, kind: TurningPoint | None) -> None:
    reading = timeline(f"| Time | What | {header} |\n|---|---|---|\n| 14:30 | x | {cell} |")
    assert [entry.kind for entry in reading.entries] == [kind]
    assert not reading.codes


def test_other_text_in_a_column_kind_draws_a_warning() -> None:
    assert timeline("| Time | What | 種別 |\n|---|---|---|\n| 14:30 | x | 検知せず |").codes == ["timeline-kind"]
    assert timeline("| Time | What | Kind |\n|---|---|---|\n| 14:30 | x | {kind: oops} |").codes == ["timeline-kind"]


def test_a_mark_in_a_row_stands_in_its_last_cell() -> None:
    table = "| Time | What | Where |\n|---|---|---|\n"
    assert timeline(f"{table}| 14:30 | x | Lagos {{kind: detected}} |").entries[0].kind is TurningPoint.DETECTED
    assert timeline(f"{table}| 14:30 | x {{kind: detected}} | Lagos |").entries[0].kind is None


def test_a_heading_can_carry_a_mark() -> None:
    reading = timeline("### 14:30 — It broke {kind: cause}\n\nThe disk was full.")
    assert (reading.entries[0].text, reading.entries[0].kind) == ("It broke\n\nThe disk was full.", TurningPoint.CAUSE)
    assert reading.sections[1].heading == "14:30 — It broke"
