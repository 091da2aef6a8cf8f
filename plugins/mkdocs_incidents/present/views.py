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
class Key:
    """What a mark, a bar or a break of the drawing means."""

    mark: str
    word: str
    width: int = 10
    """Of a bar, in tenths of the widest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant, told in one zone, and in UTC where that is another."""

    iso: str
    text: str
    utc: str
    """Empty where `text` is UTC already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page tells about itself."""

    page: str
    """Key of the link that leads here; empty where none does."""
    head_title: str
    description: str
    """One or two sentences, for search engines and previews."""
    as_of: Moment
    """The build, on a page of the present; on a page of the past the instant its own facts last changed."""
    present: bool
    open: bool
    """Whether something goes on that a reader waits for."""
    scripted: bool
    """Whether time, or the place of its reader, changes anything on it, so that the script comes along."""
    zone: str
    """The catalogue's zone in words, as it was at `as_of`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that readers can subscribe to."""

    title: str
    name: str
    """Of its format: `RSS`, `Atom`, `JSON Feed`."""
    media_type: str
    address: str
    """Absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowWay:
    """Ways to follow of one sort, in brief."""

    heading: str
    links: tuple[Link, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of a build shares."""

    name: str
    status: str
    """Address of the status page; likewise the next three."""
    history: str
    uptime: str
    promises: str
    links: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    follow: tuple[FollowWay, ...]
    live: bool
    """Whether the pages tell of now; false for a site shown as of another instant, whose clock stands still."""
    script_words: str
    """JSON of what the script says, `{}` for its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as one line of a list."""

    kind: str
    """`outage`, `degraded`, `maintenance` or `announcement`."""
    since: str
    """ISO 8601 begin of an incident that goes on, for a script that tells its age; else empty."""
    planned: tuple[str, str] | None
    """ISO 8601 begin and end of planned work that is not over."""
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
    overdue: bool = False
    """Whether the promised instant had passed at the time of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who is affected, and who is not."""

    services: tuple[str, ...]
    total: int
    others_well: bool
    """Whether no other incident is open."""

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
    late: bool
    """Whether work goes on past its planned end."""
    latest: UpdateView | None
    updates: str
    """`2 updates so far`; empty where nothing has been said."""


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

    address: str
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
