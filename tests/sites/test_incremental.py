"""A build that keeps what has not changed has the same result as one that builds everything, byte by byte."""

from __future__ import annotations

import logging
import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_incidents.plugin import plugin
from mkdocs_incidents.plugin.incremental import fingerprint
from tests.sites.building import Site, tree
from tests.sites.random_sites import RandomSite

if TYPE_CHECKING:
    from datetime import datetime

ROUNDS = int(os.environ.get("INCREMENTAL_ROUNDS", "30"))
SEED = int(os.environ.get("INCREMENTAL_SEED", "1"))
CHANGES_OF_ONE_SITE = 10
_OF_A_RUN = ("Cleaning site", "Building documentation", "Every page is", "Documentation built")


class Log(logging.Handler):
    """What a build tells, but for what it tells of itself; in no order."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.told: Counter[tuple[str, str]] = Counter()
        self.kept = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.partition("incidents: ")[2].startswith(_OF_A_RUN) and not message.startswith(_OF_A_RUN):
            if "as they were" in message:
                self.kept = int(message.rpartition("incidents: ")[2].split()[0])
            else:
                self.told[record.levelname, message] += 1


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
    except BaseException as error:
        if not isinstance(error, (SystemExit,)) and type(error).__name__ != "PluginError":
            raise
        return str(error)
    finally:
        logger.removeHandler(log)
        logger.setLevel(level)
    return log


def spoil(site: Site, random: Random) -> str:
    """Do something to the cache or to the folder of the site, or nothing."""
    cache = site.folder / ".cache/plugin/incidents/build"
    output = site.folder / "site"
    files = [path for path in sorted(output.rglob("*")) if path.is_file()]
    kept = [path for path in sorted(cache.rglob("*")) if path.is_file()]
    what = random.choice(
        ["", "", "", "", "", "cache", "known", "flip", "kept", "edit", "cut", "delete", "add", "rmdir", "same"]
    )
    if what == "cache":
        shutil.rmtree(cache, ignore_errors=True)
    elif what == "known" and (cache / "pages.msgpack").exists():
        os.truncate(cache / "pages.msgpack", random.randint(0, 3000))
    elif what == "flip" and (cache / "pages.msgpack").exists():
        _flip(cache / "pages.msgpack", random)
    elif what == "kept" and kept:
        path = random.choice(kept)
        random.choice([path.unlink, lambda: _flip(path, random), lambda: os.truncate(path, 3)])()
    elif what == "edit" and files:
        for path in random.sample(files, min(9, len(files))):
            path.write_bytes(path.read_bytes() + b"x")
    elif what == "cut" and files:
        os.truncate(random.choice(files), 2)
    elif what == "same" and files:
        for path in random.sample(files, min(30, len(files))):
            _flip(path, random)
    elif what == "delete" and files:
        for path in random.sample(files, min(20, len(files))):
            path.unlink()
    elif what == "add":
        (output / "stranger").mkdir(parents=True, exist_ok=True)
        (output / "stranger" / "file.html").write_text("x")
        (output / "incidents" / "stranger.html").parent.mkdir(exist_ok=True)
        (output / "incidents" / "stranger.html").write_text("x")
    elif what == "rmdir":
        shutil.rmtree(output, ignore_errors=True)
    return what


def _flip(path: Path, random: Random) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
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
    told, all_told = kept.told, full.told
    assert not differing, f"{history}: {[(path, path in new, path in expected) for path in differing[:20]]}"
    assert told == all_told, f"{history}: only kept {told - all_told}, only full {all_told - told}"
    history[-1] += f" kept {kept.kept}"
    return True


@pytest.mark.parametrize("chain", range(-(-ROUNDS // CHANGES_OF_ONE_SITE)))
def test_what_is_kept_is_what_a_full_build_writes(site: Site, chain: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(SEED * 1000 + chain)
    history = ["first"]
    made = RandomSite(site, random)
    made.write()
    while not compare(site, made, history):
        made = RandomSite(site, random)
        made.write()
    for _ in range(CHANGES_OF_ONE_SITE):
        history.append(f"{made.change()} {spoil(site, random)} {made.now:%m-%d %H:%M:%S}")
        if random.random() < 0.05:
            version = random.randbytes(4)
            monkeypatch.setattr(fingerprint, "versions", lambda version=version: version)
            history[-1] += " version"
        if not compare(site, made, history):
            history[-1] += " refused"
            made.undo()
    assert "kept" in str(history)
    print("\n".join(history))
