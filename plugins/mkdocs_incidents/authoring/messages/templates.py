"""Templates of messages: those of the package, and those of a site, which may replace and add to them.

A template is a Markdown file, named as the template is:

    # What it is for, in one line

    ## Investigating

    The text of an update with that status: {states} since {started}. [What users see: Cards are refused.]

Text before the first section is for every status that has no section. Fields in braces (`fields.FIELDS`) are replaced
by facts; what only the writer knows is a blank in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING

from mkdocs_incidents.content.suggestions import nearest, one_of, quoted
from mkdocs_incidents.model import ComponentStatus, NoticeKind

from .facts import Phase
from .fields import FIELDS, filled
from .text import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .facts import MessageFacts

FOLDER = "_templates"
"""The folder of a site's own templates in its folder of incident files, where names with `_` are no incidents."""
_SUFFIX = ".md"
_ANY = ""
"""Key of the text for every status without a text of its own."""
_TITLE = re.compile(r"#[ \t]+(?P<text>.*?)[ \t#]*$")
_SECTION = re.compile(r"##[ \t]+(?P<name>.*?)[ \t#]*$")
_NAMES = ("outage", "slow", "third-party", "security", "data-loss", "maintenance", "correction", "retraction")
"""The templates of the package, in the order in which they are listed."""


class TemplateError(Exception):
    """A template that cannot be used; the message says where and why, and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template: its texts by phase."""

    name: str
    description: str
    """In one line; empty where its file has none."""
    texts: Mapping[str, str]
    """By phase; under `""` that for every other one."""
    path: str = ""
    """Of the site's own file; empty where it is that of the package alone."""

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Those that it has a text of their own for."""
        return tuple(phase for phase in Phase if phase in self.texts)


def templates(folder: Path) -> tuple[Template, ...]:
    """Every template of the site with that folder of incident files: those of the package first, then by name.

    Raises:
        TemplateError: a file of the site is wrong.
    """
    own = _own_files(folder)
    return tuple(_template(name, own.get(name)) for name in template_names(folder))


def template_names(folder: Path) -> tuple[str, ...]:
    """Their names, in the same order."""
    return *_NAMES, *sorted(set(_own_files(folder)) - set(_NAMES))


def template(name: str, folder: Path) -> Template:
    """The template of that name of the site with that folder of incident files; case, spaces and `_` do not matter.

    Raises:
        TemplateError: there is none, or the file is wrong.
    """
    own = _own_files(folder)
    wanted = _comparable(name)
    known = template_names(folder)
    if wanted in known:
        return _template(wanted, own.get(wanted))
    near = nearest(wanted, known)
    hint = f"write {near.replace('_', '-')}" if near else one_of(known, at_most=len(known))
    raise TemplateError(f"there is no template {quoted(name)}; {hint}")


def suggested_name(facts: MessageFacts) -> str:
    """The template that fits the facts, where none is named; empty for an announcement."""
    if facts.kind is NoticeKind.ANNOUNCEMENT:
        return ""
    if facts.kind is NoticeKind.MAINTENANCE:
        return "maintenance"
    if facts.upstream:
        return "third-party"
    worst = ComponentStatus.worst(facts.components.values())
    return "slow" if worst is ComponentStatus.DEGRADED_PERFORMANCE else "outage"


def fill(chosen: Template, facts: MessageFacts) -> str:
    """The message that a template proposes, one line for each paragraph; `unfilled` lists the blanks in it.

    Raises:
        TemplateError: it has no text for the status of the update.
    """
    text = next((chosen.texts[key] for key in (*facts.phases, _ANY) if key in chosen.texts), None)
    if text is None:
        status = facts.update.status
        what = f"an update with status {status}" if status else "this update"
        usable = [str(phase) for phase in chosen.phases]
        raise TemplateError(f"the template {chosen.name} has no text for {what}, only for {', '.join(usable)}")
    return text.format_map({name: filled(name, facts) for name in FIELDS})


def _comparable(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def _own_files(folder: Path) -> Mapping[str, Path]:
    """The files of a site's own templates, by name."""
    own = folder / FOLDER
    if not own.is_dir():
        return {}
    # Imported late: few sites have templates of their own, and every command waits for its imports.
    from mkdocs_incidents.content.folder import is_ignored  # noqa: PLC0415

    try:
        paths = sorted(path for path in own.iterdir() if path.suffix.casefold() == _SUFFIX)
    except OSError as error:
        raise TemplateError(f"{own.as_posix()}: cannot be read: {error.strerror or error}") from None
    return {_comparable(path.stem): path for path in paths if not is_ignored(path.name)}


def _template(name: str, path: Path | None) -> Template:
    """The template of that name; where the site's own lacks a text, that of the package is used."""
    built_in = _built_in(name) if name in _NAMES else None
    if path is None:
        if built_in is None:
            raise TemplateError(f"there is no template {quoted(name)}")
        return built_in
    own = _parsed(name, _text_of(path), path.as_posix())
    if built_in is None or _ANY in own.texts:
        return own
    return Template(
        name=name,
        description=own.description or built_in.description,
        texts={**built_in.texts, **own.texts},
        path=own.path,
    )


@lru_cache(maxsize=64)
def _built_in(name: str) -> Template:
    file = files(__package__ or "").joinpath("templates", f"{name}{_SUFFIX}")
    return _parsed(name, file.read_text(encoding="utf-8"), "")


def _text_of(path: Path) -> str:
    from mkdocs_incidents.authoring.files import UnreadableError, read_text  # noqa: PLC0415  as above

    try:
        return read_text(path)
    except UnreadableError as error:
        raise TemplateError(f"{path.as_posix()}: {error}") from None


def _parsed(name: str, text: str, path: str) -> Template:
    """A template from the text of its file, after a check of every line."""
    lines = list(enumerate(text.splitlines(), start=1))
    while lines and not lines[0][1].strip():
        del lines[0]
    title = _TITLE.match(lines[0][1]) if lines else None
    if title:
        del lines[0]
    texts = {key: unwrapped("\n".join(found)) for key, found in _sections(lines, path).items()}
    texts = {key: found for key, found in texts.items() if found}
    if not texts:
        raise TemplateError(f"{path}:1: the template has no text; write the message below the heading")
    return Template(name=name, description=title["text"] if title else "", texts=texts, path=path)


def _sections(lines: Iterable[tuple[int, str]], path: str) -> Mapping[str, list[str]]:
    """The numbered lines of a template, by the phase that their section is about."""
    found: dict[str, list[str]] = {_ANY: []}
    begins: dict[str, int] = {}
    section = _ANY
    for number, line in lines:
        if not (heading := _SECTION.match(line)):
            _check_fields(line, f"{path}:{number}")
            found[section].append(line)
            continue
        section = _phase(heading["name"], f"{path}:{number}")
        if section in begins:
            name, first = quoted(heading["name"]), begins[section]
            raise TemplateError(
                f"{path}:{number}: a section {name} stands already on line {first}; delete one of the two"
            )
        found[section], begins[section] = [], number
    for phase, number in begins.items():
        if not any(map(str.strip, found[phase])):
            raise TemplateError(f"{path}:{number}: this section has no text; write one, or delete the heading")
    return found


def _phase(heading: str, place: str) -> Phase:
    known = [str(phase) for phase in Phase]
    typed = "_".join(re.split(r"[\s_-]+", heading.casefold()))
    if typed in known:
        return Phase(typed)
    near = nearest(typed, known)
    headings = [f"## {phase.replace('_', ' ').capitalize()}" for phase in ([near] if near else known)]
    raise TemplateError(
        f"{place}: {quoted(heading)} is no status of an update; {one_of(headings, at_most=len(headings))}, "
        "or ### for a heading within the message"
    )


def _check_fields(line: str, place: str) -> None:
    """Require that every field of a line is a known one: `str.format` would also read attributes of a value."""
    try:
        found = [parts[1:] for parts in Formatter().parse(line) if parts[1] is not None]
    except ValueError:
        raise TemplateError(
            f"{place}: a brace without its counterpart; write {{{{ or }}}} for a brace itself"
        ) from None
    for name, spec, conversion in found:
        if name in FIELDS and not spec and not conversion:
            continue
        near = nearest(name or "", FIELDS)
        hint = f"write {{{near}}}, or one of the others" if near else "write one of"
        fields = ", ".join(f"{{{field}}}" for field in FIELDS if field != near)
        shown = quoted(f"{{{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}")
        raise TemplateError(f"{place}: there is no field {shown}; {hint}: {fields}; or {{{{ }}}} for braces themselves")
