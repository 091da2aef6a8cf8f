"""`mkdocs serve` builds again and again in one process: what one build knew ends with it."""

from __future__ import annotations

import gc
import pkgutil
from functools import _lru_cache_wrapper
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

import mkdocs_incidents
from mkdocs_incidents.content.postmortem.body import Body
from mkdocs_incidents.model import History
from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.formatter import Durations, Formatter
from mkdocs_incidents.render.fragments import Fragments
from tests.sites.building import front, update_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sites.building import Site

BUILDS = 3
MOST_TEXTS = 512
MOST_DAYS = 4096
MOST_NAMES = 4096
"""Each of at most 200 characters."""
BOUNDS = {"day_start": MOST_DAYS, "day_interval": MOST_DAYS, "_name": MOST_NAMES}


def caches() -> Iterator[_lru_cache_wrapper[Any]]:
    """Every cache that lives as long as the process: those of functions that stand in a module."""
    for module in pkgutil.walk_packages(mkdocs_incidents.__path__, "mkdocs_incidents."):
        if not module.name.endswith("__main__"):
            known = vars(import_module(module.name)).values()
            yield from (
                function
                for function in known
                if isinstance(function, _lru_cache_wrapper) and function.__module__ == module.name
            )


def test_every_cache_of_the_process_is_small() -> None:
    assert len(list(caches())) > 5
    for cache in caches():
        most = cache.cache_parameters()["maxsize"]
        if signature(cache).parameters:  # what takes nothing keeps one thing
            bound = BOUNDS.get(cache.__name__, MOST_TEXTS)
            assert most is not None, cache
            assert most <= bound, cache


def test_a_serving_process_keeps_one_build(site: Site) -> None:
    def change(build: int) -> None:
        for day in range(1, 10):
            times = "\n".join(f"- 10:{minute}: Server {build} of {day}-{minute} failed." for minute in range(10, 60))
            site.write(
                f"incidents/2026-05-{day:02}-x.md",
                front(
                    f"## Build {build} of day {day}\n\nIt began.\n\n## Timeline\n\n{times}\n",
                    started=f"2026-05-{day:02} 10:00",
                    updates=[update_at(f"2026-05-{day:02} 11:00", "resolved", f"Text {build} of *{day}*.")],
                ),
            )

    def alive() -> dict[str, int]:
        gc.collect()
        kinds = (SiteContext, Fragments, Formatter, Durations, History, Body)
        return {kind.__name__: sum(type(held) is kind for held in gc.get_objects()) for kind in kinds}

    change(0)
    site.build()
    after_one = alive()
    for build in range(1, BUILDS):
        change(build)
        site.build()
    assert alive() == after_one
    assert after_one["Body"] == 0
