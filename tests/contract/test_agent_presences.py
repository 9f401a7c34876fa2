"""How long agents were there, on every database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import delete, func, select, update

from adapters.readers.agent_presences import SqlPresenceViews
from adapters.repositories.agent_presences import SqlRebuiltPresences
from adapters.schema.agent_presences import agent_presences
from adapters.schema.events import receipts
from application.analytics.note_presences import NotePresences
from domain.analytics.agent_time import AgentTime
from domain.calls.agents import Agent, AgentDetails, AgentKind, Pause
from domain.kernel.identifiers import AgentId, EscalationId, OrganizationId
from domain.kernel.periods import Period
from tests.contract.relays import number_all, relay_on
from tests.contract.storages import SqlStorage
from tests.fakes.time import Time
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BEGAN = NOW - 8 * HOUR
OURS = DESK.organization_id


def at(minutes: float) -> datetime:
    return BEGAN + minutes * MINUTE


def new() -> Agent:
    details = AgentDetails(name="Ana", kind=AgentKind.PERSON)
    return Agent.add(AgentId(uuid4()), details, now=at(0))


def a_day(agent: Agent) -> Sequence[Agent]:
    """There from minute 10 to 100 but for a break of 30; then gone until minute 200."""
    taken = agent.come(now=at(10)).reserve(EscalationId(uuid4()), until=at(16), now=at(15))
    handled = taken.begin(until=at(60), now=at(16)).finish(wrapped_up_at=at(40), now=at(30))
    rested = handled.come(now=at(40)).rest(Pause.LUNCH, now=at(50)).come(now=at(80))
    return (rested.leave(now=at(100)).come(now=at(200)),)


async def kept(sql: SqlStorage, agent: Agent) -> UUID:
    for stage in a_day(agent):
        await sql.work(DESK, lambda work, stage=stage: work.agents.save(stage))  # type: ignore[misc]
    await heard(sql)
    return agent.id


async def heard(sql: SqlStorage) -> None:
    relay = relay_on(sql.database)
    await number_all(relay)
    await relay.deliver(NotePresences(), OURS, limit=100)


def spent(there: float, paused: float = 0) -> AgentTime:
    return AgentTime(there=round(there * 60_000), paused=round(paused * 60_000))


@pytest.fixture
def views(sql: SqlStorage) -> SqlPresenceViews:
    return SqlPresenceViews(database=sql.database, clock=Time(NOW))


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        (0, 150, spent(60, 30)),
        (20, 60, spent(30, 10)),
        (40, 41, spent(1)),
        (55, 56, spent(0, 1)),
        (10, 10.5, spent(0.5)),
        (150, 250, spent(50)),
        (0, 10_000, spent(60 + 480 - 200, 30)),
    ],
)
async def test_time_is_cut_where_the_period_is(
    sql: SqlStorage,
    views: SqlPresenceViews,
    began: float,
    ended: float,
    expected: AgentTime,
) -> None:
    agent_id = await kept(sql, new())
    period = Period(at(began), at(ended))
    assert await views.time_of_agents(DESK, period) == {agent_id: expected}


async def test_who_was_not_there_is_not_told_of(sql: SqlStorage, views: SqlPresenceViews) -> None:
    await kept(sql, new())
    assert await views.time_of_agents(DESK, Period(at(-60), at(5))) == {}
    assert await views.time_of_agents(DESK, Period(at(120), at(180))) == {}
    someone = attrs.evolve(DESK, organization_id=OrganizationId(uuid4()))
    assert await views.time_of_agents(someone, Period(at(0), at(180))) == {}


async def test_what_comes_again_changes_nothing(sql: SqlStorage, views: SqlPresenceViews) -> None:
    period = Period(at(0), at(250))
    await kept(sql, new())
    before = await views.time_of_agents(DESK, period)
    ours = (receipts.c.organization_id == OURS, receipts.c.subscriber == NotePresences.name)
    await sql.database.write(
        lambda connection: connection.execute(update(receipts).where(*ours).values(position=0)),
        of=OURS,
    )
    await heard(sql)
    assert await views.time_of_agents(DESK, period) == before


async def test_it_is_built_anew_from_the_event_log(
    sql: SqlStorage, views: SqlPresenceViews
) -> None:
    period = Period(at(0), at(250))
    await kept(sql, new())
    await kept(sql, new())
    right = await views.time_of_agents(DESK, period)
    ours = agent_presences.c.organization_id == OURS
    for damage in (
        delete(agent_presences).where(ours, agent_presences.c.presence == "paused"),
        update(agent_presences).where(ours).values(presence="available"),
    ):
        await sql.database.write(
            lambda connection, damage=damage: connection.execute(damage),  # type: ignore[misc]
            of=OURS,
        )
    assert await views.time_of_agents(DESK, period) != right

    rebuild = SqlRebuiltPresences(database=sql.database, new_id=uuid4)
    noted = select(func.count()).select_from(agent_presences).where(ours)
    assert await rebuild(OURS) == await sql.database.read(
        lambda connection: connection.execute(noted).scalar_one(), of=OURS
    )
    assert await views.time_of_agents(DESK, period) == right
