"""Tab in a real bash, zsh and fish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .shells import install, typed

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = """\
timezone: Africa/Lagos
components:
  - {id: authentication, name: Authentication}
  - {id: card-payments, name: Card payments}
  - {id: card-readers, name: Card readers}
"""
INCIDENT = """\
---
title: {title}
started: {day} 14:30
components: {{card-payments: major_outage}}
updates:
  - at: {day} 14:40
    status: {status}
    message: Card payments fail.
---
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents/components.yml").write_text(CATALOG)
    for day, name, status in (
        ("2026-04-06", "card-payments-failed", "investigating"),
        ("2026-03-02", "sign-in-failed", "resolved"),
        ("2026-02-02", "sign-in-slow", "resolved"),
    ):
        text = INCIDENT.format(title=name.replace("-", " ").capitalize(), day=day, status=status)
        (tmp_path / f"incidents/{day}-{name}.md").write_text(text)
    install(tmp_path)
    return tmp_path


def test_bash_completes_incidents_by_a_part_and_components_behind_an_equals_sign(site: Path) -> None:
    shown = typed(
        "bash",
        site,
        "incidents resol\tpaym\t",
        "incidents show slow\t",
        "incidents new Broken -c au\tmaj\t",
        "incidents new Broken -c authentication=par\t",
        "incidents new 'Sign in' --component=au\tdeg\t",
        'incidents new Broken -c "authentication=ok\t',
        "incidents new Broken -F scr\t",
    )
    assert "<resolve|2026-04-06-card-payments-failed|>" in shown
    assert "<show|2026-02-02-sign-in-slow|>" in shown
    assert "<new|Broken|-c|authentication=major|>" in shown
    assert "<new|Broken|-c|authentication=partial|>" in shown
    assert "<new|Sign in|--component=authentication=degraded|>" in shown
    assert "<new|Broken|-c|authentication=ok|>" in shown
    assert "<new|Broken|-F|script|>" in shown


def test_bash_lists_several_and_keeps_what_is_typed(site: Path) -> None:
    shown = typed("bash", site, "incidents show sign\t\t")
    assert "2026-03-02-sign-in-failed" in shown
    assert "2026-02-02-sign-in-slow" in shown
    assert "<show|sign|>" in shown


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_complete_as_bash_does(shell: str, site: Path) -> None:
    shown = typed(shell, site, "incidents resol\tpaym\t", "incidents new Broken --component=au\tmaj\t")
    assert "<resolve|2026-04-06-card-payments-failed|>" in shown
    assert "<new|Broken|--component=authentication=major|>" in shown


def test_outside_of_a_site_nothing_is_offered_and_nothing_printed(site: Path) -> None:
    (site / "incidents").rename(site / "elsewhere")
    shown = typed("bash", site, "incidents update \t", "incidents new Broken -c \t", "incidents nothing --so \t")
    assert "<update|>" in shown
    assert "<new|Broken|-c|>" in shown
    assert "<nothing|--so|>" in shown
    assert "rror" not in shown
