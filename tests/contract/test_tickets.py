"""Tickets for sockets: good once, for seconds, and no better than the key behind them."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import cycle
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import func, select

from adapters.readers.people import SqlPeopleViews
from adapters.repositories.identity import SqlIdentityWork
from adapters.schema.realtime import tickets
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.admit_session import AdmitSession
from application.identity.issue_ticket import IssuedTicket, IssueTicket, IssueTicketHandler
from application.identity.ports import IdentityWork
from application.identity.redeem_ticket import (
    Admission,
    KeyOfSocket,
    RedeemTicket,
    RedeemTicketHandler,
)
from application.kernel.ports import UnitOfWork
from domain.identity.api_keys import ApiKey, Unauthenticated
from domain.identity.organizations import Organization
from domain.identity.tickets import GOOD_FOR, TicketRefused
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId
from tests.contract.crowds import race
from tests.contract.offices import LIMITS
from tests.fakes.time import Time
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

KEY = ApiKey(
    id=ApiKeyId(UUID(int=7)),
    organization_id=DESK.organization_id,
    name="The website",
    hint="fd_test_abcd",
    digest=b"k" * 32,
    scopes=frozenset({Permission.READ_EVENTS}),
    created_at=NOW,
)
WEBSITE = KEY.actor(KEY.digest, now=NOW)


def digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


@attrs.frozen
class Counter:
    """As much of chance as makes one ticket another."""

    drawn: Iterator[int] = attrs.field(factory=lambda: cycle(range(61)))

    def __call__(self, below: int, /) -> int:
        return next(self.drawn) % below


@attrs.frozen
class Office:
    database: Database
    work: UnitOfWork[IdentityWork]
    clock: Time
    chance: Counter = attrs.field(factory=Counter)

    async def issue(self, actor: Actor = WEBSITE) -> IssuedTicket:
        handler = IssueTicketHandler(
            unit_of_work=self.work, clock=self.clock, chance=self.chance, digest=digest
        )
        return await handler(IssueTicket(actor=actor))

    async def redeem(self, secret: str) -> Admission:
        handler = RedeemTicketHandler(
            unit_of_work=self.work,
            admit_session=AdmitSession(
                views=SqlPeopleViews(self.database), limits=LIMITS, clock=self.clock
            ),
            clock=self.clock,
            digest=digest,
        )
        return await handler(RedeemTicket(secret=secret))

    async def kept(self) -> int:
        question = (
            select(func.count())
            .select_from(tickets)
            .where(tickets.c.organization_id == DESK.organization_id)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalar_one(), of=DESK.organization_id
        )


@pytest.fixture
async def office(database: Database) -> Office:
    clock = Time(NOW)
    work = SqlUnitOfWork[IdentityWork](
        database=database, work_on=SqlIdentityWork.on, new_id=uuid4, clock=clock
    )
    ours = Organization(id=DESK.organization_id, slug="ours", name="Ours", created_at=NOW)
    await work(DESK, lambda work: work.organizations.add(ours))
    await work(DESK, lambda work: work.api_keys.save(KEY))
    return Office(database, work, clock)


async def test_whoever_shows_a_ticket_is_the_key_it_was_issued_to(office: Office) -> None:
    issued = await office.issue()

    assert await office.redeem(issued.secret) == Admission(
        actor=WEBSITE, by=KeyOfSocket(KEY.digest)
    )
    assert issued.expires_at == NOW + GOOD_FOR


async def test_a_ticket_is_good_once_however_many_show_it_at_once(office: Office) -> None:
    issued = await office.issue()

    outcomes = await race([office.redeem(issued.secret) for _ in range(8)])

    assert sum(isinstance(outcome, Admission) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, TicketRefused) for outcome in outcomes) == 7


async def test_a_ticket_is_good_for_seconds_and_then_forgotten(office: Office) -> None:
    issued = await office.issue()
    office.clock.passes(GOOD_FOR - timedelta(microseconds=1))
    other = await office.issue()
    office.clock.passes(timedelta(microseconds=1))

    with pytest.raises(TicketRefused):
        await office.redeem(issued.secret)
    await office.issue()
    assert await office.kept() == 2
    await office.redeem(other.secret)


async def test_what_is_no_ticket_of_ours_is_refused(office: Office) -> None:
    issued = await office.issue()
    theirs = issued.secret.replace(DESK.organization_id.hex, OTHER_DESK.organization_id.hex)

    for shown in ("", "fd_ticket_", issued.secret + "x", issued.secret[:-1] + "-", theirs):
        with pytest.raises(TicketRefused):
            await office.redeem(shown)
    await office.redeem(issued.secret)


async def test_a_ticket_is_worth_nothing_once_its_key_is_revoked(office: Office) -> None:
    issued = await office.issue()
    revoked = attrs.evolve(KEY, revoked_at=NOW, version=1)
    await office.work(DESK, lambda work: work.api_keys.save(revoked))

    with pytest.raises(Unauthenticated):
        await office.redeem(issued.secret)


async def test_a_secret_is_not_shown_by_accident(office: Office) -> None:
    issued = await office.issue()

    assert issued.secret not in repr(issued)
    assert issued.secret not in repr(RedeemTicket(secret=issued.secret))
