"""Where something unknown may have a part in pages, all of them are built each time."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from mkdocs_incidents.plugin.incremental.conditions import why_not
from mkdocs_incidents.plugin.incremental.fingerprint import UnknownError, _as_json


def config(**options: Any) -> Any:
    known = {"hooks": {}, "plugins": {"material/search": None, "incidents": None}, "markdown_extensions": ["tables"]}
    theme = SimpleNamespace(custom_dir=None, dirs=[], static_templates=frozenset())
    others = {"extra": {}, "extra_templates": [], "theme": theme, "mdx_configs": {}, "config_file_path": "mkdocs.yml"}
    return SimpleNamespace(**{**known, **others, **options})


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"hooks": {"hook.py": None}}, "hook.py"),
        ({"plugins": {"material/search": None, "macros": None}}, "macros"),
        ({"plugins": {"search": None}}, "that of the theme is material/search"),
        ({"markdown_extensions": ["pymdownx.snippets"]}, "pymdownx.snippets"),
        ({"plugins": {"materialx/search": None}, "extra": {"search_config": {"provider": "pagefind"}}}, "Pagefind"),
    ],
)
def test_what_may_have_a_part_in_pages_is_named(options: dict[str, Any], reason: str) -> None:
    assert reason in why_not(config(**options), dirty=False)


def test_the_lunr_search_of_materialx_leaves_pages_to_us() -> None:
    with_lunr = config(plugins={"materialx/search": None}, extra={"search_config": {"provider": "lunr"}})
    assert why_not(with_lunr, dirty=False) == ""


def test_a_dirty_build_builds_what_mkdocs_wants() -> None:
    assert "--dirty" in why_not(config(), dirty=True)


def test_an_object_without_a_lasting_description_is_named() -> None:
    with pytest.raises(UnknownError, match="object"):
        _as_json({"x": object()})


def test_a_function_with_arguments_is_described_by_its_name_and_these() -> None:
    lower, upper = (_as_json({"slugify": slugify(case=case)}) for case in ("lower", "upper"))
    assert lower == _as_json({"slugify": slugify(case="lower")})
    assert lower != upper
    with pytest.raises(UnknownError, match="function"):
        _as_json({"slugify": partial(lambda text: text)})


def test_options_are_described_in_the_same_way_each_time() -> None:
    options = {"path": Path("a"), "kinds": frozenset({"b", "a"}), "map": OrderedDict(a=1)}
    assert _as_json(options) == _as_json(dict(options))
