"""An organization with people in it, in memory or in SQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from secrets import randbelow, token_bytes
from typing import TypeVar
from uuid import UUID, uuid4

import attrs

from adapters.readers.people import SqlPeopleViews
from adapters.repositories.denials import SqlDenialCounts
from adapters.repositories.people import SqlPeopleWork
from adapters.repositories.sign_in_tries import SqlTryCounts
from adapters.sealing.vault import PersonalKeys, Vault
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.accept_invitation import AcceptInvitation, AcceptInvitationHandler
from application.identity.authenticate_session import AuthenticateSession
from application.identity.denial_ports import DenialCounts
from application.identity.invite_owner import InvitedOwner, InviteOwner, InviteOwnerHandler
from application.identity.mail_links import MailLinks
from application.identity.new_passwords import NewPasswords
from application.identity.open_session import OpenedSession, OpenSession, OpenSessionHandler
from application.identity.people_ports import (
    LetterLinks,
    Letters,
    PasswordHasher,
    PeopleViews,
    PeopleWork,
    TryCounts,
)
from application.identity.reauthentication import Reauthentication
from application.identity.renewed_sessions import SessionRenewal
from application.identity.second_factor_codes import SecondFactorCodes
from application.identity.send_member_letter import SendMemberLetter, SendMemberLetterHandler
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import UnitOfWork
from domain.identity.letters import Letter
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member
from domain.identity.organizations import Organization
from domain.identity.passwords import PasswordRules
from domain.identity.sessions import SessionLimits
from domain.identity.tries import TryLimits
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, MemberId, OrganizationId
from tests.contract.databases import opened
from tests.fakes.denials import MemoryDenials
from tests.fakes.people import MemoryPeople
from tests.fakes.time import Time
from tests.fakes.tries import MemoryTryCounts
from tests.samples import DAY, HOUR, MINUTE, NOW

Result = TypeVar("Result")

PASSWORD = "a rather long walk home"  # noqa: S105
ANOTHER = "nobody knows this one yet"
HOME = "192.0.2.7"
LIMITS = SessionLimits(idle=HOUR, longest=DAY, recent=10 * MINUTE)
OURS = Organization(
    id=OrganizationId(UUID(int=7)), slug="ours", name="Harbour House", created_at=NOW
)


KEYS = PersonalKeys.new(token_bytes)
VAULT = Vault(keys=lambda: KEYS, random_bytes=token_bytes)


def digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


@attrs.frozen
class QuickHasher(PasswordHasher):
    """As the real one, without being slow; counts how often it was asked."""

    asked: list[str | None] = attrs.field(factory=list)

    async def hash(self, password: str, /) -> str:
        return f"new {password}"

    async def matches(self, password: str, hashed: str | None, /) -> bool:
        self.asked.append(hashed)
        return hashed is not None and hashed.partition(" ")[2] == password

    def is_outdated(self, hashed: str, /) -> bool:
        return hashed.startswith("old ")


@attrs.frozen
class Postbox(Letters, LetterLinks):
    letters: list[Letter] = attrs.field(factory=list)

    async def send(self, letter: Letter, /) -> None:
        self.letters.append(letter)

    def to(self, purpose: Purpose, secret: str) -> str:
        return secret

    def secret(self) -> str:
        """The one in the latest letter."""
        return self.letters[-1].text.split("\n\n")[1]


@attrs.frozen
class Context(JobContext):
    actor: Actor

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        return await work()

    async def progress(self, done: int, total: int) -> None:
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class Office:
    work: UnitOfWork[PeopleWork]
    views: PeopleViews
    tries: TryCounts
    denials: DenialCounts
    clock: Time
    hasher: QuickHasher = attrs.field(factory=QuickHasher)
    post: Postbox = attrs.field(factory=Postbox)
    try_limits: TryLimits = attrs.field(factory=TryLimits)

    @property
    def new_passwords(self) -> NewPasswords:
        rules = PasswordRules(is_common=lambda text: text == "correct horse battery staple")
        return NewPasswords(rules=rules, hasher=self.hasher)

    @property
    def links(self) -> MailLinks:
        return MailLinks(views=self.views, digest=digest, clock=self.clock)

    @property
    def reauthentication(self) -> Reauthentication:
        return Reauthentication(
            views=self.views, hasher=self.hasher, tries=self.tries, try_limits=self.try_limits
        )

    @property
    def renewal(self) -> SessionRenewal:
        return SessionRenewal(chance=randbelow, digest=digest, clock=self.clock)

    @property
    def codes(self) -> SecondFactorCodes:
        return SecondFactorCodes(
            tries=self.tries, try_limits=self.try_limits, clock=self.clock, digest=digest
        )

    @property
    def letters(self) -> SendMemberLetterHandler:
        return SendMemberLetterHandler(
            unit_of_work=self.work,
            views=self.views,
            letters=self.post,
            links=self.post,
            clock=self.clock,
            chance=randbelow,
            digest=digest,
        )

    @property
    def authenticate(self) -> AuthenticateSession:
        return AuthenticateSession(
            unit_of_work=self.work,
            views=self.views,
            digest=digest,
            limits=LIMITS,
            clock=self.clock,
        )

    async def write(self, purpose: Purpose, member_id: MemberId | None) -> None:
        """As the worker does."""
        job = SendMemberLetter(purpose=purpose, member_id=member_id).job
        queued = QueuedJob(
            id=JobId(uuid4()), organization_id=OURS.id, name=job.name, payload=job.payload
        )
        await self.letters(queued, Context(Actor.system(OURS.id)))

    async def owner(self, email: str = "ada@example.com", name: str = "Ada Lovelace") -> Member:
        """Who was invited by the operator, and came."""
        invited = await self.invite_owner(email, name)
        return await self.accept(invited.secret, PASSWORD)

    async def invite_owner(self, email: str, name: str) -> InvitedOwner:
        invite = InviteOwnerHandler(
            unit_of_work=self.work,
            views=self.views,
            clock=self.clock,
            new_id=uuid4,
            chance=randbelow,
            digest=digest,
        )
        return await invite(InviteOwner(organization=OURS, email=email, name=name))

    async def accept(self, token: str, password: str) -> Member:
        handler = AcceptInvitationHandler(
            unit_of_work=self.work,
            links=self.links,
            new_passwords=self.new_passwords,
            clock=self.clock,
        )
        return await handler(AcceptInvitation(token=token, password=password))

    async def sign_in(
        self,
        email: str = "ada@example.com",
        password: str = PASSWORD,
        *,
        slug: str = "ours",
        address: str = HOME,
        code: str | None = None,
    ) -> OpenedSession:
        open_session = OpenSessionHandler(
            unit_of_work=self.work,
            views=self.views,
            hasher=self.hasher,
            tries=self.tries,
            denials=self.denials,
            try_limits=self.try_limits,
            codes=self.codes,
            limits=LIMITS,
            clock=self.clock,
            new_id=uuid4,
            chance=randbelow,
            digest=digest,
        )
        return await open_session(
            OpenSession(
                organization=slug,
                email=email,
                password=password,
                code=code,
                device="a browser",
                address=address,
            )
        )


@asynccontextmanager
async def office(url: str | None) -> AsyncIterator[Office]:
    """None stands for memory."""
    clock = Time(NOW)
    if url is None:
        memory = MemoryPeople()
        office = Office(
            work=memory,
            views=memory,
            tries=MemoryTryCounts(clock),
            denials=MemoryDenials(clock),
            clock=clock,
        )
        await _found(office)
        yield office
        return
    async with opened(url, vault=VAULT) as database:
        office = sql_office(database, clock)
        await _found(office)
        yield office


def sql_office(database: Database, clock: Time) -> Office:
    work = SqlUnitOfWork[PeopleWork](
        database=database, work_on=SqlPeopleWork.on, new_id=uuid4, clock=clock
    )
    return Office(
        work=work,
        views=SqlPeopleViews(database),
        tries=SqlTryCounts(database=database, clock=clock),
        denials=SqlDenialCounts(database=database, clock=clock),
        clock=clock,
    )


async def _found(office: Office) -> None:
    await office.work(Actor.system(OURS.id), lambda work: work.organizations.add(OURS))
