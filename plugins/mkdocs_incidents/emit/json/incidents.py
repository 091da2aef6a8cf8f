"""`/incidents.json`, every notice in brief, and `/incidents/<id>.json`: its updates, measurements and postmortem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mkdocs_incidents.model import (
    ComponentStatus,
    Impact,
    Incident,
    IncidentStatus,
    MaintenanceStatus,
    NoticeKind,
    SectionKind,
    Stage,
    TurningPoint,
)
from mkdocs_incidents.present.pages.timeline import entry_anchors
from mkdocs_incidents.status import Indicator, Measure

from ..artifact import iso, json_bytes
from ..feeds.apologies import apologies
from ..publications import publications_of
from .definitions import (
    Address,
    Date,
    Instant,
    JsonDocument,
    JsonObject,
    Percent,
    Seconds,
    iso_date,
    iso_instant,
    schema_address,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from mkdocs_incidents.model import (
        ActionItem,
        ComponentImpact,
        Notice,
        Postmortem,
        Retraction,
        TimelineEntry,
        Update,
    )
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.status import Figure

    from ..context import EmitContext
    from ..publications import Publication

OUTPUT = "json"


class IntervalObject(JsonObject):
    """A span of time."""

    start: Instant
    end: Instant


class FigureObject(JsonObject):
    """One time that was measured, with where it comes from. What could not be measured has no object."""

    measure: Measure
    seconds: Seconds
    start: Instant
    end: Instant
    url: Annotated[
        Address | None,
        Field(description="The entry or update that gives the end; null where the file does"),
    ]
    quote: Annotated[str | None, Field(description="Markdown of that entry or update")]


class PhaseObject(JsonObject):
    """A part of the incident, up to a turning point."""

    until: Measure
    seconds: Seconds
    start: Instant
    end: Instant


class ShareObject(JsonObject):
    """The share of users or requests that were affected."""

    percent: Percent
    quote: None
    sentence: None


class MeasurementsObject(JsonObject):
    """Everything that was measured of an incident."""

    seconds: Annotated[Seconds, Field(description="How long users were affected: the sum of its spells")]
    spells: Annotated[list[IntervalObject], Field(description="When users were affected; several where it came back")]
    figures: list[FigureObject]
    phases: list[PhaseObject]
    downtime: Annotated[
        dict[str, dict[ComponentStatus, Seconds]],
        Field(description="Seconds of each component in each state"),
    ]
    affected: Annotated[list[ShareObject], Field(description="As the postmortem states it")]


def measurements_object(site: SiteContext, incident: Incident) -> MeasurementsObject | None:
    """All measurements of an incident that is over; None while it is open, and if it was retracted."""
    if incident.ongoing or incident.retraction:
        return None
    facts, percent = site.facts(incident), incident.affected_percent
    anchors = entry_anchors(incident.postmortem.timeline) if incident.postmortem else {}
    return {
        "seconds": _seconds(facts.affected_duration),
        "spells": [{"start": iso(span.start), "end": iso(span.end)} for span in facts.affected_intervals],
        "figures": [_figure(site, incident, figure, anchors) for figure in facts.figures],
        "phases": [
            {
                "until": phase.until,
                "seconds": _seconds(phase.duration),
                "start": iso(phase.interval.start),
                "end": iso(phase.interval.end),
            }
            for phase in facts.phases
        ],
        "downtime": {
            component_id: {state: _seconds(time) for state, time in states.items()}
            for component_id, states in facts.downtime.items()
        },
        "affected": [] if percent is None else [{"percent": float(percent), "quote": None, "sentence": None}],
    }


def _figure(
    site: SiteContext, incident: Incident, figure: Figure, anchors: Mapping[TimelineEntry, str]
) -> FigureObject:
    page = site.urls.absolute(site.urls.notice(incident))
    anchor = quote = None
    if figure.entry:
        anchor, quote = anchors[figure.entry], figure.entry.text
    elif figure.update:
        anchor, quote = figure.update.id, figure.update.message
    return {
        "measure": figure.measure,
        "seconds": _seconds(figure.duration),
        "start": iso(figure.start),
        "end": iso(figure.end),
        "url": f"{page}#{anchor}" if anchor else None,
        "quote": quote,
    }


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())


class ApologyObject(JsonObject):
    """What is said to users below a heading of its own."""

    url: Annotated[Address, Field(description="Permanent")]
    by: Annotated[str | None, Field(description="Who signed it, else who wrote the postmortem")]
    markdown: str
    html: str


class SectionObject(JsonObject):
    """A section of the text, below a heading."""

    kind: SectionKind
    heading: str
    markdown: str


class TimelineEntryObject(JsonObject):
    """One entry of the timeline."""

    at: Instant
    until: Annotated[Instant | None, Field(description="The end of the range that is stated for it")]
    text: Annotated[str, Field(description="Markdown")]
    html: str
    kind: Annotated[TurningPoint | None, Field(description="The turning point that it states")]
    url: Annotated[Address, Field(description="Where it stands on the page")]


class ActionItemObject(JsonObject):
    """Something promised so that it does not happen again, as it is written."""

    text: Annotated[str, Field(description="Markdown")]
    html: str
    owner: Annotated[str | None, Field(description="All owners in one text")]
    owners: list[str]
    due: Date | None
    done: bool
    done_at: Date | None
    link: str | None
    dropped: bool
    dropped_at: Date | None
    dropped_because: Annotated[str, Field(description="Empty where no reason is stated")]


class PostmortemObject(JsonObject):
    """The explanation of an incident: as one text, and its parts as data."""

    published_at: Instant | None
    by: str | None
    html: Annotated[str, Field(description="All of it")]
    apology: ApologyObject | None
    sections: list[SectionObject]
    timeline: list[TimelineEntryObject]
    action_items: list[ActionItemObject]


def postmortem_object(context: EmitContext, notice: Notice, postmortem: Postmortem) -> PostmortemObject:
    """The postmortem of `notice`."""
    return {
        "published_at": iso_instant(notice.postmortem_published_at),
        "by": postmortem.by,
        "html": context.clean(context.rendered.body(notice), notice),
        "apology": _first_apology(context, notice, postmortem),
        "sections": [{"kind": s.kind, "heading": s.heading, "markdown": s.markdown} for s in postmortem.sections],
        "timeline": _timeline(context, notice, postmortem),
        "action_items": [
            _action_item(item, context.clean(context.rendered.promise(notice, number), notice))
            for number, item in enumerate(postmortem.action_items)
        ],
    }


def _first_apology(context: EmitContext, notice: Notice, postmortem: Postmortem) -> ApologyObject | None:
    apology = next(apologies(context, notice, postmortem), None)
    if apology is None:
        return None
    return {
        "url": apology.address,
        "by": apology.by or None,
        "markdown": apology.markdown,
        "html": apology.html,
    }


def _timeline(context: EmitContext, notice: Notice, postmortem: Postmortem) -> list[TimelineEntryObject]:
    anchors = entry_anchors(postmortem.timeline)
    page = context.site.urls.absolute(context.site.urls.notice(notice))
    return [
        {
            "at": iso(entry.at),
            "until": iso_instant(entry.until),
            "text": entry.text,
            "html": context.clean(context.rendered.entry(notice, number), notice),
            "kind": entry.kind,
            "url": f"{page}#{anchors[entry]}",
        }
        for number, entry in enumerate(postmortem.timeline)
    ]


def _action_item(item: ActionItem, html: str) -> ActionItemObject:
    return {
        "text": item.text,
        "html": html,
        "owner": item.owner,
        "owners": list(item.owners),
        "due": iso_date(item.due),
        "done": item.done,
        "done_at": iso_date(item.done_at),
        "link": item.link,
        "dropped": item.dropped,
        "dropped_at": iso_date(item.dropped_at),
        "dropped_because": item.dropped_because,
    }


class SiteObject(JsonObject):
    """The status site."""

    name: str
    url: Address
    timezone: Annotated[str, Field(description="Name in the IANA time zone database")]


class PageStatusObject(JsonObject):
    """The state of everything, as the banner has it."""

    state: Annotated[ComponentStatus, Field(description="The worst state that visitors meet; the banner may be better")]
    indicator: Annotated[Indicator, Field(description="Statuspage's word for how bad that is for the whole page")]
    description: Annotated[str, Field(description="Statuspage's English sentence")]


class ComponentObject(JsonObject):
    """A component and its state now."""

    id: str
    name: str
    group: Annotated[str | None, Field(description="Name of its group; null without one")]
    state: ComponentStatus


class RetractionObject(JsonObject):
    """That something was published by mistake."""

    at: Instant
    reason: Annotated[str, Field(description="Plain text")]


class NoticeObject(JsonObject):
    """An incident, maintenance or announcement in brief."""

    id: Annotated[str, Field(description="Permanent")]
    aliases: Annotated[list[str], Field(description="Former ids, and those of merged notices, which lead to it")]
    kind: NoticeKind
    title: str
    url: Annotated[Address, Field(description="Its page")]
    json: Annotated[Address, Field(description="The document with everything about it")]
    open: Annotated[bool, Field(description="Whether it concerns users now")]
    status: Annotated[
        Stage | None,
        Field(description="Where the response or the work stands, or how it was withdrawn; null for announcements"),
    ]
    retracted: Annotated[
        RetractionObject | None,
        Field(description="Null unless it was published by mistake, such as a false alarm"),
    ]
    impact: Annotated[Impact | None, Field(description="Of incidents only")]
    published_at: Annotated[Instant | None, Field(description="When it became public; null if not known")]
    backfilled: Annotated[bool, Field(description="Whether it was added afterwards, so that no feed tells of it")]
    begins_at: Annotated[Instant, Field(description="As planned, where work has not begun")]
    ended_at: Annotated[Instant | None, Field(description="Null while it is open; when work was called off, if it was")]
    scheduled_from: Annotated[Instant | None, Field(description="Of maintenance only")]
    scheduled_until: Annotated[Instant | None, Field(description="Of maintenance only: the planned end, as last moved")]
    components: Annotated[
        dict[str, ComponentStatus | None],
        Field(description="The worst state stated of each; null where none is"),
    ]
    states: Annotated[
        dict[str, ComponentStatus],
        Field(description="What it does to components now; operational ones are left out"),
    ]
    postmortem_published_at: Instant | None


class UpdateObject(JsonObject):
    """One public message."""

    id: Annotated[str, Field(description="Permanent within its notice")]
    url: Annotated[Address, Field(description="Where it stands on the page of its notice; permanent")]
    at: Annotated[Instant, Field(description="As the file states it; under an embargo it was not public yet")]
    published_at: Annotated[Instant | None, Field(description="When it became public; null if not known")]
    updated_at: Annotated[Instant, Field(description="When it was published or last changed")]
    corrected_at: Annotated[Instant | None, Field(description="When its words were replaced, as its file states it")]
    status: IncidentStatus | MaintenanceStatus
    retracted: Annotated[RetractionObject | None, Field(description="Null unless what it says was retracted")]
    message: Annotated[str, Field(description="Markdown")]
    html: str
    components: Annotated[dict[str, ComponentStatus], Field(description="The states it states")]
    next_update_at: Annotated[Instant | None, Field(description="When the next update is promised")]
    until: Annotated[Instant | None, Field(description="The end of planned work that it states")]


class ImpactObject(JsonObject):
    """The state of one component during an interval."""

    component: str
    state: ComponentStatus
    start: Instant
    end: Annotated[Instant | None, Field(description="Null while it lasts")]


class UpstreamObject(JsonObject):
    """The supplier that the trouble came from."""

    name: str
    link: Address | None


class IncidentsDocument(JsonDocument):
    """Every notice of a status site in brief, the one that begins last first."""

    site: SiteObject
    updated_at: Annotated[Instant, Field(description="When anything on the site last changed")]
    status: PageStatusObject
    components: Annotated[list[ComponentObject], Field(description="Those that the status page shows, in its order")]
    incidents: list[NoticeObject]


class IncidentDocument(JsonDocument, NoticeObject):
    """Everything about one incident, maintenance or announcement."""

    timezone: Annotated[str, Field(description="Name in the IANA time zone database; its page shows times in it")]
    updates: Annotated[list[UpdateObject], Field(description="Oldest first")]
    impacts: list[ImpactObject]
    measured: Annotated[MeasurementsObject | None, Field(description="Of incidents that are over")]
    causes: Annotated[list[str], Field(description="As the file states them")]
    upstream: UpstreamObject | None
    postmortem: PostmortemObject | None


def incident_path(notice_id: str) -> str:
    """Path of the document about one notice."""
    return f"incidents/{notice_id}.json"


def incidents_json(context: EmitContext) -> bytes:
    """Every notice in brief, the one that begins last first.

    Each is encoded by itself: the objects of ten thousand would take more memory than the file.
    """
    head, tail = json_bytes(_without_notices(context)), b"]}\n"
    return head.removesuffix(tail) + b",".join(brief_bytes(context, notice) for notice in context.notices) + tail


def brief_bytes(context: EmitContext, notice: Notice) -> bytes:
    """A notice in brief, made once; empty where there are no JSON files."""
    if OUTPUT not in context.site.outputs.on:
        return b""
    if notice.id not in context.briefs:
        context.briefs[notice.id] = json_bytes(_notice(context.site, notice)).removesuffix(b"\n")
    return context.briefs[notice.id]


def _without_notices(context: EmitContext) -> IncidentsDocument:
    """The document with an empty list at its end."""
    site = context.site
    return {
        "$schema": schema_address(site, "incidents"),
        "site": {"name": site.site_name, "url": site.urls.site_url, "timezone": site.zone.key},
        "updated_at": iso(context.changed_at),
        "status": {
            "state": site.page_status.worst,
            "indicator": site.page_status.indicator,
            "description": site.page_status.description,
        },
        "components": [
            {
                "id": component_id,
                "name": site.snapshot.catalog.components[component_id].name,
                "group": site.snapshot.catalog.group_names[component_id],
                "state": state,
            }
            for component_id, state in site.component_statuses.items()
        ],
        "incidents": [],
    }


def incident_document(context: EmitContext, *, notice: Notice) -> IncidentDocument:
    """Everything about one notice."""
    site = context.site
    return {
        "$schema": schema_address(site, "incident"),
        **_notice(site, notice),
        "timezone": notice.timezone.key,
        "updates": [
            _update(context, publication, publication.update)
            for publication in publications_of(site, notice)
            if publication.update
        ],
        "impacts": [_impact(site, notice, impact) for impact in site.facts(notice).impacts],
        "measured": measurements_object(site, notice) if isinstance(notice, Incident) else None,
        "causes": list(notice.causes),
        "upstream": {"name": notice.upstream.name, "link": notice.upstream.link} if notice.upstream else None,
        "postmortem": postmortem_object(context, notice, notice.postmortem) if notice.postmortem else None,
    }


def _notice(site: SiteContext, notice: Notice) -> NoticeObject:
    facts, schedule = site.facts(notice), notice.schedule
    return {
        "id": notice.id,
        "aliases": list(notice.former_ids),
        "kind": notice.kind,
        "title": notice.title,
        "url": site.urls.absolute(site.urls.notice(notice)),
        "json": site.urls.file(incident_path(notice.id)),
        "open": not facts.is_over,
        "status": facts.stage,
        "retracted": _retraction(notice.retraction, notice.retracted_at),
        "impact": notice.impact,
        "published_at": _published_at(site, notice),
        "backfilled": notice.backfilled,
        "begins_at": iso(notice.begins_at),
        "ended_at": iso_instant(notice.ended_at) if facts.is_over else None,
        "scheduled_from": iso(schedule.start) if schedule else None,
        "scheduled_until": iso(schedule.end) if schedule else None,
        "components": {component_id: notice.components.get(component_id) for component_id in notice.touched_components},
        "states": dict(facts.statuses),
        "postmortem_published_at": iso_instant(notice.postmortem_published_at),
    }


def _published_at(site: SiteContext, notice: Notice) -> str | None:
    """When a notice became public; None where the file does not say, as with work that nothing announces."""
    known = not notice.backfilled and notice.published_at <= site.now
    return iso(notice.published_at) if known else None


def _update(context: EmitContext, publication: Publication, update: Update) -> UpdateObject:
    urls = context.site.urls
    return {
        "id": update.id,
        "url": urls.absolute(publication.address(urls)),
        "at": iso(update.at),
        "published_at": None if publication.notice.backfilled else iso(publication.at),
        "updated_at": iso(publication.updated_at),
        "corrected_at": iso_instant(update.corrected_at),
        "status": update.status,
        "retracted": _retraction(update.retraction, update.retracted_at),
        "message": update.message,
        "html": context.html(publication),
        "components": dict(update.components),
        "next_update_at": iso_instant(update.next_update_at),
        "until": iso_instant(update.until),
    }


def _retraction(retraction: Retraction | None, at: datetime | None) -> RetractionObject | None:
    return {"at": iso(at), "reason": retraction.reason} if retraction and at else None


def _impact(site: SiteContext, notice: Notice, impact: ComponentImpact) -> ImpactObject:
    continues = impact.interval.end == site.now and impact.component in site.facts(notice).statuses
    return {
        "component": impact.component,
        "state": impact.status,
        "start": iso(impact.interval.start),
        "end": None if continues else iso(impact.interval.end),
    }
