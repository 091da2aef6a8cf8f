"""What is measured in each round: every method adds to the samples, in the unit that its name ends in.

The large site is edited like a status page during an outage. Before each of its builds an open incident gets an
update; the clock is that of the machine.
"""

from __future__ import annotations

import pstats
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from .processes import INCIDENTS, MKDOCS, environment, run
from .sites import (
    append_update,
    changed_files,
    checked_out,
    file_states,
    open_incidents,
    restore_cache,
    write_empty_site,
    write_hugo_site,
    write_incidents,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

    from .processes import Run

BUILD = (*MKDOCS, "build", "-q")
TAKES = 3
"""How often a round measures what takes a second, in turn with its rival."""
SELDOM, OFTEN = 0.5, 0.02
"""Seconds between two samples of the memory: where the time of the same run counts, and where it does not."""
SERVE_LIMIT = 600
"""Seconds until a page is given up that `mkdocs serve` should have."""


class Measures:
    """The sites in one folder, and the samples of all rounds."""

    def __init__(
        self, folder: Path, corpus: ModuleType, *, counts: dict[str, int], hugo: str | None, pause: float
    ) -> None:
        self.folder, self.corpus, self.hugo, self.pause = folder, corpus, hugo, pause
        self.counts = counts
        self.samples: dict[str, list[float]] = defaultdict(list)
        self.env = environment(folder / "bytecode")
        self._updates = 0
        self._large_built_at = 0.0

    @property
    def by_name(self) -> dict[str, Callable[[], None]]:
        """All that a round consists of, in this order."""
        every = (
            *(self.cold_small, self.pages, self.hugo_site, self.cold_large, self.search_index, self.updates),
            *(self.checkout, self.checks, self.serve, self.status_page, self.changes),
        )
        return {measure.__name__: measure for measure in every}

    # The sites, each written when it is first needed.

    @cached_property
    def empty(self) -> Path:
        """Material with search and one page, built."""
        write_empty_site(self.folder / "empty")
        run(BUILD, self.folder / "empty", self.env)
        return self.folder / "empty"

    @cached_property
    def small(self) -> Path:
        """The smaller site of incidents."""
        return self._incidents("small")

    @cached_property
    def _large_sources(self) -> Path:
        return self._incidents("large")

    @property
    def large(self) -> Path:
        """The larger site of incidents, built."""
        if not (self._large_sources / "site").exists():
            self._build_large_cold()
        return self._large_sources

    @cached_property
    def published(self) -> Path:
        """A copy of the large site, published into the folder `live` beside its sources by `incidents build`."""
        target = self.folder / "published"
        checked_out(self.large, target)
        restore_cache(self.large, target)
        self._publish(target)
        return target

    @cached_property
    def checked(self) -> Path:
        """A copy of the large site that is only checked."""
        checked_out(self.large, self.folder / "checked")
        return self.folder / "checked"

    def _incidents(self, size: str) -> Path:
        """A site of incidents, after a tiny one has been built, so that no figure contains compiling the modules."""
        tiny = self.folder / "tiny"
        if not tiny.exists():
            write_incidents(self.corpus, 10, tiny)
            run(BUILD, tiny, self.env)
            run((*INCIDENTS, "check"), tiny, self.env)
            self._publish(tiny)
        write_incidents(self.corpus, self.counts[size], self.folder / size)
        return self.folder / size

    # One method for each part of a round.

    def cold_small(self) -> None:
        """The small site from nothing."""
        remove(self.small, "site", ".cache")
        self._note("cold_small_s", run(BUILD, self.small, self.env).seconds)

    @cached_property
    def _pages(self) -> Path:
        self.corpus.write_site("pages", self.counts["small"], self.folder / "pages")
        self.empty  # noqa: B018  its first build compiles the modules
        return self.folder / "pages"

    def pages(self) -> None:
        """As many plain pages of Material with the same text, with search and outside the navigation."""
        remove(self._pages, "site", ".cache")
        self._note("pages_s", run(BUILD, self._pages, self.env).seconds)

    @cached_property
    def _hugo(self) -> Path:
        write_hugo_site(self.corpus, self.counts["large"], self.folder / "hugo")
        return self.folder / "hugo"

    def hugo_site(self) -> None:
        """The text of the large site by Hugo, where there is one."""
        if self.hugo:
            remove(self._hugo, "public", "resources")
            self._note("hugo_s", run((self.hugo, "--quiet"), self._hugo, self.env).seconds)

    def cold_large(self) -> None:
        """The large site from nothing, with its memory."""
        done = self._build_large_cold()
        self._note("cold_large_s", done.seconds)
        self._note("cold_large_mib", done.peak_mib)

    def search_index(self) -> None:
        """The search index of the large site."""
        self._note("search_index_mb", (self.large / "site/search/search_index.json").stat().st_size / 1e6)

    def updates(self) -> None:
        """One update, built in the same folder and published, both in turn with an empty site."""
        empty, large, published = self.empty, self.large, self.published
        for _ in range(TAKES):
            self._note("empty_s", run(BUILD, empty, self.env).seconds)
            self._update(large)
            self._note("update_s", self._build_large().seconds)
            self._update(published)
            self._note("publish_s", self._publish(published).seconds)

    def checkout(self) -> None:
        """One update in a new checkout with the cache restored, and copying its output."""
        target = self.folder / "checkout"
        checked_out(self.large, target)
        restore_cache(self.large, target)
        self._update(target)
        self._note("checkout_s", run(BUILD, target, self.env).seconds)
        copied = run(("/bin/cp", "-r", "site", "copy-of-site"), target, self.env)
        self._note("copy_s", copied.seconds)
        shutil.rmtree(target)

    def checks(self) -> None:
        """`incidents check` of the large site, without and with what it remembers."""
        remove(self.checked, ".cache")
        check = (*INCIDENTS, "check")
        self._note("check_cold_s", run(check, self.checked, self.env).seconds)
        for _ in range(TAKES):
            self._note("check_warm_s", run(check, self.checked, self.env).seconds)

    def serve(self) -> None:
        """From saving an incident file of the small site to its page with the new text."""
        edited = open_incidents(self.small)[0]
        with serving(self.small, self.env) as address:
            page = f"{address}/incidents/{edited.stem}/"
            wait_for(page, "</html>")
            for _ in range(TAKES):
                time.sleep(2)  # nobody saves again while the change before is still being built
                message = self._update(edited)
                began = time.perf_counter()
                wait_for(page, message)
                self._note("serve_s", time.perf_counter() - began)

    def status_page(self) -> None:
        """Everything that the status page of the large site loads, in a browser where there is one."""
        from .browser import loaded_by  # noqa: PLC0415  only where there is a browser

        loaded = loaded_by(self.large / "site")
        if loaded is not None:
            self._note("status_page_kb", sum(loaded.values()) / 1024)
            self._note("search_requests", sum(path.startswith("search/") for path in loaded))

    def changes(self) -> None:
        """The files that one update changes minutes after the last build, and the memory that its build needs."""
        site = self.large / "site"
        time.sleep(max(0.0, self._large_built_at + self.pause - time.monotonic()))
        before = file_states(site)
        self._update(self.large)
        self._note("update_mib", self._build_large(sampled_every=OFTEN).peak_mib)
        changed, only_time = changed_files(before, file_states(site))
        self._note("changed_files", len(changed) + len(only_time))
        self._note("only_time_files", len(only_time))
        listed = "\n".join(("other bytes:", *changed, "only another time:", *only_time))
        (self.folder / "changed-files.txt").write_text(f"{listed}\n", encoding="utf-8")

    def profile(self, target: Path) -> None:
        """Write what the build of one update spends its time on: the 25 functions with most time of their own."""
        self._update(self.large)
        raw = self.folder / "profile"
        run((BUILD[0], "-m", "cProfile", "-o", str(raw), *BUILD[1:]), self.large, self.env)
        with target.open("w", encoding="utf-8") as file:
            pstats.Stats(str(raw), stream=file).strip_dirs().sort_stats("tottime").print_stats(25)

    # What several of them do.

    def _note(self, name: str, value: float) -> None:
        self.samples[name].append(value)
        print(f"  {name}: {value:.2f}", flush=True)

    def _update(self, place: Path) -> str:
        """Append an update to an incident file, or to the next open incident of a site. Returns its text."""
        self._updates += 1
        if place.is_dir():
            found = open_incidents(place)
            place = found[self._updates % len(found)]
        return append_update(place, self._updates)

    def _build_large(self, sampled_every: float | None = None) -> Run:
        done = run(BUILD, self._large_sources, self.env, sampled_every=sampled_every)
        self._large_built_at = time.monotonic()
        return done

    def _build_large_cold(self) -> Run:
        remove(self._large_sources, "site", ".cache")
        return self._build_large(sampled_every=SELDOM)

    def _publish(self, site: Path) -> Run:
        return run((*INCIDENTS, "build", "--to", str(site / "live")), site, self.env)


def remove(site: Path, *folders: str) -> None:
    """Remove what builds have left in a site."""
    for folder in folders:
        shutil.rmtree(site / folder, ignore_errors=True)


@contextmanager
def serving(site: Path, env: dict[str, str]) -> Iterator[str]:
    """`mkdocs serve` while the context lasts; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: Sequence[str] = (*MKDOCS, "serve", "-q", "--dev-addr", f"127.0.0.1:{port}")
    process = subprocess.Popen(command, cwd=site, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def wait_for(address: str, text: str) -> None:
    """Ask for a page until it has a text. Raises `TimeoutError` after ten minutes."""
    until = time.monotonic() + SERVE_LIMIT
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=SERVE_LIMIT) as answer:  # noqa: S310  our own server
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)  # it builds for the first time
        time.sleep(0.01)
    raise TimeoutError(f"{address} still has no “{text}”")
