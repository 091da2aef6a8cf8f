"""Every neighbour with every host and theme: `make matrix`."""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

import click

from tests.browser.launching import chromium
from tests.neighbours import guide
from tests.neighbours.building import References
from tests.neighbours.environments import MATRIX, NAMES, PAIRS, NotInstalledError, fits, name_of, newest
from tests.neighbours.examining import examined, seen_in_browser
from tests.neighbours.neighbour import NONE, NeighbourFileError, Order, neighbours
from tests.neighbours.report import Verdict, faults, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.neighbours.building import Build
    from tests.neighbours.environments import Environment
    from tests.neighbours.neighbour import Neighbour

BUILT = MATRIX / "sites"
"""What was built last, with its logs."""


@click.command()
@click.argument("names", nargs=-1, metavar="[NEIGHBOUR]...")
@click.option("--environments", "chosen", help=f"Some of {', '.join(NAMES)}, separated by commas; all by default.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Builds at the same time.")
@click.option("--guide", "write_guide", is_flag=True, help="Write the table of the guide anew, and build nothing.")
def main(names: tuple[str, ...], chosen: str | None, jobs: int, *, write_guide: bool) -> None:
    """Build every neighbour before and behind us with every host and theme, and compare with the site without it."""
    try:
        known = {neighbour.name: neighbour for neighbour in [NONE, *neighbours()]}
    except NeighbourFileError as error:
        raise click.ClickException(str(error)) from None
    if write_guide:
        guide.write(known.values())
        return
    wanted = _chosen(names, known, "neighbour") or list(known)
    columns = _chosen(chosen.split(",") if chosen else [], NAMES, "environment") or list(NAMES)
    shutil.rmtree(BUILT, ignore_errors=True)
    verdicts = list(_run([known[name] for name in wanted], [*known.values()], columns, jobs))
    click.echo("\n" + table(verdicts, columns))
    wrong = [verdict for verdict in verdicts if verdict.wrong]
    for verdict in wrong:
        click.echo("\n" + faults(verdict))
    click.echo(f"\nThe sites, logs and faults are in {os.path.relpath(BUILT)}/")
    if wrong:
        sys.exit(1)


def _chosen(names: Iterable[str], known: Iterable[str], kind: str) -> list[str]:
    names = list(names)
    if strange := [name for name in names if name not in known]:
        raise click.UsageError(f"no {kind} is called {', '.join(strange)}; there are {', '.join(known)}")
    return names


def _run(wanted: list[Neighbour], all_of_them: list[Neighbour], columns: list[str], jobs: int) -> Iterator[Verdict]:
    """Build in the background, and look at each site once it is there."""
    tasks = list(_tasks(wanted, all_of_them, columns))
    references = References(BUILT / "references")
    with chromium() as browser, ThreadPoolExecutor(jobs) as pool:
        running = {
            pool.submit(_both_orders, environment, neighbour, references): (environment, neighbour)
            for environment, neighbour in tasks
        }
        for number, done in enumerate(as_completed(running), 1):
            environment, neighbour = running[done]
            found = {
                order: [*seen, *seen_in_browser(browser, built, neighbour)]
                for order, (built, seen) in done.result().items()
            }
            verdict = Verdict(neighbour, environment.name, found)
            _write(verdict)
            click.echo(f"[{number}/{len(tasks)}] {environment.name} {neighbour.name}: {verdict.cell}")
            yield verdict


def _tasks(
    wanted: list[Neighbour], all_of_them: list[Neighbour], columns: list[str]
) -> Iterator[tuple[Environment, Neighbour]]:
    """The environments are the same whichever neighbours are asked for, but those of ones that stand apart."""
    together = [neighbour for neighbour in all_of_them if not neighbour.apart]
    for host, theme in PAIRS:
        if name_of(host, theme) not in columns:
            continue
        here = [neighbour for neighbour in wanted if fits(neighbour, host, theme)]
        if any(not neighbour.apart for neighbour in here):
            shared = _made(host, theme, together)
            yield from ((shared, neighbour) for neighbour in here if not neighbour.apart)
        for neighbour in here:
            if neighbour.apart:
                yield _made(host, theme, [neighbour]), neighbour


def _made(host: str, theme: str, together: list[Neighbour]) -> Environment:
    apart = "".join(f" apart for {neighbour.name}" for neighbour in together if neighbour.apart)
    click.echo(f"The environment {name_of(host, theme)}{apart} …")
    try:
        return newest(host, theme, together)
    except NotInstalledError as error:
        raise click.ClickException(str(error)) from None


def _both_orders(
    environment: Environment, neighbour: Neighbour, references: References
) -> dict[Order, tuple[Build, list[str]]]:
    folder = BUILT / environment.name / neighbour.name
    return {order: examined(environment, neighbour, order, folder / order, references) for order in neighbour.orders}


def _write(verdict: Verdict) -> None:
    for order, found in verdict.faults.items():
        file = BUILT / verdict.environment / verdict.neighbour.name / order / "faults.txt"
        file.write_text("".join(f"{fault}\n" for fault in found), encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m tests.neighbours")
