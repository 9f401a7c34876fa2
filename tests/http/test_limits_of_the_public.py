"""Limits for those of whom nothing is known yet, and behind which wall they are counted."""

from collections.abc import Callable
from typing import Any

import anyio
import pytest
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import ProgrammingError

from adapters.schema.people import sign_in_tries
from adapters.schema.rate_limits import rate_limits
from adapters.sql.database import EVERYBODY, NOBODY
from application.kernel.rate_limits import PUBLIC
from domain.identity.request_limits import Counted, RequestLimits
from domain.kernel.identifiers import OrganizationId
from tests.fakes.time import Time
from tests.http.desk import NOW, Caller, Desk, problem, program
from tests.http.people import Staff
from tests.http.test_access import EVERY, named
from tests.redis_servers import RedisServer
from tests.samples import OTHER_DESK

pytestmark = pytest.mark.anyio

ONE = {"sign-in": (1, 3600), "sign-up": (1, 3600)}
OF_PEOPLE = [one for one in EVERY if one.operation.tag == "sessions" and not one.operation.needs]


async def test_whoever_is_nobody_yet_has_a_limit_before_anything_is_read(
    sqlite_url: str, clock: Time
) -> None:
    limits = RequestLimits().changed(ONE)
    async with program(sqlite_url, clock, request_limits=limits) as container:
        nobody = (await Desk.opened(container, clock)).nobody()
        for path in ("/v1/sessions", "/v1/registrations"):
            assert (await nobody.post(path, {}, key="")).status_code == 400
        answers = {named(one): await nobody.post(one.path, key="") for one in OF_PEOPLE}

    assert {one.operation.counts_as for one in OF_PEOPLE} == {Counted.SIGN_IN, Counted.SIGN_UP}
    assert len(answers) == 6
    for name, answer in answers.items():
        policy = "sign-up" if "registrations" in name else "sign-in"
        assert problem(answer) == (429, "rate_limited"), name
        assert answer.json()["violated_policies"] == [policy], name
        assert 3540 < int(answer.headers["Retry-After"]) <= 3600, name


async def test_nobody_signs_in_while_it_cannot_be_counted(
    sqlite_url: str, own_redis: RedisServer
) -> None:
    clock = Time(NOW)
    async with program(sqlite_url, clock, redis_url=own_redis.url) as container:
        staff = await Staff.of(await Desk.opened(container, clock))
        own_redis.stop()
        refused = [await staff.sign_in() for _ in range(2)]
        account = await staff.ada.get("/v1/me")
        own_redis.start()
        await anyio.sleep(1.1)
        again = await staff.sign_in()

    assert {problem(one) for one in refused} == {(503, "unavailable")}
    assert (account.status_code, again.status_code) == (200, 201)


async def kept(desk: Desk, table: Table, column: str, of: OrganizationId) -> list[Any]:
    """Whatever is shown of a table, asked without a word about whose it is."""

    def ask(connection: Connection) -> list[Any]:
        return list(connection.execute(select(table.c[column])).scalars())

    return await desk.container.database().read(ask, of=of)


def writing(table: Table, row: dict[str, Any]) -> Callable[[Connection], Any]:
    return lambda connection: connection.execute(insert(table), [row])


async def test_the_public_is_counted_behind_a_wall_of_its_own(
    filled_postgres_url: str, clock: Time
) -> None:
    async with program(filled_postgres_url, clock) as container:
        desk = await Desk.opened(container, clock)
        staff = await Staff.of(desk)
        guesser = Caller(http=desk.http, headers={"Authorization": "Bearer fd_test_x"})
        assert (await guesser.get("/v1/events")).status_code == 401
        assert (await desk.nobody().get("/problems")).status_code == 200
        assert (await staff.sign_in(password="wrong")).status_code == 401  # noqa: S106
        assert (await desk.get("/v1/events")).status_code == 200

        ours = desk.actor.organization_id
        everywhere = [PUBLIC, ours, OTHER_DESK.organization_id, NOBODY, EVERYBODY]
        buckets = {of: await kept(desk, rate_limits, "bucket", of) for of in everywhere}
        tries = {of: await kept(desk, sign_in_tries, "number", of) for of in everywhere}
        bucket = {"bucket": "x", "full_at": 1, "granted": 1}
        tried = {"digest": b"x", "began_at": NOW, "number": 1}
        for of in (ours, NOBODY, EVERYBODY):
            for table, row in ((rate_limits, bucket), (sign_in_tries, tried)):
                write = writing(table, {"organization_id": PUBLIC, **row})
                with pytest.raises(ProgrammingError, match="row-level security"):
                    await container.database().write(write, of=of)
        assert await container.verification()() == []

    assert sorted(buckets.pop(PUBLIC)) == [
        f"{name}:127.0.0.1" for name in ("public", "sign-in", "unknown")
    ]
    assert {name.partition(":")[0] for name in buckets.pop(ours)} == {"organization", "read"}
    assert sorted(tries.pop(PUBLIC)) == [1, 1, 1, 1]
    assert not any([*buckets.values(), *tries.values()])
