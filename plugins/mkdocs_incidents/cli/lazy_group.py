"""A group of commands whose modules are imported only when they are typed, so that each command starts at once."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem


class LazyCommand(NamedTuple):
    """Where a command is, and what the list of all says of it, so that the list imports none."""

    module: str
    """Of this package."""
    function: str
    summary: str
    """The first sentence of its own help."""


class LazyGroup(click.Group):
    """Its commands are imported when they are typed."""

    def __init__(self, *args: Any, sections: Mapping[str, Mapping[str, LazyCommand]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections = sections
        self._commands_in = {name: command for section in sections.values() for name, command in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they were given."""
        del ctx
        return list(self._commands_in)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Its options and the names of its commands, of which none is imported."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  seldom needed

        names = [CompletionItem(name) for name in self._commands_in if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None if there is none."""
        del ctx
        if cmd_name not in self._commands_in:
            return None
        found = self._commands_in[cmd_name]
        command: click.Command = getattr(import_module(f".{found.module}", __package__), found.function)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, and below them the options: who needs help seldom needs those of the group."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section with its commands, and what each of them does."""
        del ctx
        width = max(map(len, self._commands_in))
        for title, commands in self._sections.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", command.summary) for name, command in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names.

        Raises:
            click.UsageError: there is none of that name; the message has the nearest one.
        """
        if ctx.resilient_parsing:  # only to complete what is being typed
            return super().resolve_command(ctx, args)
        if args and not args[0].startswith("-") and args[0] not in self._commands_in:
            near = get_close_matches(args[0], self._commands_in, n=1)
            meant = f"type: {ctx.info_name} {near[0]}" if near else f"to see all, type: {ctx.info_name} --help"
            ctx.fail(f"there is no command '{args[0]}'; {meant}")
        return super().resolve_command(ctx, args)
