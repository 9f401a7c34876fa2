"""Quotes: kept as they were promised."""

from datetime import timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import attrs
import pytest

from application.kernel.ports import Stale
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.identifiers import QuoteId
from tests.contract.storages import Storage
from tests.samples import COLLEAGUE, DESK, OTHER_DESK, hotel, quote, training

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "request_",
    [hotel(1, 91, rooms=2), training("Zoë Łukasiewicz", "毛 泽")],
    ids=["hotel", "training"],
)
async def test_a_quote_comes_back_as_it_was_promised(
    storage: Storage, request_: BaseBookingRequest
) -> None:
    promised = quote(request_)
    await storage.work(DESK, lambda work: work.quotes.add(promised))

    found = await storage.work(COLLEAGUE, lambda work: work.quotes.get(promised.id))

    assert found == promised
    assert found.expires_at.tzinfo is timezone.utc


async def test_moments_are_the_same_wherever_they_were_written(storage: Storage) -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    promised = quote()
    there = attrs.evolve(promised, expires_at=promised.expires_at.astimezone(tokyo))
    await storage.work(DESK, lambda work: work.quotes.add(there))

    found = await storage.work(DESK, lambda work: work.quotes.get(promised.id))

    assert found.expires_at == promised.expires_at


async def test_a_missing_quote_is_refused_by_name(storage: Storage) -> None:
    with pytest.raises(QuoteNotFound) as refused:
        await storage.work(DESK, lambda work: work.quotes.get(QuoteId(UUID(int=7))))

    assert refused.value.quote_id == UUID(int=7)


async def test_a_quote_is_added_once(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.quotes.add(quote()))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.quotes.add(quote(hotel(5, 6))))
    assert await storage.work(DESK, lambda work: work.quotes.get(quote().id)) == quote()


async def test_organizations_do_not_see_each_other(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.quotes.add(quote()))

    with pytest.raises(QuoteNotFound):
        await storage.work(OTHER_DESK, lambda work: work.quotes.get(quote().id))
    await storage.work(OTHER_DESK, lambda work: work.quotes.add(quote(hotel(5, 6))))
    assert await storage.work(DESK, lambda work: work.quotes.get(quote().id)) == quote()
