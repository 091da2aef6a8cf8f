"""A heading of a known name announces a section, in every language; nothing that the author wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.markdown_lines import read_lines
from mkdocs_incidents.content.postmortem.sections import kind_of, split_lines
from mkdocs_incidents.model import SectionKind
from tests.content.postmortem.bodies import body_of, read


def kinds(text: str) -> list[SectionKind]:
    return [section.kind for section in read(text).sections if section.heading]


@pytest.mark.parametrize(
    "heading",
    [
        "# Timeline",
        "## Timeline",
        "###### Timeline",
        "## Timeline ##",
        "##Timeline",
        "## TIMELINE",
        "## Timeline:",
        "## **Timeline**",
        "## 3. Timeline",
        "## 3 Timeline",
        "## 1.2 Timeline",
        "## iv) Timeline",
        "## Timeline (UTC)",
        "## Timeline [draft]",
        "## Timeline {#timeline}",
        "## [Timeline](#x)",
        "## 🕒 Timeline",
        "**Timeline**",
        "__Timeline__",
        "**Timeline:**",
        "**Timeline**:",
        "**Timeline**  ",
        "Timeline\n--------",
        "Timeline\n========",
        "## Incident timeline",
        "## Chronologie",
        "## Verlauf",
        "## \uff34imeline",
        "## Zeitlicher Verlauf",
    ],
)
def test_a_heading_of_that_name_is_a_timeline(heading: str) -> None:
    assert kinds(f"Text.\n\n{heading}\n\n- 14:30 — it broke\n") == [SectionKind.TIMELINE]


@pytest.mark.parametrize(
    "heading",
    [
        "## Our timeline",
        "## Timeline of a bad day",
        "## Timelines of others",
        "## Timelin",
        "## Time",
        "#timeliness",
        "**Timeline of a bad day**",
        "*Timeline*",
        "Timeline",
        "- **Timeline**",
        "> ## Timeline",
        "    ## Timeline",
        "```\n## Timeline\n```",
        "<!--\n## Timeline\n-->",
        "Text\n**Timeline**",
        "**Timeline** is below",
        "####### Timeline",
    ],
)
def test_other_lines_are_no_timeline(heading: str) -> None:
    reading = read(f"{heading}\n\n- 14:30 — it broke\n")
    assert SectionKind.TIMELINE not in [section.kind for section in reading.sections]
    assert not reading.entries


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Issue Summary", SectionKind.SUMMARY),
        ("Corrective and preventative measures", SectionKind.ACTION_ITEMS),
        ("Corrective & preventative measures", SectionKind.ACTION_ITEMS),
        ("Root-cause", SectionKind.ROOT_CAUSE),
        ("What we’ll do", SectionKind.OTHER),
        ("Apology", SectionKind.APOLOGY),
        ("Maßnahmen", SectionKind.ACTION_ITEMS),
        ("MASSNAHMEN", SectionKind.ACTION_ITEMS),
        ("Résumé", SectionKind.SUMMARY),
        ("", SectionKind.OTHER),
    ],
)
def test_names_are_those_of_the_tables(name: str, kind: SectionKind) -> None:
    assert kind_of(name) is kind


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    reading = read("## Timeline\n\n- 14:30 a\n\n### Night\n\n- 14:31 b\n\n## Notes\n\n- 14:32 c\n")
    assert [entry.text for entry in reading.entries] == ["a", "b"]


def test_a_bold_name_ends_at_the_next_bold_name_or_heading() -> None:
    for after in ("**Impact**", "### Notes", "Notes\n-----"):
        reading = read(f"**Timeline**\n\n- 14:30 a\n\n**other bold words**\n\n- 14:31 b\n\n{after}\n\n- 14:32 c\n")
        assert [entry.text for entry in reading.entries] == ["a", "b"]


@pytest.mark.parametrize("label", ["**Action items:**", "__Action items__", "**Follow-ups**"])
@pytest.mark.parametrize("heading", ["## Log", "### Log", "###### Log", "Log\n---", "Log\n==="])
def test_a_list_under_a_heading_of_another_name_is_none_of_a_bold_section(label: str, heading: str) -> None:
    reading = read(f"{label}\n\n- [ ] limit the queue\n\n{heading}\n\n- build starts\n")
    assert [promise.text for promise in reading.promises] == ["limit the queue"]


@pytest.mark.parametrize("heading", ["## Apology", "### Apology", "**Apology**"])
def test_an_apology_ends_where_a_heading_follows(heading: str) -> None:
    apology, log = read(f"{heading}\n\nWe are sorry.\n\n## Log\n\nThe build starts.\n").sections
    assert (apology.kind, apology.markdown.strip()) == (SectionKind.APOLOGY, "We are sorry.")
    assert log.heading == "Log"


@pytest.mark.parametrize("heading", ["### Action items", "**Action items**", "## Action items"])
@pytest.mark.parametrize("later", ["**Lessons learned**", "**Apology:**", "**Root cause**"])
def test_a_list_under_the_name_of_another_section_holds_no_action_items(heading: str, later: str) -> None:
    reading = read(f"{heading}\n\n- limit the queue\n\n{later}\n\n- we tested too little\n")
    assert [promise.text for promise in reading.promises] == ["limit the queue"]


@pytest.mark.parametrize("label", ["**Detection**", "**Payments team**", "### Prevention", "#### Resolution"])
def test_groups_of_action_items_keep_their_items(label: str) -> None:
    reading = read(f"## Action items\n\n- limit the queue\n\n{label}\n\n- watch the queue\n")
    assert [promise.text for promise in reading.promises] == ["limit the queue", "watch the queue"]


HEADINGS = st.sampled_from(["# Log", "## Log", "### Log", "###### Log", "Log\n---", "Log\n==="])
SECTIONS = {"**Action items:**": "promises", "**Timeline**": "entries"}


@given(st.lists(st.tuples(st.sampled_from([*SECTIONS, "**A note:**"]) | HEADINGS, st.integers(0, 2)), max_size=6))
def test_what_is_read_stands_between_a_bold_name_and_the_next_real_heading(
    blocks: list[tuple[str, int]],
) -> None:
    text, section = [], None
    expected: dict[str, list[str]] = {"promises": [], "entries": []}
    for place, (heading, count) in enumerate(blocks):
        section = section if heading == "**A note:**" else SECTIONS.get(heading)
        items = [f"14:{place}{number} thing {place}.{number}" for number in range(count)]
        text += [heading, "", *(f"- {item}" for item in items), ""]
        if section:
            expected[section] += [item if section == "promises" else item[6:] for item in items]
    reading = read("\n".join(text))
    assert [promise.text for promise in reading.promises] == expected["promises"]
    assert [entry.text for entry in reading.entries] == expected["entries"]


def test_a_section_inside_another_is_read_as_itself() -> None:
    reading = read("## Timeline\n\n- 14:30 a\n\n### Action items\n\n- watch the disks\n")
    assert [entry.text for entry in reading.entries] == ["a"]
    assert [promise.text for promise in reading.promises] == ["watch the disks"]


def test_each_section_knows_its_line() -> None:
    reading = read("Text.\n\n## Timeline\n\n- 14:30 a\n\n## Impact\n\nAll.\n")
    assert [(section.heading, section.line) for section in reading.sections] == [
        ("", 4),
        ("Timeline", 6),
        ("Impact", 10),
    ]


def test_each_part_belongs_to_the_nearest_section_of_the_kinds_asked_for() -> None:
    text = "Text.\n\n## Impact\n\nAll.\n\n### Lagos\n\nMost.\n\n### Summary\n\nSome.\n\n## Notes\n\nNone.\n"
    body = body_of(text)
    within = [(part.heading, str(kind)) for part, kind in body.parts_within({SectionKind.IMPACT})]
    assert within == [
        ("", "other"),
        ("Impact", "impact"),
        ("Lagos", "impact"),
        ("Summary", "impact"),
        ("Notes", "other"),
    ]
    kinds = [kind for _, kind in body.parts_within({SectionKind.IMPACT, SectionKind.SUMMARY})]
    assert kinds[2:4] == [SectionKind.IMPACT, SectionKind.SUMMARY]


LINES = st.sampled_from(
    [
        "## Timeline",
        "**Timeline**",
        "Timeline",
        "---",
        "===",
        "- 14:30 x",
        "  - y",
        "```",
        "<!--",
        "-->",
        "",
        " ",
        "| a | b |",
        "|--|--|",
        "text",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(LINES).map("\n".join)))
def test_the_parts_together_are_the_body(text: str) -> None:
    lines = read_lines(text)
    assert "".join(part.source + part.markdown for part in split_lines(lines)) == "".join(lines.texts)
