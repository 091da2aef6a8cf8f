"""`incidents serve`: the site in a browser while its files are written, by MkDocs or ProperDocs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_incidents.plugin.hosts import BuildFailedError, use_host_of

from .site import config_of_site, theme_hint

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    short_help="Show the site in a browser, built again at every change.",
    epilog="Example: incidents serve --open",
)
@click.option(
    "-f",
    "--config-file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The mkdocs.yml of the site.  [default: the one here or above]",
)
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
    _run_host(arguments)


def _run_host(arguments: Sequence[str]) -> None:
    """Run the command of MkDocs, or of what is imported by its name, in this process."""
    from mkdocs.__main__ import cli  # noqa: PLC0415  slow to import

    try:
        cli.main(args=list(arguments), prog_name="incidents")
    except SystemExit as end:
        if end.code and (hint := theme_hint()):
            raise click.ClickException(hint) from None
        raise
