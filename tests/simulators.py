"""The simulated provider for tests, in a file of its own, with a customer who can pay."""

from datetime import datetime, timezone
from pathlib import Path
from uuid import uuid4

import attrs

from adapters.simulator.file import SimulatorFile
from adapters.simulator.gateway import SimulatedGateway, SimulatedProvider
from adapters.simulator.pages import SimulatedPages
from adapters.simulator.terms import Terms
from domain.payments.provider import ProviderPayment
from tests.fakes.time import Time

NOON = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
PAGES = "https://desk.example.com/pay"


@attrs.frozen(kw_only=True)
class Simulation:
    provider: SimulatedProvider
    time: Time

    @classmethod
    def at(cls, folder: Path, *, terms: Terms | None = None) -> "Simulation":
        time = Time(NOON)
        provider = SimulatedProvider(
            file=SimulatorFile(folder / "simulator.db"),
            terms=terms or Terms(),
            pages=PAGES,
            clock=time,
            new_id=uuid4,
            chance=lambda _: uuid4().int,
        )
        return cls(provider=provider, time=time)

    def gateway(self, account: str = "one") -> SimulatedGateway:
        return SimulatedGateway(of=self.provider, account=account)

    @property
    def pages(self) -> SimulatedPages:
        return SimulatedPages(of=self.provider)

    async def chooses(self, payment: ProviderPayment, *choices: str) -> None:
        """On the payment page, one after the other."""
        assert payment.redirect_url is not None
        for choice in choices:
            await self.pages.choose(payment.redirect_url.rpartition("/")[2], choice)
