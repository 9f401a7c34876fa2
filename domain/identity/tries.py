"""How often a password may be tried: whoever fails too often waits, and nobody is locked out.

The numbers are those of PyPI. A member is counted together with the network that tries, so that a
stranger cannot keep somebody out from elsewhere, and in all, so that many networks together do
not get much further.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

import attrs

ADDRESSES_REMEMBERED = 4096


class Attempt(Enum):
    """What is tried; each is counted by itself."""

    SIGN_IN = "sign_in"
    RESET = "reset"
    REGISTER = "register"
    CONFIRM = "confirm"
    CODE = "code"


@attrs.frozen(kw_only=True)
class Limit:
    """At most `most` tries of what `counted` names, `within` a time that begins with the first."""

    counted: str
    most: int
    within: timedelta = timedelta(minutes=5)


@attrs.frozen(kw_only=True)
class Tries:
    began_at: datetime
    number: int

    def seconds_to_wait(self, limit: Limit, *, now: datetime) -> int:
        """0 if there is no need to."""
        if self.number <= limit.most:
            return 0
        return max(1, ceil((self.began_at + limit.within - now).total_seconds()))


@attrs.frozen(kw_only=True)
class TryLimits:
    here: int = 10
    network: int = 30
    member: int = 100
    everybody: int = 1000
    codes: int = 5
    codes_an_hour: int = 20

    def of(self, attempt: Attempt, *, who: str, address: str) -> Sequence[Limit]:
        """Ordered, so that those who count the same things lock them in the same order."""
        what, network = attempt.value, source_of(address)
        limits = (
            Limit(counted=f"{what} everybody", most=self.everybody),
            Limit(counted=f"{what} from {network}", most=self.network),
            Limit(counted=f"{what} as {who}", most=self.member),
            Limit(counted=f"{what} as {who} from {network}", most=self.here),
        )
        return limits if who else limits[:2]

    def of_codes(self, who: str) -> Sequence[Limit]:
        """Of the second factor, wherever they are tried: who gets so far has the password."""
        counted = f"{Attempt.CODE.value} of {who}"
        return (
            Limit(counted=counted, most=self.codes),
            Limit(
                counted=f"{counted}, an hour", most=self.codes_an_hour, within=timedelta(hours=1)
            ),
        )


@lru_cache(ADDRESSES_REMEMBERED)
def source_of(address: str) -> str:
    """The address, or of IPv6 the /64 that its owner can draw addresses from at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return "nowhere"
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
