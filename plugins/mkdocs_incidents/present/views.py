"""The contract with templates: flat values, in words and addresses, with nothing left to compute.

Sites override templates, so these fields are public: they follow semantic versions (CONTRIBUTING.md).
Addresses are relative to the root of the site (`| url` makes them relative to the page); `state` is a
component status, or `no_data`, and names an icon, a colour and a height.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_DATA = "no_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere."""

    label: str
    address: str
    key: str = ""
    """Name of the page it leads to, for marking the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant, told in one zone, and in UTC where that is another."""

    iso: str
    text: str
    utc: str
    """Empty where `text` is UTC already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that readers can subscribe to."""

    title: str
    media_type: str
    address: str
    """Absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of a build shares."""

    name: str
    zone: str
    """The catalogue's zone in words."""
    links: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as one line of a list."""

    address: str
    title: str
    state: str
    state_word: str
    facts: tuple[str, ...]
    """Duration, services and whatever else is told in brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """One public message."""

    id: str
    address: str
    stage: str
    at: Moment
    message: str
    """Markdown."""
    changes: tuple[str, ...]
    """`Authentication: Operational → Major outage`."""
    next_update: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who is affected, and who is not."""

    services: tuple[str, ...]
    total: int

    @property
    def count(self) -> int:
        return len(self.services)

    @property
    def others(self) -> int:
        return self.total - len(self.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One open notice as the banner tells it."""

    address: str
    title: str
    state: str
    state_word: str
    scope: Scope
    since: Moment
    until: Moment | None
    """Planned end, for maintenance."""
    latest: UpdateView | None
    updates: str
    """`2 updates so far`; empty where nothing has been said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last incident that is over."""

    address: str
    title: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One eventful day in a row of days; `x` in units of a quarter day's width, 0 to 356."""

    x: int
    shape: str
    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Marks that narrow screens hide together; the newest 30 days have no name and are always shown."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Ninety days of one service or group as a drawing."""

    label: str
    begin: int
    """Where data begin, in the units of `Mark.x`; 360 where there are none."""
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A component in the list of services."""

    name: str
    description: str
    state: str
    state_word: str
    uptime: str
    bars: Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group, or a run of services in none (`name` empty)."""

    name: str
    description: str
    state: str
    state_word: str
    """`Major outage: 1 of 3`; empty while all of it is operational."""
    size: str
    bars: Bars
    services: tuple[ServiceRow, ...]

    @property
    def well(self) -> bool:
        return self.state == "operational"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFact:
    """A row of the table beside the bars."""

    day: str
    service: str
    state_word: str
    length: str
    notices: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A day with its notices, or a run of days without."""

    anchor: str
    label: str
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The status page."""

    page: str
    head_title: str
    description: str
    state: str
    state_word: str
    as_of: Moment
    total: int
    """How many services the page shows."""
    affected: int
    incidents: tuple[Story, ...]
    """Open ones, worst first."""
    running: tuple[Story, ...]
    """Maintenance in progress."""
    coming: tuple[NoticeRow, ...]
    announcements: tuple[Story, ...]
    last: Ended | None
    groups: tuple[GroupRow, ...]
    table: tuple[DayFact, ...]
    days: tuple[DayRow, ...]
    postmortems: tuple[NoticeRow, ...]
    month: Link
    history: Link
    method: str
    """How uptime is measured, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One service in one state for a while."""

    service: str
    state: str
    state_word: str
    start: Moment
    end: Moment | None
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the postmortem; its HTML has the same place in `fragments`."""

    anchor: str
    kind: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """The page of one incident, maintenance or announcement."""

    page: str
    head_title: str
    description: str
    kind: str
    """`incident`, `maintenance` or `announcement`."""
    title: str
    state: str
    """Of the banner: what users feel, or felt nothing any more (`operational`)."""
    state_word: str
    aside: str
    open: bool
    scope: Scope
    span: str
    """`Sunday 11 June 2023, 14:30 to 15:15 WAT`."""
    span_utc: str
    since: Moment
    until: Moment | None
    next_update: Moment | None
    as_of: Moment
    """The build for an open one; for a closed one the instant its own facts last changed."""
    updates: tuple[UpdateView, ...]
    """Newest first."""
    impacts: tuple[Stretch, ...]
    sections: tuple[SectionView, ...]
    published: str
    """When and by whom the postmortem was published; empty where it is not."""
    record: tuple[str, ...]
    upstream: Link | None
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The page of one month."""

    page: str
    head_title: str
    description: str
    title: str
    summary: str
    as_of: Moment
    days: tuple[DayRow, ...]
    previous: Link | None
    next: Link | None
    history: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month in the list of months."""

    label: str
    address: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRows:
    """The months of a year, newest first."""

    label: str
    months: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """Every month that can be looked up."""

    page: str
    head_title: str
    description: str
    title: str
    as_of: Moment
    years: tuple[YearRows, ...]
