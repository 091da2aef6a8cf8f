"""Warnings that an author has seen and that stay true: `accepted: [late-first-word]`.

A postmortem whose first update did come late can say so and still pass a strict build. Errors cannot be accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import ADVICE, RETIRED, WARNINGS
from .problems import Severity
from .spelling import nearest, one_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .incident_file import NoticeFile
    from .problems import Problem


def without_accepted(file: NoticeFile, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file without the warnings and the advice that it accepts."""
    accepted = set(file.keys.accepted)
    return [p for p in problems if p.severity is Severity.ERROR or p.code not in accepted]


def unknown_codes(file: NoticeFile) -> Iterator[Problem]:
    """An error for each accepted code that is no warning or advice of this or a former version."""
    for number, code in enumerate(file.keys.accepted):
        if code not in WARNINGS and code not in ADVICE and code not in RETIRED:
            near = nearest(code, WARNINGS)
            hint = f"write {near}" if near else one_of(WARNINGS)
            yield file.error(file.place("accepted", number), "unknown-code", f"{quoted(code)} is no warning", hint)
