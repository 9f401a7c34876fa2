"""Discount codes: kept, counted, and never used more often than they may be."""

from collections import Counter
from uuid import UUID, uuid4

import attrs
import pytest

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_discount_code import (
    ChangeDiscountCode,
    ChangeDiscountCodeHandler,
)
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.create_discount_code import (
    CreateDiscountCode,
    CreateDiscountCodeHandler,
)
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.release_booking import ReleaseBooking
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.discount_codes import (
    CodeTerms,
    DiscountCode,
    DiscountCodeNotFound,
    DiscountCodeTaken,
    UnknownDiscountCode,
)
from domain.bookings.discounts import FixedAmount, Percentage
from domain.inventory.pools import CapacityBelowTaken, DiscountUsedUp, SoldOut
from domain.kernel.identifiers import DiscountCodeId, PoolId
from tests.contract.crowds import race, use_cases
from tests.contract.storages import Storage, put_on_sale, taken
from tests.samples import (
    COLLEAGUE,
    DAY,
    DESK,
    DOUBLE_ROOMS,
    NOW,
    OTHER_DESK,
    QUARTER,
    hotel,
    night,
    pounds,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

TEN = CodeTerms(worth=Percentage(percent=10), limit=5)
USES = PoolId("code:SPRING")
STAY = attrs.evolve(hotel(1, 2), discount_code="SPRING")
FULL = CodeTerms(
    worth=FixedAmount(amount=pounds(5)),
    minimum=pounds(50),
    valid_from=NOW,
    valid_until=NOW + DAY,
    limit=7,
    resource_ids=(DOUBLE_ROOMS.id,),
    kinds=("hotel", "flight"),
)


async def created(storage: Storage, terms: CodeTerms = TEN) -> DiscountCode:
    create = CreateDiscountCodeHandler(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)
    return await create(CreateDiscountCode(actor=DESK, code="SPRING", terms=terms))


async def changed(storage: Storage, code: DiscountCode, terms: CodeTerms) -> DiscountCode:
    change = ChangeDiscountCodeHandler(unit_of_work=storage.work, clock=lambda: NOW)
    return await change(
        ChangeDiscountCode(
            actor=DESK,
            discount_code_id=code.id,
            terms=terms,
            active=False,
            version=code.version,
        )
    )


async def bought(storage: Storage) -> Booking:
    desk = use_cases(storage.work)
    quote = await desk.quote(QuoteBooking(actor=DESK, request=STAY))
    return await desk.hold(HoldBooking(actor=DESK, quote_id=quote.id))


@pytest.mark.parametrize("terms", [TEN, FULL, attrs.evolve(TEN, limit=None)])
async def test_codes_come_back_as_they_were_saved(storage: Storage, terms: CodeTerms) -> None:
    code = await created(storage, terms)
    by_id = await storage.work(COLLEAGUE, lambda work: work.discount_codes.get(code.id))
    by_name = await storage.work(DESK, lambda work: work.discount_codes.named("SPRING"))

    assert code == by_id == by_name
    assert (code.code, code.terms, code.active, code.version) == ("SPRING", terms, True, 1)
    assert (await storage.pools())[USES].capacity == code.capacity


async def test_codes_of_others_are_unknown(storage: Storage) -> None:
    code = await created(storage)

    with pytest.raises(UnknownDiscountCode):
        await storage.work(OTHER_DESK, lambda work: work.discount_codes.named("SPRING"))
    with pytest.raises(DiscountCodeNotFound):
        await storage.work(OTHER_DESK, lambda work: work.discount_codes.get(code.id))


async def test_a_code_is_given_once(storage: Storage) -> None:
    await created(storage)

    with pytest.raises(DiscountCodeTaken) as refused:
        await created(storage, attrs.evolve(TEN, limit=50))
    assert refused.value.discount_code == "SPRING"
    assert (await storage.pools())[USES].capacity == 5
    assert await storage.events() == ["discount_code_created"]


async def test_the_second_of_two_who_change_a_code_is_stale(storage: Storage) -> None:
    code = await created(storage)
    await changed(storage, code, FULL)

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.discount_codes.save(code))
    found = await storage.work(DESK, lambda work: work.discount_codes.get(code.id))
    assert (found.version, found.terms, found.active) == (2, FULL, False)
    assert (await storage.pools())[USES].capacity == 7


async def test_a_limit_is_never_less_than_what_is_used(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    code = await created(storage)
    for _ in range(3):
        await bought(storage)

    with pytest.raises(CapacityBelowTaken) as refused:
        await changed(storage, code, attrs.evolve(TEN, limit=2))
    assert refused.value.pool_ids == (USES,)
    assert (await changed(storage, code, attrs.evolve(TEN, limit=3))).version == 2


async def test_of_many_with_the_same_code_as_many_have_it_as_may(storage: Storage) -> None:
    await put_on_sale(storage, capacity=64)
    await created(storage)
    desk = use_cases(storage.work)
    quote = await desk.quote(QuoteBooking(actor=DESK, request=STAY))

    outcomes = await race(
        [desk.hold(HoldBooking(actor=DESK, quote_id=quote.id)) for _ in range(64)]
    )

    assert Counter(map(type, outcomes)) == {Booking: 5, DiscountUsedUp: 59}
    assert await taken(storage) == {night(1): 5, USES: 5}
    won = [outcome for outcome in outcomes if isinstance(outcome, Booking)]
    assert {booking.agreement.price.total for booking in won} == {pounds(81)}


async def test_whoever_finds_no_room_is_told_so_whatever_the_code(storage: Storage) -> None:
    await put_on_sale(storage, capacity=1)
    await created(storage, attrs.evolve(TEN, limit=1))
    await bought(storage)

    with pytest.raises(SoldOut) as refused:
        await bought(storage)
    assert refused.value.code == "sold_out"
    assert {short.pool_id for short in refused.value.shortages} == {night(1), USES}


async def test_uses_come_back_with_what_was_booked(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    await created(storage)
    desk = use_cases(storage.work)
    released, cancelled, expired, kept = [await bought(storage) for _ in range(4)]
    for booking in (cancelled, kept):
        await desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=None))

    assert (await taken(storage))[USES] == 4
    await desk.release(ReleaseBooking(actor=DESK, booking_id=released.id, version=None))
    await desk.cancel(CancelBooking(actor=DESK, booking_id=cancelled.id, version=None))
    assert await taken(storage) == {night(1): 2, USES: 2}
    await use_cases(storage.work, lambda: NOW + QUARTER).expire(ExpireHolds(actor=DESK, limit=9))
    assert await taken(storage) == {night(1): 1, USES: 1}
    assert expired.id != kept.id


async def test_expired_holds_make_room_for_another_with_the_code(storage: Storage) -> None:
    await put_on_sale(storage, capacity=9)
    await created(storage, attrs.evolve(TEN, limit=1))
    await bought(storage)
    late = use_cases(storage.work, lambda: NOW + QUARTER)
    quote = await late.quote(QuoteBooking(actor=DESK, request=STAY))

    held = await late.hold(HoldBooking(actor=DESK, quote_id=quote.id))

    assert isinstance(held, Booking)
    assert await taken(storage) == {night(1): 1, USES: 1}


async def test_codes_that_nobody_gave_out_are_unknown(storage: Storage) -> None:
    await put_on_sale(storage)

    with pytest.raises(UnknownDiscountCode) as refused:
        await bought(storage)
    assert refused.value.discount_code == "SPRING"
    with pytest.raises(DiscountCodeNotFound):
        await storage.work(DESK, lambda work: work.discount_codes.get(DiscountCodeId(UUID(int=7))))
