"""One key, one effect."""

import anyio
import httpx
import pytest

from tests.http.desk import Desk, problem, stay

pytestmark = pytest.mark.anyio

OWN = {"x-request-id", "date", "idempotency-replayed", "ratelimit", "traceresponse"}


def essence(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in OWN}
    return answer.status_code, headers, answer.content


async def test_a_repeated_request_is_told_the_same(any_desk: Desk) -> None:
    quote_id = await any_desk.quote(await any_desk.rooms())
    body = {"quote_id": quote_id}
    first = await any_desk.post("/v1/holds", body, key="once")
    again = await any_desk.post("/v1/holds", body, key='"once"')

    assert essence(first) == essence(again)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len((await any_desk.get("/v1/bookings")).json()["items"]) == 1


async def test_a_step_is_repeated_even_though_its_version_is_gone(any_desk: Desk) -> None:
    held = await any_desk.hold(await any_desk.rooms())
    first = await any_desk.step(held, "confirm", key="confirm")
    again = await any_desk.step(held, "confirm", key="confirm")
    other_key = await any_desk.step(held, "confirm", key="another")

    assert essence(first) == essence(again)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert problem(other_key) == (412, "version_changed")


async def test_a_key_stands_for_one_request(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    made = await any_desk.post("/v1/quotes", stay(rooms), key="k")
    spelt_otherwise = dict(reversed(list(stay(rooms).items())))

    assert problem(await any_desk.post("/v1/quotes", stay(rooms, guests=1), key="k")) == (
        422,
        "idempotency_key_reused",
    )
    assert problem(await any_desk.post("/v1/resources", {
        "name": "Double", "zone": "UTC", "offering": {"kind": "hotel", "beds": 2}
    }, key="k")) == (422, "idempotency_key_reused")  # fmt: skip
    again = await any_desk.post("/v1/quotes", spelt_otherwise, key="k")
    assert again.content == made.content


async def test_keys_are_everybodys_own(any_desk: Desk) -> None:
    rooms = await any_desk.rooms()
    colleague = await any_desk.caller()
    mine = await any_desk.post("/v1/quotes", stay(rooms), key="k")
    theirs = await colleague.post("/v1/quotes", stay(rooms), key="k")

    assert mine.json()["id"] != theirs.json()["id"]


async def test_a_refusal_is_not_remembered(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=1)
    held = await any_desk.hold(rooms)
    body = {"quote_id": await any_desk.quote(rooms)}
    refused = await any_desk.post("/v1/holds", body, key="k")
    await any_desk.step(held, "release")

    assert problem(refused) == (409, "sold_out")
    assert (await any_desk.post("/v1/holds", body, key="k")).status_code == 201


async def test_parallel_requests_with_one_key_have_one_effect(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=9)
    body = {"quote_id": await any_desk.quote(rooms)}
    answers: list[httpx.Response] = []

    async def hold() -> None:
        answers.append(await any_desk.post("/v1/holds", body, key="k"))

    async with anyio.create_task_group() as tasks:
        for _ in range(8):
            tasks.start_soon(hold)

    done = [answer for answer in answers if answer.status_code == 201]
    told_to_wait = [answer for answer in answers if answer.status_code != 201]
    assert len({answer.content for answer in done}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in done) == 1
    assert all(answer.headers["Retry-After"] for answer in told_to_wait)
    assert len((await any_desk.get("/v1/bookings")).json()["items"]) == 1


async def test_parallel_requests_share_what_there_is(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=3)
    body = {"quote_id": await any_desk.quote(rooms)}
    statuses: list[int] = []

    async def hold() -> None:
        statuses.append((await any_desk.post("/v1/holds", body)).status_code)

    async with anyio.create_task_group() as tasks:
        for _ in range(8):
            tasks.start_soon(hold)

    assert sorted(statuses) == [201] * 3 + [409] * 5


@pytest.mark.parametrize(
    "key",
    ["", "x" * 256, "two words", 'half"', '"half', "tab\there", "ä".encode().decode("latin-1")],
)
async def test_keys_are_visible_characters(desk: Desk, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")} if key else {}
    refused = await desk.post("/v1/quotes", stay(await desk.rooms()), key="", headers={**headers})

    assert problem(refused) == (400, "idempotency_key_missing")


async def test_keys_may_be_strings_of_structured_fields(desk: Desk) -> None:
    rooms = await desk.rooms()
    made = await desk.post("/v1/quotes", stay(rooms), key='"two words"')

    assert made.status_code == 201
