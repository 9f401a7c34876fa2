"""Refunds and disputes: kept, and once for each cause."""

from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy.exc import IntegrityError

from application.kernel.ports import Stale
from domain.kernel.identifiers import DisputeId
from domain.payments.disputes import Dispute
from domain.payments.provider import DisputeStatus, RefundStatus
from domain.payments.refunds import RefundState
from tests.contract.paying import booked, captured, save
from tests.contract.storages import Storage, Work
from tests.fakes.rows import Dangling
from tests.samples import COLLEAGUE, DAY, DESK, NOW, pounds
from tests.samples_of_payments import (
    booking_id,
    dispute_news,
    payment_id,
    refund,
    refund_id,
    refund_news,
)

pytestmark = pytest.mark.anyio


@pytest.fixture(name="booked")
async def fixture_booked(storage: Storage) -> Storage:
    return await booked(storage)


async def test_refunds_come_back_as_they_were_saved(booked: Storage) -> None:
    approved = refund(fee=pounds(5), allowance=pounds(50)).approve(
        by=COLLEAGUE.id, alone_up_to=None, note="ok", now=NOW
    )
    failed = approved.heard(refund_news(RefundStatus.FAILED, failure="lost_card"), now=NOW)
    again = failed.retry(approved.method, by=DESK.id, now=NOW)
    done = again.heard(refund_news(RefundStatus.SUCCEEDED, reference="re_902"), now=NOW)
    _, saved = await save(booked, captured(), done)

    def look(work: Work) -> list[Any]:
        return [
            work.refunds.get(refund_id()),
            work.refunds.locked(refund_id()),
            work.refunds.named("re_902"),
            *work.refunds.of_booking(booking_id()),
        ]

    expected = attrs.evolve(done, version=1, former=("re_901",))
    assert saved == expected
    assert await booked.work(DESK, look) == [expected] * 4


async def test_a_payment_is_given_back_once_for_one_cause(booked: Storage) -> None:
    await save(booked, captured(801), captured(802), refund(901, cause="cancelled:3"))
    await save(booked, refund(902, cause="cancelled:3", payment=802))

    with pytest.raises(Stale):
        await save(booked, refund(903, cause="cancelled:3"))
    with pytest.raises((IntegrityError, Dangling)):
        await save(booked, refund(904, payment=809))


async def test_refunds_that_are_silent_at_the_provider_are_asked_about(booked: Storage) -> None:
    waiting = refund(901)
    approved = refund(902).approve(by=COLLEAGUE.id, alone_up_to=None, now=NOW)
    done = attrs.evolve(approved, id=refund_id(903), cause="3", state=RefundState.SUCCEEDED)
    await save(booked, captured(), waiting, approved, done)

    silent = await booked.work(DESK, lambda work: work.refunds.silent(since=NOW, limit=9))
    assert [one.id for one in silent] == [refund_id(902)]


async def test_disputes_come_back_and_are_one_for_each_name(booked: Storage) -> None:
    def open_(id: int) -> Dispute:
        return Dispute.open(
            DisputeId(UUID(int=id)),
            dispute_news(DisputeStatus.LOST, withdrawn=pounds(195), due_by=NOW + DAY),
            payment_id=payment_id(),
            booking_id=booking_id(),
            now=NOW,
        )

    _, saved = await save(booked, captured(), open_(1001))
    found = await booked.work(
        DESK, lambda work: [work.disputes.locked(saved.id), work.disputes.named("dp_1")]
    )

    assert found == [saved] * 2
    assert saved == attrs.evolve(open_(1001), version=1)
    with pytest.raises(Stale):
        await save(booked, open_(1002))
    assert await booked.work(DESK, lambda work: work.disputes.named("dp_2")) is None
