"""The route by which disputes are answered."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from application.payments.submit_evidence import SubmitEvidence
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DisputeId
from domain.payments.disputes import Dispute
from domain.payments.refusals import DisputeNotFound, EvidenceRefused, NoEvidenceWanted
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.refund_shapes import DisputeBody, EvidenceInput
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

EVIDENCE: Body[EvidenceInput] = Body(
    EvidenceInput,
    examples={
        "they were there": {
            "explanation": "Both were at the course, and signed the list on each day.",
            "product": "First aid at work",
            "service_on": "2027-03-14",
        }
    },
)

_answered = worded(DisputeBody.of, version=lambda dispute: dispute.version)


@post(
    "/v1/disputes/{dispute_id:uuid}/evidence",
    status_code=200,
    opt=Operation(
        tag="refunds",
        needs=Permission.OPERATE_PAYMENTS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=EVIDENCE,
        shows=DisputeBody,
        refuses=(
            DisputeNotFound,
            NoEvidenceWanted,
            EvidenceRefused,
            NoPaymentProvider,
            PaymentProviderDown,
        ),
    ).opt,
)
async def submit_evidence(
    request: AnyRequest,
    dispute_id: FromPath[UUID],
    submit_evidence: NamedDependency[SkipValidation[UseCase[SubmitEvidence, Dispute]]],
) -> Response[bytes]:
    """Answer a dispute, once and for good, until `due_by`: the bank decides by what is said.

    Of a payment for several bookings there is one dispute at the provider: answered for one of
    them, it is answered for all.
    """
    data = await EVIDENCE.of(request)
    key = await IdempotencyKey.of(request)
    dispute = await submit_evidence(
        SubmitEvidence(
            actor=actor_of(request),
            dispute_id=DisputeId(dispute_id),
            evidence=data.evidence(),
            version=seen_version(request),
            once=key.once(_answered),
        )
    )
    return respond(_answered(dispute))


router = Router("/", route_handlers=[submit_evidence])
