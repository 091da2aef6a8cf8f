"""Channels of a few words: text messages, posts, a banner, one line for a phone queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .copies import Copy, linkless_words, sentence, short_text
from .lengths import BLUESKY, POST, fitted, gsm_punctuation, outside_gsm, post_fits, post_length, sms_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import ChannelFacts

BANNER = 120
STATUS = 200
_LEAST_SMS = 60
"""Characters of the heading that stand in a text message, if need be in one of several parts."""


def sms(facts: ChannelFacts) -> Copy:
    """A text message of one part; of more where the link leaves no room for the heading."""
    heading, words = gsm_punctuation(facts.heading), gsm_punctuation(linkless_words(facts))
    facts = replace(facts, heading=heading, next_update=gsm_punctuation(facts.next_update))
    least = fitted(sentence(heading), lambda part: len(part) <= _LEAST_SMS, "...")
    parts = sms_length(f"{least} {facts.link}").parts
    text = short_text(facts, words, " ", lambda text: sms_length(text).parts <= parts, "...")
    full = " ".join(filter(None, [sentence(heading), words, facts.next_sentence, facts.link]))
    length = sms_length(text)
    alphabet = "GSM 03.38" if length.gsm else "UCS-2"
    in_parts = "1 part" if length.parts == 1 else f"{length.parts} parts"
    return Copy(
        text=text,
        document={
            "text": text,
            "link": facts.link,
            "alphabet": alphabet,
            "length": length.units,
            "parts": length.parts,
        },
        length=length.units,
        limit=length.limit,
        unit=f"characters in {in_parts}, {alphabet}",
        full_length=length.units if text == full else max(sms_length(full).units, length.units + 1),
        remarks=tuple(_foreign(text)),
    )


def _foreign(text: str) -> Iterator[str]:
    """Why so few characters fit in a part."""
    others = outside_gsm(text)
    if others:
        named = " ".join(others[:5])
        yield f"sent as UCS-2, 70 characters a part instead of 160, because GSM 03.38 does not have {named}"


def social(facts: ChannelFacts) -> Copy:
    """A post for X, Mastodon and Bluesky."""
    words = linkless_words(facts)
    text = short_text(facts, words, "\n", post_fits)
    full = "\n".join(filter(None, [facts.heading, words, facts.next_sentence, facts.link]))
    short_enough_for_x = text != full and post_length(full) <= POST
    measured = len if short_enough_for_x else post_length
    return Copy(
        text=text,
        document={"text": text, "link": facts.link, "x_length": post_length(text), "characters": len(text)},
        length=measured(text),
        limit=BLUESKY if short_enough_for_x else POST,
        unit="characters at Bluesky" if short_enough_for_x else "characters as X counts them",
        full_length=max(measured(full), measured(text) + (text != full)),
    )


def banner(facts: ChannelFacts) -> Copy:
    """One sentence for the product's own site; the link is not counted."""
    full = f"{facts.heading}, {facts.when}" if facts.when else facts.heading
    text = full if len(full) <= BANNER else fitted(facts.heading, lambda part: len(part) <= BANNER)
    return Copy(
        text=f"{text}\n{facts.link}",
        document={"text": text, "link": facts.link, "severity": facts.severity},
        length=len(text),
        limit=BANNER,
        full_length=len(full),
    )


def status(facts: ChannelFacts) -> Copy:
    """One line with the state, for a phone queue or a chat; the link stands in the JSON only, as it may be read out."""
    full = " ".join(filter(None, [sentence(facts.line), facts.next_sentence]))
    text = full if len(full) <= STATUS else fitted(sentence(facts.line), lambda part: len(part) <= STATUS)
    return Copy(
        text=text,
        document={"text": text, "link": facts.link},
        length=len(text),
        limit=STATUS,
        full_length=len(full),
    )
