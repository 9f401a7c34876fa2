"""Two who are about the same money."""

from collections.abc import Sequence

import attrs

from application.bookings.pay_booking import PayBooking
from application.bookings.request_refund import RequestRefund
from application.bookings.settle_booking import SettleBooking
from application.payments.hear import Hear
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.payments.payment import Method
from domain.payments.provider import ProviderStatus, Subject
from domain.payments.refunds import Refund
from domain.payments.refusals import TooMuchToRefund
from tests.contract.desks import Desk
from tests.interleavings.exploring import Scene
from tests.interleavings.house import House, Process
from tests.interleavings.pairs_of_bookings import kinds, state
from tests.tills import Till

NOTHING = Money(0, "EUR")
MORE_THAN_HALF = Money(6000, "EUR")  # of a night
GOING_BACK = """
    SELECT coalesce(sum(refunds.amount_minor), 0) FROM refunds
    JOIN payments ON payments.organization_id = refunds.organization_id
    AND payments.id = refunds.payment_id
    WHERE payments.organization_id = $1 AND payments.id = $2
"""
CAPTURED = "SELECT captured_minor FROM payments WHERE organization_id = $1 AND id = $2"


@attrs.frozen(kw_only=True)
class Paying:
    """A held booking whose payment the provider has, and nobody has been told."""

    desk: Desk
    till: Till
    booking_id: BookingId
    payment_id: PaymentId

    @classmethod
    async def begun(cls, house: House) -> "Paying":
        desk = await house.desk()
        booking_id = await desk.hold(1)
        till = Till(work=house.setting.storage.work, clock=house.setting.watch)
        begun = await till.pay(PayBooking(actor=desk.actor, booking_id=booking_id))
        till.gateway.becomes(begun.payment.id, ProviderStatus.SUCCEEDED)
        return cls(desk=desk, till=till, booking_id=booking_id, payment_id=begun.payment.id)

    async def told(self, process: Process) -> None:
        """As the provider's event has it done, and the job that follows from it."""
        till = process.till(self.till)
        reference = self.till.gateway.of(self.payment_id).reference
        await till.hear(Hear(actor=self.desk.actor, subject=Subject.PAYMENT, reference=reference))
        await till.settle(SettleBooking(actor=self.desk.actor, booking_id=self.booking_id))

    async def refund(self, process: Process) -> object:
        return await process.till(self.till).ask_for_refund(
            RequestRefund(
                actor=self.desk.actor,
                payment_id=self.payment_id,
                amount=MORE_THAN_HALF,
                fee=NOTHING,
                method=Method.ONLINE,
                reason="it rained",
            )
        )

    async def captured(self, house: House) -> tuple[int, int]:
        """Minor units that came, and that are to go back."""
        ours = self.desk.actor.organization_id, self.payment_id
        return await house.value(CAPTURED, *ours), await house.value(GOING_BACK, *ours)


async def payment_and_release(house: House) -> Scene:
    """What was paid for is booked, or goes back: whoever gives up, and whenever."""
    paying = await Paying.begun(house)

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        await paying.told(house.setting)  # as it is looked after for as long as it takes
        wrong = list(await house.sums(paying.desk))
        became = await state(house, paying.desk, paying.booking_id)
        came, back = await paying.captured(house)
        if (became, came - back) not in {("confirmed", came), ("released", 0)} or not came:
            wrong.append(f"{became}, {came} came and {back} go back: {outcomes}")
        return wrong

    async def release() -> None:
        await house.second.at(paying.desk).release(paying.booking_id)

    return Scene(moves=(lambda: paying.told(house.first), release), judge=judge)


async def refund_and_refund(house: House) -> Scene:
    """Twice more than half: one is given, and the other is too much."""
    paying = await Paying.begun(house)
    await paying.told(house.setting)

    async def judge(outcomes: Sequence[object]) -> Sequence[str]:
        wrong = list(await house.sums(paying.desk))
        came, back = await paying.captured(house)
        if sorted(kinds(outcomes)) != [Refund.__name__, TooMuchToRefund.__name__]:
            wrong.append(f"not one who has it: {outcomes}")
        if back > came:
            wrong.append(f"{came} came and {back} go back")
        return wrong

    return Scene(
        moves=(lambda: paying.refund(house.first), lambda: paying.refund(house.second)),
        judge=judge,
    )
