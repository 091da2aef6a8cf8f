"""`/incidents.json`, every notice in brief, and `/incidents/<id>.json`, one notice in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mkdocs_incidents.model import ComponentStatus, Impact, Incident, IncidentStatus, MaintenanceStatus, NoticeKind
from mkdocs_incidents.status import Indicator

from ..artifact import iso
from ..publications import publications_of
from .definitions import Address, Instant, JsonDocument, JsonObject, iso_instant, schema_address
from .measurements import MeasurementsObject, measurements_object
from .postmortem import PostmortemObject, postmortem_object

if TYPE_CHECKING:
    from mkdocs_incidents.model import ComponentImpact, Notice, Update
    from mkdocs_incidents.present.context import SiteContext

    from ..context import EmitContext
    from ..publications import Publication


class SiteObject(JsonObject):
    """The status site."""

    name: str
    url: Address
    timezone: Annotated[str, Field(description="Name in the IANA time zone database")]


class PageStatusObject(JsonObject):
    """The state of everything, as the banner has it."""

    state: Annotated[ComponentStatus, Field(description="The worst state that visitors meet")]
    indicator: Annotated[Indicator, Field(description="Statuspage's word for how bad that is for the whole page")]
    description: Annotated[str, Field(description="Statuspage's English sentence")]


class ComponentObject(JsonObject):
    """A component and its state now."""

    id: str
    name: str
    state: ComponentStatus


class NoticeObject(JsonObject):
    """An incident, maintenance or announcement in brief."""

    id: Annotated[str, Field(description="Permanent")]
    kind: NoticeKind
    title: str
    url: Annotated[Address, Field(description="Its page")]
    json: Annotated[Address, Field(description="The document with everything about it")]
    open: Annotated[bool, Field(description="Whether it concerns users now")]
    status: Annotated[
        IncidentStatus | MaintenanceStatus | None,
        Field(description="Where the response or the work stands; null for announcements"),
    ]
    impact: Annotated[Impact | None, Field(description="Of incidents only")]
    begins_at: Instant
    ended_at: Annotated[Instant | None, Field(description="Null while it is open")]
    scheduled_from: Annotated[Instant | None, Field(description="Of maintenance only")]
    scheduled_until: Annotated[Instant | None, Field(description="Of maintenance only: the end now expected")]
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
    at: Instant
    updated_at: Annotated[Instant, Field(description="When it was published or last changed")]
    status: IncidentStatus | MaintenanceStatus
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


def incident_path(notice: Notice) -> str:
    """Path of the document about one notice."""
    return f"incidents/{notice.id}.json"


def incidents_document(context: EmitContext) -> IncidentsDocument:
    """Every notice in brief, the one that begins last first."""
    site = context.site
    return {
        "$schema": schema_address(site, "incidents"),
        "site": {"name": site.site_name, "url": site.urls.site_url, "timezone": site.zone.key},
        "updated_at": iso(context.changed_at),
        "status": {
            "state": site.page_status.status,
            "indicator": site.page_status.indicator,
            "description": site.page_status.description,
        },
        "components": [
            {"id": component_id, "name": site.snapshot.catalog.components[component_id].name, "state": state}
            for component_id, state in site.component_statuses.items()
        ],
        "incidents": [_notice(site, notice) for notice in context.notices],
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
        "kind": notice.kind,
        "title": notice.title,
        "url": site.urls.absolute(site.urls.notice(notice)),
        "json": site.urls.file(incident_path(notice)),
        "open": not facts.is_over,
        "status": facts.stage,
        "impact": notice.impact,
        "begins_at": iso(notice.begins_at),
        "ended_at": iso_instant(notice.ended_at) if facts.is_over else None,
        "scheduled_from": iso(schedule.start) if schedule else None,
        "scheduled_until": iso(schedule.end) if schedule else None,
        "components": {component_id: notice.components.get(component_id) for component_id in notice.touched_components},
        "states": dict(facts.statuses),
        "postmortem_published_at": iso_instant(notice.postmortem_published_at),
    }


def _update(context: EmitContext, publication: Publication, update: Update) -> UpdateObject:
    urls = context.site.urls
    return {
        "id": update.id,
        "url": urls.absolute(publication.address(urls)),
        "at": iso(update.at),
        "updated_at": iso(publication.updated_at),
        "status": update.status,
        "message": update.message,
        "html": context.html(publication),
        "components": dict(update.components),
        "next_update_at": iso_instant(update.next_update_at),
        "until": iso_instant(update.until),
    }


def _impact(site: SiteContext, notice: Notice, impact: ComponentImpact) -> ImpactObject:
    continues = impact.interval.end == site.now and not site.facts(notice).is_over
    return {
        "component": impact.component,
        "state": impact.status,
        "start": iso(impact.interval.start),
        "end": None if continues else iso(impact.interval.end),
    }
