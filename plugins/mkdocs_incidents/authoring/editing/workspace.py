"""The folder of incident files as a writing command reads it: the catalogue, an index, and the files it is about.

To read 1,000 files takes seconds, and a command that is typed in an outage must answer at once. The index is taken from
the front matter by patterns, each of which is right or gives way to reading the file.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_incidents.content.folder import MARKDOWN, Folder
from mkdocs_incidents.content.source import CATALOG_NAME, Report, decode, without_overrides
from mkdocs_incidents.content.yaml.front_matter import read_document
from mkdocs_incidents.content.yaml.nodes import Scalar, Sequence, find
from mkdocs_incidents.model import IncidentStatus, MaintenanceStatus

from ..files import UnreadableError, read_bytes
from .errors import RefusedError
from .incident_text import IncidentText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.content.catalog_file import CatalogFile
    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.problems import Problem
    from mkdocs_incidents.model import Catalog, Notice
    from mkdocs_incidents.present.urls import Urls

_FIRST_LINE = re.compile(r"\ufeff?-{3,}[ \t]*(?=\n)")
_LAST_LINE = re.compile(r"\n(?:-{3,}|\.\.\.)[ \t]*(?=\n|\Z)")
_PLAIN_VALUE = re.compile(r"""[ \t]*(?:"([^"\\\n]*)"|'([^'\n]*)'|([^\s"'|>{\[&*!%@`#][^\n#]*?))[ \t]*(?=\n(?![ \t]))""")
_UNUSUAL_KEY = re.compile(r"^(?![a-z_]+:(?:[ \t\n]|\Z)|[ \t\n#-]|\Z)|^(?:id|aliases|merged):", re.MULTILINE)
"""At the margin: keys in quotes or braces, with space before the colon, and those that are seldom there."""
_STATUS = re.compile(r"""status["']?[ \t]*:[ \t]*["']?(\w*)""")
_OWN_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?")
_AT = re.compile(
    r"^[ \t]*(?:-[ \t]+)?at:[ \t]*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(Z?)[ \t]*(?:#.*)?$", re.MULTILINE | re.ASCII
)
"""Without an offset and quotes."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BEGIN = re.compile(r"""\n(?:started:|scheduled:\s*\{?\s*from:)[ \t]*["']?(\d{4}-\d\d-\d\d[ T]*[\d:]*)""")
_RESOLVED = re.compile(r"""\nresolved:[ \t]*["']?(\d{4}-\d\d-\d\d|)""", re.ASCII)
_SCHEDULED = "\nscheduled:"
_AROUND_THE_WORLD = 3
"""Days after which a day is over in every zone."""
_CLOSING = {IncidentStatus.RESOLVED, IncidentStatus.POSTMORTEM, MaintenanceStatus.COMPLETED}


@dataclass(frozen=True, kw_only=True)
class IndexedFile:
    """What is known of an incident file without reading it whole."""

    relative: str
    """Its path below the folder, with forward slashes."""
    id: str
    title: str
    former_ids: tuple[str, ...] = ()
    """Its aliases and the notices that were merged into it."""
    facts: str = ""
    """The text of its front matter with a line end before each line; empty where there is none."""
    surely_over: bool = False
    """Whether nothing is open in it; where this is False, only reading it tells."""

    @property
    def begin(self) -> str:
        """The day of its begin with the time, as the file states it, to sort by; empty where that is not found."""
        found = _BEGIN.search(self.facts)
        return found[1].replace("T", " ") if found else ""

    @property
    def latest_day(self) -> str:
        """The last day that its facts name, as YYYY-MM-DD; empty where they name none."""
        return _latest_day(self.facts)

    @property
    def scheduled(self) -> bool:
        """Whether it is planned work, as far as a key at the margin tells."""
        return _SCHEDULED in self.facts


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """The incident files of one site as of `now`; what was read once is kept."""

    folder: Path
    shown: str
    """The folder as messages name it."""
    now: datetime
    """UTC."""
    language: str = "en"
    urls: Urls | None = None
    """None where the address of the site is not known."""

    @cached_property
    def _catalog_file(self) -> CatalogFile:
        from mkdocs_incidents.content.catalog_file import read_catalog  # noqa: PLC0415  completion does without

        report = Report(path=f"{self.shown}/{CATALOG_NAME}")
        path = self.folder / CATALOG_NAME
        if not path.exists():
            hint = (
                "go to the folder of your site, or name the folder with --folder; for a new site type: incidents init"
            )
            raise RefusedError(f"there is no {report.path}; {hint}")
        try:
            source = decode(read_bytes(path), report)
        except UnreadableError as error:
            raise RefusedError(f"{report.path} {error}") from None
        known = read_catalog(source, report, example=self.now.date()) if source else None
        if known is None or known.catalog is None or report.failed:
            raise RefusedError(f"{report.path} has errors, which must be corrected first", problems=report.for_reader())
        return known

    @property
    def catalog(self) -> Catalog:
        """The components.

        Raises:
            RefusedError: the catalogue is missing or has errors.
        """
        catalog = self._catalog_file.catalog
        if catalog is None:  # never: it is checked where it is read
            raise RefusedError(f"{self.shown}/{CATALOG_NAME} has errors")
        return catalog

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the catalogue, in which times are typed and written."""
        return self.catalog.timezone

    def address(self, notice: Notice) -> str:
        """The whole address of the page of a notice; empty where that of the site is not known."""
        return self.urls.absolute(self.urls.notice(notice)) if self.urls else ""

    @cached_property
    def files(self) -> tuple[IndexedFile, ...]:
        """All incident files, the newest first by their paths."""
        return tuple(sorted(self._files(), key=lambda file: file.relative, reverse=True))

    def _files(self) -> Iterator[IndexedFile]:
        folder = str(self.folder)
        for relative in Folder(self.folder, self.shown).walk(self.folder, ""):
            if relative.casefold().endswith(MARKDOWN):
                with suppress(UnreadableError):
                    yield self._indexed(relative, read_bytes(f"{folder}/{relative}"))

    def _indexed(self, relative: str, raw: bytes) -> IndexedFile:
        text = without_overrides(raw.decode("utf-8", "replace").replace("\r\n", "\n"))
        facts = _facts_of(text)
        title = _value_of("title", facts)
        if title is None or "\r" in text or _UNUSUAL_KEY.search(facts):
            return self._read_index(relative, raw, facts)
        return IndexedFile(
            relative=relative,
            id=relative[relative.rfind("/") + 1 : -len(MARKDOWN)],
            title=title,
            facts=facts,
            surely_over=self._is_surely_over(facts),
        )

    def _read_index(self, relative: str, raw: bytes, facts_text: str) -> IndexedFile:
        """The index of a file of which patterns do not tell enough."""
        report = Report(path=relative)
        source = decode(raw, report)
        document = read_document(source, report) if source else None
        stem = PurePosixPath(relative).stem
        if document is None:
            return IndexedFile(relative=relative, id=stem, title="")
        facts = document.facts
        stated, title = find(facts, ("id",)), find(facts, ("title",))
        former = [facts.values.get(key) for key in ("aliases", "merged")]
        return IndexedFile(
            relative=relative,
            id=stated.text if isinstance(stated, Scalar) else stem,
            title=title.text.strip() if isinstance(title, Scalar) else "",
            former_ids=tuple(
                item.text
                for ids in former
                if isinstance(ids, Sequence)
                for item in ids.items
                if isinstance(item, Scalar)
            ),
            facts=facts_text,
            surely_over=self._is_surely_over(facts_text),
        )

    def _is_surely_over(self, facts: str) -> bool:
        """Whether the text of the facts says so: what stands at the margin is a key of the file."""
        if "\nretracted:" in facts:
            return True
        if re.search(r"""^impact:[ \t]*["']?none""", facts, re.MULTILINE):
            return False  # an announcement has no status and may end in future
        if ends := _RESOLVED.search(facts):
            return "" < ends[1] < self._days_ago(_AROUND_THE_WORLD)
        if _SCHEDULED in facts and self._is_long_past(facts):
            return True
        return "retracted:" not in facts and _is_closed(facts)

    def _is_long_past(self, facts: str) -> bool:
        """Whether planned work has not begun by what is stated, and no day in it is of the last days or to come."""
        begun = any(each[1] in {"in_progress", "verifying"} for each in _STATUS.finditer(facts))
        return not begun and (_latest_day(facts) or "9999") < self._days_ago(_AROUND_THE_WORLD)

    def _days_ago(self, days: int) -> str:
        return (self.now - timedelta(days=days)).date().isoformat()

    def text(self, relative: str) -> IncidentText:
        """The text of an incident file, read anew.

        Raises:
            RefusedError: it cannot be read.
        """
        path = f"{self.shown}/{relative}"
        try:
            text = IncidentText(path=path, raw=read_bytes(self.folder / relative))
        except UnreadableError as error:
            raise RefusedError(f"{path} {error}") from None
        _ = text.document
        return text

    def read(self, relative: str, text: IncidentText | None = None) -> tuple[NoticeFile, tuple[Problem, ...]]:
        """The notice in a file, or in another `text` of it, and what is wrong with it: warnings.

        Raises:
            RefusedError: it has errors.
        """
        text = text or self.text(relative)
        key = relative, text.raw
        if key not in self._read:
            self._read[key] = self._read_anew(relative, text)
        return self._read[key]

    @cached_property
    def _read(self) -> dict[tuple[str, bytes], tuple[NoticeFile, tuple[Problem, ...]]]:
        """What was read, by path and content: a command looks at a file several times."""
        return {}

    def _read_anew(self, relative: str, text: IncidentText) -> tuple[NoticeFile, tuple[Problem, ...]]:
        from mkdocs_incidents.content.incident_file import read_incident_file  # noqa: PLC0415  likewise
        from mkdocs_incidents.content.rules.registry import check_file, without_accepted  # noqa: PLC0415  likewise

        report = Report(path=text.path)
        source = decode(text.raw, report)
        known = self._catalog_file
        file = None
        if source:
            file = read_incident_file(source, relative, known, report, example=self.now.date(), language=self.language)
        if file and not report.failed:
            report.problems.extend(check_file(file, self.catalog, self.now))
            report.problems[:] = without_accepted(file, report.problems)
        if file is None or report.failed:
            raise RefusedError(f"{text.path} has errors, which must be corrected first", problems=report.for_reader())
        return file, tuple(report.for_reader())

    @cached_property
    def open_files(self) -> tuple[tuple[IndexedFile, NoticeFile], ...]:
        """The files that are not over and no drafts, the newest first; those with errors are left out."""
        return tuple((indexed, file) for indexed, file in self._not_over if file and self._is_open(file))

    @cached_property
    def broken_files(self) -> tuple[IndexedFile, ...]:
        """The files with errors, which may be open for all one knows; those that are surely over are left out."""
        return tuple(indexed for indexed, file in self._not_over if file is None)

    @cached_property
    def _not_over(self) -> list[tuple[IndexedFile, NoticeFile | None]]:
        """What may be open, as it is read; None where it has errors."""
        found: list[tuple[IndexedFile, NoticeFile | None]] = []
        for indexed in self.files:
            if not indexed.surely_over:
                try:
                    found.append((indexed, self.read(indexed.relative)[0]))
                except RefusedError:
                    found.append((indexed, None))
        return found

    def _is_open(self, file: NoticeFile) -> bool:
        return not file.draft and not file.notice.retraction and not file.notice.is_over(self.now)


def _facts_of(text: str) -> str:
    """The lines of the facts, with a line end before each; empty where there are none."""
    begin = _FIRST_LINE.match(text)
    end = _LAST_LINE.search(text, begin.end()) if begin else None
    return text[begin.end() : end.start() + 1] if begin and end else ""


def _is_closed(facts: str) -> bool:
    """Whether the last update closes, as far as that is certain.

    A `status:` is one of an update if it begins its line in the same column as all others: the text of a message is
    indented further. Each update has one time, and the last in the list is the last in time.
    """
    found = list(_STATUS.finditer(facts))
    if not found or found[-1][1] not in _CLOSING:
        return False
    columns = set()
    for each in found:
        begin = facts.rfind("\n", 0, each.start()) + 1
        if not _OWN_LINE.fullmatch(facts, begin, each.start()):
            return False
        columns.add(each.start() - begin)
    stated = [(each[1], each[2], each[3] or ":00") for each in _AT.finditer(facts)]
    zones = {each[4] for each in _AT.finditer(facts)}
    return len(columns) == len(zones) == 1 and len(stated) == len(found) and stated == sorted(stated)


def _latest_day(facts: str) -> str:
    return max(_DAY.findall(facts), default="")


def _value_of(key: str, facts: str) -> str | None:
    """The value of a key at the margin, where it stands on one line in a form that is certain; None elsewhere."""
    begin = facts.find(f"\n{key}: ")
    found = _PLAIN_VALUE.match(facts, begin + len(key) + 3) if begin >= 0 else None
    return next(group for group in found.groups() if group is not None).strip() if found else None
