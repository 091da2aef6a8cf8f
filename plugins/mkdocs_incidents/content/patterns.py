"""Regular expressions that a site configures, refused where one of them could run for hours.

Python's engine tries every way to share a text between repetitions. Two that are nested, or many in a row, make that
more ways than there is time, on a text that nobody thought of when writing the rule.
"""

from __future__ import annotations

import re

from .spelling import quoted
from .wrong import WrongValueError

LONGEST = 300
_MOST_OPEN = 3
_CODE = "bad-pattern"
_FEW = 20
"""A repetition with a bound up to this one counts as bounded."""
_REPEAT = re.compile(r"[*+]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}")


def read_pattern(text: str) -> re.Pattern[str]:
    """`text` compiled as a regular expression that ignores case.

    Raises:
        WrongValueError: `text` is no regular expression, matches the empty text, or may take very long.
    """
    if len(text) > LONGEST:
        raise WrongValueError(
            _CODE, f"the pattern has {len(text)} characters; at most {LONGEST} are read", "make two rules of it"
        )
    _refuse_endless(text)
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError) as error:
        at = getattr(error, "pos", None)
        where = f" at {quoted(text[at : at + 10])}" if at is not None and at < len(text) else ""
        raise WrongValueError(
            _CODE,
            f"{quoted(text)} is not a regular expression: {getattr(error, 'msg', error)}{where}",
            "put a backslash before signs that are meant as they stand: \\( \\. \\?",
        ) from None
    if pattern.search(""):
        raise WrongValueError(
            _CODE, f"{quoted(text)} fits even where nothing is written", "write at least one word that must be there"
        )
    return pattern


def _refuse_endless(text: str) -> None:
    """Refuse a repetition inside of another, and more than a few repetitions without a narrow bound."""
    open_repeats = 0
    groups: list[bool] = []  # for each open group whether an open repetition or a choice is in it
    index = 0
    closed: bool | None = None  # of the group that ended right before, likewise
    while index < len(text):
        repeat = _REPEAT.match(text, index)
        if repeat and index:
            bound = _bound(repeat)
            if bound is None or bound > 1:
                if closed:
                    raise WrongValueError(
                        _CODE,
                        f"{quoted(text[: repeat.end()])} repeats what already repeats or chooses: it may run for hours",
                        "write the words out, or use one repetition, such as \\w+",
                    )
                if bound is None or bound > _FEW:
                    open_repeats += 1
                groups = [True] * len(groups)
            index, closed = repeat.end(), None
            continue
        width = _width(text, index)
        sign = text[index : index + width]
        closed = None
        if sign == "(":
            groups.append(False)
        elif sign == "|":
            groups = [*groups[:-1], True] if groups else groups
        elif sign == ")" and groups:
            closed = groups.pop()
        index += width
    if open_repeats > _MOST_OPEN:
        raise WrongValueError(
            _CODE,
            f"{quoted(text)} has {open_repeats} open repetitions; more than {_MOST_OPEN} may run for hours",
            "bound them: \\w{1,20} in place of \\w+, .{0,20} in place of .*",
        )


def _bound(repeat: re.Match[str]) -> int | None:
    """How often at most; None where there is no bound."""
    if repeat[0] in "*+" or (repeat["comma"] and not repeat["most"]):
        return None
    return int(repeat["most"] or repeat["least"] or 0)


def _width(text: str, index: int) -> int:
    """How many characters the sign at `index` takes: an escape two, a class all of its own."""
    if text[index] == "\\":
        return 2
    if text[index] != "[":
        return 1
    end = index + 1
    end += text[end : end + 1] == "^"
    end += text[end : end + 1] == "]"
    while end < len(text) and text[end] != "]":
        end += 2 if text[end] == "\\" else 1
    return end - index + 1
