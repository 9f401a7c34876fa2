"""From an answer of the API to fifty sockets: how long until whoever watches calls has heard.

The clock starts when the answer to the news has come back, which is after its commit, or a moment
before for listeners who were faster than the answer. With PostgreSQL goes a Redis.
"""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

import httpx

from benchmarks.measuring import Effort
from benchmarks.realtime import SERVE, crowd, options
from benchmarks.serving import NotMeasured, running
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from tests.redis_servers import redis_server
from tests.servers import free_port, postgres_server

SOCKETS = 50
CALLS_A_ROUND = 50
BETWEEN = 0.1  # seconds


async def told(http: httpx.AsyncClient, path: str, said: Mapping[str, Any], key: str) -> Any:
    answer = await http.post(path, json=said, headers={"Idempotency-Key": key})
    if answer.is_error:
        raise NotMeasured(answer.text)
    return answer.json()


async def delays(on: Stage, port: int, calls: int) -> Sequence[float]:
    """In seconds, one for each socket and call that is answered."""
    headers = {"Authorization": f"Bearer {await on.key()}"}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30
    ) as http:
        listening = await crowd(
            http, "calls", listeners=SOCKETS, events=calls, name="call_answered"
        )
        answered = []
        for number in range(calls):
            rings = {"name": f"pbx-{number}", "direction": "inbound"}
            call = await told(http, "/v1/calls/reports", rings, f"rings-{number}")
            up = {"event": "answered", "sequence": 1, "status": "in_progress"}
            await told(http, f"/v1/calls/{call['id']}/news", up, f"up-{number}")
            answered.append(time.time())
            await asyncio.sleep(BETWEEN)
        output, _ = await listening.communicate()
    return sorted(
        max(0.0, moment - answer)
        for answer, moments in zip(answered, json.loads(output), strict=True)
        for moment in moments
    )


async def measured(url: str, folder: str, calls: int, **more: str) -> Sequence[float]:
    port = free_port()
    async with stage(url) as on:
        environment = {**options(url, port), "FRONTDESK_DATA_DIR": folder, **more}
        async with running(SERVE, environment, port):
            return await delays(on, port, calls)


async def run(effort: Effort) -> None:
    rows: list[list[Cell]] = []
    calls = CALLS_A_ROUND * effort.rounds
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        admin = stack.enter_context(postgres_server(durable=True))
        redis = stack.enter_context(redis_server(folder))
        places: Mapping[str, tuple[str, Mapping[str, str]]] = {
            "SQLite": (f"sqlite:///{folder}/calls.db", {}),
            "PostgreSQL and Redis": (
                await stack.enter_async_context(fresh_postgres(admin)),
                {"FRONTDESK_REDIS_URL": redis.url},
            ),
        }
        for name, (url, more) in places.items():
            found = await measured(url, str(folder / name.split()[0]), calls, **more)
            at = [found[len(found) * share // 100] * 1e3 for share in (50, 95, 99)]
            rows.append([name, SOCKETS, calls, *at])
    heading("From an answer to whoever watches calls")
    table(["", "sockets", "messages", "p50 ms", "p95 ms", "p99 ms"], rows)
