"""Internal notes reach no reader, from no text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.content.internal_notes import public_html, public_markdown, without_internal_notes
from tests.content.folders import INCIDENT, Folder, place

NOTE = "<!-- internal -->SECRET<!-- /internal -->"


def everything_in(value: object) -> str:
    """All texts below a value of the model."""
    if is_dataclass(value):
        return "\n".join(everything_in(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, dict):
        return "\n".join(everything_in(part) for pair in value.items() for part in pair)
    if isinstance(value, tuple | list):
        return "\n".join(map(everything_in, value))
    return str(value)


def test_a_note_reaches_no_field_of_the_model(folder: Folder) -> None:
    folder.write(
        "components.yml",
        f"timezone: Africa/Lagos\ngroups:\n  - name: Money {NOTE}\n    description: '{NOTE} Paid'\n    components:\n"
        f"      - {{id: card-payments, name: 'Cards {NOTE}', description: 'x {NOTE}'}}\n",
    )
    text = INCIDENT.replace("Card payments failed", f"Cards {NOTE} failed").replace(
        "---\nstarted", f"---\ncauses: ['deploy {NOTE}']\nstarted"
    )
    text = text.replace(
        "---\ntitle",
        f"---\ncauses: ['deploy {NOTE}']\nupstream: {{name: 'Bank {NOTE}'}}\npostmortem: {{by: 'Ann {NOTE}'}}\n"
        f"updates:\n  - {{at: 2026-04-06 14:36, status: identified, message: 'It fails. {NOTE} Really.'}}\ntitle",
    )
    text += (
        f"\n## Time{NOTE}line\n\n- 14:30 — broke {NOTE}\n- {NOTE}\n\n## Action items\n\n- [ ] Test {NOTE} it "
        f"(@ann {NOTE})\n\n```\n{NOTE}\n```\n\n<!-- INTERNAL -->\n## Root cause\n\nSECRET\n<!-- / internal -->\n"
    )
    notice = folder.notice(text)
    loaded = folder.load()
    assert loaded.history
    assert "SECRET" not in everything_in(loaded.history)
    assert "internal" not in everything_in(loaded.history).casefold()
    assert notice.title == "Cards failed"
    assert notice.updates[0].message == "It fails. Really."


def test_what_follows_a_note_keeps_its_line(folder: Folder) -> None:
    notice = folder.notice(
        INCIDENT + "\n<!-- internal -->\na\nb\n<!-- /internal -->\n\n## Timeline\n\n- 14:30 — broke\n"
    )
    assert notice.postmortem
    (section,) = notice.postmortem.sections
    assert section.line == 13
    assert notice.postmortem.timeline[0].line == 15


def test_a_note_on_lines_of_its_own_leaves_no_hole() -> None:
    public = without_internal_notes("- a\n  <!-- internal -->\n  x\n  <!-- /internal -->\n- b\n")
    assert public.text == "- a\n- b\n"


def test_notes_may_be_nested() -> None:
    text = "a<!-- internal -->b<!-- internal -->c<!-- /internal -->d<!-- /internal -->e"
    assert without_internal_notes(text).text == "ae"
    assert not without_internal_notes(text).faults


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a <!-- internal --> b", "a "),
        ("a <!-- /internal --> b", None),
        ("a <!-- internl -->b<!-- /internal --> c", None),
        ("a <!-- internal b", None),
        ("a <!-- internal: b --> c", None),
        ("a <!-- Internal note -->b<!-- /internal --> c", None),
        ("a <!-- private -->b<!-- /private --> c", None),
        ("a <!-- inter<!-- internal -->x<!-- /internal -->nal --> b", None),
    ],
)
def test_a_marker_that_is_unclear_is_an_error(folder: Folder, text: str, kept: str | None) -> None:
    public = without_internal_notes(text)
    assert public.faults
    if kept is not None:
        assert public.text == kept
    found = {place(problem) for problem in folder.problems("x.md", INCIDENT + text)}
    assert {(line, code) for line, _, code in found} == {(7, "internal-marker")}


def test_a_note_begun_in_the_facts_does_not_reach_into_the_body(folder: Folder) -> None:
    text = INCIDENT.replace("failed", "failed <!-- internal -->") + "Text <!-- /internal -->\n"
    assert [place(problem) for problem in folder.problems("x.md", text)] == [
        (2, 8, "internal-marker"),
        (7, 6, "internal-marker"),
    ]


@given(
    st.lists(st.sampled_from(["<!-- internal -->", "<!-- /internal -->", "a", " ", "\n", "<!--", "-->"]), max_size=30)
)
def test_no_marker_is_left_in_a_text_without_faults(pieces: list[str]) -> None:
    public = without_internal_notes("".join(pieces))
    assert public.faults or "internal" not in public.text


@given(st.lists(st.sampled_from(["<!-- internal -->X<!-- /internal -->", "abc", " ", "\n"]), max_size=30))
def test_every_character_that_is_left_knows_where_it_came_from(pieces: list[str]) -> None:
    text = "".join(pieces)
    public = without_internal_notes(text)
    assert "X" not in public.text
    assert all(text[public.origin(index)] == char for index, char in enumerate(public.text))


@pytest.mark.parametrize(
    ("written", "public"),
    [
        (f"Call 555. {NOTE} Thanks.", "Call 555. Thanks."),
        (f"Call 555.\n\n{NOTE}\n\nThanks.\n", "Call 555.\n\n\nThanks.\n"),
        ("<!-- internal -->\n```\nSECRET\n<!-- /internal -->\n\n```\npublic\n```\n", "\n```\npublic\n```\n"),
        (f"A stray ` before {NOTE}and ` behind", "A stray ` before and ` behind"),
        (f"```\n{NOTE}", "```\n"),
    ],
)
def test_a_page_that_is_no_incident_file_loses_its_notes(written: str, public: str) -> None:
    assert public_markdown(written).text == public
    assert public_markdown(written).faults == ()


@pytest.mark.parametrize(
    "written",
    [
        "Write `<!-- internal -->` … `<!-- /internal -->` around it.",
        "Write ``<!-- internal --> … <!-- /internal -->`` around it.",
        "```markdown\n<!-- internal -->\nFor the on-call team.\n<!-- /internal -->\n```\n",
        "> ~~~\n> <!-- internal -->\n> ~~~\n",
        "````\n```\n<!-- internal -->\n```\n````\n",
        "<!-- Internal links follow -->\n<!-- material/tags -->\n<!-- more -->\n",
        "<!-- todo: say internal or private?\n-->\n",
    ],
)
def test_a_page_may_show_the_markers_in_code_and_have_comments_of_its_own(written: str) -> None:
    assert public_markdown(written).text == written
    assert public_markdown(written).faults == ()


@pytest.mark.parametrize(
    "written",
    [
        "Call 555.\n<!-- internal -->\nSECRET\n",
        "SECRET\n<!-- /internal -->\n",
        "<!-- intern -->SECRET<!-- /intern -->",
        "<!-- internal -->SECRET<!-- /internl -->",
        "```\n<!-- internal -->\n```\nSECRET\n<!-- /internal -->\n",
    ],
)
def test_an_unclear_marker_in_any_page_is_an_error(written: str) -> None:
    assert public_markdown(written).faults


def test_rendered_code_keeps_its_markers_and_rendered_text_has_none() -> None:
    code = "<pre><code>&lt;!-- internal --&gt;\n```\n</code></pre>"
    assert public_html(f"{code}<p>a {NOTE} b</p>{code}").text == f"{code}<p>a b</p>{code}"


def test_a_comment_in_a_body_reaches_no_field_and_what_follows_keeps_its_line(folder: Folder) -> None:
    notice = folder.notice(
        INCIDENT + "\n<!-- SECRET\nlines -->\nText <!-- SECRET --> goes on.\n\n"
        "```html\n<!-- public -->\n```\n\n## Timeline\n\n- 14:30 — broke <!-- SECRET -->\n"
    )
    assert "SECRET" not in everything_in(notice)
    assert "<!-- public -->" in everything_in(notice)
    assert notice.postmortem
    (section,) = (section for section in notice.postmortem.sections if section.kind == "timeline")
    assert section.line == INCIDENT.count("\n") + 10
