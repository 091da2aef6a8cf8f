"""Lines on the terminal: colours only where they are wanted, counts with their nouns."""

from __future__ import annotations

import os
import sys

import click


def echo(text: str) -> None:
    """Print a line; in colours only on a terminal, and not where NO_COLOR is set."""
    plain = bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
    click.echo(text, color=False if plain else None)


def counted(count: int, word: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{count} {word}" if count == 1 else f"{count:,} {word}s"
