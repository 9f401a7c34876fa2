"""The Stripe adapter in trouble: with errors, lost answers and nonsense, one key is one object."""

from collections.abc import AsyncIterator
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

import httpx
import pytest

from adapters.stripe.failures import told
from adapters.stripe.gateway import StripeGateway
from application.payments.gateway import (
    ProviderRefused,
    ProviderUnavailable,
    UnknownToProvider,
)
from domain.kernel.identifiers import RefundId
from domain.payments.provider import DisputeStatus
from tests.contract.payment_accounts import KEY, gateway_at
from tests.fault_proxy import FaultProxy, Trouble, fault_proxy
from tests.unit.test_simulator import ask, gbp

pytestmark = pytest.mark.anyio

OUTAGES = [
    Trouble.DROPPED,
    Trouble.REFUSED,
    Trouble.LATE,
    Trouble.CONFLICT,
    Trouble.TOO_MANY,
    Trouble.BROKEN,
    Trouble.NONSENSE,
]


@pytest.fixture
async def proxy(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    stateful_mock: str,
) -> AsyncIterator[FaultProxy]:
    async with fault_proxy(stateful_mock) as opened:
        yield opened


@pytest.fixture
async def gateway(proxy: FaultProxy) -> AsyncIterator[StripeGateway]:
    async with gateway_at(proxy.url, seconds=0.4) as opened:
        yield opened


async def asked(proxy: FaultProxy, method: str, path: str, data: Any = None) -> Any:
    async with httpx.AsyncClient(base_url=proxy.upstream, auth=(KEY.value, "")) as http:
        return (await http.request(method, f"/v1/{path}", data=data)).json()


async def charged(proxy: FaultProxy, token: str = "tok_visa") -> str:  # noqa: S107
    """With the mock it is charges that are paid and given back."""
    charge = {"amount": 10_000, "currency": "gbp", "source": token}
    return str((await asked(proxy, "POST", "charges", charge))["id"])


async def refunds_of(proxy: FaultProxy, charge: str) -> list[Any]:
    return list((await asked(proxy, "GET", f"refunds?charge={charge}"))["data"])


@pytest.mark.parametrize("trouble", OUTAGES)
async def test_asked_again_with_the_same_key_it_is_done_once(
    proxy: FaultProxy, gateway: StripeGateway, trouble: Trouble
) -> None:
    charge, refund_id = await charged(proxy), RefundId(uuid4())
    proxy.troubles.append(trouble)
    with pytest.raises(ProviderUnavailable):
        await gateway.refund(refund_id, charge, gbp(4_000), key=str(refund_id))

    again = await gateway.refund(refund_id, charge, gbp(4_000), key=str(refund_id))

    assert [one["id"] for one in await refunds_of(proxy, charge)] == [again.reference]


async def test_what_the_network_doubles_is_done_once(
    proxy: FaultProxy, gateway: StripeGateway
) -> None:
    charge = await charged(proxy)
    proxy.troubles.append(Trouble.TWICE)
    refund = await gateway.refund(RefundId(uuid4()), charge, gbp(4_000), key=str(uuid4()))

    assert [one["id"] for one in await refunds_of(proxy, charge)] == [refund.reference]


async def test_it_never_tries_again_by_itself(proxy: FaultProxy, gateway: StripeGateway) -> None:
    charge = await charged(proxy)
    proxy.troubles += [Trouble.DROPPED] * 3
    with pytest.raises(ProviderUnavailable):
        await gateway.refund(RefundId(uuid4()), charge, gbp(1), key=str(uuid4()))

    assert len(proxy.forwarded) == 1


async def test_every_request_says_which_version_and_which_key(
    proxy: FaultProxy, gateway: StripeGateway
) -> None:
    charge = await charged(proxy)
    await gateway.refund(RefundId(uuid4()), charge, gbp(1), key="refund:1")

    head = proxy.forwarded[0].lower()
    assert b"idempotency-key: refund:1" in head
    assert b"stripe-version: 2026-10-28.endive" in head


async def test_a_key_is_good_for_one_thing(proxy: FaultProxy, gateway: StripeGateway) -> None:
    charge, key = await charged(proxy), str(uuid4())
    await gateway.refund(RefundId(uuid4()), charge, gbp(1), key=key)

    with pytest.raises(ProviderRefused, match="idempotency_error"):
        await gateway.refund(RefundId(uuid4()), charge, gbp(2), key=key)


async def test_never_more_than_was_captured(proxy: FaultProxy, gateway: StripeGateway) -> None:
    charge = await charged(proxy)
    with pytest.raises(ProviderRefused):
        await gateway.refund(RefundId(uuid4()), charge, gbp(10_001), key=str(uuid4()))
    await gateway.refund(RefundId(uuid4()), charge, gbp(10_000), key=str(uuid4()))

    with pytest.raises(ProviderRefused, match="charge_already_refunded"):
        await gateway.refund(RefundId(uuid4()), charge, gbp(1), key=str(uuid4()))


async def test_disputes_are_read(proxy: FaultProxy, gateway: StripeGateway) -> None:
    charge = await charged(proxy, "tok_createDispute")
    reference = (await asked(proxy, "GET", f"charges/{charge}"))["dispute"]
    dispute = await gateway.look_at_dispute(reference)

    assert dispute.status is DisputeStatus.NEEDS_RESPONSE
    assert (dispute.payment_reference, dispute.amount) == (charge, gbp(10_000))
    assert dispute.due_by
    assert dispute.due_by > datetime.now(timezone.utc)


@pytest.mark.parametrize(
    ("token", "raised", "said"),
    [
        ("tok_chargeDeclined", ProviderRefused, "generic_decline"),
        ("tok_chargeDeclinedInsufficientFunds", ProviderRefused, "insufficient_funds"),
        ("tok_429", ProviderUnavailable, "RateLimitError"),
        ("tok_500", ProviderUnavailable, "APIError"),
    ],
)
async def test_errors_say_whether_it_was_done(
    gateway: StripeGateway, token: str, raised: type[Exception], said: str
) -> None:
    charge: Any = {"amount": 10_000, "currency": "gbp", "source": token}
    with pytest.raises(raised, match=said), told(5):
        await gateway.client.v1.charges.create_async(charge)


async def test_what_is_not_there_is_unknown(gateway: StripeGateway) -> None:
    with pytest.raises(UnknownToProvider):
        await gateway.refund(RefundId(uuid4()), "ch_nothing", gbp(1), key=str(uuid4()))


async def test_errors_quote_nothing(
    proxy: FaultProxy, gateway: StripeGateway, caplog: pytest.LogCaptureFixture
) -> None:
    proxy.troubles += [Trouble.BROKEN]
    with caplog.at_level("DEBUG"), pytest.raises(ProviderUnavailable) as raised:
        await gateway.start(ask(), key="start:secret-key")

    assert raised.value.__cause__ is None
    assert KEY.value not in caplog.text + repr(raised.value) + repr(gateway)
    assert "start:secret-key" not in repr(raised.value)
