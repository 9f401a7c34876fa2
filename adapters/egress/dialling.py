"""Names become addresses, all of which are checked; nothing else is dialled."""

import socket
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.egress.addresses import is_outside
from adapters.egress.names import Resolve


class AddressRefused(OSError):
    """It leads inside."""


class OutsideOnly(AbstractResolver):
    """A name with one address inside is refused as a whole: whoever made it so had a reason."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = await self._resolve(host)
        if not all(is_outside(address) for address in addresses):
            raise AddressRefused(host)
        return [_result(host, address, port) for address in dict.fromkeys(addresses)]

    async def close(self) -> None:
        """Nothing is kept open."""


def outside_socket(info: tuple[Any, ...]) -> socket.socket:
    """The last wall: every connection is made on a socket from here, addresses in URLs too."""
    family, type_, protocol, _, sockaddr = info
    if not is_outside(str(sockaddr[0])):
        raise AddressRefused(sockaddr[0])
    return socket.socket(family, type_, protocol)


def _result(name: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=name,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
