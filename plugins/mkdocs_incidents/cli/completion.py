"""`incidents completion`: the scripts with which bash, zsh and fish ask what Tab offers."""

from __future__ import annotations

import sys
from importlib.resources import files

import click

_INSTALLED_BY = {
    "bash": ("~/.bashrc", 'eval "$(incidents completion bash)"'),
    "zsh": ("~/.zshrc, below compinit", 'eval "$(incidents completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "incidents completion fish | source"),
}
"""By shell the file and the line to add to it."""


@click.command(
    short_help="Complete what is typed with Tab: bash, zsh, fish.",
    epilog="Example: incidents completion bash",
)
@click.argument("shell", type=click.Choice(list(_INSTALLED_BY)))
def completion(shell: str) -> None:
    """Print the script with which Tab completes in SHELL.

    It completes commands, options, incidents, components and states, and changes no file. Add one line to the settings
    of your shell:

    \b
      ~/.bashrc                   eval "$(incidents completion bash)"
      ~/.zshrc, below compinit    eval "$(incidents completion zsh)"
      ~/.config/fish/config.fish  incidents completion fish | source
    """  # noqa: D301  click wants the character
    name = f"completion.{shell}"
    click.echo(files(__package__).joinpath("completion_scripts", name).read_text(encoding="utf-8"), nl=False)
    if sys.stdout.isatty():
        file, line = _INSTALLED_BY[shell]
        click.echo(f"Nothing is installed yet. Next: add this line to {file}\n    {line}", err=True)
