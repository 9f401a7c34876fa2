"""A telephone number is bought once, and known to be, whatever becomes of the answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.number_orders import SqlNumberOrders
from application.calls.order_desk_numbers import (
    GIVEN_UP_AFTER,
    BuyDeskNumber,
    BuyDeskNumberHandler,
    ReleaseDeskNumber,
    ReleaseDeskNumberHandler,
    SettleNumberOrders,
    SettleNumberOrdersHandler,
)
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.kernel.refusals import VersionChanged
from domain.calls.agents import AgentNotFound
from domain.calls.desk_numbers import (
    Capability,
    DeskNumber,
    NumberStatus,
    NumberTerms,
    PhoneNumberBought,
    PhoneNumberNotBought,
    PhoneNumberNotFound,
    PhoneNumberTaken,
    RingsFor,
)
from domain.kernel.identifiers import AgentId
from domain.kernel.refusals import Refusal
from tests.contract.storages import SqlStorage
from tests.fakes.number_market import FakeMarket
from tests.fakes.time import Time
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

NUMBER = "+442079460001"
RELEASED = ["phone_number_ordered", "phone_number_order_settled"]
BOUGHT = ["phone_number_added", *RELEASED]


@attrs.frozen
class Desk:
    storage: SqlStorage
    market: FakeMarket = attrs.field(factory=FakeMarket)
    clock: Time = attrs.field(factory=lambda: Time(NOW))

    async def buys(self, number: str = NUMBER, **said: Any) -> DeskNumber:
        buy = BuyDeskNumberHandler(
            unit_of_work=self.storage.work, markets=self.market, clock=self.clock, new_id=uuid4
        )
        given = {"label": "Desk", "rings_for": RingsFor(), **said}
        return await buy(BuyDeskNumber(actor=DESK, number=number, **given))

    async def releases(self, number: DeskNumber, version: int | None = None) -> DeskNumber:
        release = ReleaseDeskNumberHandler(
            unit_of_work=self.storage.work, markets=self.market, clock=self.clock
        )
        asked = ReleaseDeskNumber(actor=DESK, desk_number_id=number.id, version=version)
        return await release(asked)

    async def settles(self, *, after: timedelta = timedelta(minutes=1)) -> int:
        self.clock.passes(after)
        orders = SqlNumberOrders(self.storage.database)
        settle = SettleNumberOrdersHandler(
            unit_of_work=self.storage.work, markets=self.market, orders=orders, clock=self.clock
        )
        due = await orders.organizations(now=self.clock())
        done = await settle(SettleNumberOrders(actor=DESK))
        assert bool(due) or not done
        return done

    async def knows(self, number: str = NUMBER) -> DeskNumber | None:
        return await self.storage.work(DESK, lambda work: work.desk_numbers.called(number))


@pytest.fixture
def desk(sql: SqlStorage) -> Desk:
    return Desk(sql)


async def test_what_is_bought_is_active_and_what_is_released_is_not(desk: Desk) -> None:
    bought = await desk.buys()
    assert bought == await desk.knows()
    assert bought.terms.status is NumberStatus.ACTIVE
    assert (bought.provider, bought.order) == ("fake", None)
    assert desk.market.sold == {str(bought.id): NUMBER}
    assert await desk.storage.events() == BOUGHT

    with pytest.raises(VersionChanged):
        await desk.releases(bought, version=1)
    released = await desk.releases(bought, version=bought.version)
    assert released.terms.status is NumberStatus.RELEASED
    assert (released.reference, released.order, desk.market.sold) == (None, None, {})
    assert await desk.storage.events() == [*BOUGHT, *RELEASED]


async def test_only_what_was_bought_is_released_and_only_here(desk: Desk) -> None:
    bought = await desk.buys()
    assert await desk.buys(label="Another") == bought
    assert desk.market.asked == ["buy"]
    for status in (NumberStatus.PENDING, NumberStatus.RELEASED):
        with pytest.raises(PhoneNumberBought):
            bought.change(NumberTerms(label="Desk", status=status), now=NOW)
    with pytest.raises(PhoneNumberBought):
        bought.delete(now=NOW)
    voiced = bought.change(NumberTerms(label="Reservations", primary=True), now=NOW)
    assert (voiced.terms.label, voiced.reference) == ("Reservations", bought.reference)

    released = await desk.releases(bought)
    with pytest.raises(PhoneNumberNotBought):
        await desk.releases(released)
    with pytest.raises(PhoneNumberTaken):
        await desk.buys()
    assert released.delete(now=NOW).deleted_at == NOW


async def test_what_is_refused_was_never_there(desk: Desk) -> None:
    with pytest.raises(AgentNotFound):
        await desk.buys(rings_for=RingsFor(agent_id=AgentId(UUID(int=7))))
    with pytest.raises(TelephonyRefused):
        await desk.buys("+351210000000")
    desk.market.down = NoTelephony()
    with pytest.raises(NoTelephony):
        await desk.buys()

    assert await desk.knows() is None
    assert await desk.knows("+351210000000") is None
    assert await desk.settles() == 0


async def test_who_asks_again_goes_on_with_what_was_begun(desk: Desk) -> None:
    desk.market.unheard = True
    with pytest.raises(TelephonyUnavailable):
        await desk.buys()
    pending = await desk.knows()
    assert pending is not None
    assert pending.terms.status is NumberStatus.PENDING
    with pytest.raises(PhoneNumberBought):
        pending.delete(now=NOW)
    desk.market.unheard = False
    bought = await desk.buys(label="Another")

    assert bought.id == pending.id
    assert bought.terms.label == "Desk"
    assert len(desk.market.sold) == 1


async def test_an_answer_that_was_lost_is_found_out(desk: Desk) -> None:
    desk.market.unheard = True
    with pytest.raises(TelephonyUnavailable):
        await desk.buys()

    assert await desk.settles(after=timedelta(seconds=59)) == 0
    assert await desk.settles(after=timedelta(seconds=1)) == 1
    found = await desk.knows()
    assert found is not None
    assert (found.terms.status, found.reference) == (NumberStatus.ACTIVE, f"PN{found.id}")
    assert found.terms.capabilities == (Capability.VOICE,)
    assert await desk.settles() == 0
    assert desk.market.asked.count("buy") == 1


async def test_what_was_never_bought_is_given_up_and_not_bought_by_itself(desk: Desk) -> None:
    desk.market.down = TelephonyUnavailable()
    with pytest.raises(TelephonyUnavailable):
        await desk.buys()

    assert await desk.settles() == 0
    desk.market.down = None
    assert await desk.settles() == 0
    assert await desk.knows() is not None
    assert await desk.settles(after=GIVEN_UP_AFTER) == 1
    assert await desk.knows() is None
    assert desk.market.sold == {}
    assert await desk.storage.events() == [*BOUGHT, "phone_number_deleted"]


async def test_who_asks_again_is_given_time_again(desk: Desk) -> None:
    desk.market.down = TelephonyUnavailable()
    for _ in range(2):
        with pytest.raises(TelephonyUnavailable):
            await desk.buys()
        desk.clock.passes(GIVEN_UP_AFTER - timedelta(minutes=2))
    desk.market.down = None

    assert await desk.settles() == 0
    assert (await desk.buys()).terms.status is NumberStatus.ACTIVE


@pytest.mark.parametrize(
    ("says", "status"),
    [
        (None, NumberStatus.RELEASED),
        (TelephonyRefused("held"), NumberStatus.ACTIVE),
    ],
)
async def test_a_release_that_was_not_answered_is_asked_for_again(
    desk: Desk, says: Refusal | None, status: NumberStatus
) -> None:
    bought = await desk.buys()
    desk.market.down = TelephonyUnavailable()
    with pytest.raises(TelephonyUnavailable):
        await desk.releases(bought)
    assert await desk.settles() == 0
    desk.market.down = says

    assert await desk.settles() == 1
    found = await desk.knows()
    assert found is not None
    assert (found.terms.status, found.order) == (status, None)
    assert (found.reference is None) is (says is None)


async def test_a_release_that_is_refused_leaves_it_bought(desk: Desk) -> None:
    bought = await desk.buys()
    desk.market.down = TelephonyRefused("held")
    with pytest.raises(TelephonyRefused):
        await desk.releases(bought)

    found = await desk.knows()
    assert found is not None
    assert (found.reference, found.order) == (bought.reference, None)


async def test_orders_somewhere_else_are_left_alone(desk: Desk) -> None:
    desk.market.unheard = True
    with pytest.raises(TelephonyUnavailable):
        await desk.buys()
    desk.market.name = "another"

    assert await desk.settles(after=GIVEN_UP_AFTER) == 0
    with pytest.raises(PhoneNumberTaken):
        await desk.buys()
    with pytest.raises(PhoneNumberNotFound):
        await desk.storage.work(DESK, lambda work: work.desk_numbers.get(_unknown()))


def _unknown() -> Any:
    return UUID(int=3)
