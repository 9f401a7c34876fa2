"""Who carries whose calls."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import attrs
from dependency_injector import containers, providers

from adapters.resilience.breaker import Breaker
from adapters.resilience.telephony import PRESET, TelephonyBreakers, is_outage
from adapters.simulator.file import SimulatorFile
from adapters.simulator.posting import post
from adapters.telephony_simulator.deliveries import Deliveries
from adapters.telephony_simulator.exchange import SCHEMA, Book, Exchange
from adapters.telephony_simulator.messages import SimulatedLine
from adapters.telephony_simulator.numbers import SCHEMA as NUMBERS
from adapters.telephony_simulator.numbers import SimulatedNumbers
from adapters.telephony_simulator.straying import Straying
from adapters.telephony_simulator.telephony import PROVIDER as SIMULATOR
from adapters.telephony_simulator.telephony import SimulatedTelephony
from application.calls.number_market import NumberMarket
from application.calls.telephony import NoTelephony, Telephony
from application.calls.telephony_news import Line
from application.identity.ports import OrganizationViews
from application.kernel.ports import Chance, Clock, NewId
from application.kernel.rate_limits import RateLimiter
from application.kernel.secrets import Secret
from domain.identity.organizations import OrganizationNotFound
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.ambient import new_secret, seeded
from entrypoints.wiring.breakers import breaker_of
from entrypoints.wiring.environment import environment
from entrypoints.wiring.kept_secrets import kept_secret
from entrypoints.wiring.secrets import secrets_of
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.telephony_accounts import (
    Addresses,
    Around,
    NoLines,
    TelephonyAccounts,
)

NONE = "none"
FILE, NUMBERS_FILE = "telephony-simulator.db", "telephony-numbers.db"
KEPT = "telephony-simulator-secret"

NewsGoesOut = Callable[[], Awaitable[int]]


@attrs.frozen(kw_only=True)
class SimulatedLines(TelephonyAccounts):
    """Every organization has one, by its id."""

    exchange: Exchange
    numbers: Book
    new_id: NewId
    secrets: Callable[[], Sequence[Secret]] = attrs.field(repr=False)
    around: Around

    def of(self, organization_id: OrganizationId, /) -> Telephony:
        return self.around.line(
            SimulatedTelephony(exchange=self.exchange, account=str(organization_id))
        )

    def market(self, organization_id: OrganizationId, /) -> NumberMarket:
        return self.around.market(
            SimulatedNumbers(book=self.numbers, new_id=self.new_id, account=str(organization_id))
        )

    def line(self, organization_id: OrganizationId, provider: str, /) -> Line:
        if provider != SIMULATOR:
            raise NoTelephony
        return SimulatedLine(secrets=self.secrets)

    async def close(self) -> None: ...


def _breakers(settings: Settings, clock: Clock) -> TelephonyBreakers:
    def breaker(name: str) -> Breaker:
        return breaker_of(name, PRESET, settings, clock, is_outage)

    return TelephonyBreakers(actions=breaker("telephony"), lookups=breaker("telephony-lookups"))


def _numbers(settings: Settings) -> Book:
    return SimulatorFile(settings.data_dir / NUMBERS_FILE, NUMBERS)


def _exchange(settings: Settings, clock: Clock, new_id: NewId, chance: Chance) -> Exchange:
    return Exchange(
        book=SimulatorFile(settings.data_dir / FILE, SCHEMA),
        clock=clock,
        new_id=new_id,
        chance=_seeded(settings, chance),
    )


def _seeded(settings: Settings, chance: Chance) -> Chance:
    seed = settings.simulator_seed
    return chance if seed is None else seeded(seed)


def _secrets(settings: Settings) -> Callable[[], Sequence[Secret]]:
    kept = kept_secret(settings.data_dir / KEPT, new_secret)
    return lambda: [Secret(f"whsec_{kept().hex()}")]


def _accounts(
    settings: Settings,
    simulated: Callable[[], TelephonyAccounts],
    twilio: Callable[[], TelephonyAccounts],
) -> TelephonyAccounts:
    made: Mapping[str, Callable[[], TelephonyAccounts]] = {
        "simulator": simulated,
        "twilio": twilio,
    }
    return made.get(settings.telephony, NoLines)()


def _twilio(
    settings: Settings,
    organizations: OrganizationViews,
    rates: RateLimiter,
    clock: Clock,
    around: Around,
) -> TelephonyAccounts:
    # It is an extra, and loading it takes longer than some commands run.
    from entrypoints.wiring.twilio_lines import TwilioAccounts  # noqa: PLC0415

    return TwilioAccounts(
        secrets=secrets_of(settings.secret_places, environment()),
        url=settings.twilio_url,
        addresses=Addresses(base=settings.public_url.rstrip("/"), organizations=organizations),
        rates=rates,
        pause=asyncio.sleep,
        clock=clock,
        around=around,
    )


def _news_goes_out(
    settings: Settings,
    exchange: Exchange,
    secrets: Callable[[], Sequence[Secret]],
    astray: Straying,
    organizations: OrganizationViews,
) -> NewsGoesOut | None:
    if settings.telephony != SIMULATOR:
        return None
    addresses = Addresses(base=settings.simulator_events_go_to, organizations=organizations)

    async def address_of(account: str) -> str | None:
        try:
            return await addresses.events(OrganizationId(UUID(account)), SIMULATOR)
        except OrganizationNotFound:  # its database was taken away, and the simulator was not
            return None

    return Deliveries(
        exchange=exchange,
        address_of=address_of,
        secrets=secrets,
        post=post,
        astray=astray,
    )


class TelephonyProvidersContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    organizations: providers.Dependency[object] = providers.Dependency()
    rates: providers.Dependency[object] = providers.Dependency()

    breakers = providers.Singleton(_breakers, settings, clock)
    around = providers.Singleton(Around, breakers)

    exchange = providers.Singleton(
        _exchange, settings=settings, clock=clock, new_id=new_id, chance=chance
    )
    secrets = providers.Singleton(_secrets, settings)
    simulated = providers.Singleton(
        SimulatedLines,
        exchange=exchange,
        numbers=providers.Singleton(_numbers, settings),
        new_id=new_id,
        secrets=secrets,
        around=around,
    )
    twilio = providers.Singleton(
        _twilio,
        settings=settings,
        organizations=organizations,
        rates=rates,
        clock=clock,
        around=around,
    )
    accounts = providers.Singleton(_accounts, settings, simulated.provider, twilio.provider)
    close = accounts.provided.close
    astray = providers.Singleton(
        Straying,
        providers.Singleton(_seeded, settings, chance),
        settings.provided.simulator_fault_percent,
    )
    news_goes_out = providers.Singleton(
        _news_goes_out, settings, exchange, secrets, astray, organizations
    )
