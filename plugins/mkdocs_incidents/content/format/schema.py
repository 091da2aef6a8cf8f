"""The file formats: which keys there are, and what each may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_incidents.model import ComponentStatus

from ..suggestions import quoted
from ..yaml.nodes import EMPTY
from .fields import (
    Anchor,
    ComponentName,
    ComponentState,
    DayField,
    Flag,
    Id,
    ImpactLevel,
    InstantField,
    InstantOrClock,
    InstantOrDay,
    Line,
    LinkField,
    Pattern,
    PercentField,
    ProseField,
    UpdateStatus,
    Zone,
)

if TYPE_CHECKING:
    from .values import FieldContext

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Format(BaseModel):
    """Keys that are not declared are errors; values are read once and never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed_components(value: object, info: ValidationInfo[Any]) -> object:
    """A maintenance may list its components: all of them are then under maintenance."""
    context: FieldContext = info.context
    if isinstance(value, list) and context.maintenance is not False:
        if all(isinstance(name, str) for name in value):
            value = dict.fromkeys(value, str(ComponentStatus.UNDER_MAINTENANCE))
        else:
            message = "a list of components holds their names only"
            details = {"message": message, "hint": "write card-payments, or card-payments: under_maintenance"}
            raise PydanticCustomError("wrong-shape", "{message}", details)
    if isinstance(value, dict) and context.components is not None:
        _refuse_twice_the_same(value, context.components)
    return value


def _refuse_twice_the_same(names: dict[str, object], components: Any) -> None:
    seen: dict[str, str] = {}
    for name in names:
        component = components.get(name, name)
        if component in seen:
            message = f"'{seen[component]}' and '{name}' are one and the same component"
            details = {"message": message, "hint": f"keep one of the two lines, as {component}", "key": name}
            raise PydanticCustomError("component-twice", "{message}", details)
        seen[component] = name


_STATES = {"type": "object", "additionalProperties": {"enum": [str(word) for word in ComponentStatus]}}
_NAMES = {"type": "array", "items": {"type": "string"}}
Components = Annotated[
    dict[ComponentName, ComponentState],
    BeforeValidator(_listed_components),
    WithJsonSchema({"anyOf": [_STATES, _NAMES]}),
]


class ScheduledKeys(Format):
    """When planned work is to take place."""

    start: InstantField = Field(alias="from", description="When the work is planned to begin")
    until: InstantField = Field(description="When it is planned to end")


class RetractedKeys(Format):
    """Why and when it was taken back."""

    reason: Line = Field(description="Why, in a sentence for readers")
    at: InstantField | None = Field(default=None, description="When, if not with the next or the last update")


def _reason_alone(value: object) -> object:
    """`retracted: REASON` is short for `retracted: {reason: REASON}`."""
    if isinstance(value, dict):
        return value
    hint = "write why, in a sentence for readers"
    if value is EMPTY or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("empty-value", "{message}", {"message": "", "hint": hint})
    if isinstance(value, str) and value.casefold() in {"true", "yes", "on"}:
        details = {"message": f"{quoted(value)} is no reason", "hint": hint}
        raise PydanticCustomError("missing-key", "{message}", details)
    return {"reason": value}


Retracted = Annotated[
    RetractedKeys,
    BeforeValidator(_reason_alone),
    WithJsonSchema({"anyOf": [{"type": "string"}, RetractedKeys.model_json_schema()]}),
]


class UpdateKeys(Format):
    """One public message."""

    at: InstantField = Field(description="When it was published")
    status: UpdateStatus = Field(description="Where the response or the work stands")
    message: ProseField = Field(description="The public message, in Markdown")
    components: Components = Field(default={}, description="What this update says about components")
    next_update: InstantOrClock | None = Field(default=None, description="When the next update is promised")
    until: InstantField | None = Field(default=None, description="The new planned end of a maintenance")
    corrected: InstantField | None = Field(default=None, description="When its words were replaced by these")
    id: Anchor | None = Field(default=None, description="A permanent anchor, if not the one made of the time")
    retracted: Retracted | None = Field(default=None, description="Takes back what it says, with the reason")
    merged_from: Id | None = Field(default=None, description="Where it was published, of those in merged")


class PostmortemKeys(Format):
    """When, and by whom, the body was published as a postmortem."""

    published: InstantOrDay | None = Field(default=None, description="From when it is announced")
    by: Line | None = Field(default=None, description="Who signs it")


class UpstreamKeys(Format):
    """The third party that caused it."""

    name: Line = Field(description="Its name")
    link: LinkField | None = Field(default=None, description="Its own page about it")


class IncidentKeys(Format):
    """The front matter of an incident, a maintenance or an announcement."""

    title: Line = Field(description="What users notice, in a few words")
    id: Id | None = Field(default=None, description="The permanent id, if not the name of the file")
    timezone: Zone | None = Field(default=None, description="The zone of times without an offset in this file")
    started: InstantField | None = Field(default=None, description="When users began to feel it")
    resolved: InstantField | None = Field(default=None, description="When users stopped feeling it")
    scheduled: ScheduledKeys | None = Field(default=None, description="For planned work, instead of started")
    impact: ImpactLevel | None = Field(default=None, description="Severity, if not that of the components")
    components: Components = Field(
        default={}, description="The state of each component from the begin on; updates change it"
    )
    updates: list[UpdateKeys] = Field(default=[], description="The public messages, oldest first")
    postmortem: PostmortemKeys | None = Field(default=None, description="Announces the body as a postmortem")
    pinned: Flag = Field(default=False, description="Keeps it on the status page")
    draft: Flag = Field(default=False, description="Checked, but in no output")
    publish: InstantOrDay | None = Field(default=None, description="Not shown before")
    backfilled: Flag = Field(default=False, description="Added to the history afterwards: subscribers are not told")
    retracted: Retracted | None = Field(default=None, description="Takes it back, with the reason")
    aliases: list[Id] = Field(default=[], description="Former ids of it, the oldest first: they lead to this one")
    merged: list[Id] = Field(default=[], description="Ids of notices merged into it: they lead to this one")
    affected_percent: PercentField | None = Field(
        default=None, description="Share of users or traffic affected, in percent"
    )
    causes: list[Line] = Field(default=[], description="Your own tags for what caused it")
    accepted: list[Line] = Field(default=[], description="Codes of warnings that are true of this file and stay so")
    upstream: UpstreamKeys | None = Field(default=None, description="The third party that caused it")


class ComponentKeys(Format):
    """One part of the service that users recognise."""

    id: Id = Field(description="Permanent: in addresses, feeds and files")
    name: Line = Field(description="As users know it")
    description: ProseField = Field(default="", description="What it does for users")
    since: DayField | None = Field(default=None, description="No uptime is claimed before this day")
    slo: PercentField | None = Field(default=None, description="Promised uptime in percent per calendar month")
    aliases: list[Id] = Field(default=[], description="Former ids that files may still use")
    retired: DayField | None = Field(default=None, description="First day on which it is no longer shown")


class GroupKeys(Format):
    """Components shown together."""

    name: Line = Field(description="As users know it")
    description: ProseField = Field(default="", description="What these have in common")
    components: list[ComponentKeys] = Field(description="In the order in which they are shown")


class CatalogKeys(Format):
    """The components of a site: `components.yml`."""

    timezone: Zone = Field(description="The zone in which times are read, and shown first")
    groups: list[GroupKeys] = Field(default=[], description="In the order in which they are shown")
    components: list[ComponentKeys] = Field(default=[], description="Components in no group")


class OwnRuleKeys(Format):
    """One editorial rule of a site's own."""

    code: Id = Field(description="Its permanent name")
    pattern: Pattern = Field(description="A regular expression for the words that are meant, without case")
    reason: Line = Field(description="Why it matters to readers")
    advice: Line = Field(description="What to write instead")


class EditorialSettings(Format):
    """The editorial rules of a site: `editorial.yml`."""

    language: Line = Field(default="en", description="The language notices are written in")
    off: list[Line] = Field(default=[], description="Rules that come with the package and are not wanted")
    known: list[Line] = Field(default=[], description="Names that readers know: of products, places, suppliers")
    rules: list[OwnRuleKeys] = Field(default=[], description="Rules of your own")


def json_schema() -> dict[str, dict[str, Any]]:
    """JSON Schemas (2020-12) for editors: of an `incident`'s facts, of `components`.yml, of `editorial`.yml."""
    incident = _without_null(TypeAdapter(IncidentKeys).json_schema())
    incident["oneOf"] = [{"required": ["started"]}, {"required": ["scheduled"]}]
    catalog = _without_null(TypeAdapter(CatalogKeys).json_schema())
    editorial = _without_null(TypeAdapter(EditorialSettings).json_schema())
    return {
        "incident": {"$schema": _DRAFT, **incident, "title": "Incident, maintenance or announcement"},
        "editorial": {"$schema": _DRAFT, **editorial, "title": "Editorial rules of a status site"},
        "components": {"$schema": _DRAFT, **catalog, "title": "Components of a status site"},
    }


def _without_null(schema: Any) -> Any:
    """`schema` without the null that pydantic lets optional keys be: a key is there with a value, or not there."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _without_null(value) for key, value in schema.items() if (key, value) != ("default", None)}
    shapes = [shape for shape in kept.get("anyOf", ()) if shape != {"type": "null"}]
    if "anyOf" in kept:
        del kept["anyOf"]
        kept = {**shapes[0], **kept} if len(shapes) == 1 else {**kept, "anyOf": shapes}
    return kept
