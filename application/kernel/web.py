"""What lies outside and is fetched over HTTP."""

from collections.abc import Mapping
from enum import Enum
from typing import Protocol

import attrs


class WhyNot(Enum):
    """Why nothing came of a request. What a server answers, however unkindly, is an answer."""

    MALFORMED_URL = "malformed_url"
    ADDRESS_REFUSED = "address_refused"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not_trusted"
    TIMED_OUT = "timed_out"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    GARBLED = "garbled"


@attrs.frozen
class NotFetched(Exception):
    reason: WhyNot

    def __str__(self) -> str:
        return self.reason.value


@attrs.frozen(kw_only=True)
class Fetched:
    """An answer, of any status. `url` is where it was found; header names are in lower case.

    It is not `whole` if there was more than the asker wanted of it.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True


class Fetch(Protocol):
    """Never reaches a machine of the network it runs in, unless the operator has named it."""

    async def __call__(
        self, url: str, /, *, headers: Mapping[str, str], most: int, redirects: int
    ) -> Fetched:
        """The first `most` bytes, unpacked, after so many redirects at most. Raises NotFetched.

        With no redirects to follow, one is an answer like any other.
        """
        ...
