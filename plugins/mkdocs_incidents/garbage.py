"""The garbage collector looks at all objects again and again; most objects of a build stay until its end."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def put_off(*, freeze: bool = False) -> Iterator[None]:
    """Put the garbage collector off; with `freeze` it never looks at what there is at the end, until `unfreeze`."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if freeze:
            gc.freeze()
        if enabled:
            gc.enable()


unfreeze = gc.unfreeze
