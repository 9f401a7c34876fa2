"""The books only ever grow, and what providers say is taken in once."""

from typing import Any

import attrs
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from application.kernel.ports import Stale
from application.payments.ports import DealtWith, StoredEvent, Treatment
from domain.kernel.actors import Actor
from domain.kernel.money import Money
from domain.payments.ledger import Account, Books, Cause, Journal, moved
from domain.payments.provider import ProviderEvent, Subject
from domain.payments.refusals import ProviderEventNotFound
from tests.contract.storages import SqlStorage, Storage
from tests.samples import COLLEAGUE, DESK, NOW, OTHER_DESK, pounds
from tests.samples_of_payments import booking_id, journal

pytestmark = pytest.mark.anyio

EUROS = Money(500, "EUR")
PAID = journal(
    Cause.CAPTURED,
    "payment",
    *moved(Account.CLEARING, Account.DEPOSITS, pounds(100)),
    *moved(Account.CASH, Account.DEPOSITS, EUROS),
)
SOLD = journal(
    Cause.CHARGED,
    "booking:0",
    *moved(Account.RECEIVABLE, Account.SALES, pounds(100)),
    *moved(Account.DEPOSITS, Account.RECEIVABLE, pounds(100)),
    id=702,
)
OF_NOBODY = journal(
    Cause.FEE,
    "payment:1",
    *moved(Account.PROVIDER_FEES, Account.CLEARING, pounds(3)),
    id=703,
    booking=None,
)


async def write(storage: Storage, *journals: Journal) -> None:
    await storage.work(DESK, lambda work: work.ledger.write(journals))


async def books(storage: Storage, currency: str = "GBP", **who: Any) -> Books:
    actor = who.get("actor", DESK)
    return await storage.work(actor, lambda work: work.ledger.books_of(booking_id(), currency))


async def test_books_say_what_was_written_in_each_currency(storage: Storage) -> None:
    await write(storage, PAID, SOLD, OF_NOBODY)

    assert await books(storage) == Books(
        currency="GBP",
        journals=2,
        balances={Account.CLEARING: pounds(100), Account.SALES: pounds(-100)},
    )
    in_euros = await books(storage, "EUR")
    assert in_euros.balances == {Account.CASH: EUROS, Account.DEPOSITS: -EUROS}


async def test_books_in_which_nothing_was_written_say_nothing(storage: Storage) -> None:
    await write(storage, PAID)

    assert await books(storage, actor=OTHER_DESK) == Books(currency="GBP", balances={})
    other = await storage.work(DESK, lambda work: work.ledger.books_of(booking_id(2), "GBP"))
    assert other == Books(currency="GBP", balances={})


async def test_what_comes_to_nothing_was_written_all_the_same(storage: Storage) -> None:
    there = journal(Cause.CAPTURED, "a", *moved(Account.CASH, Account.DEPOSITS, pounds(1)))
    back = journal(
        Cause.REFUND_PAID, "b", *moved(Account.DEPOSITS, Account.CASH, pounds(1)), id=702
    )
    await write(storage, there, back)

    assert await books(storage) == Books(currency="GBP", journals=2, balances={})


async def test_what_happened_is_written_once(storage: Storage) -> None:
    await write(storage, PAID)

    with pytest.raises(Stale):
        await write(storage, attrs.evolve(SOLD, cause=PAID.cause, about=PAID.about))
    assert (await books(storage)).journals == 1
    await write(storage, attrs.evolve(SOLD, about=PAID.about))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transfers SET amount_minor = 1",
        "DELETE FROM transfers",
        "UPDATE journals SET about = 'else'",
        "DELETE FROM journals",
    ],
)
async def test_nothing_is_changed_or_taken_out_by_nobody(sql: SqlStorage, statement: str) -> None:
    """The database itself refuses, whoever asks."""
    await write(sql, PAID, SOLD)
    table = statement.split()[1 if statement.startswith("UPDATE") else 2]
    ours = text(f"{statement} WHERE {table}.organization_id = :id")
    database = sql.database
    id = DESK.organization_id
    key = id if database.engine.dialect.name == "postgresql" else id.hex

    with pytest.raises(DBAPIError) as refused:
        await database.write(
            lambda connection: connection.execute(ours, {"id": key}), of=DESK.organization_id
        )
    assert "stays there" in str(refused.value) or "denied" in str(refused.value)
    assert (await books(sql)).of(Account.CLEARING) == pounds(100)


def event(id: str = "evt_1", **members: Any) -> StoredEvent:
    told = ProviderEvent(
        id=id,
        type="payment_intent.succeeded",
        subject=Subject.PAYMENT,
        reference="pi_1",
        created_at=NOW,
    )
    return StoredEvent(provider="fake", event=told, received_at=NOW, **members)


async def take_in(storage: Storage, stored: StoredEvent) -> bool:
    """Whether it is to be dealt with."""
    return await taken_in(storage, DESK, stored)


async def taken_in(storage: Storage, actor: Actor, stored: StoredEvent) -> bool:
    try:
        await storage.work(actor, lambda work: work.provider_events.take_in(stored))
    except DealtWith:
        return False
    return True


async def test_what_a_provider_says_is_taken_in_until_it_is_dealt_with(storage: Storage) -> None:
    assert await take_in(storage, event())
    assert await take_in(storage, event())
    await becomes(storage, treatment=Treatment.PARKED, attempts=5, problem="no such payment")
    assert await take_in(storage, event())
    await becomes(storage, treatment=Treatment.APPLIED)
    assert not await take_in(storage, event())

    assert await take_in(storage, event("evt_2"))
    assert await take_in(storage, attrs.evolve(event(), provider="another"))
    assert await taken_in(storage, OTHER_DESK, event())


async def becomes(storage: Storage, **members: Any) -> None:
    def change(work: Any) -> None:
        stored = work.provider_events.locked("fake", "evt_1")
        work.provider_events.save(attrs.evolve(stored, **members))

    await storage.work(DESK, change)


async def test_what_a_provider_says_comes_back_as_it_was_taken_in(storage: Storage) -> None:
    stored = event(treatment=Treatment.PARKED, attempts=5, problem="no such payment")
    await take_in(storage, stored)
    about_nothing = attrs.evolve(event("evt_2").event, subject=None, reference="")
    ignored = attrs.evolve(event(), event=about_nothing, treatment=Treatment.IGNORED)
    assert await take_in(storage, ignored)
    assert not await take_in(storage, ignored)

    def look(work: Any) -> list[StoredEvent]:
        return [work.provider_events.locked("fake", f"evt_{n}") for n in (1, 2)]

    assert await storage.work(COLLEAGUE, look) == [stored, ignored]
    with pytest.raises(ProviderEventNotFound):
        await storage.work(DESK, lambda work: work.provider_events.locked("another", "evt_1"))
