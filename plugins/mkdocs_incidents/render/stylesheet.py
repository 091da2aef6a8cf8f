"""Rules of a stylesheet, and what of them can apply where only some classes exist.

Only the structure of the text is read: strings, comments and URLs, in which braces have no meaning, blocks, and the
classes that a selector requires (CSS Syntax Level 3, 4 and 5; Selectors Level 4). What is not understood is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_OPAQUE = rf"{_STRING}|\burl\(\s*[^\"'\s)][^)]*\)|\\."
_BEGIN = r"""(?=[{};"'u\\/])"""  # of what follows: most characters are none, which is faster so
_STRUCTURE = re.compile(rf"""{_BEGIN}(?:[{{}};]|{_OPAQUE}|/\*.*?\*/|["'])""", re.DOTALL)
_COMMENT = re.compile(rf"({_OPAQUE})|/\*.*?\*/", re.DOTALL)
_LIST = re.compile(rf"{_STRING}|\\.|[(),\[\]]", re.DOTALL)
_WITHOUT_MEANING = re.compile(rf"{_STRING}|\[[^\]]*\]")
_INNERMOST_ARGUMENT = re.compile(r"\([^()]*\)")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_UNBALANCED = "the blocks of the stylesheet are not balanced"
_CONDITIONS = ("@media", "@supports")


class Rule(NamedTuple):
    """A rule, or a statement such as `@charset`, which has no block."""

    prelude: str
    block: str | None

    def __str__(self) -> str:
        return f"{self.prelude};" if self.block is None else f"{self.prelude}{{{self.block}}}"


class Selection(NamedTuple):
    """The rules that can apply, and the classes that the selectors of the others require, each a set."""

    text: str
    others: frozenset[frozenset[str]]


def rules(text: str) -> Iterator[Rule]:
    """The rules of a stylesheet or of a block of rules, in order.

    Raises:
        ValueError: a block or string is not closed, or a block closed twice.
    """
    depth = start = opened = 0
    for token in _STRUCTURE.finditer(text):
        mark = token[0]
        if mark == "{":
            opened = opened if depth else token.start()
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield Rule(_prelude(text[start:opened]), text[opened + 1 : token.start()])
                start = token.end()
        elif mark == ";" and depth == 0:
            yield Rule(_prelude(text[start : token.start()]), None)
            start = token.end()
        if depth < 0 or mark in {"'", '"'}:
            raise ValueError(_UNBALANCED)
    if depth or _prelude(text[start:]):
        raise ValueError(_UNBALANCED)


def applicable(text: str, classes: AbstractSet[str]) -> Selection:
    """The part of a stylesheet that can apply to elements that have no other than these classes.

    Raises:
        ValueError: a block or string is not closed, or a block closed twice.
    """
    others: set[frozenset[str]] = set()
    return Selection("".join(_applicable(text, classes, others)), frozenset(others))


def _applicable(text: str, classes: AbstractSet[str], others: set[frozenset[str]]) -> Iterator[str]:
    for rule in rules(text):
        if rule.block is not None and rule.prelude.startswith(_CONDITIONS):
            if block := "".join(_applicable(rule.block, classes, others)):
                yield str(rule._replace(block=block))
        elif rule.prelude.startswith("@") or classes >= set(_CLASS.findall(rule.prelude)):
            yield str(rule)
        else:
            required = {selector: required_classes(selector) for selector in selectors(rule.prelude)}
            others.update(names for names in required.values() if not names <= classes)
            if kept := ",".join(selector for selector, names in required.items() if names <= classes):
                yield str(rule._replace(prelude=kept))


def _prelude(text: str) -> str:
    """The text without comments and surrounding blanks."""
    return (_COMMENT.sub(lambda found: found[1] or "", text) if "/*" in text else text).strip()


def selectors(prelude: str) -> Iterator[str]:
    """The selectors of a list."""
    depth = start = 0
    for token in _LIST.finditer(prelude):
        mark = token[0]
        if mark == "," and depth == 0:
            yield prelude[start : token.start()].strip()
            start = token.end()
        depth += (mark in "([") - (mark in ")]")
    yield prelude[start:].strip()


def required_classes(selector: str) -> frozenset[str]:
    """The classes that an element or its ancestors must have; those in arguments, as of `:not()`, are left out."""
    if "\\" in selector:
        return frozenset()
    selector = _WITHOUT_MEANING.sub("", selector)
    while "(" in selector and selector != (inner := _INNERMOST_ARGUMENT.sub("", selector)):
        selector = inner
    return frozenset(_CLASS.findall(selector)) if "(" not in selector else frozenset()
