"""Small whole sites, written to disk and built by MkDocs itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.makers import at
from tests.sites.outline import Outline

if TYPE_CHECKING:
    from pathlib import Path

NOON = "2026-06-15 12:00"
"""The default instant of a build."""
ADDRESS = "https://status.example.org/"

CATALOG = """\
timezone: UTC
components:
  - {id: web, name: Web, since: 2026-01-01}
  - {id: api, name: API, since: 2026-01-01}
"""


def front(body: str = "", **facts: Any) -> str:
    """An incident file: by default a resolved outage of `web` with two updates; None leaves a key out."""
    outage = {
        "title": "It broke",
        "started": "2026-05-04 10:00",
        "components": {"web": "major_outage"},
        "updates": [
            update_at("2026-05-04 10:05", "investigating", "We look into it."),
            update_at("2026-05-04 11:00", "resolved", "It works again."),
        ],
    }
    known = {key: value for key, value in (outage | facts).items() if value is not None}
    return f"---\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False)}---\n\n{body}\n"


def update_at(when: str, status: str, message: str = "We say so.", **facts: Any) -> dict[str, Any]:
    """An update, as a mapping of an incident file."""
    return {"at": when, "status": status, "message": message, **facts}


@dataclass(frozen=True)
class LogMessage:
    """A warning or error that MkDocs logged."""

    level: str
    message: str


class _LogHandler(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[LogMessage] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(LogMessage(record.levelname, record.getMessage()))


@dataclass(frozen=True)
class Built:
    """A site as it was published."""

    folder: Path
    messages: tuple[LogMessage, ...] = ()

    @property
    def warnings(self) -> list[str]:
        return [logged.message for logged in self.messages if logged.level == "WARNING"]

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every published file."""
        return tree(self.folder)

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def page(self, path: str) -> Outline:
        if path not in self._pages:
            self._pages[path] = Outline.of(self.text(path))
        return self._pages[path]

    @cached_property
    def _pages(self) -> dict[str, Outline]:
        return {}

    @property
    def pages(self) -> list[str]:
        """Every page but those at former addresses, which lead to another one."""
        return [
            path for path in self.files if path.endswith(".html") and b'http-equiv="refresh"' not in self.files[path]
        ]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def packaged_theme(folder: Path, name: str, *, extends: str) -> None:
    """Write a package of a theme that extends another one, as pip installs it into `folder`."""
    for path, text in {
        f"{name}_theme/__init__.py": "",
        f"{name}_theme/mkdocs_theme.yml": f"extends: {extends}\n",
        f"{name}-1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{name}-1.dist-info/entry_points.txt": f"[mkdocs.themes]\n{name} = {name}_theme\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


class Site:
    """A site's source on disk: ten lines of mkdocs.yml, a catalogue, and whatever a test adds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "docs").mkdir(parents=True, exist_ok=True)
        self.settings: dict[str, Any] = {
            "site_name": "Example status",
            "site_url": ADDRESS,
            "theme": {"name": "material", "font": False},
            "plugins": ["search", "incidents"],
        }
        self.write("incidents/components.yml", CATALOG)

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def option(self, name: str, value: Any) -> None:
        """Set one option of the plugin."""
        self.settings["plugins"] = ["search", {"incidents": {name: value}}]

    def configured(self) -> Path:
        """The path of the site's mkdocs.yml as it is now."""
        return self.write("mkdocs.yml", yaml.safe_dump(self.settings, allow_unicode=True, sort_keys=False))

    def build(self, now: str = NOON, *, into: str = "site", strict: bool = False) -> Built:
        """Build as `mkdocs build` does.

        Raises:
            Refused: MkDocs ended with an error, or with a warning in strict mode.
        """
        folder = self.folder / into
        handler = _LogHandler()
        log = logging.getLogger("mkdocs")
        log.addHandler(handler)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SOURCE_DATE_EPOCH", str(int(at(now).timestamp())))
                patch.chdir(self.folder)
                config = load_config(str(self.configured()), site_dir=str(folder), strict=strict)
                config.plugins.on_startup(command="build", dirty=False)
                try:
                    build(config)
                finally:
                    config.plugins.on_shutdown()
        except Abort as abort:
            raise Refused(tuple(handler.messages), str(abort)) from None
        finally:
            log.removeHandler(handler)
        return Built(folder, tuple(handler.messages))


class Refused(Exception):  # noqa: N818  it is what happened
    """MkDocs ended as it should: with a message, and without a traceback."""

    def __init__(self, messages: tuple[LogMessage, ...], last: str) -> None:
        self.message = "\n".join([*(logged.message for logged in messages), last])
        super().__init__(self.message)
