"""The body of an incident file, brought into the grammar that a build reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action_items import propose_action_items
from .apology import propose_apology
from .edited_text import EditedText
from .entries import propose_entries
from .groups import propose_elapsed_times, propose_groups, propose_later_times
from .headings import propose_headings
from .html_lists import propose_html_lists
from .turning_points import propose_turning_points

if TYPE_CHECKING:
    from .strict_reading import Context


_MOST_ROUNDS = 8


def tidied(body: str, context: Context, *, first_line: int = 1, everything: bool = False) -> EditedText:
    """`body` with all proposals made that are sure; with `everything`, those that are likely, too.

    One proposal may show the way to another, so all are looked for again until there is none: a second run over the
    result changes nothing.
    """
    text = EditedText.of(body, first_line=first_line, everything=everything)
    for _ in range(_MOST_ROUNDS):
        made = len(text.proposals)
        propose_headings(text, context)
        propose_html_lists(text)
        propose_groups(text, context)
        propose_elapsed_times(text, context)
        propose_entries(text, context)
        propose_later_times(text, context)
        propose_apology(text)
        propose_action_items(text, context)
        propose_turning_points(text, context)
        if len(text.proposals) == made:
            break
    return text
