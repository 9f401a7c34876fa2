"""Say who is asking, from the secret of their session."""

import attrs

from application.identity.people_ports import PeopleViews, PeopleWork, SignedIn
from application.identity.ports import Digest
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.api_keys import Unauthenticated
from domain.identity.sessions import Session, SessionLimits, organization_of_session


@attrs.frozen(kw_only=True)
class AuthenticateSession:
    """Asks the database every time, by one index: what has been revoked is refused at once, and
    a role that was changed counts at once, in every process.
    """

    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    digest: Digest
    limits: SessionLimits
    clock: Clock

    def must_be_recent(self, session: Session) -> None:
        """Raises SignInAgain."""
        session.must_be_recent(self.limits, now=self.clock())

    async def __call__(self, secret: str, /) -> SignedIn:
        """Raises Unauthenticated."""
        organization_id = organization_of_session(secret)
        found = await self.views.signed_in(organization_id, self.digest(secret))
        if found is None:
            raise Unauthenticated
        session, member, now = found.session, found.member, self.clock()
        session.must_be_good(self.limits, now=now)
        if not member.is_active:
            raise Unauthenticated
        if session.is_due_to_be_seen(now=now):
            await self.unit_of_work(
                member.actor, lambda work: work.sessions.seen(session.id, at=now)
            )
        return found
