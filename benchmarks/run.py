"""How fast incidents are published, how much memory that needs and what readers load: `make bench`.

All cases run in turn, in some rounds, each in new processes that are started as users start them; what has a rival is
compared with it in the same round. See README.md in this folder.

    python -m benchmarks.run [--rounds 3] [--incidents 10000] [--small 1000] [--only NAME] [--check]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .measures import Measures
from .report import cases, conditions, table, write_between_marks
from .sites import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).with_name("README.md")
LARGE, SMALL, PAUSE = 10_000, 1_000, 120.0


def parsed_options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure builds, and compare them with what they are to reach.")
    parser.add_argument("--incidents", type=int, default=LARGE, help="of the large site (%(default)s)")
    parser.add_argument("--small", type=int, default=SMALL, help="incidents of the small site (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="(%(default)s)")
    parser.add_argument("--only", action="append", choices=list(cases(0, 0)), help="measure one case; may be repeated")
    parser.add_argument(
        "--pause", type=float, default=PAUSE, help="seconds that “minutes after” stands for (%(default)s)"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 when something is not reached")
    parser.add_argument(
        "--hugo", default=_beside_python("hugo"), help="the program, for the case that compares with it"
    )
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus.py"), help="another generator")
    parser.add_argument("--folder", type=Path, help="keep the sites in this new folder")
    parser.add_argument("--json", type=Path, help="write all samples into this file")
    parser.add_argument("--profile", type=Path, help="write a profile of the build of one update into this file")
    return parser.parse_args()


def _beside_python(program: str) -> str | None:
    beside = Path(sys.executable).with_name(program)
    return str(beside) if beside.is_file() else shutil.which(program)


@contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """The folder of the sites: the one that is to be kept, or one that goes when all is measured."""
    if kept:
        kept.mkdir(parents=True)
        yield kept.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="incidents-bench-") as folder:
            yield Path(folder).resolve()


def measured(options: argparse.Namespace, needed: set[str]) -> Measures:
    """Everything that is needed, in rounds; and the profile, if it is wanted."""
    with working_folder(options.folder) as folder:
        measures = Measures(
            folder,
            load_corpus(options.corpus),
            counts={"large": options.incidents, "small": options.small},
            hugo=options.hugo,
            pause=options.pause,
        )
        began = time.monotonic()
        for number in range(1, options.rounds + 1):
            for name, measure in measures.by_name.items():
                if name in needed:
                    print(f"{(time.monotonic() - began) / 60:5.1f} min, round {number}: {name}", flush=True)
                    measure()
        if options.profile:
            measures.profile(options.profile)
    return measures


def main() -> None:
    """Measure, print the table, and write it into the README if all of it was measured in full size."""
    options = parsed_options()
    wanted = {
        name: case
        for name, case in cases(options.incidents, options.small).items()
        if not options.only or name in options.only
    }
    samples = measured(options, {need for case in wanted.values() for need in case.needs}).samples
    rows = {name: case.row(samples) for name, case in wanted.items()}
    found = [row for row in rows.values() if row]
    left_out = "".join(f"\nNot measured here: {wanted[name].case}.\n" for name, row in rows.items() if not row)
    result = f"{conditions(options.rounds)}\n{table(found)}{left_out}"
    print(f"\n{result}")
    if options.json:
        options.json.write_text(json.dumps(samples, indent=2) + "\n", encoding="utf-8")
    if not options.only and (options.incidents, options.small) == (LARGE, SMALL):
        write_between_marks(README, result)
        print("Written into benchmarks/README.md.")
    missed = [row for row in found if not row.reached]
    print(f"Reached: {len(found) - len(missed)} of {len(found)}.")
    if missed and options.check:
        sys.exit(1)


if __name__ == "__main__":
    main()
