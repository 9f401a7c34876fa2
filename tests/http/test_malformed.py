"""Requests that are none: refused with everything that is wrong with them."""

import json
from typing import Any, get_args

import pytest

from domain.bookings.life import BookingState
from entrypoints.http.kinds.registry import RequestBody
from tests.http.desk import CONTACT, Desk, problem, stay

pytestmark = pytest.mark.anyio


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


NOWHERE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"
STAY = stay(NOWHERE)
KINDS = sorted(body.SHOWS.kind for body in get_args(RequestBody))
STATES = f"must be one of {', '.join(sorted(state.value for state in BookingState))}"
ONE_OF_THE_KINDS = f"must be one of {', '.join(KINDS)}"


async def faults(desk: Desk, body: Any, path: str = "/v1/quotes") -> dict[str, str]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    refused = await desk.post(path, content=content, headers={"Content-Type": "application/json"})
    assert problem(refused) == (400, "malformed_request"), refused.text
    found = refused.json()["errors"]
    assert found
    return {fault["pointer"]: fault["detail"] for fault in found}


async def test_everything_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    found = await faults(
        desk,
        {
            "kind": "hotel",
            "resource_id": "7",
            "contact": {"name": "A", "fax": "1", "e/mail~": ""},
            "check_in": "2027-02-30",
            "rooms": "1",
            "guests": 201,
        },
    )

    assert found == {
        "#/resource_id": "must be a uuid",
        "#/contact/name": "must have at least 2 characters",
        "#/contact/fax": "is not known here",
        "#/contact/e~1mail~0": "is not known here",
        "#/contact/email": "is required",
        "#/check_in": "must be a date",
        "#/check_out": "is required",
        "#/rooms": "must be of type integer",
        "#/guests": "must be at most 200",
    }


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({**STAY, "kind": "ferry"}, "#/kind", ONE_OF_THE_KINDS),
        ({**STAY, "kind": 1}, "#/kind", ONE_OF_THE_KINDS),
        ({"resource_id": NOWHERE}, "#/kind", ONE_OF_THE_KINDS),
        ([], "#", "must be of type object"),
        (None, "#", "must be of type object"),
        ({**STAY, "rooms": 1.5}, "#/rooms", "must be of type integer"),
        ({**STAY, "rooms": True}, "#/rooms", "must be of type integer"),
        ({**STAY, "rooms": 10**400}, "#/rooms", "must be at most 50"),
        ({**STAY, "rooms": -(10**30)}, "#/rooms", "must be at least 1"),
        ({**STAY, "check_in": 20270310}, "#/check_in", "must be of type string"),
        ({**STAY, "check_in": "10000-01-01"}, "#/check_in", "must be a date"),
        ({**STAY, "contact": []}, "#/contact", "must be of type object"),
        ({**STAY, "contact": None}, "#/contact", "must be of type object"),
        (
            {**STAY, "contact": {**CONTACT, "name": "A\0B"}},
            "#/contact/name",
            "must match ^[^\\x00-\\x1f\\x7f]+$(?!\\n)",
        ),
        (
            {**STAY, "contact": {**CONTACT, "name": "Ana\n"}},
            "#/contact/name",
            "must match ^[^\\x00-\\x1f\\x7f]+$(?!\\n)",
        ),
        (b"", "#", "must be JSON in UTF-8"),
        (b"{", "#", "must be JSON in UTF-8"),
        (b"{} {}", "#", "must be JSON in UTF-8"),
        (b"\xff\xfe{\x00}\x00", "#", "must be JSON in UTF-8"),
        (b'{"a": "\xff"}', "#", "must be JSON in UTF-8"),
        (b'{"a": NaN}', "#", "must be JSON in UTF-8"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "#", "must be JSON in UTF-8"),
        (b'{"kind": "hotel", "kind": "hotel"}', "#/kind", "is there twice"),
        (b'{"a": [1, {"b": 1, "c": {"d": 1, "d": 2}, "b": 3}]}', "#/a/1/c/d", "is there twice"),
        (b'{"a": 1, "a": 2', "#", "must be JSON in UTF-8"),
        (b"\xef\xbb\xbf{}", "#", "must be JSON in UTF-8"),
        (b"{'a': 1}", "#", "must be JSON in UTF-8"),
        (b'{"a": 1,}', "#", "must be JSON in UTF-8"),
        (b'{"a": 01}', "#", "must be JSON in UTF-8"),
        (b'{"a": +1}', "#", "must be JSON in UTF-8"),
        (b'{"a": 0x1}', "#", "must be JSON in UTF-8"),
        (b'{"a": -Infinity}', "#", "must be JSON in UTF-8"),
        (b'{"a": 1} // one', "#", "must be JSON in UTF-8"),
        (b'{"a": "\t"}', "#", "must be JSON in UTF-8"),
        (b"[" * 100_000, "#", "is nested too deeply"),
        (b'{"a":' * 50_000, "#", "is nested too deeply"),
    ],
    ids=range(36),
)  # fmt: skip
async def test_oddities_are_named(desk: Desk, body: Any, pointer: str, detail: str) -> None:
    assert (await faults(desk, body))[pointer] == detail


async def test_half_a_character_is_no_text(desk: Desk) -> None:
    body = json.dumps(STAY).replace("Ana Sousa", "Ana \\ud800 Sousa").encode()

    assert await faults(desk, body) == {
        "#/contact/name": "must have neither NUL nor lone surrogates"
    }


async def test_choices_within_a_body_are_followed(desk: Desk) -> None:
    found = await faults(
        desk,
        {"name": "X", "zone": "UTC", "offering": {"kind": "training", "starts_at": "2027-03-20"}},
        "/v1/resources",
    )

    assert found == {
        "#/offering/starts_at": "must be a date-time",
        "#/offering/ends_at": "is required",
    }


async def test_times_need_their_offset(desk: Desk) -> None:
    offering = {
        "kind": "training",
        "starts_at": "2027-03-20T09:30:00",
        "ends_at": "2027-03-20T10:30:00Z",
    }
    found = await faults(desk, {"name": "X", "zone": "UTC", "offering": offering}, "/v1/resources")

    assert found == {"#/offering/starts_at": "must be a date-time"}


async def test_two_is_a_whole_number_however_it_is_written(desk: Desk) -> None:
    body = json.dumps(stay(await desk.rooms())).replace('"guests": 2', '"guests": 2.0').encode()
    made = await desk.post(
        "/v1/quotes", content=body, headers={"Content-Type": "application/json"}
    )

    assert made.json()["agreement"]["request"]["guests"] == 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/bookings?unknown=1", {"unknown": "is not known here"}),
        ("/v1/bookings?limit=1&limit=2", {"limit": "must be given once"}),
        ("/v1/bookings?limit=0", {"limit": "must be at least 1"}),
        ("/v1/bookings?limit=101", {"limit": "must be at most 100"}),
        ("/v1/bookings?limit=", {"limit": "must be of type integer"}),
        ("/v1/bookings?limit=1_0", {"limit": "must be of type integer"}),
        ("/v1/bookings?limit=%D9%A1", {"limit": "must be of type integer"}),
        ("/v1/bookings?limit=99999999999999999999", {"limit": "must be of type integer"}),
        ("/v1/bookings?state=lost&resource_id=1", {
            "state": STATES,
            "resource_id": "must be a uuid",
        }),
        ("/v1/bookings?state=null", {"state": STATES}),
        ("/v1/bookings?starts_from=1767225600", {"starts_from": "must be a date-time"}),
        ("/v1/bookings?starts_from=2027-03-20T09:30:00", {"starts_from": "must be a date-time"}),
        ("/v1/bookings?reference=%00",
         {"reference": "must match ^[^\\x00-\\x1f\\x7f]+$(?!\\n)"}),
        ("/v1/bookings?email=ana@example.com", {"email": "is not known here"}),
        ("/v1/bookings?reference=12345678901234567",
         {"reference": "must have at most 16 characters"}),
        ("/v1/bookings?cursor=%2B%2B", {"cursor": "must match ^[A-Za-z0-9_-]+$"}),
        ("/v1/availability", {"from": "is required", "until": "is required"}),
        ("/v1/availability?from=today&until=2027-13-01",
         {"from": "must be a date", "until": "must be a date"}),
        ("/v1/events?after=-1", {"after": "must be at least 0"}),
        (f"/v1/bookings/{NOWHERE}?a=1", {"a": "is not known here"}),
        ("/livez?a=1", {"a": "is not known here"}),
        ("/v1/resources?%00=1", {"\ufffd": "is not known here"}),
    ],
)  # fmt: skip
async def test_parameters_are_named(desk: Desk, path: str, expected: dict[str, str]) -> None:
    refused = await desk.get(path)

    assert problem(refused) == (400, "malformed_request")
    assert {fault["parameter"]: fault["detail"] for fault in refused.json()["errors"]} == expected


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"]
)
@pytest.mark.parametrize("parameter", ["starts_from", "starts_before"])
async def test_the_ends_of_the_calendar_break_nothing(
    any_desk: Desk, parameter: str, moment: str
) -> None:
    answer = await any_desk.get(f"/v1/bookings?{parameter}={moment}")

    assert problem(answer) == (422, "far_off")


async def test_steps_have_no_body(desk: Desk) -> None:
    held = await desk.hold(await desk.rooms())
    refused = await desk.step(held, "confirm", json={"force": True})
    nonsense = await desk.step(held, "confirm", content=b"{nonsense")

    assert problem(refused) == problem(nonsense) == (400, "malformed_request")
    assert (await desk.step(held, "confirm", json={})).status_code == 200
