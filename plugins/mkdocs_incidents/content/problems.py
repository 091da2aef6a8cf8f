"""Problems in content: their type, the error of a value that is not understood, and every code with its meaning."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """An error stops the build; a warning does only when asked to be strict; advice never does."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def rank(self) -> int:
        """The higher, the graver."""
        return -list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a file, in words that its author uses."""

    path: str
    """As the user would type it, with forward slashes."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    severity: Severity
    code: str
    """Permanent name of the rule, in kebab case; documented in the guide."""
    message: str
    """What is wrong: one sentence, lower case, no full stop."""
    hint: str = ""
    """What to type next; empty where there is nothing to add."""
    timed: bool = False
    """Whether no build fails for it: time alone brings it about, in a file nobody touched, or it misleads nobody."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Total order: by place, then by rule."""
        return self.path, self.line, self.column, self.code, self.message

    def __str__(self) -> str:
        """`path:line:column: message`, as editors and terminals link it, with the hint behind."""
        located = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return f"{located} ({self.hint})" if self.hint else located

    def as_dict(self) -> dict[str, str | int]:
        """The shape that `incidents check --format json` prints."""
        shown = {key: value for key, value in asdict(self).items() if key != "timed"}
        return shown | {"severity": str(self.severity)}


class WrongValueError(ValueError):
    """A value that is not understood: which rule it breaks, what is wrong, what to type instead."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


ERRORS: Mapping[str, str] = MappingProxyType(
    {
        # the folder and its files
        "no-folder": "There is no content folder, or a file stands in its place.",
        "unreadable": "A file or folder cannot be read.",
        "broken-link": "A link leads to nothing that can be read.",
        "link-loop": "A link to a folder leads back to a folder above it.",
        "bad-file-name": "The name of a file has characters that no address can have.",
        "folder-named-md": "A folder has the name of an incident file.",
        "folder-too-deep": "Folders are nested more than 20 levels deep.",
        "incident-not-read": "A file with the keys of an incident is not read because of its name.",
        "too-large": "A file is larger than 1 MB; it is not read.",
        "empty-file": "An incident file is empty.",
        "not-utf-8": "A file is saved in another encoding than UTF-8.",
        "control-character": "An invisible character, or a space that is no ordinary one, stands where it does harm.",
        "merge-conflict": "An unfinished merge was left in a file.",
        # front matter and YAML
        "no-front-matter": "An incident file does not begin with a line `---`.",
        "unclosed-front-matter": "The facts at the top of a file are not closed by a second line `---`.",
        "facts-in-body": "Keys of the format stand below the second `---`, where nothing reads them.",
        "facts-not-keys": "A list or a text stands where keys with values should be.",
        "yaml-syntax": "The facts are not valid YAML: a missing quote, colon or bracket, or wrong indentation.",
        "yaml-tab": "A line is indented by a tab.",
        "yaml-tag": "A value has a YAML type mark such as `!!python/object`.",
        "yaml-alias": "A value has or uses a YAML anchor (`&name`, `*name`).",
        "yaml-documents": "A YAML file holds more than one document.",
        "yaml-too-deep": "Lists and keys are nested too deeply.",
        "key-not-text": "A key is a list or a mapping.",
        "duplicate-key": "A key is written twice.",
        "unknown-key": "A key is not one of the format.",
        "missing-key": "A key that is needed is not there.",
        "empty-value": "Nothing is written behind a key.",
        "wrong-shape": "A text stands where a list should be, or the like.",
        # single values
        "not-one-line": "A text that must be one line has several.",
        "not-an-instant": "A time is not written as year-month-day hour:minute, or does not exist.",
        "not-a-day": "A day is not written as year-month-day, or does not exist.",
        "time-skipped": "Clocks skip this time when they go forward.",
        "time-twice": "Clocks show this time twice when they go back.",
        "next-update-in-past": "The next update is promised for a time before the update itself.",
        "unknown-timezone": "A time zone is no place of the IANA time zone database, nor UTC.",
        "unknown-component": "A component is not in the catalogue.",
        "unknown-component-status": "A word is not a state of a component.",
        "unknown-impact": "A word is not an impact.",
        "unknown-status": "A word is not a status of an update.",
        "status-of-other-kind": "An incident's update has a maintenance's status, or the other way round.",
        "component-twice": "One component is named twice, by its id and by a former one.",
        "not-yes-or-no": "A value is neither true nor false.",
        "not-a-percentage": "A value is not a percentage.",
        "not-a-link": "A value is not a web address.",
        "bad-id": "An id, or the file name it is taken from, cannot be part of an address.",
        "unknown-code": "A warning is accepted that does not exist.",
        "bad-anchor": "The id of an update cannot be the target of a link.",
        "internal-marker": "An internal note is not closed, not opened, or its marker is misspelt.",
        # one file as a whole
        "two-kinds": "A file has both `started` and `scheduled`.",
        "key-of-other-kind": "A key belongs to another kind of notice.",
        "duplicate-update-id": "Two updates of a file have one id.",
        "ends-before-start": "Something ends before it begins.",
        "broken-after-end": "An update leaves a component broken, but with it or before it all is over.",
        "corrected-before-update": "An update is corrected before it was published.",
        "update-after-end": "An update goes on after the end that the file states.",
        "backfilled-open": "A notice is marked as backfilled, but is not over.",
        "retracted-too-early": "A notice or an update is retracted before it was published.",
        "update-after-retraction": "An update is later than the retraction of the whole notice.",
        "not-merged": "An update comes from a notice that `merged` does not list.",
        "plan-not-moved": "An update puts work off that had begun, and `scheduled` has the old plan.",
        # the catalogue
        "no-catalog": "`components.yml` is missing.",
        "catalog-not-keys": "`components.yml` is empty or does not hold keys.",
        "no-components": "The catalogue has no components.",
        "duplicate-component": "Two components share an id or a former id, or differ only in case.",
        "retired-before-since": "A component is retired before it is in service.",
        # editorial.yml
        "editorial-not-keys": "`editorial.yml` is empty or does not hold keys.",
        "unknown-editorial-rule": "A rule that is to be switched off does not exist.",
        "duplicate-editorial-rule": "A rule of the site's own has the name of another one.",
        "bad-pattern": "The pattern of a rule is no regular expression, or one that may run for hours.",
        # all files together
        "more-problems": "A file has more problems than are listed one by one; warnings only where it says so.",
        "duplicate-id": "Two files have one id, or ids that differ only in case.",
        "former-id-taken": "A former id is that of a notice, or is listed twice.",
    }
)
WARNINGS: Mapping[str, str] = MappingProxyType(
    {
        "file-ignored": "A file is not read because of its name.",
        "same-group-name": "Two groups have the same name, apart from case and spaces.",
        "same-component-name": "Two components of one group have the same name, apart from case and spaces.",
        "text-cut-at-hash": "A text without quotes is cut off at a `#`.",
        "impact-unknown": "An incident names neither components nor an impact.",
        "retraction-undated": "Nothing says when a notice or an update was retracted.",
        "updates-out-of-order": "Updates do not stand in the order of their times.",
        "update-before-start": "An update is older than the incident.",
        "in-the-future": "A time is more than five minutes later than now, or the day of a promise later than today.",
        "resolved-at-start": "An incident is resolved at the very time at which it started.",
        "late-first-word": "The first public update came later than 30 minutes after the start.",
        "backfilled-early": "A notice is marked as backfilled, but was published before it was over.",
        "backfilled-later": "A notice is marked as backfilled, but is published later than now.",
        "promise-not-kept": "An update was promised and has not come.",
        "link-not-full": "A link or a picture in a message has no full address, so it is dead in feeds.",
        "link-to-former-name": "A link in a postmortem names the file of a notice that was renamed or merged.",
        "maintenance-unannounced": "Planned work does not say when it was announced.",
        "duplicate-update": "Two updates of a file have the same time, status and words.",
        "update-address-changed": "An update has another id than in a former version of the file.",
        "update-removed": "An update of a former version of the file is gone.",
        "notice-address-changed": "A notice has another id than in a former version of the file.",
        "alias-of-merged-notice": "An alias was the id of another notice that was public beside this one.",
        "notice-removed": "A file that was public is gone.",
        "changed-without-update": "A published fact was changed, and no update says so.",
        "no-closing-update": "A resolved incident's last update does not say so.",
        "announced-after-begin": "An update says that work is to begin which has begun by its plan.",
        "maintenance-overdue": "Work that is said to be running is past its planned end.",
        "component-retired": "A component was retired before the notice began, or before it was over.",
        "component-not-yet": "A component was not yet in service when the notice begins.",
        "no-apology": "The published postmortem of a major or critical incident has no apology.",
        "boxes-not-read": "A list of boxes stands below a heading that is no name of a list of action items.",
        "promise-overdue": "A promise was due, and is neither kept nor dropped.",
        "action-item-open-ended": "An open action item has no owner or no due date.",
        "action-item-no-reason": "An action item is dropped without a reason.",
        "action-item-undated": "An action item is done or dropped, but does not say since when.",
        "done-before-start": "An action item is done or dropped before the incident begins.",
        "duplicate-action-item": "Two action items of a file have the same words.",
        "turning-point-outside": "A turning point of the timeline lies before the start or after the end.",
        "timeline-kind": "An entry of the timeline is said to be of a kind that does not exist.",
        "timeline-clock-change": "Clocks skip the time of an entry, or show it twice.",
        "timeline-out-of-order": "The entries of a timeline do not stand in the order of their times.",
        "postmortem-before-end": "A postmortem is published before the end.",
        "postmortem-empty": "A postmortem is announced, but nothing is written.",
        "unclosed-code": "A block of code is never closed.",
    }
)
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "editorial-language": "Texts are in a language for which there are no editorial rules.",
        "section-partly-read": "A timeline or a list of action items has lines that do not fit their grammar.",
        "weekday-differs": "A day is called by the name of another weekday.",
        "time-differs": "The text says another beginning or end than the file's own times.",
        "timeline-differs": "The timeline begins or ends elsewhere than the file's own times.",
        "prose-contradicts-timeline": "The text tells an event of the timeline at another time.",
        "day-differs": "The file's name, title, text or last announcement gives another day than its times.",
        "duration-differs": "The text says that it lasted longer or shorter than from start to end.",
        "percentage-differs": "The text gives two shares of users or of traffic as affected.",
    }
)
"""Beside the editorial rules, which have codes of their own."""
RETIRED = frozenset(
    {
        "action-item-date",
        "action-item-unread",
        "action-items-unlisted",
        "timeline-entry",
        "timeline-zone",
        "time-without-zone",
        "time-without-half",
        "timeline-day",
        "timeline-empty",
        "timeline-unannounced",
        "weekday-differs",
        "time-differs",
        "timeline-differs",
        "prose-contradicts-timeline",
        "day-differs",
        "duration-differs",
        "percentage-differs",
        "worse-than-components",
        "component-only-in-updates",
    }
)
"""Codes of warnings of former versions: `accepted:` may name them, and they change nothing in a build."""
CODES: Mapping[str, str] = MappingProxyType({**ERRORS, **WARNINGS, **ADVICE})
"""Code → meaning; the guide lists them."""
