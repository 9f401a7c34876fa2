"""What the use cases about people need from storage, mail and cryptography."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.identity.ports import Access, Organizations
from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from application.kernel.pages import Page, Slice
from domain.identity.letters import Letter
from domain.identity.mail_tokens import MailToken, Purpose
from domain.identity.members import Member
from domain.identity.organizations import OrganizationStatus
from domain.identity.second_factors import SecondFactor, SecondFactorRequired
from domain.identity.sessions import Session
from domain.identity.tries import Limit
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import MemberId, OrganizationId, SessionId


class Members(Protocol):
    def get(self, member_id: MemberId) -> Member:
        """Raises MemberNotFound."""
        ...

    def has_email(self, email: str) -> bool: ...

    def emails_among(self, emails: Sequence[str]) -> Collection[str]:
        """Those of the addresses that members have."""
        ...

    def at_work(self) -> int:
        """How many there are, whoever is invited included and whoever is deactivated not."""
        ...

    def save(self, member: Member) -> Member:
        """Counts owners as well: raises LastOwner where that would leave none, and Stale if
        somebody else was faster or has just taken the address.
        """
        ...

    def remove(self, member: Member) -> None:
        """With sessions and links. Raises LastOwner, or Stale."""
        ...


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def seen(self, session_id: SessionId, *, at: datetime) -> None: ...

    def renew(self, session_id: SessionId, *, digest: bytes, at: datetime) -> None:
        """The password was shown again; the secret of before opens nothing any longer."""
        ...

    def end(self, member_id: MemberId, session_id: SessionId) -> None:
        """Raises SessionNotFound, also for somebody else's."""
        ...

    def end_all(self, member_id: MemberId, *, but: SessionId | None = None) -> int:
        """How many there were."""
        ...

    def forget_expired(self, member_id: MemberId, *, now: datetime) -> None: ...


class MailTokens(Protocol):
    def add(self, token: MailToken) -> None: ...

    def redeem(self, digest: bytes, purpose: Purpose, *, now: datetime) -> MailToken:
        """Gone with this, and with it all others for the same purpose. Raises MailTokenRefused."""
        ...

    def forget(self, member_id: MemberId) -> None:
        """Those that were sent and not used."""
        ...

    def forget_expired(self, *, now: datetime) -> None: ...


class SecondFactors(Protocol):
    def begin(self, factor: SecondFactor) -> None:
        """In place of one that was begun before. Raises SecondFactorUnavailable."""
        ...

    def get(self, member_id: MemberId) -> SecondFactor:
        """Raises NoSecondFactor."""
        ...

    def use(self, used: SecondFactor) -> None:
        """Raises WrongCode if that step, or a later one, has been used meanwhile."""
        ...

    def give_codes(self, member_id: MemberId, digests: Collection[bytes]) -> None:
        """In place of all there were."""
        ...

    def use_code(self, member_id: MemberId, digest: bytes) -> None:
        """Gone with this. Raises WrongCode."""
        ...

    def remove(self, member_id: MemberId) -> None:
        """With the recovery codes."""
        ...


class InvitingWork(Protocol):
    """What of a transaction inviting needs."""

    @property
    def organizations(self) -> Organizations: ...

    @property
    def members(self) -> Members: ...

    @property
    def access(self) -> Access: ...

    @property
    def jobs(self) -> JobQueue: ...

    @property
    def facts(self) -> Facts: ...


class PeopleWork(InvitingWork, Protocol):
    @property
    def sessions(self) -> Sessions: ...

    @property
    def mail_tokens(self) -> MailTokens: ...

    @property
    def second_factors(self) -> SecondFactors: ...


@attrs.frozen(kw_only=True)
class Recipient:
    """Somebody, and what they would call where they work."""

    member: Member
    organization: str


@attrs.frozen(kw_only=True)
class SignedIn:
    """`standing` is how the organization stands, and `second_factor_required` what it asks of all
    members, read together with them.
    """

    member: Member
    session: Session
    standing: OrganizationStatus
    second_factor_required: bool = False

    @property
    def actor(self) -> Actor:
        """Raises OrganizationDeactivated."""
        return self.standing.admitted(self.member.actor)

    def must_be_let(self, permission: Permission) -> None:
        """Who lacks a second factor sees to that first. Raises SecondFactorRequired."""
        if permission is Permission.USE_ACCOUNT or self.member.has_second_factor:
            return
        if self.second_factor_required:
            raise SecondFactorRequired


class Slugs(Protocol):
    async def __call__(self, slug: str, /) -> OrganizationId | None:
        """Whose it is, if it is anybody's."""
        ...


class PeopleViews(Protocol):
    async def organization_called(self, slug: str) -> OrganizationId | None: ...

    async def member_with(self, organization_id: OrganizationId, email: str) -> Member | None: ...

    async def member(self, actor: Actor, member_id: MemberId) -> Member:
        """Raises MemberNotFound."""
        ...

    async def members(self, actor: Actor, *, slice: Slice) -> Page[Member]:
        """By name."""
        ...

    async def recovery_codes(self, actor: Actor, member_id: MemberId) -> int:
        """How many are left."""
        ...

    async def recipient(self, actor: Actor, member_id: MemberId) -> Recipient | None: ...

    async def token_with(
        self, organization_id: OrganizationId, digest: bytes, purpose: Purpose
    ) -> MailToken | None: ...

    async def signed_in(self, organization_id: OrganizationId, digest: bytes) -> SignedIn | None:
        """One question: that of every request."""
        ...

    async def signed_in_by(
        self, organization_id: OrganizationId, session_id: SessionId
    ) -> SignedIn | None:
        """The same, for who does not have the secret at hand."""
        ...

    async def sessions(self, actor: Actor, member_id: MemberId) -> Sequence[Session]:
        """Latest seen first."""
        ...


class PasswordHasher(Protocol):
    """Slow on purpose, and never on the thread that answers requests."""

    async def hash(self, password: str, /) -> str: ...

    async def matches(self, password: str, hashed: str | None, /) -> bool:
        """For None as slowly as for anybody, and never."""
        ...

    def is_outdated(self, hashed: str, /) -> bool:
        """Whether it would be hashed otherwise today."""
        ...


class Letters(Protocol):
    async def send(self, letter: Letter, /) -> None: ...


class LetterLinks(Protocol):
    def to(self, purpose: Purpose, secret: str) -> str:
        """What a member follows, or reads out to the program they use."""
        ...


class TryCounts(Protocol):
    async def take(self, limits: Sequence[Limit]) -> None:
        """Counts one more try against each. Raises RateLimited when one of them is exceeded."""
        ...

    async def give_back(self, limits: Sequence[Limit]) -> None:
        """It was no guess after all."""
        ...
