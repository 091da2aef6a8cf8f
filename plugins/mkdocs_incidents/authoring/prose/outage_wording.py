"""Whether lines with times describe what happened in an outage; schedules, opening hours and logs have times, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TROUBLE = re.compile(
    r"\b(?:fail\w*|errors?|outages?|down|crash\w*|broke|broken|breaks|unavailab\w*|unreachab\w*|unrespons\w*"
    r"|time-?outs?|timing out|slow|degrad\w*|alerts?|alerted|alarms?|paged?|pager|incidents?|cannot|could not|unable"
    r"|locked out|lost|complain\w*|stops? working|stopped working|5\d\d)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"{_TROUBLE.pattern}"
    r"|\b(?:again|succeed\w*|reached|exceed\w*|detect\w*|notic\w*|reports?|reported|investigat\w*|escalat\w*"
    r"|identif\w*|finds?|found|cause"
    r"|roll(?:s|ed|ing)? back|rollback|revert\w*|restart\w*|reboot\w*|deploy\w*|released?|fix\w*|patch\w*|mitigat\w*"
    r"|restored?|restores|restoring|recover\w*|resol\w*|back up|back online|back to normal|works?|worked|failover"
    r"|switched|disabled|acknowledg\w*|on-?call|all (?:good|clear|green)|done|over)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:open|opens|opened|opening|closes?|closing time|lunch|break|coffee|tea|dinner|breakfast|meeting|stand-?up"
    r"|agenda|sessions?|talk|keynote|welcome|registration|workshop|retro\w*|demo|questions and answers|q ?& ?a"
    r"|prices?"
    r"|depart\w*|arriv\w*|flights?|trains?|bus|shifts?|hours?|class|appointment|handover|backup window"
    r"|maintenance window|will|planned|scheduled|expected|daily|weekly|every|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b|[€£]|\$\d|\b\d+ ?(?:eur|usd|euros?|dollars?)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"closed\W*$", re.IGNORECASE)
_LOGGED = re.compile(
    r"^\W*(?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL|TRACE|NOTICE|CRITICAL)\b|\b[\w.]+=\S|^\S+\[\d+\]:"
    r"|^[\w./-]+\[[\w ./-]+\]"
    r"|\b(?:GET|POST|PUT|DELETE|HEAD) /|\bHTTP/\d|\bTraceback\b|\b\w+Exception\b|\bpid[ :=]\d|\bsshd|\bkernel:"
)
_LISTED = re.compile(
    r"\b(?:hours|schedul\w*|agenda|program(?:me)?|plan|plans|planned|calendar|time-?table|prices?|price list|logs?"
    r"|log file|output|examples?|samples?|rota|roster|shifts?|meetings?|menu|tomorrow|maintenance|routine"
    r"|normally|usually|every|daily|weekly)\b",
    re.IGNORECASE,
)
_NAME_OF_FACT = re.compile(
    r"(?:[\w-]+ ){0,2}?(?:start(?:s|ed)?|begin(?:s|ning)?|began|ends?|ended|end time|start time|duration"
    r"|detected|detection"
    r"|acknowledged|escalated|identified|mitigated|mitigation|resolved|resolution|recovery|recovered|reported"
    r"|closed|date|time|time to \w+)\W*$",
    re.IGNORECASE,
)


def describes_an_outage(entries: Sequence[str], lead: str, *, plainly: bool = False) -> bool:
    """Whether lines with these words behind their times describe what happened; `lead` is what stands above them.

    With `plainly` nearly all of them must describe an event, otherwise a quarter.
    """
    if not entries or _LISTED.search(lead):
        return False
    if any(_PLANNED.search(text) or _CLOSED.match(text) or _LOGGED.search(text) for text in entries):
        return False
    if sum(_NAME_OF_FACT.match(text) is not None for text in entries) * 2 >= len(entries):
        return False
    events = sum(_HAPPENED.search(text) is not None for text in entries)
    enough = events * 4 >= len(entries) * 3 if plainly else events * 4 >= len(entries)
    return enough and any(map(_TROUBLE.search, entries))
