"""Microsoft Teams: an Adaptive Card in the envelope that the webhooks of Workflows take.

Runs of rich text instead of text blocks, because those read Markdown in their own way, without a way to escape it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_incidents.emit.clean_html import plain_text

from .copies import Copy, whole_text
from .lengths import fitted

if TYPE_CHECKING:
    from .facts import ChannelFacts

SIZE = 28_000
"""Bytes of the JSON; Teams refuses more than 28 KB."""
_TITLE, _VALUE = 300, 1000


def teams(facts: ChannelFacts) -> Copy:
    """The card, and the same as plain text; of words that are too long, the beginning."""
    full = plain_text(facts.html)
    words = fitted(full, lambda part: _size(_envelope(facts, part)) <= SIZE)
    document = _envelope(facts, words)
    return Copy(
        text=f"{facts.heading}\n\n{whole_text(facts, words)}",
        document=document,
        length=_size(document),
        limit=SIZE,
        unit="bytes of the card",
        full_length=_size(document) if words == full else _size(_envelope(facts, full)),
    )


def _size(document: dict[str, Any]) -> int:
    """Bytes as they are printed: indented, in ASCII."""
    return len(json.dumps(document, indent=2))


def _envelope(facts: ChannelFacts, words: str) -> dict[str, Any]:
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": f"{_shortened(facts.heading, _TITLE)} {facts.link}",
        "body": list(_body(facts, words)),
        "actions": [{"type": "Action.OpenUrl", "title": _shortened(facts.site_name, _TITLE), "url": facts.link}],
    }
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [content]}


def _body(facts: ChannelFacts, words: str) -> list[dict[str, Any]]:
    heading = {"type": "TextRun", "text": _shortened(facts.heading, _TITLE), "weight": "Bolder", "size": "Medium"}
    rows = [
        _paragraph(
            {"type": "TextRun", "text": f"{label}: ", "weight": "Bolder"},
            {"type": "TextRun", "text": _shortened(value, _VALUE)},
            spacing="Default" if number == 0 else "Small",
        )
        for number, (label, value) in enumerate(facts.rows)
    ]
    paragraphs = [facts.note, *words.split("\n\n"), facts.next_sentence]
    texts = [_paragraph({"type": "TextRun", "text": text}) for text in paragraphs if text]
    return [_paragraph(heading), *rows, *texts]


def _paragraph(*runs: dict[str, Any], spacing: str = "Default") -> dict[str, Any]:
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": list(runs)}


def _shortened(text: str, limit: int) -> str:
    return fitted(text, lambda part: len(part) <= limit)
