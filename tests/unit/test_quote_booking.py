"""Price a request."""

import attrs
import pytest

from domain.bookings.hotel import TooManyGuests
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms
from domain.inventory.resources import ResourceNotFound
from domain.kernel.identifiers import ResourceId
from tests.fakes.storage import MemoryWork
from tests.samples import (
    DOUBLE_ROOMS,
    NOW,
    OTHER_DESK,
    QUOTE_GOOD_FOR,
    agreement,
    hotel,
    pounds,
    room_terms,
    training,
)
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


async def test_a_quote_says_all_that_is_agreed() -> None:
    desk = await Desk.open()
    request = hotel(1, 4, rooms=2, guests=3)

    promised = await desk.quote(request)

    assert promised.agreement == attrs.evolve(agreement(request), agreed_on=NOW.date())
    assert promised.agreement.price.total == pounds(90 * 3 * 2)
    assert promised.expires_at == NOW + QUOTE_GOOD_FOR
    assert desk.memory.rows(desk.actor).quotes == {promised.id: promised}


async def test_a_quote_takes_nothing_and_asks_not_what_is_left() -> None:
    desk = await Desk.open(capacity=0)

    await desk.quote(hotel(1, 40))

    assert sum(pool.taken for pool in desk.pools.values()) == 0


async def test_what_was_quoted_stands_whatever_is_charged_later() -> None:
    desk = await Desk.open(capacity=2)
    promised = await desk.quote()

    def change(work: MemoryWork) -> None:
        dearer = attrs.evolve(work.sales_terms.get(DOUBLE_ROOMS.id).rates, price=pounds(500))
        work.sales_terms.save(room_terms(version=1, rates=dearer))
        named = attrs.evolve(work.resources.get(DOUBLE_ROOMS.id), name="Suite")
        work.resources.save(named)

    await desk.memory(desk.actor, change)

    booking = await desk.hold_quoted(promised.id)
    assert booking.agreement == promised.agreement
    assert (await desk.quote()).agreement.price.total == pounds(1000)
    assert (await desk.quote()).agreement.title == "Suite"


async def test_requests_that_break_a_rule_are_refused() -> None:
    desk = await Desk.open()
    with pytest.raises(TooManyGuests):
        await desk.quote(hotel(rooms=1, guests=3))

    assert not desk.memory.rows(desk.actor).quotes


async def test_what_nobody_has_priced_cannot_be_quoted() -> None:
    desk = await Desk.open()
    with pytest.raises(NoSalesTerms):
        await desk.quote(training())


async def test_what_does_not_exist_cannot_be_quoted() -> None:
    desk = await Desk.open()
    with pytest.raises(ResourceNotFound):
        await desk.quote(attrs.evolve(hotel(), resource_id=ResourceId(desk.actor.organization_id)))


async def test_nobody_quotes_or_holds_for_another_organization() -> None:
    desk = await Desk.open()
    promised = await desk.quote()
    other = attrs.evolve(desk, actor=OTHER_DESK)

    with pytest.raises(ResourceNotFound):
        await other.quote()
    with pytest.raises(QuoteNotFound):
        await other.hold_quoted(promised.id)
