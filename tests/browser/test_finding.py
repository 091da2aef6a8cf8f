"""A test run finds its browser by itself, or says in one line why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import finding

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "/nowhere/chrome"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which nothing is installed, and nothing can be."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(finding, "_is_debian", lambda: False)
    return tmp_path


def test_the_browser_of_the_system_comes_first(bare: Path) -> None:
    chrome = bare / "google-chrome"
    chrome.write_text("")
    chrome.chmod(0o755)
    assert finding.browser(__file__) == str(chrome)


def test_the_browser_of_playwright_comes_next() -> None:
    assert finding.browser(__file__) == __file__


def test_without_a_browser_the_tests_are_skipped_with_one_line() -> None:
    with pytest.raises(pytest.skip.Exception, match="apt install chromium") as skipped:
        finding.browser(NOWHERE)
    assert "\n" not in str(skipped.value)


def test_in_ci_a_missing_browser_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        finding.browser(NOWHERE)


def test_on_debian_root_installs_the_browser(monkeypatch: pytest.MonkeyPatch, bare: Path) -> None:
    monkeypatch.setattr(finding, "_is_debian", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    for name, does in {"apt-get": "exit 1", "flock": f": >{bare}/chromium; chmod +x {bare}/chromium"}.items():
        (bare / name).write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{does}\n")
        (bare / name).chmod(0o755)
    assert finding.browser(NOWHERE) == str(bare / "chromium")


def test_without_nginx_its_tests_are_skipped_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_nginx", lambda: None)
    with pytest.raises(pytest.skip.Exception, match="apt install nginx-light"):
        finding.nginx()
