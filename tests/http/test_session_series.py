"""Sessions every week: at the same time on the wall, on sale as the one they are like."""

from typing import Any

import pytest

from tests.http.desk import Desk, problem, seats

pytestmark = pytest.mark.anyio


def series(like: str, **changes: Any) -> dict[str, Any]:
    return {
        "like": like,
        "from": "2027-03-22",
        "until": "2027-04-10",
        "weekdays": [1],
        "starts": "09:30:00",
        "minutes": 420,
        "capacity": 3,
        **changes,
    }


async def test_sessions_follow_the_clock_on_the_wall(any_desk: Desk) -> None:
    desk = any_desk
    like = await desk.session()

    added = await desk.post("/v1/session-series", series(like, name="Weekly", skip=["2027-04-05"]))

    assert added.status_code == 201, added.text
    items = added.json()["items"]
    assert [item["offering"]["starts_at"] for item in items] == [
        "2027-03-22T09:30:00Z",
        "2027-03-29T08:30:00Z",
    ]
    assert {item["name"] for item in items} == {"Weekly"}
    quoted = await desk.post("/v1/quotes", seats(items[1]["id"]))
    assert quoted.status_code == 201, quoted.text
    shown = await desk.get(
        f"/v1/resources/{items[1]['id']}/availability",
        params={"from": "2027-03-29", "until": "2027-03-30"},
    )
    assert [day["free"] for day in shown.json()["days"]] == [3]


async def test_many_sessions_need_no_more_statements(any_desk: Desk) -> None:
    desk = any_desk
    like = await desk.session()
    spent = []
    for until in ("2027-06-01", "2027-09-01"):
        with desk.statements() as statements:
            body = series(like, until=until, weekdays=[1, 2, 3, 4, 5])
            added = await desk.post("/v1/session-series", body)
        assert added.status_code == 201, added.text
        spent.append(len(statements))

    assert spent[0] == spent[1]


async def test_what_cannot_be_repeated_is_refused(any_desk: Desk) -> None:
    desk = any_desk
    rooms, like = await desk.rooms(), await desk.session()

    always = await desk.post("/v1/session-series", series(rooms))
    never = await desk.post("/v1/session-series", series(like, until="2027-03-23", weekdays=[2]))

    assert problem(always) == (409, "never_takes_place")
    assert problem(never) == (422, "bad_recurrence")


async def test_few_is_what_the_desk_says(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=9)
    night = {"from": "2027-03-10", "until": "2027-03-11"}
    address = f"/v1/resources/{rooms}"

    async def fill() -> str:
        shown = await desk.get(f"{address}/availability", params=night)
        return str(shown.json()["days"][0]["fill"])

    assert await fill() == "available"
    await desk.send("PATCH", address, json={"low_at": 9}, headers={"If-Match": "*"})
    assert await fill() == "almost_full"
