"""Sign in: a password for a session, whose secret is in the answer and nowhere else."""

import attrs

from application.identity.denial_ports import DenialCounts
from application.identity.people_ports import (
    PasswordHasher,
    PeopleViews,
    PeopleWork,
    TryCounts,
)
from application.identity.ports import Digest
from application.identity.second_factor_codes import SecondFactorCodes
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.kernel.rate_limits import PUBLIC
from domain.identity.denials import Denial, Proof
from domain.identity.events import MemberSignedIn
from domain.identity.members import Member
from domain.identity.passwords import composed
from domain.identity.second_factors import SecondFactorNeeded, WrongCode
from domain.identity.sessions import (
    LONGEST_DEVICE,
    Session,
    SessionLimits,
    SignInRefused,
    draw_session,
)
from domain.identity.tries import Attempt, TryLimits
from domain.kernel.addresses import address
from domain.kernel.identifiers import MemberId, OrganizationId, SessionId


@attrs.frozen(kw_only=True)
class OpenSession:
    """`device` and `address` are what the request says of where it came from, `origin` the network
    that is kept of it.
    """

    organization: str
    email: str = attrs.field(converter=address, repr=False)
    password: str = attrs.field(converter=composed, repr=False)
    code: str | None = attrs.field(default=None, repr=False)
    device: str = attrs.field(repr=False)
    address: str = attrs.field(repr=False)
    origin: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class OpenedSession:
    session: Session
    member: Member
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class OpenSessionHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    hasher: PasswordHasher
    tries: TryCounts
    denials: DenialCounts
    try_limits: TryLimits
    codes: SecondFactorCodes
    limits: SessionLimits
    clock: Clock
    new_id: NewId
    chance: Chance
    digest: Digest

    async def __call__(self, command: OpenSession, /) -> OpenedSession:
        """Raises SignInRefused, after the same time whoever was meant, or RateLimited; and to
        whom the password was right SecondFactorNeeded or WrongCode.
        """
        who = f"{command.organization} {command.email}"
        counted = self.try_limits.of(Attempt.SIGN_IN, who=who, address=command.address)
        await self.tries.take(counted)
        organization_id = await self.views.organization_called(command.organization) or PUBLIC
        member = await self.views.member_with(organization_id, command.email)
        known = member.password_hash if member else None
        is_right = await self.hasher.matches(command.password, known)
        if not is_right or known is None or member is None or not member.is_active:
            member_id = None if member is None else member.id
            await self._denied(command, Proof.PASSWORD, organization_id, member_id)
            raise SignInRefused
        await self.tries.give_back(counted)
        if not member.has_second_factor:
            return await self._open(command, member, known)
        if command.code is None:
            raise SecondFactorNeeded
        await self.codes.count(member.id)
        try:
            opened = await self._open(command, member, known)
        except WrongCode:
            await self._denied(command, Proof.CODE, organization_id, member.id)
            raise
        await self.codes.give_back(member.id)
        return opened

    async def _denied(
        self,
        command: OpenSession,
        proof: Proof,
        organization_id: OrganizationId,
        member_id: MemberId | None,
    ) -> None:
        await self.denials.note(
            Denial.of_proof(
                proof,
                organization_id=organization_id,
                member_id=member_id,
                origin=command.origin,
            )
        )

    async def _open(self, command: OpenSession, shown: Member, known: str) -> OpenedSession:
        outdated = self.hasher.is_outdated(known)
        hashed = await self.hasher.hash(command.password) if outdated else known
        now, secret = self.clock(), draw_session(shown.organization_id, self.chance)
        session = Session(
            id=SessionId(self.new_id()),
            member_id=shown.id,
            digest=self.digest(secret),
            created_at=now,
            authenticated_at=now,
            seen_at=now,
            expires_at=now + self.limits.longest,
            device=command.device[:LONGEST_DEVICE],
            address=command.address,
        )

        def open(work: PeopleWork) -> Member:
            member = work.members.get(shown.id)
            if not member.is_active or member.password_hash != known:
                raise SignInRefused  # it has changed while the password was being checked
            self._use(work, member, command.code)
            if hashed != known:
                member = work.members.save(member.with_password(hashed))
            work.sessions.forget_expired(member.id, now=now)
            work.sessions.add(session)
            work.facts.publish(
                [MemberSignedIn(member_id=member.id, session_id=session.id, occurred_at=now)]
            )
            return member

        actor = attrs.evolve(shown.actor, origin=command.origin)
        member = await self.unit_of_work(actor, open)
        return OpenedSession(session=session, member=member, secret=secret)

    def _use(self, work: PeopleWork, member: Member, code: str | None) -> None:
        if not member.has_second_factor:
            return
        if code is None:
            raise SecondFactorNeeded
        self.codes.use(work, member.id, code)
