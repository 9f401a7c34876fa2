"""Accounts with each provider, and customers who pay there."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol

import attrs
import httpx

from adapters.stripe.gateway import Extras, StripeGateway
from application.kernel.secrets import Secret
from application.payments.gateway import PaymentGateway
from domain.payments.provider import ProviderPayment
from tests.simulators import NOON, Simulation

KEY = Secret("sk_test_123456")

# What is asked of the contract, and which stand-in cannot show it; nothing is left out silently.
CANNOT: Mapping[str, Mapping[str, str]] = {
    "localstripe": {
        "idempotency": "knows no idempotency keys: the same one makes two payments",
        "over-refund": "gives back more than was paid",
        "partial capture": "has no amount_received",
        "balance": "takes no dates when it lists movements",
        "going on": "knows no ending_before, so no page can follow another",
        "reasons": "names no codes of refusals",
        "disputes": "has none",
        "order": "lists what happened in the same second in any order",
        "events of refunds": "tells of successes and failures of payments alone",
    },
    "stripe-stateful-mock": {
        "payments": "has charges and refunds, and no payment intents",
    },
}


def able_to(*abilities: str) -> list[str]:
    """The accounts that can show all of that."""
    missing = CANNOT["localstripe"].keys() & set(abilities)
    return ["simulator"] if missing else ["simulator", "localstripe"]


class Account(Protocol):
    @property
    def gateway(self) -> PaymentGateway: ...

    @property
    def began(self) -> datetime:
        """Nothing of the account is older."""
        ...

    async def pays(self, payment: ProviderPayment, how: str, /) -> None:
        """`success`, `declined` or `three_d_secure`."""
        ...

    async def answers(self, payment: ProviderPayment, /, *, confirmed: bool) -> None:
        """The bank's question."""
        ...


@attrs.frozen
class AtTheSimulator:
    simulation: Simulation
    began: datetime = NOON

    @property
    def gateway(self) -> PaymentGateway:
        return self.simulation.gateway()

    async def pays(self, payment: ProviderPayment, how: str, /) -> None:
        await self.simulation.chooses(payment, how)

    async def answers(self, payment: ProviderPayment, /, *, confirmed: bool) -> None:
        await self.simulation.chooses(payment, "confirm" if confirmed else "refuse")


NUMBERS = {
    "success": "4242424242424242",
    "declined": "4000000000000341",
    "three_d_secure": "4000002760003184",
}


@attrs.frozen
class AtLocalstripe:
    url: str
    gateway: StripeGateway
    began: datetime = attrs.field(init=False)

    @began.default
    def _this_second(self) -> datetime:
        return datetime.now(timezone.utc).replace(microsecond=0)

    async def pays(self, payment: ProviderPayment, how: str, /) -> None:
        card = {"number": NUMBERS[how], "exp_month": 12, "exp_year": 2040, "cvc": "123"}
        method = await self._post(
            "payment_methods", {"type": "card", **{f"card[{k}]": v for k, v in card.items()}}
        )
        path = f"payment_intents/{payment.reference}"
        await self._post(path, {"payment_method": method["id"]})
        await self._post(f"{path}/confirm", {})

    async def answers(self, payment: ProviderPayment, /, *, confirmed: bool) -> None:
        said = {
            "key": "pk_test_123456",
            "client_secret": payment.client_secret,
            "success": str(confirmed).lower(),
        }
        await self._post(f"payment_intents/{payment.reference}/_authenticate", said)

    async def _post(self, path: str, data: Mapping[str, Any]) -> Any:
        async with httpx.AsyncClient(base_url=self.url, auth=(KEY.value, "")) as http:
            return (await http.post(f"/v1/{path}", data=data)).json()


@asynccontextmanager
async def gateway_at(url: str, *, seconds: float = 10) -> AsyncIterator[StripeGateway]:
    extras = Extras(description=False, payment_methods=None, expand_source=False)
    gateway = StripeGateway.open(KEY, url, extras=extras, seconds=seconds)
    try:
        yield gateway
    finally:
        await gateway.close()


@asynccontextmanager
async def account_at(
    name: str, folder: Path, localstripe: Callable[[], str]
) -> AsyncIterator[Account]:
    if name == "simulator":
        yield AtTheSimulator(Simulation.at(folder))
        return
    url = localstripe()
    async with gateway_at(url) as gateway:
        yield AtLocalstripe(url, gateway)
