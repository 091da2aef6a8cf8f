"""The contract with templates: flat values, in words and addresses, with nothing left to compute.

Sites override templates, so these fields are public: they follow semantic versions (CONTRIBUTING.md).
Addresses are relative to the root of the site (`| url` makes them relative to the page); `state` is a
component status, or `no_data`, and names an icon, a colour and a height.
"""

from __future__ import annotations

from dataclasses import dataclass

from .drawings.marks import MARK_CLASSES

_LONG_TITLE = 80
"""Characters; a longer title is set in smaller letters."""
_NAMED_SERVICES = 3
"""More affected services than these are counted, not named."""
_BARS_WIDTH = 360


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

    @property
    def is_bar(self) -> bool:
        """Whether the mark is a bar with a class of `drawings.marks`; otherwise it is a symbol of its own."""
        return self.mark in MARK_CLASSES.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedInstant:
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
    as_of: FormattedInstant
    """The build, on a page of the present; on a page of the past the instant its own facts last changed."""
    present: bool
    open: bool
    """Whether something goes on that a reader waits for."""
    live: bool
    """Whether it shows the present of a site whose clock runs, so that the script asks for news."""
    scripted: bool
    """Whether time, or the place of its reader, changes anything on it, so that the script comes along."""
    zone: str
    """The catalogue's zone in words, as it was at `as_of`."""
    icon: str = ""
    """Component status whose shape is the icon of the page; empty for the icon of the site."""


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

    @property
    def age(self) -> str:
        """The fact that `since` brings up to date: how long an open incident has lasted; empty for others."""
        return self.facts[0] if self.since and self.facts else ""

    @property
    def other_facts(self) -> tuple[str, ...]:
        """The facts without `age`."""
        return self.facts[1:] if self.age else self.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """One public message."""

    id: str
    address: str
    stage: str
    at: FormattedInstant
    message: str
    """Markdown."""
    changes: tuple[str, ...]
    """`Authentication: Operational → Major outage`."""
    next_update: FormattedInstant | None = None
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

    @property
    def named(self) -> bool:
        """Whether the services are few enough to be named."""
        return 0 < self.count <= _NAMED_SERVICES

    @property
    def others_unaffected(self) -> bool:
        """Whether there are other services and no known problem with any of them."""
        return self.count > 0 and self.others > 0 and self.others_well


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNotice:
    """One open notice as the banner tells it."""

    address: str
    title: str
    state: str
    state_word: str
    scope: Scope
    since: FormattedInstant
    until: FormattedInstant | None
    """Planned end, for maintenance."""
    late: bool
    """Whether work goes on past its planned end."""
    latest: UpdateView | None
    updates: str
    """`2 updates so far`; empty where nothing has been said."""

    @property
    def long_title(self) -> bool:
        """Whether the title is set in smaller letters."""
        return is_long_title(self.title)


def is_long_title(title: str) -> bool:
    """Whether a title is so long that it is set in smaller letters."""
    return len(title) > _LONG_TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """The mark of a day, drawn on a canvas 28 units high; the worse the day, the taller."""

    shape: str
    """`nd`, `op`, `mt`, `dg`, `pt` or `mj`, for the class of the mark."""
    y: str
    height: str
    label: str = ""
    """What it means, in the legend."""


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

    @property
    def observed(self) -> bool:
        """Whether there are data for any of the days."""
        return self.begin < _BARS_WIDTH


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

    @property
    def well(self) -> bool:
        return self.state == "operational"


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

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its notices, for the filters of a list."""
        return tuple(dict.fromkeys(notice.kind for notice in self.notices))
