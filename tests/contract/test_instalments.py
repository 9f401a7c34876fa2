"""Watched instalments are kept as they are, and nobody is cancelled who has just paid."""

from uuid import UUID

import attrs
import pytest

from adapters.readers.instalments import SqlDueInstalments, SqlInstalmentViews
from application.bookings.chase_instalments import ChaseInstalments
from application.bookings.instalment_ports import InstalmentFilter
from application.bookings.take_payment import TakePayment
from application.kernel.pages import Slice
from application.kernel.ports import Stale
from domain.bookings.life import BookingState
from domain.bookings.missed_instalments import InstalmentRules, Stage, WatchedInstalment
from domain.kernel.identifiers import InstalmentId
from domain.payments.payment import Method
from domain.payments.refusals import MoreThanIsOwed
from tests.contract.crowds import race
from tests.contract.paying import booked
from tests.contract.storages import SqlStorage, Storage, Work
from tests.contract.test_money_races import BOOKING, hold
from tests.samples import DESK, HOUR, NOW, OTHER_DESK, SECOND
from tests.samples_of_payments import PRICE, booking_id
from tests.tills import Till

pytestmark = pytest.mark.anyio

WATCHED = WatchedInstalment(
    id=InstalmentId(UUID(int=601)), booking_id=booking_id(), due_at=NOW + HOUR, next_at=NOW
)
OTHER = attrs.evolve(WATCHED, id=InstalmentId(UUID(int=602)), booking_id=booking_id(2))


async def test_they_are_kept_looked_at_when_due_and_forgotten(storage: Storage) -> None:
    await booked(storage)

    def look(work: Work) -> None:
        saved = work.instalments.save(WATCHED)
        later = work.instalments.save(attrs.evolve(OTHER, next_at=NOW + SECOND))
        assert work.instalments.of_booking(booking_id()) == saved
        assert work.instalments.locked(OTHER.id) == later
        assert list(work.instalments.due(now=NOW, limit=9)) == [WATCHED.id]
        assert list(work.instalments.due(now=NOW + SECOND, limit=1)) == [WATCHED.id]
        moved = work.instalments.save(attrs.evolve(saved, stage=Stage.LATE))
        assert (moved.version, work.instalments.locked(saved.id)) == (2, moved)
        work.instalments.forget(moved)
        assert work.instalments.locked(saved.id) is None

    await storage.work(DESK, look)
    assert await storage.work(OTHER_DESK, lambda work: work.instalments.locked(OTHER.id)) is None
    with pytest.raises(Stale):
        await storage.work(
            DESK,
            lambda work: work.instalments.save(attrs.evolve(WATCHED, booking_id=booking_id(2))),
        )


async def test_staff_sees_what_is_not_paid(sql: SqlStorage) -> None:
    await booked(sql)

    def save(work: Work) -> None:
        work.instalments.save(WATCHED)
        work.instalments.save(attrs.evolve(OTHER, stage=Stage.OVERDUE))

    await sql.work(DESK, save)
    views = SqlInstalmentViews(sql.database)
    every, overdue = [
        await views.instalments(DESK, filter=InstalmentFilter(stage=stage), slice=Slice(limit=9))
        for stage in (None, Stage.OVERDUE)
    ]
    assert [one.id for one in every.items] == [WATCHED.id, OTHER.id]
    assert [one.id for one in overdue.items] == [OTHER.id]
    assert await SqlDueInstalments(sql.database).organizations(now=NOW) == [DESK.organization_id]
    assert await SqlDueInstalments(sql.database).organizations(now=NOW - SECOND) == []


@pytest.mark.usefixtures("crowded")
async def test_of_a_payment_and_the_end_of_the_grace_one_comes_first(storage: Storage) -> None:
    await hold(storage)
    till = Till(work=storage.work, instalments=InstalmentRules(cancels=True))
    over = attrs.evolve(WATCHED, booking_id=BOOKING, stage=Stage.LATE)

    def confirm(work: Work) -> None:
        work.bookings.save(work.bookings.get(BOOKING).confirm(now=NOW))
        work.instalments.save(over)

    await storage.work(DESK, confirm)
    cash = TakePayment(
        actor=DESK, booking_id=BOOKING, amount=PRICE, method=Method.CASH, note="till 2"
    )
    chase = ChaseInstalments(actor=DESK)
    outcomes = await race([till.take(cash), *(till.chase(chase) for _ in range(4))])

    state = (await storage.work(DESK, lambda work: work.bookings.get(BOOKING))).state
    paid_first = not isinstance(outcomes[0], MoreThanIsOwed)
    assert state is (BookingState.CONFIRMED if paid_first else BookingState.CANCELLED)
    missed = (await storage.events()).count("instalment_missed")
    assert missed == (0 if paid_first else 1)
    assert await storage.work(DESK, lambda work: work.instalments.locked(over.id)) is None
