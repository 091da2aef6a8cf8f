"""Every kind of page, by one of its addresses in the example site."""

from __future__ import annotations

import re

STATUS = ""
INCIDENT = "incidents/2026-10-14-card-payments-failed/"
MAINTENANCE = "incidents/2026-10-18-payouts-pause-for-upgrade/"
MONTH = "history/2026/10/"
COMPONENT = "components/card-payments/"
UPTIME = "uptime/"
SUBSCRIBE = "subscribe/"
NOT_FOUND = "no/such/page/"

KINDS = {
    "status": STATUS,
    "incident": INCIDENT,
    "maintenance-notice": MAINTENANCE,
    "announcement": "incidents/2026-10-05-push-messages-on-this-page/",
    "history": "history/",
    "month": MONTH,
    "component": COMPONENT,
    "uptime": UPTIME,
    "subscribe": SUBSCRIBE,
    "maintenance": "maintenance/",
    "postmortems": "postmortems/",
    "promises": "promises/",
    "not-found": NOT_FOUND,
}


def shape(address: str) -> str:
    """An address without what differs from one page of a kind to the next."""
    return re.sub(r"^(incidents|components|guide)/.+", r"\1/", re.sub(r"\d{4}/\d\d/$", "YYYY/MM/", address))
