"""Which items of a published file were edited, and when, from git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.plugin.edit_history import edits_by_file
from mkdocs_incidents.present.context import RevisionSummary
from tests.makers import at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

FIRST = """\
---
title: X
updates:
  - at: 2026-04-06 14:30
    status: investigating
    message: We lok into it.
"""
SECOND = (
    FIRST
    + """\
  - at: 2026-04-06 14:50
    status: resolved
    message: >-
      It works

      again.
"""
)
PUBLISHED = SECOND + "postmortem:\n  published: 2026-04-08\n---\n\nA cable brok.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "--quiet")
    _commit(tmp_path, FIRST + "---\n", "2026-04-06T14:31:00+00:00")
    _commit(tmp_path, SECOND + "---\n", "2026-04-06T14:51:00+00:00")
    _commit(tmp_path, PUBLISHED, "2026-04-08T09:00:00+00:00")
    return tmp_path


def test_an_item_to_which_lines_were_only_added_is_not_edited(repository: Path) -> None:
    assert _by_place(repository) == {}


def test_a_corrected_update_was_edited_and_no_other(repository: Path) -> None:
    _commit(repository, PUBLISHED.replace("lok", "look"), "2026-04-09T10:00:00+00:00")
    assert _by_place(repository) == {4: at("2026-04-09 10:00")}
    _commit(repository, PUBLISHED.replace("again.", "again!"), "2026-04-09T11:00:00+00:00")
    assert _by_place(repository)[7] == at("2026-04-09 11:00")


def test_a_corrected_postmortem_was_edited(repository: Path) -> None:
    _commit(repository, PUBLISHED.replace("brok.", "broke."), "2026-04-09T10:00:00+00:00")
    assert _by_place(repository) == {RevisionSummary.BODY: at("2026-04-09 10:00")}


def test_uncommitted_lines_are_ignored(repository: Path) -> None:
    _commit(repository, PUBLISHED.replace("lok", "look"), "2026-04-09T10:00:00+00:00")
    (repository / "x.md").write_text(PUBLISHED.replace("We lok", "We all look"), encoding="utf-8")
    assert _by_place(repository) == {}


def _by_place(repository: Path) -> Mapping[int, datetime]:
    return edits_by_file(repository)["x.md"].by_place


def _commit(repository: Path, text: str, when: str) -> None:
    (repository / "x.md").write_text(text, encoding="utf-8")
    _git(repository, "add", ".")
    who = ("-c", "user.name=Comms", "-c", "user.email=comms@harmattan.example")
    _git(repository, *who, "commit", "--quiet", "--message", "x", env={"GIT_COMMITTER_DATE": when})


def _git(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={"PATH": "/usr/bin:/bin"} | (env or {}))  # noqa: S607
