"""Every output besides the pages, with the planners of its files. A new one is a line here and in `present.outputs`."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs_incidents.present.outputs import FORMATS

from .artifact import JSON, Artifact, PlannedFile, Planner, iso, json_bytes
from .badges import planned_badges, planned_component_badges
from .calendar import planned_calendars, planned_component_calendars, planned_notice_calendar
from .context import EmitContext
from .embed import planned_embed
from .feeds.files import (
    planned_component_feeds,
    planned_feeds,
    planned_history_feeds,
    planned_notice_feeds,
    planned_style,
)
from .json.files import planned_json, planned_notice_json
from .metrics import planned_metrics
from .previews.files import planned_notice_preview, planned_previews
from .redirects import planned_component_redirects, planned_notice_redirects
from .statuspage.endpoints import planned_api
from .text.pages import (
    planned_component_markdown,
    planned_markdown_pages,
    planned_month_markdown,
    planned_notice_markdown,
)
from .text.plain import planned_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_incidents.model import Component, Notice
    from mkdocs_incidents.present.context import SiteContext
    from mkdocs_incidents.present.pages.site import SiteViews
    from mkdocs_incidents.status import Month

    from .context import Rendered


def _planned_clock(_: SiteContext) -> Iterator[PlannedFile]:
    """The instant of the build: the script of the pages reads it to find out whether the page is newer."""
    yield PlannedFile("now.json", JSON, lambda context: json_bytes({"built_at": iso(context.site.clock)}))


ALWAYS: tuple[Planner, ...] = (
    Planner(site=_planned_clock),
    Planner(notice=planned_notice_redirects, component=planned_component_redirects),
)
"""Planners of what cannot be switched off."""
_STYLE = Planner(site=planned_style)
PLANNERS: Mapping[str, tuple[Planner, ...]] = {
    **{
        form.output: (
            Planner(
                site=partial(planned_feeds, form=form),
                component=partial(planned_component_feeds, form=form),
                notice=partial(planned_notice_feeds, form=form),
            ),
            *([_STYLE] if form.has_style else []),
        )
        for form in FORMATS
    },
    "statuspage_feeds": (Planner(site=planned_history_feeds), _STYLE),
    "statuspage_api": (Planner(site=planned_api),),
    "json": (Planner(site=planned_json, notice=planned_notice_json),),
    "calendar": (
        Planner(site=planned_calendars, component=planned_component_calendars, notice=planned_notice_calendar),
    ),
    "badges": (Planner(site=planned_badges, component=planned_component_badges),),
    "embed": (Planner(site=planned_embed),),
    "text": (
        Planner(site=planned_text),
        Planner(
            site=planned_markdown_pages,
            month=planned_month_markdown,
            component=planned_component_markdown,
            notice=planned_notice_markdown,
        ),
    ),
    "metrics": (Planner(site=planned_metrics),),
    "preview_images": (Planner(site=planned_previews, notice=planned_notice_preview),),
}
"""The planners of each output, by its name in `present.outputs.OUTPUTS`. A planner that outputs share runs once."""


def artifacts(views: SiteViews, rendered: Rendered, wanted: Collection[str] | None = None) -> Iterator[Artifact]:
    """The files of every output that is switched on, one at a time: there may be tens of thousands.

    With `wanted` only those of these paths are made.
    """
    context = EmitContext(views, rendered)
    for planned in planned_files(views.site):
        if wanted is None or planned.path in wanted:
            yield planned.artifact(context)


def media_types(site: SiteContext) -> dict[str, str]:
    """The media type of each of these files by its path, before anything is rendered."""
    return {planned.path: planned.media_type for planned in planned_files(site)}


def planned_files(site: SiteContext) -> Iterator[PlannedFile]:
    """Every file: those of the site as a whole, of each month, of each component and of each notice."""
    yield from planned_site_files(site)
    for month in site.snapshot.months:
        yield from planned_month_files(site, month)
    for component in site.public_components:
        yield from planned_component_files(site, component)
    for notice in site.snapshot.history.notices:
        yield from planned_notice_files(site, notice)


def planned_site_files(site: SiteContext) -> Iterator[PlannedFile]:
    """The files that are not about a single month, component or notice."""
    return chain.from_iterable(planner.site(site) for planner in _switched_on(site.outputs.on))


def planned_month_files(site: SiteContext, month: Month) -> Iterator[PlannedFile]:
    """The files about a month."""
    return chain.from_iterable(planner.month(site, month) for planner in _switched_on(site.outputs.on))


def planned_component_files(site: SiteContext, component: Component) -> Iterator[PlannedFile]:
    """The files about a component of `SiteContext.public_components`."""
    return chain.from_iterable(planner.component(site, component) for planner in _switched_on(site.outputs.on))


def planned_notice_files(site: SiteContext, notice: Notice) -> Iterator[PlannedFile]:
    """The files about a notice, those at its former addresses included."""
    return chain.from_iterable(planner.notice(site, notice) for planner in _switched_on(site.outputs.on))


@lru_cache(maxsize=1)
def _switched_on(outputs: frozenset[str]) -> tuple[Planner, ...]:
    switched_on = (planners for name, planners in PLANNERS.items() if name in outputs)
    return tuple(dict.fromkeys(chain(ALWAYS, *switched_on)))
