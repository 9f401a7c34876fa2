"""Papers over HTTP: issued once, corrected by others, printed and found again."""

from typing import Any

import httpx
import pytest

from tests.http.desk import Desk, seats

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
