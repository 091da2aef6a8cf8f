"""What builds of one test run have in common: compiled templates, and sites that several tests look at."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from jinja2 import BytecodeCache
from mkdocs.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket


class _InMemory(BytecodeCache):
    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@contextmanager
def templates_compiled_once() -> Iterator[None]:
    """Material's templates take most of the time of a small build to compile; they are the same in every build."""
    compiled, make = _InMemory(), Theme.get_env

    def get_env(theme: Theme) -> Environment:
        env = make(theme)
        env.bytecode_cache = compiled
        return env

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.setattr(Theme, "get_env", get_env)
        yield


def built_once(name: str, build: Callable[[Path], Path], factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that one worker builds, into a new folder; the others wait for it, and look only."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sites"
    shared.mkdir(exist_ok=True)
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            build(factory.mktemp(name)).rename(folder)
    return folder
