"""What is handed to each channel is complete, within its limits, and has the whole link."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.authoring.messages.channels.lengths import post_fits, sms_length
from mkdocs_incidents.authoring.messages.channels.registry import CHANNELS
from mkdocs_incidents.authoring.messages.channels.slack import mrkdwn
from mkdocs_incidents.authoring.messages.channels.teams import SIZE
from mkdocs_incidents.cli.message_html import message_html
from tests.authoring.messages.facts_of import ZONE, facts_of
from tests.makers import at, incident, states, update

MESSAGE = "**Card payments** fail for [everyone](https://help.example.com/cards?a=1&b=2). Your money has not moved."


def facts(message: str = MESSAGE, **fields: Any) -> Any:
    told = update(
        "2026-04-06 14:36", "investigating", ZONE, message=message, next_update_at=at("2026-04-06 15:00", ZONE)
    )
    defaults = {"title": "Card payments failed", "id": "cards-failed", "components": states(cards="major_outage")}
    return facts_of(incident("2026-04-06 14:30", told, zone=ZONE, **defaults | fields), "2026-04-06 14:40")


LINK = "https://status.example.com/incidents/cards-failed/"


def test_an_e_mail_is_a_subject_and_a_body_without_a_greeting() -> None:
    copy = CHANNELS["email"](facts())
    assert copy.text == (
        "Subject: Investigating: Card payments failed\n\n"
        "Status: Investigating\nServices: Card payments: Major outage\nTime: since 14:30 WAT\n\n"
        "Card payments fail for everyone (https://help.example.com/cards?a=1&b=2). Your money has not moved.\n\n"
        f"Next update by 15:00 WAT.\n\n{LINK}"
    )
    assert copy.document["subject"] == "Investigating: Card payments failed"
    assert "<strong>Card payments</strong> fail" in copy.document["html"]


def test_a_text_message_has_one_part_and_no_link_but_its_own() -> None:
    short = "Cards [fail](https://help.example.com/)."
    copy = CHANNELS["sms"](facts(short))
    assert copy.text == f"Investigating: Card payments failed. Cards fail. Next update by 15:00 WAT. {LINK}"
    assert copy.measure == "125 of 160 characters in 1 part, GSM 03.38"
    assert not copy.shortened


def test_a_text_message_without_room_for_words_has_the_begin() -> None:
    copy = CHANNELS["sms"](facts())
    assert copy.text == f"Investigating: Card payments failed, since 14:30 WAT. Next update by 15:00 WAT. {LINK}"
    assert copy.shortened


def test_a_text_message_in_another_alphabet_has_the_parts_that_link_and_title_need_and_says_why() -> None:
    copy = CHANNELS["sms"](facts(title="お支払いができません"))
    assert copy.document["alphabet"] == "UCS-2"
    assert copy.document["parts"] == 2
    assert copy.remarks[0].startswith("sent as UCS-2, 70 characters a part instead of 160")


def test_a_post_has_heading_words_next_update_and_link_on_lines_of_their_own() -> None:
    assert CHANNELS["social"](facts()).text == (
        "Investigating: Card payments failed\nCard payments fail for everyone. Your money has not moved.\n"
        f"Next update by 15:00 WAT.\n{LINK}"
    )


def test_a_banner_is_one_sentence_with_link_and_severity() -> None:
    assert CHANNELS["banner"](facts()).document == {
        "text": "Investigating: Card payments failed, since 14:30 WAT",
        "link": LINK,
        "severity": "major_outage",
    }


def test_a_status_line_can_be_read_out() -> None:
    copy = CHANNELS["status"](facts())
    assert copy.text == "Card payments: major outage since 14:30 WAT, investigating. Next update by 15:00 WAT."
    assert copy.document["link"] == LINK


def test_a_message_for_slack_has_header_fields_words_and_the_link() -> None:
    document = CHANNELS["slack"](facts()).document
    header, fields, words, context = document["blocks"]
    assert header["text"] == {"type": "plain_text", "text": "Investigating: Card payments failed", "emoji": False}
    assert fields["fields"][1]["text"] == "*Services*\nCard payments: Major outage"
    assert words["text"]["text"] == (
        "*Card payments* fail for <https://help.example.com/cards?a=1&amp;b=2|everyone>. Your money has not moved."
    )
    assert context["elements"][0]["text"] == f"Next update by 15:00 WAT. <{LINK}|Example status>"
    assert document["text"] == f"Investigating: Card payments failed <{LINK}>"


def test_a_card_for_teams_stands_in_the_envelope_of_a_webhook() -> None:
    document = CHANNELS["teams"](facts()).document
    (attachment,) = document["attachments"]
    assert (document["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    texts = ["".join(run["text"] for run in block["inlines"]) for block in card["body"]]
    assert texts == [
        "Investigating: Card payments failed",
        "Status: Investigating",
        "Services: Card payments: Major outage",
        "Time: since 14:30 WAT",
        "Card payments fail for everyone (https://help.example.com/cards?a=1&b=2). Your money has not moved.",
        "Next update by 15:00 WAT.",
    ]
    assert card["actions"][0]["url"] == LINK


@pytest.mark.parametrize(("markdown", "expected"), [
    ("*a* and ***b***, `c < d` & <e>", "_a_ and *_b_*, `c &lt; d` &amp; &lt;e&gt;"),
    ("# Heading\n\nText", "*Heading*\n\nText"),
    ("- a\n- b\n    - c", "• a\n• b\n    • c"),
    ("1. a\n2. b", "1. a\n2. b"),
    ("> said\n>\n> twice\n\nafter", "> said\n> twice\n\nafter"),
    ("```\nif a < b:\n    c\n```", "```\nif a &lt; b:\n    c\n```"),
    ("![a chart](chart.png){ width=300 }", "a chart"),
    ("<https://a.example/?x=1&y=2>", "<https://a.example/?x=1&amp;y=2>"),
    ("[a | b](https://a.example/x|y)", "<https://a.example/x%7Cy|a | b>"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2"),
    ("<!channel> now", "&lt;!channel&gt; now"),
    ("[Update]: resolved", "[Update]: resolved"),
])  # fmt: skip
def test_markdown_becomes_mrkdwn(markdown: str, expected: str) -> None:
    assert mrkdwn(message_html(markdown)) == expected


def test_words_too_long_for_slack_are_cut_as_plain_text() -> None:
    copy = CHANNELS["slack"](facts("**Cards** & more. " * 400))
    words = copy.document["blocks"][2]["text"]["text"]
    assert words.startswith("Cards &amp; more. Cards")
    assert words.endswith("more.")
    assert len(words) <= 3000
    assert copy.shortened


WORDS = st.sampled_from([
    "payments", "fail.", "**Cards**", "[here](https://help.example.com/a)", "http://x.example/?a=b", "a.example.org",
    "\n\n", "\n- item", "`code`", "€uro", "{x}", "&amp;", "<tag>", "’s", "支払いができません。", "😀", "ê", "| a | b |",
])  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=30)), max_size=120).map(" ".join)
TITLES = st.one_of(st.text(min_size=1, max_size=200), TEXTS.filter(bool))


@given(message=TEXTS, title=TITLES, path=st.text("abc-", min_size=1, max_size=80))
def test_any_message_is_within_the_limits_of_every_channel_and_has_the_whole_link(
    message: str, title: str, path: str
) -> None:
    found = facts(message, title=title, id=path)
    copies = {name: make(found) for name, make in CHANNELS.items()}
    for name, copy in copies.items():
        assert copy.length <= copy.limit, name
        assert found.link in json.dumps(copy.document), name
        assert found.link in copy.text or name == "status", name
    assert len(copies["email"].text.split("\n")[0]) <= 78
    assert post_fits(copies["social"].text)
    assert sms_length(copies["sms"].text).parts <= 4
    assert len(copies["banner"].document["text"]) <= 120
    assert "\n" not in copies["status"].text
    within_slack(copies["slack"].document)
    assert len(json.dumps(copies["teams"].document, indent=2)) <= SIZE


def within_slack(document: dict[str, Any]) -> None:
    for block in document["blocks"]:
        if block["type"] == "header":
            assert 1 <= len(block["text"]["text"]) <= 150
        elif block["type"] == "context":
            assert all(1 <= len(element["text"]) <= 3000 for element in block["elements"])
        elif "fields" in block:
            assert 1 <= len(block["fields"]) <= 10
            assert all(1 <= len(field["text"]) <= 2000 for field in block["fields"])
        else:
            assert 1 <= len(block["text"]["text"]) <= 3000
