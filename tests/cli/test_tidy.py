"""`incidents tidy` shows what it proposes, and writes it in one step or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.authoring.files import NotWrittenError, write_anew
from mkdocs_incidents.cli import incidents

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
---
title: Sign-in failed
started: 2026-04-06 14:30
resolved: 2026-04-06 16:00
---

## Timline

- 14.35 – The team is paged
- Ten minutes later the cache is emptied
"""
TIDY = FILE.replace("Timline", "Timeline").replace(
    "- 14.35 – The team is paged", "- 14:35 – The team is paged {kind: detected}"
)


def tidy(*arguments: str | Path) -> Result:
    return CliRunner().invoke(incidents, ["tidy", *map(str, arguments)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "components.yml").write_text(
        "timezone: Africa/Lagos\ncomponents: [{id: web, name: Web}]\n"
    )
    path = tmp_path / "incidents" / "x.md"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_it_shows_each_change_with_its_text_and_how_sure_it_is_and_writes_nothing(path: Path) -> None:
    result = tidy(path)
    assert result.exit_code == 0
    assert f"{path.as_posix()}:7: sure: section: the name of a section, misspelt: Timeline: 'Timline'" in result.stdout
    assert "    - ## Timline\n    + ## Timeline\n" in result.stdout
    assert "10: likely: entry: a time that is counted from another one" in result.stdout
    assert (
        "1 file read: 4 proposals, 3 of them sure. Nothing is written. Next: --write writes the sure ones"
        in result.stdout
    )
    assert path.read_text(encoding="utf-8") == FILE


def test_write_writes_the_sure_ones_and_says_what_comes_next(path: Path) -> None:
    result = tidy(path, "--write")
    assert "3 written. 1 more" in result.stdout
    assert f"Next: incidents check {path.parent.as_posix()}" in result.stdout
    assert path.read_text(encoding="utf-8") == TIDY
    assert "none written" in tidy(path, "--write").stdout
    assert path.read_text(encoding="utf-8") == TIDY


def test_all_proposals_writes_the_others_too(path: Path) -> None:
    tidy(path, "--write", "--all-proposals")
    assert "- 14:45 — Ten minutes later the cache is emptied" in path.read_text(encoding="utf-8")
    assert "nothing to propose" in tidy(path, "--all-proposals").stdout


def test_programs_get_a_list(path: Path) -> None:
    found = json.loads(tidy(path, "--json").stdout)
    assert [(proposal["line"], proposal["subject"], proposal["sure"], proposal["written"]) for proposal in found] == [
        (7, "section", True, False),
        (9, "entry", True, False),
        (9, "turning point", True, False),
        (10, "entry", False, False),
    ]
    assert found[0]["before"] == ["## Timline"]
    assert found[0]["after"] == ["## Timeline"]
    assert json.loads(tidy(path, "--json", "--write").stdout)[0]["written"] is True


def test_all_reads_every_file_of_the_folder(path: Path) -> None:
    (path.parent / "2026").mkdir()
    (path.parent / "2026" / "y.md").write_text(FILE, encoding="utf-8")
    result = tidy("--all", "--folder", path.parent, "--write")
    assert "2 files read: 8 proposals" in result.stdout
    assert (path.parent / "2026" / "y.md").read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the files to tidy; or type: incidents tidy --all"),
        (["--all", "--folder", "nowhere"], "there is no folder 'nowhere'"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_says_what_to_type(arguments: list[str], message: str) -> None:
    result = tidy(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_cannot_be_read_is_one_sentence_and_the_others_are_tidied(path: Path, tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "big.md").write_bytes(b"a" * 5_000_000)
    os.mkfifo(tmp_path / "pipe.md")
    bad = [tmp_path / name for name in ("loop.md", "big.md", "pipe.md", "missing.md")]
    result = tidy(*bad, path, "--write")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == len(bad)
    assert path.read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_a_byte_order_mark_and_the_mode_stay(path: Path, end: str) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", end).encode())
    path.chmod(0o640)
    tidy(path, "--write")
    assert path.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", end).encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_lines_that_do_not_change_keep_the_ends_they_had(path: Path) -> None:
    mixed = FILE.replace("\n\n", "\n\r\n")
    path.write_bytes(mixed.encode())
    tidy(path, "--write")
    assert path.read_bytes() == TIDY.replace("\n\n", "\n\r\n").encode()


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(path)
    tidy(link, "--write")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == TIDY


def test_a_file_that_changed_meanwhile_is_left_alone(path: Path) -> None:
    path.write_text(f"{FILE}\nA line more.\n", encoding="utf-8")
    with pytest.raises(NotWrittenError, match="was changed meanwhile"):
        write_anew(path, FILE.encode(), TIDY)
    assert path.read_text(encoding="utf-8").endswith("A line more.\n")


def test_a_file_is_whole_at_every_moment_or_stays_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int) -> None:
        assert path.read_text(encoding="utf-8") == FILE
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    result = tidy(path, "--write")
    assert result.exit_code == 1
    assert "cannot be written: the disk is full; free some space" in result.stderr
    assert path.read_text(encoding="utf-8") == FILE
    assert sorted(file.name for file in path.parent.iterdir()) == ["components.yml", "x.md"]


def test_a_write_protected_file_is_not_replaced(path: Path) -> None:
    path.chmod(0o444)
    assert "is write-protected; nothing is written" in tidy(path, "--write").stderr
    assert path.read_text(encoding="utf-8") == FILE


def test_a_terminal_sees_no_traceback_when_nobody_reads_on(path: Path) -> None:
    command = f"{sys.executable} -m mkdocs_incidents.cli tidy {path} | head -1"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_all_files_of_the_site_are_found_from_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "notices"
    (folder / "2026").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("plugins: {incidents: {incidents_dir: notices}}\n")
    (folder / "components.yml").write_text("timezone: UTC\ncomponents: [{id: web, name: Web}]\n")
    (folder / "2026" / "x.md").write_text("---\ntitle: X\nstarted: 2026-04-06 14:30\n---\n\n## Timline\n\n- 14:30 x\n")
    monkeypatch.chdir(folder / "2026")
    result = CliRunner().invoke(incidents, ["tidy", "--all"])
    assert result.exit_code == 0
    assert "1 file read" in result.stdout
