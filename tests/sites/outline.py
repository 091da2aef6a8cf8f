"""A page as its tags say it, without the repairs that browsers and lenient parsers make."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip


@dataclass(eq=False)
class Element:
    """One element with what is inside."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This one and all below, as they stand in the page."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()

    @property
    def text(self) -> str:
        """What a reader reads, spaces as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()

    @property
    def ancestors(self) -> list[Element]:
        """From the nearest outward."""
        return [self.parent, *self.parent.ancestors] if self.parent else []

    def inside(self, tag: str, **attributes: str) -> bool:
        """Whether an element around this one fits."""
        return any(element.fits(tag, attributes) for element in self.ancestors)

    def fits(self, tag: str | None, attributes: dict[str, str]) -> bool:
        if tag not in {None, self.tag}:
            return False
        for name, value in attributes.items():
            key = name.rstrip("_").replace("_", "-")
            had = self.attributes.get(key, "")
            if value not in (had.split() if key in {"class", "rel"} else [had]):
                return False
        return True

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Every element below that fits: `all("p", class_="state")`."""
        return [element for element in self.walk() if element.fits(tag, attributes)]

    def only(self, tag: str | None = None, **attributes: str) -> Element:
        """The only element below that fits."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]


@dataclass(eq=False)
class Outline(Element):
    """A whole page."""

    faults: list[str] = field(default_factory=list)
    """Tags that close what is not open, and elements nobody closed."""

    @classmethod
    def of(cls, html: str) -> Outline:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        page = reader.page
        page.faults += [f"<{element.tag}> is never closed" for element in reader.open[1:]]
        return page

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.walk() if element.attributes.get("id")]

    @property
    def title(self) -> str:
        """What the tab of the browser says."""
        return self.only("head").only("title").text

    def meta(self, name: str) -> str:
        return self.only("meta", name=name).attributes["content"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Outline("", {})
        self.open: list[Element] = [self.page]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or any(element.tag == "svg" for element in self.open):
            self._add(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)  # HTML knows no `<div/>`: it stays open

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.page.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].content.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.page.faults.append(f"</{tag}> while <{self.open[-1].tag}> is open")

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)
