"""Whether a session may still listen: asked when a socket opens, and again while it is open."""

import attrs

from application.identity.people_ports import PeopleViews
from application.kernel.ports import Clock
from domain.identity.api_keys import Unauthenticated
from domain.identity.sessions import SessionLimits
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import OrganizationId, SessionId


@attrs.frozen(kw_only=True)
class AdmitSession:
    """A socket does not keep a session alive: it ends with it, however much is said over it."""

    views: PeopleViews
    limits: SessionLimits
    clock: Clock

    async def __call__(self, organization_id: OrganizationId, session_id: SessionId, /) -> Actor:
        """Raises Unauthenticated, OrganizationDeactivated, NotPermitted, SecondFactorRequired."""
        found = await self.views.signed_in_by(organization_id, session_id)
        if found is None or not found.member.is_active:
            raise Unauthenticated
        found.session.must_be_good(self.limits, now=self.clock())
        actor = found.actor
        actor.must(Permission.READ_EVENTS)
        found.must_be_let(Permission.READ_EVENTS)
        return actor
