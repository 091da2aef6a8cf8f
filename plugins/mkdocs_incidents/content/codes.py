"""Every problem the content layer can find, by its permanent name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, str] = MappingProxyType({})
"""Code → one sentence on what it means; the guide lists them."""
