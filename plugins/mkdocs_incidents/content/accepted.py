"""Warnings that an author has seen and that stay true: `accepted: [late-first-word]`.

A postmortem whose first word did come late can be told honestly and still be built strict. Errors cannot be accepted.
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
    """What a file accepts and no warning or advice is called, nor was in former versions."""
    for number, code in enumerate(file.keys.accepted):
        if code not in WARNINGS and code not in ADVICE and code not in RETIRED:
            near = nearest(code, WARNINGS)
            hint = f"write {near}" if near else one_of(WARNINGS)
            yield file.error(file.place("accepted", number), "unknown-code", f"{quoted(code)} is no warning", hint)
