"""Why a file could not be read from a server, in one sentence."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

ANOTHER_PLACE = "name the folder or the address in which the index.html of the status site is"

_STATUS = {
    401: "{address} may not be read ({code}): it asks for a sign-in; let everybody read it",
    403: "{address} may not be read ({code}); let everybody read it, programs as well",
    404: f"{{address}} does not exist ({{code}}); {ANOTHER_PLACE}, or publish the site anew",
    407: "{address} was not read: the proxy asks for a sign-in ({code}); look at the settings of this machine",
    410: f"{{address}} does not exist any more ({{code}}); {ANOTHER_PLACE}, or publish the site anew",
}
"""By the status code of the answer (RFC 9110, 15)."""
_REDIRECT = "{address} redirects again and again ({code}); correct the server, or name the address where that ends"
_FAILED = "{address} failed: the server answers {code} {detail}; look at the server"
_FIRST_ERROR = 400

_CUT_OFF = "{host} ended the connection before all of {address} had come; try again, then look at the server"
_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "the name {host} was not found (DNS: {detail}); correct the address, or its DNS records"),
    (
        ssl.SSLCertVerificationError,
        "the certificate of {host} is not valid: {detail}; renew it: readers see a warning in place of the page",
    ),
    (ssl.SSLError, "no encrypted connection to {host}: {detail}; look at the server, or at the port in the address"),
    (ConnectionRefusedError, "{host} refuses connections at port {port}; look whether the web server runs"),
    (TimeoutError, "{address} did not come within {timeout:g} s; try again, or give it longer with --timeout"),
    (http.client.InvalidURL, "{address} is no address; write one such as https://status.example.com/"),
    (http.client.IncompleteRead, _CUT_OFF),
    (http.client.RemoteDisconnected, _CUT_OFF),
    (ConnectionError, _CUT_OFF),
    (zlib.error, _CUT_OFF),
    (http.client.HTTPException, "{host} does not answer as a web server does; correct the address or its port"),
    (Exception, "{address} was not read: {detail}; look at the network and the server"),
)
"""By the type of the error, the narrower ones first."""


def reason(error: Exception, address: str, timeout: float) -> str:
    """Why `address` could not be read, with what to do next. `timeout` is in seconds."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if isinstance(error, HTTPError):
        default = _REDIRECT if error.code < _FIRST_ERROR else _FAILED
        return _STATUS.get(error.code, default).format(address=address, code=error.code, detail=_detail(error))
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    text = next(text for kind, text in _CAUSES if isinstance(cause, kind))
    return text.format(address=address, host=parts.hostname, port=port, timeout=timeout, detail=_detail(cause))


def _detail(error: Exception) -> str:
    """What the error says of itself, on one line."""
    names = ("verify_message", "strerror", "reason")
    text = next((value for name in names if isinstance(value := getattr(error, name, None), str) and value), str(error))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
