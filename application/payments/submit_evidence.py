"""Answer a dispute: what is said for us goes to the provider."""

from contextlib import suppress
from uuid import NAMESPACE_URL, uuid5

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.kernel.versions import require_version
from application.payments.gateway import (
    PaymentGateways,
    PaymentProviderDown,
    ProviderRefused,
    ProviderUnavailable,
    UnknownToProvider,
)
from application.payments.hear import Hear
from application.payments.ports import PaymentWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DisputeId
from domain.kernel.refusals import Refusal
from domain.payments.disputes import Dispute
from domain.payments.evidence import Evidence
from domain.payments.joint import named_there
from domain.payments.provider import Subject
from domain.payments.refusals import EvidenceRefused


@attrs.frozen(kw_only=True)
class SubmitEvidence:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    dispute_id: DisputeId
    evidence: Evidence
    version: int | None
    once: Once[Dispute] | None = None


@attrs.frozen(kw_only=True)
class SubmitEvidenceHandler:
    """The key follows from the dispute and from what is said: sent again, it is sent once."""

    unit_of_work: UnitOfWork[PaymentWork]
    gateways: PaymentGateways
    hear: UseCase[Hear, bool]
    clock: Clock

    async def __call__(self, command: SubmitEvidence, /) -> Dispute:
        """Raises DisputeNotFound, NoEvidenceWanted, EvidenceRefused, PaymentProviderDown or
        NoPaymentProvider.
        """
        dispute = await self._wanted(command)
        reference = named_there(dispute.provider_reference)
        gateway = self.gateways.of(command.actor.organization_id)
        try:
            await gateway.submit_evidence(
                reference, command.evidence, key=_key(reference, command.evidence)
            )
        except UnknownToProvider as error:
            raise PaymentProviderDown from error
        except ProviderRefused as refused:
            raise EvidenceRefused(dispute.id, refused.reason) from None
        except ProviderUnavailable as error:
            raise PaymentProviderDown from error
        with suppress(PaymentProviderDown):  # what it makes of it, it also tells by itself
            asked = Hear(actor=command.actor, subject=Subject.DISPUTE, reference=reference)
            await self.hear(asked)
        return await self.unit_of_work(
            command.actor, lambda work: work.disputes.locked(dispute.id), once=command.once
        )

    async def _wanted(self, command: SubmitEvidence) -> Dispute:
        def look(work: PaymentWork) -> Dispute:
            dispute = work.disputes.locked(command.dispute_id)
            dispute.must_want_evidence(now=self.clock())
            require_version(dispute.version, command.version)
            return dispute

        try:
            return await self.unit_of_work(command.actor, look)
        except Refusal as refused:
            await self._perhaps_answered_before(command, refused)
            raise

    async def _perhaps_answered_before(self, command: SubmitEvidence, refused: Refusal) -> None:
        """Raises Replayed if this very request has had its answer."""

        def refuse(_: PaymentWork) -> Dispute:
            raise refused

        await self.unit_of_work(command.actor, refuse, once=command.once)


def _key(reference: str, evidence: Evidence) -> str:
    said = "\0".join(map(str, attrs.astuple(evidence)))
    return f"evidence:{reference}:{uuid5(NAMESPACE_URL, said)}"
