"""The page that `mkdocs serve` shows in the place of a site that cannot be built."""

from __future__ import annotations

from mkdocs_incidents.content.problems import Problem, Severity
from mkdocs_incidents.render.problem_page import problem_page


def problem(message: str, hint: str = "") -> Problem:
    return Problem(
        path="incidents/a&b.md",
        line=3,
        column=7,
        severity=Severity.ERROR,
        code="unknown-key",
        message=message,
        hint=hint,
    )


def test_each_problem_has_its_place_what_is_wrong_and_what_to_type() -> None:
    page = problem_page("two", [problem("'titel' is not a key", "did you mean 'title'?"), problem("it is empty")])
    assert "<title>2 problems to mend</title>" in page
    assert page.count("<code>incidents/a&amp;b.md:3:7</code>") == 2
    assert "<strong>&#39;titel&#39; is not a key</strong></p><p>did you mean &#39;title&#39;?</p>" in page
    assert "<strong>it is empty</strong></p></li>" in page


def test_what_stands_in_a_file_is_text_on_the_page() -> None:
    page = problem_page("one", [problem("<script>alert(1)</script>", "<b>bold</b>")])
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<script>") == 1, "that of the page itself"
    assert "<b>" not in page


def test_an_error_without_places_is_shown_as_the_terminal_has_it() -> None:
    assert "<pre>docs/a.md\n  &lt;is&gt; in the way</pre>" in problem_page("docs/a.md\n  <is> in the way")


def test_pages_about_different_problems_are_told_apart_by_the_script() -> None:
    assert problem_page("one", [problem("same")]) != problem_page("other", [problem("same")])
