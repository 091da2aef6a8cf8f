"""Edits of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.content.format.instants import written
from mkdocs_incidents.model import IncidentStatus

from .ids import update_id
from .incident import new_notice

if TYPE_CHECKING:
    from datetime import datetime

    from ..yaml_text import Value
    from .change import Change
    from .incident import UpdateFacts
    from .workspace import Workspace


def new_announcement(  # noqa: PLR0913  what an announcement consists of
    workspace: Workspace,
    *,
    title: str,
    update: UpdateFacts,
    pinned: bool = False,
    until: datetime | None = None,
    stated_id: str | None = None,
) -> Change:
    """An announcement that begins with `update`; with `until` it is pinned until then.

    Raises:
        RefusedError: its file would have errors.
        WrongValueError: another notice has its id.
    """
    zone = workspace.zone
    facts: dict[str, Value] = {"title": title, "started": written(update.at, zone)}
    if until:
        facts["resolved"] = written(until, zone)
    facts["impact"] = "none"
    if pinned or until:
        facts["pinned"] = "true"
    # What stays at the top is not over. A status is required, and an announcement has no other.
    status = IncidentStatus.IDENTIFIED if pinned or until else IncidentStatus.RESOLVED
    updates = [update.values(str(status), zone, update_id(update.at, ()))]
    return new_notice(workspace, title, update.at, facts, updates, stated_id=stated_id, word="announcement")
