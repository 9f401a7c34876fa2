"""What books come to of days that are over is summed up, and nobody can tell by the figures."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from adapters.schema.books_sums import books_summed_up
from adapters.schema.ledger import journals, transfers
from application.analytics.sum_up_books import SumUpBooks
from tests.http.counting import REVENUE, REVENUE_TIMELINE, asked, hear
from tests.http.desk import stay
from tests.http.test_booking_changes import as_quoted, quoted
from tests.http.test_revenue_figures import PRICE, business
from tests.http.till import Till

pytestmark = pytest.mark.anyio

OFFERINGS = f"{REVENUE.rpartition('/')[0]}/offerings"
SPANS: tuple[dict[str, str], ...] = (
    {"zone": "Asia/Kolkata"},
    {"from": "2027-03-01T12:20:00Z", "until": "2027-03-08T12:00:07Z"},
    {"from": "2027-03-08T00:00:00Z", "until": "2027-03-20T00:00:00Z", "zone": "Asia/Kolkata"},
)
ROUTES: tuple[tuple[str, dict[str, str]], ...] = (
    (REVENUE, {}),
    *((REVENUE_TIMELINE, {"interval": name}) for name in ("hour", "day", "week", "month")),
    (OFFERINGS, {}),
)
DAYS_OF_ALL = 100
AN_ID = UUID(int=7)


async def all_figures(till: Till, resource_id: str) -> Mapping[str, Any]:
    found = {}
    whose: tuple[dict[str, str], ...] = ({}, {"kind": "hotel"}, {"resource_id": resource_id})
    for span, of, (path, by) in product(SPANS, whose, ROUTES):
        question = {**span, **of, **by}
        told = await asked(till.desk, path, **question)
        found[f"{path} {question}"] = {
            name: value for name, value in told.items() if name != "as_of"
        }
    return found


async def sum_up(till: Till) -> int:
    days: int = await till.desk.container.analytics.booking_figures.sum_up_books()(
        SumUpBooks(actor=till.desk.actor, limit=DAYS_OF_ALL)
    )
    return days


async def summed_until(till: Till) -> date:
    day = await till.desk.container.database().read(
        lambda it: it.execute(select(books_summed_up.c.until_day)).scalar_one(),
        of=till.desk.actor.organization_id,
    )
    return date(1970, 1, 1) + timedelta(days=day)


async def out_of_the_books(till: Till, resource_id: str) -> Mapping[str, Any]:
    """As if nothing were summed up."""
    database, of = till.desk.container.database(), till.desk.actor.organization_id
    ours = books_summed_up.c.organization_id == of
    asked_for = select(books_summed_up.c.until_day).where(ours)
    known = await database.read(lambda it: it.execute(asked_for).scalar_one(), of=of)

    async def say(day: int) -> None:
        said = update(books_summed_up).where(ours).values(until_day=day)
        await database.write(lambda it: it.execute(said), of=of)

    await say(0)
    found = await all_figures(till, resource_id)
    await say(known)
    return found


def resource_of(booking: Any) -> str:
    resource_id: str = booking.json()["agreement"]["resource_id"]
    return resource_id


async def three_weeks(till: Till) -> str:
    """Two stays paid for on the first day, one of them given back; another in the last week."""
    await business(till)
    till.desk.clock.now += timedelta(days=9)
    booking = await till.desk.hold(await till.desk.rooms(), night=25)
    begun = await till.begin(booking)
    await till.choose(begun, "success")
    await till.come_back(begun)
    await till.hear_about_money()
    await hear(till.desk)
    return resource_of(booking)


async def test_figures_are_the_same_before_and_after(till: Till) -> None:
    resource_id = await three_weeks(till)
    before = await all_figures(till, resource_id)

    days = await sum_up(till)

    assert days == 16
    assert await summed_until(till) == till.desk.clock.now.date()
    assert await all_figures(till, resource_id) == before
    assert await out_of_the_books(till, resource_id) == before
    assert await sum_up(till) == 0


async def test_each_day_is_summed_up_when_it_is_over(till: Till) -> None:
    """An hour later: whoever writes into the books looked at the clock before."""
    resource_id = await three_weeks(till)
    await sum_up(till)
    due = till.desk.container.analytics.booking_figures.unsummed_books()
    midnight = till.desk.clock.now.replace(hour=0) + timedelta(days=1)

    ours = till.desk.actor.organization_id
    assert ours not in await due.organizations(now=midnight + timedelta(minutes=59))
    assert ours in await due.organizations(now=midnight + timedelta(hours=1))
    till.desk.clock.now = midnight + timedelta(minutes=59)
    assert await sum_up(till) == 0
    till.desk.clock.now = midnight + timedelta(hours=1)
    assert await sum_up(till) == 1
    assert await out_of_the_books(till, resource_id) == await all_figures(till, resource_id)


async def test_who_has_no_books_is_not_asked_again_that_day(till: Till) -> None:
    due = till.desk.container.analytics.booking_figures.unsummed_books()
    now, ours = till.desk.clock.now, till.desk.actor.organization_id

    assert ours in await due.organizations(now=now)
    assert await sum_up(till) == 0
    assert ours not in await due.organizations(now=now)


async def test_what_was_written_into_a_day_that_was_over_is_counted_on_the_next(
    till: Till,
) -> None:
    """By somebody who was held up in the middle of a transaction."""
    resource_id = await three_weeks(till)
    await sum_up(till)
    yesterday = till.desk.clock.now - timedelta(days=1)
    database, of = till.desk.container.database(), till.desk.actor.organization_id

    def write(connection: Any) -> None:
        ours = {"organization_id": of}
        connection.execute(
            insert(journals).values(
                **ours, id=AN_ID, cause="captured", about="late", occurred_at=yesterday
            )
        )
        moved = {"debit": "cash", "credit": "deposits", "currency": "EUR"}
        connection.execute(
            insert(transfers).values(**ours, **moved, journal_id=AN_ID, number=1, amount_minor=5)
        )

    await database.write(write, of=of)
    till.desk.clock.now += timedelta(days=1)
    assert await sum_up(till) == 1

    found = await all_figures(till, resource_id)
    assert found == await out_of_the_books(till, resource_id)
    (euros,) = (await asked(till.desk, REVENUE))["money"]
    assert euros["figures"]["gross"] == 3 * PRICE + 5


async def test_money_goes_with_a_booking_that_is_moved(till: Till) -> None:
    desk = till.desk
    booking, _ = await till.paid()
    await till.hear_about_money()
    await hear(desk)
    before = resource_of(booking)
    desk.clock.now += timedelta(days=3)
    await sum_up(till)
    other = await desk.rooms(name="Single room")
    quote = await quoted(desk, await till.booking(booking), stay(other))
    moved = await as_quoted(desk, await till.booking(booking), quote)
    assert moved.status_code == 200, moved.text

    await hear(desk)

    for resource_id, gross in ((other, PRICE), (before, 0)):
        money = (await asked(desk, REVENUE, resource_id=resource_id))["money"]
        assert sum(of["figures"]["gross"] for of in money) == gross
        assert await out_of_the_books(till, resource_id) == await all_figures(till, resource_id)


async def test_what_is_counted_late_is_summed_up_then(till: Till) -> None:
    """Whoever counts bookings was behind when their money was summed up."""
    booking, _ = await till.paid()
    await till.hear_about_money()
    desk, resource_id = till.desk, resource_of(booking)
    desk.clock.now += timedelta(days=3)
    await sum_up(till)

    await hear(desk)

    assert await out_of_the_books(till, resource_id) == await all_figures(till, resource_id)
    (euros,) = (await asked(desk, REVENUE, resource_id=resource_id))["money"]
    assert euros["figures"]["gross"] == PRICE


async def test_what_is_built_anew_is_the_same(till: Till) -> None:
    resource_id = await three_weeks(till)
    await sum_up(till)
    before = await all_figures(till, resource_id)

    analytics = till.desk.container.analytics
    await analytics.rebuilt_bookings()(till.desk.actor.organization_id)

    assert await all_figures(till, resource_id) == before
    assert [
        one for one in await till.desk.container.verification()() if "summed_up" in one.check
    ] == []
