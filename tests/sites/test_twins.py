"""Every page has a twin in Markdown, whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sites.building import Built


@pytest.mark.parametrize("kind", ["ours", "by hand"])
def test_every_page_has_a_twin_in_markdown(example: Built, kind: str) -> None:
    pages = {page for page in example.pages if page not in {"404.html", "embed.html"}}
    by_hand = {page for page in pages if page.startswith("guide/")}
    for page in by_hand if kind == "by hand" else pages - by_hand:
        stem = page.removesuffix(".html").removesuffix("index").rstrip("/")
        twins = {f"{stem}.md", f"{stem}/index.md".lstrip("/")} & set(example.files)
        assert twins, page
        twin = example.files[twins.pop()].decode()
        assert "\n# " in f"\n{twin}", page
        assert twin.startswith("---\n") == (kind == "ours"), page
