"""`incidents import` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents

DOCUMENTS = Path(__file__).parents[1] / "authoring" / "importers" / "freeform" / "documents"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(incidents, ["import", *map(str, arguments)])


def test_a_dry_run_prints_one_object_a_line_for_each_input_and_writes_nothing(tmp_path: Path) -> None:
    result = run(
        DOCUMENTS / "table.md", DOCUMENTS / "not_an_incident.md", "--dry-run", "--json", "--into", tmp_path / "i"
    )
    assert result.exit_code == 0
    kinds = [json.loads(line)["kind"] for line in result.stdout.splitlines()]
    assert kinds == ["incident", "none"]
    assert not (tmp_path / "i").exists()


def test_an_import_writes_a_file_named_by_day_and_file_and_says_what_comes_next(tmp_path: Path) -> None:
    result = run(DOCUMENTS / "table.md", "--into", tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / "2024-02-03-table.md").is_file()
    assert "line 5: started: 2024-02-03 08:15 (stated: the text)" in result.stdout
    assert "missing: components" in result.stdout
    assert "Next: incidents check" in result.stdout


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "2024-02-03-table.md"
    target.write_text("mine", encoding="utf-8")
    result = run(DOCUMENTS / "table.md", "--into", tmp_path)
    assert result.exit_code == 1
    assert target.read_text(encoding="utf-8") == "mine"
    assert "is there already" in result.stderr


def test_a_file_without_an_incident_is_not_imported(tmp_path: Path) -> None:
    result = run(DOCUMENTS / "not_an_incident.md", "--into", tmp_path)
    assert result.exit_code == 1
    assert "no incident" in result.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "does not exist"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "is not text"),
        (b"\x00" * 9, "is not text"),
        ("Ausfall für Kunden".encode("cp1252"), "is not UTF-8"),
        (b"a" * 1_048_577, "is larger than"),
    ],
)
def test_what_cannot_be_read_is_one_plain_sentence(content: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "input.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(path, "--dry-run", "--json")
    assert result.exit_code == 1
    assert message in result.stderr
    assert json.loads(result.stdout)["kind"] == "none"


def test_a_folder_is_refused_with_a_hint(tmp_path: Path) -> None:
    assert "is a folder; name the files in it" in run(tmp_path, "--dry-run").stderr


def test_crlf_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "table.md"
    text = (DOCUMENTS / "table.md").read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    found = json.loads(run(path, "--dry-run", "--json").stdout)
    assert (found["started"], len(found["timeline"])) == ("2024-02-03T08:15+00:00", 3)


def test_a_folder_that_is_a_file_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    into = tmp_path / "incidents"
    into.write_text("mine", encoding="utf-8")
    result = run(DOCUMENTS / "table.md", "--into", into)
    assert result.exit_code == 2
    assert "is a file, not a folder; name a folder with --into" in result.stderr


def test_changes_are_reported_by_line_and_what_is_unsure_is_left_to_tidy(tmp_path: Path) -> None:
    result = run(DOCUMENTS / "bold_times.md", "--into", tmp_path)
    assert "  lines 9 to 13: changed: an entry without a bullet\n" in result.stdout
    (written,) = tmp_path.iterdir()
    assert f"  3 more changes to look at first: incidents tidy {written.as_posix()}\n" in result.stdout


def test_a_place_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = run(DOCUMENTS / "table.md", "--into", tmp_path / "file" / "incidents")
    assert result.exit_code == 1
    assert "cannot be written: Not a directory" in result.stderr


def test_files_are_written_into_the_folder_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("plugins: {incidents: {incidents_dir: notices}}\n")
    (tmp_path / "docs" / "outage.md").write_text(
        "# Outage on 6 April 2026\n\nFrom 14:30 to 15:15 UTC the API failed.\n"
    )
    monkeypatch.chdir(tmp_path / "docs")
    CliRunner().invoke(incidents, ["import", "outage.md"])
    assert list((tmp_path / "notices").glob("*.md"))
