"""The postmortem in the document of an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mkdocs_incidents.model import SectionKind, TurningPoint
from mkdocs_incidents.present.pages.timeline import entry_anchors

from ..artifact import iso
from ..feeds.apologies import apologies
from .definitions import Address, Date, Instant, JsonObject, iso_date, iso_instant

if TYPE_CHECKING:
    from mkdocs_incidents.model import ActionItem, Notice, Postmortem

    from ..context import EmitContext


class ApologyObject(JsonObject):
    """What is said to users below a heading of its own."""

    url: Annotated[Address, Field(description="Permanent")]
    by: Annotated[str | None, Field(description="Who signed it, else who wrote the postmortem")]
    markdown: str
    html: str


class SectionObject(JsonObject):
    """A section of the text, below a heading."""

    kind: SectionKind
    heading: str
    markdown: str


class TimelineEntryObject(JsonObject):
    """One entry of the timeline."""

    at: Instant
    until: Annotated[Instant | None, Field(description="The end of the range that is stated for it")]
    text: Annotated[str, Field(description="Markdown")]
    html: str
    kind: Annotated[TurningPoint | None, Field(description="The turning point that it states")]
    url: Annotated[Address, Field(description="Where it stands on the page")]


class ActionItemObject(JsonObject):
    """Something promised so that it does not happen again, as it is written."""

    text: Annotated[str, Field(description="Markdown")]
    html: str
    owner: Annotated[str | None, Field(description="All owners in one text")]
    owners: list[str]
    due: Date | None
    done: bool
    done_at: Date | None
    link: str | None
    dropped: bool
    dropped_at: Date | None
    dropped_because: Annotated[str, Field(description="Empty where no reason is stated")]


class PostmortemObject(JsonObject):
    """The explanation of an incident: as one text, and its parts as data."""

    published_at: Instant | None
    by: str | None
    html: Annotated[str, Field(description="All of it")]
    apology: ApologyObject | None
    sections: list[SectionObject]
    timeline: list[TimelineEntryObject]
    action_items: list[ActionItemObject]


def postmortem_object(context: EmitContext, notice: Notice, postmortem: Postmortem) -> PostmortemObject:
    """The postmortem of `notice`."""
    return {
        "published_at": iso_instant(postmortem.published_at),
        "by": postmortem.by,
        "html": context.clean(context.rendered.body(notice), notice),
        "apology": _first_apology(context, notice, postmortem),
        "sections": [{"kind": s.kind, "heading": s.heading, "markdown": s.markdown} for s in postmortem.sections],
        "timeline": _timeline(context, notice, postmortem),
        "action_items": [
            _action_item(item, context.clean(context.rendered.promise(notice, number), notice))
            for number, item in enumerate(postmortem.action_items)
        ],
    }


def _first_apology(context: EmitContext, notice: Notice, postmortem: Postmortem) -> ApologyObject | None:
    apology = next(apologies(context, notice, postmortem), None)
    if apology is None:
        return None
    return {
        "url": apology.address,
        "by": apology.by or None,
        "markdown": apology.markdown,
        "html": apology.html,
    }


def _timeline(context: EmitContext, notice: Notice, postmortem: Postmortem) -> list[TimelineEntryObject]:
    anchors = entry_anchors(postmortem.timeline)
    page = context.site.urls.absolute(context.site.urls.notice(notice))
    return [
        {
            "at": iso(entry.at),
            "until": iso_instant(entry.until),
            "text": entry.text,
            "html": context.clean(context.rendered.entry(notice, number), notice),
            "kind": entry.kind,
            "url": f"{page}#{anchors[entry]}",
        }
        for number, entry in enumerate(postmortem.timeline)
    ]


def _action_item(item: ActionItem, html: str) -> ActionItemObject:
    return {
        "text": item.text,
        "html": html,
        "owner": item.owner,
        "owners": list(item.owners),
        "due": iso_date(item.due),
        "done": item.done,
        "done_at": iso_date(item.done_at),
        "link": item.link,
        "dropped": item.dropped,
        "dropped_at": iso_date(item.dropped_at),
        "dropped_because": item.dropped_because,
    }
