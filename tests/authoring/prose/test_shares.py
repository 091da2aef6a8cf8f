"""How many were affected is read with what speaks for and against it."""

from __future__ import annotations

from time import process_time

import pytest

from mkdocs_incidents.authoring.prose.shares import HarmCertainty, ShareBasis, share_of_all, shares_in


@pytest.mark.parametrize(("sentence", "percent", "quote", "group"), [
    ("About 40 % of our users could not sign in.", 40, "About 40 % of our users", ShareBasis.PEOPLE),
    ("Up to 2.5 per cent of our users could not sign in.", 2.5, "Up to 2.5 per cent of our users", ShareBasis.PEOPLE),
    ("10–20 % of users were affected.", 20, "10–20 % of users", ShareBasis.PEOPLE),
    ("From 11:20 to 12:09 we refused 94% of\nall card payments.", 94, "94% of all card payments", ShareBasis.TRAFFIC),
    ("37 % of all transfers, 12,400 in all, arrived late.", 37, "37 % of all transfers", ShareBasis.TRAFFIC),
    ("Between 10 and 20% of API requests failed.", 20, "10 and 20% of API requests", ShareBasis.TRAFFIC),
    ("The service was degraded by 30 per cent.", 30, "30 per cent", ShareBasis.SERVICE),
    ("It fell from 100% to 20%.", 100, "100% to 20%", ShareBasis.NOTHING_KNOWN),
    ("Affected users: 80%", 80, "Affected users: 80%", ShareBasis.PEOPLE),
    ("Every customer was affected.", 100, "Every customer", ShareBasis.PEOPLE),
])  # fmt: skip
def test_a_percentage_is_read_with_those_it_is_of(sentence: str, percent: float, quote: str, group: ShareBasis) -> None:
    (share,) = shares_in(sentence)
    assert (share.percent, share.quote, share.group) == (percent, quote, group)


@pytest.mark.parametrize(("sentence", "harm", "well"), [
    ("40 % of users were affected.", HarmCertainty.PLAINLY, False),
    ("40 % of users waited.", HarmCertainty.LIKELY, False),
    ("40 % of users live in Lagos.", HarmCertainty.NO, False),
    ("99.9 % of requests were served as usual.", HarmCertainty.NO, False),
    ("Of the payments that failed, 94 % of them recovered by themselves.", HarmCertainty.PLAINLY, True),
    ("Mails were late; 40 % of users live in Lagos.", HarmCertainty.NO, False),
    ("Access is restored for 40 % of users.", HarmCertainty.NO, True),
    ("40 % of requests failed; 60 % of them worked.", HarmCertainty.PLAINLY, False),
])  # fmt: skip
def test_the_context_of_a_share_decides_whether_it_was_affected(sentence: str, harm: HarmCertainty, well: bool) -> None:
    share = shares_in(sentence)[0]
    assert (share.harm, share.well) == (harm, well)


@pytest.mark.parametrize("sentence", [
    "The disk was 95 % full.",
    "CPU usage rose to 95 %.",
    "We are 100% confident.",
    "It was 0 % of users.",
    "It reached 110 % of traffic.",
    "We lost sight of 90 % of memory.",
    "Half of all users were affected.",
    "See /a/b?c=20%20 for it.",
    "Not all users were affected.",
])  # fmt: skip
def test_other_percentages_are_no_shares(sentence: str) -> None:
    assert shares_in(sentence) == []


def test_only_a_share_that_is_plainly_of_the_whole_incident_is_compared() -> None:
    assert share_of_all("The outage affected 40% of customers.")
    assert not share_of_all("The outage affected 40% of customers in Lagos.")
    assert not share_of_all("At first 40% of customers were affected.")
    assert not share_of_all("It affected 40 to 50% of customers.")
    assert not share_of_all("Payments failed for 5 % of users in all, and for 40 % of users of cards.")
    assert not share_of_all("In the previous incident 40% of customers were affected.")


@pytest.mark.timed
@pytest.mark.parametrize("text", ["5 % of users failed; ", "all users ", "10-", "5 % ", "about ", "— "])
def test_no_sentence_takes_long(text: str) -> None:
    begin = process_time()
    shares_in(text * (8000 // len(text)))
    assert process_time() - begin < 2


@pytest.mark.parametrize("sentence", [
    "80% of users were unaffected.",
    "94 % of users did not see any errors.",
    "The outage did not affect 94 % of users.",
    "Last year a similar outage affected 40% of users.",
    "25 % of customers may have been affected.",
    "An alarm rings once 5 % of requests failed.",
    "The fix is deployed to 40 % of users.",
    "Sign-ups fell by 20 %.",
    "40 % of affected users called us.",
])  # fmt: skip
def test_a_negation_of_a_share_is_recognised(sentence: str) -> None:
    assert all(share.denied for share in shares_in(sentence))


@pytest.mark.parametrize("sentence", [
    "40 % of users could not sign in; 60 % of users were not affected.",
    "40 % of users did not receive their mails.",
    "40 % of users were not able to pay.",
    "The page was no longer available to 40 % of users.",
    "40 % of users could not sign in, transfers were not affected.",
])  # fmt: skip
def test_a_negation_of_something_else_is_not_taken_for_it(sentence: str) -> None:
    assert not shares_in(sentence)[0].denied


@pytest.mark.parametrize("sentence", [
    "Fewer than 1% of requests failed.",
    "Up to 25% of users were affected.",
    "< 5 % of users were affected.",
    "5 % of users or fewer were affected.",
    "Affected users: 40 % at most",
])  # fmt: skip
def test_a_limit_is_no_figure(sentence: str) -> None:
    assert [share.bound for share in shares_in(sentence)] == [True]


def test_a_figure_in_brackets_is_of_those_before_it() -> None:
    (share,) = shares_in("A third of our users (33 %) could not pay.")
    assert (share.whom, share.percent, share.bracketed) == ("users", 33, True)
