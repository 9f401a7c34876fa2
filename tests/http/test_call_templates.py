"""Kinds of calls over HTTP: kept, counted, and not deleted while somebody uses them."""

import httpx
import pytest

from tests.http.calling import goes_on, rings
from tests.http.desk import Desk, problem
from tests.samples import MINUTE

pytestmark = pytest.mark.anyio

TEMPLATES = "/v1/call-templates"
SALES = {"label": "sales", "greeting": "Hello", "instructions": "Offer the view."}
NUMBER = {"number": "+442079460001", "label": "Desk", "rings_for": {"template": "sales"}}


async def deleted(desk: Desk, one: httpx.Response) -> httpx.Response:
    headers = {"If-Match": one.headers["ETag"]}
    return await desk.send("DELETE", f"{TEMPLATES}/{one.json()['id']}", headers=headers)


async def put(desk: Desk, one: httpx.Response, **changes: str) -> httpx.Response:
    headers = {"If-Match": one.headers["ETag"]}
    path = f"{TEMPLATES}/{one.json()['id']}"
    return await desk.send("PUT", path, json={**SALES, **changes}, headers=headers)


async def test_the_catalogue_is_kept_and_tells_who_uses_it(any_desk: Desk) -> None:
    desk = any_desk
    one = await desk.post(TEMPLATES, SALES)
    assert one.status_code == 201, one.text
    usage = f"{TEMPLATES}/{one.json()['id']}/usage"
    nobody = (await desk.get(usage)).json()
    call = await rings(desk, "pbx-1", template="sales")
    number = await desk.post("/v1/phone-numbers", NUMBER)
    desk.clock.now += MINUTE
    somebody = (await desk.get(usage)).json()

    assert [nobody[name] for name in ("calls", "latest_at", "open_calls", "phone_numbers")] == [
        0,
        None,
        0,
        0,
    ]
    assert (somebody["calls"], somebody["open_calls"], somebody["phone_numbers"]) == (1, 1, 1)
    assert somebody["latest_at"] == call.json()["started_at"]
    assert problem(await deleted(desk, one)) == (409, "call_template_in_use")
    assert problem(await put(desk, one, label="selling")) == (409, "call_template_in_use")

    reworded = await put(desk, one, greeting="Good day")
    assert (reworded.status_code, reworded.json()["greeting"]) == (200, "Good day")
    await goes_on(desk, call, "busy")
    assert problem(await deleted(desk, reworded)) == (409, "call_template_in_use")
    gone = {"If-Match": number.headers["ETag"]}
    await desk.send("DELETE", f"/v1/phone-numbers/{number.json()['id']}", headers=gone)
    assert problem(await deleted(desk, one)) == (412, "version_changed")
    assert (await deleted(desk, reworded)).status_code == 200
    assert problem(await desk.get(usage)) == (404, "call_template_not_found")
    assert (await desk.get(TEMPLATES)).json()["items"] == []


async def test_labels_are_taken_once(desk: Desk) -> None:
    one = await desk.post(TEMPLATES, SALES)
    other = await desk.post(TEMPLATES, {"label": "support"})

    assert problem(await desk.post(TEMPLATES, SALES)) == (409, "call_template_taken")
    assert problem(await put(desk, other)) == (409, "call_template_taken")
    assert [each["label"] for each in (await desk.get(TEMPLATES)).json()["items"]] == [
        "sales",
        "support",
    ]
    assert (await desk.get(one.headers["Location"])).json() == one.json()
