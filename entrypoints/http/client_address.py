"""Where a request comes from: from whoever connects, or what trusted proxies say is behind."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import attrs

ADDRESSES_REMEMBERED = 4096
LONGEST_ADDRESS = 80  # with brackets, a port and the name of an interface

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

# RFC 7239: pairs with semicolons between them, hops with commas; values may stand in quotes.
PAIR = re.compile(r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]*)\s*([;,]|$)')
PORT = re.compile(r"^(?:\[(?P<v6>[^\]]+)\]|(?P<v4>[0-9.]+))(?::\d{1,5})?$")
MOST_HOPS = 20


@attrs.frozen(kw_only=True)
class Proxies:
    """Only a `trusted` proxy is believed, and only the one header that it is known to write.

    A header that the proxy does not write is passed on as the client made it up.
    """

    trusted: Sequence[Network] = ()
    header: str = "x-forwarded-for"

    def client_of(self, scope: Mapping[str, Any]) -> str:
        """The nearest address that is none of the trusted; empty if nobody knows it."""
        peer = (scope.get("client") or ("", 0))[0]
        nearest = _address(peer)
        if nearest is None or not self._trusts(nearest):
            return peer if nearest is None else str(nearest)
        for hop in reversed(self._hops(scope)):
            address = _address(hop)
            if address is None:  # made up, or hidden on purpose: what is behind it is hearsay
                break
            nearest = address
            if not self._trusts(address):
                break
        return str(nearest)

    def _trusts(self, address: Address) -> bool:
        return any(
            address in network for network in self.trusted if network.version == address.version
        )

    def _hops(self, scope: Mapping[str, Any]) -> list[str]:
        """Those behind the proxy, the farthest first."""
        wanted = self.header.encode()
        lines = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
        return [hop for line in lines for hop in READERS[self.header](line)][-MOST_HOPS:]


def _forwarded_for(line: str) -> Iterator[str]:
    return (hop.strip() for hop in line.split(","))


def _forwarded(line: str) -> Iterator[str]:
    at, hop = 0, ""
    while at < len(line):
        pair = PAIR.match(line, at)
        if pair is None:
            yield "unreadable"
            return
        if pair[1].lower() == "for":
            hop = pair[2].strip('"')
        if pair[3] != ";":
            yield hop
            hop = ""
        at = pair.end()


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "x-forwarded-for": _forwarded_for,
    "forwarded": _forwarded,
}


def _address(text: str) -> Address | None:
    return _read(text) if len(text) <= LONGEST_ADDRESS else None


@lru_cache(ADDRESSES_REMEMBERED)
def _read(text: str) -> Address | None:
    with_port = PORT.match(text)
    try:
        address = ip_address((with_port["v6"] or with_port["v4"]) if with_port else text)
    except ValueError:
        return None
    # The same address, however a socket for both families shows it.
    return getattr(address, "ipv4_mapped", None) or address


def network_of(client: str) -> str | None:
    """Where somebody asks from, without saying which of many they are; None if nobody knows."""
    address = _address(client)
    return None if address is None else _network(address)


@lru_cache(ADDRESSES_REMEMBERED)
def _network(address: Address) -> str:
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))  # noqa: PLR2004
