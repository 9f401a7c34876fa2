"""A desk on a usual day and on one ten times as busy, against what is promised.

50 people and 1,000 bookings an hour, then 500 and 10,000. Each has a connection and a socket of
their own and looks at something every ten seconds, among 10,000 rooms. On SQLite one process does
everything; on PostgreSQL two serve and a third works, with Redis beside them. What the programs
tell of themselves is read from their own pages.
"""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import httpx

from benchmarks import catalogue
from benchmarks.measuring import Effort
from benchmarks.pages_of_figures import Page
from benchmarks.serving import SERVE, NotMeasured, running
from benchmarks.spent import cpu_seconds, memory
from benchmarks.stages import FIRST_NIGHT, Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import Cell, heading, say, table
from benchmarks.visitors import Task
from domain.identity.request_limits import USUAL
from tests.redis_servers import redis_server
from tests.servers import at_the_desk, free_port, postgres_server

SECONDS_A_ROUND = 20.0
ROOM_TYPES, NIGHTS = 30, 60
BETWEEN_LOOKS = 0.5
WORKER = ("-m", "entrypoints.cli.main", "worker")

API_BAR, QUERY_BAR, CACHE_BAR = 200.0, 100.0, 0.7
"""The 95th of a hundred requests and of a hundred statements, in ms, and the share of hits."""


@attrs.frozen(kw_only=True)
class Profile:
    users: int
    bookings_an_hour: int

    @property
    def name(self) -> str:
        return f"{self.users} people, {self.bookings_an_hour:,} bookings an hour"


PROFILES = (
    Profile(users=50, bookings_an_hour=1_000),
    Profile(users=500, bookings_an_hour=10_000),
)


@attrs.frozen(kw_only=True)
class Programs:
    """`groups` are of processes, by what they do; `pages` are where they tell of themselves."""

    groups: Mapping[str, int]
    pages: Sequence[int]

    async def page(self) -> Page:
        async with httpx.AsyncClient(timeout=30) as http:
            answers = [await http.get(f"http://127.0.0.1:{port}/metrics") for port in self.pages]
        return Page.of([answer.text for answer in answers])

    def cpu(self) -> Mapping[str, float]:
        return {name: cpu_seconds(group) for name, group in self.groups.items()}


@attrs.frozen(kw_only=True)
class Day:
    told: Mapping[str, Any]
    page: Page
    cpu: Mapping[str, float]
    most_connections: float

    @property
    def hits(self) -> Mapping[str, float]:
        """Of each cache, the share of what was asked that it knew."""
        every = self.page.by("frontdesk_cache_lookups_total", "cache")
        known = self.page.by("frontdesk_cache_lookups_total", "cache", outcome="hit")
        return {name: known.get(name, 0) / asked for name, asked in every.items() if asked}

    @property
    def hits_of_all(self) -> float:
        by = self.page.by("frontdesk_cache_lookups_total", "outcome")
        return by.get("hit", 0) / max(sum(by.values()), 1)


def looks(rooms: Sequence[str]) -> Mapping[str, Sequence[str]]:
    nights = [FIRST_NIGHT + timedelta(days=number) for number in range(20)]
    until = FIRST_NIGHT + timedelta(days=30)
    return {
        "search": [
            f"/v1/catalogue?location={town}&from={night}&until={night + timedelta(days=3)}"
            for town in catalogue.TOWNS
            for night in nights
        ],
        "words": [f"/v1/catalogue?q=room%200{number:03}" for number in range(1000)],
        "availability": [
            f"/v1/resources/{room}/availability?from={FIRST_NIGHT}&until={until}" for room in rooms
        ],
        "room": [f"/v1/resources/{room}" for room in rooms],
    }


def wishes(rooms: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "kind": "hotel",
            "resource_id": room,
            "contact": {"name": "Ann Bo", "email": "ann@example.com"},
            "check_in": str(FIRST_NIGHT + timedelta(days=night)),
            "check_out": str(FIRST_NIGHT + timedelta(days=night + 2)),
            "rooms": 1,
            "guests": 2,
        }
        for room in rooms
        for night in range(NIGHTS - 2)
    ]


async def lived(programs: Programs, task: Task) -> Day:
    visitors = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.visitors"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    if visitors.stdin is None or visitors.stdout is None:
        raise NotMeasured("the visitors have no pipes")
    visitors.stdin.write(json.dumps(attrs.asdict(task)).encode() + b"\n")
    if (await visitors.stdout.readline()).strip() != b"ready":
        raise NotMeasured("the visitors did not get in")
    before, spent, most = await programs.page(), programs.cpu(), 0.0
    telling = asyncio.create_task(visitors.communicate())
    while not telling.done():
        now = await programs.page()
        used = now.by("db_client_connection_count", "db_client_connection_state")
        most = max(most, used.get("used", 0.0))
        await asyncio.wait([telling], timeout=BETWEEN_LOOKS)
    told = json.loads((await telling)[0] or b'{"outcomes": {"nothing": 1}}')
    wrong = {what: n for what, n in told["outcomes"].items() if what.split()[-1][0] != "2"}
    if wrong:
        raise NotMeasured(f"not all was answered as it should be: {wrong}")
    cpu = {name: after - spent[name] for name, after in programs.cpu().items()}
    page = (await programs.page()).since(before)
    return Day(told=told, page=page, cpu=cpu, most_connections=most)


def percentile(latencies: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return sorted(latencies)[int(share * (len(latencies) - 1))] * 1e3


def report(name: str, profile: Profile, day: Day, programs: Programs) -> None:
    heading(f"{profile.name}: {name}")
    latencies = day.told["latencies"]
    every = [one for some in latencies.values() for one in some]
    rows: list[list[Cell]] = [
        [what, len(some), *(percentile(some, share) for share in (0.5, 0.95, 0.99))]
        for what, some in [*sorted(latencies.items()), ("all", every)]
    ]
    table(["", "times", "p50 ms", "p95 ms", "p99 ms"], rows)
    api = percentile(every, 0.95)
    query = day.page.quantile("db_client_operation_duration_seconds", 0.95) * 1e3
    statements = sum(day.page.by("db_client_operation_duration_seconds_count", "").values())
    say(f"  API p95 {api:.0f} ms {verdict(api < API_BAR)}")
    say(f"  statements: {statements:,.0f}, p95 {query:.1f} ms {verdict(query < QUERY_BAR)}")
    kept = ", ".join(f"{cache} {share:.0%}" for cache, share in sorted(day.hits.items()))
    say(f"  cache hits {day.hits_of_all:.0%} {verdict(day.hits_of_all > CACHE_BAR)}: {kept}")
    say(f"  connections of pools in use, at the most: {day.most_connections:.0f}")
    say(f"  {profile.users} sockets heard {day.told['heard']:,} messages")
    for what, group in programs.groups.items():
        each = ", ".join(f"{size / 2**20:.0f}" for size in memory(group))
        used = day.cpu[what] / day.told["seconds"]
        say(f"  {what}: {used:.0%} of a processor, MiB of each process: {each}")
    asked = sum(map(len, latencies.values()))
    say(f"  {sum(day.cpu.values()) / asked * 1e3:.2f} ms of a processor a request, work included")


def verdict(reached: bool) -> str:  # noqa: FBT001
    return "(reached)" if reached else "(MISSED)"


@attrs.frozen(kw_only=True)
class House:
    """Rooms that are booked, among many that are only looked at."""

    rooms: Sequence[str]
    token: str


async def filled(on: Stage) -> House:
    """Before anybody serves: SQLite has one writer."""
    await catalogue.fill(on)
    rooms = [str((await on.add_nights(NIGHTS)).id) for _ in range(ROOM_TYPES)]
    await on.analyze()
    return House(rooms=rooms, token=await on.key())


def options(url: str, port: int, page: int, folder: Path) -> dict[str, str]:
    return {
        "FRONTDESK_DATABASE_URL": at_the_desk(url),
        "FRONTDESK_HTTP_PORT": str(port),
        "FRONTDESK_METRICS_PORT": str(page),
        "FRONTDESK_DATA_DIR": str(folder),
        "FRONTDESK_LOG_LEVEL": "ERROR",
        "FRONTDESK_REQUEST_LIMITS": ",".join(f"{name}=90000000/60" for name in USUAL),
        "FRONTDESK_REALTIME_SOCKETS_PER_KEY": "1000",
    }


async def measure(house: House, name: str, programs: Programs, port: int, effort: Effort) -> None:
    for profile in PROFILES:
        task = Task(
            port=port,
            token=house.token,
            users=profile.users,
            seconds=effort.seconds * SECONDS_A_ROUND,
            looks_per_second=profile.users / 10,
            bookings_per_second=profile.bookings_an_hour / 3600,
            looks=looks(house.rooms),
            requests=wishes(house.rooms),
            rooms=house.rooms,
        )
        report(name, profile, await lived(programs, task), programs)


async def on_sqlite(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(fresh_folder())
        url = f"sqlite:///{folder}/loads.db"
        house = await filled(await stack.enter_async_context(stage(url)))
        port, page = free_port(), free_port()
        server = await stack.enter_async_context(
            running([sys.executable, *SERVE, "--worker"], options(url, port, page, folder), port)
        )
        programs = Programs(groups={"one process": server}, pages=[page])
        await measure(house, "SQLite", programs, port, effort)


async def on_postgres(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        admin_url = stack.enter_context(postgres_server(durable=True))
        url = await stack.enter_async_context(fresh_postgres(admin_url))
        folder = stack.enter_context(fresh_folder())
        redis = stack.enter_context(redis_server(folder))
        house = await filled(await stack.enter_async_context(stage(url)))
        port, page, works = free_port(), free_port(), free_port()
        beside = {"FRONTDESK_REDIS_URL": redis.url}
        serving = {**options(url, port, page, folder), "FRONTDESK_HTTP_PROCESSES": "2"}
        server = await stack.enter_async_context(
            running([sys.executable, *SERVE], {**serving, **beside}, port)
        )
        worker = await stack.enter_async_context(
            running(
                [sys.executable, *WORKER], {**options(url, port, works, folder), **beside}, works
            )
        )
        programs = Programs(
            groups={"two that serve": server, "worker": worker}, pages=[page, works]
        )
        await measure(house, "PostgreSQL, durable, and Redis", programs, port, effort)


async def run(effort: Effort) -> None:
    await on_sqlite(effort)
    await on_postgres(effort)
