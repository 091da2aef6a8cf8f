"""A site changes one part of a page in a template of its own, and the other parts stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites.building import Site, front, update_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites.building import Built

STATUS, NOTICE, MONTH = "index.html", "incidents/2026-05-04-broke/index.html", "history/2026/05/index.html"
OWN = {
    "status": (
        "incidents_days",
        '<p id="own">{{ t("Status") }}: {{ view.state_word }}, {{ view.days | length }}</p>{{ super() }}',
    ),
    "notice": (
        "incidents_postmortem",
        '{{ super() }}<p id="own">{{ part.link(view.previous or site.links[0]) }}: {{ view.title }}</p>',
    ),
    "month": ("incidents_calendar", '<p id="own">{{ view.title }}, {{ icon("operational") }}</p>{{ super() }}'),
}
"""By template: a block, and what a site puts in its place."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _site(tmp_path_factory.mktemp("plain")).build()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = _site(tmp_path_factory.mktemp("changed"))
    site.settings["theme"]["custom_dir"] = "overrides"
    for name, (block, own) in OWN.items():
        site.write(
            f"overrides/incidents/{name}.html",
            f'{{% extends "incidents/pages/{name}.html" %}}\n{{% block {block} %}}{own}{{% endblock %}}\n',
        )
    return site.build(strict=True)


def _site(folder: Path) -> Site:
    site = Site(folder)
    site.write("incidents/2026-05-04-broke.md", front(
        "## Timeline\n\n- 10:00 It broke.\n- 10:20 Detected: we saw it.\n\n## Apology\n\nWe are sorry.\n",
        title="Cards & <b>accounts</b>",
        updates=[update_at("2026-05-04 10:05", "investigating"), update_at("2026-05-04 11:00", "resolved")],
        postmortem={"published": "2026-05-05"},
    ))  # fmt: skip
    return site


@pytest.mark.parametrize(("path", "start"), [
    (STATUS, "Status: All systems operational, "),
    (NOTICE, "Status: Cards & <b>accounts</b>"),
    (MONTH, "May 2026,"),
])  # fmt: skip
def test_short_names_mean_the_same_in_a_block_of_a_site(changed: Built, path: str, start: str) -> None:
    assert changed.page(path).only("p", id="own").text.startswith(start)


@pytest.mark.parametrize("path", [STATUS, NOTICE, MONTH])
def test_the_other_blocks_and_that_of_super_stay_as_they_are(plain: Built, changed: Built, path: str) -> None:
    before, after = plain.text(path), changed.text(path)
    begin = after.index('<p id="own">')
    end = after.index("</p>", begin) + len("</p>")
    assert after[:begin] + after[end:] == before
