"""What is expected of every payment provider, shown on each that can show it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from application.payments.gateway import PaymentAsk, ProviderRefused, UnknownToProvider
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.provider import (
    ProviderEvent,
    ProviderPayment,
    ProviderStatus,
    RefundStatus,
    Subject,
)
from tests.contract.payment_accounts import Account, able_to, account_at
from tests.unit.test_simulator import ask, gbp

pytestmark = pytest.mark.anyio


@pytest.fixture(params=able_to())
async def account(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> AsyncIterator[Account]:
    url = partial(request.getfixturevalue, "localstripe")
    async with account_at(request.param, tmp_path, url) as opened:
        yield opened


def only(*abilities: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("account", able_to(*abilities), indirect=True)


async def started(account: Account, asked: PaymentAsk | None = None) -> ProviderPayment:
    return await account.gateway.start(asked or ask(), key=str(uuid4()))


async def paid(account: Account, *, manual: bool = False) -> ProviderPayment:
    payment = await started(account, ask(manual=manual))
    await account.pays(payment, "success")
    return await account.gateway.look(payment.reference)


async def test_a_payment_waits_for_its_customer(account: Account) -> None:
    asked = ask()
    payment = await started(account, asked)

    assert payment.status is ProviderStatus.REQUIRES_PAYMENT_METHOD
    assert payment.payment_id == asked.payment_id
    assert (payment.amount, payment.captured) == (asked.amount, gbp(0))
    assert payment.client_secret or payment.redirect_url
    assert await account.gateway.look(payment.reference) == payment


async def test_what_opens_a_payment_is_not_printed(account: Account) -> None:
    payment = await started(account)

    openers = [payment.client_secret, payment.redirect_url]
    assert any(openers)
    assert not any(opener in repr(payment) for opener in openers if opener)


async def test_it_is_captured_when_the_customer_pays(account: Account) -> None:
    payment = await paid(account)

    assert (payment.status, payment.captured) == (ProviderStatus.SUCCEEDED, gbp(10_000))
    assert payment.fee is not None


async def test_a_decline_leaves_it_open(account: Account) -> None:
    payment = await started(account)
    await account.pays(payment, "declined")
    declined = await account.gateway.look(payment.reference)
    await account.pays(payment, "success")

    assert declined.status is ProviderStatus.REQUIRES_PAYMENT_METHOD
    assert declined.failure
    assert declined.captured == gbp(0)


@pytest.mark.parametrize(
    ("confirmed", "status"),
    [(True, ProviderStatus.SUCCEEDED), (False, ProviderStatus.REQUIRES_PAYMENT_METHOD)],
)
async def test_the_bank_may_ask(
    account: Account, *, confirmed: bool, status: ProviderStatus
) -> None:
    payment = await started(account)
    await account.pays(payment, "three_d_secure")
    asked = await account.gateway.look(payment.reference)
    await account.answers(asked, confirmed=confirmed)
    answered = await account.gateway.look(payment.reference)

    assert asked.status is ProviderStatus.REQUIRES_ACTION
    assert answered.status is status
    assert (answered.failure is None) is confirmed


async def test_capture_may_be_ours(account: Account) -> None:
    payment = await paid(account, manual=True)
    captured = await account.gateway.capture(payment.reference, gbp(10_000), key="c")

    assert (payment.status, payment.captured) == (ProviderStatus.REQUIRES_CAPTURE, gbp(0))
    assert (captured.status, captured.captured) == (ProviderStatus.SUCCEEDED, gbp(10_000))


@only("partial capture")
async def test_part_of_it_may_be_captured_once(account: Account) -> None:
    payment = await paid(account, manual=True)
    captured = await account.gateway.capture(payment.reference, gbp(4_000), key="c")

    assert (captured.status, captured.captured) == (ProviderStatus.SUCCEEDED, gbp(4_000))
    with pytest.raises(ProviderRefused):
        await account.gateway.capture(payment.reference, gbp(1_000), key="d")


@only("reasons")
async def test_not_more_than_was_authorised(account: Account) -> None:
    payment = await paid(account, manual=True)

    with pytest.raises(ProviderRefused, match="amount_too_large"):
        await account.gateway.capture(payment.reference, gbp(10_001), key="c")


@pytest.mark.parametrize("manual", [False, True])
async def test_what_is_not_captured_is_cancelled(account: Account, *, manual: bool) -> None:
    payment = await paid(account, manual=True) if manual else await started(account)
    cancelled = await account.gateway.cancel(payment.reference, key=str(uuid4()))

    assert cancelled.status is ProviderStatus.CANCELED


async def test_what_is_captured_is_not_cancelled(account: Account) -> None:
    payment = await paid(account)

    with pytest.raises(ProviderRefused):
        await account.gateway.cancel(payment.reference, key=str(uuid4()))


async def test_it_is_given_back_in_parts(account: Account) -> None:
    payment = await paid(account)
    one, other = RefundId(uuid4()), RefundId(uuid4())
    first = await account.gateway.refund(one, payment.reference, gbp(4_000), key=str(one))
    second = await account.gateway.refund(other, payment.reference, gbp(6_000), key=str(other))

    assert (first.refund_id, first.payment_reference) == (one, payment.reference)
    assert (first.status, second.amount) == (RefundStatus.SUCCEEDED, gbp(6_000))
    assert await account.gateway.look_at_refund(second.reference) == second


@only("over-refund")
async def test_never_more_than_was_captured(account: Account) -> None:
    payment = await paid(account)
    refund = account.gateway.refund
    with pytest.raises(ProviderRefused, match="amount_too_large"):
        await refund(RefundId(uuid4()), payment.reference, gbp(10_001), key="1")
    await refund(RefundId(uuid4()), payment.reference, gbp(10_000), key="2")

    with pytest.raises(ProviderRefused, match="charge_already_refunded"):
        await refund(RefundId(uuid4()), payment.reference, gbp(1), key="3")


async def test_what_was_not_paid_is_not_given_back(account: Account) -> None:
    payment = await started(account)

    with pytest.raises(ProviderRefused):
        await account.gateway.refund(RefundId(uuid4()), payment.reference, gbp(1), key="1")


@only("idempotency")
async def test_a_key_does_its_work_once(account: Account) -> None:
    asked = ask()
    first = await account.gateway.start(asked, key="start")
    await account.pays(first, "success")
    again = await account.gateway.start(asked, key="start")
    refund_id = RefundId(uuid4())
    refunds = [
        await account.gateway.refund(refund_id, first.reference, gbp(6_000), key="refund")
        for _ in range(2)
    ]

    assert again == first
    assert refunds[0] == refunds[1]


@only("idempotency")
async def test_a_key_is_good_for_one_thing(account: Account) -> None:
    asked = ask()
    payment = await account.gateway.start(asked, key="key")
    other = attrs.evolve(asked, amount=Money(9_999, "GBP"))

    with pytest.raises(ProviderRefused, match="idempotency_error"):
        await account.gateway.start(other, key="key")
    with pytest.raises(ProviderRefused, match="idempotency_error"):
        await account.gateway.cancel(payment.reference, key="key")


async def test_nobody_knows_what_is_not_there(account: Account) -> None:
    for look in (account.gateway.look, account.gateway.look_at_refund):
        with pytest.raises(UnknownToProvider):
            await look(f"pi_{uuid4().hex}")


async def test_events_say_what_to_look_at(account: Account) -> None:
    payment = await paid(account)
    page = await account.gateway.events(after=None, since=account.began)
    found = [event for event in page.events if event.reference == payment.reference]

    assert found[-1].type == "payment_intent.succeeded"
    assert found[-1].subject is Subject.PAYMENT
    assert found[-1].created_at >= account.began
    assert page.next


async def test_from_a_moment_on_there_may_be_none(account: Account) -> None:
    later = account.began + timedelta(days=1)
    page = await account.gateway.events(after=None, since=later)

    assert (page.events, page.next) == ([], None)


@only("order")
async def test_the_oldest_come_first_however_many_there_are(account: Account) -> None:
    payments = [await paid(account) for _ in range(3)]
    page = await account.gateway.events(after=None, since=account.began, limit=1000)
    done = [event.reference for event in page.events if event.type.endswith(".succeeded")]

    assert done[-3:] == [payment.reference for payment in payments]


@only("going on", "events of refunds")
async def test_pages_follow_each_other(account: Account) -> None:
    payment = await paid(account)
    await account.gateway.refund(RefundId(uuid4()), payment.reference, gbp(1), key="1")
    whole = await account.gateway.events(after=None, since=account.began)
    found, after = list[ProviderEvent](), None
    for _ in range(len(whole.events)):
        page = await account.gateway.events(after=after, since=account.began, limit=1)
        found += page.events
        after = page.next
    last = await account.gateway.events(after=after, since=account.began)

    assert found == list(whole.events)
    assert {event.subject for event in found} == {Subject.PAYMENT, Subject.REFUND}
    assert (last.events, last.next) == ([], after)


@only("balance")
async def test_the_balance_tells_amounts_and_fees(account: Account) -> None:
    payment = await paid(account)
    hour = timedelta(hours=1)
    page = await account.gateway.balance_changes(since=account.began, until=account.began + hour)
    later = await account.gateway.balance_changes(
        since=account.began + hour, until=account.began + 2 * hour
    )

    assert [(change.source, change.amount, change.fee) for change in page.changes] == [
        (payment.reference, gbp(10_000), payment.fee)
    ]
    assert (later.changes, page.next, later.next) == ([], None, None)
