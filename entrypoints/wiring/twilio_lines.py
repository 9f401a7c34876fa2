"""Accounts with Twilio: the one of each organization, or that of all."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta, timezone

import attrs

from adapters.twilio.line import TwilioLine
from adapters.twilio.numbers import TwilioNumbers
from adapters.twilio.pace import Pace
from adapters.twilio.reading import PROVIDER
from adapters.twilio.signatures import Signatures
from adapters.twilio.telephony import Doors, TwilioTelephony
from application.calls.number_market import NumberMarket
from application.calls.telephony import NoTelephony, Telephony
from application.calls.telephony_news import Line
from application.kernel.ports import Clock
from application.kernel.rate_limits import RateLimiter
from application.kernel.secrets import NoSuchSecret, Secret, Secrets
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.telephony_accounts import Addresses, Around, TelephonyAccounts

ACCOUNT, TOKEN, NUMBER = "twilio-account", "twilio-token", "twilio-number"
SIGNING = (
    TOKEN,
    "twilio-token-previous",
    "twilio-shared-key",
    "twilio-shared-key-previous",
)
LIFETIME = timedelta(seconds=1)

Seen = tuple[datetime, Sequence[Secret]]
NEVER: Seen = (datetime.min.replace(tzinfo=timezone.utc), ())


@attrs.define(kw_only=True, eq=False)
class TwilioAccounts(TelephonyAccounts):
    """`twilio-token-<id of the organization>` goes before `twilio-token`, and so do the others.

    Secrets are looked up each time, but for those that sign: these may be a second old.
    Connections are kept for as long as they are the same.
    """

    secrets: Secrets = attrs.field(repr=False)
    url: str
    addresses: Addresses
    rates: RateLimiter
    pause: Callable[[float], Awaitable[None]]
    clock: Clock
    around: Around
    _open: dict[tuple[OrganizationId, str, str], TwilioTelephony] = attrs.field(
        factory=dict, init=False, repr=False
    )
    _seen: dict[OrganizationId, Seen] = attrs.field(factory=dict, init=False, repr=False)

    def of(self, organization_id: OrganizationId, /) -> Telephony:
        return self.around.line(self._of(organization_id))

    def market(self, organization_id: OrganizationId, /) -> NumberMarket:
        line = self._of(organization_id)
        return self.around.market(
            TwilioNumbers(client=line.client, doors=line.doors, seconds=line.seconds)
        )

    def _of(self, organization_id: OrganizationId) -> TwilioTelephony:
        """Raises NoTelephony."""
        account = self._secret(ACCOUNT, organization_id)
        token = self._secret(TOKEN, organization_id)
        if account is None or token is None:
            raise NoTelephony
        name = (organization_id, account.value, token.value)
        if name not in self._open:
            self._open[name] = self._opened(organization_id, account.value, token)
        return self._open[name]

    def line(self, organization_id: OrganizationId, provider: str, /) -> Line:
        signing = self._signing(organization_id) if provider == PROVIDER else ()
        if not signing:
            raise NoTelephony
        return TwilioLine(signatures=Signatures(lambda: signing))

    async def close(self) -> None:
        opened, self._open = self._open, {}
        for telephony in opened.values():
            await telephony.close()

    def _opened(
        self, organization_id: OrganizationId, account: str, token: Secret
    ) -> TwilioTelephony:
        async def doors() -> Doors:
            return Doors(
                events=await self.addresses.events(organization_id, PROVIDER),
                voice=await self.addresses.voice(organization_id, PROVIDER),
            )

        async def number() -> str | None:
            found = self._secret(NUMBER, organization_id)
            return None if found is None else found.value

        async def own_number() -> str | None:
            found = self._named(f"{NUMBER}-{organization_id}")
            return None if found is None else found.value

        pace = Pace(
            account=account, organization_id=organization_id, rates=self.rates, pause=self.pause
        )
        return TwilioTelephony.open(
            account,
            token,
            self.url,
            doors=doors,
            number=number,
            own_number=own_number,
            pace=pace,
            clock=self.clock,
        )

    def _signing(self, organization_id: OrganizationId) -> Sequence[Secret]:
        now, (seen_at, kept) = self.clock(), self._seen.get(organization_id, NEVER)
        if not seen_at <= now < seen_at + LIFETIME:
            found = [self._secret(name, organization_id) for name in SIGNING]
            kept = [secret for secret in found if secret is not None]
            self._seen[organization_id] = now, kept
        return kept

    def _secret(self, name: str, organization_id: OrganizationId) -> Secret | None:
        return self._named(f"{name}-{organization_id}") or self._named(name)

    def _named(self, name: str) -> Secret | None:
        try:
            return self.secrets.get(name)
        except NoSuchSecret:
            return None
