"""Fetches what is outside, and named hosts inside."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address

import aiohttp
import attrs
from yarl import URL

from adapters.egress.addresses import is_outside
from adapters.egress.dialling import AddressRefused, OutsideOnly, outside_socket
from adapters.egress.names import Resolve, resolved_by_system
from application.kernel.web import Fetch, Fetched, NotFetched, WhyNot

SCHEMES = frozenset({"http", "https"})
USUAL_PORTS = frozenset({80, 443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536
CONNECTIONS = 100


@attrs.frozen(kw_only=True)
class Bounds:
    """`seconds` is for all of a request, with its redirects and however slow the answer."""

    seconds: float = 30.0
    connecting: float = 10.0
    per_host: int = 16


@attrs.frozen
class Sessions:
    """Whoever is inside by name is never met by the checks, so they share no connections."""

    outside: aiohttp.ClientSession
    inside: aiohttp.ClientSession


@attrs.define(kw_only=True)
class Egress(Fetch):
    """`internal` are hosts, each as `name:port`, that may be fetched wherever they are.

    Who starts outside is led outside: no redirect opens the way to a host inside.
    """

    internal: frozenset[str] = frozenset()
    ports: frozenset[int] = USUAL_PORTS
    bounds: Bounds = Bounds()
    resolve: Resolve = resolved_by_system
    _sessions: Sessions | None = attrs.field(default=None, init=False)

    async def __call__(
        self, url: str, /, *, headers: Mapping[str, str], most: int, redirects: int
    ) -> Fetched:
        with _told():
            async with asyncio.timeout(self.bounds.seconds):
                return await self._follow(URL(url, encoded=True), headers, most, redirects)

    async def close(self) -> None:
        sessions, self._sessions = self._sessions, None
        if sessions is not None:
            await sessions.outside.close()
            await sessions.inside.close()

    async def _follow(
        self, url: URL, headers: Mapping[str, str], most: int, redirects: int
    ) -> Fetched:
        inside = self._is_internal(url)
        left = redirects
        while True:
            fetched = await self._once(url, headers, most, inside=inside)
            target = fetched.headers.get("location")
            if not redirects or fetched.status not in REDIRECTS or target is None:
                return fetched
            if not left:
                raise NotFetched(WhyNot.TOO_MANY_REDIRECTS)
            left -= 1
            url = url.join(URL(target))
            inside = inside and self._is_internal(url)

    async def _once(
        self, url: URL, headers: Mapping[str, str], most: int, *, inside: bool
    ) -> Fetched:
        if not inside:
            self._must_look_outside(url)
        sessions = self._opened()
        session = sessions.inside if inside else sessions.outside
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            body = await _first_of(response, most)
            return Fetched(
                url=str(url),
                status=response.status,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=body[:most],
                whole=len(body) <= most,
            )

    def _is_internal(self, url: URL) -> bool:
        named = f"{url.host}:{url.port}" in self.internal
        return named and url.scheme in SCHEMES and url.raw_user is None

    def _must_look_outside(self, url: URL) -> None:
        """What a name leads to is checked once that is known."""
        if url.scheme not in SCHEMES or not url.host or url.raw_user is not None:
            raise NotFetched(WhyNot.MALFORMED_URL)
        if url.port not in self.ports or _is_inside(url.host):
            raise NotFetched(WhyNot.ADDRESS_REFUSED)

    def _opened(self) -> Sessions:
        """On the loop of whoever asks first."""
        if self._sessions is None:
            guarded = aiohttp.TCPConnector(
                resolver=OutsideOnly(self.resolve),
                socket_factory=outside_socket,
                limit=CONNECTIONS,
                limit_per_host=self.bounds.per_host,
            )
            named = aiohttp.TCPConnector(limit=CONNECTIONS, limit_per_host=self.bounds.per_host)
            self._sessions = Sessions(outside=self._session(guarded), inside=self._session(named))
        return self._sessions

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        """Remembers nothing between requests, and believes nothing of the environment."""
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.bounds.connecting),
            trust_env=False,
        )


def _is_inside(host: str) -> bool:
    """Of what is written as an address; names are neither yet."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return not is_outside(host)


async def _first_of(response: aiohttp.ClientResponse, most: int) -> bytes:
    """A little more than that, if there is more."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > most:
            response.close()  # the rest will not be read, so the connection is of no use
            break
    return bytes(body)


@contextmanager
def _told() -> Iterator[None]:
    """In words of the port."""
    try:
        yield
    except TimeoutError:
        raise NotFetched(WhyNot.TIMED_OUT) from None
    except aiohttp.ClientSSLError:  # some of which are ValueErrors
        raise NotFetched(WhyNot.NOT_TRUSTED) from None
    except ValueError:
        raise NotFetched(WhyNot.MALFORMED_URL) from None
    except aiohttp.ClientConnectorDNSError as error:
        refused = isinstance(error.os_error, AddressRefused)
        reason = WhyNot.ADDRESS_REFUSED if refused else WhyNot.UNRESOLVED
        raise NotFetched(reason) from None
    except aiohttp.ClientPayloadError:
        raise NotFetched(WhyNot.GARBLED) from None
    except aiohttp.ClientError:
        raise NotFetched(WhyNot.UNREACHABLE) from None
