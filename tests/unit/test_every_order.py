"""However news of a payment comes, and however often: one end, and books that balance.

Customers come back, the provider tells, we ask: in every order of any of these, while what is told
comes once, twice, in the opposite order or never. At the end is what always is: we ask once more.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from itertools import permutations

import attrs
import pytest

from application.bookings.request_refund import RequestRefund
from application.payments.payment_steps import CapturePayment
from application.payments.refund_steps import ApproveRefund
from domain.bookings.booking import Booking
from domain.payments.ledger import Account
from domain.payments.payment import Method, Payment
from domain.payments.provider import ProviderStatus, RefundStatus
from tests.samples import COLLEAGUE, DESK, pounds
from tests.samples_of_payments import NOTHING
from tests.unit.cashier import Cashier

pytestmark = pytest.mark.anyio

ASKED = ProviderStatus.REQUIRES_PAYMENT_METHOD
ACTION = ProviderStatus.REQUIRES_ACTION
PROCESSING = ProviderStatus.PROCESSING
TAKEN = ProviderStatus.SUCCEEDED

Step = Callable[["Story"], Awaitable[None]]


@attrs.define(kw_only=True)
class Story:
    """`told` counts what the provider has said that was delivered, or lost."""

    cashier: Cashier
    booking: Booking
    payment: Payment
    told: int = 0

    async def webhook(self, delivery: str) -> None:
        said = len(self.cashier.gateway.said)
        fresh = list(range(self.told, said))
        match delivery:
            case "once":
                await self.cashier.is_told(*fresh)
            case "twice":
                await self.cashier.is_told(*fresh, *fresh)
            case _:
                return
        self.told = said

    async def comes_back(self, _: str) -> None:
        await self.cashier.comes_back(self.payment)

    async def poll(self, _: str) -> None:
        await self.cashier.asks_about_silent()


def provider_says(status: ProviderStatus, failure: str | None = None) -> Step:
    async def say(story: Story) -> None:
        story.cashier.gateway.becomes(story.payment.id, status, failure)

    return say


async def desk_captures(story: Story) -> None:
    """Once it knows that there is something to capture."""
    await story.cashier.comes_back(story.payment)
    command = CapturePayment(
        actor=DESK, payment_id=story.payment.id, version=None, amount=pounds(180)
    )
    await story.cashier.till.capture(command)


async def desk_gives_some_back(story: Story) -> None:
    cashier = story.cashier
    cashier.gateway.refunds_become = RefundStatus.PENDING
    await cashier.comes_back(story.payment)
    await cashier.works_off()
    asked = await cashier.till.ask_for_refund(
        RequestRefund(
            actor=DESK,
            payment_id=story.payment.id,
            amount=pounds(50),
            fee=NOTHING,
            method=Method.ONLINE,
            reason="it rained",
        )
    )
    await cashier.till.approve(ApproveRefund(actor=COLLEAGUE, refund_id=asked.id, version=None))
    await cashier.works_off()


def bank_says(status: RefundStatus) -> Step:
    async def say(story: Story) -> None:
        (refund,) = story.cashier.refunds(story.booking)
        story.cashier.gateway.gives_back(refund.id, status)

    return say


async def answer_is_lost(story: Story) -> None:
    story.cashier.gateway.loses = 1


PAID = {Account.CLEARING: 180, Account.SALES: -180}


@attrs.frozen(kw_only=True)
class Case:
    """What happens, and what it all comes to in the end, in pounds where that is money."""

    steps: tuple[Step, ...]
    booking: str = "confirmed"
    payment: str = "captured"
    refunds: tuple[str, ...] = ()
    balances: Mapping[Account, int] = PAID
    manual_capture: bool = False


DECLINED = "card_declined"

CASES = {
    "success": Case(
        steps=(provider_says(TAKEN),),
    ),
    "proven": Case(
        steps=(provider_says(ACTION), provider_says(PROCESSING), provider_says(TAKEN)),
    ),
    "not proven": Case(
        steps=(provider_says(ACTION), provider_says(ASKED, "authentication_failed")),
        booking="held",
        payment="requires_method",
        balances={},
    ),
    "declined": Case(
        steps=(provider_says(ASKED, DECLINED),),
        booking="held",
        payment="requires_method",
        balances={},
    ),
    "declined and tried again": Case(
        steps=(provider_says(ASKED, DECLINED), provider_says(ACTION), provider_says(TAKEN)),
    ),
    "captured by us": Case(
        steps=(provider_says(TAKEN), desk_captures),
        manual_capture=True,
    ),
    "captured, and the answer lost": Case(
        steps=(provider_says(TAKEN), desk_captures, answer_is_lost),
        manual_capture=True,
    ),
    "some given back": Case(
        steps=(provider_says(TAKEN), desk_gives_some_back, bank_says(RefundStatus.SUCCEEDED)),
        refunds=("succeeded",),
        balances={Account.CLEARING: 130, Account.SALES: -180, Account.ALLOWANCES: 50},
    ),
}


def orders() -> Iterator[tuple[str, ...]]:
    """Of any of the ways in which news come."""
    for number in range(1, 4):
        yield from permutations(("webhook", "comes_back", "poll"), number)


@pytest.mark.parametrize("delivery", ["once", "twice", "reversed", "never"])
@pytest.mark.parametrize("name", CASES)
async def test_there_is_one_end(name: str, delivery: str) -> None:
    case = CASES[name]
    for order in orders():
        story = await begun(case)
        for step in case.steps:
            await step(story)
            for way in order:
                await getattr(story, way)(delivery)
                await story.cashier.works_off()
        if delivery == "reversed":
            await story.cashier.is_told(*reversed(range(len(story.cashier.gateway.said))))
        await story.cashier.works_off()
        await story.cashier.asks_about_silent()
        assert_ended(story, case, order)


async def begun(case: Case) -> Story:
    cashier = await Cashier.open()
    booking = await cashier.held()
    payment = await cashier.pay(booking, manual_capture=case.manual_capture)
    return Story(cashier=cashier, booking=booking, payment=payment)


def assert_ended(story: Story, case: Case, order: tuple[str, ...]) -> None:
    cashier, booking = story.cashier, story.booking
    (payment,) = cashier.payments(booking)
    assert (cashier.state(booking), payment.state.value) == (case.booking, case.payment), order
    assert tuple(one.state.value for one in cashier.refunds(booking)) == case.refunds
    assert cashier.balances(booking) == case.balances
    assert len(cashier.gateway.payments) == 1
    assert len(cashier.gateway.refunds) == len(case.refunds)
    names = [event.name for event in cashier.rows.events]
    assert names.count("payment_captured") == (case.payment == "captured")
    assert names.count("refund_succeeded") == len(case.refunds)
    cashier.must_balance()
