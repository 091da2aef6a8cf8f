"""Sanitizing of HTML that authors write: every element is closed; no script, event handler or style."""

from __future__ import annotations

import re

import nh3

_RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
# What Markdown without HTML can contain: event handlers (attr_list), and addresses of a scheme that may run scripts.
_EVENT_HANDLER = re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE)
_ADDRESS_THAT_MAY_RUN = re.compile(
    r"""=(?:(?<=href=)|(?<=src=))["'](?!\#|https?:|mailto:|tel:)[^"'/?]*[:&]""", re.IGNORECASE
)
_LIKE_EVENT_HANDLER = re.compile(r"\son\w+\s*=", re.IGNORECASE)
"""Found far sooner than `_EVENT_HANDLER`, which looks at the rest of each element again and again."""
_COMMENT_OF_AUTHOR = re.compile(r"<!--(?! incidents:[a-z-]+(?: \d+)? -->).*?-->", re.DOTALL)
"""Any comment but the marks of sections, entries and promises."""
_NAME = re.compile(r"<(?=/?([a-zA-Z][\w:-]*))")
_ELEMENTS = nh3.ALLOWED_TAGS.union(
    ("audio", "base", "body", "button", "canvas", "embed", "fieldset", "footer", "form", "frame", "frameset", "head"),
    ("html", "iframe", "input", "label", "legend", "link", "main", "meta", "noscript", "object", "option", "param"),
    ("path", "script", "section", "select", "slot", "source", "style", "svg", "template", "textarea", "title", "video"),
)
_TAGS = nh3.ALLOWED_TAGS | {"svg", "path", "section", "input", "label", "source", "video"}
_EVERYWHERE = {"class", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "open"}
_ATTRIBUTES = {tag: set(attributes) for tag, attributes in nh3.ALLOWED_ATTRIBUTES.items()} | {
    "*": _EVERYWHERE | {"id"},
    "svg": {"viewBox", "width", "height"},
    "path": {"d"},
    "input": {"type", "checked", "disabled", "name", "for"},
    "label": {"for"},
    "img": nh3.ALLOWED_ATTRIBUTES["img"] | {"srcset", "sizes"},
    "source": {"src", "type", "srcset", "media"},
    "video": {"src", "controls", "width", "height", "poster"},
    "code": {"data-lang"},
}
# Created once: creating a cleaner takes longer than cleaning a hundred messages.
_SECTION = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, strip_comments=False)
_MESSAGE = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES | {"*": _EVERYWHERE})


def safe_section(html: str, markdown: str) -> str:
    """A rendered section, sanitized, with its marks; unchanged where it has no raw HTML and nothing that may run.

    `markdown` is its source. Text that only looks like an element (`<api-version>`) remains text.
    """
    if not (_RAW_HTML.search(markdown) or _may_run(html)):
        return html
    named = _NAME.sub(lambda found: "<" if found[1].lower() in _ELEMENTS else "&lt;", html)
    return _COMMENT_OF_AUTHOR.sub("", _SECTION.clean(named))


def _may_run(html: str) -> bool:
    if _ADDRESS_THAT_MAY_RUN.search(html):
        return True
    return _LIKE_EVENT_HANDLER.search(html) is not None and _EVENT_HANDLER.search(html) is not None


def safe_message(html: str) -> str:
    """A rendered message, sanitized; without ids, which could occur twice on a page with several messages."""
    return _MESSAGE.clean(html)
