"""The HTML of entries and promises, taken out of a rendered section at the marks that were put into its Markdown.

So they have everything that the host's Markdown can do: links to other pages, pictures, footnotes, macros.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARK = re.compile(r"<!-- incidents:[a-z-]+(?: \d+)? -->")
_NUMBERED = re.compile(r"\s*incidents:(?P<what>entry|item) (?P<number>\d+)\s*")
_LABEL, _DAY, _END, _HERE = "incidents:label", "incidents:day", "incidents:item-end", "incidents:here"
_CELL = "incidents:cell"
_BLOCKS = {"ul", "ol", "p", "div", "pre", "table", "blockquote", "dl", "figure", "details"}
_HOLDERS = {"li", "tr"}
_ONE_PARAGRAPH = re.compile(r"\A\s*<p>((?:(?!</?p>).)*)</p>\s*\Z", re.DOTALL)

_EMPTY_EMPHASIS = re.compile(r"<(strong|em|del)>(?:<(strong|em|del)></\2>)?</\1>")
"""What is left of emphasis around a mark whose words are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHtml:
    """The HTML of a timeline entry."""

    html: str
    """Without its time."""
    behind_label: str
    """Without its label, too, where one states its turning point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection:
    """A rendered section, taken apart."""

    whole: str
    """All of it, without marks."""
    before: str
    """What stands before the first entry or promise; all of it where there is none."""
    after: str
    """What stands behind the first of them and is none."""
    entries: Mapping[int, EntryHtml]
    items: Mapping[int, str]
    swallowed: bool = False
    """Whether a mark stands in bare text: the host took it for HTML, because an element above it is left open."""


def without_marks(rendered: str) -> str:
    """`rendered` without our marks."""
    return _MARK.sub("", rendered)


def read_section(rendered: str) -> MarkedSection:
    """Take the HTML of a section apart."""
    whole = without_marks(rendered)
    if whole == rendered:
        return MarkedSection(whole=whole, before=whole, after="", entries={}, items={})
    root = html.fragment_fromstring(rendered, create_parent="div")
    marks = [mark for mark in root.iter(etree.Comment) if _NUMBERED.fullmatch(mark.text)]
    if any(_holder(mark, root) is root and (mark.tail or "").strip() for mark in marks):
        return MarkedSection(whole=whole, before=whole, after="", entries={}, items={}, swallowed=True)
    entries: dict[int, list[EntryHtml]] = {}
    items: dict[int, str] = {}
    for mark in marks:
        what, number = _numbered(mark)
        if what == "entry":
            entries.setdefault(number, []).append(_entry(mark, root))
        else:
            items[number] = _item(mark, root)
    _take_out(root, marks)
    before, _, after = _inner(root).partition(f"<!--{_HERE}-->")
    return MarkedSection(
        whole=whole,
        before=without_marks(before).strip(),
        after=without_marks(after).strip(),
        entries={number: _joined(parts) for number, parts in entries.items()},
        items=items,
    )


def _numbered(mark: etree._Comment) -> tuple[str, int]:
    _, what, number = mark.text.replace(":", " ").split()
    return what, int(number)


def _joined(parts: list[EntryHtml]) -> EntryHtml:
    """An entry with what belongs to it: items and rows without a time below it."""
    first, *more = [part for part in parts if part.html] or parts[:1]
    if not more:
        return first
    below = "".join(f"<li>{part.html}</li>" for part in more)
    return EntryHtml(html=f"{first.html}<ul>{below}</ul>", behind_label=f"{first.behind_label}<ul>{below}</ul>")


def _entry(mark: etree._Comment, root: html.HtmlElement) -> EntryHtml:
    holder = _holder(mark, root)
    if holder.tag == "tr":
        return _row(mark, holder)
    own = _behind(mark, holder)
    label = next((found for found in own.iter(etree.Comment) if found.text.strip() == _LABEL), None)
    whole = _one_paragraph(_inner(own))
    return EntryHtml(
        html=whole, behind_label=_one_paragraph(_inner(_behind(label, own))) if label is not None else whole
    )


def _row(mark: etree._Comment, row: html.HtmlElement) -> EntryHtml:
    """The cells of a row that have the mark of the entry; each below its header where there are several."""
    cells = [cell for cell in row if any(found.text == mark.text for found in cell.iter(etree.Comment))]
    if mark is not next(found for found in row.iter(etree.Comment) if found.text == mark.text):
        return EntryHtml(html="", behind_label="")  # the other marks of the same row
    filled = [cell for cell in cells if cell.text_content().strip() or len(cell) > 1]
    parts = [_below_header(cell) for cell in filled] if len(cells) > 1 else map(_inner, filled)
    joined = without_marks("<br>".join(part.strip() for part in parts))
    return EntryHtml(html=joined, behind_label=joined)


def _below_header(cell: html.HtmlElement) -> str:
    """A cell of a table with the header of its column before it."""
    headers = next(cell.iterancestors("table")).xpath("./thead/tr/th")
    number = cell.getparent().index(cell)
    header = _inner(headers[number]).strip() if number < len(headers) else ""
    text = _inner(cell).strip()
    return f"<b>{header}:</b> {text}" if header else text


def _item(mark: etree._Comment, root: html.HtmlElement) -> str:
    holder = _holder(mark, root)
    cells: list[html.HtmlElement] = []
    if holder.tag == "tr":
        own_cell = next(cell for cell in holder if cell in {*mark.iterancestors()})
        cells = [cell for cell in holder if any(found.text.strip() == _CELL for found in cell.iter(etree.Comment))]
        holder = own_cell
    own = _behind(mark, holder)
    numbered = [found for found in own.iter(etree.Comment) if _NUMBERED.fullmatch(found.text)]
    for end in [found for found in own.iter(etree.Comment) if found.text.strip() == _END][:1] + numbered[1:2]:
        _cut_behind(end)
    return _one_paragraph("<br>".join([_inner(own).strip(), *map(_below_header, cells)]))


def _holder(mark: etree._Comment, root: html.HtmlElement) -> html.HtmlElement:
    """The list item, table row or paragraph that a mark stands in; the section itself where it stands in none."""
    ancestors = [*mark.iterancestors()]
    for ancestor in ancestors:
        if ancestor.tag in _HOLDERS:
            return ancestor
    return next((ancestor for ancestor in ancestors if ancestor.tag == "p"), root)


def _behind(mark: etree._Comment, holder: html.HtmlElement) -> html.HtmlElement:
    """A copy of `holder` without all that stands before the mark in it."""
    path = []
    node = mark
    while node is not holder:
        parent = node.getparent()
        path.append(parent.index(node))
        node = parent
    node = own = deepcopy(holder)
    for index in reversed(path):
        node.text = None
        for before in node[:index]:
            node.remove(before)
        node = node[0]
    return own


def _cut_behind(mark: etree._Comment) -> None:
    """Remove what stands behind a mark in its line of text; blocks below stay."""
    node = mark
    while True:  # the line goes on behind emphasis that the mark stands in
        node.tail = None
        parent = node.getparent()
        for after in [*node.itersiblings()]:
            if after.tag in _BLOCKS:
                return
            parent.remove(after)
        if parent.getparent() is None or parent.tag in _BLOCKS | _HOLDERS:
            return
        node = parent


def _take_out(root: html.HtmlElement, marks: list[etree._Comment]) -> None:
    """Remove entries, promises and days on lines of their own, and lists and tables that have nothing else."""
    days = [mark for mark in root.iter(etree.Comment) if mark.text.strip() == _DAY]
    holders = {id(holder): holder for mark in marks if (holder := _holder(mark, root)) is not root}
    if len(holders) < len({mark.text for mark in marks}) and any(_holder(mark, root) is root for mark in marks):
        root.clear()  # the section as a whole is an entry
        return
    first = next(iter(holders.values()), None)
    if first is not None:
        _outermost_behind_the_words_above(first, root).addprevious(etree.Comment(_HERE))
    emptied = [[*holder.iterancestors()] for holder in holders.values()]
    for holder in holders.values():
        holder.drop_tree()
    for day in days:
        emptied.append([*day.iterancestors()])
        _drop_line(day)
    for ancestors in emptied:
        for node in ancestors:
            if node is not root and node.getparent() is not None and _is_empty(node):
                node.drop_tree()


def _outermost_behind_the_words_above(first: html.HtmlElement, root: html.HtmlElement) -> html.HtmlElement:
    """What of the section holds the first entry or promise; items and words above it go into a list of their own."""
    node = first
    while (parent := node.getparent()) is not root:
        if parent.tag in {"ul", "ol", "li"} and not _is_blank_before(node):
            above = parent.makeelement(parent.tag, dict(parent.attrib))
            parent.attrib.pop("id", None)
            above.text, parent.text = parent.text, None
            above.extend(parent[: parent.index(node)])
            parent.addprevious(above)
        node = parent
    return node


def _is_blank_before(node: html.HtmlElement) -> bool:
    return not (node.getparent().text or "").strip() and node.getprevious() is None


def _drop_line(day: etree._Comment) -> None:
    """Remove a day on a line of its own: its paragraph, or the text of its item above nested items."""
    holder = next((node for node in day.iterancestors() if node.tag in {"p", "li"}), None)
    if holder is None or holder.getparent() is None:
        return
    if holder.tag == "p":
        holder.drop_tree()
        return
    holder.text = None
    for child in [*holder]:
        if child.tag in {"ul", "ol"}:
            break
        child.tail = None
        holder.remove(child)


def _is_empty(node: html.HtmlElement) -> bool:
    if node.tag in {"ul", "ol", "tbody"}:
        return not node.xpath("./li | ./tr")
    if node.tag == "table":
        return not node.xpath(".//td")
    if node.tag == "li":
        return not node.text_content().strip() and not node.xpath(".//img | .//video | .//ul | .//ol | .//table")
    return node.tag == "div" and not len(node) and not (node.text or "").strip()


def _inner(node: html.HtmlElement) -> str:
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in node)
    return f"{_escaped(node.text)}{children}"


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_paragraph(rendered: str) -> str:
    """HTML without our marks, and without a paragraph around it where it is only one."""
    return _ONE_PARAGRAPH.sub(r"\1", _EMPTY_EMPHASIS.sub("", without_marks(rendered))).strip()


def footnotes_by_id(rendered: str) -> Iterator[tuple[str, str]]:
    """The footnotes at the end of a page: the id that links lead to, and the list item."""
    if 'class="footnote"' not in rendered:
        return
    root = html.fragment_fromstring(rendered, create_parent="div")
    for note in root.xpath("//div[@class='footnote']//li[@id]"):
        yield note.get("id"), etree.tostring(note, encoding="unicode", method="html", with_tail=False)


def with_footnotes(section: str, notes: Mapping[str, str]) -> str:
    """A section with the footnotes that it refers to, for readers who see nothing else of its page."""
    referred = [note for name, note in notes.items() if f'href="#{name}"' in section]
    return f'{section}\n<ol class="footnotes">{"".join(referred)}</ol>' if referred else section


def moved(rendered: str, home: str, page: str) -> str:
    """HTML whose relative links start at the address `home`, for the page at the address `page` of the same site."""

    def link(address: str) -> str:
        if urlsplit(address).scheme or address.startswith(("/", "//")):
            return address
        return get_relative_url(urljoin(f"/{home}", address).lstrip("/"), page)

    root = html.fragment_fromstring(rendered, create_parent="div")
    root.rewrite_links(link)
    return _inner(root)
