"""What the scripts of `incidents completion` and the command say to each other.

A script passes the line up to the cursor. It gets a line for each completion: its kind, its value and a help text, with
tabs between them. The kind is `plain`, `open` (no space follows), or `file` and `dir` (the shell completes paths).
"""

from __future__ import annotations

import os
import re

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

_CURSOR = "\x1f"


class _LineComplete(ShellComplete):
    """Completes the last word of the line; whatever goes wrong, there is no completion, and no message."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the last one, and that: empty behind a space."""
        words = split_arg_string(os.environ.get("COMP_TYPED", "") + _CURSOR)
        while words and re.match(r"[A-Za-z_]\w*=", words[0]):
            del words[0]  # variables for the command
        return words[1:-1], words[-1].removesuffix(_CURSOR)

    def complete(self) -> str:
        """The lines that the script reads."""
        try:
            args, incomplete = self.get_completion_args()
            option, typed = _option_and_value(incomplete)
            found = self.get_completions(args, incomplete)
            return "\n".join(map(self.format_completion, self.fitted(found, option, typed)))
        except Exception:  # noqa: BLE001  a message would stand in the middle of the line that is being typed
            return ""

    def fitted(self, items: list[CompletionItem[str]], option: str, typed: str) -> list[CompletionItem[str]]:
        """The completions as what takes the place of the word; `option` is `--name=` before a value."""
        del typed
        return [_with_value(item, option + item.value) for item in items] if option else items

    def format_completion(self, item: CompletionItem[str]) -> str:
        """One line."""
        kind = "open" if item.type == "plain" and item.value.endswith("=") else item.type
        return "\t".join((kind, item.value, " ".join((item.help or "").split())))


class _Bash(_LineComplete):
    """Bash replaces what stands behind the last character that breaks words, which may be an equals sign."""

    name = "bash"

    def fitted(self, items: list[CompletionItem[str]], option: str, typed: str) -> list[CompletionItem[str]]:
        """Their ends; where they have no beginning in common with what is typed, that itself keeps its place."""
        kept = max(0, len(typed) - len(_behind_break(option + typed)))
        if len(items) > 1 and not all(item.value.startswith(typed) for item in items):
            items = [*items, CompletionItem(typed)]
        return [_with_value(item, item.value[kept:]) for item in items]

    def format_completion(self, item: CompletionItem[str]) -> str:
        """One line; bash shows no help."""
        return super().format_completion(CompletionItem(item.value, type=item.type)).rstrip("\t")


class _Zsh(_LineComplete):
    name = "zsh"


class _Fish(_LineComplete):
    name = "fish"


def register() -> None:
    """Let click answer the scripts."""
    for each in (_Bash, _Zsh, _Fish):
        add_completion_class(each)


def _option_and_value(word: str) -> tuple[str, str]:
    option = re.match(r"--[\w-]+=", word)
    return (option[0], word[option.end() :]) if option else ("", word)


def _behind_break(word: str) -> str:
    """The part of the last word that bash replaces: all of one in quotes."""
    line = os.environ.get("COMP_TYPED", "")
    breaks = set(os.environ.get("COMP_BREAKS", "=:")) - set(" \t\n\"'")
    if not line.endswith(word) or line[: len(line) - len(word)].endswith(("'", '"')):
        return word
    last = max((word.rfind(each) for each in breaks), default=-1)
    return word[last + 1 :]


def _with_value(item: CompletionItem[str], value: str) -> CompletionItem[str]:
    return CompletionItem(value, type=item.type, help=item.help)
