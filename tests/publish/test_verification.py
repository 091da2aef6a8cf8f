"""What is wrong with a built site is found before it is published, and a sound one is published."""

from __future__ import annotations

import gzip
import html
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.hidden_texts import HiddenText
from mkdocs_incidents.publish.verification import SiteFacts, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mkdocs_incidents.publish.verification import Fault

ADDRESS = "https://status.example.org/sub/"
SENTENCE = "The attackers still have the signing key of our *release* server, so nobody may write about it today."
DRAFT = HiddenText(
    source="the draft incidents/2026-05-09-key.md",
    text=f"---\ntitle: Key stolen\ndraft: true\n---\n\n{SENTENCE}\n",
    ids=("2026-05-09-key",),
    title="Key stolen",
)
NOTE = HiddenText(source="an internal note in docs/about.md", text="Ask the night shift")
PAGE = '<!doctype html><html><head><title>Status</title></head><body><h1 id="now">Status</h1>{}</body></html>'
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{}"/><content type="html">{}</content></entry></feed>'
)
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"


class Folder:
    """A folder like that of a built site, in which a test changes one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.facts = SiteFacts(
            address=ADDRESS,
            announced={"index.html": "text/html", "feed.json": "application/feed+json"},
            hidden=(DRAFT, NOTE),
            public=lambda: ("title: It broke\nmessage: We look into it.",),
        )
        self.write("index.html", PAGE.format("<p>All is well.</p>"))
        self.write(
            "about/index.html", PAGE.format('<p id="who">We are the night shift.</p><a href="../#now">Status</a>')
        )
        self.write("feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}))
        self.write("sitemap.xml", "<urlset/>")
        self.write("calendar.ics", CALENDAR.format(""))
        self.write("assets/logo.png", b"\x89PNG\0" + SENTENCE.encode())

    def write(self, path: str, content: str | bytes) -> None:
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def body(self, content: str) -> None:
        self.write("index.html", PAGE.format(content))

    def faults(self) -> list[Fault]:
        return faults(self.path, self.facts)

    @property
    def messages(self) -> list[str]:
        return [f"{fault.path}: {fault.message}" for fault in self.faults()]


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "site")


def test_a_sound_site_has_no_fault(site: Folder) -> None:
    assert site.messages == []


def test_a_fault_is_printed_with_its_file_and_what_to_do(site: Folder) -> None:
    (site.path / "feed.json").unlink()
    fault = site.faults()[0]
    assert fault.blocking
    assert str(fault) == (
        "feed.json: this file was not written; look above for what a plugin or the disk says, and build again"
    )


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("incidents.json", '{"incidents": [', "it is not valid JSON"),
        ("incidents.json", "[" * 100_000, "it is not valid JSON"),
        ("feed.json", "{}", "it has no version"),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1"}', "it has no items"),
        ("feed.atom", "<feed><entry></feed>", "it cannot be read"),
        ("feed.atom", "", "it cannot be read"),
        ("feed.atom", "<rss><channel/></rss>", "it is no Atom feed"),
        ("feed.xml", "<rss/>", "it is no RSS feed"),
        ("sitemap.xml", "<html/>", "it is no sitemap"),
        ("sitemap.xml.gz", b"\x1f\x8b\x08\0", "it cannot be decompressed"),
        ("sitemap.xml.gz", gzip.compress(b"<urlset>", mtime=0), "it cannot be read"),
        ("calendar.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "it is no calendar"),
        ("calendar.ics", "", "it is no calendar"),
        ("about/index.html", "\n", "it is empty"),
    ],
)
def test_a_damaged_file_is_a_fault(site: Folder, path: str, content: str | bytes, message: str) -> None:
    feeds = {"feed.atom": "application/atom+xml", "feed.xml": "application/rss+xml"}
    announced = {**site.facts.announced, **({path: feeds[path]} if path in feeds else {})}
    site.facts = replace(site.facts, announced=announced)
    site.write(path, content)
    assert any(found.startswith(f"{path}: ") and message in found for found in site.messages)


DEAD = [
    '<a href="nowhere/">x</a>',
    '<a href="/sub/nowhere.html?x=1">x</a>',
    f'<a href="{ADDRESS}nowhere/">x</a>',
    '<img src="assets/none.png">',
    '<img srcset="assets/logo.png 1x, assets/none.png 2x">',
    '<video poster="none.jpg"></video>',
    '<svg><use href="#icon"/></svg>',
    '<svg><use xlink:href="assets/icons.svg#icon"/></svg>',
    '<a href="#then">x</a>',
    '<a href="about/#whom">x</a>',
    '<a href="about/index.html#whom">x</a>',
    '<script src="none.js"></script>',
    '<meta http-equiv="refresh" content="0; url=nowhere/">',
]


@pytest.mark.parametrize("link", DEAD)
def test_a_dead_link_is_a_fault(site: Folder, link: str) -> None:
    site.body(link)
    assert [message.partition(":")[0] for message in site.messages] == ["index.html"]
    assert "links to" in site.messages[0]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="about/">x</a>',
        '<a href="about">x</a>',
        '<a href="./about/?from=mail#who">x</a>',
        f'<a href="{ADDRESS}about/#who">x</a>',
        f'<a href="{ADDRESS.rstrip("/")}">x</a>',
        '<a href="/sub/">x</a>',
        '<a href="/">the site above</a>',
        '<a href="https://elsewhere.example/x">x</a>',
        '<a href="//elsewhere.example/x">x</a>',
        '<a href="mailto:a@example.org">x</a>',
        '<a href="#">x</a>',
        '<a href="#top">x</a>',
        '<a href="about/#:~:text=night">x</a>',
        '<a href="http://[">x</a>',
        '<a href="#caf%C3%A9">x</a><p id="café"></p>',
        '<a href="#old">x</a><a name="old"></a>',
        '<code>&lt;a href="nowhere/"&gt;</code>',
        "<script>var html = '<a href=\"nowhere/\">'</script>",
        '<!-- <a href="nowhere/"> -->',
    ],
)
def test_a_link_that_leads_somewhere_or_elsewhere_is_none(site: Folder, link: str) -> None:
    site.body(link)
    assert site.messages == []


def test_a_page_at_a_former_address_may_be_linked_with_a_fragment(site: Folder) -> None:
    site.write("old/index.html", '<html><head><meta http-equiv="refresh" content="0; url=../about/"></head></html>')
    site.body('<a href="old/#who">x</a>')
    assert site.messages == []


def test_the_places_in_an_encrypted_page_are_not_known(site: Folder) -> None:
    site.write("runbook/index.html", PAGE.format('<a href="#step">x</a><div id="mkdocs-encrypted-content">5e8f</div>'))
    assert site.messages == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("feed.atom", ATOM.format(f"{ADDRESS}#update-1", "")),
        ("feed.atom", ATOM.format(ADDRESS, html.escape(f'<p><a href="{ADDRESS}nowhere/">x</a></p>'))),
        ("feed.xml", f"<rss><channel><item><link>{ADDRESS}nowhere/</link></item></channel></rss>"),
        ("feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": f"{ADDRESS}#x"}]})),
        ("sitemap.xml", f"<urlset><url><loc>{ADDRESS}nowhere/</loc></url></urlset>"),
        ("index.md", f"[x]({ADDRESS}nowhere/)"),
    ],
)
def test_a_dead_link_in_another_file_is_a_fault(site: Folder, path: str, content: str) -> None:
    site.write(path, content)
    assert [message.partition(":")[0] for message in site.messages] == [path]


def test_an_id_in_a_feed_is_no_link(site: Folder) -> None:
    items = [{"id": f"{ADDRESS}#update-1", "url": f"{ADDRESS}#now"}]
    site.write("feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    site.write("feed.xml", f"<rss><channel><item><guid>{ADDRESS}#x</guid></item></channel></rss>")
    assert site.messages == []


def test_a_dead_link_on_many_pages_is_one_fault(site: Folder) -> None:
    for number in range(4):
        site.write(f"page-{number}/index.html", PAGE.format('<a href="../imprint/">x</a>'))
    assert site.messages == [
        "page-0/index.html: this file links to imprint/, but there is no such file (and so do 3 more files)"
    ]


def published(site: Folder) -> Path:
    """A copy of the site as it is, which is live."""
    live = site.path.with_name("live")
    shutil.copytree(site.path, live)
    site.facts = replace(site.facts, live=live)
    return live


def blocking(site: Folder) -> list[bool]:
    return [fault.blocking for fault in site.faults()]


def test_a_dead_link_of_the_live_version_does_not_block(site: Folder) -> None:
    site.body('<a href="nowhere/">x</a><a href="about/#whom">x</a>')
    published(site)
    assert blocking(site) == [False, False]


def test_a_new_page_may_have_the_dead_link_that_every_page_has(site: Folder) -> None:
    footer = '<a href="/sub/imprint/">x</a>'
    site.body(footer)
    published(site)
    site.write("2026-05-10-outage/index.html", PAGE.format(footer))
    assert blocking(site) == [False]


def test_a_link_whose_target_is_gone_blocks(site: Folder) -> None:
    site.body('<a href="about/">x</a>')
    published(site)
    shutil.rmtree(site.path / "about")
    assert blocking(site) == [True]


def test_a_new_dead_link_blocks_beside_an_old_one(site: Folder) -> None:
    site.body('<a href="nowhere/">x</a>')
    published(site)
    site.body('<a href="nowhere/">x</a><a href="nowhere/else/">x</a>')
    assert blocking(site) == [True, False]


def in_a_page(site: Folder, text: str) -> None:
    site.body(f"<p>{text}</p>")


def in_a_comment(site: Folder, text: str) -> None:
    site.body(f"<!-- {text} -->")


def in_an_attribute(site: Folder, text: str) -> None:
    site.body(f'<img alt="{html.escape(text)}">')


def across_tags(site: Folder, text: str) -> None:
    half = len(text) // 2
    site.body(f"<td>{text[:half]}<b>{text[half : half + 3]}</b></td>\n<td><i>{text[half + 3 :]}</i></td>")


def escaped(site: Folder, text: str) -> None:
    site.body("".join(f"&#{ord(each)};" for each in text))


def in_capitals_on_two_lines(site: Folder, text: str) -> None:
    site.body(text.upper().replace(" ", "\n   "))


def in_the_search_index(site: Folder, text: str) -> None:
    docs = [{"location": "", "title": "x", "text": f"<p>{text.replace(' ', ' <b></b>')}</p>"}]
    site.write("search/search_index.json", json.dumps({"docs": docs}))


def in_a_feed(site: Folder, text: str) -> None:
    site.write("feed.atom", ATOM.format(ADDRESS, html.escape(f"<p>{html.escape(text)}</p>")))


def in_a_calendar(site: Folder, text: str) -> None:
    folded = "\r\n ".join(
        f"X-WR-CALDESC:{text}"[at : at + 10] for at in range(0, len(text) + 20, 10) if at < len(text) + 13
    )
    site.write("calendar.ics", CALENDAR.format(f"{folded}\r\n"))


def compressed(site: Folder, text: str) -> None:
    site.write("sitemap.xml.gz", gzip.compress(f"<urlset><!-- {text} --></urlset>".encode()))


def in_a_script(site: Folder, text: str) -> None:
    site.write("assets/x.js", f"const x = `{text}`")


def in_markdown(site: Folder, text: str) -> None:
    site.write("index.md", f"# Status\n\n{text}\n")


PLACES = [
    in_a_page, in_a_comment, in_an_attribute, across_tags, escaped, in_capitals_on_two_lines, in_the_search_index,
    in_a_feed, in_a_calendar, compressed, in_a_script, in_markdown,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("begin", [0, 1, 7, 20, 33])
def test_forty_characters_of_a_draft_are_found_wherever_they_are(
    site: Folder, place: Callable[[Folder, str], None], begin: int
) -> None:
    place(site, SENTENCE[begin : begin + 40])
    assert len(site.messages) == 1
    assert "the text in line 6 of the draft incidents/2026-05-09-key.md" in site.messages[0]


def test_forty_characters_of_figures_are_found(site: Folder) -> None:
    figures = "db-7 (10.4.2.11): 3 of 5 disks at 98 %, 2 of 5"
    site.facts = replace(site.facts, hidden=(replace(NOTE, text=f"Dead: {figures} at 97 %."),))
    site.body(figures[3:43])
    assert len(site.messages) == 1


def test_a_line_of_signs_is_no_leak(site: Folder) -> None:
    site.facts = replace(site.facts, hidden=(replace(DRAFT, text="---\n| --- " * 30),))
    site.body("--- | " * 30)
    assert site.messages == []


def test_a_sentence_is_found_as_it_is_rendered(site: Folder) -> None:
    link = "Read [what we know](https://wiki.internal.example/x) of the key that was stolen"
    site.facts = replace(site.facts, hidden=(replace(NOTE, text=link),))
    site.body("Read <a href='#now'>what we know</a> of the key that was stolen")
    assert site.messages == ["index.html: this file has the text of an internal note in docs/about.md"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("key STOLEN", "the title"),
        ("/incidents/2026-05-09-key/", "the id or the file name"),
        ("2026-05-09-key.md", "the id or the file name"),
    ],
)
@pytest.mark.parametrize("place", [in_a_page, in_an_attribute, in_the_search_index, in_a_feed, compressed, in_markdown])
def test_id_title_and_file_name_are_found(
    site: Folder, place: Callable[[Folder, str], None], text: str, what: str
) -> None:
    place(site, text)
    assert [message.partition(": ")[2] for message in site.messages] == [
        f"this file has {what} of the draft incidents/2026-05-09-key.md"
    ]


def test_a_short_note_is_found_whole(site: Folder) -> None:
    site.body("Please <em>ask</em> the night shift!")
    assert site.messages == ["index.html: this file has the text of an internal note in docs/about.md"]


def test_the_name_of_a_file_gives_a_draft_away(site: Folder) -> None:
    site.write("incidents/2026-05-09-key/index.html", PAGE.format(""))
    site.write("incidents/2026-05-09-key.json", "{}")
    name = "incidents/2026-05-09-key"
    what = f"the id or the file name of the draft {name}.md, and so has {name}/index.html"
    assert site.messages == [f"{name}.json: this file has {what}"]


@pytest.mark.parametrize(
    "text",
    [
        "Monkey stolen",
        "2026-05-09-key-rotated",
        "12026-05-09-key",
        SENTENCE[:20],
        "We wrote: the attackers still have the key",
    ],
)
def test_what_only_resembles_a_draft_is_no_leak(site: Folder, text: str) -> None:
    in_a_page(site, text)
    assert site.messages == []


@pytest.mark.parametrize("text", ["Key stolen", "2026-05-09-key", SENTENCE])
def test_what_is_public_as_well_is_no_leak(site: Folder, text: str) -> None:
    site.facts = replace(site.facts, public=lambda: (f"title: {text.upper()}\nid: 2026-05-10-other",))
    in_a_page(site, text)
    assert site.messages == []


def test_a_public_sentence_does_not_excuse_the_hidden_one_behind_it(site: Folder) -> None:
    site.facts = replace(site.facts, public=lambda: (SENTENCE[:50],))
    in_a_page(site, SENTENCE)
    assert len(site.messages) == 1


def test_the_numbers_of_list_items_are_no_difference(site: Folder) -> None:
    steps = "The load fell below 32 in a 1,000.", "The check of the disks was late."
    site.facts = replace(
        site.facts,
        hidden=(replace(DRAFT, text=" ".join(steps)),),
        public=lambda: ("".join(f"{number}. {step}\n" for number, step in enumerate(steps, 1)),),
    )
    site.body("<ol>" + "\n".join(f"<li>{step}</li>" for step in steps) + "</ol>")
    assert site.messages == []


def test_public_texts_are_not_read_for_a_sound_site(site: Folder) -> None:
    def unread() -> tuple[str, ...]:
        raise AssertionError

    site.facts = replace(site.facts, public=unread)
    assert site.messages == []


def test_the_mark_of_an_internal_note_in_a_page_is_a_fault(site: Folder) -> None:
    site.body("<!-- internal -->x")
    assert site.messages == ["index.html: this page has the mark of an internal note"]
    site.body("<code>&lt;!-- internal --&gt;</code>")
    assert site.messages == []


@pytest.mark.parametrize("between", ["\n- ", "\n\n## ", "\n> ", "\n2. ", " **"])
def test_sentences_that_meet_on_a_page_and_in_a_draft_are_public(site: Folder, between: str) -> None:
    """Where one begins, Markdown may have a sign that a page has not."""
    first, second = "Older clients have refused it.", "Our upstream provider confirmed a fault."
    draft = replace(DRAFT, text=f"{first}\n\n{second}\n")
    site.facts = replace(site.facts, hidden=(draft,), public=lambda: (f"- {first}{between}{second}",))
    site.body(f"<li>{first}</li> <li>{second}</li>")
    assert site.messages == []


def test_strings_that_follow_each_other_in_a_document_are_not_read_as_one(site: Folder) -> None:
    first, second = "Older clients have refused it.", "Our upstream provider confirmed a fault."
    draft = replace(DRAFT, text=f"{first} {second}\n")
    site.facts = replace(site.facts, hidden=(draft,), public=lambda: (first, second))
    site.write("incidents.json", json.dumps([first, second]))
    assert site.messages == []
