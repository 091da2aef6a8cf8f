"""The Markdown copy of the history."""

from __future__ import annotations

from tests.emit.emitting import emitted
from tests.makers import at, history, incident, states


def test_the_copy_of_the_history_lists_titles_by_month_and_quiet_months_in_one_line() -> None:
    older, newer = (
        incident(
            f"2026-0{month}-06 10:00",
            id=f"2026-0{month}",
            title=title,
            resolved=f"2026-0{month}-06 11:00",
            components=states(web="major_outage"),
        )
        for month, title in ((1, "Mail was not sent"), (5, "Cards failed"))
    )
    text = emitted(history(older, newer), at("2026-06-10 12:00"))["history.md"].decode()
    site = "https://status.example.com"
    assert text.partition("# History\n\n")[2] == (
        "## 2026\n\n2 incidents\n\nJune 2026: Nothing to report\n\n"
        f"### [May 2026]({site}/history/2026/05/)\n\n"
        f"- [Cards failed]({site}/incidents/2026-05/): Major outage, 6 May 2026, 1 hr\n\n"
        "February to April 2026: Nothing to report\n\n"
        f"### [January 2026]({site}/history/2026/01/)\n\n"
        f"- [Mail was not sent]({site}/incidents/2026-01/): Major outage, 6 January 2026, 1 hr\n"
    )
