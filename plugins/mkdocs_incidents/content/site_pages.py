"""The site's other pages, of which only one thing is ours to check: that no internal note in them is left open."""

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


def marker_problems(docs: Path, besides: Path) -> Iterator[Problem]:
    """What is wrong with markers of internal notes in the Markdown below `docs`, the folder `besides` left out."""
    for folder, _, names in os.walk(docs, followlinks=True):  # as MkDocs does
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(_MARKDOWN) and besides not in path.parents:
                shown = Path(docs.name, path.relative_to(docs)).as_posix()
                yield from _problems_in(path.read_text("utf-8-sig", errors="replace"), shown)


def _problems_in(text: str, shown: str) -> Iterator[Problem]:
    source = Source(path=shown, text=text)
    for fault in public_markdown(text).faults:
        place = source.place(fault.index)
        yield problem_at(shown, Severity.ERROR, place, "internal-marker", fault.message, fault.hint)
