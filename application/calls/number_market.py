"""Where telephone numbers are bought: at whoever carries the calls."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

import attrs

from domain.calls.desk_numbers import Capability
from domain.kernel.identifiers import OrganizationId


class NumberKind(Enum):
    LOCAL = "local"
    TOLL_FREE = "toll_free"
    MOBILE = "mobile"


@attrs.frozen(kw_only=True)
class NumberWish:
    """`country` by its two letters; `contains` are digits of the number, wherever they stand."""

    country: str
    kind: NumberKind = NumberKind.LOCAL
    contains: str | None = None
    capabilities: tuple[Capability, ...] = (Capability.VOICE,)
    limit: int = 20


@attrs.frozen(kw_only=True)
class NumberOffer:
    number: str
    country: str
    kind: NumberKind
    capabilities: tuple[Capability, ...]
    locality: str | None = None
    region: str | None = None


@attrs.frozen(kw_only=True)
class Purchase:
    """`key` is written down before anything is asked: with the same key it is bought once."""

    key: str
    number: str


@attrs.frozen(kw_only=True)
class BoughtNumber:
    """`reference` is what it is called where it was bought."""

    reference: str
    number: str
    capabilities: tuple[Capability, ...]


class NumberMarket(Protocol):
    """One organization's. Every step has a deadline, and is never taken in a transaction.

    All of them raise TelephonyUnavailable, TelephonyRefused or NoTelephony.
    """

    @property
    def name(self) -> str:
        """Stored with numbers: `twilio`, `simulator`."""
        ...

    async def offers(self, wish: NumberWish) -> Sequence[NumberOffer]: ...

    async def buy(self, purchase: Purchase) -> BoughtNumber:
        """It costs money. Calls that come in at it are told to us from then on."""
        ...

    async def find(self, key: str) -> BoughtNumber | None:
        """What was bought with that key, though its answer may never have come."""
        ...

    async def release(self, reference: str) -> None:
        """One that is not there any more is no obstacle."""
        ...


class NumberMarkets(Protocol):
    def market(self, organization_id: OrganizationId, /) -> NumberMarket:
        """Raises NoTelephony."""
        ...
