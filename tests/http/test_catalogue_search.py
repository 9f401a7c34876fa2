"""The catalogue as customers look through it; by text, facets, dates, price, in pages."""

from typing import Any

import pytest

from tests.http.desk import ROOMS, SESSION, TERMS, Desk, problem

pytestmark = pytest.mark.anyio

MARCH = {"from": "2027-03-01", "until": "2027-04-01"}
SEASON = {"from": "2027-03-10", "until": "2027-03-20", "price_minor": 12345}


async def on_sale(
    desk: Desk,
    name: str,
    *,
    price: int = 9900,
    rates: dict[str, Any] | None = None,
    opening: dict[str, Any] | None = None,
    **members: Any,
) -> str:
    body = {**ROOMS, **members, "name": name}
    added = await desk.post("/v1/resources", body)
    assert added.status_code == 201, added.text
    address = added.headers["Location"]
    terms = {**TERMS, "rates": {"currency": "EUR", "price_minor": price, **(rates or {})}}
    priced = await desk.send(
        "PUT", f"{address}/sales-terms", json=terms, headers={"If-None-Match": "*"}
    )
    opened = await desk.post(f"{address}/openings", opening or {**MARCH, "capacity": 5})
    assert (priced.status_code, opened.status_code) == (201, 200), (priced.text, opened.text)
    return str(added.json()["id"])


async def found(desk: Desk, **query: Any) -> list[str]:
    page = await desk.get("/v1/catalogue", params=query)
    assert page.status_code == 200, page.text
    return [item["name"] for item in page.json()["items"]]


def hotel(**described: str) -> dict[str, Any]:
    return {"kind": "hotel", "beds": 2, **described}


async def test_words_and_filters_are_all_heeded(any_desk: Desk) -> None:
    desk = any_desk
    await on_sale(desk, "Suíte", description="By the sea", keywords=["quiet", "view"])
    await on_sale(desk, "Attic", offering=hotel(location="Málaga", tier="luxury"))
    await on_sale(desk, "Cellar", category="Odd", keywords=["Dark"])

    assert await found(desk) == ["Attic", "Cellar", "Suíte"]
    assert await found(desk, q="SUITE") == await found(desk, q="sui se") == ["Suíte"]
    assert await found(desk, q="suite attic") == []
    assert await found(desk, q="ttic") == []
    assert await found(desk, location="malaga") == ["Attic"]
    assert await found(desk, tier="luxury") == await found(desk, q="mál") == ["Attic"]
    assert await found(desk, tier="budget") == []
    assert await found(desk, category="ODD") == ["Cellar"]
    assert await found(desk, keywords="dark,view") == ["Cellar", "Suíte"]
    assert await found(desk, kind="training") == []


async def test_dates_and_units_are_heeded(any_desk: Desk) -> None:
    """Searches that ignore them sell what is not there."""
    desk = any_desk
    await on_sale(desk, "Always")
    await on_sale(desk, "Few", opening={**MARCH, "capacity": 1})
    await on_sale(desk, "Early", opening={**MARCH, "until": "2027-03-10", "capacity": 9})
    day = {"from": "2027-03-09", "until": "2027-03-10"}

    assert await found(desk, **day) == ["Always", "Early", "Few"]
    assert await found(desk, **{**day, "until": "2027-03-11"}) == ["Always", "Few"]
    assert await found(desk, **day, units=2) == ["Always", "Early"]
    assert await found(desk, **{**day, "from": "2027-05-01", "until": "2027-05-02"}) == []
    refused = await desk.get("/v1/catalogue", params={"from": "2027-03-09"})
    assert problem(refused) == (422, "dates_incomplete")


async def test_prices_are_those_of_the_first_day(any_desk: Desk) -> None:
    desk = any_desk
    more = {"seasons": [SEASON], "weekdays": [{"weekdays": [6], "percent": 10}]}
    await on_sale(desk, "Seasonal", price=100, rates=more)
    await on_sale(desk, "Middle", price=9900)

    async def prices(**query: Any) -> list[tuple[str, int]]:
        page = await desk.get("/v1/catalogue", params={"sort": "price", **query})
        assert page.status_code == 200, page.text
        return [(one["name"], one["unit_price"]["minor"]) for one in page.json()["items"]]

    def day(number: int) -> dict[str, str]:
        return {"from": f"2027-03-{number:02}", "until": f"2027-03-{number + 1:02}"}

    assert await prices() == [("Seasonal", 100), ("Middle", 9900)]
    assert await prices(**day(10)) == [("Middle", 9900), ("Seasonal", 12345)]
    assert await prices(**day(13)) == [("Middle", 9900), ("Seasonal", 13580)]  # a Saturday
    assert await prices(**day(20)) == [("Seasonal", 110), ("Middle", 9900)]
    limited = {"price_max": 9900, "currency": "EUR"}
    assert await prices(**day(10), **limited) == [("Middle", 9900)]
    assert await prices(**{**limited, "currency": "GBP"}) == []
    refused = await desk.get("/v1/catalogue", params={"price_max": 1})
    assert problem(refused) == (422, "currency_needed")


async def test_only_what_is_on_sale_is_shown(any_desk: Desk) -> None:
    desk = any_desk
    await desk.post("/v1/resources", {**ROOMS, "name": "No rates"})
    draft = await on_sale(desk, "Draft")
    deleted = await on_sale(desk, "Deleted")
    anything = {"If-Match": "*"}
    await desk.post(f"/v1/resources/{draft}/withdraw", headers=anything)
    await desk.send("DELETE", f"/v1/resources/{deleted}", headers=anything)

    assert await found(desk) == []


@pytest.mark.parametrize("order", ["name", "soonest", "price"])
@pytest.mark.parametrize("dates", [{}, MARCH], ids=["any time", "in March"])
async def test_pages_leave_nothing_out(any_desk: Desk, order: str, dates: dict[str, str]) -> None:
    desk = any_desk
    for number in range(3):
        await on_sale(desk, f"Room {number}", price=100 * (number % 2))
    for day in (21, 20, 21):
        times = {"starts_at": f"2027-03-{day}T09:00:00Z", "ends_at": f"2027-03-{day}T10:00:00Z"}
        offering = {**SESSION["offering"], **times}
        await on_sale(desk, f"Course {day}", offering=offering, opening={"capacity": 5})
    query: dict[str, Any] = {**dates, "sort": order}
    everything = await found(desk, **query)

    seen: list[str] = []
    params: dict[str, Any] | None = {**query, "limit": 2}
    while params is not None:
        with desk.statements() as statements:
            page = await desk.get("/v1/catalogue", params=params)
        assert len(statements) <= 1
        seen += [item["name"] for item in page.json()["items"]]
        following = page.json()["next"]
        params = following and {**query, "limit": 2, "cursor": following}

    assert seen == everything
    assert len(seen) == 6
    if order == "soonest":
        courses = [name for name in seen if name.startswith("Course")]
        assert courses == ["Course 20", "Course 21", "Course 21"]
