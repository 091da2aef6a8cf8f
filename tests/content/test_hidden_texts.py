"""What the sources of a site hide from readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.folder import Folder
from mkdocs_incidents.content.hidden_texts import SiteTexts
from mkdocs_incidents.content.loader import Loaded, load
from tests.content.folders import CATALOG, INCIDENT, NOW
from tests.makers import at

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mkdocs_incidents.content.source import Report, Source

NOTE = "<!-- internal -->the pager was off<!-- /internal -->"


@pytest.fixture
def incidents(tmp_path: Path) -> Path:
    folder = tmp_path / "incidents"
    folder.mkdir()
    (folder / "components.yml").write_text(CATALOG)
    (folder / "public.md").write_text(INCIDENT)
    (folder / "note.md").write_text(f"{INCIDENT}\n{NOTE}\n")
    return folder


def hidden(folder: Path, loaded: Loaded, now: datetime = NOW) -> list[str]:
    assert loaded.history
    texts = SiteTexts(folder, folder, loaded.history, loaded.history.as_of(now), public=loaded.public)
    return [text.source for text in texts.hidden()]


def test_a_file_that_was_public_as_a_whole_is_not_read_again(
    incidents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(incidents, now=NOW, cache=tmp_path / "cache")
    assert loaded.public == {"public.md"}
    read: list[str] = []
    original = Folder.source

    def counted(self: Folder, relative: str, report: Report) -> Source | None:
        read.append(relative)
        return original(self, relative, report)

    monkeypatch.setattr(Folder, "source", counted)
    assert hidden(incidents, loaded) == ["an internal note in incidents/note.md"]
    assert read == ["note.md"]


def test_nothing_is_taken_for_public_that_is_not_at_an_earlier_instant(incidents: Path, tmp_path: Path) -> None:
    loaded = load(incidents, now=NOW, cache=tmp_path / "cache")
    assert "the embargoed notice incidents/public.md" in hidden(incidents, loaded, at("2020-01-01 00:00"))
