"""Which tests count for the coverage that `make check` measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Generator

UNTRACED = ("browser", "timed", "hypothesis")
"""Marks of tests that run without a trace: it doubles their time, and random examples cover other lines each time."""


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
