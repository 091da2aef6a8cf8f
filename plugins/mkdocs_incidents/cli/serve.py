"""`incidents serve`: the site in a browser while its files are written, by MkDocs or ProperDocs."""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING, Any

import click

from mkdocs_incidents.plugin.hosts import BuildFailedError, use_host_of

from .site import config_file_option, config_of_site, settings_of, theme_hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ADDRESS = "127.0.0.1:8000"
_HIGHEST_PORT = 65535


@click.command(
    short_help="Show the site in a browser, built again at every change.",
    epilog="Example: incidents serve --open",
)
@config_file_option
@click.option("-a", "--dev-addr", metavar="IP:PORT", help="Where to serve it.  [default: 127.0.0.1:8000]")
@click.option("-o", "--open", "opened", is_flag=True, help="Open it in the browser.")
def serve(config_file: Path | None, dev_addr: str | None, *, opened: bool) -> None:
    """Build the site, show it in a browser, and build it again whenever a file changes. Ends with Ctrl+C.

    While a file is wrong, the browser shows what is wrong, and the site again once it is mended. Nothing is published.
    """
    file = config_of_site(config_file)
    arguments = ["serve", "--config-file", str(file)]
    arguments += ["--dev-addr", dev_addr] if dev_addr else []
    arguments += ["--open"] if opened else []
    try:
        use_host_of(file)
    except BuildFailedError as error:
        raise click.ClickException(str(error)) from None
    _refuse_useless_address(dev_addr or settings_of(file).get("dev_addr") or _ADDRESS)
    _run_host(arguments, file)


def _refuse_useless_address(stated: Any) -> None:
    """End the command where nothing can be served at an address, which MkDocs finds out after the build only.

    Raises:
        click.ClickException: so it is; the message has an address that is free.
    """
    from mkdocs.config.base import ValidationError  # noqa: PLC0415  slow to import
    from mkdocs.config.config_options import IpAddress  # noqa: PLC0415  likewise

    try:
        host, port = IpAddress().run_validation(stated)
    except ValidationError:
        port = 0
    if not 0 < port <= _HIGHEST_PORT:
        raise click.UsageError(
            f"'{stated}' is no address to serve the site at; write one such as --dev-addr {_ADDRESS}"
        )
    try:
        _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = f"{f'[{host}]' if ':' in host else host}:{_free_port(host, port)}"
            message = f"{stated} is in use; end what is served there, or type it with --dev-addr {other}"
        else:
            reason = os.strerror(error.errno or 0)
            message = f"nothing can be served at {stated}: {reason}; type it with --dev-addr {_ADDRESS}"
        raise click.ClickException(message) from None


def _listen(host: str, port: int) -> int:
    """Listen at an address for a moment. Returns the port, which the system chooses for 0.

    Raises:
        OSError: that cannot be done.
    """
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as server:
        chosen: int = server.getsockname()[1]
        return chosen


def _free_port(host: str, taken: int) -> int:
    """One of the next ports that is free, else any that is."""
    for port in range(taken + 1, min(taken + 10, _HIGHEST_PORT + 1)):
        try:
            return _listen(host, port)
        except OSError:
            continue
    return _listen(host, 0)


def _run_host(arguments: Sequence[str], file: Path) -> None:
    """Run the command of MkDocs, or of what is imported by its name, in this process."""
    from mkdocs.__main__ import cli  # noqa: PLC0415  slow to import

    try:
        cli.main(args=list(arguments), prog_name="incidents")
    except SystemExit as end:
        if end.code and (hint := theme_hint(file)):
            raise click.ClickException(hint) from None
        raise
