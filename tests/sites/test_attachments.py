"""A file beside the incidents is published if the public text of a published notice links to it, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.plugin.attachments import addresses
from mkdocs_incidents.publish.verification import SiteFacts, faults
from tests.sites.building import ADDRESS, Built, Site, front, update_at
from tests.sites.links import dead_links
from tests.sites.test_layouts import PNG

if TYPE_CHECKING:
    from pathlib import Path

INTERNAL = "<!-- internal -->![](internal-message.png)<!-- /internal -->"
BODY = """\
## Summary

![Plain](plain.png "A title") ![In angle brackets](<with space.png>) ![Encoded](per%20cent.png)
![Queried](queried.png?v=2) [The report](report.pdf#page=3) ![By reference][curve] ![Up](../shared/up.png)
![Ampersand](q&a.png) ![Not there](gone.png) ![Upper case](LOUD.PNG)

<img src="html.png" width="400"> <a href="linked.pdf">The other report</a>

<video controls poster="poster.jpg"><source src="film.webm" type="video/webm"></video>

<img src="small.png" srcset="wide.png 2x, wider.png 3x">

!!! note

    ![In a note](noted.png)

[curve]: curve.svg

## Timeline

- 10:00 It broke. ![Then](in-an-entry.png)

## Action items

- [ ] Draw [what we plan](planned.png). Owner: Ops. Due: 2026-07-01

## Root cause

`![Code](only-code.png)` is how a picture is written, for example mentioned.png:

    ![Indented](only-indented.png)

```markdown
![Fenced](only-fenced.png)
```

<!-- internal -->
![For us](only-internal.png)
<!-- /internal -->

<!-- ![A comment](only-comment.png) -->
"""
LINKED = {
    *("2026/plain.png", "2026/with space.png", "2026/per cent.png", "2026/queried.png", "2026/report.pdf"),
    *("2026/curve.svg", "shared/up.png", "2026/q&a.png", "2026/LOUD.PNG", "2026/html.png", "2026/linked.pdf"),
    *("2026/poster.jpg", "2026/film.webm", "2026/small.png", "2026/wide.png", "2026/wider.png", "2026/noted.png"),
    *("2026/in-an-entry.png", "2026/planned.png", "2026/in-a-message.png", "2026/full-address.png"),
    *("2026/of-both.png", "beside-the-page.png"),
}
KEPT = {
    *("2026/only-code.png", "2026/only-indented.png", "2026/only-fenced.png", "2026/only-internal.png"),
    *("2026/only-comment.png", "2026/mentioned.png", "2026/nobody.png", "2026/internal-message.png"),
    *("2026/html-in-a-message.png", "2026/ain.png", "drafts/plain.png", "drafts/draft.png", "drafts/message.png"),
    *("embargo/plain.png", "embargo/embargo.png", "2026/later-message.png", "2026/later-body.png"),
    *("2026/elsewhere.png", "guide.png"),
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("attachments"))
    site.settings["markdown_extensions"] = ["admonition", "attr_list"]
    for path in LINKED | KEPT:
        site.write(f"incidents/{path}", path.encode())
    site.write("docs/guide.png", PNG)
    site.write("incidents/2026/2026-05-04-x.md", front(BODY, postmortem={"published": "2026-05-06"}, updates=[
        update_at("2026-05-04 10:05", "investigating", "Look: ![it](in-a-message.png) <img src=html-in-a-message.png>"),
        update_at("2026-05-04 10:30", "identified", f"![it]({ADDRESS}incidents/2026/full-address.png)"),
        update_at("2026-05-04 10:40", "identified", "![it](../beside-the-page.png)"),
        update_at("2026-05-04 10:50", "monitoring", "![it](of-both.png)" + INTERNAL),
        update_at("2026-05-04 11:00", "resolved", "[There](https://example.com/incidents/2026/elsewhere.png)"),
        update_at("2026-06-15 12:06", "resolved", "![later](later-message.png)"),
    ]))  # fmt: skip
    site.write("incidents/2026/2026-05-05-later.md", front(
        "## Root cause\n\n![later](later-body.png)", postmortem={"published": "2026-06-16"}, title="Explained tomorrow",
    ))  # fmt: skip
    site.write("incidents/2026-05-06-guided.md", front("## Summary\n\n![Of the site](../guide.png)", title="Guided"))
    site.write("incidents/drafts/2026-05-07-draft.md", front(
        "![](plain.png) ![](draft.png) ![](../2026/of-both.png)", title="Not finished", draft=True,
        updates=[update_at("2026-05-07 10:05", "resolved", "![](message.png)")],
    ))  # fmt: skip
    site.write("incidents/embargo/2026-05-08-embargo.md", front(
        "![](plain.png) ![](embargo.png)", title="Not yet", publish="2026-06-15 12:06",
    ))  # fmt: skip
    return site.build()


@pytest.mark.parametrize("path", sorted(LINKED))
def test_what_a_published_notice_links_to_is_published(path: str, built: Built) -> None:
    assert built.files[f"incidents/{path}"] == path.encode()


@pytest.mark.parametrize("path", sorted(KEPT))
def test_what_no_published_notice_links_to_is_not(path: str, built: Built) -> None:
    assert f"incidents/{path}" not in built.files


def test_a_link_to_a_file_that_is_not_there_is_what_mkdocs_warns_of(built: Built) -> None:
    (warning,) = [line for line in built.warnings if "is not found" in line]
    assert "contains a link 'gone.png', but the target 'incidents/2026/gone.png'" in warning


def test_files_above_the_content_folder_stay_there(site: Site) -> None:
    site.write("secret.png", PNG)
    site.write("incidents/2026-05-04-x.md", front("![](../secret.png) ![](../../secret.png) ![](%2e%2e/secret.png)"))
    assert [path for path in site.build().files if "secret" in path] == []


def test_a_linked_folder_is_part_of_the_content(site: Site, tmp_path: Path) -> None:
    site.write("elsewhere/2026-05-04-x.md", front("![](graph.png)"))
    site.write("elsewhere/graph.png", PNG)
    (tmp_path / "incidents" / "shared").symlink_to("../elsewhere", target_is_directory=True)
    assert site.build(strict=True).files["incidents/shared/graph.png"] == PNG


def test_links_from_the_root_of_the_docs_are_followed_where_mkdocs_does(site: Site) -> None:
    site.settings["site_url"] = "https://example.org/our/status/"
    site.settings["validation"] = {"absolute_links": "relative_to_docs"}
    site.write("incidents/graph.png", PNG)
    site.write("incidents/2026/2026-05-04-x.md", front("![](/incidents/graph.png)"))
    assert site.build(strict=True).files["incidents/graph.png"] == PNG


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="a.pdf">a</a><img src="b.png">', ["a.pdf", "b.png"]),
        ('<img srcset="a.png, b.png 2x,c.png 3x">', ["a.png", "b.png", "c.png"]),
        ('<img srcset="a,b.png 100w">', ["a,b.png"]),
        ("<p>src=a.png</p>", []),
    ],
)
def test_addresses_are_those_of_links_and_media(html: str, expected: list[str]) -> None:
    assert addresses(html) == expected


HTML_BODY = """\
## Summary

<img src="graph.png" width="400"> <a href='2026-05-05-y.md#root-cause'>Another</a>
<a href="../../guide.md?a=1&amp;b=2">How</a>
<img src="../2026-05-04-x/beside-the-page.png"> <a href="nowhere.pdf">Nowhere</a> <a href="https://example.com/">Out</a>

<video poster="graph.png"><source src="film.webm" srcset="graph.png 1x, wide.png 2x"></video>

`<img src="graph.png">` ![As Markdown](graph.png)

## Timeline

- 10:00 <img src="graph.png" alt="It broke">

## Action items

- [ ] Draw <a href="wide.png">this</a>. Owner: Ops. Due: 2026-07-01
"""


@pytest.mark.parametrize("directory_urls", [True, False])
def test_addresses_in_html_are_relative_to_the_file_of_the_notice(site: Site, *, directory_urls: bool) -> None:
    site.settings["use_directory_urls"] = directory_urls
    site.write("docs/guide.md", "# Guide\n\nThis is how.")
    for name in ("2026/graph.png", "2026/wide.png", "2026/film.webm", "2026-05-04-x/beside-the-page.png"):
        site.write(f"incidents/{name}", PNG)
    site.write("incidents/2026/2026-05-04-x.md", front(HTML_BODY, postmortem={"published": "2026-05-06"}))
    site.write("incidents/2026/2026-05-05-y.md", front("## Root cause\n\nIt broke.", title="Another"))
    built = site.build()
    page = built.text(f"incidents/2026-05-04-x{'/index' if directory_urls else ''}.html")
    assert {link for _, link in dead_links(built, ADDRESS) if "?" not in link} == {"nowhere.pdf"}
    above = "../" if directory_urls else ""
    assert f'href="../{above}guide{"/" if directory_urls else ".html"}?a=1&amp;b=2"' in page
    assert f'poster="{above}2026/graph.png"' in page
    assert f'srcset="{above}2026/graph.png 1x, {above}2026/wide.png 2x"' in page
    assert '<code>&lt;img src="graph.png"&gt;</code>' in page
    found = faults(built.folder, SiteFacts(address=ADDRESS, announced={}))  # also of feeds and JSON
    assert [fault.message for fault in found if "nowhere.pdf" not in fault.message] == []
    for path in ("feed.json", "incidents/2026-05-04-x.json"):
        assert f'<img src=\\"{ADDRESS}incidents/2026/graph.png\\" width' in built.text(path)
