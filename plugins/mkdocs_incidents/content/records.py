"""What is kept of an incident file once it was read, as MessagePack: for the cache, and between processes.

A record has everything but the text of the file: what needs that, such as the place of a value, reads the file again.
The text of postmortems, most of a history, is encoded apart and decoded at first use.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload
from zoneinfo import ZoneInfo

import msgspec

from mkdocs_incidents.model import ActionItem, Announcement, Incident, Maintenance, Section, TimelineEntry, Update

from .format.values import UPDATE_STATUSES
from .incident_file import NoticeFile
from .internal_notes import outermost_notes
from .problems import Problem  # noqa: TC001  decoding resolves the types of fields

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from mkdocs_incidents.model import Notice

    from .incident_file import FileParts
    from .source import Source

_T = TypeVar("_T")
_MARGIN = timedelta(days=3)
"""No day that is stated begins or ends farther than this from that day in UTC, whatever its zone."""
_QUOTES_COMMENTS = "text-cut-at-hash"
"""The code of the problem whose message quotes a comment, which is not public."""
_KINDS: dict[str, type[Incident | Maintenance | Announcement]] = {
    kind.kind: kind for kind in (Incident, Maintenance, Announcement)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """An incident file that was read and checked by itself."""

    digest: bytes = b""
    """SHA-256 of its bytes; empty where they cannot be read."""
    problems: tuple[Problem, ...] = ()
    file: NoticeFile | None = None
    """None where it has errors that leave no notice, or was not selected."""
    source: Source | None = None
    """Its text; None where that cannot be read."""
    stamp: Stamp | None = None


class NoticeRecord(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a file that holds a notice."""

    kind: str
    notice: bytes
    """Encoded, without the text of its postmortem; empty where it is stored elsewhere."""
    text: bytes
    """The sections and the timeline of its postmortem; empty where there are none, or where it is stored elsewhere."""
    id: str
    aliases: tuple[str, ...]
    merged: tuple[str, ...]
    draft: bool
    accepted: tuple[str, ...]
    linked: tuple[str, ...]
    partly_read: int


class Window(msgspec.Struct, frozen=True, array_like=True):
    """The half-open interval of UTC instants as of which a file is read and checked with the same result."""

    since: datetime
    until: datetime

    def contains(self, now: datetime) -> bool:
        """Whether the result holds as of `now`."""
        return self.since <= now < self.until


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """By which a file is taken to be unchanged without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """That of a file of this status."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class FileRecord(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of an incident file."""

    digest: bytes
    """SHA-256 of its bytes; empty where they cannot be read."""
    stamp: Stamp | None
    """Taken before it was read; None where it does not tell the file from a later version of it."""
    window: Window | None
    """None where the file has to be read each time."""
    problems: tuple[Problem, ...]
    """Without the path."""
    notice: NoticeRecord | None

    @property
    def text_bytes(self) -> bytes:
        """The encoded text of its postmortem; empty where there is none."""
        return self.notice.text if self.notice else b""

    @property
    def notice_bytes(self) -> bytes:
        """The encoded notice; empty where there is none."""
        return self.notice.notice if self.notice else b""

    def alone(self) -> FileRecord:
        """The same, to be stored apart from its notice and the text of that."""
        notice = msgspec.structs.replace(self.notice, notice=b"", text=b"") if self.notice else None
        return msgspec.structs.replace(self, notice=notice)


def _window(read: ReadFile, plain: Mapping[str, Any], now: datetime) -> Window | None:
    """As of which instants the result of reading a file holds; None where it may not be kept.

    Kept is what is public as of `now` and over: no draft, no internal note, nothing that is published later. All that a
    rule does with the clock then is to compare it with what the file states, with days in some zone at the most.
    """
    if read.file is None or read.source is None or read.file.draft:
        return None
    if "<!--" in read.source.text and any(outermost_notes(read.source.text)):
        return None
    notice = read.file.notice
    is_public = notice.known_by(now) and notice.as_of(now) == notice
    if not is_public or not notice.is_over(now) or any(problem.code == _QUOTES_COMMENTS for problem in read.problems):
        return None
    stated = sorted(_instants(plain))
    since = max((at for at in stated if at <= now), default=None)
    until = min((at for at in stated if at > now), default=datetime.max.replace(tzinfo=UTC))
    if since is None or not (window := Window(since + _MARGIN, until - _MARGIN)).contains(now):
        return None
    return window


def record_of(read: ReadFile, now: datetime) -> FileRecord:
    """What is kept of a file that was read as of `now`."""
    plain = _plain(read.file.notice) if read.file else {}
    return FileRecord(
        digest=read.digest,
        stamp=read.stamp,
        window=_window(read, plain, now),
        problems=tuple(replace(problem, path="") for problem in read.problems),
        notice=_notice_record(read.file, plain) if read.file else None,
    )


def _notice_record(file: NoticeFile, plain: dict[str, Any]) -> NoticeRecord:
    postmortem = plain["postmortem"] or {}
    sections, timeline = postmortem.pop("sections", ()), postmortem.pop("timeline", ())
    for section in sections:  # most have no marks: then the text is kept once
        if section["marked"] == section["markdown"]:
            del section["marked"]
    postmortem["known_turns"] = [entry for entry in timeline if entry["kind"]]
    _leave_out_defaults(file.notice, plain)
    return NoticeRecord(
        kind=file.notice.kind,
        notice=_ENCODER.encode(plain),
        text=_ENCODER.encode((sections, timeline)) if sections or timeline else b"",
        id=file.id,
        aliases=file.aliases,
        merged=file.merged,
        draft=file.draft,
        accepted=file.accepted,
        linked=file.linked,
        partly_read=file.partly_read,
    )


def _leave_out_defaults(notice: Notice, plain: dict[str, Any]) -> None:
    """Remove values that decoding adds: most of the fields of most notices."""
    postmortem = plain["postmortem"] or {}
    of_kinds = [(ActionItem, postmortem.get("action_items", ())), (Update, plain["updates"]), (type(notice), [plain])]
    for kind, objects in of_kinds:
        defaults = _defaults(kind)
        for each in objects:
            for name, default in defaults.items():
                if each[name] == default:
                    del each[name]


@lru_cache(maxsize=8)
def _defaults(kind: type) -> Mapping[str, Any]:
    """The defaults of the fields of a dataclass, as `_plain` has them."""
    found = {}
    for each in fields(kind):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if default is not MISSING:
            found[each.name] = _builtins(default)
    return found


def file_of(  # noqa: PLR0913  what a record leaves out
    record: NoticeRecord,
    *,
    path: str,
    relative: str,
    language: str,
    notice: Callable[[], Notice],
    parts: Callable[[], FileParts],
) -> NoticeFile:
    """The file of a record. `notice` returns its notice, `parts` reads the file again."""
    return NoticeFile(
        path=path,
        relative=relative,
        id=record.id,
        aliases=record.aliases,
        merged=record.merged,
        draft=record.draft,
        accepted=record.accepted,
        linked=record.linked,
        partly_read=record.partly_read,
        site_language=language,
        read_notice=notice,
        read_parts=parts,
    )


class PostmortemText(NamedTuple):
    """The parts of a postmortem that most of a build does not need."""

    sections: tuple[Section, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()


def decoded_notice(kind: str, encoded: bytes, text: Callable[[], PostmortemText] | None) -> Notice:
    """A notice from what `NoticeRecord.notice` has; `text` returns that of its postmortem, at first use."""
    notice = _decoder(kind).decode(encoded)
    if notice.postmortem and text:
        # It was made a moment ago and nobody has it yet: to copy it would double the time of decoding.
        object.__setattr__(notice.postmortem, "sections", _StoredSections(text))
        object.__setattr__(notice.postmortem, "timeline", _StoredTimeline(text))
    return notice


def decoded_text(encoded: bytes) -> PostmortemText:
    """The text of a postmortem from what `NoticeRecord.text` has."""
    sections: list[dict[str, Any]]
    sections, timeline = msgspec.msgpack.decode(encoded)
    for section in sections:
        section.setdefault("marked", section["markdown"])
    return msgspec.convert((sections, timeline), PostmortemText)


class _Stored(Sequence[_T]):
    """A part of the text of a postmortem that is read at first use. Equal to a tuple of the same."""

    __slots__ = ("_items", "_read")

    def __init__(self, read: Callable[[], PostmortemText]) -> None:
        self._read: Callable[[], PostmortemText] | None = read
        self._items: tuple[_T, ...] = ()

    @abstractmethod
    def _of(self, text: PostmortemText) -> tuple[_T, ...]:
        """The part."""

    def _all(self) -> tuple[_T, ...]:
        if self._read:
            self._items, self._read = self._of(self._read()), None
        return self._items

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...

    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        return self._all()[index]

    def __iter__(self) -> Iterator[_T]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | _Stored) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class _StoredSections(_Stored[Section]):
    __slots__ = ()

    def _of(self, text: PostmortemText) -> tuple[Section, ...]:
        return text.sections


class _StoredTimeline(_Stored[TimelineEntry]):
    __slots__ = ()

    def _of(self, text: PostmortemText) -> tuple[TimelineEntry, ...]:
        return text.timeline


def _plain(notice: Notice) -> dict[str, Any]:
    """A notice as dicts, lists and what MessagePack has."""
    plain: dict[str, Any] = _builtins(notice)
    return plain


def _builtins(value: object) -> Any:
    return msgspec.to_builtins(value, builtin_types=(datetime, date), enc_hook=_encoded)


def _instants(plain: Mapping[str, Any]) -> Iterator[datetime]:
    """Every instant in what `_plain` returns; of a day its beginning in UTC."""
    values = list(plain.values())
    while values:
        value = values.pop()
        kind = type(value)
        if kind is datetime:
            yield value
        elif kind is date:
            yield datetime(value.year, value.month, value.day, tzinfo=UTC)
        elif kind is dict:
            values.extend(value.values())
        elif kind is list or kind is tuple:
            values.extend(value)


def _encoded(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    message = f"a record cannot have a value of {type(value)}"
    raise NotImplementedError(message)


def _value(kind: type, encoded: object) -> object:
    return ZoneInfo(str(encoded)) if kind is ZoneInfo else UPDATE_STATUSES[str(encoded)]


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encoded)


_RECORD = msgspec.msgpack.Decoder(FileRecord)


def encoded_record(record: FileRecord) -> bytes:
    """A record as MessagePack."""
    return _ENCODER.encode(record)


def decoded_record(encoded: bytes) -> FileRecord:
    """A record from what `encoded_record` returned.

    Raises:
        msgspec.DecodeError: it is something else.
    """
    return _RECORD.decode(encoded)


@lru_cache(maxsize=8)
def _decoder(kind: str) -> msgspec.msgpack.Decoder[Incident | Maintenance | Announcement]:
    return msgspec.msgpack.Decoder(_KINDS[kind], dec_hook=_value)
