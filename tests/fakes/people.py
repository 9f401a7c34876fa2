"""People in memory, as strict as the real storage; one transaction at a time."""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from datetime import datetime
from typing import TypeVar

import anyio
import attrs

from application.identity.people_ports import (
    Members,
    PeopleViews,
    PeopleWork,
    Recipient,
    Sessions,
    SignedIn,
)
from application.identity.ports import Access, Organizations
from application.kernel.jobs import QueuedJob
from application.kernel.once import Once
from application.kernel.pages import Page, Slice
from application.kernel.ports import Stale, UnitOfWork
from domain.identity.mail_tokens import MailToken, Purpose
from domain.identity.members import LastOwner, Member, MemberNotFound, MemberState
from domain.identity.organizations import Organization, OrganizationNotFound, SlugTaken
from domain.identity.second_factors import SecondFactor
from domain.identity.sessions import Session, SessionNotFound
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import MemberId, OrganizationId, SessionId
from tests.fakes.links_and_codes import MemoryMailTokens, MemorySecondFactors
from tests.fakes.outbox import MemoryOutbox

Decision = TypeVar("Decision")


@attrs.frozen
class PeopleRows:
    """All organizations at once; each work looks at its own."""

    organizations: dict[OrganizationId, Organization] = attrs.field(factory=dict)
    members: dict[MemberId, Member] = attrs.field(factory=dict)
    events: list[Event] = attrs.field(factory=list)
    sessions: dict[SessionId, Session] = attrs.field(factory=dict)
    mail_tokens: dict[bytes, MailToken] = attrs.field(factory=dict)
    second_factors: dict[MemberId, SecondFactor] = attrs.field(factory=dict)
    recovery_codes: set[tuple[MemberId, bytes]] = attrs.field(factory=set)
    jobs: list[QueuedJob] = attrs.field(factory=list)

    @property
    def factors(self) -> MemorySecondFactors:
        return MemorySecondFactors(self.second_factors, self.recovery_codes)


@attrs.frozen
class MemoryMembers(Members):
    rows: PeopleRows
    organization_id: OrganizationId

    def get(self, member_id: MemberId) -> Member:
        member = self.rows.members.get(member_id)
        if member is None or member.organization_id != self.organization_id:
            raise MemberNotFound(member_id)
        return member

    def has_email(self, email: str) -> bool:
        return any(one.email == email for one in self._all())

    def emails_among(self, emails: Sequence[str]) -> Collection[str]:
        return {one.email for one in self._all()} & set(emails)

    def at_work(self) -> int:
        return sum(1 for one in self._all() if one.state is not MemberState.DEACTIVATED)

    def save(self, member: Member) -> Member:
        before = self.rows.members.get(member.id)
        others = [one for one in self._all() if one.id != member.id]
        if (before.version if before else 0) != member.version:
            raise Stale(f"members {member.id}")
        if any(one.email == member.email for one in others):
            raise Stale(f"members {member.id}")
        saved = attrs.evolve(member, version=member.version + 1)
        self._must_leave_an_owner(before, [*others, saved])
        self.rows.members[member.id] = saved
        return saved

    def remove(self, member: Member) -> None:
        self._must_leave_an_owner(member, [one for one in self._all() if one.id != member.id])
        if self.rows.members[member.id].version != member.version:
            raise Stale(f"members {member.id}")
        del self.rows.members[member.id]
        MemorySessions(self.rows).end_all(member.id)
        MemoryMailTokens(self.rows.mail_tokens).forget(member.id)
        self.rows.factors.remove(member.id)

    def _all(self) -> Sequence[Member]:
        ours = self.organization_id
        return [one for one in self.rows.members.values() if one.organization_id == ours]

    def _must_leave_an_owner(self, before: Member | None, after: Sequence[Member]) -> None:
        was_owner = before is not None and before.is_owner
        if was_owner and not any(one.is_owner for one in after):
            raise LastOwner


@attrs.frozen
class MemoryAccess(Access):
    """Units of work take turns anyway, and nothing is remembered."""

    def changed(self) -> None:
        pass


@attrs.frozen
class MemorySessions(Sessions):
    rows: PeopleRows

    def add(self, session: Session) -> None:
        self.rows.sessions[session.id] = session

    def seen(self, session_id: SessionId, *, at: datetime) -> None:
        if session_id in self.rows.sessions:
            seen = attrs.evolve(self.rows.sessions[session_id], seen_at=at)
            self.rows.sessions[session_id] = seen

    def renew(self, session_id: SessionId, *, digest: bytes, at: datetime) -> None:
        if session_id in self.rows.sessions:
            known = self.rows.sessions[session_id]
            renewed = attrs.evolve(known, digest=digest, authenticated_at=at)
            self.rows.sessions[session_id] = renewed

    def end(self, member_id: MemberId, session_id: SessionId) -> None:
        session = self.rows.sessions.get(session_id)
        if session is None or session.member_id != member_id:
            raise SessionNotFound(session_id)
        del self.rows.sessions[session_id]

    def end_all(self, member_id: MemberId, *, but: SessionId | None = None) -> int:
        ended = [
            one.id
            for one in self.rows.sessions.values()
            if one.member_id == member_id and one.id != but
        ]
        for id in ended:
            del self.rows.sessions[id]
        return len(ended)

    def forget_expired(self, member_id: MemberId, *, now: datetime) -> None:
        for one in list(self.rows.sessions.values()):
            if one.member_id == member_id and one.expires_at <= now:
                del self.rows.sessions[one.id]


@attrs.frozen
class MemoryOrganizations(Organizations):
    rows: PeopleRows
    owner: OrganizationId

    def add(self, organization: Organization) -> None:
        if any(one.slug == organization.slug for one in self.rows.organizations.values()):
            raise SlugTaken(organization.slug)
        self.rows.organizations[organization.id] = organization

    def own(self) -> Organization:
        if self.owner not in self.rows.organizations:
            raise OrganizationNotFound
        return self.rows.organizations[self.owner]

    def save(self, organization: Organization) -> Organization:
        others = (one for one in self.rows.organizations.values() if one.id != organization.id)
        if any(one.slug == organization.slug for one in others):
            raise SlugTaken(organization.slug)
        saved = attrs.evolve(organization, version=organization.version + 1, events=())
        self.rows.organizations[organization.id] = saved
        return saved


@attrs.frozen(kw_only=True)
class MemoryPeopleWork(PeopleWork):
    organizations: MemoryOrganizations
    members: MemoryMembers
    access: MemoryAccess
    sessions: MemorySessions
    mail_tokens: MemoryMailTokens
    second_factors: MemorySecondFactors
    jobs: MemoryOutbox
    facts: MemoryOutbox

    @classmethod
    def on(cls, rows: PeopleRows, owner: OrganizationId) -> "MemoryPeopleWork":
        outbox = MemoryOutbox(rows, owner)
        return cls(
            organizations=MemoryOrganizations(rows, owner),
            members=MemoryMembers(rows, owner),
            access=MemoryAccess(),
            sessions=MemorySessions(rows),
            mail_tokens=MemoryMailTokens(rows.mail_tokens),
            second_factors=rows.factors,
            jobs=outbox,
            facts=outbox,
        )


@attrs.define
class MemoryPeople(UnitOfWork[PeopleWork], PeopleViews):
    """Works on a copy, which takes the place of the original if all goes well."""

    rows: PeopleRows = attrs.field(factory=PeopleRows)
    turn: anyio.Lock = attrs.field(factory=anyio.Lock)

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[PeopleWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None, "keys are remembered by the storage of bookings"
        async with self.turn:
            rows = deepcopy(self.rows)
            decision = decide(MemoryPeopleWork.on(rows, actor.organization_id))
            self.rows = rows
            return decision

    async def organization_called(self, slug: str) -> OrganizationId | None:
        found = (one.id for one in self.rows.organizations.values() if one.slug == slug)
        return next(found, None)

    async def member_with(self, organization_id: OrganizationId, email: str) -> Member | None:
        found = (
            one
            for one in self.rows.members.values()
            if (one.organization_id, one.email) == (organization_id, email)
        )
        return next(found, None)

    async def member(self, actor: Actor, member_id: MemberId) -> Member:
        return MemoryMembers(self.rows, actor.organization_id).get(member_id)

    async def members(self, actor: Actor, *, slice: Slice) -> Page[Member]:
        ours = [
            one
            for one in self.rows.members.values()
            if one.organization_id == actor.organization_id
        ]
        return Page(items=sorted(ours, key=lambda one: (one.name, one.id))[: slice.limit])

    async def recovery_codes(self, actor: Actor, member_id: MemberId) -> int:
        owner = self.rows.members.get(member_id)
        if owner is None or owner.organization_id != actor.organization_id:
            return 0
        return sum(1 for one, _ in self.rows.recovery_codes if one == member_id)

    async def recipient(self, actor: Actor, member_id: MemberId) -> Recipient | None:
        member = self.rows.members.get(member_id)
        if member is None or member.organization_id != actor.organization_id:
            return None
        name = self.rows.organizations[actor.organization_id].name
        return Recipient(member=member, organization=name)

    async def token_with(
        self, organization_id: OrganizationId, digest: bytes, purpose: Purpose
    ) -> MailToken | None:
        token = self.rows.mail_tokens.get(digest)
        if token is None or token.purpose is not purpose:
            return None
        theirs = self.rows.members[token.member_id].organization_id == organization_id
        return token if theirs else None

    async def signed_in(self, organization_id: OrganizationId, digest: bytes) -> SignedIn | None:
        for session in self.rows.sessions.values():
            member = self.rows.members[session.member_id]
            if (session.digest, member.organization_id) == (digest, organization_id):
                standing = self.rows.organizations[organization_id].status
                return SignedIn(member=member, session=session, standing=standing)
        return None

    async def signed_in_by(
        self, organization_id: OrganizationId, session_id: SessionId
    ) -> SignedIn | None:
        session = self.rows.sessions.get(session_id)
        return await self.signed_in(organization_id, session.digest) if session else None

    async def sessions(self, actor: Actor, member_id: MemberId) -> Sequence[Session]:
        owner = self.rows.members.get(member_id)
        if owner is None or owner.organization_id != actor.organization_id:
            return []
        theirs = [one for one in self.rows.sessions.values() if one.member_id == member_id]
        return sorted(theirs, key=lambda one: (-one.seen_at.timestamp(), one.id))
