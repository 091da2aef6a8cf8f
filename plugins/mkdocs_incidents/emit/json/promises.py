"""`/promises.json`: what was promised after incidents, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mkdocs_incidents.status import PromiseState, promise_summary

from ..artifact import iso
from ..feeds.promises import promise_address
from .definitions import (
    Address,
    Count,
    Date,
    Instant,
    JsonDocument,
    JsonObject,
    Ratio,
    iso_date,
    iso_instant,
    schema_address,
)

if TYPE_CHECKING:
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import Promise

    from ..context import EmitContext


class PromiseCountsObject(JsonObject):
    """How many promises are in each state."""

    kept: Count
    kept_late: Count
    open: Count
    overdue: Count
    dropped: Count


class PromiseObject(JsonObject):
    """One promise and its state now."""

    id: Annotated[str, Field(description="Permanent within its incident, while its words are the same")]
    url: Annotated[Address, Field(description="Where it stands on the page of its incident")]
    incident: Annotated[str, Field(description="Id of the incident")]
    title: Annotated[str, Field(description="Of the incident")]
    promised_at: Annotated[Instant | None, Field(description="When the postmortem was published")]
    text: Annotated[str, Field(description="Markdown")]
    owner: Annotated[str | None, Field(description="All owners in one text")]
    owners: list[str]
    due: Date | None
    state: PromiseState
    done_at: Date | None
    days_late: Annotated[Count, Field(description="By how many days it was kept after it was due")]
    dropped_at: Date | None
    dropped_because: Annotated[str, Field(description="Empty where no reason is stated")]
    link: str | None


class PromisesDocument(JsonDocument):
    """What was promised after incidents, and what became of it."""

    as_of: Instant
    counts: PromiseCountsObject
    counted: Annotated[Count, Field(description="All but those that are not due yet")]
    kept_in_time: Annotated[
        Count,
        Field(
            description=(
                "Of those counted: what was kept late or on a day nobody wrote down, is overdue, was dropped, or is "
                "open without a date was not"
            )
        ),
    ]
    share_kept: Annotated[
        Ratio | None,
        Field(description="kept_in_time of counted; null while nothing is counted"),
    ]
    promises: Annotated[list[PromiseObject], Field(description="Newest postmortem first")]


def promises_document(context: EmitContext) -> PromisesDocument:
    """Every promise with its state now, newest postmortem first."""
    site = context.site
    found = site.snapshot.promises
    counts, summary = Counter(promise.state for promise in found), promise_summary(found)
    return {
        "$schema": schema_address(site, "promises"),
        "as_of": iso(site.now),
        "counts": {
            "kept": counts[PromiseState.KEPT],
            "kept_late": counts[PromiseState.KEPT_LATE],
            "open": counts[PromiseState.OPEN],
            "overdue": counts[PromiseState.OVERDUE],
            "dropped": counts[PromiseState.DROPPED],
        },
        "counted": summary.counted,
        "kept_in_time": summary.in_time,
        "share_kept": None if summary.share is None else float(summary.share),
        "promises": [_promise(site, promise) for promise in found],
    }


def _promise(site: SiteContext, promise: Promise) -> PromiseObject:
    item, notice = promise.item, promise.notice
    was_kept = promise.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}
    return {
        "id": promise.id,
        "url": promise_address(site.urls, promise),
        "incident": notice.id,
        "title": notice.title,
        "promised_at": iso_instant(notice.postmortem_published_at),
        "text": item.text,
        "owner": item.owner,
        "owners": list(item.owners),
        "due": iso_date(item.due),
        "state": promise.state,
        "done_at": iso_date(item.done_at) if was_kept else None,
        "days_late": item.days_late if was_kept else 0,
        "dropped_at": iso_date(item.dropped_at),
        "dropped_because": item.dropped_because,
        "link": item.link,
    }
