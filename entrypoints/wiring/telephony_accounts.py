"""Where lines knock, and organizations that have none."""

from typing import Protocol

import attrs

from adapters.resilience.number_market import BreakingMarket
from adapters.resilience.telephony import BreakingTelephony, TelephonyBreakers
from application.calls.number_market import NumberMarket, NumberMarkets
from application.calls.telephony import NoTelephony, Telephonies, Telephony
from application.calls.telephony_news import Line, Lines
from application.identity.ports import OrganizationViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


class TelephonyAccounts(Telephonies, Lines, NumberMarkets, Protocol):
    """What is asked of a line, what it says by itself, and where its numbers are had."""

    async def close(self) -> None: ...


@attrs.frozen
class Around:
    """What is down is left alone for a while."""

    breakers: TelephonyBreakers

    def line(self, telephony: Telephony) -> Telephony:
        return BreakingTelephony(telephony=telephony, breakers=self.breakers)

    def market(self, market: NumberMarket) -> NumberMarket:
        return BreakingMarket(market=market, breakers=self.breakers)


@attrs.frozen(kw_only=True)
class Addresses:
    """`base` is what providers know us by: it is set, never taken from what somebody asks."""

    base: str
    organizations: OrganizationViews

    async def events(self, organization_id: OrganizationId, provider: str) -> str:
        return f"{self.base}/v1/telephony-events/{provider}/{await self._slug(organization_id)}"

    async def voice(self, organization_id: OrganizationId, provider: str) -> str:
        return f"{self.base}/v1/telephony-voice/{provider}/{await self._slug(organization_id)}"

    async def _slug(self, organization_id: OrganizationId) -> str:
        return (await self.organizations.organization(Actor.system(organization_id))).slug


@attrs.frozen
class NoLines(TelephonyAccounts):
    def of(self, organization_id: OrganizationId, /) -> Telephony:
        raise NoTelephony

    def line(self, organization_id: OrganizationId, provider: str, /) -> Line:
        raise NoTelephony

    def market(self, organization_id: OrganizationId, /) -> NumberMarket:
        raise NoTelephony

    async def close(self) -> None: ...
