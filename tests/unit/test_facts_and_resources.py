"""Facts name their subject; resources are announced."""

import pytest

from domain.bookings.quotes import QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms
from domain.inventory.events import PoolsOpened, ResourceAdded
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.events import Event
from tests.samples import DOUBLE_ROOMS, NOW, day, quote


def test_a_fact_that_names_no_subject_is_unfinished() -> None:
    with pytest.raises(NotImplementedError):
        _ = Event(
            occurred_at=NOW,
        ).subject


def test_a_resource_is_announced_when_it_is_added() -> None:
    added = Resource.add(
        DOUBLE_ROOMS.id,
        name=DOUBLE_ROOMS.name,
        zone=DOUBLE_ROOMS.zone,
        offering=DOUBLE_ROOMS.offering,
        now=NOW,
    )

    assert added == DOUBLE_ROOMS
    assert added.events == (
        ResourceAdded(
            resource_id=DOUBLE_ROOMS.id,
            kind="hotel",
            title="Double room",
            occurred_at=NOW,
        ),
    )
    assert added.events[0].subject == DOUBLE_ROOMS.id


def test_opened_pools_are_a_fact_about_their_resource() -> None:
    opened = PoolsOpened(
        resource_id=DOUBLE_ROOMS.id,
        first=day(0),
        until=day(3),
        capacity=5,
        allowance=0,
        closed=False,
        occurred_at=NOW,
    )

    assert opened.subject == DOUBLE_ROOMS.id


def test_what_is_missing_is_named() -> None:
    assert str(ResourceNotFound(DOUBLE_ROOMS.id)) == f"no resource {DOUBLE_ROOMS.id}"
    assert str(QuoteNotFound(quote().id)) == f"no quote {quote().id}"
    assert str(NoSalesTerms(DOUBLE_ROOMS.id)) == (
        f"nobody has set rates for resource {DOUBLE_ROOMS.id}"
    )
