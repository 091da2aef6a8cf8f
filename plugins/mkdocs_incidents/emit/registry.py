"""Every output beside the pages: who plans its files. A new one is a line here and its name in `present.outputs`."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import ATOM, JSON_FEED, RSS

from .artifact import JSON, Artifact, Planned, iso, json_bytes
from .badges import planned_badges
from .calendar import planned_calendars
from .embed import planned_embed
from .feeds import planned_feeds, planned_history_feeds, planned_style
from .json.files import planned_json
from .metrics import planned_metrics
from .plain import planned_text
from .statuspage_api import planned_api
from .twins import planned_twins
from .wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mkdocs_incidents.present.edition import Edition

    from .wire import Rendered

    Planner = Callable[[Edition], Iterable[Planned]]


def _planned_clock(_: Edition) -> Iterator[Planned]:
    """When the site was built: what the page's own script asks for before it fetches the page anew."""
    yield Planned("now.json", JSON, lambda context: json_bytes({"built_at": iso(context.edition.now)}))


ALWAYS: tuple[Planner, ...] = (_planned_clock,)
"""Planners of what no option switches off."""
PLANNERS: Mapping[str, tuple[Planner, ...]] = {
    "rss": (partial(planned_feeds, form=RSS), planned_style),
    "atom": (partial(planned_feeds, form=ATOM), planned_style),
    "json_feed": (partial(planned_feeds, form=JSON_FEED),),
    "statuspage_feeds": (planned_history_feeds, planned_style),
    "statuspage_api": (planned_api,),
    "json": (planned_json,),
    "calendar": (planned_calendars,),
    "badges": (planned_badges,),
    "embed": (planned_embed,),
    "text": (planned_text, planned_twins),
    "metrics": (planned_metrics,),
}
"""The planners of each output, by its name in `present.outputs.OUTPUTS`. What outputs share is planned once."""


def artifacts(site: Edition, rendered: Rendered) -> Iterator[Artifact]:
    """Every output that is switched on, file by file: there may be tens of thousands."""
    context = Wire(site, rendered)
    for planned in _planned(site):
        yield Artifact(path=planned.path, media_type=planned.media_type, content=planned.write(context))


def paths(site: Edition) -> set[str]:
    """Where they will lie, before anything is rendered."""
    return {planned.path for planned in _planned(site)}


def _planned(site: Edition) -> Iterator[Planned]:
    switched_on = (planners for name, planners in PLANNERS.items() if name in site.outputs.on)
    return chain.from_iterable(plan(site) for plan in dict.fromkeys(chain(ALWAYS, *switched_on)))
