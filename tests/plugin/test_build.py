"""What a build takes from the configuration of a site."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mkdocs_incidents.plugin.build import _switched_on
from mkdocs_incidents.present.outputs import OUTPUTS


def switched_on(**social: bool) -> frozenset[str]:
    plugins = {"material/social": SimpleNamespace(config=SimpleNamespace(**social))} if social else {}
    config: Any = SimpleNamespace(plugins=plugins)
    return _switched_on(config, cast("Any", SimpleNamespace(outputs=frozenset(OUTPUTS))))


@pytest.mark.parametrize(
    ("social", "drawn"),
    [
        ({}, True),
        ({"enabled": True, "cards": True}, False),
        ({"enabled": True, "cards": False}, True),
        ({"enabled": False, "cards": True}, True),
    ],
)
def test_images_are_left_out_where_the_social_plugin_draws_cards(social: dict[str, bool], drawn: bool) -> None:
    assert switched_on(**social) == frozenset(OUTPUTS) - (set() if drawn else {"preview_images"})


def test_where_nothing_can_draw_images_are_left_out_and_the_log_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)  # an import of it fails
    with caplog.at_level(logging.WARNING):
        assert "preview_images" not in switched_on()
    assert "Install resvg-py, or write preview_images: false" in caplog.text
    caplog.clear()
    assert "preview_images" not in switched_on(enabled=True, cards=True)
    assert not caplog.records, "it is not needed there"
