"""What is not for the public is in no byte of what is published: every file is searched."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Built, Site, front, update_at

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTE = "<!-- internal -->\nzq9xnote\n<!-- /internal -->"
CATALOG = """\
# zq9xcatalogue: what we tell ourselves
timezone: UTC
components:
  - {id: web, name: Web, since: 2026-01-01}
  - {id: zq9xfuture, name: Zq9xfuture, since: 2026-12-01}
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Everything whose name begins with `zq9x` is a secret."""
    site = Site(tmp_path_factory.mktemp("secrets"))
    site.write("incidents/components.yml", CATALOG)
    secret = {"causes": ["zq9xcause"], "postmortem": {"published": "2026-05-05", "by": "Zq9xsigner"}}
    site.write(
        "incidents/2026-05-01-zq9xdraft.md",
        front("![](zq9xpicture.png)", title="Zq9xdraft", draft=True, **secret),
    )
    site.write("incidents/2026-05-02-zq9xembargo.md", front(
        "## Root cause\n\nZq9xembargo body", title="Zq9xembargo", publish="2026-06-15 12:06", **secret,
    ))  # fmt: skip
    site.write("incidents/2026-06-20-zq9xcoming.md", front(title="Zq9xcoming", started="2026-06-20 10:00", updates=[
        update_at("2026-06-20 10:00", "investigating", "Zq9xcoming word"),
    ]))  # fmt: skip
    site.write("incidents/2026-07-01-zq9xwork.md", front(
        title="Zq9xwork", scheduled={"from": "2026-07-01 10:00", "until": "2026-07-01 11:00"}, components=["web"],
        publish="2026-06-28", started=None, updates=None,
    ))  # fmt: skip
    site.write("incidents/2026-05-03-known.md", front(
        "## Root cause\n\nZq9xcause", title="Explained tomorrow", postmortem={"published": "2026-06-16", "by": "Zq9x"},
    ))  # fmt: skip
    site.write("incidents/zq9xpicture.png", b"zq9x")
    site.write("incidents/_zq9xpartial.md", "# Zq9xpartial\n")
    site.write("incidents/README.md", "# Zq9xreadme\n")
    site.write("incidents/.zq9xhidden.md", "# Zq9xhidden\n")
    incident = front(
        f"Public text.\n\n{NOTE}\n\n## Root cause\n\n"
        "A cable <!-- internal -->Zq9xnote of Zq9xperson<!-- /internal --> broke.\n\n"
        f"```text\npublic code\n```\n\n{NOTE}\n",
        title="It broke",
        updates=[
            update_at(
                "2026-05-04 10:05",
                "investigating",
                f"Public word. <!-- internal -->zq9xnote<!-- /internal -->\n\n{NOTE}",
            ),
            update_at("2026-05-04 11:00", "resolved", "It works again."),
            update_at("2026-06-15 12:06", "resolved", "Zq9xlater word."),
        ],
        postmortem={"published": "2026-05-06"},
    )
    site.write("incidents/2026-05-04-public.md", incident.replace("title:", "# zq9xcomment\ntitle:", 1))
    page = f"# About\n\nCall us. {NOTE}\n\n{NOTE}\n\n- First\n    {NOTE}\n\n## Who {NOTE}\n"
    site.write("docs/index.md", page.replace("# About", "# Status").replace("Call us.", "Call 555."))
    site.write("docs/subscribe.md", f"<!-- zq9xcomment -->\n{page}\nMore <!-- of zq9xcomment --> words.\n")
    site.write("docs/about.md", f"---\ndescription: About {NOTE.replace(chr(10), ' ')} us\n---\n{page}")
    site.write("docs/explained.md", "# Notes\n\n```html\n<!-- internal -->\nlike this\n<!-- /internal -->\n```\n")
    site.write("docs/included.md", '# Included\n\nKnown.\n\n--8<-- "part.txt"\n\nAs well.\n')
    site.write("part.txt", NOTE)
    site.write("docs/blog/index.md", "# News\n")
    site.write("docs/blog/posts/one.md", f"---\ndate: 2026-05-01\n---\n# Post\n\n{NOTE}\n\nNews.\n\n<!-- more -->\n")
    site.settings["plugins"] = ["search", "blog", "incidents"]
    site.settings["markdown_extensions"] = ["pymdownx.superfences", "pymdownx.snippets"]
    return site.build()


def contents(built: Built) -> Iterator[tuple[str, bytes]]:
    for path, content in built.files.items():
        yield path, gzip.decompress(content) if path.endswith(".gz") else content


def test_the_rest_is_published(built: Built) -> None:
    page = built.text("incidents/2026-05-04-public/index.html")
    for text in ("Public word.", "It works again.", "Public text.", "A cable", "public code"):
        assert text in page
    assert "Call 555." in built.text("index.html")
    assert "Call us." in built.text("about/index.html")
    assert "As well." in built.text("included/index.html")
    assert "News." in built.text("blog/index.html")
    shown = built.page("explained/index.html").only("code").text
    assert shown == "<!-- internal --> like this <!-- /internal -->"


def test_no_secret_is_in_any_byte(built: Built) -> None:
    leaks = [
        (path, content[max(at - 30, 0) : at + 30])
        for path, content in contents(built)
        if (at := content.lower().find(b"zq9x")) >= 0
    ]
    assert leaks == []


def test_no_secret_is_in_any_name(built: Built) -> None:
    assert [path for path in built.files if "zq9x" in path.lower()] == []


def test_no_mark_of_an_internal_note_is_left(built: Built) -> None:
    assert [path for path, content in contents(built) if b"internal -->" in content] == []


def test_the_hour_of_an_embargo_publishes(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(tmp_path_factory.mktemp("embargo"))
    site.write("incidents/x.md", front(title="At last", publish="2026-06-15 12:00"))
    site.write("incidents/y.md", front(title="Not yet", publish="2026-06-15 12:00:01"))
    built = site.build(now="2026-06-15 12:00")
    assert "incidents/x/index.html" in built.files
    assert "incidents/y/index.html" not in built.files
