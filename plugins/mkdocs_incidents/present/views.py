"""The values that templates show: formatted texts and addresses; templates compute nothing.

Sites override templates, so these fields are a public interface and follow semantic versioning (CONTRIBUTING.md).
Addresses are relative to the root of the site (`| url` makes them relative to the page). `state` is a component status
or `no_data`, and selects an icon, a colour and a height; `state_word` is its label.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .drawings.marks import MARK_CLASSES

_LONG_TITLE = 80
"""Characters; a longer title is set in smaller letters."""
_NAMED_SERVICES = 3
"""Up to this number affected services are named; more are counted."""
_BARS_WIDTH = 360
"""In the units of `BarMark.x`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link."""

    label: str
    address: str
    key: str = ""
    """Name of the linked page, by which the link to the current page is marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendKey:
    """An entry of the legend of a drawing."""

    mark: str
    word: str
    width: int = 10
    """Of a bar, in tenths of the widest."""

    @property
    def is_bar(self) -> bool:
        """Whether the mark is a bar with a class of `drawings.marks`; the others are symbols."""
        return self.mark in MARK_CLASSES.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedInstant:
    """An instant, formatted."""

    iso: str
    """ISO 8601 with offset, for `datetime` attributes."""
    text: str
    utc: str
    """The same in UTC; empty where `text` is in UTC."""

    @property
    def day(self) -> date:
        """The date that the clocks of its zone show."""
        return datetime.fromisoformat(self.iso).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """The metadata of a page."""

    page: str
    """`Link.key` of the link to this page; empty where there is none."""
    head_title: str
    description: str
    """One or two sentences, for search engines and previews."""
    as_of: FormattedInstant | None
    """The time of the build; if not `present`, the last change of the facts on the page, None if that is not known."""
    built: FormattedInstant | None
    """What the clock of the build shows, of a page that depends on it."""
    present: bool
    """Whether the page depends on the time of the build."""
    open: bool
    """Whether an incident on the page is open, or maintenance under way."""
    live: bool
    """Whether the script looks for a newer build: false where no reader waits for news, and with the option `as_of`."""
    scripted: bool
    """Whether the page needs the script, as something on it depends on the time or the zone of the reader."""
    zone: str
    """Description of the zone of the catalog, as in force at `as_of`."""
    icon: str = ""
    """Component status whose icon is the icon of the page; empty for the icon of the site."""
    opens: FormattedInstant | None = None
    """From when on the page is `open`: the time of the build if it is, else the begin of the next planned work."""
    preview: str = ""
    """Full address of the image that goes with a link to the page (`og:image`); empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that readers can subscribe to."""

    title: str
    """With the name of the format: `Every update and postmortem (RSS)`."""
    name: str
    """The format: `RSS`, `Atom` or `JSON Feed`."""
    media_type: str
    address: str
    """Absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowWay:
    """A group of links to ways to subscribe."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What all pages of a site show."""

    name: str
    status: str
    """Address of the status page; the next three are addresses, too."""
    history: str
    uptime: str
    promises: str
    links: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    follow: tuple[FollowWay, ...]
    contact: str
    """Where readers report a problem that the status page does not know; empty for nowhere."""
    live: bool
    """Whether the site is built as of now; false with the option `as_of`."""
    script_words: str
    """JSON object of the texts of the script; `{}` in a text stands for its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as one line of a list."""

    kind: str
    """`outage`, `degraded`, `maintenance`, `announcement` or `retracted`."""
    since: str
    """ISO 8601 begin of an open incident, from which the script computes its age; else empty."""
    planned: tuple[str, str] | None
    """ISO 8601 begin and end of maintenance that is not over."""
    address: str
    title: str
    state: str
    state_word: str
    facts: tuple[str, ...]
    """Duration or schedule, services, and whether a postmortem is published."""

    @property
    def age(self) -> str:
        """The fact that the script replaces by an age: since when an incident is open; empty for others."""
        return self.facts[0] if self.since and self.facts else ""

    @property
    def other_facts(self) -> tuple[str, ...]:
        """The facts without `age`."""
        return self.facts[1:] if self.age else self.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """An update."""

    id: str
    address: str
    stage: str
    at: FormattedInstant
    message: str
    """Markdown."""
    changes: tuple[str, ...]
    """`Authentication: operational → major outage`."""
    next_update: FormattedInstant | None = None
    overdue: bool = False
    """Whether `next_update` has passed at the time of the build."""
    retraction: str = ""
    """That the message was retracted, and why; empty if it was not."""
    corrected: FormattedInstant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The affected services, and the number of all."""

    services: tuple[str, ...]
    total: int
    others_well: bool
    """Whether no other incident is open."""
    since: FormattedInstant | None = None
    """Since when all `services` of an open incident are affected without interruption; None if they differ in it."""

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
        """Whether there are other services, none with a known problem."""
        return self.count > 0 and self.others > 0 and self.others_well


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNotice:
    """An open notice in the banner."""

    address: str
    title: str
    state: str
    state_word: str
    scope: Scope
    since: FormattedInstant
    """Since when it is open without interruption; the begin of maintenance."""
    until: FormattedInstant | None
    """Planned end, for maintenance."""
    late: bool
    """Whether maintenance continues after its planned end."""
    begun_after_end: bool
    """Whether maintenance began only when it had been planned to be over, so that `until` is before `since`."""
    phase: str
    """Of the response to an incident: `Monitoring`; empty for others."""
    latest: UpdateView | None
    updates: str
    """`2 updates so far`; empty without any."""

    @property
    def long_title(self) -> bool:
        """Whether the title is set in smaller letters."""
        return is_long_title(self.title)


def is_long_title(title: str) -> bool:
    """Whether a title is so long that it is set in smaller letters."""
    return len(title) > _LONG_TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """The mark of a day, in units of a canvas 28 units high; the worse the day, the taller."""

    shape: str
    """A class of `drawings.marks`."""
    y: str
    height: str
    label: str = ""
    """Its meaning, in the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarMark:
    """An eventful day in a row of days; `x` from 0 to 356, in quarters of the width of a day."""

    x: int
    shape: str
    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarBand:
    """Marks that narrow screens hide together; the band of the newest 30 days has no name and is always visible."""

    name: str
    marks: tuple[BarMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Ninety days of one service or group as a drawing."""

    label: str
    begin: int
    """Where data begin, in the units of `BarMark.x`; 360 without any data."""
    bands: tuple[BarBand, ...]

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
    """A group, or consecutive services without a group (`name` is empty)."""

    name: str
    description: str
    state: str
    state_word: str
    """`Major outage: 1 of 3`; empty while all services are operational."""
    size: str
    bars: Bars
    services: tuple[ServiceRow, ...]

    @property
    def well(self) -> bool:
        return self.state == "operational"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFact:
    """A row of the table that has the same facts as the bars."""

    day: str
    service: str
    state_word: str
    length: str
    notices: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A day with its notices, or consecutive days with the same notices or without any."""

    anchors: tuple[str, ...]
    """Permanent anchors of the days, newest first; none without notices: those are in the calendar."""
    label: str
    notices: tuple[NoticeRow, ...]

    @property
    def other_anchors(self) -> tuple[str, ...]:
        """The anchors without the first."""
        return self.anchors[1:]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its notices, by which lists are filtered."""
        return tuple(dict.fromkeys(notice.kind for notice in self.notices))
