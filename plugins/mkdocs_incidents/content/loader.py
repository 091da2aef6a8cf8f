"""The content folder → History and problems."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import MsgspecError

from mkdocs_incidents import garbage
from mkdocs_incidents.forked import available_processes, in_processes
from mkdocs_incidents.model import History

from . import read_cache
from .catalog_file import EXAMPLE, CatalogFile, read_catalog
from .folder import MARKDOWN, OURS, Folder, is_ignored
from .incident_file import read_incident_file
from .problems import Problem, Severity
from .read_cache import DamagedCacheError, ReadCache, cache_key
from .records import (
    PostmortemText,
    ReadFile,
    Stamp,
    decoded_notice,
    decoded_record,
    decoded_text,
    encoded_record,
    file_of,
    record_of,
)
from .revisions import VersionReader
from .rules.registry import check_file, check_together, unknown_codes, without_accepted
from .rules.revisions import check_deleted, check_revisions
from .source import CATALOG_NAME, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from mkdocs_incidents.git_history import FolderHistory
    from mkdocs_incidents.model import Catalog, Notice, RevisionSummary

    from .incident_file import NoticeFile
    from .records import FileRecord, NoticeRecord

    Advice = Callable[[NoticeFile], Iterable[Problem]]
    """Gives advice on the texts of a file."""
    Advisor = Callable[[Folder, CatalogFile, date], Advice]
    """Prepares `Advice` for a site from its folder, its catalogue and the day that hints use."""


_FILES_PER_PROCESS = 100
"""Files that one process reads faster than several, which have to be started."""


class FileChangedError(Exception):
    """A file was changed after it was read, and before it was read again."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What is in a content folder."""

    problems: tuple[Problem, ...]
    """By place."""
    catalog: Catalog | None = None
    """None where the catalogue itself has errors."""
    files: tuple[NoticeFile, ...] = field(default=(), repr=False)
    """Incident files understood, drafts included."""
    found: tuple[str, ...] = ()
    """The paths of all incident files, understood or not, below the folder and with forward slashes."""
    edits: Mapping[str, RevisionSummary] = field(default_factory=dict)
    """By the path of the file; without files whose history is not known."""
    assets: tuple[str, ...] = ()
    """Paths, below the folder and with forward slashes, of images and other files that are no incidents."""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """The SHA-256 of the bytes of each incident file that can be read, by its path below the folder."""
    catalog_digest: bytes = b""
    """The SHA-256 of the bytes of the catalogue; empty where it cannot be read."""
    public: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """The paths, below the folder, of files that are known to be public as a whole: without an internal note."""

    @cached_property
    def history(self) -> History | None:
        """All notices; None when any error was found: better the previous site than half of this one."""
        if self.errors or self.catalog is None:
            return None
        with garbage.put_off():
            return History(catalog=self.catalog, notices=tuple(file.notice for file in self.files if not file.draft))

    @property
    def files_read(self) -> int:
        """Incident files found, understood or not."""
        return len(self.found)

    @property
    def notices_read(self) -> int:
        """Incident files understood, drafts included."""
        return len(self.files)

    @property
    def drafts(self) -> int:
        """How many of the files are drafts."""
        return sum(file.draft for file in self.files)

    @property
    def partly_read(self) -> int:
        """Timelines and lists of action items with lines that do not fit their grammar, of files that are no drafts."""
        return sum(file.partly_read for file in self.files if not file.draft)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that stop only a strict build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)

    @property
    def advice(self) -> tuple[Problem, ...]:
        """The advice on texts; empty unless `load` was given an advisor."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ADVICE)


def load(  # noqa: PLR0913  each is one thing that a caller may add
    folder: Path,
    *,
    now: datetime,
    shown_as: str | None = None,
    language: str = "en",
    progress: Callable[[int, int], None] | None = None,
    advisor: Advisor | None = None,
    history: FolderHistory | None = None,
    select: Callable[[str], bool] | None = None,
    cache: Path | None = None,
    parallel: bool = False,
) -> Loaded:
    """Read and check everything in `folder`.

    `now` is an aware instant in UTC; only rules about what is due by now depend on it. Problems name files below
    `shown_as`, by default `folder` as it is written; hints name sections in the language of a file, else in `language`.
    `progress` is called after each file with the number of files read
    and the number of all files. An `advisor` adds its advice on each file that has no errors. With the
    `history` of the folder files are compared with their former versions, too. `select` leaves out the files for whose
    text it is false, as if they were not there.

    The folder `cache` keeps what was read for the next time. With `parallel` several processes read if there are many
    files. Both are for callers without an advisor and a selection, which need the text of each file, and change nothing
    of the result. Never raises for anything that may be wrong in the folder; that is what problems are for.
    """
    shown = (shown_as or folder.as_posix()).rstrip("/") or "/"
    settings = _Settings(now=now, language=language, advisor=advisor, select=select)
    with garbage.put_off():
        if advisor is None and select is None and (cache or parallel):
            with suppress(FileChangedError):
                return _load(_RecordReader(folder, shown, settings, cache, parallel=parallel), history, progress)
        return _load(_Reader(folder, shown, settings), history, progress)


def _load(reader: _Reader, history: FolderHistory | None, progress: Callable[[int, int], None] | None) -> Loaded:
    if not reader.is_there():
        return Loaded(problems=tuple(reader.problems))
    paths = sorted(reader.walk(reader.path, ""))
    reader.read_catalog()
    incidents = [path for path in paths if path.casefold().endswith(MARKDOWN)]
    files = reader.files(incidents, progress)
    reader.problems.extend(check_together(files))
    edits = reader.compare(files, history, set(incidents)) if history else {}
    listed = {*incidents, *OURS}
    return Loaded(
        problems=tuple(sorted(reader.problems, key=lambda problem: problem.sort_key)),
        catalog=reader.known.catalog,
        files=tuple(files),
        found=tuple(incidents),
        edits=edits,
        assets=tuple(path for path in paths if path not in listed),
        digests=reader.digests,
        catalog_digest=reader.catalog_digest,
        public=frozenset(reader.public),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    """What `load` was given that decides how files are read."""

    now: datetime
    language: str
    advisor: Advisor | None = None
    select: Callable[[str], bool] | None = None


class _Reader(Folder):
    """A folder being read; collects what is wrong in it."""

    def __init__(self, folder: Path, shown: str, settings: _Settings) -> None:
        super().__init__(folder, shown)
        self.known = CatalogFile()
        self.catalog_digest = b""
        self.digests: dict[str, bytes] = {}
        self.public: set[str] = set()
        self._settings = settings

    def read_catalog(self) -> None:
        """Read what is known of the components."""
        if not os.path.lexists(self.path / CATALOG_NAME):
            self.fault(
                CATALOG_NAME,
                "no-catalog",
                f"{CATALOG_NAME} is missing, so no component has a name",
                f"rename {misnamed} to it"
                if (misnamed := self.misnamed_catalog())
                else f"create it with:\n{EXAMPLE.rstrip()}",
            )
            return
        report = self.report(CATALOG_NAME)
        if raw := self.raw(CATALOG_NAME, report):
            self.catalog_digest = sha256(raw.content).digest()
            if source := decode(raw.content, report):
                self.known = read_catalog(source, report, example=self._settings.now.date())
        self.problems.extend(report.for_reader())

    def files(self, incidents: Sequence[str], progress: Callable[[int, int], None] | None) -> list[NoticeFile]:
        """The incident files that hold a notice."""
        advisor = self._settings.advisor
        advice = advisor(self, self.known, self._settings.now.date()) if advisor else None
        files = []
        for count, relative in enumerate(incidents, 1):
            read = self.read(relative)
            self._note(relative, read.digest, read.problems)
            if file := read.file:
                files.append(file)
                self.problems.extend(without_accepted(file, advice(file)) if advice else ())
            if progress:
                progress(count, len(incidents))
        return files

    def _note(self, relative: str, digest: bytes, problems: Iterable[Problem]) -> None:
        """Take in what is known of a file, whether it holds a notice or not."""
        self.problems.extend(problems)
        if digest:
            self.digests[relative] = digest

    def read(self, relative: str) -> ReadFile:
        """One incident file, checked by itself."""
        report = self.report(relative)
        now, language, select = self._settings.now, self._settings.language, self._settings.select
        raw = self.raw(relative, report)
        source = decode(raw.content, report) if raw else None
        file = None
        if source and select and not select(source.text):
            return ReadFile()
        if source:
            file = read_incident_file(source, relative, self.known, report, example=now.date(), language=language)
        if file and self.known.catalog and not report.failed:
            report.problems.extend(check_file(file, self.known.catalog, now))
            report.problems[:] = [*without_accepted(file, report.problems), *unknown_codes(file)]
        if report.failed:  # a warning may be of what an error has made of the file
            report.problems[:] = [problem for problem in report.problems if problem.severity is Severity.ERROR]
        return ReadFile(
            digest=sha256(raw.content).digest() if raw else b"",
            stamp=Stamp.of(raw.status) if raw else None,
            problems=tuple(report.for_reader()),
            file=file,
            source=source,
        )

    def compare(
        self, files: Sequence[NoticeFile], history: FolderHistory, there: set[str]
    ) -> Mapping[str, RevisionSummary]:
        """The edits of each file. What breaks with former versions is added to the problems.

        `there` are the paths of the files that are in the folder now.
        """
        now = self._settings.now
        deleted = (path for path in history.versions if path not in there and not any(map(is_ignored, path.split("/"))))
        reader = VersionReader(history, files, deleted, self.known, now)
        edits = {}
        broken = {problem.path for problem in self.problems if problem.severity is Severity.ERROR}
        for file in files:
            if file.path in broken:  # what it changed may be what an error has made of it
                continue
            versions = reader.versions_of(file)
            self.problems.extend(without_accepted(file, check_revisions(file, versions, reader, now)))
            if summary := reader.summary_of(file, versions):
                edits[file.relative] = summary
        for path, last in reader.removed():
            self.problems.append(check_deleted(self.report(path).path, last))
        return edits


class _RecordReader(_Reader):
    """A folder of which only records are held: from the cache, or made by several processes."""

    def __init__(self, folder: Path, shown: str, settings: _Settings, cache: Path | None, *, parallel: bool) -> None:
        super().__init__(folder, shown, settings)
        self._cache_folder = cache
        self._parallel = parallel

    def files(self, incidents: Sequence[str], progress: Callable[[int, int], None] | None) -> list[NoticeFile]:
        """The incident files that hold a notice."""
        cache = self._cache()
        records: dict[str, FileRecord] = {}
        here, now = os.fspath(self.path), self._settings.now
        for relative in incidents if cache else ():
            if cache and (record := cache.unchanged(relative, f"{here}/{relative}", now)):
                records[relative] = record
        stored = frozenset(records)
        for relative, encoded in self._encoded([path for path in incidents if path not in records]):
            records[relative] = record = decoded_record(encoded)
            if progress:
                progress(len(records), len(incidents))
            if cache:
                cache.add(relative, record)
        if cache:
            cache.save()
        files = []
        for relative in incidents:
            record = records[relative]
            path = self.report(relative).path
            self._note(relative, record.digest, (replace(problem, path=path) for problem in record.problems))
            if record.window:
                self.public.add(relative)
            if record.notice:
                files.append(self._file(relative, record, record.notice, cache if relative in stored else None))
        return files

    def _cache(self) -> ReadCache | None:
        """The cache; None where there is none, or where errors in the catalogue keep rules from running."""
        if self._cache_folder is None or self.known.catalog is None or not read_cache.AVAILABLE:
            return None
        key = cache_key(self.catalog_digest, self._settings.language.encode())
        return ReadCache(self._cache_folder, key, self._settings.now)

    def _encoded(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Read files, and encode the record of each."""
        count = available_processes(len(paths), per_process=_FILES_PER_PROCESS) if self._parallel else 1
        return in_processes(self._record, paths, count=count)

    def _record(self, relative: str) -> bytes:
        return encoded_record(record_of(self.read(relative), self._settings.now))

    def _file(self, relative: str, record: FileRecord, notice: NoticeRecord, cache: ReadCache | None) -> NoticeFile:
        """The file of a record, which is from the cache if that is given."""
        digest = record.digest
        text: Callable[[], PostmortemText] | None = None
        if notice.text:
            text = partial(decoded_text, notice.text)
        read_notice = partial(decoded_notice, notice.kind, notice.notice, text)
        if cache:
            stored = cache.text(relative)
            text = partial(self._stored_text, relative, digest, stored) if stored else None
            read_notice = partial(self._stored_notice, relative, digest, notice.kind, cache.notice(relative), text)
        return file_of(
            notice,
            path=self.report(relative).path,
            relative=relative,
            language=self._settings.language,
            notice=read_notice,
            parts=lambda: self._again(relative, digest).parts,
        )

    def _stored_notice(
        self,
        relative: str,
        digest: bytes,
        kind: str,
        stored: Callable[[], bytes],
        text: Callable[[], PostmortemText] | None,
    ) -> Notice:
        try:
            return decoded_notice(kind, stored(), text)
        except (DamagedCacheError, MsgspecError):
            return self._again(relative, digest).notice

    def _stored_text(self, relative: str, digest: bytes, stored: Callable[[], bytes]) -> PostmortemText:
        try:
            return decoded_text(stored())
        except (DamagedCacheError, MsgspecError):
            postmortem = self._again(relative, digest).notice.postmortem
            return (
                PostmortemText(tuple(postmortem.sections), tuple(postmortem.timeline))
                if postmortem
                else PostmortemText()
            )

    def _again(self, relative: str, digest: bytes) -> NoticeFile:
        """A file whose record is held, with its text.

        Raises:
            FileChangedError: it is no longer what the record was made of.
        """
        read = self.read(relative)
        if read.file is None or read.digest != digest:
            message = f"{self.report(relative).path} was changed while it was read"
            raise FileChangedError(message)
        return read.file
