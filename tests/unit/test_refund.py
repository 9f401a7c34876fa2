"""Refunds: asked for, decided about, on their way, back again."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.payments.payment import Method
from domain.payments.provider import RefundStatus
from domain.payments.refunds import AT_THE_PROVIDER, UNDER_WAY, Refund, RefundState
from domain.payments.refusals import FeeAboveRefund, RefundNotPossible, SecondPersonNeeded
from tests.samples import COLLEAGUE, DESK, MINUTE, NOW, pounds
from tests.samples_of_payments import NOTHING, PRICE, refund, refund_news

LATER = NOW + MINUTE
PENDING, DONE, FAILED = RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED


def approved(**members: object) -> Refund:
    asked = refund(**members)  # type: ignore[arg-type]
    return asked.approve(by=COLLEAGUE.id, alone_up_to=NOTHING, now=NOW)


def told(refund: Refund, *statuses: RefundStatus, reference: str = "re_901") -> Refund:
    for status in statuses:
        refund = refund.heard(refund_news(status, reference=reference), now=LATER)
    return refund


def names(refund: Refund) -> list[str]:
    return [event.name for event in refund.events]


def test_a_refund_is_asked_for_and_waits() -> None:
    asked = refund(fee=pounds(30))

    assert (asked.state, asked.paid_out) == (RefundState.REQUESTED, pounds(150))
    assert asked.state in UNDER_WAY - AT_THE_PROVIDER
    assert names(asked) == ["refund_requested"]


@pytest.mark.parametrize("fee", [PRICE, pounds(181), pounds(-1)])
def test_something_is_always_given_back(fee: object) -> None:
    with pytest.raises(FeeAboveRefund):
        refund(fee=fee)  # type: ignore[arg-type]


def test_up_to_a_limit_one_person_is_enough() -> None:
    asked = refund()

    assert asked.approve(by=DESK.id, alone_up_to=PRICE, now=NOW).state is RefundState.APPROVED
    with pytest.raises(SecondPersonNeeded) as refused:
        asked.approve(by=DESK.id, alone_up_to=pounds(179), now=NOW)
    assert refused.value.limit == pounds(179)
    second = asked.approve(by=COLLEAGUE.id, alone_up_to=pounds(179), note="ok", now=LATER)
    assert (second.decided_by, second.decided_at, second.decision) == (COLLEAGUE.id, LATER, "ok")


def test_many_small_ones_are_a_large_one() -> None:
    with pytest.raises(SecondPersonNeeded):
        refund().approve(by=DESK.id, alone_up_to=PRICE, asked=PRICE + pounds(1), now=NOW)


def test_what_is_decided_is_decided() -> None:
    rejected = refund().reject(by=DESK.id, note="no", now=NOW)

    assert (rejected.state, rejected.ended_at) == (RefundState.REJECTED, NOW)
    for decided in (rejected, approved()):
        with pytest.raises(RefundNotPossible):
            decided.approve(by=COLLEAGUE.id, alone_up_to=None, now=NOW)
        with pytest.raises(RefundNotPossible):
            decided.reject(by=COLLEAGUE.id, note="", now=NOW)
        with pytest.raises(RefundNotPossible):
            decided.retry(Method.CASH, by=COLLEAGUE.id, now=NOW)
    assert told(rejected, DONE) == rejected


def test_it_goes_from_the_provider_to_the_customer() -> None:
    submitted = told(approved(), PENDING)
    done = told(submitted, PENDING, DONE, DONE, PENDING)

    assert (submitted.state, submitted.provider_reference) == (RefundState.SUBMITTED, "re_901")
    assert (done.state, done.ended_at) == (RefundState.SUCCEEDED, LATER)
    assert names(done)[2:] == ["refund_submitted", "refund_succeeded"]


def test_what_succeeded_may_still_come_back() -> None:
    failed = told(approved(), DONE, FAILED)

    assert (failed.state, failed.failure, failed.ended_at) == (RefundState.FAILED, "failed", None)
    assert names(failed)[-2:] == ["refund_succeeded", "refund_failed"]


@pytest.mark.parametrize("old", [PENDING, DONE])
def test_what_has_failed_is_not_undone_by_old_news(old: RefundStatus) -> None:
    failed = told(approved(), DONE, FAILED)

    assert told(failed, old) == failed


def test_what_was_refused_may_have_happened_after_all() -> None:
    refused = approved().refused("charge_disputed", attempt=1, now=LATER)

    assert (refused.state, refused.failure) == (RefundState.FAILED, "charge_disputed")
    assert told(refused, DONE).state is RefundState.SUCCEEDED


def test_a_question_that_is_refused_is_no_answer() -> None:
    for known in (told(approved(), PENDING), told(approved(), DONE)):
        assert known.refused("api_key_expired", attempt=1, now=LATER).state is known.state


def test_a_refusal_of_a_former_attempt_says_nothing_of_the_next() -> None:
    again = approved().refused("no", attempt=1, now=NOW).retry(Method.CASH, by=DESK.id, now=NOW)
    paid = again.paid_by_hand(now=NOW)

    assert again.refused("no", attempt=1, now=LATER).state is RefundState.APPROVED
    assert paid.refused("no", attempt=1, now=LATER).state is RefundState.SUCCEEDED


def test_what_failed_is_tried_again_under_another_name() -> None:
    again = told(approved(), FAILED).retry(Method.ONLINE, by=DESK.id, now=LATER)

    assert (again.state, again.attempt, again.failure) == (RefundState.APPROVED, 2, None)
    assert again.provider_reference is None
    assert told(again, DONE, reference="re_902").state is RefundState.SUCCEEDED


@given(st.lists(st.sampled_from(RefundStatus), min_size=1, max_size=6))
def test_what_is_said_of_a_former_attempt_says_nothing_of_the_next(
    said: list[RefundStatus],
) -> None:
    again = told(approved(), FAILED).retry(Method.ONLINE, by=DESK.id, now=LATER)
    known = told(again, PENDING, reference="re_902")

    assert told(again, *said) == again
    assert told(known, *said) == known


def test_what_failed_is_paid_by_hand() -> None:
    by_hand = told(approved(), FAILED).retry(Method.BANK_TRANSFER, by=DESK.id, now=LATER)
    paid = by_hand.paid_by_hand(now=LATER)

    assert (paid.state, paid.method) == (RefundState.SUCCEEDED, Method.BANK_TRANSFER)
    assert told(by_hand, DONE, FAILED) == by_hand
    assert told(paid, FAILED) == paid
    with pytest.raises(RefundNotPossible):
        paid.paid_by_hand(now=LATER)


def test_what_goes_online_is_not_paid_by_hand() -> None:
    with pytest.raises(RefundNotPossible):
        approved().paid_by_hand(now=NOW)
    with pytest.raises(RefundNotPossible):
        refund(method=Method.CASH).paid_by_hand(now=NOW)


@given(st.lists(st.sampled_from(RefundStatus), max_size=10))
def test_whatever_is_heard_the_same_twice_is_the_same(statuses: list[RefundStatus]) -> None:
    once = told(approved(), *statuses)
    twice = told(once, *statuses[-1:])

    assert (twice, names(twice)) == (once, names(once))
    assert names(once).count("refund_succeeded") <= 1
    assert names(once).count("refund_failed") <= 1


def test_a_refund_that_was_let_off_says_how_much_of_it() -> None:
    assert refund().allowance == NOTHING
    assert refund(allowance=pounds(10)).allowance == pounds(10)
    assert attrs.evolve(refund(), version=3) != refund()
