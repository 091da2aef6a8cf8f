"""A build that keeps what has not changed has the same result as one that builds everything, byte by byte."""

from __future__ import annotations

import logging
import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from mkdocs_incidents.plugin import plugin
from mkdocs_incidents.plugin.incremental import fingerprint
from mkdocs_incidents.plugin.incremental.build import _ListedPage
from tests.makers import at
from tests.sites.building import Site, front, tree, update_at
from tests.sites.random_sites import RandomSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

ROUNDS = int(os.environ.get("INCREMENTAL_ROUNDS", "30"))
SEED = int(os.environ.get("INCREMENTAL_SEED", "1"))
CHANGES_OF_ONE_SITE = 10
STATE_THE_TIME = {
    *("404.html", "index.html", "index.md", "metrics", "now.json", "status.txt", "assets/incidents/preview/status.png"),
    *("promises.json", "promises.md", "promises/index.html"),
    *("uptime.csv", "uptime.json", "uptime.md", "uptime/index.html"),
}
_OF_A_RUN = ("Cleaning site", "Building documentation", "Every page is", "Documentation built")


class Log(logging.Handler):
    """What a build logs, but for what it logs of itself; in no order."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: Counter[tuple[str, str]] = Counter()
        self.kept = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.partition("incidents: ")[2].startswith(_OF_A_RUN) and not message.startswith(_OF_A_RUN):
            if "as they were" in message:
                self.kept = int(message.rpartition("incidents: ")[2].split()[0])
            else:
                self.messages[record.levelname, message] += 1


def built(site: Site, now: datetime, into: str, *, fully: bool = False) -> Log | str:
    """Build a site, and return the log; the error where MkDocs refused to."""
    log, logger = Log(), logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(log)
    logger.setLevel(logging.INFO)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
            patch.chdir(site.folder)
            if fully:
                patch.setattr(plugin, "why_not", lambda *_, **__: "a test wants it")
            config = load_config(str(site.configured()), site_dir=str(site.folder / into))
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
    except (Abort, PluginError) as error:
        return str(error)
    finally:
        logger.removeHandler(log)
        logger.setLevel(level)
    return log


class Damage:
    """What may happen to the cache and to the folder of a site between two builds."""

    def __init__(self, site: Site, random: Random) -> None:
        self._random = random
        self._cache = site.folder / ".cache/plugin/incidents/build"
        self._output = site.folder / "site"

    def happens(self) -> str:
        """Something of it, mostly nothing; returns what."""
        damage: list[Callable[[], None]] = [
            *(self.lose_the_cache, self.truncate_the_cache, self.change_the_cache, self.spoil_a_kept_file),
            *(
                self.edit_files,
                self.change_bits,
                self.truncate_a_file,
                self.delete_files,
                self.add_files,
                self.lose_all,
            ),
        ]
        if self._random.random() < 0.7:
            return ""
        chosen = self._random.choice(damage)
        chosen()
        return chosen.__name__

    def lose_the_cache(self) -> None:
        shutil.rmtree(self._cache, ignore_errors=True)

    def truncate_the_cache(self) -> None:
        for path in self._some(self._cache.glob("*.msgpack")):
            os.truncate(path, self._random.randint(0, 3000))

    def change_the_cache(self) -> None:
        for path in self._some(self._cache.glob("*.msgpack")):
            self._change_a_bit(path)

    def spoil_a_kept_file(self) -> None:
        for path in self._some(self._cache.glob("files/*/*")):
            change = self._random.choice((Path.unlink, self._change_a_bit, lambda path: os.truncate(path, 3)))
            change(path)

    def edit_files(self) -> None:
        for path in self._some(self._output.rglob("*"), 9):
            path.write_bytes(path.read_bytes() + b"x")

    def change_bits(self) -> None:
        for path in self._some(self._output.rglob("*"), 30):
            self._change_a_bit(path)

    def truncate_a_file(self) -> None:
        for path in self._some(self._output.rglob("*")):
            os.truncate(path, 2)

    def delete_files(self) -> None:
        for path in self._some(self._output.rglob("*"), 20):
            path.unlink()

    def add_files(self) -> None:
        for path in ("stranger/file.html", "incidents/file.html"):
            (self._output / path).parent.mkdir(parents=True, exist_ok=True)
            (self._output / path).write_text("x")

    def lose_all(self) -> None:
        shutil.rmtree(self._output, ignore_errors=True)

    def _some(self, paths: Iterable[Path], count: int = 1) -> list[Path]:
        files = sorted(path for path in paths if path.is_file())
        return self._random.sample(files, min(count, len(files)))

    def _change_a_bit(self, path: Path) -> None:
        content = bytearray(path.read_bytes())
        if content:
            content[self._random.randrange(len(content))] ^= 1 << self._random.randrange(8)
            with path.open("r+b") as file:
                file.write(content)


def compare(site: Site, made: RandomSite, history: list[str]) -> bool:
    """Build incrementally and fully; whether both were possible."""
    shutil.rmtree(site.folder / "full", ignore_errors=True)
    kept = built(site, made.now, "site")
    full = built(site, made.now, "full", fully=True)
    if isinstance(kept, str) or isinstance(full, str):
        assert kept == full, history
        return False
    new, expected = tree(site.folder / "site"), tree(site.folder / "full")
    differing = sorted(path for path in {*new, *expected} if new.get(path) != expected.get(path))
    logged, expected_log = kept.messages, full.messages
    assert not differing, f"{history}: {[(path, path in new, path in expected) for path in differing[:20]]}"
    assert logged == expected_log, f"{history}: only kept {logged - expected_log}, only full {expected_log - logged}"
    history[-1] += f" kept {kept.kept}"
    return True


POSTMORTEM = {"published": "2026-05-05"}


def end_of_an_announcement(site: Site) -> str:
    """An announcement that is not pinned is over at once; its end is known later."""
    end = "2026-06-15 12:20"
    facts: dict[str, Any] = {"components": None, "impact": "none", "resolved": end, "started": "2026-06-15 09:00"}
    updates = [update_at("2026-06-15 09:00", "identified")]
    site.write("incidents/2026-06-15-a.md", front(updates=updates, **facts))
    return "incidents/2026-06-15-a.md"


def link_to_a_file_that_comes(site: Site) -> str:
    """A link in a postmortem leads to the file as soon as there is one; feeds of components have the link, too."""
    site.write("incidents/2026-05-04-a.md", front("## Root cause\n\n[R](../r.pdf)", postmortem=POSTMORTEM))
    return "docs/r.pdf"


LINKS_TO_ANCHORS = "## Root cause\n\n[A](2026-05-03-b.md#none) [B](#gone) [C](2026-05-04-a.md#lost)"


def anchor_of_a_page_that_is_kept(site: Site) -> str:
    """What is logged of a link to an anchor is logged each time."""
    site.write("incidents/2026-05-04-a.md", front(LINKS_TO_ANCHORS, postmortem=POSTMORTEM))
    site.write("incidents/2026-05-03-b.md", front(started="2026-05-03 10:00"))
    return ""


def pages_in_the_navigation(site: Site) -> str:
    """Pages that are named in the navigation show where they are in it."""
    site.write("incidents/2026-05-04-a.md", front())
    site.settings["nav"] = ["index.md", {"Web": "components/web.md"}, {"May": "history/2026/05.md"}]
    return ""


def time_of_the_build(site: Site) -> str:
    """A template of the site may show the time of the build."""
    site.write("incidents/2026-05-04-a.md", front())
    site.settings["theme"]["custom_dir"] = "overrides"
    site.write("overrides/main.html", '{% extends "base.html" %}{% block announce %}{{ build_date_utc }}{% endblock %}')
    return ""


@pytest.mark.parametrize(
    "situation",
    [
        *(end_of_an_announcement, link_to_a_file_that_comes, anchor_of_a_page_that_is_kept),
        *(pages_in_the_navigation, time_of_the_build),
    ],
)
def test_what_a_page_depends_on_beside_its_file(site: Site, situation: Callable[[Site], str]) -> None:
    comes_later = situation(site)
    built(site, at("2026-06-15 12:00"), "site")
    if comes_later.startswith("docs/"):
        site.write(comes_later, b"x")
    kept, full = built(site, at("2026-06-15 12:30"), "site"), built(site, at("2026-06-15 12:30"), "full", fully=True)
    assert not isinstance(kept, str)
    assert not isinstance(full, str)
    assert tree(site.folder / "site") == tree(site.folder / "full")
    assert kept.messages == full.messages


def test_a_notice_loses_its_own_image_and_its_own_feeds_when_their_time_is_over(site: Site) -> None:
    site.write("incidents/2026-05-04-a.md", front())
    site.write("incidents/2026-05-03-b.md", front(started="2026-05-03 10:00"))
    left = []
    for day in ("2026-05-17", "2026-05-18", "2026-05-19", "2026-08-01", "2026-08-02", "2026-08-03"):
        log = built(site, at(f"{day} 12:00"), "site")
        built(site, at(f"{day} 12:00"), "full", fully=True)
        assert not isinstance(log, str)
        assert tree(site.folder / "site") == tree(site.folder / "full")
        names = [path.name for path in (site.folder / "site/incidents/2026-05-04-a").iterdir()]
        left.append(({"preview.png", "feed.xml", "calendar.ics"} & set(names), log.kept > 0))
    feeds = {"feed.xml", "calendar.ics"}
    assert [files for files, _ in left] == [{*feeds, "preview.png"}] * 2 + [feeds] * 3 + [set()]
    assert [kept for _, kept in left] == [False, True, False, True, True, True], "both pages lose it on the third day"


@pytest.mark.parametrize("chain", range(-(-ROUNDS // CHANGES_OF_ONE_SITE)))
def test_what_is_kept_is_what_a_full_build_writes(site: Site, chain: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(SEED * 1000 + chain)  # noqa: S311  the same each time
    history = ["first"]
    made = RandomSite(site, random)
    made.write()
    while not compare(site, made, history):
        made = RandomSite(site, random)
        made.write()
    for _ in range(CHANGES_OF_ONE_SITE):
        history.append(f"{made.change()} {Damage(site, random).happens()} {made.now:%m-%d %H:%M:%S}")
        if random.random() < 0.05:
            version = random.randbytes(4)
            monkeypatch.setattr(fingerprint, "versions", lambda version=version: version)
            history[-1] += " version"
        if not compare(site, made, history):
            history[-1] += " refused"
            made.undo()


def test_within_a_day_the_time_alone_builds_no_page_again(site: Site) -> None:
    site.write("incidents/2026-05-04-a.md", front(updates=[update_at("2026-05-04 11:00", "resolved")]))
    logs = [built(site, at(f"2026-06-15 {time}"), "site") for time in ("12:00", "12:00", "12:02", "23:59")]
    kept = [log.kept for log in logs if isinstance(log, Log)]
    assert kept[0] == 0 < kept[1]
    assert kept[1] == kept[2] == kept[3]


def test_after_two_minutes_only_what_states_the_time_changes(site: Site) -> None:
    site.settings["markdown_extensions"] = ["footnotes"]
    for month in (3, 4, 5):
        started = f"2026-0{month}-04 10:00"
        updates = [
            update_at(f"2026-0{month}-04 10:05", "investigating"),
            update_at(f"2026-0{month}-04 11:00", "resolved"),
        ]
        site.write(f"incidents/2026-0{month}-04-a.md", front("## Root cause\n\nA.", started=started, updates=updates))
    site.write("docs/guide.md", "# Guide\n")
    first = site.build("2026-06-15 12:00")
    before = {path: (first.folder / path).stat() for path in first.files}
    second = site.build("2026-06-15 12:02")
    changed = {path for path in second.files if second.files[path] != first.files.get(path)}
    assert changed == STATE_THE_TIME
    for path in second.files.keys() - changed:
        now = (second.folder / path).stat()
        assert (now.st_mtime_ns, now.st_ino) == (before[path].st_mtime_ns, before[path].st_ino), path


def test_a_list_of_pages_may_ask_for_the_front_matter_of_each() -> None:
    page = _ListedPage("https://status.example.org/", "2026-06-15")
    asked = "{{ page.meta.document_dates.dates if page.meta.document_dates }}{{ page.meta.priority }}"
    assert Template(asked).render(page=page) == ""
