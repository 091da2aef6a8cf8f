"""What every channel states of a notice, with the texts, times and durations of its page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.emit.clean_html import Cleaner, printable
from mkdocs_incidents.emit.context import component_states
from mkdocs_incidents.model import ComponentStatus, History, IncidentStatus, NoticeKind
from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.formatter import date_on_clock
from mkdocs_incidents.present.pages.rows import duration_label, notice_row, publication_note, scope, state_label
from mkdocs_incidents.status import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Catalog, Notice, Update
    from mkdocs_incidents.present.language.formatter import Formatter
    from mkdocs_incidents.present.urls import Urls

_NAMED_SERVICES = 3
"""Up to this number services are named in one line; more are counted."""


class NotPublicError(ValueError):
    """A notice of which nothing is public yet; the message is a sentence for the author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """A notice and its latest update as of now. All texts are plain text, except `html`."""

    heading: str
    """`Identified: Card payments failed`; of an announcement its title."""
    line: str
    """All that matters in one line: `Card payments: major outage since 14:30 WAT, investigating`."""
    rows: tuple[tuple[str, str], ...]
    """Labels and values: status, services with their states, time, duration."""
    when: str
    """`since 14:30 WAT` of an open incident, the plan of maintenance; else empty."""
    note: str
    """That the words were corrected, or that the notice was added to the history afterwards; else empty."""
    html: str
    """The words of the latest update as clean HTML with absolute addresses, without the time of the next update."""
    next_update: str
    """`Next update by 15:00 WAT`; empty where none is promised, where it is overdue, and once the notice is over."""
    severity: ComponentStatus
    """The worst state of the service now; operational once it is over."""
    link: str
    """Of the page of the notice."""
    site_name: str
    overdue: bool
    """Whether an update was promised for an earlier time than now and has not come."""
    silent: bool
    """Whether it has no update that could be sent."""

    @property
    def next_sentence(self) -> str:
        return f"{self.next_update}." if self.next_update else ""


def channel_facts(  # noqa: PLR0913  each is one thing that a message depends on
    notice: Notice,
    *,
    catalog: Catalog,
    urls: Urls,
    formatter: Formatter,
    site_name: str,
    now: datetime,
    html_of: Callable[[str], str],
) -> ChannelFacts:
    """The facts of a notice as a build at `now` has them. `html_of` renders the Markdown of a message.

    Raises:
        NotPublicError: the notice is under an embargo, or begins later.
    """
    known = History(catalog=catalog, notices=(notice,)).published_by(now)
    if notice.id not in known.by_id:
        begin = notice.publish_at or notice.begins_at
        when = formatter.instant(begin, notice.timezone, date_on_clock(now, notice.timezone))
        raise NotPublicError(f"'{notice.id}' is not public before {when}: there is nothing to send yet")
    snapshot = Snapshot.take(known, known.known_at or now)
    site = SiteContext(snapshot=snapshot, urls=urls, formatter=formatter, site_name=site_name, built_at=now)
    return _Reader(site, known.by_id[notice.id]).facts(html_of)


class _Reader:
    def __init__(self, site: SiteContext, notice: Notice) -> None:
        self._site = site
        self._notice = notice
        self._facts = site.facts(notice)
        self._text = site.formatter.text
        self._today = date_on_clock(site.now, notice.timezone)
        self._last: Update | None = notice.updates[-1] if notice.updates else None
        self._is_open = notice.kind is NoticeKind.INCIDENT and not self._facts.is_over

    def facts(self, html_of: Callable[[str], str]) -> ChannelFacts:
        notice, site, last = self._notice, self._site, self._last
        promised = last.next_update_at if last and not self._facts.is_over and not last.retraction else None
        overdue = promised is not None and promised <= site.now
        link = site.urls.absolute(site.urls.notice(notice))
        message = self._message(html_of)
        return ChannelFacts(
            heading=_line(self._heading()),
            line=_line(self._status_line()),
            rows=tuple((self._text(label), _line(value)) for label, value in self._rows() if value),
            when=self._when() if self._is_open or notice.schedule else "",
            note=self._note(),
            html=Cleaner().clean(message, link),
            next_update=self._text("Next update by %(when)s", when=self._instant(promised))
            if promised and not overdue
            else "",
            severity=ComponentStatus.OPERATIONAL if self._facts.is_over else notice.current_severity(site.now),
            link=link,
            site_name=site.site_name,
            overdue=overdue,
            silent=last is None and notice.retraction is None,
        )

    def _instant(self, at: datetime) -> str:
        """With the day where that is not today: a message is sent now."""
        return self._site.formatter.instant(at, self._notice.timezone, self._today)

    @property
    def _stage(self) -> str:
        """The label of the stage. A published postmortem is no news of the incident, which is resolved."""
        stage = self._facts.stage
        if stage is None:
            return ""
        return self._site.formatter.stage(IncidentStatus.RESOLVED if stage is IncidentStatus.POSTMORTEM else stage)

    def _heading(self) -> str:
        notice = self._notice
        if notice.retraction or not self._stage:
            return self._site.formatter.notice_title(notice)
        return self._text("%(stage)s: %(title)s", stage=self._stage, title=notice.title)

    def _message(self, html_of: Callable[[str], str]) -> str:
        """The words as HTML; why they were retracted in place of words that were."""
        notice, last = self._notice, self._last
        if notice.retraction:
            return _paragraph(notice.retraction.reason)
        if last is None:
            none_yet, none = "Nothing has been said about it yet.", "No public update is on record."
            return _paragraph(self._text(none if self._facts.is_over else none_yet))
        if last.retraction:
            return _paragraph(self._site.formatter.retracted(last.retraction.reason))
        return html_of(last.message if self._facts.is_over or not last.next_update_at else last.message_alone)

    def _note(self) -> str:
        last = self._last
        if last and last.corrected_at and not last.retraction and not self._notice.retraction:
            return self._text("Corrected %(when)s", when=self._instant(last.corrected_at)) + "."
        return publication_note(self._site, self._notice) if self._notice.backfilled else ""

    def _rows(self) -> Iterator[tuple[str, str]]:
        notice = self._notice
        yield "Status", self._stage
        if notice.retraction:
            return
        yield "Services", self._services()
        yield "Time", self._when()
        if notice.impact is not None and self._facts.is_over:
            yield "Duration", self._lasted()

    def _services(self) -> str:
        touched = self._notice.touched_components
        if self._is_open:
            statuses = self._facts.statuses
            return component_states(self._site, statuses or dict.fromkeys(touched, ComponentStatus.OPERATIONAL))
        return self._site.formatter.listing(self._site.component_names(touched))

    def _when(self) -> str:
        """Since when it is open; the plan of maintenance or when it took place; from begin to end."""
        notice, site = self._notice, self._site
        if notice.schedule:
            return notice_row(site, notice).facts[0]
        if notice.kind is NoticeKind.ANNOUNCEMENT or notice.retraction:
            return ""
        if self._is_open:
            affected = scope(site, notice, self._today).since
            if affected:
                return self._text("since %(when)s", when=affected.text)
            return duration_label(site, notice, self._today)
        return site.formatter.span(notice.begins_at, notice.ended_at or notice.begins_at, notice.timezone)

    def _lasted(self) -> str:
        """`major outage, 45 min`, as at the head of its page."""
        state = state_label(self._site, self._notice).lower()
        return self._text("%(state)s, %(duration)s", state=state, duration=duration_label(self._site, self._notice))

    def _status_line(self) -> str:
        notice = self._notice
        if notice.retraction:
            return f"{self._site.formatter.notice_title(notice)}. {notice.retraction.reason}"
        if notice.kind is NoticeKind.ANNOUNCEMENT:
            return notice.title
        stage = self._stage.lower()
        subject = self._names(notice.touched_components) or notice.title
        if notice.schedule:
            return f"{subject}: {self._text('Planned maintenance').lower()}, {stage}, {self._when()}"
        if self._is_open:
            states = "; ".join(self._states())
            return f"{states} {self._when()}, {stage}" if states else f"{notice.title}: {stage}, {self._when()}"
        ended = self._instant(notice.ended_at or notice.begins_at)
        return f"{subject}: {stage} {ended} ({self._lasted()})"

    def _states(self) -> Iterator[str]:
        """`Card payments and Payouts: major outage`, the worst first."""
        statuses = self._facts.statuses
        for status in sorted(set(statuses.values()), key=lambda status: -status.rank):
            ids = [component_id for component_id, own in statuses.items() if own is status]
            yield f"{self._names(ids)}: {self._site.formatter.status(status).lower()}"

    def _names(self, ids: Collection[str]) -> str:
        formatter = self._site.formatter
        if len(ids) > _NAMED_SERVICES:
            return formatter.plural("%(count)s service", "%(count)s services", len(ids))
        return formatter.listing(self._site.component_names(ids))


def _line(text: str) -> str:
    """One line without control characters."""
    return " ".join(printable(text).split())


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
