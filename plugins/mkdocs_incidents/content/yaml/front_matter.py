"""A Markdown file → its facts, as nodes with places, and its body.

The fences are those of python-frontmatter, whose YAML handler is made strict here: by itself it returns empty facts,
without an error, for a byte-order mark, an unclosed fence or a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from frontmatter.default_handlers import YAMLHandler

from ..invisible import SUSPECT, report_invisible
from ..source import START, Place
from .nodes import Mapping, Node, Scalar, compose

if TYPE_CHECKING:
    from ..source import Report, Source

_NOT_YAML = re.compile(r"^(?:#{1,6} \S|[^\s#:-][^:\n]*$)", re.MULTILINE)
_BEGINS_WITH_KEY = re.compile(r"\s*[a-z_]+:(?:\s|$)")
_FENCE_OR_DISGUISED = re.compile(
    rf"^(?:[ \t]|{SUSPECT.pattern})*-(?:{SUSPECT.pattern}*-){{2,}}(?:[ \t]|{SUSPECT.pattern})*$", re.MULTILINE
)
_NEARLY_FENCE = re.compile(
    r"^[ \t]*(?:--?|[\u2010-\u2015\u2212]+-*|-+[\u2010-\u2015\u2212]+|_{3,}|={3,}|\*{3,}|[ \t]-{3,})[ \t]*$",
    re.MULTILINE,
)
_EXAMPLE = "begin the file with ---, title: …, started: YYYY-MM-DD HH:MM and another ---"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownDocument:
    """One file in its two parts."""

    source: Source
    facts: Mapping
    body: str
    body_index: int
    """Index in the source at which the body begins."""
    body_line: int
    """Line of the file on which it begins, counted from 1."""


class _StrictYAML(YAMLHandler):
    """The fences of one file; `...` closes too, as YAML has it."""

    FM_BOUNDARY = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE)

    def __init__(self, source: Source, report: Report) -> None:
        super().__init__()
        self.source = source
        self.report = report

    def detect(self, text: str) -> bool:
        """Whether the first line that is not empty is an opening fence."""
        return text.lstrip("\n").startswith("---") and super().detect(text.lstrip())

    def load(self, fm: str, **_: object) -> Any:
        """The `Node` of the facts; None when there are none, or when the report says why."""
        return compose(fm, self.source, self.report, offset=self.source.text.index(fm))


def read_document(source: Source, report: Report) -> MarkdownDocument | None:
    """The two parts of an incident file, or None after reporting why it has none."""
    parts = _parts(source, report)
    if parts is None:
        return None
    facts_text, body = parts
    node: Node | None = _StrictYAML(source, report).load(facts_text)
    if node is None and report.failed:
        return None
    if not isinstance(node, Mapping | None):
        _report_not_facts(source, node, report)
        return None
    index = len(source.text) - len(body)
    return MarkdownDocument(
        source=source,
        facts=node or Mapping(source.text.index("---")),
        body=body,
        body_index=index,
        body_line=source.place(index).line,
    )


def _parts(source: Source, report: Report) -> tuple[str, str] | None:
    """The text of the facts and that below them; None after reporting that there are no such two."""
    handler = _StrictYAML(source, report)
    if not source.text.strip():
        report.error(START, "empty-file", "the file is empty", _EXAMPLE)
    elif disguised := _disguised_fence(source.text):
        report_invisible(disguised, source, report)
    elif not handler.detect(source.text):
        _report_not_opened(source, report)
    else:
        try:
            facts_text, body = handler.split(source.text)
        except ValueError:  # the library's own way to say that there is no second fence
            _report_unclosed(source, report)
            return None
        body = _without_second_end(source.text, body)
        if facts_text.strip() or not _BEGINS_WITH_KEY.match(body):
            return facts_text, body
        _report_closed_at_once(source, body, report)
    return None


def _disguised_fence(text: str) -> list[int]:
    """Indexes of the invisible characters in one of the two fences, which is none because of them."""
    if SUSPECT.search(text) is None:
        return []
    first = _FENCE_OR_DISGUISED.search(text)
    fences = [first] if first and not text[: first.start()].strip() else []
    fences += [fence] if fences and first and (fence := _FENCE_OR_DISGUISED.search(text, first.end())) else []
    return [found.start() for fence in fences for found in SUSPECT.finditer(text, *fence.span())]


def _without_second_end(text: str, body: str) -> str:
    """The body below the closing fence: `...` may be followed by a `---` that closes once more."""
    closed_by_dots = text[: len(text) - len(body)].rstrip(" \t").endswith("...")
    body = body.removeprefix("\n")
    if closed_by_dots and (fence := re.match(r"\n*-{3,}[ \t]*(?:\n|$)", body)):
        return body[fence.end() :]
    return body


def _report_not_opened(source: Source, report: Report) -> None:
    nearly = _NEARLY_FENCE.search(source.text)
    if nearly and not source.text[: nearly.start()].strip():
        message = f"the file begins with a line {nearly[0].strip()} instead of ---"
        report.error(
            source.place(nearly.start()), "no-front-matter", message, "write --- on this line, and nothing else"
        )
    else:
        report.error(START, "no-front-matter", "the file does not begin with a line ---", _hint_to_open(source.text))


def _hint_to_open(text: str) -> str:
    if not _BEGINS_WITH_KEY.match(text):
        return _EXAMPLE
    closed = _StrictYAML.FM_BOUNDARY.search(text)
    return "put a line --- above the first key" + ("" if closed else ", and another below the last one")


def _report_unclosed(source: Source, report: Report) -> None:
    opening = source.text.index("---")
    below = source.text.index("\n", opening) + 1 if "\n" in source.text[opening:] else len(source.text)
    if nearly := _NEARLY_FENCE.search(source.text, below):
        place, shown = source.place(nearly.start()), nearly[0].strip()
        what = "is indented" if re.fullmatch(r"-{3,}", shown) else f"is {shown}"
        message = f"the line that closes the facts {what}"
        report.error(
            place, "unclosed-front-matter", message, "write --- at the beginning of this line, and nothing else"
        )
        return
    first_prose = _NOT_YAML.search(source.text, source.text.find("\n", opening) + 1)
    above = f" above line {source.place(first_prose.start()).line}" if first_prose else " below the last key"
    report.error(
        source.place(opening),
        "unclosed-front-matter",
        "the facts begun by this --- never end",
        f"put a line ---{above}",
    )


def _report_closed_at_once(source: Source, body: str, report: Report) -> None:
    fence = source.text.rindex("-" * 3, 0, len(source.text) - len(body))
    end = "" if _StrictYAML.FM_BOUNDARY.search(body) else ", and write --- below the last key"
    report.error(
        Place(source.place(fence).line, 1),
        "facts-in-body",
        "this line closes the facts before any of them, so nothing reads those below it",
        f"delete this line{end}",
    )


def _report_not_facts(source: Source, node: Node, report: Report) -> None:
    found = "a text" if isinstance(node, Scalar) else "a list"
    place: Place = source.place(node.index)
    report.error(
        place,
        "facts-not-keys",
        f"between the two --- stands {found} instead of keys with values",
        "write lines such as title: Card payments failed",
    )
