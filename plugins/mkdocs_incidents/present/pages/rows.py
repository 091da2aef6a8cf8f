"""Rows of notices, affected services and updates, which several pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact, MaintenanceStatus, NoticeKind
from mkdocs_incidents.status import day_of

from ..context import iso_in_zone
from ..drawings.marks import NO_DATA
from ..views import NoticeRow, Scope, UpdateView

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice, Update

    from ..context import SiteContext


def scope(site: SiteContext, notice: Notice) -> Scope:
    """The visible services that an open incident affects now, or that another notice affected."""
    facts = site.facts(notice)
    open_incident = notice.kind is NoticeKind.INCIDENT and not facts.is_over
    return Scope(
        services=site.component_names(facts.statuses if open_incident else facts.statuses or notice.components),
        total=len(site.component_statuses),
        others_well=site.open_incident_ids <= {notice.id},
    )


def state_label(site: SiteContext, notice: Notice) -> str:
    """The label of a notice in a list: the severity of an incident, the stage of a maintenance."""
    stage = site.facts(notice).stage
    if stage is None:
        return site.formatter.text("Notice")
    if notice.impact is None:
        label = site.formatter.stage(stage)
        if stage is MaintenanceStatus.SCHEDULED:
            return label
        return site.formatter.text("Maintenance, %(phase)s", phase=label.lower())
    if not notice.components:
        return site.formatter.text("Incident") if notice.impact is Impact.NONE else site.formatter.impact(notice.impact)
    return site.formatter.status(notice.severity)


def list_kind(notice: Notice) -> str:
    """The key in `labels.KINDS` by which lists are filtered."""
    if notice.kind is not NoticeKind.INCIDENT:
        return notice.kind
    return "outage" if notice.severity.impact.rank >= Impact.MAJOR.rank else "degraded"


def duration_label(site: SiteContext, notice: Notice) -> str:
    """The affected duration, while the notice is open its begin; empty for announcements and coming maintenance."""
    facts = site.facts(notice)
    if not facts.affected_intervals:
        return ""
    if not facts.is_over:
        since = site.formatter.instant(notice.begins_at, notice.timezone)
        return site.formatter.text("open since %(when)s", when=since)
    duration, count = site.formatter.duration(facts.affected_duration), len(facts.affected_intervals)
    if count > 1:
        duration = site.formatter.plural(
            "%(time)s in %(count)s spell", "%(time)s in %(count)s spells", count, time=duration
        )
    return duration


def notice_row(site: SiteContext, notice: Notice, *, dated: bool = False) -> NoticeRow:
    """A notice as a row of a list; with its day if `dated`."""
    over, schedule, zone = site.facts(notice).is_over, notice.schedule, notice.timezone
    when = site.formatter.span(*schedule, zone) if schedule else duration_label(site, notice)
    open_incident = notice.kind is NoticeKind.INCIDENT and not over
    if dated and not schedule and not open_incident:
        when = ", ".join(filter(None, [site.formatter.full_date(day_of(notice.begins_at, zone)), when]))
    facts = [when, site.formatter.listing(site.component_names(notice.components))]
    if notice.postmortem_published_at and not schedule:
        facts.append(site.formatter.text("postmortem"))
    return NoticeRow(
        kind=list_kind(notice),
        since=iso_in_zone(notice.begins_at, zone) if open_incident else "",
        planned=(iso_in_zone(schedule.start, zone), iso_in_zone(schedule.end, zone)) if schedule and not over else None,
        address=site.urls.notice(notice),
        title=notice.title,
        state=notice.severity if notice.kind is not NoticeKind.ANNOUNCEMENT else NO_DATA,
        state_word=state_label(site, notice),
        facts=tuple(fact for fact in facts if fact),
    )


def update_view(
    site: SiteContext,
    notice: Notice,
    update: Update,
    changes: tuple[str, ...] = (),
    *,
    beside_next_update: bool = False,
) -> UpdateView:
    """An update, with the changes of state at it.

    If `beside_next_update` the page shows the time of the next update elsewhere, and the message is without it.
    """
    promised = update.next_update_at
    return UpdateView(
        id=update.id,
        address=site.urls.update(notice, update),
        stage=site.formatter.stage(update.status),
        at=site.clock_on_day_of(update.at, notice.timezone, notice.begins_at),
        message=update.message_alone if beside_next_update else update.message,
        changes=changes,
        next_update=site.clock(promised, notice.timezone) if promised else None,
        overdue=promised is not None and promised <= site.now,
    )
