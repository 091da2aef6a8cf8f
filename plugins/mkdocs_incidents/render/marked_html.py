"""Extraction of timeline entries and promises from a rendered section, at the marks that were put into its Markdown.

Their HTML therefore has everything of the site's Markdown: links to other pages, images, footnotes, macros.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_MARK = re.compile(r"<!-- incidents:[a-z-]+(?: \d+)? -->")
_NUMBERED = re.compile(r"\s*incidents:(?P<what>entry|item) (?P<number>\d+)\s*")
_LABEL, _DAY, _END, _FIRST_ITEM = "incidents:label", "incidents:day", "incidents:item-end", "incidents:here"
_CELL = "incidents:cell"
_BLOCKS = {"ul", "ol", "p", "div", "pre", "table", "blockquote", "dl", "figure", "details"}
_CONTAINERS = {"li", "tr"}
_SINGLE_PARAGRAPH = re.compile(r"\A\s*<p>((?:(?!</?p>).)*)</p>\s*\Z", re.DOTALL)

_EMPTY_EMPHASIS = re.compile(r"<(strong|em|del)>(?:<(strong|em|del)></\2>)?</\1>")
"""What remains of emphasis around a mark after its text was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHtml:
    """The HTML of a timeline entry."""

    html: str
    """Without its time."""
    html_without_label: str
    """Without its time and without the label of its turning point, if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection:
    """A rendered section, and its parts."""

    html: str
    """The section without marks."""
    before: str
    """The HTML before the first entry or promise; the whole section if there is none."""
    after: str
    """The HTML after the first entry or promise, without entries and promises."""
    entries: Mapping[int, EntryHtml]
    items: Mapping[int, str]
    has_unclosed_element: bool = False
    """Whether a mark is in bare text: Markdown took it for HTML, because an element before it is not closed."""


def without_marks(rendered: str) -> str:
    """`rendered` without marks."""
    return _MARK.sub("", rendered)


def read_section(rendered: str) -> MarkedSection:
    """Split the HTML of a section at its marks."""
    unmarked = without_marks(rendered)
    if unmarked == rendered:
        return MarkedSection(html=unmarked, before=unmarked, after="", entries={}, items={})
    root = html.fragment_fromstring(rendered, create_parent="div")
    marks = [mark for mark in root.iter(etree.Comment) if _NUMBERED.fullmatch(mark.text)]
    if any(_container(mark, root) is root and (mark.tail or "").strip() for mark in marks):
        return MarkedSection(
            html=unmarked,
            before=unmarked,
            after="",
            entries={},
            items={},
            has_unclosed_element=True,
        )
    entries: dict[int, list[EntryHtml]] = {}
    items: dict[int, str] = {}
    for mark in marks:
        what, number = _numbered(mark)
        if what == "entry":
            entries.setdefault(number, []).append(_entry(mark, root))
        else:
            items[number] = _item(mark, root)
    _remove_items(root, marks)
    before, _, after = _inner_html(root).partition(f"<!--{_FIRST_ITEM}-->")
    return MarkedSection(
        html=unmarked,
        before=without_marks(before).strip(),
        after=without_marks(after).strip(),
        entries={number: _joined(parts) for number, parts in entries.items()},
        items=items,
    )


def _numbered(mark: etree._Comment) -> tuple[str, int]:
    _, what, number = mark.text.replace(":", " ").split()
    return what, int(number)


def _joined(parts: list[EntryHtml]) -> EntryHtml:
    """An entry with the items and rows without a time below it, as a nested list."""
    first, *more = [part for part in parts if part.html] or parts[:1]
    if not more:
        return first
    below = "".join(f"<li>{part.html}</li>" for part in more)
    return EntryHtml(
        html=f"{first.html}<ul>{below}</ul>", html_without_label=f"{first.html_without_label}<ul>{below}</ul>"
    )


def _entry(mark: etree._Comment, root: html.HtmlElement) -> EntryHtml:
    container = _container(mark, root)
    if container.tag == "tr":
        return _row(mark, container)
    content = _content_after(mark, container)
    label = next((found for found in content.iter(etree.Comment) if found.text.strip() == _LABEL), None)
    text = _inline_html(_inner_html(content))
    if label is None:
        return EntryHtml(html=text, html_without_label=text)
    return EntryHtml(html=text, html_without_label=_inline_html(_inner_html(_content_after(label, content))))


def _row(mark: etree._Comment, row: html.HtmlElement) -> EntryHtml:
    """The cells of a row that have the mark of the entry; several with their headers."""
    cells = [cell for cell in row if any(found.text == mark.text for found in cell.iter(etree.Comment))]
    if mark is not next(found for found in row.iter(etree.Comment) if found.text == mark.text):
        return EntryHtml(html="", html_without_label="")  # the other marks of the same row
    filled = [cell for cell in cells if cell.text_content().strip() or len(cell) > 1]
    parts = [_below_header(cell) for cell in filled] if len(cells) > 1 else map(_inner_html, filled)
    joined = without_marks("<br>".join(part.strip() for part in parts))
    return EntryHtml(html=joined, html_without_label=joined)


def _below_header(cell: html.HtmlElement) -> str:
    """A cell of a table, after the header of its column."""
    headers = next(cell.iterancestors("table")).xpath("./thead/tr/th")
    number = cell.getparent().index(cell)
    header = _inner_html(headers[number]).strip() if number < len(headers) else ""
    text = _inner_html(cell).strip()
    return f"<b>{header}:</b> {text}" if header else text


def _item(mark: etree._Comment, root: html.HtmlElement) -> str:
    container = _container(mark, root)
    cells: list[html.HtmlElement] = []
    if container.tag == "tr":
        own_cell = next(cell for cell in container if cell in {*mark.iterancestors()})
        cells = [cell for cell in container if any(found.text.strip() == _CELL for found in cell.iter(etree.Comment))]
        container = own_cell
    copy = _content_after(mark, container)
    numbered = [found for found in copy.iter(etree.Comment) if _NUMBERED.fullmatch(found.text)]
    for end in [found for found in copy.iter(etree.Comment) if found.text.strip() == _END][:1] + numbered[1:2]:
        _remove_text_after(end)
    return _inline_html("<br>".join([_inner_html(copy).strip(), *map(_below_header, cells)]))


def _container(mark: etree._Comment, root: html.HtmlElement) -> html.HtmlElement:
    """The list item, table row or paragraph that contains a mark; `root` if there is none."""
    ancestors = [*mark.iterancestors()]
    for ancestor in ancestors:
        if ancestor.tag in _CONTAINERS:
            return ancestor
    return next((ancestor for ancestor in ancestors if ancestor.tag == "p"), root)


def _content_after(mark: etree._Comment, container: html.HtmlElement) -> html.HtmlElement:
    """A copy of `container` without its content before the mark."""
    path = []
    node = mark
    while node is not container:
        parent = node.getparent()
        path.append(parent.index(node))
        node = parent
    node = copy = deepcopy(container)
    for index in reversed(path):
        node.text = None
        for before in node[:index]:
            node.remove(before)
        node = node[0]
    return copy


def _remove_text_after(mark: etree._Comment) -> None:
    """Remove the text after a mark in its line; blocks below remain."""
    node = mark
    while True:  # the line continues after emphasis that contains the mark
        node.tail = None
        parent = node.getparent()
        for after in [*node.itersiblings()]:
            if after.tag in _BLOCKS:
                return
            parent.remove(after)
        if parent.getparent() is None or parent.tag in _BLOCKS | _CONTAINERS:
            return
        node = parent


def _remove_items(root: html.HtmlElement, marks: list[etree._Comment]) -> None:
    """Remove entries, promises, days on lines of their own, and lists and tables that become empty."""
    days = [mark for mark in root.iter(etree.Comment) if mark.text.strip() == _DAY]
    containers = {id(container): container for mark in marks if (container := _container(mark, root)) is not root}
    if len(containers) < len({mark.text for mark in marks}) and any(_container(mark, root) is root for mark in marks):
        root.clear()  # the whole section is an entry
        return
    first = next(iter(containers.values()), None)
    if first is not None:
        _split_before(first, root).addprevious(etree.Comment(_FIRST_ITEM))
    emptied = [[*container.iterancestors()] for container in containers.values()]
    for container in containers.values():
        container.drop_tree()
    for day in days:
        emptied.append([*day.iterancestors()])
        _remove_day_element(day)
    for ancestors in emptied:
        for node in ancestors:
            if node is not root and node.getparent() is not None and _is_empty(node):
                node.drop_tree()


def _split_before(first: html.HtmlElement, root: html.HtmlElement) -> html.HtmlElement:
    """The child of `root` that contains the first entry or promise; items and text before it become a separate list."""
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


def _remove_day_element(day: etree._Comment) -> None:
    """Remove a day on a line of its own: its paragraph, or the text of its item before nested items."""
    container = next((node for node in day.iterancestors() if node.tag in {"p", "li"}), None)
    if container is None or container.getparent() is None:
        return
    if container.tag == "p":
        container.drop_tree()
        return
    container.text = None
    for child in [*container]:
        if child.tag in {"ul", "ol"}:
            break
        child.tail = None
        container.remove(child)


def _is_empty(node: html.HtmlElement) -> bool:
    if node.tag in {"ul", "ol", "tbody"}:
        return not node.xpath("./li | ./tr")
    if node.tag == "table":
        return not node.xpath(".//td")
    if node.tag == "li":
        return not node.text_content().strip() and not node.xpath(".//img | .//video | .//ul | .//ol | .//table")
    return node.tag == "div" and not len(node) and not (node.text or "").strip()


def _inner_html(node: html.HtmlElement) -> str:
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in node)
    return f"{_escaped_html(node.text)}{children}"


def _escaped_html(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inline_html(rendered: str) -> str:
    """HTML without marks, and without its paragraph if it is a single one."""
    return _SINGLE_PARAGRAPH.sub(r"\1", _EMPTY_EMPHASIS.sub("", without_marks(rendered))).strip()


def footnotes_by_id(rendered: str) -> Iterator[tuple[str, str]]:
    """The footnotes at the end of a page: their ids and list items."""
    if 'class="footnote"' not in rendered:
        return
    root = html.fragment_fromstring(rendered, create_parent="div")
    for note in root.xpath("//div[@class='footnote']//li[@id]"):
        yield note.get("id"), etree.tostring(note, encoding="unicode", method="html", with_tail=False)


def with_footnotes(section: str, notes: Mapping[str, str]) -> str:
    """A section with the footnotes that it refers to, for outputs that have nothing else of its page."""
    referred = [note for name, note in notes.items() if f'href="#{name}"' in section]
    return f'{section}\n<ol class="footnotes">{"".join(referred)}</ol>' if referred else section


def rebased(rendered: str, home: str, page: str, relative: Callable[[str, str], str]) -> str:
    """HTML with its links relative to the address `home` made relative to the address `page` of the same site.

    Args:
        rendered: the HTML.
        home: relative to the root of the site, as all addresses here.
        page: likewise.
        relative: returns its first address relative to the second one.
    """

    def link(address: str) -> str:
        if urlsplit(address).scheme or address.startswith(("/", "//")):
            return address
        return relative(urljoin(f"/{home}", address).lstrip("/"), page)

    root = html.fragment_fromstring(rendered, create_parent="div")
    root.rewrite_links(link)
    return _inner_html(root)
