"""The artifacts that `emit` makes of a history, without MkDocs, and how tests read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from icalendar import Calendar
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from mkdocs_incidents.emit.registry import artifacts
from mkdocs_incidents.present.body import body_with_marks, visible_sections
from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.language.formatter import Formatter, locale_of
from mkdocs_incidents.present.outputs import Outputs
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.status import Snapshot

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs_incidents.model import History, Notice

SITE = "https://status.example.com/"
_FORMATTER = Formatter(locale_of("en"))


class Unrendered:
    """Stands in for rendered Markdown: text is put into a paragraph as it is, HTML included."""

    def message(self, markdown: str) -> str:
        return f"<p>{markdown}</p>"

    def body(self, notice: Notice) -> str:
        return body_with_marks(notice)

    def sections(self, notice: Notice) -> tuple[str, ...]:
        return tuple(section.markdown for section in visible_sections(notice))

    def entry(self, notice: Notice, number: int) -> str:
        assert notice.postmortem
        return notice.postmortem.timeline[number].text

    def promise(self, notice: Notice, number: int) -> str:
        assert notice.postmortem
        return notice.postmortem.action_items[number].text


def site(
    history: History, now: datetime, *, site_url: str = SITE, name: str = "Example", **outputs: Any
) -> SiteContext:
    return SiteContext(
        snapshot=Snapshot.take(history, now),
        urls=Urls(site_url=site_url),
        formatter=_FORMATTER,
        site_name=name,
        outputs=Outputs(**outputs),
    )


def emitted(history: History, now: datetime, **options: Any) -> dict[str, bytes]:
    """Every artifact by its path."""
    return written(site(history, now, **options))


def written(of: SiteContext) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in artifacts(SiteViews(of), Unrendered())}


def document(files: dict[str, bytes], path: str) -> Any:
    """A JSON artifact, parsed."""
    return json.loads(files[path])


def events(files: dict[str, bytes], path: str = "calendar.ics") -> list[Any]:
    """The events of a calendar without errors."""
    calendar = Calendar.from_ical(files[path])
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def metrics(files: dict[str, bytes]) -> dict[tuple[str, ...], float]:
    """Each sample by its name and labels, in the order in which these are written."""
    families: Any = text_string_to_metric_families(files["metrics"].decode())  # type: ignore[no-untyped-call]
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
