"""Compressed copies: what a server sends instead of a file must unpack to that file."""

from __future__ import annotations

import gzip
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import brotli
import pytest

from mkdocs_incidents.publish import compress as module
from mkdocs_incidents.publish.compress import compress, kinds_of
from mkdocs_incidents.publish.errors import NotPublishedError
from mkdocs_incidents.publish.manifest import Manifest, file_states

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"Card payments failed. " * 100
BOTH = frozenset({"gz", "br"})
GZIP = frozenset({"gz"})


def folder_of(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def manifest_of(folder: Path) -> Manifest:
    return Manifest(number=1, inode=1, at=datetime(2026, 1, 1, tzinfo=UTC), files=file_states(folder))


def compressed(folder: Path, kinds: frozenset[str], live: Path | None = None, before: Manifest | None = None) -> int:
    """Compress the files of a folder; the number of copies, each of which is as it was stated."""
    copies = compress(folder, kinds, file_states(folder), live=live, before=before)
    assert {path: file_states(folder)[path] for path in copies} == copies
    return len(copies)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_each_text_file_gets_a_copy_of_each_kind_that_unpacks_to_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, index_html=TEXT, incidents__fire__feed_atom=TEXT, metrics=TEXT)
    assert compressed(folder, BOTH) == 6
    for name in ("index.html", "incidents/fire/feed.atom", "metrics"):
        assert gzip.decompress((folder / f"{name}.gz").read_bytes()) == TEXT
        assert brotli.decompress((folder / f"{name}.br").read_bytes()) == TEXT


def test_pictures_archives_and_small_files_get_none(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, logo_png=TEXT, sitemap_xml_gz=TEXT, font_woff2=TEXT, now_json=b"{}")
    before = names(folder)
    assert compressed(folder, BOTH) == 0
    assert names(folder) == before


def test_a_copy_that_would_not_be_smaller_is_not_written(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, noise_txt=os.urandom(4000))
    assert compressed(folder, BOTH) == 0
    assert names(folder) == {"noise.txt"}


def test_copies_are_the_same_bytes_whenever_they_are_made(tmp_path: Path) -> None:
    first, second = folder_of(tmp_path / "1", a_css=TEXT), folder_of(tmp_path / "2", a_css=TEXT)
    os.utime(second / "a.css", (1, 1))
    compressed(first, BOTH)
    compressed(second, BOTH)
    for name in ("a.css.gz", "a.css.br"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_gzip_copy_states_neither_time_nor_name_nor_system(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_css=TEXT)
    compressed(folder, GZIP)
    header = (folder / "a.css.gz").read_bytes()[:10]
    assert header[3:8] == b"\0\0\0\0\0"  # RFC 1952, 2.3: flags, then the time
    assert header[9:] == b"\xff"  # 255 is an unknown operating system


def test_a_copy_has_the_time_of_its_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_css=TEXT)
    os.utime(folder / "a.css", ns=(7_000_000_123, 7_000_000_123))
    compressed(folder, GZIP)
    assert (folder / "a.css.gz").stat().st_mtime_ns == 7_000_000_123


def test_a_copy_that_the_site_brought_along_stays(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, sitemap_xml=TEXT, sitemap_xml_gz=b"of MkDocs")
    assert compressed(folder, GZIP) == 0
    assert (folder / "sitemap.xml.gz").read_bytes() == b"of MkDocs"


def test_unchanged_files_take_their_copies_from_the_live_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = folder_of(tmp_path / "live", same_html=TEXT, changed_html=TEXT)
    compressed(live, GZIP)
    before = manifest_of(live)
    new = folder_of(tmp_path / "new", same_html=TEXT, changed_html=TEXT + b"Resolved.")
    monkeypatch.setattr(module, "_gzip", lambda content: b"made of " + content[-9:])
    assert compressed(new, GZIP, live=live, before=before) == 2
    assert (new / "same.html.gz").read_bytes() == (live / "same.html.gz").read_bytes()
    assert (new / "changed.html.gz").read_bytes() == b"made of Resolved."


@pytest.mark.parametrize("damage", ["changed", "deleted"])
def test_a_damaged_copy_of_the_live_version_is_made_anew(tmp_path: Path, damage: str) -> None:
    live = folder_of(tmp_path / "live", a_html=TEXT)
    compressed(live, GZIP)
    before = manifest_of(live)
    if damage == "changed":
        (live / "a.html.gz").write_bytes(b"edited")
    else:
        (live / "a.html.gz").unlink()
    new = folder_of(tmp_path / "new", a_html=TEXT)
    compressed(new, GZIP, live=live, before=before)
    assert gzip.decompress((new / "a.html.gz").read_bytes()) == TEXT


def test_brotli_that_is_not_installed_is_refused_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    folder = folder_of(tmp_path, a_css=TEXT)
    with pytest.raises(NotPublishedError, match=r"pip install brotli,.*--compress gz"):
        compressed(folder, BOTH)
    assert names(folder) == {"a.css"}


@pytest.mark.parametrize(("text", "kinds"), [("gz", {"gz"}), ("gz,br", {"gz", "br"}), (" BR , gz ", {"gz", "br"})])
def test_kinds_are_a_list_with_commas(text: str, kinds: set[str]) -> None:
    assert kinds_of(text) == kinds


@pytest.mark.parametrize("text", ["", ",", "zip", "gz,zstd"])
def test_an_unknown_kind_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="type gz, br or gz,br"):
        kinds_of(text)
