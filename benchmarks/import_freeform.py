"""How well `incidents import` reads real postmortems: for each fact, how often right, missing or wrong.

The documents were written by others and are no part of this project: a folder with `NNN.md`, `labels.json` and
`negative/*.md`, named by the argument or by INCIDENTS_FREEFORM. A label `x_alt` is a second answer that counts.

    import_freeform.py [FOLDER] [--only 004,012] [--verbose]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs_incidents.authoring.files import read_text
from mkdocs_incidents.authoring.importers.freeform.reader import read_freeform, without_kind_of_document
from mkdocs_incidents.authoring.importers.incident_file import incident_file
from mkdocs_incidents.authoring.prose.time_mentions import tokens
from mkdocs_incidents.authoring.prose.zones import WrittenZone
from mkdocs_incidents.content.loader import load

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "realdata" / "freeform"
CATALOG = "timezone: UTC\ncomponents: [{id: web, name: Web}]\n"
RIGHT, MISSING, WRONG = "right", "missing", "wrong"
AIMS = {
    "title": 90,
    "date": 90,
    "start": 90,
    "end": 90,
    "timezone": 90,
    "timeline_entries": 90,
    "apology": 95,
    "impact_pct": 95,
    "action_items": 80,
}
"""Percent of the documents in which a fact should be right; facts without an aim are printed for information."""
FIELDS = [*AIMS, "duration_min", "end_date", "timeline_times"]


@dataclass
class Score:
    """What came out for one fact over all documents."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Percent right."""
        return 100 * self.counts[RIGHT] / max(1, self.counts.total())


def clock(value: str | None) -> str | None:
    """The time of day in an ISO instant, or in a time that stands alone."""
    found = re.search(r"(?:T|^)(\d\d:\d\d)", value or "")
    return found[1] if found else None


def answers(found: dict[str, Any]) -> dict[str, Any]:
    """What the importer says, in the words of the labels."""
    resolved = found["resolved"] or ""
    return {
        "title": found["title"],
        "date": found["date"],
        "start": clock(found["started"]),
        "end": clock(found["resolved"]),
        "end_date": resolved[:10] if "T" in resolved else None,
        "timezone": found["timezone"],
        "duration_min": found["duration_minutes"],
        "impact_pct": found["impact_percent"],
        "apology": found["apology"],
        "timeline_entries": len(found["timeline"]) + len(found["untimed"]),
        "timeline_times": [
            *(entry["at"] for entry in found["timeline"]),
            *(line["day"] for line in found["untimed"] if line["day"]),
        ],
        "action_items": len(found["action_items"]),
    }


def same(name: str, got: Any, wanted: Any) -> bool:
    """Whether two answers mean the same."""
    if name == "timezone" and got and wanted:
        return bool(zone_words(got) & zone_words(wanted))
    if name == "title" and got and wanted:
        return without_kind_of_document(got) == without_kind_of_document(wanted)
    if name == "timeline_times":
        return [shortened(instant) for instant in got] == [shortened(instant) for instant in wanted]
    return bool(got == wanted)


def zone_words(written: str) -> set[str]:
    """A zone's words without `time`, and the clocks it means."""
    plain = re.sub(r"\W+|\btime(?:zone)?\b", " ", written.casefold())
    keys = [value.key for _, _, value in tokens(f"{written} Time {written}") if isinstance(value, WrittenZone)]
    return {" ".join(plain.split()), *(key for key in keys if key)}


def shortened(at: str) -> str:
    """`2031-02-03T04:05:06` → `04:05`; a day alone stays."""
    return clock(at) or at


def judged(name: str, got: Any, label: dict[str, Any]) -> str:
    """Right, missing, or wrong: a fact asserted that is not in the text."""
    if name == "end_date" and label["end"] is None and got is None:
        return RIGHT  # without an end there is nothing to date
    wanted = [label[name], *([label[f"{name}_alt"]] if f"{name}_alt" in label else [])]
    if any(same(name, got, answer) for answer in wanted):
        return RIGHT
    return MISSING if got in (None, 0, [], False) else WRONG


def main() -> int:
    """Score every labelled document and every negative; 1 where an aim is missed."""
    options = arguments()
    folder: Path = options.folder
    if not (folder / "labels.json").is_file():
        print(f"Nothing to score: there is no labels.json in {folder}.")
        print("Name the folder with labelled documents: make bench-import LABELS=/path/to/freeform")
        return 0
    labels: dict[str, dict[str, Any]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["labels"]
    only = set(filter(None, options.only.split(",")))
    scores = {name: Score(name) for name in FIELDS}
    lost = []
    for key in scores_of(labels, only):
        path = folder / f"{key}.md"
        found = read_freeform(read_text(path), path.name).as_dict()
        if found["kind"] != "incident":
            lost.append(key)
        for name, got in answers(found).items():
            verdict = judged(name, got, labels[key])
            scores[name].counts[verdict] += 1
            if verdict != RIGHT and options.verbose:
                print(f"{key} {name}: {verdict}: {got!r}, wanted {labels[key][name]!r}")
    differ = [key for key in scores_of(labels, only) if read_again(folder / f"{key}.md")]
    negatives = sorted((folder / "negative").glob("*.md"))
    invented = [path.name for path in negatives if read_freeform(read_text(path), path.name).incident]
    print(f"Documents whose written file gives a build something else than the report: {', '.join(differ) or 'none'}.")
    return printed(list(scores.values()), lost, invented, len(negatives)) or bool(differ)


def scores_of(labels: dict[str, Any], only: set[str]) -> list[str]:
    """The documents to score, by their keys."""
    return sorted(set(labels) & only if only else labels)


def read_again(path: Path) -> bool:
    """Whether a build reads something else in the written file than the import reports."""
    imported = read_freeform(read_text(path), path.name)
    begins = imported.started or datetime(2020, 1, 1, 12)  # noqa: DTZ001  where the text gives no day: on its clocks
    text = incident_file(imported.notice).replace("# title: what users noticed, in a few words", "title: X")
    text = re.sub(r"^# started: .*", f"started: {begins:%Y-%m-%d %H:%M}", text, flags=re.MULTILINE)
    text = re.sub(r"^draft: true.*\n", "", text, flags=re.MULTILINE)
    with TemporaryDirectory() as folder:
        Path(folder, "components.yml").write_text(CATALOG, encoding="utf-8")
        Path(folder, "imported.md").write_text(text, encoding="utf-8")
        history = load(Path(folder), now=datetime(2040, 1, 1, tzinfo=UTC)).history
    if history is None or history.notices[0].postmortem is None:
        return True
    notice, postmortem = history.notices[0], history.notices[0].postmortem
    return (
        [(entry.text, entry.kind) for entry in postmortem.timeline]
        != [(entry.text, entry.kind) for entry in imported.timeline]
        or [item.text for item in postmortem.action_items] != [item.text for item in imported.action_items]
        or (postmortem.apology is not None) is not imported.apology
        or getattr(notice, "affected_percent", None) != imported.impact_percent
    )


def arguments() -> argparse.Namespace:
    """The folder, and what to print."""
    parser = argparse.ArgumentParser(description="Score the importer against labelled documents.")
    named = Path(os.environ.get("INCIDENTS_FREEFORM") or DEFAULT)
    parser.add_argument("folder", nargs="?", type=Path, default=named)
    parser.add_argument("--only", default="", help="documents to score, by their number: 004,012")
    parser.add_argument("--verbose", action="store_true", help="print every answer that is not right")
    return parser.parse_args()


def printed(scores: list[Score], lost: list[str], invented: list[str], negatives: int) -> int:
    """The table, and the exit code."""
    failed = bool(invented)
    print(f"{'fact':<17}{'right':>7}{'missing':>9}{'wrong':>7}{'share':>8}{'aim':>7}")
    for score in scores:
        aim = AIMS.get(score.name)
        met = aim is None or score.share >= aim
        failed = failed or not met
        counts = score.counts
        figures = f"{counts[RIGHT]:>7}{counts[MISSING]:>9}{counts[WRONG]:>7}{score.share:>6.0f} %"
        print(f"{score.name:<17}{figures}{f'{aim} %' if aim else '–':>7}{'' if met else '  missed'}")
    print(f"Incidents not recognised: {', '.join(lost) or 'none'}.")
    print(f"Incidents invented among {negatives} documents without one: {', '.join(invented) or 'none'}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
