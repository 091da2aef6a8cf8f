"""The files of a new site are all written, or none."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.files import NotWrittenError
from mkdocs_incidents.authoring.new_site.writing import PlannedFile, write_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def almost_full_disk() -> Iterator[None]:
    """No file may become longer than 1,000 bytes, as far as this process writes it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def test_new_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_all([PlannedFile(path=tmp_path / "a" / "b" / "c.txt", text="é\n")])
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == "é\n".encode()


@pytest.mark.usefixtures("almost_full_disk")
def test_on_a_full_disk_what_was_written_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"old\r\n")
    files = [
        PlannedFile(path=tmp_path / "old.txt", text="old\nnew\n", before=b"old\r\n"),
        PlannedFile(path=tmp_path / "new" / "small.txt", text="small\n"),
        PlannedFile(path=tmp_path / "new" / "large.txt", text="large" * 1000),
    ]
    with pytest.raises(NotWrittenError, match=r"large.txt cannot be written: File too large; nothing is written"):
        write_all(files)
    assert tree(tmp_path) == {"old.txt": b"old\r\n"}


@pytest.mark.usefixtures("almost_full_disk")
def test_a_change_is_taken_back_when_a_later_one_fails(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_bytes(b"\xef\xbb\xbfold\r\n")
    (tmp_path / "second.txt").write_bytes(b"old\n")
    files = [
        PlannedFile(path=tmp_path / "first.txt", text="old\nnew\n", before=b"\xef\xbb\xbfold\r\n"),
        PlannedFile(path=tmp_path / "second.txt", text="large" * 1000, before=b"old\n"),
    ]
    with pytest.raises(NotWrittenError, match=r"second.txt cannot be written"):
        write_all(files)
    assert tree(tmp_path) == {"first.txt": b"\xef\xbb\xbfold\r\n", "second.txt": b"old\n"}


def test_a_file_that_appears_meanwhile_stays_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("theirs", encoding="utf-8")
    files = [PlannedFile(path=tmp_path / name, text="ours") for name in ("a.txt", "b.txt")]
    with pytest.raises(NotWrittenError, match=r"b.txt is there already; nothing is written"):
        write_all(files)
    assert tree(tmp_path) == {"b.txt": b"theirs"}


def test_a_file_that_changed_meanwhile_stays_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("theirs", encoding="utf-8")
    files = [
        PlannedFile(path=tmp_path / "a.txt", text="ours"),
        PlannedFile(path=tmp_path / "b.txt", text="ours", before=b"as it was"),
    ]
    with pytest.raises(NotWrittenError, match=r"b.txt was changed meanwhile; nothing is written"):
        write_all(files)
    assert tree(tmp_path) == {"b.txt": b"theirs"}


def test_a_file_in_the_place_of_a_folder_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file", encoding="utf-8")
    files = [PlannedFile(path=tmp_path / name, text="ours") for name in ("a.txt", "docs/index.md")]
    with pytest.raises(NotWrittenError, match=r"docs/index.md cannot be written: Not a directory; nothing is written"):
        write_all(files)
    assert tree(tmp_path) == {"docs": b"a file"}
