"""What was published, message by message: the unit of feeds, APIs and Markdown pages, and what each message changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.context import Edits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice, Update
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.urls import Urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One public word: an update, a postmortem, or a notice without updates, which speaks for itself."""

    notice: Notice
    at: datetime
    """UTC instant from which the public had it."""
    update: Update | None = None
    postmortem: bool = False
    edited_at: datetime | None = None
    """UTC instant at which it was last changed, where that is known: from git, which alone remembers."""

    def address(self, urls: Urls) -> str:
        """Where it stands on the site: permanent, and therefore its id.

        It is made of the id of the notice and of the anchor of the update, both fixed by the file itself. Title,
        order, theme, the folder the file lies in and everything that is said later have no part in it.
        """
        if self.update:
            return urls.update(self.notice, self.update)
        return urls.postmortem(self.notice) if self.postmortem else urls.notice(self.notice)

    @property
    def updated_at(self) -> datetime:
        """When it was said or last changed, whichever came later."""
        return max(self.at, self.edited_at or self.at)


def publications_of(site: SiteContext, notice: Notice) -> Iterator[Publication]:
    """Every public word of a notice, oldest first; planned work that was never announced may still be to come."""
    known = site.edits.get(notice.source)
    edited = {place: at for place, at in known.by_place.items() if at <= site.now} if known else {}
    if not notice.updates:
        yield Publication(notice=notice, at=notice.published_at)
    for update in notice.updates:
        yield Publication(notice=notice, at=update.at, update=update, edited_at=edited.get(update.line))
    if notice.postmortem_published_at:
        at = notice.postmortem_published_at
        yield Publication(notice=notice, at=at, postmortem=True, edited_at=edited.get(Edits.BODY))


_OPERATIONAL = ComponentStatus.OPERATIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one word did to one component."""

    component: str
    old: ComponentStatus
    new: ComponentStatus


def changes(publication: Publication) -> Iterator[Change]:
    """The state before and after a word of every component it speaks of or changes; the first word speaks of all."""
    if publication.postmortem:
        return
    notice, update = publication.notice, publication.update
    place = notice.updates.index(update) if update else 0
    before = notice.statuses_at(notice.updates[place - 1].at) if place else {}
    after = notice.statuses_at(publication.at)
    named = {**({} if place else notice.components), **(update.components if update else {})}
    for component_id in dict.fromkeys([*named, *before, *after]):
        old, new = (states.get(component_id, _OPERATIONAL) for states in (before, after))
        if old is not new or component_id in named:
            yield Change(component=component_id, old=old, new=new)
