"""Finding the programs that tests need: a Chromium of the system or of Playwright, nginx; else Debian installs them."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
)
# Every worker may come here at once: the first installs, the others wait for it and find it done.
_INSTALL = 'command -v "$0" || (apt-get -qq update && apt-get -qq install --yes --no-install-recommends "$1")'


def browser(playwrights_own: str) -> str:
    """The path of a browser; a test run without one ends here, in CI as a failure."""
    return (
        _system()
        or _there(playwrights_own)
        or (_installed("chromium") and _system())
        or _none("no Chromium or Chrome was found; to see the pages in a browser: apt install chromium")
    )


def nginx() -> str:
    """The path of nginx; a test run without it ends here, in CI as a failure."""
    return (
        _nginx()
        or (_installed("nginx", "nginx-light") and _nginx())
        or _none("nginx was not found; to test how it serves a site: apt install nginx-light")
    )


def _nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")  # not in the path of every user


def _system() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _there(path: str) -> str | None:
    return path if Path(path).is_file() else None


def _installed(program: str, package: str = "") -> bool:
    if not (_is_debian() and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    lock = Path(f"/var/lock/mkdocs-incidents-{program}")
    done = subprocess.run(
        ["flock", str(lock), "sh", "-c", _INSTALL, program, package or program],  # noqa: S607
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _none(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
