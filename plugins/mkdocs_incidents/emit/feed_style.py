"""What a browser shows of a feed: a style sheet, since browsers are giving up XSLT and a feed carries no script.

Its words are in the language of the site. Without it a reader sees bare XML.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .wire import Wire

STYLE_PATH = "assets/incidents/feed.css"

_RULES = """\
:root { color-scheme: light dark; }
rss, feed { display: block; max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
rss, feed { font: 1rem/1.5 system-ui, sans-serif; }
rss::before, feed::before { display: block; margin-bottom: 2rem; padding: 1rem; border: 1px solid; content: %s; }
channel { display: block; }
channel > *, feed > *, item > *, entry > * { display: none; }
channel > item, feed > entry { display: block; padding: 1rem 0; border-top: 1px solid; }
channel > title, feed > title { display: block; margin-bottom: 1rem; font-size: 1.5rem; font-weight: 700; }
item > title, entry > title { display: block; font-weight: 700; }
item > description, entry > summary { display: block; }
item > pubDate, entry > published { display: block; font-size: .875rem; opacity: .8; }
"""


def feed_style(wire: Wire) -> bytes:
    """The style sheet, with the explanation in its words."""
    told = wire.edition.wording.text(
        "This is a feed, made for feed readers, chat rooms and programs. To follow it, copy the address of this page "
        "into one of them: it then shows each new entry by itself."
    )
    # A string of CSS is written like one of JSON, but for escapes; with everything beyond ASCII left as it is, the
    # quote, the backslash and the control characters remain, and the words of a catalogue hold no control characters.
    return (_RULES % json.dumps(told, ensure_ascii=False)).encode()
