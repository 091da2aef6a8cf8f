"""The tags with which chats and networks show a link: each once, whichever plugin adds some of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mkdocs_incidents.render.open_graph import shared_link_tags_once
from tests.sites.building import ADDRESS, NOON, front, update_at

if TYPE_CHECKING:
    from tests.sites.building import Built, Site

RECENT = "incidents/2026-06-10-it"
SOCIAL = """
def on_post_page(output, page, config):
    tags = "".join(f'<meta property="og:{name}" content="card" />' for name in ("title", "image", "image:type"))
    return output.replace("</head>", tags + "</head>", 1)
"""


def with_incidents(site: Site) -> Built:
    site.write("incidents/2025-05-04-old.md", front(started="2025-05-04 10:00", updates=[]))
    site.write(f"{RECENT}.md", front(started="2026-06-10 10:00", updates=[update_at("2026-06-10 10:05", "resolved")]))
    return site.build(NOON)


def tags(built: Built, path: str) -> dict[str, str]:
    """The value of each tag; there is one of each."""
    found = re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', built.text(path))
    assert Counter(name for name, _ in found).most_common(1)[0][1] == 1, path
    return dict(found)


def test_every_page_has_an_image_with_its_full_address(site: Site) -> None:
    built = with_incidents(site)
    generated = [path for path in built.pages if '<nav class="mi-nav' in built.text(path)]
    assert "404.html" in generated
    for path in generated:
        image = tags(built, path)["og:image"]
        assert image.startswith(ADDRESS)
        assert built.files[image.removeprefix(ADDRESS)].startswith(b"\x89PNG"), path
    assert tags(built, "index.html")["og:image"].endswith("/preview/status.png")
    assert tags(built, f"{RECENT}/index.html")["og:image"] == f"{ADDRESS}{RECENT}/preview.png"


def test_it_can_be_switched_off(site: Site) -> None:
    site.option("outputs", {"preview_images": False})
    built = with_incidents(site)
    assert not any(path.endswith("preview.png") or "/preview/" in path for path in built.files)
    assert {"og:title", "og:image"} & set(tags(built, "index.html")) == {"og:title"}


def test_tags_of_another_plugin_take_the_place_of_ours(site: Site) -> None:
    site.write("hook.py", SOCIAL)
    site.settings["hooks"] = ["hook.py"]
    found = tags(with_incidents(site), "index.html")
    assert found["og:title"] == found["og:image"] == "card"
    assert {name for name in found if name.startswith("og:image")} == {"og:image", "og:image:type"}
    assert found["og:site_name"] == "Example status"


def test_a_page_with_each_tag_once_stays_as_it_is() -> None:
    page = '<head><meta property="og:title" content="a">\n</head><meta property="og:title" content="b">'
    assert shared_link_tags_once(page) == page
