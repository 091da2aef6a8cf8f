"""A site to write in, and commands that are typed there at a set time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from click.testing import CliRunner, Result

from mkdocs_incidents.cli import incidents

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COMPONENTS = """\
timezone: {zone}
components:
  - {{id: payouts, name: Payouts}}
  - {{id: card-payments, name: Card payments}}
"""


class Desk:
    """The folder of a site, and a clock that tests set."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, now: str, *, zone: str = "Africa/Lagos") -> None:
        self.path, self._monkeypatch, self._zone = path, monkeypatch, ZoneInfo(zone)
        (path / "incidents").mkdir()
        (path / "incidents" / "components.yml").write_text(COMPONENTS.format(zone=zone), encoding="utf-8")
        (path / "mkdocs.yml").write_text(
            "site_name: Example\nsite_url: https://status.example.com/\nplugins: [incidents]\n", encoding="utf-8"
        )
        monkeypatch.chdir(path)
        monkeypatch.setenv("NO_COLOR", "1")
        self.at(now)

    def at(self, now: str) -> None:
        """Set the clock to a time in the zone of the site."""
        seconds = datetime.fromisoformat(now).replace(tzinfo=self._zone).timestamp()
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))

    def type(self, *arguments: str) -> Result:
        return CliRunner().invoke(incidents, list(arguments))

    def done(self, *arguments: str) -> str:
        """The output of a command that has to succeed, after which all files pass a strict check."""
        result = self.type(*arguments)
        assert result.exit_code == 0, result.output
        checked = self.type("check", "--strict")
        assert checked.exit_code == 0, checked.output
        return result.output

    def refused(self, *arguments: str) -> str:
        """The sentence of a command that has to fail without a trace of it in the folder."""
        before = self.files()
        result = self.type(*arguments)
        assert result.exit_code in {1, 2}, result.output
        assert self.files() == before
        return result.output.splitlines()[-1]

    def files(self) -> dict[str, str]:
        """The texts of the incident files by their names without `.md`."""
        return {file.stem: file.read_text("utf-8") for file in sorted((self.path / "incidents").glob("*.md"))}

    def write(self, name: str, text: str) -> None:
        (self.path / "incidents" / f"{name}.md").write_text(text, encoding="utf-8")
