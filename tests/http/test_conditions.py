"""Conditional requests (RFC 9110): nothing is sent twice, nothing is overwritten unseen."""

import pytest

from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


@pytest.fixture
async def booking(any_desk: Desk) -> str:
    return str((await any_desk.hold(await any_desk.rooms())).headers["Location"])


@pytest.mark.parametrize("tags", ['"1"', 'W/"1"', '"7", "1"', "*"])
async def test_what_is_known_is_not_sent_again(any_desk: Desk, booking: str, tags: str) -> None:
    known = await any_desk.get(booking, headers={"If-None-Match": tags})

    assert known.status_code == 304
    assert known.content == b""
    assert known.headers["ETag"] == '"1"'


@pytest.mark.parametrize("tags", ['"2"', "1", "x"])
async def test_what_is_not_known_is_sent(any_desk: Desk, booking: str, tags: str) -> None:
    assert (await any_desk.get(booking, headers={"If-None-Match": tags})).status_code == 200


async def test_everything_with_a_tag_answers_so(desk: Desk) -> None:
    rooms = await desk.rooms()
    quote_id = await desk.quote(rooms)
    for path in (
        f"/v1/resources/{rooms}",
        f"/v1/resources/{rooms}/sales-terms",
        f"/v1/quotes/{quote_id}",
    ):
        shown = await desk.get(path)
        again = await desk.get(path, headers={"If-None-Match": shown.headers["ETag"]})
        assert (shown.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize("step", ["extend", "confirm", "release", "cancel"])
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, (428, "precondition_required")),
        ('"2"', (412, "version_changed")),
        ('W/"1"', (412, "precondition_failed")),
        ('"1", "2"', (412, "precondition_failed")),
        ('"٣"', (412, "precondition_failed")),
        ("1", (412, "precondition_failed")),
        ('"9999999999"', (412, "precondition_failed")),
    ],
)
async def test_nobody_acts_on_what_they_have_not_seen(
    desk: Desk, step: str, condition: str | None, expected: tuple[int, str]
) -> None:
    held = await desk.hold(await desk.rooms())
    before = await desk.get(held.headers["Location"])
    headers = {} if condition is None else {"If-Match": condition.encode()}

    refused = await desk.send("POST", f"{held.headers['Location']}/{step}", headers=headers)

    assert problem(refused) == expected
    assert (await desk.get(held.headers["Location"])).content == before.content


async def test_whatever_is_there_may_be_asked_for(any_desk: Desk, booking: str) -> None:
    confirmed = await any_desk.post(f"{booking}/confirm", headers={"If-Match": "*"})

    assert confirmed.json()["state"] == "confirmed"


async def test_a_contact_is_not_changed_unseen(any_desk: Desk, booking: str) -> None:
    body = {"contact": {"name": "Rui Costa", "email": "rui@example.com"}}
    unseen = await any_desk.send("PATCH", booking, json=body)
    stale = await any_desk.send("PATCH", booking, json=body, headers={"If-Match": '"9"'})

    assert problem(unseen) == (428, "precondition_required")
    assert problem(stale) == (412, "version_changed")
    assert stale.headers["ETag"] == '"1"'


async def test_lists_of_tags_have_an_end(any_desk: Desk, booking: str) -> None:
    refused = await any_desk.get(booking, headers={"If-None-Match": '"1",' * 300})

    assert problem(refused) == (400, "malformed_request")
    assert refused.json()["errors"][0]["parameter"] == "If-None-Match"
