"""Ids of updates, timeline entries and promises are permanent: `ids.json` holds those of an earlier version.

They are parts of addresses and of ids in feeds: if they changed, feed readers would show everything again as new.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import write_site
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.present.pages.timeline import entry_anchors
from mkdocs_incidents.status.promises import promises_of
from tests.makers import at

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

HELD = json.loads(Path(__file__).with_name("ids.json").read_text(encoding="utf-8"))
EXAMPLE = Path(__file__).parents[2] / "incidents"
NOW = at("2026-11-20 12:00")


def ids(notice: Notice) -> list[str]:
    timeline = notice.postmortem.timeline if notice.postmortem else ()
    anchors = entry_anchors(timeline)
    promises = promises_of(notice, NOW)
    ended = (promise.end_id for promise in promises if promise.end_id)
    return [
        *(update.id for update in notice.updates),
        *(anchors[entry] for entry in timeline),
        *(promise.id for promise in promises),
        *ended,
    ]


def notices(folder: Path) -> dict[str, Notice]:
    history = load(folder, now=NOW).history
    assert history
    return {notice.id: notice for notice in history.notices}


def test_the_ids_of_the_example_site_are_what_they_were() -> None:
    found = notices(EXAMPLE)
    assert {name: ids(found[name]) for name in HELD["example"]} == HELD["example"]


def test_the_ids_of_three_hundred_made_up_incidents_are_what_they_were(tmp_path: Path) -> None:
    write_site("ours", 300, tmp_path)
    digests = {
        name: sha256(" ".join(ids(notice)).encode()).hexdigest()[:16]
        for name, notice in notices(tmp_path / "incidents").items()
    }
    assert digests == HELD["corpus"]
