"""What was said in public, word by word: the unit that feeds, APIs and text twins count in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.present.edition import Edits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs_incidents.model import Notice, Update
    from mkdocs_incidents.present.edition import Edition
    from mkdocs_incidents.present.urls import Urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
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


def words(edition: Edition, notice: Notice) -> Iterator[Word]:
    """Every public word of a notice, oldest first; planned work that was never announced may still be to come."""
    known = edition.edits.get(notice.source)
    edited = {place: at for place, at in known.by_place.items() if at <= edition.now} if known else {}
    if not notice.updates:
        yield Word(notice=notice, at=notice.published_at)
    for update in notice.updates:
        yield Word(notice=notice, at=update.at, update=update, edited_at=edited.get(update.line))
    if notice.postmortem_published_at:
        at = notice.postmortem_published_at
        yield Word(notice=notice, at=at, postmortem=True, edited_at=edited.get(Edits.BODY))
