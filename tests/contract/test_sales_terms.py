"""Sales terms: one set a resource, the latest, compared and swapped."""

import attrs
import pytest
from sqlalchemy.exc import IntegrityError

from application.kernel.ports import Stale
from domain.bookings.adjustments import Adjustments
from domain.bookings.cancellation import CancellationTerms, Tier
from domain.bookings.conditions import Conditions
from domain.bookings.discounts import Step, Steps
from domain.bookings.fees import Fee, Per
from domain.bookings.pricing import NamedRate, RatePlan, Season, WeekdaySurcharge
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.bookings.taxes import Tax
from domain.kernel.periods import DateRange
from tests.contract.storages import Storage
from tests.fakes.rows import Dangling
from tests.samples import (
    DESK,
    DOUBLE_ROOMS,
    FIRST_AID,
    MINUTE,
    OTHER_DESK,
    day,
    pounds,
    room_terms,
)

pytestmark = pytest.mark.anyio

SEASONAL = RatePlan(
    price=pounds(90),
    seasons=(
        Season(dates=DateRange(day(23), day(26)), price=pounds(180)),
        Season(dates=DateRange(day(30), day(32)), price=pounds(240)),
    ),
    named=(NamedRate(name="child", price=pounds(45)),),
    weekdays=(WeekdaySurcharge(weekdays=(5, 6), percent=20),),
)
ADJUSTED = Adjustments(
    group=Steps(steps=(Step(least=5, percent=10),)),
    early=Steps(steps=(Step(least=30, percent=5),)),
    fees=(Fee(name="Linen", amount=pounds(7), per=Per.UNIT, refundable=False, taxed=False),),
    taxes=(Tax(name="VAT", basis_points=2000, inclusive=True),),
)
STRICT = CancellationTerms(tiers=(Tier(hours_before=48, refund_percent=10),))


async def save(storage: Storage, terms: SalesTerms) -> SalesTerms:
    return await storage.work(DESK, lambda work: work.sales_terms.save(terms))


async def test_terms_come_back_as_they_were_saved(storage: Storage) -> None:
    conditions = Conditions(on_request=True, held_for=20 * MINUTE, change_fee=pounds(5))
    terms = attrs.evolve(
        room_terms(rates=SEASONAL),
        cancellation=STRICT,
        conditions=conditions,
        adjustments=ADJUSTED,
    )

    await storage.work(DESK, lambda work: work.resources.save(DOUBLE_ROOMS))
    saved = await save(storage, terms)

    assert saved == attrs.evolve(terms, version=1)
    found = await storage.work(DESK, lambda work: work.sales_terms.get(DOUBLE_ROOMS.id))
    assert found == saved
    assert await storage.work(DESK, lambda work: work.sales_terms.find(found.resource_id)) == found


async def test_terms_that_nobody_set_are_missing(storage: Storage) -> None:
    assert await storage.work(DESK, lambda work: work.sales_terms.find(FIRST_AID.id)) is None
    with pytest.raises(NoSalesTerms) as refused:
        await storage.work(DESK, lambda work: work.sales_terms.get(FIRST_AID.id))
    assert refused.value.resource_id == FIRST_AID.id


async def test_the_second_of_two_writers_is_stale(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.resources.save(DOUBLE_ROOMS))
    await save(storage, room_terms())
    changed = room_terms(version=1, rates=SEASONAL)
    await save(storage, changed)

    for stale in (changed, room_terms()):
        with pytest.raises(Stale):
            await save(storage, stale)
    found = await storage.work(DESK, lambda work: work.sales_terms.get(DOUBLE_ROOMS.id))
    assert (found.version, found.rates) == (2, SEASONAL)


async def test_terms_are_for_a_resource_of_the_same_organization(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.resources.save(DOUBLE_ROOMS))

    with pytest.raises((IntegrityError, Dangling)):
        await storage.work(OTHER_DESK, lambda work: work.sales_terms.save(room_terms()))
    with pytest.raises(NoSalesTerms):
        await storage.work(OTHER_DESK, lambda work: work.sales_terms.get(DOUBLE_ROOMS.id))
