"""What a build takes from the configuration of a site."""

from __future__ import annotations

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
