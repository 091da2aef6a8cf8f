"""What Tab offers for the arguments and options of commands.

These are callbacks for click's `shell_complete`. Somebody waits for each of them with a finger on the key, so they read
the index of the workspace and never a whole file, and the catalogue as plain YAML. What may be wrong there is not
reported here: the command says it.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.names import COMMON_STATES, match
from mkdocs_incidents.content.site_file import plain_settings
from mkdocs_incidents.content.source import CATALOG_NAME
from mkdocs_incidents.content.yaml.nodes import Mapping, Scalar, Sequence
from mkdocs_incidents.model import IncidentStatus, MaintenanceStatus, comparable_name

from .write_options import workspace_in

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from collections.abc import Mapping as MappingOf
    from typing import Any

    import click

    from mkdocs_incidents.authoring.editing.workspace import IndexedFile, Workspace
    from mkdocs_incidents.content.yaml.nodes import Node

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

_OPEN_STATUSES = (IncidentStatus.INVESTIGATING, IncidentStatus.IDENTIFIED, IncidentStatus.MONITORING)
_BROKEN_STATES = ("major", "partial", "degraded")


def notices(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The ids that `incomplete` may mean, as the command itself finds them; those that may be open come first."""
    return _notices(_workspace(context), incomplete)


def open_notices(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Likewise; only those that may be open, unless something else is typed."""
    workspace = _workspace(context)
    found = _notices(workspace, incomplete, only=[file for file in workspace.files if not file.surely_over])
    return found or (notices(context, parameter, incomplete) if incomplete else [])


def planned_notices(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The ids of planned work that may not be over."""
    workspace = _workspace(context)
    return _notices(
        workspace, incomplete, only=[file for file in workspace.files if file.scheduled and not file.surely_over]
    )


def component_states(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """`authentication=` for `au`, and its states behind that; the last of several with commas between them.

    Of an update, where nothing is typed yet, the components that its notice affects.
    """
    workspace = _workspace(context)
    meant = _meant(context, workspace)
    affected = _facts(workspace, meant[0]).get("components") if len(meant) == 1 and not incomplete else None
    planned = bool(meant) and all(file.scheduled for file in meant)
    return _components(
        workspace,
        incomplete,
        behind="=",
        only=affected.values if isinstance(affected, Mapping) else None,
        states=COMMON_STATES if planned else (*_BROKEN_STATES, "ok"),
    )


def first_component_states(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Likewise with the states in which something is when an incident begins."""
    return _components(_workspace(context), incomplete, behind="=", states=_BROKEN_STATES)


def planned_component_states(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Likewise where a state may be left out: `authentication` for `au`."""
    return _components(_workspace(context), incomplete, behind="", states=COMMON_STATES)


def first_statuses(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Those with which an incident begins."""
    return _beginning_with(incomplete, _OPEN_STATUSES)


def statuses(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Those of planned work, or of an incident, whichever the notice that is named or open is, but the one it has."""
    workspace = _workspace(context)
    meant = _meant(context, workspace)
    planned = bool(meant) and all(file.scheduled for file in meant)
    known = MaintenanceStatus if planned else (*_OPEN_STATUSES, IncidentStatus.RESOLVED)
    present = _present_status(_facts(workspace, meant[0])) if len(meant) == 1 else None
    return _beginning_with(incomplete, [each for each in known if each != present])


def message_templates(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """The templates of messages, those of the site, too."""
    from mkdocs_incidents.authoring.messages.templates import template_names  # noqa: PLC0415  only where it is asked for

    return _beginning_with(incomplete, template_names(_workspace(context).folder))


def zones(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The names of time zones, of which a part is enough."""
    from zoneinfo import available_timezones  # noqa: PLC0415  only where it is asked for

    typed = comparable_name(incomplete).replace(" ", "_")
    return [CompletionItem(name) for name in sorted(available_timezones()) if typed in name.casefold()]


def paths(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Files, which the shell completes by itself."""
    return [CompletionItem(incomplete, type="file")]


def _workspace(context: click.Context) -> Workspace:
    return workspace_in(context.params.get("folder"))[1]


def _notices(
    workspace: Workspace, incomplete: str, only: Iterable[IndexedFile] | None = None
) -> list[CompletionItem[str]]:
    found = _found(workspace.files if only is None else only, incomplete)
    return [CompletionItem(file.id, help=file.title or None) for file in sorted(found, key=lambda f: f.surely_over)]


def _found(files: Iterable[IndexedFile], typed: str) -> list[IndexedFile]:
    by_id = {file.id: file for file in files}
    if not typed:
        return list(by_id.values())
    return [by_id[notice_id] for notice_id in match(typed, {file.id: file.title for file in by_id.values()})]


def _meant(context: click.Context, workspace: Workspace) -> list[IndexedFile]:
    """The files that the command may be about: those that are named, else open incidents, else planned work."""
    # Click leaves arguments in `args` where the last option still lacks its value.
    typed = context.params.get("incident") or next(iter(context.args), "")
    if typed:
        return _found(workspace.files, typed)
    unresolved = [file for file in workspace.files if not file.surely_over]
    return [file for file in unresolved if not file.scheduled] or unresolved


def _facts(workspace: Workspace, file: IndexedFile) -> MappingOf[str, Node]:
    """The facts of a file by their keys; none where it has errors."""
    try:
        return workspace.text(file.relative).document.facts.values
    except RefusedError:
        return {}


def _present_status(facts: MappingOf[str, Node]) -> str | None:
    """The status of the last update that states one."""
    updates = facts.get("updates")
    stated = [
        (at.text, status.text)
        for item in (updates.items if isinstance(updates, Sequence) else ())
        if isinstance(item, Mapping)
        and isinstance(at := item.values.get("at"), Scalar)
        and isinstance(status := item.values.get("status"), Scalar)
    ]
    return max(stated, key=itemgetter(0))[1] if stated else None


def _components(
    workspace: Workspace,
    incomplete: str,
    *,
    behind: str,
    states: Iterable[str],
    only: Container[str] | None = None,
) -> list[CompletionItem[str]]:
    """The components, with `behind` after each; behind an equals sign `states`, else all that have this beginning."""
    name, separator, state = incomplete.rpartition("=")
    if separator:
        found = [each for each in states if each.startswith(state)]
        return [CompletionItem(f"{name}={each}") for each in found or COMMON_STATES if each.startswith(state)]
    before, comma, name = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{component_id}{behind}", help=title)
        for component_id, title in _matching(name, _component_names(workspace))
        if only is None or component_id in only
    ]


def _component_names(workspace: Workspace) -> dict[str, str]:
    """The ids of the components in service with their names."""
    settings: Any = plain_settings((workspace.folder / CATALOG_NAME).read_bytes()) or {}
    groups = [settings, *(settings.get("groups") or ())]
    today = workspace.now.date()
    return {
        str(each["id"]): str(each.get("name") or each["id"])
        for group in groups
        for each in group.get("components") or ()
        if not each.get("retired") or each["retired"] > today
    }


def _matching(typed: str, names: MappingOf[str, str]) -> list[tuple[str, str]]:
    """The names by id that `typed` may mean: of which it is the beginning, else of which it is a part."""
    wanted = comparable_name(typed)
    keys = {each: (each.casefold(), comparable_name(name)) for each, name in names.items()}
    beginning = [each for each, key in keys.items() if any(part.startswith(wanted) for part in key)]
    found = beginning or [each for each, key in keys.items() if any(wanted in part for part in key)]
    return [(each, names[each]) for each in found]


def _beginning_with(typed: str, values: Iterable[str]) -> list[CompletionItem[str]]:
    return [CompletionItem(str(value)) for value in values if str(value).startswith(typed)]
