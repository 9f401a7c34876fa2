"""What things cost: the server reckons, and says every line."""

from typing import Any

import pytest

from tests.http.desk import TERMS, Desk, problem, seats, stay

pytestmark = pytest.mark.anyio

ADJUSTMENTS: dict[str, Any] = {
    "group_discounts": [{"party": 5, "percent": 10}, {"party": 10, "percent": 20}],
    "early_bird": [{"days_ahead": 10, "percent": 5}],
    "fees": [
        {"name": "Cleaning", "amount_minor": 2500, "refundable": False},
        {"name": "City levy", "amount_minor": 200, "per": "unit_and_day", "taxed": False},
    ],
    "taxes": [
        {"name": "VAT", "basis_points": 600, "inclusive": True},
        {"name": "Tourist tax", "basis_points": 100, "inclusive": False},
    ],
}
FILLED_IN = {
    **ADJUSTMENTS,
    "fees": [
        {**ADJUSTMENTS["fees"][0], "per": "booking", "taxed": True},
        {**ADJUSTMENTS["fees"][1], "refundable": True},
    ],
}


async def resold(desk: Desk, resource_id: str, **changes: Any) -> Any:
    """On other terms, in the place of those that the desk has set."""
    return await desk.send(
        "PUT",
        f"/v1/resources/{resource_id}/sales-terms",
        json={**TERMS, **changes},
        headers={"If-Match": '"1"'},
    )


async def test_adjustments_are_shown_as_they_were_set(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    before = await any_desk.get(f"/v1/resources/{rooms}/sales-terms")
    weekdays = [{"weekdays": [5, 6], "percent": 20}]
    rates = {**TERMS["rates"], "weekdays": weekdays}
    changed = await resold(any_desk, rooms, rates=rates, adjustments=ADJUSTMENTS)
    shown = await any_desk.get(f"/v1/resources/{rooms}/sales-terms")

    assert set(map(str, before.json()["adjustments"].values())) == {"[]"}
    assert (changed.status_code, changed.content) == (200, shown.content)
    assert shown.json()["adjustments"] == FILLED_IN
    assert shown.json()["rates"]["weekdays"] == weekdays


async def test_a_quote_says_every_line(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=5)
    await resold(any_desk, rooms, adjustments=ADJUSTMENTS)
    request = stay(rooms, night=11, nights=2, rooms=3, guests=5)
    price = (await any_desk.post("/v1/quotes", request)).json()["agreement"]["price"]

    lines = [(line["kind"], line["label"], line["amount"]["minor"]) for line in price["lines"]]
    assert lines == [
        ("charge", "night", 29700),
        ("charge", "night", 29700),
        ("discount", "group", -5940),
        ("discount", "early bird", -2673),
        ("fee", "Cleaning", 2500),
        ("fee", "City levy", 1200),
        ("tax", "Tourist tax", 503),
    ]
    assert [(line["day"], line["refundable"]) for line in price["lines"][:5:4]] == [
        ("2027-03-11", True),
        (None, False),
    ]
    assert price["total"] == {"minor": 54990, "currency": "EUR"}
    assert price["contained"] == [
        {"name": "VAT", "basis_points": 600, "amount": {"minor": 3016, "currency": "EUR"}}
    ]


async def test_fee_and_refund_of_a_cancellation_are_the_whole_price(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    await resold(any_desk, rooms, adjustments=ADJUSTMENTS)
    booking = await any_desk.step(await any_desk.hold(rooms, night=28), "confirm")
    cancelled = (await any_desk.step(booking, "cancel")).json()

    total = cancelled["agreement"]["price"]["total"]["minor"]
    kept = 2500 + 24  # cleaning is not given back, nor one percent of 23.58 without VAT
    assert cancelled["cancellation"]["fee"]["minor"] == kept
    assert cancelled["cancellation"]["refund"]["minor"] == total - kept


async def test_groups_are_counted_in_people_of_one_booking(desk: Desk) -> None:
    session = await desk.session(capacity=12)
    await resold(desk, session, adjustments={"group_discounts": [{"party": 5, "percent": 10}]})

    async def total(*attendees: str) -> int:
        quoted = await desk.post("/v1/quotes", seats(session, *attendees))
        assert quoted.status_code == 201, quoted.text
        await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})
        return int(quoted.json()["agreement"]["price"]["total"]["minor"])

    people = ["Ana Sousa", "Rui Costa", "Eva Lima", "Ida Reis", "Leo Dias"]
    assert [await total(*people[:3]), await total(*people[2:])] == [29700, 29700]
    assert await total(*people) == 49500 - 4950


@pytest.mark.parametrize("member", ["amount", "price", "total", "price_minor", "discount"])
async def test_nobody_sends_amounts(desk: Desk, member: str) -> None:
    request = {**stay(await desk.rooms()), member: 1}
    quoted = await desk.post("/v1/quotes", request)
    quote_id = await desk.quote(request["resource_id"])
    held = await desk.post("/v1/holds", {"quote_id": quote_id, member: 1})

    assert problem(quoted) == problem(held) == (400, "malformed_request")
    assert f"#/{member}" in {error["pointer"] for error in held.json()["errors"]}


@pytest.mark.parametrize(
    ("adjustments", "expected"),
    [
        ({"group_discounts": [{"party": 5, "percent": 1}] * 2}, (422, "bad_discount")),
        ({"fees": [{"name": "Linen", "amount_minor": 0}]}, (422, "bad_fees")),
        ({"fees": [{"name": "Linen", "amount_minor": 1}] * 2}, (422, "bad_fees")),
        (
            {"taxes": [{"name": "VAT", "basis_points": 1, "inclusive": True}] * 2},
            (422, "bad_taxes"),
        ),
        ({"early_bird": [{"days_ahead": 0, "percent": 1}]}, (400, "malformed_request")),
        ({"taxes": [{"name": "VAT", "basis_points": 1}]}, (400, "malformed_request")),
    ],
)
async def test_adjustments_make_sense(
    desk: Desk, adjustments: Any, expected: tuple[int, str]
) -> None:
    assert problem(await resold(desk, await desk.rooms(), adjustments=adjustments)) == expected
