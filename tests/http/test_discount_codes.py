"""Discount codes over HTTP."""

from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem, stay

pytestmark = pytest.mark.anyio

SPRING: dict[str, Any] = {"code": "Spring27", "percent": 10, "limit": 2}
SHOWN = {
    "version": 1,
    "code": "SPRING27",
    "active": True,
    "percent": 10,
    "amount_minor": None,
    "currency": None,
    "minimum_minor": None,
    "valid_from": None,
    "valid_until": None,
    "limit": 2,
    "resource_ids": [],
    "kinds": [],
}


async def created(desk: Desk, **terms: Any) -> httpx.Response:
    answer = await desk.post("/v1/discount-codes", {**SPRING, **terms})
    assert answer.status_code == 201, answer.text
    return answer


async def quoted(desk: Desk, resource_id: str, code: str = "spring27") -> httpx.Response:
    return await desk.post("/v1/quotes", stay(resource_id, discount_code=code))


async def changed(desk: Desk, code: httpx.Response, **terms: Any) -> httpx.Response:
    return await desk.send(
        "PUT",
        f"/v1/discount-codes/{code.json()['id']}",
        json={"active": True, **terms},
        headers={"If-Match": code.headers["ETag"]},
    )


async def test_a_code_is_shown_as_it_was_created(any_desk: Desk) -> None:
    code = await created(any_desk)
    shown = await any_desk.get(code.headers["Location"])
    known = await any_desk.get(
        code.headers["Location"], headers={"If-None-Match": code.headers["ETag"]}
    )

    assert shown.content == code.content
    assert code.json() == {"id": code.json()["id"], **SHOWN}
    assert known.status_code == 304


async def test_a_code_has_a_line_in_the_quote(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    await created(any_desk)
    price = (await quoted(any_desk, rooms)).json()["agreement"]["price"]

    assert [(line["kind"], line["label"]) for line in price["lines"]] == [
        ("charge", "night"),
        ("discount", "code SPRING27"),
    ]
    assert price["total"] == {"minor": 8910, "currency": "EUR"}


async def test_a_code_is_used_up_given_back_and_counted(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=9)
    await created(any_desk)
    held = [await any_desk.hold(rooms, discount_code="SPRING27") for _ in range(3)]

    assert [answer.status_code for answer in held[:2]] == [201, 201]
    assert problem(held[2]) == (409, "discount_used_up")
    await any_desk.step(held[0], "release")
    assert (await any_desk.hold(rooms, discount_code="SPRING27")).status_code == 201
    listed = await any_desk.get("/v1/discount-codes")
    assert [(use["discount_code"]["code"], use["used"]) for use in listed.json()["items"]] == [
        ("SPRING27", 2)
    ]


async def test_a_code_is_changed_and_deactivated_for_quotes_to_come(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    code = await created(any_desk)
    promised = (await quoted(any_desk, rooms)).json()["id"]
    dearer = await changed(any_desk, code, amount_minor=100, currency="EUR", limit=1)
    requoted = (await quoted(any_desk, rooms)).json()
    ended = await changed(any_desk, dearer, percent=10, limit=1, active=False)
    refused = await quoted(any_desk, rooms)
    kept = await any_desk.post("/v1/holds", {"quote_id": promised})

    assert (dearer.status_code, ended.status_code) == (200, 200)
    assert requoted["agreement"]["price"]["total"]["minor"] == 9800
    assert problem(refused) == (409, "discount_no_longer_valid")
    assert kept.json()["agreement"]["price"]["total"]["minor"] == 8910


async def test_a_limit_stays_above_what_is_used(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=9)
    code = await created(any_desk)
    for _ in range(2):
        await any_desk.hold(rooms, discount_code="SPRING27")

    refused = await changed(any_desk, code, percent=10, limit=1)

    assert problem(refused) == (409, "capacity_below_taken")
    assert (await any_desk.get(code.headers["Location"])).content == code.content


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"valid_from": "2027-03-02T00:00:00Z"}, (409, "discount_not_yet_valid")),
        ({"valid_until": "2027-03-01T12:00:00Z"}, (409, "discount_no_longer_valid")),
        ({"minimum_minor": 9901, "currency": "EUR"}, (409, "discount_below_minimum")),
        ({"minimum_minor": 1, "currency": "USD"}, (409, "discount_in_other_currency")),
        ({"kinds": ["training"]}, (409, "discount_not_for_this")),
        (
            {"resource_ids": ["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"]},
            (409, "discount_not_for_this"),
        ),
    ],
)
async def test_a_code_says_why_it_is_good_for_nothing(
    desk: Desk, terms: Any, expected: tuple[int, str]
) -> None:
    await created(desk, **terms)

    assert problem(await quoted(desk, await desk.rooms())) == expected


async def test_codes_that_nobody_gave_out_are_unknown(desk: Desk) -> None:
    refused = await quoted(desk, await desk.rooms())

    assert problem(refused) == (422, "unknown_discount_code")
    assert refused.json()["errors"][0]["pointer"] == "#/discount_code"


@pytest.mark.parametrize(
    "terms",
    [
        {"percent": None},
        {"amount_minor": 100, "currency": "EUR"},
        {"percent": None, "amount_minor": 100},
        {"minimum_minor": 100},
        {"valid_from": "2027-03-02T00:00:00Z", "valid_until": "2027-03-01T00:00:00Z"},
    ],
)
async def test_codes_make_sense(desk: Desk, terms: Any) -> None:
    refused = await desk.post("/v1/discount-codes", {**SPRING, **terms})

    assert problem(refused) == (422, "bad_discount_code")


async def test_a_code_is_given_out_once(any_desk: Desk) -> None:
    await created(any_desk)
    again = await any_desk.post("/v1/discount-codes", {**SPRING, "code": "SPRING27"})

    assert problem(again) == (409, "discount_code_taken")


async def test_whoever_books_does_not_make_codes(desk: Desk) -> None:
    clerk = await desk.caller(frozenset({Permission.WRITE_BOOKINGS}))

    assert problem(await clerk.post("/v1/discount-codes", SPRING)) == (403, "not_permitted")
    assert problem(await clerk.get("/v1/discount-codes")) == (403, "not_permitted")


async def test_the_list_takes_one_statement_however_long_it_is(desk: Desk) -> None:
    for number in range(3):
        await created(desk, code=f"CODE{number}")
    with desk.statements() as seen:
        page = await desk.get("/v1/discount-codes?limit=2")
    rest = await desk.get(f"/v1/discount-codes?limit=2&cursor={page.json()['next']}")

    assert len(seen) == 1
    assert [
        use["discount_code"]["code"] for part in (page, rest) for use in part.json()["items"]
    ] == ["CODE0", "CODE1", "CODE2"]


async def test_a_quote_with_a_code_takes_one_statement_more(desk: Desk) -> None:
    rooms = await desk.rooms()
    await created(desk)
    with desk.statements() as plain:
        await desk.post("/v1/quotes", stay(rooms))
    with desk.statements() as with_code:
        await quoted(desk, rooms)

    assert len(with_code) == len(plain) + 1
