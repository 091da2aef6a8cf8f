"""A page shows every word of a postmortem once: as an entry, as a promise, or as it was written."""

from __future__ import annotations

import pytest

from tests.sites.building import Site, front

BODY = """\
# It broke

## Timeline

We tell it in Lagos time, see [the map](https://example.org/map).

- 10:00 — Outage begins
- somebody called at around that time
- 10:30 — Service restored

### 10:40 — We look again

The graph is flat.

### 10:50 — We go home

## Action items

Agreed on Monday:

- [ ] Alarm within two minutes (@Web team, due 2026-06-01)

### In the long run

- [ ] A second site (@Web team, due 2026-12-01)

```text
kept as it is
```

## What we ask ourselves

1. Was it the cable?
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of the page, one space between them."""
    site = Site(tmp_path_factory.mktemp("sections"))
    site.write("incidents/a.md", front(BODY, postmortem={"published": "2026-05-06"}))
    return site.build().page("incidents/a/index.html").only("body").text


@pytest.mark.parametrize(
    "text",
    [
        "We tell it in Lagos time, see the map.",
        "somebody called at around that time",
        "We look again",
        "The graph is flat.",
        "We go home",
        "Agreed on Monday:",
        "Alarm within two minutes",
        "In the long run",
        "A second site",
        "kept as it is",
        "Was it the cable?",
    ],
)
def test_every_word_of_the_author_is_on_the_page(page: str, text: str) -> None:
    assert text in page


@pytest.mark.parametrize("text", ["Alarm within two minutes", "A second site", "Agreed on Monday:", "kept as it is"])
def test_what_is_shown_as_data_is_not_shown_again_as_prose(page: str, text: str) -> None:
    assert page.count(text) == 1


def test_a_promise_stands_below_its_own_heading(page: str) -> None:
    assert page.index("Alarm within two minutes") < page.index("In the long run") < page.index("A second site")


def test_the_title_is_not_repeated_by_an_empty_section(site: Site) -> None:
    site.write("incidents/a.md", front(BODY))
    headings = [heading.text for heading in site.build().page("incidents/a/index.html").all("h2")]
    assert "It broke" not in headings


def test_a_feed_has_the_whole_postmortem(site: Site) -> None:
    site.write("incidents/a.md", front(BODY, postmortem={"published": "2026-05-06"}))
    feed = site.build().text("feed.xml")
    for text in ("Outage begins", "somebody called", "We go home", "A second site"):
        assert text in feed
