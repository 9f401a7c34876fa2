"""How large, how long, how many."""

import asyncio
from typing import Any

import httpx
import pytest

from entrypoints.http.front_door import FrontDoor
from entrypoints.http.limits import Limits
from entrypoints.wiring.ambient import TimeOrderedIds, hexadecimal, seconds
from entrypoints.wiring.telemetry import Untraced
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


async def answer(send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


def client(app: Any, *, longest: float = 5, at_once: int = 2) -> httpx.AsyncClient:
    door = FrontDoor(
        app=Limits(app=app, seconds=longest, at_once=at_once),
        new_id=TimeOrderedIds(),
        seconds=seconds,
        serving=Untraced(hexadecimal),
    )
    transport = httpx.ASGITransport(door, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://desk")


async def test_an_address_has_an_end(desk: Desk) -> None:
    for path in ("/livez?" + "a" * 8200, "/" + "a" * 8200):
        assert problem(await desk.get(path)) == (414, "address_too_long")


@pytest.mark.parametrize(
    "headers",
    [
        {f"X-Any-{number}": "1" for number in range(101)},
        {"X-Any": "a" * 40_000},
        {"A" * 40_000: ""},
    ],
)
async def test_headers_have_an_end(desk: Desk, headers: dict[str, str]) -> None:
    assert problem(await desk.get("/livez", headers=headers)) == (431, "headers_too_large")


async def test_what_takes_too_long_is_ended_and_answered() -> None:
    ended = asyncio.Event()

    async def slow(_scope: Any, _receive: Any, _send: Any) -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ended.set()

    async with client(slow, longest=0.02) as http:
        refused = await http.get("/")

    assert problem(refused) == (504, "took_too_long")
    assert refused.headers["Retry-After"] == "1"
    assert ended.is_set()


async def test_an_answer_that_goes_on_is_not_ended() -> None:
    async def streams(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(10):
            await asyncio.sleep(0.05)
            await send({"type": "http.response.body", "body": b".", "more_body": True})
        await send({"type": "http.response.body"})

    async with client(streams, longest=0.4) as http:
        assert (await http.get("/")).text == "." * 10


async def test_a_client_that_dribbles_is_not_waited_for() -> None:
    async def reads(_scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["more_body"]:
            pass
        await answer(send)

    async def dribble() -> Any:
        while True:
            yield b" "
            await asyncio.sleep(0.005)

    async with client(reads, longest=0.05) as http:
        assert problem(await http.post("/", content=dribble())) == (504, "took_too_long")


async def test_half_an_answer_that_takes_too_long_is_broken_off() -> None:
    async def stalls(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(30)

    async def never() -> Any:
        raise AssertionError

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message["type"])

    door = FrontDoor(
        app=Limits(app=stalls, seconds=0.02, at_once=1),
        new_id=TimeOrderedIds(),
        seconds=seconds,
        serving=Untraced(hexadecimal),
    )
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [],
    }
    with pytest.raises(Exception, match="not ready in time"):
        await door(scope, never, send)

    assert sent == ["http.response.start"]


async def test_a_timeout_of_somebody_else_is_a_fault_of_ours() -> None:
    async def fails(_scope: Any, _receive: Any, _send: Any) -> None:
        raise TimeoutError

    async with client(fails) as http:
        assert problem(await http.get("/")) == (500, "internal_error")


async def test_no_more_than_so_many_at_once_and_all_of_them_again_afterwards() -> None:
    going, inside = asyncio.Event(), asyncio.Semaphore(0)

    async def waits(scope: Any, _receive: Any, send: Any) -> None:
        if scope["path"] != "/livez":
            inside.release()
            await going.wait()
        await answer(send)

    async with client(waits, at_once=2) as http:
        running = [asyncio.create_task(http.get("/")) for _ in range(2)]
        for _ in running:
            await inside.acquire()
        refused = await http.get("/")
        alive = await http.get("/livez")
        going.set()
        answered = await asyncio.gather(*running)
        again = await asyncio.gather(http.get("/"), http.get("/"))

    assert problem(refused) == (503, "overloaded")
    assert refused.headers["Retry-After"] == "1"
    assert alive.status_code == 204
    assert [one.status_code for one in (*answered, *again)] == [204] * 4
