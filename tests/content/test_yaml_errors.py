"""Slips of YAML are named in words, at their place, with what to type instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.content.folders import Folder


@pytest.mark.parametrize(
    ("facts", "place", "message", "hint"),
    [
        ("title\nstarted: 2026-04-06 14:30", (2, 1), "a colon is missing behind 'title'", "write title:"),
        ("title: X\nand not", (3, 1), "'and not' is neither a key nor indented", "indent it below its key"),
        (
            "title: X\n   started: 2026-04-06",
            (3, 4),
            "this line is indented deeper",
            "begin the line with no space, not 3",
        ),
        ("title: X\ncauses: [deploy", (3, 9), "this [ is not closed by a ]", "write causes: [deploy]"),
        ("title: X\ncauses: [a] b", (3, 13), "something follows the end", "put what follows on a line of its own"),
        ('title: "X" and more', (2, 12), "something follows the end", "write title: '\"X\" and more'"),
        ("title: 'It's down'", (2, 12), "something follows the end", 'write title: "It\'s down"'),
        (r'title: "C:\dev"', (2, 11), "a backslash in double quotes", r"write title: 'C:\dev'"),
        (r'title: "It' + r"'s \d" + '"', (2, 14), "a backslash in double quotes", r"write title: 'It''s \d'"),
        ("title: @home", (2, 8), "a text that begins with @ needs quotes", 'write title: "@home"'),
        ("causes: - deploy", (2, 9), "a list cannot begin behind its key", "begin each item on a line of its own"),
        ("title: | X", (2, 10), "the text of a | or > block begins on the next line", "press Enter here"),
        ("title: X\u2028Y", (2, 9), "an invisible line separator (U+2028) is here", "delete it and press Enter"),
    ],
)
def test_a_slip_is_named_at_its_place(
    facts: str, place: tuple[int, int], message: str, hint: str, folder: Folder
) -> None:
    problem = folder.problems("x.md", f"---\n{facts}\n---\n")[0]
    assert (problem.line, problem.column, problem.code) == (*place, "yaml-syntax")
    assert problem.message.startswith(message)
    assert problem.hint
    assert problem.hint.startswith(hint)


def test_a_tab_inside_a_line_is_named(folder: Folder) -> None:
    slips = "  -\tat: 2026-04-06 14:30\n \tstatus: investigating"
    problem = folder.problems("x.md", f"---\ntitle: X\nupdates:\n{slips}\n---\n")[0]
    assert (problem.line, problem.column, problem.code) == (4, 4, "yaml-tab")
    assert problem.hint == "use a space instead of the tab"
