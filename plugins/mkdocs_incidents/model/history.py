"""All notices of a site, and those that were public at an instant."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from .announcement import Announcement
from .incident import Incident
from .maintenance import Maintenance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .component import Catalog
    from .notice import Notice

TOLERANCE = timedelta(minutes=5)
"""How far the clock of an author may be ahead of that of a build."""


@dataclass(frozen=True, kw_only=True)
class History:
    """All notices of a site, without drafts; immutable."""

    catalog: Catalog
    notices: tuple[Notice, ...] = ()
    """Oldest first, by begin and id, whatever the order of the files."""
    known_at: datetime | None = field(default=None, compare=False)
    """The instant of `as_of`; None for all that was loaded."""

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.notices, key=lambda notice: (notice.begins_at, notice.id)))
        object.__setattr__(self, "notices", ordered)

    def as_of(self, now: datetime) -> History:
        """What was public at `now`: no embargoed notice, no later update, no later postmortem."""
        if self.known_at == now:
            return self
        notices = tuple(notice.as_of(now) for notice in self.notices if notice.known_by(now))
        return History(catalog=self.catalog, notices=notices, known_at=now)

    def published_by(self, clock: datetime, tolerance: timedelta = TOLERANCE) -> History:
        """What is public when the clock of the build shows `clock`; `known_at` is the instant as of which it is.

        Clocks differ: what authors date up to `tolerance` ahead has happened. `known_at` is the last such instant, so
        that nothing lasts a negative time; what has an embargo is not public before.
        """
        public = [notice for notice in self.notices if notice.publish_at is None or notice.publish_at <= clock]
        latest = clock + tolerance
        stated = (at for notice in public for at in notice.stated_at if clock < at <= latest)
        notices = tuple(
            replace(notice, postmortem=None) if (notice.postmortem_published_at or clock) > clock else notice
            for notice in public
        )
        known_at = max([clock, *stated])
        known = tuple(notice.as_of(known_at) for notice in notices if notice.known_by(known_at))
        return History(catalog=self.catalog, notices=known, known_at=known_at)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Oldest first, without those that were retracted."""
        return tuple(notice for notice in self.notices if isinstance(notice, Incident) and notice.retraction is None)

    @cached_property
    def maintenances(self) -> tuple[Maintenance, ...]:
        """Oldest first."""
        return tuple(notice for notice in self.notices if isinstance(notice, Maintenance))

    @cached_property
    def announcements(self) -> tuple[Announcement, ...]:
        """Oldest first."""
        return tuple(notice for notice in self.notices if isinstance(notice, Announcement))

    @cached_property
    def unfinished(self) -> tuple[Notice, ...]:
        """The notices that are not over at `known_at`, oldest first; all of a history that is not `as_of` an instant.

        They are few: what is open now is searched among them, and not in the whole history.
        """
        now = self.known_at
        return tuple(notice for notice in self.notices if now is None or not notice.is_over(now))

    @cached_property
    def by_id(self) -> Mapping[str, Notice]:
        """Every notice by its permanent id."""
        return {notice.id: notice for notice in self.notices}
