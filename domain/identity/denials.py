"""What was denied: counted as it happens, and told to the trail in sums.

Whoever fails or is refused as often as they like must not fill a log that is kept for good.
"""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

import attrs

from domain.identity.events import AccessRefused, SignInsFailed
from domain.kernel.actors import Actor
from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ActorId, MemberId, OrganizationId

SUMMED_FOR = timedelta(minutes=5)


class Proof(Enum):
    """What somebody could not show who wanted to sign in."""

    PASSWORD = "password"  # noqa: S105  (a word of ours)
    CODE = "code"


PROOFS = frozenset(proof.value for proof in Proof)


@attrs.frozen(kw_only=True)
class Denial:
    """`subject` is who was denied, or the organization where nobody knows; `what` a proof, a
    permission, or the code of a refusal. `origin` is the network that was last.
    """

    organization_id: OrganizationId
    subject: UUID
    what: str
    origin: str | None

    @classmethod
    def of_proof(
        cls,
        proof: Proof,
        *,
        organization_id: OrganizationId,
        member_id: MemberId | None,
        origin: str | None,
    ) -> "Denial":
        return cls(
            organization_id=organization_id,
            subject=organization_id if member_id is None else member_id,
            what=proof.value,
            origin=origin,
        )

    @property
    def actor(self) -> Actor:
        """Who is said to have caused them: to sign in, anybody tries."""
        system = attrs.evolve(Actor.system(self.organization_id), origin=self.origin)
        if self.what in PROOFS:
            return system
        return attrs.evolve(system, id=ActorId(self.subject))


@attrs.frozen(kw_only=True)
class Denials:
    """How often that was since its first time."""

    denial: Denial
    since: datetime
    number: int

    def told(self, *, now: datetime) -> SecurityEvent:
        denial = self.denial
        if denial.what not in PROOFS:
            return AccessRefused(
                by=denial.subject,
                refused=denial.what,
                number=self.number,
                since=self.since,
                occurred_at=now,
            )
        known = denial.subject != denial.organization_id
        return SignInsFailed(
            organization_id=denial.organization_id,
            member_id=MemberId(denial.subject) if known else None,
            lacked=denial.what,
            number=self.number,
            since=self.since,
            occurred_at=now,
        )
