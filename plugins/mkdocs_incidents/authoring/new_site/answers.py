"""What has to be known of a new site, each checked as soon as it is given."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from mkdocs_incidents.content.format.values import suggested_id
from mkdocs_incidents.content.format.zones import read_zone
from mkdocs_incidents.content.invisible import harmful_in_text
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.source import OVERRIDES
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import comparable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

LONGEST_NAME = 100
"""Characters of a name of the site or of a component: it has to fit into a heading on a phone."""


class WrongAnswerError(ValueError):
    """An answer that no site can be made of; the message says why, and what to type instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a new site is made of."""

    name: str
    url: str
    """With a slash at its end."""
    timezone: ZoneInfo
    components: Mapping[str, str]
    """By id the name, in the order of the page."""


def site_name(text: str) -> str:
    """The name of a site.

    Raises:
        WrongAnswerError: it is empty, too long, or not one line of text.
    """
    return _one_line(text, "the name", "Example status")


def component_name(text: str) -> str:
    """The name of a component.

    Raises:
        WrongAnswerError: it is empty, too long, or not one line of text.
    """
    return _one_line(text, "the name of a component", "Card payments")


def _one_line(text: str, what: str, example: str) -> str:
    name = " ".join(text.split(" ")).strip()
    if not name:
        raise WrongAnswerError(f"{what} is empty; type one, such as {quoted(example)}")
    if any(map(_is_forbidden, name)) or next(harmful_in_text(name), None) is not None:
        raise WrongAnswerError(f"{what} has a line break or a character that nobody sees; type it by hand, not pasted")
    if len(name) > LONGEST_NAME:
        raise WrongAnswerError(f"{what} has {len(name)} characters; type at most {LONGEST_NAME}")
    return name


def _is_forbidden(char: str) -> bool:
    return char in OVERRIDES or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or _is_noncharacter(ord(char))


def _is_noncharacter(code: int) -> bool:
    """Whether a code point is for internal use and never text (The Unicode Standard, 23.7), which XML 1.0 refuses."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004  the ranges of the standard


def site_address(text: str) -> str:
    """The address of a site, with a slash at its end.

    Raises:
        WrongAnswerError: it is not the address of a folder on a web server.
    """
    address = text.strip()
    example = "type the whole address, such as https://status.example.com/"
    if not address:
        raise WrongAnswerError(f"the address is empty; {example}")
    if "://" not in address and not address.startswith("//"):
        meant = f"https://{address.lstrip('/')}"
        hint = f"type {_with_slash(meant)}" if _host(meant) else example
        raise WrongAnswerError(f"the address {quoted(address)} does not begin with https://; {hint}")
    parts = _parts(address)
    if parts is None or parts.scheme not in {"http", "https"} or not _host(address):
        raise WrongAnswerError(f"{quoted(address)} is not the address of a website; {example}")
    if parts.query or parts.fragment or "@" in parts.netloc:
        bare = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
        raise WrongAnswerError(
            f"the address {quoted(address)} has more than a host and a path; type {_with_slash(bare)}"
        )
    if not address.isascii():
        raise WrongAnswerError(f"the address {quoted(address)} has letters outside of ASCII; {_ascii_hint(address)}")
    return _with_slash(address)


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; None where it has brackets or a port that no address has."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises for what is no port
    except ValueError:
        return None
    return parts


def _host(address: str) -> str:
    """The host of an address; empty where it has none that can be called."""
    parts = _parts(address)
    host = (parts.hostname or "") if parts else ""
    ordinary = host.replace(".", "").replace("-", "")
    valid = all(host.split(".")) and (ordinary.isalnum() or ":" in host) and not any(map(str.isspace, address))
    return host if valid and ("." in host or ":" in host or host == "localhost") else ""


def _with_slash(address: str) -> str:
    return address.rstrip("/") + "/"


def _ascii_hint(address: str) -> str:
    parts = urlsplit(address)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return "type it as a browser copies it"
    return f"type {_with_slash(urlunsplit((parts.scheme, host, quote(parts.path, safe='/%'), '', '')))}"


def time_zone(text: str) -> ZoneInfo:
    """The zone of the place called `text`.

    Raises:
        WrongAnswerError: there is none; the message has the nearest one.
    """
    try:
        return read_zone(text.strip())
    except WrongValueError as error:
        raise WrongAnswerError(f"{error.message}; {error.hint.replace('write ', 'type ', 1)}") from None


def components_by_id(names: Iterable[str]) -> dict[str, str]:
    """By id the names of components, which are checked; their ids come from the names.

    Raises:
        WrongAnswerError: there are none, one is no name, or two are the same to readers.
    """
    found: dict[str, str] = {}
    compared: dict[str, str] = {}
    for text in names:
        name = component_name(text)
        if first := compared.get(comparable_name(name)):
            same = quoted(name) if name == first else f"{quoted(first)} and {quoted(name)}"
            reason = "is named twice" if name == first else "are the same to readers"
            raise WrongAnswerError(f"{same} {reason}; name each component once")
        compared[comparable_name(name)] = name
        found[_new_id(name, found)] = name
    if not found:
        raise WrongAnswerError("no component is named; name at least one, such as 'Card payments'")
    return found


def _new_id(name: str, taken: Iterable[str]) -> str:
    """An id for a component with this name that none of `taken` is, also where case and accents are not told apart."""
    folded = {comparable_name(other) for other in taken}
    plain = unicodedata.normalize("NFC", name.casefold())
    wanted = suggested_id(plain) or suggested_id(f"component-{plain}") or "component"
    number, free = 1, wanted
    while comparable_name(free) in folded:
        number += 1
        free = f"{wanted}-{number}"
    return free
