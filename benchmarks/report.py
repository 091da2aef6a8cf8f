"""The table: what was measured against what issue 16 wants to reach."""

from __future__ import annotations

import os
import platform
import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Samples = Mapping[str, Sequence[float]]

BEGIN, END = "<!-- measured by make bench -->\n", "<!-- end -->\n"


@dataclass(frozen=True)
class Row:
    """One case: its samples, and the limits for their median."""

    case: str
    values: Sequence[float]
    reach: float
    aim: float
    unit: str = ""
    detail: str = ""
    digits: int = 2

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def reached(self) -> bool:
        return self.median <= self.reach

    @property
    def verdict(self) -> str:
        """Whether the limit is kept; both numbers where it is not."""
        if not self.reached:
            return f"**not reached**: {self._text(self.median)} of {self._text(self.reach)}"
        return "reached, the aim too" if self.median <= self.aim else "reached"

    @property
    def line(self) -> str:
        """The row in Markdown."""
        measured = self._text(self.median)
        if min(self.values) != max(self.values):
            measured += f" ({self._text(min(self.values))}–{self._text(max(self.values))})"
        cells = (self.case, measured, self.detail, self._text(self.reach), self._text(self.aim), self.verdict)
        return f"| {' | '.join(cells)} |"

    def _text(self, value: float) -> str:
        return f"{value:,.{self.digits}f}{self.unit}"


@dataclass(frozen=True)
class Case:
    """A row before it is measured.

    `needs` names the measures, `samples` what they note: one series, or one and that of its rival.
    """

    case: str
    needs: tuple[str, ...]
    samples: tuple[str, ...]
    reach: float
    aim: float
    unit: str = ""
    digits: int = 2

    def row(self, samples: Samples) -> Row | None:
        """The row; `None` if it was not measured."""
        series = [samples.get(name, ()) for name in self.samples]
        if not all(series):
            return None
        if len(series) == 1:
            return Row(self.case, series[0], self.reach, self.aim, self.unit, digits=self.digits)
        ratios = [mine / rival for mine, rival in zip(*series, strict=True)]
        detail = " ÷ ".join(f"{statistics.median(each):.2f} s" for each in series)
        return Row(self.case, ratios, self.reach, self.aim, detail=detail)


@dataclass(frozen=True)
class FilesCase(Case):
    """Numbers of files, and of those among them that have the same bytes as before."""

    def row(self, samples: Samples) -> Row | None:
        changed, only_time = (samples.get(name, ()) for name in self.samples)
        if not changed:
            return None
        detail = f"{statistics.median(only_time):.0f} of them with the same bytes"
        return Row(self.case, changed, self.reach, self.aim, detail=detail, digits=0)


@dataclass(frozen=True)
class CheckoutCase(Case):
    """A time whose limits depend on how long copying takes."""

    def row(self, samples: Samples) -> Row | None:
        seconds, copying = (samples.get(name, ()) for name in self.samples)
        if not seconds:
            return None
        copy = statistics.median(copying)
        detail = f"`cp -r` {copy:.2f} s"
        return Row(self.case, seconds, self.reach * copy + 1, self.aim * copy + 0.5, " s", detail)


def cases(large: int, small: int) -> dict[str, Case]:
    """All rows, by the names that `--only` takes."""
    n, m = f"{large:,}", f"{small:,}"
    update = f"one update among {n}"
    return {
        "update": Case(
            f"{update}, `mkdocs build` in the same folder ÷ empty Material build",
            ("updates",), ("update_s", "empty_s"), 1.8, 1.3,
        ),
        "publish": Case(
            f"{update}, `incidents build --to` ÷ empty Material build",
            ("updates",), ("publish_s", "empty_s"), 3.0, 2.0,
        ),
        "checkout": CheckoutCase(
            f"{update}, new checkout, `.cache` restored, no output: 2 × `cp -r` of the output + 1 s; aim: 1 × + 0.5 s",
            ("checkout",), ("checkout_s", "copy_s"), 2, 1,
        ),
        "files": FilesCase(
            f"{update}, minutes after the last build: files of the output with other bytes or times",
            ("changes",), ("changed_files", "only_time_files"), 40, 20,
        ),
        "memory": Case(
            f"{update}: peak memory", ("changes",), ("update_mib",), 150, 90, " MiB", 0,
        ),
        "cold-small": Case(
            f"{m} incidents from nothing ÷ {m} plain Material pages",
            ("cold_small", "pages"), ("cold_small_s", "pages_s"), 0.45, 0.25,
        ),
        "cold": Case(
            f"{n} incidents from nothing ÷ Hugo with a trivial layout",
            ("cold_large", "hugo_site"), ("cold_large_s", "hugo_s"), 3.0, 1.5,
        ),
        "cold-memory": Case(
            f"{n} incidents from nothing: peak memory", ("cold_large",), ("cold_large_mib",), 350, 130, " MiB", 0,
        ),
        "growth": Case(
            f"{n} incidents from nothing ÷ {m}",
            ("cold_large", "cold_small"), ("cold_large_s", "cold_small_s"), 10, 9,
        ),
        "check": Case(
            f"`incidents check` of {n}, nothing cached", ("checks",), ("check_cold_s",), 6, 4, " s",
        ),
        "check-warm": Case(
            f"`incidents check` of {n}, again", ("checks",), ("check_warm_s",), 0.8, 0.4, " s",
        ),
        "serve": Case(
            f"`mkdocs serve`, {m} incidents: from saving a file to its page", ("serve",), ("serve_s",), 1.0, 0.5, " s",
        ),
        "page": Case(
            "status page of 20 services: all that it loads, compressed", ("status_page",), ("status_page_kb",),
            45, 30, " KB", 1,
        ),
        "search": Case(
            f"search index of {n} incidents", ("search_index",), ("search_index_mb",), 1.5, 1.5, " MB",
        ),
        "search-page": Case(
            "requests of the status page for the search index, before somebody searches",
            ("status_page",), ("search_requests",), 0, 0, digits=0,
        ),
    }  # fmt: skip


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    head = "| case | measured | medians | reach | aim | |\n| --- | ---: | ---: | ---: | ---: | --- |\n"
    return head + "".join(f"{row.line}\n" for row in rows)


def conditions(rounds: int) -> str:
    """Where and how often it was measured."""
    return (
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores; medians of "
        f"{rounds} round{'s' if rounds > 1 else ''}, in brackets the lowest and the highest.\n"
    )


def write_between_marks(file: Path, text: str) -> None:
    """Replace what is between the two marks of a file."""
    old = file.read_text(encoding="utf-8")
    pattern = f"(?s)({re.escape(BEGIN)}).*({re.escape(END)})"
    file.write_text(re.sub(pattern, lambda found: f"{found[1]}\n{text}\n{found[2]}", old), encoding="utf-8")
