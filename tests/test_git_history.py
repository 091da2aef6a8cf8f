"""What git tells of the files of a folder."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.git_history import folder_history
from tests.makers import at
from tests.repositories import Repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


def texts(repository: Repository, path: str) -> list[str | None]:
    history = folder_history(repository.folder / "incidents")
    assert history
    return [
        history.contents.get(version.blob, b"").decode() if version.blob else None for version in history.versions[path]
    ]


def test_a_file_has_its_versions_oldest_first(repository: Repository) -> None:
    repository.commit("2026-04-06 14:30", {"incidents/sub/ọ x.md": "1\n"})
    repository.commit("2026-04-07 09:00", {"incidents/sub/ọ x.md": "2\n"})
    history = folder_history(repository.folder / "incidents")
    assert history
    assert history.complete
    assert [version.at for version in history.versions["sub/ọ x.md"]] == [
        at("2026-04-06 14:30"),
        at("2026-04-07 09:00"),
    ]
    assert texts(repository, "sub/ọ x.md") == ["1\n", "2\n"]


def test_settings_of_the_user_change_nothing(repository: Repository) -> None:
    for setting in ("color.ui=always", "log.showRoot=false", "log.showSignature=true", "diff.renames=copies"):
        repository.git("config", *setting.split("="))
    repository.commit("2026-04-06 14:30", {"incidents/x.md": "1\n"})
    repository.commit("2026-04-07 09:00", {"incidents/x.md": "2\n"})
    assert texts(repository, "x.md") == ["1\n", "2\n"]


def test_a_file_that_never_changed_is_not_read(repository: Repository) -> None:
    repository.commit("2026-04-06 14:30", {"incidents/x.md": "1\n", "incidents/notes.txt": "n", "docs/y.md": "y"})
    history = folder_history(repository.folder / "incidents")
    assert history
    assert (list(history.versions), history.contents) == (["x.md"], {})
    repository.write("incidents/x.md", "2\n")
    assert texts(repository, "x.md") == ["1\n"], "what is changed and not committed yet is compared"


def test_a_deleted_file_keeps_its_versions(repository: Repository) -> None:
    repository.commit("2026-04-06 14:30", {"incidents/x.md": "1\n", "incidents/y.md": "1\n"})
    repository.git("rm", "--quiet", "incidents/x.md")
    assert texts(repository, "x.md") == ["1\n"]
    repository.commit("2026-04-06 14:50")
    assert texts(repository, "x.md") == ["1\n", None]


def test_a_merge_is_one_version(repository: Repository) -> None:
    repository.commit("2026-04-06 14:30", {"incidents/x.md": "1\n\n\n\n5\n"})
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit("2026-04-06 14:40", {"incidents/x.md": "1\n\n\n\n5\n6\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-04-06 14:50", {"incidents/x.md": "0\n1\n\n\n\n5\n"})
    repository.git("merge", "--quiet", "--no-edit", "other", when="2026-04-06 15:00")
    assert texts(repository, "x.md") == ["1\n\n\n\n5\n", "0\n1\n\n\n\n5\n", "0\n1\n\n\n\n5\n6\n"]


def test_the_history_of_a_shallow_clone_is_incomplete(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-04-06 14:30", {"incidents/x.md": "1\n"})
    repository.commit("2026-04-06 14:50", {"incidents/x.md": "2\n"})
    repository.git("clone", "--quiet", "--depth", "1", repository.folder.as_uri(), str(tmp_path / "shallow"))
    history = folder_history(tmp_path / "shallow" / "incidents")
    assert history
    assert not history.complete
    assert len(history.versions["x.md"]) == 1


def test_without_git_a_repository_or_a_commit_there_is_no_history(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").mkdir()
    assert folder_history(tmp_path / "plain") is None
    assert folder_history(tmp_path / "missing") is None
    assert folder_history(repository.folder) is None
    monkeypatch.setenv("PATH", "")
    assert folder_history(repository.folder) is None


def test_git_is_called_as_often_for_many_files_as_for_one(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    run = subprocess.run

    def counted(command: list[str], **options: Any) -> Any:
        calls.append(command)
        return run(command, **options)

    for number in (1, 2):
        repository.commit("2026-04-06 14:30", {f"incidents/{n}.md": f"{number}\n" for n in range(20)})
    monkeypatch.setattr(subprocess, "run", counted)
    assert folder_history(repository.folder / "incidents")
    assert len(calls) == 4
