"""What providers say by themselves: believed when signed, dealt with once, and never lost."""

import json

import attrs
import pytest

from application.payments.apply_event import ApplyEvent
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from application.payments.hear import Hear
from application.payments.ports import StoredEvent, Treatment
from application.payments.receive_event import ReceiveEvent
from domain.bookings.booking import Booking
from domain.payments.payment import Payment
from domain.payments.provider import ProviderStatus
from domain.payments.refusals import BadProviderEvent, BadProviderSignature, ProviderEventNotFound
from tests.fakes.gateway import SIGNED
from tests.samples import DESK
from tests.unit.cashier import Cashier

pytestmark = pytest.mark.anyio

FIRST = ApplyEvent(actor=DESK, provider="fake", event_id="evt_1")


@attrs.define
class Faulty:
    """A way of hearing that fails so many times."""

    failures: int
    heard: int = 0

    async def __call__(self, _: Hear, /) -> bool:
        self.heard += 1
        if self.heard <= self.failures:
            raise RuntimeError
        return True


async def paid() -> tuple[Cashier, Booking, Payment]:
    """The provider has said so, which nobody has heard yet."""
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking)
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    return cashier, booking, payment


def stored(cashier: Cashier, id: str = "evt_1") -> StoredEvent:
    return cashier.rows.provider_events["fake", id]


def signed(cashier: Cashier, body: object, **members: str) -> ReceiveEvent:
    said = {"provider": cashier.gateway.provider, "signature": SIGNED, **members}
    return ReceiveEvent(actor=DESK, body=json.dumps(body).encode(), **said)


async def test_who_knows_no_secret_is_not_believed() -> None:
    cashier, _, _ = await paid()

    with pytest.raises(BadProviderSignature):
        await cashier.till.receive(signed(cashier, 1, signature="forged"))
    with pytest.raises(NoPaymentProvider):
        await cashier.till.receive(signed(cashier, 1, provider="another"))
    command = attrs.evolve(signed(cashier, 1), body=b"{")
    with pytest.raises(BadProviderEvent):
        await cashier.till.receive(command)
    assert cashier.rows.provider_events == {}


async def test_what_concerns_nobody_is_kept_and_left_alone() -> None:
    cashier, _, _ = await paid()
    jobs = len(cashier.rows.jobs)

    assert not await cashier.till.receive(signed(cashier, {"type": "payout.paid"}))

    assert stored(cashier, "evt_other").treatment is Treatment.IGNORED
    assert len(cashier.rows.jobs) == jobs


async def test_what_was_dealt_with_is_not_dealt_with_again() -> None:
    cashier, booking, _ = await paid()
    assert await cashier.till.receive(signed(cashier, 0))
    await cashier.works_off()

    assert stored(cashier).treatment is Treatment.APPLIED
    assert not await cashier.till.receive(signed(cashier, 0))
    assert cashier.state(booking) == "confirmed"


async def test_what_is_about_nothing_of_ours_is_ignored() -> None:
    cashier, _, payment = await paid()
    strange = attrs.evolve(cashier.gateway.of(payment.id), payment_id=None)
    cashier.gateway.payments[strange.reference] = strange
    await cashier.is_told(0)
    await cashier.works_off()

    assert stored(cashier).treatment is Treatment.IGNORED


async def test_a_provider_that_is_down_is_no_fault_of_what_it_said() -> None:
    cashier, booking, _ = await paid()
    await cashier.is_told(0)
    cashier.gateway.down = True
    for _ in range(9):
        with pytest.raises(PaymentProviderDown):
            await cashier.till.apply(FIRST)
    assert (stored(cashier).treatment, stored(cashier).attempts) == (Treatment.RECEIVED, 0)

    cashier.gateway.down = False
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"


async def test_what_fails_once_is_tried_again() -> None:
    cashier, _, _ = await paid()
    await cashier.is_told(0)
    apply = attrs.evolve(cashier.till.apply, hear=Faulty(1))

    with pytest.raises(RuntimeError):
        await apply(FIRST)
    assert (stored(cashier).attempts, stored(cashier).problem) == (1, "RuntimeError")
    assert await apply(FIRST) is Treatment.APPLIED


async def test_what_always_fails_is_parked_until_somebody_has_seen_to_it() -> None:
    cashier, booking, _ = await paid()
    await cashier.is_told(0)
    apply = attrs.evolve(cashier.till.apply, hear=Faulty(99))
    for _ in range(4):
        with pytest.raises(RuntimeError):
            await apply(FIRST)
    assert await apply(FIRST) is Treatment.PARKED
    assert stored(cashier).attempts == 5

    replayed = await cashier.till.replay(FIRST)
    assert (replayed.treatment, replayed.attempts) == (Treatment.RECEIVED, 0)
    await cashier.works_off()

    assert stored(cashier).treatment is Treatment.APPLIED
    assert cashier.state(booking) == "confirmed"
    assert (await cashier.till.replay(FIRST)).treatment is Treatment.APPLIED


async def test_what_is_parked_and_comes_again_is_dealt_with() -> None:
    cashier, booking, _ = await paid()
    await cashier.is_told(0)
    parked = attrs.evolve(stored(cashier), treatment=Treatment.PARKED, attempts=5)
    await cashier.desk.memory(DESK, lambda work: work.provider_events.save(parked))

    assert await cashier.till.receive(signed(cashier, 0))
    await cashier.works_off()

    assert cashier.state(booking) == "confirmed"


async def test_what_nobody_said_is_not_dealt_with() -> None:
    cashier, _, _ = await paid()

    for deal_with in (cashier.till.apply, cashier.till.replay):
        with pytest.raises(ProviderEventNotFound):
            await deal_with(FIRST)
