"""A document that a parser made of the HTML of a text is that HTML again."""

from __future__ import annotations

import pytest

from mkdocs_incidents.render.document import without_document

CONTENT = "<p>A <em>cable</em>.</p>\n"
IN_SCRIPT = """<p>A</p><script>const t = "<!doctype html><html><body>hi</body></html>";</script>"""


@pytest.mark.parametrize(
    ("document", "content"),
    [
        (f"<html><head></head><body>{CONTENT}</body></html>", CONTENT),
        (f"<!DOCTYPE html>\n<HTML lang='en'><Body class='a'>{CONTENT}</Body></HTML>\n", f"\n{CONTENT}\n"),
        (
            f"<!doctype html><!-- a --><html><head><i></i></head><!-- c --><body>{CONTENT}</body></html><!-- d -->",
            f"<!-- a --><i></i><!-- c -->{CONTENT}<!-- d -->",
        ),
        (f"<html><head></head><body>{IN_SCRIPT}</body></html>", IN_SCRIPT),
    ],
)
def test_only_the_tags_of_the_document_are_removed(document: str, content: str) -> None:
    assert without_document(document) == content


@pytest.mark.parametrize(
    "html",
    ["", CONTENT, IN_SCRIPT, f"{CONTENT}<body>", f"<html>{CONTENT}", "<header>A</header>", "<!-- <html> -->" * 2000],
)
def test_what_is_no_document_is_unchanged(html: str) -> None:
    assert without_document(html) == html
