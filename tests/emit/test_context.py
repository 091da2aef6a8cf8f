"""What the files of one build share: publications in their order, and when anything last changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.emit.context import EPOCH, EmitContext
from mkdocs_incidents.emit.publications import publications_of
from mkdocs_incidents.model import Maintenance, Postmortem, Retraction, RevisionSummary
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.status import day_start
from tests.emit.emitting import Unrendered, site
from tests.status.scenes import Scene, scenes

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.emit.publications import Publication
    from mkdocs_incidents.model import Notice
    from mkdocs_incidents.present.context import SiteContext


def context(of: SiteContext) -> EmitContext:
    return EmitContext(SiteViews(of), Unrendered())


def published(of: SiteContext) -> list[tuple[datetime, str, int, Publication]]:
    """Every publication until now with what it is sorted by, newest first."""
    found = [
        (publication.at, notice.id, place, publication)
        for notice in of.snapshot.history.notices
        for place, publication in enumerate(publications_of(of, notice))
        if publication.at <= of.now
    ]
    return sorted(found, key=lambda item: item[:3], reverse=True)


@st.composite
def sites(draw: st.DrawFn) -> SiteContext:
    """Scenes in which notices are embargoed, retracted, added later, explained or edited as well."""
    scene: Scene = draw(scenes())
    instants = st.integers(-2000, 3000).map(lambda minutes: scene.window.start + timedelta(minutes=minutes))

    def altered(notice: Notice) -> Notice:
        explained = Postmortem(published_at=draw(instants)) if draw(st.booleans()) else None
        retraction = Retraction("By mistake.", draw(st.none() | instants)) if draw(st.integers(0, 3)) == 0 else None
        updates = notice.updates if draw(st.booleans()) or not isinstance(notice, Maintenance) else ()
        return replace(
            notice,
            updates=updates,
            postmortem=explained,
            retraction=retraction,
            publish_at=draw(st.none() | instants),
            backfilled=draw(st.integers(0, 3)) == 0,
        )

    notices = [altered(notice) for notice in scene.history.notices]
    edits = {
        notice.source: RevisionSummary(
            updates={update.id: draw(instants) for update in notice.updates[:1]},
            postmortem_at=draw(st.none() | instants),
        )
        for notice in notices
        if draw(st.booleans())
    }
    known = replace(scene.history, notices=tuple(notices))
    return replace(site(known, scene.now), edits=edits)


@settings(max_examples=40, deadline=None)
@given(sites())
def test_publications_come_newest_first_and_none_is_missing(of: SiteContext) -> None:
    assert list(context(of).newest_publications()) == [publication for *_, publication in published(of)]


@settings(max_examples=40, deadline=None)
@given(sites())
def test_the_site_last_changed_with_a_publication_a_notice_or_a_component(of: SiteContext) -> None:
    known = of.snapshot.history
    instants = [publication.updated_at for *_, publication in published(of)]
    instants += [at for notice in known.notices for at in (*notice.boundaries, notice.publish_at) if at]
    days = [day for c in known.catalog.components.values() for day in (c.since, c.retired) if day]
    instants += [day_start(day, of.zone) for day in days]
    # The first day of each component may still be to come where the clock of the site is behind UTC.
    assert context(of).changed_at == max((at for at in instants if at <= of.now), default=EPOCH)


@settings(max_examples=40, deadline=None)
@given(sites())
def test_a_feed_has_the_newest_publications_about_it(of: SiteContext) -> None:
    of = replace(of, outputs=replace(of.outputs, feed_length=3))
    feeds = context(of).feeds
    announced = [p for *_, p in published(of) if p.notice.announces(p.at)]
    assert feeds["feed"] == announced[:3]
    for component in of.public_components:
        about = (publication for publication in announced if component.id in publication.notice.named_components)
        assert feeds[f"components/{component.id}/feed"] == list(islice(about, 3))
