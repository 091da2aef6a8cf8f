"""Rows of notices, affected services and updates, which several pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.model import Impact, Maintenance, MaintenanceStatus, NoticeKind, StatedInstant, Withdrawal

from ..context import iso_in_zone
from ..drawings.marks import NO_DATA
from ..language.formatter import date_on_clock
from ..views import NoticeRow, Scope, UpdateView
from .plan import is_running, overrun, runs_past_its_end

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_incidents.model import Notice, Schedule, Update

    from ..context import SiteContext


def scope(site: SiteContext, notice: Notice, day: date | None = None) -> Scope:
    """The visible services that an open incident affects now, or that another notice affected.

    `day` is the day of the page, where it states that of now.
    """
    facts = site.facts(notice)
    open_incident = notice.kind is NoticeKind.INCIDENT and not facts.is_over
    since = set(facts.affected_since.values()) if open_incident else set()
    return Scope(
        services=site.component_names(facts.statuses if open_incident else facts.statuses or notice.worst_statuses),
        total=len(site.component_statuses),
        others_well=site.open_incident_ids <= {notice.id},
        since=site.instant(since.pop(), notice.timezone, day) if len(since) == 1 else None,
    )


def state_label(site: SiteContext, notice: Notice) -> str:
    """The label of a notice in a list: the severity of an incident, the stage of a maintenance, or `Retracted`."""
    stage = site.facts(notice).stage
    if stage is None:
        return site.formatter.text("Notice")
    if stage is Withdrawal.RETRACTED:
        return site.formatter.stage(stage)
    if notice.impact is None:
        label = stage_label(site, notice)
        if stage is MaintenanceStatus.SCHEDULED:
            return label
        return site.formatter.text("Maintenance, %(phase)s", phase=label.lower())
    if not notice.components:
        return site.formatter.text("Incident") if notice.impact is Impact.NONE else site.formatter.impact(notice.impact)
    return site.formatter.status(notice.severity)


def stage_label(site: SiteContext, notice: Notice) -> str:
    """The stage of a notice; `Put off` of work that had begun and was then announced for another time."""
    stage = site.facts(notice).stage
    if stage is None:
        return ""
    if isinstance(notice, Maintenance) and stage is MaintenanceStatus.SCHEDULED and notice.put_off:
        return site.formatter.text("Put off")
    return site.formatter.stage(stage)


def list_kind(notice: Notice) -> str:
    """The key in `labels.KINDS` by which lists are filtered."""
    if notice.retraction:
        return Withdrawal.RETRACTED
    if notice.kind is not NoticeKind.INCIDENT:
        return notice.kind
    return "outage" if notice.severity.impact.rank >= Impact.MAJOR.rank else "degraded"


def duration_label(site: SiteContext, notice: Notice, day: date | None = None) -> str:
    """The affected duration, while the notice is open its begin; empty for announcements and maintenance not begun.

    `day` is the day that stands before it or above it; None for none.
    """
    facts = site.facts(notice)
    if notice.called_off or not facts.affected_intervals:
        return ""
    if not facts.is_over:
        since = site.formatter.instant(facts.open_since, notice.timezone, day)
        return site.formatter.text("open since %(when)s", when=since)
    duration, count = site.formatter.duration(facts.affected_duration), len(facts.affected_intervals)
    if count > 1:
        duration = site.formatter.plural(
            "%(time)s in %(count)s spell", "%(time)s in %(count)s spells", count, time=duration
        )
    return duration


def notice_row(site: SiteContext, notice: Notice, day: date | None = None, *, dated: bool = False) -> NoticeRow:
    """A notice as a row of a list: below the heading `day`, or with its day if `dated`."""
    facts, schedule, zone = site.facts(notice), notice.schedule, notice.timezone
    over, begun = facts.is_over, date_on_clock(notice.begins_at, zone)
    open_incident = notice.kind is NoticeKind.INCIDENT and not over
    dated = dated and not schedule and not open_incident
    when = _work_label(site, notice, schedule) if schedule else duration_label(site, notice, begun if dated else day)
    if dated:
        when = ", ".join(filter(None, [site.formatter.full_date(begun), when]))
    shown = [when, site.formatter.listing(site.component_names(notice.worst_statuses))]
    if notice.postmortem_published_at and not schedule and not notice.retraction:
        shown.append(site.formatter.text("postmortem"))
    growing = open_incident and len(facts.affected_intervals) == 1
    plan = schedule if not over and notice.ended_at else None  # without an end, only an update completes the work
    return NoticeRow(
        kind=list_kind(notice),
        since=iso_in_zone(notice.begins_at, zone) if growing else "",
        planned=(iso_in_zone(plan.start, zone), iso_in_zone(plan.end, zone)) if plan else None,
        address=site.urls.notice(notice),
        title=notice.title,
        state=NO_DATA if notice.withdrawal or notice.kind is NoticeKind.ANNOUNCEMENT else notice.severity,
        state_word=state_label(site, notice),
        facts=tuple(fact for fact in shown if fact),
    )


def _work_label(site: SiteContext, notice: Notice, schedule: Schedule) -> str:
    """The plan of maintenance; once it has begun, when it did; once it is over, how much longer it took."""
    begins_at, ended_at, zone = notice.begins_at, notice.ended_at, notice.timezone
    if notice.withdrawal or (ended_at is None and not is_running(site, notice)):
        return site.formatter.text("planned for %(when)s", when=site.formatter.span(*schedule, zone))
    if runs_past_its_end(site, notice):
        return site.formatter.text("since %(when)s", when=site.formatter.instant(begins_at, zone))
    span = site.formatter.span(begins_at, ended_at or schedule.end, zone)
    if not site.facts(notice).is_over:
        return span
    longer = overrun(notice)
    if longer is None:
        return span
    time = site.formatter.duration(longer)
    return site.formatter.text("%(when)s, %(time)s past its planned end", when=span, time=time)


def publication_note(site: SiteContext, notice: Notice) -> str:
    """When the notice became public, where the times of its updates do not say so; else empty."""
    if notice.updated_in_public:
        return ""
    text = site.formatter.text
    if notice.publish_at is None:
        return text("Added to the history afterwards.")
    when = site.stated(StatedInstant(notice.publish_at, notice.publish_on), notice.timezone).text
    if notice.backfilled:
        return text("Added to the history afterwards, %(when)s.", when=when)
    return text("Published %(when)s.", when=when)


def update_view(  # noqa: PLR0913  what differs between pages
    site: SiteContext,
    notice: Notice,
    update: Update,
    changes: tuple[str, ...] = (),
    *,
    day: date | None,
    beside_next_update: bool = False,
) -> UpdateView:
    """An update, with the changes of state at it.

    `day` is the day that readers have met before it: that of the page, or of the update above it; None for none. If
    `beside_next_update` the page shows the time of the next update elsewhere, and the message is without it.
    """
    promised, corrected = update.next_update_at, update.corrected_at
    shown = list(site.instants(notice.timezone, [update.at, *([promised] if promised else [])], day))
    return UpdateView(
        id=update.id,
        address=site.urls.update(notice, update),
        stage=site.formatter.stage(notice.stage_of(update)),
        retraction=site.formatter.retracted(update.retraction.reason) if update.retraction else "",
        at=shown[0],
        message=update.message_alone if beside_next_update else update.message,
        changes=changes,
        next_update=shown[1] if promised else None,
        overdue=promised is not None and promised <= site.now,
        corrected=site.instant(corrected, notice.timezone, shown[0].day) if corrected else None,
    )
