"""Settings of what is served over HTTP, and to whom."""

import re

import attrs

from domain.identity.request_limits import RequestLimits, UnknownLimit
from entrypoints.wiring.options import BadSetting, Network, choice, networks, number, option, text

ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")
CONTACT = re.compile(r"(?:https://|mailto:|tel:)[\x21-\x7e]{3,200}")
LIMIT = re.compile(r"([a-z.-]+)=([1-9][0-9]{0,8})/([1-9][0-9]{0,5})")
FORWARDED_HEADERS = ("x-forwarded-for", "forwarded")


def _origins(value: str) -> frozenset[str]:
    origins = frozenset(origin.strip().rstrip("/") for origin in value.split(","))
    if not all(ORIGIN.fullmatch(origin) for origin in origins):
        raise BadSetting("must be origins such as https://desk.example.com, with commas between")
    return origins


def _contact(value: str) -> str:
    if not CONTACT.fullmatch(value):
        raise BadSetting("must begin with https://, mailto: or tel:")
    return value


def limits(value: str) -> RequestLimits:
    changes = {}
    for part in value.split(","):
        found = LIMIT.fullmatch(part.strip())
        if found is None:
            raise BadSetting("must be like free.read=100/60, with commas between")
        changes[found[1]] = (int(found[2]), int(found[3]))
    try:
        return RequestLimits().changed(changes)
    except UnknownLimit as unknown:
        raise BadSetting("must name limits there are, like free.read or sign-in") from unknown


@attrs.frozen(kw_only=True)
class EdgeSettings:
    """The first lines of the settings."""

    http_host: str = option(text(1, 255), "127.0.0.1", "Address to serve HTTP on.")
    http_port: int = option(number(0, 65_535), 8000, "Port to serve HTTP on.")
    http_processes: int = option(
        number(1, 64), 1, "Processes that `frontdesk serve` runs; `demo` always runs one."
    )
    http_body_bytes: int = option(
        number(1024, 100_000_000),
        1_000_000,
        "The largest request body that is read; that of an import may have 12,000,000.",
    )
    http_requests_at_once: int = option(
        number(1, 100_000),
        1000,
        "Requests that a process answers at once; further ones are told to come back (503).",
    )
    http_request_seconds: int = option(
        number(1, 3600),
        60,
        "The longest that a request may take, from its first byte to the last of its answer.",
    )
    http_header_seconds: int = option(
        number(1, 300),
        30,
        "The longest that a client may take to send the head of its next request.",
    )
    request_limits: RequestLimits | None = option(
        limits,
        None,
        "Other limits on requests than the usual, such as `free.read=100/60,sign-in=10/900`: so "
        "many at once, and again after so many seconds. Names are in the guide on limits.",
    )
    trusted_proxies: tuple[Network, ...] = option(
        networks,
        (),
        "Addresses and networks of your own proxies, with commas between them. Only what they "
        "say about where a request came from is believed.",
    )
    forwarded_header: str = option(
        choice(*FORWARDED_HEADERS),
        "x-forwarded-for",
        "The one header in which these proxies say so.",
    )
    cors_origins: frozenset[str] = option(
        _origins,
        frozenset(),
        "Pages that may use this API from a browser, such as `https://desk.example.com`, with "
        "commas between them.",
    )
    realtime_origins: frozenset[str] = option(
        _origins,
        frozenset(),
        "Pages that may open sockets, such as `https://desk.example.com`, with commas between "
        "them; those served from this address always may.",
    )
    public_url: str = option(
        text(8, 200), "http://127.0.0.1:8000", "Where this API is reached: it says so of itself."
    )
    inquiry_page: str | None = option(
        text(8, 200),
        None,
        "Page of yours that links to inquiries lead to, with `#inquiry=` and the token behind it. "
        "Without one, mail shows the token itself.",
    )
    security_contact: str | None = option(
        _contact,
        None,
        "Where faults of security are told, as `mailto:…` or `https://…`, for "
        "`/.well-known/security.txt`.",
    )
    security_contact_days: int = option(
        number(1, 365), 90, "How long readers of that file may rely on it."
    )
