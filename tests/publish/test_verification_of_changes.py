"""A version that replaces a verified one is verified by what differs, with the result of a look at every file."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.hidden_texts import HiddenText
from mkdocs_incidents.publish.manifest import Manifest, file_states
from mkdocs_incidents.publish.verification import SiteFacts, check, faults, verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_incidents.publish.verification import Fault

    Content = tuple[tuple[str, ...], tuple[str, ...]]
    """The links and the texts of a file."""
    Version = tuple[Mapping[str, Content | None], set[int], set[str], str]
    """What is written, None for what is removed; the hidden texts; the public ones; the media type of the feed."""

ADDRESS = "https://status.example.org/"
PAGE = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>"
PATHS = ("index.html", "a/index.html", "b/index.html", "c.html", "assets/x.js", "data.json", "feed.atom")
LINKS = ("/", "/a/", "/a/#one", "/b/#two", "/b/", "/c.html#one", "/assets/x.js", "/nowhere/", "#one")
SECRETS = (
    "The attackers still have the signing key of our release server, so nobody may write about it.",
    "Ask the night shift",
    "2026-05-09-key",
)
DATE = datetime(2026, 11, 28, tzinfo=UTC)


def hidden(number: int) -> HiddenText:
    secret = SECRETS[number]
    is_id = " " not in secret
    return HiddenText(source=f"draft {number}", text="x" if is_id else secret, ids=(secret,) if is_id else ())


def content(path: str, links: tuple[str, ...], texts: tuple[str, ...]) -> str:
    if path.endswith(".html"):
        shown = [f'<a href="{link}">x</a>' for link in links] + [f'<p id="{text}">{text}</p>' for text in texts]
        return PAGE.format("".join(shown))
    if path.endswith(".json"):
        return json.dumps([*(ADDRESS + link[1:] for link in links), *texts])
    if path.endswith(".atom"):
        entries = "".join(f'<link href="{ADDRESS}{link[1:]}"/>' for link in links)
        return f"<feed><entry>{entries}<title>{' '.join(texts)}</title></entry></feed>"
    return f"const x = {json.dumps(texts)}"


TEXTS = st.lists(st.sampled_from(("one", "two", *SECRETS)), max_size=2, unique=True).map(tuple)
CONTENTS = st.tuples(st.lists(st.sampled_from(LINKS), max_size=2, unique=True).map(tuple), TEXTS)
VERSIONS = st.tuples(
    st.dictionaries(st.sampled_from(PATHS), st.none() | CONTENTS, max_size=4),
    st.sets(st.integers(0, 2), max_size=2),
    st.sets(st.sampled_from(SECRETS)),
    st.sampled_from(["", "", "application/atom+xml", "application/rss+xml"]),
)

AN_OLD_LINK: Version = ({"b/index.html": None, "a/index.html": (("/",), ())}, set(), set(), "")
A_NEW_LINK_TO_THE_SAME_LOST_PAGE: Version = ({"index.html": None, "b/index.html": (("/",), ())}, set(), set(), "")


def write(folder: Path, files: Mapping[str, Content | None]) -> None:
    for path, wanted in files.items():
        file = folder / path
        if wanted is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content(path, *wanted), encoding="utf-8")


def is_published(found: list[Fault]) -> bool:
    return all(fault.is_dead_link for fault in found)


@pytest.mark.parametrize("many", [1000, 1])
@settings(max_examples=25, deadline=None)
@given(versions=st.lists(VERSIONS, min_size=1, max_size=4))
@example(versions=[AN_OLD_LINK, A_NEW_LINK_TO_THE_SAME_LOST_PAGE])
def test_the_faults_are_those_of_a_look_at_every_file(many: int, versions: list[Version]) -> None:
    with tempfile.TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_MANY", many)
        live, folder, before = Path(temporary, "live"), Path(temporary, "new"), None
        folder.mkdir()
        first: Version = (dict.fromkeys(PATHS, ((), ("one", "two"))), set(), set(), "")
        for number, (files, secret, public, media_type) in enumerate([first, *versions]):
            write(folder, files)
            facts = SiteFacts(
                address=ADDRESS,
                announced={"feed.atom": media_type} if (folder / "feed.atom").exists() else {},
                hidden=tuple(hidden(each) for each in sorted(secret)),
                public=partial(sorted, public),
                live=live if before else None,
            )
            states = file_states(folder)
            found = verify(folder, facts, states, before)
            assert found.faults == faults(folder, facts)
            if is_published(found.faults):
                shutil.rmtree(live, ignore_errors=True)
                shutil.copytree(folder, live)
                before = Manifest(number=number, inode=number, at=DATE, files=states, verified=found.record)
