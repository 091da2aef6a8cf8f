"""What counts as a change of our pages and files, and what each kind of neighbour may change."""

from __future__ import annotations

import pytest

from tests.neighbours.comparing import differences, ours

PAGE = """<!doctype html>
<html><head><meta name="description" content="A page"><meta property="og:image" content="a.png">
<link rel="alternate " type="application/rss+xml" href="feed.xml"></head>
<body><nav>Menu</nav><div class="mi"><h1 id="now">It works</h1>
  <p><a href="about/">About <b>us</b></a> <img src="a.png"></p></div><p>Theme</p></body></html>
"""


def found(before: str, after: str, *changes: str, path: str = "index.html") -> list[str]:
    return differences([path], {path: before.encode()}, {path: after.encode()}, changes)


def test_what_the_theme_writes_around_our_content_is_not_compared() -> None:
    assert found(PAGE, PAGE.replace("Menu", "Other menu").replace("Theme", "Another theme")) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("<h1", "<h2", "html"),
        ('id="now"', 'id="now" class="x"', "html"),
        ('<img src="a.png">', '<a href="a.png"><img src="a.png"></a>', "html"),
        ('href="about/"', 'href="about.html"', "urls"),
        ("</head>", '<meta name="author" content="x"></head>', "head"),
        ('content="a.png"', 'content="card.png"', "head"),
    ],
)
def test_a_change_of_our_content_is_a_fault_unless_the_neighbour_is_for_it(old: str, new: str, kind: str) -> None:
    after = PAGE.replace(old, new)
    assert found(PAGE, after) != []
    assert found(PAGE, after, kind) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It works", "It is down"),
        ("</p></div>", "</p>More</div>"),
        ('<link rel="alternate " type="application/rss+xml" href="feed.xml">', ""),
        ('<a href="about/">About <b>us</b></a>', "About <b>us</b>"),
        ("</b></a> <img", "</b></a>, more: <img"),
    ],
)
def test_no_rewriting_of_mark_up_may_lose_or_add_words_addresses_or_feeds(old: str, new: str) -> None:
    assert found(PAGE, PAGE.replace(old, new), "head", "html", "whitespace") != []


def test_only_who_removes_white_space_may_join_words() -> None:
    after = PAGE.replace("About <b>", "About<b>")
    assert found(PAGE, after) != []
    assert found(PAGE, after, "whitespace") == []


def test_a_page_without_parts_of_ours_is_compared_as_a_whole() -> None:
    assert found("<body><p>One</p></body>", "<body><p>Two</p></body>") != []


def test_other_files_are_compared_byte_for_byte() -> None:
    assert found("a,b\n", "a,b\r\n", path="uptime.csv") == [r"uptime.csv differs: b'a,b\n' became b'a,b\r\n'"]
    assert found("a,b\n", "a,b\n", path="uptime.csv") == []


def test_a_file_that_is_gone_is_a_fault() -> None:
    assert differences(["feed.xml"], {"feed.xml": b""}, {}, ()) == ["feed.xml is missing"]
    assert differences(["feed.xml"], {"feed.xml": b""}, {}, ["files"]) == []


def test_a_page_may_move_to_an_address_without_folder_where_addresses_change() -> None:
    before, after = {"history/index.html": PAGE.encode()}, {"history.html": PAGE.encode()}
    assert differences(before, before, after, ["urls"]) == []
    assert differences(before, before, after, ()) == ["history/index.html is missing"]


def test_what_a_site_has_without_us_is_not_ours_but_for_the_home_page_and_not_found() -> None:
    site = dict.fromkeys(["index.html", "404.html", "about/index.html", "feed.xml"], b"")
    assert ours(site, {"index.html", "404.html", "about/index.html"}) == ["index.html", "404.html", "feed.xml"]
