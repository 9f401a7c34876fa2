"""Who takes payments for whom."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from uuid import UUID

import attrs
from dependency_injector import containers, providers

from adapters.signing.signatures import SignedNotifications
from adapters.simulator.deliveries import Deliveries
from adapters.simulator.file import SimulatorFile
from adapters.simulator.gateway import PROVIDER as SIMULATOR
from adapters.simulator.gateway import SimulatedGateway, SimulatedProvider
from adapters.simulator.messages import event_in
from adapters.simulator.pages import SimulatedPages
from adapters.simulator.posting import post
from adapters.simulator.terms import Terms
from adapters.simulator.whims import Fault, Whims, WhimsicalGateway
from application.identity.ports import OrganizationViews
from application.kernel.ports import Chance, Clock, NewId
from application.kernel.secrets import Secret
from application.payments.gateway import (
    NoPaymentProvider,
    Notifications,
    PaymentGateway,
    PaymentGateways,
)
from application.payments.payment_page import PaymentPages
from domain.identity.organizations import OrganizationNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.ambient import new_secret, seeded
from entrypoints.wiring.breakers import breaking, payment_breakers
from entrypoints.wiring.environment import environment
from entrypoints.wiring.kept_secrets import kept_secret
from entrypoints.wiring.secrets import secrets_of
from entrypoints.wiring.settings import Settings

NONE = "none"
FILE = "simulator.db"
KEPT = "simulator-secret"
SLOW = 3.0  # seconds
"""Longer than customers like, shorter than anybody waits."""

Around = Callable[[PaymentGateway], PaymentGateway]
EventsGoOut = Callable[[], Awaitable[int]]


@attrs.frozen
class NoAccounts(PaymentGateways):
    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        raise NoPaymentProvider

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        raise NoPaymentProvider


@attrs.frozen(kw_only=True)
class SimulatedAccounts(PaymentGateways):
    """Every organization has one, by its id."""

    simulated: SimulatedProvider
    whims: Callable[[], Fault | None]
    secrets: Callable[[], Sequence[Secret]] = attrs.field(repr=False)
    around: Around

    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        gateway = SimulatedGateway(of=self.simulated, account=str(organization_id))
        linger = partial(asyncio.sleep, SLOW)
        return self.around(WhimsicalGateway(gateway=gateway, whims=self.whims, linger=linger))

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        if provider != SIMULATOR:
            raise NoPaymentProvider
        return SignedNotifications(secrets=self.secrets, read=event_in)


def _simulated(
    settings: Settings, clock: Clock, new_id: NewId, chance: Chance
) -> SimulatedProvider:
    return SimulatedProvider(
        file=SimulatorFile(settings.data_dir / FILE),
        terms=Terms(late_after=settings.simulator_late_after),
        pages=f"{settings.public_url.rstrip('/')}/pay",
        clock=clock,
        new_id=new_id,
        chance=chance,
    )


def _secrets(settings: Settings) -> Callable[[], Sequence[Secret]]:
    kept = kept_secret(settings.data_dir / KEPT, new_secret)
    return lambda: [Secret(f"whsec_{kept().hex()}")]


def _whims(settings: Settings, chance: Chance) -> Whims:
    seed = settings.simulator_seed
    return Whims(chance if seed is None else seeded(seed), settings.simulator_fault_percent)


def _gateways(
    settings: Settings, simulated: Callable[[], SimulatedAccounts], around: Around
) -> PaymentGateways:
    match settings.payments:
        case "simulator":
            return simulated()
        case "stripe":
            return _stripe(settings, around)
        case _:
            return NoAccounts()


def _stripe(settings: Settings, around: Around) -> PaymentGateways:
    # It is an extra, and loading it takes longer than some commands run.
    from entrypoints.wiring.stripe_accounts import StripeAccounts  # noqa: PLC0415

    secrets = secrets_of(settings.secret_places, environment())
    return StripeAccounts(secrets=secrets, url=settings.stripe_url, around=around)


def _closing(gateways: PaymentGateways) -> Callable[[], Awaitable[None]]:
    """What ends connections to the provider, if there are any."""

    async def nothing() -> None: ...

    close: Callable[[], Awaitable[None]] = getattr(gateways, "close", nothing)
    return close


def _pages(settings: Settings, simulated: SimulatedProvider) -> PaymentPages | None:
    return SimulatedPages(of=simulated) if settings.payments == SIMULATOR else None


def _events_go_out(
    settings: Settings,
    simulated: SimulatedProvider,
    secrets: Callable[[], Iterable[Secret]],
    whims: Whims,
    organizations: OrganizationViews,
) -> EventsGoOut | None:
    if settings.payments != SIMULATOR:
        return None

    async def address_of(account: str) -> str | None:
        actor = Actor.system(OrganizationId(UUID(account)))
        try:
            slug = (await organizations.organization(actor)).slug
        except OrganizationNotFound:  # its database was taken away, and the simulator was not
            return None
        return f"{settings.simulator_events_go_to}/v1/provider-events/{SIMULATOR}/{slug}"

    return Deliveries(
        of=simulated,
        address_of=address_of,
        secrets=secrets,
        post=post,
        astray=lambda: whims() is not None,
    )


class PaymentProvidersContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()
    organizations: providers.Dependency[object] = providers.Dependency()

    breakers = providers.Singleton(payment_breakers, settings, clock)
    around = providers.Singleton(breaking, settings, breakers, chance, figures)

    simulated = providers.Singleton(
        _simulated, settings=settings, clock=clock, new_id=new_id, chance=chance
    )
    secrets = providers.Singleton(_secrets, settings)
    whims = providers.Singleton(_whims, settings, chance)
    simulated_accounts = providers.Singleton(
        SimulatedAccounts, simulated=simulated, whims=whims, secrets=secrets, around=around
    )
    gateways = providers.Singleton(_gateways, settings, simulated_accounts.provider, around)
    close = providers.Singleton(_closing, gateways)
    pages = providers.Singleton(_pages, settings, simulated)
    events_go_out = providers.Singleton(
        _events_go_out, settings, simulated, secrets, whims, organizations
    )
