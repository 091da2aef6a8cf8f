"""While nginx serves the live folder, nobody notices a publication but by what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.publish import load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.timed
def test_no_answer_fails_is_mixed_or_old_and_the_assets_of_a_page_outlive_it_by_one_version(tmp_path: Path) -> None:
    seen = load.run(tmp_path, publishes=15, pages=10)
    assert seen.faults == {}
    assert seen.answers["all"] > 100
    assert seen.answers["assets one version later"] > 0


@pytest.mark.parametrize(
    "text",
    ["", "version 1\n" * load.LINES, "version 1\n" * (load.LINES - 1) + "version 2\n</html>\n", "version 1\n</html>\n"],
)
def test_a_mixed_or_truncated_page_would_be_noticed(text: str) -> None:
    assert load.version_of("/", text) == 0
    assert load.version_of("/", "version 7\n" * load.LINES + "</html>\n") == 7
