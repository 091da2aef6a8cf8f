"""The error of a value that is not understood."""

from __future__ import annotations


class WrongValueError(ValueError):
    """A value that is not understood: which rule it breaks, what is wrong, what to type instead."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
