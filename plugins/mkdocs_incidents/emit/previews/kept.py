"""Images that were drawn before: an image is drawn again only when what it says is another."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from . import png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_BYTES = 12


class DrawnImages:
    """A folder with the last image at each path. It holds what is published, and can be deleted at any time."""

    def __init__(self, folder: Path, version: bytes) -> None:
        """`version` stands for the code that draws: with another one all images are drawn again."""
        self._folder = folder
        self._version = version

    def draw(self, path: str, svg: str) -> bytes:
        """The image of a drawing, which is published at `path`."""
        name = f"{_digest(path.encode())}-{_digest(self._version + svg.encode())}.png"
        with suppress(OSError):
            return (self._folder / name).read_bytes()
        content = png.drawn_png(svg)
        with suppress(OSError):  # a folder that cannot be written is done without
            self._folder.mkdir(parents=True, exist_ok=True)
            self._remove(lambda kept: kept.startswith(name.partition("-")[0]))
            unfinished = self._folder / f"{name}.new"
            unfinished.write_bytes(content)
            unfinished.replace(self._folder / name)
        return content

    def keep_only(self, paths: Iterable[str]) -> None:
        """Remove the images at other paths than these."""
        wanted = {_digest(path.encode()) for path in paths}
        with suppress(OSError):
            self._remove(lambda kept: kept.partition("-")[0] not in wanted)

    def _remove(self, unwanted: Callable[[str], bool]) -> None:
        for kept in self._folder.glob("*.png*"):
            if unwanted(kept.name):
                kept.unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=_BYTES).hexdigest()
