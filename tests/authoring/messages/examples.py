"""Facts of updates of every kind and phase, and the templates filled as their examples have it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.authoring.messages.facts import MessageFacts, NewUpdate, Phase, facts_of
from mkdocs_incidents.model import IncidentStatus, Maintenance, MaintenanceStatus, Upstream
from tests.makers import at, catalog, component, group, incident, maintenance, states, update

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import Incident, Notice, Update

LAGOS = "Africa/Lagos"
TODAY = date(2026, 10, 14)
CATALOG = catalog(
    group("Payments", component("cards", name="Card payments"), component("webhooks", name="Webhooks")),
    component("sms", name="SMS codes"),
    component("sign-in", name="Sign-in"),
    zone=LAGOS,
)
COMPONENTS = {
    "outage": states(cards="major_outage", webhooks="degraded_performance"),
    "slow": states(cards="degraded_performance"),
    "third-party": states(sms="partial_outage"),
    "security": states(**{"sign-in": "degraded_performance"}),
    "data-loss": states(cards="partial_outage"),
}
_EXAMPLE = re.compile(r"\[[^\[\]]*?: ([^\[\]]*)\]")


def with_examples(text: str) -> str:
    """`text` with each blank filled as its own example has it: `[who: everyone]` → `everyone`."""
    return _EXAMPLE.sub(r"\1", text)


def lagos(written: str) -> datetime:
    return at(written, LAGOS)


def outage(*updates: Update, **fields: Any) -> Incident:
    """An outage of card payments that began on 14 October at 11:20 in Lagos."""
    return incident("2026-10-14 11:20", *updates, zone=LAGOS, **{"components": COMPONENTS["outage"]} | fields)


def pause(*updates: Update, **fields: Any) -> Maintenance:
    """Work on the sign-in on 6 December from 02:00 to 04:00 in Lagos."""
    worked_on = states(**{"sign-in": "under_maintenance"})
    window = ("2026-12-06 02:00", "2026-12-06 04:00")
    return maintenance(*window, *updates, zone=LAGOS, **{"components": worked_on} | fields)


def next_in(notice: Notice, status: str, when: str, **fields: Any) -> MessageFacts:
    """The facts of an update of `notice` at the time `when` in Lagos."""
    known: Any = MaintenanceStatus(status) if isinstance(notice, Maintenance) else IncidentStatus(status)
    address = f"https://status.harmattan.example/incidents/{notice.id}/"
    return facts_of(notice, CATALOG, NewUpdate(at=lagos(when), status=known, **fields), address=address)


def facts_in(name: str, phase: Phase) -> MessageFacts:
    """The facts of an example of a template and one of its phases."""
    if name == "maintenance":
        status = {Phase.EXTENDED: "in_progress", Phase.CALLED_OFF: "completed"}.get(phase, str(phase))
        early = {Phase.SCHEDULED: "2026-11-19 11:00", Phase.CALLED_OFF: "2026-12-05 11:00"}
        until = lagos("2026-12-06 05:30") if phase is Phase.EXTENDED else None
        return next_in(pause(), status, early.get(phase, "2026-12-06 03:40"), until=until)
    status = phase.removeprefix("still_")
    before = [update("2026-10-14 11:29", status, LAGOS)] if status != phase else []
    notice = outage(*before, components=COMPONENTS[name], upstream=Upstream(name="Tidewire"))
    due = None if status == "resolved" else lagos("2026-10-14 13:30")
    return next_in(notice, status, "2026-10-14 12:58", next_update_at=due)
