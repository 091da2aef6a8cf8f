"""A document as lines: front matter, the kind of each line (heading, bullet, row, code), and its text without marks."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from .days import mend_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_BOLD_TAG = re.compile(r"</?(?:strong|b)\b[^<>]{0,200}>", re.IGNORECASE)
_CELL = re.compile(r"</?t[dhr]\b[^<>]{0,200}>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_STRUCTURE = re.compile(r"</?(?:li|ul|ol|p|div|span|font|tbody|table|tr|td|th)\b[^<>]{0,200}>", re.IGNORECASE)
_LEADING_SPACE = re.compile(r"^(?:\s*&(?:emsp|ensp|nbsp|thinsp|#160);)+\s*")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|[\w.+-]{1,64}@)[^<>\s]{1,500})>")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\](?:(?=\s|$)|\[[^\[\]]{0,100}\]|\([^()\s]{0,1000}(?:\s[^()]{0,200})?\))")
_LINK = re.compile(r"\[([^\[\]]{0,500})\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,200}\])")
_EMPHASIS = re.compile(r"(?<![\\\w])(?:\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s\\])(?:\*{1,3}|_{1,3})(?!\w)|\*{2,3}|~~")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!\"'~|<>:])")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
LONGEST_LINE = 20_000
"""Characters of a line that are looked at; the rest is kept, and not read."""


def evened(line: str) -> str:
    """`line` with ordinary spaces only, tabs as four, and without what cannot be seen."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line[:LONGEST_LINE])).replace("\uff1a", ": ")
    return line.expandtabs(4)


def without_tags(line: str) -> str:
    """`line` without comments and tags; what was bold in HTML is bold in Markdown, addresses stay."""
    if "<" in line:
        line = _CELL.sub(" ", _COMMENT.sub("", line))
        line = _AUTOLINK.sub(r"\1", line)
        line = _TAG.sub("", _BOLD_TAG.sub("**", line))
    if "&" in line:
        line = _SPACES.sub(" ", html.unescape(line))
    return line


def without_structure(line: str) -> str:
    """`line` without the tags of lists, tables and paragraphs; bold tags become Markdown, pictures and links stay."""
    line = _BOLD_TAG.sub("**", _STRUCTURE.sub("", line)) if "<" in line else line
    return _LEADING_SPACE.sub("", line) if "&" in line else line


def plain_prose(text: str) -> str:
    """`text` without the marks of emphasis, links, images and code; a.m. is AM."""
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = text.replace("`", "")
    text = _EMPHASIS.sub("", text)
    text = _ESCAPE.sub(r"\1", text)
    text = re.sub(r"\b([ap])\.\s?m\.(?=\W|$)", lambda found: found[1].upper() + "M", text, flags=re.IGNORECASE)
    return text.strip()


_FRONT_MATTER = re.compile(r"(?:\s*\n)?(---|\+\+\+)[ \t]*\n")
_LOOKS_LIKE_KEYS = re.compile(r"(?:[\w\"'-][\w \"'.-]{0,60}\s*[:=]|\s|[-#\[\]}]|$)")
_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):\s*(.*)$")


def split_front_matter(text: str) -> tuple[dict[str, str], str, str]:
    """Keys and values, the source, and the rest. Broken front matter is read as far as lines look like keys."""
    opening = _FRONT_MATTER.match(text)
    if not opening:
        return {}, "", text
    mark = opening[1]
    end = re.compile(rf"^{re.escape(mark)}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end())
    if not end:
        return {}, "", text
    source = text[opening.end() : end.start()]
    keys = _toml_keys(source) if mark == "+++" else _yaml_keys(source)
    if not keys or not all(_LOOKS_LIKE_KEYS.match(line) for line in source.split("\n")):  # two rules with prose between
        return {}, "", text
    return keys, source, text[end.end() :]


def _toml_keys(source: str) -> dict[str, str]:
    try:
        return {
            key.casefold(): str(value) for key, value in tomllib.loads(source).items() if not isinstance(value, dict)
        }
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def _yaml_keys(source: str) -> dict[str, str]:
    """Top-level keys with a value on their own line: enough for a title and a date, and nothing can break it."""
    keys: dict[str, str] = {}
    for line in source.split("\n"):
        if (found := _KEY.match(line)) and found[2]:
            value = found[2].strip()
            if value[:1] in {'"', "'"} and value[-1:] == value[0] and len(value) > 1:
                value = value[1:-1].replace("''", "'").replace('\\"', '"')
            keys.setdefault(found[1].strip().casefold(), value)
    return keys


_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#!]))(.*?)(?:\s#{1,6})?\s*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*$")
_BULLET = re.compile(
    r"(\s*)(?:([-*+=])(?:\s+|(?<=-)(?=[0-2]?\d[:.][0-5]\d))|([•·▪▫►▸○●◦‣➤➢✓✔✅–—])\s*"
    r"|(\d{1,3}[.)]|[a-zA-Z][.)]|[ivx]{1,4}[.)])(?:\s+|(?=\d{1,2}:\d\d)|(?=[A-Z*\[])))(?=\S)"
)
_EMOJI = re.compile(r"^\s*:[a-z][a-z0-9_+-]{2,40}:\s*(?=\S)")
"""`:small_orange_diamond:`, where it serves as a bullet."""
_CHECKBOX = re.compile(r"\[([ xX✓])\]\s+")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]{1,200}\]:\s*\S")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})$")
_SPLIT_BEFORE = re.compile(r"(?=<li\b)|(?=<tr\b)|<br\s*/?>", re.IGNORECASE)
# Two bullets typed on one physical line: only where the second one begins with a time or a label.
_SECOND_BULLET = re.compile(r"(?<=[.!?)])\s+[-•*]\s+(?=\**[0-2]?\d[:.][0-5]\d|\**[A-Z][A-Za-z /]{2,40}\**:)")
_GLUED_ENTRY = re.compile(
    r"(?<![\w:.-])[0-2]?\d:[0-5]\d\s?(?:[ap]\.?m\b\.?)?\s?(?:[A-Z]{2,4}\b)?\s?:\s(?=[A-Z])", re.IGNORECASE
)
_DAY_BEFORE = re.compile(r"\d[.,]?\s*$")
_WHOLLY_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*]{1,200}?)\1\s*:?\s*$")
_FENCE = re.compile(r"\s{0,12}(?:>\s?|[-*+]\s)?(`{3,}|~{3,})")
_FEWEST_FENCED = 8
"""Lines of a report that stands in a fence as a whole."""
_TIMED_ITEM = re.compile(r"\s{0,3}[-*•+]\s+\W{0,3}[0-2]?\d[:.][0-5]\d\b")
# What programs write about themselves, pasted without a fence: its times are not the author's.
_LOG = re.compile(
    r"\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S{0,12}\s+\W{0,2}(?:emerg|alert|crit|error|err|warn(?:ing)?"
    r"|notice|info|debug|trace|fatal|critical)\b"
    r"|(?:\d{1,3}\.){3}\d{1,3} - |[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,60} \S{1,60}\[\d+\]:)",
    re.IGNORECASE,
)
_SHORT = 90
MOST_LINES = 20_000
"""Lines that are read; the longest real report known has some six hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line as a reader sees it; a physical line with several items in it becomes several."""

    number: int
    text: str
    """Its words, without marks."""
    indent: int = 0
    marker: str = ""
    """`-`, `*`, `1.`: what makes it an item of a list."""
    level: int = 0
    """1 to 6 for headings."""
    bold: bool = False
    """All of it is bold: people use that as a heading."""
    cells: tuple[str, ...] = ()
    """Of a row of a table."""
    header: bool = False
    """The first row of a table."""
    code: bool = False
    quoted: bool = False
    checked: bool | None = None

    @property
    def blank(self) -> bool:
        """Whether it separates paragraphs."""
        return not self.text

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.marker)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """What an author left, read line by line."""

    text: str
    """As it was, with newlines made even."""
    body: str
    """Without front matter."""
    front: Mapping[str, str] = field(default_factory=dict)
    """Keys and values of its front matter, as text."""
    front_source: str = ""
    """Its front matter, as written."""
    front_lines: int = 0
    """How many lines come before the body."""
    lines: tuple[DocumentLine, ...] = ()
    mended: tuple[tuple[int, str], ...] = ()
    """Numbers with a letter in place of a digit, and their lines."""


def parse_document(text: str) -> TextDocument:
    """The lines of `text`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, source, body = split_front_matter(text)
    return _document(text, body, front, source)


def parse_body(text: str) -> TextDocument:
    """The lines of a text without front matter of its own: the body of an incident file."""
    return _document(text, text, {}, "")


def _document(text: str, body: str, front: Mapping[str, str], source: str) -> TextDocument:
    offset = text.count("\n") - body.count("\n")
    mended: list[tuple[int, str]] = []
    lines = tuple(_lines(body, offset, mended))
    return TextDocument(
        text=text,
        body=body,
        front=front,
        front_source=source,
        front_lines=offset,
        lines=lines,
        mended=tuple(mended),
    )


def _lines(body: str, offset: int, mended: list[tuple[int, str]]) -> Iterator[DocumentLine]:
    physical = body.split("\n")[:MOST_LINES]
    fenced = _code_lines(physical)
    comment = False
    before: DocumentLine | None = None
    for index, typed in enumerate(physical):
        number = index + offset + 1
        if index in fenced or _is_log_line(typed):
            yield DocumentLine(number=number, text=typed.strip()[:500], code=True)
            before = None
            continue
        raw, comment = _without_comment(evened(typed), in_comment=comment)
        mended += [(number, word) for word in mend_digits(raw)[1]]
        following = physical[index + 1] if index + 1 < len(physical) else ""
        if not raw.strip():
            before = DocumentLine(number=number, text="")
            yield before
            continue
        if _is_table_rule(raw):
            continue
        if _UNDERLINE.match(raw) and before and not before.blank and not before.listed:
            continue
        for piece in pieces(raw):
            before = _line(piece, number, following)
            yield before


def _is_table_rule(line: str) -> bool:
    """Whether a line is the rule below the head of a table: `|---|:--:|`."""
    return "|" in line and "-" in line and not line.strip("|:- \t\r")


def _without_comment(line: str, *, in_comment: bool) -> tuple[str, bool]:
    """`line` without the HTML comment that runs through it, and whether that one goes on."""
    if in_comment:
        _, closed, line = line.partition("-->")
        if not closed:
            return "", True
    begun = line.rfind("<!--")
    if begun >= 0 and "-->" not in line[begun:]:
        return line[:begun], True
    return line, False


def pieces(raw: str) -> Iterator[str]:
    """A physical line, cut where HTML or a second bullet begins a new item."""
    if "<" in raw:
        parts = [part for part in _SPLIT_BEFORE.split(raw) if part.strip()]
        if len(parts) > 1:
            yield from parts
            return
    bullet = _BULLET.match(raw)
    cut = _SECOND_BULLET.split(raw) if bullet else [raw]
    times = list(_GLUED_ENTRY.finditer(raw))
    dated = any(_DAY_BEFORE.search(raw, 0, found.start()) for found in times)
    if len(cut) == 1 and len(times) > 1 and not dated:
        # A whole timeline on one line: each time that has a colon behind it begins an entry.
        places = [*(found.start() for found in times if found.start() > (bullet.end() if bullet else 0)), len(raw)]
        cut = [raw[: places[0]], *(raw[start:end] for start, end in pairwise(places))]
    yield cut[0]
    for part in cut[1:]:
        yield f"- {part}"


def without_bullet_signs(line: str) -> str:
    """`line` without an emoji's name in front, where that serves as a bullet: `:small_orange_diamond:`."""
    return _EMOJI.sub("", line, count=1)


def _line(raw: str, number: int, following: str) -> DocumentLine:
    if _DEFINITION.match(raw) or (_RULE.match(raw) and raw.strip()):
        return DocumentLine(number=number, text="")
    html_item = re.match(r"\s*(?:<[ou]l\b[^<>]{0,200}>\s*)?<li\b", raw, re.IGNORECASE)
    html_heading = _HTML_HEADING.match(raw)
    if re.search(r"<t[dh]\b", raw, re.IGNORECASE):
        raw = "| " + re.sub(r"</?t[dh]\b[^<>]{0,200}>", " | ", raw)
    raw = without_tags(raw)
    if (plainly := without_bullet_signs(raw)) != raw:
        raw = f"- {plainly}"
    quoted = raw.lstrip().startswith(">")
    if quoted:
        raw = re.sub(r"^\s*(?:>\s?)+", "", raw)
    if html_item:
        raw = f"- {raw.strip()}"
    if found := _HEADING.match(raw):
        return DocumentLine(number=number, text=plain_prose(found[2]), level=len(found[1]), quoted=quoted)
    if html_heading:
        return DocumentLine(number=number, text=plain_prose(raw), level=int(html_heading[1]))
    if raw.strip().startswith("|"):
        cells = [plain_prose(cell) for cell in raw.strip().replace("\\|", "¦").strip("|").split("|")]
        header = _is_table_rule(following)
        return DocumentLine(number=number, text=" ".join(filter(None, cells)), cells=tuple(cells), header=header)
    underline = _UNDERLINE.match(following)
    text = raw.strip()
    if underline and _can_be_underlined(raw):
        return DocumentLine(number=number, text=plain_prose(text), level=1 if underline[1][0] == "=" else 2)
    return _item_or_text(raw, number, quoted=quoted)


def _can_be_underlined(raw: str) -> bool:
    """Whether a line above a rule is a heading: short, and neither an item, a row nor a sentence."""
    text = raw.strip()
    return bool(text) and not _BULLET.match(raw) and len(text) < _SHORT and "|" not in text and text[-1] not in ".,;"


def _item_or_text(raw: str, number: int, *, quoted: bool) -> DocumentLine:
    indent, marker, checked = len(raw) - len(raw.lstrip()), "", None
    if found := _BULLET.match(raw):
        marker = found[2] or found[3] or ("1." if found[4][0].isdigit() else "a.")
        raw = raw[found.end() :]
        if box := _CHECKBOX.match(raw):
            checked = box[1] in "xX✓"
            raw = raw[box.end() :]
    text = raw.strip()
    return DocumentLine(
        number=number,
        text=plain_prose(text),
        indent=indent,
        marker=marker,
        bold=bool(_WHOLLY_BOLD.match(text)),
        quoted=quoted,
        checked=checked,
    )


def _is_log_line(line: str) -> bool:
    """Whether a program wrote this line about itself."""
    return _LOG.match(line[:200]) is not None


def _code_lines(lines: list[str]) -> set[int]:
    """Indexes of the lines inside of code blocks.

    A block that is never closed ends where code plainly does, or else is none.
    """
    inside = _fenced(lines)
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return (
        set() if len(filled) > _FEWEST_FENCED and inside.issuperset(filled) else inside
    )  # a report put into a fence as a whole


def _fenced(lines: list[str]) -> set[int]:
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        found = _FENCE.match(line)
        if opened is None:
            if found and found[1] not in line[found.end() :]:
                opened = index, found[1]
        elif _has_left_the_code(line, lines[index - 1]):  # its end was forgotten: the block is over
            inside.update(range(opened[0], index))
            opened = None
        elif found and found[1].startswith(opened[1]) and not line[found.end() :].strip("`~ \t>"):
            inside.update(range(opened[0], index + 1))
            opened = None
    return inside


def _has_left_the_code(line: str, before: str) -> bool:
    """Whether a line inside of a code block is an item with a time after a blank line, as no code has it."""
    return not before.strip() and bool(_TIMED_ITEM.match(line))
