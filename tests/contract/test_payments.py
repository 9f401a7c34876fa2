"""Payments, refunds and disputes: kept, and never so that money could go astray."""

from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from adapters.schema.payments import payments
from adapters.sql.database import Database
from application.kernel.ports import Stale
from domain.kernel.identifiers import DisputeId
from domain.payments.abuse import USUAL_RULES
from domain.payments.disputes import Dispute
from domain.payments.hearing import heard
from domain.payments.joint import Joint
from domain.payments.payment import Payment
from domain.payments.provider import Card, DisputeStatus, ProviderStatus
from domain.payments.refusals import DisputeNotFound, PaymentNotFound, RefundNotFound
from domain.payments.reviewing import checked
from tests.contract.paying import booked, captured, save
from tests.contract.storages import SqlStorage, Storage, Work
from tests.fakes.rows import Dangling, Impossible
from tests.samples import COLLEAGUE, DAY, DESK, HOUR, MINUTE, NOW, OTHER_DESK, held, pounds
from tests.samples_of_payments import (
    NOTHING,
    PRICE,
    PROVIDER,
    booking_id,
    by_hand,
    dispute_news,
    news,
    payment,
    payment_id,
    refund,
    refund_id,
)

pytestmark = pytest.mark.anyio


@pytest.fixture(name="booked")
async def fixture_booked(storage: Storage) -> Storage:
    return await booked(storage)


TAKEN = ProviderStatus.SUCCEEDED


def full() -> Payment:
    """With everything that a payment may have."""
    known = captured(
        card=Card(brand="visa", last4="4242", country="GB"),
        fee=pounds(3),
        receipt_url="https://receipts.example/1",
    )
    return attrs.evolve(
        known,
        return_url="https://shop.example/thanks",
        manual_capture=True,
        failure="card_declined",
        refunding=pounds(60),
        disputed=True,
    )


async def test_shares_are_locked_with_who_leads_them(booked: Storage) -> None:
    joint = Joint(lead=payment_id(801), total=PRICE)
    shares = [
        attrs.evolve(payment(801, pounds(100), booking=1), joint=joint),
        attrs.evolve(payment(802, pounds(80), booking=2), joint=joint),
    ]
    alone = payment(803, booking=3)
    await save(booked, *shares, alone)

    def locked(work: Any) -> Any:
        return [work.payments.locked_with(payment_id(id)) for id in (801, 803)]

    together, single = await booked.work(DESK, locked)
    silent = await booked.work(DESK, lambda work: work.payments.silent(since=NOW + DAY, limit=10))

    assert [one.joint for one in together] == [joint, joint]
    assert [one.id for one in together] == [payment_id(801), payment_id(802)]
    assert [one.id for one in single] == [payment_id(803)]
    assert [one.id for one in silent] == [payment_id(801), payment_id(803)]
    with pytest.raises(PaymentNotFound):
        await booked.work(OTHER_DESK, lambda work: work.payments.locked_with(payment_id(801)))


def parked() -> Payment:
    begun = attrs.evolve(payment(), started_by=DESK.id)
    return checked(begun, USUAL_RULES.unchecked(), now=NOW)


@pytest.mark.parametrize("kind", ["started", "stepping", "full", "by hand", "parked"])
async def test_payments_come_back_as_they_were_saved(booked: Storage, kind: str) -> None:
    kinds = {
        "started": payment(),
        "stepping": heard(
            payment(manual_capture=True), news(ProviderStatus.REQUIRES_CAPTURE), now=NOW
        ).request_capture(pounds(9), now=NOW),
        "full": full(),
        "by hand": by_hand(),
        "parked": parked(),
    }
    (saved,) = await save(booked, kinds[kind])

    found = await booked.work(COLLEAGUE, lambda work: work.payments.get(payment_id()))
    locked = await booked.work(COLLEAGUE, lambda work: work.payments.locked(payment_id()))

    assert saved == found == locked == attrs.evolve(kinds[kind], version=1)
    assert (await booked.events())[-1] == kinds[kind].events[-1].name


async def test_payments_of_others_are_unknown(booked: Storage) -> None:
    await save(booked, captured(), refund())

    for question in (
        lambda work: work.payments.get(payment_id()),
        lambda work: work.payments.locked(payment_id()),
    ):
        with pytest.raises(PaymentNotFound):
            await booked.work(OTHER_DESK, question)
    for question in (
        lambda work: work.refunds.get(refund_id()),
        lambda work: work.refunds.locked(refund_id()),
    ):
        with pytest.raises(RefundNotFound):
            await booked.work(OTHER_DESK, question)
    with pytest.raises(DisputeNotFound):
        await booked.work(DESK, lambda work: work.disputes.locked(DisputeId(UUID(int=7))))


async def test_payments_are_found_by_their_booking_and_their_name_at_the_provider(
    booked: Storage,
) -> None:
    second, first = captured(802), captured(801)
    await save(booked, second, first)

    def look(work: Work) -> tuple[Any, ...]:
        return (
            [one.id for one in work.payments.locked_of(booking_id())],
            work.payments.named(PROVIDER, "pi_802"),
            work.payments.named("another", "pi_802"),
            work.payments.named(PROVIDER, "pi_9"),
        )

    ids, named, of_another, unknown = await booked.work(DESK, look)
    assert ids == [first.id, second.id]
    assert (named.id, of_another, unknown) == (second.id, None, None)


async def test_a_booking_has_one_open_payment(booked: Storage) -> None:
    await save(booked, payment(801))
    await save(booked, payment(802, booking=2), captured(803))

    with pytest.raises(Stale):
        await save(booked, payment(804))
    assert (await booked.events()).count("payment_started") == 3


async def test_what_was_given_up_and_paid_all_the_same_stands_beside_another(
    booked: Storage,
) -> None:
    given_up = heard(payment(801), news(ProviderStatus.CANCELED), now=NOW)
    kept, _ = await save(booked, given_up, payment(802))

    await save(booked, heard(kept, news(TAKEN), now=NOW))

    of_booking = await booked.work(DESK, lambda work: work.payments.locked_of(booking_id()))
    assert [one.state.value for one in of_booking] == ["captured", "created"]


async def test_one_name_at_the_provider_is_one_payment(booked: Storage) -> None:
    await save(booked, captured(801))

    with pytest.raises(Stale):
        await save(booked, captured(802, reference="pi_801"))
    await save(booked, attrs.evolve(captured(803, reference="pi_801"), provider="another"))


async def test_one_reference_is_one_payment(booked: Storage) -> None:
    await save(booked, captured(801))

    with pytest.raises(Stale):
        await save(booked, attrs.evolve(captured(802), reference=captured(801).reference))


async def test_the_second_of_two_who_change_a_payment_is_stale(booked: Storage) -> None:
    (saved,) = await save(booked, payment())
    await save(booked, saved.request_cancel(now=NOW))

    with pytest.raises(Stale):
        await save(booked, heard(saved, news(TAKEN), now=NOW))


@pytest.mark.parametrize("refunding", [pounds(181), pounds(-1)])
async def test_no_more_is_given_back_than_was_captured(booked: Storage, refunding: Any) -> None:
    """Not even by somebody who has not asked the payment."""
    (saved,) = await save(booked, captured())

    with pytest.raises((IntegrityError, Impossible)):
        await save(booked, attrs.evolve(saved, refunding=refunding))


async def test_a_payment_is_of_something_and_for_a_booking(booked: Storage) -> None:
    with pytest.raises((IntegrityError, Impossible)):
        await save(booked, payment(amount=NOTHING))
    with pytest.raises((IntegrityError, Dangling)):
        await save(booked, payment(booking=9))


async def test_the_silent_are_asked_about_longest_first(booked: Storage) -> None:
    ended = captured(801)
    asked = [attrs.evolve(payment(800 + n, booking=n), heard_at=NOW - n * MINUTE) for n in (2, 3)]
    await save(booked, ended, *asked)

    def silent(work: Work) -> list[list[Any]]:
        return [
            [one.id for one in work.payments.silent(since=NOW - MINUTE, limit=9)],
            [one.id for one in work.payments.silent(since=NOW - MINUTE, limit=1)],
            [one.id for one in work.payments.silent(since=NOW - DAY, limit=9)],
        ]

    longest_first = [payment_id(803), payment_id(802)]
    assert await booked.work(DESK, silent) == [longest_first, longest_first[:1], []]


async def test_what_is_looked_for_by_is_in_columns_of_its_own(sql: SqlStorage) -> None:
    def book(work: Work) -> None:
        work.bookings.save(held(id=1))
        work.payments.save(full())

    await sql.work(DESK, book)
    database: Database = sql.database
    columns = (payments.c.captured_minor, payments.c.refunding_minor, payments.c.currency)
    question = select(*columns).where(payments.c.organization_id == DESK.organization_id)
    rows = await database.read(
        lambda connection: connection.execute(question).all(), of=DESK.organization_id
    )
    assert [tuple(row) for row in rows] == [(PRICE.minor, 6_000, "GBP")]


async def test_parked_ones_are_silent_once_they_are_to_be_given_up(booked: Storage) -> None:
    await save(booked, parked())

    def silent(work: Work, hours: int) -> int:
        return len(work.payments.silent(since=NOW + hours * HOUR, limit=9))

    assert await booked.work(DESK, lambda work: silent(work, 22)) == 0
    assert await booked.work(DESK, lambda work: silent(work, 23)) == 1


async def test_disputes_of_a_payment_are_found(booked: Storage) -> None:
    opened = [
        Dispute.open(
            DisputeId(UUID(int=id)),
            dispute_news(DisputeStatus.NEEDS_RESPONSE, withdrawn=PRICE, reference=f"dp_{id}"),
            payment_id=payment_id(),
            booking_id=booking_id(),
            now=NOW,
        )
        for id in (1001, 1002)
    ]
    await save(booked, captured(), captured(802), *opened)

    def find(work: Work, id: int) -> list[DisputeId]:
        return [one.id for one in work.disputes.of_payment(payment_id(id))]

    assert await booked.work(DESK, lambda work: find(work, 801)) == [one.id for one in opened]
    assert await booked.work(DESK, lambda work: find(work, 802)) == []
