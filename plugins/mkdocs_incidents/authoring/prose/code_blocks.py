"""Lines that belong to programs, not to the author: code blocks and pasted logs."""

from __future__ import annotations

import re

_FENCE = re.compile(r"\s{0,12}(?:>\s?|[-*+]\s)?(`{3,}|~{3,})")
_FEWEST = 8
"""Lines of a report that stands in a fence as a whole."""
_TIMED_ITEM = re.compile(r"\s{0,3}[-*•+]\s+\W{0,3}[0-2]?\d[:.][0-5]\d\b")
# What programs write about themselves, pasted without a fence: its times are not the author's.
_LOG = re.compile(
    r"\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S{0,12}\s+\W{0,2}(?:emerg|alert|crit|error|err|warn(?:ing)?"
    r"|notice|info|debug|trace|fatal|critical)\b"
    r"|(?:\d{1,3}\.){3}\d{1,3} - |[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,60} \S{1,60}\[\d+\]:)",
    re.IGNORECASE,
)


def is_log_line(line: str) -> bool:
    """Whether a program wrote this line about itself."""
    return _LOG.match(line[:200]) is not None


def code_lines(lines: list[str]) -> set[int]:
    """Indexes of the lines inside of code blocks.

    A block that is never closed ends where code plainly does, or else is none.
    """
    inside = _fenced(lines)
    told = [index for index, line in enumerate(lines) if line.strip()]
    return set() if len(told) > _FEWEST and inside.issuperset(told) else inside  # a report put into a fence as a whole


def _fenced(lines: list[str]) -> set[int]:
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        found = _FENCE.match(line)
        if opened is None:
            if found and found[1] not in line[found.end() :]:
                opened = index, found[1]
        elif _has_left_the_code(line, lines[index - 1]):  # its end was forgotten: the block is over
            inside.update(range(opened[0], index))
            opened = None
        elif found and found[1].startswith(opened[1]) and not line[found.end() :].strip("`~ \t>"):
            inside.update(range(opened[0], index + 1))
            opened = None
    return inside


def _has_left_the_code(line: str, before: str) -> bool:
    """Whether a line inside of a code block is an item with a time after a blank line, as no code has it."""
    return not before.strip() and bool(_TIMED_ITEM.match(line))
