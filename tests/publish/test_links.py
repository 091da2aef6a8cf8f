"""Links in a folder that was built."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.publish.verification.links import _PLAIN_PATH, FolderLinks

ADDRESS = "https://status.example.com/at/"


@given(st.from_regex(_PLAIN_PATH, fullmatch=True))
def test_a_plain_path_is_resolved_as_any_other(path: str) -> None:
    assert FolderLinks(Path(), ADDRESS, frozenset())._resolve("", ADDRESS + path) == path
