"""What Twilio tells of calls, signed: taken in as fast as it goes, and waited for at half of that.

Each call is told of four times, from ring to end. The floor is a bare route that checks a
signature over the same words and inserts a row, always in one process. Neither is measured before
it has heard of as many others: what is built once is not what a callback costs. A provider has a
few connections open when it is quiet and many when it is not, so both are tried.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import attrs
from twilio.request_validator import RequestValidator

from adapters.signing.signatures import signature_of
from application.kernel.secrets import Secret
from benchmarks.measuring import Effort, Figures
from benchmarks.serving import SERVE, running
from benchmarks.spent import cpu_seconds
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.steady import Message, Steady
from benchmarks.tables import Cell, heading, table
from benchmarks.webhooks import sent
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from tests.servers import at_the_desk, free_port, postgres_server

CALLS = 200
STATUSES = ("initiated", "ringing", "in-progress", "completed")
AT_ONCE = 1_000_000  # a second: all of them are due immediately
CONNECTIONS = (16, 64)
PUBLIC = "https://desk.example.com"
TOKEN = Secret("token")
FORM = "application/x-www-form-urlencoded"


def told(first: int, calls: int) -> list[dict[str, str]]:
    """In the order in which they happen, many calls at a time."""
    return [
        {
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "CallSid": f"CA{number:032x}",
            "CallStatus": status,
            "CallbackSource": "call-progress-events",
            "Called": "+351210000002",
            "Caller": "+351210000001",
            "Direction": "inbound",
            "From": "+351210000001",
            "To": "+351210000002",
            "SequenceNumber": str(sequence),
            "Timestamp": "Mon, 01 Mar 2027 12:00:00 +0000",
        }
        for sequence, status in enumerate(STATUSES)
        for number in range(first, first + calls)
    ]


def several_times_told() -> list[dict[str, str]]:
    """Once to begin with, once as fast as it goes and once at half of that."""
    return [form for time in range(3) for form in told(time * CALLS, CALLS)]


def signed(path: str, forms: Sequence[dict[str, str]]) -> list[Message]:
    validator = RequestValidator(TOKEN.value)
    return [
        (urlencode(form), str(validator.compute_signature(PUBLIC + path, form))) for form in forms
    ]


@attrs.frozen(kw_only=True)
class Speed:
    """`waited` are figures at half the rate of `fast`, `cpu` microseconds of the server each."""

    fast: Figures
    waited: Figures
    cpu: float


async def tried(steady: Steady, messages: Sequence[Message], server: int) -> Speed:
    third = len(messages) // 3
    first, fast_ones, others = (list(messages[at * third :][:third]) for at in range(3))
    await sent(attrs.evolve(steady, messages=first, per_second=AT_ONCE))
    begun = cpu_seconds(server)
    fast, _ = await sent(attrs.evolve(steady, messages=fast_ones, per_second=AT_ONCE))
    cpu = (cpu_seconds(server) - begun) / len(fast_ones) * 1e6
    waited, _ = await sent(attrs.evolve(steady, messages=others, per_second=fast.rate / 2))
    return Speed(fast=fast, waited=waited, cpu=cpu)


async def slug_of(on: Stage) -> str:
    views = on.container.identity.organization_views()
    return str((await views.organization(on.actor)).slug)


async def ours(url: str, folder: Path, processes: int, connections: int) -> Speed:
    secrets = folder / "mounted"
    secrets.mkdir()
    (secrets / "twilio-token").write_text(TOKEN.value)
    async with stage(url, Container(settings=settings_for(url))) as on:
        path = f"/v1/telephony-events/twilio/{await slug_of(on)}"
        port = free_port()
        options = {
            "FRONTDESK_DATABASE_URL": at_the_desk(url),
            "FRONTDESK_DATA_DIR": str(folder),
            "FRONTDESK_SECRETS_DIR": str(secrets),
            "FRONTDESK_HTTP_PORT": str(port),
            "FRONTDESK_HTTP_PROCESSES": str(processes),
            "FRONTDESK_LOG_LEVEL": "ERROR",
            "FRONTDESK_TELEPHONY": "twilio",
            "FRONTDESK_PUBLIC_URL": PUBLIC,
        }
        forms = several_times_told()
        steady = Steady(
            port=port,
            path=path,
            messages=[],
            per_second=AT_ONCE,
            connections=connections,
            media_type=FORM,
            signed_in="X-Twilio-Signature",
        )
        command = [sys.executable, *SERVE]
        async with running(command, options, port) as server:
            return await tried(steady, signed(path, forms), server)


async def floor(url: str, connections: int) -> Speed:
    port = free_port()
    options = {"PEER_DATABASE_URL": url, "PEER_PORT": str(port), "PEER_SECRET": TOKEN.value}
    bodies = [
        json.dumps({"id": f"{form['CallSid']}-{form['SequenceNumber']}", **form})
        for form in several_times_told()
    ]
    now = utc_now()
    messages = [(body, signature_of(body.encode(), [TOKEN], at=now)) for body in bodies]
    command = [sys.executable, "-m", "benchmarks.peers.bare_webhooks"]
    async with running(command, options, port) as server:
        steady = Steady(
            port=port, path="/", messages=[], per_second=AT_ONCE, connections=connections
        )
        return await tried(steady, messages, server)


async def measure(name: str, url: str, processes: int, connections: int) -> list[list[Cell]]:
    with fresh_folder() as folder:
        speeds = {
            "Frontdesk": await ours(url, folder, processes, connections),
            "bare route": await floor(url, connections),
        }
    return [
        [
            f"{name}, {who}",
            connections,
            one.fast.rate,
            one.cpu,
            one.waited.rate,
            one.waited.p50,
            one.waited.p99,
        ]
        for who, one in speeds.items()
    ]


async def run(effort: Effort) -> None:
    processes, rows = effort.processes, list[list[Cell]]()
    for connections in CONNECTIONS:
        with fresh_folder() as folder:
            url = f"sqlite:///{folder / 'callbacks.db'}"
            rows += await measure("SQLite", url, processes, connections)
    with postgres_server(durable=True) as admin_url:
        for connections in CONNECTIONS:
            async with fresh_postgres(admin_url) as url:
                rows += await measure("PostgreSQL", url, processes, connections)
    served_by = "one process" if processes == 1 else f"{processes} processes"
    heading(f"{2 * len(STATUSES) * CALLS} callbacks of {2 * CALLS} calls, {served_by}")
    columns = ["", "connections", "per s", "CPU us each", "at half of it: per s"]
    table([*columns, "p50 ms", "p99 ms"], rows)
