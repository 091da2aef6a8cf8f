"""An import as a file in our own format: facts on top, the author's words below, unchanged."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ...content.instants import on_the_clock

if TYPE_CHECKING:
    from .report import Imported

_PLAIN_SCALAR = re.compile(r"[A-Za-z][\w ,.()/'’–—-]*[\w).]", re.ASCII)
_MEANS_SOMETHING = re.compile(r"(?:true|false|yes|no|on|off|null|y|n|~)$", re.IGNORECASE)


def incident_file(imported: Imported) -> str:
    """The text of the incident file; what is missing is named in comments, and nothing is made up."""
    lines = ["---", *_facts(imported), *_hints(imported), *_kept(imported), "---"]
    body = imported.body
    return "\n".join(lines) + ("\n" if body.startswith("\n") else "\n\n") + body + ("" if body.endswith("\n") else "\n")


def _facts(imported: Imported) -> list[str]:
    lines = [f"title: {_scalar(imported.title)}" if imported.title else "# title: what users noticed, in a few words"]
    key = imported.zone.key if imported.zone else None
    if key and imported.zone:
        written = imported.zone.written
        lines.append(f"timezone: {key}" + (f"  # the text says {_comment(written)}" if written != key else ""))
    elif imported.zone:
        lines.append(f"# timezone: the text says {_comment(imported.zone.written)}; name a place, such as Africa/Lagos")
    else:
        lines.append("# timezone: the text names none; without it, times are read in the zone of components.yml")
    lines.append(_instant("started", imported, imported.started, "YYYY-MM-DD HH:MM"))
    lines.append(_instant("resolved", imported, imported.resolved, "YYYY-MM-DD HH:MM"))
    if imported.impact_percent is not None:
        lines.append(
            f"affected_percent: {imported.impact_percent:g}  # the text says {_comment(imported.impact_quote)}"
        )
    if imported.resolved is None:
        lines.append("draft: true  # without resolved: it would stand on the page as an outage of today")
    return lines


def _hints(imported: Imported) -> list[str]:
    lines = [
        "# components: which failed, and how badly, by their ids in components.yml; no text knows them",
        "#   some-component: major_outage",
    ]
    lines += [
        "# postmortem:",
        "#   published: YYYY-MM-DD  # announces the text below",
        f"# imported from {_comment(imported.source)}",
    ]
    return lines


def _kept(imported: Imported) -> list[str]:
    """The front matter the author's file had, as comments: its keys are not ours, its words are the author's."""
    if not imported.front_source.strip():
        return []
    return [
        "# its own front matter was:",
        *(f"#   {_comment(line)}".rstrip() for line in imported.front_source.rstrip("\n").split("\n")),
    ]


def _instant(name: str, imported: Imported, local: datetime | None, shape: str) -> str:
    clock = imported.started_clock if name == "started" else imported.resolved_clock
    if local is None:
        known = f"{shape[:10]} {clock}  # the text has no day" if clock else f"{shape}  # the text does not say"
        return f"# {name}: {known}"
    return f"{name}: {local:%Y-%m-%d %H:%M}{_offset(imported, local)}"


def _offset(imported: Imported, local: datetime) -> str:
    """The offset, where the zone alone does not say which instant is meant."""
    zone = imported.zone
    clocks = zone.clocks() if zone else None
    if zone is None or clocks is None:
        return ""
    if zone.key:
        try:
            on_the_clock(local, ZoneInfo(zone.key))
        except ValueError:  # clocks show this time twice, or never
            pass
        else:
            return ""
    offset = clocks.utcoffset(local) or timedelta()
    minutes = int(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _scalar(text: str) -> str:
    """`text` as YAML reads it back; in quotes where it would mean something else."""
    if _PLAIN_SCALAR.fullmatch(text) and not _MEANS_SOMETHING.match(text) and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")


def _comment(text: str) -> str:
    """`text` as it may stand in a comment: on one line, without what YAML forbids."""
    return "".join(char if char.isprintable() else " " for char in text)
