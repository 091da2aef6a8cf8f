"""`mkdocs.yml` → its settings, where that needs nothing of MkDocs.

Importing MkDocs takes longer than many a command; most configurations are plain YAML with tags for Python at most.
"""

from __future__ import annotations

from typing import Any

import yaml

_PYTHON_TAGS = ("name", "module", "object", "object/apply", "object/new")


class _Loader(yaml.CSafeLoader):
    """Values with tags for Python are None: nothing is imported."""


for _tag in _PYTHON_TAGS:
    _Loader.add_multi_constructor(f"tag:yaml.org,2002:python/{_tag}:", lambda *_: None)


def plain_settings(text: bytes) -> dict[str, Any] | None:
    """The settings in `text`; None where only MkDocs can say: INHERIT, `!ENV`, other tags, or an error in it."""
    try:
        settings = yaml.load(text, _Loader)  # noqa: S506  a safe loader
    except yaml.YAMLError:
        return None
    return settings if isinstance(settings, dict) and "INHERIT" not in settings else None
