"""Whatever can be typed is in the guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel import Locale

from mkdocs_incidents.authoring.importers.registry import IMPORTERS
from mkdocs_incidents.authoring.messages.facts import Phase
from mkdocs_incidents.authoring.messages.fields import FIELDS
from mkdocs_incidents.authoring.messages.templates import templates
from mkdocs_incidents.cli import incidents
from mkdocs_incidents.content import postmortem
from mkdocs_incidents.content.format.schema import json_schema
from mkdocs_incidents.content.problems import CODES
from mkdocs_incidents.model import ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, SectionKind, TurningPoint
from mkdocs_incidents.plugin.options import Options
from mkdocs_incidents.present.outputs import OUTPUTS

if TYPE_CHECKING:
    from mkdocs_incidents.authoring.importers.protocol import Importer

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
POSTMORTEM_LANGUAGES = Path(postmortem.__file__).parent / "languages"


def page(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def keys(schema: str) -> set[str]:
    whole = json_schema()[schema]
    parts = [whole, *whole.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


@pytest.mark.parametrize("option", [name for name, _ in Options._schema])
def test_every_option_of_the_plugin_is_in_the_guide(option: str) -> None:
    assert f"`{option}`" in page("options")


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_that_can_be_switched_off_is_in_the_guide(output: str) -> None:
    assert f"`{output}`" in page("options")


@pytest.mark.parametrize("key", sorted(keys("incident")))
def test_every_key_of_an_incident_file_is_in_the_guide(key: str) -> None:
    assert f"`{key}`" in page("incidents") + page("postmortems")


@pytest.mark.parametrize("key", sorted(keys("components")))
def test_every_key_of_the_catalogue_is_in_the_guide(key: str) -> None:
    assert f"`{key}`" in page("components")


@pytest.mark.parametrize("term", [*ComponentStatus, *Impact, *IncidentStatus, *MaintenanceStatus])
def test_every_value_of_a_status_or_impact_is_in_the_guide(term: str) -> None:
    assert f"`{term}`" in page("incidents")


@pytest.mark.parametrize("kind", TurningPoint)
def test_every_kind_of_timeline_entry_is_in_the_guide(kind: str) -> None:
    assert kind in page("postmortems")


@pytest.mark.parametrize("kind", [kind for kind in SectionKind if kind is not SectionKind.OTHER])
def test_every_section_that_is_recognised_is_in_the_guide(kind: SectionKind) -> None:
    assert kind.replace("_", " ") in page("postmortems").lower()


@pytest.mark.parametrize("code", CODES)
def test_every_problem_is_in_the_guide(code: str) -> None:
    assert f"`{code}`" in page("problems") + page("editorial")


def test_every_template_section_and_field_of_messages_is_in_the_guide(tmp_path: Path) -> None:
    text = page("messages")
    for template in templates(tmp_path):
        assert f"| `{template.name}` | {template.description} |" in text
    for phase in Phase:
        assert f"| `{phase.replace('_', ' ').capitalize()}` |" in text
    for name, field in FIELDS.items():
        assert f"| `{{{name}}}` | {field.description[0].upper()}{field.description[1:]} |" in text


@pytest.mark.parametrize("name", incidents.list_commands(click.Context(incidents)))
def test_every_command_and_its_options_are_in_the_guide(name: str) -> None:
    command, text = incidents.get_command(click.Context(incidents), name), page("command")
    assert command
    assert f"incidents {name}" in text
    for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
        assert any(f"`{spelt}" in text or f" {spelt}" in text for spelt in option.opts), option.opts


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_every_importer_is_in_the_guide(importer: Importer) -> None:
    assert f"`{importer.name}`" in page("command")


@pytest.mark.parametrize("language", sorted(path.stem for path in POSTMORTEM_LANGUAGES.glob("*.toml")))
def test_every_language_of_postmortems_is_in_the_guide(language: str) -> None:
    assert (Locale(language).get_language_name("en") or "?") in page("postmortems")
