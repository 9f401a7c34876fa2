"""From a commit to a thousand sockets: how long until everybody in the room has heard of a hold.

The clock starts when the hold's answer has come back, which is after its commit, or a moment
before for listeners who were faster than the answer.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

import httpx

from benchmarks.measuring import Effort
from benchmarks.serving import NotMeasured, running
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, table
from tests.servers import at_the_desk, free_port, postgres_server

LISTENERS = 1000
CROWDS = 2  # processes of them
HOLDS_A_ROUND = 15
BETWEEN_HOLDS = 0.25
SERVE = (sys.executable, "-m", "entrypoints.cli.main", "serve", "--worker")


async def crowd(
    http: httpx.AsyncClient, room: str, *, listeners: int, events: int, name: str
) -> asyncio.subprocess.Process:
    """So many listeners, as soon as all of them are in the room."""
    answers = [await http.post("/v1/realtime/tickets") for _ in range(listeners)]
    tickets = [answer.json()["ticket"] for answer in answers]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.listeners",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    if process.stdin is None or process.stdout is None:
        raise NotMeasured("the listeners have no pipes")
    task = {
        "port": http.base_url.port,
        "tickets": tickets,
        "room": room,
        "events": events,
        "name": name,
    }
    process.stdin.write(json.dumps(task).encode() + b"\n")
    if (await process.stdout.readline()).strip() != b"ready":
        raise NotMeasured("the listeners did not get in")
    return process


async def delays(on: Stage, port: int, holds: int) -> Sequence[float]:
    """In seconds, one for each listener and hold."""
    resource = await on.add_nights(holds)
    quotes = [await on.quote(resource.id, night=night) for night in range(holds)]
    headers = {"Authorization": f"Bearer {await on.key()}"}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30
    ) as http:
        crowds = [
            await crowd(
                http,
                str(resource.id),
                listeners=LISTENERS // CROWDS,
                events=holds,
                name="booking_held",
            )
            for _ in range(CROWDS)
        ]
        answered = []
        for number, quote in enumerate(quotes):
            held = await http.post(
                "/v1/holds",
                json={"quote_id": str(quote)},
                headers={"Idempotency-Key": f"hold-{number}"},
            )
            if held.status_code != 201:
                raise NotMeasured(held.text)
            answered.append(time.time())
            await asyncio.sleep(BETWEEN_HOLDS)
        outputs = [(await process.communicate())[0] for process in crowds]
    found = [
        max(0.0, moment - answer)
        for output in outputs
        for answer, moments in zip(answered, json.loads(output), strict=True)
        for moment in moments
    ]
    if len(found) != LISTENERS * holds:
        raise NotMeasured(f"{len(found)} of {LISTENERS * holds} messages came")
    return sorted(found)


def options(url: str, port: int) -> dict[str, str]:
    return {
        "FRONTDESK_DATABASE_URL": at_the_desk(url),
        "FRONTDESK_HTTP_PORT": str(port),
        "FRONTDESK_LOG_LEVEL": "ERROR",
        "FRONTDESK_REALTIME_SOCKETS_PER_KEY": str(LISTENERS),
        "FRONTDESK_REALTIME_SILENCE_SECONDS": "3600",
        "FRONTDESK_ALLOW_UNSAFE_DATABASE": "true",
    }


async def measured(url: str, folder: str, holds: int) -> Sequence[float]:
    port = free_port()
    async with stage(url) as on:
        environment = {**options(url, port), "FRONTDESK_DATA_DIR": folder}
        async with running(SERVE, environment, port):
            return await delays(on, port, holds)


async def run(effort: Effort) -> None:
    rows: list[list[Cell]] = []
    holds = HOLDS_A_ROUND * effort.rounds
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        admin = stack.enter_context(postgres_server(durable=True))
        urls = {
            "SQLite": f"sqlite:///{folder}/holds.db",
            "PostgreSQL": await stack.enter_async_context(fresh_postgres(admin)),
        }
        for name, url in urls.items():
            found = await measured(url, str(folder / name), holds)
            at = [found[len(found) * share // 100] * 1e3 for share in (50, 95, 99)]
            rows.append([name, LISTENERS, holds, *at])
    heading("From a commit to everybody in the room")
    table(["", "sockets", "messages", "p50 ms", "p95 ms", "p99 ms"], rows)
