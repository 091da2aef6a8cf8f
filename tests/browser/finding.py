"""Finding a Chromium: the system's, else Playwright's own, else the one that Debian can install."""

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
_INSTALL = "command -v chromium || (apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium)"


def browser(playwrights_own: str) -> str:
    """The path of a browser; a test run without one ends here, in CI as a failure."""
    return _system() or _there(playwrights_own) or (_installed() and _system()) or _none()


def _system() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _there(path: str) -> str | None:
    return path if Path(path).is_file() else None


def _installed() -> bool:
    if not (_is_debian() and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    lock = Path("/var/lock/mkdocs-incidents-chromium")
    done = subprocess.run(
        ["flock", str(lock), "sh", "-c", _INSTALL],  # noqa: S607
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


def _none() -> NoReturn:
    message = "no Chromium or Chrome was found; to see the pages in a browser: apt install chromium"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
