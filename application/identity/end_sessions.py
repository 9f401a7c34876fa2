"""End sessions: one of one's own, all of them, or those of somebody else."""

import attrs

from application.identity.people_ports import PeopleWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.events import SessionsEnded
from domain.identity.members import must_reach
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, SessionId


@attrs.frozen(kw_only=True)
class EndSession:
    """One of the actor's own."""

    actor: Actor
    session_id: SessionId


@attrs.frozen(kw_only=True)
class EndSessionHandler:
    unit_of_work: UnitOfWork[PeopleWork]

    async def __call__(self, command: EndSession, /) -> None:
        """Raises SessionNotFound."""
        member_id = MemberId(command.actor.id)
        await self.unit_of_work(
            command.actor, lambda work: work.sessions.end(member_id, command.session_id)
        )


@attrs.frozen(kw_only=True)
class EndOwnSessions:
    """All of the actor's, this one too."""

    actor: Actor


@attrs.frozen(kw_only=True)
class EndOwnSessionsHandler:
    unit_of_work: UnitOfWork[PeopleWork]

    async def __call__(self, command: EndOwnSessions, /) -> int:
        member_id = MemberId(command.actor.id)
        return await self.unit_of_work(
            command.actor, lambda work: work.sessions.end_all(member_id)
        )


@attrs.frozen(kw_only=True)
class EndSessionsOf:
    actor: Actor
    member_id: MemberId


@attrs.frozen(kw_only=True)
class EndSessionsOfHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: EndSessionsOf, /) -> int:
        """Raises MemberNotFound or RoleTooHigh."""

        def end(work: PeopleWork) -> int:
            must_reach(command.actor, work.members.get(command.member_id).role)
            number = work.sessions.end_all(command.member_id)
            ended = SessionsEnded(
                member_id=command.member_id, number=number, occurred_at=self.clock()
            )
            work.facts.publish([ended])
            return number

        return await self.unit_of_work(command.actor, end)
