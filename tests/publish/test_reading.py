"""A published file that cannot be read, or is not what it should be, is one sentence."""

from __future__ import annotations

import http.client
import ssl
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

from mkdocs_incidents.present.outputs import ATOM, JSON_FEED, RSS
from mkdocs_incidents.publish.http_reasons import reason
from mkdocs_incidents.publish.published import UnreadableError, read_banner, read_newest_entry, read_summary
from mkdocs_incidents.publish.reading import NotReadError, PublishedFolder

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.present.outputs import FeedFormat

ADDRESS = "https://status.example.com/now.json"


def expired() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (URLError(expired()), "the certificate of status.example.com is not valid: certificate has expired; "),
        (URLError(ConnectionRefusedError(111, "x")), "status.example.com refuses connections at port 443; "),
        (URLError(TimeoutError()), f"{ADDRESS} did not come within 10 s; "),
        (http.client.RemoteDisconnected("x"), "status.example.com ended the connection before "),
        (http.client.BadStatusLine("SSH-2.0"), "status.example.com does not answer as a web server does; "),
        (URLError(OSError(101, "Network is unreachable")), f"{ADDRESS} was not read: Network is unreachable; "),
        (URLError("odd\n\x1b[2J"), f"{ADDRESS} was not read: odd [2J; "),
    ],
)
def test_each_failure_of_the_network_has_its_sentence(error: Exception, sentence: str) -> None:
    assert reason(error, ADDRESS, 10).startswith(sentence)


def test_a_folder_without_a_site_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReadError, match=r"now.json does not exist; name the folder or the address"):
        PublishedFolder(tmp_path).read("now.json")


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", JSON_FEED),
        (b"[]", JSON_FEED),
        (b'{"items": [{"id": "a"}]}', JSON_FEED),
        (b'{"items": [{"id": "a", "title": "b", "date_published": "2026-06-15T12:00:00"}]}', JSON_FEED),
        (b"<rss/>", ATOM),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", ATOM),
        (b"<rss><channel><item><pubDate>soon</pubDate></item></channel></rss>", RSS),
        (b"<rss>", RSS),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", RSS),
    ],
)
def test_what_is_no_feed_is_refused(content: bytes, form: FeedFormat) -> None:
    with pytest.raises(UnreadableError):
        read_newest_entry(content, form)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b'{"items": []}', JSON_FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", ATOM),
        (b"<rss><channel/></rss>", RSS),
    ],
)
def test_a_feed_may_be_empty(content: bytes, form: FeedFormat) -> None:
    assert read_newest_entry(content, form) is None


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b'{"status": []}', b'{"status": {"indicator": 1}}'])
def test_what_is_no_status_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_banner(content)
    with pytest.raises(UnreadableError):
        read_summary(content)
