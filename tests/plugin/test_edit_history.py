from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.plugin.edit_history import edits_by_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "--quiet")
    (tmp_path / "incidents").mkdir()
    return tmp_path


def test_a_commit_that_only_adds_is_no_edit(repository: Path) -> None:
    _commit(repository, "x.md", "title: X\n")
    _commit(repository, "x.md", "title: X\n- at: 14:30\n")
    edits = edits_by_file(repository / "incidents")["x.md"]
    assert (edits.count, edits.last_at) == (0, None)


def test_a_commit_that_changes_a_published_line_is_one(repository: Path) -> None:
    _commit(repository, "sub/ọ x.md", "title: X\n")
    _commit(repository, "sub/ọ x.md", "title: Y\n", "2026-04-07T09:00:00+01:00")
    edits = edits_by_file(repository / "incidents")["sub/ọ x.md"]
    assert edits.count == 1
    assert edits.last_at is not None
    assert edits.last_at.isoformat() == "2026-04-07T08:00:00+00:00"


def test_a_shallow_clone_has_no_edit_history(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    _commit(repository, "x.md", "title: X\n")
    _commit(repository, "x.md", "title: Y\n")
    shallow = tmp_path_factory.mktemp("clone") / "shallow"
    _git(repository, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(shallow))
    assert edits_by_file(shallow / "incidents") == {}


def test_without_git_there_is_no_edit_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert edits_by_file(tmp_path) == {}
    monkeypatch.setenv("PATH", "")
    assert edits_by_file(tmp_path) == {}


def _commit(repository: Path, name: str, text: str, when: str = "2026-04-06T14:36:00+01:00") -> None:
    path = repository / "incidents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    _git(repository, "add", ".")
    who = ("-c", "user.name=Comms", "-c", "user.email=comms@harmattan.example")
    _git(repository, *who, "commit", "--quiet", "--message", "x", env={"GIT_COMMITTER_DATE": when})


def _git(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={"PATH": "/usr/bin:/bin"} | (env or {}))  # noqa: S607
