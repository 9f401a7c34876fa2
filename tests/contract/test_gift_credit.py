"""Gift credit in storage: however many use it at once, no more is used than there is."""

from collections import Counter
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.gift_credits import SqlGiftCreditViews
from application.bookings.use_gift_credit import UseGiftCredit
from application.kernel.pages import Slice
from application.kernel.ports import Stale
from application.payments.bookkeeping import Bookkeeping
from application.payments.issue_gift_credit import IssueGiftCredit
from application.payments.lapse_gift_credit import LapseGiftCredit, LapseGiftCreditHandler
from domain.kernel.identifiers import GiftCreditId
from domain.kernel.money import Money
from domain.payments.gift_credit import (
    GiftCredit,
    GiftCreditNotFound,
    GiftCreditUsedUp,
    PaidBy,
    UnknownGiftCode,
)
from domain.payments.payment import Payment
from tests.contract.crowds import race
from tests.contract.storages import SqlStorage, Storage
from tests.contract.test_money_races import BOOKING, books, hold
from tests.samples import DAY, DESK, NOW, OTHER_DESK, pounds
from tests.tills import Till

pytestmark = pytest.mark.anyio

CODE = "GIFT-A"
CREDIT = GiftCredit.issue(
    GiftCreditId(UUID(int=650)),
    amount=pounds(100),
    paid_by=PaidBy.GIVEN,
    note="sorry",
    expires_at=NOW + DAY,
    by=DESK.id,
    now=NOW,
)


def kept(credit: GiftCredit, balance: Money) -> GiftCredit:
    return attrs.evolve(credit, balance=balance, events=())


async def test_it_is_kept_used_and_restored(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.gift_credits.add(CREDIT, CODE))
    await storage.work(DESK, lambda work: work.gift_credits.use(CREDIT.id, pounds(70), now=NOW))
    found = await storage.work(DESK, lambda work: work.gift_credits.named("gift a"))
    assert found == kept(CREDIT, pounds(30))
    assert await storage.events() == ["gift_credit_issued"]

    for amount, now in (
        (pounds(31), NOW),
        (Money(1, "EUR"), NOW),
        (pounds(1), NOW + DAY),
    ):
        with pytest.raises(GiftCreditUsedUp):
            await storage.work(
                DESK,
                lambda work, amount=amount, now=now: work.gift_credits.use(  # type: ignore[misc]
                    CREDIT.id, amount, now=now
                ),
            )
    await storage.work(DESK, lambda work: work.gift_credits.restore(CREDIT.id, pounds(70)))
    found = await storage.work(DESK, lambda work: work.gift_credits.named(CODE))
    assert found.balance == pounds(100)


async def test_a_code_is_of_one_credit_of_one_organization(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.gift_credits.add(CREDIT, CODE))
    another = attrs.evolve(CREDIT, id=GiftCreditId(UUID(int=651)))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.gift_credits.add(another, CODE))
    with pytest.raises(UnknownGiftCode):
        await storage.work(OTHER_DESK, lambda work: work.gift_credits.named(CODE))
    with pytest.raises(GiftCreditUsedUp):
        await storage.work(
            OTHER_DESK, lambda work: work.gift_credits.use(CREDIT.id, pounds(1), now=NOW)
        )


async def test_staff_sees_what_is_left(sql: SqlStorage) -> None:
    await sql.work(DESK, lambda work: work.gift_credits.add(CREDIT, CODE))
    views = SqlGiftCreditViews(sql.database)

    assert await views.gift_credit(DESK, CREDIT.id) == kept(CREDIT, pounds(100))
    assert (await views.gift_credits(DESK, slice=Slice(limit=9))).items == [
        kept(CREDIT, pounds(100))
    ]
    with pytest.raises(GiftCreditNotFound):
        await views.gift_credit(OTHER_DESK, CREDIT.id)


@pytest.mark.usefixtures("crowded")
async def test_of_many_who_use_it_at_once_none_uses_what_is_not_there(storage: Storage) -> None:
    await hold(storage)
    till = Till(work=storage.work)
    issued = await till.issue(IssueGiftCredit(actor=DESK, amount=pounds(50), paid_by=PaidBy.CASH))
    use = UseGiftCredit(actor=DESK, booking_id=BOOKING, code=issued.code, amount_minor=2_000)

    outcomes = await race([till.use_gift(use) for _ in range(6)])

    assert Counter(map(type, outcomes)) == {Payment: 2, GiftCreditUsedUp: 4}
    left = await storage.work(DESK, lambda work: work.gift_credits.named(issued.code))
    assert left.balance == pounds(10)
    assert (await books(storage)).paid == pounds(40)


async def test_what_has_expired_lapses_once_and_again_when_it_was_given_back(
    storage: Storage,
) -> None:
    forever = attrs.evolve(CREDIT, id=GiftCreditId(UUID(int=652)), expires_at=None)
    await storage.work(DESK, lambda work: work.gift_credits.add(CREDIT, CODE))
    await storage.work(DESK, lambda work: work.gift_credits.add(forever, "GIFT-B"))
    await storage.work(DESK, lambda work: work.gift_credits.use(CREDIT.id, pounds(70), now=NOW))
    lapse = LapseGiftCreditHandler(
        unit_of_work=storage.work,
        bookkeeping=Bookkeeping(new_id=uuid4),
        clock=lambda: NOW + DAY,
        lapses=True,
    )
    early = attrs.evolve(lapse, clock=lambda: NOW)
    not_here = attrs.evolve(lapse, lapses=False)
    outcomes = [await one(LapseGiftCredit(actor=DESK)) for one in (not_here, early, lapse, lapse)]
    assert outcomes == [0, 0, 1, 0]
    await storage.work(DESK, lambda work: work.gift_credits.restore(CREDIT.id, pounds(70)))
    assert await lapse(LapseGiftCredit(actor=DESK)) == 1

    found = await storage.work(DESK, lambda work: work.gift_credits.named(CODE))
    assert (found.balance, found.lapsed) == (pounds(0), pounds(100))
    other = await storage.work(DESK, lambda work: work.gift_credits.named("GIFT-B"))
    assert other.balance == pounds(100)
    assert (await storage.events()).count("gift_credit_lapsed") == 2
