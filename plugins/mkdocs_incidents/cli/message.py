"""The words of an update: as typed, from a file, filled from a template, or written in an editor."""

from __future__ import annotations

import shlex
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.files import UnreadableError, decoded, read_text
from mkdocs_incidents.content.invisible import harmful_in_text
from mkdocs_incidents.content.source import OVERRIDES

from .completing import message_templates, paths
from .output import echo
from .write_options import asks

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_incidents.authoring.messages.facts import MessageFacts

    from .write_options import Writing

_NOT_TEXT = {"Cc", "Cn", "Cs", "Zl", "Zp"}
LONGEST_TITLE = 200
LONGEST = 5_000
"""Characters of a message: more is no update but a report, and belongs below the facts."""


def message_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where the words come from; the command gets `words`."""
    template = click.option(
        "--template",
        metavar="NAME",
        shell_complete=message_templates,
        help="Begin with a template, such as outage, slow or third-party.",
    )
    file = click.option(
        "-F",
        "--file",
        "file",
        metavar="FILE",
        shell_complete=paths,
        help="Take the message from a file, or from standard input: -.",
    )
    words = click.option(
        "-m", "--message", "message", metavar="TEXT", help="The message. Without it your editor opens on a proposal."
    )

    def run(*args: Any, message: str | None, file: str | None, template: str | None, **options: Any) -> None:
        command(*args, words=Words(message=message, file=file, template=template), **options)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return words(template(file(run)))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Where the words of an update come from."""

    message: str | None = None
    file: str | None = None
    template: str | None = None

    @property
    def given(self) -> bool:
        """Whether any are given, so that nobody need be asked."""
        return self.message is not None or self.file is not None

    def read(self, facts: MessageFacts, writing: Writing) -> str:
        """The message for an update with these facts.

        Raises:
            click.UsageError: there is none, or it cannot be published.
            RefusedError: the editor was left without words.
        """
        proposed = self._proposed(facts, writing)
        if self.message is not None:
            return publishable(self.message)
        if self.file is not None:
            message = _content(self.file)
            writing.typed[:] = [message] if self.file == "-" else []
            return publishable(message)
        if proposed and not _unfilled(proposed):
            return publishable(proposed)
        if not asks():
            raise click.UsageError(_without_words(proposed))
        return self._edited(facts, proposed, writing)

    def _proposed(self, facts: MessageFacts, writing: Writing) -> str:
        from mkdocs_incidents.authoring.messages.templates import (  # noqa: PLC0415  only where it is asked for
            TemplateError,
            fill,
            suggested_name,
            template,
        )

        if self.template is None and (self.given or not asks()):
            return ""
        name = self.template or suggested_name(facts)
        try:
            return fill(template(name, writing.workspace.folder), facts) if name else ""
        except TemplateError as error:
            if self.template is None:
                return ""
            raise click.UsageError(str(error)) from None

    def _edited(self, facts: MessageFacts, proposed: str, writing: Writing) -> str:
        from mkdocs_incidents.authoring.messages.editor import editor_text, message_of  # noqa: PLC0415

        from .editor import edited  # noqa: PLC0415

        def keep(saved: str) -> None:
            writing.typed[:] = filter(None, [message_of(saved, original)])

        original = editor_text(facts, proposed)
        message = message_of(edited(original, keep), original)
        if message is None:
            raise RefusedError(
                "the message was left empty or as it was; nothing is written. To try again, type: -m TEXT"
            )
        writing.typed[:] = [message]
        return publishable(message)


def publishable(message: str) -> str:
    """A message without space around it.

    Raises:
        click.UsageError: it is empty, too long, or has blanks of a template or characters that nobody sees.
    """
    text = message.strip()
    if not text:
        raise click.UsageError('the message is empty; write what users see, such as -m "Card payments fail."')
    if len(text) > LONGEST:
        raise click.UsageError(
            f"the message has {len(text):,} characters, and an update has {LONGEST:,} at most; shorten it, and write "
            "the rest below the facts of the file"
        )
    _require_visible(text, "message")
    if blanks := _unfilled(text):
        listed = ", ".join(blanks)
        raise click.UsageError(f"the message still has {listed}; write what belongs there, or delete it")
    return text


def publishable_title(title: str) -> str:
    """A title without space around it.

    Raises:
        click.UsageError: it is empty, has several lines, is too long, or has characters that nobody sees.
    """
    text = title.strip()
    if not text:
        raise click.UsageError('the title is empty; write what users see, such as "Card payments fail"')
    if len(text) > LONGEST_TITLE:
        raise click.UsageError(
            f"the title has {len(text):,} characters, and one has {LONGEST_TITLE} at most; shorten it, and write the "
            "rest with -m"
        )
    if len(text.splitlines()) > 1 or "\t" in text:
        raise click.UsageError("the title has more than one line; write one line, and the rest with -m")
    _require_visible(text, "title")
    return text


def _require_visible(text: str, what: str) -> None:
    """Check that a text has no character that does harm where nobody sees it.

    Raises:
        click.UsageError: it has one.
    """
    hidden = {index for index, char in enumerate(text) if char not in {"\n", "\t"} and not _is_text(char)}
    if hidden := hidden.union(harmful_in_text(text)):
        code = f"U+{ord(text[min(hidden)]):04X}"
        raise click.UsageError(f"the {what} has the invisible character {code}; type it anew without it")


def advise(message: str, facts: MessageFacts, writing: Writing) -> None:
    """Print editorial advice on a message, for people only; it never stops anything."""
    if writing.as_json:
        return
    from mkdocs_incidents.authoring.messages.advice import advice_on, site_rules  # noqa: PLC0415  only for people

    workspace = writing.workspace
    for advice in advice_on(message, facts, site_rules(workspace.folder, workspace.catalog, workspace.now.date())):
        echo(f"{click.style('advice', fg='cyan', bold=True)}: {advice}")


def kept(message: str) -> str:
    """Where words are that could not be published: in a file, else here."""
    for folder in (Path(click.get_app_dir("incidents")), Path(tempfile.gettempdir())):
        path = folder / "unpublished.md"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(message + "\n", encoding="utf-8")
        except OSError:
            continue
        return f"Your words are kept; to use them again, add: -F {shlex.quote(str(path))}"
    return f"Your words:\n{message}"


def _is_text(character: str) -> bool:
    """Whether a character is one of a text: no control character, separator of lines or override of direction."""
    return unicodedata.category(character) not in _NOT_TEXT and character not in OVERRIDES


def _unfilled(message: str) -> list[str]:
    from mkdocs_incidents.authoring.messages.text import unfilled  # noqa: PLC0415

    return unfilled(message)


def _without_words(proposed: str) -> str:
    if proposed:
        return f"the template leaves {', '.join(_unfilled(proposed))} to you; write the words with -m TEXT"
    return "the words are missing; write them with -m TEXT, or -F FILE"


def _content(file: str) -> str:
    try:
        return decoded(sys.stdin.buffer.read()) if file == "-" else read_text(Path(file))
    except UnreadableError as error:
        raise click.UsageError(f"{'the input' if file == '-' else file} {error}") from None
