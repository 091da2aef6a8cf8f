"""Lists of sentences, and incident files that say one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_incidents.authoring.advice.advisor import advisor
from mkdocs_incidents.authoring.advice.passages import SECTIONS, TIMELINE
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.model import IncidentStatus
from tests.makers import at

if TYPE_CHECKING:
    from mkdocs_incidents.content.problems import Problem
    from tests.content.folders import Folder

HERE = Path(__file__).parent
HEADINGS = {where: where.replace("_", " ").capitalize() for where in (*SECTIONS, TIMELINE)} | {
    "promise": "Action items"
}
FIRST_MESSAGE = "Card payments fail for everyone. Transfers work. We do not know the cause yet. Next update by 14:40."
FACTS = "title: Card payments failed\nstarted: 2026-04-06 14:30\ncomponents: {transfers: major_outage}\n"
SUMMARY = "## Summary\n\nFrom 14:30 to 15:15 nobody could pay by card, because a rule had no unit.\n\n"


def lines(name: str) -> list[list[str]]:
    """What stands on each line of a list of notices, between its bars."""
    texts = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [text.split(" | ") for text in texts if text and not text.startswith("#")]


def file_with(where: str, text: str) -> str:
    """An incident file that says `text` in an update of the status `where`, or in that part of its postmortem."""
    text = text.replace("\\n", "\n")
    if where == "title":
        return file_with("resolved", "Cards work again.").replace("Card payments failed", text)
    if where in set(IncidentStatus):
        messages = [(where, text)] if where == "investigating" else [("investigating", FIRST_MESSAGE), (where, text)]
        updates = "".join(
            f"  - at: 2026-04-06 14:3{5 + number}\n    status: {status}\n    message: |-\n      {message}\n"
            for number, (status, message) in enumerate(messages)
        )
        closing = "" if where == "resolved" else "  - {at: 2026-04-06 15:15, status: resolved, message: ¤}\n"
        return f"---\n{FACTS}updates:\n{updates}{closing}---\n"
    promise = f"- [ ] {text} (@Platform team, due 2026-12-04)" if where == "promise" else text
    summary = "" if where == "summary" else SUMMARY
    facts = f"{FACTS}resolved: 2026-04-06 15:15\npostmortem: {{published: 2026-04-08, by: Maria}}\n"
    return f"---\n{facts}---\n\n{summary}## {HEADINGS[where]}\n\n{promise}\n"


def opening_with(status: str, text: str) -> str:
    """An incident file whose first update has that status and says `text`; `next_update:` gives the time."""
    text = text.replace("\\n", "\n")
    waits = "" if status == "resolved" else "\n    next_update: 15:00"
    closing = "" if status == "resolved" else "  - {at: 2026-04-06 15:15, status: resolved, message: ¤}\n"
    first = f"  - at: 2026-04-06 14:36\n    status: {status}{waits}\n    message: |-\n      {text}\n"
    return f"---\n{FACTS}updates:\n{first}{closing}---\n"


def promising(text: str) -> str:
    """An incident file with a promise that stands in a draft, as it was written."""
    facts = f"{FACTS}resolved: 2026-04-06 15:15\n"
    return f"---\n{facts}---\n\n{SUMMARY}## Action items\n\n- [ ] {text}\n"


def advice_on(folder: Folder, *files: str) -> list[Problem]:
    """The advice on files, which have no errors."""
    for number, file in enumerate(files):
        folder.write(f"2026-04-06-x{number}.md", file)
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", advisor=advisor)
    assert not loaded.errors, loaded.errors
    return list(loaded.advice)


def codes(folder: Folder, *files: str) -> list[str]:
    """The codes of all advice on files."""
    return [problem.code for problem in advice_on(folder, *files)]
