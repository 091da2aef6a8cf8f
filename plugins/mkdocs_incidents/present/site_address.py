"""The address of a site as a URI, as feeds, calendars and sitemaps need it (RFC 3986, 3.2.2; RFC 5891)."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

import idna

_PAGE = "index.html"
_EXAMPLE = "write one such as https://status.example.com/"
SCHEMES = ("http", "https")


def site_address(typed: str) -> str:
    """The address of a site, from that of its first page as it was typed: in ASCII, with a slash at its end.

    Raises:
        ValueError: it is no address by http or https; the message is a sentence.
    """
    try:
        parts = urlsplit(typed.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"'{typed}' is no address; {_EXAMPLE}") from None
    if parts.scheme not in SCHEMES:
        raise ValueError(f"'{typed}' begins with {parts.scheme}://; {_EXAMPLE}")
    if not host or any(letter.isspace() or not letter.isprintable() for letter in parts.netloc + parts.path):
        raise ValueError(f"'{typed}' is no address; {_EXAMPLE}")
    if parts.username is not None:
        raise ValueError(f"the address has a name or a password in it, which would be seen; {_EXAMPLE}")
    try:
        name = f"[{host}]" if ":" in host else _ascii_host(host)
    except UnicodeError:
        raise ValueError(f"'{host}' is no name of a host; {_EXAMPLE}") from None
    path = parts.path.removesuffix(_PAGE)
    path = quote(path if path.endswith("/") else f"{path}/", safe="/%:@!$&'()*+,;=~")
    return urlunsplit((parts.scheme, name if port is None else f"{name}:{port}", path, "", ""))


def _ascii_host(host: str) -> str:
    """The name of a host as DNS has it, with its letters mapped as browsers map them (UTS 46)."""
    return host if host.isascii() else idna.encode(host, uts46=True).decode()
