"""Our own JSON: everything there is, each document with its schema beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.model import Incident
from mkdocs_incidents.present.bars import DAYS
from mkdocs_incidents.present.timeline import entry_anchors

from .apologies import apologies
from .artifact import JSON, Planned, iso, json_bytes
from .figures import recent_days, recent_uptime
from .measured import measured
from .schemas import SCHEMA_MEDIA_TYPE, schema_path, schemas
from .uptime_csv import uptime_csv
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice, Postmortem
    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.status import Day

    from .wire import Wire
    from .words import Word


def planned_json(edition: Edition) -> Iterator[Planned]:
    """The list of notices, each notice, the figures, and the schema of each."""
    if "json" not in edition.outputs.on:
        return
    yield Planned("incidents.json", JSON, _incidents)
    for notice in edition.record.history.notices:
        yield Planned(notice_path(notice), JSON, partial(_incident, notice=notice))
    yield Planned("uptime.json", JSON, _uptime)
    yield Planned("uptime.csv", "text/csv", uptime_csv)
    for name in schemas(""):
        yield Planned(schema_path(name), SCHEMA_MEDIA_TYPE, partial(_schema, name=name))


def notice_path(notice: Notice) -> str:
    """Path of everything about one notice."""
    return f"incidents/{notice.id}.json"


def _schema(wire: Wire, *, name: str) -> bytes:
    address = wire.edition.urls.file(schema_path(name))
    return json_bytes(schemas(address)[name])


def _incidents(wire: Wire) -> bytes:
    """Every notice in brief, the one that begins last first."""
    edition = wire.edition
    document = {
        "$schema": edition.urls.file(schema_path("incidents")),
        "site": {"name": edition.site_name, "url": edition.urls.site_url, "timezone": edition.zone.key},
        "updated_at": _iso(wire.changed_at),
        "status": {
            "state": edition.page_status.status,
            "indicator": edition.page_status.indicator,
            "description": edition.page_status.description,
        },
        "components": [
            {"id": c, "name": edition.record.catalog.components[c].name, "state": state}
            for c, state in edition.component_statuses.items()
        ],
        "incidents": [_brief(edition, notice) for notice in wire.notices],
    }
    return json_bytes(document)


def _incident(wire: Wire, *, notice: Notice) -> bytes:
    """Everything about one notice."""
    edition = wire.edition
    document = {
        "$schema": edition.urls.file(schema_path("incident")),
        **_brief(edition, notice),
        "timezone": notice.timezone.key,
        "updates": [_update(wire, word) for word in words(edition, notice) if word.update],
        "impacts": [
            {
                "component": impact.component,
                "state": impact.status,
                "start": _iso(impact.interval.start),
                "end": None if impact.interval.end == edition.now and not edition.facts(notice).is_over
                else _iso(impact.interval.end),
            }
            for impact in edition.facts(notice).impacts
        ],
        "measured": measured(edition, notice) if isinstance(notice, Incident) else None,
        "causes": list(notice.causes),
        "upstream": {"name": notice.upstream.name, "link": notice.upstream.link} if notice.upstream else None,
        "postmortem": _postmortem(wire, notice, notice.postmortem) if notice.postmortem else None,
    }  # fmt: skip
    return json_bytes(document)


def _brief(edition: Edition, notice: Notice) -> dict[str, Any]:
    facts = edition.facts(notice)
    return {
        "id": notice.id,
        "kind": notice.kind,
        "title": notice.title,
        "url": edition.urls.absolute(edition.urls.notice(notice)),
        "json": edition.urls.file(notice_path(notice)),
        "open": not facts.is_over,
        "status": facts.stage,
        "impact": notice.impact,
        "begins_at": _iso(notice.begins_at),
        "ended_at": _iso(notice.ended_at) if facts.is_over else None,
        "scheduled_from": _iso(notice.schedule.start) if notice.schedule else None,
        "scheduled_until": _iso(notice.schedule.end) if notice.schedule else None,
        "components": {c: notice.components.get(c) for c in notice.touched_components},
        "states": dict(facts.statuses),
        "postmortem_published_at": _iso(notice.postmortem_published_at),
    }


def _update(wire: Wire, word: Word) -> dict[str, Any]:
    update = word.update
    assert update is not None  # noqa: S101  only words with an update come here
    return {
        "id": update.id,
        "url": wire.edition.urls.absolute(word.address(wire.edition.urls)),
        "at": _iso(update.at),
        "updated_at": _iso(word.updated_at),
        "status": update.status,
        "message": update.message,
        "html": wire.html(word),
        "components": dict(update.components),
        "next_update_at": _iso(update.next_update_at),
        "until": _iso(update.until),
    }


def _postmortem(wire: Wire, notice: Notice, postmortem: Postmortem) -> dict[str, Any]:
    anchors = entry_anchors(postmortem.timeline)
    page = wire.edition.urls.absolute(wire.edition.urls.notice(notice))
    return {
        "published_at": _iso(postmortem.published_at),
        "by": postmortem.by,
        "html": wire.clean(wire.rendered.body(notice), notice),
        "apology": next(
            (
                {"url": told.address, "by": told.by or None, "markdown": told.markdown, "html": told.html}
                for told in apologies(wire, notice, postmortem)
            ),
            None,
        ),
        "sections": [{"kind": s.kind, "heading": s.heading, "markdown": s.markdown} for s in postmortem.sections],
        "timeline": [
            {
                "at": _iso(entry.at),
                "until": _iso(entry.until),
                "text": entry.text,
                "html": wire.clean(wire.rendered.entry(notice, number), notice),
                "kind": entry.kind,
                "url": f"{page}#{anchors[entry]}",
            }
            for number, entry in enumerate(postmortem.timeline)
        ],
        "action_items": [
            {
                "text": item.text,
                "html": wire.clean(wire.rendered.promise(notice, number), notice),
                "owner": item.owner,
                "owners": list(item.owners),
                "due": item.due and item.due.isoformat(),
                "done": item.done,
                "done_at": item.done_at and item.done_at.isoformat(),
                "link": item.link,
                "dropped": item.dropped,
                "dropped_at": item.dropped_at and item.dropped_at.isoformat(),
                "dropped_because": item.dropped_because,
            }
            for number, item in enumerate(postmortem.action_items)
        ],
    }


def _uptime(wire: Wire) -> bytes:
    """The figures of every component that the page shows, and what went wrong on which day; figures of now."""
    edition = wire.edition
    document = {
        "$schema": edition.urls.file(schema_path("uptime")),
        "as_of": _iso(edition.now),
        "timezone": edition.zone.key,
        "days": DAYS,
        "weights": {state: float(weight) for state, weight in edition.weights.items()},
        "components": [_component(edition, component_id) for component_id in edition.component_statuses],
    }
    return json_bytes(document)


def _component(edition: Edition, component_id: str) -> dict[str, Any]:
    fared = recent_uptime(edition, component_id)
    return {
        "id": component_id,
        "name": edition.record.catalog.components[component_id].name,
        "state": edition.component_statuses[component_id],
        "uptime_percent": None if fared.percent is None else float(fared.percent),
        "downtime_seconds": float(fared.counted),
        "days": [_day(day) for day in recent_days(edition, component_id)],
    }


def _day(day: Day) -> dict[str, Any]:
    told: dict[str, Any] = {"date": day.date.isoformat(), "state": day.status or "no_data"}
    if day.time_in:
        told["seconds"] = {state: spent.total_seconds() for state, spent in day.time_in.items()}
        told["incidents"] = list(day.notices)
    return told


def _iso(at: datetime | None) -> str | None:
    return None if at is None else iso(at)
