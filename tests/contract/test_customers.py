"""What is kept on customers, wherever it is stored."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import attrs
import pytest

from application.bookings.erase_customer import EraseCustomer, EraseCustomerHandler
from application.bookings.export_customer import ExportCustomer, ExportCustomerHandler
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.kernel.once import Answer, Once, Replayed
from application.kernel.ports import UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY
from domain.bookings.customer_events import CustomerErased
from domain.bookings.customers import CustomerNotFound, StillBooked
from domain.bookings.quotes import QuoteNotFound
from domain.calls.call import Numbers
from domain.kernel.actors import Actor
from tests.contract.crowds import use_cases
from tests.contract.storages import Storage, Work, put_on_sale
from tests.fakes.time import Time
from tests.samples import ADA, DAY, DESK, NOW, OTHER_DESK, held, hotel
from tests.samples_of_calls import CALLER, OUR_NUMBER, talking

pytestmark = pytest.mark.anyio

AFTERWARDS = NOW + 60 * DAY


def erasing(storage: Storage, clock: Time) -> EraseCustomerHandler:
    return EraseCustomerHandler(unit_of_work=storage.work, clock=clock, new_id=uuid4)


def exporting(storage: Storage) -> ExportCustomerHandler:
    return ExportCustomerHandler(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)


def _shown(booking: Booking) -> Answer:
    return Answer(status=201, body=booking.agreement.request.contact.email.encode())


def under(key: str) -> Once[Booking]:
    return Once[Booking](key=key, fingerprint=b"f", answer=_shown)


async def hold(storage: Storage, *, actor: Actor = DESK) -> Booking:
    desk = use_cases(storage.work)
    quote = await desk.quote(QuoteBooking(actor=actor, request=hotel(0, 1)))
    return await desk.hold(HoldBooking(actor=actor, quote_id=quote.id, once=under("k")))


async def test_everything_of_somebody_is_found(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    booking = await hold(storage)

    found = await exporting(storage)(ExportCustomer(actor=DESK, email=ADA.email.upper()))

    assert [one.id for one in found.customer.bookings] == [booking.id]
    assert "customer_exported" in await storage.events()
    with pytest.raises(CustomerNotFound):
        await exporting(storage)(ExportCustomer(actor=DESK, email="nobody@example.com"))
    with pytest.raises(CustomerNotFound):
        await exporting(storage)(ExportCustomer(actor=OTHER_DESK, email=ADA.email))


async def test_whoever_is_forgotten_is_nowhere(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    clock = Time(NOW)
    booking = await hold(storage)
    left = await use_cases(storage.work).quote(QuoteBooking(actor=DESK, request=hotel(0, 1)))
    command = EraseCustomer(actor=DESK, email=ADA.email)
    with pytest.raises(StillBooked):
        await erasing(storage, clock)(command)
    clock.now = AFTERWARDS

    erased = await erasing(storage, clock)(command)

    assert (erased.bookings, erased.even_if_booked) == (1, False)
    assert (await storage.events())[-2:] == ["booking_erased", "customer_erased"]
    stored = await storage.work(DESK, lambda work: work.bookings.get(booking.id))
    assert stored.agreement.request.contact == NOBODY
    assert stored.version == booking.version + 1
    with pytest.raises(QuoteNotFound):
        await storage.work(DESK, lambda work: work.quotes.get(left.id))
    # The answer that showed the contact is gone: the key is as good as new.
    answered = await storage.work(DESK, lambda _: stored, once=under("k"))
    assert answered == stored
    with pytest.raises(CustomerNotFound):
        await erasing(storage, clock)(command)


async def test_calls_of_whoever_is_forgotten_are_nobodys(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    booking = held(id=1)
    request = booking.agreement.request
    reachable = attrs.evolve(request, contact=attrs.evolve(ADA, phone=CALLER))
    agreement = attrs.evolve(booking.agreement, request=reachable)
    theirs = talking(metadata={"about": "Ada"})
    back = attrs.evolve(
        talking(1002), numbers=Numbers(caller=OUR_NUMBER, called=CALLER)
    )  # rung by whoever has entered our number as theirs
    kept = [theirs, back]

    def keep(work: Work) -> None:
        work.bookings.save(attrs.evolve(booking, agreement=agreement))
        for call in kept:
            work.calls.save(call)

    await storage.work(DESK, keep)
    erased = await erasing(storage, Time(AFTERWARDS))(EraseCustomer(actor=DESK, email=ADA.email))

    assert erased.calls == 1
    gone, left = await storage.work(DESK, lambda work: [work.calls.get(call.id) for call in kept])
    assert (gone.numbers, gone.metadata, gone.version) == (Numbers(), {}, 2)
    assert (gone.status, left.numbers, left.version) == (theirs.status, back.numbers, 1)
    assert (await storage.events()).count("call_erased") == 1


@attrs.define
class CutOff:
    """A unit of work that is cut off after so many."""

    work: UnitOfWork[Work]
    left: int

    async def __call__(
        self, actor: Actor, decide: Callable[[Work], Any], /, *, once: Once[Any] | None = None
    ) -> Any:
        if self.left == 0:
            raise RuntimeError("cut off")
        self.left -= 1
        return await self.work(actor, decide, once=once)


async def test_a_customer_of_many_bookings_is_forgotten_some_at_a_time(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EraseCustomerHandler, "BATCH", 2)
    await put_on_sale(storage, capacity=9)
    many = [held(id=number) for number in range(1, 6)]
    await storage.work(DESK, lambda work: [work.bookings.save(one) for one in many])
    command = EraseCustomer(actor=DESK, email=ADA.email, once=under_erasure("k"))
    whole = erasing(storage, Time(AFTERWARDS))

    # One that finds too many, and one that forgets two of them.
    with pytest.raises(RuntimeError):
        await attrs.evolve(whole, unit_of_work=CutOff(storage.work, 3))(command)
    halfway = await storage.events()
    erased = await whole(command)

    assert halfway.count("booking_erased") == 2
    assert "customer_erased" not in halfway
    assert erased.bookings == 3
    told = Counter(await storage.events())
    assert (told["booking_erased"], told["customer_erased"]) == (5, 1)
    with pytest.raises(Replayed):
        await whole(command)
    with pytest.raises(CustomerNotFound):
        await whole(EraseCustomer(actor=DESK, email=NOBODY.email))


def under_erasure(key: str) -> Once[CustomerErased]:
    return Once[CustomerErased](
        key=key, fingerprint=b"f", answer=lambda _: Answer(status=200, body=b"")
    )
