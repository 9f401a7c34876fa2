"""What is not paid when it is due: reminded of, waited for, and then what was decided."""

import attrs
import pytest

from application.bookings.chase_instalments import ChaseInstalments
from domain.bookings.booking import Booking
from domain.bookings.missed_instalments import InstalmentRules, Stage
from domain.kernel.events import Event
from domain.payments.ledger import Account
from domain.payments.payment import Method
from domain.payments.provider import ProviderStatus
from tests.samples import DAY, DESK, HOUR, SECOND, pounds
from tests.unit.cashier import Cashier
from tests.unit.refunding import take
from tests.unit.test_paying_in_parts import buy, with_deposit

pytestmark = pytest.mark.anyio

CANCELS = InstalmentRules(remind_before=DAY, grace=2 * HOUR, cancels=True)
KEEPS = attrs.evolve(CANCELS, cancels=False)
TOLD = {"instalment_reminded", "instalment_late", "instalment_missed"}


async def secured(rules: InstalmentRules = CANCELS) -> tuple[Cashier, Booking]:
    """Confirmed by a deposit of 54 pounds; 126 are due five days before the beginning."""
    cashier, booking = await with_deposit()
    cashier.till = attrs.evolve(cashier.till, instalments=rules)
    await buy(cashier, booking)
    return cashier, booking


async def chase(cashier: Cashier) -> int:
    looked_at: int = await cashier.till.chase(ChaseInstalments(actor=DESK))
    await cashier.works_off()
    return looked_at


def until_due(cashier: Cashier) -> object:
    (watched,) = cashier.rows.instalments.values()
    return watched.due_at - cashier.desk.clock()


def stage(cashier: Cashier) -> Stage | None:
    return next((one.stage for one in cashier.rows.instalments.values()), None)


def told(cashier: Cashier) -> list[Event]:
    return [event for event in cashier.rows.events if event.name in TOLD]


async def pass_to(cashier: Cashier, before_due: object) -> None:
    """To so long before it is due, and look."""
    cashier.desk.clock.passes(until_due(cashier) - before_due)  # type: ignore[operator]
    await chase(cashier)


async def late(rules: InstalmentRules = CANCELS) -> tuple[Cashier, Booking]:
    cashier, booking = await secured(rules)
    await chase(cashier)
    await pass_to(cashier, DAY)
    await pass_to(cashier, 0 * HOUR)
    assert stage(cashier) is Stage.LATE
    return cashier, booking


async def test_reminded_late_and_cancelled_each_at_its_moment_and_once() -> None:
    cashier, booking = await secured()
    assert stage(cashier) is Stage.AHEAD
    assert await chase(cashier) == 1
    await pass_to(cashier, DAY + SECOND)
    assert (await chase(cashier), told(cashier)) == (0, [])
    await pass_to(cashier, DAY)
    assert stage(cashier) is Stage.REMINDED
    await pass_to(cashier, SECOND)
    assert stage(cashier) is Stage.REMINDED
    cashier.desk.clock.passes(SECOND)
    await chase(cashier)
    assert stage(cashier) is Stage.LATE
    cashier.desk.clock.passes(2 * HOUR - SECOND)
    assert (await chase(cashier), cashier.state(booking)) == (0, "confirmed")
    cashier.desk.clock.passes(SECOND)
    for _ in range(3):
        await chase(cashier)

    assert cashier.state(booking) == "cancelled"
    assert stage(cashier) is None
    names = [event.name for event in told(cashier)]
    assert names == ["instalment_reminded", "instalment_late", "instalment_missed"]
    assert cashier.balances(booking)[Account.SALES] == -90  # half of it, as was agreed
    cashier.must_balance()


async def test_who_is_kept_is_overdue_until_it_is_paid() -> None:
    cashier, booking = await late(KEEPS)
    for _ in range(2):
        cashier.desk.clock.passes(DAY)
        await chase(cashier)

    assert (stage(cashier), cashier.state(booking)) == (Stage.OVERDUE, "confirmed")
    assert [event.name for event in told(cashier)].count("instalment_missed") == 1
    await take(cashier, booking, pounds(126), Method.CASH)
    cashier.desk.clock.passes(DAY)
    await chase(cashier)
    assert stage(cashier) is None


async def test_who_has_paid_hears_nothing_more() -> None:
    cashier, booking = await secured()
    await take(cashier, booking, pounds(126), Method.BANK_TRANSFER)
    await chase(cashier)

    assert (stage(cashier), told(cashier)) == (None, [])


async def test_who_is_paying_when_the_grace_ends_is_waited_for() -> None:
    cashier, booking = await late()
    payment = await cashier.pay(booking)
    cashier.desk.clock.passes(2 * HOUR)
    await chase(cashier)
    assert (stage(cashier), cashier.state(booking)) == (Stage.LATE, "confirmed")

    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    await cashier.comes_back(payment)
    cashier.desk.clock.passes(HOUR)
    await chase(cashier)
    assert (stage(cashier), cashier.state(booking)) == (None, "confirmed")


async def test_money_that_is_set_aside_may_be_let_go_of_and_is_missed_then() -> None:
    cashier, booking = await late()
    payment = await cashier.pay(booking, manual_capture=True)
    cashier.gateway.becomes(payment.id, ProviderStatus.REQUIRES_CAPTURE)
    await cashier.comes_back(payment)
    cashier.desk.clock.passes(2 * HOUR)
    await chase(cashier)
    assert (stage(cashier), cashier.state(booking)) == (Stage.LATE, "confirmed")

    cashier.gateway.becomes(payment.id, ProviderStatus.CANCELED)
    await cashier.comes_back(payment)
    cashier.desk.clock.passes(HOUR)
    await chase(cashier)
    assert (stage(cashier), cashier.state(booking)) == (None, "cancelled")


async def test_who_has_cancelled_owes_no_instalment() -> None:
    cashier, booking = await secured()
    await cashier.desk.cancel(booking.id)
    await chase(cashier)

    assert (stage(cashier), told(cashier)) == (None, [])


async def test_a_worker_that_was_away_gives_the_whole_grace() -> None:
    cashier, booking = await secured()
    await pass_to(cashier, -3 * HOUR)
    assert (stage(cashier), cashier.state(booking)) == (Stage.LATE, "confirmed")

    cashier.desk.clock.passes(2 * HOUR - SECOND)
    assert (await chase(cashier), cashier.state(booking)) == (0, "confirmed")
    cashier.desk.clock.passes(SECOND)
    await chase(cashier)
    assert cashier.state(booking) == "cancelled"


async def test_what_has_begun_is_kept_whatever_was_decided() -> None:
    cashier, booking = await secured()
    await pass_to(cashier, -5 * DAY)
    cashier.desk.clock.passes(2 * HOUR)
    await chase(cashier)

    assert (stage(cashier), cashier.state(booking)) == (Stage.OVERDUE, "confirmed")


async def test_what_was_all_due_at_once_is_not_watched() -> None:
    cashier = await Cashier.open()
    booking = await cashier.held()
    await buy(cashier, booking)

    assert stage(cashier) is None
