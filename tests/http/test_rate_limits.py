"""Limits on requests: told with every answer, kept for all, and lost without harm."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import anyio
import httpx
import pytest
from redis import Redis
from redis.crc import key_slot

from application.identity.set_tier import SetTier
from domain.identity.request_limits import RequestLimits
from domain.identity.tiers import Tier
from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.desk import NOW, Caller, Desk, problem, program
from tests.redis_servers import RedisServer

pytestmark = pytest.mark.anyio

FEW = {
    "enterprise.read": (4, 3600),
    "enterprise.write": (3, 3600),
    "enterprise.search": (2, 3600),
    "free.read": (1, 3600),
    "unknown": (2, 3600),
    "public": (3, 3600),
}
POLICY = re.compile(r'"([a-z-]+)";q=([0-9]+);w=([0-9]+)')
LEFT = re.compile(r'"([a-z-]+)";r=([0-9]+);t=([0-9]+)')


def told(answer: httpx.Response, field: str, shape: re.Pattern[str]) -> dict[str, Any]:
    """A list of strings with parameters (RFC 9651)."""
    members = [shape.fullmatch(member) for member in answer.headers[field].split(", ")]
    return {found[1]: (int(found[2]), int(found[3])) for found in members if found}


def left(answer: httpx.Response) -> dict[str, Any]:
    return {name: number for name, (number, _) in told(answer, "RateLimit", LEFT).items()}


@pytest.fixture
async def few(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
) -> AsyncIterator[Desk]:
    async with program(any_url, clock, request_limits=RequestLimits().changed(FEW)) as container:
        yield await Desk.opened(container, clock)


async def test_every_answer_tells_what_is_left(few: Desk) -> None:
    answers = [await few.get("/v1/events"), await few.get("/v1/nothing-here/at-all")]
    answers.append(await few.get("/v1/events"))
    policy = told(answers[0], "RateLimit-Policy", POLICY)

    assert policy == {"read": (4, 3600), "organization": (6_000_000, 60)}
    assert [left(answer)["read"] for answer in (answers[0], answers[2])] == [3, 2]
    assert "RateLimit" not in answers[1].headers  # there is no such route to count


async def test_whoever_asks_too_often_is_told_when_to_come_back(few: Desk) -> None:
    answers = [await few.get("/v1/events") for _ in range(6)]
    refused = answers[-1]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert problem(refused) == (429, "rate_limited")
    assert refused.json()["violated_policies"] == ["read"]
    _, seconds = told(refused, "RateLimit", LEFT)["read"]
    assert 800 < seconds <= int(refused.headers["Retry-After"]) <= 900
    assert "retry_after" not in refused.json()


async def test_each_key_and_each_kind_of_request_has_a_share(few: Desk) -> None:
    other = await few.caller()
    for _ in range(5):
        await few.get("/v1/events")
    rooms = {"name": "x", "zone": "UTC", "offering": {"kind": "hotel", "beds": 2}}

    assert (await other.get("/v1/events")).status_code == 200
    assert (await few.post("/v1/resources", rooms)).status_code == 201
    assert left(await few.get("/v1/flights"))["search"] == 1


async def test_what_is_refused_otherwise_counts_as_well(few: Desk) -> None:
    weak = await few.caller(frozenset({Permission.READ_EVENTS}))
    statuses = [(await weak.post("/v1/holds", {})).status_code for _ in range(4)]

    assert statuses[-1] == 429
    assert statuses[:-1] == [403] * 3


async def test_guesses_are_counted_by_address_and_keep_nobody_else_out(few: Desk) -> None:
    guesser = Caller(http=few.http, headers={"Authorization": "Bearer fd_test_x"})
    statuses = [(await guesser.get("/v1/events")).status_code for _ in range(4)]

    assert statuses == [401, 401, 429, 429]
    assert (await few.get("/v1/events")).status_code == 200


async def test_the_public_is_counted_by_address_and_supervisors_are_not(few: Desk) -> None:
    nobody = few.nobody()
    problems = [(await nobody.get("/problems/sold_out")).status_code for _ in range(4)]
    probes = [await nobody.get("/readyz") for _ in range(10)]

    assert problems == [200, 200, 200, 429]
    assert {probe.status_code for probe in probes} == {200}
    assert "RateLimit" not in probes[0].headers


async def test_another_tier_counts_from_the_answer_on(few: Desk) -> None:
    assert left(await few.get("/v1/events"))["read"] == 3
    command = SetTier(actor=few.actor, tier=Tier.FREE)
    await few.container.identity.set_tier()(command)
    answer = await few.get("/v1/events")

    assert told(answer, "RateLimit-Policy", POLICY)["read"] == (1, 3600)
    assert (await few.get("/v1/events")).status_code == 429


@pytest.mark.parametrize("with_redis", [False, True])
async def test_processes_count_together(
    any_url: str,
    clock: Time,
    request: pytest.FixtureRequest,
    with_redis: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    options: dict[str, Any] = {"request_limits": RequestLimits().changed(FEW)}
    if with_redis:
        options["redis_url"] = request.getfixturevalue("redis_url")
    async with AsyncExitStack() as stack:
        one, two = [
            await stack.enter_async_context(program(any_url, clock, **options)) for _ in range(2)
        ]
        desk = await Desk.opened(one, clock)
        elsewhere = await Desk.opened(two, clock, "other")
        there = Caller(http=elsewhere.http, headers=desk.headers)
        statuses = []
        for _ in range(4):
            statuses += [(await who.get("/v1/events")).status_code for who in (desk, there)]

    assert statuses == [200] * 4 + [429] * 4


async def test_redis_is_asked_once_a_request(
    sqlite_url: str, clock: Time, own_redis: RedisServer
) -> None:
    limits = RequestLimits().changed({**FEW, "enterprise.organization": (9, 3600)})
    async with program(
        sqlite_url, clock, redis_url=own_redis.url, request_limits=limits
    ) as container:
        desk = await Desk.opened(container, clock)
        answers = [await desk.get("/v1/events") for _ in range(3)]
    with Redis.from_url(own_redis.url) as redis:
        said: Any = redis.info("commandstats")
        keys = list(redis.scan_iter())

    assert [sorted(left(answer)) for answer in answers] == [["organization", "read"]] * 3
    assert said["cmdstat_eval"]["calls"] == 3
    assert len(keys) == 2
    assert len({key_slot(key) for key in keys}) == 1  # a cluster runs the script on one server


async def test_without_redis_reads_go_on_and_writes_are_counted_elsewhere(
    sqlite_url: str, own_redis: RedisServer
) -> None:
    clock = Time(NOW)
    limits = RequestLimits().changed(FEW)
    async with program(
        sqlite_url, clock, redis_url=own_redis.url, request_limits=limits
    ) as container:
        desk = await Desk.opened(container, clock)
        rooms = {"name": "x", "zone": "UTC", "offering": {"kind": "hotel", "beds": 2}}
        assert left(await desk.get("/v1/events"))["read"] == 3
        own_redis.stop()
        reads = [(await desk.get("/v1/events")).status_code for _ in range(9)]
        writes = [(await desk.post("/v1/resources", rooms)).status_code for _ in range(5)]
        own_redis.start()
        await anyio.sleep(1.1)
        again = [(await desk.get("/v1/events")).status_code for _ in range(6)]

    assert reads == [200] * 9
    assert writes == [201] * 3 + [429] * 2
    assert again == [200] * 4 + [429] * 2
