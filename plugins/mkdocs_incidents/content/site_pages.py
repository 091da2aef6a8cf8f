"""Checks the markers of internal notes in the pages of a site that are no incident files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .internal import public_markdown
from .problems import Problem, Severity
from .source import Source, problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def marker_problems(docs: Path, excluded: Path) -> Iterator[Problem]:
    """What is wrong with markers of internal notes in the Markdown below `docs`, the folder `excluded` left out."""
    for folder, _, names in os.walk(docs, followlinks=True):  # as MkDocs does
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(_MARKDOWN) and excluded not in path.parents:
                shown = Path(docs.name, path.relative_to(docs)).as_posix()
                yield from _problems_in(path.read_text("utf-8-sig", errors="replace"), shown)


def _problems_in(text: str, shown: str) -> Iterator[Problem]:
    source = Source(path=shown, text=text)
    for fault in public_markdown(text).faults:
        place = source.place(fault.index)
        yield problem_at(shown, Severity.ERROR, place, "internal-marker", fault.message, fault.hint)
