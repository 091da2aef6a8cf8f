"""How a page is read: from one stop of the keyboard to the next, and within the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Everything of ours a keyboard must reach, in the order of the page.
_STOPS = """() => {
    const known = window.knownStops = [...document.querySelectorAll(
        '.mi-nav a, .mi :is(:any-link, button, summary, [tabindex="0"])')]
        .filter(element => element.getBoundingClientRect().width);
    return known.map(element => element.outerHTML.slice(0, 90));
}"""
_HERE = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        stop: window.knownStops.indexOf(element),
        what: element.outerHTML.slice(0, 90),
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        on_screen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


def stops(page: Page) -> list[str]:
    """Every stop that the page owes to a keyboard."""
    found: list[str] = page.evaluate(_STOPS)
    return found


def tab_through(page: Page, presses: int) -> list[dict[str, Any]]:
    """Where the focus stands after each press of the tab key, on our parts of the page."""
    page.evaluate("document.activeElement.blur()")
    visited = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here["stop"] >= 0:
            visited.append(here)
    return visited


def overflowing(page: Page) -> list[str]:
    """What reaches beyond the screen, if the page can be scrolled sideways; nothing that scrolls by itself."""
    found: list[str] = page.evaluate("""() => {
        const wide = document.documentElement.scrollWidth > innerWidth;
        if (!wide) return [];
        const out = [...document.querySelectorAll('.mi *, .mi-nav')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)
                && !element.closest('.scroll, .bars, .mi-nav .md-grid');
        });
        return out.length ? out.map(element => element.outerHTML.slice(0, 120)) : ['the page, by something hidden'];
    }""")
    return found
