"""Every output besides the pages, with the planners of its files. A new one is a line here and in `present.outputs`."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import FORMATS

from .artifact import JSON, Artifact, PlannedFile, iso, json_bytes
from .badges import planned_badges
from .calendar import planned_calendars
from .context import EmitContext
from .embed import planned_embed
from .feeds.files import planned_feeds, planned_history_feeds, planned_style
from .json.files import planned_json
from .metrics import planned_metrics
from .redirects import planned_redirects
from .statuspage.endpoints import planned_api
from .text.pages import planned_markdown_pages
from .text.plain import planned_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.site import SiteViews

    from .context import Rendered

    Planner = Callable[[SiteContext], Iterable[PlannedFile]]


def _planned_clock(_: SiteContext) -> Iterator[PlannedFile]:
    """The instant of the build: the script of the pages reads it to find out whether the page is newer."""
    yield PlannedFile("now.json", JSON, lambda context: json_bytes({"built_at": iso(context.site.clock)}))


ALWAYS: tuple[Planner, ...] = (_planned_clock, planned_redirects)
"""Planners of what cannot be switched off."""
PLANNERS: Mapping[str, tuple[Planner, ...]] = {
    **{
        form.output: (partial(planned_feeds, form=form), *([planned_style] if form.has_style else []))
        for form in FORMATS
    },
    "statuspage_feeds": (planned_history_feeds, planned_style),
    "statuspage_api": (planned_api,),
    "json": (planned_json,),
    "calendar": (planned_calendars,),
    "badges": (planned_badges,),
    "embed": (planned_embed,),
    "text": (planned_text, planned_markdown_pages),
    "metrics": (planned_metrics,),
}
"""The planners of each output, by its name in `present.outputs.OUTPUTS`. A planner that outputs share runs once."""


def artifacts(views: SiteViews, rendered: Rendered, wanted: Collection[str] | None = None) -> Iterator[Artifact]:
    """The files of every output that is switched on, one at a time: there may be tens of thousands.

    With `wanted` only those of these paths are made.
    """
    context = EmitContext(views, rendered)
    for planned in _planned(views.site):
        if wanted is None or planned.path in wanted:
            yield Artifact(path=planned.path, media_type=planned.media_type, content=planned.write(context))


def planned_files(site: SiteContext) -> dict[str, PlannedFile]:
    """All these files by their paths, before anything is rendered."""
    return {planned.path: planned for planned in _planned(site)}


def media_types(site: SiteContext) -> dict[str, str]:
    """The media type of each of these files by its path, before anything is rendered."""
    return {planned.path: planned.media_type for planned in _planned(site)}


def _planned(site: SiteContext) -> Iterator[PlannedFile]:
    switched_on = (planners for name, planners in PLANNERS.items() if name in site.outputs.on)
    return chain.from_iterable(plan(site) for plan in dict.fromkeys(chain(ALWAYS, *switched_on)))
