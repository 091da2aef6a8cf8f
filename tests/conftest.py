"""Which tests count for the coverage that `make check` measures, and how long random examples may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator

UNTRACED = ("browser", "timed", "hypothesis")
"""Marks of tests that run without a trace: it doubles their time, and random examples cover other lines each time."""

# How long an example takes depends on what else the machine does.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    coverage = Coverage.current()
    if coverage is None or not any(item.get_closest_marker(mark) for mark in UNTRACED):
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        coverage.start()
