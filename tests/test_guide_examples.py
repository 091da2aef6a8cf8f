"""What the guide shows of the command is what the command prints.

A block of the guide with an instant as its title is run: ```` ```console title="2026-04-06 14:36" ````. The commands of
one page are run one after the other in a new site of their own. To write the output anew after a change of the
command: `python tests/test_guide_examples.py`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from contextlib import chdir
from datetime import datetime
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from mkdocs_incidents.cli import incidents

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
PAGES = ("outage", "command")
ZONE = ZoneInfo("Africa/Lagos")
BLOCK = re.compile(
    r'^(?P<head>```console title="(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d)"\n)(?P<shown>.*?)^```$', re.MULTILINE | re.DOTALL
)
SITE = (
    'init . --name "Harmattan status" --url https://status.harmattan.example/ --timezone Africa/Lagos '
    '--component "Card payments" --component "Sign-in" --component Payouts --yes'
)


def printed(command: str, at: datetime) -> str:
    """What a command prints at an instant, errors included."""
    with patch.dict(os.environ, SOURCE_DATE_EPOCH=f"{at.timestamp():.0f}", NO_COLOR="1", COLUMNS="100"):
        result = CliRunner().invoke(incidents, shlex.split(command), prog_name="incidents")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


def as_run(block: re.Match[str]) -> str:
    """A block with what its commands print now."""
    at = datetime.fromisoformat(block["at"]).replace(tzinfo=ZONE)
    shown = ""
    for line in re.findall(r"^\$ incidents ((?:.*\\\n)*.*\n)", block["shown"], re.MULTILINE):
        shown += f"$ incidents {line}" + printed(line.replace("\\\n", " "), at)
    return f"{block['head']}{shown}```"


def page_as_run(name: str, folder: Path) -> str:
    """A page of the guide with what its commands print now, run in a folder."""
    text = (GUIDE / f"{name}.md").read_text(encoding="utf-8")
    with chdir(folder):
        subprocess.run(["git", "init", "--quiet"], check=True)  # noqa: S607  git is found where the user has it
        printed(SITE, datetime(2026, 1, 1, tzinfo=ZONE))
        return BLOCK.sub(as_run, text)


@pytest.mark.parametrize("name", PAGES)
def test_the_guide_shows_what_the_command_prints(name: str, tmp_path: Path) -> None:
    assert page_as_run(name, tmp_path) == (GUIDE / f"{name}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as new:
            (GUIDE / f"{page}.md").write_text(page_as_run(page, Path(new)), encoding="utf-8")
