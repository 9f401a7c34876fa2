"""Whom bookings are made for, as people write it and as it is kept."""

from typing import Any

import pytest

from tests.http.desk import CONTACT, Desk, problem, stay

pytestmark = pytest.mark.anyio


async def quoted(desk: Desk, **contact: Any) -> Any:
    return await desk.post("/v1/quotes", stay(await desk.rooms(), contact={**CONTACT, **contact}))


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("020 7946 0958", "GB", "+442079460958"),
        ("(020) 7946-0958", "gb", "+442079460958"),
        ("+44 20 7946 0958", None, "+442079460958"),
        ("+44 20 7946 0958", "PT", "+442079460958"),
        ("213 456 789", "PT", "+351213456789"),
    ],
)
async def test_phone_numbers_are_taken_as_people_write_them(
    desk: Desk, written: str, country: str | None, kept: str
) -> None:
    made = await quoted(desk, phone=written, country=country)

    assert made.json()["agreement"]["contact"]["phone"] == kept


async def test_a_contact_comes_back_in_one_form(any_desk: Desk) -> None:
    made = await quoted(
        any_desk,
        name="  Nguye\u0302\u0303n Thi\u0323 Minh Khai ",
        email=" Khai@XN--EXMPLE-CUA.de ",
        postcode="sw1a1aa",
        country="gb",
        phone="07400 123456",
    )

    assert (await any_desk.get(made.headers["Location"])).json()["agreement"]["contact"] == {
        "name": "Nguyễn Thị Minh Khai",
        "email": "khai@exämple.de",
        "phone": "+447400123456",
        "postcode": "SW1A 1AA",
        "country": "GB",
    }


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE bookings;--",
        "=HYPERLINK(1)",
        "李 小龍",
        "{{7*7}}",
    ],
)
async def test_what_looks_like_code_is_just_text(any_desk: Desk, name: str) -> None:
    held = await any_desk.hold(await any_desk.rooms(), contact={**CONTACT, "name": name})
    shown = await any_desk.get(held.headers["Location"])

    assert shown.headers["Content-Type"].startswith("application/json")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.json()["agreement"]["contact"]["name"] == name
    assert len((await any_desk.get("/v1/bookings")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("contact", "code", "member"),
    [
        ({"name": "Ana \u202eSousa"}, "bad_name", "name"),
        ({"email": "ana@nowhere"}, "bad_email", "email"),
        ({"phone": "020 7946 0958"}, "bad_phone", "phone"),
        ({"phone": "020 7946 0958", "country": "ZZ"}, "bad_phone", "phone"),
        ({"phone": "12345", "country": "GB"}, "bad_phone", "phone"),
        ({"phone": "+44 20 7946 0958 ext. 12"}, "bad_phone", "phone"),
        ({"postcode": "12345", "country": "GB"}, "bad_postcode", "postcode"),
        ({"postcode": "--", "country": "FR"}, "bad_postcode", "postcode"),
    ],
)
async def test_refusals_name_the_member(desk: Desk, contact: Any, code: str, member: str) -> None:
    refused = await quoted(desk, **contact)

    assert problem(refused) == (422, code)
    assert refused.json()["errors"][0]["pointer"] == f"#/contact/{member}"


async def test_bookings_are_found_by_any_spelling_of_the_address(any_desk: Desk) -> None:
    await any_desk.hold(await any_desk.rooms(), contact={**CONTACT, "email": "ana@exämple.de"})

    found = await any_desk.post("/v1/bookings/search", {"email": "Ana@xn--exmple-cua.de"})

    assert len(found.json()["items"]) == 1
