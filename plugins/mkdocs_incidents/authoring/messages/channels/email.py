"""E-mail: a subject and a body without a greeting, as plain text and as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mkdocs_incidents.emit.clean_html import plain_text

from .copies import Copy, whole_text
from .lengths import fitted

if TYPE_CHECKING:
    from .facts import ChannelFacts

_LINE = 78
"""Characters in a line of a header, its name included (RFC 5322, 2.1.1)."""
_NAME = "Subject: "


def email(facts: ChannelFacts) -> Copy:
    """The header line `Subject`, an empty line and the body; only the header has a limit."""
    subject = fitted(facts.heading, lambda part: len(_NAME + part) <= _LINE)
    body = whole_text(facts, plain_text(facts.html))
    return Copy(
        text=f"{_NAME}{subject}\n\n{body}",
        document={"subject": subject, "text": body, "html": _html(facts), "link": facts.link},
        length=len(_NAME + subject),
        limit=_LINE,
        unit="characters in the subject line",
        full_length=len(_NAME + facts.heading),
    )


def _html(facts: ChannelFacts) -> str:
    rows = "<br>".join(f"<strong>{escape(label)}</strong>: {escape(value)}" for label, value in facts.rows)
    link = f'<a href="{escape(facts.link)}">{escape(facts.link)}</a>'
    paragraphs = [rows, escape(facts.note), facts.html, escape(facts.next_sentence), link]
    return "\n".join(part if part is facts.html else f"<p>{part}</p>" for part in paragraphs if part)
