"""Faults of ours: told to nobody but the log, and to it once."""

import logging
from typing import Any

import httpx
import pytest

from application.kernel.refusals import Busy, RateLimited, Unavailable
from domain.identity.api_keys import Mode, draw
from entrypoints.http.app import create_app
from entrypoints.http.front_door import FrontDoor
from entrypoints.http.problems import refused
from entrypoints.wiring.ambient import TimeOrderedIds, below, hexadecimal, seconds
from entrypoints.wiring.telemetry import Untraced
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, problem, program
from tests.servers import free_port

pytestmark = pytest.mark.anyio

INTERNAL = "SELECT * FROM api_keys"


def door(app: Any) -> FrontDoor:
    return FrontDoor(
        app=app, new_id=TimeOrderedIds(), seconds=seconds, serving=Untraced(hexadecimal)
    )


async def ask(app: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        return await client.get("/")


def bugs(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_bug_behind_a_route_is_no_answer(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    rooms = await desk.rooms()
    await desk.container.database().write(
        lambda connection: connection.exec_driver_sql("UPDATE resources SET offering = '{}'"),
        of=desk.actor.organization_id,
    )

    broken = await desk.get(f"/v1/resources/{rooms}")

    assert problem(broken) == (500, "internal_error")
    assert set(broken.json()) == {"type", "title", "status", "code", "detail", "instance"}
    (bug,) = bugs(caplog)
    assert bug.exc_info is not None


async def test_a_bug_outside_of_the_routes_is_none_either(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_scope: Any, _receive: Any, _send: Any) -> None:
        raise RuntimeError(INTERNAL)

    answer = await ask(door(broken))

    assert problem(answer) == (500, "internal_error")
    assert INTERNAL not in answer.text
    (bug,) = bugs(caplog)
    assert bug.exc_info is not None


async def test_half_an_answer_is_broken_off(caplog: pytest.LogCaptureFixture) -> None:
    async def breaks_down(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError(INTERNAL)

    async def never() -> Any:
        raise AssertionError

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message["type"])

    scope = {"type": "http", "method": "GET", "headers": []}
    with pytest.raises(RuntimeError):
        await door(breaks_down)(scope, never, send)

    assert sent == ["http.response.start"]
    assert len(bugs(caplog)) == 1


@pytest.fixture
def hanging_up() -> Any:
    messages = iter(
        [
            {"type": "http.request", "body": b'{"quote_id"', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> Any:
        return next(messages)

    return receive


async def test_a_client_that_hangs_up_is_no_fault_of_ours(
    desk: Desk, hanging_up: Any, caplog: pytest.LogCaptureFixture
) -> None:
    transport: Any = desk.http._transport  # noqa: SLF001  (the app, as it is served)
    headers = {**desk.headers, "Content-Type": "application/json", "Idempotency-Key": "k"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/holds",
        "raw_path": b"/v1/holds",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "app": None,
    }
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    with caplog.at_level(logging.INFO, "frontdesk.access"):
        await transport.app(scope, hanging_up, send)

    assert sent == []
    assert not bugs(caplog)
    assert "gone" in caplog.text


async def test_a_database_that_is_away_is_worth_another_try() -> None:
    url = f"postgresql+asyncpg://nobody@127.0.0.1:{free_port()}/nowhere"
    async with program(url, Time(NOW)) as container:
        transport = httpx.ASGITransport(create_app(container))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            key = draw(Mode.TEST, below)
            away = await client.get("/v1/events", headers={"Authorization": f"Bearer {key}"})

    assert problem(away) == (503, "unavailable")
    assert away.headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("refusal", "status"), [(Busy(), 503), (Unavailable(), 503), (RateLimited(7), 429)]
)
async def test_whoever_may_try_again_is_told_when(refusal: Any, status: int) -> None:
    answer = refused(refusal)

    assert answer.status == status
    assert dict(answer.headers) == {"Retry-After": str(refusal.retry_after)}
    assert b"retry_after" not in answer.body


async def test_requests_are_logged_without_what_is_personal(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    held = await desk.hold(await desk.rooms())
    with caplog.at_level(logging.INFO):
        caplog.clear()
        await desk.get(f"{held.headers['Location']}")
        await desk.post("/v1/bookings/search", {"email": "ana@example.com"})

    told = [vars(record) for record in caplog.records if record.name == "frontdesk.access"]
    assert [(one["method"], one["route"], one["status"]) for one in told] == [
        ("GET", "/v1/bookings/{booking_id}", 200),
        ("POST", "/v1/bookings/search", 200),
    ]
    assert "ana@example.com" not in str(told)
    assert held.json()["id"] not in str(told)
