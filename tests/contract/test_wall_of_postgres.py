"""What PostgreSQL shows, and to whom; and that somebody says so where it shows too much."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import Connection, Row, event, func, insert, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.util import greenlet_spawn

from adapters.readers.verification import SqlVerification
from adapters.schema.bookings import sales_terms
from adapters.schema.events import event_heads
from adapters.schema.metadata import metadata
from adapters.sql import sessions
from adapters.sql.database import EVERYBODY, NOBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.pooling import Pooling
from adapters.sql.postgres import Postgres
from adapters.sql.sessions import are_shared, is_direct, sessions_are_shared
from adapters.sql.wall import LOOKED_THROUGH
from application.kernel.refusals import UnsafeDatabase
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.ambient import pause, utc_now
from tests.contract.databases import execute
from tests.contract.storages import put_on_sale, sql_storage
from tests.samples import DESK, OTHER_DESK
from tests.servers import DESK_ROLE, at_the_desk

pytestmark = pytest.mark.anyio

ONE = Pooling(size=1, overflow=0)
TENANT_TABLES = {name for name, table in metadata.tables.items() if "organization_id" in table.c}


@pytest.fixture
async def alone(own_postgres_url: str) -> AsyncIterator[Database]:
    """One connection, which serves all, and nobody who looks at its statements."""
    database = open_database(
        at_the_desk(own_postgres_url), pooling=ONE, pause=pause, allow_unsafe=True
    )
    yield database
    await database.close()


@pytest.fixture
async def owner(own_postgres_url: str) -> AsyncIterator[Database]:
    database = open_database(own_postgres_url, pooling=ONE, pause=pause, allow_unsafe=True)
    yield database
    await database.close()


async def seen(database: Database, of: OrganizationId) -> int:
    question = select(func.count()).select_from(sales_terms)
    return await database.read(lambda it: it.execute(question).scalar_one(), of=of)


async def in_business(database: Database, *actors: Actor) -> None:
    for actor in actors:
        await put_on_sale(sql_storage(database), days=1, actor=actor)


async def test_a_connection_shows_whom_it_serves_and_nobody_else(alone: Database) -> None:
    await in_business(alone, DESK)

    for _ in range(3):
        assert await seen(alone, DESK.organization_id) == 1
        assert await seen(alone, OTHER_DESK.organization_id) == 0
        assert await seen(alone, NOBODY) == 0
        assert await seen(alone, EVERYBODY) == 0


async def test_whoever_does_not_say_whose_rows_sees_and_writes_none(
    alone: Database, own_postgres_url: str
) -> None:
    await in_business(alone, DESK)
    fresh = open_database(
        at_the_desk(own_postgres_url), pooling=ONE, pause=pause, allow_unsafe=True
    )

    assert await seen(fresh, NOBODY) == 0
    head = {"organization_id": DESK.organization_id, "position": 1, "link": b""}
    for of in (NOBODY, OTHER_DESK.organization_id, EVERYBODY):
        with pytest.raises(ProgrammingError, match="row-level security"):
            await fresh.write(lambda it: it.execute(insert(event_heads), [head]), of=of)
    await fresh.close()


async def test_it_is_said_once_for_as_long_as_it_stays_the_same(alone: Database) -> None:
    statements = list[str]()

    def ask(connection: Connection) -> Any:
        return connection.execute(text("SELECT current_setting('app.org')")).scalar_one()

    event.listen(alone.engine, "before_cursor_execute", lambda *its: statements.append(its[2]))
    for actor in (DESK, DESK, OTHER_DESK, OTHER_DESK, DESK):
        assert await alone.read(ask, of=actor.organization_id) == str(actor.organization_id)

    assert len(statements) == 5 + 3


async def test_what_was_rolled_back_leaves_it_said(alone: Database) -> None:
    await in_business(alone, DESK, OTHER_DESK)

    def fail(connection: Connection) -> None:
        connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(Exception, match="zero"):
        await alone.write(fail, of=OTHER_DESK.organization_id)

    assert await seen(alone, OTHER_DESK.organization_id) == 1
    assert await seen(alone, DESK.organization_id) == 1


async def policies(database: Database) -> list[Row[Any]]:
    question = text("SELECT tablename, policyname, cmd, roles FROM pg_policies")
    return await database.read(lambda it: list(it.execute(question)), of=NOBODY)


async def test_every_table_is_behind_the_wall(owner: Database) -> None:
    found = await policies(owner)

    assert {one.tablename for one in found if one.policyname == "organization"} == TENANT_TABLES
    assert {one.tablename for one in found if one.policyname == "owner"} == TENANT_TABLES
    assert {one.tablename for one in found if one.policyname == "program"} == LOOKED_THROUGH
    assert {one.cmd for one in found if one.policyname == "program"} == {"SELECT"}
    assert {one.policyname for one in found} == {"organization", "owner", "program"}
    assert await findings(owner) == []


async def findings(database: Database) -> list[tuple[str, str]]:
    found = await SqlVerification(database=database, clock=utc_now)()
    return [(one.check, one.subject) for one in found]


@pytest.mark.parametrize(
    "breach",
    [
        "ALTER TABLE quotes DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE quotes NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY organization ON quotes",
        "ALTER POLICY organization ON quotes USING (true)",
        "ALTER POLICY organization ON quotes WITH CHECK (true)",
        f"ALTER POLICY owner ON quotes TO {DESK_ROLE}",
        "CREATE POLICY program ON quotes FOR SELECT USING (true)",
        "CREATE POLICY convenience ON quotes USING (true)",
    ],
)
async def test_a_breach_is_found(own_postgres_url: str, owner: Database, breach: str) -> None:
    await execute(own_postgres_url, breach)

    assert await findings(owner) == [("tables_are_behind_the_wall", "quotes")]


async def test_whoever_sees_little_does_not_say_that_all_is_well(alone: Database) -> None:
    assert await findings(alone) == [("everything_is_seen", DESK_ROLE)]


async def refused(url: str) -> str | None:
    database = open_database(url, pooling=ONE, pause=pause, allow_unsafe=False)
    try:
        await database.check()
    except UnsafeDatabase as refusal:  # for more than this: the server is a forgetful one
        return refusal.privilege
    finally:
        await database.close()
    return None


@pytest.mark.parametrize(
    ("become", "privilege"),
    [
        ("SUPERUSER", "a superuser"),
        ("BYPASSRLS", "a role with BYPASSRLS"),
        ("", "the owner of its tables"),
    ],
)
async def test_whoever_would_pass_the_wall_is_refused(
    own_postgres_url: str, become: str, privilege: str
) -> None:
    role = f"another_{become.lower()}"
    await execute(own_postgres_url, f"CREATE ROLE {role} LOGIN {become} PASSWORD 'x'")
    if not become:
        await execute(own_postgres_url, f"ALTER TABLE quotes OWNER TO {role}")
    try:
        url = at_the_desk(own_postgres_url).replace(f"{DESK_ROLE}:{DESK_ROLE}", f"{role}:x")
        assert await refused(url) == privilege
    finally:
        await execute(own_postgres_url, "REASSIGN OWNED BY " + role + " TO CURRENT_USER")
        await execute(own_postgres_url, f"DROP OWNED BY {role}; DROP ROLE {role}")


async def test_whoever_cannot_is_not(own_postgres_url: str) -> None:
    assert await refused(at_the_desk(own_postgres_url)) is None


async def test_sessions_that_a_pool_hands_around_are_noticed(
    own_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Pooling(size=2, overflow=0)
    database = open_database(
        at_the_desk(own_postgres_url), pooling=two, pause=pause, allow_unsafe=False
    )
    assert isinstance(database, Postgres)

    def looked_at() -> tuple[bool, bool, bool]:
        with database.engine.connect() as one, database.engine.connect() as other:
            # One session for both is what a pool of transactions comes to.
            return is_direct(one), are_shared(one, other), are_shared(one, one)

    assert await greenlet_spawn(looked_at) == (True, False, True)
    assert await greenlet_spawn(sessions_are_shared, database.engine) is False
    monkeypatch.setattr(sessions, "is_direct", lambda _: False)
    assert await greenlet_spawn(sessions_are_shared, database.engine) is False
    monkeypatch.setattr(sessions, "are_shared", lambda *_: True)
    with pytest.raises(UnsafeDatabase, match="let it pool sessions"):
        await database.check()
    await database.close()
