"""What was lost on the way is found by comparing, and what nobody knows of is listed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs
import httpx
import pytest

from application.payments.reconcile_yesterday import ReconcileYesterday
from application.payments.reconciliation_ports import Keyset, PageOfNames, ReconciliationWork
from domain.kernel.identifiers import BookingId, RefundId
from domain.kernel.money import Money
from domain.payments.provider import Subject
from tests.http.desk import problem
from tests.http.till import Till
from tests.unit.test_simulator import ask

pytestmark = pytest.mark.anyio


async def reconciled(till: Till) -> dict[str, Any]:
    """The last day."""
    now = till.desk.clock.now
    period = {"since": (now - timedelta(days=1)).isoformat(), "until": now.isoformat()}
    made = await till.desk.post("/v1/reconciliations", period)
    assert made.status_code == 201, made.text
    shown: dict[str, Any] = made.json()
    assert (await till.desk.get(made.headers["Location"])).json() == shown
    return shown


async def test_a_payment_nobody_heard_of_is_mended(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    await till.choose(begun, "success")
    till.desk.clock.passes(timedelta(minutes=5))
    first = await reconciled(till)
    await till.work(booking)
    second = await reconciled(till)

    assert first["mended"] >= 1
    assert (first["findings"], second["findings"]) == ([], [])
    assert second["mended"] == 0
    (totals,) = second["totals"]
    assert (totals["payments"], totals["paid"]["minor"]) == (1, 9900)
    assert (await till.booking(booking)).json()["state"] == "confirmed"


async def test_refunds_are_compared_as_well(till: Till) -> None:
    booking, _ = await till.paid()
    await till.desk.step(booking, "cancel")
    await till.work(booking)
    till.desk.clock.passes(timedelta(minutes=5))
    made = await reconciled(till)

    (totals,) = made["totals"]
    assert (totals["refunds"], totals["refunded"]["minor"]) == (1, 9900)
    assert made["findings"] == []


async def test_what_somebody_did_at_the_provider_is_listed(till: Till) -> None:
    stranger = await till.gateway.start(attrs.evolve(ask(), amount=Money(700, "EUR")), key="x")
    assert stranger.redirect_url
    page = stranger.redirect_url.removeprefix("http://127.0.0.1:8000")
    await till.desk.http.post(f"{page}/success")
    till.desk.clock.passes(timedelta(minutes=5))
    (finding,) = (await reconciled(till))["findings"]

    assert finding == {
        "kind": "unknown_here",
        "subject": "payment",
        "reference": stranger.reference,
        "ours": None,
        "theirs": {"minor": 700, "currency": "EUR"},
    }


async def test_what_goes_out_for_a_refund_that_was_dropped_is_listed(till: Till) -> None:
    booking = await till.held()
    begun = await till.begin(booking)
    await till.choose(begun, "failing_refunds")
    paid = (await till.come_back(begun)).json()["payment"]
    asked = await till.desk.post(f"/v1/payments/{paid['id']}/refunds", {"amount_minor": 2500})
    await decide(till, asked, "approve")
    await till.work(booking)
    till.desk.clock.passes(timedelta(hours=1))
    assert (await reconciled(till))["findings"] == []
    dropped = await decide(till, asked, "drop", {"reason": "paid in cash"})
    refund_id, reference = RefundId(UUID(asked.json()["id"])), await named_there(till, booking)
    late = await till.gateway.refund(refund_id, reference, Money(2500, "EUR"), key="late")
    till.desk.clock.passes(timedelta(seconds=1))  # with this card, it fails in a minute
    (finding,) = (await reconciled(till))["findings"]

    assert dropped.json()["state"] == "rejected"
    assert (finding["kind"], finding["reference"]) == ("unknown_here", late.reference)
    assert (finding["ours"], finding["theirs"]["minor"]) == (None, -2500)


async def decide(till: Till, asked: httpx.Response, step: str, body: Any = None) -> httpx.Response:
    path = f"/v1/refunds/{asked.json()['id']}"
    tag = {"If-Match": (await till.desk.get(path)).headers["ETag"]}
    answer = await till.desk.post(f"{path}/{step}", body, headers=tag)
    assert answer.status_code == 200, answer.text
    return answer


async def named_there(till: Till, booking: httpx.Response) -> str:
    booking_id = BookingId(UUID(booking.json()["id"]))
    (payment,) = await till.desk.container.payments.settlements()(
        till.desk.actor, lambda work: work.payments.locked_of(booking_id)
    )
    return str(payment.provider_reference)


async def test_however_much_was_written_it_is_read_in_parts(till: Till) -> None:
    for _ in range(2):
        await till.paid()
    now, after, names = till.desk.clock.now, None, []
    work = till.desk.container.payments.reconciliation_work()
    while True:

        def read(work: ReconciliationWork, after: Keyset | None = after) -> PageOfNames:
            day = {"since": now, "until": now + timedelta(days=1)}
            return work.reconciliations.written("simulator", **day, after=after, limit=1)

        page = await work(till.desk.actor, read)
        names += page.names
        if page.next is None:
            break
        after = page.next

    assert len(names) == len(set(names)) == 2
    assert {subject for subject, _ in names} == {Subject.PAYMENT}


async def test_every_night_the_day_before_is_compared(till: Till) -> None:
    await till.paid()
    payments, actor = till.desk.container.payments, till.desk.actor
    till.desk.clock.passes(timedelta(days=1))
    due = await payments.unreconciled().organizations(now=till.desk.clock.now)
    found = await payments.reconcile_yesterday()(ReconcileYesterday(actor=actor))
    done = await payments.unreconciled().organizations(now=till.desk.clock.now)

    assert (list(due), found, list(done)) == ([actor.organization_id], 0, [])


async def test_only_what_is_over_can_be_compared(till: Till) -> None:
    now = till.desk.clock.now
    for since, until in (
        (now, now + timedelta(days=1)),
        (now, now),
        (now - timedelta(days=40), now),
    ):
        period = {"since": since.isoformat(), "until": until.isoformat()}
        refused = await till.desk.post("/v1/reconciliations", period)
        assert problem(refused) == (422, "bad_reconciliation_period")
