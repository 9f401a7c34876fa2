"""`python -m benchmarks.piped HOTEL CALLS`: both histories, by pipelines, as a user brings them.

Files are handed in over HTTP and read by a worker that is killed twice on the way. Then every
record has to be there once, the same runs again change nothing, and figures are what DuckDB says
of the same lines (`booking_oracle.py`) and what adding them up says of the calls.
"""

import argparse
import asyncio
import base64
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import attrs
import httpx

from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey
from application.identity.set_tier import SetTier
from benchmarks.bank_rows import calls_of, flat, table_of
from benchmarks.booking_figures import AT, ORACLE, ROOMS, counted, lines, on_sale
from benchmarks.serving import NotMeasured
from benchmarks.spent import cpu_seconds
from benchmarks.stages import Stage, fresh_folder, fresh_postgres
from benchmarks.tables import heading, say
from domain.identity.api_keys import Mode
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor, Permission
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.programs import Program, Site
from tests.servers import at_the_desk, owner_of, postgres_server

KILLED_AT = (0.3, 0.6)
PATIENCE = 900.0
ANYTHING = {"If-Match": "*"}
OVER = {"succeeded", "partial", "failed", "cancelled"}
JANUARY = {"from": "1999-01-01T00:00:00Z", "until": "1999-02-01T00:00:00Z", "zone": "UTC"}


@attrs.frozen
class Desk:
    http: httpx.AsyncClient
    actor: Actor

    async def asked(self, method: str, path: str, said: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        answer = await self.http.request(
            method, path, json=said, headers={**headers, **ANYTHING}, timeout=120
        )
        if answer.is_error:
            raise NotMeasured(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    async def piped(self, target: str, kind: str, content: str, **about: Any) -> str:
        """A source with the file in it, and a pipeline that reads it."""
        source = await self.asked("POST", "/v1/data-sources", {"name": target, "kind": kind})
        path = f"/v1/data-sources/{source['id']}"
        file = {"content": base64.b64encode(content.encode()).decode()}
        await self.asked("PUT", f"{path}/file", file)
        await self.asked("POST", f"{path}/validate")
        await self.asked("POST", f"{path}/activate")
        told = {"name": target, "target": target, "source_id": source["id"], **about}
        return str((await self.asked("POST", "/v1/pipelines", told))["id"])

    async def quarantined(self, pipeline: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        after = ""
        while True:
            page = await self.asked("GET", f"/v1/pipelines/{pipeline}/quarantine?limit=100{after}")
            found |= {each["name"]: each["code"] for each in page["items"]}
            if page["next"] is None:
                return found
            after = f"&cursor={page['next']}"


@attrs.frozen
class Ran:
    run: Any
    seconds: float
    cpu: float
    killed: int


async def ran(desk: Desk, worker: Program, pipeline: str, rows: int, *, deaths: bool) -> Ran:
    """To its end, whoever dies on the way."""
    worker.start()
    await asyncio.sleep(2)  # it begins
    left = list(KILLED_AT) if deaths else []
    began, cpu, killed = perf_counter(), 0.0, 0
    run = await desk.asked("POST", f"/v1/pipelines/{pipeline}/runs")
    while run["state"] not in OVER:
        if perf_counter() - began > PATIENCE:
            raise NotMeasured(f"still {run['state']}: {run['counts']}")
        await asyncio.sleep(0.2)
        run = await desk.asked("GET", f"/v1/runs/{run['id']}")
        if left and run["counts"]["read"] >= rows * left[0]:
            left.pop(0)
            cpu += _cpu(worker)
            worker.kill_and_restart()
            killed += 1
    seconds = perf_counter() - began
    cpu += _cpu(worker)
    worker.stop()
    return Ran(run, seconds, cpu, killed)


def _cpu(worker: Program) -> float:
    process = worker._process  # noqa: SLF001
    return cpu_seconds(process.pid) if process is not None else 0.0


async def bring(
    desk: Desk, worker: Program, target: str, content: str, rows: int, **about: Any
) -> str:
    kind = "csv" if target.startswith("past_") else "json_lines"
    pipeline = await desk.piped(target, kind, content, **about)
    first = await ran(desk, worker, pipeline, rows, deaths=rows > 1000)
    again = await ran(desk, worker, pipeline, rows, deaths=False)
    counts = first.run["counts"]
    bad = counts["quarantined"] + counts["conflicts"]
    say(
        f"  {target}: {rows:,} records, {counts['new']:,} taken, {bad:,} refused, worker killed"
        f" {first.killed} times: {first.run['state']} in {first.seconds:.1f} s,"
        f" {rows / first.seconds:,.0f}/s, {1e6 * first.cpu / rows:,.0f} µs of CPU each;"
        f" again {again.seconds:.1f} s, {again.run['counts']['unchanged']:,} unchanged"
    )
    if counts["new"] + bad != rows or counts["changed"]:
        raise NotMeasured(f"{target}: {counts}")
    after = again.run["counts"]
    if after["new"] or after["unchanged"] != counts["new"]:
        raise NotMeasured(f"{target}, again: {after}")
    return pipeline


async def calls_agree(desk: Desk, told: Sequence[Mapping[str, str]], bad: set[str]) -> bool:
    """By day and by hour; by agent those that were answered."""
    good = [call for call in told if call["key"] not in bad]
    right = True
    for interval, length in (("day", 10), ("hour", 13)):
        ours: dict[str, tuple[int, int]] = {}
        for first in range(1, 32):  # no more intervals at once
            span = {"from": f"1999-01-{first:02}T00:00:00Z", "zone": "UTC", "interval": interval}
            until = datetime(1999, 1, first, tzinfo=timezone.utc) + timedelta(days=1)
            span["until"] = until.isoformat().replace("+00:00", "Z")
            query = "&".join(f"{name}={value}" for name, value in span.items())
            found = await desk.asked("GET", f"/v1/analytics/calls/volume?{query}")
            for one in found["intervals"]:
                figures = one["figures"]
                if figures["calls"]:
                    ours[one["from"][:length]] = (figures["calls"], figures["answered"])
        begun = Counter(call["started_at"][:length] for call in good)
        answered = Counter(call["started_at"][:length] for call in good if call["answered_at"])
        theirs = {at: (number, answered[at]) for at, number in begun.items()}
        right &= _same(f"calls by {interval}", sorted(theirs.items()), sorted(ours.items()))
    return right


def _same(name: str, theirs: Sequence[Any], ours: Sequence[Any]) -> bool:
    different = [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]]
    same = not different and len(theirs) == len(ours)
    say(f"  {name}: {len(theirs):,} rows, {'equal' if same else 'DIFFERENT'}")
    for pair in different[:3]:
        say(f"    expected {pair[0]}\n    found    {pair[1]}")
    return same


async def compare(url: str, folder: Path, options: argparse.Namespace) -> bool:
    site = Site(url=url, folder=folder)
    settings = Settings(database_url=at_the_desk(url), database_owner_url=owner_of(url))
    container: Any = Container(settings=settings)
    await container.schema().bring()
    organization = await container.identity.create_organization()(
        CreateOrganization(slug="bank", name="Bank")
    )
    actor = Actor.system(organization.id)
    await container.identity.set_tier()(SetTier(actor=actor, tier=Tier.ENTERPRISE))
    issued = await container.identity.issue_api_key()(
        IssueApiKey(
            actor=actor, name="piped", mode=Mode.TEST, scopes=frozenset(Permission), good_for=None
        )
    )
    serve, worker = Program(site, "serve"), Program(site, "worker")
    serve.start()
    try:
        async with httpx.AsyncClient(
            base_url=site.address, headers={"Authorization": f"Bearer {issued.secret}"}
        ) as http:
            await _up(http)
            return await _brought(Desk(http, actor), worker, container, folder, options)
    finally:
        serve.stop()
        worker.kill()
        await container.database().close()


async def _up(http: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            if (await http.get("/livez")).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.2)
    raise NotMeasured("it does not answer")


async def _brought(
    desk: Desk, worker: Program, container: Any, folder: Path, options: argparse.Namespace
) -> bool:
    stays = list(lines(options.hotel))[: options.most]
    rooms, nights = on_sale(stays)
    numbered = [{"id": f"stay-{at}", **flat(stay)} for at, stay in enumerate(stays)]
    named = [json.dumps({"id": f"span-{at}", **json.loads(one)}) for at, one in enumerate(nights)]
    without_id = {"key": "id", "steps": [{"kind": "drop", "fields": ["id"]}]}
    calls = list(calls_of(options.calls))[: options.most]
    by_key = {"key": "key"}
    lenient = {"most_bad_percent": 100}
    await bring(desk, worker, "offerings", "\n".join(rooms), len(rooms), definition=by_key)
    await bring(desk, worker, "pools", "\n".join(named), len(named), definition=without_id)
    await bring(
        desk,
        worker,
        "past_bookings",
        table_of(numbered),
        len(numbered),
        definition=without_id,
        policy=lenient,
    )
    pipeline = await bring(
        desk,
        worker,
        "past_calls",
        table_of(calls),
        len(calls),
        definition=by_key,
        policy=lenient,
    )
    bad = await desk.quarantined(pipeline)
    say(f"  refused calls: {dict(Counter(bad.values()))}")
    on = Stage(container=container, actor=desk.actor)
    await container.analytics.rebuilt_bookings()(desk.actor.organization_id)
    await container.analytics.rebuilding()(desk.actor.organization_id)
    right = await calls_agree(desk, calls, set(bad))
    kept = folder / "lines.jsonl"
    kept.write_text("\n".join(json.dumps(stay) for stay in stays))
    expected, found = _recomputed(options.oracle, kept), await counted(on)
    for name, rows in expected.items():
        right &= _same(name, rows, found[name])
    return right


def _recomputed(python: str, kept: Path) -> Any:
    done = subprocess.run(  # noqa: S603
        [python, str(ORACLE), str(kept), str(ROOMS), AT.isoformat()],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


async def run(options: argparse.Namespace) -> bool:
    right = True
    if "sqlite" in options.databases:
        with fresh_folder() as folder:
            heading("By pipelines: SQLite, synchronous=FULL")
            right &= await compare(f"sqlite:///{folder}/frontdesk.db", Path(folder), options)
    if "postgres" in options.databases:
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(fresh_folder())
            admin = stack.enter_context(postgres_server(durable=True))
            url = await stack.enter_async_context(fresh_postgres(admin))
            heading("By pipelines: PostgreSQL, durable")
            right &= await compare(url, Path(folder), options)
    return right


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.piped", description=__doc__)
    parser.add_argument("hotel", type=Path, help="resort_hotel.csv.gz")
    parser.add_argument("calls", type=Path, help="anonymous_bank_1999_january.csv.gz")
    parser.add_argument("--most", type=int, help="only so many of each")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--oracle", default="python3", help="a Python that has DuckDB and pytz")
    return 0 if asyncio.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
