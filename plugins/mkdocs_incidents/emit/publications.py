"""What a notice published and when: updates, the postmortem, itself, its retraction; and what each one changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from mkdocs_incidents.model import ComponentStatus, RevisionSummary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice, Update
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.urls import Urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One thing published: an update, a postmortem, a notice that has no updates, or a retraction."""

    notice: Notice
    """As it was published: only its retraction itself has it as retracted."""
    at: datetime
    """UTC instant from which it is public."""
    update: Update | None = None
    postmortem: bool = False
    retraction: bool = False
    edited_at: datetime | None = None
    """UTC instant of its last edit, as the file states it or from git; None where there is none or it is not known."""

    def address(self, urls: Urls) -> str:
        """Its address on the site; with `urls.permanent` its id.

        It consists of the id of the notice and the anchor of the update, both from the file. Title, order, theme,
        folder and later updates do not change it.
        """
        if self.update:
            return urls.update(self.notice, self.update)
        if self.retraction:
            return urls.retraction(self.notice)
        return urls.postmortem(self.notice) if self.postmortem else urls.notice(self.notice)

    @property
    def updated_at(self) -> datetime:
        """UTC instant of its publication, its last edit or the retraction of its words, whichever is latest."""
        retracted_at = self.update.retracted_at if self.update else None
        return max(self.at, self.edited_at or self.at, retracted_at or self.at)


def publications_of(site: SiteContext, notice: Notice) -> Iterator[Publication]:
    """The publications of a notice, oldest first; that of maintenance without an announcement may be in the future."""
    yield from sorted(_publications(site, notice), key=attrgetter("at"))


def _publications(site: SiteContext, notice: Notice) -> Iterator[Publication]:
    """In the order of the file, which that of publications of one instant follows; the postmortem last."""
    edits = site.edits.get(notice.source, RevisionSummary())
    retracted_at = notice.retracted_at
    before = replace(notice, retraction=None) if retracted_at else notice
    if not notice.updates:
        yield Publication(notice=before, at=notice.published_at)
    for update in notice.updates:
        yield Publication(
            notice=before,
            at=notice.update_published_at(update),
            update=update,
            edited_at=_latest(site, update.corrected_at, edits.updates.get(update.id)),
        )
    if notice.postmortem_published_at:
        at = notice.postmortem_published_at
        yield Publication(notice=before, at=at, postmortem=True, edited_at=_latest(site, edits.postmortem_at))
    if retracted_at:
        yield Publication(notice=notice, at=retracted_at, retraction=True)


def _latest(site: SiteContext, *instants: datetime | None) -> datetime | None:
    """The latest of the instants that are not in the future."""
    return max((at for at in instants if at and at <= site.now), default=None)


_OPERATIONAL = ComponentStatus.OPERATIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """The change of one component by one publication."""

    component: str
    old: ComponentStatus
    new: ComponentStatus


def changes(publication: Publication) -> Iterator[StatusChange]:
    """The states before and after a publication, of the components it names or changes; the first one names all."""
    if publication.postmortem or publication.retraction:
        return
    notice, update = publication.notice, publication.update
    place = notice.updates.index(update) if update else 0
    before = notice.statuses_before(update) if update else {}
    after = notice.statuses_at(update.at if update else publication.at)
    stated = update.components if update and not update.retraction else {}
    named = {**({} if place else notice.components), **stated}
    for component_id in dict.fromkeys([*named, *before, *after]):
        old, new = (states.get(component_id, _OPERATIONAL) for states in (before, after))
        if old is not new or component_id in named:
            yield StatusChange(component=component_id, old=old, new=new)
