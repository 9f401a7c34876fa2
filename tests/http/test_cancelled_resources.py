"""What the company cancels, from the desk to the customer's inbox."""

from uuid import UUID

import pytest

from application.bookings.cancel_bookings_of import CancelSomeBookings
from domain.kernel.identifiers import ResourceId
from tests.http.desk import Desk, problem, seats

pytestmark = pytest.mark.anyio


async def test_a_session_is_cancelled_for_everybody(any_desk: Desk) -> None:
    desk = any_desk
    course = await desk.session(capacity=5)
    quoted = await desk.post("/v1/quotes", seats(course, "Ana Sousa", "Rui Costa"))
    held = await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})
    await desk.step(held, "confirm")
    shown = await desk.get(f"/v1/resources/{course}")
    path = f"/v1/resources/{course}/cancel"
    headers = {"If-Match": shown.headers["ETag"]}

    assert problem(await desk.post(path, {"reason": "snow"})) == (428, "precondition_required")
    cancelled = await desk.post(path, {"reason": "snow"}, headers=headers)
    begun = await desk.get(f"/v1/resources/{course}/cancellation")
    some = CancelSomeBookings(actor=desk.actor, stock=ResourceId(UUID(course)), reason="snow")
    assert await desk.container.bookings.cancel_some_bookings()(some) == 1
    done = await desk.get(f"/v1/resources/{course}/cancellation")

    assert cancelled.status_code == 200
    assert (begun.json()["open"], begun.json()["cancelled"]) == (1, 0)
    assert (done.json()["open"], done.json()["cancelled"]) == (0, 1)
    assert done.json()["refunds"] == [{"minor": 19800, "currency": "EUR"}]
    booking = (await desk.get(held.headers["Location"])).json()
    assert booking["state"] == "cancelled"
    assert booking["cancellation"]["refund"] == {"minor": 19800, "currency": "EUR"}
    assert problem(await desk.post("/v1/quotes", seats(course))) == (409, "not_for_sale")


async def test_rooms_are_not_called_off(desk: Desk) -> None:
    rooms = await desk.rooms()
    refused = await desk.post(
        f"/v1/resources/{rooms}/cancel", {"reason": "snow"}, headers={"If-Match": '"1"'}
    )
    nowhere = await desk.get("/v1/resources/01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10/cancellation")

    assert problem(refused) == (409, "never_takes_place")
    assert problem(nowhere) == (404, "resource_not_found")
