"""A `mkdocs.yml` that is there already: what it says, and the same with the plugin in it.

The text is changed at the places of its YAML nodes, so that comments, order and tags such as `!ENV` stay. What comes
out is read again: if anything but the plugin and the address has changed, the author is asked to make the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click
from mkdocs.utils.yaml import yaml_load

from mkdocs_incidents.plugin.themes import base_theme, has_templates, how_to_name_theme

from .site import DEFAULT_FOLDER, PLUGIN, plugin_options, relative, theme_name, yaml_loader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ADDRESS = "site_url"
_PARENT = "INHERIT"


@dataclass(frozen=True, kw_only=True)
class ExistingConfig:
    """A `mkdocs.yml`, as far as a status site needs to know it."""

    path: Path
    raw: bytes
    settings: dict[str, Any]
    r"""With those of the file that it inherits from."""

    @cached_property
    def text(self) -> str:
        r"""With `\n` for every line end and no byte-order mark."""
        return self.raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

    @property
    def name(self) -> str:
        """Of the site."""
        return str(self.settings["site_name"])

    @property
    def url(self) -> str | None:
        """The address; None where there is no such key, empty where it has no value before the build."""
        return str(self.settings[_ADDRESS] or "") if _ADDRESS in self.settings else None

    @property
    def theme(self) -> str:
        """The name of the theme; empty where there is none."""
        return theme_name(self.settings)

    @property
    def has_supported_theme(self) -> bool:
        """Whether the pages of the plugin can be drawn in the theme."""
        stated = self.settings.get("theme")
        own = stated.get("custom_dir") if isinstance(stated, dict) else None
        return base_theme(self.theme) is not None or (bool(own) and has_templates([self.path.parent / str(own)]))

    @property
    def pages_folder(self) -> str:
        """Where the Markdown pages are, relative to this file."""
        return str(self.settings.get("docs_dir") or "docs")

    @property
    def content_folder(self) -> str:
        """Where the incident files are, likewise."""
        return str((plugin_options(self.settings.get("plugins")) or {}).get("incidents_dir") or DEFAULT_FOLDER)

    @property
    def has_plugin(self) -> bool:
        """Whether the plugin is in it already."""
        return plugin_options(self.settings.get("plugins")) is not None


@dataclass(frozen=True, kw_only=True)
class CompletedConfig:
    """The text of a `mkdocs.yml` with what was missing, what that was, and what is left to its author."""

    text: str
    added: tuple[str, ...]
    by_hand: tuple[str, ...]


def read_config(path: Path) -> ExistingConfig:
    """The `mkdocs.yml` at `path`.

    Raises:
        click.UsageError: it cannot be read, or is none of MkDocs.
    """
    try:
        raw = path.read_bytes()
        raw.decode("utf-8-sig")
        with path.open("rb") as file:
            settings: Any = yaml_load(file, yaml_loader())
    except Exception as error:  # noqa: BLE001  whatever a tag of the file raises
        reason = " ".join(str(error).split()) or type(error).__name__
        raise _unreadable(path, reason) from None
    if not isinstance(settings, dict) or not settings.get("site_name"):
        raise _unreadable(path, "it has no site_name, which MkDocs requires")
    return ExistingConfig(path=path, raw=raw, settings=settings)


def _unreadable(path: Path, reason: str) -> click.UsageError:
    return click.UsageError(
        f"{relative(path).as_posix()} cannot be read: {reason}; correct it, then type the command again"
    )


def completed(config: ExistingConfig, url: str) -> CompletedConfig:
    """`config` with the plugin and, if it has no address, with `url`; unchanged where that cannot be done safely."""
    text, added, by_hand = config.text, [], []
    if config.url is None:
        if with_address := _with_address(text, url):
            text, added = with_address, ["its address"]
        else:
            by_hand.append(f"add the line {_ADDRESS}: {url}")
    if not config.has_plugin:
        if with_plugin := _with_plugin(text):
            text, added = with_plugin, [*added, "the plugin"]
        else:
            by_hand.append(f"add - {PLUGIN} to the list below plugins:")
    if not config.has_supported_theme:
        by_hand.append(f"{how_to_name_theme()}, since the pages are drawn inside Material for MkDocs")
    return CompletedConfig(text=text, added=tuple(added), by_hand=tuple(by_hand))


def _plugins_with_ours(plugins: Any) -> Any:
    """What `plugins:` should hold. MkDocs adds `search` by itself only as long as there is no such key."""
    if plugins is None:
        return ["search", PLUGIN]
    if isinstance(plugins, dict):
        return {**plugins, PLUGIN: {}}
    return [*plugins, PLUGIN] if isinstance(plugins, list) else plugins


def _checked(text: str, changes: dict[str, Any], edit: Callable[[Any], str | None]) -> str | None:
    """The text that `edit` makes of the nodes of `text`; None unless exactly `changes` come of it."""
    before = _data(text)
    if before is None:
        return None
    edited = edit(yaml_loader()(text).get_single_node())
    return edited if edited is not None and _data(edited) == {**before, **changes} else None


def _data(text: str) -> dict[str, Any] | None:
    """The keys of the file alone; None where it cannot be read by itself."""
    try:
        found = yaml_loader()(text).get_single_data()
    except Exception:  # noqa: BLE001  whatever a tag of the file raises
        return None
    return found if isinstance(found, dict) else None


def _with_address(text: str, url: str) -> str | None:
    """`text` with the address below the name of the site; None where that cannot be done safely."""

    def edit(root: Any) -> str | None:
        name = _value(root, "site_name")
        return None if name is None else _with_line(text, name, f"{_ADDRESS}: {url}")

    return _checked(text, {_ADDRESS: url}, edit)


def _with_plugin(text: str) -> str | None:
    """`text` with the plugin behind all others; None where that cannot be done safely."""
    own = _data(text) or {}
    if "plugins" not in own and _PARENT in own:
        return None  # a list here would take the place of the one that is inherited
    return _checked(text, {"plugins": _plugins_with_ours(own.get("plugins"))}, lambda root: _spliced(text, root))


def _spliced(text: str, root: Any) -> str | None:
    """`text` with the plugin at the end of its list."""
    plugins = _value(root, "plugins")
    if plugins is None:
        return f"{text.rstrip()}\n\nplugins:\n  - search\n  - {PLUGIN}\n"
    if plugins.id == "scalar":
        at = plugins.start_mark.index
        return f"{text[:at]}\n  - search\n  - {PLUGIN}{text[at:]}" if not plugins.value else None
    entry = PLUGIN if plugins.id == "sequence" else f"{PLUGIN}: {{}}"
    if plugins.flow_style:
        at = _end(plugins.value[-1]) if plugins.value else plugins.end_mark.index - 1
        return f"{text[:at]}{', ' if plugins.value else ''}{entry}{text[at:]}"
    dash = "- " if plugins.id == "sequence" else ""
    return _with_line(text, plugins, f"{' ' * plugins.start_mark.column}{dash}{entry}")


def _with_line(text: str, node: Any, line: str) -> str:
    """`text` with `line` below the last line of `node`, and behind a comment there."""
    last = _end(node)
    if text[last - 1 : last] == "\n":  # a block of text ends with its line
        return f"{text[:last]}{line}\n{text[last:]}"
    end = text.find("\n", last)
    return f"{text}\n{line}\n" if end < 0 else f"{text[: end + 1]}{line}\n{text[end + 1 :]}"


def _value(root: Any, name: str) -> Any:
    """The node behind the key `name`; None if there is none."""
    return next((value for key, value in root.value if key.value == name), None)


def _end(node: Any) -> int:
    """The index behind the last character of a node. For YAML, a block ends where the next one begins."""
    if isinstance(node, tuple):
        key, value = node
        return max(_end(key), _end(value))
    if node.id != "scalar" and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)
