"""Set up a second factor: a secret for the authenticator, which counts once it gave a code."""

import attrs

from application.identity.people_ports import PeopleViews, PeopleWork
from application.identity.ports import Digest
from application.identity.second_factor_codes import SecondFactorCodes
from application.kernel.ports import Chance, Clock, UnitOfWork
from domain.identity.events import RecoveryCodesRenewed, SecondFactorAdded
from domain.identity.members import Member, MemberNotFound
from domain.identity.one_time_codes import draw_secret, setup_link, written
from domain.identity.second_factors import (
    SecondFactor,
    SecondFactorSet,
    draw_recovery_codes,
    plain,
)
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, SessionId


@attrs.frozen(kw_only=True)
class BeginSecondFactor:
    actor: Actor


@attrs.frozen(kw_only=True)
class BegunSecondFactor:
    """Shown this once: as a link for a picture of it, and to be typed."""

    link: str = attrs.field(repr=False)
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class BeginSecondFactorHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    clock: Clock
    chance: Chance

    async def __call__(self, command: BeginSecondFactor, /) -> BegunSecondFactor:
        """One that was begun before is forgotten. Raises SecondFactorSet."""
        member_id, secret = MemberId(command.actor.id), draw_secret(self.chance)
        recipient = await self.views.recipient(command.actor, member_id)
        if recipient is None:
            raise MemberNotFound(member_id)
        begun = SecondFactor(member_id=member_id, secret=secret, created_at=self.clock())

        def begin(work: PeopleWork) -> None:
            member = work.members.get(member_id)
            if member.has_second_factor:
                raise SecondFactorSet
            work.members.save(member)  # or one that counts by now would be overwritten
            work.second_factors.begin(begun)

        await self.unit_of_work(command.actor, begin)
        link = setup_link(
            secret, organization=recipient.organization, email=recipient.member.email
        )
        return BegunSecondFactor(link=link, secret=written(secret))


@attrs.frozen(kw_only=True)
class ConfirmSecondFactor:
    """`session_id` is the one that goes on; all others were opened without it, and end."""

    actor: Actor
    session_id: SessionId
    code: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ConfirmSecondFactorHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    codes: SecondFactorCodes
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, command: ConfirmSecondFactor, /) -> tuple[str, ...]:
        """The recovery codes. Raises WrongCode, NoSecondFactor, SecondFactorSet, RateLimited."""
        member_id, drawn = MemberId(command.actor.id), draw_recovery_codes(self.chance)
        await self.codes.count(member_id)

        def confirm(work: PeopleWork) -> Member:
            now = self.clock()
            member = work.members.get(member_id).with_second_factor(now=now)
            self.codes.use_authenticator(work, member_id, command.code)
            work.second_factors.give_codes(member_id, [self.digest(plain(one)) for one in drawn])
            work.sessions.end_all(member_id, but=command.session_id)
            work.facts.publish([SecondFactorAdded(member_id=member_id, occurred_at=now)])
            return work.members.save(member)

        await self.unit_of_work(command.actor, confirm)
        await self.codes.give_back(member_id)
        return drawn


@attrs.frozen(kw_only=True)
class RenewRecoveryCodes:
    actor: Actor
    code: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RenewRecoveryCodesHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    codes: SecondFactorCodes
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, command: RenewRecoveryCodes, /) -> tuple[str, ...]:
        """Those of before are good no more. Raises WrongCode, NoSecondFactor or RateLimited."""
        member_id, drawn = MemberId(command.actor.id), draw_recovery_codes(self.chance)
        await self.codes.count(member_id)

        def renew(work: PeopleWork) -> None:
            work.members.get(member_id).must_have_second_factor()
            self.codes.use(work, member_id, command.code)
            work.second_factors.give_codes(member_id, [self.digest(plain(one)) for one in drawn])
            renewed = RecoveryCodesRenewed(member_id=member_id, occurred_at=self.clock())
            work.facts.publish([renewed])

        await self.unit_of_work(command.actor, renew)
        await self.codes.give_back(member_id)
        return drawn
