"""Set rates and what cancelling costs."""

from uuid import uuid4

import attrs
import pytest

from application.bookings.set_sales_terms import SetSalesTerms, SetSalesTermsHandler
from application.kernel.refusals import VersionChanged
from domain.bookings.cancellation import USUAL_TERMS, CancellationTerms
from domain.bookings.pricing import RatePlan
from domain.bookings.pricing_events import SalesTermsSet
from domain.bookings.sales_terms import SalesTerms
from domain.inventory.resources import ResourceNotFound
from domain.kernel.identifiers import ResourceId
from tests.samples import DESK, DOUBLE_ROOMS, FIRST_AID, OTHER_DESK, SEAT_RATES, pounds
from tests.unit.desk import Desk

pytestmark = pytest.mark.anyio


def terms(*, version: int = 0) -> SetSalesTerms:
    return SetSalesTerms(
        actor=DESK,
        resource_id=FIRST_AID.id,
        rates=SEAT_RATES,
        cancellation=USUAL_TERMS,
        version=version,
    )


async def test_terms_are_set_and_set_again() -> None:
    desk = await Desk.open()
    set_terms = SetSalesTermsHandler(unit_of_work=desk.memory, clock=desk.clock)

    first = await set_terms(terms())
    dearer, strict = RatePlan(price=pounds(300)), CancellationTerms(tiers=())
    second = await set_terms(attrs.evolve(terms(version=1), rates=dearer, cancellation=strict))

    assert first == SalesTerms(
        resource_id=FIRST_AID.id, rates=SEAT_RATES, cancellation=USUAL_TERMS, version=1
    )
    assert second == attrs.evolve(first, rates=dearer, cancellation=strict, version=2)
    assert desk.memory.rows(DESK).sales_terms[FIRST_AID.id] == second
    fact = SalesTermsSet(resource_id=FIRST_AID.id, occurred_at=desk.clock())
    assert desk.memory.rows(DESK).events[-2:] == [fact, fact]


@pytest.mark.parametrize("seen", [0, 2])
async def test_whoever_has_not_seen_the_latest_terms_is_told(seen: int) -> None:
    desk = await Desk.open()
    set_terms = SetSalesTermsHandler(unit_of_work=desk.memory, clock=desk.clock)
    first = await set_terms(terms())

    with pytest.raises(VersionChanged) as refused:
        await set_terms(attrs.evolve(terms(version=seen), rates=RatePlan(price=pounds(1))))

    assert refused.value.version == 1
    assert str(refused.value) == "this has changed meanwhile and is now version 1"
    assert desk.memory.rows(DESK).sales_terms[FIRST_AID.id] == first


async def test_terms_belong_to_a_resource_one_has() -> None:
    desk = await Desk.open()
    set_terms = SetSalesTermsHandler(unit_of_work=desk.memory, clock=desk.clock)

    for command in (
        attrs.evolve(terms(), resource_id=ResourceId(uuid4())),
        attrs.evolve(terms(), resource_id=DOUBLE_ROOMS.id, actor=OTHER_DESK),
    ):
        with pytest.raises(ResourceNotFound):
            await set_terms(command)
