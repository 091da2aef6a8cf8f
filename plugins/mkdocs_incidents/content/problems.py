"""Problems in files: what is wrong, where, and what to type instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


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
