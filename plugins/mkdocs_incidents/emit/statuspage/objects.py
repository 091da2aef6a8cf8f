"""The objects of the Statuspage API v2, made from notices and components."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.model import ComponentStatus, Impact, Incident, IncidentStatus, Maintenance
from mkdocs_incidents.status import day_start, group_status

from ..context import EPOCH
from ..publications import changes, publications_of
from .ids import code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_incidents.model import Component, ComponentGroup, Notice

    from ..context import EmitContext
    from ..publications import Publication
    from .ids import ApiIds


def instant(at: datetime) -> str:
    """`2024-09-16T21:31:02.719Z`: always with milliseconds, without which typed clients fail."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


class StatuspageSerializer:
    """Makes the objects of the API for one build."""

    def __init__(self, context: EmitContext, ids: ApiIds) -> None:
        self.context = context
        self.ids = ids
        self._site = context.site
        self.page_id = code("page", context.site.urls.site_url)

    @cached_property
    def page(self) -> dict[str, Any]:
        return {
            "id": self.page_id,
            "name": self._site.site_name,
            "url": self._site.urls.site_url.rstrip("/"),
            "time_zone": "Etc/UTC" if self._site.zone.key == "UTC" else self._site.zone.key,
            "updated_at": instant(self.context.changed_at),
        }

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Groups and components as the status page shows them, each group before its members."""
        return list(self._rows())

    @cached_property
    def components(self) -> Mapping[str, dict[str, Any]]:
        """The rows of the components by their ids in the catalogue."""
        by_code = {row["id"]: row for row in self.rows}
        return {c: by_code[self.ids.component(c)] for c in self._site.component_statuses}

    def incident(self, incident: Incident) -> dict[str, Any]:
        monitored = [u.at for u in incident.standing_updates if u.status is IncidentStatus.MONITORING]
        return self._event(incident, str(incident.status), str(incident.impact)) | {
            "monitoring_at": instant(monitored[-1]) if monitored else None,
            "resolved_at": instant(incident.resolved_at) if incident.resolved_at else None,
            "started_at": instant(incident.started_at),
        }

    def maintenance(self, maintenance: Maintenance) -> dict[str, Any]:
        """A maintenance, resolved when an update states it, else at its planned end."""
        phase = maintenance.phase(self._site.now)
        over = maintenance.ended_at if phase.closes else None
        impact = str(Impact.NONE) if maintenance.retraction else "maintenance"
        return self._event(maintenance, str(phase), impact) | {
            "monitoring_at": None,
            "resolved_at": instant(over) if over else None,
            "started_at": instant(self._started_at(maintenance)),
            "scheduled_for": instant(maintenance.scheduled_from),
            "scheduled_until": instant(maintenance.expected_until),
        }

    def _started_at(self, maintenance: Maintenance) -> datetime:
        """When it began or is to begin. Clients require an instant: what never begins has that of its publication."""
        return self.context.known_at(maintenance) if maintenance.withdrawal else maintenance.begins_at

    def _event(self, notice: Notice, status: str, impact: str) -> dict[str, Any]:
        published = list(publications_of(self._site, notice))
        return {
            "id": self.ids.notice(notice),
            "name": notice.title,
            "status": status,
            "impact": impact,
            "created_at": instant(self.context.known_at(notice)),
            "updated_at": instant(self.context.last_changed_at(notice)),
            "shortlink": self._site.urls.absolute(self._site.urls.notice(notice)),
            "page_id": self.page_id,
            "incident_updates": [self._incident_update(publication, status) for publication in reversed(published)],
            "components": [self.components[c] for c in notice.touched_components if c in self.components],
        }

    def _incident_update(self, publication: Publication, status: str) -> dict[str, Any]:
        """A publication as an update; a notice without any is one itself, since clients expect at least one."""
        notice, update = publication.notice, publication.update
        at = instant(min(publication.at, self.context.changed_at))
        stated = update.status if update else status
        if publication.postmortem:
            stated = IncidentStatus.POSTMORTEM
        elif not update and stated == IncidentStatus.POSTMORTEM:
            stated = IncidentStatus.RESOLVED  # the postmortem is an update of its own
        name = "postmortem" if publication.postmortem else "retracted" if publication.retraction else "notice"
        return {
            "id": self.ids.update(notice, update) if update else self.ids.publication(notice, name),
            "incident_id": self.ids.notice(notice),
            "status": stated,
            "body": self._body(publication),
            "created_at": at,
            "updated_at": instant(min(publication.updated_at, self.context.changed_at)),
            "display_at": at,
            "affected_components": self._affected(publication),
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _body(self, publication: Publication) -> str:
        """The text; a retraction begins with that word, since the API has no status for it."""
        text = self.context.text(publication)
        return self._site.formatter.retracted(text) if publication.retraction else text

    def _affected(self, publication: Publication) -> list[dict[str, Any]] | None:
        return [
            {
                "code": self.ids.component(change.component),
                "name": self._full_names[change.component],
                "old_status": change.old,
                "new_status": change.new,
            }
            for change in (() if publication.notice.id in self._retracted else changes(publication))
        ] or None

    @cached_property
    def _retracted(self) -> frozenset[str]:
        """The ids of the retracted notices: they affected no component."""
        return frozenset(notice.id for notice in self.context.notices if notice.retraction)

    @cached_property
    def _full_names(self) -> Mapping[str, str]:
        """`Payments - Card payments`, by the id in the catalogue."""
        groups = self._site.snapshot.catalog.groups
        return {
            c.id: f"{group.name} - {c.name}" if group.name else c.name for group in groups for c in group.components
        }

    def _rows(self) -> Iterator[dict[str, Any]]:
        position = 0
        for group in self._site.visible_groups:
            if group.name is None:
                for component in group.components:
                    position += 1
                    yield self._component(component, position, None)
                continue
            position += 1
            row = self._group(group, position)
            yield row
            yield from (self._component(c, number, row["id"]) for number, c in enumerate(group.components, 1))

    def _component(self, component: Component, position: int, group: str | None) -> dict[str, Any]:
        created = day_start(component.since, self._site.zone) if component.since else EPOCH
        return self._row(component.name, self._site.component_statuses[component.id], position) | {
            "id": self.ids.component(component.id),
            "description": component.description or None,
            "start_date": component.since.isoformat() if component.since else None,
            "created_at": instant(created),
            "updated_at": instant(max(self._changed_at(component), created)),
            "showcase": True,
            "group_id": group,
            "group": False,
        }

    def _group(self, group: ComponentGroup, position: int) -> dict[str, Any]:
        members = [self._component(component, 1, None) for component in group.components]
        return self._row(group.name or "", group_status(group, self._site.component_statuses), position) | {
            "id": self.ids.group_of(group.components[0].id),
            "description": group.description or None,
            "start_date": None,
            "created_at": min(member["created_at"] for member in members),
            "updated_at": max(member["updated_at"] for member in members),
            "showcase": False,
            "group_id": None,
            "group": True,
            "components": [member["id"] for member in members],
        }

    def _row(self, name: str, status: ComponentStatus, position: int) -> dict[str, Any]:
        return {
            "name": name,
            "status": status,
            "position": position,
            "page_id": self.page_id,
            "only_show_if_degraded": False,
        }

    def _changed_at(self, component: Component) -> datetime:
        """UTC instant at which the state of a component last changed."""
        spans = self._site.snapshot.series(component.id).spans
        if not spans:
            return EPOCH
        last = spans[-1].interval
        return last.start if last.end >= self._site.now else last.end
