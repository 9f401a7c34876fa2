"""Papers over HTTP: issued once, corrected by others, printed and found again."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, problem, seats

pytestmark = pytest.mark.anyio


async def booked(desk: Desk, *names: str, session: str | None = None) -> httpx.Response:
    """Confirmed, for two at 99.00 each."""
    session = session or await desk.session(capacity=20)
    quoted = await desk.post("/v1/quotes", seats(session, *(names or ("Ana Sousa", "Bea Sousa"))))
    held = await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})
    confirmed = await desk.step(held, "confirm")
    assert confirmed.status_code == 200, confirmed.text
    return confirmed


async def papers_of(desk: Desk, booking: httpx.Response) -> list[dict[str, Any]]:
    issued = await desk.post(f"/v1/bookings/{booking.json()['id']}/papers")
    assert issued.status_code == 200, issued.text
    shown = await desk.get(f"/v1/bookings/{booking.json()['id']}/papers")
    items: list[dict[str, Any]] = shown.json()["items"]
    assert len(items) == len(issued.json()["items"])
    return items


def told(papers: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted((paper["kind"], paper["number"], paper["state"]) for paper in papers)


def of_kind(papers: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [paper for paper in papers if paper["kind"] == kind]


async def test_a_confirmed_booking_has_a_voucher_and_an_invoice_once(any_desk: Desk) -> None:
    desk = any_desk
    booking = await booked(desk)
    reference = booking.json()["reference"]
    papers = await papers_of(desk, booking)
    assert told(papers) == [
        ("invoice", "INV-2027-00001", "issued"),
        ("voucher", f"{reference}-1", "issued"),
    ]
    assert await papers_of(desk, booking) == papers
    (invoice,) = of_kind(papers, "invoice")
    assert invoice["amount"] == invoice["due"] == {"minor": 19800, "currency": "EUR"}
    assert invoice["due_on"] == "2027-03-15"


async def test_a_paper_is_printed_once_and_the_same_for_everybody(any_desk: Desk) -> None:
    desk = any_desk
    booking = await booked(desk)
    for paper in await papers_of(desk, booking):
        first = await desk.get(f"/v1/papers/{paper['id']}/pdf")
        again = await desk.get(f"/v1/papers/{paper['id']}/pdf")
        assert first.content.startswith(b"%PDF-1.7")
        assert first.headers["content-type"] == "application/pdf"
        assert paper["number"] in first.headers["content-disposition"]
        assert first.content == again.content


async def test_what_was_paid_is_no_longer_due(any_desk: Desk) -> None:
    desk = any_desk
    booking = await booked(desk)
    await papers_of(desk, booking)
    paid = await desk.post(
        f"/v1/bookings/{booking.json()['id']}/payments/by-hand",
        {"method": "cash", "amount_minor": 19800, "currency": "EUR"},
    )
    assert paid.status_code == 201, paid.text
    (invoice,) = of_kind(await papers_of(desk, booking), "invoice")

    assert invoice["state"] == "paid"
    assert invoice["due"] == {"minor": 0, "currency": "EUR"}


async def test_a_cancelled_booking_has_a_credit_note(desk: Desk) -> None:
    booking = await booked(desk)
    await papers_of(desk, booking)
    cancelled = await desk.step(booking, "cancel")
    assert cancelled.status_code == 200, cancelled.text
    papers = await papers_of(desk, booking)

    (invoice,), (note,) = (of_kind(papers, kind) for kind in ("invoice", "credit_note"))
    assert invoice["state"] == "void"
    assert (note["number"], note["corrects"]) == ("CN-2027-00001", invoice["id"])
    assert note["amount"] == {"minor": -19800, "currency": "EUR"}
    (voucher,) = of_kind(papers, "voucher")
    assert voucher["state"] == "withdrawn"


async def test_a_paper_is_issued_again_for_nothing_and_then_for_a_fee(desk: Desk) -> None:
    booking = await booked(desk)
    (invoice,) = of_kind(await papers_of(desk, booking), "invoice")
    path = f"/v1/papers/{invoice['id']}"
    again = await desk.post(f"{path}/reissues")
    assert (again.status_code, again.json()["number"]) == (200, invoice["number"])
    assert [one["fee"] for one in again.json()["reissues"]] == [None]

    desk.clock.passes(timedelta(days=19 + 91))
    for _ in range(4):
        again = await desk.post(f"{path}/reissues")
    fees = [one["fee"] for one in again.json()["reissues"]]
    assert fees == [None, *[{"minor": 500, "currency": "EUR"}] * 4]
    await desk.relay()
    charging = desk.container.payments.charge_paper_fees()
    organization_id = desk.actor.organization_id
    await desk.container.event_relay().deliver(charging, organization_id, limit=100)
    money = (await desk.get(f"/v1/bookings/{booking.json()['id']}/money")).json()
    assert (money["paper_fees"]["minor"], money["owed"]["minor"]) == (2000, 21800)
    assert problem(await desk.post(f"{path}/reissues")) == (409, "too_many_reissues")
    sent = await desk.post(f"{path}/send")
    assert sent.status_code == 202, sent.text
    assert problem(
        await desk.post(f"{path}/revoke", {"reason": "no"}, headers={"If-Match": "*"})
    ) == (409, "no_certificate")


async def test_papers_are_found_by_number_and_counted(any_desk: Desk) -> None:
    desk = any_desk
    for _ in range(2):
        await papers_of(desk, await booked(desk))
    found = await desk.get("/v1/papers?number=INV-2027-00002")
    counted = await desk.get("/v1/papers/statistics?year=2027")

    assert [paper["number"] for paper in found.json()["items"]] == ["INV-2027-00002"]
    assert counted.json()["items"] == [
        {
            "month": "2027-03",
            "kind": "invoice",
            "papers": 2,
            "total": {"minor": 39600, "currency": "EUR"},
        },
        {"month": "2027-03", "kind": "voucher", "papers": 2, "total": None},
    ]


async def test_a_list_of_papers_costs_the_same_however_long_it_is(desk: Desk) -> None:
    costs = []
    for more in (1, 3):
        for _ in range(more):
            await papers_of(desk, await booked(desk))
        with desk.statements() as seen:
            await desk.get("/v1/papers")
        costs.append(len(seen))

    assert costs[0] == costs[1] == 2, "the papers, and what was paid"


async def test_a_booking_goes_into_calendars_and_out_again(desk: Desk) -> None:
    booking = await booked(desk)
    path = f"/v1/bookings/{booking.json()['id']}/calendar"
    entered = await desk.get(path)
    cancelled = await desk.step(booking, "cancel")
    taken_out = await desk.get(path)

    assert entered.headers["content-type"] == "text/calendar; method=REQUEST; charset=utf-8"
    assert f"UID:{booking.json()['id']}@frontdesk" in entered.text
    assert "METHOD:CANCEL" in taken_out.text
    assert f"SEQUENCE:{cancelled.json()['version']}" in taken_out.text
    held = await desk.hold(await desk.rooms())
    refused = await desk.get(f"/v1/bookings/{held.json()['id']}/calendar")
    assert problem(refused) == (409, "not_confirmed")


async def test_an_itinerary_has_one_invoice_that_each_booking_lists(desk: Desk) -> None:
    session = await desk.session(capacity=20)
    quotes = [
        (await desk.post("/v1/quotes", seats(session, name))).json()["id"]
        for name in ("Ana Sousa", "Bea Sousa")
    ]
    held = await desk.post("/v1/itineraries", {"quote_ids": quotes})
    confirmed = await desk.post(
        f"/v1/itineraries/{held.json()['id']}/confirm", headers={"If-Match": "*"}
    )
    assert confirmed.status_code == 200, confirmed.text
    path = f"/v1/itineraries/{held.json()['id']}/invoices"
    (joint,) = (await desk.post(path)).json()["items"]
    assert joint["number"] == "INV-2027-00001"
    assert (await desk.post(path)).json()["items"] == []

    due = []
    for booking in confirmed.json()["bookings"]:
        listed = await desk.get(f"/v1/bookings/{booking['id']}/papers?kind=invoice")
        (invoice,) = listed.json()["items"]
        assert (invoice["id"], invoice["state"]) == (joint["id"], "issued")
        due.append(invoice["due"]["minor"])
        paid = await desk.post(
            f"/v1/bookings/{booking['id']}/payments/by-hand",
            {"method": "cash", "amount_minor": 9900, "currency": "EUR"},
        )
        assert paid.status_code == 201, paid.text
        issued = await desk.post(f"/v1/bookings/{booking['id']}/papers")
        assert [one["kind"] for one in issued.json()["items"]].count("voucher") == 1
    assert due == [19800, 9900]
    shown = await desk.get(f"/v1/papers/{joint['id']}")
    assert (shown.json()["state"], shown.json()["due"]["minor"]) == ("paid", 0)
    printed = await desk.get(f"/v1/papers/{joint['id']}/pdf")
    assert printed.content.startswith(b"%PDF-1.7")
