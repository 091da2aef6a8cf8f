"""Every generated page has a copy in Markdown; other pages have one only with the option."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Site, front

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.building import Built

HOOK = """
def on_page_content(html, *, page, config, files):
    return html.replace("zq9xword", "(left out)") if "cut" in page.file.src_uri else html

def on_post_page(output, *, page, config):
    if "masked" in page.file.src_uri:
        output = output.replace("zq9xword", "******")
    return output.replace("</body>", "<p>Added below every page</p></body>")
"""
SECRETS = {
    "locked": "---\npassword: hunter2\n---\n# Locked\n\nThe zq9xword.\n",
    "hidden": "---\nsearch: {exclude: true}\n---\n# Hidden\n\nThe zq9xword.\n",
    "cut": "# Cut\n\nThe zq9xword.\n",
    "masked": "# Masked\n\nThe zq9xword.\n",
    "remark": "# Remark\n\nText.\n\n[//]: # (zq9xword)\n",
    "unused": "# Unused\n\nText.\n\n*[ZQ]: zq9xword\n",
    "draft": "# Draft\n\nThe zq9xword.\n",
    "noted": "# Noted\n\nText. <!-- internal -->zq9xword<!-- /internal -->\n",
}
OPEN = """\
---
description: What we do
---
# Open

Some *text* with a [link](noted.md "Title"), `code < code`, an ![image](a.png) & more.

1. First
2. Second

| a | b |
|---|---|
| c | d |

```python
print("x")
```

!!! note "Mind"
    This[^1].

[^1]: A footnote.
"""


def test_every_generated_page_has_a_markdown_copy(example: Built) -> None:
    for page in {page for page in example.pages if page not in {"404.html", "embed.html"}}:
        if page.startswith("guide/"):
            continue
        stem = page.removesuffix(".html").removesuffix("index").rstrip("/")
        copies = {f"{stem}.md", f"{stem}/index.md".lstrip("/")} & set(example.files)
        assert copies, page
        copy = example.files[copies.pop()].decode()
        assert "\n# " in f"\n{copy}", page
        assert copy.startswith("---\n"), page


def test_other_pages_have_no_copy_without_the_option(example: Built) -> None:
    assert [path for path in example.files if path.startswith("guide") and path.endswith(".md")] == []


@pytest.fixture(scope="module", params=["named first", "named last"])
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site that wants copies, beside a plugin that encrypts, a hook that cuts and pages with things in the source."""
    site = _site(tmp_path_factory.mktemp("copied"))
    others = ["search", {"encryptcontent": {}}]
    plugin = [{"incidents": {"markdown_copies": True}}]
    site.settings["plugins"] = others + plugin if request.param == "named last" else plugin + others
    return site.build()


def _site(folder: Path) -> Site:
    site = Site(folder)
    site.settings["hooks"] = ["hook.py"]
    site.settings["draft_docs"] = "draft.md"
    site.settings["markdown_extensions"] = ["abbr", "admonition", "attr_list", "footnotes", "tables", "fenced_code"]
    site.write("hook.py", HOOK)
    site.write("docs/a.png", b"")
    site.write("docs/open.md", OPEN)
    for name, text in SECRETS.items():
        site.write(f"docs/{name}.md", text)
    return site


def test_a_copy_is_the_text_of_the_page_as_it_was_written(copied: Built) -> None:
    assert copied.text("open.md") == OPEN.split("---\n", 2)[2]


@pytest.mark.parametrize("name", SECRETS)
def test_a_copy_contains_nothing_that_the_published_page_does_not(copied: Built, name: str) -> None:
    assert "zq9xword" not in copied.files.get(f"{name}.md", b"").decode()


@pytest.mark.parametrize("name", ["locked", "hidden", "cut", "masked", "draft"])
def test_a_page_that_is_protected_or_changed_or_hidden_has_no_copy(copied: Built, name: str) -> None:
    assert f"{name}.md" not in copied.files


def test_what_the_owner_encrypts_on_a_generated_page_is_encrypted_there(site: Site) -> None:
    site.settings["plugins"] = ["search", "incidents", {"encryptcontent": {}}]
    site.write("docs/index.md", SECRETS["locked"])
    built = site.build()
    assert [path for path, content in built.files.items() if b"zq9xword" in content] == []
    assert "encryptcontent" in built.text("index.html")


def test_a_site_that_encrypts_incidents_is_warned_that_their_feeds_are_not(site: Site) -> None:
    site.settings["plugins"] = ["search", "incidents", {"encryptcontent": {"global_password": "long and never used"}}]
    site.write("incidents/2026-05-04-public.md", front())
    assert any("incidents/2026-05-04-public.md. If it protects" in warning for warning in site.build().warnings)
