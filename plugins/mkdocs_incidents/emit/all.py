"""Everything beside the pages, in one list."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from .artifact import JSON, Artifact, Planned, iso, json_bytes
from .badges import planned_badges
from .calendar import planned_calendars
from .embed import planned_embed
from .feeds import planned_feeds
from .metrics import planned_metrics
from .own_json import planned_json
from .plain import planned_text
from .promises import planned_promises
from .statuspage_api import planned_api
from .twins import planned_twins
from .wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.present.edition import Edition

    from .wire import Rendered


def _planned_clock(_: Edition) -> Iterator[Planned]:
    """When the site was built: what the page's own script asks for before it fetches the page anew."""
    yield Planned("now.json", JSON, lambda wire: json_bytes({"built_at": iso(wire.edition.now)}))


_PLANS = (
    _planned_clock,
    planned_feeds,
    planned_api,
    planned_json,
    planned_promises,
    planned_calendars,
    planned_badges,
    planned_embed,
    planned_text,
    planned_twins,
    planned_metrics,
)


def artifacts(edition: Edition, rendered: Rendered) -> Iterator[Artifact]:
    """Every output that is switched on, one at a time: there may be tens of thousands."""
    wire = Wire(edition, rendered)
    for planned in _plan(edition):
        yield Artifact(path=planned.path, media_type=planned.media_type, content=planned.write(wire))


def paths(edition: Edition) -> set[str]:
    """Where they will lie, before anything is rendered."""
    return {planned.path for planned in _plan(edition)}


def _plan(edition: Edition) -> Iterator[Planned]:
    return chain.from_iterable(plan(edition) for plan in _PLANS)
