"""A text that is no YAML → the one line in which its author slipped, and that line as it should be.

The parser stops where it understands no more, often a line or more below the slip. So each kind of slip that people
make is undone, line by line from where the parser stopped, until the text is valid: the place and the hint are those
of the change that made it so. Obeying the hint is therefore enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from ..suggestions import quoted
from .keys import KEYS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LARGEST = 100_000
"""Characters of a text that is tried; larger ones are explained by what the parser says alone."""
_FARTHEST = 40
"""Lines above the one where the parser stopped that are looked at."""
_MARKS = re.compile(r"(?P<lead> *)(?P<mark>[*+•·–—]|-(?=\t))[ \t]+(?P<rest>[A-Za-z_][\w-]*:(?:\s.*)?)$")
_STRAY_QUOTE = re.compile(r"(?P<lead> *(?:- +)*)(?P<mark>[\"'])(?P<rest>[A-Za-z_][\w-]*: [^\"']*)$")
_NEIGHBOURS = 6
_DASH = re.compile(r"(?P<lead> *)-(?P<rest>[A-Za-z_][\w-]*:(?:\s.*)?|[{\[\"'].*)$")
_KEY = r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_][\w-]*)"
_NO_SPACE = re.compile(rf"{_KEY}:(?P<rest>(?!//)\S.*)$")
_OTHER_SIGN = re.compile(rf"{_KEY} *(?P<sign>[;=]|：|: *[;=:]) *(?P<rest>.*)$")
_NO_COLON = re.compile(rf"{_KEY}(?P<rest> +\S.*)?$")
_VALUE = re.compile(rf"{_KEY}: +(?P<rest>\S.*?) *$")
_INNER_KEY = re.compile(r"(?:^|[ ,;]+)(?P<key>[A-Za-z_][\w-]*): ")
_BRACKETS = {"[": "]", "{": "}"}
_LISTS = {"causes", "known"}


@dataclass(frozen=True, slots=True)
class Repair:
    """One line, as it should be."""

    line: int
    """Counted from 0."""
    column: int
    """Where the slip is, counted from 0."""
    text: str
    """The whole line."""
    message: str
    hint: str


def first_error(text: str) -> int | None:
    """The line, from 0, at which a YAML parser stops; None for a valid text."""
    loader = yaml.CSafeLoader(text)
    try:
        while loader.get_event() is not None:
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line if mark else 0
    finally:
        loader.dispose()
    return None


def repaired(lines: Sequence[str], repair: Repair) -> str:
    """The text of `lines` with the repair."""
    return "\n".join([*lines[: repair.line], repair.text, *lines[repair.line + 1 :]])


def find_repair(text: str, stopped: int, began: int) -> Repair | None:
    """The change of one line that makes `text` valid; None where there is none, or where two slips hide each other.

    The parser stopped at line `stopped`, in what had begun on line `began`, both from 0.
    """
    if len(text) > _LARGEST:
        return None
    lines = text.split("\n")
    stopped = min(stopped, len(lines) - 1)
    near = [n for n in (stopped, _above(lines, stopped), began) if 0 <= n < len(lines)]
    near = [*dict.fromkeys(near)]
    far = range(stopped, max(-1, stopped - _FARTHEST), -1)
    finders: tuple[tuple[Callable[[Sequence[str], int], Iterator[Repair]], Sequence[int]], ...] = (
        *((find, near) for find in (_dash, _sign, _colon, _two_keys, _quotes, _brackets, _comma, _folded)),
        (_quotes, far),
        (_brackets, far),
        (_indentation, near),
    )
    tried = (repair for find, numbers in finders for number in numbers for repair in find(lines, number))
    return next((repair for repair in tried if first_error(repaired(lines, repair)) is None), None)


def _above(lines: Sequence[str], number: int) -> int:
    """The next line above that is not blank; -1 where there is none."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), -1)


def _dash(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`-at: …`, `* at: …`, and a quotation mark in front of a key."""
    if slip := _DASH.match(lines[number]):
        text = f"{slip['lead']}- {slip['rest']}"
        yield Repair(number, len(slip["lead"]), text, "a space is missing behind the dash", f"write {text.strip()}")
    if slip := _MARKS.match(lines[number]):
        text = f"{slip['lead']}- {slip['rest']}"
        is_tab = slip["mark"] == "-"
        message = (
            "a tab stands behind the dash" if is_tab else f"an item of a list begins with -, not with {slip['mark']}"
        )
        yield Repair(number, slip.end("mark") if is_tab else slip.start("mark"), text, message, f"write {text.strip()}")
    if slip := _STRAY_QUOTE.match(lines[number]):
        text = f"{slip['lead']}{slip['rest']}"
        message = "this quotation mark is never closed"
        yield Repair(number, slip.start("mark"), text, message, f"write {text.strip()}")


def _sign(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`status:resolved`, `status = resolved`."""
    line = lines[number]
    if slip := _NO_SPACE.match(line):
        at = slip.end("key")
        for value in (slip["rest"], _in_quotes(slip["rest"])):
            text = f"{slip['lead']}{slip['key']}: {value}"
            yield Repair(number, at, text, f"a space is missing behind '{slip['key']}:'", f"write {text.strip()}")
    if (slip := _OTHER_SIGN.match(line)) and slip["key"] in KEYS:
        message = f"a colon belongs behind {quoted(slip['key'])}, not {slip['sign']}"
        for value in (slip["rest"], _in_quotes(slip["rest"])):
            text = f"{slip['lead']}{slip['key']}: {value}".rstrip()
            yield Repair(number, slip.start("sign"), text, message, f"write {text.strip()}")


def _colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`status resolved`, `updates`."""
    slip = _NO_COLON.match(lines[number])
    if slip and (slip["key"] in KEYS or (not slip["rest"] and not slip["lead"])):
        for value in ((slip["rest"] or "").strip(), _in_quotes((slip["rest"] or "").strip())):
            text = f"{slip['lead']}{slip['key']}: {value}".rstrip()
            message = f"a colon is missing behind {quoted(slip['key'])}"
            yield Repair(number, slip.start("key"), text, message, f"write {text.strip()}")


def _two_keys(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """`status: resolved, message: It works.`, `components: api: major_outage`."""
    first = _VALUE.match(lines[number])
    if first is None or first["key"] in TEXTS or first["key"] not in KEYS:
        return
    inner = _INNER_KEY.search(first["rest"])
    if inner is None:
        return
    at = first.start("rest") + inner.start("key")
    if first["key"] == "components" and inner.start() == 0:
        text = f"{first['lead']}components: {{{first['rest']}}}"
        yield Repair(number, at, text, "components stand on lines of their own, or in braces", f"write {text.strip()}")
    elif inner["key"] in KEYS and inner.start():
        indent = " " * first.start("key")
        above = f"{first['lead']}{first['key']}: {first['rest'][: inner.start()]}"
        below = first["rest"][inner.start("key") :]
        message = f"{quoted(inner['key'])} stands on the line of {quoted(first['key'])}"
        yield Repair(number, at, f"{above}\n{indent}{below}", message, f"write {below} on a line of its own")


def _comma(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A comma at the end, as JSON has it."""
    text = lines[number].rstrip()
    if text.endswith((",", ";")):
        yield Repair(
            number, len(text) - 1, text[:-1], f"a line does not end in {text[-1]}", f"write {text[:-1].strip()}"
        )


def _folded(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A text that goes on below the line of its key, and holds a colon there."""
    line = lines[number]
    own = len(line) - len(line.lstrip(" "))
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip() and _indent(lines[n]) < own), -1)
    begin = _VALUE.match(lines[above]) if above >= 0 else None
    first = _NO_COLON.match(line.split(":", 1)[0])
    if begin is None or begin["key"] not in TEXTS or (first and first["key"] in KEYS) or begin["rest"][0] in ">|\"'":
        return
    text = f"{begin['lead']}{begin['key']}: >-\n{' ' * own}{begin['rest']}"
    message = "a text of several lines that holds a colon is written below its key"
    hint = f"write {begin['key']}: >- and the text itself below it, each line begun with {own} spaces"
    yield Repair(above, begin.start("rest"), text, message, hint)


def _quotes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A quotation mark that is never closed, and a text that only quotation marks make one."""
    slip = _VALUE.match(lines[number])
    if slip is None or slip["key"] not in KEYS:
        return
    value = slip["rest"]
    begins_quoted = value[0] in "\"'"
    if begins_quoted and value.count(value[0]) == 1:
        message = "this quotation mark is never closed"
        value = value[1:]
    elif slip["key"] not in TEXTS or slip["key"] in _LISTS or begins_quoted:
        return
    elif value[0] in "[{":
        message = f"a text that begins with {value[0]} needs quotes"
    else:
        return
    text = f"{slip['lead']}{slip['key']}: {_in_quotes(value)}"
    yield Repair(number, slip.start("rest"), text, message, f"write {text.strip()}")


def _brackets(lines: Sequence[str], number: int) -> Iterator[Repair]:
    slip = _VALUE.match(lines[number])
    if slip is None:
        return
    value = slip["rest"]
    open_ones = [sign for sign in value if sign in _BRACKETS]
    for sign in value:
        if sign in _BRACKETS.values() and open_ones and _BRACKETS[open_ones[-1]] == sign:
            open_ones.pop()
    if value[0] in _BRACKETS and value[-1] in _BRACKETS.values() and value[-1] != _BRACKETS[value[0]]:
        text = f"{lines[number].rstrip()[:-1]}{_BRACKETS[value[0]]}"
        message = f"this {value[0]} is not closed by a {_BRACKETS[value[0]]}"
        yield Repair(number, slip.start("rest"), text, message, f"write {text.strip()}")
    if value[0] in _BRACKETS and len(open_ones) == 1:
        closing = _BRACKETS[open_ones[0]]
        text = f"{lines[number].rstrip()}{closing}"
        message = f"this {open_ones[0]} is not closed by a {closing}"
        yield Repair(number, slip.start("rest"), text, message, f"write {text.strip()}")


def _indentation(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """A line that is indented by some spaces more or less than the lines around it."""
    line = lines[number]
    if not line.strip():
        return
    own = _indent(line)
    for indent in sorted(_likely_indents(lines, number) - {own}, key=lambda each: _unlikeliness(lines, number, each)):
        how = "deeper" if own > indent else "less deep"
        message = f"this line is indented {how} than the lines it belongs to"
        spaces = "no space" if not indent else "1 space" if indent == 1 else f"{indent} spaces"
        yield Repair(number, own, " " * indent + line.lstrip(" "), message, f"begin the line with {spaces}, not {own}")


def _likely_indents(lines: Sequence[str], number: int) -> set[int]:
    """How far lines nearby are indented, and the keys in them."""
    around = [text for text in lines[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1] if text.strip()]
    dash = _key_column(lines[number]) - _indent(lines[number])
    return {
        each for text in around for each in (_indent(text), _key_column(text), _key_column(text) - dash) if each >= 0
    }


def _unlikeliness(lines: Sequence[str], number: int, indent: int) -> tuple[bool, int, int]:
    """Small where keys of that indentation are known ones if that of the line is, and where it is changed little."""
    column = indent + _key_column(lines[number]) - _indent(lines[number])
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip() and _key_column(lines[n]) == column), None)
    alike = above is not None and _has_known_key(lines[above]) == _has_known_key(lines[number])
    return not alike, abs(indent - _indent(lines[number])), number - above if above is not None else number + 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _key_column(text: str) -> int:
    return len(text) - len(text.lstrip(" -"))


def _has_known_key(text: str) -> bool:
    found = _NO_COLON.match(text.split(":", 1)[0])
    return found is not None and found["key"] in KEYS


def text_in_quotes(line: str, begin: int) -> str:
    """The hint to put a text for readers, which begins at `begin` of its line, in quotes; empty where it is no such."""
    found = _VALUE.match(line)
    if found is None or found["key"] not in TEXTS - _LISTS or found.start("rest") != begin:
        return ""
    return f"write {found['lead'].lstrip()}{found['key']}: {_in_quotes(found['rest'])}"


def _in_quotes(text: str) -> str:
    """`text` in quotation marks that can hold it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
