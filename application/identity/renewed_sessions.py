"""Another secret for a session whose member has just shown the password again."""

import attrs

from application.identity.people_ports import PeopleWork
from application.identity.ports import Digest
from application.kernel.ports import Chance, Clock
from domain.identity.members import Member
from domain.identity.sessions import draw_session
from domain.kernel.identifiers import OrganizationId, SessionId


@attrs.frozen(kw_only=True)
class RenewedSession:
    """The secret of before opens nothing any longer; id and end of the session are the same."""

    member: Member
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class SessionRenewal:
    chance: Chance
    digest: Digest
    clock: Clock

    def __call__(
        self, work: PeopleWork, session_id: SessionId, organization_id: OrganizationId
    ) -> str:
        """The new secret."""
        secret = draw_session(organization_id, self.chance)
        work.sessions.renew(session_id, digest=self.digest(secret), at=self.clock())
        return secret
