"""The whole program in this process, to look at from the inside."""

import json
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from sqlalchemy import event

from benchmarks.stages import Stage
from entrypoints.http.app import create_app

Hold = Callable[[], Coroutine[Any, Any, None]]


async def holds(on: Stage) -> Hold:
    """Each call posts one hold, through everything but a socket."""
    resource = await on.add_nights(1)
    body = json.dumps({"quote_id": str(await on.quote(resource.id))}).encode()
    app, key = create_app(on.container), await on.key()

    async def hold() -> None:
        status = await posted(app, "/v1/holds", body, key)
        if status != 201:
            raise RuntimeError(f"answered {status}")

    return hold


async def posted(app: Any, path: str, body: bytes, key: str) -> int:
    """The status of the answer."""
    headers = {
        "content-type": "application/json",
        "content-length": str(len(body)),
        "idempotency-key": str(uuid4()),
    }
    return await sent(app, "POST", path, key, body=body, more=headers)


async def asked(app: Any, path: str, key: str) -> int:
    """The status of the answer."""
    return await sent(app, "GET", path, key, body=b"", more={})


async def sent(
    app: Any, method: str, path: str, key: str, *, body: bytes, more: Mapping[str, str]
) -> int:
    headers = {"host": "127.0.0.1", "authorization": f"Bearer {key}", **more}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    return statuses[0]


async def statements_of_a_hold(on: Stage) -> int:
    """From the key's look-up on."""
    hold = await holds(on)
    await hold()
    with counting(on.container) as counted:
        await hold()
    return len(counted)


@contextmanager
def counting(container: Any) -> Iterator[list[str]]:
    """All that passes the engine; BEGIN and COMMIT are the driver's."""
    counted: list[str] = []

    def count(*arguments: Any) -> None:
        counted.append(arguments[2])

    engine = container.database().engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", count)
