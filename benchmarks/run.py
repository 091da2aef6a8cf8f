"""How long whole builds and reading take, and how much memory: the figures the README quotes.

Every build runs in a process of its own, in rounds that take the sites in turn, so that a slow
moment of the machine meets all of them; medians are reported.

    run.py [--rounds 3] [--check] [--corpus PATH] [--json PATH] [--markdown PATH]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

LINEAR = 2.3
"""Promise: twice the incidents take at most this many times as long."""
NO_DEARER_THAN_PAGES = 1.0
"""Promise: 1,000 incidents take at most this many times as long as 1,000 plain Material pages."""

READING = 8.0
"""Promise: reading and checking files takes at most this many times as long as parsing their front matter in C."""

# Reads a content folder; prints how many times the CPU time of parsing its front matter alone that takes (median of 5).
READ = """
import statistics, sys, time, yaml
from datetime import UTC, datetime
from pathlib import Path
from mkdocs_incidents.content.loader import load
folder, now = Path(sys.argv[1]), datetime(2026, 1, 31, tzinfo=UTC)
facts = [path.read_text(encoding="utf-8").split("\\n---\\n")[0] for path in sorted(folder.rglob("*.md"))]
load(folder, now=now)
ratios = []
for _ in range(5):
    began = time.process_time()
    for text in facts:
        yaml.load(text, Loader=yaml.CSafeLoader)
    parsed = time.process_time()
    load(folder, now=now)
    ratios.append((time.process_time() - parsed) / (parsed - began))
print(statistics.median(ratios))
"""

# Runs one build and prints its own peak memory: what `getrusage` says about children would mix all of them.
MEASURED = """
import json, resource, runpy, sys
sys.argv = ["mkdocs", "build", "--quiet", "--config-file", sys.argv[1]]
try:
    runpy.run_module("mkdocs", run_name="__main__")
except SystemExit as stop:
    if stop.code:
        raise
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


@dataclass
class Site:
    """One generated site and what its builds took."""

    name: str
    kind: str
    count: int
    folder: Path
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def build(self) -> None:
        """Build once from nothing, in a new process, and note what it took."""
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1769817600"}
        for leftover in ("site", ".cache"):
            shutil.rmtree(self.folder / leftover, ignore_errors=True)
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(self.folder / "mkdocs.yml")],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
            cwd=self.folder,
        )
        took = time.perf_counter() - began
        if done.returncode:
            sys.exit(f"Building {self.name} failed:\n{done.stderr or done.stdout}")
        self.seconds.append(took)
        per_megabyte = 2**20 if platform.system() == "Darwin" else 2**10
        self.megabytes.append(json.loads(done.stdout.splitlines()[-1]) / per_megabyte)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What the builds of one site took: medians."""

    name: str
    kind: str
    count: int
    seconds: float
    megabytes: float

    @property
    def milliseconds_each(self) -> float:
        """Wall time per incident or page."""
        return 1000 * self.seconds / self.count

    @classmethod
    def of(cls, site: Site) -> Figure:
        """The medians of a site's builds."""
        return cls(
            name=site.name,
            kind=site.kind,
            count=site.count,
            seconds=round(statistics.median(site.seconds), 2),
            megabytes=round(statistics.median(site.megabytes)),
        )


def load_corpus(path: Path) -> ModuleType:
    """The generator of the sites, from any file with a `write_site(kind, count, folder)`."""
    spec = importlib.util.spec_from_file_location("corpus", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def measure(corpus: ModuleType, counts: Sequence[int], rounds: int, folder: Path) -> list[Figure]:
    """Build all sites in turn, `rounds` times."""
    middle = counts[len(counts) // 2]
    wanted = [("ours", count) for count in counts] + [("pages", middle)]
    sites = []
    for kind, count in wanted:
        label = "incidents" if kind == "ours" else "plain Material pages"
        site = Site(f"{count:,} {label}", kind, count, folder / f"{kind}-{count}")
        corpus.write_site(kind, count, site.folder)
        sites.append(site)
    for number in range(1, rounds + 1):
        for site in sites:
            site.build()
            print(f"round {number}: {site.name}: {site.seconds[-1]:.2f} s, {site.megabytes[-1]:.0f} MB", flush=True)
    return [Figure.of(site) for site in sites]


def reading(corpus: ModuleType, count: int, folder: Path) -> tuple[str, tuple[float, float]]:
    """What reading and checking costs beside parsing the front matter alone, both in one process."""
    corpus.write_site("ours", count, folder / "reading")
    content = folder / "reading" / "incidents"
    done = subprocess.run([sys.executable, "-c", READ, str(content)], check=True, capture_output=True, text=True)
    ratio = float(done.stdout)
    print(f"reading {count:,} files: {ratio:.1f} times the parsing of their front matter", flush=True)
    return f"reading and checking {count:,} files against parsing their front matter", (ratio, READING)


def promises(figures: Sequence[Figure]) -> dict[str, tuple[float, float]]:
    """Every promise about builds with the measured ratio and the highest one allowed."""
    figures_of_builds = [figure for figure in figures if figure.kind == "ours"]
    pages = next(figure for figure in figures if figure.kind == "pages")
    beside = next(figure for figure in figures_of_builds if figure.count == pages.count)
    return {
        f"{figures_of_builds[-1].count:,} incidents against {beside.count:,}": (
            figures_of_builds[-1].seconds / beside.seconds,
            LINEAR,
        ),
        f"{beside.count:,} incidents against {pages.count:,} plain pages": (
            beside.seconds / pages.seconds,
            NO_DEARER_THAN_PAGES,
        ),
    }


def table(figures: Sequence[Figure], kept: Mapping[str, tuple[float, float]]) -> str:
    """The figures and promises as Markdown."""
    lines = ["| site | build, s | each, ms | peak memory, MB |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {figure.name} | {figure.seconds:.1f} | {figure.milliseconds_each:.1f} | {figure.megabytes:.0f} |"
        for figure in figures
    ]
    lines += ["", "| time compared | measured | promised at most |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {ratio:.2f} | {limit:.1f} |" for name, (ratio, limit) in kept.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and with `--check` fail where a promise is broken."""
    parser = argparse.ArgumentParser(description="Measure whole builds.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--counts", type=int, nargs=3, default=[500, 1000, 2000], help="incidents, three sizes")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus.py"))
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--markdown", type=Path, help="write the tables here")
    parser.add_argument("--check", action="store_true", help="exit 1 when a promise is broken")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incidents-bench-") as folder:
        corpus, counts = load_corpus(options.corpus), sorted(options.counts)
        read, reading_ratio = reading(corpus, counts[1], Path(folder))
        figures = measure(corpus, counts, options.rounds, Path(folder))
    kept = promises(figures) | {read: reading_ratio}
    print(f"\n{table(figures, kept)}")
    if options.json:
        report = {"python": platform.python_version(), "rounds": options.rounds} | {
            "figures": [asdict(figure) | {"milliseconds_each": figure.milliseconds_each} for figure in figures],
            "ratios": {name: {"measured": ratio, "promised": limit} for name, (ratio, limit) in kept.items()},
        }
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(table(figures, kept), encoding="utf-8")
    broken = [name for name, (ratio, limit) in kept.items() if ratio > limit]
    print(f"Promises broken: {'; '.join(broken)}" if broken else "All promises kept.")
    if broken and options.check:
        sys.exit(1)


if __name__ == "__main__":
    main()
