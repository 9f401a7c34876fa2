"""What a provider says, taken in at 200 a second: until it is answered, and until it is applied.

The floor is a bare route that checks the signature and inserts a row. The payments are real ones
of the simulator, and a worker runs beside the server: it books what was paid and issues papers.

On a machine that others use as well, latencies say as much about them: what a webhook costs the
server in time of a processor, and how that compares with the floor, holds all the same.
"""

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs
from sqlalchemy import select

from adapters.schema.payments import provider_events
from adapters.signing.signatures import signature_of
from adapters.simulator.messages import message_of
from application.bookings.hold_booking import HoldBooking
from application.bookings.pay_booking import PayBooking
from application.kernel.secrets import Secret
from benchmarks.measuring import Effort, Figures
from benchmarks.serving import SERVE, NotMeasured, running
from benchmarks.spent import cpu_seconds
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.steady import Message, Steady
from benchmarks.tables import Cell, heading, table
from domain.payments.provider import ProviderEvent, Subject
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from tests.servers import at_the_desk, free_port, postgres_server

PER_SECOND = 200
SECONDS = 10
TYPES = (
    "payment_intent.created",
    "payment_intent.succeeded",
    "charge.succeeded",
    "charge.updated",
)
"""What is said of one payment; there is something to ask about the first of them only."""
ASKED_ABOUT = 2
WORKER = ("-m", "entrypoints.cli.main", "worker")
UNSUSPICIOUS = 1_000_000  # payments an hour: one member begins all of them
APPLIED_WITHIN, BETWEEN_LOOKS = 120.0, 0.1  # seconds


@attrs.frozen(kw_only=True)
class Intake:
    """`cpu` is what one costs the server, in milliseconds; `applied` has how long each took from
    when it was sent, in seconds.
    """

    figures: Figures
    cpu: float
    applied: Sequence[float]
    messages: Sequence[Message]

    def applied_within(self, share: float) -> float:
        return self.applied[int(share * (len(self.applied) - 1))]


async def paid(on: Stage, number: int) -> list[str]:
    """What so many payments that were made are called at the provider."""
    room = (await on.add_nights(1)).id
    container, actor = on.container, on.actor
    choose = container.payment_providers.pages().choose
    references = []
    for _ in range(number):
        quote_id = await on.quote(room)
        held = await container.bookings.hold_booking()(HoldBooking(actor=actor, quote_id=quote_id))
        begun = await container.payments.pay_booking()(PayBooking(actor=actor, booking_id=held.id))
        await choose(begun.news.redirect_url.rpartition("/")[2], "success")
        references.append(begun.news.reference)
    return references


def signed(references: Sequence[str], secrets: Any) -> list[Message]:
    messages, now = list[Message](), utc_now()
    for reference in references:
        for type in TYPES:
            body = message_of(
                ProviderEvent(
                    id=f"evt_{uuid4().hex}",
                    type=type,
                    subject=Subject.PAYMENT if type.startswith("payment_intent") else None,
                    reference=reference,
                    created_at=now,
                )
            )
            messages.append((body.decode(), signature_of(body, secrets, at=now)))
    return messages


async def weighed(task: Steady, server: int) -> tuple[Figures, float, list[float]]:
    """What one of them costs the server as well, in milliseconds of a processor."""
    spent = cpu_seconds(server)
    figures, sent_at = await sent(task)
    return figures, (cpu_seconds(server) - spent) / len(task.messages) * 1e3, sent_at


async def sent(task: Steady) -> tuple[Figures, list[float]]:
    client = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.steady"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await client.communicate(json.dumps(attrs.asdict(task)).encode())
    told = json.loads(output) if client.returncode == 0 else {"outcomes": {}}
    if told["outcomes"] != {"200": len(task.messages)}:
        raise NotMeasured(f"not all was answered with 200: {told['outcomes']}")
    return Figures.of(told["seconds"], told["latencies"]), sorted(told["sent_at"])


async def applied(on: Stage, expected: int) -> list[float]:
    """When each that was taken in had been dealt with, in order."""
    question = select(provider_events.c.state).where(
        provider_events.c.organization_id == on.actor.organization_id,
        provider_events.c.state == "applied",
    )
    times: list[float] = []
    deadline = time.time() + SECONDS + APPLIED_WITHIN
    while len(times) < expected:
        if time.time() > deadline:
            raise NotMeasured(f"{len(times)} of {expected} were applied")
        await asyncio.sleep(BETWEEN_LOOKS)
        done = await on.container.database().read(
            lambda connection: len(connection.execute(question).all()),
            of=on.actor.organization_id,
        )
        times += [time.time()] * (done - len(times))
    return times


@asynccontextmanager
async def program(options: Mapping[str, str], port: int) -> AsyncIterator[int]:
    """A server, whose processes it yields, and a worker in a process of its own."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, *WORKER, env={**os.environ, **options}
    )
    try:
        async with running([sys.executable, *SERVE], options, port) as server:
            yield server
    finally:
        worker.terminate()
        await worker.wait()


async def ours(url: str, folder: Path, messages_of: int) -> Intake:
    settings = attrs.evolve(
        settings_for(url),
        payments="simulator",
        data_dir=folder,
        actor_payments_per_hour=UNSUSPICIOUS,
    )
    async with stage(url, Container(settings=settings)) as on:
        references = await paid(on, messages_of // len(TYPES))
        slug = (await on.container.identity.organization_views().organization(on.actor)).slug
        with closing(sqlite3.connect(folder / "simulator.db")) as file, file:
            file.execute("UPDATE events SET deliver_at = NULL")  # they are sent from here
        port = free_port()
        options = {
            "FRONTDESK_DATABASE_URL": at_the_desk(url),
            "FRONTDESK_DATA_DIR": str(folder),
            "FRONTDESK_HTTP_PORT": str(port),
            "FRONTDESK_LOG_LEVEL": "ERROR",
            "FRONTDESK_PAYMENTS": "simulator",
        }
        async with program(options, port) as server:
            secrets = on.container.payment_providers.secrets()()
            task = Steady(
                port=port,
                path=f"/v1/provider-events/simulator/{slug}",
                messages=signed(references, secrets),
                per_second=PER_SECOND,
            )
            (figures, cpu, sent_at), done_at = await asyncio.gather(
                weighed(task, server), applied(on, ASKED_ABOUT * len(references))
            )
    asked_about = [at for number, at in enumerate(sent_at) if number % len(TYPES) < ASKED_ABOUT]
    waits = [done - begun for begun, done in zip(asked_about, done_at, strict=True)]
    return Intake(figures=figures, cpu=cpu, applied=sorted(waits), messages=task.messages)


async def floor(url: str, messages: Sequence[Message]) -> tuple[Figures, float]:
    """Signed by nobody else: the same messages, under a secret of its own."""
    port, secret = free_port(), Secret("whsec_floor")
    options = {"PEER_DATABASE_URL": url, "PEER_PORT": str(port), "PEER_SECRET": secret.value}
    bodies = [body for body, _ in messages]
    again = [(body, signature_of(body.encode(), [secret], at=utc_now())) for body in bodies]
    bare = [sys.executable, "-m", "benchmarks.peers.bare_webhooks"]
    async with running(bare, options, port) as server:
        task = Steady(port=port, path="/", messages=again, per_second=PER_SECOND)
        figures, cpu, _ = await weighed(task, server)
    return figures, cpu


async def measure(name: str, url: str, number: int) -> list[list[Cell]]:
    with fresh_folder() as folder:
        intake = await ours(url, folder, number)
    bare, bare_cpu = await floor(url, intake.messages)
    rows: list[list[Cell]] = [
        [f"{name}, {who}", one.rate, one.p50, one.p95, one.p99, cpu]
        for who, one, cpu in (
            ("Frontdesk", intake.figures, intake.cpu),
            ("bare route", bare, bare_cpu),
        )
    ]
    rows[0] += [f"{intake.figures.p99 / bare.p99:.1f}x / {intake.cpu / bare_cpu:.1f}x"]
    rows[0] += [intake.applied_within(0.5), intake.applied_within(0.95)]
    rows[1] += ["", "", ""]
    return rows


async def run(_: Effort) -> None:
    number = PER_SECOND * SECONDS
    with fresh_folder() as folder:
        rows = await measure("SQLite", f"sqlite:///{folder / 'webhooks.db'}", number)
    with postgres_server(durable=True) as admin_url:
        async with fresh_postgres(admin_url) as url:
            rows += await measure("PostgreSQL", url, number)
    heading(f"{number} webhooks at {PER_SECOND} a second, answered and applied")
    names = ["", "per s", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "p99, cpu of the floor"]
    table([*names, "applied p50 s", "applied p95 s"], rows)
