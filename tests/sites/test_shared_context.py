"""Templates share one context with the theme, the site and other plugins: no name of theirs and ours meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Site, front, update_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.building import Built

NAMES = (
    *("view", "site", "site_nav", "prose", "fragments", "rests", "t", "nt", "listing", "moment", "icon"),
    *("message", "inline", "part", "story", "stories", "said", "measured", "explained", "copies", "link"),
)
"""What somebody's own main.html or plugin may well call a variable."""
MAIN = f"""{{% extends "base.html" %}}
{{% set {", ".join(NAMES)} = {", ".join("'theirs'" for _ in NAMES)} %}}
{{% block announce %}}
We are hiring: {{{{ icon }}}}, {{{{ site }}}} & {{{{ t }}}}, {{{{ "<b>word</b>" | message }}}}
{{% endblock %}}
"""
HOOK = f"""
def on_env(env, *, config, files):
    env.filters["message"] = lambda text: text.upper()

def on_page_context(context, *, page, config, nav):
    context.update(dict.fromkeys({NAMES!r}, "theirs"))
"""
PAGES = ("index.html", "incidents/2026-05-04-public/index.html", "subscribe/index.html", "history/2026/05/index.html")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site without templates or variables of its own."""
    return _site(tmp_path_factory.mktemp("plain")).build()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site, with `announce.dismiss`, for which Material sets `icon`, and every likely name taken."""
    site = _site(tmp_path_factory.mktemp("crowded"))
    site.settings["theme"] |= {"custom_dir": "overrides", "features": ["announce.dismiss"]}
    site.settings["hooks"] = ["hook.py"]
    site.write("overrides/main.html", MAIN)
    site.write("hook.py", HOOK)
    return site.build()


def _site(folder: Path) -> Site:
    site = Site(folder)
    site.write("docs/index.md", "# Status\n\nCall us: 555.\n")
    site.write("incidents/2026-05-04-public.md", front(
        "## Root cause\n\nA *cable*.\n\n## Action items\n\n- [ ] Check all cables (due 2026-09-01)\n",
        postmortem={"published": "2026-05-05"},
    ))  # fmt: skip
    site.write("incidents/2026-06-15-open.md", front(
        title="It broke again", started="2026-06-15 10:00", updates=[update_at("2026-06-15 10:05", "investigating")],
    ))  # fmt: skip
    return site


@pytest.mark.parametrize("path", [*PAGES, "404.html"])
def test_our_pages_are_the_same_whatever_names_others_use(plain: Built, crowded: Built, path: str) -> None:
    alone, with_others = (built.page(path).only("div", class_="mi").text for built in (plain, crowded))
    assert alone == with_others
    assert plain.page(path).title == crowded.page(path).title
    links = [[link.attributes.get("href") for link in built.page(path).all("a")] for built in (plain, crowded)]
    assert links[0] == links[1]


@pytest.mark.parametrize("path", PAGES)
def test_names_of_others_keep_their_meaning_on_our_pages(crowded: Built, path: str) -> None:
    """Among them Material's announcement, which stands on our pages, too."""
    assert "We are hiring: " in crowded.text(path)
    assert "theirs & theirs, <B>WORD</B>" in crowded.text(path)
