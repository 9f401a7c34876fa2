"""One way of writing each address, so that none is read twice."""

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST_URL = 2000
WHOLE = ("http://", "https://")
PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What may stand in a path or a query as it is; anything else is escaped.
ALLOWED = "/%!$&'()*+,;=:@?~"


def normal_form(written: str, *, on: str | None = None) -> str | None:
    """Of an address, or of a link `on` a page; None for what no page of a web site has.

    Without the fragment, which is a place within the page.
    """
    bare = written.strip().partition("#")[0]
    try:
        whole = bare if on is None or bare.startswith(WHOLE) else urljoin(on, bare or on)
    except ValueError:
        return None
    return _normal_form(whole)


@lru_cache(maxsize=16_384)
def _normal_form(written: str) -> str | None:
    """Pages of a site have links to each other."""
    try:
        parts = urlsplit(written)
        host, port = _host(parts.hostname), parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or host is None or "@" in parts.netloc:
        return None
    place = host if port in {None, PORTS[parts.scheme]} else f"{host}:{port}"
    path = _without_dots(_escaped(parts.path)) or "/"
    normal = urlunsplit((parts.scheme, place, path, _escaped(parts.query), ""))
    return normal if len(normal) <= LONGEST_URL else None


def host_of(url: str) -> str:
    """Of a normal form, with the port if it has one: whom to be polite to."""
    return urlsplit(url).netloc


def origin_of(url: str) -> str:
    scheme, place, *_ = urlsplit(url)
    return f"{scheme}://{place}"


def path_of(url: str) -> str:
    return urlsplit(url).path


def _host(written: str | None) -> str | None:
    """Names in other alphabets as name servers know them."""
    if not written:
        return None
    name = written.rstrip(".")
    host = f"[{written}]" if ":" in written else name.encode("idna").decode()
    return host if NAME.fullmatch(host) else None


def _escaped(written: str) -> str:
    escaped = quote(written, safe=ALLOWED)
    escaped = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", escaped)
    return ESCAPE.sub(_shortest, escaped)


def _shortest(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in UNRESERVED else f"%{escape[1].upper()}"


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: what leads up leads up at once, and not above the root."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
