"""Which tests are traced for coverage, how long random examples may take, that most draw no images; the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

from mkdocs_incidents.emit.previews import png
from tests.browser import launching

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

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


@pytest.fixture(scope="session", autouse=True)
def _drawings_as_they_are() -> Iterator[None]:
    """Files of images have the text of their drawing: to draw takes longer than to build most sites of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(png, "drawn_png", lambda svg: b"\x89PNG\r\n\x1a\n" + svg.encode())
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launching.chromium() as browser:
        yield browser
