"""Whatever lies in the content folder, the answer is a problem in plain words, never a traceback."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mkdocs_incidents.content import folder as disk
from mkdocs_incidents.content.loader import load
from tests.content.folders import CATALOG, INCIDENT, NOW, Folder, place, the_problem

BOM = b"\xef\xbb\xbf"


def test_a_good_folder_has_no_problems_and_a_history(folder: Folder) -> None:
    folder.write("2026/a.md", INCIDENT)
    folder.write("b.md", INCIDENT)
    loaded = folder.load()
    assert loaded.problems == ()
    assert loaded.history
    assert [notice.id for notice in loaded.history.notices] == ["a", "b"]
    assert (loaded.files_read, loaded.notices_read, loaded.drafts) == (2, 2, 0)


def test_a_folder_is_not_listed_while_a_file_in_it_is_replaced(folder: Folder) -> None:
    folder.write("a.md", INCIDENT)
    with ThreadPoolExecutor() as threads:
        with disk.folder_lock(folder.at, exclusive=True):
            loading = threads.submit(folder.load)
            with pytest.raises(TimeoutError):
                loading.result(timeout=0.1)
        assert loading.result(timeout=10).notices_read == 1
        with disk.folder_lock(folder.at):  # as another command that only reads
            assert threads.submit(folder.load).result(timeout=10).notices_read == 1


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    loaded = load(tmp_path / "none", now=NOW, shown_as="incidents")
    assert loaded.history is None
    (problem,) = loaded.problems
    assert (problem.path, *place(problem)) == ("incidents", 1, 1, "no-folder")


def test_a_file_in_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "incidents").write_text("x")
    (problem,) = load(tmp_path / "incidents", now=NOW).problems
    assert problem.code == "no-folder"
    assert "not a folder" in problem.message


def test_a_missing_catalogue_is_answered_by_a_whole_one(folder: Folder) -> None:
    (folder.at / "components.yml").unlink()
    (problem,) = folder.load().problems
    assert problem.code == "no-catalog"
    folder.write("components.yml", problem.hint.partition("\n")[2] + "\n")
    assert folder.load().history


def test_problems_name_files_as_the_user_would_type_them(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("2026/x.md", "")
    monkeypatch.chdir(folder.at.parent)
    for typed, shown in (
        ("incidents", "incidents/2026/x.md"),
        ("incidents/", "incidents/2026/x.md"),
        ("./incidents", "incidents/2026/x.md"),
        ("../" + folder.at.parent.name + "/incidents", f"../{folder.at.parent.name}/incidents/2026/x.md"),
    ):
        (problem,) = load(Path(typed), now=NOW).problems
        assert problem.path == shown


def test_all_problems_of_all_files_are_reported_in_one_run_by_place(folder: Folder) -> None:
    folder.write("components.yml", CATALOG + "colour: red\n")
    folder.write("b.md", INCIDENT.replace("2026-04-06 14:30", "10:30").replace("major_outage", "down"))
    folder.write("a.md", "")
    found = [(problem.path, problem.line, problem.code) for problem in folder.load().problems]
    assert found == [
        ("incidents/a.md", 1, "empty-file"),
        ("incidents/b.md", 3, "not-an-instant"),
        ("incidents/b.md", 5, "unknown-component-status"),
        ("incidents/components.yml", 5, "unknown-key"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        ".x.md",
        ".x.md.swp",
        "x.md~",
        "#x.md#",
        ".#x.md",
        "_template.md",
        "README.md",
        "readme.md",
        "x.md.bak",
        ".hidden/x.md",
        "_drafts/x.md",
        "x.md.orig",
    ],
)
def test_hidden_files_and_those_of_editors_are_not_read(folder: Folder, name: str) -> None:
    folder.write(name, "not an incident")
    loaded = folder.load()
    assert loaded.problems == ()
    assert loaded.files_read == 0
    assert loaded.assets == ()


def test_images_are_listed_and_not_read(folder: Folder) -> None:
    folder.write("2026/graph.png", b"\x89PNG\0")
    loaded = folder.load()
    assert loaded.assets == ("2026/graph.png",)
    assert loaded.problems == ()


def test_a_byte_order_mark_is_accepted_and_columns_are_right(folder: Folder) -> None:
    folder.write("components.yml", BOM + CATALOG.encode())
    assert folder.notice(BOM + INCIDENT.encode()).title == "Card payments failed"
    problem = folder.problem("x.md", BOM + INCIDENT.replace("major_outage", "down").encode())
    assert place(problem) == (5, 29, "unknown-component-status")
    problem = folder.problem("x.md", BOM + b"Text\n")
    assert place(problem) == (1, 1, "no-front-matter")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_accepted_and_places_are_right(folder: Folder, end: str) -> None:
    text = INCIDENT + "\n## Timeline\n\n- 14:30 — a\n"
    notice = folder.notice(text.replace("\n", end))
    assert notice.title == "Card payments failed"
    assert notice.postmortem
    assert notice.postmortem.timeline[0].line == 10
    problem = folder.problem("x.md", text.replace("major_outage", "down").replace("\n", end))
    assert place(problem) == (5, 29, "unknown-component-status")


def test_columns_count_characters_not_bytes(folder: Folder) -> None:
    text = INCIDENT.replace("title: Card", "title: 🔥é Card").replace("{card", "{'é🔥': major_outage, wéb: down, card")
    assert [place(problem) for problem in folder.problems("x.md", text)] == [
        (5, 14, "unknown-component"),
        (5, 34, "unknown-component"),
        (5, 39, "unknown-component-status"),
    ]


def test_bytes_that_are_not_utf_8_are_reported_with_their_place_and_likely_letter(folder: Folder) -> None:
    raw = INCIDENT.replace("Card payments", "Café é").encode("cp1252")
    problem = folder.problem("x.md", raw)
    assert place(problem) == (2, 11, "not-utf-8")
    assert "'é' saved as Windows-1252" in problem.message


def test_utf_16_is_reported_by_name(folder: Folder) -> None:
    problem = folder.problem("x.md", INCIDENT.encode("utf-16"))
    assert "UTF-16" in problem.message


@pytest.mark.parametrize(
    ("char", "name"), [("\0", "NUL"), ("\x1b", "escape"), ("\x08", "backspace"), ("\x9c", "control")]
)
def test_control_characters_are_reported(folder: Folder, char: str, name: str) -> None:
    for text, line in ((INCIDENT.replace("Card", f"C{char}ard"), 2), (INCIDENT + f"\nText {char}\n", 8)):
        problem = folder.problem("x.md", text)
        assert (problem.line, problem.code) == (line, "control-character")
        assert name in problem.message


def test_a_huge_file_is_refused_by_its_size(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder.write("x.md", "")
    os.truncate(path, 50 * 1024 * 1024)  # sparse: takes no room on the disk
    read = []
    plain_read = disk._read

    def noted(path: Path, most: int) -> bytes:
        read.append(path)
        return plain_read(path, most)

    monkeypatch.setattr(disk, "_read", noted)
    problem = next(p for p in folder.load().problems if p.path.endswith("x.md"))
    assert problem.code == "too-large"
    assert "50.0 MB" in problem.message
    assert read == [folder.at / "components.yml"]
    assert path.exists()


def test_a_file_that_grows_while_it_is_read_is_still_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("x.md", INCIDENT)
    monkeypatch.setattr(disk, "LARGEST", 10)
    assert {p.code for p in folder.load().problems} == {"too-large"}


def test_a_folder_with_the_name_of_a_file_is_reported_and_still_read(folder: Folder) -> None:
    folder.write("x.md/y.md", "")
    assert [(p.path, p.code) for p in folder.load().problems] == [
        ("incidents/x.md", "folder-named-md"),
        ("incidents/x.md/y.md", "empty-file"),
    ]


def test_a_file_that_may_not_be_read_is_reported(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("x.md", INCIDENT)
    plain_open = Path.open

    def refuse(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == "x.md":
            raise PermissionError(13, "Permission denied")
        return plain_open(self, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = folder.load().problems
    assert problem.code == "unreadable"
    assert "permission denied" in problem.message


def test_a_folder_that_may_not_be_read_is_reported(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("2026/x.md", INCIDENT)
    scan = os.scandir

    def refuse(path: Path) -> Any:
        if Path(path).name == "2026":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert the_problem(folder) == ("incidents/2026", "unreadable")


def test_links_are_followed(folder: Folder, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.md"
    real.write_text(INCIDENT)
    (folder.at / "x.md").symlink_to(real)
    loaded = folder.load()
    assert loaded.history
    assert [notice.id for notice in loaded.history.notices] == ["x"]


def test_a_link_to_nothing_is_reported(folder: Folder) -> None:
    (folder.at / "x.md").symlink_to("nowhere.md")
    assert the_problem(folder) == ("incidents/x.md", "broken-link")


def test_a_link_to_itself_is_reported(folder: Folder) -> None:
    (folder.at / "x.md").symlink_to("x.md")
    assert the_problem(folder) == ("incidents/x.md", "broken-link")


def test_a_link_to_a_folder_above_is_reported_and_ends(folder: Folder) -> None:
    (folder.at / "loop").symlink_to(folder.at)
    folder.write("x.md", INCIDENT)
    assert the_problem(folder) == ("incidents/loop", "link-loop")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.at / "x.md")
    assert the_problem(folder) == ("incidents/x.md", "unreadable")


def test_a_name_no_terminal_can_show_is_reported(folder: Folder) -> None:
    os.close(os.open(os.fsencode(folder.at) + b"/x\xff\n.md", os.O_CREAT))
    path, code = the_problem(folder)
    assert code == "bad-file-name"
    assert path.isprintable()
    path.encode()


@pytest.mark.parametrize("lines", ["\n\n", "\n \n"])
def test_blank_lines_above_the_facts_do_not_matter(folder: Folder, lines: str) -> None:
    if lines.strip("\n"):
        assert folder.problem("x.md", lines + INCIDENT).code == "no-front-matter"
    else:
        assert folder.notice(lines + INCIDENT).title
        assert place(folder.problem("x.md", lines + INCIDENT.replace("major_outage", "down"))) == (
            7,
            29,
            "unknown-component-status",
        )


def test_progress_is_reported_file_by_file(folder: Folder) -> None:
    for name in "abc":
        folder.write(f"{name}.md", INCIDENT)
    seen: list[tuple[int, int]] = []
    load(folder.at, now=NOW, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_order_of_files_never_changes_what_is_loaded(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcd":
        folder.write(f"{name}.md", INCIDENT if name != "c" else "")
    before = folder.load()
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(scan(path))))
    assert folder.load() == before
