from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.authoring.reading import ProseFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> ProseFolder:
    return ProseFolder(tmp_path / "incidents")
