"""How many keys an outage takes beside the words: told, three updates, resolved."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mkdocs_incidents.cli import incidents

from .shells import COMMAND, install, typed

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = """\
timezone: Africa/Lagos
components:
  - {id: authentication, name: Authentication}
  - {id: card-payments, name: Card payments}
  - {id: sms, name: Text messages}
"""
# The words are in braces, which are not typed. The last sentence of a message may be the promise of the next update.
WITHOUT_TAB = """\
incidents new "{Card payments fail}" -c card=maj -n 30m -m "{Card payments fail for everyone.}"
incidents update -s id -n 30m -m "{A faulty update is the cause. We take it back.}"
incidents update -s mo -n 30m -c card=deg -m "{Most payments go through again. Some take a minute.}"
incidents update -n 1h -m "{Nine in ten payments go through at once.}"
incidents resolve -m "{Card payments work again for everyone.}"
"""
# A space follows the name of the command: in a site bash takes it for the folder of that name, too.
WITH_TAB = """\
inc⇥ new "{Card payments fail}" -c c⇥m⇥-m"{Card payments fail for everyone. Next update by 15:10.}"
inc⇥ u⇥-s i⇥-m"{A faulty update is the cause. We take it back. Next update by 15:40.}"
inc⇥ u⇥-s m⇥-c ⇥d⇥-m"{Most payments go through again. Next update by 16:10.}"
inc⇥ u⇥-m"{Nine in ten payments go through at once. Next update by 17:00.}"
inc⇥ res⇥-m"{Card payments work again for everyone.}"
"""
WORDS = re.compile(r"\{([^}]*)\}")


def keys(lines: str) -> int:
    """The keys that are typed beside the words: a Tab is one, and so is Enter at the end of each line."""
    return len(WORDS.sub("", lines))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775482800")  # 2026-04-06 14:40 in Lagos
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents/components.yml").write_text(CATALOG)
    return tmp_path


def written(site: Path) -> str:
    return next((site / "incidents").glob("2026-*.md")).read_text()


def assert_complete(text: str) -> None:
    statuses = re.findall(r"status: (\w+)", text)
    assert statuses == ["investigating", "identified", "monitoring", "monitoring", "resolved"]
    assert re.findall(r"card-payments: (\w+)", text) == ["major_outage", "degraded_performance"]
    assert len(re.findall(r"next_update:|Next update by", text)) == 4


def test_an_outage_takes_at_most_180_keys_beside_its_words(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute, line in enumerate(WITHOUT_TAB.splitlines()):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1775482800 + 600 * minute))
        done = CliRunner().invoke(incidents, shlex.split(WORDS.sub(r"\1", line))[1:])
        assert done.exit_code == 0, done.output
    assert_complete(written(site))
    assert keys(WITHOUT_TAB) <= 180


def test_an_outage_takes_at_most_90_keys_beside_its_words_with_tab(site: Path) -> None:
    install(site, COMMAND)
    lines = []
    for minute, line in enumerate(WITH_TAB.splitlines()):
        lines += [f"export SOURCE_DATE_EPOCH={1775482800 + 600 * minute}", WORDS.sub(r"\1", line).replace("⇥", "\t")]
    shown = typed("bash", site, *lines, path=str(site / "bin"))
    assert "rror" not in shown
    assert_complete(written(site))
    assert keys(WITH_TAB) <= 90
