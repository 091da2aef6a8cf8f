"""What a section says besides the list that was read from it, so that nothing its author wrote is lost."""

from __future__ import annotations

import re

_ITEM = re.compile(r"(?:[-*+•]|\d+[.)])\s+\S|\[[ xX✓✔-]?\]\s*\w|[☐□⬜☑✅✔✓]")
_TIMED = re.compile(r"[\W_]*\d{1,2}[:.h]\d\d")


def rest(markdown: str, read: int) -> str | None:
    """The prose of a section of which `read` items are shown as data.

    None where that cannot be told apart (there are more items than were read, a table, plain timed lines): then
    the section is shown as it was written, too.
    """
    items, prose = 0, []
    for block in re.split(r"\n[ \t]*\n", markdown.strip("\n")):
        lines = [line for line in block.splitlines() if line.strip()]
        if not lines or lines[0][0] in " \t":
            continue  # belongs to the item above it
        begun = [line for line in lines if _ITEM.match(line)]
        if begun and _ITEM.match(lines[0]):
            items += len(begun)
        elif begun or any(line.startswith("|") or _TIMED.match(line) for line in lines):
            return None
        else:
            prose.append(block)
    return "\n\n".join(prose) if items == read else None
